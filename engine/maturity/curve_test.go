package maturity_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

// phases reads letters, "DDCM".
func phases(s string) []maturity.Phase {
	var out []maturity.Phase
	for _, r := range s {
		out = append(out, maturity.Phase(strings.IndexRune("PDCMVX", r)+1))
	}
	return out
}

func goldenPhases() []maturity.Phase {
	var out []maturity.Phase
	for _, v := range maturity.ReadAll(golden(), asOf, maturity.Defaults()) {
		out = append(out, v.Phase)
	}
	return out
}

// C2: counts 2, 4, 4, 2 → bell 0.0028, flat 0.0278, rising 0.0778, falling
// 0.0778, U 0.1344 → cloche; ageing index (2+8+12+8)/12 = 2.50 (C7).
func TestTheGoldenCurveIsABell(t *testing.T) {
	c := maturity.CurveOf(goldenPhases(), nil, maturity.Defaults())
	if c.Weight != [4]float64{2, 4, 4, 2} || c.Shape != maturity.Bell || c.Second != maturity.Flat || c.Mixed || c.Status != explain.OK {
		t.Errorf("curve %+v, want 2/4/4/2, a bell", c)
	}
	for s, want := range map[maturity.Shape]float64{maturity.Bell: .0028, maturity.Flat: .0278, maturity.RisingCurve: .0778, maturity.FallingCurve: .0778, maturity.U: .1344} {
		if got := c.Distance[s-1]; math.Abs(got-want) > .00005 {
			t.Errorf("distance to shape %d = %v, want %v", s, got, want)
		}
	}
	if math.Abs(c.Ageing-2.5) > 1e-12 {
		t.Errorf("ageing index %v, want 2.50", c.Ageing)
	}
}

func TestCurveEdges(t *testing.T) {
	p := maturity.Defaults()
	for _, tt := range []struct {
		name   string
		phases string
		shape  maturity.Shape
		mixed  bool
		status explain.Status
	}{
		{"nobody", "", 0, false, explain.NA},
		{"prospects and lost clients only", "PPXX", 0, false, explain.NA},
		{"a neglected sector", "DCCMMMVVVV", maturity.RisingCurve, false, explain.OK},
		{"a newly arrived rep", "DDDDDDDCCCMMMVVVVVVV", maturity.U, false, explain.OK},
		{"a young portfolio", "DDDDCCCMMV", maturity.FallingCurve, false, explain.OK},
		{"no policy visible", "DDCCMMVV", maturity.Flat, false, explain.OK},
		{"seven clients are few", "DCCMMMV", maturity.Bell, false, explain.Weak},
		// Half D, half V: 1/2,0,0,1/2 → U .0900, flat .25, falling and rising .30 (0.01+.09+.04+.16 = .30; .16+.04+.09+.01).
		{"nothing between the young and the old", "DDDDVVVV", maturity.U, false, explain.OK},
	} {
		c := maturity.CurveOf(phases(tt.phases), nil, p)
		if c.Shape != tt.shape || c.Mixed != tt.mixed || c.Status != tt.status {
			t.Errorf("%s: shape %d mixed %v %v; distances %v", tt.name, c.Shape, c.Mixed, c.Status, c.Distance)
		}
	}
}

// Equidistant from "montante" and "descendante": the more pessimistic is named
// first, and the curve is mixed. Templates are moved so that the tie is exact.
func TestATieIsReadPessimistically(t *testing.T) {
	p := maturity.Defaults()
	p.Templates = [5][4]float64{{1, 0, 0, 0}, {.10, .20, .30, .40}, {1, 0, 0, 0}, {.40, .30, .20, .10}, {1, 0, 0, 0}}
	c := maturity.CurveOf(phases("DDCCMMVV"), nil, p)
	if c.Shape != maturity.RisingCurve || c.Second != maturity.FallingCurve || !c.Mixed {
		t.Errorf("shape %d then %d, mixed %v; want rising then falling, mixed", c.Shape, c.Second, c.Mixed)
	}
	// Falling a little nearer, within .01: still the pessimistic name first.
	c = maturity.CurveOf(phases(strings.Repeat("D", 101)+strings.Repeat("C", 100)+strings.Repeat("M", 100)+strings.Repeat("V", 99)), nil, p)
	if c.Distance[maturity.FallingCurve-1] >= c.Distance[maturity.RisingCurve-1] || c.Shape != maturity.RisingCurve || !c.Mixed {
		t.Errorf("distances %v, shape %d mixed %v", c.Distance, c.Shape, c.Mixed)
	}
}

