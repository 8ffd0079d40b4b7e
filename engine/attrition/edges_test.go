package attrition_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
)

// A person ticks a signal: on, though no trigger speaks, until he closes it. A
// closed one is known and off; one of tomorrow is not seen.
func TestAPersonMayNoteASignal(t *testing.T) {
	note := func(n ...attrition.Note) attrition.Signals { return readOne(attrition.File{Noted: n}) }
	s := note(attrition.Note{Code: attrition.S10, Day: ago(40)}, attrition.Note{Code: attrition.S8, Day: ago(400)})
	if x := s.Get(attrition.S10); x.State != attrition.On || x.Strength != 1 || x.Count != 1 || x.Since != ago(40) || x.Noted != 1 {
		t.Errorf("noted: %+v", x)
	}
	if c := s.Case(); c.On != attrition.Of(attrition.S8, attrition.S10) || !c.Known.Has(attrition.S10) {
		t.Errorf("case %+v", c)
	}
	if steps := s.Explain(); len(steps) != 6 || steps[1].Key != "attrition.noted" { // signal, noted, since, twice
		t.Errorf("%+v", steps)
	}
	s = note(attrition.Note{Code: attrition.S10, Day: ago(40), Closed: ago(2)}, attrition.Note{Code: attrition.S12, Day: today + 1}, attrition.Note{Code: 14, Day: ago(1)}, attrition.Note{Code: attrition.S6})
	if s.Get(attrition.S10).State != attrition.Off || s.Get(attrition.S12).State != attrition.Unknown || s.Get(attrition.S6).State != attrition.Off {
		t.Errorf("closed, to come, unknown code, undated: %+v", s)
	}
	// A seasonal pause does not silence a person.
	s = readOne(attrition.File{Lines: orders(ago(45), ago(65), ago(85)), Pause: 1 << 5, Noted: []attrition.Note{{Code: attrition.S4, Day: ago(3)}}})
	if s.Get(attrition.S4).State != attrition.On {
		t.Errorf("in a pause: %+v", s.Get(attrition.S4))
	}
	// Closing the signal after the note settles it.
	f := attrition.File{Noted: []attrition.Note{{Code: attrition.S8, Day: ago(9)}}}
	f.Closed[attrition.S8-1] = ago(5)
	if s := readOne(f); s.Get(attrition.S8).State != attrition.Settled {
		t.Errorf("closed since: %+v", s.Get(attrition.S8))
	}
}

// What is told of S3 is what turned it on: a ratio, or days open.
func TestAComplaintLeftOpenTellsItsDays(t *testing.T) {
	one := readOne(attrition.File{Services: []attrition.Service{{Kind: portfolio.Complaint, Severity: 1, Opened: ago(40)}, {Kind: portfolio.Complaint, Severity: 2, Opened: ago(200)}}})
	if s := one.Get(attrition.S3); s.Value != 200 || s.Limit != 15 || s.Strength != 2 || s.Count != 2 || s.Since != ago(200) {
		t.Errorf("%+v", s)
	}
	// Two in three months against none: (2/3) ÷ (0.5/12) = 16.
	two := readOne(attrition.File{Services: []attrition.Service{{Kind: portfolio.Complaint, Opened: ago(40)}, {Kind: portfolio.Complaint, Opened: ago(50)}}})
	if s := two.Get(attrition.S3); math.Abs(s.Value-16) > 1e-12 || s.Limit != 2 {
		t.Errorf("%+v", s)
	}
}

// A closed family loss reopens when another comes to light.
func TestAClosedFamilyLossReopens(t *testing.T) {
	f := attrition.File{Excluded: []uint8{1, 1}, ExcludedOn: ago(60)}
	f.Closed[attrition.S10-1] = ago(30)
	if s := readOne(f); s.Get(attrition.S10).State != attrition.Settled {
		t.Errorf("closed: %+v", s.Get(attrition.S10))
	}
	f.ExcludedOn = ago(29)
	if s := readOne(f); s.Get(attrition.S10).State != attrition.On || s.Get(attrition.S10).Count != 2 {
		t.Errorf("another one: %+v", s.Get(attrition.S10))
	}
}

