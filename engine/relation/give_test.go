package relation_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
)

func finite(t *testing.T, xs ...float64) {
	t.Helper()
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Fatalf("%v left the engine", x)
		}
	}
}

func kept(side portfolio.Side, value money.Cents) relation.Line {
	return relation.Line{Side: side, State: portfolio.KeptIt, Value: value, Answers: -1}
}

// Method J4, example: ours 1 200 + 800 + 500 = 2 500, theirs 600 + 400 → ρ 0.40, alert.
func TestReciprocity(t *testing.T) {
	l := relation.Account([]relation.Line{
		kept(portfolio.Us, 1_200_00), kept(portfolio.Us, 800_00), kept(portfolio.Us, 500_00), kept(portfolio.Them, 600_00), kept(portfolio.Them, 400_00),
	}, relation.Defaults())
	if l.Given != 2_500_00 || l.Received != 1_000_00 || l.Balance != 1_500_00 || l.Rho != .4 || l.Alerts != relation.LowReturn || !l.AskFirst {
		t.Errorf("%+v", l)
	}
	if !slices.Equal(l.Unreturned, []int32{2}) { // two of theirs answer two of ours
		t.Errorf("unreturned %v, want the third", l.Unreturned)
	}
}

func TestAlertsOfTheLedger(t *testing.T) {
	us, them := portfolio.Us, portfolio.Them
	promised := func(side portfolio.Side, v money.Cents, answers int32) relation.Line {
		return relation.Line{Side: side, State: portfolio.Promised, Value: v, Answers: answers}
	}
	survey := relation.Line{Side: us, State: portfolio.KeptIt, Value: 100_00, Survey: true, Answers: -1}
	for _, c := range []struct {
		name string
		in   []relation.Line
		want relation.Alerts
	}{
		{"half is not under half", []relation.Line{kept(us, 200_00), kept(them, 100_00)}, 0},
		{"a cent under half is", []relation.Line{kept(us, 200_00), kept(them, 99_99)}, relation.LowReturn},
		{"two of ours without an answer", []relation.Line{kept(us, 10_00), kept(us, 10_00), kept(us, 10_00), kept(them, 30_00)}, relation.Unanswered},
		{"a diagnosis for nothing", []relation.Line{survey, kept(them, 100_00), kept(us, 1), {Side: them, State: portfolio.KeptIt, Value: 1, Answers: 2}, {Side: us, State: portfolio.KeptIt, Value: 1, Answers: 1}}, relation.FreeStudy},
		{"a diagnosis that they promised to answer", []relation.Line{survey, promised(them, 500_00, 0)}, relation.LowReturn},
		{"our gift in answer to theirs is answered", []relation.Line{kept(them, 50_00), {Side: us, State: portfolio.KeptIt, Value: 50_00, Answers: 0, Survey: true}}, 0},
		{"what both released is out", []relation.Line{{Side: us, State: portfolio.Released, Value: 9_000_00, Answers: -1}, kept(us, 10_00), kept(them, 10_00)}, 0},
		{"a link to oneself or nowhere is none", []relation.Line{{Side: us, State: portfolio.KeptIt, Value: 10_00, Answers: 0}, {Side: them, State: portfolio.KeptIt, Value: 10_00, Answers: 99}}, 0},
	} {
		if l := relation.Account(c.in, relation.Defaults()); l.Alerts != c.want {
			t.Errorf("%s: alerts %b, want %b (%+v)", c.name, l.Alerts, c.want, l)
		}
	}
}

// Points × 100 €: 3 points of ours, 1 of theirs → ρ 1/3.
func TestUnvaluedCommitmentsCountTheirPoints(t *testing.T) {
	in := []relation.Line{{Side: portfolio.Us, State: portfolio.KeptIt, Points: 3, Answers: -1, Written: true}, {Side: portfolio.Them, State: portfolio.KeptIt, Points: 1, Answers: -1}}
	l := relation.Account(in, relation.Defaults())
	near(t, "ρ", l.Rho, 1.0/3, 1e-12)
	near(t, "written", l.WrittenRate, .5, 0)
	in[1].Points = 0
	if l := relation.Account(in, relation.Defaults()); l.Status != explain.Weak || l.Unvalued != 1 {
		t.Errorf("a line without any value: %v, want weak", l.Status)
	}
	if l := relation.Account(in[1:], relation.Defaults()); l.HasRho || l.Status != explain.NA || l.AskFirst {
		t.Errorf("no commitment of ours: %+v, want na", l)
	}
	if l := relation.Account(nil, relation.Defaults()); l.Reason != explain.NoData {
		t.Errorf("empty: %v", l.Reason)
	}
}

