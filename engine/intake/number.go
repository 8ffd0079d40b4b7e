package intake

import (
	"math"
	"strings"

	"sillon/engine/money"
)

// A numState is what became of a text read as a number.
type numState uint8

const (
	numNone      numState = iota // nothing there: empty, "-", "NC"
	numOK                        //
	numAmbiguous                 // "1,234" in a column that does not tell
	numUnit                      // "12k": read as thousands, to be confirmed
	numFormula                   // "#N/A": a formula that failed
	numBad                       //
)

// A number is a decimal as written: mant × 10^-exp.
type number struct {
	mant    int64
	exp     int
	percent bool
	decimal byte   // ',' or '.' when the text itself tells the sign, 0 otherwise
	both    bool   // groups and decimals, each with its sign: "1,234.50"
	power   bool   // written with a power of ten: "1e9"
	sign    string // of a currency, as written in small letters; "" none
}

func (n number) float() float64 {
	x := float64(n.mant)
	switch {
	case n.exp > 0:
		x /= math.Pow10(n.exp)
	case n.exp < 0:
		x *= math.Pow10(-n.exp)
	}
	return x
}

// cents rounds to the cent, half away from zero; false when it is no amount.
func (n number) cents() (money.Cents, bool) {
	m, e := n.mant, n.exp-2
	for ; e < 0; e++ {
		if m > math.MaxInt64/10 || m < math.MinInt64/10 {
			return 0, false
		}
		m *= 10
	}
	if e > 18 {
		return 0, true
	}
	div := int64(1)
	for ; e > 0; e-- {
		div *= 10
	}
	q, r := m/div, m%div
	if r >= div-r && r > 0 {
		q++
	}
	if r <= -(div+r) && r < 0 {
		q--
	}
	if q > 1_000_000_000_000_00 || q < -1_000_000_000_000_00 { // no portfolio reaches it
		return 0, false
	}
	return money.Cents(q), true
}

// nothing are the ways to say that there is no value.
var nothing = map[string]bool{
	"": true, "-": true, "–": true, "—": true, "--": true, "nc": true, "n.c.": true, "n.c": true, "nd": true, "n/a": true, "na": true,
	"n.d.": true, "néant": true, "neant": true, "null": true, "none": true, "?": true, "inconnu": true, "/": true, ".": true,
}

func isNothing(s string) bool { return len(s) <= 12 && nothing[strings.ToLower(s)] }

// currencies that may follow or precede an amount, longest first.
var currencies = []string{"euros", "euro", "eur", "gbp", "usd", "mad", "chf", "dhs", "dh", "€", "£", "$"}

// foreign reports whether a currency sign is not that of an organisation, by
// its ISO code. A dollar fits every dollar.
func foreign(sign, currency string) bool {
	switch sign {
	case "", currency:
		return false
	case "€", "euro", "euros", "eur":
		return currency != "EUR"
	case "£", "gbp":
		return currency != "GBP"
	case "dh", "dhs", "mad":
		return currency != "MAD" && currency != "AED"
	case "chf":
		return currency != "CHF"
	case "$":
		return len(currency) == 3 && currency[2] != 'D' || currency == "MAD"
	}
	return currency != "USD"
}

// typed writes the spaces and signs of print as a keyboard would.
var typed = strings.NewReplacer("\u202f", " ", "\u00a0", " ", "\u2009", " ", "−", "-", "\u2010", "-", "\u2011", "-", "’", "'")

