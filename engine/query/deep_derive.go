package query

import (
	"bytes"
	"cmp"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

type rowOf = *journal.Row

// DeriveDeep reads a bundle in full. Rows that do not decode are left out.
func DeriveDeep(b Bundle) Deep {
	d := deriving{}
	d.expect(b.Rows)
	gone := replaced(b.Rows)
	for i := range b.Rows {
		if r := &b.Rows[i]; !r.Deleted() && !gone[r.Rec] {
			d.fact(b.Root, r)
		}
	}
	d.settle()
	return d.deep
}

// A deriving gathers the facts of one client. Contacts name persons and topics
// by their place in lists that are complete only at the end, and lines are cut
// by family once all are there.
type deriving struct {
	deep  Deep
	lines []line
	names []string         // of the families, in the order they came
	place map[string]int32 // of a family in names
	met   []mention
	rare  []rowOf
	site  rowOf // the first

	sale    portfolio.Sale // read into again and again: a row decoded allocates nothing
	contact portfolio.Contact
}

// expect makes room for the rows to come.
func (d *deriving) expect(rows []journal.Row) {
	sales, contacts := 0, 0
	for i := range rows {
		switch rows[i].Entity {
		case portfolio.KindSale:
			sales++
		case portfolio.KindContact:
			contacts++
		}
	}
	if sales > 0 {
		d.lines = make([]line, 0, sales)
	}
	if contacts > 0 {
		d.deep.Contacts = make([]Met, 0, contacts)
	}
}

// A line is one sale line of a family.
type line struct {
	SaleDay
	Costing
	family int32
}

// A mention is whom a contact met, and what about.
type mention struct {
	touch   int32
	persons []portfolio.ID
	topics  []string
}

// fact takes a row.
func (d *deriving) fact(root portfolio.ID, r rowOf) {
	switch r.Entity {
	case portfolio.KindSale:
		d.sale = portfolio.Sale{}
		if r.Fields.Into(&d.sale) == nil && !d.sale.Void {
			d.sold(&d.sale)
		}
	case portfolio.KindContact:
		d.contact = portfolio.Contact{}
		if r.Fields.Into(&d.contact) == nil && !d.contact.Void {
			d.touched(&d.contact)
		}
	case portfolio.KindAccount:
		var a portfolio.Account
		if r.Rec == root && r.Fields.Into(&a) == nil {
			d.deep.account(&a)
		}
	case portfolio.KindSite:
		if d.site == nil || bytes.Compare(r.Rec[:], d.site.Rec[:]) < 0 {
			d.site = r
		}
	case portfolio.KindPerson:
		var p portfolio.Person
		if r.Fields.Into(&p) == nil {
			d.deep.person(r.Rec, &p)
		}
	case portfolio.KindEstimate, portfolio.KindConflict: // the card's
	default:
		d.rare = append(d.rare, r)
	}
}

// sold takes one line, among its family's.
func (d *deriving) sold(s *portfolio.Sale) {
	day := SaleDay{From: s.From, To: max(s.From, s.To), Net: s.Amount}
	f, ok := d.place[s.Family]
	if !ok {
		if d.place == nil {
			d.place = map[string]int32{}
		}
		f = int32(len(d.names))
		d.place[s.Family] = f
		d.names = append(d.names, s.Family)
	}
	k := Costing{Bare: s.Amount, Self: s.Channel != "" && s.Channel != "visit"}
	if s.Cost != nil {
		k.Bare, k.Cost = 0, *s.Cost
	}
	d.lines = append(d.lines, line{day, k, f})
}

func (d *deriving) touched(t *portfolio.Contact) {
	f := &d.deep
	if len(t.Persons)+len(t.Topics) > 0 {
		d.met = append(d.met, mention{int32(len(f.Contacts)), t.Persons, t.Topics})
		f.Topics = append(f.Topics, t.Topics...)
	}
	if t.Order > 0 {
		f.Ordered = append(f.Ordered, OrderSaid{t.Day, t.Order})
	}
	f.Contacts = append(f.Contacts, metOf(t))
}

// account, site and person keep what the deeper analyses ask of them.
func (f *Deep) account(a *portfolio.Account) {
	f.LostOn, f.Motive, f.Natural, f.Strategic = a.LostOn, a.Motive, a.Natural, a.Strategic
	f.Relevance, f.Trust = a.Relevance, a.Trust
	t := Told{a.Changed, a.Falling, a.Collapsed, a.Consumer, a.Unreached, a.RebateRate, a.Rebate, a.NoContact, a.Near, a.Earning, a.Referred, a.Rise}
	if !finite(t.RebateRate) {
		t.RebateRate = 0
	}
	if t != (Told{}) {
		f.Told = &t
	}
	hour := func(m int) int16 { return int16(min(max(m, 0), 24*60)) }
	f.Open = Open{From: hour(a.Opens), Lunch: hour(a.Lunch), Back: hour(a.Back), To: hour(a.Closes)}
	for _, d := range a.Shut {
		if d >= 1 && d <= 7 {
			f.Open.Shut |= 1 << (d - 1)
		}
	}
}

// left takes the day and the motive of a departure from the file of the
// ex-client, where the account itself does not say and nothing was bought since:
// who was won back has such a file too.
func (d *deriving) left() {
	f := &d.deep
	if f.LostOn != 0 {
		return
	}
	var last portfolio.Former
	for k := range f.Formers {
		if x := &f.Formers[k]; !x.Void && x.Left > last.Left {
			last = *x
		}
	}
	for k := range d.lines {
		if x := &d.lines[k]; x.Net > 0 && x.From > last.Left {
			return
		}
	}
	if last.Left != 0 {
		f.LostOn, f.Motive, f.Natural = last.Left, last.Motive, last.Natural
	}
}

func (f *Deep) site(s *portfolio.Site) {
	f.Headcount, f.Identity = s.Headcount, 0
	for _, filled := range [...]bool{s.Street != "", s.City != "", s.Phone != "" || s.PhoneRaw != "", s.Email != ""} {
		if filled {
			f.Identity++
		}
	}
}

func (f *Deep) person(id portfolio.ID, p *portfolio.Person) {
	f.Persons = append(f.Persons, PersonFact{
		ID: id, Name: p.Name, Function: p.Function, Roles: p.Roles, Influence: p.Influence, Attitude: p.Attitude,
		Since: p.Since, Until: p.Until, Consent: p.Consent != 0,
	})
}

// settle puts the facts in an order that does not depend on the rows', and
// adds up what falls on the same day.
func (d *deriving) settle() {
	f := &d.deep
	d.cut()
	if d.site != nil {
		var s portfolio.Site
		if d.site.Fields.Into(&s) == nil {
			f.site(&s)
		}
	}
	sorting.By(f.Persons, func(a, b PersonFact) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	sorting.Sort(f.Topics)
	f.Topics = slices.Clone(slices.Compact(f.Topics)) // without the room of all that was said
	for _, m := range d.met {
		t := &f.Contacts[m.touch]
		t.Persons, t.Topics = f.personMask(m.persons), f.topicMask(m.topics)
	}
	sorting.By(f.Contacts, byDay)
	sorting.By(d.rare, func(a, b rowOf) int { return bytes.Compare(a.Rec[:], b.Rec[:]) })
	for _, r := range d.rare {
		f.rare(r)
	}
	d.left()
	sorting.By(f.Ordered, bySaid)
}

// metOf reads a contact, but for whom it met and what about.
func metOf(t *portfolio.Contact) Met {
	small := func(n, high int) int16 { return int16(min(max(n, 0), high)) }
	out := Met{
		Touch: touchOf(t), Inbound: t.Inbound, Next: t.Next != "", Content: -1, Spent: t.Spent,
		Duration: small(t.Duration, 1<<14), Travel: small(t.Travel, 1<<14), Prep: small(t.Prep, 1<<14),
	}
	if t.Content != nil {
		out.Content = int8(min(max(*t.Content, 0), 10))
	}
	if t.Km > 0 && t.Km <= 5000 {
		out.Far = int32(t.Km*1000 + .5)
	}
	if t.Reported > t.Day {
		out.Late = small(int(t.Reported-t.Day), 1<<14)
	}
	return out
}

// byDay is a whole order of contacts: equal ones are the same.
func byDay(a, b Met) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Outcome, b.Outcome),
		cmp.Compare(a.Duration, b.Duration), cmp.Compare(a.Spent, b.Spent), cmp.Compare(a.Content, b.Content), cmp.Compare(a.Persons, b.Persons),
		cmp.Compare(a.Topics, b.Topics), cmp.Compare(a.Travel, b.Travel), cmp.Compare(a.Prep, b.Prep), cmp.Compare(a.Late, b.Late), cmp.Compare(a.Far, b.Far), cmp.Compare(one(a.Inbound), one(b.Inbound)), cmp.Compare(one(a.Next), one(b.Next)), a.Efforts.compare(b.Efforts))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// cut adds up the lines of a day by family, with the costs. The sums do not depend on the order
