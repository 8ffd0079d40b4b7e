package query

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/scoring"
)

func scoringGrid(r rules) []scoring.Criterion { return scoring.DefaultGrid(r.scoring).Criteria }

// first is the first order of client i: as the account says, else as the lines
// do; 0 when nobody knows.
func (sc *Scored) first(i int) calendar.Day {
	c := sc.Cards[i]
	if c.FirstOrder != 0 {
		return c.FirstOrder
	}
	for _, s := range c.Sales {
		if s.Net > 0 {
			return s.From
		}
	}
	return 0
}

// rows fills what a sheet reads from the bundle itself: people, editable
// values, history, replaced values, estimates.
func (s *Snapshot) rows(r Reader, b Bundle, out *Client) {
	gone := replaced(b.Rows)
	var site, account *journal.Row
	var families []Line                    // estimates of one family
	lost := map[portfolio.ID][]LostValue{} // by record
	for i := range b.Rows {
		row := &b.Rows[i]
		if row.Deleted() || gone[row.Rec] {
			continue
		}
		switch row.Entity {
		case portfolio.KindAccount:
			if row.Rec == b.Root {
				account = row
			}
		case portfolio.KindSite:
			if site == nil || bytes.Compare(row.Rec[:], site.Rec[:]) < 0 {
				site = row
			}
		case portfolio.KindPerson:
			var p portfolio.Person
			if into(row, &p) {
				out.People = append(out.People, Line{ID: row.Rec, Title: p.Name, Text: p.Function, Extra: cmp.Or(p.Phone, p.Email)})
			}
		case portfolio.KindEstimate:
			var e portfolio.Estimate
			if into(row, &e) && !e.Void {
				l := Line{ID: row.Rec, Title: estimateText(r.Words, e), Text: r.Words.DayLong(e.Day), Extra: s.users[e.Author].Name}
				if e.Family != "" {
					families = append(families, l)
				} else {
					out.Estimates = append(out.Estimates, l)
				}
			}
		case portfolio.KindConflict:
			if l, rec, ok := s.lost(r, row, b.Root, s.cards[b.Root].Name); ok {
				lost[rec] = append(lost[rec], l)
				out.Lost = append(out.Lost, l)
			}
		}
	}
	if len(out.Estimates) == 0 { // the whole is the sum of these
		out.Estimates = families
	}
	slices.Reverse(out.Estimates)
	out.History = s.entries(r, b)
	if len(out.History) > historyRows {
		out.History = out.History[:historyRows]
	}
	for _, spec := range portfolio.Editable() {
		row := account
		if spec.Kind == portfolio.KindSite {
			row = site
		}
		v := Value{Kind: spec.Kind, Field: spec.Field, Key: spec.Key, Type: string(spec.Type), Pick: spec.Pick}
		if row != nil {
			v.Rec = row.Rec
			v.Text = spelled(spec.Type, row.Fields[spec.Field])
			v.Doubt = doubt(spec, v.Text, site)
			for _, l := range lost[row.Rec] {
				if l.Field == spec.Key {
					v.Lost = append(v.Lost, l)
				}
			}
		}
		out.Values = append(out.Values, v)
	}
}

// doubt looks at a value of the sheet as it was typed.
func doubt(spec portfolio.FieldSpec, text string, site *journal.Row) portfolio.Doubt {
	switch spec.Key {
	case "field.siret":
		return portfolio.SiretDoubt(text)
	case "field.postcode":
		var place portfolio.Site
		if into(site, &place) {
			return portfolio.PostcodeDoubt(text, place.Country)
		}
	}
	return ""
}

