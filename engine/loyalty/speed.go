package loyalty

import (
	"math"
	"math/bits"

	"sillon/engine/explain"
	"sillon/engine/sorting"
)

// Read gives the speeds of every client (F1). Pools are made of the clients
// that are read themselves, unless the input brings those of a larger
// portfolio.
func Read(in Input, p Params) Reading {
	r := Reading{Speed: make([]Speed, len(in.Members)), FastAdoption: p.FastAdoption, FastExclusion: p.FastExclusion, in: in, p: p}
	if in.Pools == nil {
		r.pool()
	} else {
		r.Pools = *in.Pools
	}
	n := 0
	for i := range in.Members {
		r.Speed[i] = r.speed(i)
		if r.Speed[i].Has() {
			n++
		}
	}
	if p.Medians {
		r.medians()
	}
	for i := range r.Speed {
		if s := &r.Speed[i]; s.Has() {
			s.Type = TypeOf(s.Adoption, s.Exclusion, r.FastAdoption, r.FastExclusion)
		}
	}
	r.Mark = explain.Sound(explain.Tally("loyalty.clients", n), explain.Share("loyalty.fastAdoption", r.FastAdoption), explain.Share("loyalty.fastExclusion", r.FastExclusion))
	switch {
	case len(in.Members) == 0:
		r.Mark = explain.Missing(explain.NoData)
	case n == 0:
		r.Status, r.Reason = explain.NA, explain.FewPeriods
	case n < 4:
		r.Status, r.Reason = explain.Weak, explain.FewClients
	}
	return r
}

// grain is the fixed point of the pools: whole sums are the same in any order.
const grain = 1e12

// A tally sums events and exposures in whole grains.
type tally [4]int64

func (t *tally) add(p Pool) {
	for k, x := range [4]float64{p.Adoptions, p.Elsewhere, p.Exclusions, p.WithUs} {
		t[k] += int64(math.Round(x * grain))
	}
}

func (t tally) pool() Pool {
	return Pool{float64(t[0]) / grain, float64(t[1]) / grain, float64(t[2]) / grain, float64(t[3]) / grain}
}

func (r *Reading) pool() {
	var family, value [2]tally
	for i, m := range r.in.Members {
		kind := 0
		if m.HalfYears {
			kind = 1
		}
		if r.readable(i, false) && !m.Collapsed {
			family[kind].add(r.in.events(i))
		}
		if r.readable(i, true) {
			value[kind].add(r.in.moves(i))
		}
	}
	for k := range family {
		r.Pools.Family[k], r.Pools.Value[k] = family[k].pool(), value[k].pool()
	}
}

// readable says whether a client has rates of its own in a mode.
func (r *Reading) readable(i int, byValue bool) bool {
	m := r.in.Members[i]
	if m.Never || m.Undated || m.New || m.observed() < r.p.MinPeriods {
		return false
	}
	if byValue {
		return r.in.known(i) >= max(2, r.p.MinPeriods)
	}
	return r.in.need(i) >= r.p.MinFamilies
}

func (m Member) observed() int { return int(min(m.Periods, MaxPeriods)) - int(m.From) }

// need counts the families that were open to a client.
func (in Input) need(i int) (n int) {
	for _, t := range in.tracks(i) {
		if t.Open != 0 {
			n++
		}
	}
	return n
}

// tracks are the families of a client; none where the matrix is cut short.
func (in Input) tracks(i int) []Track {
	if m := len(in.Kinds); (i+1)*m <= len(in.Tracks) {
		return in.Tracks[i*m : (i+1)*m]
	}
	return nil
}

func (in Input) shares(i int) []float64 {
	if len(in.Shares) < (i+1)*MaxPeriods {
		return nil
	}
	m := in.Members[i]
	return in.Shares[i*MaxPeriods:][min(m.From, m.Periods, MaxPeriods):min(m.Periods, MaxPeriods)]
}

