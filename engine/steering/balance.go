package steering

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// A Carrier says who carries a relation.
type Carrier uint8

const (
	Unknown Carrier = iota
	Rep             // nous portons la relation
	Both            // équilibre
	Client          // le client la porte
)

// A SharingInput is one row per client.
type SharingInput struct {
	Units   []float64 // contact units of the period
	IE      []float64 // client effort index, [Score.IE]
	Known   []bool    // an objective was measured; nil: all
	Growing []bool    // phase D or C, where a client who carries the relation is neglected; nil: none
	Codes   []string
}

// A Sharing is who carries each relation (partage de l'effort). Slices are
// indexed like the input.
type Sharing struct {
	Rep      []float64        // units ÷ mean units
	Client   []float64        // IE ÷ mean IE; IE itself when the mean is not above 0
	Balance  []float64        // client ÷ rep; 0 where Why is set
	Why      []explain.Reason // no balance: NO_DATA without a measured objective, NO_CONTACT without a unit
	Carrier  []Carrier
	Neglect  []bool // the client carries the relation, in phase D or C
	MeanU    float64
	MeanIE   float64
	Measured int // clients with an objective measured
	explain.Mark

	in SharingInput
}

// Share weighs our effort against each client's (G1). The mean of the units is
// over all clients, that of IE over those with an objective measured.
func Share(in SharingInput, p Params) Sharing {
	n := len(in.Units)
	s := Sharing{Rep: make([]float64, n), Client: make([]float64, n), Balance: make([]float64, n), Why: make([]explain.Reason, n),
		Carrier: make([]Carrier, n), Neglect: make([]bool, n), in: in}
	var units, ie float64
	for _, i := range order(n, in.Codes) {
		units += s.units(i)
		if s.measured(i) {
			ie += in.IE[i]
			s.Measured++
		}
	}
	if n > 0 {
		s.MeanU = units / float64(n)
	}
	if s.Measured > 0 {
		s.MeanIE = ie / float64(s.Measured)
	}
	for i := range int32(n) {
		s.weigh(i, p)
	}
	s.Mark = explain.Sound(explain.Num("steering.meanUnits", s.MeanU), explain.Num("steering.meanIE", s.MeanIE), explain.Tally("steering.clients", s.Measured))
	switch {
	case s.Measured == 0:
		s.Status, s.Reason = explain.NA, explain.NoData
	case s.MeanU == 0:
		s.Status, s.Reason = explain.NA, explain.NoContact
	case s.Measured < 4: // a mean of so few says little of each
		s.Status, s.Reason = explain.Weak, explain.FewClients
	}
	return s
}

func (s *Sharing) units(i int32) float64 {
	if u := s.in.Units[i]; u > 0 && sane(u) {
		return u
	}
	return 0
}

func (s *Sharing) measured(i int32) bool {
	return int(i) < len(s.in.IE) && at(s.in.Known, int(i), s.in.Known == nil) && sane(s.in.IE[i])
}

// tiny is the mean of IE under which it is as good as none: dividing by it
// would say nothing. It is also the hair by which rounding may miss a limit.
const tiny = 1e-9

func (s *Sharing) weigh(i int32, p Params) {
	u := s.units(i)
	if s.MeanU > 0 {
		s.Rep[i] = u / s.MeanU
	}
	if !s.measured(i) {
		s.Why[i] = explain.NoData
		return
	}
	if s.Client[i] = s.in.IE[i]; s.MeanIE > tiny {
		s.Client[i] /= s.MeanIE
	}
	if s.Rep[i] == 0 {
		s.Why[i] = explain.NoContact
		return
	}
	s.Balance[i] = min(1e9, max(-1e9, s.Client[i]/s.Rep[i]))
	switch b := s.Balance[i]; {
	case b < p.CarryLow-tiny:
		s.Carrier[i] = Rep
	case b > p.CarryHigh+tiny:
		s.Carrier[i] = Client
		s.Neglect[i] = at(s.in.Growing, int(i), false)
	default:
		s.Carrier[i] = Both
	}
}

// Of is the balance of client i, with the steps to redo it by hand. It is weak
// where the means are those of under four clients.
func (s *Sharing) Of(i int) explain.Result {
	if i < 0 || i >= len(s.Balance) {
		return explain.Result{Mark: explain.Missing(explain.NoData)}
	}
	steps := []explain.Step{explain.Num("steering.units", s.units(int32(i))), explain.Num("steering.meanUnits", s.MeanU), explain.Num("steering.rep", s.Rep[i])}
	if s.measured(int32(i)) {
		steps = append(steps, explain.Num("steering.ie", s.in.IE[i]), explain.Num("steering.meanIE", s.MeanIE), explain.Num("steering.client", s.Client[i]))
	}
	if s.Why[i] != explain.None {
		return explain.Result{Mark: explain.Missing(s.Why[i], steps...)}
	}
	steps = append(steps, explain.Of("steering.balance", s.Balance[i], explain.Ratio))
	return explain.Result{Value: s.Balance[i], Mark: explain.Mark{Status: s.Status, Reason: s.Reason, Steps: steps}}
}

// order lists the clients by code, so that sums do not depend on the order of
// the input.
func order(n int, codes []string) []int32 {
	if len(codes) >= n {
		return sorting.Texts(codes[:n])
	}
	idx := make([]int32, n)
	for i := range idx {
		idx[i] = int32(i)
	}
	return idx
}

// spread is the coefficient of variation, standard deviation (÷ n, that of the
// values at hand, as the regularity of F3) ÷ mean; false under two values or
// without a positive mean.
func spread(x []float64) (float64, bool) {
	var sum float64
	for _, v := range x {
		sum += v
	}
	mean := sum / float64(len(x))
	if len(x) < 2 || !(mean > 0) || !sane(sum) {
		return 0, false
	}
	var sq float64
	for _, v := range x {
		sq += float64((v - mean) * (v - mean))
	}
	return math.Sqrt(sq/float64(len(x))) / mean, true
}
