package params

import (
	"maps"
	"slices"
	"sync"

	"sillon/engine/sorting"
)

// Scope is a layer of the chain; the inner one wins.
type Scope uint8

// Stored and sent as the level of a setting: never renumber.
const (
	Org       Scope = iota + 1 // organisation
	Team                       // équipe
	Portfolio                  // portefeuille
	Exercise                   // exercice
)

// A Value is what a layer says of one key: numbers, or a word.
type Value struct {
	Numbers []float64
	Word    string
}

// A Set is the parameters in force somewhere: the defaults of the method under
// up to four layers. It always holds good values and never changes.
type Set struct {
	layers [Exercise + 1]map[Key]Value
}

var standard = &Set{}

// Default is the set of the method, without any layer.
func Default() *Set { return standard }

// ForExercise adds the layer every exercise starts from: the cap on the yearly
// change of visits is off (method §1.3, visit.maxChange).
func (s *Set) ForExercise() *Set {
	return s.put(Exercise, VisitMaxChange, Value{Word: Off})
}

// With returns the set with a value at a scope. A bad value returns the same
// set and an [*Error].
func (s *Set) With(scope Scope, key Key, v Value) (*Set, error) {
	if scope < Org || scope > Exercise {
		return s, &Error{Key: key, Scope: scope, Problem: UnknownScope}
	}
	row, ok := index()[key]
	if !ok {
		return s, &Error{Key: key, Scope: scope, Problem: UnknownKey}
	}
	if err := row.check(scope, v); err != nil {
		return s, err
	}
	next := s.put(scope, key, v)
	if err := next.checkOrders(scope, key); err != nil {
		return s, err
	}
	return next, nil
}

// Number is With for a parameter of one or several numbers.
func (s *Set) Number(scope Scope, key Key, numbers ...float64) (*Set, error) {
	return s.With(scope, key, Value{Numbers: numbers})
}

// Choose is With for an enumeration.
func (s *Set) Choose(scope Scope, key Key, word string) (*Set, error) {
	return s.With(scope, key, Value{Word: word})
}

// Without returns the set with a layer's value of a key taken away, so that
// the outer layers speak again. It is refused when they do not fit the rest.
func (s *Set) Without(scope Scope, key Key) (*Set, error) {
	if scope < Org || scope > Exercise || s.layers[scope] == nil {
		return s, nil
	}
	next := *s
	next.layers[scope] = maps.Clone(s.layers[scope])
	delete(next.layers[scope], key)
	if err := next.checkOrders(scope, key); err != nil {
		return s, err
	}
	return &next, nil
}

func (s *Set) put(scope Scope, key Key, v Value) *Set {
	next := *s
	layer := maps.Clone(s.layers[scope])
	if layer == nil {
		layer = map[Key]Value{}
	}
	layer[key] = Value{Numbers: slices.Clone(v.Numbers), Word: v.Word}
	next.layers[scope] = layer
	return &next
}

// Get resolves a key: its value and the scope that gave it, zero for the
// default of the method. The numbers are the caller's own.
func (s *Set) Get(key Key) (Value, Scope) {
	v, scope := s.at(key, Exercise)
	return Value{Numbers: slices.Clone(v.Numbers), Word: v.Word}, scope
}

// at resolves a key as seen from a scope.
func (s *Set) at(key Key, from Scope) (Value, Scope) {
	for scope := from; scope >= Org; scope-- {
		if v, ok := s.layers[scope][key]; ok {
			return v, scope
		}
	}
	if row, ok := index()[key]; ok {
		return Value{Numbers: row.Default, Word: row.Word}, 0
	}
	return Value{}, 0
}

// Float is a number; the first one of several. An unknown key, or one that is
// switched off, gives 0: ask [Set.On] first where a row can be off.
func (s *Set) Float(key Key) float64 {
	if v, _ := s.at(key, Exercise); len(v.Numbers) > 0 {
		return v.Numbers[0]
	}
	return 0
}

// Floats are the numbers of a key, the caller's own.
func (s *Set) Floats(key Key) []float64 {
	v, _ := s.at(key, Exercise)
	return slices.Clone(v.Numbers)
}

// Int is a whole number.
func (s *Set) Int(key Key) int { return int(s.Float(key)) }

// Share is a percentage as a share of one: 10 gives 0.10.
func (s *Set) Share(key Key) float64 { return s.Float(key) / 100 }

// Word is the value of an enumeration.
func (s *Set) Word(key Key) string { v, _ := s.at(key, Exercise); return v.Word }

// Bool is a yes or no.
func (s *Set) Bool(key Key) bool { return s.Float(key) != 0 }

// On reports whether a key that can be switched off is in force.
func (s *Set) On(key Key) bool { return s.Word(key) != Off }

// Changed lists the keys that differ from the defaults in any layer, sorted.
func (s *Set) Changed() []Key {
	var keys []Key
	for _, layer := range s.layers {
		keys = slices.AppendSeq(keys, maps.Keys(layer))
	}
	sorting.Sort(keys)
	return slices.Compact(keys)
}

var index = sync.OnceValue(func() map[Key]*Row {
	m := make(map[Key]*Row, len(registry))
	for i := range registry {
		m[registry[i].Key] = &registry[i]
	}
	return m
})

// Rows is the registry in the order of the method, for a settings screen. The
// caller must not write to it.
func Rows() []Row { return registry[:] }

// Lookup is the row of a key.
func Lookup(key Key) (Row, bool) {
	r, ok := index()[key]
	if !ok {
		return Row{}, false
	}
	return *r, true
}
