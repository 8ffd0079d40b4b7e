package relation

import (
	"cmp"
	"slices"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// A Change is the day a project entered a phase.
type Change struct {
	Day   calendar.Day
	Phase int
}

// A Track is the phases of one project.
type Track struct {
	Changes []Change     // by day
	End     calendar.Day // won, lost or given up; 0: running
}

// An Act is an action of the plan that was carried out (action du PAO).
type Act struct {
	Project int32 // index of its track
	Action  int32 // index in the caller's list of actions
	Day     calendar.Day
}

// A Trial is one project watched for pao.days: after an action, or with none.
type Trial struct {
	Action int32 // −1: no action
	Phase  int8  // before
	Up     bool  // in a higher phase at the end
	Period int32 // the quarter it began in: year × 4 + 0 … 3
}

// at is the phase on a day, −1 before the first change.
func (t Track) at(day calendar.Day) int {
	ph := -1
	for _, c := range t.Changes {
		if c.Day <= day {
			ph = c.Phase
		}
	}
	return ph
}

// Observe reads the trials from what happened. An action is watched from its
// day for pao.days, once these have passed; its phase before is that of the
// day before, so that the step it brought is its own. Time in a phase without
// any action is cut into windows of pao.days from the day of entry: they are
// what happens without.
func Observe(tracks []Track, acts []Act, asOf calendar.Day, p Params) []Trial {
	span := calendar.Day(max(1, p.PAODays))
	mine := make([][]calendar.Day, len(tracks))
	var trials []Trial
	for _, a := range acts {
		if a.Project < 0 || int(a.Project) >= len(tracks) || a.Action < 0 || a.Day > asOf {
			continue
		}
		t := tracks[a.Project]
		mine[a.Project] = append(mine[a.Project], a.Day)
		before := t.at(a.Day - 1)
		if before < 0 {
			before = t.at(a.Day)
		}
		if before < 0 || a.Day > asOf-span || t.End != 0 && a.Day > t.End {
			continue
		}
		trials = append(trials, Trial{a.Action, phase8(before), t.at(a.Day+span) > before, quarter(a.Day)})
	}
	for k, t := range tracks {
		sorting.Ints(mine[k])
		trials = quiet(trials, t, mine[k], asOf, span)
	}
	return trials
}

// maxWindows is over four years of the shortest useful watch, for damaged dates.
const maxWindows = 2000

// quiet adds the windows of a track without an action.
func quiet(trials []Trial, t Track, acts []calendar.Day, asOf, span calendar.Day) []Trial {
	for i, c := range t.Changes {
		end := asOf + 1
		if i+1 < len(t.Changes) {
			end = t.Changes[i+1].Day
		}
		if t.End != 0 {
			end = min(end, t.End)
		}
		n := 0
		for from := c.Day; from < end && from <= asOf-span && n < maxWindows; from += span {
			n++
			k, _ := slices.BinarySearch(acts, from)
			if k < len(acts) && acts[k] < from+span {
				continue
			}
			trials = append(trials, Trial{-1, phase8(c.Phase), t.at(from+span) > c.Phase, quarter(from)})
		}
	}
	return trials
}

func phase8(j int) int8 { return int8(min(max(j, 0), MaxPhases-1)) }

func quarter(d calendar.Day) int32 {
	y, m, _ := d.Civil()
	return int32(y)*4 + int32(m-time.January)/3
}

// Verdict is what the figures say of an action.
type Verdict uint8

// Stored and sent: add at the end, never renumber.
const (
	TooFew     Verdict = iota + 1 // under pao.minCases on a side: no verdict
	Effective                     // efficace: more, and the intervals do not meet
	Promising                     // prometteuse: more, and they do
	NoEffect                      // sans effet: the same
	Below                         // en retrait: less, once
	Corrective                    // à corriger: less twice running
)

// An Effect is the worth of an action in a phase (J3).
type Effect struct {
	Action                     int32
	Phase                      int
	With, WithUp               int
	Without, WithoutUp         int
	Share, Low, High           float64 // with, and its interval
	Other, OtherLow, OtherHigh float64 // without
	Gain                       float64 // Share − Other
	Below                      int     // latest quarters running, among those with enough cases, where it was below zero
	Verdict                    Verdict
	explain.Mark
}

// maxQuarters is how far back a run of quarters is looked for.
const maxQuarters = 8

// maxActions bounds the actions of a league.
const maxActions = 1000

// League measures each action in each phase where it was tried (J3): by phase,
// then by gain, then by action. Without an action means every other trial of
// the phase, with another action or with none.
func League(trials []Trial, actions int, p Params) []Effect {
	actions = min(max(actions, 0), maxActions)
	periods := latest(trials)
	slots := len(periods) + 1 // the last holds all the quarters
	// counts[(phase × (actions + 1) + action) × slots + slot]; the last action is none.
	counts := make([]count, MaxPhases*(actions+1)*slots)
	for _, t := range trials {
		a := int(t.Action)
		if a < 0 || a >= actions {
			a = actions
		}
		at := (int(phase8(int(t.Phase)))*(actions+1) + a) * slots
		counts[at+slots-1].add(t.Up)
		if k, ok := slices.BinarySearch(periods, t.Period); ok {
			counts[at+k].add(t.Up)
		}
	}
	var out []Effect
	for ph := range MaxPhases {
		of := counts[ph*(actions+1)*slots : (ph+1)*(actions+1)*slots]
		for a := range actions {
			if of[a*slots+slots-1].n > 0 {
				out = append(out, effect(of, a, ph, slots, p))
			}
		}
	}
	sorting.By(out, func(a, b Effect) int {
		return cmp.Or(cmp.Compare(a.Phase, b.Phase), cmp.Compare(b.Gain, a.Gain), cmp.Compare(a.Action, b.Action))
	})
	return out
}

type count struct{ n, up int }

func (c *count) add(up bool) {
	c.n++
	if up {
		c.up++
	}
}

// latest are the last quarters with a trial, in order.
func latest(trials []Trial) []int32 {
	var q []int32
	for _, t := range trials {
		k, found := slices.BinarySearch(q, t.Period)
		if found || k == 0 && len(q) == maxQuarters {
			continue
		}
		q = sorting.Insert(q, k, t.Period)
		if len(q) > maxQuarters {
			q = q[1:]
		}
	}
	return q
}

// others sums the trials of the phase in a slot, those of action a left out.
func others(of []count, a, slot, slots int) count {
	var c count
	for k := slot; k < len(of); k += slots {
		if k/slots != a {
			c.n += of[k].n
			c.up += of[k].up
		}
	}
	return c
}

func effect(of []count, a, ph, slots int, p Params) Effect {
	with, rest := of[a*slots+slots-1], others(of, a, slots-1, slots)
	e := Effect{Action: int32(a), Phase: ph, With: with.n, WithUp: with.up, Without: rest.n, WithoutUp: rest.up}
	e.Share, e.Low, e.High = share(with, p.Z)
	e.Other, e.OtherLow, e.OtherHigh = share(rest, p.Z)
	e.Gain = e.Share - e.Other
	for slot := slots - 2; slot >= 0; slot-- {
		w, o := of[a*slots+slot], others(of, a, slot, slots)
		if w.n < p.PAOMinCases || o.n < p.PAOMinCases {
			continue
		}
		if compare(w, o) >= 0 {
			break
		}
		e.Below++
	}
	e.judge(with, rest, p)
	steps := []explain.Step{explain.Tally("relation.with", e.With), explain.Tally("relation.withUp", e.WithUp),
		explain.Tally("relation.without", e.Without), explain.Tally("relation.withoutUp", e.WithoutUp),
		explain.Share("relation.low", e.Low), explain.Share("relation.high", e.High),
		explain.Share("relation.effect", e.Gain), explain.Tally("relation.periodsBelow", e.Below)}
	e.Mark = explain.Sound(steps...)
	if e.Verdict == TooFew {
		e.Mark = explain.Thin(explain.NoData, steps...)
	}
	return e
}

func share(c count, z float64) (x, low, high float64) {
	low, high = Wilson(c.up, c.n, z)
	if c.n > 0 {
		x = float64(c.up) / float64(c.n)
	}
	return x, low, high
}

// compare compares the two shares in whole numbers.
func compare(a, b count) int { return cmp.Compare(int64(a.up)*int64(b.n), int64(b.up)*int64(a.n)) }

func (e *Effect) judge(with, rest count, p Params) {
	sign := compare(with, rest)
	switch {
	case with.n < p.PAOMinCases || rest.n < p.PAOMinCases || rest.n == 0:
		e.Verdict = TooFew
	case e.Below >= 2:
		e.Verdict = Corrective
	case sign > 0 && e.Low > e.OtherHigh:
		e.Verdict = Effective
	case sign > 0:
		e.Verdict = Promising
	case sign == 0:
		e.Verdict = NoEffect
	default:
		e.Verdict = Below
	}
}

// Instead is what to do in the place of an action to correct: the best action
// of the same phase that the figures speak for, by its index; −1 when there is
// none, and then code is the first act of the phase's library that tried does
// not hold, or "".
func (m Model) Instead(e Effect, league []Effect, tried []string) (action int32, code string) {
	action = -1
	best := 0.0
	for _, o := range league {
		if o.Phase == e.Phase && o.Action != e.Action && (o.Verdict == Effective || o.Verdict == Promising) && o.Gain > best {
			action, best = o.Action, o.Gain
		}
	}
	if action >= 0 || e.Phase < 0 || e.Phase >= len(m) {
		return action, ""
	}
	for _, c := range m[e.Phase].Acts {
		if !has(tried, c) {
			return -1, c
		}
	}
	return -1, ""
}

// A Blocker is what holds a project, and what lifting it would take (blocage).
type Blocker struct {
	Amount   money.Cents
	From, To int     // phases
	Hours    float64 // of work
}

// A Lever is a blocker judged: least effort for most effect (J3).
type Lever struct {
	Index   int32
	Gain    money.Cents // (p of To − p of From) × amount
	PerHour float64     // cents an hour; the whole gain when it takes no time
}

// Levers ranks the blockers of projects in a model of n phases by what an hour
// on each would bring, then by gain, then by place.
func Levers(b []Blocker, n int, p Params) []Lever {
	out := make([]Lever, len(b))
	for i, x := range b {
		gain := max(0, x.Amount).Scale(p.chance(x.To, n)-p.chance(x.From, n), million)
		out[i] = Lever{Index: int32(i), Gain: gain, PerHour: float64(gain)}
		if x.Hours > 1e-6 && x.Hours < maxHours {
			out[i].PerHour = float64(gain) / x.Hours
		}
	}
	sorting.By(out, func(a, b Lever) int {
		return cmp.Or(cmp.Compare(b.PerHour, a.PerHour), cmp.Compare(b.Gain, a.Gain), cmp.Compare(a.Index, b.Index))
	})
	return out
}
