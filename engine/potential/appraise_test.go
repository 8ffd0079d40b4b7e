package potential_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
)

var asOf = calendar.Of(2026, time.June, 30)

// E1: declared 12 000 (0.9), ratio 15 000 (0.6), judgment 10 000 (0.4), all
// fresh: (10 800 + 9 000 + 4 000) ÷ 1.9 = 12 526.32 €.
func TestThreeVoicesAreFused(t *testing.T) {
	a := potential.Appraise([]potential.Estimate{
		{Amount: 12_000_00, Method: portfolio.Declared, Day: asOf},
		{Amount: 15_000_00, Method: portfolio.ByRatio, Day: asOf},
		{Amount: 10_000_00, Method: portfolio.Judgment, Day: asOf},
	}, 5_000_00, asOf, potential.Defaults())
	if a.Value != 12_526_32 || a.Confidence != 1 || a.Min != 10_000_00 || a.Max != 15_000_00 || a.Raised || a.Status != explain.OK {
		t.Errorf("appraisal %+v, want 12 526.32 €, confidence 1, range 10 000 to 15 000", a)
	}
}

// E1: a 0.9 estimate aged 18 months weighs 0.9 × 0.5^1.5 = 0.318.
func TestAnEstimateLosesWeightWithAge(t *testing.T) {
	a := potential.Appraise([]potential.Estimate{{Amount: 100, Method: portfolio.Declared, Day: asOf.AddMonths(-18)}}, 0, asOf, potential.Defaults())
	if math.Abs(a.Confidence-.3182) > 1e-4 || !a.Dotted || a.Status != explain.Weak {
		t.Errorf("confidence %v dotted %v, want 0.318, dotted", a.Confidence, a.Dotted)
	}
}

func TestAppraisalEdges(t *testing.T) {
	fresh := func(amount money.Cents) potential.Estimate {
		return potential.Estimate{Amount: amount, Method: portfolio.Declared, Day: asOf}
	}
	for _, tt := range []struct {
		name      string
		estimates []potential.Estimate
		sales     money.Cents
		want      money.Cents
		status    explain.Status
	}{
		{"nobody has an idea", nil, 5_000_00, 0, explain.NA},
		{"an estimate of tomorrow is invisible", []potential.Estimate{{Amount: 1, Method: portfolio.Declared, Day: asOf + 1}}, 0, 0, explain.NA},
		{"a negative estimate is refused", []potential.Estimate{fresh(-5), fresh(100)}, 0, 100, explain.OK},
		{"a bracket gives its middle", []potential.Estimate{{Min: 10_000_00, Max: 20_000_00, Method: portfolio.Declared, Day: asOf}}, 0, 15_000_00, explain.OK},
		{"a bracket with a likely amount gives that", []potential.Estimate{{Amount: 12_000_00, Min: 10_000_00, Max: 20_000_00, Method: portfolio.Declared, Day: asOf}}, 0, 12_000_00, explain.OK},
		{"a likely amount outside its bracket is not believed", []potential.Estimate{{Amount: 25_000_00, Min: 10_000_00, Max: 20_000_00, Method: portfolio.Declared, Day: asOf}}, 0, 15_000_00, explain.OK},
		{"a bracket upside down is refused", []potential.Estimate{{Min: 20, Max: 10, Method: portfolio.Declared, Day: asOf}}, 0, 0, explain.NA},
		{"sales above it raise it to sales × 1.05", []potential.Estimate{fresh(8_000_00)}, 10_000_00, 10_500_00, explain.Weak},
		{"sales equal to it leave it", []potential.Estimate{fresh(8_000_00)}, 8_000_00, 8_000_00, explain.OK},
		{"an undated figure counts, weakly", []potential.Estimate{{Amount: 700, Method: portfolio.Market, Day: calendar.None}}, 0, 700, explain.Weak},
		{"no method and no quality says nothing", []potential.Estimate{{Amount: 700, Day: asOf}}, 0, 0, explain.NA},
		{"a figure of a century ago is worn out", []potential.Estimate{{Amount: 700, Method: portfolio.Declared, Day: asOf.AddMonths(-12 * 1200)}}, 0, 0, explain.NA},
	} {
		a := potential.Appraise(tt.estimates, tt.sales, asOf, potential.Defaults())
		if a.Value != tt.want || a.Status != tt.status {
			t.Errorf("%s: %d %v, want %d %v", tt.name, a.Value, a.Status, tt.want, tt.status)
		}
		if a.Status == explain.NA && a.Reason != explain.NoPotential {
			t.Errorf("%s: reason %v, want NO_POTENTIAL", tt.name, a.Reason)
		}
	}
}

