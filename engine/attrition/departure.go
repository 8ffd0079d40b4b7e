package attrition

import (
	"math"

	"sillon/engine/explain"
	"sillon/engine/hazard"
	"sillon/engine/sorting"
)

// Method is how a departure probability was found.
type Method uint8

// Stored and sent: add at the end, never renumber.
const (
	Bayes     Method = iota + 1 // 1: naive Bayes on former clients
	Scorecard                   // 2: experts' points
	Hazard                      // 3: discrete-time hazard
)

// Choose is the method that a number of former clients allows, natural
// departures aside: 3 from fifty with a model at hand, 2 under ten, else 1.
func Choose(former int, model bool, p Params) Method {
	switch {
	case model && former >= MinHazard:
		return Hazard
	case former < p.MinEx:
		return Scorecard
	}
	return Bayes
}

// A Case is what a probability reads of a client.
type Case struct {
	On, Known Set
	Starting  bool    // phase D: the prior is the mortality
	Quality   float64 // data quality, 0-1 (H0); under risk.minQuality the band is grey
}

// Without is the case once some signals are solved: what if we settle the
// complaint?
func (c Case) Without(codes ...Code) Case {
	c.On &^= Of(codes...)
	return c
}

// A Prior is the yearly rate of avoidable attrition, never 0 or 1.
type Prior struct {
	P     float64
	Lost  int // avoidable losses it comes from
	Start int // clients at the start; 0: set by hand
}

// PriorOf is π = (lost + ½) ÷ (at start + 1), avoidable losses only. Without a
// client at the start there is none (I1), and the next source is asked.
func PriorOf(r Rates) Prior {
	lost, start := max(0, r.Lost-r.Natural), max(0, r.Start)
	if start == 0 {
		return Prior{}
	}
	lost = min(lost, start)
	return Prior{(float64(lost) + .5) / (float64(start) + 1), lost, start}
}

// MortalityOf is the prior of clients in phase D: the share of the clients
// entered in the period who were lost inside it. Nobody entered: none, and
// they have that of the others.
func MortalityOf(r Rates) Prior {
	lost, n := max(0, r.Mortality), max(0, r.Mortality)+max(0, r.Acquired)
	if n == 0 {
		return Prior{}
	}
	return Prior{(float64(lost) + .5) / (float64(n) + 1), lost, n}
}

// Priors are the candidates; the parameter attr.priorSource chooses.
type Priors struct {
	Own, Team, Fixed Prior // the zero value: not known
	Mortality        Prior // of phase D; zero: the chosen one
}

func (s Priors) choose(source Source) (general, starting Prior, blind bool) {
	order := [...]Prior{s.Own, s.Team, s.Fixed}
	switch source {
	case Team:
		order[0], order[1] = s.Team, s.Own
	case Fixed:
		order[0], order[2] = s.Fixed, s.Own
	}
	for _, x := range order {
		if x.P > 0 && x.P < 1 {
			general = x
			break
		}
	}
	if general.P == 0 {
		general, blind = Prior{P: .5}, true // nobody knows anything: even odds, and a weak result
	}
	if starting = s.Mortality; !(starting.P > 0 && starting.P < 1) {
		starting = general
	}
	return general, starting, blind
}

// A Symptom is one row of the table of likelihood ratios.
type Symptom struct {
	Former, FormerOf     int // former clients who had it, of those for whom it is known
	Retained, RetainedOf int
	Plus, Minus          float64 // LR+ and LR−; 1 when nobody knows
	lnPlus, lnMinus      float64
	varPlus, varMinus    float64 // of their logarithms, delta method
}

// A Table is what former clients teach (method 1): the symptoms they shared.
type Table struct {
	Symptom          [NSignals]Symptom
	Former, Retained int
	blind            bool // no source knew a prior
	prior, starting  Prior
	p                Params
	explain.Mark
}

// A Former is a former client's file, frozen in the six months before he left.
type Former struct {
	Case
	Natural bool // left out
}

// Learn counts symptoms among former and retained clients. Natural departures
// are left out.
func Learn(former []Former, retained []Case, priors Priors, p Params) Table {
	var counts [NSignals]Symptom
	n := 0
	for _, f := range former {
		if f.Natural {
			continue
		}
		n++
		for i := range counts {
			if f.Known>>i&1 == 1 {
				counts[i].FormerOf++
				counts[i].Former += int(f.On >> i & 1)
			}
		}
	}
	for _, c := range retained {
		for i := range counts {
			if c.Known>>i&1 == 1 {
				counts[i].RetainedOf++
				counts[i].Retained += int(c.On >> i & 1)
			}
		}
	}
	return FromCounts(counts, n, len(retained), priors, p)
}

