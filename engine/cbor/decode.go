package cbor

import (
	"math"
	"reflect"
	"unicode/utf8"
)

// Unmarshal reads one value into what into points to, without limits but the
// nesting.
func Unmarshal(b []byte, into any) error { return Limits{}.Unmarshal(b, into) }

// Unmarshal reads one value within the limits. The whole input is checked
// first: a target is not touched by data that is not well-formed. Data that is,
// but does not fit, may leave it half filled.
func (l Limits) Unmarshal(b []byte, into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return &PlaceError{Into: "no pointer", Err: ErrType}
	}
	if err := l.Wellformed(b); err != nil {
		return err
	}
	r := &reader{b: b, lim: l}
	return r.value(v.Elem())
}

// UnmarshalFields reads a map from field number to value straight into the
// struct that into points to, as if the map had been one value.
func UnmarshalFields[M ~map[uint16]RawMessage](l Limits, m M, into any) error {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return &PlaceError{Into: "no pointer to a struct", Err: ErrType}
	}
	v = v.Elem()
	p := planOf(v.Type())
	for i := range p.fields {
		f := &p.fields[i]
		raw, ok := m[uint16(f.num)]
		if !ok || !f.byInt || f.num < 0 || f.num > math.MaxUint16 || len(raw) == 0 {
			continue
		}
		if err := l.Wellformed(raw); err != nil {
			return err
		}
		r := &reader{b: raw, lim: l}
		if err := r.value(f.of(v)); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) fail(v reflect.Value, err error) error {
	return &PlaceError{Offset: r.at, Into: v.Type().String(), Err: err}
}

// value reads one value that is known to be well-formed.
func (r *reader) value(v reflect.Value) error {
	start := r.at
	if v.Type() == rawType {
		if err := r.skip(0); err != nil {
			return r.fail(v, err)
		}
		v.SetBytes(append([]byte(nil), r.b[start:r.at]...))
		return nil
	}
	c := r.b[start]
	if c == null || c == undefined {
		r.at++
		switch v.Kind() {
		case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface:
			v.SetZero()
		}
		return nil
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return r.value(v.Elem())
	}
	major, info, n, err := r.head()
	if err != nil {
		return r.fail(v, err)
	}
	switch major {
	case majUint, majInt:
		return r.integer(v, major == majInt, n)
	case majBytes:
		return r.bytes(v, int(n))
	case majText:
		return r.text(v, int(n))
	case majArray:
		return r.array(v, int(n))
	case majMap:
		if v.Kind() == reflect.Struct {
			return r.fields(v, int(n))
		}
		return r.pairs(v, int(n))
	}
	return r.other(v, info, n)
}

func (r *reader) integer(v reflect.Value, neg bool, n uint64) error {
	switch v.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n > math.MaxInt64 {
			return r.fail(v, ErrType)
		}
		x := int64(n)
		if neg {
			x = -1 - x
		}
		if v.OverflowInt(x) {
			return r.fail(v, ErrType)
		}
		v.SetInt(x)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if neg || v.OverflowUint(n) {
			return r.fail(v, ErrType)
		}
		v.SetUint(n)
	case reflect.Float32, reflect.Float64:
		x := float64(n)
		if neg {
			x = -1 - x
		}
		v.SetFloat(x)
	default:
		return r.fail(v, ErrType)
	}
	return nil
}

func (r *reader) bytes(v reflect.Value, n int) error {
	t := v.Type()
	s := r.b[r.at : r.at+n]
	switch {
	case v.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		v.SetBytes(append(make([]byte, 0, n), s...))
	case v.Kind() == reflect.Array && t.Elem().Kind() == reflect.Uint8 && t.Len() == n:
		reflect.Copy(v, reflect.ValueOf(s))
	default:
		return r.fail(v, ErrType)
	}
	r.at += n
	return nil
}

func (r *reader) text(v reflect.Value, n int) error {
	s := r.b[r.at : r.at+n]
	if v.Kind() != reflect.String {
		return r.fail(v, ErrType)
	}
	if !utf8.Valid(s) {
		return r.fail(v, ErrText)
	}
	v.SetString(string(s))
	r.at += n
	return nil
}

