package query

import (
	"cmp"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/sorting"
)

type rowOf = *journal.Row

// A deriving gathers the facts of one card: contacts name persons and topics
// by their place in lists that are complete only at the end.
type deriving struct {
	card     *Card
	families map[string]*FamilySales
	contacts []portfolio.Contact
}

// fact takes a row that is neither the account, a site nor a person.
func (d *deriving) fact(r rowOf) {
	c := d.card
	switch r.Entity {
	case portfolio.KindSale:
		var s portfolio.Sale
		if r.Fields.Into(&s) == nil && !s.Void {
			d.sale(&s)
		}
	case portfolio.KindContact:
		var t portfolio.Contact
		if r.Fields.Into(&t) == nil && !t.Void {
			d.contacts = append(d.contacts, t)
			c.facts.Topics = append(c.facts.Topics, t.Topics...)
			if t.Order > 0 {
				c.facts.Ordered = append(c.facts.Ordered, OrderSaid{t.Day, t.Order})
			}
		}
	case portfolio.KindEstimate:
		var e portfolio.Estimate
		if r.Fields.Into(&e) == nil && !e.Void {
			c.Estimates = append(c.Estimates, Estimate{potential.Estimate{
				Amount: e.Amount, Min: e.Min, Max: e.Max, Method: e.Method, Quality: e.Quality, Day: e.Day}, e.Family})
		}
	case portfolio.KindAppointment:
		var p portfolio.Appointment
		if r.Fields.Into(&p) == nil {
			if p.State <= portfolio.Planned {
				c.Plans = append(c.Plans, Plan{r.Rec, p.Day, int16(min(max(p.Minute, 0), 1439)), p.Kind, p.Objective})
			} else {
				c.facts.Appointed = append(c.facts.Appointed, p)
			}
		}
	case portfolio.KindConflict:
		var x portfolio.Conflict
		if r.Fields.Into(&x) == nil && x.State == portfolio.Open {
			c.Conflicts++
		}
	default:
		c.facts.rare(r)
	}
}

// sale takes one line, into the card's days and into its family's.
func (d *deriving) sale(s *portfolio.Sale) {
	day := SaleDay{From: s.From, To: max(s.From, s.To), Net: s.Amount}
	d.card.Sales = append(d.card.Sales, day)
	f := d.families[s.Family]
	if f == nil {
		f = &FamilySales{Family: s.Family}
		d.families[s.Family] = f
	}
	f.Lines = append(f.Lines, day)
	k := Costing{Bare: s.Amount, Self: s.Channel != "" && s.Channel != "visit"}
	if s.Cost != nil {
		k.Bare, k.Cost = 0, *s.Cost
	}
	f.Cost = append(f.Cost, k)
}

// account, site and person keep what the deeper analyses ask of them.
func (f *Facts) account(a *portfolio.Account) {
	f.LostOn, f.Motive, f.Natural, f.Strategic = a.LostOn, a.Motive, a.Natural, a.Strategic
	f.Relevance, f.Trust = a.Relevance, a.Trust
}

func (f *Facts) site(s *portfolio.Site) {
	f.Headcount, f.Identity = s.Headcount, 0
	for _, filled := range [...]bool{s.Street != "", s.City != "", s.Phone != "" || s.PhoneRaw != "", s.Email != ""} {
		if filled {
			f.Identity++
		}
	}
}

func (f *Facts) person(id portfolio.ID, p *portfolio.Person) {
	f.Persons = append(f.Persons, PersonFact{
		ID: id, Name: p.Name, Function: p.Function, Roles: p.Roles, Influence: p.Influence, Attitude: p.Attitude,
		Since: p.Since, Until: p.Until, Consent: p.Consent != 0,
	})
}

// settle puts the facts in the order of their days and adds up what falls on
// the same one.
func (d *deriving) settle() {
	c := d.card
	c.Sales = daily(c.Sales)
	names := make([]string, 0, len(d.families))
	for name := range d.families {
		names = append(names, name)
	}
	sorting.Sort(names)
	for _, name := range names {
		f := d.families[name]
		f.settle()
		c.Families = append(c.Families, *f)
	}
	sorting.By(c.facts.Persons, func(a, b PersonFact) int { return slices.Compare(a.ID[:], b.ID[:]) })
	sorting.Sort(c.facts.Topics)
	c.facts.Topics = slices.Compact(c.facts.Topics)
	for i := range d.contacts {
		c.Touches = append(c.Touches, c.facts.touch(&d.contacts[i]))
	}
	sorting.By(c.Touches, byDay)
	sorting.By(c.Estimates, func(a, b Estimate) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.Method, b.Method))
	})
	sorting.By(c.Plans, func(a, b Plan) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), slices.Compare(a.ID[:], b.ID[:]))
	})
	c.facts.settle()
	c.seal()
}

// byDay is a whole order of contacts: equal ones are the same.
func byDay(a, b Touch) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Outcome, b.Outcome),
		cmp.Compare(a.Duration, b.Duration), cmp.Compare(a.Spent, b.Spent), cmp.Compare(a.Content, b.Content), cmp.Compare(a.Persons, b.Persons), cmp.Compare(a.Topics, b.Topics))
}

func byLine(a, b SaleDay) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(b.Net, a.Net))
}

// same reports whether two lines add up: same day or period, same sign.
func same(a, b SaleDay) bool { return a.From == b.From && a.To == b.To && (a.Net > 0) == (b.Net > 0) }

func daily(days []SaleDay) []SaleDay {
	sorting.By(days, byLine)
	kept := days[:0]
	for _, s := range days {
		if n := len(kept) - 1; n >= 0 && same(kept[n], s) {
			kept[n].Net = kept[n].Net.Plus(s.Net)
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// settle is daily for the lines of a family with their costs.
func (f *FamilySales) settle() {
	place := make([]int32, len(f.Lines))
	for i := range place {
		place[i] = int32(i)
	}
	sorting.By(place, func(a, b int32) int {
		return cmp.Or(byLine(f.Lines[a], f.Lines[b]), cmp.Compare(f.Cost[a].Cost, f.Cost[b].Cost), cmp.Compare(f.Cost[a].Bare, f.Cost[b].Bare))
	})
	lines, costs := make([]SaleDay, 0, len(place)), make([]Costing, 0, len(place))
	for _, i := range place {
		s, k := f.Lines[i], f.Cost[i]
		if n := len(lines) - 1; n >= 0 && same(lines[n], s) {
			lines[n].Net = lines[n].Net.Plus(s.Net)
			costs[n].Cost, costs[n].Bare = costs[n].Cost.Plus(k.Cost), costs[n].Bare.Plus(k.Bare)
			costs[n].Self = costs[n].Self && k.Self
			continue
		}
		lines, costs = append(lines, s), append(costs, k)
	}
	f.Lines, f.Cost = lines, costs
}
