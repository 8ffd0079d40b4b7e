package capacity_test

import (
	"math"
	"slices"
	"testing"

	"sillon/engine/capacity"
	"sillon/engine/explain"
)

// H0: potential, competitor and consent missing → 8/14 = 57 %, not usable yet.
func TestAFileWithoutPotentialIsNotUsableYet(t *testing.T) {
	f := capacity.File{true, true, false, true, false, true, false}
	c := capacity.Complete(f, nil, capacity.Defaults())
	if math.Abs(c.Rate-8./14) > 1e-12 || c.Usable || c.Status != explain.OK {
		t.Errorf("%v usable %v, want 57 %%, not usable", c.Rate, c.Usable)
	}
	if want := []capacity.Field{capacity.Potential, capacity.Competitor, capacity.Consent}; !slices.Equal(c.Missing, want) {
		t.Errorf("missing %v, want potential, competitor, consent", c.Missing)
	}
	effect := [capacity.Fields]float64{capacity.Consent: 2, capacity.Competitor: 5, capacity.Potential: math.NaN()}
	if c = capacity.Complete(f, &effect, capacity.Defaults()); !slices.Equal(c.Missing, []capacity.Field{capacity.Competitor, capacity.Consent, capacity.Potential}) {
		t.Errorf("missing by effect on the plan: %v", c.Missing)
	}
}

func TestFillingEdges(t *testing.T) {
	par := capacity.Defaults()
	if c := capacity.Complete(capacity.File{true, true, true, true, true, true, true}, nil, par); c.Rate != 1 || !c.Usable || c.Missing != nil {
		t.Errorf("a full file: %+v", c)
	}
	par.FileUsable = 8. / 14
	if c := capacity.Complete(capacity.File{true, true, false, true, false, true, false}, nil, par); !c.Usable {
		t.Error("on the line is usable")
	}
	par.FileWeights = [capacity.Fields]float64{}
	if c := capacity.Complete(capacity.File{}, nil, par); c.Has() {
		t.Error("no field weighs anything: no completeness")
	}
	if a := capacity.CompleteAll(nil, capacity.Defaults()); a.Reason != explain.NoData {
		t.Errorf("no file: %v", a.Mark)
	}
}

// Two files: one lacks potential (3) and competitor (2), one lacks competitor
// and consent (1): (9 + 11) ÷ 28; competitor 2·2 before potential 3·1.
func TestThePortfolioSaysWhichFieldToCollectFirst(t *testing.T) {
	a := capacity.CompleteAll([]capacity.File{{true, true, false, true, false, true, true}, {true, true, true, true, false, true, false}}, capacity.Defaults())
	if math.Abs(a.Rate-20./28) > 1e-12 || a.Usable != 1 || a.Of != 2 {
		t.Errorf("%+v, want 20/28 and one usable (11/14)", a)
	}
	if want := []capacity.Field{capacity.Competitor, capacity.Potential, capacity.Consent}; !slices.Equal(a.Order, want) {
		t.Errorf("order %v, want competitor, potential, consent", a.Order)
	}
}
