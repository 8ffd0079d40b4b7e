package params

import "sync"

// number, count, share and the others below write the common shapes of a row.
func number(k Key, section, unit string, low, high float64, def ...float64) *Row {
	return &Row{Key: k, Section: section, Kind: Numbers, Unit: unit, Default: def, Bounds: []Bound{{Low: low, High: high}}}
}

func count(k Key, section, unit string, low, high float64, def ...float64) *Row {
	r := number(k, section, unit, low, high, def...)
	r.Whole = true
	return r
}

func share(k Key, section string, def ...float64) *Row { return number(k, section, "", 0, 1, def...) }

func percent(k Key, section string, def ...float64) *Row {
	return number(k, section, "%", 0, 100, def...)
}

func above(k Key, section, unit string, high float64, def ...float64) *Row {
	r := number(k, section, unit, 0, high, def...)
	r.Bounds[0].Open = true
	return r
}

func word(k Key, section string, words ...string) *Row {
	return &Row{Key: k, Section: section, Kind: Word, Word: words[0], Words: words}
}

func flag(k Key, section string, def bool) *Row {
	r := &Row{Key: k, Section: section, Kind: Flag, Default: []float64{0}, Bounds: []Bound{{Low: 0, High: 1}}, Whole: true}
	if def {
		r.Default[0] = 1
	}
	return r
}

func (r *Row) labels(names ...string) *Row { r.Labels = names; return r }
func (r *Row) rule(x Rule) *Row            { r.Rule = x; return r }
func (r *Row) each(b ...Bound) *Row        { r.Bounds = b; return r }
func (r *Row) sums(width int, sum float64) *Row {
	r.Rule, r.Width, r.Sum = SumIs, width, sum
	return r
}

// huge is the bound of a quantity that has a sign but no limit of its own.
const huge = 1e12

// registry is method §1.3, in its order, and what that leaves to us: the norms
// of the team's screen and foresight. It is made at first use: the page
// links this package for its types and never asks, so it need not carry it.
func registry() []Row {
	once.Do(func() { all = rows() })
	return all
}

var (
	once sync.Once
	all  []Row
)

