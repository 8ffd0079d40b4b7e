package query

import (
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// FamilySales is what a client bought of one family, "" for the lines without
// one. Cost goes with Lines, index by index.
type FamilySales struct {
	Family string
	Lines  []SaleDay // in order of From; a day's returns apart
	Cost   []Costing
}

// A Costing is what is known of the margin of a [SaleDay]. With m the default
// rate of the family, the margin is Net − Bare − Cost + Bare × m.
type Costing struct {
	Cost money.Cents // of the lines that name theirs
	Bare money.Cents // sales of the lines that do not
	Self bool        // ordered without a visit: phone, web, EDI, sedentary
}

// Deep is what the whole method reads of one client beside its [Card]. It is
// made from the bundle of the card when an analysis asks: the columns of a
// start do not carry it. Lists are in the order of their records, unless they
// say otherwise.
type Deep struct {
	Families    []FamilySales // in order of code
	Contacts    []Met         // in order of Day
	Persons     []PersonFact  // bit k of Met.Persons is Persons[k]
	Topics      []string      // sorted: bit k of Met.Topics is Topics[k]
	Services    []portfolio.Service
	Competitors []portfolio.Competitor
	Contracts   []portfolio.Contract
	Payments    []portfolio.Payment
	Projects    []ProjectFact
	Commitments []CommitmentFact
	Efforts     []portfolio.Effort
	Signals     []portfolio.Signal
	Formers     []portfolio.Former
	Overrides   []portfolio.Override
	Tools       []portfolio.Tool
	Appointed   []portfolio.Appointment // done and cancelled ones
	Headcount   int
	LostOn      calendar.Day
	Motive      portfolio.Motive
	Natural     bool
	Strategic   bool
	Relevance   *int
	Trust       *int
	Identity    int         // fields of the address filled: name, street, town, phone, e-mail
	Ordered     []OrderSaid // orders announced at visits, by day
	Readings    []portfolio.Reading
	Actions     []ActionFact // lines of the action plans
	Told        *Told        // nil: nothing
	Open        Open
}

// Open are the opening hours of a client, in minutes after midnight; zero: not
// said. Shut has a bit for each day of the week, Monday first.
type Open struct {
	From  int16 `cbor:"1,keyasint,omitempty"`
	Lunch int16 `cbor:"2,keyasint,omitempty"`
	Back  int16 `cbor:"3,keyasint,omitempty"`
	To    int16 `cbor:"4,keyasint,omitempty"`
	Shut  uint8 `cbor:"5,keyasint,omitempty"`
}

// Told is what somebody knows of a client that no figure says; the fields are
// those of [portfolio.Account].
type Told struct {
	Changed    calendar.Day     `cbor:"1,keyasint,omitempty"`
	Falling    calendar.Day     `cbor:"2,keyasint,omitempty"`
	Collapsed  bool             `cbor:"3,keyasint,omitempty"`
	Consumer   bool             `cbor:"4,keyasint,omitempty"`
	Unreached  bool             `cbor:"5,keyasint,omitempty"`
	RebateRate float64          `cbor:"6,keyasint,omitempty"`
	Rebate     money.Cents      `cbor:"7,keyasint,omitempty"`
	NoContact  bool             `cbor:"8,keyasint,omitempty"`
	Near       int              `cbor:"9,keyasint,omitempty"`
	Earning    int              `cbor:"10,keyasint,omitempty"`
	Referred   int              `cbor:"11,keyasint,omitempty"`
	Rise       portfolio.Answer `cbor:"12,keyasint,omitempty"`
}

// told is what was told of a client, of whom perhaps nothing was.
func (f *Deep) told() *Told {
	if f.Told == nil {
		return &untold
	}
	return f.Told
}

var untold Told

// An ActionFact is a line of an action plan.
type ActionFact struct {
	ID portfolio.ID
	portfolio.Action
}

// A PersonFact is an interlocutor as far as counting needs one.
type PersonFact struct {
	ID        portfolio.ID
	Name      string
	Function  string
	Roles     []string
	Influence int
	Attitude  int
	Since     calendar.Day
	Until     calendar.Day
	Consent   bool
}

// A ProjectFact is a project with its identifier.
type ProjectFact struct {
	ID portfolio.ID
	portfolio.Project
}

// A CommitmentFact is a commitment with its identifier.
type CommitmentFact struct {
	ID portfolio.ID
	portfolio.Commitment
}

// OrderSaid is an order announced at a contact: shown, and counted as sales only
// where sales.source says that sales are what visits announce.
type OrderSaid struct {
	Day    calendar.Day
	Amount money.Cents
}

// spoken are the facts with the announced orders in place of the imported
// lines: of no family, of unknown cost, all taken at a contact.
func (f *Deep) spoken() *Deep {
	d := *f
	d.Families = nil
	if lines := spoken(f.Ordered); len(lines) > 0 {
		x := FamilySales{Lines: lines, Cost: make([]Costing, len(lines))}
		for k := range lines {
			x.Cost[k].Bare = lines[k].Net
		}
		d.Families = []FamilySales{x}
	}
	return &d
}

// rare takes a fact that few cards have, or an appointment that is over.
func (f *Deep) rare(r rowOf) {
	switch r.Entity {
	case portfolio.KindService:
		keep(r, &f.Services)
	case portfolio.KindCompetitor:
		keep(r, &f.Competitors)
	case portfolio.KindContract:
		keep(r, &f.Contracts)
	case portfolio.KindPayment:
		keep(r, &f.Payments)
	case portfolio.KindProject:
		var p ProjectFact
		if r.Fields.Into(&p.Project) == nil {
			p.ID = r.Rec
			if p.Chance != nil && !finite(*p.Chance) {
				p.Chance = nil
			}
			f.Projects = append(f.Projects, p)
		}
	case portfolio.KindCommitment:
		var p CommitmentFact
		if r.Fields.Into(&p.Commitment) == nil {
			p.ID = r.Rec
			f.Commitments = append(f.Commitments, p)
		}
	case portfolio.KindEffort:
		var e portfolio.Effort
		if r.Fields.Into(&e) == nil && finite(e.Baseline) && finite(e.Target) && finite(e.Weight) && (e.Actual == nil || finite(*e.Actual)) {
			f.Efforts = append(f.Efforts, e)
		}
	case portfolio.KindSignal:
		keep(r, &f.Signals)
	case portfolio.KindFormer:
		keep(r, &f.Formers)
	case portfolio.KindOverride:
		keep(r, &f.Overrides)
	case portfolio.KindTool:
		keep(r, &f.Tools)
	case portfolio.KindAppointment:
		keep(r, &f.Appointed)
	case portfolio.KindReading:
		keep(r, &f.Readings)
	case portfolio.KindAction:
		var x portfolio.Action
		if r.Fields.Into(&x) == nil && finite(x.Chance) {
			f.Actions = append(f.Actions, ActionFact{r.Rec, x})
		}
	}
}

// finite reports a real number: a damaged record may hold another.
func finite(x float64) bool { return x-x == 0 }

func keep[T any](r rowOf, list *[]T) {
	var noun T
	if r.Fields.Into(&noun) == nil {
		*list = append(*list, noun)
	}
}

// A Met is one contact in full.
type Met struct {
	Touch
	Inbound  bool
	Next     bool  // it ended with a next step
	Content  int8  // satisfaction said, 0-10; −1: none
	Duration int16 // minutes
	Travel   int16
	Prep     int16
	Late     int16  // days until the report was written
	Persons  uint32 // bits of Deep.Persons
	Topics   uint32 // bits of Deep.Topics
	Spent    money.Cents
	Far      int32 // metres to get there; 0: nobody read the meter
}

// bit is the mark of an element of a sorted list; beyond 32 the last bit
// stands for all the others.
func bit(k int) uint32 { return 1 << min(k, 31) }

// mask marks the persons of a contact.
func (f *Deep) personMask(ids []portfolio.ID) (m uint32) {
	for _, id := range ids {
		for k := range f.Persons {
			if f.Persons[k].ID == id {
				m |= bit(k)
			}
		}
	}
	return m
}

func (f *Deep) topicMask(topics []string) (m uint32) {
	for _, t := range topics {
		if k, ok := slices.BinarySearch(f.Topics, t); ok {
			m |= bit(k)
		}
	}
	return m
}
