package cbor

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"sillon/engine/sorting"
)

// A field is one field of a struct as it is written.
type field struct {
	name  string
	key   []byte // encoded
	num   int64  // of keyasint
	byInt bool
	index []int
	empty bool // omitempty
	zero  bool // omitzero
	t     reflect.Type
}

// A plan is how a struct is written and read: its fields in the order of their
// encoded keys.
type plan struct {
	fields []field
	byNum  map[int64]int
	byName map[string]int
}

var plans sync.Map // reflect.Type → *plan

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{byNum: map[int64]int{}, byName: map[string]int{}}
	p.collect(t, nil)
	sorting.By(p.fields, func(a, b field) int { return slices.Compare(a.key, b.key) })
	for i, f := range p.fields {
		if f.byInt {
			p.byNum[f.num] = i
		} else {
			p.byName[f.name] = i
		}
	}
	kept, _ := plans.LoadOrStore(t, p)
	return kept.(*plan)
}

func (p *plan) collect(t reflect.Type, at []int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		tag, tagged := sf.Tag.Lookup("cbor")
		if tag == "-" || !sf.IsExported() && !sf.Anonymous {
			continue
		}
		index := append(slices.Clone(at), i)
		if sf.Anonymous && !tagged && sf.Type.Kind() == reflect.Struct {
			p.collect(sf.Type, index)
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		f := field{name: name, index: index, t: sf.Type}
		if name == "" {
			f.name = sf.Name
		}
		for o := range strings.SplitSeq(options, ",") {
			switch o {
			case "keyasint":
				f.byInt = true
			case "omitempty":
				f.empty = true
			case "omitzero":
				f.zero = true
			}
		}
		if f.byInt {
			f.num = number(f.name)
			f.key = appendInt(nil, f.num)
		} else {
			f.key = append(appendHead(nil, majText, uint64(len(f.name))), f.name...)
		}
		p.fields = append(p.fields, f)
	}
}

// number reads the key of a keyasint tag; the tags are ours, a wrong one is
// found by the first test.
func number(s string) int64 {
	digits, neg := strings.CutPrefix(s, "-")
	var n int64
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			panic("cbor: the tag " + s + " is not a number")
		}
		n = n*10 + int64(c-'0')
	}
	if neg {
		return -n
	}
	return n
}

// of returns the field of a value, without going through a nil pointer.
func (f *field) of(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}
