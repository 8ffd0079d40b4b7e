package query

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/journal"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/sorting"
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
	Fold       string // what the search looks into: name, code, towns, people, tags, folded
	Street     string
	Postcode   string
	City       string
	Sector     string
	Phone      string
	Person     string // first interlocutor
	Tags       string // one a line, in order
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
	Abroad     bool // its country is not the one whose communes are known
	Conflicts  int  // values to read again
	Waiting    bool // has operations the server has not confirmed

	Sales     []SaleDay  // in order of From
	Touches   []Touch    // in order of Day
	Estimates []Estimate // in order of Day
	Plans     []Plan     // still to do, in order of Day

	Said    []OrderSaid // orders announced at contacts, in order of Day: sales where sales.source says so
	Decided []Decision  // potentials and phases that persons decided, in order of Day
}

// A Decision is a potential, or a phase, that a person put in place of the
// computed one.
type Decision struct {
	Value money.Cents
	Day   calendar.Day
	Until calendar.Day   // 0: until another
	Phase maturity.Phase // 0: a potential
}

// holds reports whether it is in force on a day.
func (d *Decision) holds(asOf calendar.Day) bool {
	return d.Day <= asOf && (d.Until == 0 || d.Until >= asOf)
}

// decision is the last one that holds on a day; the larger of two of one day.
func (c *Card) decision(asOf calendar.Day) (d Decision, ok bool) {
	for _, x := range c.Decided { // in order of day, then of value
		if x.Phase == 0 && x.holds(asOf) {
			d, ok = x, true
		}
	}
	return d, ok
}

// phased is the phase decided last that holds on a day; the later of two of
// one day.
func (c *Card) phased(asOf calendar.Day) (o maturity.Override) {
	for _, x := range c.Decided {
		if x.Phase != 0 && x.holds(asOf) {
			o = maturity.Override{Phase: x.Phase, Until: x.Until}
		}
	}
	return o
}

// decided reads the decision of a record; false for one on another value.
func decided(o *portfolio.Override) (Decision, bool) {
	switch {
	case o.What == "potential" && o.Value >= 0 && o.Value < 1<<53:
		return Decision{Value: money.Cents(math.Round(o.Value)), Day: o.Day, Until: o.Until}, true
	case o.What == "phase" && o.Value >= float64(maturity.Start) && o.Value <= float64(maturity.Lost):
		return Decision{Day: o.Day, Until: o.Until, Phase: maturity.Phase(o.Value)}, true
	}
	return Decision{}, false
}

// A SaleDay is what was sold on one day (To is From) or over one period.
// Positive lines of a day are added up, negative ones apart: a return is not
// an order.
type SaleDay = maturity.Line

// A Touch is one contact, as far as counting needs it.
type Touch struct {
	Day     calendar.Day
	Minute  int16
	Kind    portfolio.ContactKind
	Outcome portfolio.Outcome
	Efforts
}

// Efforts are what one contact took that its kind does not say; most say
// nothing.
type Efforts struct {
	Weight   int16 // 1 + hundredths of a contact unit, in place of the kind's; 0: the kind's
	Together uint8 // colleagues who came too
	Shared   uint8 // accounts that hold a record of it; 0: this one alone
}

func touchOf(t *portfolio.Contact) Touch {
	out := Touch{t.Day, int16(min(max(t.Minute, 0), 1439)), t.Kind, t.Outcome,
		Efforts{Together: uint8(min(max(t.Together, 0), 20)), Shared: uint8(min(max(t.Shared, 0), portfolio.MaxList))}}
	if t.Weight != nil && *t.Weight >= 0 && *t.Weight <= 10 {
		out.Weight = 1 + int16(math.Round(*t.Weight*100))
	}
	return out
}

// contact is the touch as the price of the effort reads it, of one rep.
func (t *Touch) contact() cost.Contact {
	c := cost.Contact{Kind: t.Kind, Outcome: t.Outcome, Shared: int32(t.Shared)}
	if t.Weight > 0 {
		c.Weighted, c.Weight = true, float64(t.Weight-1)/100
	}
	return c
}

// units are the contact units of a touch, those of colleagues included.
func (t *Touch) units(p *cost.Params) float64 {
	return p.Units(t.contact()) * float64(1+int(t.Together))
}

// compare puts equal contacts side by side.
func (e Efforts) compare(o Efforts) int {
	return cmp.Or(cmp.Compare(e.Weight, o.Weight), cmp.Compare(e.Together, o.Together), cmp.Compare(e.Shared, o.Shared))
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
	c := Card{ID: b.Root, Scope: b.Scope}
	found := false
	for _, n := range b.Pending {
		if n > 0 {
			c.Waiting = true
		}
	}
	gone := replaced(b.Rows)
	search, tags := folder{}, tagSet{}
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
				search.client(a.Name, a.Code)
				tags.brought(a.Tags)
			}
		case portfolio.KindSite:
			var s portfolio.Site
			if r.Fields.Into(&s) == nil {
				search.add(s.City, s.Name, s.Postcode, strings.ReplaceAll(Fold(s.Siret), " ", ""))
				if site.IsZero() || cmp.Compare(r.Rec.String(), site.String()) < 0 {
					site = r.Rec
					c.site(&s)
				}
			}
		case portfolio.KindPerson:
			var p portfolio.Person
			if r.Fields.Into(&p) == nil {
				search.add(p.Name)
				if person.IsZero() || cmp.Compare(r.Rec.String(), person.String()) < 0 {
					person, c.Person = r.Rec, p.Name
				}
			}
		case portfolio.KindTag:
			tags.take(r)
		default:
			c.fact(r)
		}
	}
	words := tags.words()
	c.Tags = strings.Join(words, "\n")
	search.add(words...)
	c.Fold = search.text()
	c.settle()
	return c, found
}

