package attrition

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/params"
)

// Params are the settings of the chapter.
type Params struct {
	RenewalDays                 int     // S1, days after the anniversary
	CallRatio, CallMin          float64 // S2
	ComplaintRatio              float64 // S3
	ComplaintMin                float64
	ComplaintDays               int
	Late, LateRed               float64 // S4, × usual interval
	Drop                        float64 // S5, percent, negative
	DeciderMonths               int     // S6
	Refusals, Silences          int     // S7
	SilenceDays                 int
	Families, FamilyPeriods     int     // S10
	LatePoints                  float64 // S11, percent points
	Satisfaction, SatisfactFall float64 // S12, /10; fall negative
	Trifles, TrifleDays         int     // S13

	Source     Source
	Lambda     float64
	MinEx      int         // former clients for method 1
	Scorecard  [11]float64 // constant, S1 … S9, each other
	Amber, Red float64     // shares
	MinQuality float64     // share

	Years        int // retain.H
	Discount     float64
	R, Psi       float64
	Credit, MinP float64
	Actions      [5]Tariff // by Action − 1

	VisitDays   int // working days, rescue.deadline
	ControlDays int // days after the visit
}

// A Tariff is a row of the catalogue of I4.
type Tariff struct {
	Gamma float64 // leaver persuaded
	Fixed float64 // euros
	Units float64 // × the price of a contact of its kind
	Delta float64 // euros of incentive
}

// Source says where the prior of method 1 comes from (attr.priorSource).
type Source uint8

const (
	Own   Source = iota // the portfolio
	Team                // the team
	Fixed               // set by hand, as in a class
)

// MinHazard is the number of former clients from which method 3 is used.
const MinHazard = 50

// Defaults are the settings of the method.
func Defaults() Params { return From(params.Default()) }

// From reads the settings of a scope.
func From(s *params.Set) Params {
	calls, complaints, late := s.Floats(params.AlertS2), s.Floats(params.AlertS3), s.Floats(params.AlertS4)
	silence, families, happy, trifles := s.Floats(params.AlertS7), s.Floats(params.AlertS10), s.Floats(params.AlertS12), s.Floats(params.AlertS13)
	rescue := s.Floats(params.RescueDeadline)
	p := Params{
		RenewalDays: s.Int(params.AlertS1), CallRatio: calls[0], CallMin: calls[1],
		ComplaintRatio: complaints[0], ComplaintMin: complaints[1], ComplaintDays: int(complaints[2]),
		Late: late[0], LateRed: late[1], Drop: s.Float(params.AlertS5), DeciderMonths: up(s.Float(params.AlertS6)),
		Refusals: up(silence[0]), Silences: up(silence[1]), SilenceDays: up(silence[2]),
		Families: up(families[0]), FamilyPeriods: up(families[1]), LatePoints: s.Float(params.AlertS11),
		Satisfaction: happy[0], SatisfactFall: happy[1], Trifles: up(trifles[0]), TrifleDays: up(trifles[1]),
		Lambda: s.Float(params.ChurnLambda), MinEx: s.Int(params.ChurnMinExClients),
		Amber: s.Share(params.RiskAmber), Red: s.Share(params.RiskRed), MinQuality: s.Share(params.RiskMinQuality),
		Years: s.Int(params.RetainH), Discount: s.Share(params.RetainDiscount), R: s.Float(params.RetainR),
		Psi: s.Float(params.RetainPsi), Credit: s.Float(params.RetainCredit), MinP: s.Float(params.RetainMinP),
		VisitDays: int(rescue[0]), ControlDays: int(rescue[1]),
	}
	copy(p.Scorecard[:], s.Floats(params.ChurnScorecard))
	switch s.Word(params.AttrPriorSource) {
	case "team":
		p.Source = Team
	case "fixed":
		p.Source = Fixed
	}
	for i, x := range s.Floats(params.RetainActions) {
		t := &p.Actions[i/4]
		switch i % 4 {
		case 0:
			t.Gamma = x
		case 1:
			t.Fixed = x
		case 2:
			t.Units = x
		case 3:
			t.Delta = x
		}
	}
	return p
}

// up is the least whole number a count must have to reach a threshold, which
// the registry lets be any number above 0: half a note is one.
func up(x float64) int { return int(math.Ceil(x)) }

// Band is the colour of a risk.
type Band uint8

// Stored and sent: add at the end, never renumber.
const (
	Green Band = iota + 1
	Amber
	Red
)

// BandOf is the band of a probability.
func (p Params) BandOf(x float64) Band {
	switch {
	case x >= p.Red:
		return Red
	case x >= p.Amber:
		return Amber
	}
	return Green
}

// given reports whether a date was entered: None and the zero value are not.
func given(d calendar.Day) bool { return d != calendar.None && d != 0 }

// seen reports whether a date was entered and is not after asOf.
func seen(d, asOf calendar.Day) bool { return given(d) && d <= asOf }
