package foresight

import (
	"math"
	"slices"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// Departures are identified when a model without them does clearly worse and
// the model believes that some have left. Twice the log-likelihood gained is,
// where nobody leaves, half the time zero and else χ² with one degree of
// freedom (Self, Liang (1987), JASA 82(398), p. 605): 2.71 is then passed one
// time in twenty. Under one client in fifty, or under three clients, P(alive)
// tells the clients apart no longer (ours).
//
// A regular model (k > 1) must find them without its regularity too: where some
// clients are regular and others not, the long gaps of the others look like
// departures to it. On a year of real wholesale orders it believed one client
// in six gone, at a worse Brier score than the base rate.
const (
	minEvidence = 2.71
	minDeparted = .02
	minGone     = 3
)

// maxK is the largest regularity the formulas hold.
const maxK = 6

// FitOrders fits a model of a given regularity k by maximum likelihood, or with
// the priors when p.Prior says so, from three fixed starts. Prospects are left
// out. Pareto/NBD knows no regularity: k is 1. Without any client the mark is
// NA and the other fields are zero.
func FitOrders(hs []History, kind Kind, k int, p Params) Fit {
	d := gather(hs)
	f := d.fit(kind, k, p, nil)
	if f.K > 1 && f.Verdict == Identified {
		plain := d.fit(kind, 1, p, nil)
		f.judge(plain.Verdict, p)
	}
	return f
}

// FitRegular fits the MBG/CNBD-k of best likelihood over k = 1 … p.MaxK. Each k
// starts from the one before. Ties, and histories without gaps, keep the
// smaller k.
func FitRegular(hs []History, p Params) Fit { return fitRegular(hs, p, nil) }

func fitRegular(hs []History, p Params, pause func()) Fit {
	d := gather(hs)
	d.pause = pause
	best := d.fit(MBG, 1, p, nil)
	if best.Status == explain.NA || d.repeats == 0 {
		return best
	}
	last, seen := best, best.Verdict
	for k := 2; k <= min(p.MaxK, maxK); k++ {
		from := point{math.Log(last.R), math.Log(last.Alpha * float64(k-1) / float64(k)), math.Log(last.A), math.Log(last.B)}
		last = d.fit(MBG, k, p, &from)
		if last.LogLik > best.LogLik {
			best = last
		}
	}
	best.judge(seen, p)
	return best
}

// A base is the portfolio as the fits see it.
type base struct {
	rows    []row
	times   []float64 // the distinct t and ages of the rows, rising
	clients float64
	repeats float64
	time    float64 // weeks, over all clients
	logGaps float64
	pause   func() // before each pass over the rows; nil: none
}

func gather(hs []History) base {
	var d base
	d.rows, d.logGaps = rows(hs)
	for i := range d.rows {
		w := &d.rows[i]
		d.clients += w.clients
		d.repeats += float64(w.clients * float64(w.x))
		d.time += float64(w.clients * w.age)
		d.times = append(d.times, w.t, w.age)
	}
	sorting.Floats(d.times)
	d.times = slices.Compact(d.times)
	for i := range d.rows {
		w := &d.rows[i]
		t, _ := slices.BinarySearch(d.times, w.t)
		age, _ := slices.BinarySearch(d.times, w.age)
		w.tAt, w.ageAt = int32(t), int32(age)
	}
	return d
}

func (d *base) fit(kind Kind, k int, p Params, warm *point) Fit {
	k = max(1, min(maxK, k))
	if kind == Pareto {
		k = 1
	}
	f := Fit{Kind: kind, K: k, Clients: int(d.clients)}
	if d.clients == 0 || kind < MBG || kind > Pareto {
		f.Mark = explain.Missing(explain.NoData, explain.Tally("foresight.clients", f.Clients))
		return f
	}
	s := shape{k: k, modified: kind == MBG}
	minus := ordersTarget(s, d)
	if kind == Pareto {
		minus = paretoTarget(d.rows)
	}
	minus = paced(minus, d.pause)
	b, starts := d.around(kind, k, p.Prior)
	if warm != nil {
		starts = append(starts[:1], *warm)
	}
	x := b.best(minus, starts)
	x, f.Error = b.polish(minus, x)
	f.R, f.Alpha, f.A, f.B = math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2]), math.Exp(x[3])
	var g point
	fixed := d.fixed(k)
	f.LogLik = fixed - minus(&x, &g)

	s.stays = true
	b.n = 2
	stays := paced(ordersTarget(s, d), d.pause)
	y := b.best(stays, starts[:1])
	f.Evidence = max(0, 2*(f.LogLik-fixed+stays(&y, &g)))
	for i := range d.rows {
		w := &d.rows[i]
		f.Departed += float64(w.clients * (1 - f.alive(w.x, w.t, w.age)))
	}
	f.Departed = max(0, f.Departed/d.clients)
	f.judge(Identified, p)
	return f
}

