package query

import (
	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/relation"
	"sillon/engine/response"
	"sillon/engine/steering"
)

// BondView is what ties a client and us: what was signed, shown to one who
// reopens the file to competition (J4), the joint plan (J6), and what each person
// was given (G3).
type BondView struct {
	Signed Figure         `cbor:"1,keyasint"`           // commitments in writing ÷ all
	Lines  []PromisePart  `cbor:"2,keyasint,omitempty"` // the written ones, in order
	Ours   money.Cents    `cbor:"3,keyasint"`           // value of those we kept
	Theirs money.Cents    `cbor:"4,keyasint"`
	Tie    Figure         `cbor:"5,keyasint"`
	Lose   []ToolPart     `cbor:"6,keyasint,omitempty"` // what would disappear with us, dearest to replace first
	Plan   CooperatePart  `cbor:"7,keyasint"`
	Gifts  []GiftPart     `cbor:"8,keyasint,omitempty"`
	Nobody money.Cents    `cbor:"9,keyasint,omitempty"` // spent this year with nobody named
	Chain  []portfolio.ID `cbor:"10,keyasint,omitempty"`
}

// A ToolPart is something shared with a client.
type ToolPart struct {
	Name   string       `cbor:"1,keyasint,omitempty"`
	Ours   money.Cents  `cbor:"2,keyasint,omitempty"`
	Theirs money.Cents  `cbor:"3,keyasint,omitempty"`
	Days   float64      `cbor:"4,keyasint,omitempty"` // of effort to replace it
	Used   calendar.Day `cbor:"5,keyasint,omitempty"`
}

// CooperatePart is the joint plan: each pair of commitments that answer each
// other is a goal with a gain for both.
type CooperatePart struct {
	Goals    int         `cbor:"1,keyasint"`
	Ours     money.Cents `cbor:"2,keyasint"` // gains of the goals
	Theirs   money.Cents `cbor:"3,keyasint"`
	OneSided int         `cbor:"4,keyasint,omitempty"`
	Late     int         `cbor:"5,keyasint,omitempty"`
	Progress Figure      `cbor:"6,keyasint"` // done ÷ due
	Per      float64     `cbor:"7,keyasint"` // commitments we offered, by quarter of N
	Stated   money.Cents `cbor:"8,keyasint"` // yearly gain the client states
	Net      Figure      `cbor:"9,keyasint"`
	Mutual   bool        `cbor:"10,keyasint,omitempty"`
}

// A GiftPart is what a person was given in the year, against the ethical cap.
type GiftPart struct {
	Person portfolio.ID `cbor:"1,keyasint"`
	Name   string       `cbor:"2,keyasint"`
	Given  money.Cents  `cbor:"3,keyasint"`
	Left   Figure       `cbor:"4,keyasint"`
	Over   bool         `cbor:"5,keyasint,omitempty"`
}

// BondView is what ties client i and us.
func (a *Analysis) BondView(i int) BondView {
	d, p := a.facts[i], a.chapters.relation
	out := BondView{}
	lines := a.commitments(i)
	c := relation.Guard(lines, p)
	out.Ours, out.Theirs = c.Ours, c.Theirs
	out.Signed = Figure{Topic: "signed", Unit: explain.Percent, Mark: explain.Missing(explain.NoData)}
	if c.Total > 0 {
		out.Signed.Value = float64(c.Signed) / float64(c.Total)
		out.Signed.Mark = explain.Sound(explain.Tally("view.signed", c.Signed), explain.Tally("view.promises", c.Total), explain.Amount("relation.ours", c.Ours), explain.Amount("relation.theirs", c.Theirs))
	}
	for _, k := range c.Lines[:min(len(c.Lines), maxLines)] {
		x := &d.Commitments[k]
		out.Lines = append(out.Lines, PromisePart{ID: x.ID, Ours: x.Side == portfolio.Us, Text: x.Text, State: x.State, Value: x.Value, Points: x.Points, Made: x.Made, Due: x.Due, Done: x.Done})
		if !x.Answers.IsZero() {
			out.Chain = append(out.Chain, x.ID)
		}
	}
	out.Tie, _ = a.FigureOf("tie", i)
	var tools []portfolio.Tool
	for _, t := range d.Tools {
		if !t.Gone {
			tools = append(tools, t)
			out.Plan.Stated = out.Plan.Stated.Plus(max(0, t.StatedGains))
		}
	}
	for _, k := range a.Relation().Bond[i].Lose {
		if int(k) < len(tools) && len(out.Lose) < maxLines {
			t := &tools[k]
			out.Lose = append(out.Lose, ToolPart{t.Name, t.Ours, t.Theirs, short(t.Replace), t.Used})
		}
	}
	a.cooperate(i, lines, &out.Plan)
	a.gifts(d, &out)
	return out
}

