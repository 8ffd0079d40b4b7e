package query

import (
	"math"

	"sillon/engine/attrition"
	"sillon/engine/explain"
	"sillon/engine/loyalty"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/response"
	"sillon/engine/weight"
)

// clientReadings are the figures of one client, in the order of the chapters.
func clientReadings() []reading { return clientRead[:] }

// Constants and names of functions only, for the linker to lay out: nothing is
// run to make it, and the page, which links this package for its types and
// never asks, carries nothing of it.
var clientRead = [...]reading{
	// A
	{topic: "units", section: "A1", figure: (*Analysis).fUnits, data: "c", collect: "visit"},
	{topic: "invested", section: "A2", figure: (*Analysis).fInvested, show: []string{"cost.ofContacts", "cost.direct", "cost.invested"}, data: "c"},
	{topic: "gross", section: "A3", figure: (*Analysis).fGross, show: []string{"cost.sales", "cost.gross", "cost.marginRate"}, data: "s"},
	{topic: "net", section: "A3", figure: (*Analysis).fNet, show: []string{"cost.gross", "cost.invested", "cost.net"}, bands: losesEarns,
		change: (*Analysis).netChanges, data: "sc"},
	{topic: "margin-rate-client", section: "A3", figure: (*Analysis).fRate, show: []string{"cost.sales", "cost.gross", "cost.marginRate"}, data: "s"},
	{topic: "of-sales", section: "A3", figure: (*Analysis).fOfSales, show: []string{"cost.sales", "cost.net", "cost.ofSales"}, bands: losesEarns,
		change: (*Analysis).netChanges, data: "sc"},
	{topic: "return", section: "A3", figure: (*Analysis).fReturn, show: []string{"cost.gross", "cost.invested", "cost.return"},
		bands: underOver, change: (*Analysis).returnChanges, data: "sc"},
	{topic: "break-even", section: "A3", figure: (*Analysis).fBreakEven, show: []string{"cost.invested", "cost.marginRate", "cost.breakEven"}, data: "sc"},
	{topic: "break-even-order", section: "A3", figure: (*Analysis).fOrder, show: []string{"cost.visitPrice", "cost.marginRate", "cost.breakEvenOrder"}, data: "sc"},
	{topic: "bearable", section: "A3", figure: (*Analysis).fBearable, show: []string{"cost.gross", "cost.visitPrice", "cost.bearable"}, data: "sc"},
	// B
	{topic: "balance", section: "B1", figure: (*Analysis).fClass, show: []string{"response.contactIndex", "response.resultIndex", "response.class"},
		classes: []string{"squelette", "poule", "contactivore", "vache"}, change: (*Analysis).balanceChanges, data: "sc"},
	{topic: "devouring", section: "B1", figure: (*Analysis).fD, show: []string{"response.contactIndex", "response.resultIndex", "response.devouring"},
		bands: devourBands, change: (*Analysis).devourChanges, data: "sc"},
	{topic: "elasticity", section: "B2", figure: (*Analysis).fE, show: []string{"response.changeUnits", "response.changeResult", "response.elasticity"},
		bands: elasticBands, data: "sc"},
	{topic: "marginal", section: "B2", figure: (*Analysis).fRM, show: []string{"response.return", "response.price", "response.returnRatio"},
		bands: marginalBands, value: (*Analysis).ratioOf, change: (*Analysis).marginalChanges, data: "sc"},
	{topic: "contact-advice", section: "B4", figure: (*Analysis).fAdvice, show: []string{"response.class", "response.multiplier", "response.changeMax", "response.visitsMin", "response.visitsMax", "response.proposed"},
		change: (*Analysis).balanceChanges, data: "sc"},
	{topic: "proposed", section: "B4", figure: (*Analysis).fProposed, change: (*Analysis).balanceChanges, data: "sc"},
	// C
	{topic: "phase", section: "C1", figure: (*Analysis).fPhase, show: []string{"maturity.age", "maturity.growth", "maturity.ageingScore"}, bands: growthBands,
		value: (*Analysis).growthOf, change: (*Analysis).phaseChanges, data: "s", decided: "phase", collect: "first-order"},
	{topic: "growth", section: "C1", figure: (*Analysis).fGrowth, show: []string{"maturity.salesN", "maturity.salesN1", "maturity.growth"}, bands: growthBands,
		value: (*Analysis).growthOf, change: (*Analysis).phaseChanges, data: "s"},
	{topic: "maturity-index", section: "C4", figure: (*Analysis).fIndex, data: "s", collect: "families"},
	// D
	{topic: "weight", section: "D1", figure: (*Analysis).fWeight, show: []string{"weight.value", "weight.cumBefore", "weight.class"}, change: (*Analysis).weightChanges,
		bands: weightBands, value: (*Analysis).weightOf, rulers: (*Analysis).weightRuler, data: "s"},
	{topic: "climb", section: "D2", figure: (*Analysis).fClimb, change: (*Analysis).rChanges, rulers: (*Analysis).rRuler, data: "s"},
	// E
	{topic: "potential", section: "E1", figure: (*Analysis).fPotential, show: []string{"potential.estimate", "potential.fused", "potential.confidence"},
		bands: sureBands, value: (*Analysis).sureOf, rulers: (*Analysis).pRuler, change: (*Analysis).potentialChanges, data: "e", decided: "potential", collect: "potential"},
	{topic: "plevel", section: "E2", figure: (*Analysis).fPLevel, show: []string{"weight.value", "weight.cumBefore", "weight.level"}, rulers: (*Analysis).pRuler,
		change: (*Analysis).pChanges, data: "en", collect: "potential"},
	{topic: "rlevel", section: "E5", figure: (*Analysis).fRLevel, show: []string{"weight.value", "weight.cumBefore", "weight.level"}, rulers: (*Analysis).rRuler,
		change: (*Analysis).rChanges, data: "sn"},
	{topic: "penetration", section: "E4", figure: (*Analysis).fPen, show: []string{"potential.sales", "potential.potential", "potential.penetration"},
		bands: penBands, change: (*Analysis).penChanges, data: "se", collect: "potential"},
	{topic: "left", section: "E4", figure: (*Analysis).fLeft, show: []string{"potential.sales", "potential.potential", "potential.remaining"}, data: "se", collect: "potential"},
	{topic: "breadth-client", section: "E4", figure: (*Analysis).fBreadth, show: []string{"potential.breadth", "potential.depth", "potential.penetration"}, data: "se", collect: "potential-family"},
	{topic: "pr", section: "E5", figure: (*Analysis).fPR, show: []string{"potential.p", "potential.r", "potential.pr"}, bands: prBands, rulers: (*Analysis).prRulers,
		change: (*Analysis).prChanges, data: "se", collect: "potential"},
	{topic: "contact-key", section: "E5", figure: (*Analysis).fKey, show: []string{"potential.p", "potential.pr", "potential.key"}, data: "se", collect: "potential"},
	// F
	{topic: "engagement-type", section: "F1", figure: (*Analysis).fType, show: []string{"loyalty.adoption", "loyalty.exclusion", "loyalty.type"},
		classes: []string{"engaged", "fickle", "careful", "fleeing"}, change: (*Analysis).speedChanges, data: "s", decided: "type", collect: "families"},
	{topic: "adoption", section: "F1", figure: (*Analysis).fAdoption, show: []string{"loyalty.adoptions", "loyalty.elsewhere", "loyalty.adoption"},
		bands: func(a *Analysis) ([]float64, []string) {
			return []float64{a.Loyalty().Reading.FastAdoption}, []string{"slow", "fast"}
		}, change: (*Analysis).speedChanges, data: "s", collect: "families"},
	{topic: "exclusion", section: "F1", figure: (*Analysis).fExclusion, show: []string{"loyalty.exclusions", "loyalty.withUs", "loyalty.exclusion"},
		bands: func(a *Analysis) ([]float64, []string) {
			return []float64{a.Loyalty().Reading.FastExclusion}, []string{"slow", "fast"}
		}, change: (*Analysis).speedChanges, data: "s", collect: "families"},
	{topic: "heading", section: "F1", figure: (*Analysis).fHeading, show: []string{"loyalty.now", "loyalty.equilibrium", "loyalty.momentum"}, data: "s", collect: "families"},
	{topic: "engagement", section: "F3", figure: (*Analysis).fEngagement, bands: scaleBands, value: (*Analysis).engagementOf, change: (*Analysis).engagementChanges, data: "scpof"},
	{topic: "behaviour", section: "F3", figure: func(a *Analysis, i int) Figure { return facet(a.Facets(i).Behavioural) }, bands: scaleBands, rulers: noRuler, data: "se"},
	{topic: "attitude", section: "F3", figure: func(a *Analysis, i int) Figure { return facet(a.Facets(i).Attitudinal) }, bands: scaleBands, rulers: noRuler, data: "cpof"},
	{topic: "regularity", section: "F3", figure: (*Analysis).fRegularity, show: []string{"loyalty.meanInterval", "loyalty.spread", "loyalty.regularity"}, data: "s"},
	{topic: "lateness", section: "F3", figure: (*Analysis).fLateness, show: []string{"loyalty.since", "loyalty.medianInterval", "loyalty.lateness"}, bands: onTimeLate,
		change: (*Analysis).latenessChanges, data: "s"},
	{topic: "rfm", section: "F3", figure: (*Analysis).fRFM, data: "s"},
	// G
	{topic: "effort-balance", section: "G1", figure: (*Analysis).fBalance, show: []string{"steering.rep", "steering.client", "steering.balance"},
		bands: func(a *Analysis) ([]float64, []string) {
			p := &a.chapters.steering
			return []float64{p.CarryLow, p.CarryHigh}, []string{"us", "both", "client"}
		}, data: "cf", collect: "effort"},
	{topic: "effort-index", section: "G2", figure: (*Analysis).fEffort, data: "f", collect: "effort"},
	{topic: "animation", section: "G3", figure: (*Analysis).fAnimation, bands: scaleBands, value: (*Analysis).animationOf, change: (*Analysis).leverChanges, data: "cpo"},
	// H
	{topic: "file", section: "H0", figure: (*Analysis).fFile, bands: func(a *Analysis) ([]float64, []string) {
		return []float64{a.chapters.capacity.FileUsable}, []string{"poor", "usable"}
	}, change: (*Analysis).fileChanges, data: "secp"},
	{topic: "category", section: "H4", figure: (*Analysis).fCategory, show: []string{"scoring.p", "scoring.r", "scoring.category"},
		classes: []string{"1", "2", "3", "4"}, rulers: (*Analysis).prRulers,
		change: (*Analysis).prChanges, data: "se", decided: "category"},
	{topic: "score", section: "H5", figure: (*Analysis).fScore, show: []string{"scoring.contribution"}, bands: scaleBands, rulers: (*Analysis).scoreRulers,
		change: (*Analysis).scoreChanges, data: "se"},
	{topic: "criterion.r", section: "H5", figure: (*Analysis).fCriterionR, rulers: (*Analysis).rRuler, change: (*Analysis).rChanges, data: "s"},
	{topic: "criterion.p", section: "H5", figure: (*Analysis).fCriterionP, rulers: (*Analysis).pRuler, change: (*Analysis).pChanges, data: "e", collect: "potential"},
	{topic: "criterion.typology", section: "H5", figure: (*Analysis).fCriterionTypology, bands: noteBands, value: (*Analysis).noteOf,
		change: (*Analysis).noteChanges, data: "n", collect: "typology"},
	{topic: "planned", section: "H8", figure: (*Analysis).fMissed},
	{topic: "score-seven", section: "H5", figure: (*Analysis).fSeven, show: []string{"scoring.contribution"}, bands: scaleBands, value: (*Analysis).sevenOf,
		data: "secpof"},
	{topic: "planned-visits", section: "H6", figure: (*Analysis).fPlanned, show: []string{"visits.key", "visits.share", "visits.planned"}, data: "sec"},
	{topic: "urgency", section: "H8", figure: (*Analysis).fUrgency, show: []string{"visits.since", "visits.interval", "visits.urgency"}, bands: onTimeLate,
		change: (*Analysis).urgencyChanges, data: "c", collect: "visit"},
	// I
	{topic: "departure", section: "I3", figure: (*Analysis).fDeparture,
		show: []string{"attrition.calm", "attrition.probability", "attrition.high"}, bands: func(a *Analysis) ([]float64, []string) {
			p := &a.chapters.attrition
			return []float64{p.Amber, p.Red}, []string{"low", "watch", "high"}
		}, value: (*Analysis).departureOf, change: (*Analysis).departureChanges, data: "scvpt", decided: "departure"},
	{topic: "stake", section: "I4", figure: (*Analysis).fStake, show: []string{"attrition.yearly", "attrition.stake", "attrition.gain"}, data: "sce"},
	{topic: "retain", section: "I4", figure: (*Analysis).fRetain, show: []string{"attrition.yearly", "attrition.stake", "attrition.gain"},
		classes: []string{"retain", "let-go", "abandon", "watch"}, data: "sce"},
	{topic: "weapon", section: "I5", figure: (*Analysis).fWeapon, data: "scv"},
	// J
	{topic: "reciprocity", section: "J4", figure: (*Analysis).fRho, show: []string{"relation.ours", "relation.theirs", "relation.rho"},
		bands: func(a *Analysis) ([]float64, []string) {
			return []float64{a.chapters.relation.MinRho}, []string{"one-sided", "fair"}
		}, change: (*Analysis).rhoChanges, data: "o", collect: "promise"},
	{topic: "tie", section: "J6", figure: (*Analysis).fTie, data: "t", collect: "tool"},
	{topic: "expected", section: "foresight", figure: (*Analysis).fExpected, data: "s"},
}

