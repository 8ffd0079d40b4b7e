package response_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/response"
)

// invested is A2 of the golden dataset: 100 € a contact unit.
func invested(units []float64) []money.Cents {
	out := make([]money.Cents, len(units))
	for i, u := range units {
		out[i] = money.Cents(math.Round(u * 100_00))
	}
	return out
}

// starting are C10 and C12, under a year old (Appendix A, column Phase).
func starting() []bool { s := make([]bool, 12); s[9], s[11] = true, true; return s }

func goldenBalance() response.BalanceInput {
	g := demo.Golden()
	return response.BalanceInput{Codes: g.Codes(), Units: g.Units(), Margin: g.Margins(), Sales: g.Sales(), Invested: invested(g.Units()), Starting: starting()}
}

func goldenFlow() response.FlowInput {
	g := demo.Golden()
	in := response.FlowInput{Codes: g.Codes(), Units: g.Units(), SalesBefore: g.SalesN1(), Sales: g.Sales(), Margin: g.Margins(), Price: 100_00}
	for _, c := range g.Clients {
		in.Before = append(in.Before, c.UnitsN1)
	}
	return in
}

func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol }

// Appendix A, column Class B1 / D; means 16.92 units and 2 323 € (B1).
func TestB1GoldenClassesAndDevouringIndex(t *testing.T) {
	b := response.WeighBalance(goldenBalance(), response.Defaults())
	want := []response.Class{response.Cow, response.Cow, response.Hen, response.Cow, response.Hen, response.Hen,
		response.Devourer, response.Skeleton, response.Skeleton, response.Skeleton, response.Devourer, response.Skeleton}
	if !slices.Equal(b.Class, want) {
		t.Errorf("classes %v, want %v", b.Class, want)
	}
	for i, d := range []float64{.78, .86, .56, 1.08, .66, .45, 2.90, .60, 1.72, .65, 3.43, 1.83} {
		if !near(b.D[i], d, .005) {
			t.Errorf("C%02d: D %.4f, want %.2f", i+1, b.D[i], d)
		}
	}
	if !near(b.MeanUnits, 16.92, .005) || !near(b.MeanResult, 2_323_33, 1) { // 203 ÷ 12; 27 880 € ÷ 12
		t.Errorf("means %v units, %v cents", b.MeanUnits, b.MeanResult)
	}
	for _, x := range []struct {
		i      int
		ci, ri float64
	}{{6, 2.25, .77}, {10, 1.18, .34}, {2, .95, 1.68}, {0, 1.77, 2.27}, {7, .41, .69}} {
		if !near(b.CI[x.i], x.ci, .005) || !near(b.RI[x.i], x.ri, .005) {
			t.Errorf("C%02d: ci %.3f ri %.3f, want %.2f and %.2f", x.i+1, b.CI[x.i], b.RI[x.i], x.ci, x.ri)
		}
	}
	if b.N != [5]int{0, 4, 3, 2, 3} || b.Status != explain.OK {
		t.Errorf("counts %v, status %v", b.N, b.Status)
	}
}

// B1: C07 then C11 devour (3 800 − 1 800 = 2 000 €, 2 000 − 800 = 1 200 €);
// C09 devours a little (1 500 − 1 200); C12, D 1.83, is in phase D: no alarm.
func TestB1GoldenDevourers(t *testing.T) {
	b := response.WeighBalance(goldenBalance(), response.Defaults())
	if !slices.Equal(b.Devourers, []int32{6, 10}) || !slices.Equal(b.Small, []int32{8}) {
		t.Errorf("devourers %v, small %v; want C07 C11, C09", b.Devourers, b.Small)
	}
	if b.Severity[6] != 2_000_00 || b.Severity[10] != 1_200_00 || b.Severity[8] != 300_00 {
		t.Errorf("severities %v", b.Severity)
	}
	if b.Alarm[11] != response.NoAlarm || !b.Hollow[11] || b.Hollow[6] {
		t.Errorf("C12 alarm %v hollow %v, want none, hollow", b.Alarm[11], b.Hollow[11])
	}
	in := goldenBalance()
	in.Starting = nil
	if b := response.WeighBalance(in, response.Defaults()); !slices.Equal(b.Small, []int32{8, 11}) {
		t.Errorf("were C12 an old client: small %v, want C09 (300 €) then C12 (100 €)", b.Small)
	}
}