// worthOfLine is the amount of a commitment, or its points at give.pointValue.
func worthOfLine(l *relation.Line, p relation.Params) money.Cents {
	if l.Value > 0 {
		return l.Value
	}
	return money.Cents(min(max(l.Points, 0), 5)) * p.PointValue
}

func (a *Analysis) cooperate(i int, lines []relation.Line, out *CooperatePart) {
	p, list := a.chapters.relation, a.facts[i].Commitments
	var goals []relation.Joint
	offered := 0
	for k := range lines {
		x := &lines[k]
		if x.Side == portfolio.Us && x.State != portfolio.Released && a.N.Contains(x.Made) {
			offered++
		}
		j := int(x.Answers)
		if j < 0 || j >= len(lines) || x.State == portfolio.Released || lines[j].State == portfolio.Released || lines[j].Side == x.Side {
			continue
		}
		ours, theirs := k, j
		if x.Side == portfolio.Them {
			ours, theirs = j, k
		}
		goals = append(goals, relation.Joint{Ours: worthOfLine(&lines[theirs], p), Theirs: worthOfLine(&lines[ours], p), Due: max(list[k].Due, list[j].Due),
			Done: lines[k].State == portfolio.KeptIt && lines[j].State == portfolio.KeptIt})
	}
	net := a.Cost().Margins.Client[i].Net
	c := relation.Cooperate(goals, a.AsOf, net, out.Stated, offered, 4)
	out.Goals, out.Ours, out.Theirs, out.OneSided, out.Late, out.Per, out.Mutual = len(goals), c.Ours, c.Theirs, len(c.OneSided), len(c.Late), c.PerQuarter, c.Mutual
	out.Net, _ = a.FigureOf("net", i)
	out.Progress = Figure{Topic: "joint-progress", Unit: explain.Percent, Mark: explain.Missing(explain.NoData)}
	if c.Due > 0 {
		out.Progress.Value = c.Progress
		out.Progress.Mark = explain.Sound(explain.Tally("view.goalsDue", c.Due), explain.Tally("view.goalsDone", c.Done))
	}
}

// gifts are what was spent on each person in the civil year of the as-of date:
// samples, meals and gifts alike, shared equally between those who were met.
func (a *Analysis) gifts(d *Deep, out *BondView) {
	year, _, _ := a.AsOf.Civil()
	var list []steering.Gift
	var of []int
	for k := range d.Contacts {
		m := &d.Contacts[k]
		if y, _, _ := m.Day.Civil(); m.Spent <= 0 || y != year || m.Day > a.AsOf {
			continue
		}
		of = of[:0]
		for j := range d.Persons {
			if m.Persons&bit(j) != 0 {
				of = append(of, j)
			}
		}
		if len(of) == 0 {
			out.Nobody = out.Nobody.Plus(m.Spent)
		}
		for n, j := range of {
			list = append(list, steering.Gift{Person: d.Persons[j].ID.String(), Year: year, Amount: m.Spent.Slice(n, n+1, len(of))})
		}
	}
	for j := range d.Persons[:min(len(d.Persons), maxLines)] {
		x := &d.Persons[j]
		g := steering.GiftsTo(x.ID.String(), year, list, a.chapters.steering)
		if g.Given <= 0 {
			continue
		}
		out.Gifts = append(out.Gifts, GiftPart{x.ID, x.Name, g.Given, amount("gift-left", g.Left,
			explain.Sound(explain.Amount("view.gifts", g.Given), explain.Amount("view.giftCap", a.chapters.steering.GiftCap))), g.Over})
	}
}

