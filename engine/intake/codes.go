package intake

import (
	"strings"

	"sillon/engine/portfolio"
)

// ReadSiret reads a SIRET. digits is its 14 characters when there are that
// many, valid tells whether the key holds, why what is wrong otherwise.
//
// Luhn's key guards it, but for La Poste (SIREN 356000000), whose places other
// than the head office have a sum of digits that is a multiple of five.
// Monaco's forms hold letters and no key.
func ReadSiret(s string) (digits string, valid bool, why Reason) {
	raw := compact(s)
	if scientific(s) {
		return "", false, SiretSci
	}
	if !allDigits(raw) {
		if len(raw) == 14 && alphanumeric(raw) {
			return strings.ToUpper(raw), true, ""
		}
		return "", false, SiretShape
	}
	switch len(raw) {
	case 14:
		if portfolio.SiretKey(raw) {
			return raw, true, ""
		}
		return raw, false, SiretKey
	case 13: // Excel ate the leading zero
		if z := "0" + raw; portfolio.SiretKey(z) {
			return z, true, SiretZero
		}
	}
	return "", false, SiretShape
}

// ReadSiren reads a SIREN of nine digits.
func ReadSiren(s string) (digits string, valid bool, why Reason) {
	raw := compact(s)
	if scientific(s) {
		return "", false, SiretSci
	}
	if len(raw) == 8 && allDigits(raw) && portfolio.Luhn("0"+raw) {
		return "0" + raw, true, SiretZero
	}
	if len(raw) != 9 || !allDigits(raw) {
		return "", false, SiretShape
	}
	if !portfolio.Luhn(raw) {
		return raw, false, SiretKey
	}
	return raw, true, ""
}

// ReadVAT returns the SIREN of a French VAT number, FR then a key then the
// SIREN: key = (12 + 3 × (SIREN mod 97)) mod 97. A number of another country
// has none.
func ReadVAT(s string) (siren string, valid bool, why Reason) {
	raw := strings.ToUpper(compact(s))
	if !strings.HasPrefix(raw, "FR") {
		return "", true, ""
	}
	if len(raw) != 13 || !allDigits(raw[4:]) {
		return "", false, VATShape
	}
	siren = raw[4:]
	if allDigits(raw[2:4]) && (12+3*(atoi(siren)%97))%97 != atoi(raw[2:4]) {
		return "", false, VATShape
	}
	return siren, true, ""
}

// scientific reports what Excel makes of long numbers: 7,3283E+13.
func scientific(s string) bool {
	s = strings.ToUpper(tidy(s))
	i := strings.IndexByte(s, 'E')
	if i < 1 || i == len(s)-1 || !strings.ContainsAny(s[:i], "0123456789") || !strings.ContainsAny(s[:i], ".,") && !strings.Contains(s, "E+") {
		return false
	}
	_, ok := exponent(s[i+1:])
	return ok && allDigits(strings.NewReplacer(",", "", ".", "").Replace(s[:i]))
}

// compact takes spaces, dots and dashes away.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '.', '-', '\'', '_', '\t':
			return -1
		}
		return r
	}, tidy(s))
}

func alphanumeric(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// readPostcode keeps a postcode as text. A French one that lost its leading
// zero gets it back, and says so; what is none is kept, to be checked.
func readPostcode(s, country string) (string, Reason) {
	s = tidy(s)
	if !portfolio.InFrance(country) {
		return s, ""
	}
	t := strings.ToUpper(compact(s))
	t = strings.TrimPrefix(t, "FR")
	if len(t) == 6 && t[0] == 'F' {
		t = t[1:]
	}
	switch {
	case len(t) == 5 && allDigits(t):
		return t, ""
	case len(t) == 4 && allDigits(t) && t[0] != '0':
		return "0" + t, PostcodeZero
	case isNothing(s), portfolio.PostcodeDoubt(t, country) == "":
		return s, ""
	}
	return s, PostcodeShape
}

// splitPostcode cuts "35400 ST MALO" or "ST MALO 35400" in two.
func splitPostcode(s string) (postcode, city string) {
	s = tidy(s)
	first, rest, _ := strings.Cut(s, " ")
	digits := strings.TrimPrefix(strings.TrimPrefix(strings.ToUpper(first), "FR-"), "F-")
	if (len(digits) == 5 || len(digits) == 4) && allDigits(digits) {
		return digits, strings.Trim(rest, " -,")
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if last := strings.Trim(s[i+1:], "()"); len(last) == 5 && allDigits(last) {
			return last, strings.Trim(s[:i], " -,")
		}
	}
	if len(digits) == 5 && allDigits(digits[:2]) { // 2A004 and foreign forms stay with the city
		return "", s
	}
	return "", s
}

// readInsee keeps a commune's code as text; a lost leading zero comes back.
func readInsee(s string) (string, Reason) {
	t := strings.ToUpper(compact(s))
	switch {
	case len(t) == 5 && alphanumeric(t):
		return t, ""
	case len(t) == 4 && allDigits(t):
		return "0" + t, PostcodeZero
	}
	return tidy(s), ""
}