// Appendix A, columns E and RM. n.r.: C02, C04, C05, C09, C11; new: C10, C12.
func TestB2GoldenElasticities(t *testing.T) {
	f := response.ReadFlow(goldenFlow(), response.Defaults())
	for _, x := range []struct {
		i      int
		e, rm  float64
		what   response.Decision
		badge  response.Band
		corner response.Quadrant
	}{
		{0, .478, 84.2, response.Hold, response.Moderate, response.Responsive},
		{2, .565, 137.8, response.Add, response.Moderate, response.Responsive},
		{5, 1.182, 361.9, response.Add, response.VerySensitive, response.Responsive},
		{6, -.079, -3.8, response.Reduce, response.Reverse, response.CounterProductive},
		{7, .345, 79.0, response.Reduce, response.Moderate, response.Withdrawing},
	} {
		r := f.Reading[x.i]
		if !near(r.E, x.e, .0005) || !near(r.Return/100, x.rm, .05) || r.Decision != x.what || r.Band != x.badge || r.Quadrant != x.corner || r.Autonomous || !r.Has() {
			t.Errorf("C%02d: %+v, want E %v RM %v", x.i+1, r, x.e, x.rm)
		}
	}
	for _, i := range []int{1, 3, 4, 8, 10} {
		if r := f.Reading[i]; r.Reason != explain.NoVariation || r.Decision != 0 || r.Band != 0 {
			t.Errorf("C%02d: %+v, want not readable", i+1, r)
		}
	}
	for _, i := range []int{9, 11} {
		if r := f.Reading[i]; r.Reason != explain.NewClient {
			t.Errorf("C%02d: %+v, want NEW_CLIENT", i+1, r)
		}
	}
	// C06: 4 000 → 7 000 € is +54.5 %, 5 → 8 units +46.2 %; C08 −52.6 and −18.2 %; C07 +41.3 and −3.3 %.
	for _, x := range []struct {
		i    int
		u, q float64
	}{{5, .462, .545}, {7, -.526, -.182}, {6, .413, -.033}} {
		if r := f.Reading[x.i]; !near(r.RelUnits, x.u, .0005) || !near(r.RelResult, x.q, .0005) {
			t.Errorf("C%02d varies by %.3f and %.3f, want %v and %v", x.i+1, r.RelUnits, r.RelResult, x.u, x.q)
		}
	}
}

// B4: C07 30 → 15 visits, C11 16 → 13, C06 6 → 9, C03 12 → 18: 18 visits freed,
// 9 reinvested, 9 left for prospects.
func TestB4GoldenProposal(t *testing.T) {
	g, p := demo.Golden(), response.Defaults()
	b, f := response.WeighBalance(goldenBalance(), p), response.ReadFlow(goldenFlow(), p)
	var in response.StrategyInput
	levels := []uint8{3, 2, 4, 1, 1, 4, 1, 2, 1, 3, 1, 2} // Appendix A, P level
	for _, i := range []int{6, 10, 5, 2} {
		in.Class = append(in.Class, b.Class[i])
		in.Decision = append(in.Decision, f.Reading[i].Decision)
		in.P = append(in.P, levels[i])
		in.Visits = append(in.Visits, g.Clients[i].Visits)
	}
	s := response.Propose(in, p)
	var got []int
	for _, r := range s.Proposal {
		got = append(got, r.Visits)
	}
	if !slices.Equal(got, []int{15, 13, 9, 18}) || s.Freed != 18 || s.Needed != 9 || s.Left != 9 {
		t.Errorf("visits %v, freed %d, needed %d, left %d; want 15 13 9 18, 18, 9, 9", got, s.Freed, s.Needed, s.Left)
	}
	if s.Proposal[0].Advice != response.ToPhone || s.Proposal[1].Advice != response.ChargeFor || s.Proposal[2].Advice != response.Invest {
		t.Errorf("advice %+v", s.Proposal)
	}
	// D3 line P: C10 is a skeleton of high potential in phase D: ×1.3, 4 → 5.2 → 5; C12 of low potential in phase D: not ×.5 but ×1.
	s = response.Propose(response.StrategyInput{Class: b.Class, P: levels, Starting: starting(), Visits: []int{24, 20, 12, 18, 10, 6, 30, 5, 12, 4, 16, 3}}, p)
	if c10, c12 := s.Proposal[9], s.Proposal[11]; c10.Visits != 5 || c10.Raised || c12.Visits != 3 || !c12.Raised {
		t.Errorf("C10 %+v, C12 %+v", c10, c12)
	}
}