// FromCounts is [Learn] from counts, as in a class. A symptom nobody was asked
// about (FormerOf or RetainedOf 0) has ratios of 1.
func FromCounts(counts [NSignals]Symptom, former, retained int, priors Priors, p Params) Table {
	t := Table{Symptom: counts, Former: max(0, former), Retained: max(0, retained), p: p}
	t.prior, t.starting, t.blind = priors.choose(p.Source)
	for i := range t.Symptom {
		t.Symptom[i].ratios()
	}
	t.Mark = explain.Sound()
	switch {
	case t.Former < p.MinEx || t.Retained < 4:
		t.Mark = explain.Thin(explain.FewClients)
	case t.blind:
		t.Mark = explain.Thin(explain.NoData)
	}
	t.Steps = append(t.Steps, explain.Tally("attrition.former", t.Former), explain.Tally("attrition.retained", t.Retained),
		explain.Share("attrition.prior", t.prior.P), explain.Num("attrition.lambda", p.Lambda))
	return t
}

func (s *Symptom) ratios() {
	s.Plus, s.Minus = 1, 1
	if s.FormerOf <= 0 || s.RetainedOf <= 0 {
		return
	}
	a, na := float64(max(0, min(s.Former, s.FormerOf)))+.5, float64(s.FormerOf)+1
	b, nb := float64(max(0, min(s.Retained, s.RetainedOf)))+.5, float64(s.RetainedOf)+1
	s.Plus = a / na / (b / nb)
	s.Minus = (na - a) / na / ((nb - b) / nb)
	s.lnPlus, s.lnMinus = math.Log(s.Plus), math.Log(s.Minus)
	s.varPlus = 1/a - 1/na + 1/b - 1/nb // (1 − p) ÷ (n·p)
	s.varMinus = 1/(na-a) - 1/na + 1/(nb-b) - 1/nb
}

// A Reason is one cause of a probability, in points of it.
type Reason struct {
	Signal    Code      // methods 1 and 2
	Predictor Predictor // method 3
	Points    float64   // its share of p − calm
}

// A Departure is a client's risk to leave within twelve months.
type Departure struct {
	P, Low, High float64   // probability and 95 % interval
	Calm         float64   // without any signal, or of the mean client
	Band         Band      // colour
	Grey         bool      // data too poor to believe it
	APriori      bool      // under ten departures behind it: "estimation a priori"
	Method       Method    // how
	Reasons      [3]Reason // the largest, positive
	N            int       // of them
	explain.Mark
}

func (p Params) finish(d *Departure, quality float64) {
	d.Band, d.Grey = p.BandOf(d.P), !(quality >= p.MinQuality)
	d.Mark = explain.Sound()
	switch {
	case d.APriori:
		d.Mark = explain.Thin(explain.FewClients)
	case d.Grey:
		d.Mark = explain.Thin(explain.NoData)
	}
}

// Read is the probability of a client by method 1. The steps are left out: ask
// [Table.Explain] for the client that is looked at.
func (t *Table) Read(c Case) Departure {
	prior := t.prior
	if c.Starting {
		prior = t.starting
	}
	base := math.Log(prior.P / (1 - prior.P))
	calm, eta, v := base, base, 0.0
	var parts [NSignals]float64
	for i := range t.Symptom {
		s := &t.Symptom[i]
		if c.Known>>i&1 == 0 {
			continue // unknown: LR = 1
		}
		minus := float64(t.p.Lambda * s.lnMinus)
		calm += minus
		if c.On>>i&1 == 1 {
			plus := float64(t.p.Lambda * s.lnPlus)
			eta += plus
			parts[i] = plus - minus
			v += s.varPlus
		} else {
			eta += minus
			v += s.varMinus
		}
	}
	v = float64(t.p.Lambda * t.p.Lambda * v)
	if prior.Start > 0 {
		v += 1/(float64(prior.Lost)+.5) + 1/(float64(prior.Start-prior.Lost)+.5)
	}
	d := Departure{Method: Bayes, APriori: t.Former < hazard.Few}
	d.spread(eta, calm, float64(z95*math.Sqrt(v)))
	d.reasons(parts[:], false)
	t.p.finish(&d, c.Quality)
	if t.blind && d.Status == explain.OK {
		d.Mark = explain.Thin(explain.NoData)
	}
	return d
}

const z95 = 1.959963984540054

func (d *Departure) spread(eta, calm, e float64) {
	d.P, d.Low, d.High, d.Calm = expit(eta), expit(eta-e), expit(eta+e), expit(calm)
}

func expit(x float64) float64 { return hazard.Shifted(.5, x) }

