package attrition_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/hazard"
	"sillon/engine/maturity"
)

func near(t *testing.T, what string, got, want, tol float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tol) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// all13 and six are the signals of a client about whom all, or those of the
// example, are known.
var six = attrition.Of(attrition.S1, attrition.S2, attrition.S3, attrition.S4, attrition.S5, attrition.S6)

const all13 = attrition.Set(1<<attrition.NSignals - 1)

// bureautique is the class case (method §3.5): 23 former clients, three of
// them natural, 80 retained, prior set at 12 %; the symptoms are spread over
// the files so that their counts are those of I3.
func bureautique() attrition.Table {
	former := make([]attrition.Former, 23)
	retained := make([]attrition.Case, 80)
	a, b := [6]int{9, 8, 10, 14, 12, 7}, [6]int{8, 8, 12, 12, 16, 8}
	for i := range former {
		former[i].Known = six
		former[i].Natural = i >= 20
		if former[i].Natural {
			former[i].On = six // they had everything: they must not count
		}
	}
	for i := range retained {
		retained[i].Known = six
	}
	for k := range 6 {
		bit := attrition.Of(attrition.Code(k + 1))
		for i := range a[k] {
			former[(3*k+i)%20].On |= bit
		}
		for i := range b[k] {
			retained[(11*k+i)%80].On |= bit
		}
	}
	p := attrition.Defaults()
	p.Source = attrition.Fixed
	return attrition.Learn(former, retained, attrition.Priors{Fixed: attrition.Prior{P: .12}}, p)
}

// I3, method 1: LR+ 4.31, 3.86, 3.24, 4.47, 2.92, 3.40; LR− .61, .67, .59, .37,
// .51, .72.
func TestLikelihoodRatiosOfTheExample(t *testing.T) {
	table := bureautique()
	if table.Former != 20 || table.Retained != 80 || table.Status != explain.OK {
		t.Fatalf("%d former, %d retained, %v", table.Former, table.Retained, table.Status)
	}
	plus, minus := []float64{4.31, 3.86, 3.24, 4.47, 2.92, 3.40}, []float64{.61, .67, .59, .37, .51, .72}
	for k := range 6 {
		s := table.Symptom[k]
		near(t, "LR+ of "+attrition.Code(k+1).String(), s.Plus, plus[k], .005)
		near(t, "LR- of "+attrition.Code(k+1).String(), s.Minus, minus[k], .005)
	}
	if s := table.Symptom[6]; s.Plus != 1 || s.Minus != 1 {
		t.Errorf("S7 was asked of nobody: ratios %v, %v", s.Plus, s.Minus)
	}
}

// I3: no signal 1.2 %, S4 only 6.6 %, S3 + S4 + S5 44.2 %, all six 96.9 %.
func TestProbabilitiesOfTheExample(t *testing.T) {
	table := bureautique()
	for _, tt := range []struct {
		name string
		on   attrition.Set
		want float64
		band attrition.Band
	}{
		{"no signal", 0, 1.2, attrition.Green},
		{"late orders only", attrition.Of(attrition.S4), 6.6, attrition.Green},
		{"complaints, late orders, sales drop", attrition.Of(attrition.S3, attrition.S4, attrition.S5), 44.2, attrition.Red},
		{"all six", six, 96.9, attrition.Red},
	} {
		d := table.Read(attrition.Case{On: tt.on, Known: all13, Quality: 1})
		near(t, tt.name, 100*d.P, tt.want, .05)
		near(t, tt.name+", calm", 100*d.Calm, 1.2, .05)
		if d.Band != tt.band || d.Grey || d.APriori || d.Status != explain.OK || !(d.Low < d.P && d.P < d.High) {
			t.Errorf("%s: %+v", tt.name, d)
		}
	}
	// The question of the class: what if the complaint is solved? S4 + S5:
	// logit .12 + .7·(ln .61 + ln .67 + ln .59 + ln 4.47 + ln 2.92 + ln .72)
	// = −1.992 + .7·(−.496 − .406 − .533 + 1.498 + 1.072 − .335) → 19.4 %.
	c := attrition.Case{On: attrition.Of(attrition.S3, attrition.S4, attrition.S5), Known: all13, Quality: 1}
	near(t, "complaint solved", 100*table.Read(c.Without(attrition.S3)).P, 19.4, .1)
}

