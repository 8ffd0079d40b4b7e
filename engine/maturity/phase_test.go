package maturity_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

var asOf = calendar.Of(2026, time.June, 30)

// golden is the phase of the twelve clients, each year being one line of its
// own window, as a file of yearly totals gives it.
func golden() []maturity.History {
	var p calendar.Periods
	n, n1 := p.Back(asOf, 0), p.Back(asOf, 1)
	var out []maturity.History
	for _, c := range demo.Golden().Clients {
		h := maturity.History{FirstOrder: c.FirstOrder}
		for _, l := range []maturity.Line{{From: n.From, To: n.To, Net: c.Sales}, {From: n1.From, To: n1.To, Net: c.SalesN1}} {
			if l.Net != 0 {
				h.Lines = append(h.Lines, maturity.Line{From: max(l.From, c.FirstOrder), To: l.To, Net: l.Net})
			}
		}
		out = append(out, h)
	}
	return out
}

// Appendix A, column Phase.
func TestGoldenPhases(t *testing.T) {
	const want = "CMCVCCMVMDMD"
	got := ""
	verdicts := maturity.ReadAll(golden(), asOf, maturity.Defaults())
	for i, v := range verdicts {
		got += v.Phase.String()
		if one := maturity.Read(golden()[i], asOf, maturity.Defaults()); one.Phase != v.Phase || len(one.Steps) == 0 {
			t.Errorf("client %d read alone: %v with %d steps", i, one.Phase, len(one.Steps))
		}
	}
	if got != want {
		t.Errorf("phases %s, want %s", got, want)
	}
	// C1: C04 −16.7 % V; C01 +9.1 % C; C02 −3.0 % M; C10 nine full months, D.
	for i, g := range map[int]float64{3: -.167, 0: .091, 1: -.030} {
		if math.Abs(verdicts[i].G-g) > .0005 {
			t.Errorf("C%02d grows by %v, want %v", i+1, verdicts[i].G, g)
		}
	}
	if v := verdicts[9]; v.Age != 9 || v.Why != maturity.Young {
		t.Errorf("C10 is %d months old because of %d, want 9, young", v.Age, v.Why)
	}
}