// MayGive reports whether a person may still be given an amount this year (G3).
func (a *Analysis) MayGive(i int, person portfolio.ID, gift money.Cents) bool {
	var v BondView
	a.gifts(a.facts[i], &v)
	year, _, _ := a.AsOf.Civil()
	var list []steering.Gift
	for _, g := range v.Gifts {
		list = append(list, steering.Gift{Person: g.Person.String(), Year: year, Amount: g.Given})
	}
	return steering.MayGive(steering.Gift{Person: person.String(), Year: year, Amount: gift}, list, a.chapters.steering)
}

// NegotiationAsk is a negotiation being prepared (J5). No record holds it: it
// comes with the question.
type NegotiationAsk struct {
	Start        money.Cents  `cbor:"1,keyasint,omitempty"`
	Target       money.Cents  `cbor:"2,keyasint,omitempty"`
	Limit        money.Cents  `cbor:"3,keyasint,omitempty"`
	Cost         money.Cents  `cbor:"4,keyasint,omitempty"` // 0: the start at the client's margin rate
	Instead      []InsteadAsk `cbor:"5,keyasint,omitempty"` // our alternatives
	RivalLow     money.Cents  `cbor:"6,keyasint,omitempty"`
	RivalHigh    money.Cents  `cbor:"7,keyasint,omitempty"`
	Switching    money.Cents  `cbor:"8,keyasint,omitempty"`
	Risk         money.Cents  `cbor:"9,keyasint,omitempty"`
	Discount     float64      `cbor:"10,keyasint,omitempty"` // asked, share of the price; 0: from the start to the target
	Rate         float64      `cbor:"11,keyasint,omitempty"` // margin rate; 0: the client's
	Concessions  []ChipAsk    `cbor:"12,keyasint,omitempty"`
	Counterparts []ChipAsk    `cbor:"13,keyasint,omitempty"`
	Moves        []MoveAsk    `cbor:"14,keyasint,omitempty"` // made at the table
}

// An InsteadAsk is what we could do without this agreement.
type InsteadAsk struct {
	P      float64     `cbor:"1,keyasint"`
	Margin money.Cents `cbor:"2,keyasint"`
	Cost   money.Cents `cbor:"3,keyasint,omitempty"`
}

// A ChipAsk is something one side may give.
type ChipAsk struct {
	Code  string      `cbor:"1,keyasint"`
	Value money.Cents `cbor:"2,keyasint"`
	Ease  uint8       `cbor:"3,keyasint,omitempty"` // relation.Ease
}

// A MoveAsk is an exchange made.
type MoveAsk struct {
	Given    money.Cents `cbor:"1,keyasint"`
	Received money.Cents `cbor:"2,keyasint"`
	Paired   bool        `cbor:"3,keyasint,omitempty"`
}

// NegotiationView is the sheet of a negotiation on one screen.
type NegotiationView struct {
	Mesore    Figure        `cbor:"1,keyasint"`
	Best      int           `cbor:"2,keyasint"` // alternative it comes from; −1: none, a warning
	Us        Figure        `cbor:"3,keyasint"` // our limit price
	Them      Figure        `cbor:"4,keyasint"` // theirs, at the low end
	ThemHigh  money.Cents   `cbor:"5,keyasint"`
	Zone      Figure        `cbor:"6,keyasint"`
	ZoneHigh  money.Cents   `cbor:"7,keyasint"`
	Floor     money.Cents   `cbor:"8,keyasint"` // the zone is shown from here
	Power     Figure        `cbor:"9,keyasint"`
	PowerHigh float64       `cbor:"10,keyasint"`
	Outlook   uint8         `cbor:"11,keyasint,omitempty"` // relation.Outlook
	TargetOut bool          `cbor:"12,keyasint,omitempty"`
	Offers    []money.Cents `cbor:"13,keyasint,omitempty"` // the ladder of concessions
	Volume    Figure        `cbor:"14,keyasint"`           // more to sell to pay for the discount
	Discount  float64       `cbor:"15,keyasint,omitempty"`
	Pairs     []PairRow     `cbor:"16,keyasint,omitempty"`
	Count     [3][3]int     `cbor:"17,keyasint"` // fair pairs, by ease of the concession and of the counterpart
	Tactics   [3][3]uint8   `cbor:"18,keyasint"` // relation.Tactic of each square
	Given     money.Cents   `cbor:"19,keyasint"`
	Received  money.Cents   `cbor:"20,keyasint"`
	Alone     int           `cbor:"21,keyasint,omitempty"` // concessions without a counterpart
	Fair      bool          `cbor:"22,keyasint,omitempty"`
	Cost      money.Cents   `cbor:"23,keyasint"`
	Guessed   bool          `cbor:"24,keyasint,omitempty"` // the cost is from the client's margin rate
	Library   []string      `cbor:"25,keyasint"`           // counterparts one may ask for
}

