package response

import (
	"errors"
	"math"

	"sillon/engine/explain"
	"sillon/engine/money"
)

// ErrJudgments asks for the judgments again: they must rise, from what is left
// without visits, through today's 100 %, to saturation.
var ErrJudgments = errors.New("response: judgments must rise from no visit to saturation")

// Judgments are a representative's view of one client, in percent of today's
// margin: with no visit, with half the visits, with half more, and with as many
// as one likes. Today is 100.
type Judgments struct {
	None, Half, More, Saturation float64
	HasHalf                      bool // the fifth judgment was given
}

// A Curve is the response of a client's margin to visits (courbe de réponse):
// percent of today's margin at x times today's visits.
type Curve struct {
	Floor   float64 // r₀, at no visit
	Ceiling float64 // r∞, at saturation
	Shape   float64 // c: above 1 the curve is an S
	Scale   float64 // d
}

// At is r(x), for x ≥ 0.
func (c Curve) At(x float64) float64 {
	return c.Floor + float64((c.Ceiling-c.Floor)*c.part(x))
}

// part is xᶜ ÷ (d + xᶜ), as a logistic of c·ln x − ln d so that no power
// overflows.
func (c Curve) part(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return 1 / (1 + math.Exp(math.Log(c.Scale)-float64(c.Shape*math.Log(x))))
}

// highest is the largest judgment believed: a thousand times today's margin.
const highest = 1e5

func (j Judgments) valid() bool {
	low := 100.0
	if j.HasHalf {
		low = j.Half
	}
	return j.None >= 0 && j.None < low && low <= 100 && !(j.HasHalf && low == 100) && j.More > 100 && j.More < j.Saturation && j.Saturation <= highest
}

// Judge finds the curve of a representative's judgments (B3): through the four
// in closed form; of the five, the one of least squares.
func Judge(j Judgments) (Curve, error) {
	if !j.valid() {
		return Curve{}, ErrJudgments
	}
	c := j.through()
	if j.HasHalf {
		c = leastSquares(c, j.points(1, 1))
	}
	return c, nil
}

// through is the curve of the four judgments:
//
//	c = ln[(a₁/(1−a₁)) ÷ (a₀/(1−a₀))] ÷ ln 1.5,  d = (1−a₀) ÷ a₀.
func (j Judgments) through() Curve {
	c := Curve{Floor: j.None, Ceiling: j.Saturation, Scale: (j.Saturation - 100) / (100 - j.None)}
	// a ÷ (1−a) written on the judgments themselves, so that nothing cancels.
	c.Shape = (math.Log((j.More-j.None)/(j.Saturation-j.More)) + math.Log(c.Scale)) / math.Log(1.5)
	c.Shape = min(max(c.Shape, shortest), longestShape)
	return c
}

// The shapes a curve may take.
const (
	shortest     = .01
	longestShape = 100
)

// A point is an observation of the curve with its weight, 1 ÷ variance.
type point struct{ x, y, w float64 }

// points are the judgments as observations.
func (j Judgments) points(weight, today float64) []point {
	p := []point{{0, j.None, weight}, {1, 100, today}, {1.5, j.More, weight}, {math.Inf(1), j.Saturation, weight}}
	if j.HasHalf {
		p = append(p, point{.5, j.Half, weight})
	}
	return p
}

// leastSquares fits floor, ceiling, ln shape and ln scale by
// Levenberg-Marquardt.
func leastSquares(c Curve, obs []point) Curve {
	cost, damp := c.distance(obs), 1e-3
	for range 200 {
		a, g := c.normal(obs)
		for k := range 4 {
			a[k][k] += float64(damp*a[k][k]) + 1e-12
		}
		inv := inverse(a)
		next := c
		var d [4]float64
		for k := range 4 {
			for l := range 4 {
				d[k] += float64(inv[k][l] * g[l])
			}
		}
		next.Floor, next.Ceiling = max(0, c.Floor+d[0]), c.Ceiling+d[1]
		next.Shape = min(max(c.Shape*math.Exp(min(max(d[2], -1), 1)), shortest), longestShape)
		next.Scale = min(max(c.Scale*math.Exp(min(max(d[3], -1), 1)), 1e-6), 1e6)
		better := next.distance(obs)
		if next.Floor < next.Ceiling && better < cost {
			gain := cost - better
			c, cost, damp = next, better, max(damp/4, 1e-9)
			if gain < 1e-14*(1+cost) {
				break
			}
		} else if damp *= 4; damp > 1e9 {
			break
		}
	}
	return c
}

func (c Curve) distance(obs []point) float64 {
	s := 0.0
	for _, o := range obs {
		e := o.y - c.At(o.x)
		s += float64(o.w * e * e)
	}
	return s
}

// normal are the equations of one step; the fifth line stands idle.
func (c Curve) normal(obs []point) (a [width][width]float64, g [width]float64) {
	for _, o := range obs {
		p := c.part(o.x)
		bend := (c.Ceiling - c.Floor) * p * (1 - p)
		d := [4]float64{1 - p, p, 0, -bend}
		if bend != 0 {
			d[2] = bend * c.Shape * math.Log(o.x)
		}
		e := o.y - c.At(o.x)
		for k := range 4 {
			g[k] += float64(o.w * d[k] * e)
			for l := range 4 {
				a[k][l] += float64(o.w * d[k] * d[l])
			}
		}
	}
	a[4][4] = 1
	return a, g
}

// JudgmentSD is how far a judgment is believed to lie from the truth, in
// percent of today's margin (one standard deviation). Our own choice.
const JudgmentSD = 15

// A Measure is what the data say of a client: its elasticity at its visits of
// today, lasting effect included (see [Model]).
type Measure struct {
	Elasticity `cbor:"1,keyasint"`
	Visits     float64 `cbor:"2,keyasint"` // per period of the measure
}

