package wire

import (
	"fmt"

	"sillon/engine/portfolio"
)

// Encode writes a message: the same message is the same bytes everywhere.
func Encode(message any) ([]byte, error) {
	b, err := portfolio.Enc.Marshal(message)
	if err != nil {
		return nil, fmt.Errorf("wire: encode %T: %w", message, err)
	}
	return b, nil
}

// Decode reads a message within the limits of the protocol. Fields that this
// version does not know are skipped.
func Decode(b []byte, message any) error {
	if err := portfolio.Dec.Unmarshal(b, message); err != nil {
		return fmt.Errorf("wire: decode %T: %w", message, err)
	}
	return nil
}