// B3: 30, 100, 125, 200 % give a₀ .4118, a₁ .5588, c 1.463, d 1.429; doubling
// the visits gives 142 %, halving them 64 %.
func TestB3FourJudgmentsInClosedForm(t *testing.T) {
	c, err := response.Judge(response.Judgments{None: 30, More: 125, Saturation: 200})
	if err != nil {
		t.Fatal(err)
	}
	if !near(c.Shape, 1.463, .0005) || !near(c.Scale, 1.429, .0005) || c.Floor != 30 || c.Ceiling != 200 {
		t.Errorf("curve %+v, want c 1.463 d 1.429", c)
	}
	for x, want := range map[float64]float64{0: 30, .5: 64, 1: 100, 1.5: 125, 2: 142} {
		if got := c.At(x); !near(got, want, .5) {
			t.Errorf("r(%v) = %.2f, want %v", x, got, want)
		}
	}
	if got := c.At(1.5); !near(got, 125, 1e-9) { // the curve passes through the judgments
		t.Errorf("r(1.5) = %v, want 125", got)
	}
	// 1 000 € of margin and 10 visits today at 100 €: 20 visits give 30 + 170 × 2.7561 ÷ (1.4286 + 2.7561)
	// = 141.97 %, and cost 1 000 € more.
	s := c.Simulate(1_000_00, 10, 20, 100_00)
	if !near(float64(s.Margin), 1_419_66, 10) || s.Cost != 1_000_00 || s.Net != s.Gain-s.Cost || !s.Has() {
		t.Errorf("scenario %+v", s)
	}
}

// Five judgments, least squares. Expected: a Nelder-Mead of our own in
// JavaScript, on the untransformed parameters (not this code).
func TestB3FiveJudgmentsByLeastSquares(t *testing.T) {
	c, err := response.Judge(response.Judgments{None: 30, Half: 70, HasHalf: true, More: 125, Saturation: 200})
	if err != nil {
		t.Fatal(err)
	}
	if !near(c.Floor, 30.16473, 1e-4) || !near(c.Ceiling, 200.06808, 1e-4) || !near(c.Shape, 1.293106, 1e-5) || !near(c.Scale, 1.372747, 1e-5) {
		t.Errorf("curve %+v, want 30.16473 200.06808 1.293106 1.372747", c)
	}
	four, _ := response.Judge(response.Judgments{None: 30, More: 125, Saturation: 200})
	same, err := response.Judge(response.Judgments{None: 30, Half: four.At(.5), HasHalf: true, More: 125, Saturation: 200})
	if err != nil || !near(same.Shape, four.Shape, 1e-6) || !near(same.Scale, four.Scale, 1e-6) {
		t.Errorf("a fifth judgment that agrees with the four: %+v, want %+v (%v)", same, four, err)
	}
}

// Analytics §2: the judgments are pseudo-observations beside the measure.
// E = .20 ± .05 at 2 visits gives 88.55 % at half and 109.01 % at half more,
// with weights .1379 and .1808 against 1/15². Expected: the same Nelder-Mead.
func TestJudgmentsAndMeasureAreBlended(t *testing.T) {
	j := response.Judgments{None: 30, More: 125, Saturation: 200}
	c, err := response.Blend(j, response.Measure{Elasticity: response.Elasticity{Value: .2, SD: .05}, Visits: 2})
	if err != nil {
		t.Fatal(err)
	}
	if !near(c.At(.5), 87.2226, .01) || !near(c.At(1.5), 107.8910, .01) || !near(c.At(1), 100, .02) || !near(c.Shape, .46908, 1e-3) {
		t.Errorf("curve %+v: %.4f at half, %.4f at half more", c, c.At(.5), c.At(1.5))
	}
	alone, _ := response.Judge(j)
	vague, err := response.Blend(j, response.Measure{Elasticity: response.Elasticity{Value: .2, SD: 50}, Visits: 2})
	if err != nil || !near(vague.At(.5), alone.At(.5), .5) {
		t.Errorf("a measure that knows nothing leaves the judgments: %.3f, want %.3f", vague.At(.5), alone.At(.5))
	}
	// One that knows everything wins, to the point a measure is never surer than: 100·(2/3)^.3 = 88.55 and 100·(4/3)^.3 = 109.01.
	sure, err := response.Blend(j, response.Measure{Elasticity: response.Elasticity{Value: .2, SD: 1e-9}, Visits: 2})
	if err != nil || !near(sure.At(.5), 88.55, 1.5) || !near(sure.At(1.5), 109.01, 1.5) {
		t.Errorf("a sure measure: %.3f and %.3f, want 88.55 and 109.01", sure.At(.5), sure.At(1.5))
	}
}
