package attrition

import (
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// Sender is who acts.
type Sender uint8

// Stored and sent: add at the end, never renumber.
const (
	Rep             Sender = iota + 1 // le commercial
	Manager                           // le directeur commercial, ou le chef des ventes
	DirectorAndRep                    // la direction et le commercial
	CustomerService                   // le service clients
	OneAbove                          // un niveau au-dessus, ou un pair : le commercial est le manager
)

// Means is how.
type Means uint8

// Stored and sent: add at the end, never renumber. From the lightest to the
// most visible.
const (
	Nothing       Means = iota + 1 // rien de particulier
	ByLetter                       // lettre de relance
	ByCall                         // appel
	CallThenVisit                  // appel, puis visite
	ByVisit                        // visite
)

// Rule is the rule of I5 that decided.
type Rule uint8

// Stored and sent: add at the end, never renumber.
const (
	NoRule        Rule = iota
	Consumer           // 1: B2C
	Incident           // 2: relational incident
	TopAccount         // 3: strategic account or P4/R4 in red
	ByBand             // 4: the colour
	NotWorth           // 5: not worth retaining
	LetterToChase      // 4, green with late orders
)

// Guide is a line of the meeting guide, in order.
type Guide uint8

// Stored and sent: add at the end, never renumber.
const (
	Listen        Guide = iota + 1 // écouter d'abord
	Acknowledge                    // reconnaître les torts
	NoBlame                        // ne jamais rejeter la faute
	AgreeRemedy                    // convenir d'un remède et d'une date
	LogCommitment                  // noter l'engagement
	ControlCall                    // rappeler à J+15
)

// MeetingGuide is how a visit of retention goes.
func MeetingGuide() []Guide {
	return []Guide{Listen, Acknowledge, NoBlame, AgreeRemedy, LogCommitment, ControlCall}
}

// A Situation is what the rules look at.
type Situation struct {
	Consumer     bool // B2C: a private person
	Category     portfolio.Category
	P, R         uint8
	Band         Band
	On           Set // signals on: S4, S8, S9 matter
	Worth        *Worth
	RepIsManager bool
	Unreachable  bool
}

// A Proposal is an action with its owner and its dates.
type Proposal struct {
	Rule     Rule
	Who      Sender
	Means    Means
	Lowered  bool         // I4 allows less than the rule asks
	Deadline calendar.Day // None: no hurry
	Control  calendar.Day // control call after a visit or a call; None: none
	Guide    bool         // the meeting guide applies
	// Counter adds a counter-argument sheet and a tailored competing offer,
	// built with marketing and the technical service (rule 6).
	Counter bool
	Second  bool // reach a second interlocutor too
	explain.Mark
}

// Weapon chooses who goes, how and when, by the rules of I5 in the order 1, 2,
// 5, 3, 4; rule 6 adds. off are the public holidays.
func Weapon(s Situation, asOf calendar.Day, off []calendar.Day, p Params) Proposal {
	r := p.rule(s)
	w := s.Worth
	if w != nil && !w.Has() {
		w = nil
	}
	// The cost test lowers the level, never the who of rule 2. Nothing is
	// lowered for an account kept for strategic reasons.
	if w != nil && !w.Override && (r.Rule == Incident || r.Rule == TopAccount || r.Rule == ByBand) {
		r.lower(s, w)
	}
	if s.Unreachable && r.Means != Nothing {
		r.Means, r.Second = ByLetter, true
	}
	if s.RepIsManager && (r.Who == Manager || r.Who == DirectorAndRep) {
		r.Who = OneAbove
	}
	if r.Counter = s.On.Has(S8); r.Counter && r.Who == 0 { // rule 6 adds, even to nothing
		if r.Who = Rep; s.Consumer {
			r.Who = CustomerService
		}
	}
	r.Deadline, r.Control = calendar.None, calendar.None
	if r.Means != Nothing {
		r.Deadline = workingDay(asOf, p.VisitDays, off)
		if r.Means >= ByCall {
			r.Control, r.Guide = r.Deadline+calendar.Day(p.ControlDays), true
		}
	}
	r.Mark = explain.Sound(explain.Tally("attrition.rule", r.Rule.Number()))
	if r.Deadline != calendar.None {
		r.Steps = append(r.Steps, explain.Of("attrition.deadline", float64(r.Deadline), explain.Date))
	}
	if r.Control != calendar.None {
		r.Steps = append(r.Steps, explain.Of("attrition.control", float64(r.Control), explain.Date))
	}
	return r
}

// Number is the rule's number in the method, 0 when none applies.
func (r Rule) Number() int {
	switch r {
	case Consumer, Incident, TopAccount, ByBand, NotWorth:
		return int(r)
	case LetterToChase:
		return 4
	}
	return 0
}

func (p Params) rule(s Situation) Proposal {
	top := s.Category == portfolio.Strategic || s.P == 4 && s.R == 4
	switch {
	case s.Consumer: // rule 1, whatever the band but for a calm green
		if s.Band == Green && s.On == 0 {
			return Proposal{Means: Nothing}
		}
		return Proposal{Rule: Consumer, Who: CustomerService, Means: ByCall}
	case s.On.Has(S9):
		return Proposal{Rule: Incident, Who: Manager, Means: ByVisit}
	case s.Worth != nil && s.Worth.Has() && (s.Worth.Decision == LetGo || s.Worth.Decision == Abandon) && (s.Band != Green || s.On.Has(S4)):
		return Proposal{Rule: NotWorth, Who: Rep, Means: ByLetter}
	case top && s.Band == Red:
		return Proposal{Rule: TopAccount, Who: DirectorAndRep, Means: ByVisit}
	case s.Band == Red:
		return Proposal{Rule: ByBand, Who: Rep, Means: ByVisit}
	case s.Band == Amber:
		return Proposal{Rule: ByBand, Who: Rep, Means: CallThenVisit}
	case s.On.Has(S4):
		return Proposal{Rule: LetterToChase, Who: Rep, Means: ByLetter}
	}
	return Proposal{Means: Nothing}
}

// lower brings the effort down to what pays (I4): a director's visit to the
// rep's, a visit to a call, a call to a letter. Under rule 2 the manager keeps
// the case: he calls, or he signs the letter.
func (r *Proposal) lower(s Situation, w *Worth) {
	if r.Rule == TopAccount && !w.Pays(DirectorVisit) {
		r.Who, r.Lowered = Rep, true
	}
	visit := w.Pays(Visit) || w.Pays(VisitOffer)
	if r.Who != Rep {
		visit = visit || w.Pays(DirectorVisit)
	}
	if r.Means >= CallThenVisit && !visit {
		r.Means, r.Lowered = ByCall, true
	}
	if r.Means == ByCall && !w.Pays(Call) {
		r.Means, r.Lowered = ByLetter, true
	}
}

// workingDay is the n-th working day after a day: Monday to Friday, holidays
// aside.
func workingDay(d calendar.Day, n int, off []calendar.Day) calendar.Day {
	for n = max(0, min(n, 1000)); n > 0; {
		d++
		if w := d.Weekday(); w != 0 && w != 6 && !slices.Contains(off, d) {
			n--
		}
	}
	return d
}