func (r *reader) array(v reflect.Value, n int) error {
	switch v.Kind() {
	case reflect.Slice:
		if n > v.Cap() {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		} else {
			v.SetLen(n)
			v.Clear()
			if v.IsNil() {
				v.Set(reflect.MakeSlice(v.Type(), 0, 0))
			}
		}
	case reflect.Array:
		if n != v.Len() {
			return r.fail(v, ErrType)
		}
	default:
		return r.fail(v, ErrType)
	}
	for i := range n {
		if err := r.value(v.Index(i)); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) pairs(v reflect.Value, n int) error {
	if v.Kind() != reflect.Map {
		return r.fail(v, ErrType)
	}
	t := v.Type()
	m := v
	if v.IsNil() {
		m = reflect.MakeMapWithSize(t, n)
		v.Set(m)
	}
	had := m.Len()
	seen := 0
	for range n {
		key, val := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
		if err := r.value(key); err != nil {
			return err
		}
		if err := r.value(val); err != nil {
			return err
		}
		before := m.Len()
		m.SetMapIndex(key, val)
		if m.Len() == before {
			seen++
		}
	}
	if had == 0 && seen > 0 {
		return r.fail(v, ErrDuplicate)
	}
	return nil
}

// A key of a struct, decoded: a number, or a name.
type key struct {
	neg  bool
	n    uint64
	name string
	text bool
}

// fields reads a map into a struct; keys it does not know are passed over, but
// not twice.
func (r *reader) fields(v reflect.Value, n int) error {
	p := planOf(v.Type())
	var low uint64 // fields seen
	var rest map[key]bool
	for range n {
		k, err := r.key()
		if err != nil {
			return r.fail(v, err)
		}
		i := p.find(k)
		twice := false
		if i >= 0 && i < 64 {
			twice = low>>i&1 == 1
			low |= 1 << i
		} else {
			if rest == nil {
				rest = map[key]bool{}
			}
			twice = rest[k]
			rest[k] = true
		}
		if twice {
			return r.fail(v, ErrDuplicate)
		}
		if i < 0 {
			if err := r.skip(0); err != nil {
				return r.fail(v, err)
			}
			continue
		}
		if err := r.value(p.fields[i].of(v)); err != nil {
			return err
		}
	}
	return nil
}

// find returns the place of a key in the plan, or −1.
func (p *plan) find(k key) int {
	i, ok := -1, false
	switch {
	case k.text:
		i, ok = p.byName[k.name]
	case k.neg:
		i, ok = p.byNum[-1-int64(k.n)]
	default:
		i, ok = p.byNum[int64(k.n)]
	}
	if !ok {
		return -1
	}
	return i
}

func (r *reader) key() (key, error) {
	major, _, n, err := r.head()
	if err != nil {
		return key{}, err
	}
	switch major {
	case majUint, majInt:
		if n > math.MaxInt64 {
			return key{}, ErrType
		}
		return key{n: n, neg: major == majInt}, nil
	case majText:
		s := r.b[r.at : r.at+int(n)]
		r.at += int(n)
		if !utf8.Valid(s) {
			return key{}, ErrText
		}
		return key{name: string(s), text: true}, nil
	}
	return key{}, ErrType
}

// other reads booleans and floats.
func (r *reader) other(v reflect.Value, info byte, n uint64) error {
	switch {
	case info == 20 || info == 21:
		if v.Kind() != reflect.Bool {
			return r.fail(v, ErrType)
		}
		v.SetBool(info == 21)
		return nil
	case info >= 25 && info <= 27:
		x := 0.0
		switch info {
		case 25:
			x = unhalf(uint16(n))
		case 26:
			x = float64(math.Float32frombits(uint32(n)))
		case 27:
			x = math.Float64frombits(n)
		}
		if v.Kind() != reflect.Float64 && (v.Kind() != reflect.Float32 || v.OverflowFloat(x)) {
			return r.fail(v, ErrType)
		}
		v.SetFloat(x)
		return nil
	}
	return r.fail(v, ErrType)
}

func unhalf(h uint16) float64 {
	exp, frac := int(h>>10&0x1f), float64(h&0x3ff)
	x := 0.0
	switch exp {
	case 0:
		x = math.Ldexp(frac, -24)
	case 31:
		x = math.Inf(1)
		if frac != 0 {
			return math.NaN()
		}
	default:
		x = math.Ldexp(1024+frac, exp-25)
	}
	if h>>15 == 1 {
		return -x
	}
	return x
}
