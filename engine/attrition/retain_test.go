package attrition_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

var year = calendar.Window{From: day(2025, 7, 1), To: day(2026, 6, 30)}

// movement makes the 85 clients of I1: 75 stay, 10 leave (3 naturally), 12
// arrive and stay; 2 more arrive and leave, 1 lost before comes back.
func movement() []attrition.Life {
	var lives []attrition.Life
	add := func(n int, l attrition.Life) {
		for range n {
			lives = append(lives, l)
		}
	}
	add(75, attrition.Life{First: day(2020, 1, 1), Sales: 100_00, Group: 0})
	add(7, attrition.Life{First: day(2021, 1, 1), Lost: day(2025, 12, 1), Motive: portfolio.MotivePrice, Sales: 200_00, Group: 1})
	add(3, attrition.Life{First: day(2021, 1, 1), Lost: day(2026, 6, 30), Motive: portfolio.MotiveNatural, Sales: 50_00, Group: 1})
	add(12, attrition.Life{First: day(2026, 2, 1), Group: 2})
	return lives
}

// I1: 85 at start, 87 at end, 12 acquired: retention 88.2 %, attrition 11.8 %.
func TestRetentionOfTheExample(t *testing.T) {
	r := attrition.Retention(85, 87, 12)
	near(t, "retention", 100*r.Value, 88.2, .05)
	for _, x := range r.Steps {
		switch x.Key {
		case "attrition.attrition":
			near(t, "attrition", 100*x.Value, 11.8, .05)
		case "attrition.rough": // W19: 12 ÷ 87
			near(t, "rough attrition", 100*x.Value, 14, .5)
		}
	}
	m := attrition.Movements(movement(), year)
	if m.Start != 85 || m.End != 87 || m.Acquired != 12 || m.Lost != 10 || m.Natural != 3 || m.Status != explain.OK {
		t.Fatalf("%+v", m)
	}
	near(t, "retention", 100*m.Retention, 88.2, .05)
	near(t, "attrition", 100*m.Attrition, 11.8, .05)
	near(t, "avoidable", m.Avoidable, 7./85, 1e-12)
	// Sales at the start: 75·100 + 7·200 + 3·50 = 9 050; lost 1 550, avoidable 1 400.
	near(t, "sales attrition", m.SalesAttrition, 1550./9050, 1e-12)
	near(t, "avoidable, by sales", m.SalesAvoidableRate, 1400./9050, 1e-12)
	for _, bad := range [][3]int{{0, 0, 0}, {10, 15, 2}, {10, 1, 2}, {10, 5, -1}} {
		if attrition.Retention(bad[0], bad[1], bad[2]).Has() {
			t.Errorf("%v cannot be", bad)
		}
	}
}

// Clients entered and lost inside are mortality, one won back is a return:
// neither changes attrition nor retention.
func TestMortalityAndReturnsAreCountedApart(t *testing.T) {
	lives := movement()
	for range 2 {
		lives = append(lives, attrition.Life{First: day(2025, 9, 1), Lost: day(2026, 3, 1), Group: 2})
	}
	lives = append(lives, attrition.Life{First: day(2019, 1, 1), Lost: day(2024, 1, 1), Returned: day(2026, 4, 1), Group: 9},
		attrition.Life{}, attrition.Life{First: day(2027, 1, 1)})
	by := attrition.MovementsBy(lives, year, 3)
	m := by[0]
	if m.Mortality != 2 || m.Returned != 1 || m.Acquired != 12 || m.End != 88 || m.Lost != 10 {
		t.Errorf("%+v", m)
	}
	near(t, "retention", m.Retention, 75./85, 1e-12)
	if by[1].Retention != 1 || by[2].Attrition != 1 || by[3].Status != explain.NA || by[3].Mortality != 2 {
		t.Errorf("by group %+v", by[1:])
	}
}

func TestMovementsAreConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		date := rapid.Int32Range(19_500, 21_000)
		var lives []attrition.Life
		for range rapid.IntRange(0, 40).Draw(t, "n") {
			l := attrition.Life{First: calendar.Day(date.Draw(t, "first")), Sales: money.Cents(rapid.Int32().Draw(t, "sales")), Group: rapid.Int32Range(-1, 4).Draw(t, "group"), Natural: rapid.Bool().Draw(t, "natural")}
			if rapid.Bool().Draw(t, "lost") {
				l.Lost = calendar.Day(date.Draw(t, "lost on"))
			}
			if rapid.Bool().Draw(t, "back") {
				l.Returned = calendar.Day(date.Draw(t, "back on"))
			}
			lives = append(lives, l)
		}
		by := attrition.MovementsBy(lives, year, 4)
		m := by[0]
		if m.Start-m.Lost+m.Acquired+m.Returned != m.End || m.Natural > m.Lost || m.SalesLost > m.SalesStart {
			t.Fatalf("%+v", m)
		}
		if m.Start > 0 && math.Abs(m.Attrition+m.Retention-1) > 1e-12 {
			t.Fatalf("attrition %v + retention %v", m.Attrition, m.Retention)
		}
		sum := 0
		for _, g := range by[1:] {
			sum += g.Start
		}
		if sum > m.Start {
			t.Fatalf("groups hold %d of %d", sum, m.Start)
		}
	})
}

// I1 and the class case: the Pareto of 23 departures. 9 for price, 6 for
// service, 3 natural, 3 competitor (larger), 2 unknown: 9 + 6 = 65 %, + 3 =
// 78 %, + 3 = 91 %: four motives make 80 %.
func TestParetoOfMotives(t *testing.T) {
	var lives []attrition.Life
	add := func(n int, m portfolio.Motive, sales money.Cents, natural bool) {
		for range n {
			lives = append(lives, attrition.Life{First: day(2020, 1, 1), Lost: day(2026, 1, 1), Motive: m, Sales: sales, Natural: natural})
		}
	}
	add(3, 0, 10_00, true) // natural without a motive
	add(9, portfolio.MotivePrice, 10_00, false)
	add(2, 0, 10_00, false)
	add(6, portfolio.MotiveService, 10_00, false)
	add(3, portfolio.MotiveCompetitor, 90_00, false)
	lives = append(lives, attrition.Life{First: day(2020, 1, 1), Lost: day(2024, 1, 1), Motive: portfolio.MotivePrice}) // before the window
	c := attrition.Motives(lives, year)
	var got []portfolio.Motive
	for _, x := range c.List {
		got = append(got, x.Motive)
	}
	if !slices.Equal(got, []portfolio.Motive{portfolio.MotivePrice, portfolio.MotiveService, portfolio.MotiveCompetitor, portfolio.MotiveNatural, 0}) {
		t.Errorf("order %v", got)
	}
	if c.Lost != 23 || c.Vital != 4 || c.List[3].Natural != 3 {
		t.Errorf("%+v", c)
	}
	near(t, "service", c.List[1].Cum, 15./23, 1e-12)
	if attrition.Motives(nil, year).Has() {
		t.Error("nobody left, yet there are motives")
	}
}

// Kaplan and Meier by hand, ten clients, steps of 12 months. Two leave in the
// first year; of 8, one leaves and two are seen no further in the second; of
// 5, one leaves in the third: .8, .8·7/8 = .7, .7·4/5 = .56.
func TestSurvivalByHand(t *testing.T) {
	start := day(2020, 1, 1)
	var lives []attrition.Life
	add := func(n int, first, lost calendar.Day, natural bool) {
		for range n {
			lives = append(lives, attrition.Life{First: first, Lost: lost, Natural: natural})
		}
	}
	add(2, start, day(2020, 6, 1), false)
	add(1, start, day(2021, 6, 1), false)
	add(2, day(2025, 1, 1), 0, false) // 17 months seen
	add(1, start, day(2022, 6, 1), true)
	add(4, start, 0, false)
	s := attrition.Survive(lives, today, 12, 4, false)
	for k, want := range []float64{1, .8, .7, .56, .56} {
		near(t, "survival", s.At[k], want, 1e-12)
		if !(s.Low[k] <= s.At[k] && s.At[k] <= s.High[k]) {
			t.Errorf("step %d: %v in [%v, %v]", k, s.At[k], s.Low[k], s.High[k])
		}
	}
	if !slices.Equal(s.AtRisk, []int{10, 8, 5, 4, 4}) {
		t.Errorf("at risk %v", s.AtRisk)
	}
	// Greenwood: .7·√(2/(10·8) + 1/(8·7)).
	near(t, "low", s.Low[2], .7-1.959964*.7*math.Sqrt(2./80+1./56), 1e-6)
	near(t, "avoidable", attrition.Survive(lives, today, 12, 4, true).At[3], .7, 1e-12)
	if attrition.Survive(nil, today, 12, 4, false).Has() {
		t.Error("no cohort")
	}
}