func losesEarns(*Analysis) ([]float64, []string) { return []float64{0}, []string{"loses", "earns"} }
func worseBetter(*Analysis) ([]float64, []string) {
	return []float64{0}, []string{"worse", "better"}
}
func lessMore(*Analysis) ([]float64, []string)   { return []float64{0}, []string{"less", "more"} }
func closedOpen(*Analysis) ([]float64, []string) { return []float64{0}, []string{"closed", "open"} }
func onTimeLate(*Analysis) ([]float64, []string) { return []float64{1}, []string{"on-time", "late"} }
func underOver(*Analysis) ([]float64, []string)  { return []float64{1}, []string{"under", "over"} }

// scaleBands are four equal slices of a scale of 100 that has no threshold.
func scaleBands(*Analysis) ([]float64, []string) {
	return []float64{25, 50, 75}, []string{"scale.1", "scale.2", "scale.3", "scale.4"}
}
func noteBands(*Analysis) ([]float64, []string) {
	return []float64{2, 3, 4}, []string{"1", "2", "3", "4"}
}
func noRuler(*Analysis, int) []WhyRuler { return nil }

func fallingRising(*Analysis) ([]float64, []string) {
	return []float64{1}, []string{"falling", "rising"}
}

// where is the place of client i in the portfolio's columns.
func (a *Analysis) where(i int) int { return int(a.at[i]) }

func euros(x float64, m explain.Mark) Figure {
	return Figure{Value: x, Unit: explain.Money, Mark: m}
}

// missingUnless is a mark that has no value unless something is so.
func missingUnless(is bool, m explain.Mark, why explain.Reason) explain.Mark {
	if !is && m.Has() {
		return explain.Missing(why, m.Steps...)
	}
	return m
}

// A: cost.

func (a *Analysis) fUnits(i int) Figure {
	c := a.Cost()
	f := Figure{Value: c.Units[i], Unit: explain.Number, Mark: explain.Sound(explain.Tally("cost.contacts", int(c.Invested.Visits[i])), explain.Num("cost.units", c.Units[i]))}
	if len(a.facts[i].Contacts) == 0 {
		f.Mark.Status, f.Mark.Reason = explain.NA, explain.NoContact
	}
	return f
}

func (a *Analysis) fInvested(i int) Figure {
	c := a.Cost()
	m := explain.Mark{Status: c.Invested.Status, Reason: c.Invested.Reason, Steps: c.Invested.Explain(i)}
	return euros(float64(c.Invested.Amount[i]), missingUnless(!a.unspent(i), m, explain.NoContact))
}

