package foresight

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/cbor"
	"sillon/engine/explain"
	"sillon/engine/money"
)

func days(t *testing.T, iso ...string) []calendar.Day {
	t.Helper()
	var out []calendar.Day
	for _, s := range iso {
		d, err := calendar.ParseISO(s)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

func TestObserve(t *testing.T) {
	asOf := calendar.Of(2025, 3, 26)
	for _, c := range []struct {
		name    string
		days    []string
		amounts []money.Cents
		want    History
	}{
		{name: "a prospect"},
		{name: "one order, twelve weeks ago", days: []string{"2025-01-01"}, amounts: []money.Cents{100}, want: History{Orders: 1, Age: 12}},
		{name: "two orders of one day are one", days: []string{"2025-01-01", "2025-01-15", "2025-01-15"}, amounts: []money.Cents{500, 100, 200},
			want: History{Orders: 2, Recency: 2, Age: 12, LogGaps: math.Log(2), Spend: 300}},
		{name: "in any order", days: []string{"2025-02-12", "2025-01-01", "2025-01-15"}, amounts: []money.Cents{400, 999, 200},
			want: History{Orders: 3, Recency: 6, Age: 12, LogGaps: math.Log(2) + math.Log(4), Spend: 300}}, // (200 + 400)/2: repeats only
		{name: "a return is no order", days: []string{"2025-01-01", "2025-01-15", "2025-01-22"}, amounts: []money.Cents{500, -100, 200},
			want: History{Orders: 2, Recency: 3, Age: 12, LogGaps: math.Log(3), Spend: 200}},
		{name: "a day that sums to nothing is no order", days: []string{"2025-01-01", "2025-01-15", "2025-01-15"}, amounts: []money.Cents{500, 100, -100},
			want: History{Orders: 1, Age: 12}},
		{name: "what comes after the date is invisible", days: []string{"2025-01-01", "2025-03-27"}, amounts: []money.Cents{500, 100},
			want: History{Orders: 1, Age: 12}},
		{name: "only after the date", days: []string{"2025-03-27"}, amounts: []money.Cents{500}},
		{name: "without amounts", days: []string{"2025-01-01", "2025-01-08"}, want: History{Orders: 2, Recency: 1, Age: 12}},
		{name: "fewer amounts than days: the rest is left out", days: []string{"2025-01-01", "2025-01-08"}, amounts: []money.Cents{5}, want: History{Orders: 1, Age: 12}},
	} {
		if got := Observe(days(t, c.days...), c.amounts, asOf); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// With k = 1 a gap is Lomax: P(longer than w) = ((α+t)/(α+t+w))^(r+x). For
// r+x = 4, α+t = 40: half at 40·(2^¼−1) = 7.568 weeks, 53 days; a twentieth at
// 40·(20^¼−1) = 44.59 weeks, 312.1 days.
func TestSilenceByHand(t *testing.T) {
	f := Fit{Kind: MBG, K: 1, R: 1, Alpha: 10, A: .5, B: 2, Verdict: NotIdentified}
	h := History{Orders: 4, Recency: 30, Age: 32}
	s := f.Silence(h, Defaults())
	if s.Days != 14 || s.Usual != 53 || s.Cycle != 313 || s.Limit != 313 || s.Alive != 0 || s.TooLong() || !near(s.Longer, math.Pow(40./42, 4), 1e-12) {
		t.Errorf("%+v, want 14 days of silence, usual 53, limit 313 by his rhythm", s)
	}
	// Identified: P(alive) = 1/(1 + .5/(2+3)·((40+w)/40)⁴) is ½ where
	// (1+w/40)⁴ = 10: w = 40·(10^¼−1) = 31.13 weeks, 217.9 days.
	f.Verdict = Identified
	if s = f.Silence(h, Defaults()); s.Alive != 218 || s.Limit != 218 {
		t.Errorf("%+v, want the limit at 218 days", s)
	}
	h.Age = 30 + 218./7
	if s = f.Silence(h, Defaults()); !s.TooLong() || math.Abs(f.Alive(h)-.5) > .001 {
		t.Errorf("%+v, alive %v: 218 days are too long", s, f.Alive(h))
	}
	if f.Silence(History{}, Defaults()) != (Silence{}) {
		t.Error("a prospect has no silence")
	}
}

// BG/NBD takes a client of one order for alive for ever; MBG does not.
func TestAClientOfOneOrder(t *testing.T) {
	h := History{Orders: 1, Age: 300}
	bg, mbg := Fit{Kind: BG, K: 1, R: 1, Alpha: 5, A: 1, B: 2}, Fit{Kind: MBG, K: 1, R: 1, Alpha: 5, A: 1, B: 2}
	// MBG: 1/(1 + 1/2·(305/5)) = 2/63.
	if bg.Alive(h) != 1 || !near(mbg.Alive(h), 2./63, 1e-12) {
		t.Errorf("BG %v, MBG %v; want 1 and 2/63", bg.Alive(h), mbg.Alive(h))
	}
}

func TestSeason(t *testing.T) {
	window := calendar.Window{From: calendar.Of(2023, 1, 1), To: calendar.Of(2024, 12, 31)}
	firsts := make([]calendar.Day, 50)
	for i := range firsts {
		firsts[i] = calendar.Of(2022, 6, 1)
	}
	var repeats []calendar.Day
	for d := window.From; d <= window.To; d++ { // ten a day, twenty in December, none in August
		n := 10
		switch monthOf(d) {
		case 11:
			n = 20
		case 7:
			n = 0
		}
		for range n {
			repeats = append(repeats, d)
		}
	}
	s := SeasonOf(repeats, firsts, window)
	sum := 0.0
	for _, v := range s.Index {
		sum += v
	}
	if s.Status != explain.OK || !near(sum, 12, 1e-12) || s.Orders != len(repeats) {
		t.Errorf("%+v sums to %v", s, sum)
	}
	// Ten a day in each of ten months, 20 and 0 in the others: by hand 1, 2, 0, a
	// little less away from 1 for the ten orders that each month starts from.
	if s.Index[11] < 1.95 || s.Index[11] > 2.03 || s.Index[7] < 0 || s.Index[7] > .03 || math.Abs(s.Index[3]-1) > .02 {
		t.Errorf("December %v, August %v, April %v; want 2, 0, 1", s.Index[11], s.Index[7], s.Index[3])
	}
	year := calendar.Window{From: calendar.Of(2024, 1, 1), To: calendar.Of(2024, 12, 31)}
	december := calendar.Window{From: calendar.Of(2025, 12, 1), To: calendar.Of(2025, 12, 31)}
	if f := s.Factor(year, december); math.Abs(f-2) > .05 {
		t.Errorf("a December after a whole year: × %v, want 2", f)
	}
	if f := s.Factor(year, calendar.Window{From: 1, To: 0}); f != 1 {
		t.Errorf("no days ahead: × %v, want 1", f)
	}
	if s.Factor(year, year) != 1 {
		t.Error("a window against itself is no season")
	}

	// A portfolio that doubles in the second year, without a season, has none.
	for range 50 {
		firsts = append(firsts, calendar.Of(2024, 1, 1))
	}
	repeats = repeats[:0]
	for d := window.From; d <= window.To; d++ {
		n := 10
		if d >= calendar.Of(2024, 1, 1) {
			n = 20
		}
		for range n {
			repeats = append(repeats, d)
		}
	}
	for m, v := range SeasonOf(repeats, firsts, window).Index {
		if math.Abs(v-1) > .01 {
			t.Errorf("growth taken for a season: month %d has %v", m+1, v)
		}
	}
	slices.Reverse(repeats)
	if SeasonOf(repeats, firsts, window).Index != SeasonOf(slices.Sorted(slices.Values(repeats)), firsts, window).Index {
		t.Error("the order of the days changes the index")
	}

	for _, c := range []struct {
		name   string
		window calendar.Window
		status explain.Status
		reason explain.Reason
	}{
		{"eleven whole months", calendar.Window{From: calendar.Of(2023, 1, 1), To: calendar.Of(2023, 12, 30)}, explain.NA, explain.FewPeriods},
		{"one year", calendar.Window{From: calendar.Of(2023, 1, 1), To: calendar.Of(2023, 12, 31)}, explain.Weak, explain.FewPeriods},
		{"a year without orders", calendar.Window{From: calendar.Of(2003, 1, 1), To: calendar.Of(2004, 12, 31)}, explain.NA, explain.NoSales},
		{"an empty window", calendar.Window{From: 10, To: 2}, explain.NA, explain.FewPeriods},
		{"all of time", calendar.Window{From: calendar.None, To: math.MaxInt32}, explain.NA, explain.FewPeriods},
	} {
		if s := SeasonOf(repeats, firsts, c.window); s.Status != c.status || s.Reason != c.reason || (s.Status == explain.NA && s.Index != [12]float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}) {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

// Twelve orders each March of two years, by one client. Expected in March, were
// there no season: 12·31/365 + 12·31/366 = 2.0356; in April 12·30/365 + 12·30/366
// = 1.9699. With the ten orders each month starts from, March stands to April
// as (24+10)/12.0356 to 10/11.9699: 3.3814.
func TestFewOrdersMakeASmallSeason(t *testing.T) {
	var repeats []calendar.Day
	for i := range 12 {
		repeats = append(repeats, calendar.Of(2023, 3, 2*i+1), calendar.Of(2024, 3, 2*i+1))
	}
	s := SeasonOf(repeats, []calendar.Day{calendar.Of(2022, 6, 1)}, calendar.Window{From: calendar.Of(2023, 1, 1), To: calendar.Of(2024, 12, 31)})
	if got := s.Index[2] / s.Index[3]; !near(got, 3.3814, 1e-4) {
		t.Errorf("March stands to April as %v, want 3.3814", got)
	}
}

// finite fails on the first number that is none.
func finite(t *testing.T, what string, vs ...float64) {
	t.Helper()
	for i, v := range vs {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Fatalf("%s: number %d is %v", what, i, v)
		}
	}
}

// check scores a history and fails on anything that makes no sense.
func check(t *testing.T, f Fit, h History, weeks float64) {
	t.Helper()
	fc, pa, s := f.Forecast(h, weeks, .8), f.Alive(h), f.Silence(h, Defaults())
	finite(t, "forecast", fc.Mean, fc.NoOrder, pa, s.Longer)
	if pa < 0 || pa > 1 || fc.NoOrder < 0 || fc.NoOrder > 1 || fc.Mean < 0 || fc.Low > fc.High || fc.Low < 0 || s.Longer < 0 || s.Longer > 1 || s.Limit < 0 || s.Limit > tenYears {
		t.Fatalf("%+v %+v %v weeks: %+v, alive %v, %+v", f, h, weeks, fc, pa, s)
	}
	// At least one order is a part of the expectation.
	if h.sound() && f.usable() && 1-fc.NoOrder > fc.Mean*(1+1e-6)+1e-9 {
		t.Fatalf("%+v %+v: P(an order) %v over the expectation %v", f.four(), h, 1-fc.NoOrder, fc.Mean)
	}
}

// x up to 100, T up to 600 weeks, a under a thousandth: the corners in which
// published implementations return NaN.
func TestHardCorners(t *testing.T) {
	for _, f := range []Fit{
		{Kind: BG, K: 1, R: .781, Alpha: 9.48, A: .0044, B: .477}, {Kind: MBG, K: 1, R: .783, Alpha: 9.57, A: .0006, B: 8.8}, {Kind: MBG, K: 6, R: .9, Alpha: .3, A: 1e-6, B: 1e-4},
		{Kind: Pareto, K: 1, R: .783, Alpha: 9.6, A: 1e-6, B: 1e5}, {Kind: Pareto, K: 1, R: 5, Alpha: 1e4, A: 164, B: .01}, {Kind: BG, K: 3, R: 1e-4, Alpha: 1e-4, A: 1e4, B: 1e5},
		{Kind: MBG, K: 2, R: 1e4, Alpha: 1e5, A: .5, B: .5},
	} {
		for _, x := range []int{0, 1, 2, 10, 100, 1000} {
			for _, age := range []float64{0, 1. / 7, 39, 600} {
				for _, part := range []float64{0, .01, .5, 1} {
					h := History{Orders: x + 1, Recency: age * part, Age: age}
					if x == 0 {
						h.Recency = 0
					}
					last := math.Inf(1)
					for _, weeks := range []float64{520, 52, 13, 1, 1. / 7} {
						check(t, f, h, weeks)
						if m := f.Forecast(h, weeks, .8).Mean; m > last*(1+1e-9) {
							t.Fatalf("%+v %+v: %v orders in %v weeks, %v in more", f.four(), h, m, weeks, last)
						} else {
							last = m
						}
					}
				}
			}
		}
	}
}

// P(alive) falls with the silence.
func TestAliveFallsWithSilence(t *testing.T) {
	for _, f := range truths {
		for _, x := range []int{0, 1, 5, 60} {
			last, r := 1.0, 20.0
			if x == 0 {
				r = 0
			}
			for age := r; age < 400; age += 3 {
				pa := f.Alive(History{Orders: x + 1, Recency: r, Age: age})
				if pa > last+1e-12 {
					t.Fatalf("kind %d k %d x %d: alive %v at week %v, %v before", f.Kind, f.K, x, pa, age, last)
				}
				last = pa
			}
		}
	}
}

func TestDegeneratePortfolios(t *testing.T) {
	one := History{Orders: 5, Recency: 20, Age: 26, LogGaps: 4 * math.Log(5), Spend: 12000}
	same := slices.Repeat([]History{one}, 40)
	for name, hs := range map[string][]History{
		"empty": nil, "prospects only": make([]History, 20), "one client": {one}, "all alike": same,
		"nobody came back": slices.Repeat([]History{{Orders: 1, Age: 30}}, 50), "all came today": slices.Repeat([]History{{Orders: 1}}, 50),
		"one of one order": {{Orders: 1, Age: 3}}, "damaged": {{Orders: 3, Recency: math.NaN(), Age: 4}, {Orders: -1}, {Orders: 2, Recency: 9, Age: 4}, {Orders: 1, Recency: 2, Age: 4}, {Orders: 2, Recency: 1, Age: math.Inf(1)}},
		"a giant": append(slices.Repeat([]History{one}, 5), History{Orders: 20001, Recency: 500, Age: 500, LogGaps: -70000, Spend: 5}),
	} {
		for _, p := range []Params{{MaxK: 6}, Defaults()} {
			var fits []Fit
			for _, kind := range []Kind{MBG, BG, Pareto} {
				fits = append(fits, FitOrders(hs, kind, 2, p))
			}
			fits = append(fits, FitRegular(hs, p))
			g := FitSpend(hs, p)
			for _, f := range fits {
				finite(t, name, f.R, f.Alpha, f.A, f.B, f.LogLik, f.Evidence, f.Departed, f.Error[0], f.Error[1], f.Error[2], f.Error[3], g.P, g.Q, g.V, g.LogLik, g.Mean)
				if (f.Clients == 0) != (f.Status == explain.NA) || (f.Status == explain.NA) != (f.Reason == explain.NoData) {
					t.Errorf("%s: mark %v %v", name, f.Status, f.Reason)
				}
				if f.Clients > 0 && f.Clients < p.Few && f.Reason != explain.FewClients {
					t.Errorf("%s: %d clients and mark %v %v", name, f.Clients, f.Status, f.Reason)
				}
				for _, h := range append(hs, one) {
					check(t, f, h, 13)
					m := Models{Orders: f, Spend: g}
					o := m.Outlook(h, 1, Defaults())
					finite(t, name, o.Value, o.Low, o.High, o.Amount.Mean, o.Amount.Low, o.Amount.High)
					if o.Amount.Low > o.Amount.Mean || o.Amount.Mean > o.Amount.High {
						t.Errorf("%s: amount %+v", name, o.Amount)
					}
				}
			}
		}
	}
	if f := FitRenewal(nil, Defaults()); f.Status != explain.NA {
		t.Error("no renewals, no fit")
	}
	if f := FitRenewal([]Renewals{{}}, Defaults()); f.Status != explain.NA {
		t.Error("no opportunity, no fit")
	}
	if f := FitRenewal([]Renewals{{3, 3, 3, 1}, {5, 3, 9, 1}}, Defaults()); f.Clients != 1 || f.Status != explain.Weak {
		t.Errorf("%+v: one sound client is weak", f)
	}
}

// Thirty clients give answers near the truth with the priors on.
func TestThirtyClients(t *testing.T) {
	_, hs := crowd(truths[1], 30, 0)
	m := Learn(hs, Defaults())
	f := m.Orders
	if f.Alpha/f.R < 2 || f.Alpha/f.R > 12 || f.A > 20 || f.B > 100 || f.Alpha > 200 { // the truth: 5 weeks
		t.Errorf("%+v", f)
	}
	few := Learn(hs[:12], Defaults()).Orders
	if few.Status != explain.Weak || few.Reason != explain.FewClients {
		t.Errorf("twelve clients: %v %v", few.Status, few.Reason)
	}
}

// The same bits whatever the order of the clients, the same model in days.
func TestOrderAndUnitsDoNotMatter(t *testing.T) {
	_, hs := crowd(truths[2], 300, 0)
	for i := range hs {
		hs[i].Spend = 1000 + float64(i%17)*300
	}
	want := Learn(hs, Defaults())
	rng := rand.New(rand.NewPCG(1, 1))
	for range 3 {
		rng.Shuffle(len(hs), func(i, j int) { hs[i], hs[j] = hs[j], hs[i] })
		got := Learn(hs, Defaults())
		if got.Orders.four() != want.Orders.four() || got.Orders.LogLik != want.Orders.LogLik || got.Spend.P != want.Spend.P || got.Spend.V != want.Spend.V {
			t.Fatalf("shuffled: %+v, before %+v", got, want)
		}
	}
	daily := slices.Clone(hs)
	for i, h := range daily {
		x := float64(h.Repeats())
		daily[i] = History{h.Orders, h.Recency * 7, h.Age * 7, h.LogGaps + x*math.Log(7), h.Spend * 100}
	}
	got := Learn(daily, Defaults())
	if got.Orders.K != want.Orders.K || !near(got.Orders.R, want.Orders.R, 1e-6) || !near(got.Orders.Alpha, 7*want.Orders.Alpha, 1e-6) || !near(got.Orders.A, want.Orders.A, 1e-6) ||
		!near(got.Spend.P, want.Spend.P, 1e-6) || !near(got.Spend.V, 100*want.Spend.V, 1e-6) {
		t.Errorf("in days and in hundredths: %+v, in weeks %+v", got, want)
	}
}

func TestModelsAreKept(t *testing.T) {
	_, hs := crowd(truths[2], 60, 0)
	m := Learn(hs, Defaults())
	data, err := cbor.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back Models
	if err := cbor.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if len(data) > 1200 || back.Orders.four() != m.Orders.four() || back.Orders.Verdict != m.Orders.Verdict || back.Spend.V != m.Spend.V || back.Orders.Reason != m.Orders.Reason {
		t.Errorf("%d bytes: %+v, was %+v", len(data), back, m)
	}
}

func TestOutlook(t *testing.T) {
	m := Models{
		Orders: Fit{Kind: MBG, K: 1, R: 1, Alpha: 10, A: .5, B: 2, Verdict: Identified, Mark: explain.Sound()},
		Spend:  Spend{P: 6, Q: 4, V: 15000, Mean: 30000},
	}
	p := Defaults()
	o := m.Outlook(History{Orders: 4, Recency: 30, Age: 32, Spend: 20000}, 1, p)
	// 6·(15000 + 3·20000)/(6·3 + 4 − 1) = 450000/21.
	if !near(o.Amount.Mean, 450000./21, 1e-9) || !near(o.Value, o.Orders.Mean*450000/21, 1e-9) || o.Status != explain.OK || !o.Leaving || len(o.Steps) == 0 {
		t.Errorf("%+v", o)
	}
	if s := m.Outlook(History{Orders: 4, Recency: 30, Age: 32, Spend: 20000}, 1.5, p); !near(s.Value, 1.5*o.Value, 1e-12) {
		t.Errorf("season of 1.5: %v, want 1.5 times %v", s.Value, o.Value)
	}
	if o := m.Outlook(History{}, 1, p); o.Status != explain.NA || o.Reason != explain.NoSales {
		t.Errorf("a prospect: %v %v", o.Status, o.Reason)
	}
	if o := m.Outlook(History{Orders: 1, Age: 5}, 1, p); o.Status != explain.Weak || o.Reason != explain.NewClient {
		t.Errorf("a client of one order: %v %v", o.Status, o.Reason)
	}
	var none Models
	if o := none.Outlook(History{Orders: 1, Age: 5}, 1, p); o.Status != explain.NA || o.Reason != explain.NoData {
		t.Errorf("no model: %v %v", o.Status, o.Reason)
	}
}

func FuzzForecast(f *testing.F) {
	f.Add(uint8(1), uint8(1), .24, 4.4, .79, 2.4, uint16(2), 30.4, 38.9, 39.0)
	f.Add(uint8(3), uint8(1), .55, 10.6, 1e-6, 1e5, uint16(100), 0.0, 600.0, 52.0)
	f.Add(uint8(2), uint8(6), 1e-4, 1e-6, 1e-6, 1e-4, uint16(0), 0.0, 0.0, 520.0)
	f.Add(uint8(1), uint8(3), math.NaN(), -1.0, math.Inf(1), 0.0, uint16(3), -4.0, 2.0, math.NaN())
	f.Fuzz(func(t *testing.T, kind, k uint8, r, alpha, a, b float64, x uint16, recency, age, weeks float64) {
		fit := Fit{Kind: Kind(kind), K: int(k), R: r, Alpha: alpha, A: a, B: b, Verdict: Verdict(k % 3)}
		h := History{Orders: int(x), Recency: recency, Age: age, Spend: alpha}
		fc, s := fit.Forecast(h, weeks, a), fit.Silence(h, Params{AliveBound: a, CycleBound: b})
		finite(t, "forecast", fc.Mean, fc.NoOrder, fit.Alive(h), s.Longer)
		if pa := fit.Alive(h); pa < 0 || pa > 1 || fc.Mean < 0 || fc.NoOrder < 0 || fc.NoOrder > 1 || fc.Low > fc.High {
			t.Fatalf("%+v alive %v", fc, pa)
		}
		m := Models{Orders: fit, Spend: Spend{P: b, Q: r, V: alpha, Mean: 1}}
		o := m.Outlook(h, weeks, Params{Horizon: int(x), Interval: b})
		finite(t, "outlook", o.Value, o.Low, o.High, o.Amount.Mean, o.Amount.Low, o.Amount.High)
		bb := Renewal{Alpha: r, Beta: alpha, Gamma: a, Delta: b}
		n := Renewals{Taken: int(kind), Last: int(k), Chance: int(x)}
		fc = bb.Forecast(n, int(k), weeks)
		finite(t, "renewals", fc.Mean, fc.NoOrder, bb.Alive(n))
	})
}

func FuzzFit(f *testing.F) {
	f.Add([]byte{3, 20, 30, 1, 0, 9, 2, 2, 2, 200, 100, 250}, true)
	f.Add([]byte{1, 0, 0, 1, 0, 0, 1, 0, 255}, false)
	f.Fuzz(func(t *testing.T, data []byte, prior bool) {
		var hs []History
		for ; len(data) >= 3 && len(hs) < 40; data = data[3:] {
			hs = append(hs, History{Orders: int(data[0]), Recency: float64(data[1]) / 4, Age: float64(data[2]), LogGaps: float64(data[1]) - 100, Spend: float64(data[2]) * 50})
		}
		p := Params{MaxK: 3, Prior: prior, Few: 5}
		m := Learn(hs, p)
		for _, fit := range []Fit{m.Orders, FitOrders(hs, Pareto, 1, p), FitOrders(hs, BG, 2, p)} {
			finite(t, "fit", fit.R, fit.Alpha, fit.A, fit.B, fit.LogLik, fit.Evidence, fit.Departed)
			for _, h := range hs {
				check(t, fit, h, 20)
			}
		}
		finite(t, "spend", m.Spend.P, m.Spend.Q, m.Spend.V, m.Spend.LogLik)
	})
}
