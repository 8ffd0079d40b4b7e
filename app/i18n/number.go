package i18n

import (
	"math"
	"strconv"
	"strings"

	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

const (
	narrow  = "\u202f" // narrow no-break space
	noBreak = "\u00a0"
	minus   = "−"
	// None is shown for a value that does not exist; never a false zero.
	None = "–"
)

// Number writes a number with its thousands grouped and at most one decimal,
// two below one.
func Number(lang Lang, x float64) string {
	if math.Abs(x) < 1 {
		return Decimal(lang, x, 2)
	}
	return Decimal(lang, x, 1)
}

// Decimal writes x with at most places decimals, none that are zero.
func Decimal(lang Lang, x float64, places int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return None
	}
	s := strconv.FormatFloat(math.Abs(x), 'f', places, 64)
	whole, part, _ := strings.Cut(s, ".")
	part = strings.TrimRight(part, "0")
	s = group(lang, whole)
	if part != "" {
		s += point(lang) + part
	}
	if x < 0 && s != "0" {
		s = minus + s
	}
	return s
}

func point(lang Lang) string {
	if lang == EN {
		return "."
	}
	return ","
}

func group(lang Lang, digits string) string {
	sep := narrow
	if lang == EN {
		sep = ","
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + sep + digits[i:]
	}
	return digits
}

// Percent writes a share of one: "28 %". One decimal below ten per cent.
func Percent(lang Lang, share float64) string {
	x := share * 100
	places := 0
	if math.Abs(x) < 9.95 {
		places = 1
	}
	s := Decimal(lang, x, places)
	switch {
	case s == None:
		return s
	case lang == EN:
		return s + "%"
	}
	return s + narrow + "%"
}

// Delta writes a change as a share, with its sign: "+18 %".
func Delta(lang Lang, share float64) string { return signed(share, Percent(lang, share)) }

func signed(x float64, s string) string {
	if x > 0 && strings.ContainsAny(s, "123456789") {
		return "+" + s
	}
	return s
}

// Points writes points of a score with their sign: "+28".
func Points(lang Lang, x float64) string { return signed(x, Number(lang, x)) }

var symbols = map[string]string{"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF", "MAD": "DH"}

// Money writes an amount of cents in full; no cents when they are zero.
func Money(lang Lang, cents int64, currency string) string {
	places := 2
	if cents%100 == 0 {
		places = 0
	}
	n := strconv.FormatFloat(math.Abs(float64(cents))/100, 'f', places, 64)
	whole, part, _ := strings.Cut(n, ".")
	n = group(lang, whole)
	if part != "" {
		n += point(lang) + part
	}
	return money(lang, n, "", currency, cents < 0)
}

// MoneyShort writes an amount the way one says it: "640 €", "18,4 k€", "1,62 M€".
func MoneyShort(lang Lang, cents int64, currency string) string {
	x := math.Abs(float64(cents)) / 100
	n, unit := "", ""
	switch {
	case x < 9999.5:
		n = Decimal(lang, x, 0)
	case x < 99_950:
		n, unit = Decimal(lang, x/1e3, 1), "k"
	case x < 999_500:
		n, unit = Decimal(lang, x/1e3, 0), "k"
	case x < 9_995_000:
		n, unit = Decimal(lang, x/1e6, 2), "M"
	default:
		n, unit = Decimal(lang, x/1e6, 1), "M"
	}
	return money(lang, n, unit, currency, cents < 0 && n != "0")
}

func money(lang Lang, n, unit, currency string, negative bool) string {
	sym, ok := symbols[currency]
	if !ok {
		sym = currency
	}
	letters := len(sym) > 1 && sym[0] < 0x80
	switch {
	case sym == "":
		n = strings.TrimRight(n+noBreak+unit, noBreak)
	case lang == EN && letters:
		n = sym + noBreak + n + unit
	case lang == EN:
		n = sym + n + unit
	case letters && unit != "":
		n += noBreak + unit + noBreak + sym
	default:
		n += noBreak + unit + sym
	}
	if negative {
		return minus + n
	}
	return n
}

// Bytes writes a size: "212 Mo".
func Bytes(lang Lang, n float64) string {
	units := [...]string{"o", "ko", "Mo", "Go"}
	if lang == EN {
		units = [...]string{"B", "kB", "MB", "GB"}
	}
	i := 0
	for n >= 1000 && i < len(units)-1 {
		n /= 1000
		i++
	}
	places := 0
	if i == 3 || i == 2 && n < 10 {
		places = 1
	}
	return Decimal(lang, n, places) + noBreak + units[i]
}

// Value writes the number of a figure or of a step in its unit. A text stands
// for itself; a value that is NA is an en dash.
func Value(lang Lang, currency string, x float64, unit explain.Unit, text string, status explain.Status) string {
	if status == explain.NA {
		return None
	}
	if text != "" {
		return text
	}
	switch unit {
	case explain.Money:
		return MoneyShort(lang, int64(math.Round(x)), currency)
	case explain.Percent:
		return Percent(lang, x)
	case explain.Count:
		return Decimal(lang, x, 0)
	case explain.Days:
		return T(lang, "unit.days", Decimal(lang, x, 0))
	case explain.Months:
		return T(lang, "unit.months", Decimal(lang, x, 0))
	case explain.Points:
		return Number(lang, x)
	case explain.Date:
		return Date(lang, day(x))
	case explain.Level:
		return Decimal(lang, x, 0)
	case explain.Ratio:
		return "×" + noBreak + Decimal(lang, x, 2)
	}
	return Number(lang, x)
}

// Step words one step of an explanation: its name, and its value. A step that
// belongs to a criterion of the score carries the criterion's key as its text.
func Step(lang Lang, currency string, s explain.Step) (name, value string) {
	if strings.HasPrefix(s.Text, "criterion.") {
		return T(lang, "step."+s.Key, T(lang, s.Text)), Value(lang, currency, s.Value, s.Unit, "", explain.OK)
	}
	name = T(lang, "step."+s.Key)
	switch s.Key {
	case "maturity.phase", "maturity.familyPhase":
		return name, Phase(lang, s.Text)
	case "scoring.category":
		return name, Category(lang, portfolio.Category(s.Value))
	case "response.devouring":
		if s.Text == "∞" {
			return name, T(lang, "contacts.nothing")
		}
	case "response.class":
		return name, T(lang, "response.class."+s.Text)
	case "loyalty.type":
		return name, T(lang, "engagement.type."+s.Text)
	case "attrition.signal":
		return name, T(lang, "attrition.signal."+strings.TrimPrefix(s.Text, "S"))
	case "attrition.rule":
		return name, T(lang, "attrition.rule."+Decimal(lang, s.Value, 0))
	case "steering.effort":
		return name, T(lang, "effort."+s.Text)
	case "relation.phase", "relation.phaseBefore", "relation.missing":
		return name, T(lang, s.Text)
	case "relation.score": // of one phase, which its text names
		return T(lang, "step."+s.Key, T(lang, s.Text)), Value(lang, currency, s.Value, s.Unit, "", explain.OK)
	case "attrition.factor":
		return name, T(lang, "attrition.predictor."+Decimal(lang, s.Value, 0))
	case "weight.outOfTotal", "scoring.veto":
		return name, T(lang, "step.yes")
	}
	return name, Value(lang, currency, s.Value, s.Unit, s.Text, explain.OK)
}
