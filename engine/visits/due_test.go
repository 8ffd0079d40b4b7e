package visits_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/visits"
)

var asOf = calendar.Of(2026, time.June, 30)

// H8: C06, 15 visits over 44 weeks → every 20.5 days; last seen 30 days ago →
// u 1.46, overdue; 20 appointments at 50 % → 40 calls.
func TestTheExampleOfTheMethod(t *testing.T) {
	every, ok := visits.Interval(44, 15)
	if !ok || math.Abs(every-20.53) > .005 {
		t.Errorf("every %v days, want 20.5", every)
	}
	u := visits.Urgency(asOf-30, asOf, every)
	if math.Abs(u.Value-1.46) > .005 || u.Status != explain.OK {
		t.Errorf("u = %v, want 1.46", u.Value)
	}
	if n := visits.CallsNeeded(20, .5); n != 40 {
		t.Errorf("%d calls, want 40", n)
	}
	l := visits.Due(visits.Input{Last: []calendar.Day{asOf - 30}, Planned: []int32{15}, Weeks: 44}, asOf, 28, visits.Defaults())
	if !l.Overdue[0] || l.Late != 1 || l.DueIn[0] != -9 || math.Abs(l.Urgency[0]-u.Value) > 1e-12 { // due after 21 days
		t.Errorf("list %+v, want one overdue by nine days", l)
	}
}

// H8: 365 ÷ 18, 13, 12, 3 days without a plan; no category, as économique.
func TestWithoutAPlanTheCategoryDecides(t *testing.T) {
	in := visits.Input{
		Last:     []calendar.Day{asOf - 20, asOf - 20, asOf - 20, asOf - 20, asOf - 20},
		Category: []portfolio.Category{portfolio.Strategic, portfolio.ToDevelop, portfolio.Core, portfolio.Economy, 0},
		Codes:    []string{"A", "B", "C", "D", "E"},
	}
	l := visits.Due(in, asOf, 14, visits.Defaults())
	for i, want := range []float64{20.28, 28.08, 30.42, 121.67, 121.67} {
		if math.Abs(l.Interval[i]-want) > .005 {
			t.Errorf("client %s every %v days, want %v", in.Codes[i], l.Interval[i], want)
		}
	}
	if !slices.Equal(l.Order, []int32{0, 1, 2}) || l.Late != 0 { // due in 1, 9 and 11 days; the others in 102
		t.Errorf("due within a fortnight: %v, %d late", l.Order, l.Late)
	}
}

func TestDueEdges(t *testing.T) {
	p := visits.Defaults()
	in := visits.Input{
		Last:     []calendar.Day{calendar.None, asOf + 3, asOf - 400, asOf - 400, asOf - 10},
		Planned:  []int32{12, 12, 0, 12, -1},
		Weeks:    44,
		Category: []portfolio.Category{1, 1, 1, 1, portfolio.Strategic},
		Skip:     []bool{false, false, false, true, false},
	}
	l := visits.Due(in, asOf, 0, p)
	if l.Urgency[0] != 1 || l.Since[0] != -1 || l.Overdue[0] || !slices.Equal(l.Order, []int32{0}) {
		t.Errorf("never visited: %+v, want u 1, due today", l)
	}
	if l.Since[1] != 0 || l.Urgency[1] != 0 {
		t.Errorf("a visit dated tomorrow by a wrong clock: %d days, u %v; want 0", l.Since[1], l.Urgency[1])
	}
	if l.Interval[2] != 0 || l.Urgency[2] != 0 {
		t.Error("no visit planned: cadence by phone, no target")
	}
	if math.Abs(l.Interval[4]-365./18) > 1e-12 {
		t.Errorf("not in the plan: every %v days, want the norm of its category", l.Interval[4])
	}
	if l := visits.Due(visits.Input{}, asOf, 28, p); l.Reason != explain.NoData {
		t.Errorf("nobody: %v", l.Mark)
	}
	if u := visits.Urgency(asOf-10, asOf, 0); u.Has() {
		t.Error("an urgency without a target")
	}
	if u := visits.Urgency(calendar.None, asOf, 20); u.Value != 1 || u.Status != explain.Weak {
		t.Errorf("no history: u %v %v, want 1, weak", u.Value, u.Status)
	}
	for _, tt := range []struct {
		n    int
		rate float64
		want int
	}{{0, .5, 0}, {5, 0, 0}, {3, .3, 10}, {1, .25, 4}, {10, 3, 10}, {7, .5, 14}, {1, math.NaN(), 0}} {
		if got := visits.CallsNeeded(tt.n, tt.rate); got != tt.want {
			t.Errorf("%d appointments at %v: %d calls, want %d", tt.n, tt.rate, got, tt.want)
		}
	}
}

func TestListsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		in := visits.Input{Weeks: 44}
		for i := range n {
			in.Last = append(in.Last, asOf-calendar.Day(rapid.IntRange(-5, 500).Draw(t, "since")))
			in.Planned = append(in.Planned, int32(rapid.IntRange(-1, 30).Draw(t, "planned")))
			in.Category = append(in.Category, portfolio.Category(rapid.IntRange(0, 4).Draw(t, "category")))
			in.Codes = append(in.Codes, fmt.Sprintf("C%02d", i))
		}
		days := rapid.IntRange(0, 60).Draw(t, "horizon")
		l := visits.Due(in, asOf, days, visits.Defaults())
		longer := visits.Due(in, asOf, days+7, visits.Defaults())
		for k, i := range l.Order {
			if k > 0 && l.Urgency[l.Order[k-1]] < l.Urgency[i] {
				t.Fatal("the list is not in order of urgency")
			}
			if !slices.Contains(longer.Order, i) {
				t.Fatal("a longer horizon loses a client")
			}
			if l.Interval[i] <= 0 || math.IsInf(l.Urgency[i], 0) || math.IsNaN(l.Urgency[i]) {
				t.Fatalf("client %d: every %v days, u %v", i, l.Interval[i], l.Urgency[i])
			}
		}
	})
}

func FuzzUrgency(f *testing.F) {
	f.Add(int32(20000), 20.5, 44.0, 15)
	f.Fuzz(func(t *testing.T, last int32, interval, weeks float64, planned int) {
		u := visits.Urgency(calendar.Day(last%1_000_000), asOf, interval)
		every, ok := visits.Interval(weeks, planned)
		if math.IsNaN(u.Value) || u.Value < 0 || ok && !(every >= 0) {
			t.Errorf("u %v, every %v", u.Value, every)
		}
	})
}

func BenchmarkDue(b *testing.B) {
	for _, n := range []int{5_000, 10_000} {
		rng := rand.New(rand.NewPCG(9, 1))
		var in visits.Input
		for i := range n {
			in.Last = append(in.Last, asOf-calendar.Day(rng.IntN(200)))
			in.Category = append(in.Category, portfolio.Category(1+rng.IntN(4)))
			in.Codes = append(in.Codes, fmt.Sprintf("C%05d", i))
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				visits.Due(in, asOf, 42, visits.Defaults())
			}
		})
	}
}