var costs = attrition.Costs{Visit: 100_00, Call: 20_00, Hours: [attrition.NActions]float64{0, .25, 1.5, 2, 4}}

// I4: m 3 500, r .85, d 10 %, H 3 → V 6 409 €; p .55: letter 171, call 509, rep
// visit 901, visit + offer 1 023, director's visit 1 131 → director.
func TestWorthRetainingOfTheExample(t *testing.T) {
	p := attrition.Defaults()
	s := attrition.Stake{Margin: 5_000_00, Invested: 1_500_00, Risk: .55}
	w := p.Judge(s, p.Price(costs))
	near(t, "V", w.Value/100, 6409, .5)
	for i, want := range []float64{171, 509, 901, 1023, 1131} {
		near(t, "gain", w.Gains[i].Net/100, want, .6) // the method rounds each
	}
	if w.Best != attrition.DirectorVisit || w.Decision != attrition.Retain || w.Quadrant != attrition.ProfitableLow {
		t.Errorf("%+v", w)
	}
	near(t, "priority of the letter", w.Gains[0].Priority, w.Gains[0].Net, 0)
	near(t, "priority of the visit", w.Gains[2].Priority/100, 901/1.5, .5)
	var years []float64
	for _, x := range p.ExplainWorth(s, p.Price(costs)) {
		if x.Key == "attrition.year" {
			years = append(years, x.Value/100)
		}
	}
	for i, want := range []float64{2704.5, 2089.9, 1614.9} {
		near(t, "year", years[i], want, .06)
	}
}

// I4: small client, V 820, p .30: letter 7, call 17, visit −98 → call only.
func TestSmallClientOfTheExample(t *testing.T) {
	p := attrition.Defaults()
	perEuro := p.Value(1)
	m := money.Cents(math.Round(820_00 / perEuro))
	w := p.Judge(attrition.Stake{Margin: m, Risk: .3}, p.Price(costs))
	near(t, "V", w.Value/100, 820, .01)
	for i, want := range []float64{7, 17, -98} {
		near(t, "gain", w.Gains[i].Net/100, want, .6)
	}
	if w.Best != attrition.Call || w.Decision != attrition.Retain || w.Pays(attrition.Visit) {
		t.Errorf("%+v", w)
	}
}

// The golden dataset, by hand. C03: 3 900 − 1 600 + 27 000·.30·.2 = 3 920.
// C07: 1 800 − 3 800 + 2 000·.30·.2 = −1 880, abandon.
func TestWorthOnTheGoldenDataset(t *testing.T) {
	g, p := demo.Golden(), attrition.Defaults()
	judge := func(i int, strategic bool) attrition.Worth {
		c := g.Clients[i]
		return p.Judge(attrition.Stake{Margin: g.Margins()[i], Invested: money.Cents(math.Round(100_00 * c.Units())),
			Remaining: potential.Remaining(c.Sales, c.Potential), MarginRate: c.MarginRate, Risk: .44, P: 4, Strategic: strategic}, p.Price(costs))
	}
	near(t, "C03 m", judge(2, false).Yearly, 3_920_00, .01)
	near(t, "C07 m", judge(6, false).Yearly, -1_880_00, .01)
	if w := judge(6, false); w.Decision != attrition.Abandon || w.Quadrant != attrition.UnprofitableHigh {
		t.Errorf("C07 %+v", w)
	}
	if w := judge(6, true); w.Decision != attrition.Retain || !w.Override {
		t.Errorf("C07 as a reference client %+v", w)
	}
}