// The 95 % interval is that of the logit: λ multiplies the sum of ln LR, so its
// variance is λ²·Σ[(1 − p)/(n·p)], and 1/(lost + ½) + 1/(stayed + ½) comes from
// a prior that was counted. By hand, S1 of I3 alone (9 of 20 against 8 of 80,
// λ = .7), redone with Python:
//   - had: LR+ = (9.5/21)/(8.5/81) = 4.3109; logit −1.99243 + .7·1.46115 =
//     −.96962; variance of ln LR+ = 1/9.5 − 1/21 + 1/8.5 − 1/81 = .162945;
//     half width 1.95996·√(.49·.162945) = .55382 → 17.90 % to 39.75 %
//   - had not: LR− = .61182; logit −2.33635; variance 1/11.5 − 1/21 + 1/72.5 −
//     1/81 = .040785; half width .27707 → 6.83 % to 11.31 %
//   - had, and the prior is 10 lost of 85: logit −.94995; half width
//     1.95996·√(.079843 + 1/10.5 + 1/75.5) = .85056 → 14.18 % to 47.52 %
//
// λ in the place of λ² would give .66194, .33117 and .92461.
func TestTheIntervalTakesTheSquareOfLambda(t *testing.T) {
	counts := [attrition.NSignals]attrition.Symptom{{Former: 9, FormerOf: 20, Retained: 8, RetainedOf: 80}}
	s1 := attrition.Of(attrition.S1)
	set, counted := attrition.Prior{P: .12}, attrition.PriorOf(attrition.Rates{Start: 85, Lost: 10})
	for _, tt := range []struct {
		name         string
		prior        attrition.Prior
		on           attrition.Set
		p, low, high float64
	}{
		{"had it", set, s1, .274956, .178955, .397521},
		{"had it not", set, 0, .088157, .068280, .113119},
		{"had it, prior counted", counted, s1, .278895, .141789, .475172},
	} {
		table := attrition.FromCounts(counts, 20, 80, attrition.Priors{Own: tt.prior}, attrition.Defaults())
		d := table.Read(attrition.Case{On: tt.on, Known: s1, Quality: 1})
		near(t, tt.name+", p", d.P, tt.p, 1e-6)
		near(t, tt.name+", low", d.Low, tt.low, 1e-6)
		near(t, tt.name+", high", d.High, tt.high, 1e-6)
	}
}

// Reasons share p − calm in proportion to λ·(ln LR+ − ln LR−): S4 ln(4.47/.37)
// = 2.49, S5 ln(2.92/.51) = 1.745, S3 ln(3.24/.59) = 1.703, of 43.0 points.
func TestReasonsOfTheExample(t *testing.T) {
	table := bureautique()
	d := table.Read(attrition.Case{On: attrition.Of(attrition.S3, attrition.S4, attrition.S5), Known: all13, Quality: 1})
	if d.N != 3 || d.Reasons[0].Signal != attrition.S4 || d.Reasons[1].Signal != attrition.S5 || d.Reasons[2].Signal != attrition.S3 {
		t.Fatalf("reasons %+v", d.Reasons)
	}
	near(t, "S4", 100*d.Reasons[0].Points, 43.0*2.49/5.938, .15)
	near(t, "sum", d.Reasons[0].Points+d.Reasons[1].Points+d.Reasons[2].Points, d.P-d.Calm, 1e-12)
}

