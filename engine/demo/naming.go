package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A naming invents names and numbers that no two clients of a company share.
type naming struct {
	used  map[string]bool
	siren int
}

// house names a client after its trade, and after its town when the name is
// taken elsewhere.
func (nm *naming) house(rng *rand.Rand, tr *trade, in string) string {
	for try := 0; ; try++ {
		form := tr.forms[rng.IntN(len(tr.forms))]
		var name string
		switch x := rng.IntN(10); {
		case x < 4 && tr.family:
			name = form + " " + surnames[rng.IntN(len(surnames))]
		case x < 6 && len(tr.of) > 0:
			name = form + " " + tr.of[rng.IntN(len(tr.of))]
		default:
			name = form + " " + complements[rng.IntN(len(complements))]
		}
		if try >= 4 {
			name += " (" + in + ")"
		}
		if try >= 12 {
			name += fmt.Sprintf(" n° %d", 2+rng.IntN(1000))
		}
		if !nm.used[name] {
			nm.used[name] = true
			return name
		}
	}
}

// siret is a well-formed SIRET of a business that does not exist.
func (nm *naming) siret() (siren, siret string) {
	siren = fmt.Sprintf("0000%04d", nm.siren%10_000)
	nm.siren++
	siren += luhn(siren)
	siret = siren + "0001"
	return siren, siret + luhn(siret)
}

// luhn is the last digit that makes a number pass the check of Luhn.
func luhn(digits string) string {
	total := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		total += d
	}
	return string(rune('0' + (10-total%10)%10))
}

var plain = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "ë", "e", "É", "e", "à", "a", "â", "a", "î", "i", "ï", "i", "Î", "i",
	"ô", "o", "û", "u", "ù", "u", "ç", "c", "’", "-", " ", "-", "(", "", ")", "", "°", "")

// slug is a name as an address would spell it.
func slug(name string) string { return strings.ToLower(plain.Replace(name)) }
