package portfolio

import "strings"

// A Doubt names what looks wrong about a value that is kept all the same: a
// catalogue key, or "" when nothing does. What somebody typed is never refused
// for it.
type Doubt string

// The doubts.
const (
	DoubtSiret    Doubt = "doubt.siret"     // neither 14 digits nor Monaco's form
	DoubtSiretKey Doubt = "doubt.siret-key" // 14 digits whose key is wrong
	DoubtPostcode Doubt = "doubt.postcode"  // not five digits, in France
)

// SiretDoubt looks at a SIRET as typed, with spaces or without.
func SiretDoubt(typed string) Doubt {
	s := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-'_\t\u00a0\u202f\u2009", r) {
			return -1
		}
		return r
	}, typed)
	digits := len(s) > 0
	for i := range len(s) {
		c := s[i] | 0x20
		if s[i] < '0' || s[i] > '9' {
			if digits = false; c < 'a' || c > 'z' {
				return DoubtSiret
			}
		}
	}
	switch {
	case s == "", len(s) == 14 && !digits: // Monaco's forms hold letters and no key
		return ""
	case len(s) != 14:
		return DoubtSiret
	case !SiretKey(s):
		return DoubtSiretKey
	}
	return ""
}

// SiretKey reports whether the key of a SIRET of 14 digits holds: Luhn's, but
// for the places of La Poste (SIREN 356000000), whose digits sum to a multiple
// of five.
func SiretKey(digits string) bool {
	if Luhn(digits) {
		return true
	}
	if !strings.HasPrefix(digits, "356000000") {
		return false
	}
	sum := 0
	for i := range len(digits) {
		sum += int(digits[i] - '0')
	}
	return sum%5 == 0
}

// Luhn reports whether digits, the last being the key, hold by ISO/IEC 7812-1:
// every second digit from the right is doubled, the digits of all are summed,
// and the sum is a multiple of ten.
func Luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// PostcodeDoubt looks at a postcode as typed. Only French ones are known: five
// digits. Where the country is not said, what mixes letters and digits may be
// foreign ("SW1A 1AA") and is left alone.
func PostcodeDoubt(typed, country string) Doubt {
	s := strings.Join(strings.Fields(typed), "")
	if s == "" || !InFrance(country) {
		return ""
	}
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	mixed := digits > 0 && digits < len(s)
	if digits == 5 && !mixed || mixed && strings.TrimSpace(country) == "" {
		return ""
	}
	return DoubtPostcode
}

// InFrance reports whether a country as written is France, or not said.
func InFrance(country string) bool {
	switch strings.ToLower(strings.TrimSpace(country)) {
	case "", "fr", "fra", "france", "france metropolitaine", "france métropolitaine":
		return true
	}
	return false
}
