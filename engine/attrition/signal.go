package attrition

import (
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
)

// Code is a warning signal (signal d'alerte).
type Code uint8

// Stored and sent: add at the end, never renumber.
const (
	S1  Code = iota + 1 // contract or annual order not renewed
	S2                  // after-sales calls rising
	S3                  // complaints multiplying
	S4                  // order lateness
	S5                  // sales drop
	S6                  // decision-maker changed
	S7                  // contact refusals or silence
	S8                  // competitor rising
	S9                  // relational incident with the rep
	S10                 // family exclusion
	S11                 // late payments growing
	S12                 // low satisfaction
	S13                 // accumulated trifles

	NSignals = 13
)

// String is the code of the method.
func (c Code) String() string {
	if c < S1 || c > NSignals {
		return "?"
	}
	if c < 10 {
		return "S" + string(rune('0'+c))
	}
	return "S1" + string(rune('0'+c-10))
}

// State says whether a signal speaks.
type State uint8

// Stored and sent: add at the end, never renumber.
const (
	Unknown State = iota // not recorded, or too little history
	Off
	On
	Settled // on, and a person closed it after its last evidence: contested or cured
	Muted   // a seasonal pause: neither on nor off
)

// A Signal is the reading of one code for one client.
type Signal struct {
	State    State
	Strength uint8        // 1 on the trigger, 2, 3 the strongest
	Count    int32        // pieces of evidence
	Since    calendar.Day // first evidence
	Latest   calendar.Day // last evidence: a later one reopens a closed signal
	Noted    int32        // of them, seen by a person and not by a trigger
	Value    float64      // what is compared, in the unit of the trigger
	Limit    float64
}

// Signals are the thirteen readings of a client, S1 first.
type Signals [NSignals]Signal

// Get is the reading of a code.
func (s *Signals) Get(c Code) Signal {
	if c < S1 || c > NSignals {
		return Signal{}
	}
	return s[c-1]
}

// A Set is a set of signals, bit code − 1.
type Set uint16

// Of is the set of some codes.
func Of(codes ...Code) Set {
	var s Set
	for _, c := range codes {
		if c >= S1 && c <= NSignals {
			s |= 1 << (c - 1)
		}
	}
	return s
}

// Has reports whether the code is in the set.
func (s Set) Has(c Code) bool { return c >= S1 && c <= NSignals && s>>(c-1)&1 == 1 }

// Case is what the probability reads: which signals are on, which are known.
func (s *Signals) Case() Case {
	var c Case
	for i, x := range s {
		switch x.State {
		case On:
			c.On |= 1 << i
			c.Known |= 1 << i
		case Off, Settled:
			c.Known |= 1 << i
		}
	}
	return c
}

// Explain lists the signals that are on, with their evidence.
func (s *Signals) Explain() []explain.Step {
	var steps []explain.Step
	for i, x := range s {
		if x.State != On {
			continue
		}
		steps = append(steps, explain.Name("attrition.signal", Code(i+1).String()))
		if x.Noted > 0 {
			steps = append(steps, explain.Tally("attrition.noted", int(x.Noted)))
		}
		if x.Noted < x.Count { // its trigger had something to compare
			steps = append(steps, explain.Num("attrition.value", x.Value), explain.Num("attrition.limit", x.Limit))
		}
		if given(x.Since) {
			steps = append(steps, explain.Of("attrition.since", float64(x.Since), explain.Date))
		}
	}
	return steps
}

// A Service is an event noted by any service.
type Service struct {
	Kind     portfolio.ServiceKind
	Severity uint8        // 1 minor … 3 grave
	Opened   calendar.Day // later than asOf: invisible
	Closed   calendar.Day // None or 0: open
}

func (s Service) open(asOf calendar.Day) bool { return !seen(s.Closed, asOf) }

// A Touch is one of our contacts, or theirs.
type Touch struct {
	Day      calendar.Day
	Inbound  bool
	Refused  bool
	Answered bool // met, answered, replied
}

// An Anniversary is the date at which a contract or a yearly order is due.
type Anniversary struct{ Day, Renewed calendar.Day }

// A Decider is a decision-maker in place since a day, met or not yet.
type Decider struct{ Since, Met calendar.Day }

// A Payment was due and, perhaps, paid.
type Payment struct{ Due, Paid calendar.Day }

// A Mark10 is a satisfaction measure out of ten.
type Mark10 struct {
	Day   calendar.Day
	Score float64
}

// A Note is a signal that a person noticed, whatever its trigger says.
type Note struct {
	Code   Code
	Day    calendar.Day
	Closed calendar.Day // None or 0: open
}

// Months is a set of calendar months, bit month − 1.
type Months uint16

// Has reports whether the month of a day is in the set.
func (m Months) Has(d calendar.Day) bool {
	if m == 0 {
		return false
	}
	_, month, _ := d.Civil()
	return m>>(month-1)&1 == 1
}

// A File is all the signals of one client are read from. Slices may come in
// any order; what lies after asOf is invisible.
type File struct {
	Lines         []maturity.Line // a line with a positive amount on one day is an order
	Anniversaries []Anniversary   // none: a client who orders once a year has his own
	Services      []Service
	Deciders      []Decider
	Touches       []Touch
	Competitor    []calendar.Day // strength raised, tender, price request; counts for six months
	Excluded      []uint8        // families lost (F1) by period, the last period first
	// ExcludedOn is the day the latest of them came to light: a period after its
	// last sale. None or 0: unknown, and then the signal, once closed, stays so.
	ExcludedOn   calendar.Day
	Payments     []Payment
	Satisfaction []Mark10
	Noted        []Note // what people saw
	Pause        Months // the client's own, beside those found in his orders
	// Closed is the day a person closed a signal, by code − 1; None or 0: open.
	Closed [NSignals]calendar.Day
	// Silent are the signals nobody records in this portfolio: without any
	// evidence they are unknown rather than off.
	Silent Set
}