// The registry lets a threshold be half a note: one is then needed, not none.
func TestHalfAThresholdIsNotNothing(t *testing.T) {
	set := params.Default()
	for key, x := range map[params.Key][]float64{params.AlertS7: {.5, .5, .5}, params.AlertS10: {.5, .5}, params.AlertS13: {.5, .5}, params.AlertS6: {.5}} {
		next, err := set.Number(params.Org, key, x...)
		if err != nil {
			t.Fatal(err)
		}
		set = next
	}
	p := attrition.From(set)
	s := attrition.ReadAll([]attrition.File{{Excluded: []uint8{0, 0}}}, today, p)[0]
	if c := s.Case(); c.On != 0 {
		t.Errorf("nothing happened, yet %b is on", c.On)
	}
	s = attrition.ReadAll([]attrition.File{{Excluded: []uint8{1}, Touches: []attrition.Touch{{Day: today}}, Services: events(portfolio.Trifle, 1, today), Deciders: []attrition.Decider{{Since: ago(9)}}}}, today, p)[0]
	if c := s.Case(); c.On != attrition.Of(attrition.S6, attrition.S7, attrition.S10, attrition.S13) {
		t.Errorf("one of each: %b is on", c.On)
	}
}

// I3: a characteristic had in the six months before leaving. An incident open
// from day 150 to 140 before, orders until day 120, asked at two dates.
func TestFilesAreFrozenOverSixMonths(t *testing.T) {
	f := attrition.File{
		Lines:    orders(ago(120), ago(150), ago(180), ago(210)),
		Services: []attrition.Service{{Kind: portfolio.RelationalIncident, Opened: ago(155), Closed: ago(140)}},
	}
	c := attrition.Freeze([]attrition.File{f, f, {}}, []calendar.Day{today, ago(130), today}, attrition.Defaults())
	if !c[0].On.Has(attrition.S9) || !c[0].On.Has(attrition.S4) {
		t.Errorf("closed since, and late: %+v", c[0])
	}
	if c[1].On.Has(attrition.S4) || !c[1].Known.Has(attrition.S4) {
		t.Errorf("at day 130 he was not late: %+v", c[1])
	}
	if c[2].On != 0 || c[2].Known.Has(attrition.S4) {
		t.Errorf("an empty file: %+v", c[2])
	}
	if len(attrition.Freeze([]attrition.File{f}, nil, attrition.Defaults())) != 0 {
		t.Error("no day, no case")
	}
}

// Appendix B on the rates: empty portfolio, one client, everybody, sales of
// nothing or below, dates to come, asOf before any data, a leap window.
func TestMovementsOfDegeneratePortfolios(t *testing.T) {
	old := day(2020, 1, 1)
	four := func(l attrition.Life) []attrition.Life { return []attrition.Life{l, l, l, l} }
	for _, tt := range []struct {
		name      string
		lives     []attrition.Life
		status    explain.Status
		attrition float64
		bySales   float64
	}{
		{"empty portfolio", nil, explain.NA, 0, 0},
		{"one client, stays", []attrition.Life{{First: old, Sales: 5}}, explain.Weak, 0, 0},
		{"one client, leaves", []attrition.Life{{First: old, Lost: day(2026, 1, 1), Sales: 5}}, explain.Weak, 1, 1},
		{"everybody leaves", four(attrition.Life{First: old, Lost: day(2026, 1, 1), Sales: 5}), explain.OK, 1, 1},
		{"nobody sells", four(attrition.Life{First: old, Lost: day(2026, 1, 1)}), explain.OK, 1, 0},
		{"returns only", four(attrition.Life{First: old, Lost: day(2026, 1, 1), Sales: -500}), explain.OK, 1, 0},
		{"first order to come", four(attrition.Life{First: today + 1}), explain.NA, 0, 0},
		{"loss to come", four(attrition.Life{First: old, Lost: today + 1, Sales: 5}), explain.OK, 0, 0},
		{"no date at all", four(attrition.Life{}), explain.NA, 0, 0},
		{"lost before it ever bought", four(attrition.Life{First: day(2026, 1, 1), Lost: old}), explain.NA, 0, 0},
	} {
		r := attrition.Movements(tt.lives, year)
		if r.Status != tt.status || r.Attrition != tt.attrition || r.SalesAttrition != tt.bySales {
			t.Errorf("%s: %+v", tt.name, r)
		}
		if r.Status == explain.NA && r.Reason != explain.NoData || r.Status == explain.Weak && r.Reason != explain.FewClients {
			t.Errorf("%s: reason %v", tt.name, r.Reason)
		}
	}
	leap := calendar.Window{From: day(2023, 3, 1), To: day(2024, 2, 29)}
	r := attrition.Movements([]attrition.Life{{First: old, Lost: day(2024, 2, 29)}, {First: day(2024, 2, 29)}}, leap)
	if r.Lost != 1 || r.Acquired != 1 {
		t.Errorf("lost and won on a leap day: %+v", r)
	}
	if attrition.Movements(four(attrition.Life{First: old}), calendar.Window{From: day(2010, 1, 1), To: day(2010, 12, 31)}).Has() {
		t.Error("before any data")
	}
	if r := attrition.Retention(3, 3, 1); r.Status != explain.Weak || r.Reason != explain.FewClients {
		t.Errorf("three clients: %v", r.Mark)
	}
}

