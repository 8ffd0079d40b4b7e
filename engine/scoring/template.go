package scoring

import "math"

// DefaultGrid is the grid of the method: columns R level, P level (unknown
// where P is 0) and note of the typology, each on a scale of 1 to 4. R0 gives 0
// points, under the scale.
func DefaultGrid(p Params) Grid {
	level := func(key string, w, floor float64) Criterion {
		return Criterion{Key: key, Weight: w, Min: 1, Max: 4, Neutral: p.Neutral, Low: 1, High: 4, Floor: floor, Step: 1}
	}
	return Grid{Criteria: []Criterion{
		level("criterion.r", p.Weights[0], 0),
		level("criterion.p", p.Weights[1], 1),
		level("criterion.typology", p.Weights[2], 1),
	}}
}

// W18 is the grid found in a published exercise: columns growth (0.07 for
// 7 %), sales in euros, margin rate (0.42 for 42 %) and references bought. The
// source gives 1 000 € to both its first bands; here it belongs to the lower.
func W18() Grid {
	banded := func(key string, w float64, b ...Band) Criterion {
		c := Criterion{Key: key, Weight: w, Bands: b, Max: b[len(b)-1].Points, Step: 0}
		if b[0].From < -1e9 { // the scale starts at the points of the lowest band
			c.Min = b[0].Points
		}
		c.Neutral = (c.Min + c.Max) / 2
		return c
	}
	return Grid{Criteria: []Criterion{
		banded("criterion.growth", 2, Band{.05, 3}, Band{.10, 6}),
		banded("criterion.sales", 3, Band{-1e12, 1}, Band{1000.01, 4}, Band{6500, 6}),
		banded("criterion.margin", 3, Band{.42, 2}, Band{.45, 3}),
		banded("criterion.references", 1, Band{8, 2}, Band{12, 3}),
	}}
}

// Seven is the template shipped second, whose maxima make 100, so that a
// contribution is its points. Columns: potential and realised sales as
// 1 − cumBefore of [sillon/engine/weight.Floors], growth g of C1, engagement
// F3 ÷ 100, penetration as remaining to win 1 − π, profitability as MCN ÷ MB.
// The caller gives 0 where sales or margin are not positive. Departure risk
// takes off up to 10.
func Seven(p Params) Grid {
	unit := func(key string, max float64) Criterion {
		return Criterion{Key: key, Weight: 1, Max: max, Neutral: max / 2, Low: 0, High: 1}
	}
	growth := unit("criterion.growth", 20)
	growth.Low, growth.High = p.Down/100, .10
	if growth.Low >= growth.High { // gDown set that high: the same width above it
		growth.High = growth.Low + .20
	}
	return Grid{Malus: 10, Criteria: []Criterion{
		unit("criterion.potential", 30),
		growth,
		unit("criterion.engagement", 15),
		unit("criterion.penetration", 15),
		unit("criterion.profitability", 10),
		unit("criterion.realised", 10),
	}}
}

// points maps a value to the criterion's points.
func (c *Criterion) points(x float64) float64 {
	if len(c.Bands) > 0 {
		pts := c.Min
		for _, b := range c.Bands {
			if x >= b.From {
				pts = b.Points
			}
		}
		return finite(pts)
	}
	if !(math.Abs(c.High-c.Low) > 0) || c.scale() == 0 {
		return finite(c.Neutral)
	}
	pts := c.Min + float64(c.scale()*((x-c.Low)/(c.High-c.Low)))
	return finite(min(c.Max, max(min(c.Min, c.Floor), pts)))
}

// scale is how many points the criterion can bring; 0 for a scale upside down
// or that is none.
func (c *Criterion) scale() float64 {
	return tame(c.Max - c.Min)
}

// finite is a number of points that can be added: 0 for what is none.
func finite(x float64) float64 {
	if !(math.Abs(x) <= 1e9) {
		return 0
	}
	return x
}

// next is the value that gives the next points up; false at the top.
func (c *Criterion) next(x float64) (float64, bool) {
	if len(c.Bands) > 0 {
		have := c.points(x)
		for _, b := range c.Bands {
			if b.From > x && b.Points > have {
				return b.From, true
			}
		}
		return 0, false
	}
	step := c.Step
	if step == 0 {
		step = c.span() / 10
	}
	switch {
	case !(step > 0):
		return 0, false
	case c.High < c.Low: // less is better: a distance, a risk
		return max(c.High, min(x, c.floorValue())-step), x > c.High
	}
	return min(c.High, max(x, c.floorValue())+step), x < c.High
}

// floorValue is the value below which nothing changes any more.
func (c *Criterion) floorValue() float64 {
	if c.Max == c.Min {
		return c.Low
	}
	return c.Low + (min(c.Min, c.Floor)-c.Min)*(c.High-c.Low)/(c.Max-c.Min)
}

// span is the criterion's range of values, ≥ 0.
func (c *Criterion) span() float64 {
	if n := len(c.Bands); n > 0 {
		low := c.Bands[0].From
		if low < -1e9 && n > 1 { // open at the bottom
			low = 0
		}
		return c.Bands[n-1].From - low
	}
	return math.Abs(c.High - c.Low)
}

// Optional are the criteria a grid may add, on the scale of 1 to 4 of the
// default grid (our scales):
//
//	criterion.solvency    3 sound, 2 to watch, 1 blocked → 4, 2.5, 1
//	criterion.proximity   minutes of travel, 90 → 1, 0 → 4
//	criterion.growth      g of C1, dcmv.gDown → 1, +10 % → 4
//	criterion.margin      margin ÷ sales, 10 % → 1, 40 % → 4
//	criterion.references  references bought, 1 → 1, 12 → 4
//	criterion.risk        departure probability, the overlay's 40 % → 1, 0 → 4
//
// False for another key.
func Optional(key string, weight float64, p Params) (Criterion, bool) {
	c := Criterion{Key: key, Weight: weight, Min: 1, Max: 4, Neutral: p.Neutral, Floor: 1}
	switch key {
	case "criterion.solvency":
		c.Low, c.High, c.Step = 1, 3, 1
	case "criterion.proximity":
		c.Low, c.High, c.Step = 90, 0, 15
	case "criterion.growth":
		c.Low, c.High = p.Down/100, .10
		if c.Low >= c.High {
			c.High = c.Low + .20
		}
	case "criterion.margin":
		c.Low, c.High = .10, .40
	case "criterion.references":
		c.Low, c.High, c.Step = 1, 12, 1
	case "criterion.risk":
		c.Low = p.Overlay
	default:
		return Criterion{}, false
	}
	return c, true
}
