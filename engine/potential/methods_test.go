package potential_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

func TestEstimateByAnalogy(t *testing.T) {
	spends := []money.Cents{4_000_00, 1_000_00, 2_000_00, 3_000_00, 5_000_00}
	// Upper quartile of 1 000 … 5 000: the fourth, 4 000. Median size 20; this
	// one has 10: half of it.
	e, ok := potential.FromAnalogy(spends, []float64{20, 10, 30, 20, 40}, 10, 7)
	if !ok || e.Amount != 2_000_00 || e.Method != portfolio.Analogy || e.Day != 7 {
		t.Errorf("by analogy %+v %v, want 2 000 €", e, ok)
	}
	if e, _ := potential.FromAnalogy(spends, nil, 0, 7); e.Amount != 4_000_00 {
		t.Errorf("whatever the size: %+v, want 4 000 €", e)
	}
	// Two peers, 1 000 and 2 000: three quarters of the way.
	if e, _ := potential.FromAnalogy([]money.Cents{1_000_00, 2_000_00, 0, -5}, nil, 0, 7); e.Amount != 1_750_00 {
		t.Errorf("two peers: %+v, want 1 750 €", e)
	}
	for name, got := range map[string]func() bool{
		"no peer":            func() bool { _, ok := potential.FromAnalogy(nil, nil, 0, 7); return ok },
		"own size unknown":   func() bool { _, ok := potential.FromAnalogy(spends[:1], []float64{3}, 0, 7); return ok },
		"peers without size": func() bool { _, ok := potential.FromAnalogy(spends[:1], []float64{math.NaN()}, 3, 7); return ok },
		"a part over one":    func() bool { _, ok := potential.FromMarket(100, 1.1, 7); return ok },
		"no market":          func() bool { _, ok := potential.FromMarket(-100, .5, 7); return ok },
	} {
		if got() {
			t.Errorf("%s: an estimate was made", name)
		}
	}
	if e, ok := potential.FromMarket(2_000_000_00, .004, 7); !ok || e.Amount != 8_000_00 || e.Method != portfolio.Market {
		t.Errorf("4 ‰ of a market of 2 M€: %+v, want 8 000 €", e)
	}
	// Their default qualities are .5 and .4 (E1).
	p := potential.Defaults()
	if a := potential.Appraise([]potential.Estimate{e}, 0, 7, p); a.Confidence != .5 || a.Status != explain.OK {
		t.Errorf("confidence %v, want .5", a.Confidence)
	}
}

// E4: π > 1, the potential is wrong: propose a new one, sales × 1.05.
func TestAnOverflowProposesAPotential(t *testing.T) {
	p := potential.Defaults()
	if got, ok := p.Propose(120_00, 100_00); !ok || got != 126_00 {
		t.Errorf("proposed %d %v, want 126 €", got, ok)
	}
	if _, ok := p.Propose(100_00, 100_00); ok {
		t.Error("sales at the potential: it holds")
	}
	if _, ok := p.Propose(100_00, 0); ok {
		t.Error("no potential: nothing to correct")
	}
	s, err := params.Default().Choose(params.Org, params.PenetrationOverflow, "flag only")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := potential.From(s).Propose(120_00, 100_00); ok {
		t.Error("flagged only: a potential was proposed")
	}
}

func TestPRIsInterpreted(t *testing.T) {
	if !slices.Equal(potential.Interpreted, []string{"E5"}) {
		t.Errorf("interpreted sections %v, want E5 alone", potential.Interpreted)
	}
}
