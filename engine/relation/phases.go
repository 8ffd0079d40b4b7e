package relation

import (
	"errors"

	"sillon/engine/explain"
)

// A Sign is something a prospect does that can be seen (signal comportemental).
type Sign struct {
	Code   string
	Weight int // 1 or more
}

// A Phase is a step in the maturation of a project (phase de maturation).
type Phase struct {
	Code  string
	Signs []Sign
	Exit  string // code of its exit test; empty for the last
	// Denies says that its signals deny the need: while they hold and its exit
	// test is not passed, those of higher phases contradict them.
	Denies bool
	// Acts are the operational actions of the phase (PAO), the commercial ones
	// first, then how to behave.
	Acts []string
}

// A Model is the phases a project goes through, 4 to 8 of them.
type Model []Phase

// Limits of a model.
const (
	MinPhases = 4
	MaxPhases = 8
	maxSigns  = 16
)

// ErrModel is returned for a model without 4 to 8 phases of 1 to 16 signals of
// positive weight.
var ErrModel = errors.New("relation: phases do not make a model")

// Check reports whether the model can be read.
func (m Model) Check() error {
	if len(m) < MinPhases || len(m) > MaxPhases {
		return ErrModel
	}
	for _, ph := range m {
		if len(ph.Signs) == 0 || len(ph.Signs) > maxSigns {
			return ErrModel
		}
		for _, s := range ph.Signs {
			if s.Weight < 1 || s.Weight > 1000 {
				return ErrModel
			}
		}
	}
	return nil
}

// Standard is the model of the method: seven phases, equal weights. Only the
// first and the last are found (S4). Codes are stored: never change one.
func Standard() Model {
	signs := func(codes ...string) []Sign {
		s := make([]Sign, len(codes))
		for i, c := range codes {
			s[i] = Sign{c, 1}
		}
		return s
	}
	return Model{
		{Code: "maturation.unrecognised", Signs: signs("sign.satisfied", "sign.noBudget", "sign.avoids"), Exit: "exit.problem", Denies: true,
			Acts: []string{"pao.observe", "pao.consequences", "pao.peerCases", "pao.curiosity"}},
		{Code: "maturation.recognised", Signs: signs("sign.complains", "sign.asksOthers"), Exit: "exit.diagnosis",
			Acts: []string{"pao.proposeDiagnosis", "pao.reformulate"}},
		{Code: "maturation.exploration", Signs: signs("sign.names", "sign.figures", "sign.visitsOthers"), Exit: "exit.writtenNeed",
			Acts: []string{"pao.jointStudy", "pao.mesh", "pao.coBuild"}},
		{Code: "maturation.evaluation", Signs: signs("sign.asksPrice", "sign.compares", "sign.technical"), Exit: "exit.shortList",
			Acts: []string{"pao.proposal", "pao.proof", "pao.trial", "pao.defendValue"}},
		{Code: "maturation.doubts", Signs: signs("sign.guarantees", "sign.references", "sign.delays"), Exit: "exit.objections",
			Acts: []string{"pao.referenceVisit", "pao.pilot", "pao.reassure"}},
		{Code: "maturation.decision", Signs: signs("sign.terms", "sign.calendar", "sign.buyer"), Exit: "exit.verbal",
			Acts: []string{"pao.negotiationSheet", "pao.giveAndTake"}},
		{Code: "maturation.concretisation", Signs: signs("sign.signature", "sign.order"),
			Acts: []string{"pao.launchPlan", "pao.whoDoesWhat"}},
	}
}

// Ticks are the signals seen: bit i of Ticks[j] is signal i of phase j.
type Ticks [MaxPhases]uint16

// Tick reads the codes of a project's file. Codes that the model does not have,
// of another version of it, are left out.
func (m Model) Tick(signs, exits []string) (t Ticks, passed uint8) {
	for j, ph := range m[:min(len(m), MaxPhases)] {
		for i, s := range ph.Signs[:min(len(ph.Signs), maxSigns)] {
			if has(signs, s.Code) {
				t[j] |= 1 << i
			}
		}
		if ph.Exit != "" && has(exits, ph.Exit) {
			passed |= 1 << j
		}
	}
	return t, passed
}

