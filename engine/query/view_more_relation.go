package query

import (
	"cmp"
	"slices"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/relation"
	"sillon/engine/sorting"
)

// RelationAsk asks for the relation of the portfolio (J1, J3). What has no
// record comes with the question.
type RelationAsk struct {
	Steps   []PhaseStep `cbor:"1,keyasint,omitempty"` // when projects changed phase; without, the only dates a project keeps
	Acts    []ActDone   `cbor:"2,keyasint,omitempty"` // actions carried out, beside those that contacts name
	Own     [6]uint8    `cbor:"3,keyasint"`           // competences by stage as the rep marks them, 1 to 4; 0: no mark
	Manager [6]uint8    `cbor:"4,keyasint"`           // and the manager
	Tool    ToolAsk     `cbor:"5,keyasint"`
}

// A PhaseStep is the day a project entered a phase.
type PhaseStep struct {
	Project portfolio.ID `cbor:"1,keyasint"`
	Day     calendar.Day `cbor:"2,keyasint"`
	Phase   int          `cbor:"3,keyasint"`
}

// An ActDone is an action of the plan of a project that was carried out.
type ActDone struct {
	Project portfolio.ID `cbor:"1,keyasint"`
	Day     calendar.Day `cbor:"2,keyasint"`
	Code    string       `cbor:"3,keyasint"`
}

// ToolAsk is the yearly account of the tool itself (J1).
type ToolAsk struct {
	Licence     money.Cents `cbor:"1,keyasint,omitempty"`
	Hours       float64     `cbor:"2,keyasint,omitempty"`
	HoursSaved  float64     `cbor:"3,keyasint,omitempty"`
	ExtraMargin money.Cents `cbor:"4,keyasint,omitempty"`
	HourCost    money.Cents `cbor:"5,keyasint,omitempty"` // 0: that of A1
}

// RelationView is the business relation of a portfolio: the indicators of its
// six stages, the funnel, competences, which actions move projects, and whose
// next step pays most (J1, J3).
type RelationView struct {
	Ground  Ground        `cbor:"1,keyasint"`
	KPI     []StageKPI    `cbor:"2,keyasint"`
	Funnel  []FunnelStep  `cbor:"3,keyasint"`
	Overall Figure        `cbor:"4,keyasint"`
	Weakest int           `cbor:"5,keyasint"` // place in Funnel of the step that loses most; −1: none
	Ended   Figure        `cbor:"6,keyasint"` // contacts that ended with a next step
	Agreed  Figure        `cbor:"7,keyasint"` // and of these, those the client moved on
	Skill   *SkillPart    `cbor:"8,keyasint,omitempty"`
	Tool    *ReturnPart   `cbor:"9,keyasint,omitempty"`
	Actions []ActionRow   `cbor:"10,keyasint,omitempty"` // by phase, the best first
	Levers  []LeverRow    `cbor:"11,keyasint,omitempty"` // least effort, most effect
	Dated   bool          `cbor:"12,keyasint,omitempty"` // phases are dated: without, a move is seen at the end of a project only
	Inbound InboundSeries `cbor:"13,keyasint"`
}

// A StageKPI is one indicator of a stage.
type StageKPI struct {
	Stage  uint8  `cbor:"1,keyasint"` // relation.Stage
	Figure Figure `cbor:"2,keyasint"` // its topic is the code of the indicator
}

// A FunnelStep is what is left at one step.
type FunnelStep struct {
	Key   string `cbor:"1,keyasint"` // of [funnelKeys]
	Count int    `cbor:"2,keyasint"`
	Rate  Figure `cbor:"3,keyasint"` // of the step before; na for the first
}

// A SkillPart sets a rep's own marks beside the manager's.
type SkillPart struct {
	Gap    [6]int8 `cbor:"1,keyasint"` // own − manager's, where both are given
	Work   uint8   `cbor:"2,keyasint"` // relation.Stage to work on first
	Known  int     `cbor:"3,keyasint"`
	Shared int     `cbor:"4,keyasint"`
}

// A ReturnPart is what an investment costs and brings.
type ReturnPart struct {
	Cost   money.Cents `cbor:"1,keyasint"`
	Gain   money.Cents `cbor:"2,keyasint"`
	ROI    Figure      `cbor:"3,keyasint"`
	Months float64     `cbor:"4,keyasint,omitempty"` // until it has paid for itself
}

