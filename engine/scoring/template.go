package scoring

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
		return pts
	}
	if c.High == c.Low {
		return c.Neutral
	}
	pts := c.Min + float64((c.Max-c.Min)*((x-c.Low)/(c.High-c.Low)))
	return min(c.Max, max(min(c.Min, c.Floor), pts))
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
		step = (c.High - c.Low) / 10
	}
	if x >= c.High || step == 0 {
		return 0, false
	}
	return min(c.High, max(x, c.floorValue())+step), true
}

// floorValue is the value below which nothing changes any more.
func (c *Criterion) floorValue() float64 {
	if c.Max == c.Min {
		return c.Low
	}
	return c.Low + (min(c.Min, c.Floor)-c.Min)*(c.High-c.Low)/(c.Max-c.Min)
}

// span is the criterion's range of values.
func (c *Criterion) span() float64 {
	if n := len(c.Bands); n > 0 {
		low := c.Bands[0].From
		if low < -1e9 && n > 1 { // open at the bottom
			low = 0
		}
		return c.Bands[n-1].From - low
	}
	return c.High - c.Low
}