func TestPhaseRules(t *testing.T) {
	old := calendar.Of(2015, time.January, 1)
	base := func(n, n1 money.Cents) maturity.Facts {
		return maturity.Facts{FirstOrder: old, LastOrder: asOf, N: n, N1: n1}
	}
	with := func(f maturity.Facts, change func(*maturity.Facts)) maturity.Facts { change(&f); return f }
	for _, tt := range []struct {
		name string
		f    maturity.Facts
		want maturity.Phase
		why  maturity.Why
	}{
		{"never ordered", maturity.Facts{FirstOrder: calendar.None}, maturity.Prospect, maturity.NoOrder},
		{"a first order tomorrow is invisible", maturity.Facts{FirstOrder: asOf + 1}, maturity.Prospect, maturity.NoOrder},
		{"first order today", maturity.Facts{FirstOrder: asOf, LastOrder: asOf, N: 5}, maturity.Start, maturity.Young},
		{"eleven full months", maturity.Facts{FirstOrder: calendar.Of(2025, 7, 1), LastOrder: asOf, N: 5}, maturity.Start, maturity.Young},
		{"twelve full months, nothing the year before", maturity.Facts{FirstOrder: calendar.Of(2025, 6, 30), LastOrder: asOf, N: 5}, maturity.Growth, maturity.Reactivated},
		{"exactly −10 % is ageing", base(9_000, 10_000), maturity.Ageing, maturity.Falling},
		{"a cent better than −10 % is mature", base(9_001, 10_000), maturity.Mature, maturity.Steady},
		{"exactly +5 % is growth", base(10_500, 10_000), maturity.Growth, maturity.Rising},
		{"a cent under +5 % is mature", base(10_499, 10_000), maturity.Mature, maturity.Steady},
		{"sales again after a year without", base(5, 0), maturity.Growth, maturity.Reactivated},
		{"sales again after a year of net returns", base(5, -3), maturity.Growth, maturity.Reactivated},
		{"nothing for two years, order dates unknown", with(base(0, 0), func(f *maturity.Facts) { f.LastOrder = calendar.None }), maturity.Ageing, maturity.NoSales},
		{"returns only this year", base(-5, 10), maturity.Ageing, maturity.Falling},
		{"three signs of ageing and no growth", with(base(10_000, 10_000), func(f *maturity.Facts) { f.Score = 3 }), maturity.Ageing, maturity.SignsOfAge},
		{"three signs, yet growing", with(base(11_000, 10_000), func(f *maturity.Facts) { f.Score = 3 }), maturity.Growth, maturity.Rising},
		{"two signs are not enough", with(base(10_000, 10_000), func(f *maturity.Facts) { f.Score = 2 }), maturity.Mature, maturity.Steady},
		{"18 months without an order, to the day", with(base(0, 10), func(f *maturity.Facts) { f.LastOrder = calendar.Of(2024, 12, 30) }), maturity.Ageing, maturity.Falling},
		{"18 months and a day", with(base(0, 10), func(f *maturity.Facts) { f.LastOrder = calendar.Of(2024, 12, 29) }), maturity.Lost, maturity.TooLong},
		{"used to order every month, seven months of silence", with(base(5, 10), func(f *maturity.Facts) { f.LastOrder, f.Interval = calendar.Of(2025, 11, 20), 30 }), maturity.Lost, maturity.TooLong},
		{"used to order every week, five months of silence", with(base(9, 10), func(f *maturity.Facts) { f.LastOrder, f.Interval = calendar.Of(2026, 1, 20), 7 }), maturity.Ageing, maturity.Falling},
		{"a single order ten months ago", maturity.Facts{FirstOrder: calendar.Of(2025, 8, 20), LastOrder: calendar.Of(2025, 8, 20), N: 5}, maturity.Start, maturity.Young},
		{"a newcomer who stopped", maturity.Facts{FirstOrder: calendar.Of(2025, 8, 1), LastOrder: calendar.Of(2025, 10, 1), Interval: 20, N: 5}, maturity.Lost, maturity.TooLong},
	} {
		v := maturity.Decide(tt.f, asOf, maturity.Defaults())
		if v.Phase != tt.want || v.Why != tt.why || v.Computed != v.Phase {
			t.Errorf("%s: %v because of %d, want %v because of %d", tt.name, v.Phase, v.Why, tt.want, tt.why)
		}
		if math.IsNaN(v.G) || math.IsInf(v.G, 0) {
			t.Errorf("%s: growth %v", tt.name, v.G)
		}
	}
}

func TestGrowthMayBeReadAgainstThePortfolio(t *testing.T) {
	p := maturity.Defaults()
	p.Relative = true
	f := maturity.Facts{FirstOrder: calendar.Of(2015, 1, 1), LastOrder: asOf, N: 10_900, N1: 10_000, Growth: .20}
	if v := maturity.Decide(f, asOf, p); v.Phase != maturity.Ageing { // +9 % − 20 % = −11 %
		t.Errorf("+9 %% in a portfolio that grows by 20 %%: %v, want V", v.Phase)
	}
	if g := maturity.GrowthOf([]money.Cents{100_000}, []money.Cents{91_400}); math.Abs(g-.0941) > .0001 {
		t.Errorf("golden portfolio grows by %v, want 9.41 %%", g)
	}
	if g := maturity.GrowthOf([]money.Cents{5}, []money.Cents{0}); g != 0 {
		t.Errorf("growth from nothing is %v, want 0", g)
	}
}

func TestSignsOfAgeing(t *testing.T) {
	s := maturity.Signs{
		DeciderChanged:   asOf.AddMonths(-11),
		ServiceErrors:    []calendar.Day{asOf - 10, asOf - 100},
		CompetitorRaised: asOf - 400, OfferUnsuitable: asOf, ActivityFalling: asOf + 1, // tomorrow
		LastNewFamily: asOf.AddMonths(-24),
	}
	if n := s.Score(asOf); n != 5 {
		t.Errorf("%d signs, want 5 of 6", n)
	}
	s.DeciderChanged, s.ServiceErrors = asOf.AddMonths(-12), s.ServiceErrors[:1]
	if n := s.Score(asOf); n != 3 {
		t.Errorf("%d signs once the decider is a year old and one error is left, want 3", n)
	}
	if n := (maturity.Signs{}).Score(asOf); n != 0 {
		t.Errorf("nothing known: %d signs", n)
	}
}

