package foresight

import (
	"math"
	"testing"
)

func near(got, want, rel float64) bool {
	return math.Abs(got-want) <= rel*math.Max(math.Abs(want), 1e-12)
}

// The values printed with the models: Fader, Hardie, Lee (2005), Implementing
// the BG/NBD Model for Customer Base Analysis in Excel (first client of CDNOW,
// 1.226); the BTYD walkthrough (Dziurzynski, Wadsworth, McCarthy 2014) for the
// client with 26 repeats and for a new one, at the parameters it fits.
func TestPublishedValues(t *testing.T) {
	bg := Fit{Kind: BG, K: 1, R: .2425945, Alpha: 4.4136019, A: .7929199, B: 2.4258881}
	pareto := Fit{Kind: Pareto, K: 1, R: .55315, Alpha: 10.5758, A: .60625, B: 11.6562}
	first := History{Orders: 3, Recency: 30.43, Age: 38.86}
	eager := History{Orders: 27, Recency: 30.86, Age: 31}
	for _, c := range []struct {
		name           string
		got, want, rel float64
	}{
		{"the first client, orders in 39 weeks", bg.Forecast(first, 39, .8).Mean, 1.226, 5e-4},
		{"26 repeats, BG/NBD, orders in 52 weeks", bg.Forecast(eager, 52, .8).Mean, 25.75824, 1e-4},
		{"26 repeats, BG/NBD, still a client", bg.Alive(eager), .9689162, 1e-5},
		{"a new client, BG/NBD, orders in 52 weeks", bg.NewClient(52, .8).Mean, 1.444005, 1e-4},
		{"26 repeats, Pareto/NBD, orders in 52 weeks", pareto.Forecast(eager, 52, .8).Mean, 25.45532, 1e-3},
		{"26 repeats, Pareto/NBD, still a client", pareto.Alive(eager), .9979179, 1e-4},
		{"a new client, Pareto/NBD, orders in 52 weeks", pareto.NewClient(52, .8).Mean, 1.473113, 1e-3},
	} {
		if !near(c.got, c.want, c.rel) {
			t.Errorf("%s: %v, published %v", c.name, c.got, c.want)
		}
	}

	// Fader, Hardie, Shang (2010), parameters of table 3; values of the BTYD
	// walkthrough: 10 years after 6 opportunities.
	bb := Renewal{Alpha: 1.20352, Beta: .74975, Gamma: .65674, Delta: 2.78379}
	for _, c := range []struct {
		r           Renewals
		mean, alive float64
	}{
		{Renewals{Taken: 0, Last: 0, Chance: 6}, .1302344, .1081492},
		{Renewals{Taken: 4, Last: 5, Chance: 6}, 3.627943, .6968036},
	} {
		if fc := bb.Forecast(c.r, 10, .8); !near(fc.Mean, c.mean, 1e-3) || !near(bb.Alive(c.r), c.alive, 1e-3) {
			t.Errorf("BG/BB %+v: %v renewals, alive %v; published %v, %v", c.r, fc.Mean, bb.Alive(c.r), c.mean, c.alive)
		}
	}

	// Fader, Hardie (2013), The Gamma-Gamma Model of Monetary Value: the first
	// client of CDNOW, two repeats of 22.35 on average, is expected at 24.65.
	gg := Spend{P: 6.25, Q: 3.74, V: 15.44}
	if a := gg.Amount(History{Orders: 3, Recency: 1, Age: 1, Spend: 22.35}, .8); !near(a.Mean, 24.65, 1e-3) {
		t.Errorf("Gamma-Gamma: %v, published 24.65", a.Mean)
	}
	if a := gg.Amount(History{Orders: 1}, .8); !near(a.Mean, 35.2, 2e-3) { // pv/(q−1) = 6.25·15.44/2.74
		t.Errorf("Gamma-Gamma, a new client: %v, want 35.2", a.Mean)
	}
}

// hyp2f1 is the power series, far from 1, or after the Euler transform.
func hyp2f1(a, b, c, z float64) float64 {
	if z > .5 && c-a-b < 0 {
		return math.Pow(1-z, c-a-b) * series(c-a, c-b, c, z)
	}
	return series(a, b, c, z)
}

func series(a, b, c, z float64) float64 {
	sum, term := 1.0, 1.0
	for k := range 200000 {
		i := float64(k)
		term *= (a + i) * (b + i) / ((c + i) * (i + 1)) * z
		sum += term
		if math.Abs(term) < 1e-17*math.Abs(sum) {
			break
		}
	}
	return sum
}

