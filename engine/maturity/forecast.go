package maturity

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
)

// A Starter is a client that ordered once, for mortality (C7).
type Starter struct {
	First calendar.Day // first order
	Last  calendar.Day // last order
	Lost  bool         // phase X, or closed by a person
}

// Starter is what mortality needs of a verdict; false for a prospect.
func (v Verdict) Starter() (Starter, bool) {
	return Starter{First: v.firstOrder, Last: v.LastOrder, Lost: v.Phase == Lost}, v.Computed != Prospect
}

// A Mortality is the share of starters lost in their first year (taux de
// mortalité).
type Mortality struct {
	Entered, Dead int
	Rate          float64
	explain.Mark
}

// Die counts, of the clients who entered 12 to 24 months ago, those lost
// before their twelve months (dcmv.startMonths). A client is lost from its
// last order on; it takes until phase X to know, so that the newest starters
// with a single order still count as alive (derived).
func Die(starters []Starter, asOf calendar.Day, p Params) Mortality {
	var m Mortality
	for _, s := range starters {
		first, last := orNone(s.First), orNone(s.Last)
		if first == calendar.None || first.AddMonths(p.StartMonths) > asOf || first.AddMonths(2*p.StartMonths) <= asOf {
			continue
		}
		m.Entered++
		if s.Lost && last < first.AddMonths(p.StartMonths) {
			m.Dead++
		}
	}
	if m.Entered == 0 {
		m.Mark = explain.Missing(explain.NoData)
		return m
	}
	m.Rate = float64(m.Dead) / float64(m.Entered)
	m.Mark = explain.Sound(explain.Tally("maturity.entered", m.Entered), explain.Tally("maturity.dead", m.Dead), explain.Share("maturity.mortality", m.Rate))
	if m.Entered < 4 {
		m.Status, m.Reason = explain.Weak, explain.FewClients
	}
	return m
}

// Snapshots are the phases of every client at the as-of date and on the same
// day of the years before, oldest first, read from the lines (C7). With the 36
// months a device holds, two are sound.
func Snapshots(clients []History, asOf calendar.Day, count int, p Params) [][]Phase {
	r := &reader{p: p, brief: true}
	out := make([][]Phase, max(0, min(count, maxMonths/12)))
	for k := range out {
		back := len(out) - 1 - k
		day := (asOf + 1).AddMonths(-12*back) - 1
		out[k] = make([]Phase, len(clients))
		for i, h := range clients {
			if back > 0 {
				h.Override = Override{}
			}
			out[k][i] = r.read(h, day).Phase
		}
	}
	return out
}

// A Transition says where the clients of each phase are a year later. Rows are
// D, C, M, V; columns C, M, V, X: nobody returns to D.
type Transition struct {
	T     [4][4]float64 // rows add up to 1
	Count [4][4]int     // seen in the snapshots
	Seen  int           // transitions
	Own   bool          // counted here; else the default of forecast.matrix
	explain.Mark
}

// Transitions counts yearly snapshots, each a phase by client, oldest first
// (0 where a client is not there yet). One is added to each of C, M, V, X
// before dividing. With too few snapshots or transitions the matrix is that of
// the parameters, and the result is weak.
func Transitions(snapshots [][]Phase, p Params) Transition {
	t := Transition{T: p.Matrix}
	for k := 1; k < len(snapshots); k++ {
		before, after := snapshots[k-1], snapshots[k]
		for i := range min(len(before), len(after)) {
			if active(before[i]) && after[i] >= Growth && after[i] <= Lost {
				t.Count[before[i]-Start][after[i]-Growth]++
				t.Seen++
			}
		}
	}
	steps := []explain.Step{explain.Tally("maturity.snapshots", len(snapshots)), explain.Tally("maturity.transitions", t.Seen)}
	switch {
	case len(snapshots) < p.MinSnapshots:
		t.Mark = explain.Thin(explain.FewPeriods, steps...)
		return t
	case t.Seen < p.MinTransitions:
		t.Mark = explain.Thin(explain.FewClients, steps...)
		return t
	}
	t.Own = true
	for r, row := range t.Count {
		n := 4
		for _, c := range row {
			n += c
		}
		for c := range row {
			t.T[r][c] = float64(row[c]+1) / float64(n)
		}
	}
	t.Mark = explain.Sound(steps...)
	return t
}

// A Forecast is the portfolio in twelve months if nothing changes (C7).
type Forecast struct {
	Next  [4]float64 // expected clients in D, C, M, V
	Lost  float64
	Curve Curve // of Next
	// Needed is how many new clients keep the ageing index where it is; Capped
	// when no number does, today's index being that of starters only.
	Needed int
	Capped bool
	explain.Mark
}

// Expect applies a matrix to the counts of D, C, M, V: next = n·T, plus the
// planned new clients in D.
func Expect(now [4]int, planned float64, t Transition, p Params) Forecast {
	var f Forecast
	clients := 0
	for r, n := range now {
		now[r] = max(0, n)
		n = now[r]
		clients += n
		for c, x := range t.T[r] {
			if c == 3 {
				f.Lost += float64(float64(n) * x)
			} else {
				f.Next[c+1] += float64(float64(n) * x)
			}
		}
	}
	if !(planned >= 0) || math.IsInf(planned, 0) {
		planned = 0
	}
	f.Next[0] = planned
	if clients == 0 && planned == 0 {
		f.Mark = explain.Missing(explain.NoData)
		return f
	}
	f.newcomers(now)
	if clients == 0 {
		now[0] = int(math.Ceil(min(planned, 1e9)))
	}
	f.Curve = draw(now, f.Next, p, explain.NoData)
	f.Mark = explain.Mark{Status: t.Status, Reason: t.Reason}
	if f.Status == 0 || f.Status == explain.NA {
		f.Status = explain.OK
	}
	f.Steps = append(f.Steps, t.Steps...)
	f.Steps = append(f.Steps, explain.Num("maturity.planned", planned), explain.Num("maturity.nextC", f.Next[1]), explain.Num("maturity.nextM", f.Next[2]),
		explain.Num("maturity.nextV", f.Next[3]), explain.Num("maturity.nextLost", f.Lost), explain.Num("maturity.ageingIndex", f.Curve.Ageing), explain.Tally("maturity.needed", f.Needed))
	return f
}

// newcomers solves (x + Σ k·nextₖ) ÷ (x + Σ nextₖ) ≤ the index of today, over
// k = 2, 3, 4: the smallest whole x.
func (f *Forecast) newcomers(now [4]int) {
	var today, heads, coded, count float64
	for k, n := range now {
		heads += float64(n)
		today += float64((k + 1) * n)
		if k > 0 {
			count += f.Next[k]
			coded += float64(float64(k+1) * f.Next[k])
		}
	}
	if heads == 0 {
		return
	}
	today /= heads
	excess := coded - float64(today*count)
	switch {
	case excess <= tie:
	case today <= 1+tie:
		f.Capped = true
	default:
		f.Needed = int(math.Ceil(excess/(today-1) - tie))
	}
}
