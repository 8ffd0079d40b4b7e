// Package cbor is the codec of the wire, the bundles and the bridge: the
// subset of CBOR (RFC 8949) that Sillon writes, in core deterministic form, and
// nothing else.
//
// Why our own, where a well-kept library exists: the worker is downloaded to
// tablets and has a budget of 1.3 MB. github.com/fxamacker/cbor with what it
// drags in (big numbers, dates, base64) took 0.12 MB of it after compression.
// That library stays the oracle of the tests: every encoding is compared byte
// for byte with its CoreDetEncOptions, and any input must be refused or read as
// it does.
//
// What is written: booleans, integers, floats in their shortest exact form,
// text and byte strings, arrays, maps with sorted keys, null; definite lengths
// only. [N]byte and []byte are byte strings. A nil slice, map or pointer is
// null. Struct fields take their key from the tag: `cbor:"3,keyasint"`, with
// omitempty or omitzero, or "-"; without tag the key is their name. Keys of
// maps are integers, texts or [N]byte. Methods of the types are never called.
//
// What is refused when reading: tags, indefinite lengths, simple values other
// than booleans and null, duplicate keys, text that is not UTF-8, numbers that
// do not fit, trailing bytes, and anything beyond the [Limits]. A length larger
// than the input that is left is refused before anything is allocated. Unknown
// struct keys are skipped. Null leaves a scalar as it is and empties a slice,
// map or pointer.
//
// Where reading differs from the library on purpose: the first fault ends it;
// an array must have the length of its target, where the library pads and cuts;
// simple values are no numbers; slices and maps are made anew, not filled up;
// a text key is not matched in another case; nothing but null is read into an
// interface. Where writing does: a [RawMessage] with a tag is refused.
package cbor

import (
	"errors"
	"reflect"
	"strconv"
)

// A RawMessage is one encoded value kept as its bytes. An empty one is null.
type RawMessage []byte

// What was wrong; [PlaceError] says where.
var (
	ErrEnd       = errors.New("cbor: the data ends in the middle of a value")
	ErrTrailing  = errors.New("cbor: bytes after the value")
	ErrMalformed = errors.New("cbor: not well-formed")
	ErrForbidden = errors.New("cbor: tags, indefinite lengths and simple values are not used here")
	ErrLimit     = errors.New("cbor: too deep or too long")
	ErrDuplicate = errors.New("cbor: a key stands twice")
	ErrType      = errors.New("cbor: the value does not fit")
	ErrLength    = errors.New("cbor: the value has another length")
	ErrText      = errors.New("cbor: text is not UTF-8")
	ErrGo        = errors.New("cbor: a Go type that has no form here")
)

// A PlaceError says at which byte, and at which place of the Go value, reading
// or writing failed.
type PlaceError struct {
	Offset int
	Path   string // .Pages[3].Rows[0].Rec; empty: the whole
	Err    error
}

func (e *PlaceError) Error() string {
	s := e.Err.Error() + ", at byte " + strconv.Itoa(e.Offset)
	if e.Path != "" {
		s += ", in " + e.Path
	}
	return s
}

// Unwrap returns one of the errors above.
func (e *PlaceError) Unwrap() error { return e.Err }

// within adds an outer step to the path of an error.
func within(err error, step string) error {
	if e, ok := err.(*PlaceError); ok {
		e.Path = step + e.Path
	}
	return err
}

func index(i int) string { return "[" + strconv.Itoa(i) + "]" }

// Encoding is [Marshal] as a value, for packages that name their codec.
type Encoding struct{}

// Marshal writes a value in core deterministic form.
func (Encoding) Marshal(v any) ([]byte, error) { return Marshal(v) }

// Limits bound what is read from elsewhere. A zero limit is none, but for
// Nesting: 32.
type Limits struct {
	Nesting int // arrays and maps within each other
	Array   int // elements of an array
	Map     int // pairs of a map
}

// Major types, in the high bits of the first byte.
const (
	majorUint = iota << 5
	majorNegative
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

// Whole first bytes.
const (
	isFalse = majorSimple + 20 + iota
	isTrue
	isNull
	isUndefined
	_
	isFloat16
	isFloat32
	isFloat64
)

var (
	rawType    = reflect.TypeFor[RawMessage]()
	fieldsType = reflect.TypeFor[map[uint16]RawMessage]()
)
