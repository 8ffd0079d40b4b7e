package scoring_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/scoring"
)

// noted is a prospect of the four answers by yes or no, with one note of interest.
func noted(relevant, credible bool, interest float64) scoring.Prospect {
	return scoring.Prospect{Relevance: scoring.Yes(relevant), Credibility: scoring.Yes(credible),
		Interest: [scoring.Interests]float64{interest, interest, interest, interest, interest}}
}

// H9: B (7) × interest 8 → 5.6; A (10) × 5 → 5.0; C (4) × 9 → 3.6.
func TestThePrioritiesOfTheMethod(t *testing.T) {
	b := scoring.Attract(scoring.ProspectInput{
		Prospects: []scoring.Prospect{noted(true, true, 5), noted(true, false, 8), noted(false, true, 9)},
		Codes:     []string{"A", "B", "C"},
	}, scoring.Defaults())
	for i, want := range []struct{ disposition, priority float64 }{{10, 5.0}, {7, 5.6}, {4, 3.6}} {
		if a := b.Of[i]; a.Disposition != want.disposition || math.Abs(a.Priority-want.priority) > 1e-12 || a.Status != explain.OK || a.HasExpected {
			t.Errorf("%s: %+v, want disposition %v, priority %v", []string{"A", "B", "C"}[i], a, want.disposition, want.priority)
		}
	}
	if !slices.Equal(b.Order, []int32{1, 0, 2}) || b.N != [scoring.Quadrants]int{0, 1, 1, 1, 0} || b.Status != explain.OK {
		t.Errorf("order %v, board %v, want B A C, one in each of the first three", b.Order, b.N)
	}
	if d := scoring.Attract(scoring.ProspectInput{Prospects: []scoring.Prospect{noted(false, false, 1)}}, scoring.Defaults()).Of[0]; d.Priority != .1 || d.Quadrant != scoring.WeakLow {
		t.Errorf("neither relevant nor credible, of no interest: %+v, want the least priority 0.1", d)
	}
}

// The edges of H9, and expected value: .2 × 4 000 € − 3 × 100 € = 500 €; where a
// quadrant has no history, 10 %: 400 − 300 = 100 €.
func TestProspectsEdges(t *testing.T) {
	par := scoring.Defaults()
	in := scoring.ProspectInput{Price: 100_00, Conversion: [scoring.Quadrants]float64{scoring.Unplaced: -1, scoring.StrongHigh: .2, scoring.StrongLow: -1}}
	rich := noted(true, true, 6)
	rich.FirstYear, rich.Visits = 4000_00, 3
	unproven := rich
	unproven.Credibility = 49
	for _, tt := range []struct {
		name                            string
		p                               scoring.Prospect
		quadrant                        scoring.Quadrant
		disposition, interest, expected float64
		status                          explain.Status
	}{
		{"relevance not known: 4", scoring.Prospect{Relevance: -1, Credibility: 80, Interest: [scoring.Interests]float64{6}}, scoring.Unplaced, 4, 6, 0, explain.Weak},
		{"nothing known but its potential: 4", scoring.Prospect{Relevance: math.NaN(), Credibility: -1, Interest: [scoring.Interests]float64{scoring.InterestOf(4)}}, scoring.Unplaced, 4, 10, 0, explain.Weak},
		{"credibility not known: low", scoring.Prospect{Relevance: 50, Credibility: -1, Interest: [scoring.Interests]float64{2, 4}}, scoring.StrongLow, 7, 3, 0, explain.Weak},
		{"on the line is strong and high", scoring.Prospect{Relevance: 50, Credibility: 50, Interest: [scoring.Interests]float64{2, math.NaN(), .5, 99}}, scoring.StrongHigh, 10, 6, 0, explain.OK},
		{"just under it", scoring.Prospect{Relevance: 49, Credibility: 49, Interest: [scoring.Interests]float64{1}}, scoring.WeakLow, 1, 1, 0, explain.OK},
		{"no note of interest", scoring.Prospect{Relevance: 100, Credibility: 100}, scoring.StrongHigh, 10, 0, 0, explain.NA},
		{"what it should bring", rich, scoring.StrongHigh, 10, 6, 500_00, explain.OK},
		{"by the conversion of no history", unproven, scoring.StrongLow, 7, 6, 100_00, explain.Weak},
	} {
		in.Prospects = []scoring.Prospect{tt.p}
		b := scoring.Attract(in, par)
		a := b.Of[0]
		if a.Quadrant != tt.quadrant || a.Disposition != tt.disposition || a.Interest != tt.interest || math.Abs(a.Expected-tt.expected) > 1e-6 || a.Status != tt.status {
			t.Errorf("%s: %+v", tt.name, a)
		}
		if want := a.Disposition * a.Interest / 10; math.Abs(a.Priority-want) > 1e-12 || (len(b.Order) == 1) != (tt.status != explain.NA) {
			t.Errorf("%s: priority %v, want %v; order %v", tt.name, a.Priority, want, b.Order)
		}
	}
	shy := rich
	shy.Excluded = true
	in.Prospects = []scoring.Prospect{shy, rich}
	if b := scoring.Attract(in, par); !slices.Equal(b.Order, []int32{1}) || b.Excluded != 1 || b.N[scoring.StrongHigh] != 1 {
		t.Errorf("do not contact: order %v, %d excluded, board %v", b.Order, b.Excluded, b.N)
	}
	if b := scoring.Attract(scoring.ProspectInput{}, par); b.Status != explain.NA || b.Reason != explain.NoData {
		t.Errorf("no prospect: %v", b.Mark)
	}
	for level, want := range []float64{0, 1, 4, 7, 10, 10} {
		if got := scoring.InterestOf(uint8(level)); got != want {
			t.Errorf("P%d is worth %v, want %v", level, got, want)
		}
	}
}