func TestDecisionsAtTheEdges(t *testing.T) {
	p := attrition.Defaults()
	c := p.Price(costs)
	for _, tt := range []struct {
		name  string
		stake attrition.Stake
		want  attrition.Decision
	}{
		{"nothing at stake", attrition.Stake{Margin: 100_00, Invested: 100_00, Risk: .9}, attrition.Abandon},
		{"hardly at risk", attrition.Stake{Margin: 9_000_00, Risk: .099}, attrition.Watch},
		{"ten per cent", attrition.Stake{Margin: 9_000_00, Risk: .10}, attrition.Retain},
		{"a trifle at stake", attrition.Stake{Margin: 50_00, Risk: .3}, attrition.LetGo}, // V 92: letter .3·.05·92 − 5 < 0
		{"no risk known", attrition.Stake{Margin: 50_00, Risk: math.NaN()}, 0},
	} {
		if w := p.Judge(tt.stake, c); w.Decision != tt.want {
			t.Errorf("%s: decision %d, want %d", tt.name, w.Decision, tt.want)
		}
	}
}

// From 30 cases an organisation's own statistics replace the catalogue.
func TestOwnSavesReplaceTheCatalogue(t *testing.T) {
	p := attrition.Defaults()
	c := p.Price(costs)
	var seen [attrition.NActions]attrition.Record
	seen[0] = attrition.Record{Cases: 29, Saved: 29}
	seen[2] = attrition.Record{Cases: 40, Saved: 10, Cost: 4_800_00, Delta: 2_000_00}
	own := c.Learn(seen)
	if own[0] != c[0] || own[2].Gamma != .25 || own[2].Cost != 120_00 || own[2].Delta != 50_00 || own[2].Hours != 1.5 {
		t.Errorf("%+v", own)
	}
}

// More at stake never makes an action pay less; a dearer one never more; the
// ranking is by gain.
func TestGainsAreMonotone(t *testing.T) {
	p := attrition.Defaults()
	rapid.Check(t, func(t *rapid.T) {
		s := attrition.Stake{Margin: money.Cents(rapid.Int64Range(-1e6, 1e8).Draw(t, "margin")), Invested: money.Cents(rapid.Int64Range(0, 1e6).Draw(t, "invested")), Risk: rapid.Float64Range(0, 1).Draw(t, "p")}
		visit := money.Cents(rapid.Int64Range(0, 500_00).Draw(t, "visit"))
		a := p.Judge(s, p.Price(attrition.Costs{Visit: visit, Call: visit / 5}))
		s.Margin += 100_00
		b := p.Judge(s, p.Price(attrition.Costs{Visit: visit, Call: visit / 5}))
		c := p.Judge(s, p.Price(attrition.Costs{Visit: visit + 10_00, Call: visit / 5}))
		for i := range a.Gains {
			if b.Gains[i].Net < a.Gains[i].Net || c.Gains[i].Net > b.Gains[i].Net {
				t.Fatalf("action %d: %v, %v, %v", i+1, a.Gains[i].Net, b.Gains[i].Net, c.Gains[i].Net)
			}
			if i > 0 && a.Gains[a.Ranked[i-1]-1].Net < a.Gains[a.Ranked[i]-1].Net {
				t.Fatalf("ranked %v of %v", a.Ranked, a.Gains)
			}
		}
	})
}

// Spend against every combination, on three clients: the class's budget of
// 1 500 €.
func TestSpendIsTheBestOfAllCombinations(t *testing.T) {
	p, rng := attrition.Defaults(), rand.New(rand.NewPCG(5, 5))
	for range 40 {
		w := make([]attrition.Worth, 3)
		for i := range w {
			w[i] = p.Judge(attrition.Stake{Margin: money.Cents(rng.IntN(6_000_00)), Risk: .1 + .8*rng.Float64()}, p.Price(costs))
		}
		budget := money.Cents(15_000 + 5_000*rng.IntN(27)) // 150 to 1 450 €: costs fall on whole units of the budget or are rounded up
		chosen, gain, spent := attrition.Spend(w, nil, budget)
		best := 0.0
		for code := range 6 * 6 * 6 {
			g, c := 0.0, 0.0
			for i, k := range []int{code % 6, code / 6 % 6, code / 36} {
				if k > 0 && w[i].Decision == attrition.Retain {
					g, c = g+w[i].Gains[k-1].Net, c+w[i].Gains[k-1].Cost+w[i].Gains[k-1].Delta
				}
			}
			if c <= .998*float64(budget) {
				best = max(best, g)
			}
		}
		if gain < best-1e-6 || spent > float64(budget)+1e-6 || len(chosen) != 3 {
			t.Fatalf("gain %v for %v of %v; want %v", gain, spent, budget, best)
		}
	}
	if chosen, _, _ := attrition.Spend(make([]attrition.Worth, 2), nil, 0); len(chosen) != 2 || chosen[0] != 0 {
		t.Error("no budget, no action")
	}
}