// known counts the periods with a share.
func (in Input) known(i int) (n int) {
	for _, a := range in.shares(i) {
		if a >= 0 {
			n++
		}
	}
	return n
}

// lag is how many periods lie between two states that are compared: one, or a
// year for a seasonal family.
func (in Input) lag(i, f int) int {
	switch {
	case !in.Kinds[f].Seasonal:
		return 1
	case in.Members[i].HalfYears:
		return 2
	}
	return 4
}

// events counts family transitions: both ends must be open, so that a family
// that is out of stock or at its end of life is no exclusion, and its return no
// adoption. A season against the same season of the year before is one
// transition.
func (in Input) events(i int) Pool {
	var adopted, elsewhere, excluded, with int
	for f, t := range in.tracks(i) {
		lag := in.lag(i, f)
		both := t.Open & (t.Open >> lag)
		next := t.Bought >> lag
		elsewhere += bits.OnesCount16(both &^ t.Bought)
		adopted += bits.OnesCount16(both &^ t.Bought & next)
		with += bits.OnesCount16(both & t.Bought)
		excluded += bits.OnesCount16(both & t.Bought &^ next)
	}
	return Pool{float64(adopted), float64(elsewhere), float64(excluded), float64(with)}
}

// moves sums the changes of the share from one known period to the next.
func (in Input) moves(i int) (p Pool) {
	a := in.shares(i)
	for k := 1; k < len(a); k++ {
		if !(a[k-1] >= 0 && a[k] >= 0) {
			continue
		}
		from, to := min(1, a[k-1]), min(1, a[k])
		p.Adoptions += max(0, to-from)
		p.Exclusions += max(0, from-to)
		p.Elsewhere += 1 - from
		p.WithUs += from
	}
	return p
}

// now is the share held today: of the families, each in its last open period,
// or of the potential.
func (in Input) now(i int, byValue bool) (float64, bool) {
	if byValue {
		a := in.shares(i)
		for k := len(a) - 1; k >= 0; k-- {
			if a[k] >= 0 {
				return min(1, a[k]), true
			}
		}
		return 0, false
	}
	held, of := 0, 0
	for f, t := range in.tracks(i) {
		if t.Open == 0 || in.Kinds[f].Ended {
			continue
		}
		of++
		held += int(t.Bought >> (bits.Len16(t.Open) - 1) & 1)
	}
	if of == 0 {
		return 0, false
	}
	return float64(held) / float64(of), true
}

func (r *Reading) speed(i int) Speed {
	m := r.in.Members[i]
	s := Speed{HalfYears: m.HalfYears, ByValue: r.p.ByValue}
	if m.Collapsed && r.in.known(i) >= 2 {
		s.ByValue, s.Natural = true, true
	}
	var ok bool
	s.Now, ok = r.in.now(i, s.ByValue)
	switch {
	case m.Never:
		s.Mark = explain.Missing(explain.NoSales)
		return s
	case s.ByValue && !ok:
		s.Mark = explain.Missing(explain.NoPotential)
		return s
	case m.Undated, !ok, !m.New && !r.readable(i, s.ByValue), m.New && !s.ByValue && r.in.need(i) < r.p.MinFamilies:
		s.Mark = explain.Missing(explain.FewPeriods)
		return s
	}
	pool := r.poolOf(s)
	s.Mark = explain.Sound()
	if m.New {
		s.PoolOnly, s.Adoption, s.Exclusion = true, pool.Adoption(), pool.Exclusion()
		s.Mark = explain.Thin(explain.NewClient)
	} else {
		if s.ByValue {
			s.Pool = r.in.moves(i)
		} else {
			s.Pool = r.in.events(i)
		}
		s.NeverElsewhere, s.NeverWithUs = s.Elsewhere == 0, s.WithUs == 0
		s.Adoption = r.smooth(s.Adoptions, s.Elsewhere, pool.Adoption())
		s.Exclusion = r.smooth(s.Exclusions, s.WithUs, pool.Exclusion())
	}
	s.Heading = Equilibrium(s.Adoption, s.Exclusion, s.Now)
	s.Momentum = s.Heading - s.Now
	if s.Adoption+s.Exclusion == 0 && s.Status == explain.OK {
		s.Status, s.Reason = explain.Weak, explain.NoVariation
	}
	return s
}