// I3, method 2: none 3.9 %, S3 + S4 + S5 42.6 %.
func TestScorecardOfTheExample(t *testing.T) {
	p := attrition.Defaults()
	d := p.Score(attrition.Case{Known: all13, Quality: 1})
	near(t, "none", 100*d.P, 3.9, .05)
	d = p.Score(attrition.Case{On: attrition.Of(attrition.S3, attrition.S4, attrition.S5), Known: all13, Quality: 1})
	near(t, "S3 + S4 + S5", 100*d.P, 42.6, .05)
	if d.Reasons[0].Signal != attrition.S4 || !d.APriori || d.Status != explain.Weak || d.Method != attrition.Scorecard {
		t.Errorf("%+v", d)
	}
	// −3.2 + .5 + .5: signals ten to thirteen count half a point each.
	d = p.Score(attrition.Case{On: attrition.Of(attrition.S10, attrition.S13), Known: all13, Quality: 1})
	near(t, "S10 + S13", d.P, 1/(1+math.Exp(2.2)), 1e-12)
	// A signal said to be on and not known is skipped.
	near(t, "unknown", p.Score(attrition.Case{On: all13}).P, 1/(1+math.Exp(3.2)), 1e-12)
}

func TestTheNumberOfFormerClientsChoosesTheMethod(t *testing.T) {
	p := attrition.Defaults()
	for _, tt := range []struct {
		former int
		model  bool
		want   attrition.Method
	}{
		{0, true, attrition.Scorecard}, {9, true, attrition.Scorecard}, {10, true, attrition.Bayes}, {49, true, attrition.Bayes},
		{50, true, attrition.Hazard}, {50, false, attrition.Bayes},
	} {
		if got := attrition.Choose(tt.former, tt.model, p); got != tt.want {
			t.Errorf("%d former clients, model %v: method %d, want %d", tt.former, tt.model, got, tt.want)
		}
	}
}

// π = (lost + ½) ÷ (at start + 1): 10 of 85 are 10.5/86; nobody lost is not 0.
func TestPriors(t *testing.T) {
	near(t, "ten of eighty-five", attrition.PriorOf(attrition.Rates{Start: 85, Lost: 12, Natural: 2}).P, 10.5/86, 1e-15)
	near(t, "nobody", attrition.PriorOf(attrition.Rates{Start: 40}).P, .5/41, 1e-15)
	near(t, "no client: none", attrition.PriorOf(attrition.Rates{}).P, 0, 0)
	near(t, "nobody entered: none", attrition.MortalityOf(attrition.Rates{Start: 85, Lost: 10}).P, 0, 0)
	near(t, "mortality", attrition.MortalityOf(attrition.Rates{Mortality: 3, Acquired: 12}).P, 3.5/16, 1e-15)
	own, team := attrition.Prior{P: .1}, attrition.Prior{P: .3}
	p := attrition.Defaults()
	read := func(s attrition.Priors, starting bool) float64 {
		table := attrition.FromCounts([attrition.NSignals]attrition.Symptom{}, 20, 80, s, p)
		return table.Read(attrition.Case{Starting: starting, Quality: 1}).P
	}
	near(t, "own", read(attrition.Priors{Own: own, Team: team}, false), .1, 1e-12)
	near(t, "own unknown", read(attrition.Priors{Team: team}, false), .3, 1e-12)
	near(t, "a portfolio that begins asks the team", read(attrition.Priors{Own: attrition.PriorOf(attrition.Rates{Acquired: 9}), Team: team}, false), .3, 1e-12)
	near(t, "nobody entered last year: as the others", read(attrition.Priors{Own: own, Mortality: attrition.MortalityOf(attrition.Rates{Start: 85})}, true), .1, 1e-12)
	near(t, "in phase D", read(attrition.Priors{Own: own, Mortality: team}, true), .3, 1e-12)
	// No source at all: even odds, and the result says so.
	blind := attrition.FromCounts([attrition.NSignals]attrition.Symptom{}, 20, 80, attrition.Priors{}, p)
	if d := blind.Read(attrition.Case{Quality: 1}); d.P != .5 || d.Status != explain.Weak || d.Reason != explain.NoData || blind.Status != explain.Weak {
		t.Errorf("no prior: %+v of %+v", d, blind.Mark)
	}
	p.Source = attrition.Team
	near(t, "team", read(attrition.Priors{Own: own, Team: team}, false), .3, 1e-12)
}

// S2 stresses it: under 60 % of data quality the band is grey.
func TestPoorDataAreGrey(t *testing.T) {
	table := bureautique()
	for _, q := range []float64{.59, .60, math.NaN()} {
		grey := q != .60
		d := table.Read(attrition.Case{Known: all13, Quality: q})
		if d.Grey != grey || (d.Status == explain.Weak) != grey {
			t.Errorf("quality %v: %+v", q, d)
		}
	}
}