// A PairRow is what to ask for a concession.
type PairRow struct {
	Concession string `cbor:"1,keyasint"`
	With       string `cbor:"2,keyasint,omitempty"` // empty: nothing is worth as much
	Tactic     uint8  `cbor:"3,keyasint"`           // relation.Tactic
}

// NegotiationView prepares a negotiation with client i.
func (a *Analysis) NegotiationView(i int, ask NegotiationAsk) NegotiationView {
	p := a.chapters.relation
	rate, known := a.rateOf(i)
	if ask.Rate > 0 && ask.Rate <= 1 {
		rate, known = ask.Rate, true
	}
	out := NegotiationView{Cost: ask.Cost, Library: relation.Counterparts}
	if out.Cost <= 0 && ask.Start > 0 && known {
		out.Cost, out.Guessed = round64(float64(ask.Start)*(1-rate)), true
	}
	s := relation.Sheet{Start: ask.Start, Target: ask.Target, Limit: ask.Limit, Cost: out.Cost, RivalLow: ask.RivalLow, RivalHigh: ask.RivalHigh, Switching: ask.Switching, Risk: ask.Risk}
	for _, x := range ask.Instead {
		s.Ours = append(s.Ours, relation.Alternative{P: finiteOr(x.P), Margin: x.Margin, Cost: x.Cost})
	}
	z := s.Prepare()
	own := z.Mark // what is ours is known without the rival
	if !own.Has() {
		own = explain.Sound(z.Steps...)
		if z.Best < 0 {
			own = explain.Thin(explain.NoData, z.Steps...)
		}
	}
	if out.Cost <= 0 {
		own = explain.Missing(explain.NoCost, z.Steps...)
	}
	out.Best, out.Floor, out.Outlook, out.TargetOut = z.Best, z.Floor, uint8(z.Outlook), z.TargetOut
	out.Mesore, out.Us = amount("mesore", z.Fallback, own), amount("limit-us", z.Us, own)
	out.Them, out.ThemHigh = amount("limit-them", z.ThemLow, z.Mark), z.ThemHigh
	out.Zone, out.ZoneHigh = amount("zone", z.Low, z.Mark), z.High
	out.Power = Figure{Topic: "power", Value: z.PowerLow, Unit: explain.Percent, Mark: missingUnless(z.HasPower, z.Mark, explain.NoData)}
	out.PowerHigh = z.PowerHigh
	out.Offers = p.Steps(ask.Start, ask.Target)
	if out.Discount = finiteOr(ask.Discount); out.Discount == 0 && ask.Start > 0 && ask.Target > 0 && ask.Target < ask.Start {
		out.Discount = float64(ask.Start-ask.Target) / float64(ask.Start)
	}
	out.Volume = Figure{Topic: "volume", Unit: explain.Percent, Mark: explain.Missing(explain.NoCost)}
	if known {
		out.Volume = figure("volume", relation.Volume(out.Discount, rate), explain.Percent)
	}
	a.bargain(ask, &out)
	return out
}

