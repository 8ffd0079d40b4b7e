package query

import (
	"math"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/cockpit"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
)

// Relation is chapter J. Negotiation sheets, the dates on which a project
// changed phase and the actions of a plan have no record: J3 and J5 take them
// with the question ([Analysis.RelationView], [Analysis.NegotiationView]).
func (a *Analysis) Relation() *PartRelation {
	if a.part.relation != nil {
		return a.part.relation
	}
	p := a.chapters.relation
	out := &PartRelation{Model: relation.Standard(), Ledger: a.ledgers(), Bond: make([]relation.Bond, a.Len())}
	var all []relation.Line
	for i, d := range a.facts {
		a.rest(i)
		for k := range d.Projects {
			x := &d.Projects[k]
			ticks, passed := out.Model.Tick(x.Signals, x.Exits)
			out.Projects = append(out.Projects, ProjectRead{int32(i), x, out.Model.Read(min(max(x.Phase, 0), len(out.Model)-1), ticks, passed, p)})
		}
		lines := a.commitments(i)
		from := int32(len(all))
		for _, l := range lines {
			if l.Answers >= 0 {
				l.Answers += from
			}
			all = append(all, l)
		}
		var tools []relation.Tool
		for _, t := range d.Tools {
			if !t.Gone {
				tools = append(tools, relation.Tool{Used: t.Used, Ours: t.Ours, Theirs: t.Theirs, Replace: t.Replace})
			}
		}
		out.Bond[i] = relation.Tie(tools, a.AsOf, p)
	}
	out.Owed = relation.Account(all, p)
	a.pipeline(out)
	a.stages(out)
	out.KPI = relation.KPIs(out.Facts, p)
	a.part.relation = out
	return out
}

// pipeline weighs the running projects. A project keeps no dates of its phases
// but the last: the days in each phase of the projects won are their whole
// length in equal parts.
func (a *Analysis) pipeline(out *PartRelation) {
	p, n := a.chapters.relation, len(out.Model)
	var lengths []int
	var deals []relation.Deal
	for k := range out.Projects {
		x := out.Projects[k].Project
		switch {
		case x.State == portfolio.Won && seenBy(x.Ended, a.AsOf) && x.Opened != 0 && x.Ended >= x.Opened:
			lengths = append(lengths, int(x.Ended-x.Opened))
		case (x.State == portfolio.Running || x.State == 0) && x.Opened <= a.AsOf:
			d := relation.Deal{Amount: x.Amount, Phase: min(max(x.Phase, 0), n-1), Chance: -1}
			if x.Chance != nil {
				d.Chance = *x.Chance
			}
			if since := max(x.Since, x.Opened); since != 0 {
				d.Days = int(max(0, a.AsOf-since))
			}
			out.Running, deals = append(out.Running, int32(k)), append(deals, d)
		}
	}
	out.Median = make([]float64, n)
	for j := range n - 1 {
		out.Median[j] = relation.Median(lengths) / float64(n-1)
	}
	out.Pipeline = relation.Weigh(deals, out.Median, n, p)
}

// stages counts what the indicators of J1 are made of, over N.
func (a *Analysis) stages(out *PartRelation) {
	f := &out.Facts
	net := a.Cost().Margins.Client
	for i, c := range a.Cards {
		a.rest(i)
		d := a.facts[i]
		prospect := a.lived().Phase[i] == maturity.Prospect
		if prospect {
			f.Suspects++
			if c.Status != portfolio.Suspect {
				f.Qualified++
			}
			if last := a.lastNews(i); last != 0 {
				f.DataFiles++
				f.DataAgeDays += int(a.AsOf - last)
			}
		}
		worked := false
		for k := a.lately(i); k < len(d.Contacts); k++ {
			if m := &d.Contacts[k]; prospect && a.within(m) && m.Outcome != portfolio.Postponed {
				worked = true
				if f.Contacts++; face(m.Kind) && (m.Outcome == 0 || m.Outcome.Met()) {
					f.Meetings++
				}
			}
		}
		if worked {
			f.Prospects++
		}
		for k := range d.Projects {
			x := &d.Projects[k]
			if prospect && a.N.Contains(x.Opened) {
				f.Projects++
			}
			if a.N.Contains(x.Ended) && x.State > portfolio.Running {
				if f.Closed++; x.State == portfolio.Won {
					f.Won++
				}
			}
		}
		for k := range d.Contracts {
			if x := &d.Contracts[k]; a.N.Contains(x.End) {
				if f.RenewalsDue++; x.Renews || seenBy(renewed(d.Contracts, k), a.AsOf) {
					f.RenewalsDone++
				}
			}
		}
		for _, t := range d.Tools {
			if t.StatedGains > 0 && !t.Gone {
				if f.Relations++; net[i].Net > 0 {
					f.Mutual++
				}
				break
			}
		}
	}
	f.OursKept, f.TheirsKept = out.Owed.Given, out.Owed.Received
}