// monday is Monday 29 June 2026; 5 working days later is Monday 6 July.
var monday = day(2026, 6, 29)

func worth(margin money.Cents, risk float64) *attrition.Worth {
	p := attrition.Defaults()
	w := p.Judge(attrition.Stake{Margin: margin, Risk: risk}, p.Price(costs))
	return &w
}

// I5: client at 44 % with an open relational incident and P2/R2: rule 2, the
// manager within five days, although rule 4 would send the rep.
func TestManagerGoesWhenTheRepIsInTheIncident(t *testing.T) {
	s := attrition.Situation{P: 2, R: 2, Band: attrition.Red, On: attrition.Of(attrition.S9), Worth: worth(3_500_00, .44)}
	r := attrition.Weapon(s, monday, nil, attrition.Defaults())
	if r.Rule.Number() != 2 || r.Who != attrition.Manager || r.Means != attrition.ByVisit || r.Deadline != day(2026, 7, 6) || r.Control != day(2026, 7, 21) || !r.Guide || r.Lowered {
		t.Errorf("%+v", r)
	}
	s.On = 0
	if r := attrition.Weapon(s, monday, nil, attrition.Defaults()); r.Rule.Number() != 4 || r.Who != attrition.Rep || r.Means != attrition.ByVisit {
		t.Errorf("without the incident: %+v", r)
	}
	// A holiday on Thursday 2 July moves the deadline to Tuesday.
	if r := attrition.Weapon(s, monday, []calendar.Day{day(2026, 7, 2)}, attrition.Defaults()); r.Deadline != day(2026, 7, 7) {
		t.Errorf("deadline %v", r.Deadline)
	}
}

func TestRulesInOrder(t *testing.T) {
	rich, poor, small := worth(9_000_00, .5), worth(50_00, .3), worth(448_00, .3) // poor: not worth a letter; small: a call pays
	incident, late, rival := attrition.Of(attrition.S9), attrition.Of(attrition.S4), attrition.Of(attrition.S8)
	for _, tt := range []struct {
		name  string
		s     attrition.Situation
		rule  int
		who   attrition.Sender
		means attrition.Means
	}{
		{"a private person, even with an incident", attrition.Situation{Consumer: true, Band: attrition.Red, On: incident, Worth: rich}, 1, attrition.CustomerService, attrition.ByCall},
		{"incident before not worth: the manager signs the letter", attrition.Situation{Band: attrition.Red, On: incident, Worth: poor}, 2, attrition.Manager, attrition.ByLetter},
		{"incident, only a call pays: the manager calls", attrition.Situation{Band: attrition.Red, On: incident, Worth: small}, 2, attrition.Manager, attrition.ByCall},
		{"incident in green", attrition.Situation{Band: attrition.Green, On: incident, Worth: rich}, 2, attrition.Manager, attrition.ByVisit},
		{"not worth, before strategic", attrition.Situation{Category: portfolio.Strategic, Band: attrition.Red, Worth: poor}, 5, attrition.Rep, attrition.ByLetter},
		{"strategic in red", attrition.Situation{Category: portfolio.Strategic, Band: attrition.Red, Worth: rich}, 3, attrition.DirectorAndRep, attrition.ByVisit},
		{"P4/R4 in red", attrition.Situation{P: 4, R: 4, Band: attrition.Red, Worth: rich}, 3, attrition.DirectorAndRep, attrition.ByVisit},
		{"P4/R3 in red", attrition.Situation{P: 4, R: 3, Band: attrition.Red, Worth: rich}, 4, attrition.Rep, attrition.ByVisit},
		{"strategic in amber", attrition.Situation{Category: portfolio.Strategic, Band: attrition.Amber, Worth: rich}, 4, attrition.Rep, attrition.CallThenVisit},
		{"red, only a call pays", attrition.Situation{Band: attrition.Red, Worth: small}, 4, attrition.Rep, attrition.ByCall},
		{"green and late", attrition.Situation{Band: attrition.Green, On: late, Worth: rich}, 4, attrition.Rep, attrition.ByLetter},
		{"green", attrition.Situation{Band: attrition.Green, Worth: poor}, 0, 0, attrition.Nothing},
		{"nobody judged the worth", attrition.Situation{Band: attrition.Red}, 4, attrition.Rep, attrition.ByVisit},
		{"rep is the manager", attrition.Situation{Band: attrition.Red, On: incident, Worth: rich, RepIsManager: true}, 2, attrition.OneAbove, attrition.ByVisit},
		{"nobody answers", attrition.Situation{Band: attrition.Red, Worth: rich, Unreachable: true}, 4, attrition.Rep, attrition.ByLetter},
		{"a competitor tempts him", attrition.Situation{Band: attrition.Amber, On: rival, Worth: rich}, 4, attrition.Rep, attrition.CallThenVisit},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := attrition.Weapon(tt.s, monday, nil, attrition.Defaults())
			if r.Rule.Number() != tt.rule || r.Who != tt.who || r.Means != tt.means {
				t.Errorf("rule %d, who %d, means %d; want %d, %d, %d", r.Rule.Number(), r.Who, r.Means, tt.rule, tt.who, tt.means)
			}
			if r.Counter != tt.s.On.Has(attrition.S8) || r.Second != tt.s.Unreachable {
				t.Errorf("rule 6 or the second interlocutor: %+v", r)
			}
			if (r.Control != calendar.None) != (r.Means >= attrition.ByCall) || (r.Deadline == calendar.None) != (r.Means == attrition.Nothing) {
				t.Errorf("dates %+v", r)
			}
		})
	}
	if g := attrition.MeetingGuide(); len(g) != 6 || g[0] != attrition.Listen {
		t.Errorf("guide %v", g)
	}
}

