package query_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"sillon/engine/query"
)

// A trail is where a walk stands in a value: names of fields, places in lists.
type trail []pace

// A pace is a field or a key, or else a place.
type pace struct {
	name string
	i    int
}

func (t trail) String() string {
	var b strings.Builder
	for k, x := range t {
		switch {
		case x.name == "":
			fmt.Fprintf(&b, "[%d]", x.i)
		case k > 0:
			b.WriteString("." + x.name)
		default:
			b.WriteString(x.name)
		}
	}
	return b.String()
}

// A leaf is one figure or word of a value: whole numbers, words and lengths by
// their bits, reals by theirs.
type leaf struct {
	real bool
	bits uint64
}

func (l leaf) float() float64 { return math.Float64frombits(l.bits) }

// tread calls f with every leaf of a value in a fixed order: exported and hidden
// fields, lengths of lists, whether a pointer is nil, maps by their keys. What
// no result may hold (a function, a channel) fails the walk.
func tread(at *trail, v reflect.Value, f func(at trail, l leaf)) {
	whole := func(x uint64) { f(*at, leaf{bits: x}) }
	step := func(name string, i int, v reflect.Value) {
		*at = append(*at, pace{name, i})
		tread(at, v, f)
		*at = (*at)[:len(*at)-1]
	}
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		f(*at, leaf{real: true, bits: math.Float64bits(v.Float())})
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		whole(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		whole(v.Uint())
	case reflect.Bool:
		if v.Bool() {
			whole(1)
		} else {
			whole(0)
		}
	case reflect.String:
		whole(mixWords(0, v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			// _ is no value: it forbids comparing; from leads back to the device,
			// which keeps the analysis.
			if name := v.Type().Field(i).Name; name != "_" && (name != "from" || v.Type() != reflect.TypeFor[query.Analysis]()) {
				step(name, 0, v.Field(i))
			}
		}
	case reflect.Slice, reflect.Array:
		whole(uint64(v.Len()))
		for i := range v.Len() {
			step("", i, v.Index(i))
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			whole(0)
			return
		}
		whole(1)
		tread(at, v.Elem(), f)
	case reflect.Map:
		whole(uint64(v.Len()))
		keys := v.MapKeys()
		name := func(k reflect.Value) string { return fmt.Sprintf("%v", k) }
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(name(a), name(b)) })
		for _, k := range keys {
			step(name(k), 0, v.MapIndex(k))
		}
	case reflect.Func:
		if !v.IsNil() {
			panic(fmt.Sprintf("%s is a %s: no result can hold one", at, v.Type()))
		}
	case reflect.Invalid:
		whole(0)
	default:
		panic(fmt.Sprintf("%s is a %s: no result can hold one", at, v.Type()))
	}
}

// leaves walks a value from a name.
func leaves(name string, v any, f func(at trail, l leaf)) {
	at := trail{{name: name}}
	tread(&at, reflect.ValueOf(v), f)
}

// mix adds a word to a digest, alike on every machine.
func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

func mixWords(h uint64, s string) uint64 {
	for i := range len(s) {
		h = mix(h, uint64(s[i]))
	}
	return mix(h, uint64(len(s)))
}

// hash is of every number, word and mark of a value, hidden fields included:
// equal values have equal hashes, bit by bit, whatever the machine.
func hash(v any) uint64 {
	var h uint64
	leaves("", v, func(_ trail, l leaf) { h = mix(h, l.bits) })
	return h
}

// broken names the first real that is no number, in the exported and the
// hidden fields of a value; "" when all are.
func broken(name string, v reflect.Value) string {
	bad := ""
	at := trail{{name: name}}
	tread(&at, v, func(at trail, l leaf) {
		if x := l.float(); l.real && bad == "" && (math.IsNaN(x) || math.IsInf(x, 0)) {
			bad = fmt.Sprintf("%s = %v", at, x)
		}
	})
	return bad
}

// walk calls f with every float of a value.
func walk(v any, f func(float64)) {
	leaves("", v, func(_ trail, l leaf) {
		if l.real {
			f(l.float())
		}
	})
}

// difference names the first leaf in which two values differ, but for fields of
// some names; "" when there is none.
func difference(a, b any, but ...string) (where string) {
	type stop struct{}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(stop); !ok {
				panic(r)
			}
		}
	}()
	passed := func(at trail) bool {
		return slices.ContainsFunc(at, func(x pace) bool { return slices.Contains(but, x.name) })
	}
	var of []leaf
	leaves("", a, func(at trail, l leaf) {
		if !passed(at) {
			of = append(of, l)
		}
	})
	k := 0
	leaves("", b, func(at trail, l leaf) {
		if passed(at) {
			return
		}
		if k >= len(of) || of[k] != l {
			where = at.String()
			panic(stop{})
		}
		k++
	})
	if k < len(of) {
		return "its end"
	}
	return ""
}