// judge sets the verdict and the mark; plain is the verdict without regularity.
func (f *Fit) judge(plain Verdict, p Params) {
	f.Verdict = plain
	if !convinced(f.Evidence, f.Departed, f.Clients) {
		f.Verdict = NotIdentified
	}
	f.Mark = marked(f.Clients, f.Verdict, p,
		explain.Tally("foresight.clients", f.Clients), explain.Tally("foresight.regularity", f.K),
		explain.Num("foresight.r", f.R), explain.Num("foresight.alpha", f.Alpha),
		explain.Num("foresight.a", f.A), explain.Num("foresight.b", f.B),
		explain.Share("foresight.departed", f.Departed), explain.Num("foresight.evidence", f.Evidence))
}

// convinced applies the three conditions of an identified departure.
func convinced(evidence, departed float64, clients int) bool {
	return evidence >= minEvidence && departed >= minDeparted && departed*float64(clients) >= minGone
}

// marked says how solid a fit is.
func marked(clients int, v Verdict, p Params, steps ...explain.Step) explain.Mark {
	switch {
	case clients < p.Few:
		return explain.Thin(explain.FewClients, steps...)
	case v == NotIdentified:
		return explain.Thin(explain.NoVariation, steps...)
	}
	return explain.Sound(steps...)
}

// fixed is the part of the log-likelihood that no parameter moves.
func (d *base) fixed(k int) float64 {
	return float64(float64(k-1)*d.logGaps) - float64(d.repeats*lnGamma(float64(k)))
}

// around gives the priors, the walls and the starts. The unit of time is the
// mean time of a stage, and the mean age, so that weeks or days change nothing.
func (d *base) around(kind Kind, k int, prior bool) (belief, []point) {
	age := max(d.time/d.clients, 1./week)
	stage := d.time / max(1, d.repeats*float64(k))
	lnStage, lnAge := math.Log(max(stage, 1e-6)), math.Log(age)
	b := belief{
		n:      4,
		centre: point{0, lnStage, math.Log(.5), math.Log(2)},
		low:    point{math.Log(1e-4), lnStage - math.Log(1e5), math.Log(1e-6), math.Log(1e-4)},
		high:   point{math.Log(1e4), lnStage + math.Log(1e5), math.Log(1e4), math.Log(1e5)},
	}
	starts := []point{
		{0, lnStage, 0, math.Log(3)},
		{math.Log(.3), lnStage + math.Log(.3), math.Log(.5), math.Log(2)},
		{math.Log(2), lnStage + math.Log(2), math.Log(.1), 0},
	}
	if kind == Pareto {
		b.centre[2], b.centre[3] = math.Log(.5), lnAge
		b.low[3], b.high[2], b.high[3] = lnAge-math.Log(1e3), math.Log(1e3), lnAge+math.Log(1e4)
		starts[0][3], starts[1][3], starts[2][3] = lnAge, lnAge-math.Log(3), lnAge
	}
	if prior {
		b.spread = point{1.5, 1.5, 1.5, 1.5} // a factor of 4.5 either way: weak
	}
	return b, starts
}

// best descends from each start and keeps the lowest.
func (b *belief) best(minus target, starts []point) point {
	f := b.believe(minus)
	var x point
	low := math.Inf(1)
	for i, s := range starts {
		if y, v := descend(f, b.n, s, 1e-9); v < low || i == 0 {
			x, low = y, v
		}
	}
	return x
}

// usable reports whether the parameters can be computed with; a fit read from a
// damaged file may hold anything.
func (f *Fit) usable() bool {
	in := func(v float64) bool { return v > 1e-12 && v < 1e12 }
	return f.Kind >= MBG && f.Kind <= Pareto && f.K >= 1 && f.K <= maxK && (f.Kind != Pareto || f.K == 1) &&
		in(f.R) && in(f.Alpha) && in(f.A) && in(f.B)
}
