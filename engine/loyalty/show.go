package loyalty

// A State is one cell of a ribbon.
type State uint8

const (
	Closed State = iota // not needed, not on sale, out of season, before the first order
	Away                // not bought
	With                // bought
	Enters              // bought, and not the time before
	Leaves              // not bought, and bought the time before
)

// A Ribbon is the story of a client by family and period (ruban).
type Ribbon struct {
	Periods int
	States  []State // families × periods, oldest first
	OneShot []bool  // by family: bought in a single period, neither the first nor the last
}

// Ribbon draws client i.
func (r Reading) Ribbon(i int) Ribbon {
	m := r.in.Members[i]
	n := int(min(m.Periods, MaxPeriods))
	tracks := r.in.tracks(i)
	b := Ribbon{Periods: n, States: make([]State, len(tracks)*n), OneShot: make([]bool, len(tracks))}
	for f, t := range tracks {
		lag := r.in.lag(i, f)
		for k := range n {
			if t.Open>>k&1 == 0 {
				continue
			}
			before := k >= lag && t.Open>>(k-lag)&1 == 1
			now, then := t.Bought>>k&1 == 1, before && t.Bought>>(k-lag)&1 == 1
			s := Away
			switch {
			case now && before && !then:
				s = Enters
			case now:
				s = With
			case then:
				s = Leaves
			}
			b.States[f*n+k] = s
		}
		only := t.Bought & t.Open
		b.OneShot[f] = only != 0 && only&(only-1) == 0 && only&1 == 0 && n > 0 && only>>(n-1)&1 == 0
	}
	return b
}

// Lost counts the families client i pushed out (F1), by period, the last period
// first: what signal S10 reads. Nil where they cannot be told: no order yet, or
// lines too long to tell their period.
func (r Reading) Lost(i int) []uint8 {
	if m := r.in.Members[i]; m.Never || m.Undated || m.observed() < 2 {
		return nil
	}
	b := r.Ribbon(i)
	out := make([]uint8, b.Periods)
	for k, s := range b.States {
		if s == Leaves {
			if n := &out[b.Periods-1-k%b.Periods]; *n < 255 {
				*n++
			}
		}
	}
	return out
}

// A Point places a client on the quadrant.
type Point struct {
	Client    int32
	Adoption  float64 // across
	Exclusion float64 // up
	Heading   float64
	Type      Type
}

// A Quadrant is the chart v_a × v_e with the limits of fast and slow.
type Quadrant struct {
	Points                      []Point // clients that have speeds, by index
	FastAdoption, FastExclusion float64
}

// Quadrant places the clients.
func (r Reading) Quadrant() Quadrant {
	q := Quadrant{FastAdoption: r.FastAdoption, FastExclusion: r.FastExclusion}
	for i, s := range r.Speed {
		if s.Has() {
			q.Points = append(q.Points, Point{int32(i), s.Adoption, s.Exclusion, s.Heading, s.Type})
		}
	}
	return q
}

// Iso is the slope v_e ÷ v_a of the line of equal A*, for shares above 0.
func Iso(heading float64) float64 {
	if !(heading > 0) {
		return 0
	}
	return max(0, 1-heading) / heading
}

// A Sentence says "at this pace you will hold Heading of this client; today
// Now".
type Sentence struct{ Heading, Now float64 }

// Sentence is false without speeds.
func (r Reading) Sentence(i int) (Sentence, bool) {
	s := r.Speed[i]
	return Sentence{s.Heading, s.Now}, s.Has()
}
