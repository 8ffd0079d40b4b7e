package portfolio

import (
	"fmt"

	"sillon/engine/cbor"
)

// Fields is a record's content: field number to CBOR value.
type Fields map[uint16]RawValue

// Enc writes deterministic CBOR (RFC 8949 core): the same value is the same
// bytes on every tablet. Dec reads with the limits of the protocol.
var (
	Enc cbor.Encoding
	Dec = cbor.Limits{Nesting: 8, Array: 4096, Map: 4096}
)

// ToFields turns a noun into its field map; zero values are left out.
func ToFields(noun any) (Fields, error) {
	b, err := Enc.Marshal(noun)
	if err != nil {
		return nil, fmt.Errorf("portfolio: encode %T: %w", noun, err)
	}
	f := Fields{}
	if err := Dec.Unmarshal(b, &f); err != nil {
		return nil, fmt.Errorf("portfolio: encode %T: %w", noun, err)
	}
	return f, nil
}

// Into reads a field map into the noun that into points to. Unknown fields are
// skipped here and kept by whoever keeps the map.
func (f Fields) Into(into any) error {
	if err := cbor.UnmarshalFields(Dec, f, into); err != nil {
		return fmt.Errorf("portfolio: decode %T: %w", into, err)
	}
	return nil
}

// Null is the value a patch writes to clear a field.
var Null = RawValue{0xf6}

// Value encodes one field value.
func Value(v any) RawValue {
	b, err := Enc.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("portfolio: a %T is not a field value: %v", v, err))
	}
	return b
}
