package response_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/response"
)

func with(t *testing.T, key params.Key, word string) response.Params {
	t.Helper()
	s, err := params.Default().Choose(params.Org, key, word)
	if err != nil {
		t.Fatal(err)
	}
	return response.From(s)
}

func TestB1Edges(t *testing.T) {
	for _, tt := range []struct {
		name   string
		units  []float64
		margin []money.Cents
		class  []response.Class
		status explain.Status
		reason explain.Reason
	}{
		{"an empty portfolio", nil, nil, []response.Class{}, explain.NA, explain.NoData},
		{"one client", []float64{5}, []money.Cents{10}, []response.Class{response.Cow}, explain.Weak, explain.FewClients},
		{"all equal: on the mean is high", []float64{5, 5, 5, 5}, []money.Cents{9, 9, 9, 9}, []response.Class{4, 4, 4, 4}, explain.OK, explain.None},
		{"no contact at all", []float64{0, 0, 0, 0}, []money.Cents{1, 2, 3, 4}, make([]response.Class, 4), explain.NA, explain.NoContact},
		{"all zero results", []float64{1, 2, 3, 4}, make([]money.Cents, 4), make([]response.Class, 4), explain.NA, explain.NoSales},
		{"returns exceed sales", []float64{1, 2, 3, 4}, []money.Cents{-9, 1, 1, 1}, make([]response.Class, 4), explain.NA, explain.Negative},
		// means 2.5 and 2.5: 1/0 skeleton, 2/4 hen, 3/0 devourer, 4/6 cow.
		{"one of each", []float64{1, 2, 3, 4}, []money.Cents{0, 4, 0, 6}, []response.Class{1, 2, 3, 4}, explain.OK, explain.None},
		{"a damaged file", []float64{1, 2, 3, 4}, []money.Cents{math.MaxInt64, math.MaxInt64, 1, 1}, make([]response.Class, 4), explain.NA, explain.Overflow},
	} {
		b := response.WeighBalance(response.BalanceInput{Units: tt.units, Margin: tt.margin}, response.Defaults())
		if !slices.Equal(b.Class, tt.class) || b.Status != tt.status || b.Reason != tt.reason {
			t.Errorf("%s: %v %v %v, want %v %v %v", tt.name, b.Class, b.Status, b.Reason, tt.class, tt.status, tt.reason)
		}
	}
}

func TestWithoutResultTheIndexIsInfinite(t *testing.T) {
	in := response.BalanceInput{Units: []float64{1, 9, 0, 2}, Margin: []money.Cents{-5, 0, 0, 500}, Invested: []money.Cents{100, 900, 0, 200}}
	b := response.WeighBalance(in, response.Defaults())
	if !slices.Equal(b.Infinite, []bool{true, true, false, false}) || b.D[0] != 0 || b.D[2] != 0 {
		t.Errorf("infinite %v D %v; want the first two, and nothing for who was never seen", b.Infinite, b.D)
	}
	if !slices.Equal(b.Devourers, []int32{1}) || !slices.Equal(b.Small, []int32{0}) || b.Severity[1] != 900 || b.Severity[0] != 105 {
		t.Errorf("devourers %v small %v severities %v", b.Devourers, b.Small, b.Severity)
	}
}

// Severity of a devourer that still earns its contacts: (D − 1) × I. Units 6 of
// 10, result 3 of 10: D = 2, I 100, MB 3 000: severity 100.
func TestADevourerThatStillPaysIsWeighedByItsExcess(t *testing.T) {
	in := response.BalanceInput{Units: []float64{6, 2, 1, 1}, Margin: []money.Cents{3000, 3000, 2000, 2000}, Invested: []money.Cents{100, 50, 20, 20}}
	b := response.WeighBalance(in, response.Defaults())
	if !near(b.D[0], 2, 1e-12) || b.Severity[0] != 100 || b.Alarm[0] != response.Devours {
		t.Errorf("D %v severity %v alarm %v", b.D[0], b.Severity[0], b.Alarm[0])
	}
}