// readNumber reads a number as people and spreadsheets write it: spaces of any
// kind, (1 200) or a sign before or after for negatives, currency, k and M, %.
// dec is the decimal sign of the column, 0 when unknown.
func readNumber(s string, dec byte) (number, numState) {
	s = tidy(s)
	if isNothing(s) {
		return number{}, numNone
	}
	if len(s) > 60 {
		return number{}, numBad
	}
	if s[0] == '#' {
		return number{}, numFormula
	}
	s = strings.ToLower(s)
	s = typed.Replace(s)
	neg := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		neg, s = true, strings.TrimSpace(s[1:len(s)-1])
	}
	var n number
	shift, confirm, money := 0, false, false
	for again := true; again; {
		again = false
		s = strings.TrimSpace(s)
		for _, c := range currencies {
			if t, ok := strings.CutSuffix(s, c); ok && !money {
				s, money, again, n.sign = t, true, true, c
				break
			}
			if t, ok := strings.CutPrefix(s, c); ok && !money {
				s, money, again, n.sign = t, true, true, c
				break
			}
		}
		if again {
			continue
		}
		switch {
		case strings.HasSuffix(s, "ht"):
			s, again = s[:len(s)-2], true
		case strings.HasSuffix(s, "%") && !n.percent:
			s, n.percent, again = s[:len(s)-1], true, true
		case len(s) > 1 && shift == 0 && strings.HasSuffix(s, "k"):
			s, shift, again = s[:len(s)-1], 3, true
			confirm = !money
		case len(s) > 1 && shift == 0 && strings.HasSuffix(s, "m"):
			s, shift, again = s[:len(s)-1], 6, true
			confirm = !money
		case strings.HasPrefix(s, "-") && !neg:
			s, neg, again = s[1:], true, true
		case strings.HasSuffix(s, "-") && !neg: // as SAP writes it
			s, neg, again = s[:len(s)-1], true, true
		case strings.HasPrefix(s, "+"):
			s, again = s[1:], true
		}
	}
	if s == "" && (neg || money) { // "- €": how a spreadsheet shows zero
		return number{}, numNone
	}
	state := n.digits(s, dec)
	if state != numOK && state != numAmbiguous {
		return n, state
	}
	n.exp -= shift
	if neg {
		n.mant = -n.mant
	}
	if state == numOK && confirm {
		state = numUnit
	}
	return n, state
}

// digits reads the figures, with grouping and decimal sign.
func (n *number) digits(s string, dec byte) numState {
	power := 0
	if i := strings.IndexByte(s, 'e'); i > 0 { // 1,2E+05
		p, ok := exponent(s[i+1:])
		if !ok {
			return numBad
		}
		s, power, n.power = s[:i], p, true
		if strings.Count(s, ",")+strings.Count(s, ".") > 1 {
			return numBad
		}
	}
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	spaced := strings.ContainsAny(s, " '")
	sign := byte(0) // the decimal sign of this text
	state := numOK
	switch {
	case commas == 0 && points == 0:
	case commas > 0 && points > 0:
		sign = ','
		if strings.LastIndexByte(s, '.') > strings.LastIndexByte(s, ',') {
			sign = '.'
		}
		n.decimal, n.both = sign, true
	case commas > 1 || points > 1: // 1.234.567: groups only
		if commas > 1 {
			n.decimal, sign = '.', '.'
		} else {
			n.decimal, sign = ',', ','
		}
	default:
		sep := byte(',')
		if points == 1 {
			sep = '.'
		}
		i := strings.IndexByte(s, sep)
		before, after := s[:i], s[i+1:]
		if len(after) == 3 && len(before) >= 1 && len(before) <= 3 && before[0] != '0' && !spaced && power == 0 {
			switch dec {
			case 0:
				state, sign = numAmbiguous, sep
			case sep:
				sign = sep
			default:
				sign = dec
			}
			break
		}
		sign = sep
		if len(after) > 0 {
			n.decimal = sep
		}
	}
	whole, part := s, ""
	if sign != 0 {
		if i := strings.IndexByte(s, sign); i >= 0 {
			whole, part = s[:i], s[i+1:]
		}
	}
	if whole == "" && part == "" || !n.group(whole, sign) {
		return numBad
	}
	for i := range len(part) {
		if !n.push(part[i]) {
			return numBad
		}
		n.exp++
	}
	n.exp -= power
	return state
}

// group reads whole digits; after the first group, each has three.
func (n *number) group(s string, sign byte) bool {
	size, groups := 0, 0
	var mark byte
	for i := range len(s) {
		c := s[i]
		if c >= '0' && c <= '9' {
			size++
			if !n.push(c) {
				return false
			}
			continue
		}
		if c != ' ' && c != '\'' && c != '.' && c != ',' || c == sign || mark != 0 && c != mark {
			return false
		}
		if size == 0 || size > 3 || groups > 0 && size != 3 {
			return false
		}
		mark = c
		groups++
		size = 0
	}
	return groups == 0 || size == 3
}

// push adds a digit; false when it is none, or when they are too many.
func (n *number) push(c byte) bool {
	if c < '0' || c > '9' || n.mant > (math.MaxInt64-9)/10 {
		return false
	}
	n.mant = n.mant*10 + int64(c-'0')
	return true
}

func exponent(s string) (int, bool) {
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	if s == "" || len(s) > 2 {
		return 0, false
	}
	p := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		p = p*10 + int(c-'0')
	}
	if p > 15 {
		return 0, false
	}
	if neg {
		p = -p
	}
	return p, true
}