func (a *Analysis) bargain(ask NegotiationAsk, out *NegotiationView) {
	chips := func(list []ChipAsk) []relation.Chip {
		c := make([]relation.Chip, min(len(list), mostRows))
		for k := range c {
			c[k] = relation.Chip{Code: list[k].Code, Value: list[k].Value, Ease: relation.Ease(list[k].Ease)}
		}
		return c
	}
	give, take := chips(ask.Concessions), chips(ask.Counterparts)
	b := relation.Pair(give, take)
	out.Count = b.Count
	for c := relation.Easy; c <= relation.Hard; c++ {
		for k := relation.Easy; k <= relation.Hard; k++ {
			out.Tactics[c][k] = uint8(relation.TacticOf(c, k))
		}
	}
	for k := range give {
		x := PairRow{Concession: give[k].Code, Tactic: uint8(relation.Dissuade)}
		if w := b.With[k]; w >= 0 {
			x.With, x.Tactic = take[w].Code, uint8(relation.TacticOf(give[k].Ease, take[w].Ease))
		}
		out.Pairs = append(out.Pairs, x)
	}
	moves := make([]relation.Move, len(ask.Moves))
	for k, m := range ask.Moves {
		moves[k] = relation.Move{Given: m.Given, Received: m.Received, Paired: m.Paired}
	}
	s := relation.Count(moves)
	out.Given, out.Received, out.Alone, out.Fair = s.Given, s.Received, s.Alone, s.Fair
}

// rateOf is the margin rate of client i, else of the portfolio.
func (a *Analysis) rateOf(i int) (float64, bool) {
	if m := &a.Cost().Margins.Client[i]; m.HasRates {
		return m.Rate, true
	}
	return a.Cost().Rate, a.Cost().Rate > 0
}

// finiteOr is a number that was asked, 0 where it is none.
func finiteOr(x float64) float64 {
	if !finite(x) {
		return 0
	}
	return x
}

// JudgeAsk is the rep's view of a client, in percent of today's margin (B3), and
// the visits to try. Without answers, those kept.
type JudgeAsk struct {
	None       float64 `cbor:"1,keyasint,omitempty"`
	Half       float64 `cbor:"2,keyasint,omitempty"`
	More       float64 `cbor:"3,keyasint,omitempty"`
	Saturation float64 `cbor:"4,keyasint,omitempty"`
	HasHalf    bool    `cbor:"5,keyasint,omitempty"`
	Visits     float64 `cbor:"6,keyasint,omitempty"` // 0: those proposed
}

// JudgeView is the response of a client as judged, as measured, and blended.
type JudgeView struct {
	Now      int       `cbor:"1,keyasint"`            // visits of N
	Again    bool      `cbor:"2,keyasint,omitempty"`  // the answers do not rise: ask again
	Kept     bool      `cbor:"3,keyasint,omitempty"`  // the answers are those kept
	Judged   []float64 `cbor:"4,keyasint,omitempty"`  // margin at 0, 1, 2… visits, cents
	Measured []float64 `cbor:"5,keyasint,omitempty"`  // by the data alone
	Blended  []float64 `cbor:"6,keyasint,omitempty"`  // by both: the one H6 uses
	Envelope []float64 `cbor:"7,keyasint,omitempty"`  // of Blended: what a visit more brings at best
	Shape    float64   `cbor:"8,keyasint,omitempty"`  // c
	Scale    float64   `cbor:"9,keyasint,omitempty"`  // d
	Tried    float64   `cbor:"10,keyasint,omitempty"` // visits
	Then     *ThenPart `cbor:"11,keyasint,omitempty"` // at the visits tried
	Net      Figure    `cbor:"12,keyasint"`           // gain less the price of the visits added
}

// Judgments that persons keep of a client: percents of today's margin at no
// visit, half, half more and as many as one likes (portfolio.Override.What).
var judgmentsKept = [...]string{"visits.0", "visits.50", "visits.150", "visits.max"}