// Exactly 1.5: units 3 of 8, result 1 of 4.
func TestTheDevourerLimitIsReachedWhenEqual(t *testing.T) {
	b := response.WeighBalance(response.BalanceInput{Units: []float64{3, 2, 2, 1}, Margin: []money.Cents{100, 100, 100, 100}}, response.Defaults())
	if b.Alarm[0] != response.Devours {
		t.Errorf("D %v: alarm %v, want a devourer", b.D[0], b.Alarm[0])
	}
}

func TestB1OtherThresholds(t *testing.T) {
	in := response.BalanceInput{Units: []float64{1, 2, 3, 30}, Margin: []money.Cents{10, 20, 30, 400}, Sales: []money.Cents{400, 30, 20, 10}, Orders: []int32{1, 1, 1, 9}}
	p := with(t, params.BalanceThreshold, "median") // medians 2.5 and 25
	if b := response.WeighBalance(in, p); !slices.Equal(b.Class, []response.Class{1, 1, 4, 4}) || b.LimitUnits != 2.5 || b.LimitResult != 25 {
		t.Errorf("median: %v limits %v %v", b.Class, b.LimitUnits, b.LimitResult)
	}
	p = with(t, params.BalanceThreshold, "fixed")
	p.FixedUnits, p.FixedResult = 2, 400
	if b := response.WeighBalance(in, p); !slices.Equal(b.Class, []response.Class{1, 3, 3, 4}) {
		t.Errorf("fixed: %v", b.Class)
	}
	if b := response.WeighBalance(in, with(t, params.BalanceResult, "sales")); !slices.Equal(b.Class, []response.Class{2, 1, 1, 3}) {
		t.Errorf("by sales: %v", b.Class)
	}
	if b := response.WeighBalance(in, with(t, params.BalanceResult, "orders")); b.MeanResult != 3 || b.Class[3] != response.Cow {
		t.Errorf("by orders: %v mean %v", b.Class, b.MeanResult)
	}
}

func TestB2Edges(t *testing.T) {
	read := func(u0, u1 float64, q0, q1 money.Cents, p response.Params) response.Reading {
		in := response.FlowInput{Before: []float64{u0}, Units: []float64{u1}, SalesBefore: []money.Cents{q0}, Sales: []money.Cents{q1}, Margin: []money.Cents{q1 / 4}, Price: 100_00}
		return response.ReadFlow(in, p).Reading[0]
	}
	p := response.Defaults()
	for _, tt := range []struct {
		name           string
		u0, u1         float64
		q0, q1         money.Cents
		reason         explain.Reason
		e              float64
		quadrant       response.Quadrant
		auto, readable bool
	}{
		{"no contact a year ago", 0, 5, 100, 200, explain.NewClient, 0, 0, false, false},
		{"no sales a year ago", 5, 9, 0, 200, explain.NewClient, 0, 0, false, false},
		{"net returns", 5, 9, 100, -200, explain.Negative, 0, 0, false, false},
		{"under two units of change", 5, 6.9, 100, 200, explain.NoVariation, 0, 0, false, false},
		{"exactly two units, over a tenth", 5, 7, 100, 100, explain.None, 0, response.CounterProductive, false, true},
		{"exactly a tenth of the middle", 19, 21, 100, 100, explain.None, 0, response.CounterProductive, false, true},
		{"under a tenth", 21, 23, 100, 100, explain.NoVariation, 0, 0, false, false},
		// A fall of contacts with sales that stand: E = 0, on the − side of the chart, and autonomous.
		{"sales stand without contacts", 10, 5, 100, 100, explain.None, 0, response.Withdrawing, true, true},
		// (20/110) ÷ (−5/7.5) = −.2727
		{"sales rise without contacts", 10, 5, 100, 120, explain.None, -.272727, response.SelfStanding, true, true},
		// everything lost: −2 ÷ (−5/7.5) = 3
		{"sales vanish with contacts", 10, 5, 100, 0, explain.None, 3, response.Withdrawing, false, true},
	} {
		r := read(tt.u0, tt.u1, tt.q0, tt.q1, p)
		if r.Reason != tt.reason || !near(r.E, tt.e, 1e-6) || r.Quadrant != tt.quadrant || r.Autonomous != tt.auto || r.Has() != tt.readable {
			t.Errorf("%s: %+v", tt.name, r)
		}
	}
	if r := read(10, 0, 100, 50, p); r.HasReturn || r.Decision != 0 || !r.Has() || r.Silent != explain.NoContact { // E = (−50/75) ÷ −2 = 1/3; RM has no unit to rest on
		t.Errorf("no contact left: %+v, want an elasticity without return", r)
	}
	// Point variant: (ΔQ/Q0) ÷ (ΔU/U0) = .5 ÷ 1.
	if r := read(5, 10, 100, 150, with(t, params.ElasticityMethod, "point")); !near(r.E, .5, 1e-12) {
		t.Errorf("point elasticity %v, want .5", r.E)
	}
	in := response.FlowInput{Before: []float64{5}, Units: []float64{9}, SalesBefore: []money.Cents{100}, Sales: []money.Cents{200}, Margin: []money.Cents{50}}
	if r := response.ReadFlow(in, p).Reading[0]; r.Decision != 0 || !r.HasReturn || r.Silent != explain.NoCost {
		t.Errorf("without a price: %+v, want a return and no advice", r)
	}
}

