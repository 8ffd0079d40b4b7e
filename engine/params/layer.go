package params

import (
	"maps"
	"slices"
)

// Layer returns the set with all that a scope says, keys and values by index.
// They are judged together, so that two that are tied may come in any order. A
// value that breaks a bound of its own is left out; where two that are tied
// cross, there or in a scope inside, the set keeps both as they were. What was
// left out is told, of a pair under its lower key.
func (s *Set) Layer(scope Scope, keys []Key, values []Value) (*Set, []*Error) {
	if scope < Org || scope > Exercise {
		return s, []*Error{{Scope: scope, Problem: UnknownScope}}
	}
	var refused []*Error
	next := *s
	layer := maps.Clone(s.layers[scope])
	if layer == nil {
		layer = map[Key]Value{}
	}
	next.layers[scope] = layer
	for i, key := range keys {
		row, ok := index()[key]
		if !ok {
			refused = append(refused, &Error{Key: key, Scope: scope, Problem: UnknownKey})
		} else if err := row.check(scope, values[i]); err != nil {
			refused = append(refused, err.(*Error))
		} else {
			layer[key] = Value{Numbers: slices.Clone(values[i].Numbers), Word: values[i].Word}
		}
	}
	for _, o := range orders {
		err := next.checkOrders(scope, o.Low)
		if err == nil {
			continue
		}
		refused = append(refused, err.(*Error))
		for _, k := range [2]Key{o.Low, o.High} {
			if v, ok := s.layers[scope][k]; ok {
				layer[k] = v
			} else {
				delete(layer, k)
			}
		}
	}
	return &next, refused
}
