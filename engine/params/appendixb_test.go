package params_test

import (
	"errors"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sillon/engine/params"
)

// A printed row is a line of the method's table, as testdata/defaults.txt has it.
type printed struct {
	key    params.Key
	words  []string // of a choice, the default first
	flag   bool
	values []float64
	unit   string
	low    []float64 // one each
	high   []float64
	open   bool // low is left out
	any    bool
	rule   string
}

// table reads testdata/defaults.txt.
func table(t *testing.T) (rows []printed, orders [][3]string) {
	t.Helper()
	b, err := os.ReadFile("testdata/defaults.txt")
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string) float64 {
		if a, by, ok := strings.Cut(s, "/"); ok {
			x, err1 := strconv.ParseFloat(a, 64)
			y, err2 := strconv.ParseFloat(by, 64)
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			return x / y
		}
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, line := range strings.Split(string(b), "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "order "); ok {
			f := strings.Fields(rest)
			orders = append(orders, [3]string{f[0], f[1], f[2]})
			continue
		}
		cell := strings.Split(line, "|")
		if len(cell) != 5 {
			t.Fatalf("%q: want five cells", line)
		}
		for k := range cell {
			cell[k] = strings.TrimSpace(cell[k])
		}
		r := printed{key: params.Key(cell[0]), unit: cell[2], rule: cell[4]}
		switch bounds := cell[3]; {
		case bounds == "yes/no":
			r.flag, r.values, r.low, r.high, r.rule = true, []float64{0}, []float64{0}, []float64{1}, "whole"
			if cell[1] == "yes" {
				r.values[0] = 1
			}
		case bounds == "any":
			r.any = true
		case !strings.Contains(bounds, ".."):
			for _, w := range strings.Split(bounds, ",") {
				r.words = append(r.words, strings.TrimSpace(w))
			}
			if r.words[0] != cell[1] {
				t.Fatalf("%s: the default is not the first of %v", r.key, r.words)
			}
		default:
			for _, x := range strings.Fields(bounds) {
				low, high, _ := strings.Cut(x, "..")
				if low[0] == '>' {
					r.open, low = true, low[1:]
				}
				r.low, r.high = append(r.low, number(low)), append(r.high, number(high))
			}
		}
		if r.words == nil && !r.flag {
			for _, x := range strings.Fields(cell[1]) {
				r.values = append(r.values, number(x))
			}
			for !r.any && len(r.low) < len(r.values) {
				r.low, r.high = append(r.low, r.low[0]), append(r.high, r.high[0])
			}
		}
		rows = append(rows, r)
	}
	return rows, orders
}

// All parameters of method §1.3 have the default, the unit, the bounds and the
// rule that its table prints.
func TestEveryDefaultIsTheMethods(t *testing.T) {
	rows, _ := table(t)
	seen := map[params.Key]bool{}
	for _, w := range rows {
		if seen[w.key] {
			t.Errorf("%s is printed twice", w.key)
		}
		seen[w.key] = true
		r, ok := params.Lookup(w.key)
		if !ok {
			t.Errorf("%s is not in the registry", w.key)
			continue
		}
		v, _ := params.Default().Get(w.key)
		if !slices.Equal(v.Numbers, w.values) {
			t.Errorf("%s = %v, want %v", w.key, v.Numbers, w.values)
		}
		if r.Unit != w.unit {
			t.Errorf("%s is in %q, want %q", w.key, r.Unit, w.unit)
		}
		if w.words != nil {
			words, want := slices.Clone(r.Words), slices.Clone(w.words)
			slices.Sort(words)
			slices.Sort(want)
			if v.Word != w.words[0] || !slices.Equal(words, want) {
				t.Errorf("%s is %q of %q, want %q", w.key, v.Word, r.Words, w.words)
			}
		}
		if (r.Kind == params.Flag) != w.flag || (r.Kind == params.Word) != (w.words != nil) || r.CanOff != (w.rule == "off") {
			t.Errorf("%s is of another kind: %+v", w.key, r)
		}
	}
	for _, r := range params.Rows() {
		if !seen[r.Key] {
			t.Errorf("%s is not in the table of the method", r.Key)
		}
	}
	if len(seen) != 156 {
		t.Errorf("%d parameters, want 156: 144 of the method, 12 of ours", len(seen))
	}
}

