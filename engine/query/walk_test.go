package query_test

import "reflect"

// walk calls f with every float of a value.
func walk(v any, f func(float64)) { walkValue(reflect.ValueOf(v), f) }

func walkValue(v reflect.Value, f func(float64)) {
	switch v.Kind() {
	case reflect.Float64:
		f(v.Float())
	case reflect.Struct:
		for i := range v.NumField() {
			walkValue(v.Field(i), f)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walkValue(v.Index(i), f)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			walkValue(v.Elem(), f)
		}
	}
}
