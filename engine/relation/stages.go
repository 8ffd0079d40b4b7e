package relation

import (
	"sillon/engine/explain"
	"sillon/engine/money"
)

// Stage is one of the six of the relation (étape).
type Stage uint8

// Stored and sent: add at the end, never renumber.
const (
	Qualification Stage = iota // qualification
	Prospecting                // prospection
	Maturation                 // maturation du projet
	Construction               // construction, donnant-donnant
	Conclusion                 // conclusion et négociation
	Loyalty                    // fidélisation
	Stages        = 6
)

// A KPI is an indicator of a stage (J1). Code is worded by the catalogue.
type KPI struct {
	Stage Stage
	Code  string
	Unit  explain.Unit
	explain.Result
}

// Facts are the counts the indicators are made of, over one period.
type Facts struct {
	Suspects, Qualified       int
	DataAgeDays, DataFiles    int // Σ age of the files in days, and how many
	Contacts, Meetings        int // with prospects
	Prospects, Projects       int // prospects worked, projects opened
	PhaseDays, PhaseStays     int // Σ days in a phase, and stays ended
	Closed, Won               int // projects ended, and won
	OursKept, TheirsKept      money.Cents
	Restarts, Restartable     int // files reopened to competition, files with work of ours
	StartPrice, AgreedPrice   money.Cents
	Concessions, Paired       int
	Relations, Mutual         int // relations whose two gains are known, both positive
	RenewalsDue, RenewalsDone int
}

// KPIs are the indicators of the six stages, in their order; each is recomputed
// from its sums, so that the facts of several reps may be added first.
func KPIs(f Facts, p Params) []KPI {
	share := func(s Stage, code string, part, whole int) KPI {
		r := RateOf(part, whole, p)
		return KPI{s, code, explain.Percent, explain.Result{Value: r.Share, Mark: r.Mark}}
	}
	mean := func(s Stage, code string, sum, n int) KPI {
		r := RateOf(sum, n, p)
		m := explain.Missing(explain.NoData, r.Steps...)
		if r.Has() {
			m = explain.Sound(r.Steps[:2]...)
		}
		return KPI{s, code, explain.Days, explain.Result{Value: r.Share, Mark: m}}
	}
	cents := func(s Stage, code string, part, whole money.Cents) KPI {
		a, b := explain.Amount("relation.theirs", part), explain.Amount("relation.ours", whole)
		if whole <= 0 || part < 0 {
			return KPI{s, code, explain.Percent, explain.Result{Mark: explain.Missing(explain.NoData, a, b)}}
		}
		return KPI{s, code, explain.Percent, explain.Result{Value: float64(part) / float64(whole), Mark: explain.Sound(a, b)}}
	}
	return []KPI{
		share(Qualification, "kpi.qualified", f.Qualified, f.Suspects),
		mean(Qualification, "kpi.dataAge", f.DataAgeDays, f.DataFiles),
		share(Prospecting, "kpi.meetings", f.Meetings, f.Contacts),
		share(Prospecting, "kpi.projects", f.Projects, f.Prospects),
		mean(Maturation, "kpi.phaseDays", f.PhaseDays, f.PhaseStays),
		share(Maturation, "kpi.conversion", f.Won, f.Closed),
		cents(Construction, "kpi.reciprocity", f.TheirsKept, f.OursKept),
		share(Construction, "kpi.restarts", f.Restarts, f.Restartable),
		cents(Conclusion, "kpi.priceHeld", f.AgreedPrice, f.StartPrice),
		share(Conclusion, "kpi.paired", f.Paired, f.Concessions),
		share(Loyalty, "kpi.mutual", f.Mutual, f.Relations),
		share(Loyalty, "kpi.renewal", f.RenewalsDone, f.RenewalsDue),
	}
}

// A Flow is a funnel (entonnoir): Step[i] is what remains of count i at i + 1.
type Flow struct {
	Count   []int
	Step    []Rate
	Overall Rate // last ÷ first
	Weakest int  // the step that loses the largest share; −1: none can be read
}