// Appendix B, parameter out of range: each number of each parameter takes its
// two bounds and refuses what lies beyond, says which one and where, and the
// last good set stays.
func TestEveryBoundIsTheMethods(t *testing.T) {
	rows, _ := table(t)
	for _, w := range rows {
		r, ok := params.Lookup(w.key)
		if !ok {
			continue
		}
		// refused fails unless a value is refused, for a reason of the value itself.
		refused := func(what string, v params.Value) {
			t.Helper()
			good, err := params.Default().With(params.Org, params.WindowMonths, numbers(24))
			if err != nil {
				t.Fatal(err)
			}
			s, err := good.With(params.Portfolio, w.key, v)
			var e *params.Error
			if !errors.As(err, &e) || e.Key != w.key || e.Scope != params.Portfolio || e.Problem == params.Crosses || e.Error() == "" {
				t.Errorf("%s: %s %v: %v, want a refusal", w.key, what, v, err)
			}
			if s != good || s.Int(params.WindowMonths) != 24 {
				t.Errorf("%s: %s: the last good set did not stay", w.key, what)
			}
		}
		// taken fails when a value is out of bounds; rules between numbers or
		// between keys may still refuse it.
		taken := func(what string, v params.Value) {
			t.Helper()
			s, err := params.Default().With(params.Portfolio, w.key, v)
			var e *params.Error
			if errors.As(err, &e) {
				if e.Problem == params.OutOfBounds || e.Problem == params.NotWhole || e.Problem == params.WrongCount {
					t.Errorf("%s: %s %v is refused: %v", w.key, what, v, err)
				}
			} else if got, _ := s.Get(w.key); !slices.Equal(got.Numbers, v.Numbers) || got.Word != v.Word {
				t.Errorf("%s: %s %v became %v", w.key, what, v, got)
			}
		}
		if w.words != nil {
			for _, x := range w.words {
				taken("word", params.Value{Word: x})
			}
			refused("a word nobody knows", params.Value{Word: "?"})
			refused("a number", numbers(1))
			continue
		}
		with := func(k int, x float64) params.Value {
			v := slices.Clone(w.values)
			v[k] = x
			return params.Value{Numbers: v}
		}
		for k := range w.values {
			refused("not a number", with(k, math.NaN()))
			refused("without end", with(k, math.Inf(1)))
			if w.any {
				taken("anything", with(k, []float64{-1e9, 1e9}[k%2]))
				continue
			}
			step := max(1e-6, math.Abs(w.high[k])*1e-9)
			if w.rule == "whole" {
				step = 1
				refused("a fraction", with(k, w.low[k]+.5))
			}
			taken("the upper bound", with(k, w.high[k]))
			refused("over the upper bound", with(k, w.high[k]+step))
			refused("under the lower bound", with(k, w.low[k]-max(step, 1e-8)))
			if w.open && r.Bounds[min(k, len(r.Bounds)-1)].Open {
				refused("the bound that is left out", with(k, w.low[k]))
				taken("just above", with(k, w.low[k]+step))
			} else {
				taken("the lower bound", with(k, w.low[k]))
			}
		}
		refused("one number too many", numbers(append(slices.Clone(w.values), 1)...))
		refused("no number", params.Value{})
		if w.rule == "off" {
			taken("off", params.Value{Word: params.Off})
		} else {
			refused("off", params.Value{Word: params.Off})
		}
		n := len(w.values)
		same := slices.Repeat([]float64{w.values[0]}, n)
		for _, rule := range strings.Split(w.rule, ",") {
			switch rule = strings.TrimSpace(rule); {
			case rule == "increasing" || rule == "decreasing":
				refused(rule, numbers(same...))
				back := slices.Clone(w.values)
				slices.Reverse(back)
				refused(rule, numbers(back...))
			case rule == "not falling":
				taken("twice the same", numbers(same...))
				back := slices.Clone(w.values)
				slices.Reverse(back)
				refused(rule, numbers(back...))
			case rule == "one positive":
				refused(rule, numbers(make([]float64, n)...))
			case strings.HasPrefix(rule, "sum "):
				refused(rule, with(0, w.values[0]*.9))
				refused(rule, with(n-1, w.values[n-1]*.9))
			}
		}
	}
}

// Parameters that hold each other: equal or crossed values are refused at the
// later of the two, and the last good set stays.
func TestParametersThatHoldEachOther(t *testing.T) {
	_, orders := table(t)
	if len(orders) != 5 {
		t.Errorf("%d pairs, want 5", len(orders))
	}
	for _, o := range orders {
		low, high := params.Key(o[0]), params.Key(o[2])
		top := params.Default().Floats(high)
		_, err := params.Default().Number(params.Org, low, top...)
		if strict := o[1] == "<"; strict != (err != nil) {
			t.Errorf("%s equal to %s: %v", low, high, err)
		}
		over := slices.Clone(top)
		over[0]++
		s, err := params.Default().Number(params.Org, low, over...)
		var e *params.Error
		if !errors.As(err, &e) || e.Problem != params.Crosses || s != params.Default() {
			t.Errorf("%s over %s: %v", low, high, err)
		}
		bottom := params.Default().Floats(low)
		bottom[0]--
		if s, err = params.Default().Number(params.Org, high, bottom...); err == nil || s != params.Default() {
			t.Errorf("%s under %s is taken", high, low)
		}
	}
}
