package response_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/response"
)

// Appendix B on B1: an account merged, split, imported twice. D is a ratio of
// shares: doubling everything changes none; a merged account has the sums of
// both, and the others keep theirs; a part without contacts has D 0.
func TestBalanceOfMergedAndSplitAccounts(t *testing.T) {
	par := response.Defaults()
	units, margin := []float64{3, 5, 2, 10, 4}, []money.Cents{30_00, 20_00, 50_00, 60_00, 40_00}
	of := func(u []float64, m []money.Cents) response.Balance {
		return response.WeighBalance(response.BalanceInput{Units: u, Margin: m, Invested: m}, par)
	}
	b := of(units, margin)
	double, twice := make([]float64, 5), make([]money.Cents, 5)
	for i := range units {
		double[i], twice[i] = 2*units[i], 2*margin[i]
	}
	if d := of(double, twice); fmt.Sprint(d.D, d.Class) != fmt.Sprint(b.D, b.Class) {
		t.Errorf("imported twice: %v %v, once %v %v", d.D, d.Class, b.D, b.Class)
	}
	m := of([]float64{3, 5, 2, 14}, []money.Cents{30_00, 20_00, 50_00, 100_00})
	for i := range 3 {
		if math.Abs(m.D[i]-b.D[i]) > 1e-12 {
			t.Errorf("client %d: D %v, %v before the merger of others", i, m.D[i], b.D[i])
		}
	}
	if want := 14. / 24 * 200 / 100; math.Abs(m.D[3]-want) > 1e-12 {
		t.Errorf("merged: D %v, want %v", m.D[3], want)
	}
	if s := of([]float64{3, 5, 2, 10, 0, 4}, []money.Cents{30_00, 20_00, 50_00, 30_00, 30_00, 40_00}); s.D[4] != 0 || math.Abs(s.D[3]-2*b.D[3]) > 1e-12 {
		t.Errorf("split: D %v, before %v", s.D, b.D[3])
	}
}

// Appendix B on B2: what makes a reading unreadable, each with its reason.
func TestDegenerateReadings(t *testing.T) {
	for _, c := range []struct {
		name         string
		before, now  float64
		was, is, net money.Cents
		price        money.Cents
		status       explain.Status
		reason       explain.Reason
		silent       explain.Reason
	}{
		{"all zero", 0, 0, 0, 0, 0, 100_00, explain.NA, explain.NewClient, 0},
		{"a new client", 0, 8, 0, 900_00, 90_00, 100_00, explain.NA, explain.NewClient, 0},
		{"contacts did not change", 8, 8, 900_00, 500_00, 90_00, 100_00, explain.NA, explain.NoVariation, 0},
		{"two units of forty: under 10 %", 40, 42, 900_00, 500_00, 90_00, 100_00, explain.NA, explain.NoVariation, 0},
		{"returns outweigh the sales", 4, 8, 900_00, -500_00, 90_00, 100_00, explain.NA, explain.Negative, 0},
		{"no contact any more: no return to rest a decision on", 8, 0, 900_00, 500_00, 90_00, 100_00, explain.OK, 0, explain.NoContact},
		{"zero-cost contacts: no price to set it against", 4, 8, 900_00, 1500_00, 90_00, 0, explain.OK, 0, explain.NoCost},
		{"readable", 4, 8, 900_00, 1500_00, 90_00, 100_00, explain.OK, 0, 0},
	} {
		f := response.ReadFlow(response.FlowInput{Before: []float64{c.before}, Units: []float64{c.now}, SalesBefore: []money.Cents{c.was}, Sales: []money.Cents{c.is}, Margin: []money.Cents{c.net}, Price: c.price}, response.Defaults())
		r := f.Reading[0]
		if r.Has() != (c.status == explain.OK) || c.status == explain.NA && r.Reason != c.reason || r.Has() && r.Silent != c.silent || r.Has() && (r.Decision == 0) != (c.silent != 0) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

// Appendix B, 10 000 clients: balance, sensitivity and proposal well under a
// second; classes make the whole, visits freed and needed are what changes.
func TestTenThousandClientsAreWeighed(t *testing.T) {
	const n = 10_000
	in := response.FlowInput{Price: 100_00, Codes: make([]string, n), Before: make([]float64, n), Units: make([]float64, n), SalesBefore: make([]money.Cents, n), Sales: make([]money.Cents, n), Margin: make([]money.Cents, n)}
	s := response.StrategyInput{Decision: make([]response.Decision, n), P: make([]uint8, n), Visits: make([]int, n)}
	for i := range n {
		in.Codes[i], in.Before[i], in.Units[i] = fmt.Sprint(i), float64(1+i%17), float64(1+i%23)
		in.SalesBefore[i], in.Sales[i], in.Margin[i] = money.Cents(1000+i%71*100), money.Cents(1000+i%97*100), money.Cents(300+i%89*30)
		s.P[i], s.Visits[i] = uint8(1+i%4), 1+i%23
	}
	from := time.Now()
	b := response.WeighBalance(response.BalanceInput{Codes: in.Codes, Units: in.Units, Margin: in.Margin, Invested: in.Margin}, response.Defaults())
	f := response.ReadFlow(in, response.Defaults())
	for i := range f.Reading {
		s.Decision[i] = f.Reading[i].Decision
	}
	s.Class = b.Class
	p := response.Propose(s, response.Defaults())
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if b.N[1]+b.N[2]+b.N[3]+b.N[4] != n {
		t.Errorf("classes %v", b.N)
	}
	now, then := 0, 0
	for i := range p.Proposal {
		now, then = now+s.Visits[i], then+p.Proposal[i].Visits
	}
	if now-then != p.Freed-p.Needed || p.Left != p.Freed-p.Needed {
		t.Errorf("%d visits become %d: %d freed, %d needed, %d left", now, then, p.Freed, p.Needed, p.Left)
	}
}