// The sum over positive terms is the published closed form: Fader, Hardie, Lee
// (2005), eq. (10), and Wagner, Hoppe (2008) for the MBG/NBD.
func TestExpectationAgainstTheClosedForm(t *testing.T) {
	for _, f := range []Fit{
		{R: .2426, Alpha: 4.4136, A: .7929, B: 2.4259}, {R: 2, Alpha: 10, A: 3, B: .5}, {R: .05, Alpha: .2, A: .3, B: 9},
		{R: .78, Alpha: 9.5, A: .0044, B: .477}, {R: 1.3, Alpha: 2.8, A: 1.0005, B: .8},
	} {
		for _, h := range []History{
			{Orders: 1, Age: 38.9}, {Orders: 2, Recency: 1.7, Age: 38.9}, {Orders: 8, Recency: 30, Age: 39}, {Orders: 41, Recency: 200, Age: 206}, {Orders: 1, Age: 0},
		} {
			for _, weeks := range []float64{.5, 13, 52} {
				for _, kind := range []Kind{BG, MBG} {
					f.Kind, f.K = kind, 1
					x := float64(h.Repeats())
					b := f.B + x
					if kind == MBG {
						b++
					}
					z := weeks / (f.Alpha + h.Age + weeks)
					want := f.Alive(h) * (f.A + b - 1) / (f.A - 1) * (1 - hyp2f1(f.R+x, b, f.A+b-1, z)*math.Pow(1-z, f.R+x))
					if got := f.Forecast(h, weeks, .8).Mean; !near(got, want, 1e-9/math.Abs(f.A-1)) {
						t.Errorf("%+v %+v %v weeks: %v, closed form %v", f.four(), h, weeks, got, want)
					}
				}
			}
		}
	}
}

// a = 1 divides by zero in the closed form; here it is a value among others.
func TestNothingHappensAtAEqualToOne(t *testing.T) {
	h := History{Orders: 5, Recency: 20, Age: 26}
	at := func(a float64) float64 {
		f := Fit{Kind: MBG, K: 1, R: 1, Alpha: 5, A: a, B: 2}
		return f.Forecast(h, 52, .8).Mean
	}
	if l, m, r := at(1-1e-6), at(1), at(1+1e-6); !(l > m && m > r) || !near(m, (l+r)/2, 1e-9) {
		t.Errorf("around a = 1: %v, %v, %v", l, m, r)
	}
	s := func(s float64) float64 {
		f := Fit{Kind: Pareto, K: 1, R: 1, Alpha: 5, A: s, B: 20}
		return f.Forecast(h, 52, .8).Mean
	}
	if l, m, r := s(1-1e-6), s(1), s(1+1e-6); !(l > m && m > r) || !near(m, (l+r)/2, 1e-9) {
		t.Errorf("around s = 1: %v, %v, %v", l, m, r)
	}
}

// simpson integrates over [a, b].
func simpson(a, b float64, n int, f func(float64) float64) float64 {
	h, sum := (b-a)/float64(n), f(a)+f(b)
	for i := 1; i < n; i++ {
		w := 4.0
		if i%2 == 0 {
			w = 2
		}
		sum += w * f(a+float64(i)*h)
	}
	return sum * h / 3
}

func lnGammaOf(x float64) float64 { v, _ := math.Lgamma(x); return v }

