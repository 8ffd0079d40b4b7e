package query

import (
	"cmp"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

// A Bundle is a card as the store gives it: its rows with pending operations
// applied, and per record how many operations the server has not confirmed.
// It converts from store.View.
type Bundle struct {
	Root    portfolio.ID
	Scope   uint32
	Rows    []journal.Row
	Pending map[portfolio.ID]int
}

// A Card is what lists and analytics need of one client without opening its
// bundle: the derived columns of one card. It holds dated facts, not sums, so
// that the reading date may move without deriving anything again: lines and
// contacts are kept by day, amended and void ones resolved.
//
// Cards are read-only once made: decoded ones share memory with their chunk.
type Card struct {
	ID         portfolio.ID
	Scope      uint32
	Code       string
	Name       string
	Fold       string // what the search looks into: name, code, towns, people, folded
	Street     string
	Postcode   string
	City       string
	Sector     string
	Phone      string
	Person     string // first interlocutor
	Status     portfolio.Status
	Typology   portfolio.Typology
	Solvency   portfolio.Solvency
	Category   portfolio.Category // override, until CatUntil
	CatUntil   calendar.Day
	FirstOrder calendar.Day // as the account says; 0: as the lines say
	OneShot    bool
	Archived   bool
	HasPos     bool
	Lat, Lon   float64
	Conflicts  int  // values to read again
	Waiting    bool // has operations the server has not confirmed

	Sales     []SaleDay     // in order of From
	Families  []FamilySales // the same by family, in order of code
	Touches   []Touch       // in order of Day
	Estimates []Estimate    // in order of Day
	Plans     []Plan        // still to do, in order of Day

	facts *Facts
	blob  []byte // the facts, encoded
}

// A SaleDay is what was sold on one day (To is From) or over one period.
// Positive lines of a day are added up, negative ones apart: a return is not
// an order.
type SaleDay = maturity.Line

// A Touch is one contact, as far as counting needs it.
type Touch struct {
	Day      calendar.Day
	Minute   int16
	Kind     portfolio.ContactKind
	Outcome  portfolio.Outcome
	Inbound  bool
	Content  int8  // satisfaction said, 0-10; −1: none
	Duration int16 // minutes
	Travel   int16
	Prep     int16
	Late     int16  // days until the report was written
	Persons  uint32 // bits of Facts.Persons
	Topics   uint32 // bits of Facts.Topics
	Spent    money.Cents
}

// touchOf reads a contact, but for whom it met and what about.
func touchOf(t *portfolio.Contact) Touch {
	small := func(n, high int) int16 { return int16(min(max(n, 0), high)) }
	out := Touch{
		Day: t.Day, Minute: small(t.Minute, 1439), Kind: t.Kind, Outcome: t.Outcome, Inbound: t.Inbound, Content: -1,
		Duration: small(t.Duration, 1<<14), Travel: small(t.Travel, 1<<14), Prep: small(t.Prep, 1<<14), Spent: t.Spent,
	}
	if t.Content != nil {
		out.Content = int8(min(max(*t.Content, 0), 10))
	}
	if t.Reported > t.Day {
		out.Late = small(int(t.Reported-t.Day), 1<<14)
	}
	return out
}

// An Estimate is one appraisal of a potential, of the whole account when
// Family is empty.
type Estimate struct {
	potential.Estimate
	Family string
}

// A Plan is a visit or call still to do.
type Plan struct {
	ID        portfolio.ID
	Day       calendar.Day
	Minute    int16
	Kind      portfolio.ContactKind
	Objective string
}

// Derive makes the columns of one card from its rows. It reports false when
// the rows hold no account. Rows that do not decode are left out: a damaged
// line must not hide a client.
func Derive(b Bundle) (Card, bool) {
	c := Card{ID: b.Root, Scope: b.Scope, facts: &Facts{}}
	found := false
	d := deriving{card: &c}
	d.expect(b.Rows)
	for _, n := range b.Pending {
		if n > 0 {
			c.Waiting = true
		}
	}
	gone := replaced(b.Rows)
	search := folder{}
	site, person := portfolio.ID{}, portfolio.ID{}
	for i := range b.Rows {
		r := &b.Rows[i]
		if r.Deleted() || gone[r.Rec] {
			continue
		}
		switch r.Entity {
		case portfolio.KindAccount:
			var a portfolio.Account
			if r.Rec == b.Root && r.Fields.Into(&a) == nil {
				found = true
				c.account(&a)
				c.facts.account(&a)
				search.add(a.Name, a.Code)
			}
		case portfolio.KindSite:
			var s portfolio.Site
			if r.Fields.Into(&s) == nil {
				search.add(s.City, s.Name, s.Postcode)
				if site.IsZero() || cmp.Compare(r.Rec.String(), site.String()) < 0 {
					site = r.Rec
					c.site(&s)
					c.facts.site(&s)
				}
			}
		case portfolio.KindPerson:
			var p portfolio.Person
			if r.Fields.Into(&p) == nil {
				search.add(p.Name)
				c.facts.person(r.Rec, &p)
				if person.IsZero() || cmp.Compare(r.Rec.String(), person.String()) < 0 {
					person, c.Person = r.Rec, p.Name
				}
			}
		default:
			d.fact(r)
		}
	}
	c.Fold = search.text()
	d.settle()
	return c, found
}

func (c *Card) account(a *portfolio.Account) {
	c.Code, c.Name, c.Status = a.Code, a.Name, a.Status
	c.Typology, c.Solvency = a.Typology, a.Solvency
	c.Category, c.CatUntil = a.Category, a.CatUntil
	c.FirstOrder, c.OneShot, c.Archived = a.FirstOrder, a.OneShot, a.Archived
}

func (c *Card) site(s *portfolio.Site) {
	c.Street, c.Postcode, c.City, c.Sector = s.Street, s.Postcode, s.City, s.Sector
	c.Phone = cmp.Or(s.Phone, s.PhoneRaw)
	c.HasPos = s.Lat != nil && s.Lon != nil
	c.Lat, c.Lon = 0, 0
	if c.HasPos {
		c.Lat, c.Lon = *s.Lat, *s.Lon
	}
}

// replaced lists the facts that a later one amends.
func replaced(rows []journal.Row) map[portfolio.ID]bool {
	gone := map[portfolio.ID]bool{}
	for i := range rows {
		r := &rows[i]
		if !r.Entity.IsFact() || r.Deleted() {
			continue
		}
		var id portfolio.ID
		if raw, ok := r.Fields[amends(r.Entity)]; ok && portfolio.Dec.Unmarshal(raw, &id) == nil && !id.IsZero() {
			gone[id] = true
		}
	}
	return gone
}

// amends is the number of the field that names the fact this one replaces.
func amends(k portfolio.Kind) uint16 {
	switch k {
	case portfolio.KindContact:
		return 11
	case portfolio.KindSale, portfolio.KindEstimate:
		return 10
	case portfolio.KindFormer:
		return 8
	}
	return 0
}
