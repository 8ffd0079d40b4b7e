package maturity_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
)

func TestEvaluationsAreTheEndsOfTheMonths(t *testing.T) {
	got := maturity.Evaluations(calendar.Of(2024, time.March, 15), 3)
	want := []calendar.Day{calendar.Of(2023, 12, 31), calendar.Of(2024, 1, 31), calendar.Of(2024, 2, 29), calendar.Of(2024, 3, 15)}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("evaluations %v, want %v", got, want)
	}
	if got := maturity.Evaluations(asOf, 1); got[0] != calendar.Of(2026, 5, 31) || len(got) != 2 {
		t.Errorf("at the end of June: %v", got)
	}
	if got := maturity.Evaluations(asOf, -4); len(got) != 1 {
		t.Errorf("no month before: %v", got)
	}
}

// One order a month since January 2024, of 100 €, then of 200 € from January
// 2026: D until the end of 2024 (twelve full months on 10 January 2025), C
// while N-1 is not whole, M by the end of 2025, C again in 2026.
func TestTimelineTellsTheStory(t *testing.T) {
	var h maturity.History
	for m := range 30 {
		l := maturity.Line{From: calendar.Of(2024, time.January, 10).AddMonths(m), Net: 100_00}
		if m >= 24 {
			l.Net = 200_00
		}
		h.Lines = append(h.Lines, l)
	}
	got := ""
	stays := maturity.Timeline(h, asOf, 36, maturity.Defaults())
	for k, s := range stays {
		got += s.Phase.String()
		if k > 0 && s.From <= stays[k-1].To {
			t.Errorf("stay %d begins before the one before ends", k)
		}
	}
	if got != "PDCMC" {
		t.Fatalf("story %s, want P D C M C: %+v", got, stays)
	}
	if d := stays[1]; d.From != calendar.Of(2024, 1, 31) || d.To != calendar.Of(2024, 12, 31) || d.Why != maturity.Young {
		t.Errorf("D from %v to %v", d.From, d.To)
	}
	// N of December 2025 is 12 × 100, N-1 too: M. At the end of January 2026
	// 1 300 against 1 200, +8.3 %: C.
	if m := stays[3]; m.To != calendar.Of(2025, 12, 31) {
		t.Errorf("M until %v", m.To)
	}
	h.Override = maturity.Override{Phase: maturity.Ageing, Until: asOf}
	stays = maturity.Timeline(h, asOf, 36, maturity.Defaults())
	if last := stays[len(stays)-1]; last.Phase != maturity.Ageing || last.From != asOf || last.Why != maturity.Locked {
		t.Errorf("a phase set today shows today only: %+v", last)
	}
}

func TestTimelineAgreesWithEachReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, p := history(t), maturity.Defaults()
		p.Robust = rapid.Bool().Draw(t, "robust")
		stays := maturity.Timeline(h, asOf, 14, p)
		for _, day := range maturity.Evaluations(asOf, 14) {
			want := maturity.Read(h, day, p).Phase
			found := false
			for _, s := range stays {
				if s.From <= day && day <= s.To {
					found = s.Phase == want
				}
			}
			if !found {
				t.Fatalf("at %v %v is missing from %+v", day, want, stays)
			}
		}
	})
}

func TestMergedAccountsHaveOneStory(t *testing.T) {
	a := maturity.History{FirstOrder: asOf - 300, Lines: []maturity.Line{{From: asOf - 10, Net: 5}}, Signs: maturity.Signs{DeciderChanged: 100}}
	b := maturity.History{FirstOrder: asOf - 900, Lines: []maturity.Line{{From: asOf - 20, Net: 7}}, Signs: maturity.Signs{DeciderChanged: 200, ServiceErrors: []calendar.Day{9}}, Growth: .1, Override: maturity.Override{Phase: maturity.Mature}}
	m := maturity.Merged(a, b)
	if m.FirstOrder != asOf-900 || len(m.Lines) != 2 || m.Signs.DeciderChanged != 200 || len(m.Signs.ServiceErrors) != 1 || m.Growth != .1 || m.Override.Phase != maturity.Mature {
		t.Errorf("merged %+v", m)
	}
	if v := maturity.Read(m, asOf, maturity.Defaults()); v.SalesN != 12 {
		t.Errorf("sales %d, want 12", v.SalesN)
	}
}