// I6: 12 alerts, 7 saved, 1 830 € spent: save rate 58 %, 261 € per save.
func TestRescuesOfTheExample(t *testing.T) {
	var list []attrition.Rescue
	for i := range 12 {
		r := attrition.Rescue{Stage: attrition.Saved, Spent: 152_50, Value: 1_000_00, Alert: ago(60), Contacted: ago(60 - i)}
		if i >= 7 {
			r.Stage = []attrition.Stage{attrition.LostClient, attrition.Abandoned, attrition.Alerted, attrition.WinningBack, attrition.Reconquered}[i-7]
		}
		list = append(list, r)
	}
	list = append(list, attrition.Rescue{Stage: attrition.LostClient, Natural: true, Spent: 9_999_00})
	b := attrition.Summarise(list)
	near(t, "save rate", 100*b.SaveRate, 58, .5)
	near(t, "per save", b.PerSave/100, 261, .5)
	near(t, "delay", b.Delay, 5.5, 0) // 0 … 11 days
	if b.Alerts != 12 || b.Saved != 7 || b.Open != 2 || b.Reconquered != 1 || b.Spent != 1_830_00 || b.NetSaved != 5_170_00 {
		t.Errorf("%+v", b)
	}
	if b := attrition.Summarise(nil); b.Has() {
		t.Error("no alert, yet a rate")
	}
	for s := attrition.Alerted; s <= attrition.Reconquered; s++ {
		if len(s.Next()) == 0 || slices.Contains(s.Next(), s) {
			t.Errorf("stage %d leads to %v", s, s.Next())
		}
	}
	if attrition.Stage(99).Next() != nil {
		t.Error("an unknown stage leads nowhere")
	}
}

func TestWinBackList(t *testing.T) {
	got := attrition.WinBack([]attrition.Absent{
		{Removed: true, Value: 5, Code: "B"}, {Removed: true, Value: 9, Natural: true}, {Removed: false, Value: 9}, {Removed: true, Value: 0},
		{Removed: true, Value: 5, Code: "A"}, {Removed: true, Value: 7, Code: "Z"}, {Removed: true, Value: math.NaN()},
	})
	if !slices.Equal(got, []int32{5, 4, 0}) {
		t.Errorf("%v", got)
	}
}