// C2, weighted by sales: D 3+1, C 24+13+9+7, M 16+6+4+2, V 10+5 thousand.
func TestTheCurveBySales(t *testing.T) {
	var sales []float64
	for _, s := range demo.Golden().Sales() {
		sales = append(sales, float64(s))
	}
	c := maturity.CurveOf(goldenPhases(), sales, maturity.Defaults())
	want := [4]float64{.04, .53, .28, .15}
	for k := range want {
		if math.Abs(c.Share[k]-want[k]) > 1e-12 {
			t.Errorf("shares by sales %v, want %v", c.Share, want)
		}
	}
	if c.Clients != 12 {
		t.Errorf("%d clients, want 12", c.Clients)
	}
}

// C3: actual D 4.4, C 33.0, M 48.3, V 14.3 %; target 23.1/46.2/18.5/12.3; C/M
// 67/98 = 0.684 → alert.
func TestGoldenEffortDriftsTowardMatureClients(t *testing.T) {
	a := maturity.Align(goldenPhases(), demo.Golden().Units(), maturity.Defaults())
	actual, target := [4]float64{.044, .330, .483, .143}, [4]float64{.231, .462, .185, .123}
	for k := range actual {
		if math.Abs(a.Actual[k]-actual[k]) > .0005 || math.Abs(a.Target[k]-target[k]) > .0005 {
			t.Errorf("phase %d: actual %v target %v, want %v and %v", k, a.Actual[k], a.Target[k], actual[k], target[k])
		}
	}
	if math.Abs(a.Ratio-.684) > .0005 || !a.HasRatio || !a.Alert || a.PerHead != a.Ratio { // four clients in each
		t.Errorf("C/M %v per head %v alert %v, want 0.684, alert", a.Ratio, a.PerHead, a.Alert)
	}
}

func TestAlignmentEdges(t *testing.T) {
	p := maturity.Defaults()
	for _, tt := range []struct {
		name     string
		phases   string
		units    []float64
		hasRatio bool
		noGrowth bool
		alert    bool
		status   explain.Status
		reason   explain.Reason
	}{
		{"nobody", "", nil, false, false, false, explain.NA, explain.NoData},
		{"no contact at all", "DCMV", []float64{0, 0, 0, 0}, false, false, false, explain.NA, explain.NoContact},
		{"no mature client: infinite, and fine", "CCDV", []float64{5, 5, 1, 1}, false, false, false, explain.OK, explain.None},
		{"no growing client", "MMDV", []float64{5, 5, 1, 1}, true, true, true, explain.OK, explain.None},
		{"as much with C as with M", "CMDV", []float64{5, 5, 1, 1}, true, false, false, explain.OK, explain.None},
		{"contacts on prospects do not count", "PPPC", []float64{5, 5, 5, 0}, false, false, false, explain.NA, explain.NoContact},
	} {
		a := maturity.Align(phases(tt.phases), tt.units, p)
		if a.HasRatio != tt.hasRatio || a.NoGrowth != tt.noGrowth || a.Alert != tt.alert || a.Status != tt.status || a.Reason != tt.reason {
			t.Errorf("%s: %+v", tt.name, a)
		}
	}
}

func history(t *rapid.T) maturity.History {
	h := maturity.History{FirstOrder: calendar.None}
	if rapid.Bool().Draw(t, "card says when") {
		h.FirstOrder = asOf - calendar.Day(rapid.IntRange(-50, 3000).Draw(t, "first"))
	}
	for range rapid.IntRange(0, 30).Draw(t, "lines") {
		l := maturity.Line{From: asOf - calendar.Day(rapid.IntRange(-60, 1500).Draw(t, "from")), Net: money.Cents(rapid.IntRange(-500, 5000).Draw(t, "net"))}
		if rapid.Bool().Draw(t, "period") {
			l.To = l.From + calendar.Day(rapid.IntRange(0, 400).Draw(t, "length"))
		}
		h.Lines = append(h.Lines, l)
	}
	return h
}

func TestPhasesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, p := history(t), maturity.Defaults()
		p.Robust = rapid.Bool().Draw(t, "robust")
		v := maturity.Read(h, asOf, p)
		shuffled := h
		shuffled.Lines = rapid.Permutation(h.Lines).Draw(t, "order")
		if w := maturity.Read(shuffled, asOf, p); w.Phase != v.Phase || w.G != v.G || w.SalesN != v.SalesN {
			t.Fatalf("%+v and %+v: the order of the lines matters", v, w)
		}
		future := h
		future.Lines = append(append([]maturity.Line(nil), h.Lines...), maturity.Line{From: asOf + 1, Net: 1e6})
		if w := maturity.Read(future, asOf, p); w.Phase != v.Phase {
			t.Fatalf("tomorrow's order changes today's phase from %v to %v", v.Phase, w.Phase)
		}
		if v.Phase < maturity.Prospect || v.Phase > maturity.Lost || math.IsNaN(v.G) || math.IsInf(v.G, 0) || v.Age < 0 {
			t.Fatalf("verdict %+v", v)
		}
		scaled := h
		scaled.Lines = nil
		for _, l := range h.Lines {
			scaled.Lines = append(scaled.Lines, maturity.Line{From: l.From, To: l.From, Net: l.Net * 7})
		}
		same := h
		same.Lines = nil
		for _, l := range h.Lines {
			same.Lines = append(same.Lines, maturity.Line{From: l.From, Net: l.Net})
		}
		p.Robust = false
		if a, b := maturity.Read(scaled, asOf, p), maturity.Read(same, asOf, p); a.Phase != b.Phase {
			t.Fatalf("another currency changes the phase from %v to %v", b.Phase, a.Phase)
		}
	})
}

func TestCurvesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ph := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) maturity.Phase { return maturity.Phase(rapid.IntRange(1, 6).Draw(t, "phase")) }), 0, 40).Draw(t, "phases")
		w := rapid.SliceOfN(rapid.Float64Range(-1, 1e6), len(ph), len(ph)).Draw(t, "weights")
		c, a := maturity.CurveOf(ph, w, maturity.Defaults()), maturity.Align(ph, w, maturity.Defaults())
		if c.Has() {
			if s := c.Share[0] + c.Share[1] + c.Share[2] + c.Share[3]; math.Abs(s-1) > 1e-9 || c.Ageing < 1-1e-9 || c.Ageing > 4+1e-9 || c.Shape == 0 || c.Second == 0 || c.Shape == c.Second {
				t.Fatalf("curve %+v", c)
			}
		}
		if a.Has() {
			if g := a.Gap[0] + a.Gap[1] + a.Gap[2] + a.Gap[3]; math.Abs(g) > 1e-9 || math.IsInf(a.Ratio, 0) || math.IsNaN(a.PerHead) {
				t.Fatalf("alignment %+v", a)
			}
		}
	})
}

func FuzzDecide(f *testing.F) {
	f.Add(int32(16436), int32(20600), 30.0, int64(9000), int64(10000), uint8(3), 0.0)
	f.Fuzz(func(t *testing.T, first, last int32, interval float64, n, n1 int64, score uint8, growth float64) {
		p := maturity.Defaults()
		p.Relative = true
		if math.IsNaN(growth) {
			growth = 0
		}
		v := maturity.Decide(maturity.Facts{FirstOrder: calendar.Day(first % 40000), LastOrder: calendar.Day(last % 40000), Interval: interval, N: money.Cents(n), N1: money.Cents(n1), Score: int(score), Growth: growth}, asOf, p)
		if v.Phase < maturity.Prospect || v.Phase > maturity.Lost || math.IsNaN(v.G) || math.IsInf(v.G, 0) {
			t.Errorf("verdict %+v", v)
		}
	})
}

func BenchmarkPhases(b *testing.B) {
	for _, n := range []int{5_000, 10_000} {
		rng := rand.New(rand.NewPCG(5, 6))
		all := make([]maturity.History, n)
		for i := range all {
			all[i].FirstOrder = asOf - calendar.Day(rng.IntN(4000))
			for range 20 {
				all[i].Lines = append(all[i].Lines, maturity.Line{From: asOf - calendar.Day(rng.IntN(1095)), Net: money.Cents(rng.IntN(1e6))})
			}
		}
		for _, robust := range []bool{false, true} {
			p := maturity.Defaults()
			p.Robust = robust
			b.Run(fmt.Sprintf("%d/robust=%v", n, robust), func(b *testing.B) {
				for b.Loop() {
					maturity.ReadAll(all, asOf, p)
				}
			})
		}
	}
}
