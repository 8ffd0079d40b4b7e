package portfolio

import (
	"encoding/hex"
	"errors"
)

// An ID names a record for ever: 16 bytes, made by the shells as a UUID
// version 7. Its order is never trusted (a tablet's clock may be wrong) and it
// is no secret.
type ID [16]byte

// ErrID says that a text is not an identifier.
var ErrID = errors.New("portfolio: want an identifier like 0190c1d2-8f00-7abc-8def-0123456789ab")

// IsZero reports whether the identifier is missing.
func (id ID) IsZero() bool { return id == ID{} }

// String is the usual form in five groups of hexadecimal digits.
func (id ID) String() string {
	var b [36]byte
	hex.Encode(b[:8], id[:4])
	b[8] = '-'
	hex.Encode(b[9:13], id[4:6])
	b[13] = '-'
	hex.Encode(b[14:18], id[6:8])
	b[18] = '-'
	hex.Encode(b[19:23], id[8:10])
	b[23] = '-'
	hex.Encode(b[24:], id[10:])
	return string(b[:])
}

// ParseID reads what String writes.
func ParseID(s string) (ID, error) {
	var id ID
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return id, ErrID
	}
	var h [32]byte
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '-' {
			if n == 32 {
				return id, ErrID
			}
			h[n] = s[i]
			n++
		}
	}
	if n != 32 {
		return id, ErrID
	}
	if _, err := hex.Decode(id[:], h[:]); err != nil {
		return ID{}, ErrID
	}
	return id, nil
}