// A quarter of the purchases is tied by a group contract: 75 % accessible.
func TestCaptivePurchasesAreNotAccessible(t *testing.T) {
	a := potential.Appraise([]potential.Estimate{{Amount: 40_000_00, Captive: .25, Method: portfolio.Declared, Day: asOf}}, 0, asOf, potential.Defaults())
	if a.Value != 40_000_00 || a.Accessible != 30_000_00 {
		t.Errorf("potential %d accessible %d, want 40 000 and 30 000 €", a.Value, a.Accessible)
	}
}

func TestWaysToMakeAnEstimate(t *testing.T) {
	if p := potential.FromParts(9_000_00, 4_000_00, 2_000_00); p != 15_000_00 {
		t.Errorf("ours + competitors + unused = %d", p)
	}
	// Clients of 10 and 30 people worth 4 000 and 12 000: 400 € a head; a prospect of 25 is worth 10 000.
	c, ok := potential.Coefficient([]money.Cents{4_000_00, 12_000_00, 0}, []bool{true, true, false}, []float64{10, 30, 25})
	e, ok2 := potential.FromDriver(25, c, asOf)
	if !ok || !ok2 || c != 400_00 || e.Amount != 10_000_00 || e.Method != portfolio.ByRatio {
		t.Errorf("%v cents a head, estimate %+v", c, e)
	}
	if _, ok := potential.FromDriver(math.NaN(), 1, asOf); ok {
		t.Error("an unknown driver made an estimate")
	}
	if a, ok := potential.Annual(1_000_00, 73); !ok || a != 5_000_00 { // a fifth of a year
		t.Errorf("1 000 € over 73 days make %d a year", a)
	}
	if _, ok := potential.Annual(1, 0); ok {
		t.Error("a period of no day made a year")
	}
}

func TestFamiliesAddUp(t *testing.T) {
	one := func(amount money.Cents, m portfolio.Appraisal) potential.Appraisal {
		return potential.Appraise([]potential.Estimate{{Amount: amount, Method: m, Day: asOf}}, 0, asOf, potential.Defaults())
	}
	s := potential.Sum(one(3_000_00, portfolio.Declared), one(1_000_00, portfolio.Analogy))
	if s.Value != 4_000_00 || math.Abs(s.Confidence-.8) > 1e-12 || s.Status != explain.OK { // (3·0.9 + 1·0.5)/4
		t.Errorf("sum %+v, want 4 000 € at 0.8", s)
	}
	if s := potential.Sum(one(3_000_00, portfolio.Declared), potential.Appraise(nil, 0, asOf, potential.Defaults())); s.Status != explain.Weak {
		t.Errorf("one family unknown: %v, want weak", s.Status)
	}
	if s := potential.Sum(); s.Status != explain.NA {
		t.Errorf("no family: %v, want na", s.Status)
	}
}

func estimates(t *rapid.T) []potential.Estimate {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) potential.Estimate {
		return potential.Estimate{Amount: money.Cents(rapid.IntRange(-5, 1e7).Draw(t, "amount")), Method: portfolio.Appraisal(rapid.IntRange(0, 6).Draw(t, "method")),
			Quality: rapid.Float64Range(0, 1).Draw(t, "quality"), Captive: rapid.Float64Range(0, 1).Draw(t, "captive"), Day: asOf - calendar.Day(rapid.IntRange(-10, 2000).Draw(t, "age"))}
	}), 0, 6).Draw(t, "estimates")
}

func TestAppraisalsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, sales := estimates(t), money.Cents(rapid.IntRange(-100, 1e7).Draw(t, "sales"))
		a := potential.Appraise(e, sales, asOf, potential.Defaults())
		b := potential.Appraise(rapid.Permutation(e).Draw(t, "order"), sales, asOf, potential.Defaults())
		if a.Value != b.Value || a.Confidence != b.Confidence || a.Accessible != b.Accessible {
			t.Fatalf("%+v and %+v: the order of the estimates matters", a, b)
		}
		if !a.Has() {
			return
		}
		if a.Value < sales || a.Value < a.Min || a.Value > a.Max || a.Accessible < 0 || a.Accessible > a.Value || a.Confidence <= 0 || a.Confidence > 1 {
			t.Fatalf("appraisal %+v for sales %d", a, sales)
		}
	})
}
