package exercise

import (
	"bytes"
	"cmp"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// Latest keeps one answer for each seat and task, the submitted one before a
// partial save, then the last of the device; by seat, then by task. The same
// file taken twice, or in another order, gives the same answers.
func Latest(answers []Answer) []Answer {
	s := slices.Clone(answers)
	sorting.Stable(s, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.Seat, b.Seat), cmp.Compare(a.Task, b.Task), before(b, a))
	})
	out := s[:0]
	for i, a := range s {
		if i == 0 || a.Seat != s[i-1].Seat || a.Task != s[i-1].Task {
			out = append(out, a)
		}
	}
	return out
}

// before orders two answers to one task: the better comes last.
func before(a, b Answer) int {
	sent := func(x Answer) int { return min(1, cmp.Compare(x.Submitted, 0)) }
	return cmp.Or(cmp.Compare(sent(a), sent(b)), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.Submitted, b.Submitted), bytes.Compare(a.Hash, b.Hash))
}

// Late reports an answer sent after its slot, in milliseconds since the start:
// it is kept, and marked. A task without a slot is never late.
func (p Pack) Late(a Answer) bool {
	end := -1
	for _, s := range p.Times {
		if slices.Contains(s.Tasks, a.Task) {
			end = max(end, s.To)
		}
	}
	return end >= 0 && a.Submitted > int64(end)*60_000
}

// Due lists the injects to release after so many minutes: by time, and by the
// answers already in from that seat or by the trainer, whose words are the
// triggers released.
func (p Pack) Due(minute int, seat, group string, triggers []string) []int {
	var out []int
	for i, x := range p.Injects {
		on := x.Trigger == "" && x.At <= minute || x.Trigger != "" && slices.Contains(triggers, x.Trigger)
		mine := x.Aim == Everyone || x.Aim == Group && x.Target == group || x.Aim == Seat && x.Target == seat
		if on && mine {
			out = append(out, i)
		}
	}
	return out
}

// Final is the mark that counts: the trainer's, else the median of three peers
// or more where the engine could not grade, else the engine's.
func (g Grade) Final() float64 {
	if g.Trainer != nil {
		return clip(*g.Trainer)
	}
	if g.Tags&ByTrainer != 0 && len(g.Peers) >= 3 {
		return median(g.Peers)
	}
	return clip(g.Auto)
}

func clip(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, 1)
}

func median(x []float64) float64 {
	s := make([]float64, len(x))
	for i, v := range x {
		s[i] = clip(v)
	}
	slices.Sort(s)
	k := len(s) / 2
	if len(s)%2 == 1 {
		return s[k]
	}
	return (s[k-1] + s[k]) / 2
}

// A Total is the mark of a seat or of a team.
type Total struct {
	Points, Of float64 // obtained, and all those of the pack for its members
	Share      float64
	Late       int
	Waiting    int // answers that only the trainer can grade, and has not
	explain.Mark
}

// Total sums the grades of some seats over the tasks of a pack: a seat alone,
// or a team, whose mark is the sum of its members' points over the sum of
// theirs. A task without a grade counts 0. Two grades of the same seat and task
// count once, the first.
func (p Pack) Total(grades []Grade, seats ...string) Total {
	seats = slices.Clone(seats)
	slices.Sort(seats)
	seats = slices.Compact(seats)
	var t Total
	done := make([]bool, len(seats)*len(p.Tasks))
	got := make([]float64, len(p.Tasks)) // by task, so that the sum has one order
	marks := make([]float64, len(done))
	for _, g := range grades {
		s, ok := slices.BinarySearch(seats, g.Seat)
		k := slices.IndexFunc(p.Tasks, func(x Task) bool { return x.ID == g.Task })
		if !ok || k < 0 || done[s*len(p.Tasks)+k] {
			continue
		}
		done[s*len(p.Tasks)+k] = true
		marks[s*len(p.Tasks)+k] = g.Final()
		if g.Late {
			t.Late++
		}
		if g.Tags&ByTrainer != 0 && g.Trainer == nil && len(g.Peers) < 3 {
			t.Waiting++
		}
	}
	for i, m := range marks {
		got[i%len(p.Tasks)] += m
	}
	for k, x := range p.Tasks {
		if x.Points > 0 && x.Points < 1e6 {
			t.Points += float64(x.Points * got[k])
			t.Of += float64(x.Points * float64(len(seats)))
		}
	}
	if t.Of <= 0 {
		t.Mark = explain.Missing(explain.NoData)
		return t
	}
	t.Share = t.Points / t.Of
	t.Mark = explain.Sound(explain.Num("exercise.result", t.Points), explain.Num("exercise.score", t.Share))
	if t.Waiting > 0 {
		t.Status, t.Reason = explain.Weak, explain.NoData
	}
	return t
}

// A Spread is how a task went in the room (heat map, débrief).
type Spread struct {
	N             int
	Right         int // full marks
	Mean, Median  float64
	Tenths        [10]int // seats by tenth of the mark, full marks in the last
	Sign, Unit    int     // errors named
	Blank, Broken int     // without an answer, against a mandatory rule
}

// Room spreads the grades of one task.
func Room(grades []Grade, task string) Spread {
	var s Spread
	var marks []float64
	for _, g := range grades {
		if g.Task != task {
			continue
		}
		m := g.Final()
		marks = append(marks, m)
		s.N++
		s.Tenths[min(9, int(m*10))]++
		for _, c := range [...]struct {
			on bool
			n  *int
		}{{m == 1, &s.Right}, {g.Tags&SignError != 0, &s.Sign}, {g.Tags&UnitError != 0, &s.Unit}, {g.Tags&NoAnswer != 0, &s.Blank}, {g.Tags&RuleBroken != 0, &s.Broken}} {
			if c.on {
				*c.n++
			}
		}
	}
	if s.N == 0 {
		return s
	}
	s.Median = median(marks)
	slices.Sort(marks)
	for _, m := range marks {
		s.Mean += m
	}
	s.Mean /= float64(s.N)
	return s
}
