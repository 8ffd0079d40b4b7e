package store

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"io"

	"sillon/engine/cbor"
	"sillon/engine/portfolio"
)

// A sealed value is: format (one byte), initialisation vector (12), AES-256-GCM
// of the content with its tag. The additional data is store ‖ 0 ‖ key ‖ format,
// so that a value moved to another place does not open. The format names the
// algorithm: another one gets another number.
//
// Vectors are random: 2^32 values under one key stay below the bound of
// NIST SP 800-38D §8.3, a thousand times what a tablet writes in years.
const formatGCM = 1

const overhead = 1 + 12 + 16

type sealer struct {
	aead   cipher.AEAD
	random io.Reader
}

func newSealer(key []byte, random io.Reader) (*sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("store: data key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("store: data key: %w", err)
	}
	return &sealer{aead, random}, nil
}

func aad(store, key string) []byte {
	b := make([]byte, 0, len(store)+len(key)+2)
	b = append(b, store...)
	b = append(b, 0)
	b = append(b, key...)
	return append(b, formatGCM)
}

func (s *sealer) seal(store, key string, plain []byte) ([]byte, error) {
	out := make([]byte, 13, len(plain)+overhead)
	out[0] = formatGCM
	if _, err := io.ReadFull(s.random, out[1:13]); err != nil {
		return nil, fmt.Errorf("store: random source: %w", err)
	}
	return s.aead.Seal(out, out[1:13], plain, aad(store, key)), nil
}

func (s *sealer) open(store, key string, sealed []byte) ([]byte, error) {
	if len(sealed) < overhead || sealed[0] != formatGCM {
		return nil, fmt.Errorf("%w: %s %s", ErrDamaged, store, key)
	}
	plain, err := s.aead.Open(nil, sealed[1:13], sealed[13:], aad(store, key))
	if err != nil {
		return nil, fmt.Errorf("%w: %s %s", ErrDamaged, store, key)
	}
	return plain, nil
}

// dec reads what this package wrote: no limits of the network, since a card
// may have more lines than a message.
var dec cbor.Limits

// sealedTx reads and writes sealed CBOR in a transaction.
type sealedTx struct {
	Tx
	*sealer
}

// get decodes a value into the pointer; false when absent.
func (t sealedTx) get(store, key string, into any) (bool, error) {
	b, err := t.Get(store, key)
	if err != nil || b == nil {
		return false, err
	}
	return true, t.decode(store, key, b, into)
}

func (s *sealer) decode(store, key string, sealed []byte, into any) error {
	plain, err := s.open(store, key, sealed)
	if err != nil {
		return err
	}
	if err := dec.Unmarshal(plain, into); err != nil {
		return fmt.Errorf("store: %s %s: %w", store, key, err)
	}
	return nil
}

func (t sealedTx) put(store, key string, v any) error {
	b, err := t.encode(store, key, v)
	if err != nil {
		return err
	}
	return t.Put(store, key, b)
}

func (s *sealer) encode(store, key string, v any) ([]byte, error) {
	plain, err := portfolio.Enc.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("store: %s %s: %w", store, key, err)
	}
	return s.seal(store, key, plain)
}
