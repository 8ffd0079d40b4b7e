package relation

import (
	"cmp"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Line is one commitment of the ledger (engagement).
type Line struct {
	Side    portfolio.Side
	State   portfolio.Promise
	Value   money.Cents // 0: unvalued, its effort points count
	Points  int         // 1 to 5
	Made    calendar.Day
	Done    calendar.Day
	Written bool
	Answers int32 // index of the commitment it is the counterpart of; −1: none
	Survey  bool  // a diagnosis
}

// Alerts of a ledger, as bits.
type Alerts uint8

// Stored and sent: never renumber.
const (
	LowReturn  Alerts = 1 << iota // ρ under give.minRho
	Unanswered                    // give.maxUnreturned of ours without anything in return
	FreeStudy                     // a diagnosis delivered for nothing
)

// A Ledger is the give-and-take account with one client or on one project (J4).
type Ledger struct {
	Given, Received      money.Cents // commitments kept, ours and theirs
	OpenOurs, OpenTheirs money.Cents // promised, not done yet
	Balance              money.Cents // Given − Received: what the client still owes us
	Rho                  float64     // Received ÷ Given, when HasRho
	HasRho               bool
	Unreturned           []int32 // ours kept that nothing of theirs answers, oldest first
	Broken               [2]int  // promises not kept, ours and theirs
	Written, Lines       int     // commitments confirmed in writing, and all of them
	WrittenRate          float64 // when Lines > 0
	Unvalued             int     // lines without amount nor points
	Alerts               Alerts
	AskFirst             bool // any alert: ask before giving
	explain.Mark
}

// Account makes the ledger. A commitment released by both is out of it. The
// client's counterpart is the line that Answers ours, or that ours answers; a
// kept commitment of theirs without a link answers the oldest of ours left.
func Account(lines []Line, p Params) Ledger {
	var l Ledger
	for _, x := range lines {
		if x.State == portfolio.Released || x.State == 0 || x.Side != portfolio.Us && x.Side != portfolio.Them {
			continue
		}
		l.add(x, p)
	}
	l.Balance = l.Given.Plus(-l.Received)
	if l.Lines > 0 {
		l.WrittenRate = float64(l.Written) / float64(l.Lines)
	}
	var free bool
	l.Unreturned, free = unreturned(lines)
	if len(l.Unreturned) >= max(1, p.MaxUnreturned) {
		l.Alerts |= Unanswered
	}
	if free {
		l.Alerts |= FreeStudy
	}
	l.conclude(p)
	return l
}

func (l *Ledger) add(x Line, p Params) {
	v := x.worth(p)
	l.Lines++
	if x.Written {
		l.Written++
	}
	if x.Value <= 0 && x.Points <= 0 {
		l.Unvalued++
	}
	k := int(x.Side - portfolio.Us)
	switch x.State {
	case portfolio.KeptIt:
		sum := [...]*money.Cents{&l.Given, &l.Received}[k]
		*sum = sum.Plus(v)
	case portfolio.Promised:
		sum := [...]*money.Cents{&l.OpenOurs, &l.OpenTheirs}[k]
		*sum = sum.Plus(v)
	case portfolio.BrokeIt:
		l.Broken[k]++
	}
}

// worth is the amount, or the points at give.pointValue.
func (x Line) worth(p Params) money.Cents {
	if x.Value > 0 {
		return x.Value
	}
	return money.Cents(min(max(x.Points, 0), 5)) * p.PointValue
}

func (l *Ledger) conclude(p Params) {
	steps := []explain.Step{explain.Amount("relation.ours", l.Given), explain.Amount("relation.theirs", l.Received)}
	if l.Given > 0 {
		l.HasRho, l.Rho = true, float64(l.Received)/float64(l.Given)
		steps = append(steps, explain.Num("relation.rho", l.Rho), explain.Num("relation.minRho", p.MinRho))
		if money.Compare(l.Received, l.Given, millionths(p.MinRho), million) < 0 {
			l.Alerts |= LowReturn
		}
	}
	l.AskFirst = l.Alerts != 0
	steps = append(steps, explain.Amount("relation.balance", l.Balance), explain.Tally("relation.unreturned", len(l.Unreturned)))
	if l.Lines > 0 {
		steps = append(steps, explain.Share("relation.written", l.WrittenRate))
	}
	switch {
	case !l.HasRho:
		l.Mark = explain.Missing(explain.NoData, steps...)
	case l.Unvalued > 0:
		l.Mark = explain.Thin(explain.NoData, steps...)
	default:
		l.Mark = explain.Sound(steps...)
	}
}

// unreturned lists our kept commitments that no kept one of theirs answers,
// and says whether a diagnosis among them has not even a promise in return.
func unreturned(lines []Line) (rest []int32, free bool) {
	kept, promised, used := make([]bool, len(lines)), make([]bool, len(lines)), make([]bool, len(lines))
	for i, x := range lines {
		j := int(x.Answers)
		if j < 0 || j >= len(lines) || !stands(x) || !stands(lines[j]) || lines[j].Side == x.Side {
			continue
		}
		ours, theirs := i, j
		if x.Side == portfolio.Them {
			ours, theirs = j, i
		}
		used[theirs] = true
		if lines[theirs].State == portfolio.KeptIt {
			kept[ours] = true
		} else {
			promised[ours] = true
		}
	}
	spare := 0
	for i, x := range lines {
		if x.Side == portfolio.Them && x.State == portfolio.KeptIt && !used[i] {
			spare++
		}
	}
	for i, x := range lines {
		if x.Side == portfolio.Us && x.State == portfolio.KeptIt && !kept[i] {
			rest = append(rest, int32(i))
		}
	}
	slices.SortFunc(rest, func(a, b int32) int {
		x, y := lines[a], lines[b]
		return cmp.Or(cmp.Compare(x.Done, y.Done), cmp.Compare(x.Made, y.Made), cmp.Compare(y.Value, x.Value), cmp.Compare(a, b))
	})
	rest = rest[min(spare, len(rest)):]
	for _, i := range rest {
		free = free || lines[i].Survey && !promised[i]
	}
	return rest, free
}

// stands reports a commitment kept or still promised, by one side.
func stands(x Line) bool {
	return (x.State == portfolio.KeptIt || x.State == portfolio.Promised) && (x.Side == portfolio.Us || x.Side == portfolio.Them)
}

// A Chain is what is shown to a client who reopens the file to competition
// (garde contre la remise en concurrence): the written commitments, in order.
type Chain struct {
	Lines         []int32
	Ours, Theirs  money.Cents // value of the kept ones among them
	Signed, Total int
}

// Guard gathers the chain.
func Guard(lines []Line, p Params) Chain {
	var c Chain
	for i, x := range lines {
		if x.State == portfolio.Released || x.State == 0 || x.Side != portfolio.Us && x.Side != portfolio.Them {
			continue
		}
		c.Total++
		if !x.Written {
			continue
		}
		c.Signed++
		c.Lines = append(c.Lines, int32(i))
		if x.State != portfolio.KeptIt {
			continue
		}
		if x.Side == portfolio.Us {
			c.Ours = c.Ours.Plus(x.worth(p))
		} else {
			c.Theirs = c.Theirs.Plus(x.worth(p))
		}
	}
	slices.SortFunc(c.Lines, func(a, b int32) int {
		return cmp.Or(cmp.Compare(lines[a].Made, lines[b].Made), cmp.Compare(a, b))
	})
	return c
}
