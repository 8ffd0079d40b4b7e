package intake

import (
	"cmp"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Card is what the device knows of one account, as far as an import asks.
type Card struct {
	ID        portfolio.ID
	Scope     uint32
	Account   portfolio.Account
	Site      portfolio.ID // the first site; zero: none
	Place     portfolio.Site
	Potential *portfolio.Estimate // the latest one that is not of a family; nil: none
	Lines     []Line              // sale lines that count: neither amended nor void
}

// A Line is a sale line that an import may meet again.
type Line struct {
	ID       portfolio.ID
	From, To calendar.Day // To zero: a dated line
	Amount   money.Cents
	Family   string
	Ref      string
	Return   bool
}

func (l *Line) window() calendar.Window { return window(l.From, l.To) }

// window is the time of a line; without a last day, its one day, which may lie
// before 1970.
func window(from, to calendar.Day) calendar.Window {
	if to == 0 {
		to = from
	}
	return calendar.Window{From: from, To: max(from, to)}
}

// ReadCard makes a card from its rows; false when they hold no account. Rows
// that do not decode are left out.
func ReadCard(root portfolio.ID, scope uint32, rows []journal.Row) (Card, bool) {
	c := Card{ID: root, Scope: scope}
	found := false
	gone := map[portfolio.ID]bool{}
	for i := range rows {
		if k := rows[i].Entity; k == portfolio.KindSale || k == portfolio.KindEstimate {
			var id portfolio.ID
			if raw, ok := rows[i].Fields[amendsField]; ok && portfolio.Dec.Unmarshal(raw, &id) == nil {
				gone[id] = true
			}
		}
	}
	for i := range rows {
		r := &rows[i]
		if r.Deleted() || gone[r.Rec] {
			continue
		}
		switch r.Entity {
		case portfolio.KindAccount:
			found = r.Rec == root && r.Fields.Into(&c.Account) == nil || found
		case portfolio.KindSite:
			var s portfolio.Site
			if (c.Site.IsZero() || slices.Compare(r.Rec[:], c.Site[:]) < 0) && r.Fields.Into(&s) == nil {
				c.Site, c.Place = r.Rec, s
			}
		case portfolio.KindEstimate:
			e := new(portfolio.Estimate)
			if r.Fields.Into(e) == nil && !e.Void && e.Family == "" && (c.Potential == nil || e.Day >= c.Potential.Day) {
				c.Potential = e
			}
		case portfolio.KindSale:
			var s portfolio.Sale
			if r.Fields.Into(&s) == nil && !s.Void {
				c.Lines = append(c.Lines, Line{ID: r.Rec, From: s.From, To: s.To, Amount: s.Amount, Family: s.Family, Ref: s.Ref, Return: s.Return})
			}
		}
	}
	return c, found
}

// amendsField is the number of Amends in Sale and Estimate.
const amendsField = 10

// Existing is the index of the cards on the device.
type Existing struct {
	cards    []Card
	byCode   map[string]int32
	bySiret  map[string]int32
	byName   names
	families map[string]string // folded code or name → code
}

// NewExisting indexes the cards; families are the codes of product families
// known here.
func NewExisting(cards []Card, families []string) *Existing {
	e := &Existing{cards: cards, byCode: map[string]int32{}, bySiret: map[string]int32{}, byName: newNames(), families: map[string]string{}}
	order := make([]int32, len(cards))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { // live cards before archived ones, then one order for everybody
		x, y := &cards[a], &cards[b]
		if x.Account.Archived != y.Account.Archived {
			if y.Account.Archived {
				return -1
			}
			return 1
		}
		return cmp.Or(slices.Compare(x.ID[:], y.ID[:]), cmp.Compare(a, b))
	})
	for _, i := range order {
		c := &cards[i]
		if k := codeKey(c.Account.Code); k != "" {
			keep(e.byCode, k, i)
		}
		if digits, valid, _ := ReadSiret(c.Place.Siret); valid && digits != "" {
			keep(e.bySiret, digits, i)
		}
		if n := foldName(c.Account.Name); n != "" {
			e.byName.add(n, c.Place.Postcode, i, !c.Account.Archived)
		}
	}
	for _, f := range families {
		if k := Fold(f); k != "" {
			e.families[k] = f
		}
	}
	return e
}

// names find by folded name and postcode. A list is cut at three: two already
// are too many to choose from.
type names struct {
	place map[string]int32
	list  map[string][]int32
}

func newNames() names { return names{map[string]int32{}, map[string][]int32{}} }

// add files an entry; one that is not live is no reason to doubt another.
func (n names) add(name, postcode string, id int32, live bool) {
	keep(n.place, name+"\x00"+postcode, id)
	l := n.list[name]
	if len(l) < 3 && (live || len(l) == 0) && !slices.Contains(l, id) {
		n.list[name] = append(l, id)
	}
}

// near finds the entry of a name when one of the two postcodes is missing.
func (n names) near(name, postcode string) (id int32, several bool) {
	if postcode != "" {
		if id, ok := n.place[name+"\x00"]; ok {
			return id, false
		}
		return noRow, false
	}
	switch l := n.list[name]; len(l) {
	case 0:
		return noRow, false
	case 1:
		return l[0], false
	default:
		return l[0], true
	}
}

func keep(m map[string]int32, k string, i int32) {
	if _, ok := m[k]; !ok {
		m[k] = i
	}
}

// codeKey compares codes without case and spaces around; leading zeros count.
func codeKey(s string) string { return Fold(s) }

// Card returns a card of the index.
func (e *Existing) card(i int32) *Card { return &e.cards[i] }

// nearFamily finds a known family one letter away from an unknown one.
func (e *Existing) nearFamily(s string) (string, bool) {
	k := Fold(s)
	if _, ok := e.families[k]; ok || len(e.families) == 0 || len(k) < 3 {
		return "", false
	}
	best := ""
	for known, code := range e.families {
		if oneAway(k, known) && (best == "" || code < best) {
			best = code
		}
	}
	return best, best != ""
}

// oneAway reports whether one letter added, taken away or changed turns a into b.
func oneAway(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