// unspent reports that nothing was spent on client i because nobody's contacts
// are noted: an amount that is missing, not one of nothing.
func (a *Analysis) unspent(i int) bool {
	c := a.Cost()
	return c.Invested.Amount[i] == 0 && c.Price.Reason == explain.NoContact
}

// margins is the mark of a net margin, with its steps.
func (a *Analysis) margins(i int) explain.Mark {
	c := a.Cost()
	m := c.Margins.Client[i].Mark
	m.Steps = c.Margins.Explain(i)
	if a.Sales[i] == 0 && c.Gross.Margin[i] == 0 && c.Invested.Amount[i] == 0 { // nothing sold, nothing spent: no margin, rather than none
		return explain.Missing(explain.NoSales)
	}
	if m.Reason == explain.NoSales && m.Status == explain.NA { // the amount stands: minus what was invested
		m.Status = explain.Weak
	}
	if m.Status == explain.OK && (c.Gross.Estimated[i] || c.Gross.Unknown[i]) {
		m.Status, m.Reason = explain.Weak, explain.NoCost
	}
	return m
}

func (a *Analysis) fGross(i int) Figure {
	return euros(float64(a.Cost().Gross.Margin[i]), a.margins(i))
}
func (a *Analysis) fNet(i int) Figure {
	return euros(float64(a.Cost().Margins.Client[i].Net), a.margins(i))
}

func (a *Analysis) fRate(i int) Figure {
	m := &a.Cost().Margins.Client[i]
	return Figure{Value: m.Rate, Unit: explain.Percent, Mark: missingUnless(m.HasRates, a.margins(i), explain.NoSales)}
}

func (a *Analysis) fOfSales(i int) Figure {
	m := &a.Cost().Margins.Client[i]
	return Figure{Value: m.OfSales, Unit: explain.Percent, Mark: missingUnless(m.HasRates, a.margins(i), explain.NoSales)}
}

func (a *Analysis) fReturn(i int) Figure {
	m := &a.Cost().Margins.Client[i]
	mark := missingUnless(m.HasReturn, a.margins(i), explain.NoContact)
	return Figure{Value: m.Return, Unit: explain.Ratio, Mark: missingUnless(a.Sales[i] != 0, mark, explain.NoSales)}
}

func (a *Analysis) fBreakEven(i int) Figure {
	m := &a.Cost().Margins.Client[i]
	mark := missingUnless(m.HasBreakEven, a.margins(i), explain.NoSales)
	return euros(float64(m.BreakEven), missingUnless(!a.unspent(i), mark, explain.NoContact))
}

func (a *Analysis) fOrder(i int) Figure {
	m := &a.Cost().Margins.Client[i]
	return euros(float64(m.BreakEvenOrder), missingUnless(m.HasBreakEven, a.margins(i), explain.NoSales))
}

func (a *Analysis) fBearable(i int) Figure {
	m := &a.Cost().Margins.Client[i]
	return Figure{Value: float64(m.Bearable), Unit: explain.Count, Mark: missingUnless(m.HasBearable, a.margins(i), explain.NoCost)}
}

func (a *Analysis) netChanges(i int) (out []WhyChange) {
	c := a.Cost()
	m := &c.Margins.Client[i]
	if m.Net < 0 && m.HasBreakEven {
		if need := float64(m.BreakEven+round64(float64(m.Other)/m.Rate)) - float64(a.Sales[i]); need > 0 {
			out = append(out, WhyChange{Key: "sales", Need: need, Unit: explain.Money, Band: "earns", Far: need / math.Max(1, float64(a.Sales[i]))})
		}
	}
	if c.Visit > 0 {
		n := math.Floor(float64(m.Net) / float64(c.Visit))
		x := WhyChange{Key: "visits", Need: n, Unit: explain.Count, Far: math.Abs(n) / math.Max(1, float64(c.Met[i])), Band: "earns"}
		if m.Net >= 0 { // so many more before it loses: one where nothing is left
			x.Need, x.Band, x.Worsened = n+1, "loses", true
		}
		out = append(out, x)
	}
	return out
}

// returnChanges: the sales at which the margin pays the effort, and the visits.
func (a *Analysis) returnChanges(i int) (out []WhyChange) {
	c := a.Cost()
	m := &c.Margins.Client[i]
	over := m.Return >= 1
	band := "over"
	if over {
		band = "under"
	}
	if need := float64(m.BreakEven - a.Sales[i]); m.HasBreakEven && a.Sales[i] > 0 {
		out = append(out, WhyChange{Key: "sales", Need: need, Unit: explain.Money, Value: 1, Band: band, Far: need / float64(a.Sales[i]), Worsened: over})
	}
	if c.Visit > 0 {
		n := math.Floor(float64(c.Gross.Margin[i]-c.Invested.Amount[i]) / float64(c.Visit))
		if over {
			n++
		}
		out = append(out, WhyChange{Key: "visits", Need: n, Unit: explain.Count, Band: band, Far: n / math.Max(1, float64(c.Met[i])), Worsened: over})
	}
	return out
}

// B: response.

// placed is the place of client i in the balance; false for a prospect or a
// lost client.
func (a *Analysis) placed(i int) (int, bool) {
	k := int(a.Response().Place[i])
	return k, k >= 0
}

func (a *Analysis) fClass(i int) Figure {
	k, ok := a.placed(i)
	b := &a.Response().Balance
	if !ok || a.Single {
		return Figure{Mark: explain.Missing(explain.FewClients)}
	}
	f := Figure{Value: float64(b.Class[k]), Unit: explain.Number, Text: b.Class[k].String(), Mark: explain.Mark{Status: b.Status, Reason: b.Reason, Steps: b.Explain(k)}}
	if b.Class[k] == 0 {
		f.Mark = explain.Missing(b.Reason, f.Mark.Steps...)
	}
	return f
}

func (a *Analysis) fD(i int) Figure {
	f := a.fClass(i)
	if k, ok := a.placed(i); ok && f.Mark.Has() {
		b := &a.Response().Balance
		f.Value, f.Unit = b.D[k], explain.Ratio
		if f.Text = ""; b.Infinite[k] {
			f.Text = "∞"
		}
	}
	return f
}

func devourBands(a *Analysis) ([]float64, []string) {
	return []float64{1, a.chapters.response.Devourer}, []string{"gives", "takes", "devours"}
}

// devourChanges: D = (U ÷ ΣU) ÷ (Q ÷ ΣQ) at its limit, solved for U, and for Q.
func (a *Analysis) devourChanges(i int) (out []WhyChange) {
	k, ok := a.placed(i)
	b, c := a.Response(), a.Cost()
	limit := a.chapters.response.Devourer
	if !ok || a.Single || !b.Balance.Has() || b.Balance.Infinite[k] || limit <= 0 || a.chapters.response.Result != response.ByMargin {
		return nil
	}
	n := float64(len(b.Clients))
	u, q := c.Units[i], float64(c.Gross.Margin[i])
	us, qs := b.Balance.MeanUnits*n, b.Balance.MeanResult*n
	if us <= 0 || qs <= 0 || u <= 0 {
		return nil
	}
	over := b.Balance.D[k] >= limit
	band := "takes"
	if !over {
		band = "devours"
	}
	if d := 1 - limit*q/qs; d > 0 {
		need := limit*(q/qs)*(us-u)/d - u
		out = append(out, WhyChange{Key: "units", Need: need, Unit: explain.Number, Value: limit, Band: band, Far: need / u, Worsened: !over})
	}
	if d := limit - u/us; d > 0 && q > 0 {
		need := (u/us)*(qs-q)/d - q
		out = append(out, WhyChange{Key: "margin", Need: need, Unit: explain.Money, Value: limit, Band: band, Far: need / q, Worsened: !over})
	}
	return out
}

