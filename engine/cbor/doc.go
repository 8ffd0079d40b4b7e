// Package cbor is the codec of the wire, the bundles and the bridge: the
// subset of CBOR (RFC 8949) that Sillon writes, in core deterministic form, and
// nothing else.
//
// Why our own, where a well-kept library exists: the worker is downloaded to
// tablets and has a budget of 1.3 MB. github.com/fxamacker/cbor with what it
// drags in (big numbers, dates, base64) took 0.2 MB of it. That library stays
// the oracle of the tests: every encoding is compared byte for byte with its
// CoreDetEncOptions, and any input must be refused or read as it does.
//
// What is written: booleans, integers, floats in their shortest exact form,
// text and byte strings, arrays, maps with sorted keys, null; definite lengths
// only. [N]byte and []byte are byte strings. A nil slice, map or pointer is
// null. Struct fields take their key from the tag: `cbor:"3,keyasint"`, with
// omitempty or omitzero, or "-".
//
// What is refused when reading: tags, indefinite lengths, duplicate keys, text
// that is not UTF-8, numbers that do not fit, trailing bytes, and anything
// beyond the [Limits]. A length larger than the input that is left is refused
// before anything is allocated. Unknown struct keys are skipped. Null leaves a
// scalar as it is and empties a slice, map or pointer.
package cbor

import "errors"

// A RawMessage is one encoded value kept as its bytes. An empty one is null.
type RawMessage []byte

// Errors of reading; what is wrong where is in the text around them.
var (
	ErrEnd       = errors.New("cbor: the data ends in the middle of a value")
	ErrTrailing  = errors.New("cbor: bytes after the value")
	ErrMalformed = errors.New("cbor: not well-formed")
	ErrForbidden = errors.New("cbor: tags and indefinite lengths are not used here")
	ErrLimit     = errors.New("cbor: too deep or too long")
	ErrDuplicate = errors.New("cbor: a key stands twice")
	ErrType      = errors.New("cbor: the value does not fit")
	ErrText      = errors.New("cbor: text is not UTF-8")
)

// A PlaceError says at which byte, and in which field, reading failed.
type PlaceError struct {
	Offset int
	Into   string // type or field that was being read; empty: none yet
	Err    error
}

func (e *PlaceError) Error() string {
	s := e.Err.Error() + ", at byte " + itoa(e.Offset)
	if e.Into != "" {
		s += ", reading " + e.Into
	}
	return s
}

// Unwrap returns one of the errors above.
func (e *PlaceError) Unwrap() error { return e.Err }

func itoa(n int) string {
	if n < 0 {
		return "-" + itoa(-n)
	}
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// Major types, in the high bits of the first byte.
const (
	majUint  = 0 << 5
	majInt   = 1 << 5
	majBytes = 2 << 5
	majText  = 3 << 5
	majArray = 4 << 5
	majMap   = 5 << 5
	majTag   = 6 << 5
	majOther = 7 << 5
)

// Whole first bytes.
const (
	null      = 0xf6
	undefined = 0xf7
	no        = 0xf4
	yes       = 0xf5
	float16   = 0xf9
	float32b  = 0xfa
	float64b  = 0xfb
)
