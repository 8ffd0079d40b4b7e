package cbor

import (
	"bytes"
	"math"
	"reflect"
	"unicode/utf8"
)

// Unmarshal reads one value into what into points to, without limits but the
// nesting.
func Unmarshal(b []byte, into any) error { return Limits{}.Unmarshal(b, into) }

// Unmarshal reads one value within the limits. After an error the target may
// be half filled.
func (l Limits) Unmarshal(b []byte, into any) error {
	p, v, err := target(into)
	if err != nil {
		return err
	}
	d := decoder{b: b, lim: l.filled()}
	if err := d.value(p, v, d.lim.Nesting); err != nil {
		return err
	}
	return d.end()
}

// UnmarshalFields reads a map from field number to value straight into the
// struct that into points to, as if the map had been one value.
func UnmarshalFields(l Limits, m map[uint16]RawMessage, into any) error {
	p, v, err := target(into)
	if err != nil {
		return err
	}
	d := decoder{lim: l.filled()}
	if p.form != isStruct {
		return d.fail(ErrGo)
	}
	if err := d.enter(uint64(len(m)), d.lim.Map, 0, d.lim.Nesting); err != nil {
		return err
	}
	left := d.lim.Nesting - 1
	known := 0
	for i := range p.fields {
		f := &p.fields[i]
		if f.text || f.key != int64(uint16(f.key)) {
			continue
		}
		raw, ok := m[uint16(f.key)]
		if !ok {
			continue
		}
		known++
		if len(raw) == 0 {
			raw = null
		}
		d.b, d.at = raw, 0
		err := d.value(f.plan, v.Field(f.index), left)
		if err == nil {
			err = d.end()
		}
		if err != nil {
			return within(err, p.step(i))
		}
	}
	if known == len(m) {
		return nil
	}
	for k, raw := range m { // the others are one value each, at least
		if len(raw) == 0 || p.find(int64(k), nil, false, 0) >= 0 {
			continue
		}
		if err := wellformed(raw, d.lim, left); err != nil {
			return within(err, index(int(k)))
		}
	}
	return nil
}

var null = RawMessage{isNull}

func target(into any) (*plan, reflect.Value, error) {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return nil, v, &PlaceError{Path: "no pointer to read into", Err: ErrGo}
	}
	v = v.Elem()
	p, err := planOf(v.Type())
	return p, v, err
}

func (l Limits) filled() Limits {
	if l.Nesting == 0 {
		l.Nesting = 32
	}
	if l.Array == 0 {
		l.Array = math.MaxInt
	}
	if l.Map == 0 {
		l.Map = math.MaxInt
	}
	return l
}

// A decoder reads one value from its bytes.
type decoder struct {
	b   []byte
	at  int
	lim Limits // none is zero
}

func (d *decoder) fail(err error) error { return &PlaceError{Offset: d.at, Err: err} }

func (d *decoder) end() error {
	if d.at != len(d.b) {
		return d.fail(ErrTrailing)
	}
	return nil
}

// wellformed checks that b is exactly one value of at most left levels.
func wellformed(b []byte, l Limits, left int) error {
	d := decoder{b: b, lim: l}
	if err := d.skip(left); err != nil {
		return err
	}
	return d.end()
}

// head reads the first byte of a value and its argument.
func (d *decoder) head() (c byte, n uint64, err error) {
	if d.at >= len(d.b) {
		return 0, 0, d.fail(ErrEnd)
	}
	c = d.b[d.at]
	d.at++
	info := c & 31
	size := 0
	switch {
	case c >= majorSimple && info < 20, info == 31:
		err = ErrForbidden
	case info < 24:
		return c, uint64(info), nil
	case info > 27:
		err = ErrMalformed
	case 1<<(info-24) > len(d.b)-d.at:
		err = ErrEnd
	default:
		size = 1 << (info - 24)
	}
	for _, x := range d.b[d.at : d.at+size] {
		n = n<<8 | uint64(x)
	}
	d.at += size
	if c == majorSimple+24 && err == nil {
		err = ErrForbidden
		if n < 32 {
			err = ErrMalformed
		}
	}
	if err != nil {
		err = d.fail(err)
	}
	return c, n, err
}

// take returns the next n bytes, not copied.
func (d *decoder) take(n uint64) ([]byte, error) {
	if n > uint64(len(d.b)-d.at) {
		return nil, d.fail(ErrEnd)
	}
	d.at += int(n)
	return d.b[d.at-int(n) : d.at], nil
}