func TestExplanationsRedoTheProbability(t *testing.T) {
	table := bureautique()
	c := attrition.Case{On: attrition.Of(attrition.S4), Known: six, Quality: 1}
	eta := 0.0
	for _, s := range table.Explain(c) {
		switch s.Key {
		case "attrition.prior":
			eta = math.Log(s.Value / (1 - s.Value))
		case "attrition.lr":
			eta += .7 * math.Log(s.Value)
		case "attrition.probability":
			near(t, "by hand", 1/(1+math.Exp(-eta)), s.Value, 1e-12)
		}
	}
	points := 0.0
	for _, s := range attrition.Defaults().ExplainScore(attrition.Case{On: six, Known: six}) {
		switch s.Key {
		case "attrition.constant", "attrition.points":
			points += s.Value
		case "attrition.logit":
			near(t, "scorecard by hand", points, s.Value, 1e-9)
		}
	}
}

// One more signal that leavers had more often never lowers the risk; the
// probability stays inside (0, 1); the case's order of learning changes nothing.
func TestBayesHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var counts [attrition.NSignals]attrition.Symptom
		for i := range counts {
			na, nb := rapid.IntRange(0, 60).Draw(t, "A"), rapid.IntRange(0, 400).Draw(t, "B")
			counts[i] = attrition.Symptom{Former: rapid.IntRange(0, na).Draw(t, "a"), FormerOf: na, Retained: rapid.IntRange(0, nb).Draw(t, "b"), RetainedOf: nb}
		}
		lost := rapid.IntRange(0, 50).Draw(t, "lost")
		table := attrition.FromCounts(counts, 20, 80, attrition.Priors{Own: attrition.PriorOf(attrition.Rates{Lost: lost, Start: 50})}, attrition.Defaults())
		c := attrition.Case{On: attrition.Set(rapid.Uint16().Draw(t, "on")), Known: attrition.Set(rapid.Uint16().Draw(t, "known")), Quality: 1}
		d := table.Read(c)
		if !(d.P > 0 && d.P < 1 && d.Low <= d.P && d.P <= d.High) {
			t.Fatalf("%+v", d)
		}
		for k := attrition.S1; k <= attrition.S13; k++ {
			if c.On.Has(k) || !c.Known.Has(k) {
				continue
			}
			more := c
			more.On |= attrition.Of(k)
			if s := table.Symptom[k-1]; s.Plus > s.Minus && table.Read(more).P < d.P {
				t.Fatalf("%v raises nothing: %v", k, s)
			}
		}
	})
}

// past makes client-periods of a fictional office: late clients with
// complaints leave more.
func past(rng *rand.Rand, n int) []attrition.Spell {
	var spells []attrition.Spell
	for i := range n {
		for range 4 {
			f := attrition.Facts{
				Orders: 1 + rng.IntN(20), Age: 200 + rng.IntN(2000), Recency: rng.IntN(150), Gap: 10 + 60*rng.Float64(), Services90: rng.IntN(4),
				Sales: 1_000_00, Sales90: 200_00, SalesPrev90: 300_00, Contacts90: float64(rng.IntN(6)), Missed: rng.IntN(9) == 0, Phase: maturity.Phase(2 + rng.IntN(4)),
			}
			f.Services = f.Services90 + rng.IntN(3)
			eta := -4 + .8*float64(f.Recency)/f.Gap + .5*float64(f.Services90)
			spells = append(spells, attrition.Spell{Client: int32(i), Facts: f, Left: rng.Float64() < 1/(1+math.Exp(-eta))})
		}
	}
	return spells
}