// C2 on the golden dataset, weighed: sales .04 .53 .28 .15; margins by phase
// D 1 350, C 14 330, M 7 800, V 4 400 of 27 880; potentials D 55 000, C
// 120 000, M 38 000, V 37 000 of 250 000; units D 9, C 67, M 98, V 29 of 203.
func TestTheFiveCurvesOfTheGoldenPortfolio(t *testing.T) {
	g := demo.Golden()
	c := maturity.CurvesOf(goldenPhases(), maturity.Weights{Sales: g.Sales(), Margin: g.Margins(), Potential: g.Potentials(), Units: g.Units()}, maturity.Defaults())
	for _, tt := range []struct {
		name string
		c    maturity.Curve
		want [4]float64
	}{
		{"clients", c.Clients, [4]float64{2, 4, 4, 2}},
		{"sales", c.Sales, [4]float64{4_000_00, 53_000_00, 28_000_00, 15_000_00}},
		{"margin", c.Margin, [4]float64{1_350_00, 14_330_00, 7_800_00, 4_400_00}},
		{"potential", c.Potential, [4]float64{55_000_00, 120_000_00, 38_000_00, 37_000_00}},
		{"units", c.Units, [4]float64{9, 67, 98, 29}},
	} {
		for k, w := range tt.want {
			close(t, tt.name, tt.c.Weight[k], w, 1e-9)
		}
		if tt.c.Clients != 12 || tt.c.Status != explain.OK {
			t.Errorf("%s: %d clients, %v", tt.name, tt.c.Clients, tt.c.Status)
		}
	}
	c = maturity.CurvesOf(goldenPhases(), maturity.Weights{Sales: make([]money.Cents, 12)}, maturity.Defaults())
	if c.Sales.Reason != explain.NoSales || c.Potential.Reason != explain.NoPotential || c.Units.Reason != explain.NoContact || !c.Clients.Has() {
		t.Errorf("nothing to weigh: %v %v %v", c.Sales.Reason, c.Potential.Reason, c.Units.Reason)
	}
	if c := maturity.CurvesOf(nil, maturity.Weights{}, maturity.Defaults()); c.Clients.Reason != explain.NoData || c.Sales.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v", c.Clients.Mark)
	}
}

func TestCurveHistoryEndsToday(t *testing.T) {
	h := golden()
	h[0].Override = maturity.Override{Phase: maturity.Ageing}
	past := maturity.CurveHistory(h, []calendar.Day{asOf.AddMonths(-12), asOf}, maturity.Defaults())
	// Today C01 is set to V by hand: 2/3/4/3. A year ago C10 and C12 had not
	// come, C06 was in D, and the nine others had no sales in N-1: C,
	// reactivated (two years are all this file has).
	if past[1].Clients.Weight != [4]float64{2, 3, 4, 3} || past[0].Clients.Weight != [4]float64{1, 9, 0, 0} {
		t.Errorf("curves %v then %v", past[0].Clients.Weight, past[1].Clients.Weight)
	}
	close(t, "sales a year ago", past[0].Sales.Weight[0]+past[0].Sales.Weight[1], 91_400_00, 1e-6) // the total of N-1
}

func TestGapsBecomeVisits(t *testing.T) {
	a := maturity.Align(goldenPhases(), demo.Golden().Units(), maturity.Defaults())
	v := a.Visits(120)
	close(t, "visits too many on M", v[2], 120*(98./203-2.4/13), 1e-9) // 4 × 0.6 of 3 + 6 + 2.4 + 1.6
}

func BenchmarkCurveHistory(b *testing.B) {
	rng := rand.New(rand.NewPCG(5, 6))
	all := make([]maturity.History, 5_000)
	for i := range all {
		all[i].FirstOrder = asOf - calendar.Day(rng.IntN(4000))
		for range 20 {
			all[i].Lines = append(all[i].Lines, maturity.Line{From: asOf - calendar.Day(rng.IntN(1095)), Net: money.Cents(rng.IntN(1e6))})
		}
	}
	for b.Loop() {
		maturity.CurveHistory(all, maturity.Evaluations(asOf, 11), maturity.Defaults())
	}
}
