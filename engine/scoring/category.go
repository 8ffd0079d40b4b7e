package scoring

import (
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// Categorise gives the category of an account (H4). Without a potential it is
// économique, provisionally, as the orphan interval of H8 says.
func Categorise(a Account, p Params) Verdict {
	v := Verdict{AtRisk: a.Risk >= p.Overlay && a.Risk > 0, Blocked: a.Blocked, Provisional: a.P == 0}
	high, strong := a.P >= 3, a.R >= 3
	switch {
	case high && strong:
		v.Category = portfolio.Strategic
	case high:
		v.Category = portfolio.ToDevelop
	case strong && !v.Provisional:
		v.Category = portfolio.Core
	default:
		v.Category = portfolio.Economy
	}
	v.Mark = explain.Sound(explain.Of("scoring.p", float64(a.P), explain.Level), explain.Of("scoring.r", float64(a.R), explain.Level),
		explain.Share("scoring.risk", a.Risk), explain.Tally("scoring.category", int(v.Category)))
	if v.Provisional {
		v.Status, v.Reason = explain.Weak, explain.NoPotential
	}
	return v
}

// Note is the note of a typology for relational accessibility, 1 to 4; false
// when the typology is not known.
func (p Params) Note(t portfolio.Typology) (float64, bool) {
	if t < portfolio.Ambassador || t > portfolio.Closed {
		return 0, false
	}
	return p.Notes[t], true
}