// balanceChanges: the contacts and the margin at the limits of the quadrants.
func (a *Analysis) balanceChanges(i int) (out []WhyChange) {
	k, ok := a.placed(i)
	b, c := a.Response(), a.Cost()
	if !ok || a.Single || !b.Balance.Has() || b.Balance.Class[k] == 0 {
		return nil
	}
	n := float64(len(b.Clients))
	limit := func(own, mean, at float64) float64 { // the mean moves with the client
		if a.chapters.response.Threshold == response.Mean && n > 1 {
			return (mean*n - own) / (n - 1)
		}
		return at
	}
	u, q := c.Units[i], float64(c.Gross.Margin[i])
	lu, lq := limit(u, b.Balance.MeanUnits, b.Balance.LimitUnits), limit(q, b.Balance.MeanResult, b.Balance.LimitResult)
	often, rich := u >= lu, q >= lq
	name := func(often, rich bool) string {
		return [...]response.Class{response.Skeleton, response.Hen, response.Devourer, response.Cow}[2*one(often)+one(rich)].String()
	}
	out = append(out, WhyChange{Key: "units", Need: lu - u, Unit: explain.Number, Band: name(!often, rich), Far: (lu - u) / math.Max(1, u), Worsened: !often})
	if a.chapters.response.Result == response.ByMargin {
		out = append(out, WhyChange{Key: "margin", Need: lq - q, Unit: explain.Money, Band: name(often, !rich), Far: (lq - q) / math.Max(1, math.Abs(q)), Worsened: rich})
	}
	return out
}

func (a *Analysis) flowMark(i int) (*response.Reading, explain.Mark, bool) {
	k, ok := a.placed(i)
	if !ok {
		return nil, explain.Missing(explain.NewClient), false
	}
	f := &a.Response().Flow
	r := &f.Reading[k]
	return r, explain.Mark{Status: r.Status, Reason: r.Reason, Steps: f.Explain(k)}, true
}

func (a *Analysis) fE(i int) Figure {
	r, m, ok := a.flowMark(i)
	if !ok {
		return Figure{Mark: m}
	}
	return Figure{Value: r.E, Unit: explain.Number, Mark: m}
}

func (a *Analysis) fRM(i int) Figure {
	r, m, ok := a.flowMark(i)
	if !ok {
		return Figure{Mark: m}
	}
	why := r.Silent
	if why == 0 {
		why = explain.NoContact
	}
	return euros(r.Return, missingUnless(r.HasReturn, m, why))
}

func elasticBands(a *Analysis) ([]float64, []string) {
	return a.chapters.response.Bands[:], []string{"reverse", "insensitive", "moderate", "very"}
}

func marginalBands(a *Analysis) ([]float64, []string) {
	p := &a.chapters.response
	return []float64{p.ReduceBelow, p.AddAbove}, []string{"reduce", "hold", "add"}
}

// ratioOf is the marginal return ÷ the price of a unit.
func (a *Analysis) ratioOf(i int) (float64, bool) {
	r, m, ok := a.flowMark(i)
	if u := a.Cost().Unit; ok && m.Has() && r.HasReturn && u > 0 {
		return r.Return / float64(u), true
	}
	return 0, false
}

// marginalChanges: RM = E·MB ÷ U at each limit, solved for U.
func (a *Analysis) marginalChanges(i int) (out []WhyChange) {
	x, ok := a.ratioOf(i)
	u := a.Cost().Units[i]
	if !ok || x <= 0 || u <= 0 {
		return nil
	}
	cuts, keys := marginalBands(a)
	for k, cut := range cuts {
		if cut <= 0 {
			continue
		}
		need, band := u*x/cut-u, keys[k]
		if x < cut {
			band = keys[k+1]
		}
		out = append(out, WhyChange{Key: "units", Need: need, Unit: explain.Number, Value: cut, Band: band, Far: need / u})
	}
	return out
}

func (a *Analysis) fAdvice(i int) Figure {
	k, ok := a.placed(i)
	if !ok {
		return Figure{Mark: explain.Missing(explain.NewClient)}
	}
	s := &a.Response().Strategy
	p := &s.Proposal[k]
	return Figure{Value: float64(p.Advice), Unit: explain.Number, Text: "response.advice." + itoa(int(p.Advice)), Mark: explain.Mark{Status: p.Status, Reason: p.Reason, Steps: s.Explain(k)}}
}

func (a *Analysis) fProposed(i int) Figure {
	f := a.fAdvice(i)
	if k, ok := a.placed(i); ok {
		f.Value, f.Unit, f.Text = float64(a.Response().Strategy.Proposal[k].Visits), explain.Count, ""
	}
	return f
}

func itoa(n int) string {
	if n >= 10 {
		return digit(n/10%10) + digit(n%10)
	}
	return digit(n)
}

// C: maturity.

func (a *Analysis) phaseMark(i int) explain.Mark {
	v := &a.lived().Verdict[i]
	m := explain.Mark{Status: v.Status, Reason: v.Mark.Reason, Steps: v.Explain(a.rules.maturity)}
	if v.Why >= maturity.NoProject && v.Why <= maturity.Ended && len(v.Steps) > 0 { // a special situation has its own
		m.Steps = v.Steps
	}
	ph := a.lived().Phase[i]
	if ph == 0 && v.Why != maturity.Uncovered {
		return explain.Missing(explain.NoSales, m.Steps...)
	}
	if !a.sc.Second && m.Status == explain.OK && ph != maturity.Prospect {
		m.Status, m.Reason = explain.Weak, explain.FewPeriods
	}
	return m
}

func (a *Analysis) fPhase(i int) Figure {
	ph := a.lived().Phase[i]
	return Figure{Value: float64(ph), Unit: explain.Number, Text: letterOf(ph), Mark: a.phaseMark(i)}
}

func (a *Analysis) fGrowth(i int) Figure {
	m := a.phaseMark(i)
	if v := &a.lived().Verdict[i]; !v.HasG || !a.sc.Second {
		why := explain.NoSales
		if !a.sc.Second {
			why = explain.FewPeriods
		} else if a.lived().Phase[i] == maturity.Start {
			why = explain.NewClient
		}
		return Figure{Unit: explain.Percent, Mark: explain.Missing(why, m.Steps...)}
	}
	return Figure{Value: a.lived().Verdict[i].G, Unit: explain.Percent, Mark: m}
}

func growthBands(a *Analysis) ([]float64, []string) {
	p := &a.rules.maturity // at the lower threshold it falls, at the upper one it grows
	return []float64{math.Nextafter(p.Down/100, 1), p.Up / 100}, []string{"V", "M", "C"}
}

// growthOf is the growth that decides the phase; false when something else
// does: age, silence, signs or a person.
func (a *Analysis) growthOf(i int) (float64, bool) {
	v := &a.lived().Verdict[i]
	switch v.Why {
	case maturity.Falling, maturity.Rising, maturity.Steady:
		return v.G, v.HasG && a.sc.Second
	}
	return 0, false
}

// phaseChanges: the sales of N that reach each threshold of growth.
func (a *Analysis) phaseChanges(i int) (out []WhyChange) {
	v, p := &a.lived().Verdict[i], &a.rules.maturity
	before := float64(a.Sales1[i])
	if _, ok := a.growthOf(i); ok && before > 0 {
		shift, now := 1.0, float64(a.Sales[i])
		if p.Relative {
			shift += a.growth()
		}
		falls, grows := math.Floor(before*(shift+p.Down/100)), math.Ceil(before*(shift+p.Up/100))
		add := func(to float64, band string, worse bool) {
			out = append(out, WhyChange{Key: "sales", Need: to - now, Unit: explain.Money, Value: to/before - 1, Band: band, Far: (to - now) / math.Max(1, now), Worsened: worse})
		}
		if now > falls {
			add(falls, "V", true)
		} else {
			add(falls+1, "M", false)
		}
		if now >= grows {
			add(grows-1, "M", true)
		} else {
			add(grows, "C", false)
		}
	}
	if day, ok := v.LostOn(*p); ok && day > a.AsOf {
		d := float64(day - a.AsOf)
		out = append(out, WhyChange{Key: "silence", Need: d, Unit: explain.Days, Band: "X", Far: d / 365, Worsened: true})
	}
	if v.Why == maturity.Young {
		n := float64(p.StartMonths - v.Age)
		out = append(out, WhyChange{Key: "age", Need: n, Unit: explain.Months, Far: n / 12})
	}
	return out
}

