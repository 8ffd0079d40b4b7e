package intake

import (
	"strings"

	"sillon/engine/money"
)

// ReadAmount reads one amount as a person types it in a field: "12 400",
// "12400,50", "12.5k". A decimal sign is a comma or a point; a lone point or
// comma before three digits is a thousands sign, since nobody types tenths of
// a cent. "1e9" is no amount: nobody means it.
func ReadAmount(text string) (money.Cents, bool) {
	n, state := readNumber(text, 0)
	if state == numAmbiguous {
		n, state = readNumber(text, '.')
		if strings.Contains(text, ".") {
			n, state = readNumber(text, ',')
		}
	}
	if state != numOK && state != numUnit || n.percent || n.power {
		return 0, false
	}
	return n.cents()
}