func (r *Reading) poolOf(s Speed) Pool {
	kind := 0
	if s.HalfYears {
		kind = 1
	}
	if s.ByValue {
		return r.Pools.Value[kind]
	}
	return r.Pools.Family[kind]
}

// smooth draws a rate toward the portfolio's: (events + κ·pool) ÷ (exposures + κ).
func (r *Reading) smooth(events, exposures, pool float64) float64 {
	if exposures+r.p.Kappa <= 0 {
		return pool
	}
	return min(1, (events+float64(r.p.Kappa*pool))/(exposures+r.p.Kappa))
}

// Equilibrium is the share a relation is heading to, A* = v_a ÷ (v_a + v_e);
// today's when nothing moves.
func Equilibrium(adoption, exclusion, now float64) float64 {
	if sum := adoption + exclusion; sum > 0 {
		return adoption / sum
	}
	return now
}

// HalfLife is how many periods it takes to lose half of a position at an
// exclusion rate, or to win half of the rest at an adoption rate: ln ½ ÷ ln(1 −
// v). It is false when nothing moves: never.
func HalfLife(rate float64) (float64, bool) {
	if !(rate > 0) {
		return 0, false
	}
	if rate >= 1 {
		return 0, true
	}
	return -math.Ln2 / math.Log1p(-rate), true
}

// Loyalty is the loyalty index, 100·(1 − v_e).
func (s Speed) Loyalty() float64 { return 100 * (1 - s.Exclusion) }

// medians makes the thresholds of the portfolio's own middle.
func (r *Reading) medians() {
	var va, ve []float64
	for _, s := range r.Speed {
		if s.Status == explain.OK {
			va, ve = append(va, s.Adoption), append(ve, s.Exclusion)
		}
	}
	if n := len(va); n > 0 {
		sorting.Sort(va)
		sorting.Sort(ve)
		r.FastAdoption, r.FastExclusion = (va[(n-1)/2]+va[n/2])/2, (ve[(n-1)/2]+ve[n/2])/2
	}
}

// Explain gives the steps of client i.
func (r Reading) Explain(i int) []explain.Step {
	s, m := r.Speed[i], r.in.Members[i]
	steps := []explain.Step{explain.Tally("loyalty.periods", max(0, m.observed())), explain.Tally("loyalty.families", r.in.need(i))}
	if !s.Has() {
		return steps
	}
	pool := r.poolOf(s)
	if !s.PoolOnly {
		steps = append(steps, explain.Num("loyalty.adoptions", s.Adoptions), explain.Num("loyalty.elsewhere", s.Elsewhere),
			explain.Num("loyalty.exclusions", s.Exclusions), explain.Num("loyalty.withUs", s.WithUs))
	}
	steps = append(steps, explain.Share("loyalty.poolAdoption", pool.Adoption()), explain.Share("loyalty.poolExclusion", pool.Exclusion()),
		explain.Num("loyalty.kappa", r.p.Kappa), explain.Share("loyalty.adoption", s.Adoption), explain.Share("loyalty.exclusion", s.Exclusion),
		explain.Share("loyalty.now", s.Now), explain.Share("loyalty.equilibrium", s.Heading), explain.Share("loyalty.momentum", s.Momentum))
	if x, ok := HalfLife(s.Exclusion); ok {
		steps = append(steps, explain.Num("loyalty.halfLife", x))
	}
	if x, ok := HalfLife(s.Adoption); ok {
		steps = append(steps, explain.Num("loyalty.halfWin", x))
	}
	return append(steps, explain.Num("loyalty.index", s.Loyalty()), explain.Name("loyalty.type", s.Type.Key()))
}
