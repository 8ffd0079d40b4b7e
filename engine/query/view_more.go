package query

// Views that answer a question which brings facts of its own (a negotiation, an
// action plan, judgments, a budget…), or that few screens ask. Their figures are
// explained by [Analysis.WhyAt].

// ViewSteps are the keys of the steps that views write themselves.
var ViewSteps = []string{
	"view.inbound3", "view.inbound12", "view.signed", "view.promises", "view.goalsDue", "view.goalsDone", "view.gifts", "view.giftCap",
	"view.proposed", "view.heads", "view.perHead", "view.market", "view.part", "view.rivals", "view.unused", "view.peers",
	"view.budget", "view.peersBefore", "view.peersAfter", "view.managerMark", "view.repMark", "view.asked", "view.reached",
	"view.freed", "view.needed",
}

// wholeMore are the figures of those views: a client's own among them, which
// the view gives.
var wholeMore = [...]reading{
	{topic: "judged-net", section: "B3", show: []string{"response.margin", "response.visits", "response.proposed"}, bands: losesEarns, data: "sc"},
	{topic: "estimate-ratio", section: "E1", show: []string{"view.heads", "view.perHead", "view.proposed"}, data: "e"},
	{topic: "estimate-analogy", section: "E1", show: []string{"view.peers", "view.proposed"}, data: "e"},
	{topic: "estimate-market", section: "E1", show: []string{"view.market", "view.part", "view.proposed"}},
	{topic: "estimate-parts", section: "E1", show: []string{"potential.sales", "view.rivals", "view.proposed"}, data: "s"},
	{topic: "estimate-then", section: "E1", show: []string{"potential.estimate", "potential.fused", "potential.confidence"}, data: "e"},
	{topic: "effort-attained", section: "G2", show: []string{"view.asked", "view.reached"}, data: "f"},
	{topic: "effort-yield", section: "G2", show: []string{"steering.ie", "steering.units", "steering.yield"}, data: "cf"},
	{topic: "gift-left", section: "G3", show: []string{"view.gifts", "view.giftCap"}, data: "cp"},
	{topic: "rank-stability", section: "H5", data: "n"},
	{topic: "pair-stability", section: "H5", data: "n"},
	{topic: "pac-cost", section: "H7", show: []string{"visits.cost", "visits.gain"}},
	{topic: "pac-gain", section: "H7", show: []string{"visits.cost", "visits.gain"}},
	{topic: "pac-roi", section: "H7", show: []string{"visits.cost", "visits.gain"}, bands: losesEarns},
	{topic: "pac-gap", section: "H7", show: []string{"visits.gain", "visits.target", "visits.gap"}},
	{topic: "pac-progress", section: "H7", show: []string{"visits.actionsDue", "visits.actionsDone"}},
	{topic: "inbound", section: "H1", show: []string{"view.inbound3", "view.inbound12"}, bands: fallingRising, data: "c"},
	{topic: "prospect-pipeline", section: "J2", show: []string{"relation.projects", "relation.amount", "relation.weighted"}, data: "j"},
	{topic: "spend-gain", section: "I4", show: []string{"view.budget", "attrition.spent", "attrition.gain"}, data: "sc"},
	{topic: "spend-cost", section: "I4", show: []string{"view.budget", "attrition.spent", "attrition.gain"}, data: "sc"},
	{topic: "save-rate", section: "I6", show: []string{"attrition.alerts", "attrition.saved", "attrition.saveRate"}, data: "c"},
	{topic: "per-save", section: "I6", show: []string{"attrition.saved", "attrition.spent", "attrition.perSave"}, data: "c"},
	{topic: "net-saved", section: "I6", show: []string{"attrition.saved", "attrition.spent", "attrition.netSaved"}, data: "c"},
	{topic: "alert-delay", section: "I6", show: []string{"attrition.alerts", "attrition.delay"}, data: "c"},
	{topic: "tier-gap", section: "I7", show: []string{"attrition.tierGap", "attrition.tierGain", "attrition.tierRate"}, data: "s"},
	{topic: "tier-gain", section: "I7", show: []string{"attrition.tierGap", "attrition.tierGain", "attrition.tierRate"}, data: "s"},
	{topic: "tier-rate", section: "I7", show: []string{"attrition.tierGap", "attrition.tierGain", "attrition.tierRate"}, data: "s"},
	{topic: "incentive-roi", section: "I7", show: []string{"view.peers", "view.peersBefore", "view.peersAfter"}, bands: losesEarns, data: "s"},
	{topic: "reach", section: "I7", show: []string{"attrition.targeted", "attrition.reached"}, data: "c"},
	{topic: "survey-gap", section: "I7", show: []string{"view.managerMark", "view.repMark"}, bands: worseBetter, data: "c"},
	{topic: "kpi.qualified", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}},
	{topic: "kpi.dataAge", section: "J1", show: []string{"relation.part", "relation.whole"}},
	{topic: "kpi.meetings", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "c"},
	{topic: "kpi.projects", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "j"},
	{topic: "kpi.phaseDays", section: "J1", show: []string{"relation.part", "relation.whole"}, data: "j"},
	{topic: "kpi.conversion", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "j"},
	{topic: "kpi.reciprocity", section: "J1", show: []string{"relation.ours", "relation.theirs"}, data: "o"},
	{topic: "kpi.restarts", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "j"},
	{topic: "kpi.priceHeld", section: "J1", show: []string{"relation.ours", "relation.theirs"}},
	{topic: "kpi.paired", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}},
	{topic: "kpi.mutual", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "sc"},
	{topic: "kpi.renewal", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "t"},
	{topic: "funnel", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "cj"},
	{topic: "small-steps", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "c"},
	{topic: "steps-agreed", section: "J1", show: []string{"relation.part", "relation.whole", "relation.rate"}, data: "c"},
	{topic: "tool-roi", section: "J1", show: []string{"relation.cost", "relation.gain", "relation.roi"}, bands: losesEarns},
	{topic: "next-step", section: "J3", show: []string{"relation.amount", "relation.weighted"}, data: "j"},
	{topic: "action-effect", section: "J3", show: []string{"relation.with", "relation.without", "relation.effect"}, bands: lessMore, data: "j"},
	{topic: "signed", section: "J4", show: []string{"view.signed", "view.promises"}, data: "o", collect: "promise"},
	{topic: "mesore", section: "J5", show: []string{"relation.cost", "relation.mesore", "relation.limitUs"}},
	{topic: "limit-us", section: "J5", show: []string{"relation.cost", "relation.mesore", "relation.limitUs"}},
	{topic: "limit-them", section: "J5", show: []string{"relation.limitUs", "relation.limitThem", "relation.zone"}},
	{topic: "zone", section: "J5", show: []string{"relation.limitUs", "relation.limitThem", "relation.zone"}, bands: closedOpen},
	{topic: "power", section: "J5", show: []string{"relation.limitUs", "relation.zone", "relation.power"}},
	{topic: "volume", section: "J5", show: []string{"relation.discount", "relation.marginRate", "relation.volume"}},
	{topic: "joint-progress", section: "J6", show: []string{"view.goalsDue", "view.goalsDone"}, data: "o", collect: "promise"},
}

// WhyAt explains a figure of client i that a view holds and that a question
// made; −1: of the portfolio. False for a topic that is unknown.
func (a *Analysis) WhyAt(f Figure, i int) (Why, bool) {
	y, ok := a.WhyFigure(f)
	if r := find(wholeReadings(), f.Topic); ok && i >= 0 && i < a.Len() {
		y.Data = a.dataOf(r.data, i)
	}
	return y, ok
}