// Appendix B, zero-cost contacts: without an amount invested a devourer still
// stands out, with no severity. And with money spent on one who sells nothing
// while the others do, all of it is severity.
func TestB1ContactsThatCostNothing(t *testing.T) {
	in := response.BalanceInput{Units: []float64{9, 1, 1, 1}, Margin: []money.Cents{100, 100, 100, 100}, Codes: []string{"D", "C", "B", "A"}}
	b := response.WeighBalance(in, response.Defaults())
	if !slices.Equal(b.Devourers, []int32{0}) || b.Severity[0] != 0 {
		t.Errorf("devourers %v, severity %v", b.Devourers, b.Severity)
	}
	// One client is everything: D = (3 ÷ 4) ÷ 1; the others are infinite, all low.
	b = response.WeighBalance(response.BalanceInput{Units: []float64{9, 1, 1, 1}, Margin: []money.Cents{100, 0, 0, 0}}, response.Defaults())
	if !near(b.D[0], .75, 1e-12) || b.Class[0] != response.Cow || !b.Infinite[1] || b.Class[1] != response.Skeleton || b.Alarm[1] != response.DevoursLittle {
		t.Errorf("%+v", b)
	}
}

// Every class, badge, quadrant, decision and advice has a key of words.
func TestEveryWordOfTheChapterHasAKey(t *testing.T) {
	for _, class := range []response.Class{response.Skeleton, response.Hen, response.Devourer, response.Cow} {
		if !slices.Contains(response.WordKeys, "response.class."+class.String()) {
			t.Errorf("class %v has no key", class)
		}
	}
	if want := 4 + int(response.VerySensitive) + int(response.Withdrawing) + int(response.Reduce) + int(response.FindPotential); len(response.WordKeys) != want {
		t.Errorf("%d keys, want %d", len(response.WordKeys), want)
	}
}

func TestB2BadgesFollowTheBands(t *testing.T) {
	for _, tt := range []struct {
		q1   money.Cents // U 5 → 10 under the point variant: E = ΔQ/Q0
		band response.Band
	}{{99, response.Reverse}, {100, response.Insensitive}, {129, response.Insensitive}, {130, response.Moderate}, {200, response.Moderate}, {201, response.VerySensitive}} {
		in := response.FlowInput{Before: []float64{5}, Units: []float64{10}, SalesBefore: []money.Cents{100}, Sales: []money.Cents{tt.q1}}
		if r := response.ReadFlow(in, with(t, params.ElasticityMethod, "point")).Reading[0]; r.Band != tt.band {
			t.Errorf("E %v has badge %v, want %v", r.E, r.Band, tt.band)
		}
	}
}

