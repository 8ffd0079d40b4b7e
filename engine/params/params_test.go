package params_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"sillon/engine/params"
)

// Every key of method §1.3, counted there: 144 once "a.b / c" is written out,
// contact.weights being one key of nine numbers.
func TestTheRegistryIsWholeAndItsDefaultsAreAllowed(t *testing.T) {
	seen := map[params.Key]bool{}
	for _, r := range params.Rows() {
		if seen[r.Key] {
			t.Errorf("%s is there twice", r.Key)
		}
		seen[r.Key] = true
		if r.Section == "" {
			t.Errorf("%s names no section of the method", r.Key)
		}
		v, scope := params.Default().Get(r.Key)
		if scope != 0 {
			t.Errorf("%s: the default comes from level %d", r.Key, scope)
		}
		if _, err := params.Default().With(params.Org, r.Key, v); err != nil {
			t.Errorf("its own default is refused: %v", err)
		}
		if n := len(r.Labels); n > 0 && n != len(r.Default) && n*r.Width != len(r.Default) {
			t.Errorf("%s: %d labels for %d numbers", r.Key, n, len(r.Default))
		}
		if n := len(r.Bounds); r.Kind != params.Word && n != 1 && n != len(r.Default) {
			t.Errorf("%s: %d bounds for %d numbers", r.Key, n, len(r.Default))
		}
	}
	if len(seen) != 156 {
		t.Errorf("%d keys, want 156", len(seen))
	}
}

// A few rows as the table of the method prints them.
func TestDefaultsOfTheMethod(t *testing.T) {
	s := params.Default()
	for _, tt := range []struct {
		key  params.Key
		want []float64
	}{
		{params.WindowMonths, []float64{12}},
		{params.ContactWeights, []float64{1, .6, .2, .05, .05, 1.5, 1, 0, 1}},
		{params.ABCCuts, []float64{80, 95}},
		{params.DCMVLostAfter, []float64{18, 6, 4}},
		{params.DCMVEffort, []float64{1.5, 1.5, .6, .8}},
		{params.PotentialQuality, []float64{.9, .6, .5, .4, .4}},
		{params.ScoreWeights, []float64{4, 4, 2}},
		{params.VisitMin, []float64{12, 8, 8, 0}},
		{params.VisitMax, []float64{24, 18, 16, 6}},
		{params.ChurnScorecard, []float64{-3.2, 1.2, .6, .9, 1.1, .9, .6, .7, 1, 1.3, .5}},
		{params.Ladder, []float64{50, 30, 15, 5}},
	} {
		if got := s.Floats(tt.key); !slices.Equal(got, tt.want) {
			t.Errorf("%s = %v, want %v", tt.key, got, tt.want)
		}
	}
	if s.Word(params.WindowMode) != "rolling" || s.Word(params.ContactCosting) != "equivalence" || !s.Bool(params.IntegerPerDay) || s.Share(params.RiskRed) != .4 {
		t.Error("words, flags or percentages do not read as the method says")
	}
}

func TestTheInnermostScopeWins(t *testing.T) {
	s := params.Default()
	s = must(t)(s.Number(params.Org, params.WindowMonths, 24))
	s = must(t)(s.Number(params.Portfolio, params.WindowMonths, 36))
	if v, scope := s.Get(params.WindowMonths); v.Numbers[0] != 36 || scope != params.Portfolio {
		t.Errorf("%v from level %d, want 36 from the portfolio", v.Numbers, scope)
	}
	s = must(t)(s.Number(params.Exercise, params.WindowMonths, 6))
	if s.Int(params.WindowMonths) != 6 {
		t.Error("the exercise does not win")
	}
	s = must(t)(s.Without(params.Exercise, params.WindowMonths))
	s = must(t)(s.Without(params.Portfolio, params.WindowMonths))
	if v, scope := s.Get(params.WindowMonths); v.Numbers[0] != 24 || scope != params.Org {
		t.Errorf("%v from level %d, want 24 from the organisation", v.Numbers, scope)
	}
	if params.Default().Int(params.WindowMonths) != 12 {
		t.Error("the default set changed under its readers")
	}
}

