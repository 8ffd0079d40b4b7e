package params

import (
	"fmt"
	"math"
	"slices"
)

// Problem says why a value was refused.
type Problem uint8

const (
	UnknownKey   Problem = iota + 1 // no such parameter
	UnknownScope                    // no such layer
	WrongCount                      // too few or too many numbers
	NotANumber                      // NaN or infinite
	OutOfBounds                     // below Low or above High
	NotWhole                        // a whole number is wanted
	NotAWord                        // not one of Words
	WrongOrder                      // the numbers do not rise or fall as they must
	WrongSum                        // the numbers of a row do not add up
	Crosses                         // the value crosses that of Other
)

// An Error says which value was refused, where and why, with what is allowed,
// so that a screen can word what to do. The last good set stays in force.
type Error struct {
	Key     Key
	Scope   Scope
	Problem Problem
	Place   int     // which number, from 0
	Got     float64 // the number, or the sum
	Bound   Bound   // what is allowed, for OutOfBounds
	Want    int     // how many numbers, for WrongCount
	Sum     float64 // the sum wanted, for WrongSum
	Word    string  // the word refused, for NotAWord
	Words   []string
	Other   Key // the other parameter, for Crosses
}

// Error is for the log; screens word the fields.
func (e *Error) Error() string {
	return fmt.Sprintf("set parameter %s at level %d: %s; the last good value stays", e.Key, e.Scope, e.why())
}

func (e *Error) why() string {
	switch e.Problem {
	case UnknownKey:
		return "no such parameter"
	case UnknownScope:
		return "no such level, want 1 to 4"
	case WrongCount:
		return fmt.Sprintf("got %v numbers, want %d", e.Got, e.Want)
	case NotANumber:
		return fmt.Sprintf("number %d is not finite", e.Place+1)
	case OutOfBounds:
		if e.Bound.Open {
			return fmt.Sprintf("number %d is %v, want above %v and at most %v", e.Place+1, e.Got, e.Bound.Low, e.Bound.High)
		}
		return fmt.Sprintf("number %d is %v, want %v to %v", e.Place+1, e.Got, e.Bound.Low, e.Bound.High)
	case NotWhole:
		return fmt.Sprintf("number %d is %v, want a whole number", e.Place+1, e.Got)
	case NotAWord:
		return fmt.Sprintf("got %q, want one of %q", e.Word, e.Words)
	case WrongOrder:
		return fmt.Sprintf("number %d breaks the order", e.Place+1)
	case WrongSum:
		return fmt.Sprintf("row starting at number %d adds up to %v, want %v", e.Place+1, e.Got, e.Sum)
	case Crosses:
		return fmt.Sprintf("number %d crosses %s", e.Place+1, e.Other)
	}
	return "refused"
}

// check tells whether a value fits its row.
func (r *Row) check(scope Scope, v Value) error {
	fail := Error{Key: r.Key, Scope: scope}
	if r.CanOff && v.Word == Off && len(v.Numbers) == 0 {
		return nil
	}
	if r.Kind == Word {
		if len(v.Numbers) > 0 || !slices.Contains(r.Words, v.Word) {
			fail.Problem, fail.Word, fail.Words = NotAWord, v.Word, r.Words
			return &fail
		}
		return nil
	}
	if len(v.Numbers) != len(r.Default) || v.Word != "" {
		fail.Problem, fail.Got, fail.Want = WrongCount, float64(len(v.Numbers)), len(r.Default)
		return &fail
	}
	for i, x := range v.Numbers {
		b := r.bound(i)
		fail.Place, fail.Got, fail.Bound = i, x, b
		switch {
		case math.IsNaN(x) || math.IsInf(x, 0):
			fail.Problem = NotANumber
		case !b.Any && (x < b.Low || x > b.High || b.Open && x <= b.Low):
			fail.Problem = OutOfBounds
		case r.Whole && x != math.Trunc(x):
			fail.Problem = NotWhole
		default:
			continue
		}
		return &fail
	}
	return r.checkTogether(fail, v.Numbers)
}

// checkTogether applies the rule of the row, and the sums of its rows.
func (r *Row) checkTogether(fail Error, x []float64) error {
	for i := 1; i < len(x); i++ {
		ok := true
		switch r.Rule {
		case Increasing:
			ok = x[i] > x[i-1]
		case Decreasing:
			ok = x[i] < x[i-1]
		case NotFalling:
			ok = x[i] >= x[i-1]
		}
		if !ok {
			fail.Problem, fail.Place, fail.Got = WrongOrder, i, x[i]
			return &fail
		}
	}
	if r.Rule == SumPositive {
		return r.sumOf(fail, x, 0, func(s float64) bool { return s > 0 })
	}
	if r.Sum == 0 {
		return nil
	}
	for start := 0; start < len(x); start += r.Width {
		close := func(s float64) bool { return math.Abs(s-r.Sum) <= 1e-9*r.Sum }
		if err := r.sumOf(fail, x[start:start+r.Width], start, close); err != nil {
			return err
		}
	}
	return nil
}

func (r *Row) sumOf(fail Error, x []float64, place int, ok func(float64) bool) error {
	var s float64
	for _, v := range x {
		s += v
	}
	if ok(s) {
		return nil
	}
	fail.Problem, fail.Place, fail.Got, fail.Sum = WrongSum, place, s, r.Sum
	return &fail
}

// checkOrders tells whether the pairs a key belongs to still fit, at its scope
// and at every scope that may inherit from it.
func (s *Set) checkOrders(from Scope, key Key) error {
	for _, o := range orders {
		if key != o.Low && key != o.High {
			continue
		}
		other := o.Low
		if key == o.Low {
			other = o.High
		}
		for scope := from; scope <= Exercise; scope++ {
			low, _ := s.at(o.Low, scope)
			high, _ := s.at(o.High, scope)
			for i := range min(len(low.Numbers), len(high.Numbers)) {
				if low.Numbers[i] > high.Numbers[i] || o.Strict && low.Numbers[i] == high.Numbers[i] {
					return &Error{Key: key, Scope: scope, Problem: Crosses, Place: i, Other: other}
				}
			}
		}
	}
	return nil
}