func (a *Analysis) fIndex(i int) Figure {
	names := make([]string, len(a.Products))
	for f := range names {
		names[f] = a.familyName(f)
	}
	r := a.Families().Result(i, names)
	return Figure{Value: r.Value, Unit: explain.Number, Mark: r.Mark}
}

// D: weight.

func (a *Analysis) fWeight(i int) Figure {
	p, k := &a.sc.ABC, a.where(i)
	if p.Class[k] == 0 {
		return Figure{Mark: explain.Missing(explain.NoSales)}
	}
	return Figure{Value: float64(p.Class[k]), Unit: explain.Number, Text: p.Class[k].String(), Mark: explain.Mark{Status: p.Status, Reason: p.Reason, Steps: p.Explain(k)}}
}

func (a *Analysis) weightRuler(i int) []WhyRuler {
	p, k := &a.sc.ABC, a.where(i)
	if p.Class[k] == 0 {
		return nil
	}
	levels := make([]uint8, len(p.Class)) // C is the first band
	for j, c := range p.Class {
		if c != 0 {
			levels[j] = uint8(4 - c)
		}
	}
	r := a.levelRuler("weight", levels, a.sc.N, k)
	r.Bands = r.Bands[:3]
	for b := range r.Bands {
		r.Bands[b].Key = "CBA"[b : b+1]
	}
	return []WhyRuler{r}
}

// weightBands are the cuts of D1, on the share of the sales before a client.
func weightBands(a *Analysis) ([]float64, []string) {
	p := &a.rules.weight
	return []float64{(p.CutA - p.Tol) / 100, (p.CutB - p.Tol) / 100}, []string{"A", "B", "C"}
}

// weightOf is a share inside the band of the class: whole numbers decided it.
func (a *Analysis) weightOf(i int) (float64, bool) {
	cuts, _ := weightBands(a)
	switch a.sc.ABC.Class[a.where(i)] {
	case weight.A:
		return 0, true
	case weight.B:
		return cuts[0], true
	case weight.C:
		return cuts[1], true
	}
	return 0, false
}

// before sums the values above v of the others, and all of theirs.
func before(values []money.Cents, out []bool, k int, v money.Cents) (above, all float64) {
	for j, x := range values {
		if j == k || x <= 0 || out != nil && out[j] {
			continue
		}
		all += float64(x)
		if x > v {
			above += float64(x)
		}
	}
	return above, all
}

// levelIf is the level a client of a column would have with another value, all
// ranked again: 4 the top.
func (a *Analysis) levelIf(values []money.Cents, out []bool, k int, v money.Cents) int {
	if v <= 0 {
		return 0
	}
	above, all := before(values, out, k, v)
	if a.rules.weight.Boundary == weight.Midpoint {
		above += float64(v) / 2
	}
	return 4 - min(3, int(4*above/(all+float64(v))))
}