// judgments are those kept of client i; false unless the three that matter
// are there.
func (a *Analysis) judgments(i int) (j response.Judgments, ok bool) {
	if len(a.facts[i].Overrides) == 0 {
		return j, false
	}
	var has [4]bool
	var x [4]float64
	for k, what := range judgmentsKept {
		var o portfolio.Override
		if o, has[k] = a.decided(i, what); has[k] {
			x[k] = o.Value
		}
	}
	return response.Judgments{None: x[0], Half: x[1], More: x[2], Saturation: x[3], HasHalf: has[1]}, has[0] && has[2] && has[3]
}

// judge puts the rep's judgments into the measured response of the clients who
// have some.
func (a *Analysis) judged(out *PartResponse) {
	for k, i := range out.Clients {
		if j, ok := a.judgments(int(i)); ok {
			if c, err := blend(j, out.Measure[k]); err == nil {
				out.Curve[k], out.Fitted = c, true
				if out.Judged == nil {
					out.Judged = make([]bool, len(out.Clients))
				}
				out.Judged[k] = true
			}
		}
	}
}

func blend(j response.Judgments, m response.Measure) (response.Curve, error) {
	if m == (response.Measure{}) {
		return response.Judge(j)
	}
	return response.Blend(j, m)
}

// JudgeView tries a rep's judgments of client i.
func (a *Analysis) JudgeView(i int, ask JudgeAsk) JudgeView {
	out := JudgeView{Now: int(a.Cost().Met[i]), Net: Figure{Topic: "judged-net", Unit: explain.Money, Mark: explain.Missing(explain.NoContact)}}
	k, ok := a.placed(i)
	if !ok {
		out.Net.Mark = explain.Missing(explain.NewClient)
		return out
	}
	b := a.Response()
	j := response.Judgments{None: ask.None, Half: ask.Half, More: ask.More, Saturation: ask.Saturation, HasHalf: ask.HasHalf}
	if j == (response.Judgments{}) {
		j, out.Kept = a.judgments(i)
	}
	margin, now := a.Cost().Gross.Margin[i], float64(out.Now)
	most := max(4, min(2*out.Now, 60))
	values := func(c response.Curve) []float64 { return c.Values(margin, now, most) }
	m := b.Measure[k]
	if m != (response.Measure{}) {
		out.Measured = values(m.Curve())
	}
	c, err := blend(j, m)
	if err != nil {
		out.Again = j != (response.Judgments{})
		out.Net.Mark = explain.Missing(explain.NoData)
		return out
	}
	if own, err := response.Judge(j); err == nil {
		out.Judged = values(own)
	}
	out.Blended = values(c)
	out.Envelope = response.Envelope(out.Blended)
	out.Shape, out.Scale = c.Shape, c.Scale
	if out.Tried = finiteOr(ask.Visits); out.Tried <= 0 {
		out.Tried = float64(b.Strategy.Proposal[k].Visits)
	}
	s := c.Simulate(margin, now, out.Tried, a.Cost().Visit)
	if s.Has() {
		out.Then = &ThenPart{s.Margin, s.Gain, s.Cost, s.Net}
	}
	out.Net.Value, out.Net.Mark = float64(s.Net), s.Mark
	return out
}

// EstimateAsk brings what no record holds: a market and the part of it the
// client is.
type EstimateAsk struct {
	Market money.Cents `cbor:"1,keyasint,omitempty"`
	Part   float64     `cbor:"2,keyasint,omitempty"`
	Unused money.Cents `cbor:"3,keyasint,omitempty"` // what he does not buy yet and we could serve
}

// EstimateView proposes estimates for a client (E1): to confirm, never taken by
// themselves.
type EstimateView struct {
	Now      Figure         `cbor:"1,keyasint"`
	Proposed []EstimatePart `cbor:"2,keyasint,omitempty"`
	Then     Figure         `cbor:"3,keyasint"` // the potential with those of Proposed
	Sure     float64        `cbor:"4,keyasint"` // its confidence
}

// An EstimatePart is one estimate that could be made.
type EstimatePart struct {
	Method  portfolio.Appraisal `cbor:"1,keyasint"`
	Amount  Figure              `cbor:"2,keyasint"`
	Peers   int                 `cbor:"3,keyasint,omitempty"` // clients it is drawn from
	Quality float64             `cbor:"4,keyasint"`
}