// The portfolio grew 20 % (1 000 → 1 200): 600 after market is 500, no change,
// and the raw variation stays visible.
func TestB2TheMarketIsTakenOut(t *testing.T) {
	in := response.FlowInput{
		Before: []float64{5, 5}, Units: []float64{10, 10}, SalesBefore: []money.Cents{500, 500}, Sales: []money.Cents{600, 600},
		Margin: []money.Cents{100, 100}, Price: 1,
	}
	s, err := params.Default().Number(params.Org, params.MarketAdjusted, 1)
	if err != nil {
		t.Fatal(err)
	}
	f := response.ReadFlow(in, response.From(s))
	if r := f.Reading[0]; !near(r.E, 0, 1e-12) || r.ChangeResult != 100 || !near(f.Market, .2, 1e-12) {
		t.Errorf("reading %+v, market %v", r, f.Market)
	}
}

// Regression by hand: U+1 = 2, 4, 8… and Q+1 = 1·(U+1)^.5 exactly gives slope
// .5; a second client of slope 1 with the same contacts makes the pool .75.
// Six periods: (6·.5 + 4·.75) ÷ 10 = .6 and (6·1 + 3) ÷ 10 = .9.
func TestB2RegressionIsDrawnToThePool(t *testing.T) {
	p := with(t, params.ElasticityMethod, "regression")
	var in response.FlowInput
	for _, slope := range []float64{.5, 1} {
		var u []float64
		var q []money.Cents
		for k := range 6 {
			x := math.Pow(4, float64(k+2))
			u = append(u, x-1)
			q = append(q, money.Cents(math.Round(100*(1000*math.Pow(x, slope)-1))))
		}
		in.PeriodUnits, in.PeriodSales = append(in.PeriodUnits, u), append(in.PeriodSales, q)
		in.Before, in.Units = append(in.Before, 5), append(in.Units, 9)
		in.SalesBefore, in.Sales, in.Margin = append(in.SalesBefore, 100), append(in.Sales, 150), append(in.Margin, 90)
	}
	f := response.ReadFlow(in, p)
	if !f.HasPool || !near(f.Pool, .75, 1e-6) || !near(f.Reading[0].E, .6, 1e-6) || !near(f.Reading[1].E, .9, 1e-6) || f.Reading[0].Periods != 6 {
		t.Errorf("pool %v, readings %+v", f.Pool, f.Reading)
	}
	in.PeriodUnits[0], in.PeriodSales[0] = in.PeriodUnits[0][:5], in.PeriodSales[0][:5]
	in.PeriodUnits[1] = []float64{3, 3, 3, 3, 3, 3}
	f = response.ReadFlow(in, p)
	if f.Reading[0].Reason != explain.FewPeriods || f.Reading[1].Reason != explain.NoVariation {
		t.Errorf("five periods %v, steady contacts %v", f.Reading[0].Reason, f.Reading[1].Reason)
	}
	in.PeriodUnits[0] = []float64{0, 0, 1, 9, 1, 9, 1, 9}
	in.PeriodSales[0] = []money.Cents{0, 0, 100, 200, -50, 200, 100, 200}
	if r := response.ReadFlow(in, p).Reading[0]; r.Periods != 6 || r.Status != explain.Weak || r.Reason != explain.Negative {
		t.Errorf("two empty periods and one of returns: %+v, want six periods, weak", r)
	}
	if r := response.ReadFlow(response.FlowInput{Units: []float64{1}}, p).Reading[0]; r.Reason != explain.NoData {
		t.Errorf("no period: %v", r.Reason)
	}
}

func TestB3JudgmentsThatDoNotRiseAreAskedAgain(t *testing.T) {
	nan := math.NaN()
	for _, j := range []response.Judgments{
		{None: 100, More: 125, Saturation: 200}, {None: 30, More: 100, Saturation: 200}, {None: 30, More: 125, Saturation: 125},
		{None: -1, More: 125, Saturation: 200}, {None: 30, Half: 20, HasHalf: true, More: 125, Saturation: 200},
		{None: 30, Half: 100, HasHalf: true, More: 125, Saturation: 200}, {None: nan, More: 125, Saturation: 200},
		{None: 30, More: nan, Saturation: 200}, {None: 30, More: 125, Saturation: math.Inf(1)}, {},
	} {
		if _, err := response.Judge(j); !errors.Is(err, response.ErrJudgments) {
			t.Errorf("%+v: %v, want ErrJudgments", j, err)
		}
		if _, err := response.Blend(j, response.Measure{}); !errors.Is(err, response.ErrJudgments) {
			t.Errorf("blend of %+v: %v, want ErrJudgments", j, err)
		}
	}
}