func TestTheChainIsShownWhenTheFileIsReopened(t *testing.T) {
	c := relation.Guard([]relation.Line{
		{Side: portfolio.Us, State: portfolio.KeptIt, Value: 800_00, Made: 30, Written: true, Answers: -1},
		{Side: portfolio.Us, State: portfolio.KeptIt, Value: 1_200_00, Made: 10, Written: true, Answers: -1},
		{Side: portfolio.Them, State: portfolio.KeptIt, Value: 600_00, Made: 20, Written: true, Answers: 1},
		{Side: portfolio.Us, State: portfolio.KeptIt, Value: 500_00, Made: 5, Answers: -1},
		{Side: portfolio.Them, State: portfolio.Promised, Value: 9, Made: 40, Written: true, Answers: -1},
	}, relation.Defaults())
	if !slices.Equal(c.Lines, []int32{1, 2, 0, 4}) || c.Ours != 2_000_00 || c.Theirs != 600_00 || c.Signed != 4 || c.Total != 5 {
		t.Errorf("%+v", c)
	}
}

// Method J5, example.
func TestNegotiationSheet(t *testing.T) {
	s := relation.Sheet{Start: 10_000_00, Target: 9_200_00, Limit: 7_500_00, Cost: 6_500_00,
		Ours: []relation.Alternative{{P: .6, Margin: 2_000_00}}, RivalLow: 9_000_00, RivalHigh: 9_000_00, Switching: 400_00}
	z := s.Prepare()
	// 2 000 × 60 % = 1 200; 6 500 + 1 200; 9 000 + 400; 9 400 − 7 700; (9 200 − 7 700)/1 700.
	if z.Fallback != 1_200_00 || z.Us != 7_700_00 || z.ThemLow != 9_400_00 || z.Low != 1_700_00 || z.Floor != 7_700_00 || z.Outlook != relation.Open || z.Status != explain.OK {
		t.Errorf("%+v", z)
	}
	near(t, "position power", z.PowerLow, 1500.0/1700, 1e-12)
	if got, want := relation.Defaults().Steps(s.Start, s.Target), []money.Cents{9_600_00, 9_360_00, 9_240_00, 9_200_00}; !slices.Equal(got, want) {
		t.Errorf("ladder %v, want %v", got, want)
	}

	s.RivalLow, s.Risk = 7_200_00, 300_00 // a range: R_them 7 300 to 9 100, zone −400 to 1 400
	s.Limit = 8_000_00
	if z := s.Prepare(); z.Low != -400_00 || z.High != 1_400_00 || z.Outlook != relation.Perhaps || z.Floor != 8_000_00 || z.Status != explain.Weak || !z.TargetOut {
		t.Errorf("range: %+v", z)
	}
	s.RivalHigh = 7_000_00
	if z := s.Prepare(); z.Outlook != relation.Closed || z.HasPower {
		t.Errorf("closed: %+v", z)
	}
	s.RivalLow, s.RivalHigh, s.Ours = 0, 0, nil
	if z := s.Prepare(); z.Reason != explain.NoData || z.Fallback != 0 || z.Best != -1 {
		t.Errorf("unknown rival: %+v", z)
	}
}

func TestTheBestAlternativeIsKept(t *testing.T) {
	// .5 × 4 000 − 300 = 1 700; .9 × 1 500 = 1 350; .1 × 1 000 − 500 < 0.
	if v, best := relation.Fallback([]relation.Alternative{{.9, 1_500_00, 0}, {.5, 4_000_00, 300_00}, {.1, 1_000_00, 500_00}}); v != 1_700_00 || best != 1 {
		t.Errorf("%d from %d, want 170000 from 1", v, best)
	}
	if v, best := relation.Fallback([]relation.Alternative{{.1, 1_000_00, 500_00}}); v != 0 || best != -1 {
		t.Errorf("an alternative that loses money: %d from %d, want nothing", v, best)
	}
}

