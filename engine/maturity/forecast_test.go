package maturity_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
)

// C7: 2/4/4/2 with two new clients → 2 / 3.82 / 4.72 / 2.06, lost 1.40; with
// none D is 0 and the ageing index goes from 2.50 to 2.83, still a bell.
func TestNextYearIfNothingChanges(t *testing.T) {
	p := maturity.Defaults()
	m := maturity.Transitions(nil, p)
	if m.Own || m.Status != explain.Weak || m.Reason != explain.FewPeriods {
		t.Fatalf("no snapshot: %+v, want the default matrix, weak", m.Mark)
	}
	f := maturity.Expect([4]int{2, 4, 4, 2}, 2, m, p)
	for k, want := range [4]float64{2, 3.82, 4.72, 2.06} {
		close(t, "next year", f.Next[k], want, 1e-9)
	}
	close(t, "lost", f.Lost, 1.40, 1e-9)
	if f.Status != explain.Weak {
		t.Errorf("on the default matrix: %v, want weak", f.Status)
	}
	f = maturity.Expect([4]int{2, 4, 4, 2}, 0, m, p)
	close(t, "ageing index", f.Curve.Ageing, 2.83, .005)
	if f.Next[0] != 0 || f.Curve.Shape != maturity.Bell {
		t.Errorf("no new client: %v, shape %d; want none in D, a bell", f.Next, f.Curve.Shape)
	}
	// (x + 2·3.82 + 3·4.72 + 4·2.06) ÷ (x + 10.6) ≤ 2.5  ⇔  x ≥ (30.04 − 26.5) ÷ 1.5 = 2.36.
	if f.Needed != 3 || f.Capped {
		t.Errorf("%d new clients keep the curve, want 3", f.Needed)
	}
	close(t, "index with three", maturity.Expect([4]int{2, 4, 4, 2}, 3, m, p).Curve.Ageing, 33.04/13.6, 1e-9)
}

func TestForecastEdges(t *testing.T) {
	p := maturity.Defaults()
	m := maturity.Transitions(nil, p)
	if f := maturity.Expect([4]int{}, 0, m, p); f.Status != explain.NA || f.Reason != explain.NoData {
		t.Errorf("empty portfolio: %v", f.Mark)
	}
	if f := maturity.Expect([4]int{3, 0, 0, 0}, 1, m, p); !f.Capped || f.Needed != 0 {
		t.Errorf("starters only: %+v: no number of new clients keeps an index of 1", f)
	}
	if f := maturity.Expect([4]int{-3, 0, 0, 0}, 2, m, p); f.Next != [4]float64{2, 0, 0, 0} || f.Curve.Shape == 0 {
		t.Errorf("new clients only: %+v", f)
	}
	if f := maturity.Expect([4]int{1, 1, 1, 1}, math.Inf(1), m, p); f.Next[0] != 0 {
		t.Errorf("infinite plans: %v", f.Next)
	}
}

// Two snapshots of sixteen clients: of ten in M, seven stay, two go to V, one
// is lost; of six in D, four go to C, one to M, one is lost. With one more in
// each of C, M, V, X: M → 1, 8, 3, 2 of 14; D → 5, 2, 1, 2 of 10; C and V,
// never seen, a quarter each.
func TestTransitionsAreCountedAndSmoothed(t *testing.T) {
	p := maturity.Defaults()
	before := phases("MMMMMMMMMMDDDDDDPX")
	after := phases("MMMMMMMVVXCCCCMXDC") // a prospect who came in and a client who came back do not count
	m := maturity.Transitions([][]maturity.Phase{before, after}, p)
	if !m.Own || m.Seen != 16 || m.Status != explain.OK {
		t.Fatalf("matrix %+v", m)
	}
	for r, want := range [4][4]float64{{.5, .2, .1, .2}, {.25, .25, .25, .25}, {1. / 14, 8. / 14, 3. / 14, 2. / 14}, {.25, .25, .25, .25}} {
		for c, w := range want {
			close(t, "transition", m.T[r][c], w, 1e-12)
		}
	}
	if m := maturity.Transitions([][]maturity.Phase{before[:15], after[:15]}, p); !m.Own {
		t.Error("fifteen transitions are enough")
	}
	m = maturity.Transitions([][]maturity.Phase{before[:14], after[:14]}, p)
	if m.Own || m.T != p.Matrix || m.Reason != explain.FewClients || m.Status != explain.Weak {
		t.Errorf("fourteen transitions: %+v, want the default", m.Mark)
	}
	if m := maturity.Transitions([][]maturity.Phase{before}, p); m.Own || m.Reason != explain.FewPeriods {
		t.Errorf("one snapshot: %v", m.Mark)
	}
}