func TestSimulationEdges(t *testing.T) {
	c, _ := response.Judge(response.Judgments{None: 30, More: 125, Saturation: 200})
	for _, tt := range []struct {
		name   string
		margin money.Cents
		now    float64
		reason explain.Reason
	}{{"never visited", 100, 0, explain.NoContact}, {"no margin", 0, 5, explain.NoSales}, {"negative margin", -5, 5, explain.Negative}, {"NaN visits", 5, math.NaN(), explain.NoContact}} {
		if s := c.Simulate(tt.margin, tt.now, 8, 100); s.Reason != tt.reason || s.Margin != 0 {
			t.Errorf("%s: %+v", tt.name, s)
		}
	}
	if s := c.Simulate(1_000_00, 10, 10, 100_00); s.Gain != 0 || s.Cost != 0 || s.Margin != 1_000_00 {
		t.Errorf("as today: %+v", s)
	}
}

// An S: the envelope goes straight from the start to the point of best average.
// 0, 1, 4, 9, 10: slopes to 0 are 1, 2, 3, 2.5: the line to 9, then 10.
func TestB3ConcaveEnvelopeOfAnS(t *testing.T) {
	if got := response.Envelope([]float64{0, 1, 4, 9, 10}); !slices.Equal(got, []float64{0, 3, 6, 9, 10}) {
		t.Errorf("envelope %v, want 0 3 6 9 10", got)
	}
	if got := response.Envelope([]float64{0, 5, 8, 9}); !slices.Equal(got, []float64{0, 5, 8, 9}) {
		t.Errorf("a concave sequence changed: %v", got)
	}
	if response.Envelope(nil) == nil || len(response.Envelope([]float64{7})) != 1 {
		t.Error("short sequences")
	}
	c, _ := response.Judge(response.Judgments{None: 30, More: 125, Saturation: 200})
	v := c.Values(1_000_00, 10, 40)
	if len(v) != 41 || !near(v[10], 1_000_00, 1e-6) || !near(v[0], 300_00, 1e-6) || c.Values(1, 0, 5) != nil {
		t.Errorf("values %v", v)
	}
}

// Without judgments: the curve agrees with the measure at no visit, today, and
// in today's slope, E percent for one percent.
func TestAMeasureHasACurveOfItsOwn(t *testing.T) {
	for _, x := range []struct{ e, v float64 }{{.05, 2}, {.3, 1}, {.3, 12}, {.8, 12}} {
		c := response.Measure{Elasticity: response.Elasticity{Value: x.e}, Visits: x.v}.Curve()
		beta := x.e * (1 + x.v) / x.v
		slope := (c.At(1+1e-6) - c.At(1-1e-6)) / 2e-6
		if !near(c.At(0), 100*math.Pow(1+x.v, -beta), 1e-9) || !near(c.At(1), 100, 1e-9) || !near(slope, 100*x.e, 1e-3) {
			t.Errorf("E %v at %v visits: %+v, r(0) %v r(1) %v slope %v", x.e, x.v, c, c.At(0), c.At(1), slope)
		}
	}
	if c := (response.Measure{Elasticity: response.Elasticity{Value: -.2}, Visits: 3}).Curve(); c.At(0) != 100 || c.At(5) != 100 {
		t.Errorf("a reverse effect: %+v, want flat", c)
	}
}