// Funnel makes the rates of successive counts: suspects, qualified, meetings,
// projects, won.
func Funnel(counts []int, p Params) Flow {
	f := Flow{Count: counts, Weakest: -1, Overall: RateOf(0, 0, p)}
	for i := 1; i < len(counts); i++ {
		r := RateOf(counts[i], counts[i-1], p)
		f.Step = append(f.Step, r)
		if r.Has() && (f.Weakest < 0 || r.Share < f.Step[f.Weakest].Share) {
			f.Weakest = i - 1
		}
	}
	if len(counts) > 1 {
		f.Overall = RateOf(counts[len(counts)-1], counts[0], p)
	}
	return f
}

// A Grid is the competence grid (grille de compétences): marks 1 to 4 by stage,
// 0 where nobody gave one.
type Grid [Stages]uint8

// A Skill compares the two readings of one person.
type Skill struct {
	Gap    [Stages]int8 // own mark − manager's, where both are given
	Work   Stage        // to work on first: the lowest mark, then the most overrated, then the earliest stage
	Known  int          // stages with at least one mark
	Shared int          // stages with both
}

// Compare sets a person's own marks beside the manager's; the manager's counts
// where given. Marks over 4 count as 4.
func Compare(own, manager Grid) Skill {
	var s Skill
	low := uint8(5)
	for i := range own {
		a, b := min(own[i], 4), min(manager[i], 4)
		mark := b
		if b == 0 {
			mark = a
		}
		if mark == 0 {
			continue
		}
		s.Known++
		if a > 0 && b > 0 {
			s.Shared++
			s.Gap[i] = int8(a) - int8(b)
		}
		if mark < low || mark == low && s.Gap[i] > s.Gap[s.Work] {
			low, s.Work = mark, Stage(i)
		}
	}
	return s
}

// SmallSteps is the practice of the small-steps method (petits pas): of the
// contacts held, those that ended with a next step, and of these the ones both
// sides agreed on.
func SmallSteps(held, next, mutual int, p Params) (ended, agreed Rate) {
	return RateOf(next, held, p), RateOf(mutual, next, p)
}

// A Tooling is the yearly account of the tool itself (fiche d'investissement).
type Tooling struct {
	Licence     money.Cents
	Hours       float64 // spent on it in the year: set-up, training, typing
	HoursSaved  float64
	HourCost    money.Cents // of one hour of a rep
	ExtraMargin money.Cents // won thanks to it
}

// A Return is an investment judged: ROI = (gain − cost) ÷ cost.
type Return struct {
	Cost, Gain money.Cents
	ROI        float64
	Months     float64 // until it has paid for itself; 0 when it never does
	explain.Mark
}

// maxHours keeps a damaged number from becoming an amount.
const maxHours = 1e7

// ROI judges the tool; without a cost there is no rate (NO_COST).
func (t Tooling) ROI() Return {
	value := func(h float64) money.Cents {
		if !(h > 0 && h < maxHours) {
			return 0
		}
		return max(0, t.HourCost).Scale(millionths(h/10), million/10)
	}
	spent, saved := value(t.Hours), value(t.HoursSaved)
	r := Return{Cost: max(0, t.Licence).Plus(spent), Gain: saved.Plus(t.ExtraMargin)}
	steps := []explain.Step{explain.Amount("relation.licence", t.Licence), explain.Amount("relation.time", spent), explain.Amount("relation.saved", saved),
		explain.Amount("relation.margin", t.ExtraMargin), explain.Amount("relation.cost", r.Cost), explain.Amount("relation.gain", r.Gain)}
	if r.Cost <= 0 {
		r.Mark = explain.Missing(explain.NoCost, steps...)
		return r
	}
	r.ROI = (float64(r.Gain) - float64(r.Cost)) / float64(r.Cost)
	if r.Gain > 0 {
		r.Months = 12 * float64(r.Cost) / float64(r.Gain)
	}
	r.Mark = explain.Sound(append(steps, explain.Share("relation.roi", r.ROI))...)
	return r
}
