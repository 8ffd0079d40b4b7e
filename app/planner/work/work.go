// Package work is what the planner does: it holds one search for a week and
// improves it in slices, so that a new question never waits long. It knows
// neither the store nor the portfolio: a book of plain numbers comes in, weeks
// go out. It also shares the visits of a year, at once.
//
// Times asked and told are milliseconds of the clock given, which only says when
// to stop: the number of iterations (bridge.Solve.Of) makes a week the same
// everywhere. Faults: bridge.FaultUnexpected for a book or a territory that
// contradicts itself, bridge.FaultMissing where better is asked of no week.
package work

import (
	"context"
	"time"

	"sillon/app/bridge"
	"sillon/engine/plan"
)

const (
	step    = 20                     // iterations between two looks at the clock
	trial   = 60                     // iterations that tell the speed
	least   = 400                    // iterations to cool down over, at least
	most    = 60_000                 // and at most
	longest = 200 * time.Millisecond // of one slice
	rest    = 400 * time.Millisecond // between two weeks told
)

type planner struct {
	now  func() time.Time
	s    *plan.Solver
	ran  int
	of   int // iterations at its end
	cost int64
	told time.Time
}

// Operations is the table of what the page can ask of the planner.
func Operations(now func() time.Time) *bridge.Mux {
	p := &planner{now: now}
	m := bridge.NewMux()
	bridge.Handle(m, bridge.OpSolve, p.solve)
	bridge.Handle(m, bridge.OpBetter, p.more)
	bridge.Handle(m, bridge.OpAllocate, p.allocate)
	return m
}

func (p *planner) solve(_ context.Context, q bridge.Solve, _ func(bridge.Progress)) (bridge.Solved, error) {
	began := p.now()
	out := bridge.Solved{}
	if q.Add != nil {
		kept, ok := plan.Add(&q.Book, q.Add.Client, q.Add.Day, q.Add.Wish)
		if out.Tight = !ok; ok {
			q.Book.Kept = kept
		}
	}
	s, err := plan.Begin(&q.Book)
	if err != nil {
		return out, &bridge.Fault{Code: bridge.FaultUnexpected, Text: err.Error()}
	}
	p.s, p.ran, p.of = s, 0, max(0, q.Of)
	if q.MS > 0 && p.of == 0 {
		s.Run(trial)
		p.ran = trial
		p.of = trial + cooling(p.now().Sub(began), time.Duration(q.MS)*time.Millisecond)
	}
	if p.of > p.ran {
		s.Cool(p.of - p.ran)
	}
	p.cost = s.Cost()
	p.tell(&out, began)
	return out, nil
}

// cooling is over how many iterations to cool down so that they take the time
// that is given; began took a first plan and [trial] iterations.
func cooling(began, given time.Duration) int {
	per := max(1, int64(began)/(2*trial))
	return int(min(max(int64(given)/per, least), most))
}

func (p *planner) more(_ context.Context, q bridge.Better, _ func(bridge.Progress)) (bridge.Solved, error) {
	out := bridge.Solved{Ran: p.ran, Of: p.of}
	if p.s == nil {
		return out, &bridge.Fault{Code: bridge.FaultMissing, Text: "no week is being planned"}
	}
	began := p.now()
	end := min(time.Duration(max(q.MS, 0))*time.Millisecond, longest)
	for p.ran < p.of && p.now().Sub(began) < end {
		n := min(step, p.of-p.ran)
		p.s.Run(n)
		p.ran += n
	}
	out.Ran = p.ran
	if last := p.ran >= p.of; !last && p.now().Sub(p.told) < rest {
		return out, nil
	}
	if cost := p.s.Cost(); cost < p.cost {
		p.cost = cost
		p.tell(&out, began)
		return out, nil
	}
	p.told = p.now()
	return out, nil
}

func (p *planner) tell(out *bridge.Solved, began time.Time) {
	out.Week = p.s.Week()
	out.Kept = plan.Keep(out.Week)
	out.Ran, out.Of = p.ran, p.of
	p.told = p.now()
	out.Took = float64(p.told.Sub(began).Microseconds()) / 1000
}