// Score is the probability by method 2, the experts' scorecard. An unknown
// signal adds nothing, and a starting client has no constant of his own. Its
// interval is our judgment of the experts': one point of logit on either side.
func (p Params) Score(c Case) Departure {
	eta := p.Scorecard[0]
	var parts [NSignals]float64
	for i := range parts {
		if (c.On & c.Known >> i & 1) == 1 {
			parts[i] = p.Scorecard[min(i+1, 10)]
			eta += parts[i]
		}
	}
	d := Departure{Method: Scorecard, APriori: true}
	d.spread(eta, p.Scorecard[0], 1)
	d.reasons(parts[:], false)
	p.finish(&d, c.Quality)
	return d
}

// reasons keeps the three largest positive contributions, each with its share
// of p − calm in proportion to the logit it adds (method I3).
func (d *Departure) reasons(parts []float64, predictors bool) {
	var sum float64
	for _, x := range parts {
		sum += x
	}
	for range d.Reasons {
		best := -1
		for i, x := range parts {
			if x > 0 && (best < 0 || x > parts[best]) && !d.named(i, predictors) {
				best = i
			}
		}
		if best < 0 {
			return
		}
		r := Reason{Signal: Code(best + 1)}
		if predictors {
			r = Reason{Predictor: Predictor(best + 1)}
		}
		// With gains and losses that nearly cancel, a proportion of the sum has
		// no meaning: then the share is the fall of p when this alone goes.
		r.Points = (d.P - d.Calm) * parts[best] / sum
		if !(sum > 0) || parts[best] > sum {
			r.Points = d.P - hazard.Shifted(d.P, -parts[best])
		}
		d.Reasons[d.N] = r
		d.N++
	}
}

func (d *Departure) named(i int, predictors bool) bool {
	for _, r := range d.Reasons[:d.N] {
		if predictors && int(r.Predictor) == i+1 || !predictors && int(r.Signal) == i+1 {
			return true
		}
	}
	return false
}

// Explain lists how the probability of a client was found, to redo it by hand.
func (t *Table) Explain(c Case) []explain.Step {
	d := t.Read(c)
	prior := t.prior
	if c.Starting {
		prior = t.starting
	}
	steps := []explain.Step{explain.Tally("attrition.former", t.Former), explain.Tally("attrition.retained", t.Retained),
		explain.Share("attrition.prior", prior.P), explain.Num("attrition.lambda", t.p.Lambda)}
	for i, s := range t.Symptom {
		if c.Known>>i&1 == 0 || s.Plus == 1 && s.Minus == 1 {
			continue
		}
		lr := s.Minus
		if c.On>>i&1 == 1 {
			lr = s.Plus
		}
		steps = append(steps, explain.Name("attrition.signal", Code(i+1).String()), explain.Of("attrition.lr", lr, explain.Ratio))
	}
	return append(steps, d.steps()...)
}

// ExplainScore lists how the scorecard came to its probability.
func (p Params) ExplainScore(c Case) []explain.Step {
	steps := []explain.Step{explain.Num("attrition.constant", p.Scorecard[0])}
	for i := range NSignals {
		if (c.On & c.Known >> i & 1) == 1 {
			steps = append(steps, explain.Name("attrition.signal", Code(i+1).String()), explain.Num("attrition.points", p.Scorecard[min(i+1, 10)]))
		}
	}
	return append(steps, p.Score(c).steps()...)
}

func (d Departure) steps() []explain.Step {
	steps := []explain.Step{}
	if d.P > 0 && d.P < 1 {
		steps = append(steps, explain.Num("attrition.logit", math.Log(d.P/(1-d.P))))
	}
	return append(steps, explain.Share("attrition.calm", d.Calm), explain.Share("attrition.probability", d.P),
		explain.Share("attrition.low", d.Low), explain.Share("attrition.high", d.High))
}

// Recalibrated moves a probability, its interval and its band by the monthly
// one-parameter recalibration ([hazard.Shift]).
func (p Params) Recalibrated(d Departure, by float64) Departure {
	for _, x := range []*float64{&d.P, &d.Low, &d.High, &d.Calm} {
		*x = hazard.Shifted(*x, by)
	}
	d.Band = p.BandOf(d.P)
	return d
}

// Rank orders clients by whom to call first: most probable, then the larger
// stake, then the code. stake and codes may be nil.
func Rank(d []Departure, stake []float64, codes []string) []int32 {
	order, key := make([]int32, 0, len(d)), make([]uint64, len(d))
	for i := range d {
		if d[i].Has() {
			order, key[i] = append(order, int32(i)), ^sorting.Real(d[i].P)
		}
	}
	sorting.Index(order, key, func(a, b int32) int {
		switch {
		case int(max(a, b)) < len(stake) && stake[a] != stake[b]:
			return sign(stake[b] - stake[a])
		case int(max(a, b)) < len(codes) && codes[a] != codes[b]:
			if codes[a] < codes[b] {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	return order
}

func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
