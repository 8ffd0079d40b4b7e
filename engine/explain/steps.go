package explain

// Amount is a step in money, in whole cents.
func Amount[T ~int64](key string, cents T) Step {
	return Step{Key: key, Value: float64(cents), Unit: Money}
}

// Share is a step that is a share of one: 0.25 is shown as 25 %.
func Share(key string, x float64) Step { return Step{Key: key, Value: x, Unit: Percent} }

// Num is a step that is a pure number.
func Num(key string, x float64) Step { return Step{Key: key, Value: x, Unit: Number} }

// Tally is a step that counts clients, visits or lines.
func Tally(key string, n int) Step { return Step{Key: key, Value: float64(n), Unit: Count} }

// Of is a step in a unit of the caller's choice.
func Of(key string, x float64, u Unit) Step { return Step{Key: key, Value: x, Unit: u} }

// Name is a step whose value is a letter, a code or a name.
func Name(key, text string) Step { return Step{Key: key, Text: text} }

// String is the code of the method, "NO_SALES"; None is empty.
func (r Reason) String() string {
	if int(r) < len(reasonCodes) {
		return reasonCodes[r]
	}
	return "UNKNOWN"
}

var reasonCodes = [...]string{
	None: "", NoData: "NO_DATA", NoSales: "NO_SALES", NoContact: "NO_CONTACT",
	NewClient: "NEW_CLIENT", FewClients: "FEW_CLIENTS", NoPotential: "NO_POTENTIAL",
	NoVariation: "NO_VARIATION", Negative: "NEGATIVE", NoCost: "NO_COST",
	FewPeriods: "FEW_PERIODS", Overflow: "OVERFLOW",
}

// String is the code of the method: "ok", "weak" or "na".
func (s Status) String() string {
	switch s {
	case OK:
		return "ok"
	case Weak:
		return "weak"
	case NA:
		return "na"
	}
	return "unknown"
}

// Has reports whether the result carries a value.
func (m Mark) Has() bool { return m.Status == OK || m.Status == Weak }