// Every row of the table of B4, in its order, with 10 visits and no cap.
func TestB4EveryRow(t *testing.T) {
	p := response.Defaults()
	p.ChangeCapped = false
	for k, tt := range []struct {
		class  response.Class
		d      response.Decision
		p      uint8
		advice response.Advice
		visits int
	}{
		{response.Devourer, response.Reduce, 1, response.ToPhone, 5},
		{response.Devourer, response.Add, 1, response.ChargeFor, 8},
		{response.Devourer, 0, 1, response.ChargeFor, 8},
		{response.Cow, response.Reduce, 1, response.SpaceOut, 8},
		{response.Cow, response.Add, 1, response.KeepPace, 10},
		{response.Cow, 0, 1, response.KeepAsIs, 10},
		{response.Hen, response.Add, 1, response.Invest, 15},
		{response.Hen, response.Reduce, 1, response.DoNotDisturb, 10},
		{response.Hen, 0, 1, response.DoNotDisturb, 10},
		{response.Skeleton, response.Reduce, 3, response.Trial, 13},
		{response.Skeleton, response.Add, 2, response.EconomyMode, 5},
		{response.Skeleton, response.Hold, 4, response.Trial, 13},
		{response.Skeleton, 0, 0, response.FindPotential, 10},
		{response.Devourer, response.Hold, 1, response.Balanced, 10},
		{response.Cow, response.Hold, 1, response.Balanced, 10},
		{response.Hen, response.Hold, 4, response.Balanced, 10},
	} {
		s := response.Propose(response.StrategyInput{Class: []response.Class{tt.class}, Decision: []response.Decision{tt.d}, P: []uint8{tt.p}, Visits: []int{10}}, p)
		if r := s.Proposal[0]; r.Advice != tt.advice || r.Visits != tt.visits || r.Capped {
			t.Errorf("row %d: %+v, want advice %v, %d visits", k, r, tt.advice, tt.visits)
		}
	}
}

func TestB4BoundsWinOverTheYearlyCap(t *testing.T) {
	p := response.Defaults()
	p.Multipliers = [9]float64{3, 3, 3, 3, 3, 3, 3, 3, 0}
	in := response.StrategyInput{Class: []response.Class{response.Hen}, Decision: []response.Decision{response.Add}, Visits: []int{10}}
	visits := func() int { return response.Propose(in, p).Proposal[0].Visits }
	if got := visits(); got != 15 { // 30 wished, +50 % allowed
		t.Errorf("capped %d, want 15", got)
	}
	in.Min = []int{18}
	if got := visits(); got != 18 {
		t.Errorf("floor of H6: %d, want 18", got)
	}
	in.Min, in.Max = nil, []int{4}
	if got := visits(); got != 10 { // a hen to invest in does not lose visits to the ceiling
		t.Errorf("ceiling of H6: %d, want today's 10", got)
	}
	in.Max = []int{12}
	if got := visits(); got != 12 {
		t.Errorf("ceiling of H6: %d, want 12", got)
	}
	in = response.StrategyInput{Class: []response.Class{response.Skeleton, 0}, P: []uint8{1, 1}, Visits: []int{9, 7}}
	s := response.Propose(in, p)
	if r := s.Proposal[0]; r.Visits != 5 || !r.Capped { // 0 wished; 9 − 50 % = 4.5, so 5
		t.Errorf("downwards %+v, want 5", r)
	}
	if r := s.Proposal[1]; r.Visits != 7 || r.Status != explain.NA {
		t.Errorf("a client without class: %+v, want its visits and na", r)
	}
}