// An ActionRow is what an action does in a phase, against what happens without.
type ActionRow struct {
	Code    string     `cbor:"1,keyasint"`
	Phase   int        `cbor:"2,keyasint"`
	With    [2]int     `cbor:"3,keyasint"` // trials, and those that moved up
	Without [2]int     `cbor:"4,keyasint"`
	Share   [3]float64 `cbor:"5,keyasint"` // with: share, low, high
	Other   [3]float64 `cbor:"6,keyasint"` // without
	Gain    Figure     `cbor:"7,keyasint"` // in share of projects
	Verdict uint8      `cbor:"8,keyasint"` // relation.Verdict
	Instead string     `cbor:"9,keyasint,omitempty"`
}

// A LeverRow is the next step of a running project.
type LeverRow struct {
	Client  int32        `cbor:"1,keyasint"`
	Project portfolio.ID `cbor:"2,keyasint"`
	Name    string       `cbor:"3,keyasint,omitempty"`
	Amount  money.Cents  `cbor:"4,keyasint"`
	Phase   int          `cbor:"5,keyasint"`
	Next    string       `cbor:"6,keyasint,omitempty"` // code of the exit test to pass
	Hours   float64      `cbor:"7,keyasint"`
	Gain    Figure       `cbor:"8,keyasint"`
	PerHour money.Cents  `cbor:"9,keyasint"`
}

// An InboundSeries counts who calls us (demandes entrantes): the checklist of
// prospecting wants them seen when they fall.
type InboundSeries struct {
	Months    [12]int `cbor:"1,keyasint"` // oldest first
	Prospects [12]int `cbor:"2,keyasint"` // of them, from prospects
	Trend     Figure  `cbor:"3,keyasint"` // last three months ÷ a quarter of the twelve before
	Falling   bool    `cbor:"4,keyasint,omitempty"`
	Running   int     `cbor:"5,keyasint"` // projects of prospects that run
	Weighted  Figure  `cbor:"6,keyasint"` // their amounts × chances
}

// funnelKeys are the steps of the funnel, worded by "funnel." + key.
var funnelKeys = [...]string{"suspects", "qualified", "meetings", "projects", "won"}

// mostRows bounds the rows of a table of this family of views.
const mostRows = 60

// RelationView is the relation of the portfolio.
func (a *Analysis) RelationView(ask RelationAsk) RelationView {
	r, p := a.Relation(), a.chapters.relation
	out := RelationView{Ground: a.ground(""), Weakest: -1, Dated: len(ask.Steps) > 0, Inbound: a.inbound()}
	for _, k := range r.KPI {
		out.KPI = append(out.KPI, StageKPI{uint8(k.Stage), figure(k.Code, k.Result, k.Unit)})
	}
	f := &r.Facts
	flow := relation.Funnel([]int{f.Suspects, f.Qualified, f.Meetings, f.Projects, f.Won}, p)
	for k, n := range flow.Count {
		x := FunnelStep{Key: funnelKeys[k], Count: n, Rate: Figure{Topic: "funnel", Unit: explain.Percent, Mark: explain.Missing(explain.NoData)}}
		if k > 0 {
			x.Rate = rateFigure("funnel", flow.Step[k-1])
		}
		out.Funnel = append(out.Funnel, x)
	}
	out.Overall = rateFigure("funnel", flow.Overall)
	if flow.Weakest >= 0 {
		out.Weakest = flow.Weakest + 1
	}
	ended, agreed := relation.SmallSteps(a.steps())
	out.Ended, out.Agreed = rateFigure("small-steps", ended), rateFigure("steps-agreed", agreed)
	if ask.Own != [6]uint8{} || ask.Manager != [6]uint8{} {
		s := relation.Compare(ask.Own, ask.Manager)
		out.Skill = &SkillPart{s.Gap, uint8(s.Work), s.Known, s.Shared}
	}
	if t := ask.Tool; t != (ToolAsk{}) {
		if t.HourCost <= 0 {
			t.HourCost = a.hourCost()
		}
		x := relation.Tooling{Licence: t.Licence, Hours: t.Hours, HoursSaved: t.HoursSaved, HourCost: t.HourCost, ExtraMargin: t.ExtraMargin}.ROI()
		out.Tool = &ReturnPart{x.Cost, x.Gain, Figure{Topic: "tool-roi", Value: x.ROI, Unit: explain.Percent, Mark: x.Mark}, x.Months}
	}
	out.Actions = a.league(ask)
	out.Levers = a.nextSteps()
	return out
}

// share is a rate as a figure.
func rateFigure(topic string, r relation.Rate) Figure {
	return Figure{Topic: topic, Value: r.Share, Unit: explain.Percent, Mark: r.Mark}
}

