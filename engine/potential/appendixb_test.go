package potential_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

// Appendix B on E1: an account merged (two voices on one account are fused, not
// added: whoever merges two accounts appraises the sum again), an import done
// twice, a leap day (an estimate of 28 February 2023 is twelve full months old
// on 29 February 2024: half its weight, and the day changes little), potential
// under the sales.
func TestEstimatesOfDegenerateAccounts(t *testing.T) {
	leap := calendar.Of(2024, time.February, 29)
	par := potential.Defaults()
	said := func(amount money.Cents, day calendar.Day) potential.Estimate {
		return potential.Estimate{Amount: amount, Method: portfolio.Declared, Day: day}
	}
	for _, c := range []struct {
		name       string
		list       []potential.Estimate
		sales      money.Cents
		value      money.Cents
		confidence float64
		status     explain.Status
	}{
		{"no estimate", nil, 100_00, 0, 0, explain.NA},
		{"merged: the mean of both", []potential.Estimate{said(10_000_00, leap), said(20_000_00, leap)}, 0, 15_000_00, 1, explain.OK},
		{"imported twice: the same value, surer", []potential.Estimate{said(10_000_00, leap), said(10_000_00, leap)}, 0, 10_000_00, 1, explain.OK},
		{"a year old on a leap day", []potential.Estimate{said(10_000_00, leap-366)}, 0, 10_000_00, .45, explain.OK},
		{"said in the future: invisible", []potential.Estimate{said(10_000_00, leap+1)}, 0, 0, 0, explain.NA},
		{"under the sales: 1.05 × them, to be reviewed", []potential.Estimate{said(10_000_00, leap)}, 20_000_00, 21_000_00, .9, explain.Weak},
		{"negative: refused", []potential.Estimate{said(-5, leap)}, 0, 0, 0, explain.NA},
		{"of zero", []potential.Estimate{said(0, leap)}, 0, 0, .9, explain.OK},
	} {
		a := potential.Appraise(c.list, c.sales, leap, par)
		if a.Value != c.value || math.Abs(a.Confidence-c.confidence) > .002 || a.Status != c.status || a.Status == explain.NA && a.Reason != explain.NoPotential {
			t.Errorf("%s: %v, confidence %v, %v; want %v, %v, %v", c.name, a.Value, a.Confidence, a.Mark, c.value, c.confidence, c.status)
		}
	}
}

// Appendix B, 10 000 clients: levels, board, concentration and penetration well
// under a second; every client is in one cell; the levels cut the total.
func TestTenThousandPotentialsAreRanked(t *testing.T) {
	const n = 10_000
	worth, sales, codes, known := make([]money.Cents, n), make([]money.Cents, n), make([]string, n), make([]bool, n)
	for i := range n {
		worth[i], sales[i], codes[i], known[i] = money.Cents(1+i*7919%n)*100, money.Cents(i*104_729%n)*50, fmt.Sprint(i), i%10 > 0
	}
	par := potential.Defaults()
	from := time.Now()
	l := potential.Rank(potential.LevelsInput{Potential: worth, Known: known, Sales: sales, Codes: codes}, par)
	b := potential.PR(potential.PRInput{P: l.P, R: make([]uint8, n), Codes: codes}, par)
	c := potential.Concentrate(sales, par, explain.NoSales)
	p := potential.PenetrateAll(sales, worth, known)
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	cells := 0
	for _, row := range b.Cell {
		for _, x := range row {
			cells += x
		}
	}
	if cells != n || b.Cell[0][0] != n/10 || p.Known != n-n/10 || p.Of != n {
		t.Errorf("%d in cells, %d unknown, %d known of %d", cells, b.Cell[0][0], p.Known, p.Of)
	}
	if !(c.Gini > 0 && c.Gini < 1) || !(c.NEff > 1 && c.NEff < n) || math.Abs(c.Lorenz[n]-1) > 1e-9 {
		t.Errorf("%+v", c.Mark)
	}
	for r, share := range []float64{.25, .5, .75, 1} {
		var sum, total money.Cents
		for i := range worth {
			if known[i] {
				total += worth[i]
				if int(l.P[i]) >= 4-r {
					sum += worth[i]
				}
			}
		}
		if math.Abs(float64(sum)/float64(total)-share) > .001 { // one client is less than a thousandth
			t.Errorf("the top %d levels hold %v, want %v", r+1, float64(sum)/float64(total), share)
		}
	}
}