// The likelihood, P(alive) and the expectation, from the story of one client
// integrated numerically over the rates and the chances of leaving.
func TestStagesAgainstNumericalIntegration(t *testing.T) {
	erlang := func(k int, u float64) float64 { // P(fewer than k stages in u)
		sum, term := 0.0, math.Exp(-u)
		for j := range k {
			sum += term
			term *= u / float64(j+1)
		}
		return sum
	}
	for _, f := range []Fit{{Kind: MBG, K: 1, R: 3, Alpha: 6, A: 3, B: 3}, {Kind: MBG, K: 3, R: 2, Alpha: 1.5, A: 2, B: 4}, {Kind: BG, K: 2, R: 3, Alpha: 3, A: 3, B: 2.5}} {
		for _, h := range []History{{Orders: 1, Age: 10}, {Orders: 4, Recency: 15, Age: 22, LogGaps: math.Log(3) + math.Log(5) + math.Log(7)}} {
			x, k := h.Repeats(), float64(f.K)
			// There and gone, for given λ and p.
			both := func(lambda, p float64) (there, gone float64) {
				l := math.Pow(lambda, k*float64(x)) * math.Exp(-lambda*h.Recency) * math.Exp((k-1)*h.LogGaps) / math.Pow(math.Gamma(k), float64(x))
				tries := float64(x)
				if f.Kind == MBG {
					tries++
				}
				there = l * math.Pow(1-p, tries) * erlang(f.K, lambda*(h.Age-h.Recency))
				if tries > 0 {
					gone = l * p * math.Pow(1-p, tries-1)
				}
				return there, gone
			}
			mix := func(part func(there, gone float64) float64) float64 {
				lnB := lnGammaOf(f.A) + lnGammaOf(f.B) - lnGammaOf(f.A+f.B)
				return simpson(0, 12, 4000, func(l float64) float64 {
					if l == 0 {
						return 0
					}
					g := math.Exp(f.R*math.Log(f.Alpha) - lnGammaOf(f.R) + (f.R-1)*math.Log(l) - f.Alpha*l)
					return g * simpson(0, 1, 200, func(p float64) float64 {
						return part(both(l, p)) * math.Pow(p, f.A-1) * math.Pow(1-p, f.B-1) * math.Exp(-lnB)
					})
				})
			}
			there := mix(func(a, _ float64) float64 { return a })
			all := mix(func(a, b float64) float64 { return a + b })
			if got := f.Alive(h); !near(got, there/all, 1e-6) {
				t.Errorf("kind %d k %d x %d: alive %v, integral %v", f.Kind, f.K, x, got, there/all)
			}
			d := gather([]History{h})
			var g point
			th := point{math.Log(f.R), math.Log(f.Alpha), math.Log(f.A), math.Log(f.B)}
			if got := d.fixed(f.K) - ordersTarget(f.shape(), &d)(&th, &g); !near(got, math.Log(all), 1e-6) {
				t.Errorf("kind %d k %d x %d: log-likelihood %v, integral %v", f.Kind, f.K, x, got, math.Log(all))
			}
		}
	}
}

// The Pareto/NBD likelihood term against Simpson's rule on its one integral, up
// to the hard corners of both branches.
func TestParetoAgainstNumericalIntegration(t *testing.T) {
	for _, q := range [][4]float64{{.55, 10.6, .6, 11.7}, {.55, 11.7, .6, 10.6}, {1, 5, 1, 5}, {2, .5, .3, 400}, {.3, 300, 5, .4}, {.78, 9.6, 1e-4, 1e5}, {1, 3, 300, 9000}} {
		for _, h := range []History{{Orders: 1, Age: 39}, {Orders: 2, Recency: 1, Age: 39}, {Orders: 30, Recency: 35, Age: 39}, {Orders: 101, Recency: 80, Age: 600}, {Orders: 4, Recency: 20, Age: 20.1}} {
			x := float64(h.Repeats())
			lnF := func(v float64) float64 { return -(q[0]+x)*math.Log(q[1]+v) - (q[2]+1)*math.Log(q[3]+v) }
			// By parts of ever greater length: the integrand falls fast at first.
			top, sum, from := lnF(h.Recency), 0.0, h.Recency
			for step := 1e-3; from < h.Age; step *= 1.3 {
				to := math.Min(h.Age, from+step)
				sum += simpson(from, to, 20, func(v float64) float64 { return math.Exp(lnF(v) - top) })
				from = to
			}
			want := math.Log(q[2]) + top + math.Log(sum) + (q[0]+x)*math.Log(q[1]+h.Age) + q[2]*math.Log(q[3]+h.Age)
			d := depart(h.Repeats(), h.Recency, h.Age, q[0], q[1], q[2], q[3])
			if math.Abs(d.u-want) > 1e-8 {
				t.Errorf("parameters %v %+v: ln odds of having left %v, Simpson %v", q, h, d.u, want)
			}
			// The distribution of the orders has the mean of the closed form.
			f := Fit{Kind: Pareto, K: 1, R: q[0], Alpha: q[1], A: q[2], B: q[3]}
			var parts [gaussNodes + 1]part
			n := f.lives(&parts, f.R+x, h.Age, 13)
			if got, want := run(parts[:n], 1, 1, 0, 0, .8).Mean, f.paretoMean(h.Repeats(), h.Age, 13, 1); !near(got, want, 1e-4) {
				t.Errorf("parameters %v %+v: %v orders by the distribution, %v in closed form", q, h, got, want)
			}
		}
	}
}