func (d *decoder) text(n uint64) ([]byte, error) {
	b, err := d.take(n)
	if err == nil && !utf8.Valid(b) {
		err = d.fail(ErrText)
	}
	return b, err
}

// enter checks an array or a map of n elements, at least size bytes each,
// before anything is allocated for it.
func (d *decoder) enter(n uint64, limit, size, left int) error {
	switch {
	case size > 0 && n > uint64((len(d.b)-d.at)/size):
		return d.fail(ErrEnd)
	case left <= 0 || n > uint64(limit):
		return d.fail(ErrLimit)
	}
	return nil
}

// skip goes over one well-formed value of at most left levels.
func (d *decoder) skip(left int) error {
	c, n, err := d.head()
	if err != nil {
		return err
	}
	switch c &^ 31 {
	case majorBytes, majorText:
		_, err = d.take(n)
		return err
	case majorArray:
		err = d.enter(n, d.lim.Array, 1, left)
	case majorMap:
		err = d.enter(n, d.lim.Map, 2, left)
		n *= 2
	case majorTag:
		return d.fail(ErrForbidden)
	default:
		return nil
	}
	for ; n > 0 && err == nil; n-- {
		err = d.skip(left - 1)
	}
	return err
}

// value reads a value of at most left levels.
func (d *decoder) value(p *plan, v reflect.Value, left int) error {
	switch {
	case p.form == isRaw:
		from := d.at
		if err := d.skip(left); err != nil {
			return err
		}
		v.SetBytes(bytes.Clone(d.b[from:d.at]))
		return nil
	case d.null():
		switch p.form {
		case isByteSlice, isSlice, isMap, isFields, isPointer, isInterface:
			v.SetZero()
		}
		return nil
	case p.form == isPointer:
		if v.IsNil() {
			v.Set(reflect.New(p.elem.typ))
		}
		return d.value(p.elem, v.Elem(), left)
	}
	c, n, err := d.head()
	if err != nil {
		return err
	}
	switch c &^ 31 {
	case majorUint, majorNegative:
		return d.number(p, v, c >= majorNegative, n)
	case majorBytes:
		b, err := d.take(n)
		if err != nil {
			return err
		}
		return d.bytes(p, v, b)
	case majorText:
		b, err := d.text(n)
		if err != nil {
			return err
		}
		if p.form != isString {
			return d.fail(ErrType)
		}
		v.SetString(string(b))
	case majorArray:
		if err := d.enter(n, d.lim.Array, 1, left); err != nil {
			return err
		}
		return d.list(p, v, int(n), left-1)
	case majorMap:
		if err := d.enter(n, d.lim.Map, 2, left); err != nil {
			return err
		}
		switch p.form {
		case isStruct:
			return d.fields(p, v, int(n), left-1)
		case isFields:
			return d.record(v, int(n), left-1)
		case isMap:
			return d.pairs(p, v, int(n), left-1)
		}
		return d.fail(ErrType)
	case majorTag:
		return d.fail(ErrForbidden)
	case majorSimple:
		if c <= isTrue {
			if p.form != isBool {
				return d.fail(ErrType)
			}
			v.SetBool(c == isTrue)
			return nil
		}
		x := float(c, n)
		if p.form != isFloat || p.spare > 0 && v.OverflowFloat(x) {
			return d.fail(ErrType)
		}
		v.SetFloat(x)
	}
	return nil
}

// null goes over null or undefined, when it comes next.
func (d *decoder) null() bool {
	if d.at < len(d.b) && (d.b[d.at] == isNull || d.b[d.at] == isUndefined) {
		d.at++
		return true
	}
	return false
}

// number sets n, or −1−n.
func (d *decoder) number(p *plan, v reflect.Value, negative bool, n uint64) error {
	switch {
	case p.form == isInt && n <= math.MaxInt64>>p.spare:
		x := int64(n)
		if negative {
			x = ^x
		}
		v.SetInt(x)
	case p.form == isUint && !negative && n <= math.MaxUint64>>p.spare:
		v.SetUint(n)
	case p.form == isFloat && !negative:
		v.SetFloat(float64(n))
	case p.form == isFloat && n <= math.MaxInt64:
		v.SetFloat(float64(^int64(n)))
	default:
		return d.fail(ErrType)
	}
	return nil
}

func (d *decoder) bytes(p *plan, v reflect.Value, b []byte) error {
	switch p.form {
	case isByteSlice:
		v.SetBytes(append(make([]byte, 0, len(b)), b...))
	case isByteArray:
		if copy(v.Bytes(), b) != len(b) || len(b) != v.Len() {
			return d.fail(ErrLength)
		}
	default:
		return d.fail(ErrType)
	}
	return nil
}

