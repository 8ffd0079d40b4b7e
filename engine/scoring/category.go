package scoring

import (
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// Categorise gives the category of an account (H4). Without a potential it is
// économique, provisionally, as the orphan interval of H8 says.
func Categorise(a Account, p Params) Verdict {
	v := CategoriseBrief(a, &p)
	v.Steps = []explain.Step{explain.Of("scoring.p", float64(a.P), explain.Level), explain.Of("scoring.r", float64(a.R), explain.Level),
		explain.Share("scoring.risk", min(1, tame(a.Risk))), explain.Tally("scoring.category", int(v.Category))}
	return v
}

// CategoriseBrief is Categorise without steps, for a whole portfolio.
func CategoriseBrief(a Account, p *Params) Verdict {
	a.Risk = min(1, tame(a.Risk))
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
	v.Mark = explain.Sound()
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

// A Temper is what a typology can be suggested from (H4 step 7).
type Temper struct {
	Engagement uint8   // type of F2: 1 engaged, 2 fickle, 3 careful, 4 fleeing; 0 unknown
	Attitude   float64 // of the interlocutors, −2 to +2, weighted by their influence
	People     int     // interlocutors that mean rests on
	Technical  bool    // the one of most influence is a technician or a user
}

// Suggest proposes a typology from the type of engagement and the attitudes of
// the interlocutors (our rules, first match wins); false when neither is known.
// The rep decides.
func (t Temper) Suggest() (portfolio.Typology, bool) {
	warm, cold := t.People > 0 && t.Attitude >= 1, t.People > 0 && t.Attitude <= -1
	switch {
	case cold, t.Engagement == 4 && !warm:
		return portfolio.Closed, true
	case t.Engagement == 1 && warm:
		return portfolio.Ambassador, true
	case t.Engagement == 2:
		return portfolio.PriceBuyer, true
	case t.People > 0 && t.Technical:
		return portfolio.Technician, true
	case t.Engagement == 1, warm:
		return portfolio.Partner, true
	case t.Engagement == 3:
		return portfolio.Careful, true
	}
	return 0, false
}

// ThirdNote is criterion 3 (H4 step 8): the note of the typology with, where
// they are known, those of strategic fit and proximity, all from 1 to 4: their
// mean. False when none is known.
func ThirdNote(note, fit, proximity float64) (float64, bool) {
	n, sum := 0, 0.0
	for _, x := range [...]float64{note, fit, proximity} {
		if x >= 1 {
			n++
			sum += min(x, 4)
		}
	}
	if n == 0 {
		return 0, false
	}
	return sum / float64(n), true
}