func TestHazardNamesTheCausesThatCount(t *testing.T) {
	m := attrition.Train(past(rand.New(rand.NewPCG(1, 2)), 400))
	p, x := attrition.Defaults(), make([]float64, attrition.NPredictors)
	late := attrition.Facts{Orders: 10, Age: 900, Recency: 90, Gap: 20, Services90: 3, Services: 3, Sales: 1_000_00, Sales90: 200_00, SalesPrev90: 300_00, Phase: maturity.Mature}
	d := p.ReadHazard(&m, late, 1, x)
	calm := late
	calm.Recency, calm.Services90, calm.Services = 5, 0, 0
	e := p.ReadHazard(&m, calm, 1, x)
	if d.Band != attrition.Red || e.Band == attrition.Red || d.Method != attrition.Hazard || d.APriori || d.Status != explain.OK {
		t.Errorf("late %+v\ncalm %+v", d, e)
	}
	named := map[attrition.Predictor]bool{}
	for _, r := range d.Reasons[:d.N] {
		named[r.Predictor] = true
		if !(r.Points > 0) {
			t.Errorf("reason %+v", r)
		}
	}
	if !(named[attrition.Overdue] || named[attrition.Recency]) || !named[attrition.ServiceCalls] {
		t.Errorf("reasons %+v, want lateness and service calls", d.Reasons)
	}
	if s := p.ReadHazard(&m, late.Solved(true, true), 1, x); !(s.P < d.P) {
		t.Errorf("solving the complaints: %v, was %v", s.P, d.P)
	}
	// From one period to the year: 1 − (1 − h)^(365/90), and the explanation
	// adds up: contributions + mean client = logit of the period.
	late.Predictors(x)
	h := m.Of(x).P
	near(t, "a year", d.P, 1-math.Pow(1-h, 365./90), 1e-9)
	sum := 0.0
	for _, s := range p.ExplainHazard(&m, late, 1) {
		switch s.Key {
		case "attrition.hazard":
			sum += math.Log(s.Value / (1 - s.Value))
		case "attrition.contribution":
			sum += s.Value
		}
	}
	near(t, "contributions", sum, math.Log(h/(1-h)), 1e-9)
	if d := p.ReadHazard(&hazard.Model{}, late, 1, x); d.Has() {
		t.Error("an empty model answers")
	}
	own := attrition.Adapt(m, past(rand.New(rand.NewPCG(3, 2)), 30))
	if own.Method != hazard.ByPrior || own.Rows != m.Rows+120 {
		t.Errorf("adapted by %d on %d rows", own.Method, own.Rows)
	}
}

// Predictors by hand: 5 orders of 200 € on average, 30 days late on 15.
func TestPredictorsByHand(t *testing.T) {
	x := make([]float64, attrition.NPredictors)
	f := attrition.Facts{Orders: 5, Age: 364, Recency: 30, Gap: 15, Sales: 1_000_00, Sales90: 600_00, SalesPrev90: 200_00, Services90: 1, Services: 3, Contacts90: 2, Missed: true, Phase: maturity.Ageing}
	f.Predictors(x)
	want := []float64{math.Log(5), math.Log(31), math.Log(365), math.Log(3), math.Log(200_00), math.Log(5), math.Log(4) - math.Log(2), math.Log(2), math.Log(4), 1, math.Log(3), 0, 0, 1}
	for j := range want {
		near(t, "predictor", x[j], want[j], 1e-12)
	}
	f.Gap = 3 // gaps under a week count as a week
	f.Predictors(x)
	near(t, "overdue", x[attrition.Overdue-1], math.Log1p(30./7), 1e-12)
	f.Gap, f.NoContacts, f.Phase = 0, true, 0
	f.Predictors(x)
	near(t, "one order", x[attrition.Overdue-1], math.Log1p(30./364), 1e-12)
	if !math.IsNaN(x[attrition.Contacts-1]) || !math.IsNaN(x[attrition.PhaseD-1]) {
		t.Error("what is not recorded is unknown, not zero")
	}
}