// No ex-client, all signals on, none known: a probability strictly inside.
func TestDeparturesWithoutFormerClients(t *testing.T) {
	p := attrition.Defaults()
	table := attrition.Learn(nil, make([]attrition.Case, 40), attrition.Priors{Own: attrition.PriorOf(attrition.Rates{Start: 40})}, p)
	d := table.Read(attrition.Case{On: all13, Known: all13, Quality: 1})
	if math.Abs(d.P-.5/41) > 1e-15 || d.N != 0 || !d.APriori || d.Status != explain.Weak || table.Status != explain.Weak {
		t.Errorf("nothing learnt: %+v", d)
	}
	if attrition.Choose(0, true, p) != attrition.Scorecard {
		t.Error("no former client: the scorecard")
	}
	natural := attrition.Learn([]attrition.Former{{Natural: true, Case: attrition.Case{On: all13, Known: all13}}}, nil, attrition.Priors{}, p)
	if natural.Former != 0 || natural.Symptom[0].Plus != 1 {
		t.Errorf("natural departures teach nothing: %+v", natural)
	}
}

// An unknown signal changes nothing; an absent one lowers the risk; a muted
// one is unknown. In the example −.37 of S4 alone: known and absent.
func TestOnlyAnUnknownSignalIsSkipped(t *testing.T) {
	table := bureautique()
	none := table.Read(attrition.Case{Quality: 1})
	near(t, "nothing known: the prior", none.P, .12, 1e-12)
	off := table.Read(attrition.Case{Known: attrition.Of(attrition.S4), Quality: 1})
	odds := .12 / .88 * math.Pow((6.5/21)/(68.5/81), .7) // LR− of S4: (20−14+½)/21 over (80−12+½)/81
	near(t, "S4 absent", off.P, odds/(1+odds), 1e-12)
	// A signal on but not known is skipped too.
	near(t, "on, not known", table.Read(attrition.Case{On: all13, Quality: 1}).P, .12, 1e-12)
}

// Worth of degenerate clients: zero-cost contacts, nothing sold, a discount or
// a horizon at its bounds.
func TestWorthAtTheBoundsOfItsSettings(t *testing.T) {
	p := attrition.Defaults()
	free := p.Price(attrition.Costs{})
	w := p.Judge(attrition.Stake{Margin: 1_000_00, Risk: .5}, free)
	if w.Gains[attrition.Call-1].Cost != 0 || w.Gains[attrition.Call-1].Net != .5*.15*w.Value {
		t.Errorf("free call: %+v", w.Gains[1])
	}
	if w := p.Judge(attrition.Stake{Risk: .9}, free); w.Value != 0 || w.Decision != attrition.Abandon {
		t.Errorf("nothing at stake: %+v", w)
	}
	p.R = 0
	near(t, "nobody stays", p.Value(1_000), 0, 0)
	p.R, p.Discount, p.Years = 1, 0, 10
	near(t, "all stay, ten years", p.Value(1_000), 10_000, 1e-9)
	for _, risk := range []float64{-.1, 1.1, math.NaN(), math.Inf(1)} {
		if w := p.Judge(attrition.Stake{Margin: 1, Risk: risk}, free); w.Has() || w.Reason != explain.NoData {
			t.Errorf("risk %v: %+v", risk, w.Mark)
		}
	}
	// Certain to leave: no false alarm is paid; certain to stay: incentives lost.
	d := attrition.Defaults()
	c := d.Price(costs)
	sure, calm := d.Judge(attrition.Stake{Margin: 5_000_00, Risk: 1}, c), d.Judge(attrition.Stake{Margin: 5_000_00, Risk: 0}, c)
	near(t, "p = 1", sure.Gains[2].Net, .3*(sure.Value-100_00)-100_00, 1e-6)
	near(t, "p = 0", calm.Gains[2].Net, -.9*100_00-100_00, 1e-6)
}