// Every gradient against central differences.
func TestGradients(t *testing.T) {
	hs := []History{
		{Orders: 1, Age: 39}, {Orders: 1, Age: 0}, {Orders: 2, Recency: 1.7, Age: 39}, {Orders: 2, Recency: 3, Age: 3}, {Orders: 8, Recency: 30, Age: 39},
		{Orders: 101, Recency: 500, Age: 600}, {Orders: 101, Recency: 5, Age: 600}, {Orders: 400, Recency: 590, Age: 600},
	}
	d := gather(hs)
	renewals := []Renewals{{0, 0, 6, 3}, {1, 1, 6, 2}, {4, 5, 6, 1}, {6, 6, 6, 4}, {3, 10, 30, 1}}
	targets := map[string]target{
		"BG/NBD": ordersTarget(shape{k: 1}, &d), "MBG/NBD": ordersTarget(shape{k: 1, modified: true}, &d),
		"BG/CNBD-2": ordersTarget(shape{k: 2}, &d), "MBG/CNBD-6": ordersTarget(shape{k: 6, modified: true}, &d),
		"CNBD-3": ordersTarget(shape{k: 3, stays: true}, &d), "Pareto/NBD": paretoTarget(d.rows),
		"Gamma-Gamma": spendTarget([]float64{1, 1, 2, 40}, []float64{20, 35, 11, 28}), "BG/BB": renewalTarget(renewals), "beta-binomial": stayTarget(renewals),
	}
	n := map[string]int{"CNBD-3": 2, "beta-binomial": 2, "Gamma-Gamma": 3}
	for name, f := range targets {
		for _, x := range []point{{-1.4, 1.5, -.2, .9}, {.3, 2.4, -.5, 2.5}, {.3, .2, -7.5, 1}, {1, 4, 2, -1}, {-2, 3, -5, 8}} {
			var g, u, l point
			f(&x, &g)
			for j := range 4 {
				if k, ok := n[name]; ok && j >= k {
					continue
				}
				const h = 1e-5
				up, down := x, x
				up[j] += h
				down[j] -= h
				slope := (f(&up, &u) - f(&down, &l)) / (2 * h)
				if math.Abs(slope-g[j]) > 1e-4*(1+math.Abs(slope)) {
					t.Errorf("%s at %v: slope %d is %v, by differences %v", name, x, j, g[j], slope)
				}
			}
		}
	}
}

func TestDigamma(t *testing.T) {
	// Abramowitz, Stegun 6.3.2 and 6.3.3: ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, ψ(2) = 1 − γ.
	const gamma = .57721566490153286
	for x, want := range map[float64]float64{1: -gamma, .5: -gamma - 2*math.Ln2, 2: 1 - gamma} {
		if got := digamma(x); math.Abs(got-want) > 1e-14 {
			t.Errorf("ψ(%v) = %v, want %v", x, got, want)
		}
	}
	for _, z := range []float64{1e-4, .3, 2, 1e5} { // Γ(z+n)/Γ(z), stepwise and at once
		r := rise{z: z}
		for _, n := range []int{0, 1, 7, 40, 200, 900} {
			r.to(n)
			if want := lnGammaOf(z+float64(n)) - lnGammaOf(z); math.Abs(r.ln-want) > 1e-9*(1+math.Abs(want)) {
				t.Errorf("ln Γ(%v+%d)/Γ = %v, want %v", z, n, r.ln, want)
			}
		}
	}
}

// An expected stage count so large that the sum starts in its middle.
func TestForecastOfAVeryFrequentClient(t *testing.T) {
	// 5,000 orders in 500 weeks, never leaving: ten a week. λ ~ Gamma(5001·6,
	// 501 + …) so the mean of 52 weeks is (r+kx)·52/(α+T)/k.
	f := Fit{Kind: MBG, K: 6, R: 6, Alpha: 1, A: 1e-9, B: 1e6}
	h := History{Orders: 5001, Recency: 500, Age: 500}
	want := (6 + 6*5000.) * 52 / 501 / 6
	fc := f.Forecast(h, 52, .8)
	// Less the half order lost to whole stages, (k−1)/2k.
	if math.Abs(fc.Mean-(want-5./12)) > .02 || !(fc.Low < int(want) && int(want) < fc.High) || fc.High-fc.Low > 40 {
		t.Errorf("%+v, want about %v", fc, want)
	}
}