// turn is the value from which a test holds: the smallest above own, or the
// largest below it that no longer has it. Both by halving.
func turn(own money.Cents, up bool, holds func(money.Cents) bool) (money.Cents, bool) {
	lo, hi := own, max(own, 100)
	if up {
		for range 24 {
			if hi = hi.Plus(hi); holds(hi) {
				break
			}
		}
		if !holds(hi) {
			return 0, false
		}
		for hi-lo > 1 {
			if mid := lo + (hi-lo)/2; holds(mid) {
				hi = mid
			} else {
				lo = mid
			}
		}
		return hi, true
	}
	lo, hi = 0, own
	if own <= 0 || !holds(lo) {
		return 0, false
	}
	for hi-lo > 1 {
		if mid := lo + (hi-lo)/2; holds(mid) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo, true
}

// floorChanges are the amounts at which client k climbs or falls a floor.
func (a *Analysis) floorChanges(key, letter string, values []money.Cents, out []bool, k, level int) (list []WhyChange) {
	own := values[k]
	add := func(v money.Cents, worse bool) {
		to := a.levelIf(values, out, k, v)
		list = append(list, WhyChange{Key: key, Need: float64(v - own), Unit: explain.Money, Value: float64(to), Band: letter + digit(to),
			Far: float64(v-own) / math.Max(1, float64(own)), Tried: true, Worsened: worse})
	}
	if level < 4 {
		if v, ok := turn(max(own, 0), true, func(v money.Cents) bool { return a.levelIf(values, out, k, v) > level }); ok {
			add(v, false)
		}
	}
	if level > 1 {
		if v, ok := turn(own, false, func(v money.Cents) bool { return a.levelIf(values, out, k, v) < level }); ok && v > 0 {
			add(v, true)
		}
	}
	return list
}

func (a *Analysis) rChanges(i int) []WhyChange {
	k := a.where(i)
	return a.floorChanges("sales", "R", a.sc.N, a.sc.prospect, k, int(a.sc.R.Level[k]))
}

func (a *Analysis) pChanges(i int) []WhyChange {
	if !a.Known[i] {
		return nil
	}
	k := a.where(i)
	return a.floorChanges("potential", "P", a.sc.worth, nil, k, int(a.sc.Levels.P[k]))
}

func (a *Analysis) weightChanges(i int) (out []WhyChange) {
	k := a.where(i)
	now := a.sc.ABC.Class[k]
	class := func(v money.Cents) weight.Class { return a.classIf(k, v) }
	own := a.Sales[i]
	if now == 0 || own <= 0 || !a.sc.ABC.Has() {
		return nil
	}
	add := func(v money.Cents, worse bool) {
		c := class(v)
		out = append(out, WhyChange{Key: "sales", Need: float64(v - own), Unit: explain.Money, Value: float64(c), Band: c.String(), Far: float64(v-own) / float64(own), Tried: true, Worsened: worse})
	}
	if now > weight.A {
		if v, ok := turn(own, true, func(v money.Cents) bool { return class(v) < now }); ok {
			add(v, false)
		}
	}
	if now < weight.C {
		if v, ok := turn(own, false, func(v money.Cents) bool { return class(v) > now }); ok && v > 0 {
			add(v, true)
		}
	}
	return out
}

func (a *Analysis) fClimb(i int) Figure {
	f, k := &a.sc.R, a.where(i)
	c, ok := f.Climb(k)
	m := explain.Mark{Status: f.Status, Reason: f.Reason, Steps: f.Explain(k)}
	return euros(float64(c.Cost), missingUnless(ok, m, explain.NoSales))
}

// E: potential.

func (a *Analysis) fPotential(i int) Figure {
	x := a.sc.appraise(a.where(i))
	return euros(float64(x.Value), x.Mark)
}

// sureBands: under the least confidence a level is dotted (E2).
func sureBands(a *Analysis) ([]float64, []string) {
	return []float64{a.rules.potential.MinConfidence}, []string{"unsure", "sure"}
}

func (a *Analysis) sureOf(i int) (float64, bool) {
	return ours(a.Book, a.sc.Appraisal)[i].Confidence, a.Known[i]
}

func (a *Analysis) potentialChanges(i int) (out []WhyChange) {
	x := &ours(a.Book, a.sc.Appraisal)[i]
	if p := a.rules.potential; x.Confidence < 1 {
		q := p.Quality[portfolio.Declared]
		out = append(out, WhyChange{Key: "estimate", Need: q, Unit: explain.Percent, Value: math.Min(1, x.Confidence+q), Far: 1 - x.Confidence})
	}
	return append(out, a.pChanges(i)...)
}

func (a *Analysis) level(f *weight.Floors, n uint8, m explain.Mark, i int) Figure {
	m.Steps = f.Explain(a.where(i))
	return Figure{Value: float64(a.rules.potential.Shown(n)), Unit: explain.Level, Mark: m}
}

func (a *Analysis) fPLevel(i int) Figure {
	l, k := &a.sc.Levels, a.where(i)
	m := explain.Mark{Status: l.Status, Reason: l.Reason}
	if l.Dotted[k] {
		m.Status = explain.Weak
	}
	if !a.Known[i] {
		return Figure{Unit: explain.Level, Mark: explain.Missing(explain.NoPotential)}
	}
	return a.level(&l.Floors, l.P[k], m, i)
}

func (a *Analysis) fRLevel(i int) Figure {
	f := &a.sc.R
	return a.level(f, f.Level[a.where(i)], explain.Mark{Status: f.Status, Reason: f.Reason}, i)
}

func (a *Analysis) pRuler(i int) []WhyRuler {
	if !a.Known[i] {
		return nil
	}
	return []WhyRuler{a.levelRuler("plevel", a.sc.Levels.P, a.sc.worth, a.where(i))}
}

func (a *Analysis) rRuler(i int) []WhyRuler {
	return []WhyRuler{a.levelRuler("rlevel", a.sc.R.Level, a.sc.N, a.where(i))}
}

func (a *Analysis) prRulers(i int) []WhyRuler { return append(a.pRuler(i), a.rRuler(i)...) }

func (a *Analysis) fPen(i int) Figure {
	p := a.sc.penOf(a.where(i))
	return Figure{Value: p.Rate, Unit: explain.Percent, Mark: p.Mark}
}

func (a *Analysis) fLeft(i int) Figure {
	p := a.sc.penOf(a.where(i))
	return euros(float64(p.Remaining), p.Mark)
}

// penBands: under or over the penetration of the portfolio, and over the
// potential itself.
func penBands(a *Analysis) ([]float64, []string) {
	if r := a.sc.Pen.Rate; a.sc.Pen.Has() && r > 0 && r < 1 {
		return []float64{r, 1.0000001}, []string{"under", "over", "overflow"}
	}
	return []float64{1.0000001}, []string{"over", "overflow"}
}

func (a *Analysis) penChanges(i int) (out []WhyChange) {
	r := a.sc.Pen.Rate
	if !a.Known[i] || a.Worth[i] <= 0 || !a.sc.Pen.Has() || r <= 0 || r >= 1 {
		return nil
	}
	need := math.Ceil(r*float64(a.Worth[i])) - float64(a.Sales[i])
	x := WhyChange{Key: "sales", Need: need, Unit: explain.Money, Value: r, Band: "over", Far: need / math.Max(1, float64(a.Sales[i]))}
	if need <= 0 {
		x.Need, x.Band, x.Worsened = need-1, "under", true
	}
	return append(out, x)
}

func (a *Analysis) fBreadth(i int) Figure {
	s := &a.Families().Split[i]
	return Figure{Value: s.Breadth, Unit: explain.Percent, Mark: s.Mark}
}

func (a *Analysis) fPR(i int) Figure { return a.sc.prFigure(a.where(i)) }

func (a *Analysis) fKey(i int) Figure {
	f := a.fPR(i)
	f.Value = a.sc.Board.Key[a.where(i)]
	return f
}

func prBands(*Analysis) ([]float64, []string) {
	return []float64{-1, 0, 1, 2}, []string{"-2", "-1", "0", "1", "2"}
}

// prChanges are those of P and of R, with the gap and the strategy they lead
// to.
func (a *Analysis) prChanges(i int) []WhyChange {
	k := a.where(i)
	p, r := int(a.sc.Levels.P[k]), int(a.sc.R.Level[k])
	var out []WhyChange
	for _, c := range a.pChanges(i) {
		c.Value, c.Band = c.Value-float64(r), c.Band+"–R"+digit(r)
		out = append(out, c)
	}
	for _, c := range a.rChanges(i) {
		c.Value, c.Band = float64(p)-c.Value, "P"+digit(p)+"–"+c.Band
		out = append(out, c)
	}
	return out
}

// F: loyalty.

func (a *Analysis) speed(i int) (*loyalty.Speed, explain.Mark) {
	r := &a.Loyalty().Reading
	s := &r.Speed[i]
	return s, explain.Mark{Status: s.Status, Reason: s.Reason, Steps: r.Explain(i)}
}

func (a *Analysis) fType(i int) Figure {
	s, m := a.speed(i)
	if _, ok := a.typeDecided(i); ok && !m.Has() {
		m = explain.Sound(m.Steps...)
	}
	f := Figure{Value: float64(s.Type), Unit: explain.Number, Mark: missingUnless(s.Type != 0, m, explain.NoData)}
	if s.Type != 0 {
		f.Text = s.Type.Key()
	}
	return f
}

func (a *Analysis) fAdoption(i int) Figure {
	s, m := a.speed(i)
	return Figure{Value: s.Adoption, Unit: explain.Percent, Mark: m}
}

func (a *Analysis) fExclusion(i int) Figure {
	s, m := a.speed(i)
	return Figure{Value: s.Exclusion, Unit: explain.Percent, Mark: m}
}

func (a *Analysis) fHeading(i int) Figure {
	s, m := a.speed(i)
	return Figure{Value: s.Heading, Unit: explain.Percent, Mark: m}
}

// speedChanges: how many families more or fewer move a speed over its
// threshold, (e + κ·pool) ÷ (exposures + κ).
func (a *Analysis) speedChanges(i int) (out []WhyChange) {
	s, m := a.speed(i)
	if !m.Has() || s.ByValue || s.PoolOnly {
		return nil
	}
	r, kappa := &a.Loyalty().Reading, a.chapters.loyalty.Kappa
	add := func(key string, events, exposure, rate, fast float64, bad bool) {
		need := fast*(exposure+kappa) - rate*(exposure+kappa)
		slow := rate < fast
		n := math.Ceil(need - 1e-9) // at the threshold it is fast
		if !slow {
			n--
		}
		if !slow && events+n < 0 {
			return
		}
		band := "fast"
		if !slow {
			band = "slow"
		}
		out = append(out, WhyChange{Key: key, Need: n, Unit: explain.Count, Value: rate + n/(exposure+kappa), Band: band, Far: math.Abs(n) / math.Max(1, exposure), Worsened: slow == bad})
	}
	if s.Elsewhere+kappa > 0 && !s.NeverElsewhere {
		add("adopt", s.Adoptions, s.Elsewhere, s.Adoption, r.FastAdoption, false)
	}
	if s.WithUs+kappa > 0 && !s.NeverWithUs {
		add("exclude", s.Exclusions, s.WithUs, s.Exclusion, r.FastExclusion, true)
	}
	return out
}

func (a *Analysis) fEngagement(i int) Figure {
	e := a.engagement(i)
	return Figure{Value: e.Value, Unit: explain.Points, Mark: e.Mark}
}

func (a *Analysis) engagementOf(i int) (float64, bool) {
	e := &a.Loyalty().Engagement[i]
	return e.Value, e.Has()
}

func facet(e loyalty.Engagement) Figure {
	return Figure{Value: e.Value, Unit: explain.Points, Mark: e.Mark}
}

// engagementKeys are the components of the index.
var engagementKeys = [...]string{"equilibrium", "loyalty", "regularity", "penetration", "efforts", "satisfaction", "interlocutors", "commitments"}

// engagementChanges: what each component could still bring.
func (a *Analysis) engagementChanges(i int) (out []WhyChange) {
	l := a.Loyalty()
	parts := l.Indicators[i].Parts(l.Reading.Speed[i])
	w, sum := a.chapters.loyalty.Weights, 0.0
	for k, x := range parts {
		if x.Known {
			sum += w[k]
		}
	}
	for k, x := range parts {
		gain := 0.0
		if x.Known && sum > 0 {
			gain = 100 * w[k] * (1 - min(1, max(0, x.Value))) / sum
		}
		if gain > .05 {
			out = append(out, WhyChange{Key: engagementKeys[k], Need: 1 - x.Value, Unit: explain.Percent, Value: l.Engagement[i].Value + gain, Far: 1 / gain})
		}
	}
	return out
}

func (a *Analysis) fRegularity(i int) Figure {
	r := a.rhythm(i).Regularity
	return Figure{Value: r.Value, Unit: explain.Percent, Mark: r.Mark}
}

func (a *Analysis) fLateness(i int) Figure {
	r := a.rhythm(i).Lateness
	return Figure{Value: r.Value, Unit: explain.Ratio, Mark: r.Mark}
}

// latenessChanges: the silence that makes him late.
func (a *Analysis) latenessChanges(i int) []WhyChange {
	r := a.rhythm(i).Lateness
	if r.Value >= 1 || r.Value <= 0 {
		return nil
	}
	for _, s := range r.Steps {
		if s.Key == "loyalty.medianInterval" {
			d := math.Ceil(s.Value * (1 - r.Value))
			return []WhyChange{{Key: "silence", Need: d, Unit: explain.Days, Band: "late", Far: d / math.Max(1, s.Value), Worsened: true}}
		}
	}
	return nil
}

func (a *Analysis) fRFM(i int) Figure {
	r := &a.Loyalty().RFM
	f := Figure{Value: float64(r.Code[i]), Unit: explain.Number, Mark: explain.Mark{Status: r.Status, Reason: r.Reason, Steps: r.Explain(i)}}
	f.Mark = missingUnless(r.Code[i] != 0, f.Mark, explain.NoSales)
	return f
}

// G: steering.

func (a *Analysis) fBalance(i int) Figure {
	k, ok := a.placed(i)
	s := &a.Steering().Sharing
	if !ok || k >= len(s.Balance) {
		return Figure{Mark: explain.Missing(explain.NoData)}
	}
	r := s.Of(k)
	return Figure{Value: r.Value, Unit: explain.Ratio, Mark: r.Mark}
}

func (a *Analysis) fEffort(i int) Figure {
	s := a.effort(i)
	return Figure{Value: s.IE, Unit: explain.Percent, Mark: s.Mark}
}

func (a *Analysis) fAnimation(i int) Figure {
	s := a.animation(i)
	if len(a.facts[i].Contacts) == 0 {
		s.Mark = explain.Missing(explain.NoContact)
	}
	return Figure{Value: s.Score, Unit: explain.Points, Mark: s.Mark}
}

func (a *Analysis) animationOf(i int) (float64, bool) {
	s := &a.Steering().Animation[i]
	return s.Score, s.Has() && len(a.facts[i].Contacts) > 0
}

// leverKeys are the five levers of G3.
var leverKeys = [...]string{"discourse", "bases", "presence", "promises", "ledger"}

func (a *Analysis) leverChanges(i int) (out []WhyChange) {
	s := &a.Steering().Animation[i]
	n := 0.0
	for _, known := range s.Known {
		n += float64(one(known))
	}
	for k, l := range s.Weakest {
		if gain := 100 * (1 - s.Branch[l]) / math.Max(1, n); gain > .05 {
			out = append(out, WhyChange{Key: leverKeys[l], Need: 1 - s.Branch[l], Unit: explain.Percent, Value: s.Score + gain, Far: float64(k+1) / 10})
		}
	}
	return out
}

// H: files, categories, scores, visits.

func (a *Analysis) fFile(i int) Figure {
	f := a.filling(i)
	return Figure{Value: f.Rate, Unit: explain.Percent, Mark: f.Mark}
}

// fieldKeys are the parts of a file (H0).
var fieldKeys = [...]string{"identity", "person", "potential", "families", "competitor", "visit", "consent"}

func (a *Analysis) fileChanges(i int) (out []WhyChange) {
	f, w := &a.Files().Filling[i], &a.chapters.capacity.FileWeights
	sum := 0.0
	for _, x := range w {
		sum += x
	}
	for k, m := range f.Missing {
		if sum > 0 {
			out = append(out, WhyChange{Key: "field." + fieldKeys[m], Need: 1, Unit: explain.Count, Value: f.Rate + w[m]/sum, Far: float64(k+1) / 10})
		}
	}
	return out
}

func (a *Analysis) fCategory(i int) Figure {
	k := a.where(i)
	v := &a.sc.Computed[k]
	c := a.sc.Category[k]
	steps := append(scoreCategory(a.sc, k), explain.Num("scoring.category", float64(v.Category)))
	return Figure{Value: float64(c), Unit: explain.Number, Text: digit(int(c)), Mark: explain.Mark{Status: v.Status, Reason: v.Reason, Steps: steps}}
}

func (a *Analysis) fScore(i int) Figure { return a.sc.scoreFigure(a.where(i)) }

// fCriterion is what one criterion brings to the score.
func (a *Analysis) fCriterion(key string, i int) Figure {
	for _, b := range a.sc.bars(a.where(i)) {
		if b.Key == key {
			return b.Figure
		}
	}
	return Figure{Unit: explain.Points, Mark: explain.Missing(explain.NoData)}
}

func (a *Analysis) fCriterionR(i int) Figure        { return a.fCriterion("criterion.r", i) }
func (a *Analysis) fCriterionP(i int) Figure        { return a.fCriterion("criterion.p", i) }
func (a *Analysis) fCriterionTypology(i int) Figure { return a.fCriterion("criterion.typology", i) }

// fMissed is for how many days an appointment has waited to be logged.
func (a *Analysis) fMissed(i int) Figure {
	for _, p := range a.Cards[i].Plans {
		if p.Day < a.today {
			return Figure{Value: float64(a.today - p.Day), Unit: explain.Days, Mark: explain.Sound(explain.Of("query.planned", float64(p.Day), explain.Date))}
		}
	}
	return Figure{Unit: explain.Days, Mark: explain.Missing(explain.NoData)}
}

// scoreRulers sets each part of the score on its ruler: floors of sales and of
// potential, notes of the relation.
func (a *Analysis) scoreRulers(i int) []WhyRuler {
	out := a.rRuler(i)
	p := a.pRuler(i)
	if p == nil { // the rulers follow the steps
		p = []WhyRuler{{Topic: "plevel", At: -1, Place: 1}}
	}
	out = append(out, p...)
	if x, ok := a.noteOf(i); ok {
		cuts, keys := noteBands(a)
		out = append(out, a.ruler(&reading{topic: "criterion.typology", value: (*Analysis).noteOf}, cuts, keys, i, x))
	}
	return out
}

// noteOf is the note of the relation of client i, when it is known.
func (a *Analysis) noteOf(i int) (float64, bool) { return a.rules.scoring.Note(a.Cards[i].Typology) }

// noteChanges is what a more open relation brings.
func (a *Analysis) noteChanges(i int) (out []WhyChange) {
	for _, c := range a.scoreChanges(i) {
		if c.Key == "criterion.typology" {
			out = append(out, c)
		}
	}
	return out
}

// scoreChanges are the amounts at which R and P climb or fall, with the score
// they lead to, and the next step of what has no amount.
func (a *Analysis) scoreChanges(i int) (out []WhyChange) {
	k, s := a.where(i), &a.sc.Sheet
	grid := scoringGrid(a.rules)
	for c := range grid {
		var list []WhyChange
		switch grid[c].Key {
		case "criterion.r":
			list = a.rChanges(i)
		case "criterion.p":
			list = a.pChanges(i)
		}
		for _, x := range list {
			x.Value = s.If(k, c, x.Value)
			out = append(out, x)
		}
	}
	for _, l := range s.Levers(k) {
		if key := grid[l.Criterion].Key; key != "criterion.r" && key != "criterion.p" {
			out = append(out, WhyChange{Key: key, Need: l.To - l.From, Unit: explain.Points, Value: s.Score100[k] + l.Gain, Far: l.Distance, Tried: true})
		}
	}
	return out
}

// sevenOf is the score of seven criteria without its steps.
func (a *Analysis) sevenOf(i int) (float64, bool) {
	s := &a.Grid().Seven
	return s.Score100[i], s.Has()
}

func (a *Analysis) fSeven(i int) Figure {
	s := &a.Grid().Seven
	m := explain.Mark{Status: s.Status, Reason: s.Reason, Steps: s.Explain(i)}
	if m.Has() && s.Weak[i] {
		m.Status, m.Reason = explain.Weak, explain.NoData
	}
	f := Figure{Unit: explain.Points, Mark: m}
	if m.Has() {
		f.Value = s.Score100[i]
	}
	return f
}

func (a *Analysis) fPlanned(i int) Figure {
	p := &a.Visits().ByScore
	if i >= len(p.Visits) {
		return Figure{Unit: explain.Count, Mark: explain.Missing(explain.FewClients)}
	}
	m := explain.Mark{Status: p.Status, Reason: p.Reason, Steps: p.Explain(i)}
	m = missingUnless(!a.Prospect[i], m, explain.NoSales) // theirs are not of the stock
	m = missingUnless(a.Visits().Budget > 0, m, explain.NoContact)
	return Figure{Value: float64(p.Visits[i]), Unit: explain.Count, Mark: m}
}

func (a *Analysis) fUrgency(i int) Figure {
	u := a.sc.urgency(a.where(i))
	return Figure{Value: u.Value, Unit: explain.Ratio, Mark: u.Mark}
}

func (a *Analysis) urgencyChanges(i int) []WhyChange {
	v, k := &a.sc.Visits, a.where(i)
	if v.Interval[k] <= 0 || v.Since[k] < 0 {
		return nil
	}
	d := v.Interval[k] - float64(v.Since[k])
	if d < 0 {
		return []WhyChange{{Key: "visit", Need: 1, Unit: explain.Count, Band: "on-time", Far: 0}}
	}
	return []WhyChange{{Key: "days", Need: d, Unit: explain.Days, Band: "late", Far: d / v.Interval[k], Worsened: true}}
}

// I: departure.

func (a *Analysis) departureMark(i int) explain.Mark {
	at := a.Attrition()
	d := &at.Departure[i]
	m := explain.Mark{Status: d.Status, Reason: d.Reason, Steps: d.Steps}
	if !m.Has() || a.Response().Place[i] < 0 {
		return m
	}
	switch p := a.chapters.attrition; d.Method {
	case attrition.Hazard:
		det := attrition.NewDetector(a.AsOf, p)
		m.Steps = p.ExplainHazard(&a.fits.Hazard, a.predictors(det, i), at.Case[i].Quality)
	case attrition.Bayes:
		m.Steps = at.Table.Explain(at.Case[i])
	default:
		m.Steps = p.ExplainScore(at.Case[i])
	}
	if d.Grey && m.Status == explain.OK {
		m.Status, m.Reason = explain.Weak, explain.NoData
	}
	return m
}

func (a *Analysis) fDeparture(i int) Figure {
	return Figure{Value: a.Attrition().Departure[i].P, Unit: explain.Percent, Mark: a.departureMark(i)}
}

// departureOf is the probability without its steps, for the ruler.
func (a *Analysis) departureOf(i int) (float64, bool) {
	d := &a.Attrition().Departure[i]
	return d.P, d.Has()
}

// departureIf is the risk of client i once some signals are settled.
func (a *Analysis) departureIf(i int, codes ...attrition.Code) (attrition.Departure, bool) {
	at, p := a.Attrition(), a.chapters.attrition
	d := &at.Departure[i]
	if !d.Has() || a.Response().Place[i] < 0 {
		return attrition.Departure{}, false
	}
	switch d.Method {
	case attrition.Hazard:
		service, renewal := false, false
		for _, c := range codes {
			service = service || c == attrition.S2 || c == attrition.S3 || c == attrition.S9 || c == attrition.S13
			renewal = renewal || c == attrition.S1
		}
		if !service && !renewal && len(codes) > 0 {
			return attrition.Departure{}, false
		}
		f := a.predictors(attrition.NewDetector(a.AsOf, p), i).Solved(service, renewal)
		return p.ReadHazard(&a.fits.Hazard, f, at.Case[i].Quality, make([]float64, attrition.NPredictors)), true
	case attrition.Bayes:
		return at.Table.Read(at.Case[i].Without(codes...)), true
	}
	return p.Score(at.Case[i].Without(codes...)), true
}

// departureComputed is the risk before a person's decision.
func (a *Analysis) departureComputed(i int) Figure {
	d, ok := a.departureIf(i)
	f := Figure{Topic: "departure", Unit: explain.Percent, Mark: explain.Missing(explain.NoData)}
	if ok {
		f.Value, f.Mark = d.P, explain.Mark{Status: d.Status, Reason: d.Reason}
	}
	return f
}

func (a *Analysis) departureChanges(i int) (out []WhyChange) {
	d := &a.Attrition().Departure[i]
	base, ok := a.departureIf(i)
	if !ok {
		return nil
	}
	s := &a.Signals().Signal[i]
	for k := range s {
		code := attrition.Code(k + 1)
		if s[k].State != attrition.On {
			continue
		}
		if x, ok := a.departureIf(i, code); ok && x.P < base.P {
			out = append(out, WhyChange{Key: "signal." + code.String(), Need: 1, Unit: explain.Count, Value: x.P, Band: bandKey(x.Band), Far: 1 - (base.P - x.P), Tried: true})
		}
	}
	_ = d
	return out
}

var riskKeys = [...]string{"", "low", "watch", "high"}

func bandKey(b attrition.Band) string { return riskKeys[min(int(b), 3)] }

func (a *Analysis) stakeOf(i int) (attrition.Stake, bool) {
	c, w := a.Cost(), &a.Attrition().Worth[i]
	if !w.Has() || a.Response().Place[i] < 0 {
		return attrition.Stake{}, false
	}
	s := attrition.Stake{Margin: c.Gross.Margin[i], Invested: c.Invested.Amount[i], MarginRate: c.Rate, Risk: a.Attrition().Departure[i].P,
		P: ours(a.Book, a.sc.Levels.P)[i], Strategic: a.facts[i].Strategic}
	if m := &c.Margins.Client[i]; m.HasRates {
		s.MarginRate = m.Rate
	}
	if a.Known[i] {
		s.Remaining = potential.Remaining(a.Sales[i], ours(a.Book, a.sc.Appraisal)[i].Accessible)
	}
	return s, true
}

func (a *Analysis) stakeMark(i int) explain.Mark {
	w := &a.Attrition().Worth[i]
	if g := &a.Cost().Gross; g.Unknown[i] && g.Margin[i] == 0 { // nobody knows what its purchases leave
		return explain.Missing(explain.NoData)
	} else if !a.Known[i] && a.Sales[i] <= 0 { // neither what it buys nor what it could
		return explain.Missing(explain.NoSales)
	}
	m := explain.Mark{Status: w.Status, Reason: w.Reason, Steps: w.Steps}
	if s, ok := a.stakeOf(i); ok {
		m.Steps = a.chapters.attrition.ExplainWorth(s, a.Attrition().Catalogue)
	}
	return m
}

func (a *Analysis) fStake(i int) Figure { return euros(a.Attrition().Worth[i].Value, a.stakeMark(i)) }

var retainKeys = [...]string{"", "retain", "let-go", "abandon", "watch"}

func (a *Analysis) fRetain(i int) Figure {
	d := a.Attrition().Worth[i].Decision
	return Figure{Value: float64(d), Unit: explain.Number, Text: retainKeys[min(int(d), 4)], Mark: a.stakeMark(i)}
}

func (a *Analysis) fWeapon(i int) Figure {
	w := &a.Attrition().Weapon[i]
	return Figure{Value: float64(w.Rule.Number()), Unit: explain.Number, Mark: w.Mark}
}

// J: relation; foresight.

func (a *Analysis) fRho(i int) Figure {
	l := &a.ledgers()[i]
	return Figure{Value: l.Rho, Unit: explain.Ratio, Mark: missingUnless(l.HasRho, l.Mark, explain.NoData)}
}

func (a *Analysis) rhoChanges(i int) []WhyChange {
	l := &a.ledgers()[i]
	need := a.chapters.relation.MinRho*float64(l.Given) - float64(l.Received)
	if !l.HasRho || l.Given <= 0 {
		return nil
	}
	x := WhyChange{Key: "theirs", Need: need, Unit: explain.Money, Value: a.chapters.relation.MinRho, Band: "fair", Far: need / float64(l.Given)}
	if need <= 0 { // so much more of ours before it is one-sided
		if a.chapters.relation.MinRho <= 0 {
			return nil
		}
		x.Key, x.Need, x.Band, x.Worsened = "ours", float64(l.Received)/a.chapters.relation.MinRho-float64(l.Given), "one-sided", true
		x.Far = x.Need / float64(l.Given)
	}
	return []WhyChange{x}
}

func (a *Analysis) fTie(i int) Figure {
	b := &a.Relation().Bond[i]
	return Figure{Value: b.Index, Unit: explain.Percent, Mark: b.Mark}
}

func (a *Analysis) fExpected(i int) Figure {
	f := a.Ahead()
	if !f.Fitted || i >= len(f.Outlook) {
		return euros(0, explain.Missing(explain.NoData))
	}
	o := &f.Outlook[i]
	return euros(o.Value, o.Mark)
}