func float(c byte, n uint64) float64 {
	switch c {
	case isFloat32:
		return float64(math.Float32frombits(uint32(n)))
	case isFloat64:
		return math.Float64frombits(n)
	}
	x := float64(n&0x3ff) / (1 << 24)
	switch exp := n >> 10 & 31; {
	case exp == 31 && n&0x3ff != 0:
		return math.NaN()
	case exp == 31:
		x = math.Inf(1)
	case exp > 0: // 1.fraction × 2^(exp−15)
		x = math.Float64frombits((exp-15+1023)<<52 | n&0x3ff<<42)
	}
	if n&0x8000 != 0 {
		return -x
	}
	return x
}

func (d *decoder) list(p *plan, v reflect.Value, n, left int) error {
	switch p.form {
	case isSlice, isByteSlice:
		v.Set(reflect.MakeSlice(p.typ, n, n))
	case isArray, isByteArray:
		if n != v.Len() {
			return d.fail(ErrLength)
		}
	default:
		return d.fail(ErrType)
	}
	for i := range n {
		if err := d.value(p.elem, v.Index(i), left); err != nil {
			return within(err, index(i))
		}
	}
	return nil
}

func (d *decoder) fields(p *plan, v reflect.Value, n, left int) error {
	var few [64]bool
	seen := few[:]
	if len(p.fields) > len(few) {
		seen = make([]bool, len(p.fields))
	}
	var others map[string]bool // keys the struct does not know, in their shortest form
	for next := 0; n > 0; n-- {
		c, arg, err := d.head()
		if err != nil {
			return err
		}
		key, name, text := int64(arg), []byte(nil), false
		switch c &^ 31 {
		case majorUint:
		case majorNegative:
			key = ^key
		case majorText:
			key, text = 0, true
			if name, err = d.text(arg); err != nil {
				return err
			}
		default:
			return d.fail(ErrType)
		}
		if !text && arg > math.MaxInt64 {
			return d.fail(ErrType)
		}
		i := p.find(key, name, text, next)
		if i < 0 {
			short := string(appendKey(nil, key, name, text))
			if others[short] {
				return d.fail(ErrDuplicate)
			}
			if others == nil {
				others = map[string]bool{}
			}
			others[short] = true
			if err := d.skip(left); err != nil {
				return err
			}
			continue
		}
		if seen[i] {
			return within(d.fail(ErrDuplicate), p.step(i))
		}
		seen[i] = true
		if err := d.value(p.fields[i].plan, v.Field(p.fields[i].index), left); err != nil {
			return within(err, p.step(i))
		}
		next = i + 1
	}
	return nil
}

// record reads the map of a record's fields. Its values share one copy of the
// bytes.
func (d *decoder) record(v reflect.Value, n, left int) error {
	type span struct {
		key      uint16
		from, to int
	}
	var few [16]span
	spans := few[:0]
	start := d.at
	for range n {
		var key uint64
		if !d.null() { // a null key is zero
			c, arg, err := d.head()
			if err != nil {
				return err
			}
			if c >= majorNegative || arg > math.MaxUint16 {
				return d.fail(ErrType)
			}
			key = arg
		}
		from := d.at
		if err := d.skip(left); err != nil {
			return within(err, index(int(key)))
		}
		spans = append(spans, span{uint16(key), from - start, d.at - start})
	}
	all := bytes.Clone(d.b[start:d.at])
	m := make(map[uint16]RawMessage, n)
	for _, s := range spans {
		m[s.key] = all[s.from:s.to:s.to]
	}
	if len(m) != n {
		return d.fail(ErrDuplicate)
	}
	v.Set(reflect.ValueOf(m))
	return nil
}

func (d *decoder) pairs(p *plan, v reflect.Value, n, left int) error {
	m := reflect.MakeMapWithSize(p.typ, n)
	k, x := reflect.New(p.key.typ).Elem(), reflect.New(p.elem.typ).Elem()
	for i := range n {
		k.SetZero()
		if err := d.value(p.key, k, left); err != nil {
			return within(err, "[key]")
		}
		x.SetZero()
		if err := d.value(p.elem, x, left); err != nil {
			return within(err, "[]")
		}
		m.SetMapIndex(k, x)
		if m.Len() != i+1 {
			return d.fail(ErrDuplicate)
		}
	}
	v.Set(m)
	return nil
}