func TestAPhaseCanBeLockedUntilADay(t *testing.T) {
	h := golden()[0]
	h.Override = maturity.Override{Phase: maturity.Ageing, Until: asOf}
	v := maturity.Read(h, asOf, maturity.Defaults())
	if v.Phase != maturity.Ageing || v.Computed != maturity.Growth || v.Why != maturity.Locked {
		t.Errorf("locked: %v over %v because of %d", v.Phase, v.Computed, v.Why)
	}
	h.Override.Until = asOf - 1
	if v := maturity.Read(h, asOf, maturity.Defaults()); v.Phase != maturity.Growth {
		t.Errorf("expired yesterday: %v, want C", v.Phase)
	}
}

func TestLinesMakeTheFacts(t *testing.T) {
	day := func(y int, m time.Month, d int) calendar.Day { return calendar.Of(y, m, d) }
	for _, tt := range []struct {
		name  string
		lines []maturity.Line
		n, n1 money.Cents
		want  maturity.Phase
	}{
		{"no line at all", nil, 0, 0, maturity.Prospect},
		{"as of before any data", []maturity.Line{{From: asOf + 1, Net: 5}}, 0, 0, maturity.Prospect},
		{"a return only is no order", []maturity.Line{{From: asOf - 5, Net: -5}}, -5, 0, maturity.Prospect},
		// 181 days in N-1, 184 in N: +1.7 %.
		{"a line of a calendar year is cut by days", []maturity.Line{{From: day(2025, 1, 1), To: day(2025, 12, 31), Net: 365_00}}, 184_00, 181_00, maturity.Mature},
		{"the last day of the window counts", []maturity.Line{{From: asOf, Net: 7}, {From: day(2025, 6, 30), Net: 9}, {From: day(2024, 6, 30), Net: 99}}, 7, 9, maturity.Ageing},
	} {
		v := maturity.Read(maturity.History{Lines: tt.lines}, asOf, maturity.Defaults())
		if v.SalesN != tt.n || v.SalesN1 != tt.n1 {
			t.Errorf("%s: N %d N-1 %d, want %d and %d", tt.name, v.SalesN, v.SalesN1, tt.n, tt.n1)
		}
		if v.Phase != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, v.Phase, tt.want)
		}
	}
}

// C1: quarters 2600, 2500, 2700, 2400, 2300, 2350, 2100, 2050 → −81.7 a
// quarter = −13.8 % a year → V.
func TestRobustSlope(t *testing.T) {
	q := []float64{2600, 2500, 2700, 2400, 2300, 2350, 2100, 2050}
	g, ok := maturity.TheilSen(q)
	if !ok || math.Abs(g+.138) > .0005 {
		t.Errorf("slope %v a year, want −13.8 %%", g)
	}
	if slope := g * 2375 / 4; math.Abs(slope+81.7) > .05 { // mean quarter 19 000 ÷ 8
		t.Errorf("slope %v a quarter, want −81.7", slope)
	}
	p := maturity.Defaults()
	p.Robust = true
	if v := maturity.Read(quarterly(q), asOf, p); v.Phase != maturity.Ageing || v.Status != explain.OK || math.Abs(v.G-g) > 1e-12 {
		t.Errorf("robust: %v, growth %v, %v", v.Phase, v.G, v.Status)
	}
	if v := maturity.Read(quarterly(q[4:]), asOf, p); v.Status != explain.Weak || v.Reason != explain.FewPeriods {
		t.Errorf("four quarters: %v %v, want weak FEW_PERIODS", v.Status, v.Reason)
	}
	yearly := maturity.History{FirstOrder: calendar.Of(2010, 1, 1), Lines: []maturity.Line{{From: asOf - 364, To: asOf, Net: 100}, {From: asOf - 729, To: asOf - 365, Net: 100}}}
	if v := maturity.Read(yearly, asOf, p); v.Reason != explain.FewPeriods || v.Phase != maturity.Mature {
		t.Errorf("yearly totals: %v %v, want M by the simple rule, FEW_PERIODS", v.Phase, v.Reason)
	}
	if _, ok := maturity.TheilSen([]float64{0, 0, -5}); ok {
		t.Error("a slope of nothing was given")
	}
}

// quarterly is a client with one order in the middle of each quarter.
func quarterly(q []float64) maturity.History {
	var h maturity.History
	for k, x := range q {
		w := calendar.Periods{Months: 3}.Back(asOf, len(q)-1-k)
		h.Lines = append(h.Lines, maturity.Line{From: w.From + 40, Net: money.Cents(x * 100)})
	}
	h.FirstOrder = calendar.Periods{Months: 3}.Back(asOf, len(q)-1).From
	return h
}

