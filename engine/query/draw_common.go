package query

import (
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// The files draw_*.go make the tabs of the portfolio: the views of an analysis
// (view_*.go) worded for a reader, each chart as plain data. They run in the
// worker; the page draws the charts and shows the rest.

// A TabAsk is what every tab of a portfolio is asked with.
type TabAsk struct {
	Lang   string `cbor:"1,keyasint"`
	Scope  uint32 `cbor:"2,keyasint,omitempty"` // 0: the reader's own portfolio, or the first
	Family string `cbor:"3,keyasint,omitempty"` // code; empty: all
	Before bool   `cbor:"4,keyasint,omitempty"` // the period before (N-1): asked of the analysis of then, see [Analysis.Past]
	Width  int    `cbor:"5,keyasint,omitempty"` // of the content, in CSS pixels
}

// wide is the width of the content.
func (q TabAsk) wide() int {
	if q.Width <= 0 {
		return 1040
	}
	return q.Width
}

// A Choice is one thing the reader can choose.
type Choice struct {
	Key  string `cbor:"1,keyasint"`
	Name string `cbor:"2,keyasint"`
}

// A TabBase is what every tab says of its ground.
type TabBase struct {
	Head       Head     `cbor:"1,keyasint"`
	Scope      uint32   `cbor:"2,keyasint"`
	Portfolios []Choice `cbor:"3,keyasint,omitempty"` // those of the device, where there are several
	Families   []Choice `cbor:"4,keyasint,omitempty"`
	Family     string   `cbor:"5,keyasint,omitempty"` // in force
	Before     bool     `cbor:"6,keyasint,omitempty"` // in force
	Few        bool     `cbor:"7,keyasint,omitempty"` // under eight clients: counts, no conclusion

	Rules calendar.Day `cbor:"8,keyasint,omitempty"` // of the last rule decided here; 0: all are the method's
}

// TabScope is the portfolio that a tab reads: the one asked for, or the first
// of the device.
func (s *Snapshot) TabScope(scope uint32) uint32 {
	if scope != 0 {
		return scope
	}
	if all := s.scopes(0); len(all) > 0 {
		return all[0]
	}
	return 0
}

// Scopes lists the portfolios of the device, in order.
func (s *Snapshot) Scopes() []uint32 { return s.scopes(0) }

// TabBase is the ground of a tab, of one portfolio (see [Snapshot.TabScope]) or,
// for scope 0, of all. a may be nil.
func (s *Snapshot) TabBase(r Reader, a *Analysis, ask TabAsk) TabBase {
	b := TabBase{Head: s.head(r, ask.Scope), Scope: ask.Scope, Before: ask.Before}
	b.Few, b.Rules = b.Head.Clients < few, s.ruled(ask.Scope)
	if all := s.scopes(0); len(all) > 1 {
		for _, n := range all {
			b.Portfolios = append(b.Portfolios, Choice{digits(n), s.ports[n].Name})
		}
	}
	if a == nil {
		for _, f := range s.ledger.products {
			name := f.Name
			if name == "" {
				name = f.Code
			}
			b.Families = append(b.Families, Choice{f.Code, name})
		}
		return b
	}
	for f := range a.Products {
		b.Families = append(b.Families, Choice{a.Products[f].Code, a.familyName(f)})
	}
	if ask.Family != "" && a.familyAt(ask.Family) >= 0 {
		b.Family = ask.Family
	}
	return b
}

// ruled is the day the last rule in force in a portfolio was decided.
func (s *Snapshot) ruled(scope uint32) (last calendar.Day) {
	for i := range s.settings {
		if x := &s.settings[i]; x.Key != portfolio.ReadingDate && s.speaks(x, scope) {
			last = max(last, calendar.Day(x.mark.Stamp.MS()/86_400_000))
		}
	}
	return last
}

// in keeps the lists behind the marks in the portfolio of the tab, where there
// are several.
func (b *TabBase) in() string {
	if len(b.Portfolios) == 0 {
		return ""
	}
	return within(b.Scope)
}

// digits writes a scope.
func digits(n uint32) string {
	if n < 10 {
		return digit(int(n))
	}
	return digits(n/10) + digit(int(n%10))
}

// tabIn keeps another tab in the portfolio and the year of this one.
func (b *TabBase) tabIn() string {
	year := ""
	if b.Before {
		year = "&periode=n-1"
	}
	if len(b.Portfolios) == 0 {
		return year
	}
	return "&p=" + digits(b.Scope) + year
}

// row is what cards side by side, by their weights, leave to their drawings.
// Below 900 pixels cards stand one under the other.
func (q TabAsk) row(weights ...float64) []int {
	width, all := q.wide(), 0.0
	for _, x := range weights {
		all += x
	}
	out := make([]int, len(weights))
	for i, x := range weights {
		if width < 900 {
			out[i] = share(width, 1, 1, 1)
		} else {
			out[i] = share(width, x, all, len(weights))
		}
	}
	return out
}

// A row of cards leaves this much to each drawing: parts of the content by
// their weights, where they stand side by side; else the whole.
func share(width int, weight, all float64, cards int) int {
	if width < 600 {
		return width - 34
	}
	return int(float64(width-16*(cards-1))*weight/all) - 42
}

// GroupWho lists the clients behind a mark of a tab, by the key that its
// address carries (/clients?qui=key): the word before the first colon says
// whose mark it is, the rest is that tab's; "n-1:" before it, that the group is
// of twelve months ago. False: no such group.
func (a *Analysis) GroupWho(key string) (Who, bool) {
	if then, ok := strings.CutPrefix(key, inPast); ok && a.from != nil {
		return a.Past().GroupWho(then)
	}
	kind, rest, _ := strings.Cut(key, ":")
	switch kind {
	case "contacts":
		return a.contactsWho(rest)
	case "potential":
		return a.potentialWho(rest)
	case "maturity":
		return a.maturityWho(rest)
	case "weight":
		return a.weightWho(rest)
	}
	return nil, false
}

// groupPath is the address of the list of a group.
func (b *TabBase) groupPath(key string) string {
	return "/clients?qui=" + escapeQuery(b.then(key)) + b.in()
}

// escapeQuery writes a key so that it stands in an address.
func escapeQuery(s string) string {
	const hex = "0123456789ABCDEF"
	var b []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.', c == '~', c == ':':
			b = append(b, c)
		default:
			b = append(b, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(b)
}