func TestTwoRatesAtOneTier(t *testing.T) {
	for _, scale := range [][]attrition.Tier{{{0, .01}, {10_000_00, .02}, {10_000_00, .03}}, {{10_000_00, .03}, {10_000_00, .02}, {0, .01}}} {
		if g := attrition.NextTier(8_000_00, scale); g.Next.Rate != .03 || g.Gap != 2_000_00 {
			t.Errorf("before: %+v", g)
		}
		if g := attrition.NextTier(12_000_00, scale); g.Now != .03 || !g.Top {
			t.Errorf("after: %+v", g)
		}
	}
}

// A file whose dates are at both ends of the calendar is read at once, and its
// delays do not wrap.
func TestDatesAtTheEndsOfTheCalendar(t *testing.T) {
	f := attrition.File{Lines: orders(-2_000_000_000, -1_999_999_990, -1_999_999_980), Pause: 1}
	if s := readOne(f); s.Get(attrition.S4).State != attrition.On || !(s.Get(attrition.S4).Value > 1e8) {
		t.Errorf("%+v", s.Get(attrition.S4))
	}
	b := attrition.Summarise([]attrition.Rescue{{Stage: attrition.Saved, Alert: -2_000_000_000, Contacted: 2_000_000_000}})
	if b.Delay != 1<<30 || b.Status != explain.Weak {
		t.Errorf("%+v", b)
	}
}

// FuzzFile: any file, any setting the registry accepts: no panic, finite
// values, evidence in order, the reading the same twice.
func FuzzFile(f *testing.F) {
	f.Add(int64(1), int32(20_000), int32(0), 2.0, -20.0, 15.0)
	f.Add(int64(2), int32(math.MaxInt32), int32(math.MinInt32+1), .5, -100.0, 1e12)
	f.Add(int64(3), int32(0), int32(-1), 1e-9, -1e-9, .1)
	f.Fuzz(func(t *testing.T, seed int64, asOf, base int32, ratio, drop, days float64) {
		set := params.Default()
		for _, x := range []struct {
			key params.Key
			v   []float64
		}{
			{params.AlertS1, []float64{days}}, {params.AlertS2, []float64{ratio, ratio}}, {params.AlertS3, []float64{ratio, ratio, days}}, {params.AlertS4, []float64{ratio, ratio + 1}},
			{params.AlertS5, []float64{drop}}, {params.AlertS6, []float64{days}}, {params.AlertS7, []float64{ratio, ratio, days}}, {params.AlertS10, []float64{ratio, ratio}},
			{params.AlertS11, []float64{days}}, {params.AlertS12, []float64{ratio, drop}}, {params.AlertS13, []float64{ratio, days}},
			{params.ChurnLambda, []float64{ratio}}, {params.RiskAmber, []float64{days}}, {params.RetainR, []float64{ratio}}, {params.RetainDiscount, []float64{days}},
		} {
			if next, err := set.Number(params.Org, x.key, x.v...); err == nil {
				set = next
			}
		}
		p := attrition.From(set)
		rng := rand.New(rand.NewPCG(uint64(seed), 1))
		at := func() calendar.Day { return calendar.Day(base + int32(rng.IntN(1500))) }
		file := attrition.File{Pause: attrition.Months(rng.IntN(1 << 13)), Silent: attrition.Set(rng.IntN(1 << 13)), Excluded: []uint8{uint8(rng.IntN(3)), 255}, ExcludedOn: at()}
		for range rng.IntN(12) {
			l := maturity.Line{From: at(), Net: money.Cents(rng.Int64() - rng.Int64())}
			if rng.IntN(3) == 0 {
				l.To = at()
			}
			file.Lines = append(file.Lines, l)
			file.Services = append(file.Services, attrition.Service{Kind: portfolio.ServiceKind(rng.IntN(12)), Severity: uint8(rng.IntN(256)), Opened: at(), Closed: at()})
			file.Touches = append(file.Touches, attrition.Touch{Day: at(), Inbound: rng.IntN(2) == 0, Refused: rng.IntN(2) == 0, Answered: rng.IntN(2) == 0})
			file.Anniversaries = append(file.Anniversaries, attrition.Anniversary{Day: at(), Renewed: at()})
			file.Deciders = append(file.Deciders, attrition.Decider{Since: at(), Met: at()})
			file.Competitor = append(file.Competitor, at())
			file.Payments = append(file.Payments, attrition.Payment{Due: at(), Paid: at()})
			file.Satisfaction = append(file.Satisfaction, attrition.Mark10{Day: at(), Score: ratio * rng.NormFloat64()})
			file.Noted = append(file.Noted, attrition.Note{Code: attrition.Code(rng.IntN(16)), Day: at(), Closed: at()})
		}
		d := attrition.NewDetector(calendar.Day(asOf), p)
		var a, b attrition.Signals
		d.Read(&file, &a)
		d.Read(&file, &b)
		if a != b {
			t.Fatal("two readings differ")
		}
		for i, s := range a {
			if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) || s.Strength > 3 || s.Count > 0 && s.Since > s.Latest || s.Latest > calendar.Day(asOf) && s.Latest > 0 {
				t.Fatalf("S%d %+v", i+1, s)
			}
		}
		facts := d.Facts(&file)
		var x [attrition.NPredictors]float64
		facts.Predictors(x[:])
		for i, v := range x {
			if math.IsInf(v, 0) {
				t.Fatalf("predictor %d of %+v", i+1, facts)
			}
		}
		c := attrition.Freeze([]attrition.File{file}, []calendar.Day{calendar.Day(asOf)}, p)[0]
		if c.On&^c.Known != 0 {
			t.Fatalf("on and not known: %+v", c)
		}
		if r := p.Score(c); !(r.P > 0 && r.P < 1) {
			t.Fatalf("%+v", r)
		}
		life := attrition.Life{First: at(), Lost: at(), Returned: at(), Sales: money.Cents(rng.Int64() - rng.Int64())}
		w := calendar.Window{From: at(), To: at()}
		r := attrition.Movements([]attrition.Life{life, life}, w)
		sv := attrition.Survive([]attrition.Life{life}, calendar.Day(asOf), rng.IntN(40)-3, rng.IntN(40)-3, seed%2 == 0)
		for _, v := range append(slices.Concat(sv.At, sv.Low, sv.High), r.Attrition, r.SalesAttrition, r.Avoidable) {
			if !(v >= 0 && v <= 1) {
				t.Fatalf("%+v %+v", r, sv)
			}
		}
		attrition.Motives([]attrition.Life{life}, w)
	})
}