// Method J5: 5 % at 30 % margin → +20 %, at 35 % → +16.7 %.
func TestDiscountBreakEven(t *testing.T) {
	near(t, "at 30 %", relation.Volume(.05, .30).Value, .20, 1e-12)
	near(t, "at 35 %", relation.Volume(.05, .35).Value, .1667, 5e-5)
	for _, dm := range [][2]float64{{.3, .3}, {.4, .3}, {-.1, .3}, {math.NaN(), .3}, {.1, math.Inf(1)}} {
		if r := relation.Volume(dm[0], dm[1]); r.Has() || r.Value != 0 {
			t.Errorf("d %v at m %v: %+v, want na", dm[0], dm[1], r)
		}
	}
}

func TestLadderKeepsEveryCentAndSlowsDown(t *testing.T) {
	p := relation.Defaults()
	rng := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		target := money.Cents(rng.IntN(1000))
		start := target + money.Cents(rng.IntN(3000))
		s := p.Steps(start, target)
		if start == target {
			if s != nil {
				t.Fatal("nothing to concede, and a ladder")
			}
			continue
		}
		at, last := start, money.Cents(math.MaxInt64)
		for _, o := range s {
			if at-o > last || o > at {
				t.Fatalf("from %d to %d: %v does not slow down", start, target, s)
			}
			at, last = o, at-o
		}
		if at != target {
			t.Fatalf("from %d to %d: ends at %d", start, target, at)
		}
	}
	if p.Steps(math.MinInt64, math.MaxInt64) != nil {
		t.Error("a target over the start has no ladder")
	}
}

func TestMatrixOfConcessionsAndCounterparts(t *testing.T) {
	E, R, D := relation.Exchange, relation.Reduce, relation.Dissuade
	want := [3][3]relation.Tactic{{E, E, E}, {R, E, E}, {D, R, D}}
	for c := range want {
		for k := range want[c] {
			if got := relation.TacticOf(relation.Ease(c), relation.Ease(k)); got != want[c][k] {
				t.Errorf("concession %d for counterpart %d: %d, want %d", c, k, got, want[c][k])
			}
		}
	}
	b := relation.Pair([]relation.Chip{{"discount", 400_00, relation.Conditional}, {"gift", 5_000_00, relation.Hard}},
		[]relation.Chip{{"counterpart.volume", 900_00, relation.Easy}, {"counterpart.term", 500_00, relation.Easy}, {"counterpart.payment", 100_00, relation.Easy}, {"counterpart.exclusivity", 400_00, relation.Hard}})
	if !slices.Equal(b.With, []int32{1, -1}) || b.Count[1][0] != 2 || b.Count[1][2] != 1 {
		t.Errorf("%+v", b)
	}
}

func TestTheLiveCount(t *testing.T) {
	s := relation.Count([]relation.Move{{400_00, 500_00, true}, {100_00, 0, false}})
	if s.Given != 500_00 || s.Received != 500_00 || s.Alone != 1 || s.Fair {
		t.Errorf("%+v", s)
	}
	if s := relation.Count([]relation.Move{{400_00, 500_00, true}}); !s.Fair {
		t.Errorf("%+v", s)
	}
	if s := relation.Count([]relation.Move{{600_00, 500_00, true}}); s.Fair {
		t.Error("more given than received is not fair")
	}
}

func TestTheLibraryOfCounterparts(t *testing.T) {
	if len(relation.Counterparts) != 18 { // those W26 lists
		t.Errorf("%d counterparts, want 18", len(relation.Counterparts))
	}
}

// Method J6, example: 3 of 4 tools, 3 000 against 5 000, 12 days → 0.4·0.75 + 0.3·0.6 + 0.3·0.6 = 0.66.
func TestTieIndex(t *testing.T) {
	asOf := calendar.Of(2026, 6, 30)
	tools := []relation.Tool{{asOf - 90, 2_000_00, 1_000_00, 2}, {asOf, 1_000_00, 0, 5}, {asOf - 3, 1_000_00, 2_000_00, 5}, {asOf - 91, 1_000_00, 0, 0}}
	b := relation.Tie(tools, asOf, relation.Defaults())
	near(t, "tie", b.Index, .66, 1e-12)
	if b.InUse != 3 || !slices.Equal(b.Lose, []int32{2, 1, 0, 3}) {
		t.Errorf("%+v", b)
	}
	tools = []relation.Tool{{asOf + 1, 0, 1, 99}} // a clock ahead, he alone invested, beyond 20 days
	near(t, "tie without our money", relation.Tie(tools, asOf, relation.Defaults()).Index, .6, 1e-12)
	tools[0].Theirs = 0
	near(t, "tie without money", relation.Tie(tools, asOf, relation.Defaults()).Index, .3, 1e-12)
	if b := relation.Tie(nil, asOf, relation.Defaults()); b.Reason != explain.NoData || b.Index != 0 {
		t.Errorf("no tool: %+v", b)
	}
}