// Sales fall by the same sum each month, 1000 − d·t euros with t months since
// January 2020. Eight quarters whose middle is t give g = −12d ÷ (1000 − d·t);
// d = 1000 ÷ 185 puts −10 % at t = 65, between the evaluations of May 2026
// (t = 64.5, −9.96 %) and June (65.5, −10.04 %).
func falling(months int) maturity.History {
	h := maturity.History{FirstOrder: calendar.Of(2020, time.January, 15)}
	for m := range months {
		h.Lines = append(h.Lines, maturity.Line{From: h.FirstOrder.AddMonths(m), Net: money.Cents(math.Round(100 * (1000 - 1000.0/185*float64(m))))})
	}
	return h
}

func TestHysteresisKeepsAClientThatOnlyJustCrosses(t *testing.T) {
	p := maturity.Defaults()
	p.Robust = true
	june, july := falling(78), falling(79)
	v := maturity.Read(june, asOf, p)
	if v.Phase != maturity.Mature || v.Why != maturity.Held || math.Abs(v.G+.10042) > .0001 {
		t.Errorf("first evaluation under −10 %%: %v because of %d at %v, want M held", v.Phase, v.Why, v.G)
	}
	if v := maturity.Read(july, calendar.Of(2026, time.July, 31), p); v.Phase != maturity.Ageing || v.Why != maturity.Falling {
		t.Errorf("second evaluation in a row: %v because of %d, want V", v.Phase, v.Why)
	}
	p.Hysteresis = .04
	if v := maturity.Read(june, asOf, p); v.Phase != maturity.Ageing {
		t.Errorf("threshold passed by .04 points more: %v, want V", v.Phase)
	}
	p.Robust = false
	if v := maturity.Read(june, asOf, p); v.Why == maturity.Held {
		t.Error("simple mode has no hysteresis")
	}
}

// The day LostOn gives is the first on which the rule says X: method C1, rule
// 1, followed day by day.
func TestLostOnIsTheFirstDayOfTheRule(t *testing.T) {
	p := maturity.Defaults()
	asOf := calendar.Of(2026, 6, 30)
	for _, gaps := range [][]int{{}, {30}, {30, 45, 30}, {200, 210}, {10, 10, 10}} {
		day := calendar.Of(2020, 3, 31)
		lines := []maturity.Line{{From: day, Net: 100_00}}
		for _, g := range gaps {
			day += calendar.Day(g)
			lines = append(lines, maturity.Line{From: day, Net: 100_00})
		}
		h := maturity.History{Lines: lines}
		v := maturity.Read(h, asOf, p)
		lost, ok := v.LostOn(p)
		if !ok || maturity.Read(h, lost, p).Phase != maturity.Lost || maturity.Read(h, lost-1, p).Phase == maturity.Lost {
			t.Errorf("gaps %v: lost on %v, want the first day of phase X", gaps, lost)
		}
	}
	if _, ok := maturity.Read(maturity.History{}, asOf, p).LostOn(p); ok {
		t.Error("a prospect cannot be lost")
	}
}

// What a phase alone leaves out changes no phase, whatever the settings.
func TestPhasesAreThoseOfReadAll(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 9))
	for range 300 {
		p := maturity.Defaults()
		p.LostMin, p.LostMax, p.LostTimes = 1+rng.IntN(12), 1+rng.IntN(24), 1+rng.IntN(5)
		p.StartMonths, p.Robust = 1+rng.IntN(24), rng.IntN(4) == 0
		histories := make([]maturity.History, 20)
		for i := range histories {
			h := &histories[i]
			for range rng.IntN(12) {
				l := maturity.Line{From: asOf - calendar.Day(rng.IntN(1100)-20), Net: money.Cents(rng.IntN(500_00) - 50_00)}
				if rng.IntN(6) == 0 {
					l.To = l.From + calendar.Day(rng.IntN(120))
				}
				h.Lines = append(h.Lines, l)
			}
			if rng.IntN(3) == 0 {
				h.FirstOrder = asOf - calendar.Day(rng.IntN(2000))
			}
		}
		for i, v := range maturity.ReadAll(histories, asOf, p) {
			if got := maturity.Phases(histories, asOf, p)[i]; got != v.Phase {
				t.Fatalf("phase %v, want %v: %+v with %+v", got, v.Phase, histories[i], p)
			}
		}
	}
}
