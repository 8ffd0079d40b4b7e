package cbor

import (
	"bytes"
	"math"
	"reflect"
	"sync"

	"sillon/engine/sorting"
)

var encoders = sync.Pool{New: func() any { return new(encoder) }}

// Marshal writes a value in core deterministic form. The error names a type
// that has no form here, or a [RawMessage] that is not one value.
func Marshal(v any) ([]byte, error) {
	e := encoders.Get().(*encoder)
	e.b, e.ends = e.b[:0], e.ends[:0]
	err := e.any(reflect.ValueOf(v))
	var b []byte
	if err == nil {
		b = bytes.Clone(e.b)
	}
	if cap(e.b) > 1<<18 {
		e.b = nil
	}
	encoders.Put(e)
	return b, err
}

// Append is Marshal behind what is in b.
func Append(b []byte, v any) ([]byte, error) {
	e := encoder{b: b}
	if err := e.any(reflect.ValueOf(v)); err != nil {
		return b, err
	}
	return e.b, nil
}

type encoder struct {
	b     []byte
	ends  []int // of the pairs of the maps being written
	pairs []string
}

// any writes a value whose type is found now.
func (e *encoder) any(v reflect.Value) error {
	if !v.IsValid() {
		e.b = append(e.b, isNull)
		return nil
	}
	p, err := planOf(v.Type())
	if err != nil {
		return err
	}
	if p.form == isStruct || p.form == isArray || p.form == isByteArray { // the bytes of an array can be had when it has an address
		c := reflect.New(p.typ).Elem()
		c.Set(v)
		v = c
	}
	return e.value(p, v)
}

func (e *encoder) value(p *plan, v reflect.Value) error {
	switch p.form {
	case isBool:
		if v.Bool() {
			e.b = append(e.b, isTrue)
		} else {
			e.b = append(e.b, isFalse)
		}
	case isInt:
		e.b = appendInt(e.b, v.Int())
	case isUint:
		e.b = appendHead(e.b, majorUint, v.Uint())
	case isFloat:
		e.b = appendFloat(e.b, v.Float())
	case isString:
		s := v.String()
		e.b = append(appendHead(e.b, majorText, uint64(len(s))), s...)
	case isRaw:
		return e.raw(v.Bytes())
	case isByteArray:
		e.bytes(v.Bytes())
	case isStruct:
		return e.fields(p, v)
	case isArray:
		return e.list(p, v)
	default: // nil is null
		if v.IsNil() {
			e.b = append(e.b, isNull)
			return nil
		}
		switch p.form {
		case isByteSlice:
			e.bytes(v.Bytes())
		case isSlice:
			return e.list(p, v)
		case isMap:
			return e.pairsOf(p, v)
		case isFields:
			m := reflect.New(fieldsType)
			m.Elem().Set(v)
			return e.record(*m.Interface().(*map[uint16]RawMessage))
		case isPointer:
			return e.value(p.elem, v.Elem())
		case isInterface:
			return e.any(v.Elem())
		}
	}
	return nil
}

func (e *encoder) bytes(b []byte) {
	e.b = append(appendHead(e.b, majorBytes, uint64(len(b))), b...)
}

// rawNesting is more than any reader takes.
const rawNesting = 64

// raw copies a value, once it is sure that it is one.
func (e *encoder) raw(b []byte) error {
	if len(b) == 0 {
		e.b = append(e.b, isNull)
		return nil
	}
	if err := wellformed(b, Limits{}.filled(), rawNesting); err != nil {
		return err
	}
	e.b = append(e.b, b...)
	return nil
}

func (e *encoder) list(p *plan, v reflect.Value) error {
	n := v.Len()
	e.b = appendHead(e.b, majorArray, uint64(n))
	for i := range n {
		if err := e.value(p.elem, v.Index(i)); err != nil {
			return within(err, index(i))
		}
	}
	return nil
}

func (e *encoder) fields(p *plan, v reflect.Value) error {
	start := len(e.b)
	e.b = append(e.b, majorMap)
	n := 0
	for i := range p.fields {
		f := &p.fields[i]
		x := v.Field(f.index)
		if f.omitEmpty && empty(f.plan, x) || f.omitZero && x.IsZero() {
			continue
		}
		e.b = append(e.b, f.head...)
		if err := e.value(f.plan, x); err != nil {
			return within(err, p.step(i))
		}
		n++
	}
	if n < 24 {
		e.b[start] |= byte(n)
		return nil
	}
	var h [9]byte // the head is longer than the byte kept for it
	head := appendHead(h[:0], majorMap, uint64(n))
	e.b = append(e.b, head[1:]...)
	copy(e.b[start+len(head):], e.b[start+1:])
	copy(e.b[start:], head)
	return nil
}

func (p *plan) step(i int) string { return "." + p.typ.Field(p.fields[i].index).Name }

