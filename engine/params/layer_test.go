package params_test

import (
	"slices"
	"testing"

	"sillon/engine/params"
)

// Neither half of visit.min 2 20 1 0 and visit.max 8 30 6 0 fits the defaults
// (12 8 8 0 / 24 18 16 6) alone; a bad value and an unknown key fall out by
// themselves, and a crossed pair leaves what the layer had.
func TestALayerIsJudgedTogether(t *testing.T) {
	keys := []params.Key{params.VisitMax, params.VisitMin, params.RiskRed, "abc.colour", params.WindowMonths}
	values := []params.Value{numbers(8, 30, 6, 0), numbers(2, 20, 1, 0), numbers(101), numbers(1), numbers(24)}
	s, refused := params.Default().Layer(params.Team, keys, values)
	if !slices.Equal(s.Floats(params.VisitMax), []float64{8, 30, 6, 0}) || !slices.Equal(s.Floats(params.VisitMin), []float64{2, 20, 1, 0}) ||
		s.Int(params.WindowMonths) != 24 || s.Float(params.RiskRed) != 40 {
		t.Errorf("in force: %v", s.Changed())
	}
	if len(refused) != 2 || refused[0].Problem != params.OutOfBounds || refused[1].Problem != params.UnknownKey {
		t.Errorf("refused: %v", refused)
	}
	next, refused := s.Layer(params.Team, keys[:1], []params.Value{numbers(8, 19, 6, 0)})
	if len(refused) != 1 || refused[0].Problem != params.Crosses || refused[0].Key != params.VisitMin || refused[0].Other != params.VisitMax ||
		!slices.Equal(next.Floats(params.VisitMax), []float64{8, 30, 6, 0}) {
		t.Errorf("%v, in force %v", refused, next.Floats(params.VisitMax))
	}
	for _, scope := range []params.Scope{0, 5, 255} {
		if same, refused := s.Layer(scope, keys, values); same != s || len(refused) != 1 {
			t.Errorf("a layer %d was taken", scope)
		}
	}
}