func TestCooperationPlan(t *testing.T) {
	c := relation.Cooperate([]relation.Joint{{100, 200, 10, true}, {300, 0, 20, false}, {50, 50, 99, false}, {50, 50, 0, true}}, 30, 5, 7, 6, 4)
	if c.Ours != 500 || c.Theirs != 300 || !slices.Equal(c.OneSided, []int32{1}) || !slices.Equal(c.Late, []int32{1}) || c.Done != 2 || c.Due != 3 || c.PerQuarter != 1.5 || !c.Mutual {
		t.Errorf("%+v", c)
	}
	if c := relation.Cooperate(nil, 30, 5, 0, 0, 0); c.Mutual || c.Status != explain.Weak || c.PerQuarter != 0 {
		t.Errorf("%+v", c)
	}
}

// In another currency (×k) shares do not move and amounts follow; in another order nothing moves.
func TestLedgerPipelineAndTieHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	p := relation.Defaults()
	for range 300 {
		n := rng.IntN(12)
		lines, deals := make([]relation.Line, n), make([]relation.Deal, n)
		for i := range n {
			lines[i] = relation.Line{Side: portfolio.Side(1 + rng.IntN(2)), State: portfolio.Promise(rng.IntN(5)), Value: money.Cents(1 + rng.IntN(500_00)), Answers: -1, Done: calendar.Day(rng.IntN(50))}
			deals[i] = relation.Deal{Amount: money.Cents(rng.IntN(90_000_00)), Phase: rng.IntN(7), Chance: rng.Float64()*2 - 1, Days: rng.IntN(90)}
		}
		a, w := relation.Account(lines, p), relation.Weigh(deals, []float64{10, 10, 10, 10, 10, 10, 10}, 7, p)
		if w.TotalWorth > w.Total || a.Balance != a.Given-a.Received || a.HasRho && a.Rho < 0 {
			t.Fatalf("%+v %+v", a, w)
		}
		var byPhase money.Cents
		for _, x := range w.Amount {
			byPhase += x
		}
		if byPhase != w.Total {
			t.Fatalf("phases hold %d of %d", byPhase, w.Total)
		}
		rng.Shuffle(n, func(i, j int) { lines[i], lines[j] = lines[j], lines[i]; deals[i], deals[j] = deals[j], deals[i] })
		b, w2 := relation.Account(lines, p), relation.Weigh(deals, []float64{10, 10, 10, 10, 10, 10, 10}, 7, p)
		if b.Rho != a.Rho || len(b.Unreturned) != len(a.Unreturned) || b.Alerts != a.Alerts || w2.TotalWorth != w.TotalWorth {
			t.Fatal("another order, another result")
		}
		for i := range n {
			lines[i].Value *= 10
			deals[i].Amount *= 1_000_000 // makes every worth whole: only then is it exactly k times
		}
		if c := relation.Account(lines, p); math.Abs(c.Rho-a.Rho) > 1e-12 || c.Given != 10*a.Given {
			t.Fatal("another currency, another ρ")
		}
		if w3 := relation.Weigh(deals, nil, 7, p); math.Abs(float64(w3.TotalWorth)/1e6-float64(w.TotalWorth)) > .5+1e-6 {
			t.Fatalf("rounded %d, exact %v", w.TotalWorth, float64(w3.TotalWorth)/1e6)
		}
	}
}

