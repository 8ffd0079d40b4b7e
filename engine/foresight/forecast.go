package foresight

import "math"

// Alive is the probability that the client has not left (encore client). It is
// 0 for a prospect. Where the verdict is [NotIdentified] it is about 1 for
// everyone and means nothing.
func (f *Fit) Alive(h History) float64 {
	if !f.usable() || !h.sound() {
		return 0
	}
	return f.alive(h.Repeats(), h.Recency, h.Age)
}

func (f *Fit) alive(x int, t, age float64) float64 {
	if f.Kind == Pareto {
		d := depart(x, t, age, f.R, f.Alpha, f.A, f.B)
		if d.never {
			return 1
		}
		return 1 / (1 + math.Exp(min(700, d.u)))
	}
	s := f.shape()
	st := s.stand(x, t, age, f.R+float64(f.K*x), f.Alpha, f.A, f.B)
	return st.there / (st.there + st.left)
}

func (f *Fit) shape() shape { return shape{k: f.K, modified: f.Kind == MBG} }

// Forecast gives the orders of one client in the next weeks, at the fitted
// parameters: the interval is that of his own orders, holding share of the
// outcomes with equal parts left out on both sides.
func (f *Fit) Forecast(h History, weeks, share float64) Forecast {
	if !f.usable() || !h.sound() || !(weeks > 0) {
		return Forecast{NoOrder: 1}
	}
	weeks = min(weeks, longest)
	pa := f.Alive(h)
	x := h.Repeats()
	n := f.R + float64(f.K*x)
	var parts [gaussNodes + 1]part
	if f.Kind == Pareto {
		out := run(parts[:f.lives(&parts, n, h.Age, weeks)], 1, pa, 0, 0, share)
		out.Mean = f.paretoMean(x, h.Age, weeks, pa)
		out.NoOrder = max(out.NoOrder, 1-out.Mean) // what the nodes miss, where nearly all leave at once
		return out
	}
	z := (h.Age - h.Recency) / (f.Alpha + h.Age)
	w, sum := 1.0, 0.0
	for j := range f.K {
		if j > 0 {
			w *= (n + float64(j-1)) * z / float64(j)
		}
		parts[j] = part{weight: w, shape: n + float64(j), p: weeks / (f.Alpha + h.Age + weeks), stage: j}
		sum += w
	}
	for j := range f.K {
		parts[j].weight /= sum
	}
	s := f.shape()
	b := f.B + float64(s.survivals(x))
	return run(parts[:f.K], f.K, pa, b, f.A+b, share)
}

// NewClient gives the repeat orders of a client who orders today for the first
// time, in the next weeks.
func (f *Fit) NewClient(weeks, share float64) Forecast {
	return f.Forecast(History{Orders: 1}, weeks, share)
}

// A part of a forecast counts stages as a negative binomial (shape, p), from a
// stage on.
type part struct {
	weight, shape, p float64
	stage            int

	next int     // stages counted so far
	mass float64 // probability of exactly next
	tail float64 // probability of next or more
}

// enter places a part at a count below which next to nothing lies.
func (q *part) enter() {
	q.tail = 1
	zero := q.shape * math.Log1p(-q.p)
	if zero > -600 {
		q.mass = math.Exp(zero)
		return
	}
	mean := q.shape * q.p / (1 - q.p)
	q.next = int(max(0, mean-12*math.Sqrt(mean/(1-q.p))))
	i := float64(q.next)
	q.mass = math.Exp(zero + float64(i*math.Log(q.p)) + lnGamma(q.shape+i) - lnGamma(q.shape) - lnGamma(i+1))
}

// over is the probability of count stages or more; counts only grow.
func (q *part) over(count int) float64 {
	for q.next < count {
		q.tail -= q.mass
		q.mass *= (q.shape + float64(q.next)) / float64(q.next+1) * q.p
		q.next++
	}
	return max(0, q.tail)
}