func TestAreTheReconqueredMoreLoyal(t *testing.T) {
	list := []attrition.Loyal{{true, .1, 8}, {true, .2, 9}, {false, .3, 7}, {false, -1, 5}, {true, .3, -1}, {true, .2, 7}, {false, .1, 9}, {false, .2, 7}, {false, .2, 7}}
	c := attrition.CompareReturned(list)
	near(t, "v_e of the reconquered", c.Exclusion[1], .2, 1e-12)
	near(t, "v_e of the others", c.Exclusion[0], .2, 1e-12)
	near(t, "satisfaction", c.Satisfaction[1], 8, 1e-12)
	near(t, "satisfaction of the others", c.Satisfaction[0], 7, 1e-12)
	if c.Status != explain.OK || attrition.CompareReturned(list[:4]).Status != explain.Weak || attrition.CompareReturned(list[:1]).Has() {
		t.Errorf("%+v", c)
	}
}

// I7: 18 500 at 2 %, tier 20 000 at 3 %: 600 − 370 = 230 € on 1 500 € = 15.3 %.
func TestTierGapOfTheExample(t *testing.T) {
	scale := []attrition.Tier{{20_000_00, .03}, {0, 0}, {10_000_00, .02}, {40_000_00, .04}}
	g := attrition.NextTier(18_500_00, scale)
	if g.Gap != 1_500_00 || g.Next.From != 20_000_00 || g.Now != .02 || g.Top {
		t.Errorf("%+v", g)
	}
	near(t, "gain", g.Gain, 230_00, 1e-6)
	near(t, "marginal", 100*g.Marginal, 15.3, .05)
	if g := attrition.NextTier(40_000_00, scale); !g.Top || g.Now != .04 || g.Gap != 0 || !g.Has() {
		t.Errorf("at the top %+v", g)
	}
	if g := attrition.NextTier(-50_00, scale); g.Gap != 10_000_00 || g.RebateSoFar != 0 {
		t.Errorf("returns only: %+v", g)
	}
	if attrition.NextTier(5, nil).Has() || attrition.NextTier(5, []attrition.Tier{{-5, .1}}).Has() || attrition.NextTier(5, []attrition.Tier{{9, math.NaN()}}).Has() {
		t.Error("no scale, or one that cannot be")
	}
}

// Two messages of the year to 3 and 2 clients: 3 of 5 informed; a client
// told twice counts once.
func TestReachOfCommunications(t *testing.T) {
	r := attrition.Inform([]attrition.Message{
		{Sent: ago(10), Targeted: []int32{0, 1, 2, 2}, Informed: []int32{0, 0, 1, 3}},
		{Sent: ago(100), Targeted: []int32{0, 2}, Informed: []int32{2, -4, 99}},
		{Sent: ago(800), Targeted: []int32{4}, Informed: []int32{4}},
		{Sent: today + 5, Targeted: []int32{0}},
	}, 6, year)
	near(t, "reach", r.Rate, 3./5, 1e-12)
	if !slices.Equal(r.Latest, []int32{10, 10, 100, 10, 800, -1}) {
		t.Errorf("recency %v", r.Latest)
	}
	if attrition.Inform(nil, 3, year).Has() {
		t.Error("nothing sent")
	}
	todo := attrition.Successor([]int32{7, 7, 3, 7}, 7, ago(20), []calendar.Day{ago(5), ago(30), ago(5)}, today)
	if !slices.Equal(todo, []int32{1, 3}) {
		t.Errorf("to introduce: %v", todo)
	}
}

// Margin 1 000 → 1 400 while peers rose by a tenth: 300 more than expected,
// for 150 spent: 2.
func TestIncentiveReturn(t *testing.T) {
	near(t, "return", attrition.IncentiveReturn(1_000_00, 1_400_00, 5_000_00, 5_500_00, 150_00).Value, 2, 1e-12)
	if attrition.IncentiveReturn(1, 2, 3, 4, 0).Reason != explain.NoCost || attrition.IncentiveReturn(1, 2, 0, 4, 5).Has() {
		t.Error("no cost, or no peer")
	}
}

