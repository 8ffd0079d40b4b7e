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

// Facts are the facts of a card that only the deeper analyses read: they stay
// encoded in the columns until one asks. Lists are in the order of their
// records, unless they say otherwise.
type Facts struct {
	Persons     []PersonFact            `cbor:"1,keyasint,omitempty"` // bit k of Touch.Persons is Persons[k]
	Topics      []string                `cbor:"2,keyasint,omitempty"` // sorted: bit k of Touch.Topics is Topics[k]
	Services    []portfolio.Service     `cbor:"3,keyasint,omitempty"`
	Competitors []portfolio.Competitor  `cbor:"4,keyasint,omitempty"`
	Contracts   []portfolio.Contract    `cbor:"5,keyasint,omitempty"`
	Payments    []portfolio.Payment     `cbor:"6,keyasint,omitempty"`
	Projects    []ProjectFact           `cbor:"7,keyasint,omitempty"`
	Commitments []CommitmentFact        `cbor:"8,keyasint,omitempty"`
	Efforts     []portfolio.Effort      `cbor:"9,keyasint,omitempty"`
	Signals     []portfolio.Signal      `cbor:"10,keyasint,omitempty"`
	Formers     []portfolio.Former      `cbor:"11,keyasint,omitempty"`
	Overrides   []portfolio.Override    `cbor:"12,keyasint,omitempty"`
	Tools       []portfolio.Tool        `cbor:"13,keyasint,omitempty"`
	Appointed   []portfolio.Appointment `cbor:"14,keyasint,omitempty"` // done and cancelled ones
	Headcount   int                     `cbor:"15,keyasint,omitempty"`
	LostOn      calendar.Day            `cbor:"16,keyasint,omitempty"`
	Motive      portfolio.Motive        `cbor:"17,keyasint,omitempty"`
	Natural     bool                    `cbor:"18,keyasint,omitempty"`
	Strategic   bool                    `cbor:"19,keyasint,omitempty"`
	Relevance   *int                    `cbor:"20,keyasint,omitempty"`
	Trust       *int                    `cbor:"21,keyasint,omitempty"`
	Identity    int                     `cbor:"22,keyasint,omitempty"` // fields of the address filled: name, street, town, phone, e-mail
	Ordered     []OrderSaid             `cbor:"23,keyasint,omitempty"` // orders announced at visits, by day
}

// A PersonFact is an interlocutor as far as counting needs one.
type PersonFact struct {
	ID        portfolio.ID `cbor:"1,keyasint"`
	Name      string       `cbor:"2,keyasint,omitempty"`
	Function  string       `cbor:"3,keyasint,omitempty"`
	Roles     []string     `cbor:"4,keyasint,omitempty"`
	Influence int          `cbor:"5,keyasint,omitempty"`
	Attitude  int          `cbor:"6,keyasint,omitempty"`
	Since     calendar.Day `cbor:"7,keyasint,omitempty"`
	Until     calendar.Day `cbor:"8,keyasint,omitempty"`
	Consent   bool         `cbor:"9,keyasint,omitempty"`
}

// A ProjectFact is a project with its identifier.
type ProjectFact struct {
	ID                portfolio.ID `cbor:"1,keyasint"`
	portfolio.Project `cbor:"2,keyasint"`
}

// A CommitmentFact is a commitment with its identifier.
type CommitmentFact struct {
	ID                   portfolio.ID `cbor:"1,keyasint"`
	portfolio.Commitment `cbor:"2,keyasint"`
}

// OrderSaid is an order announced at a contact: shown, never counted as sales.
type OrderSaid struct {
	Day    calendar.Day `cbor:"1,keyasint"`
	Amount money.Cents  `cbor:"2,keyasint"`
}

// Facts are the deeper facts of the card, never nil.
func (c *Card) Facts() *Facts {
	if c.facts == nil {
		c.facts = &Facts{}
		if len(c.blob) > 0 && portfolio.Dec.Unmarshal(c.blob, c.facts) != nil {
			c.facts = &Facts{}
		}
	}
	return c.facts
}

// seal encodes the facts once they are complete: a card just derived is the
// same as one read from a chunk.
func (c *Card) seal() {
	b, err := portfolio.Enc.Marshal(c.facts)
	if err == nil && len(b) > 1 { // one byte: an empty map
		c.blob = b
	}
	c.facts = nil
}

// rare takes a fact that few cards have, or an appointment that is over.
func (f *Facts) rare(r rowOf) {
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
			f.Projects = append(f.Projects, p)
		}
	case portfolio.KindCommitment:
		var p CommitmentFact
		if r.Fields.Into(&p.Commitment) == nil {
			p.ID = r.Rec
			f.Commitments = append(f.Commitments, p)
		}
	case portfolio.KindEffort:
		keep(r, &f.Efforts)
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
	}
}

func keep[T any](r rowOf, list *[]T) {
	var noun T
	if r.Fields.Into(&noun) == nil {
		*list = append(*list, noun)
	}
}

// bit is the mark of an element of a sorted list; beyond 32 the last bit
// stands for all the others.
func bit(k int) uint32 { return 1 << min(k, 31) }

// mask marks the persons of a contact.
func (f *Facts) personMask(ids []portfolio.ID) (m uint32) {
	for _, id := range ids {
		for k := range f.Persons {
			if f.Persons[k].ID == id {
				m |= bit(k)
			}
		}
	}
	return m
}

func (f *Facts) topicMask(topics []string) (m uint32) {
	for _, t := range topics {
		if k, ok := slices.BinarySearch(f.Topics, t); ok {
			m |= bit(k)
		}
	}
	return m
}