// Cockpit is what the rep brings to the manager's cockpit (K). Tablets are
// counted by whoever knows them.
func (a *Analysis) Cockpit() *cockpit.Rep {
	if a.part.cockpit != nil {
		return a.part.cockpit
	}
	r := &cockpit.Rep{Code: a.Owner.String(), Portfolios: 1, Accounts: a.Len()}
	t, v, c, at, files := a.Time(), a.Visits(), a.Cost(), a.Attrition(), a.Files()
	r.Capacity = max(0, t.Stock.Visits)
	if a.sc.R.Fragile {
		r.Fragile = 1
	}
	phase := a.lived().Phase
	category, level, result := ours(a.Book, a.sc.Category), ours(a.Book, a.sc.Levels.P), ours(a.Book, a.sc.R.Level)
	for i := range a.Cards {
		a.rest(i)
		r.VisitsDone += int(c.Met[i])
		if k := category[i]; k >= 1 && int(k) <= len(r.Planned) && !a.Single {
			r.Planned[k-1] += int(v.ByScore.Visits[i])
			r.Done[k-1] += int(c.Met[i])
		}
		ph := phase[i]
		if ph >= maturity.Start && ph <= maturity.Ageing {
			r.Phases[ph-maturity.Start]++
		}
		units := int64(math.Round(c.Units[i] * 100))
		switch ph {
		case maturity.Growth:
			r.ClientsC, r.UnitsC = r.ClientsC+1, r.UnitsC+units
		case maturity.Mature:
			r.ClientsM, r.UnitsM = r.ClientsM+1, r.UnitsM+units
		case maturity.Prospect:
			r.Prospects += int(c.Met[i])
		}
		if level[i] >= 1 && level[i] <= 4 {
			r.PR[level[i]-1][min(result[i], 4)]++
		}
		if a.Known[i] {
			r.Known, r.Sales, r.Potential = r.Known+1, r.Sales.Plus(a.Sales[i]), r.Potential.Plus(a.Worth[i])
		}
		if ph != maturity.Prospect && ph != maturity.Lost {
			net := c.Margins.Client[i].Net
			r.Clients, r.MCN = r.Clients+1, r.MCN.Plus(net)
			x := float64(net) / 100
			r.MCNSquares += float64(x * x)
			r.Losses = r.Losses.Plus(max(0, -net))
		}
		a.rescued(r, at, i)
		for k, w := range a.chapters.capacity.FileWeights {
			r.Wanted += int(math.Round(w))
			if files.File[i][k] {
				r.Filled += int(math.Round(w))
			}
		}
	}
	r.ProspectsDue, r.ControlsDue = t.Sharing.Prospects, len(at.Controls)
	for _, i := range at.Controls {
		for k := range a.facts[i].Contacts {
			if m := &a.facts[i].Contacts[k]; m.Kind == portfolio.ManagerControlVisit && a.within(m) {
				r.Controls++
				break
			}
		}
	}
	a.part.cockpit = r
	return r
}

// rescued counts a client at red risk: acted upon when somebody was met since
// the last signal.
func (a *Analysis) rescued(r *cockpit.Rep, at *PartAttrition, i int) {
	d := &at.Departure[i]
	if !d.Has() || d.Grey || a.chapters.attrition.BandOf(d.P) != attrition.Red {
		return
	}
	r.Red++
	alert := a.AsOf
	for k := range a.Signals().Signal[i] {
		if s := &a.Signals().Signal[i][k]; s.State == attrition.On && s.Latest != 0 {
			alert = min(alert, s.Latest)
		}
	}
	for k := range a.facts[i].Contacts {
		m := &a.facts[i].Contacts[k]
		if day, ok := a.seen(m.Day); ok && day > alert && (m.Outcome == 0 || m.Outcome.Met()) && !m.Inbound {
			r.RedActed++
			r.ActionDays += calendar.WorkingDays(calendar.Window{From: alert + 1, To: day}, a.holidays())
			return
		}
	}
	if w := &at.Worth[i]; w.Has() {
		r.RedStake = r.RedStake.Plus(max(0, round64(w.Value)))
	}
}

// Compare sets portfolios side by side (C5), with the share of effort each
// deserves.
func Compare(of []*Analysis) ([]maturity.PortfolioLine, maturity.EffortSplit) {
	if len(of) == 0 {
		return nil, maturity.EffortSplit{Mark: explain.Missing(explain.NoData)}
	}
	in := make([]maturity.PortfolioInput, len(of))
	options := make([]maturity.Option, len(of))
	for k, a := range of {
		c := a.Cost()
		in[k] = maturity.PortfolioInput{Phases: a.lived().Phase, Sales: a.Sales, Margin: c.Gross.Margin, Units: c.Units}
		for i := range c.Margins.Client {
			in[k].Net = append(in[k].Net, c.Margins.Client[i].Net)
		}
		options[k] = maturity.Option{Remaining: a.sc.Pen.Remaining, MarginRate: c.Rate}
		sum, n := 0.0, 0.0
		for i := range a.Response().Flow.Reading {
			if r := &a.Response().Flow.Reading[i]; r.Has() {
				sum, n = sum+r.E, n+1
			}
		}
		if n > 0 {
			options[k].Elasticity, options[k].Readable = sum/n, true
		}
	}
	p := of[0].rules.maturity
	return maturity.Compare(in, p), maturity.SplitEffort(options, p)
}