func must(t *testing.T) func(*params.Set, error) *params.Set {
	return func(s *params.Set, err error) *params.Set {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func TestABadValueIsRefusedAndTheLastGoodOneStays(t *testing.T) {
	for _, tt := range []struct {
		name    string
		key     params.Key
		value   params.Value
		problem params.Problem
	}{
		{"a window of two months", params.WindowMonths, numbers(2), params.OutOfBounds},
		{"half a month", params.WindowMonths, numbers(12.5), params.NotWhole},
		{"a word where a number is wanted", params.WindowMonths, params.Value{Word: "twelve"}, params.WrongCount},
		{"one cut of two", params.ABCCuts, numbers(80), params.WrongCount},
		{"cuts that fall", params.ABCCuts, numbers(95, 80), params.WrongOrder},
		{"a free contact", params.CostDefaultPRC, numbers(0), params.OutOfBounds},
		{"an unknown mode", params.WindowMode, params.Value{Word: "weekly"}, params.NotAWord},
		{"weights that are all zero", params.ScoreWeights, numbers(0, 0, 0), params.WrongSum},
		{"a ladder of 90 %", params.Ladder, numbers(40, 30, 15, 5), params.WrongSum},
		{"a ladder that climbs", params.Ladder, numbers(30, 50, 15, 5), params.WrongOrder},
		{"tie weights of 110 %", params.TieWeights, numbers(.5, .3, .3), params.WrongSum},
		{"ageing above growth", params.DCMVGDown, numbers(5), params.Crosses},
		{"a floor above the cap", params.ProspectFloor, numbers(60), params.Crosses},
		{"more visits at least than at most", params.VisitMin, numbers(12, 19, 8, 0), params.Crosses},
		{"not a number", params.ABCTol, numbers(math.NaN()), params.NotANumber},
		{"a key nobody knows", "abc.colour", numbers(1), params.UnknownKey},
		{"off where nothing can be off", params.ABCTol, params.Value{Word: params.Off}, params.WrongCount},
	} {
		t.Run(tt.name, func(t *testing.T) {
			good := must(t)(params.Default().Number(params.Org, params.WindowMonths, 24))
			s, err := good.With(params.Team, tt.key, tt.value)
			var e *params.Error
			if !errors.As(err, &e) || e.Problem != tt.problem || e.Key != tt.key || e.Scope != params.Team {
				t.Fatalf("error %v, want problem %d on %s at the team", err, tt.problem, tt.key)
			}
			if s != good || s.Int(params.WindowMonths) != 24 || e.Error() == "" {
				t.Error("the last good set did not stay")
			}
		})
	}
}

func numbers(x ...float64) params.Value { return params.Value{Numbers: x} }

func TestAnOuterChangeMayNotBreakAnInnerOne(t *testing.T) {
	s := must(t)(params.Default().Number(params.Portfolio, params.ProspectFloor, 45))
	if _, err := s.Number(params.Org, params.ProspectCap, 40); err == nil {
		t.Error("a cap of 40 at the organisation was accepted over a floor of 45 in a portfolio")
	}
	s = must(t)(params.Default().Number(params.Org, params.ProspectCap, 80))
	s = must(t)(s.Number(params.Team, params.ProspectFloor, 70))
	if _, err := s.Without(params.Org, params.ProspectCap); err == nil {
		t.Error("the cap of 80 was taken away from under a floor of 70")
	}
}

func TestExercisesLetVisitsChangeFreely(t *testing.T) {
	if !params.Default().On(params.VisitMaxChange) || params.Default().ForExercise().On(params.VisitMaxChange) {
		t.Error("the yearly cap is on in practice and off in exercises")
	}
	s, err := params.Default().Choose(params.Portfolio, params.VisitMaxChange, params.Off)
	if err != nil || s.On(params.VisitMaxChange) {
		t.Errorf("a portfolio switches it off: %v", err)
	}
}

// Whatever is tried, a set holds values its own registry allows.
func TestASetNeverHoldsABadValue(t *testing.T) {
	rows := params.Rows()
	rapid.Check(t, func(t *rapid.T) {
		s := params.Default()
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			r := rows[rapid.IntRange(0, len(rows)-1).Draw(t, "row")]
			x := rapid.SliceOfN(rapid.Float64Range(-5, 130), len(r.Default), len(r.Default)).Draw(t, "numbers")
			scope := params.Scope(rapid.IntRange(0, 5).Draw(t, "scope"))
			s, _ = s.Number(scope, r.Key, x...)
		}
		for _, k := range s.Changed() {
			v, scope := s.Get(k)
			if _, err := params.Default().With(scope, k, v); err != nil {
				var e *params.Error
				if errors.As(err, &e) && e.Problem != params.Crosses {
					t.Fatalf("the set holds %v for %s: %v", v, k, err)
				}
			}
		}
		if low, high := s.Float(params.ProspectFloor), s.Float(params.ProspectCap); low > high {
			t.Fatalf("floor %v above cap %v", low, high)
		}
		if s.Float(params.DCMVGDown) >= s.Float(params.DCMVGUp) {
			t.Fatal("ageing and growth crossed")
		}
	})
}

func FuzzSetting(f *testing.F) {
	f.Add("abc.cuts", uint8(1), 80.0, 95.0, "")
	f.Add("window.mode", uint8(3), 0.0, 0.0, "fiscal")
	f.Fuzz(func(t *testing.T, key string, scope uint8, a, b float64, word string) {
		for _, v := range []params.Value{{Numbers: []float64{a}}, {Numbers: []float64{a, b}}, {Word: word}, {Numbers: []float64{a}, Word: word}} {
			s, err := params.Default().With(params.Scope(scope), params.Key(key), v)
			if err != nil && (s != params.Default() || err.Error() == "") {
				t.Errorf("refused, yet the set changed: %v", err)
			}
		}
	})
}
