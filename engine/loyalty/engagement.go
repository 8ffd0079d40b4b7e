package loyalty

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// TypeOf reads the table of F2: at or above its threshold a speed is fast.
func TypeOf(adoption, exclusion, fastAdoption, fastExclusion float64) Type {
	switch a, e := adoption >= fastAdoption, exclusion >= fastExclusion; {
	case a && !e:
		return Engaged
	case a:
		return Fickle
	case !e:
		return Careful
	}
	return Fleeing
}

// Key is the stable name of a type: "engaged"; words are at
// "engagement.type.", "engagement.contact." and "engagement.ask." + key.
func (t Type) Key() string {
	return [...]string{"unknown", "engaged", "fickle", "careful", "fleeing"}[min(t, 5)%5]
}

// Multiplier is what a type does to the contacts of a client
// (ae.multipliers); 1 without a type.
func (p Params) Multiplier(t Type) float64 {
	if t < Engaged || t > Fleeing {
		return 1
	}
	return p.Multipliers[t-1]
}

// WorthRetaining reports a type whose client must pass the test of I4 before
// effort is spent.
func (t Type) WorthRetaining() bool { return t == Fleeing }

// Project is the share held after so many periods at the same speeds:
// A(t+1) = A + v_a·(1 − A) − v_e·A.
func Project(now, adoption, exclusion float64, periods int) float64 {
	a := min(1, max(0, now))
	for range min(max(periods, 0), 1000) {
		a = min(1, max(0, a+float64(adoption*(1-a))-float64(exclusion*a)))
	}
	return a
}

// An Overview is the portfolio by engagement (F2). Arrays go by Type; 0 is for
// the clients that have none.
type Overview struct {
	N         [5]int
	Potential [5]money.Cents
	Expected  money.Cents // sales of a year at the shares held in 12 months
	Known     int         // clients in Expected: with speeds and a potential
	explain.Mark
}

// Overview counts types and projects the year: Σ potential × A(t + 4), or two
// half-years. In family mode A counts families, so that Expected supposes that
// they weigh alike in the potential.
func (r Reading) Overview() Overview {
	var o Overview
	for i, s := range r.Speed {
		m := r.in.Members[i]
		o.N[s.Type]++
		o.Potential[s.Type] = o.Potential[s.Type].Plus(max(0, m.Potential))
		if !s.Has() || !m.Known || m.Potential <= 0 {
			continue
		}
		periods := 4
		if s.HalfYears {
			periods = 2
		}
		o.Known++
		share := int64(math.Round(1e9 * Project(s.Now, s.Adoption, s.Exclusion, periods)))
		o.Expected = o.Expected.Plus(m.Potential.Scale(share, 1e9))
	}
	o.Mark = explain.Sound(explain.Tally("loyalty.clients", o.Known), explain.Amount("loyalty.expected", o.Expected))
	switch {
	case len(r.Speed) == 0:
		o.Mark = explain.Missing(explain.NoData)
	case o.Known == 0:
		o.Status, o.Reason = explain.NA, explain.NoPotential
	case o.Known < len(r.Speed):
		o.Status = explain.Weak
	}
	return o
}
