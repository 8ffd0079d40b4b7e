package visits_test

import (
	"fmt"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/visits"
)

// Appendix B, leap years: from 10 February to 10 March are 29 days in 2024 and
// 28 in 2023: u is by days.
func TestUrgencyOverALeapDay(t *testing.T) {
	for year, want := range map[int]float64{2024: 29. / 20, 2023: 28. / 20} {
		u := visits.Urgency(calendar.Of(year, time.February, 10), calendar.Of(year, time.March, 10), 20)
		if u.Value != want || u.Status != explain.OK {
			t.Errorf("%d: u %v, want %v", year, u.Value, want)
		}
	}
}

// Appendix B on H6 and H8: no client, an empty stock, everybody blocked, bounds
// that nobody can meet: what is given and what is left over always make the
// stock, and each says why.
func TestDegenerateStocks(t *testing.T) {
	four := []portfolio.Category{1, 2, 3, 4}
	low, high := visits.Bounds(four, nil, visits.Defaults())
	for _, c := range []struct {
		name                     string
		in                       visits.PlanInput
		given, surplus, shortage int
		mark                     explain.Status
	}{
		{"empty portfolio", visits.PlanInput{Budget: 50}, 0, 50, 0, explain.NA},
		{"no stock", visits.PlanInput{Key: []float64{1, 2}}, 0, 0, 0, explain.OK},
		{"all blocked: prospects have it all", visits.PlanInput{Budget: 50, Key: []float64{1, 2}, Blocked: []bool{true, true}}, 0, 50, 0, explain.OK},
		{"minima of 28 and a stock of 20: 8 short", visits.PlanInput{Budget: 20, Key: []float64{1, 1, 1, 1}, Min: low, Max: high, Category: four}, 20, 0, 8, explain.Weak},
		{"maxima of 64 and a stock of 90: 26 over", visits.PlanInput{Budget: 90, Key: []float64{1, 1, 1, 1}, Min: low, Max: high, Category: four}, 64, 26, 0, explain.OK},
	} {
		p := visits.Proportional(c.in)
		sum := 0
		for _, x := range p.Visits {
			sum += int(x)
		}
		if sum != c.given || p.Given != c.given || p.Surplus != c.surplus || p.Shortage != c.shortage || p.Given+p.Surplus != c.in.Budget {
			t.Errorf("%s: %d given (%d said), %d over, %d short", c.name, sum, p.Given, p.Surplus, p.Shortage)
		}
		if p.Status == 0 || c.mark == explain.NA && p.Has() {
			t.Errorf("%s: %v", c.name, p.Mark)
		}
	}
}

// Appendix B, 10 000 clients share their visits well under a second, to the
// last one; the clients due are all that are, most urgent first.
func TestTenThousandClientsShareVisits(t *testing.T) {
	const n = 10_000
	in := visits.PlanInput{Budget: 90_000, Key: make([]float64, n), Category: make([]portfolio.Category, n), Codes: make([]string, n)}
	due := visits.Input{Last: make([]calendar.Day, n), Category: in.Category, Codes: in.Codes}
	for i := range n {
		in.Key[i], in.Category[i], in.Codes[i] = float64(i*7919%n), portfolio.Category(1+i%4), fmt.Sprint(i)
		due.Last[i] = asOf - calendar.Day(i%200)
	}
	in.Min, in.Max = visits.Bounds(in.Category, nil, visits.Defaults())
	from := time.Now()
	p, l := visits.Proportional(in), visits.Due(due, asOf, 28, visits.Defaults())
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	sum := 0
	for i, x := range p.Visits {
		if sum += int(x); x < in.Min[i] || x > in.Max[i] {
			t.Fatalf("client %d: %d visits of %d to %d", i, x, in.Min[i], in.Max[i])
		}
	}
	if sum != 90_000 {
		t.Errorf("%d visits of 90 000", sum)
	}
	for k := 1; k < len(l.Order); k++ {
		if l.Urgency[l.Order[k]] > l.Urgency[l.Order[k-1]] {
			t.Fatalf("place %d is more urgent than the one before", k)
		}
	}
}