func has(codes []string, c string) bool {
	for _, x := range codes {
		if x == c {
			return true
		}
	}
	return false
}

// Cause says why a project went back.
type Cause uint8

// Stored and sent: add at the end, never renumber.
const (
	NoCause      Cause = iota
	SignsGone          // the signals of its phase are no longer there
	LowerMissing       // a lower phase was never proven
	NeedDenied         // signals that deny the need
)

// A Reading is where a project stands (J2).
type Reading struct {
	Phase         int // from 0
	Score         [MaxPhases]float64
	Moved         int   // phases up, negative when it goes back
	Cause         Cause // when it goes back
	Contradictory bool  // signals say more than the phase read: the lower one holds
	Missing       int   // the lowest phase under the signals that nothing proves; −1: none
	Next          string
	explain.Mark
}

// Read says in which phase a project is, from the signals ticked and the exit
// tests passed; before is where its file has it. Next is the smallest step to
// ask for: the exit test of the missing phase, or of the one it is in, or the
// first unpassed test after it.
//
// Contradictory signals give the lower phase. They are of two kinds: strong
// signals above a phase that nothing proves, and signals of a phase that
// denies the need (Phase.Denies) while its exit test is not passed.
func (m Model) Read(before int, t Ticks, passed uint8, p Params) Reading {
	n := min(len(m), MaxPhases)
	r := Reading{Phase: min(max(before, 0), max(0, n-1)), Missing: -1}
	if m.Check() != nil {
		r.Mark = explain.Missing(explain.NoData)
		return r
	}
	before = r.Phase
	found, strongest, proven, denied := -1, -1, true, -1
	for j := range n {
		got, all := m[j].weigh(t[j])
		r.Score[j] = float64(got) / float64(all)
		enters := reaches(got, all, p.Enter)
		if enters {
			strongest = j
			if proven && denied < 0 {
				found = j
			}
		}
		if m[j].Denies && enters && passed>>j&1 == 0 && denied < 0 {
			denied = j
		}
		if proven && passed>>j&1 == 0 && !reaches(got, all, p.Lower) {
			proven, r.Missing = false, j
		}
	}
	if found >= 0 {
		r.Phase = found
	}
	r.Moved = r.Phase - before
	r.Contradictory = strongest > r.Phase
	r.settle(m, strongest, denied, passed)
	r.Mark = r.mark(m, before, p)
	return r
}

// weigh sums the weights ticked and all the weights of the phase.
func (ph Phase) weigh(ticked uint16) (got, all int) {
	for i, s := range ph.Signs {
		all += s.Weight
		if ticked>>i&1 == 1 {
			got += s.Weight
		}
	}
	return got, all
}

// settle fills the cause, what is missing and the next step.
func (r *Reading) settle(m Model, strongest, denied int, passed uint8) {
	if r.Missing >= strongest {
		r.Missing = -1 // nothing above it waits for a proof
	}
	if r.Moved < 0 {
		switch {
		case denied >= 0 && denied == r.Phase:
			r.Cause = NeedDenied
		case r.Contradictory:
			r.Cause = LowerMissing
		default:
			r.Cause = SignsGone
		}
	}
	from := r.Phase
	if r.Missing >= 0 {
		from = r.Missing
	}
	for j := from; j < len(m) && j < MaxPhases; j++ {
		if m[j].Exit != "" && passed>>j&1 == 0 {
			r.Next = m[j].Exit
			return
		}
	}
}

func (r *Reading) mark(m Model, before int, p Params) explain.Mark {
	s := []explain.Step{explain.Name("relation.phaseBefore", m[before].Code)}
	seen := false
	for j := range min(len(m), MaxPhases) {
		if r.Score[j] > 0 {
			seen = true
			s = append(s, explain.Step{Key: "relation.score", Value: r.Score[j], Unit: explain.Percent, Text: m[j].Code})
		}
	}
	s = append(s, explain.Share("relation.enter", p.Enter), explain.Share("relation.lower", p.Lower))
	if r.Missing >= 0 {
		s = append(s, explain.Name("relation.missing", m[r.Missing].Code))
	}
	s = append(s, explain.Name("relation.phase", m[r.Phase].Code))
	if !seen {
		return explain.Thin(explain.NoData, s...)
	}
	return explain.Sound(s...)
}
