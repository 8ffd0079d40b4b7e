package relation

import (
	"cmp"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// A Tool is something built or shared with a client (outil de partenariat).
type Tool struct {
	Used    calendar.Day // last day; 0: never
	Ours    money.Cents  // we invested
	Theirs  money.Cents  // they did
	Replace float64      // days of effort to do without it
}

// A Bond is how much would disappear with us (J6).
type Bond struct {
	Index        float64 // tie, 0 to 1
	Terms        [3]float64
	Tools, InUse int
	Ours, Theirs money.Cents
	Days         float64
	Lose         []int32 // what would disappear, dearest to replace first
	explain.Mark
}

// Tie is the tie index of a client; without a tool there is none, and only
// the gains stated can be shown.
func Tie(tools []Tool, asOf calendar.Day, p Params) Bond {
	b := Bond{Tools: len(tools), Lose: make([]int32, len(tools))}
	days := make([]float64, len(tools))
	for i, t := range tools {
		b.Lose[i] = int32(i)
		if t.Used != 0 && t.Used <= asOf && int64(asOf)-int64(t.Used) <= int64(p.TieDays) {
			b.InUse++
		}
		b.Ours = b.Ours.Plus(max(0, t.Ours))
		b.Theirs = b.Theirs.Plus(max(0, t.Theirs))
		if t.Replace > 0 && t.Replace < 1e6 {
			days[i] = t.Replace
		}
	}
	slices.SortFunc(b.Lose, func(x, y int32) int {
		return cmp.Or(cmp.Compare(days[y], days[x]), cmp.Compare(tools[y].Theirs, tools[x].Theirs), cmp.Compare(x, y))
	})
	for _, i := range b.Lose {
		b.Days += days[i]
	}
	if len(tools) == 0 {
		b.Mark = explain.Missing(explain.NoData)
		return b
	}
	b.Terms[0] = float64(b.InUse) / float64(b.Tools)
	switch {
	case b.Ours > 0:
		b.Terms[1] = min(1, float64(b.Theirs)/float64(b.Ours))
	case b.Theirs > 0:
		b.Terms[1] = 1
	}
	b.Terms[2] = 1
	if p.ReplaceDays > 0 {
		b.Terms[2] = min(1, b.Days/p.ReplaceDays)
	}
	for k, w := range p.Tie {
		b.Index += float64(w * b.Terms[k])
	}
	b.Mark = explain.Sound(explain.Tally("relation.tools", b.Tools), explain.Tally("relation.toolsUsed", b.InUse),
		explain.Amount("relation.investedUs", b.Ours), explain.Amount("relation.investedThem", b.Theirs),
		explain.Of("relation.replaceDays", b.Days, explain.Days), explain.Num("relation.tie", b.Index))
	return b
}

// A Joint is an objective of the co-operation plan (plan de coopération).
type Joint struct {
	Ours, Theirs money.Cents  // gain for each, a year
	Due          calendar.Day // 0: no day
	Done         bool
}

// A Plan sums the co-operation with one client.
type Plan struct {
	Ours, Theirs money.Cents
	OneSided     []int32 // objectives that bring nothing to one of the two: to balance or drop
	Late         []int32 // due, and not done
	Done, Due    int     // of those due by the day, or done before
	Progress     float64 // Done ÷ Due, when Due > 0
	PerQuarter   float64 // proposals we made
	Mutual       bool    // our net margin and the gain the client states are both positive
	explain.Mark
}

// Cooperate reads the plan at a date. net is our net commercial margin with
// the client, stated the yearly gain the client tells; proposals is how many we
// made in so many quarters.
func Cooperate(goals []Joint, asOf calendar.Day, net, stated money.Cents, proposals, quarters int) Plan {
	var c Plan
	for i, g := range goals {
		c.Ours = c.Ours.Plus(g.Ours)
		c.Theirs = c.Theirs.Plus(g.Theirs)
		if g.Ours <= 0 || g.Theirs <= 0 {
			c.OneSided = append(c.OneSided, int32(i))
		}
		due := g.Due != 0 && g.Due <= asOf
		if due || g.Done {
			c.Due++
		}
		switch {
		case g.Done:
			c.Done++
		case due:
			c.Late = append(c.Late, int32(i))
		}
	}
	if c.Due > 0 {
		c.Progress = float64(c.Done) / float64(c.Due)
	}
	if quarters > 0 {
		c.PerQuarter = float64(max(0, proposals)) / float64(quarters)
	}
	c.Mutual = net > 0 && stated > 0
	c.Mark = explain.Sound(explain.Amount("relation.ours", net), explain.Amount("relation.theirs", stated))
	if len(goals) == 0 {
		c.Mark = explain.Thin(explain.NoData, c.Steps...)
	}
	return c
}