// The whole chapter for 5,000 clients: rank, worth and weapon of each.
func BenchmarkDepartures(b *testing.B) {
	table, p := bureautique(), attrition.Defaults()
	c := p.Price(costs)
	cases := make([]attrition.Case, 5_000)
	for i := range cases {
		cases[i] = attrition.Case{On: attrition.Set(i % 64), Known: six, Quality: 1}
	}
	d := make([]attrition.Departure, len(cases))
	for b.Loop() {
		for i, k := range cases {
			d[i] = table.Read(k)
			w := p.Judge(attrition.Stake{Margin: money.Cents(i) * 100, Risk: d[i].P}, c)
			attrition.Weapon(attrition.Situation{Band: d[i].Band, On: k.On, Worth: &w}, today, nil, p)
		}
		attrition.Rank(d, nil, nil)
	}
}

// I2: a seasonal pause mutes: neither on nor off, so the probability skips it.
func TestAMutedSignalIsUnknown(t *testing.T) {
	s := readOne(attrition.File{Lines: append(orders(ago(45), ago(65), ago(85)), maturity.Line{From: ago(370), Net: 5}), Pause: 1 << 5})
	if s.Get(attrition.S4).State != attrition.Muted || s.Get(attrition.S5).State != attrition.Muted {
		t.Fatalf("in a pause: %+v", s)
	}
	if c := s.Case(); c.Known.Has(attrition.S4) || c.Known.Has(attrition.S5) || c.On != 0 {
		t.Errorf("case %+v", c)
	}
}

// Eight of ten left for the price: one motive makes 80 %, exactly.
func TestOneMotiveMakesTheFourFifths(t *testing.T) {
	var lives []attrition.Life
	for i := range 10 {
		l := attrition.Life{First: day(2020, 1, 1), Lost: day(2026, 1, 1), Motive: portfolio.MotivePrice}
		if i >= 8 {
			l.Motive = portfolio.MotiveDelivery
		}
		lives = append(lives, l)
	}
	if c := attrition.Motives(lives, year); c.Vital != 1 || c.List[0].Cum != .8 {
		t.Errorf("%+v", c)
	}
}