// Each rep: 5 % of 60 accounts are 3, of 7 at least one; all strata are met
// before a second account of the same, unless it is three times as heavy.
func TestControlPlanIsStratified(t *testing.T) {
	var accounts []attrition.Checked
	for i := range 60 {
		accounts = append(accounts, attrition.Checked{Rep: 1, Band: attrition.Green, Category: portfolio.Economy, Code: "A", Last: ago(i + 1)})
	}
	for i := range 8 {
		accounts[i].Band = attrition.Red
	}
	for i := 8; i < 20; i++ {
		accounts[i].Band = attrition.Amber
	}
	for range 7 {
		accounts = append(accounts, attrition.Checked{Rep: 2, Band: attrition.Green, Last: ago(9), Sales: 5})
	}
	accounts[64].Last = 0 // never controlled
	got := attrition.ControlPlan(accounts, attrition.ControlShare)
	// Weights 3·8 = 24, 2·12 = 24, 40: green 40, then red 24 before amber 24;
	// in each the longest not controlled.
	if !slices.Equal(got, []int32{59, 7, 19, 64}) {
		t.Errorf("%v", got)
	}
	if n := len(attrition.ControlPlan(accounts, 1)); n != 67 {
		t.Errorf("%d of 67 when all are wanted", n)
	}
	if attrition.ControlPlan(nil, .05) != nil {
		t.Error("nobody to control")
	}
}

func TestSurveyGap(t *testing.T) {
	gap, ok := attrition.SurveyGap(attrition.Survey{6, 7, 8, -1, 7}, 9)
	near(t, "gap", gap, -2, 1e-12)
	if _, none := attrition.SurveyGap(attrition.Survey{-1, -1, -1, -1, -1}, 9); !ok || none {
		t.Error("a questionnaire without an answer has no gap")
	}
}

// Reports within 48 hours: sales 1 of 2, after-sales 1 of 1, desk 0 of 1.
func TestReportingByDesk(t *testing.T) {
	c := attrition.Cover([]attrition.Report{
		{By: portfolio.DeskRep, Full: true, Hours: 48}, {By: portfolio.DeskRep, Full: true, Hours: 49}, {By: portfolio.DeskAfterSale, Full: true},
		{By: portfolio.DeskService}, {By: 9, Full: true},
	}, 30, 40)
	if c.Share != [4]float64{.5, .5, 1, 0} || c.Satisfaction != .75 {
		t.Errorf("%+v", c)
	}
	if attrition.Cover(nil, 5, 0).Has() {
		t.Error("no contact to report")
	}
}

func FuzzWorth(f *testing.F) {
	f.Add(int64(5_000_00), int64(1_500_00), int64(0), .3, .55, int64(100_00))
	f.Add(int64(math.MaxInt64), int64(math.MinInt64), int64(math.MaxInt64), math.Inf(1), math.NaN(), int64(-1))
	f.Fuzz(func(t *testing.T, margin, invested, remaining int64, rate, risk float64, visit int64) {
		set := params.Default() // any setting the registry accepts
		for key, x := range map[params.Key]float64{params.RetainR: rate, params.RetainPsi: risk, params.RetainCredit: rate, params.RetainMinP: risk, params.RetainDiscount: float64(visit), params.RetainH: float64(visit)} {
			if next, err := set.Number(params.Org, key, x); err == nil {
				set = next
			}
		}
		actions := make([]float64, 20)
		for i := range actions {
			if actions[i] = rate; i%4 > 0 {
				actions[i] = float64(margin)
			}
		}
		if next, err := set.Number(params.Org, params.RetainActions, actions...); err == nil {
			set = next
		}
		p := attrition.From(set)
		c := p.Price(attrition.Costs{Visit: money.Cents(visit), Call: money.Cents(visit)})
		s := attrition.Stake{Margin: money.Cents(margin), Invested: money.Cents(invested), Remaining: money.Cents(remaining), MarginRate: rate, Risk: risk}
		w := p.Judge(s, c)
		for _, x := range []float64{w.Yearly, w.Value, w.Gains[0].Net, w.Gains[3].Net, w.Gains[4].Priority} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("%+v", w)
			}
		}
		p.ExplainWorth(s, c)
		r := attrition.Weapon(attrition.Situation{Band: attrition.Band(margin & 3), On: attrition.Set(invested), Worth: &w, Unreachable: visit&1 == 1}, calendar.Day(remaining%100_000), nil, p)
		if r.Means < attrition.Nothing || r.Means > attrition.ByVisit {
			t.Fatalf("%+v", r)
		}
		attrition.Spend([]attrition.Worth{w, w}, nil, money.Cents(visit))
		attrition.NextTier(money.Cents(margin), []attrition.Tier{{money.Cents(invested), rate}, {money.Cents(remaining), risk}})
	})
}