func (c *Card) account(a *portfolio.Account) {
	c.Code, c.Name, c.Status = a.Code, a.Name, a.Status
	c.Typology, c.Solvency = a.Typology, a.Solvency
	if c.CatUntil = a.CatUntil; a.Category <= portfolio.Economy { // one of a newer version is not in force here
		c.Category = a.Category
	}
	c.FirstOrder, c.OneShot, c.Archived = a.FirstOrder, a.OneShot, a.Archived
}

func (c *Card) site(s *portfolio.Site) {
	c.Street, c.Postcode, c.City, c.Sector = s.Street, s.Postcode, s.City, s.Sector
	c.Phone = cmp.Or(s.Phone, s.PhoneRaw)
	c.Abroad = !portfolio.InFrance(s.Country)
	c.HasPos = s.Lat != nil && s.Lon != nil
	c.Lat, c.Lon = 0, 0
	if c.HasPos {
		c.Lat, c.Lon = *s.Lat, *s.Lon
	}
}

// fact takes a sale line, a contact, an estimate, an appointment or a conflict.
func (c *Card) fact(r *journal.Row) {
	switch r.Entity {
	case portfolio.KindSale:
		var s portfolio.Sale
		if r.Fields.Into(&s) == nil && !s.Void {
			c.Sales = append(c.Sales, SaleDay{From: s.From, To: max(s.From, s.To), Net: s.Amount})
		}
	case portfolio.KindContact:
		var t portfolio.Contact
		if r.Fields.Into(&t) == nil && !t.Void {
			c.Touches = append(c.Touches, touchOf(&t))
			if t.Order > 0 {
				c.Said = append(c.Said, OrderSaid{t.Day, t.Order})
			}
		}
	case portfolio.KindEstimate:
		var e portfolio.Estimate
		if r.Fields.Into(&e) == nil && !e.Void {
			c.Estimates = append(c.Estimates, Estimate{potential.Estimate{
				Amount: e.Amount, Min: e.Min, Max: e.Max, Method: e.Method, Quality: e.Quality, Day: e.Day, Captive: e.Captive}, e.Family})
		}
	case portfolio.KindAppointment:
		var p portfolio.Appointment
		if r.Fields.Into(&p) == nil && p.State <= portfolio.Planned {
			c.Plans = append(c.Plans, Plan{r.Rec, p.Day, int16(min(max(p.Minute, 0), 1439)), p.Kind, p.Objective})
		}
	case portfolio.KindOverride:
		var o portfolio.Override
		if r.Fields.Into(&o) == nil {
			if d, ok := decided(&o); ok {
				c.Decided = append(c.Decided, d)
			}
		}
	case portfolio.KindConflict:
		var x portfolio.Conflict
		if r.Fields.Into(&x) == nil && x.State == portfolio.Open {
			c.Conflicts++
		}
	}
}

// settle puts the facts in the order of their days and adds up what falls on
// the same one.
func (c *Card) settle() {
	sorting.By(c.Sales, byLine)
	kept := c.Sales[:0]
	for _, s := range c.Sales {
		if n := len(kept) - 1; n >= 0 && same(kept[n], s) {
			kept[n].Net = kept[n].Net.Plus(s.Net)
			continue
		}
		kept = append(kept, s)
	}
	c.Sales = append([]SaleDay(nil), kept...) // without the room of those added up
	c.Touches = append([]Touch(nil), c.Touches...)
	sorting.By(c.Touches, func(a, b Touch) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Outcome, b.Outcome), a.Efforts.compare(b.Efforts))
	})
	sorting.By(c.Estimates, func(a, b Estimate) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Amount, b.Amount), cmp.Compare(a.Method, b.Method), cmp.Compare(a.Family, b.Family),
			cmp.Compare(a.Min, b.Min), cmp.Compare(a.Max, b.Max), cmp.Compare(a.Quality, b.Quality), cmp.Compare(a.Captive, b.Captive))
	})
	sorting.By(c.Said, bySaid)
	sorting.By(c.Decided, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Value, b.Value), cmp.Compare(a.Phase, b.Phase), cmp.Compare(a.Until, b.Until))
	})
	sorting.By(c.Plans, func(a, b Plan) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), slices.Compare(a.ID[:], b.ID[:]))
	})
}

func bySaid(a, b OrderSaid) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Amount, b.Amount))
}

// spoken are the lines that announced orders make, where they count as sales.
func spoken(said []OrderSaid) []SaleDay {
	var out []SaleDay
	for _, o := range said {
		if n := len(out); n > 0 && out[n-1].From == o.Day {
			out[n-1].Net = out[n-1].Net.Plus(o.Amount)
			continue
		}
		out = append(out, SaleDay{From: o.Day, To: o.Day, Net: o.Amount})
	}
	return out
}

func byLine(a, b SaleDay) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(b.Net, a.Net))
}

// same reports whether two lines add up: same day or period, same sign.
func same(a, b SaleDay) bool { return a.From == b.From && a.To == b.To && (a.Net > 0) == (b.Net > 0) }

// replaced lists the facts that a later one amends, and the records that
// somebody deleted.
func replaced(rows []journal.Row) map[portfolio.ID]bool {
	gone := map[portfolio.ID]bool{}
	for i := range rows {
		r := &rows[i]
		if r.Deleted() {
			continue
		}
		if !r.Entity.IsFact() {
			if r.Fields.Removed() {
				gone[r.Rec] = true
			}
			continue
		}
		var id portfolio.ID
		n, _ := r.Entity.Amending()
		if raw, ok := r.Fields[n]; ok && portfolio.Dec.Unmarshal(raw, &id) == nil && !id.IsZero() {
			gone[id] = true
		}
	}
	return gone
}