// EstimateView proposes estimates for client i: by the headcount and what a head
// is worth in this portfolio, by analogy with the clients of his trade, by
// market, and from its parts.
func (a *Analysis) EstimateView(i int, ask EstimateAsk) EstimateView {
	p, d, c := a.rules.potential, a.facts[i], a.Cards[i]
	out := EstimateView{}
	out.Now, _ = a.FigureOf("potential", i)
	var found []potential.Estimate
	add := func(topic string, e potential.Estimate, peers int, steps ...explain.Step) {
		if e.Amount <= 0 {
			return
		}
		found = append(found, e)
		m := explain.Sound(append(steps, explain.Amount("view.proposed", e.Amount))...)
		if peers > 0 && peers < 4 {
			m.Status, m.Reason = explain.Weak, explain.FewClients
		}
		out.Proposed = append(out.Proposed, EstimatePart{e.Method, amount(topic, e.Amount, m), peers, p.Quality[e.Method]})
	}
	heads, known, peers := make([]float64, a.Len()), make([]bool, a.Len()), 0
	for k := range a.Cards {
		if k == i { // he is not his own peer
			continue
		}
		heads[k], known[k] = float64(a.facts[k].Headcount), a.Known[k]
		peers += one(known[k] && heads[k] > 0)
	}
	if per, ok := potential.Coefficient(a.Worth, known, heads); ok && d.Headcount > 0 {
		if e, ok := potential.FromDriver(float64(d.Headcount), per, a.AsOf); ok {
			add("estimate-ratio", e, peers, explain.Tally("view.heads", d.Headcount), explain.Of("view.perHead", per, explain.Money))
		}
	}
	a.byAnalogy(i, add)
	if e, ok := potential.FromMarket(ask.Market, ask.Part, a.AsOf); ok {
		add("estimate-market", e, 0, explain.Amount("view.market", ask.Market), explain.Share("view.part", ask.Part))
	}
	var rivals money.Cents
	for k := range d.Competitors {
		rivals = rivals.Plus(max(0, d.Competitors[k].Share))
	}
	if rivals > 0 || ask.Unused > 0 {
		add("estimate-parts", potential.Estimate{Amount: potential.FromParts(a.Sales[i], rivals, ask.Unused), Method: portfolio.Judgment, Day: a.AsOf}, 0,
			explain.Amount("potential.sales", a.Sales[i]), explain.Amount("view.rivals", rivals), explain.Amount("view.unused", ask.Unused))
	}
	for _, e := range c.Estimates {
		if e.Family == "" {
			found = append(found, e.Estimate)
		}
	}
	x := potential.Appraise(found, a.Sales[i], a.AsOf, p)
	out.Then, out.Sure = amount("estimate-then", x.Value, x.Mark), x.Confidence
	return out
}

// byAnalogy proposes what the clients of the same trade could buy, by size
// where all have one.
func (a *Analysis) byAnalogy(i int, add func(topic string, e potential.Estimate, peers int, steps ...explain.Step)) {
	var spends []money.Cents
	var sizes []float64
	sized := a.facts[i].Headcount > 0
	for k := range a.Cards {
		if k != i && a.Known[k] && a.Worth[k] > 0 && a.Cards[k].Sector == a.Cards[i].Sector && a.Cards[i].Sector != "" {
			spends, sizes = append(spends, a.Worth[k]), append(sizes, float64(a.facts[k].Headcount))
			sized = sized && a.facts[k].Headcount > 0
		}
	}
	if !sized {
		sizes = nil
	}
	if e, ok := potential.FromAnalogy(spends, sizes, float64(a.facts[i].Headcount), a.AsOf); ok {
		add("estimate-analogy", e, len(spends), explain.Tally("view.peers", len(spends)))
	}
}

// unitsOf is what a contact of a kind counts.
func (a *Analysis) unitsOf(k portfolio.ContactKind) float64 {
	return a.rules.cost.Units(cost.Contact{Kind: k})
}