// A reference client is kept against the sum: the visit is not lowered to the
// letter that alone would pay.
func TestAStrategicClientIsNotLowered(t *testing.T) {
	p := attrition.Defaults()
	w := p.Judge(attrition.Stake{Margin: 50_00, Risk: .5, Strategic: true}, p.Price(costs))
	r := attrition.Weapon(attrition.Situation{Band: attrition.Red, Worth: &w}, monday, nil, p)
	if !w.Override || w.Pays(attrition.Visit) || r.Rule.Number() != 4 || r.Means != attrition.ByVisit || r.Lowered {
		t.Errorf("%+v of %+v", r, w)
	}
}

// Each rep is controlled at least once, even where the share says nobody.
func TestEveryRepIsControlledOnce(t *testing.T) {
	if got := attrition.ControlPlan([]attrition.Checked{{Rep: 1, Band: attrition.Green}, {Rep: 1, Band: attrition.Red}, {Rep: 2, Band: attrition.Green}}, 0); !slices.Equal(got, []int32{1, 2}) {
		t.Errorf("%v", got)
	}
}

// I4's matrix: profitable is more than what is invested, high is P3 and above.
func TestTheFourCellsOfTheMatrix(t *testing.T) {
	p := attrition.Defaults()
	for _, tt := range []struct {
		margin, invested money.Cents
		p                uint8
		want             attrition.Quadrant
	}{
		{2, 1, 3, attrition.ProfitableHigh}, {2, 1, 2, attrition.ProfitableLow}, {2, 1, 0, attrition.ProfitableLow},
		{1, 1, 4, attrition.UnprofitableHigh}, {1, 1, 1, attrition.UnprofitableLow}, {-1, 0, 2, attrition.UnprofitableLow},
	} {
		if w := p.Judge(attrition.Stake{Margin: tt.margin, Invested: tt.invested, P: tt.p, Risk: .5}, p.Price(costs)); w.Quadrant != tt.want {
			t.Errorf("%+v: quadrant %d", tt, w.Quadrant)
		}
	}
}

// Rule 6 adds to what the others decide, nothing included.
func TestACompetitorIsAnsweredEvenInGreen(t *testing.T) {
	s := attrition.Situation{Band: attrition.Green, On: attrition.Of(attrition.S8)}
	r := attrition.Weapon(s, monday, nil, attrition.Defaults())
	if !r.Counter || r.Means != attrition.Nothing || r.Who != attrition.Rep || r.Deadline != calendar.None {
		t.Errorf("%+v", r)
	}
	s.On = 0
	if r := attrition.Weapon(s, monday, nil, attrition.Defaults()); r.Counter || r.Who != 0 {
		t.Errorf("nobody tempts him: %+v", r)
	}
}

// Quarters ending 30 June 2026: two alerts in the last, one saved; four in the
// one before, three saved; an undated and an older one in neither.
func TestRescuesByCohort(t *testing.T) {
	var list []attrition.Rescue
	add := func(d calendar.Day, s attrition.Stage) {
		list = append(list, attrition.Rescue{Stage: s, Alert: d, Spent: 100_00})
	}
	add(today, attrition.Saved)
	add(day(2026, 4, 1), attrition.LostClient)
	add(day(2026, 3, 31), attrition.Abandoned)
	for _, d := range []calendar.Day{day(2026, 1, 1), day(2026, 2, 28), day(2026, 3, 1)} {
		add(d, attrition.Saved)
	}
	add(0, attrition.Saved)
	add(day(2025, 12, 31), attrition.Saved)
	c := attrition.Cohorts(list, today, 2)
	if len(c) != 2 || c[0].Alerts != 4 || c[0].SaveRate != .75 || c[0].Status != explain.OK || c[1].Alerts != 2 || c[1].SaveRate != .5 || c[1].Spent != 200_00 {
		t.Errorf("%+v", c)
	}
	if len(attrition.Cohorts(list, today, -1)) != 0 || attrition.Cohorts(nil, today, 1)[0].Has() {
		t.Error("no quarter, or no alert")
	}
}

// A last order on an eve: he leaves in the period that begins there, once.
func TestALastOrderOnAnEveIsOneDeparture(t *testing.T) {
	eve := today - 540 - 2*attrition.Period
	f := attrition.File{Lines: orders(eve, eve-30, eve-60, eve-90, eve-200)}
	spells := attrition.Spells([]attrition.Past{{File: &f, Gone: true}}, today, 540, 5, nil, attrition.Defaults())
	left := 0
	for _, s := range spells {
		if s.Left {
			left++
		}
	}
	if len(spells) != 3 || left != 1 || !spells[2].Left { // eves 4 and 3 periods back, then this one
		t.Errorf("%d spells, %d departures: %+v", len(spells), left, spells)
	}
}