// empty says whether omitempty leaves a value out.
func empty(p *plan, v reflect.Value) bool {
	switch p.form {
	case isBool:
		return !v.Bool()
	case isInt:
		return v.Int() == 0
	case isUint:
		return v.Uint() == 0
	case isFloat:
		return v.Float() == 0
	case isPointer, isInterface:
		return v.IsNil()
	case isStruct:
		for i := range p.fields {
			if !p.mayGo || !empty(p.fields[i].plan, v.Field(p.fields[i].index)) {
				return false
			}
		}
		return true
	}
	return v.Len() == 0
}

func (e *encoder) pairsOf(p *plan, v reflect.Value) error {
	e.b = appendHead(e.b, majorMap, uint64(v.Len()))
	start, first := len(e.b), len(e.ends)
	k, x := reflect.New(p.key.typ).Elem(), reflect.New(p.elem.typ).Elem()
	for it := v.MapRange(); it.Next(); {
		k.SetIterKey(it)
		x.SetIterValue(it)
		if err := e.value(p.key, k); err != nil {
			return err
		}
		if err := e.value(p.elem, x); err != nil {
			return within(err, "[]")
		}
		e.ends = append(e.ends, len(e.b))
	}
	e.sort(start, first)
	return nil
}

func (e *encoder) record(m map[uint16]RawMessage) error {
	e.b = appendHead(e.b, majorMap, uint64(len(m)))
	start, first := len(e.b), len(e.ends)
	for k, raw := range m {
		e.b = appendHead(e.b, majorUint, uint64(k))
		if err := e.raw(raw); err != nil {
			return within(err, index(int(k)))
		}
		e.ends = append(e.ends, len(e.b))
	}
	e.sort(start, first)
	return nil
}

// sort puts the pairs written from start in the order of their keys. No key
// is the beginning of another, so the order of the pairs is that of the keys.
func (e *encoder) sort(start, first int) {
	ends := e.ends[first:]
	e.ends = e.ends[:first]
	if len(ends) < 2 {
		return
	}
	all := string(e.b[start:])
	pairs := e.pairs[:0]
	from := 0
	for _, end := range ends {
		pairs = append(pairs, all[from:end-start])
		from = end - start
	}
	if len(pairs) > 32 {
		sorting.Sort(pairs)
	}
	for i := range pairs { // most are short, and need no more
		for j := i; j > 0 && pairs[j] < pairs[j-1]; j-- {
			pairs[j], pairs[j-1] = pairs[j-1], pairs[j]
		}
	}
	e.b = e.b[:start]
	for _, p := range pairs {
		e.b = append(e.b, p...)
	}
	clear(pairs)
	e.pairs = pairs
}

// appendHead writes a major type and its argument in the shortest form.
func appendHead(b []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n <= math.MaxUint8:
		return append(b, major|24, byte(n))
	case n <= math.MaxUint16:
		return append(b, major|25, byte(n>>8), byte(n))
	case n <= math.MaxUint32:
		return append(b, major|26, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(b, major|27, byte(n>>56), byte(n>>48), byte(n>>40), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

func appendKey(b []byte, key int64, name []byte, text bool) []byte {
	if text {
		return append(appendHead(b, majorText, uint64(len(name))), name...)
	}
	return appendInt(b, key)
}

func appendInt(b []byte, x int64) []byte {
	if x < 0 {
		return appendHead(b, majorNegative, uint64(^x))
	}
	return appendHead(b, majorUint, uint64(x))
}

func appendFloat(b []byte, x float64) []byte {
	if x != x {
		return append(b, isFloat16, 0x7e, 0)
	}
	if f := float32(x); float64(f) == x {
		bits := math.Float32bits(f)
		if h, ok := half(bits); ok {
			return append(b, isFloat16, byte(h>>8), byte(h))
		}
		return append(b, isFloat32, byte(bits>>24), byte(bits>>16), byte(bits>>8), byte(bits))
	}
	n := math.Float64bits(x)
	return append(b, isFloat64, byte(n>>56), byte(n>>48), byte(n>>40), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

// half turns the bits of a float32 that is not NaN into those of a float16,
// when no bit is lost (IEEE 754: 5 bits of exponent, 10 of fraction, and below
// 2⁻¹⁴ multiples of 2⁻²⁴).
func half(bits uint32) (uint16, bool) {
	sign := uint16(bits >> 16 & 0x8000)
	exp := int(bits>>23&0xff) - 127
	frac := bits & (1<<23 - 1)
	switch {
	case bits<<1 == 0: // zero
		return sign, true
	case exp == 128: // infinity
		return sign | 0x7c00, true
	case exp >= -14 && exp <= 15:
		return sign | uint16(exp+15)<<10 | uint16(frac>>13), frac&(1<<13-1) == 0
	case exp >= -24 && exp < -14:
		frac |= 1 << 23 // in units of 2^(exp−23): 2⁻²⁴ is 2^−(exp+1) of them
		shift := uint(-exp - 1)
		return sign | uint16(frac>>shift), frac&(1<<shift-1) == 0
	}
	return 0, false
}
