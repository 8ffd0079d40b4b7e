package money

import (
	"errors"
	"fmt"
)

// A Currency is an ISO 4217 code, "EUR" or "MAD". One data set has one.
type Currency string

// Errors of a data set's currencies.
var (
	ErrCurrency = errors.New("money: currency is not a three-letter ISO 4217 code")
	ErrMixed    = errors.New("money: several currencies without a table of rates")
)

// Check reports whether the code has the ISO form.
func (c Currency) Check() error {
	if len(c) != 3 {
		return fmt.Errorf("currency %q: %w", string(c), ErrCurrency)
	}
	for _, r := range []byte(c) {
		if r < 'A' || r > 'Z' {
			return fmt.Errorf("currency %q: %w", string(c), ErrCurrency)
		}
	}
	return nil
}

// Common returns the currency that all lines share (method §0.3: data sets of
// several currencies are rejected). A line without a currency is an error too:
// nobody may guess what an amount is worth.
func Common(lines ...Currency) (Currency, error) {
	var first Currency
	for i, c := range lines {
		if err := c.Check(); err != nil {
			return "", fmt.Errorf("line %d: %w", i+1, err)
		}
		if i == 0 {
			first = c
		}
		if c != first {
			return "", fmt.Errorf("line %d is in %s, line 1 in %s: %w", i+1, c, first, ErrMixed)
		}
	}
	return first, nil
}