func drawProspects(rng *rand.Rand, n int) scoring.ProspectInput {
	in := scoring.ProspectInput{Price: 100_00, Conversion: [scoring.Quadrants]float64{-1, .3, .2, .1, .05}}
	for i := range n {
		p := scoring.Prospect{Relevance: float64(rng.IntN(104) - 3), Credibility: float64(rng.IntN(104) - 3),
			FirstYear: money.Cents(rng.IntN(9000_00)), Visits: float64(rng.IntN(9)), Excluded: rng.IntN(12) == 0}
		for k := range p.Interest {
			p.Interest[k] = float64(rng.IntN(11))
		}
		in.Prospects, in.Codes = append(in.Prospects, p), append(in.Codes, fmt.Sprintf("P%05d", i))
	}
	return in
}

// Bounds, the order of the list, more relevance or credibility or interest
// never less priority, and the same list in any order and any currency.
func TestPrioritiesHold(t *testing.T) {
	par := scoring.Defaults()
	for seed := range uint64(100) {
		rng := rand.New(rand.NewPCG(seed, 2))
		in := drawProspects(rng, 30)
		b := scoring.Attract(in, par)
		all := b.Excluded
		for _, n := range b.N {
			all += n
		}
		if all != 30 {
			t.Fatalf("%d on the board and beside it, want 30", all)
		}
		for k, i := range b.Order {
			a := b.Of[i]
			if a.Priority < .1-1e-12 || a.Priority > 10+1e-12 || a.Excluded {
				t.Fatalf("prospect %d: %+v", i, a)
			}
			if k > 0 && b.Of[b.Order[k-1]].Priority < a.Priority-1e-9 {
				t.Fatal("the list is not in order of priority")
			}
		}
		better := in
		better.Prospects = slices.Clone(in.Prospects)
		for i := range better.Prospects {
			if p := &better.Prospects[i]; p.Relevance >= 0 && p.Credibility >= 0 {
				p.Relevance += 30
				p.Credibility += float64(rng.IntN(60))
			}
		}
		for i, a := range scoring.Attract(better, par).Of {
			if a.Priority < b.Of[i].Priority {
				t.Fatalf("prospect %d, more relevant and credible: %v after %v", i, a.Priority, b.Of[i].Priority)
			}
		}
		shuffled := scoring.ProspectInput{Conversion: in.Conversion, Price: in.Price * 655}
		perm := rng.Perm(30)
		for _, i := range perm {
			p := in.Prospects[i]
			p.FirstYear *= 655
			shuffled.Prospects, shuffled.Codes = append(shuffled.Prospects, p), append(shuffled.Codes, in.Codes[i])
		}
		s := scoring.Attract(shuffled, par)
		for k, i := range s.Order {
			if perm[i] != int(b.Order[k]) {
				t.Fatalf("place %d: %s, was %s", k, shuffled.Codes[i], in.Codes[b.Order[k]])
			}
		}
	}
}

func FuzzProspects(f *testing.F) {
	f.Add(80.0, 20.0, 5.0, 3.0, .2, int64(4000_00), int64(100_00), 10.0, 7.0)
	f.Add(math.NaN(), math.Inf(1), math.Inf(-1), -1.0, math.NaN(), int64(math.MaxInt64), int64(math.MaxInt64), math.NaN(), math.Inf(1))
	f.Fuzz(func(t *testing.T, relevance, credibility, note, visits, conversion float64, first, price int64, d1, d2 float64) {
		par := scoring.Defaults()
		par.Disposition, par.Conversion = [4]float64{d1, d2, d1, d2}, d1
		p := scoring.Prospect{Relevance: relevance, Credibility: credibility, Interest: [scoring.Interests]float64{note, 3, visits}, FirstYear: money.Cents(first), Visits: visits}
		q := p
		q.Relevance, q.Excluded = credibility, note > 5
		b := scoring.Attract(scoring.ProspectInput{Prospects: []scoring.Prospect{p, q}, Price: money.Cents(price),
			Conversion: [scoring.Quadrants]float64{conversion, conversion, d1, d2, conversion}, Codes: []string{"A"}}, par)
		for i, a := range b.Of {
			for _, s := range append(b.Explain(i), explain.Num("", a.Priority), explain.Num("", a.Expected), explain.Num("", a.Interest)) {
				if math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
					t.Errorf("step %+v of %+v", s, a)
				}
			}
			if a.Priority < 0 || a.Interest < 0 || a.Interest > 10 {
				t.Errorf("%+v", a)
			}
		}
	})
}

func BenchmarkProspects(b *testing.B) {
	in := drawProspects(rand.New(rand.NewPCG(1, 1)), 5_000)
	for b.Loop() {
		scoring.Attract(in, scoring.Defaults())
	}
}