// Fictional francs for euros: no probability changes but by rounding, since
// standardising takes the unit of the mean order away.
func TestHazardKnowsNoCurrency(t *testing.T) {
	spells := past(rand.New(rand.NewPCG(4, 4)), 150)
	for i := range spells { // amounts that vary
		spells[i].Sales = spells[i].Sales * 13 / 7 * 100
		spells[i].Sales90 = spells[i].Sales / 6
	}
	francs := slices.Clone(spells)
	for i := range francs {
		francs[i].Sales, francs[i].Sales90, francs[i].SalesPrev90 = 7*francs[i].Sales, 7*francs[i].Sales90, 7*francs[i].SalesPrev90
	}
	a, b := attrition.Train(spells), attrition.Train(francs)
	p, x := attrition.Defaults(), make([]float64, attrition.NPredictors)
	for i := range spells[:50] {
		near(t, "probability", p.ReadHazard(&b, francs[i].Facts, 1, x).P, p.ReadHazard(&a, spells[i].Facts, 1, x).P, 1e-6)
	}
}

func TestRankPutsTheMostProbableFirst(t *testing.T) {
	table := bureautique()
	d := []attrition.Departure{
		table.Read(attrition.Case{Known: six, Quality: 1}), table.Read(attrition.Case{On: six, Known: six, Quality: 1}),
		table.Read(attrition.Case{Known: six, Quality: 1}), {}, table.Read(attrition.Case{Known: six, Quality: 1}),
	}
	if got := attrition.Rank(d, []float64{5, 0, 9, 0, 5}, []string{"C2", "C1", "C3", "C4", "C0"}); !slices.Equal(got, []int32{1, 2, 4, 0}) {
		t.Errorf("order %v", got)
	}
}

func TestMonthlyRecalibrationMovesTheBand(t *testing.T) {
	p := attrition.Defaults()
	d := p.Score(attrition.Case{On: attrition.Of(attrition.S3, attrition.S4, attrition.S5), Known: all13, Quality: 1})
	down := p.Recalibrated(d, -math.Log(2)) // odds halved: .426 → .27
	near(t, "halved odds", down.P, .426/(.426+2*.574), .001)
	if down.Band != attrition.Amber || !(down.Low < down.P && down.P < down.High) {
		t.Errorf("%+v", down)
	}
}

// FuzzDeparture: no panic, no NaN, whatever the counts and the settings.
func FuzzDeparture(f *testing.F) {
	f.Add(int16(9), int16(20), int16(8), int16(80), uint16(7), uint16(63), .7, .12)
	f.Add(int16(-3), int16(-1), int16(400), int16(2), uint16(0xffff), uint16(0xffff), 1.0, 0.0)
	f.Fuzz(func(t *testing.T, a, na, b, nb int16, on, known uint16, lambda, prior float64) {
		if !(lambda >= 0 && lambda <= 1) {
			return // refused by the registry
		}
		p := attrition.Defaults()
		p.Lambda = lambda
		var counts [attrition.NSignals]attrition.Symptom
		for i := range counts {
			counts[i] = attrition.Symptom{Former: int(a) + i, FormerOf: int(na), Retained: int(b), RetainedOf: int(nb) + i}
		}
		table := attrition.FromCounts(counts, int(na), int(nb), attrition.Priors{Own: attrition.Prior{P: prior}}, p)
		c := attrition.Case{On: attrition.Set(on), Known: attrition.Set(known), Quality: prior}
		for _, d := range []attrition.Departure{table.Read(c), p.Score(c)} {
			if !(d.P >= 0 && d.P <= 1 && d.Low <= d.P && d.P <= d.High) || math.IsNaN(d.Reasons[0].Points) {
				t.Fatalf("%+v", d)
			}
		}
		for _, s := range append(table.Explain(c), p.ExplainScore(c)...) {
			if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
				t.Fatalf("%+v", s)
			}
		}
		f := attrition.Facts{Orders: int(a), Age: int(na), Recency: int(b), Gap: prior, Sales: -5, Services90: int(nb), Contacts90: lambda}
		var x [attrition.NPredictors]float64
		f.Predictors(x[:])
		for i, v := range x {
			if math.IsInf(v, 0) || math.IsNaN(v) && attrition.Predictor(i+1) < attrition.PhaseD {
				t.Fatalf("predictor %d of %+v is %v", i+1, f, v)
			}
		}
	})
}

func day(y, m, d int) calendar.Day {
	return calendar.Of(y, 1, 1).AddMonths(m-1) + calendar.Day(d-1)
}