// lost is an open conflict as a screen shows it, and the record it is about.
func (s *Snapshot) lost(r Reader, row *journal.Row, root portfolio.ID, name string) (LostValue, portfolio.ID, bool) {
	var x portfolio.Conflict
	if !into(row, &x) || x.State != portfolio.Open {
		return LostValue{}, portfolio.ID{}, false
	}
	l := LostValue{
		Conflict: row.Rec, Field: "field.other", Mine: !r.User.IsZero() && x.LoserUser == r.User,
		LostBy: s.users[x.LoserUser].Name, KeptBy: s.users[x.WinnerUser].Name,
		LostMS: x.LoserMS, KeptMS: x.WinnerMS, Why: x.Why, State: x.State, Account: root, Name: name,
	}
	kind := portfolio.TextField
	if spec, ok := portfolio.EditableField(x.Kind, x.Field); ok {
		l.Field, kind = spec.Key, spec.Type
		if spec.Type == portfolio.ChoiceField {
			l.Lost, l.Kept = choice(r.Words, spec.Pick, x.Loser), choice(r.Words, spec.Pick, x.Winner)
			return l, x.Rec, true
		}
	}
	if x.Kind == portfolio.KindTag {
		l.Field, l.Lost, l.Kept = "field.tag", tagSaid(r.Words, x.Loser), tagSaid(r.Words, x.Winner)
		return l, x.Rec, true
	}
	if f, ok := portfolio.FormFieldOf(x.Kind, x.Field); ok {
		l.Field, kind = "form."+strconv.Itoa(int(x.Kind))+"."+strconv.Itoa(int(x.Field)), f.Type
	} else if x.Field == portfolio.FieldRemoved {
		l.Field = "field.removed"
	}
	switch kind {
	case portfolio.DateField:
		l.Lost, l.Kept = date(r.Words, x.Loser), date(r.Words, x.Winner)
		return l, x.Rec, true
	case portfolio.MoneyField:
		l.Lost, l.Kept = amountSaid(r.Words, x.Loser), amountSaid(r.Words, x.Winner)
		return l, x.Rec, true
	}
	l.Lost, l.Kept = spelled(kind, x.Loser), spelled(kind, x.Winner)
	return l, x.Rec, true
}

// LostValues are the open conflicts of a card, for the journal.
func (s *Snapshot) LostValues(r Reader, b Bundle) []LostValue {
	var out []LostValue
	name := ""
	if c := s.cards[b.Root]; c != nil {
		name = c.Name
	}
	for i := range b.Rows {
		if row := &b.Rows[i]; row.Entity == portfolio.KindConflict && !row.Deleted() {
			if l, _, ok := s.lost(r, row, b.Root, name); ok {
				out = append(out, l)
			}
		}
	}
	return out
}

func choice(w Words, pick []string, raw portfolio.RawValue) string {
	n, err := strconv.Atoi(spelled(portfolio.ChoiceField, raw))
	if err != nil || n < 1 || n > len(pick) {
		return ""
	}
	return w.T(pick[n-1])
}

func amountSaid(w Words, raw portfolio.RawValue) string {
	var c money.Cents
	if len(raw) == 0 || portfolio.Dec.Unmarshal(raw, &c) != nil {
		return ""
	}
	return w.MoneyShort(c)
}

func date(w Words, raw portfolio.RawValue) string {
	var d calendar.Day
	if len(raw) == 0 || portfolio.Dec.Unmarshal(raw, &d) != nil || d == 0 {
		return ""
	}
	return w.DayLong(d)
}

// spelled is a field's value as the page edits it: text as it is, whole
// numbers and choices in digits, dates as 2006-01-02; empty when there is none.
func spelled(t portfolio.FieldType, raw portfolio.RawValue) string {
	if len(raw) == 0 {
		return ""
	}
	switch t {
	case portfolio.DateField:
		var d calendar.Day
		if portfolio.Dec.Unmarshal(raw, &d) == nil && d != 0 {
			return d.String()
		}
		return ""
	case portfolio.NumberField, portfolio.ChoiceField:
		var n int64
		if portfolio.Dec.Unmarshal(raw, &n) == nil && n != 0 {
			return strconv.FormatInt(n, 10)
		}
		return ""
	}
	var text string
	var whole int64
	if t == portfolio.ClockField && portfolio.Dec.Unmarshal(raw, &whole) == nil && whole > 0 && whole <= 24*60 {
		return string([]byte{byte('0' + whole/600), byte('0' + whole/60%10), ':', byte('0' + whole%60/10), byte('0' + whole%10)})
	}
	whole = 0
	var real float64
	var list []string
	var numbers []int
	switch { // what the value is decides: a replaced value may be of any field
	case portfolio.Dec.Unmarshal(raw, &text) == nil && text != "":
		return text
	case portfolio.Dec.Unmarshal(raw, &list) == nil && len(list) > 0:
		return strings.Join(list, ", ")
	case portfolio.Dec.Unmarshal(raw, &numbers) == nil && len(numbers) > 0:
		for _, n := range numbers {
			list = append(list, strconv.Itoa(n))
		}
		return strings.Join(list, ", ")
	case portfolio.Dec.Unmarshal(raw, &whole) == nil && whole != 0:
		return strconv.FormatInt(whole, 10)
	case portfolio.Dec.Unmarshal(raw, &real) == nil && real != 0:
		return strconv.FormatFloat(real, 'f', -1, 64)
	}
	return ""
}
