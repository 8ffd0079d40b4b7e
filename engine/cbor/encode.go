package cbor

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"

	"sillon/engine/sorting"
)

var rawType = reflect.TypeFor[RawMessage]()

// Marshal writes a value in core deterministic form. The error names a type
// that has no form here.
func Marshal(v any) ([]byte, error) { return Append(nil, v) }

// Append is Marshal behind what is in b.
func Append(b []byte, v any) ([]byte, error) {
	if v == nil {
		return append(b, null), nil
	}
	return appendValue(b, reflect.ValueOf(v))
}

func appendValue(b []byte, v reflect.Value) ([]byte, error) {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return append(b, yes), nil
		}
		return append(b, no), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return appendInt(b, v.Int()), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return appendHead(b, majUint, v.Uint()), nil
	case reflect.Float32, reflect.Float64:
		return appendFloat(b, v.Float()), nil
	case reflect.String:
		s := v.String()
		return append(appendHead(b, majText, uint64(len(s))), s...), nil
	case reflect.Slice, reflect.Array:
		return appendList(b, v)
	case reflect.Map:
		return appendMap(b, v)
	case reflect.Struct:
		return appendStruct(b, v)
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, null), nil
		}
		return appendValue(b, v.Elem())
	}
	return b, &PlaceError{Offset: len(b), Into: v.Type().String(), Err: ErrType}
}

func appendHead(b []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n <= math.MaxUint8:
		return append(b, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majInt, uint64(-1-n))
	}
	return appendHead(b, majUint, uint64(n))
}

// appendFloat takes the shortest of 16, 32 and 64 bits that keeps the value;
// every NaN is written the same (RFC 8949 §4.2.1).
func appendFloat(b []byte, x float64) []byte {
	if x != x {
		return append(b, float16, 0x7e, 0)
	}
	s := float32(x)
	if float64(s) != x {
		return binary.BigEndian.AppendUint64(append(b, float64b), math.Float64bits(x))
	}
	if h, ok := half(s); ok {
		return binary.BigEndian.AppendUint16(append(b, float16), h)
	}
	return binary.BigEndian.AppendUint32(append(b, float32b), math.Float32bits(s))
}

// half returns the 16-bit form of a float, when it has one that is exact.
func half(x float32) (uint16, bool) {
	bits := math.Float32bits(x)
	sign := uint16(bits >> 16 & 0x8000)
	exp := int(bits>>23&0xff) - 127
	frac := bits & 0x7fffff
	switch {
	case bits<<1 == 0:
		return sign, true
	case exp == 128: // infinity; NaN went before
		return sign | 0x7c00, frac == 0
	case exp > 15:
		return 0, false
	case exp >= -14:
		return sign | uint16(exp+15)<<10 | uint16(frac>>13), frac&0x1fff == 0
	case exp >= -24: // subnormal: the leading one is written out
		frac |= 0x800000
		shift := uint(-exp - 1) // 13 + (-14 - exp)
		return sign | uint16(frac>>shift), frac&(1<<shift-1) == 0
	}
	return 0, false
}

func appendList(b []byte, v reflect.Value) ([]byte, error) {
	t := v.Type()
	if t == rawType {
		if v.Len() == 0 {
			return append(b, null), nil
		}
		return append(b, v.Bytes()...), nil
	}
	if v.Kind() == reflect.Slice && v.IsNil() {
		return append(b, null), nil
	}
	n := v.Len()
	if t.Elem().Kind() == reflect.Uint8 {
		b = appendHead(b, majBytes, uint64(n))
		if v.Kind() == reflect.Slice || v.CanAddr() {
			return append(b, v.Bytes()...), nil
		}
		for i := range n {
			b = append(b, byte(v.Index(i).Uint()))
		}
		return b, nil
	}
	b = appendHead(b, majArray, uint64(n))
	var err error
	for i := range n {
		if b, err = appendValue(b, v.Index(i)); err != nil {
			return b, err
		}
	}
	return b, nil
}

// appendMap writes the pairs in the order of their encoded keys.
func appendMap(b []byte, v reflect.Value) ([]byte, error) {
	if v.IsNil() {
		return append(b, null), nil
	}
	type pair struct{ at, mid, end int }
	var pairs []pair
	var buf []byte
	var err error
	for it := v.MapRange(); it.Next(); {
		p := pair{at: len(buf)}
		if buf, err = appendValue(buf, it.Key()); err != nil {
			return b, err
		}
		p.mid = len(buf)
		if buf, err = appendValue(buf, it.Value()); err != nil {
			return b, err
		}
		p.end = len(buf)
		pairs = append(pairs, p)
	}
	sorting.By(pairs, func(x, y pair) int { return slices.Compare(buf[x.at:x.mid], buf[y.at:y.mid]) })
	b = appendHead(b, majMap, uint64(len(pairs)))
	for _, p := range pairs {
		b = append(b, buf[p.at:p.end]...)
	}
	return b, nil
}

func appendStruct(b []byte, v reflect.Value) ([]byte, error) {
	p := planOf(v.Type())
	n := 0
	for i := range p.fields {
		if !p.fields[i].left(v) {
			n++
		}
	}
	b = appendHead(b, majMap, uint64(n))
	var err error
	for i := range p.fields {
		f := &p.fields[i]
		if f.left(v) {
			continue
		}
		b = append(b, f.key...)
		if b, err = appendValue(b, f.of(v)); err != nil {
			return b, err
		}
	}
	return b, nil
}

// left reports whether a field is left out.
func (f *field) left(v reflect.Value) bool {
	if f.zero && f.of(v).IsZero() {
		return true
	}
	if !f.empty {
		return false
	}
	x := f.of(v)
	switch x.Kind() {
	case reflect.Slice, reflect.Map, reflect.String, reflect.Array:
		return x.Len() == 0
	case reflect.Struct:
		return false
	case reflect.Float32, reflect.Float64:
		return x.Float() == 0 // minus zero too
	}
	return x.IsZero()
}

// Encoding is [Marshal] as a value, for packages that name their codec.
type Encoding struct{}

// Marshal writes a value in core deterministic form.
func (Encoding) Marshal(v any) ([]byte, error) { return Marshal(v) }