func rows() []Row {
	made := []*Row{
		// Windows and source of sales.
		word(WindowMode, "0.3", "rolling", "fiscal"),
		count(WindowMonths, "0.3", "months", 3, 60, 12),
		word(SalesSource, "1.2", "imported", "visits"),

		// A: the price of the effort. AfterSalesVisit weighs 1 with cost.includeService.
		number(ContactWeights, "A1", "UC", 0, 10, 1, .6, .2, .05, .05, 1.5, 1, 0, 1).
			labels("visit", "visio", "call", "email", "letter", "event", "showroom", "afterSalesVisit", "managerControlVisit"),
		number(ContactWeightCancelled, "A1", "UC", 0, 1, .5),
		word(ContactCosting, "A1", "equivalence", "simple", "time"),
		word(CostAbsorption, "A1", "actual", "normal"),
		above(CostDefaultPRC, "A1", "€/UC", 10_000, 120),
		flag(CostIncludeProspecting, "A2", true),
		count(CostProspectingMonths, "A2", "months", 0, 36, 12),
		flag(CostIncludeService, "A2, A3", false),
		count(CostLoanYears, "A2", "years", 1, 10, 3),
		number(CostLateRate, "A3", "%/year", 0, 30, 10),

		// B: what clients give back.
		word(BalanceResult, "B1", "margin", "sales", "orders"),
		word(BalanceThreshold, "B1", "mean", "median", "fixed"),
		number(BalanceDevourer, "B1", "×", 1, 10, 1.5),
		word(ElasticityMethod, "B2", "arc", "point", "regression"),
		flag(MarketAdjusted, "B2", false),
		number(ElasticityMinAbsUnits, "B2", "UC", 0, 20, 2),
		percent(ElasticityMinRel, "B2", 10),
		number(ElasticityBands, "B2", "", -huge, huge, 0, .3, 1).labels("reverse", "insensitive", "moderate").rule(Increasing),
		number(ElasticityAddAbove, "B2, B4", "× PRC", 0, 5, 1.2),
		number(ElasticityReduceBelow, "B2, B4", "× PRC", 0, 5, .8),
		count(ElasticityMinPeriods, "B2", "periods", 3, 40, 6),
		number(ElasticityShrink, "B2", "periods", 0, 50, 4),
		number(StrategyMultipliers, "B4", "×", 0, 3, .5, .8, .8, 1, 1, 1.5, 1, 1.3, .5).
			labels("devourerInsensitive", "devourerOther", "cowInsensitive", "cowSensitive", "cowUnreadable", "henSensitive", "henOther", "skeletonHigh", "skeletonLow"),

		// C: maturity.
		word(DCMVMode, "C1", "simple", "robust"),
		count(DCMVStartMonths, "C1", "months", 1, 60, 12),
		number(DCMVGUp, "C1", "%", -100, 100, 5),
		number(DCMVGDown, "C1", "%", -100, 100, -10),
		flag(DCMVRelative, "C1", false),
		count(DCMVLostAfter, "C1", "months", 1, 60, 18, 6, 4).labels("max", "min", "intervals").
			each(Bound{Low: 1, High: 60}, Bound{Low: 1, High: 60}, Bound{Low: 1, High: 20}),
		number(DCMVHysteresis, "C1", "points", 0, 20, 3),
		count(DCMVAgeingScore, "C1", "signs", 1, 6, 3),
		share(CurveTemplates, "C2", .20, .30, .35, .15, .10, .20, .30, .40, .35, .15, .15, .35, .40, .30, .20, .10, .25, .25, .25, .25).
			labels("bell", "rising", "u", "falling", "flat").sums(4, 1),
		number(CurveMixed, "C2", "", 0, .1, .01),
		number(DCMVEffort, "C3", "×", 0, 5, 1.5, 1.5, .6, .8).labels("D", "C", "M", "V"),
		number(AlertCtoM, "C3", "×", 0, 5, 1),
		percent(FamilyErosionShare, "C4", 10),
		percent(FamilyCrossSellShare, "C4", 60),
		number(MultiFloor, "C5", "%", 0, 50, 10),
		share(ForecastMatrix, "C7", .55, .15, .05, .25, .55, .33, .07, .05, .08, .70, .17, .05, .10, .15, .50, .25).
			labels("D", "C", "M", "V").sums(4, 1), // columns C, M, V, X: nobody returns to D
		count(ForecastMinSnapshots, "C7", "", 1, huge, 2),
		count(ForecastMinTransitions, "C7", "", 1, huge, 15),

		// D: weight.
		percent(ABCCuts, "D1", 80, 95).labels("A", "B").rule(Increasing),
		number(ABCTol, "D1", "points", 0, 5, .5),
		word(RankBoundary, "D2", "before", "midpoint"),
		count(FragileRank1Max, "D2, E3", "clients", 1, 20, 2),

		// E: potential, penetration, P-R.
		share(PotentialQuality, "E1", .9, .6, .5, .4, .4).labels("declared", "ratio", "analogy", "market", "judgment"),
		number(PotentialHalfLife, "E1", "months", 1, 120, 12),
		number(PotentialOverSales, "E1", "× sales", 1, 2, 1.05),
		word(PScale, "E2", "4 = top", "1 = top"),
		share(PotentialMinConfidence, "E2", .4),
		share(ConcentrationHHI, "E3", .25),
		share(ConcentrationAlignment, "E3", .6),
		word(PenetrationOverflow, "E4", "raise potential", "flag only"),
		share(PRKeySlope, "E5", .25),
		number(PRFloor, "E5", "", 0, 4, .25),
		flag(PRFine, "E5", false),

		// F: loyalty and engagement.
		word(AEMode, "F1", "family", "value"),
		word(AEPeriod, "F1", "quarter", "half-year"),
		number(AEKappa, "F1", "exposures", 0, 50, 4),
		share(AEFast, "F1", .15, .15).labels("adoption", "exclusion"),
		count(AEMinPeriods, "F1", "periods", 2, 40, 4),
		count(AEMinFamilies, "F1", "", 1, 50, 3),
		percent(AEBoughtShare, "F1", 5),
		count(AEHistoryPeriods, "F1", "periods", 4, 12, 8, 6).labels("quarters", "halfYears"),
		number(AEMultipliers, "F2", "×", 0, 3, .9, 1.2, 1, .6).labels("engaged", "fickle", "careful", "fleeing"),
		number(EngagementWeights, "F3", "", 0, 10, 3, 3, 2, 2, 2, 2, 1, 1).
			labels("equilibrium", "loyalty", "regularity", "penetration", "efforts", "satisfaction", "interlocutors", "commitments"),

		// G: steering.
		number(BalanceCarry, "G1", "×", 0, 5, .7, 1.3).labels("low", "high").rule(NotFalling),
		count(EffortMaxPerClient, "G2", "", 1, 10, 4),
		number(EffortClip, "G2", "", 0, 0, -1, 1.5).labels("low", "high").each(Bound{Any: true}).rule(NotFalling),
		percent(EffortSuggestShare, "G2", 30),
		number(GiftCap, "G3", "€/year/person", 0, 1_000, 70),

		// H: the twelve steps.
		number(FileWeights, "H0", "", 0, 10, 1, 2, 3, 3, 2, 2, 1).
			labels("identity", "interlocutors", "potential", "salesByFamily", "competitor", "history", "consent"),
		percent(FileUsable, "H0", 70),
		share(SplitBase, "H1", .70),
		number(SplitSteps, "H1", "", -1, 1, .05, -.15, .05, .025, .05).
			labels("longCycle", "shortFixed", "needs", "pressure", "noPractice"),
		share(SplitClip, "H1", .50, .85).labels("low", "high").rule(NotFalling),
		flag(IntegerPerDay, "H2", true),
		number(VisitReserve, "H2", "% of capacity", 0, 50, 10),
		percent(ProspectFloor, "H3", 15),
		percent(ProspectCap, "H3", 50),
		percent(ProspectConversionDefault, "H3", 10),
		number(ProspectTimeFactor, "H3", "×", 1, 10, 2),
		percent(RiskOverlay, "H4", 40),
		number(TypologyNotes, "H4", "", 1, 4, 4, 3, 3, 2, 2, 1).
			labels("ambassador", "partner", "technician", "careful", "priceBuyer", "closed"),
		number(ScoreWeights, "H5", "", 0, 10, 4, 4, 2).labels("R", "P", "typology").rule(SumPositive),
		number(ScoreNeutral, "H5", "points", 1, 4, 2.5),
		count(VisitMin, "H6", "visits/year", 0, 250, 12, 8, 8, 0).labels("strategic", "toDevelop", "core", "economy"),
		count(VisitMax, "H6", "visits/year", 0, 250, 24, 18, 16, 6).labels("strategic", "toDevelop", "core", "economy"),
		canOff(number(VisitMaxChange, "H6", "%/year", 0, 500, 50)),
		number(MixExponents, "H6", "", 0, 2, .5, .5, .5, .5).labels("contactStrategy", "phase", "engagement", "pr"),
		number(VisitOrphanInterval, "H8", "days", 1, 366, 365./18, 365./13, 365./12, 365./3).labels("strategic", "toDevelop", "core", "economy"),
		number(CallHorizon, "H8", "weeks", 1, 12, 4, 6).labels("low", "high").rule(NotFalling),
		above(CallHitRate, "H8", "", 1, .5, .25).labels("client", "prospect"),
		number(TourCircuity, "H8", "×", 1, 3, 1.3),
		number(TourSpeed, "H8", "km/h", 5, 130, 50),
		number(ProspectDisposition, "H9", "", 0, 10, 10, 7, 4, 1).labels("strongHigh", "strongLow", "weakHigh", "weakLow"),

		// I: attrition.
		above(AlertS1, "I2", "days", huge, 15),
		above(AlertS2, "I2", "", huge, 2, 2).labels("ratio", "calls"),
		above(AlertS3, "I2", "", huge, 2, 2, 15).labels("ratio", "complaints", "openDays"),
		above(AlertS4, "I2", "× interval", huge, 1.5, 2.5).labels("late", "red").rule(NotFalling),
		number(AlertS5, "I2", "%", -100, 0, -20).each(Bound{Low: -100, High: -1e-9}),
		above(AlertS6, "I2", "months", huge, 6),
		above(AlertS7, "I2", "", huge, 2, 3, 90).labels("refusals", "silences", "days"),
		above(AlertS10, "I2", "", huge, 1, 2).labels("families", "periods"),
		above(AlertS11, "I2", "points", huge, 20),
		number(AlertS12, "I2", "/10", 0, 0, 6, -3).labels("low", "fall").each(Bound{Low: 0, High: 10, Open: true}, Bound{Low: -10, High: -1e-9}),
		above(AlertS13, "I2", "", huge, 4, 90).labels("notes", "days"),
		word(AttrPriorSource, "I3", "own", "team", "fixed"),
		percent(AttrPriorFixed, "I3", 0),
		share(ChurnLambda, "I3", .7),
		count(ChurnMinExClients, "I3", "", 1, 100, 10),
		number(ChurnScorecard, "I3", "logit", -10, 10, -3.2, 1.2, .6, .9, 1.1, .9, .6, .7, 1, 1.3, .5).
			labels("constant", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "others"),
		percent(RiskAmber, "I3", 15),
		percent(RiskRed, "I3", 40),
		percent(RiskMinQuality, "I3", 60),
		count(RetainH, "I4", "years", 1, 10, 3),
		number(RetainDiscount, "I4", "%", 0, 50, 10),
		share(RetainR, "I4", .85),
		share(RetainPsi, "I4", .9),
		share(RetainCredit, "I4", .2),
		share(RetainMinP, "I4", .10),
		retainActions(),
		count(RescueDeadline, "I5", "working days / days", 1, 60, 5, 15).labels("visit", "control"),

		// J: the relation.
		percent(ProjectPhaseProb, "J2", 5, 10, 25, 45, 70, 90).rule(Increasing),
		share(ProjectEnter, "J2", .5),
		share(ProjectLower, "J2", .25),
		number(ProjectStale, "J2", "×", 1, 5, 1.5),
		count(PAODays, "J3", "days", 1, 365, 30),
		count(PAOMinCases, "J3", "", 1, 100, 5),
		number(PAOLevel, "J3", "%", 50, 99.9, 95),
		count(GiveMaxUnreturned, "J4", "", 1, 20, 2),
		number(GiveMinRho, "J4", "", 0, 2, .5),
		number(GivePointValue, "J4", "€", 0, 10_000, 100),
		percent(Ladder, "J5", 50, 30, 15, 5).rule(Decreasing).also100(),
		share(TieWeights, "J6", .4, .3, .3).labels("tools", "investment", "replacement").sums(3, 1),
		count(TieDays, "J6", "days", 1, 365, 90),
		number(TieReplaceDays, "J6", "days", 1, 250, 20),

		// K.
		number(FunnelSigma, "K", "σ", 1, 4, 2),
		percent(TeamPlan, "K", 90),
		percent(TeamCoverage, "K", 80),
		percent(TeamIdle, "K", 80),
		number(TeamSilence, "K", "hours", 1, 2160, 168),

		// Foresight: not of the method, our own judgments.
		count(ForesightHorizon, "foresight", "days", 7, 730, 91),
		count(ForesightRegularity, "foresight", "stages", 1, 6, 6),
		flag(ForesightPrior, "foresight", true),
		count(ForesightFew, "foresight", "clients", 0, 1000, 30),
		percent(ForesightAlive, "foresight", 50),
		percent(ForesightCycle, "foresight", 5),
		number(ForesightInterval, "foresight", "%", 50, 99, 80),

		// The classroom.
		number(GradeRelTol, "3.4", "%", 0, 50, 1),
		number(GradeAbsTol, "3.4", "display unit", 0, huge, .005),
		number(GradeHalf, "3.4", "×", 1, 10, 3),
		percent(GradeFeasibility, "3.4", 40),
	}
	all := make([]Row, len(made))
	for i, r := range made {
		all[i] = *r
	}
	return all
}

func canOff(r *Row) *Row { r.CanOff = true; return r }

// also100 adds to the rule of the row that its numbers make 100.
func (r *Row) also100() *Row {
	r.Width, r.Sum = len(r.Default), 100
	return r
}

// retainActions is the catalogue of method I4: success γ, cost c = a fixed sum
// plus so many contacts of the action's kind, incentive δ. The letter costs
// 5 €, the others count calls or visits at the organisation's own price.
func retainActions() *Row {
	r := number(RetainActions, "I4", "", 0, 0,
		.05, 5, 0, 0,
		.15, 0, 1, 0,
		.30, 0, 1, 100,
		.40, 0, 2, 300,
		.45, 0, 2.6, 300)
	r.Labels = []string{"letter", "call", "visit", "visitOffer", "directorVisit"}
	r.Width = 4
	per := []Bound{{Low: 0, High: 1}, {Low: 0, High: huge}, {Low: 0, High: huge}, {Low: 0, High: huge}}
	r.Bounds = nil
	for range r.Labels {
		r.Bounds = append(r.Bounds, per...)
	}
	return r
}