// in which lines of one day come.
func (d *deriving) cut() {
	order := make([]int32, len(d.lines))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := &d.lines[a], &d.lines[b]
		if x.family != y.family {
			return cmp.Compare(d.names[x.family], d.names[y.family])
		}
		return byLine(x.SaleDay, y.SaleDay)
	})
	days, costs := make([]SaleDay, 0, len(order)), make([]Costing, 0, len(order))
	c := &d.deep
	c.Families = make([]FamilySales, 0, len(d.names))
	last, from := int32(-1), 0
	for _, i := range order {
		x := &d.lines[i]
		n := len(days) - 1
		if x.family == last && same(days[n], x.SaleDay) {
			days[n].Net = days[n].Net.Plus(x.Net)
			costs[n].Cost, costs[n].Bare = costs[n].Cost.Plus(x.Cost), costs[n].Bare.Plus(x.Bare)
			costs[n].Self = costs[n].Self && x.Self
			continue
		}
		if x.family != last {
			c.Families = append(c.Families, FamilySales{Family: d.names[x.family]})
			last, from = x.family, len(days)
		}
		days, costs = append(days, x.SaleDay), append(costs, x.Costing)
		f := &c.Families[len(c.Families)-1]
		f.Lines, f.Cost = days[from:len(days):len(days)], costs[from:len(costs):len(costs)]
	}
}
