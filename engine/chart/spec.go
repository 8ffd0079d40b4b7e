package chart

import "math"

// A Unit says how a value is written where a picture goes from the program that
// computes it to the one that draws it: a function does not travel.
type Unit int

// Units.
const (
	Plain   Unit = iota // a whole number
	Percent             // a share: .28 is 28 %
	Money               // cents, written short: 18,4 k€
)

// A Write writes a value for the reader.
type Write func(u Unit, x float64) string

// A Line is a trend without axis (see [Spark]).
type Line struct {
	Label  string
	Values []float64
}

// A Rest is the days since a visit against the interval (see [Rhythm]).
type Rest struct {
	Label           string
	Since, Interval float64
}

// A Spec is a picture as plain data: the worker computes it, the page draws it.
// One field is set. A picture of the grammar that no screen shows yet has no
// field: it would be code in every start.
type Spec struct {
	Balance   *Balance   `cbor:"1,keyasint,omitempty"`
	Bars      *Bars      `cbor:"2,keyasint,omitempty"`
	Board     *Mini      `cbor:"3,keyasint,omitempty"`
	Cohorts   *Cohorts   `cbor:"4,keyasint,omitempty"`
	Curves    *Curves    `cbor:"5,keyasint,omitempty"`
	Cuts      *Cuts      `cbor:"6,keyasint,omitempty"`
	Dumbbell  *Pair      `cbor:"7,keyasint,omitempty"`
	Forecast  *Forecast  `cbor:"8,keyasint,omitempty"`
	Histogram *Maturity  `cbor:"9,keyasint,omitempty"`
	Lines     *Lines     `cbor:"10,keyasint,omitempty"`
	Matrix    *Matrix    `cbor:"11,keyasint,omitempty"`
	Moves     *Moves     `cbor:"12,keyasint,omitempty"`
	Pareto    *Lorenz    `cbor:"13,keyasint,omitempty"`
	Patches   *Patches   `cbor:"14,keyasint,omitempty"`
	People    *People    `cbor:"15,keyasint,omitempty"`
	Pyramid   *Pyramid   `cbor:"16,keyasint,omitempty"`
	Radar     *Radar     `cbor:"17,keyasint,omitempty"`
	Rhythm    *Rest      `cbor:"18,keyasint,omitempty"`
	Ribbon    *Ribbon    `cbor:"19,keyasint,omitempty"`
	Ruler     *Ruler     `cbor:"20,keyasint,omitempty"`
	Scatter   *Scatter   `cbor:"21,keyasint,omitempty"`
	Small     *Maturity  `cbor:"22,keyasint,omitempty"`
	Spark     *Line      `cbor:"23,keyasint,omitempty"`
	Split     *Effort    `cbor:"24,keyasint,omitempty"`
	Stack     *Floors    `cbor:"25,keyasint,omitempty"`
	Stacked   *Stacked   `cbor:"26,keyasint,omitempty"`
	Waterfall *Waterfall `cbor:"27,keyasint,omitempty"`
	Year      *Activity  `cbor:"28,keyasint,omitempty"`

	svg string // drawn before
	at  int    // at this width
}

// Draw draws the picture at a width in CSS pixels, once: a screen is arranged
// many times.
func (s *Spec) Draw(w int, write Write) string {
	if s.svg == "" || s.at != w {
		s.svg, s.at = s.draw(w, write), w
	}
	return s.svg
}

func (s *Spec) draw(w int, write Write) string {
	switch {
	case s.Board != nil:
		return MiniBoard(w, *s.Board)
	case s.Dumbbell != nil:
		return Dumbbell(w, *s.Dumbbell)
	case s.Histogram != nil:
		return Histogram(w, *s.Histogram)
	case s.Pareto != nil:
		return Pareto(w, *s.Pareto)
	case s.Rhythm != nil:
		return Rhythm(w, s.Rhythm.Since, s.Rhythm.Interval, s.Rhythm.Label)
	case s.Small != nil:
		return Small(w, *s.Small)
	case s.Spark != nil:
		return Spark(w, 28, s.Spark.Values, s.Spark.Label)
	case s.Split != nil:
		return Split(w, *s.Split)
	case s.Stack != nil:
		return Stack(w, *s.Stack)
	case s.Year != nil:
		d := *s.Year
		d.Amount = write.of(d.Unit)
		return Year(w, d)
	}
	if p := s.picture(write); p != nil {
		return p.Draw(w)
	}
	return ""
}

// Table is the twin of the picture; those drawn by a function have none of
// their own.
func (s *Spec) Table(write Write) Table {
	if p := s.picture(write); p != nil {
		return p.Table()
	}
	return Table{}
}

// picture is the one set of those that draw themselves; nil: another.
func (s *Spec) picture(write Write) Picture {
	switch {
	case s.Balance != nil:
		return s.Balance
	case s.Bars != nil:
		return s.Bars
	case s.Cohorts != nil:
		return s.Cohorts
	case s.Curves != nil:
		return s.Curves
	case s.Cuts != nil:
		return s.Cuts
	case s.Forecast != nil:
		return s.Forecast
	case s.Lines != nil:
		d := *s.Lines
		d.ShowX, d.ShowY = write.of(d.UnitX), write.of(d.UnitY)
		if names := d.NamesX; len(names) > 0 {
			d.ShowX = func(x float64) string { return names[max(0, min(len(names)-1, int(math.Round(fin(x)))))] }
		}
		return d
	case s.Matrix != nil:
		return s.Matrix
	case s.Moves != nil:
		return s.Moves
	case s.Patches != nil:
		return s.Patches
	case s.People != nil:
		return s.People
	case s.Pyramid != nil:
		return s.Pyramid
	case s.Radar != nil:
		return s.Radar
	case s.Ribbon != nil:
		return s.Ribbon
	case s.Ruler != nil:
		return s.Ruler
	case s.Scatter != nil:
		return s.Scatter
	case s.Stacked != nil:
		return s.Stacked
	case s.Waterfall != nil:
		return s.Waterfall
	}
	return nil
}

// of writes values of one unit.
func (w Write) of(u Unit) func(float64) string {
	return func(x float64) string { return w(u, x) }
}