// furthest bounds the orders counted one by one; the rest is bounded at once.
const furthest = 20000

// run sums P(X ≥ m) over m: the expectation, and the quantiles on the way. An
// order is every kth stage; after m orders he is still a client with (b)ₘ/(ab)ₘ.
func run(parts []part, k int, alive, b, ab, share float64) Forecast {
	below, above := (1-share)/2, 1-(1-share)/2
	if !(share > 0 && share < 1) {
		below, above = .5, .5
	}
	var out Forecast
	mean := 0.0
	for i := range parts {
		parts[i].enter()
		q := &parts[i]
		mean += float64(q.weight*(float64(q.stage)+q.shape*q.p/(1-q.p))) / float64(k)
	}
	stay, counted := 1.0, 0.0
	lowSet, highSet := false, false
	for m := 1; ; m++ {
		s := 0.0
		for i := range parts {
			s += float64(parts[i].weight * parts[i].over(m*k-parts[i].stage))
		}
		at := alive * s * stay
		if m == 1 {
			out.NoOrder = max(0, 1-at)
		}
		if !lowSet && 1-at >= below {
			out.Low, lowSet = m-1, true
		}
		if !highSet && 1-at >= above {
			out.High, highSet = m-1, true
		}
		out.Mean += at
		counted += s
		if highSet && (s < 1e-13 || at < 1e-15*out.Mean || at == 0) {
			break
		}
		if m == furthest {
			// An upper bound: the rest of the orders, each as likely as this one.
			out.Mean += alive * stay * max(0, mean-counted)
			if !highSet {
				out.High = m
			}
			if !lowSet {
				out.Low = m
			}
			break
		}
		if ab > 0 {
			stay *= (b + float64(m-1)) / (ab + float64(m-1))
		}
	}
	return out
}

// gaussNodes points of Gauss-Legendre on [0, 1] spread the moment of leaving
// (Abramowitz, Stegun, table 25.4, n = 8).
const gaussNodes = 8

var (
	nodes = [gaussNodes]float64{
		.5 - .9602898564975363/2, .5 - .7966664774136267/2, .5 - .5255324099163290/2, .5 - .1834346424956498/2,
		.5 + .1834346424956498/2, .5 + .5255324099163290/2, .5 + .7966664774136267/2, .5 + .9602898564975363/2,
	}
	weights = [gaussNodes]float64{
		.1012285362903763 / 2, .2223810344533745 / 2, .3137066458778873 / 2, .3626837833783620 / 2,
		.3626837833783620 / 2, .3137066458778873 / 2, .2223810344533745 / 2, .1012285362903763 / 2,
	}
)

// lives spreads the time a living client of the Pareto/NBD has before him: the
// whole horizon, or less, P(more than v) = ((β+T)/(β+T+v))^s.
func (f *Fit) lives(parts *[gaussNodes + 1]part, n, age, weeks float64) int {
	scale := f.B + age
	cell := func(w, v float64) part { return part{weight: w, shape: n, p: v / (f.Alpha + age + v)} }
	whole := math.Exp(-f.A * math.Log1p(weeks/scale))
	parts[0] = cell(whole, weeks)
	for i := range nodes { // even shares of those who leave within the horizon
		v := scale * math.Expm1(-math.Log1p(-nodes[i]*(1-whole))/f.A)
		parts[i+1] = cell(weights[i]*(1-whole), min(v, weeks))
	}
	return gaussNodes + 1
}

// paretoMean is the expectation of the Pareto/NBD in closed form, Fader and
// Hardie (2005), eq. (41), written so that s = 1 is no exception.
func (f *Fit) paretoMean(x int, age, weeks, alive float64) float64 {
	l := math.Log1p(weeks / (f.B + age))
	span := l
	if e := (f.A - 1) * l; e != 0 {
		span = -math.Expm1(-e) / e * l
	}
	return alive * (f.R + float64(x)) / (f.Alpha + age) * (f.B + age) * span
}