// hourCost is what an hour of the rep costs: the price of his contacts by the
// hours he is available; 0 without a budget of either.
func (a *Analysis) hourCost() money.Cents {
	if h := a.hours(); h > 0 && a.Cost().Price.Full > 0 {
		return round64(float64(a.Cost().Price.Full) / h)
	}
	return 0
}

// steps counts, over N, the contacts held, those that ended with a next step,
// and of these the ones on which the client moved: an order or a step forward.
func (a *Analysis) steps() (held, next, mutual int, p relation.Params) {
	for _, d := range a.facts {
		for k := range d.Contacts {
			m := &d.Contacts[k]
			if !a.within(m) || !m.Outcome.Met() {
				continue
			}
			held++
			if m.Next {
				next++
				mutual += one(m.Outcome == portfolio.Order || m.Outcome == portfolio.StepForward)
			}
		}
	}
	return held, next, mutual, a.chapters.relation
}

// actions are the codes of the model's plan, in its order.
func actions(m relation.Model) (out []string) {
	for _, ph := range m {
		for _, c := range ph.Acts {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out
}

// league measures the actions (J3). A project keeps no dates but that of its
// present phase and of its end: those make its track where the question brings
// none. A contact that names an action among its topics is that action, on the
// project of the client that runs that day, when there is only one.
func (a *Analysis) league(ask RelationAsk) []ActionRow {
	r, p := a.Relation(), a.chapters.relation
	list := actions(r.Model)
	for _, x := range ask.Acts {
		if !slices.Contains(list, x.Code) && len(list) < 200 {
			list = append(list, x.Code)
		}
	}
	tracks := make([]relation.Track, len(r.Projects))
	steps := slices.Clone(ask.Steps)
	sorting.Stable(steps, func(x, y PhaseStep) int { return cmp.Or(byteCompare(x.Project, y.Project), cmp.Compare(x.Day, y.Day)) })
	of := func(id portfolio.ID) int {
		for k := range r.Projects {
			if r.Projects[k].Project.ID == id {
				return k
			}
		}
		return -1
	}
	for _, s := range steps {
		if k := of(s.Project); k >= 0 && s.Day <= a.AsOf {
			tracks[k].Changes = append(tracks[k].Changes, relation.Change{Day: s.Day, Phase: s.Phase})
		}
	}
	for k := range tracks {
		x := r.Projects[k].Project
		if len(tracks[k].Changes) == 0 {
			if since := max(x.Since, x.Opened); since != 0 && since <= a.AsOf {
				tracks[k].Changes = []relation.Change{{Day: since, Phase: min(max(x.Phase, 0), len(r.Model)-1)}}
			}
		}
		if x.State > portfolio.Running && seenBy(x.Ended, a.AsOf) {
			tracks[k].End = x.Ended
			if x.State == portfolio.Won && len(tracks[k].Changes) > 0 {
				tracks[k].Changes = append(tracks[k].Changes, relation.Change{Day: x.Ended, Phase: len(r.Model) - 1})
			}
		}
	}
	var acts []relation.Act
	for _, x := range ask.Acts {
		if k := of(x.Project); k >= 0 {
			acts = append(acts, relation.Act{Project: int32(k), Action: int32(slices.Index(list, x.Code)), Day: x.Day})
		}
	}
	acts = append(acts, a.actsSaid(list)...)
	var out []ActionRow
	league := relation.League(relation.Observe(tracks, acts, a.AsOf, p), len(list), p)
	for _, e := range league[:min(len(league), mostRows)] {
		x := ActionRow{Code: list[e.Action], Phase: e.Phase, With: [2]int{e.With, e.WithUp}, Without: [2]int{e.Without, e.WithoutUp},
			Share: [3]float64{e.Share, e.Low, e.High}, Other: [3]float64{e.Other, e.OtherLow, e.OtherHigh},
			Gain: Figure{Topic: "action-effect", Value: e.Gain, Unit: explain.Percent, Mark: e.Mark}, Verdict: uint8(e.Verdict)}
		if e.Verdict == relation.Corrective || e.Verdict == relation.Below {
			best, code := r.Model.Instead(e, league, []string{x.Code})
			if best >= 0 {
				code = list[best]
			}
			x.Instead = code
		}
		out = append(out, x)
	}
	return out
}

// actsSaid are the actions that contacts name among their topics.
func (a *Analysis) actsSaid(list []string) (out []relation.Act) {
	r := a.Relation()
	from := 0
	for i, d := range a.facts {
		to := from
		for to < len(r.Projects) && int(r.Projects[to].Client) == i {
			to++
		}
		if to > from {
			out = a.actsOf(d, list, from, to, out)
		}
		from = to
	}
	return out
}

func (a *Analysis) actsOf(d *Deep, list []string, from, to int, out []relation.Act) []relation.Act {
	r := a.Relation()
	for t, topic := range d.Topics[:min(len(d.Topics), 31)] { // the last bit stands for several
		action := slices.Index(list, topic)
		if action < 0 {
			continue
		}
		for k := range d.Contacts {
			m := &d.Contacts[k]
			if m.Topics&bit(t) == 0 || m.Day > a.AsOf || m.Outcome == portfolio.Postponed {
				continue
			}
			on, n := -1, 0
			for j := from; j < to; j++ {
				if x := r.Projects[j].Project; x.Opened <= m.Day && (x.Ended == 0 || x.Ended >= m.Day) {
					on, n = j, n+1
				}
			}
			if n == 1 {
				out = append(out, relation.Act{Project: int32(on), Action: int32(action), Day: m.Day})
			}
		}
	}
	return out
}

// nextSteps ranks the running projects by what the next phase of each would
// bring by the hour. The hours are those of a visit.
func (a *Analysis) nextSteps() []LeverRow {
	r, p := a.Relation(), a.chapters.relation
	hours := a.hoursOf()[attrition.Visit-1]
	list := make([]relation.Blocker, 0, len(r.Running))
	for _, k := range r.Running {
		x := &r.Projects[k]
		list = append(list, relation.Blocker{Amount: x.Project.Amount, From: x.Reading.Phase, To: min(x.Reading.Phase+1, len(r.Model)-1), Hours: hours})
	}
	var out []LeverRow
	for _, l := range relation.Levers(list, len(r.Model), p) {
		if l.Gain <= 0 || len(out) == mostRows {
			break
		}
		x, b := &r.Projects[r.Running[l.Index]], &list[l.Index]
		out = append(out, LeverRow{Client: x.Client, Project: x.Project.ID, Name: x.Project.Name, Amount: x.Project.Amount, Phase: b.From, Next: x.Reading.Next, Hours: hours,
			Gain: amount("next-step", l.Gain, explain.Sound(explain.Amount("relation.amount", b.Amount), explain.Amount("relation.weighted", l.Gain))), PerHour: round64(l.PerHour)})
	}
	return out
}

// inbound counts the contacts that others began, by month.
func (a *Analysis) inbound() (out InboundSeries) {
	var edges [16]calendar.Day
	for k := range edges {
		edges[k] = (a.AsOf + 1).AddMonths(k - 15)
	}
	last, before := 0, 0
	for i, d := range a.facts {
		prospect := a.lived().Phase[i] == maturity.Prospect
		for k := range d.Contacts {
			m := &d.Contacts[k]
			day, ok := a.seen(m.Day)
			if !ok || !m.Inbound || day < edges[0] {
				continue
			}
			if day >= edges[12] {
				last++
			} else {
				before++
			}
			for j := 11; j >= 0; j-- {
				if day >= edges[j+3] {
					out.Months[j]++
					out.Prospects[j] += one(prospect)
					break
				}
			}
		}
	}
	// The ratio of I2 for calls that rise, and its mirror for those that fall.
	out.Trend = Figure{Topic: "inbound", Unit: explain.Ratio, Mark: explain.Missing(explain.NoContact)}
	if last+before > 0 {
		out.Trend.Value = (float64(last) / 3) / ((float64(before) + .5) / 12)
		out.Trend.Mark = explain.Sound(explain.Tally("view.inbound3", last), explain.Tally("view.inbound12", before))
		out.Falling = before >= 8*last+4 // before ÷ 12 is twice (last + ½) ÷ 3, or more
	}
	r := a.Relation()
	var deals []relation.Deal
	for _, k := range r.Running {
		if x := &r.Projects[k]; a.lived().Phase[x.Client] == maturity.Prospect {
			deals = append(deals, relation.Deal{Amount: x.Project.Amount, Phase: x.Project.Phase, Chance: chanceOf(x.Project)})
		}
	}
	sum := relation.Weigh(deals, r.Median, len(r.Model), a.chapters.relation)
	out.Running, out.Weighted = len(deals), amount("prospect-pipeline", sum.TotalWorth, sum.Mark)
	return out
}

func chanceOf(p *ProjectFact) float64 {
	if p.Chance != nil {
		return *p.Chance
	}
	return -1
}
