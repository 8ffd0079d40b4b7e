// Package money holds amounts as whole minor units.
//
// An amount is a count of cents excluding VAT (HT) in the currency of the
// organisation; a float never holds money at rest. Sums are exact whatever the
// order, so two tablets agree to the last cent.
package money

import "errors"

// Cents is an amount in minor units of the organisation's currency, excluding
// VAT. Negative amounts are returns or credit notes (avoirs).
type Cents int64

// ErrOverflow is returned when a sum does not fit; no portfolio reaches it, a
// damaged file can.
var ErrOverflow = errors.New("money: sum overflows 64 bits")

// Float returns the amount in major units, for ratios and display only.
func (c Cents) Float() float64 { return float64(c) / 100 }

// Sum adds amounts exactly and reports overflow instead of wrapping.
func Sum(amounts ...Cents) (Cents, error) {
	var t Cents
	for _, a := range amounts {
		s := t + a
		if (a > 0 && s < t) || (a < 0 && s > t) {
			return 0, ErrOverflow
		}
		t = s
	}
	return t, nil
}