// B4: « mode économique » 1 → 12, « espacez » 5 → 12 and « sans le déranger »
// 4 → 12 came of a floor of 12. An advice and its number never contradict each
// other, and the bound that was met is told with its value. By hand.
func TestABoundNeverTurnsTheAdviceRound(t *testing.T) {
	for _, tt := range []struct {
		what      string
		class     response.Class
		d         response.Decision
		p         uint8
		starting  bool
		now       int
		low, high int
		visits    int
		met       string
		limit     float64
	}{
		{"economy, floor above today", response.Skeleton, 0, 1, false, 1, 12, 24, 1, "response.visitsMin", 12},
		{"economy, floor above a larger today", response.Skeleton, 0, 1, false, 8, 12, 24, 8, "response.visitsMin", 12},
		{"space out, floor above today", response.Cow, response.Reduce, 4, false, 5, 12, 24, 5, "response.visitsMin", 12},
		{"space out down to the floor", response.Cow, response.Reduce, 4, false, 14, 12, 24, 12, "response.visitsMin", 12}, // 11.2
		{"do not disturb, floor above today", response.Hen, response.Reduce, 4, false, 4, 12, 24, 4, "response.visitsMin", 12},
		{"keep, ceiling under today", response.Cow, response.Add, 4, false, 30, 0, 24, 30, "response.visitsMax", 24},
		{"phase D keeps", response.Skeleton, 0, 1, true, 3, 12, 24, 3, "response.visitsMin", 12},
		{"reduce below the ceiling", response.Devourer, response.Reduce, 1, false, 30, 0, 6, 6, "response.visitsMax", 6},
		{"invest, ceiling under today", response.Hen, response.Add, 4, false, 10, 0, 6, 10, "response.visitsMax", 6},
		{"invest up to the ceiling", response.Hen, response.Add, 4, false, 20, 0, 24, 24, "response.visitsMax", 24},
		{"invest, raised by the floor", response.Hen, response.Add, 4, false, 6, 12, 24, 12, "response.visitsMin", 12},
		{"economy, the year's change", response.Skeleton, 0, 1, false, 9, 0, 24, 5, "", 0}, // 4.5, rounded up
		{"space out, nothing met", response.Cow, response.Reduce, 4, false, 20, 12, 24, 16, "", 0},
	} {
		s := response.Propose(response.StrategyInput{Class: []response.Class{tt.class}, Decision: []response.Decision{tt.d}, P: []uint8{tt.p}, Starting: []bool{tt.starting},
			Visits: []int{tt.now}, Min: []int{tt.low}, Max: []int{tt.high}}, response.Defaults())
		r := s.Proposal[0]
		if r.Visits != tt.visits || s.Freed != max(0, tt.now-tt.visits) || s.Needed != max(0, tt.visits-tt.now) {
			t.Errorf("%s: %d → %d, freed %d, needed %d; want %d", tt.what, tt.now, r.Visits, s.Freed, s.Needed, tt.visits)
		}
		met, limit := "", 0.
		for _, x := range s.Explain(0) {
			switch x.Key {
			case "response.visitsMin", "response.visitsMax", "response.changeMax":
				met, limit = met+x.Key, x.Value
			}
		}
		if met != tt.met || limit != tt.limit {
			t.Errorf("%s: the steps tell %q %v, want %q %v", tt.what, met, limit, tt.met, tt.limit)
		}
	}
	p := response.Defaults()
	p.Multipliers[5] = 3
	s := response.Propose(response.StrategyInput{Class: []response.Class{response.Hen}, Decision: []response.Decision{response.Add}, Visits: []int{10}}, p)
	if steps := s.Explain(0); len(steps) != 5 || steps[3].Key != "response.changeMax" || steps[3].Value != .5 || s.Proposal[0].Visits != 15 {
		t.Errorf("the year's change is not told: %+v", steps)
	}
}

// Method B1, balance.threshold = fixed: §1.3 holds no key for the limits. Until
// they are set nobody has a class, and the reason says so; a limit at 0 beside
// one that is set is a limit.
func TestFixedLimitsThatAreNotSetGiveNoClass(t *testing.T) {
	in := response.BalanceInput{Units: []float64{1, 2, 3, 10}, Margin: []money.Cents{100, 900, 50, 400}}
	p := response.Defaults()
	p.Threshold = response.Fixed
	b := response.WeighBalance(in, p)
	if b.Status != explain.NA || b.Reason != explain.NoData || b.N != [5]int{4} || len(b.Devourers)+len(b.Small) > 0 {
		t.Errorf("status %v, reason %v, classes %v; want na, no data, none", b.Status, b.Reason, b.N)
	}
	told := func(steps []explain.Step) bool {
		return slices.ContainsFunc(steps, func(s explain.Step) bool { return s.Key == "response.limitsSet" && s.Value == 0 })
	}
	if !told(b.Steps) || !told(b.Explain(1)) {
		t.Errorf("steps %v: nothing says that no limit is set", b.Steps)
	}
	p.FixedUnits = 3
	if b = response.WeighBalance(in, p); !slices.Equal(b.Class, []response.Class{response.Hen, response.Hen, response.Cow, response.Cow}) || told(b.Steps) {
		t.Errorf("from 3 units and 0 cents: %v", b.Class)
	}
}
