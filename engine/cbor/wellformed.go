package cbor

import "encoding/binary"

// Limits bound what is read from elsewhere. A zero limit is none, but for
// Nesting: 32.
type Limits struct {
	Nesting int // arrays and maps within each other
	Array   int // elements of an array
	Map     int // pairs of a map
}

const defaultNesting = 32

// A reader goes through one input.
type reader struct {
	b   []byte
	at  int
	lim Limits
}

// head reads the first byte of a value and its argument. A length is checked
// against what is left: nothing is allocated on a promise.
func (r *reader) head() (major byte, info byte, n uint64, err error) {
	if r.at >= len(r.b) {
		return 0, 0, 0, ErrEnd
	}
	c := r.b[r.at]
	major, info = c&0xe0, c&0x1f
	size := 0
	switch {
	case info < 24:
		n = uint64(info)
	case info <= 27:
		size = 1 << (info - 24)
	case info == 31:
		if major == majUint || major == majInt || major == majTag {
			return 0, 0, 0, ErrMalformed
		}
		return 0, 0, 0, ErrForbidden
	default:
		return 0, 0, 0, ErrMalformed
	}
	if r.at+1+size > len(r.b) {
		return 0, 0, 0, ErrEnd
	}
	p := r.b[r.at+1:]
	switch size {
	case 1:
		n = uint64(p[0])
	case 2:
		n = uint64(binary.BigEndian.Uint16(p))
	case 4:
		n = uint64(binary.BigEndian.Uint32(p))
	case 8:
		n = binary.BigEndian.Uint64(p)
	}
	r.at += 1 + size
	left := uint64(len(r.b) - r.at)
	switch major {
	case majBytes, majText, majArray:
		if n > left {
			err = ErrEnd
		}
	case majMap:
		if n > left/2 {
			err = ErrEnd
		}
	case majTag:
		err = ErrForbidden
	case majOther:
		if size == 1 && n < 32 {
			err = ErrMalformed
		}
	}
	return major, info, n, err
}

// skip goes over one well-formed value.
func (r *reader) skip(depth int) error {
	major, _, n, err := r.head()
	if err != nil {
		return err
	}
	switch major {
	case majBytes, majText:
		r.at += int(n)
	case majArray, majMap:
		if err := r.check(major, n, depth); err != nil {
			return err
		}
		if major == majMap {
			n *= 2
		}
		for ; n > 0; n-- {
			if err := r.skip(depth + 1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reader) check(major byte, n uint64, depth int) error {
	nesting := r.lim.Nesting
	if nesting == 0 {
		nesting = defaultNesting
	}
	limit := r.lim.Array
	if major == majMap {
		limit = r.lim.Map
	}
	if depth >= nesting || limit > 0 && n > uint64(limit) {
		return ErrLimit
	}
	return nil
}

// Wellformed checks that b is exactly one value within the limits.
func (l Limits) Wellformed(b []byte) error {
	r := &reader{b: b, lim: l}
	if err := r.skip(0); err != nil {
		return &PlaceError{Offset: r.at, Err: err}
	}
	if r.at != len(b) {
		return &PlaceError{Offset: r.at, Err: ErrTrailing}
	}
	return nil
}