// ratio is the result at x times today's visits, today being 1, under the
// measured response: ((1 + x·v) ÷ (1 + v))^β with β = E·(1+v) ÷ v.
func (m Measure) ratio(x float64) (value, perElasticity float64) {
	v := clean(m.Visits)
	if v == 0 {
		return 1, 0
	}
	stretch := math.Log1p(x*v) - math.Log1p(v)
	byE := stretch * (1 + v) / v
	value = math.Exp(min(max(byE*m.Value, -20), 5))
	return value, value * byE
}

// Blend finds the curve of the judgments and of the measure together: the
// judgments are pseudo-observations of deviation JudgmentSD, the measure adds
// one at half the visits and one at half more, of the deviation its own
// uncertainty gives there. It says nothing of no visit and of saturation, which
// nobody has seen. Today is 100 by definition.
func Blend(j Judgments, m Measure) (Curve, error) {
	if !j.valid() {
		return Curve{}, ErrJudgments
	}
	weight := 1.0 / (JudgmentSD * JudgmentSD)
	obs := j.points(weight, 100)
	if m.SD > 0 && usable(m.Value) && usable(m.SD) && clean(m.Visits) > 0 {
		for _, x := range [...]float64{.5, 1.5} {
			y, by := m.ratio(x)
			sd := max(1, 100*math.Abs(by)*m.SD)
			obs = append(obs, point{x, 100 * y, 1 / float64(sd*sd)})
		}
	}
	return leastSquares(j.through(), obs), nil
}

// Curve is the response of the measure alone, for a client nobody judged: the
// one of shape 1 that agrees with it at no visit, today, and in the slope of
// today. Without a positive effect it is flat.
func (m Measure) Curve() Curve {
	v := clean(m.Visits)
	e := min(m.Value, .95*v/(1+v)) // β < 1: the return diminishes
	if !(e > 1e-9) {
		return Curve{Floor: 100, Ceiling: 100, Shape: 1, Scale: 1}
	}
	r, _ := Measure{Elasticity{Value: e}, v}.ratio(0)
	k := e / (1 - r) // d ÷ (1+d)
	c := Curve{Floor: 100 * r, Shape: 1, Scale: k / (1 - k)}
	c.Ceiling = c.Floor + float64((100-c.Floor)*(1+c.Scale))
	return c
}

// A Scenario is a client at another number of visits.
type Scenario struct {
	Margin   money.Cents // a year
	Gain     money.Cents // against today
	PerVisit money.Cents // margin of one visit more from there
	Cost     money.Cents // of the visits added, or saved when negative
	Net      money.Cents // gain − cost
	explain.Mark
}

// Simulate says what a client would give at other visits, from today's margin
// and visits and the price of a visit.
func (c Curve) Simulate(margin money.Cents, now, visits float64, price money.Cents) Scenario {
	steps := []explain.Step{
		explain.Amount("response.margin", margin), explain.Num("response.visits", clean(now)), explain.Num("response.proposed", clean(visits)),
		explain.Share("response.floor", c.Floor/100), explain.Share("response.ceiling", c.Ceiling/100),
		explain.Num("response.shape", c.Shape), explain.Num("response.scale", c.Scale),
	}
	today := c.At(1)
	switch {
	case !(now > 0):
		return Scenario{Mark: explain.Missing(explain.NoContact, steps...)}
	case margin < 0:
		return Scenario{Mark: explain.Missing(explain.Negative, steps...)}
	case margin == 0 || !(today > 0):
		return Scenario{Mark: explain.Missing(explain.NoSales, steps...)}
	}
	worth := func(v float64) money.Cents { return cents(float64(margin) * (c.At(v/now) / today)) }
	v := clean(visits)
	s := Scenario{Margin: worth(v), Mark: explain.Sound(steps...)}
	s.Gain, s.PerVisit = s.Margin.Plus(-margin), worth(v+1).Plus(-s.Margin)
	s.Cost = cents((v - now) * float64(price))
	s.Net = s.Gain.Plus(-s.Cost)
	return s
}

// cents rounds an amount and keeps it within what fits.
func cents(x float64) money.Cents {
	if !usable(x) {
		return 0
	}
	return money.Cents(math.Round(min(max(x, -9e18), 9e18)))
}

// mostVisits is the longest table of margins: several visits a day, all year.
const mostVisits = 1000

// Values are the margins at 0, 1, 2… most visits, in cents, a thousand at most;
// nil without visits today.
func (c Curve) Values(margin money.Cents, now float64, most int) []float64 {
	today := c.At(1)
	if !(now > 0) || most < 0 || !(today > 0) {
		return nil
	}
	v := make([]float64, min(most, mostVisits)+1)
	for k := range v {
		v[k] = float64(margin) * (c.At(float64(k)/now) / today)
	}
	return v
}

// Envelope is the smallest concave sequence on or above values (enveloppe
// concave): what an optimiser that adds one visit at a time must see of an S,
// each step being the best average gain of the visits that follow.
func Envelope(values []float64) []float64 {
	out := make([]float64, len(values))
	var hull []int32
	for k := range values {
		for len(hull) >= 2 {
			a, b := int(hull[len(hull)-2]), int(hull[len(hull)-1])
			if (values[b]-values[a])*float64(k-a) > (values[k]-values[a])*float64(b-a) {
				break
			}
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, int32(k))
	}
	for h := range hull {
		b := int(hull[h])
		out[b] = values[b]
		if h == 0 {
			continue
		}
		a := int(hull[h-1])
		for k := a + 1; k < b; k++ {
			out[k] = values[a] + float64((values[b]-values[a])*(float64(k-a)/float64(b-a)))
		}
	}
	return out
}