func FuzzRelation(f *testing.F) {
	f.Add(int64(10_000_00), int64(9_200_00), int64(6_500_00), int64(9_000_00), .6, .05, uint16(5), uint8(3), int32(0), .5)
	f.Add(int64(-1)<<63, int64(1)<<62, int64(1)<<62, int64(-1), math.NaN(), math.Inf(1), uint16(65535), uint8(255), int32(-1), .9)
	f.Add(int64(1)<<62, int64(-1)<<63, int64(0), int64(1)<<62, 1e300, -1e300, uint16(0), uint8(0), int32(1)<<30, .1)
	f.Fuzz(func(t *testing.T, a, b, c, d int64, x, y float64, ticks uint16, bits uint8, k int32, enter float64) {
		p := relation.Defaults()
		if s, err := params.Default().Number(params.Org, params.ProjectEnter, enter); err == nil {
			p = relation.From(s)
		}
		A, B, C, D := money.Cents(a), money.Cents(b), money.Cents(c), money.Cents(d)
		z := relation.Sheet{Start: A, Target: B, Limit: C, Cost: D, Ours: []relation.Alternative{{x, A, B}, {y, C, D}}, RivalLow: C, RivalHigh: B, Switching: A, Risk: D}.Prepare()
		finite(t, z.PowerLow, z.PowerHigh)
		steps(t, z.Mark)
		v := relation.Volume(x, y)
		finite(t, v.Value)
		steps(t, v.Mark)
		p.Steps(A, B)
		relation.Pair([]relation.Chip{{"", A, relation.Ease(bits)}}, []relation.Chip{{"", B, relation.Ease(ticks)}})
		relation.Count([]relation.Move{{A, B, true}, {C, D, false}})
		lines := []relation.Line{{portfolio.Side(bits), portfolio.Promise(bits >> 4), A, int(k), 1, 2, true, k, true}, kept(1, B), kept(2, C), {2, 1, D, int(bits), calendar.Day(k), 0, false, 1, false}}
		l := relation.Account(lines, p)
		finite(t, l.Rho, l.WrittenRate)
		steps(t, l.Mark)
		relation.Guard(lines, p)
		w := relation.Weigh([]relation.Deal{{A, int(k), x, int(k)}, {B, int(bits), y, int(bits)}, {C, 1, -1, 0}}, []float64{x, y}, int(bits), p)
		steps(t, w.Mark)
		tie := relation.Tie([]relation.Tool{{calendar.Day(k), A, B, x}, {calendar.Day(bits), C, D, y}}, calendar.Day(ticks), p)
		finite(t, tie.Index, tie.Days)
		steps(t, tie.Mark)
		roi := relation.Tooling{A, x, y, B, C}.ROI()
		finite(t, roi.ROI, roi.Months)
		steps(t, roi.Mark)
		for _, l := range relation.Levers([]relation.Blocker{{A, int(k), int(bits), x}, {B, 1, 2, y}}, int(bits), p) {
			finite(t, l.PerHour)
		}
		for _, kpi := range relation.KPIs(relation.Facts{Suspects: int(a), Qualified: int(b), OursKept: C, TheirsKept: D, PhaseDays: int(c), PhaseStays: int(d)}, p) {
			finite(t, kpi.Value)
			steps(t, kpi.Mark)
		}
		m := relation.Standard()[:bits%9%8]
		r := m.Read(int(k), relation.Ticks{ticks, ticks >> 3, ticks >> 5, ticks >> 7, ticks, ticks >> 9}, bits, p)
		steps(t, r.Mark)
		if r.Has() && (r.Phase < 0 || r.Phase >= len(m)) {
			t.Fatalf("phase %d of %d", r.Phase, len(m))
		}
		relation.Compare(relation.Grid{bits}, relation.Grid{uint8(ticks)})
		relation.Cooperate([]relation.Joint{{A, B, calendar.Day(k), bits&1 == 1}}, 5, C, D, int(k), int(bits))
	})
}

// A manager's screen: 5 000 clients with a dozen commitments each, 20 000 projects.
func BenchmarkRelation(b *testing.B) {
	p := relation.Defaults()
	lines := make([]relation.Line, 12)
	for i := range lines {
		lines[i] = kept(portfolio.Side(1+i%2), money.Cents(100*i))
	}
	deals := make([]relation.Deal, 20_000)
	for i := range deals {
		deals[i] = relation.Deal{Amount: money.Cents(i), Phase: i % 7, Chance: -1, Days: i % 60}
	}
	b.Run("ledgers", func(b *testing.B) {
		for b.Loop() {
			for range 5000 {
				relation.Account(lines, p)
			}
		}
	})
	b.Run("pipeline", func(b *testing.B) {
		for b.Loop() {
			relation.Weigh(deals, []float64{18, 18, 18, 18, 18, 18, 18}, 7, p)
		}
	})
}