func TestMortality(t *testing.T) {
	p := maturity.Defaults()
	first := asOf.AddMonths(-15)
	s := []maturity.Starter{
		{First: first, Last: first.AddMonths(3), Lost: true},
		{First: first, Last: first.AddMonths(12), Lost: true}, // after its first year
		{First: first, Last: asOf},
		{First: asOf.AddMonths(-12), Last: asOf},                    // the youngest that counts
		{First: asOf.AddMonths(-12) + 1, Last: asOf, Lost: true},    // too young
		{First: asOf.AddMonths(-24), Last: asOf, Lost: true},        // too old
		{First: calendar.None, Last: calendar.None, Lost: true},     // never came in
		{First: asOf.AddMonths(-24) + 1, Last: asOf.AddMonths(-20)}, // the oldest that counts
	}
	m := maturity.Die(s, asOf, p)
	if m.Entered != 5 || m.Dead != 1 || m.Rate != .2 || m.Status != explain.OK {
		t.Errorf("mortality %+v, want 1 of 5", m)
	}
	if m := maturity.Die(s[:3], asOf, p); m.Status != explain.Weak || m.Reason != explain.FewClients {
		t.Errorf("three starters: %v", m.Mark)
	}
	if m := maturity.Die(s[4:7], asOf, p); m.Status != explain.NA || m.Reason != explain.NoData {
		t.Errorf("none entered: %v", m.Mark)
	}
	h := maturity.History{FirstOrder: first, Lines: []maturity.Line{{From: first, Net: 5}, {From: first + 30, Net: 5}}}
	v := maturity.Read(h, asOf, p)
	if one, ok := v.Starter(); !ok || !one.Lost || one.Last != first+30 || one.First != first {
		t.Errorf("starter %+v of %v", one, v.Phase)
	}
	if _, ok := maturity.Read(maturity.History{}, asOf, p).Starter(); ok {
		t.Error("a prospect has not started")
	}
}

func TestSnapshotsAreReadFromTheLines(t *testing.T) {
	s := maturity.Snapshots(golden(), asOf, 2, maturity.Defaults())
	if len(s) != 2 {
		t.Fatalf("%d snapshots", len(s))
	}
	for i, ph := range goldenPhases() {
		if s[1][i] != ph {
			t.Errorf("C%02d today %v, want %v", i+1, s[1][i], ph)
		}
	}
	// C06 first ordered in November 2024: D in June 2025; C10 and C12 had not come.
	if s[0][5] != maturity.Start || s[0][9] != maturity.Prospect || s[0][11] != maturity.Prospect {
		t.Errorf("a year ago %v", s[0])
	}
}

func TestForecastsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		snapshot := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) maturity.Phase { return maturity.Phase(rapid.IntRange(0, 6).Draw(t, "phase")) }), 30, 30)
		m := maturity.Transitions([][]maturity.Phase{snapshot.Draw(t, "a"), snapshot.Draw(t, "b"), snapshot.Draw(t, "c")}, maturity.Defaults())
		for _, row := range m.T {
			if s := row[0] + row[1] + row[2] + row[3]; math.Abs(s-1) > 1e-9 {
				t.Fatalf("row makes %v", s)
			}
		}
		var now [4]int
		total := 0.0
		for k := range now {
			now[k] = rapid.IntRange(0, 500).Draw(t, "count")
			total += float64(now[k])
		}
		f := maturity.Expect(now, 0, m, maturity.Defaults())
		if s := f.Next[0] + f.Next[1] + f.Next[2] + f.Next[3] + f.Lost; f.Has() && math.Abs(s-total) > 1e-6 {
			t.Fatalf("%v clients became %v", total, s)
		}
		if f.Has() && !f.Capped {
			var before float64
			for k, n := range now {
				before += float64((k+1)*n) / total
			}
			g := maturity.Expect(now, float64(f.Needed), m, maturity.Defaults())
			if g.Curve.Has() && g.Curve.Ageing > before+1e-6 {
				t.Fatalf("%d newcomers leave the index at %v, from %v", f.Needed, g.Curve.Ageing, before)
			}
		}
	})
}
