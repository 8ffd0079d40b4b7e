package query

import (
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/weight"
)

// ContactsView is the tab Contacts: what the effort costs and what it brings
// back (A1 to A3, B1 to B4, G1).
type ContactsView struct {
	Ground   Ground       `cbor:"1,keyasint"`
	Price    ContactPrice `cbor:"2,keyasint"`
	Invested ByChannel    `cbor:"3,keyasint"`
	Margin   MarginSum    `cbor:"4,keyasint"`
	Whale    WhaleSeries  `cbor:"5,keyasint"`
	Rows     []ContactRow `cbor:"6,keyasint,omitempty"` // the clients of the balance, by place
	Balance  Devourers    `cbor:"7,keyasint"`
	Flow     Sensitive    `cbor:"8,keyasint"`
	Floors   [4][4]Who    `cbor:"9,keyasint"` // by rank of contact units, then of sales; 0 the top quarter
	Returns  []Return     `cbor:"10,keyasint,omitempty"`
	Strategy StrategySum  `cbor:"11,keyasint"`
	Carried  [4]Who       `cbor:"12,keyasint"` // unknown, by us, by both, by the client (G1)
}

// ContactPrice is what contacts cost (A1).
type ContactPrice struct {
	Full    money.Cents     `cbor:"1,keyasint"`
	Unit    Figure          `cbor:"2,keyasint"`
	Visit   Figure          `cbor:"3,keyasint"`
	Call    Figure          `cbor:"4,keyasint"`
	Units   float64         `cbor:"5,keyasint"`
	Kinds   []ContactKindOf `cbor:"6,keyasint,omitempty"`
	Trend   [4]float64      `cbor:"7,keyasint"` // price of a unit by quarter, cents; 0: nobody was contacted
	Hours   float64         `cbor:"8,keyasint,omitempty"`
	Hourly  float64         `cbor:"9,keyasint,omitempty"` // cents
	Unused  money.Cents     `cbor:"10,keyasint,omitempty"`
	Costing string          `cbor:"11,keyasint"` // equivalence simple time
}

// A ContactKindOf is one kind of contact.
type ContactKindOf struct {
	Key   string  `cbor:"1,keyasint"`
	Count int     `cbor:"2,keyasint"`
	Units float64 `cbor:"3,keyasint"`
	Price float64 `cbor:"4,keyasint"` // cents
}

// ByChannel is the amount invested by kind of contact (A2).
type ByChannel struct {
	Total Figure         `cbor:"1,keyasint"`
	Parts []ChannelShare `cbor:"2,keyasint,omitempty"`
}

// A ChannelShare is one part of an amount invested.
type ChannelShare struct {
	Key    string      `cbor:"1,keyasint"` // a kind of contact, or direct
	Amount money.Cents `cbor:"2,keyasint"`
}

// MarginSum goes from sales to net commercial margin (A3).
type MarginSum struct {
	Sales     money.Cents `cbor:"1,keyasint"`
	Gross     money.Cents `cbor:"2,keyasint"`
	Invested  money.Cents `cbor:"3,keyasint"`
	Other     money.Cents `cbor:"4,keyasint"`
	Net       Figure      `cbor:"5,keyasint"`
	Rate      Figure      `cbor:"6,keyasint"`           // gross margin ÷ sales
	Losing    Who         `cbor:"7,keyasint,omitempty"` // net margin below nothing
	Estimated bool        `cbor:"8,keyasint,omitempty"`
}

// A WhaleSeries is the whale curve.
type WhaleSeries struct {
	Order     []int32       `cbor:"1,keyasint"` // best first
	Cum       []money.Cents `cbor:"2,keyasint"`
	Peak      money.Cents   `cbor:"3,keyasint"`
	At        int           `cbor:"4,keyasint"` // clients at the peak
	Ratio     Figure        `cbor:"5,keyasint"` // peak ÷ total
	Destroyed money.Cents   `cbor:"6,keyasint"`
}

// A ContactRow is one client on the planes of this tab, and a line of the
// strategy to accept or refuse.
type ContactRow struct {
	Client     int32       `cbor:"1,keyasint"`
	Phase      string      `cbor:"2,keyasint,omitempty" why:"phase"`
	Units      float64     `cbor:"3,keyasint,omitempty" why:"units"`
	Sales      money.Cents `cbor:"4,keyasint,omitempty"`
	Gross      money.Cents `cbor:"5,keyasint,omitempty" why:"gross"`
	Invested   money.Cents `cbor:"6,keyasint,omitempty" why:"invested"`
	Net        money.Cents `cbor:"7,keyasint,omitempty" why:"net"`
	Class      string      `cbor:"8,keyasint,omitempty" why:"balance"` // squelette poule contactivore vache
	D          float64     `cbor:"9,keyasint,omitempty" why:"devouring"`
	Infinite   bool        `cbor:"10,keyasint,omitempty"`
	Alarm      uint8       `cbor:"11,keyasint,omitempty"` // response.Alarm
	Hollow     bool        `cbor:"12,keyasint,omitempty"` // phase D: an investment
	E          float64     `cbor:"13,keyasint,omitempty" why:"elasticity"`
	DUnits     float64     `cbor:"14,keyasint,omitempty"` // relative changes, N-1 to N
	DSales     float64     `cbor:"15,keyasint,omitempty"`
	Quadrant   uint8       `cbor:"16,keyasint,omitempty"` // response.Quadrant; 0: not readable
	Band       uint8       `cbor:"17,keyasint,omitempty"` // response.Band
	Silent     uint8       `cbor:"18,keyasint,omitempty"` // explain.Reason why it is not readable
	Advice     uint8       `cbor:"19,keyasint,omitempty" why:"contact-advice"`
	Visits     int         `cbor:"20,keyasint,omitempty"` // of N
	Proposed   int         `cbor:"21,keyasint,omitempty" why:"proposed"`
	Decision   uint8       `cbor:"22,keyasint,omitempty" why:"marginal"`
	Multiplier float64     `cbor:"23,keyasint,omitempty"`
	Flags      uint8       `cbor:"24,keyasint,omitempty"` // 1 raised (phase D), 2 capped, 4 autonomous
	Worth      money.Cents `cbor:"25,keyasint,omitempty"` // potential, the size of the bubble
}

// Flags of a [ContactRow].
const (
	RowRaised = 1 << iota
	RowCapped
	RowAutonomous
)

// Devourers is what B1 says of the whole.
type Devourers struct {
	Class       [5]Who       `cbor:"1,keyasint"`           // none, skeletons, hens, devourers, cows
	Devourers   Who          `cbor:"2,keyasint,omitempty"` // under alarm, the most severe first
	Small       Who          `cbor:"3,keyasint,omitempty"`
	LimitUnits  float64      `cbor:"4,keyasint"`
	LimitResult float64      `cbor:"5,keyasint"`
	Units       float64      `cbor:"6,keyasint"` // share of the contact units that devourers take
	Sales       float64      `cbor:"7,keyasint"` // and of the sales they make
	Result      string       `cbor:"8,keyasint"` // margin sales orders
	Threshold   float64      `cbor:"9,keyasint"` // D from which one devours
	Mark        explain.Mark `cbor:"10,keyasint"`
}

// Sensitive is what B2 says of the whole.
type Sensitive struct {
	Quadrant [5]Who     `cbor:"1,keyasint"` // not readable, sensitive, counter-productive, autonomous, withdrawing
	Band     [5]Who     `cbor:"2,keyasint"` // not readable, reverse, insensitive, moderate, very sensitive
	Decision [4]Who     `cbor:"3,keyasint"` // none, add, hold, reduce
	Phase    [4]float64 `cbor:"4,keyasint"` // mean E of the readable, D to V
	Read     [4]int     `cbor:"5,keyasint"` // how many are
	Market   float64    `cbor:"6,keyasint"` // growth taken out
	Readable Figure     `cbor:"7,keyasint"` // clients with a reading
	Add      float64    `cbor:"8,keyasint"` // × price
	Reduce   float64    `cbor:"9,keyasint"`
	Measured bool       `cbor:"10,keyasint,omitempty"` // a fitted response is at hand
}

// A Return is what one unit of money of contacts brings, net, to a group.
type Return struct {
	Class  string      `cbor:"1,keyasint"`           // A B C
	Often  bool        `cbor:"2,keyasint,omitempty"` // more contacts than the limit of B1
	Who    Who         `cbor:"3,keyasint"`
	Net    money.Cents `cbor:"4,keyasint"`
	Spent  money.Cents `cbor:"5,keyasint"`
	Return Figure      `cbor:"6,keyasint"` // net ÷ invested
}

// StrategySum is the table « now → proposed » in a line (B4).
type StrategySum struct {
	Freed  Figure  `cbor:"1,keyasint"`
	Needed Figure  `cbor:"2,keyasint"`
	Left   Figure  `cbor:"3,keyasint"`
	Hours  float64 `cbor:"4,keyasint"` // freed
	Advice [12]Who `cbor:"5,keyasint"` // by response.Advice; 0: none
}

var costingKeys = [...]string{"equivalence", "simple", "time"}

// ContactsView is the tab Contacts.
func (a *Analysis) ContactsView() ContactsView {
	out := ContactsView{Ground: a.ground("")}
	c, b := a.Cost(), a.Response()
	out.Price = a.priceOf(c)
	out.Invested.Total = amount("invested-all", c.Invested.Total, c.Invested.Mark)
	out.Invested.Parts = channels(c.Invested.Channel[:])
	a.marginSum(c, &out)
	a.balance(c, b, &out)
	a.flow(b, &out)
	for _, i := range b.Clients {
		out.Rows = append(out.Rows, a.contactRow(int(i)))
	}
	if f := a.Weight().Units; !a.Single {
		for i := range a.Cards {
			if u, r := f.Rank[i], a.sc.R.Rank[i]; u > 0 && r > 0 {
				out.Floors[u-1][r-1] = append(out.Floors[u-1][r-1], int32(i))
			}
		}
	}
	a.returns(c, b, &out)
	a.strategy(b, &out)
	s := a.Steering().Sharing
	for k, i := range b.Clients {
		if k < len(s.Carrier) {
			at := min(int(s.Carrier[k]), 3)
			out.Carried[at] = append(out.Carried[at], i)
		}
	}
	return out
}

func channels(sums []money.Cents) []ChannelShare {
	var out []ChannelShare
	for k, x := range sums {
		if x != 0 {
			out = append(out, ChannelShare{contactKey(k), x})
		}
	}
	return out
}

func (a *Analysis) priceOf(c *PartCost) ContactPrice {
	p := c.Price
	out := ContactPrice{Full: p.Full, Units: p.Units, Hours: p.Hours, Hourly: p.Hourly, Unused: p.Unused, Costing: costingKeys[min(int(a.rules.cost.Costing), 2)],
		Unit: amount("unit-price", c.Unit, p.Mark), Visit: amount("visit-price", c.Visit, p.Mark), Call: amount("call-price", c.Call, p.Mark)}
	for k := range p.Kind {
		if x := p.Kind[k]; x.Contacts > 0 {
			out.Kinds = append(out.Kinds, ContactKindOf{contactKey(k), x.Contacts, short(x.Units), short(x.Price)})
		}
	}
	for k, q := range p.Trend {
		if q.Known {
			out.Trend[k] = short(q.PRC)
		}
	}
	return out
}

func (a *Analysis) marginSum(c *PartCost, out *ContactsView) {
	m := &c.Margins
	for _, x := range a.Sales {
		out.Margin.Sales = out.Margin.Sales.Plus(x)
	}
	out.Margin.Gross, out.Margin.Invested, out.Margin.Other, out.Margin.Estimated = m.Gross, m.Invested, m.Other, m.Estimated
	out.Margin.Net = amount("net-all", m.Net, m.Mark)
	out.Margin.Rate = Figure{Topic: "margin-rate", Value: c.Rate, Unit: explain.Percent, Mark: m.Mark}
	if c.Rate == 0 {
		out.Margin.Rate.Mark = explain.Missing(explain.NoSales)
	}
	out.Margin.Losing = a.who(func(i int) bool { return m.Client[i].Net < 0 })
	w := &m.Whale
	out.Whale = WhaleSeries{Order: w.Order, Cum: w.Cum, Peak: w.Peak, At: w.At, Destroyed: w.Destroyed,
		Ratio: Figure{Topic: "whale", Value: w.Ratio, Unit: explain.Percent, Mark: m.Mark}}
	if !w.HasRatio {
		out.Whale.Ratio.Mark = explain.Missing(explain.Negative, m.Steps...)
	}
}

var resultKeys = [...]string{"margin", "sales", "orders"}

func (a *Analysis) balance(c *PartCost, b *PartResponse, out *ContactsView) {
	d := &out.Balance
	p := a.chapters.response
	d.LimitUnits, d.LimitResult, d.Threshold, d.Mark = b.Balance.LimitUnits, b.Balance.LimitResult, p.Devourer, b.Balance.Mark
	d.Result = resultKeys[min(int(p.Result), 2)]
	for k, i := range b.Clients {
		at := min(int(b.Balance.Class[k]), 4)
		d.Class[at] = append(d.Class[at], i)
	}
	var units, theirs float64
	var sales, made money.Cents
	for _, i := range b.Clients {
		units += c.Units[i]
		sales = sales.Plus(a.Sales[i])
	}
	for _, k := range b.Balance.Devourers {
		i := b.Clients[k]
		d.Devourers = append(d.Devourers, i)
		theirs += c.Units[i]
		made = made.Plus(a.Sales[i])
	}
	for _, k := range b.Balance.Small {
		d.Small = append(d.Small, b.Clients[k])
	}
	if units > 0 {
		d.Units = theirs / units
	}
	if sales > 0 {
		d.Sales = float64(made) / float64(sales)
	}
}

func (a *Analysis) flow(b *PartResponse, out *ContactsView) {
	f := &out.Flow
	p := a.chapters.response
	f.Market, f.Measured, f.Add, f.Reduce = b.Flow.Market, b.Fitted, p.AddAbove, p.ReduceBelow
	phase := a.lived().Phase
	for k, i := range b.Clients {
		r := &b.Flow.Reading[k]
		q, band, decision := 0, 0, 0
		if r.Has() {
			q, band, decision = int(r.Quadrant), int(r.Band), int(r.Decision)
			if ph := int(phase[i]) - 2; ph >= 0 && ph < 4 {
				f.Phase[ph] += r.E
				f.Read[ph]++
			}
		}
		f.Quadrant[q] = append(f.Quadrant[q], i)
		f.Band[band] = append(f.Band[band], i)
		f.Decision[decision] = append(f.Decision[decision], i)
	}
	n := 0
	for k := range f.Phase {
		n += f.Read[k]
		if f.Read[k] > 0 {
			f.Phase[k] /= float64(f.Read[k])
		}
	}
	f.Readable = Figure{Topic: "readable", Value: float64(n), Unit: explain.Count, Mark: explain.Sound(explain.Tally("response.clients", len(b.Clients)))}
	if len(b.Clients) == 0 {
		f.Readable.Mark = explain.Missing(explain.NoData)
	}
}

// contactRow is a client of the balance.
func (a *Analysis) contactRow(i int) ContactRow {
	c, b := a.Cost(), a.Response()
	k := b.Place[i]
	r, s := &b.Flow.Reading[k], &b.Strategy.Proposal[k]
	out := ContactRow{Client: int32(i), Phase: letterOf(a.lived().Phase[i]), Units: short(c.Units[i]), Sales: a.Sales[i], Gross: c.Gross.Margin[i],
		Invested: c.Invested.Amount[i], Net: c.Margins.Client[i].Net, Class: b.Balance.Class[k].String(), Visits: int(c.Met[i]), Worth: a.Worth[i],
		Advice: uint8(s.Advice), Proposed: s.Visits, Multiplier: short(s.Multiplier)}
	if !a.Single {
		out.D, out.Infinite = short(b.Balance.D[k]), b.Balance.Infinite[k]
		out.Alarm, out.Hollow = uint8(b.Balance.Alarm[k]), b.Balance.Hollow[k]
	}
	if r.Has() {
		out.E, out.DUnits, out.DSales = short(r.E), short(r.RelUnits), short(r.RelResult)
		out.Quadrant, out.Band, out.Decision = uint8(r.Quadrant), uint8(r.Band), uint8(r.Decision)
	} else {
		out.Silent = uint8(r.Reason)
	}
	if s.Raised {
		out.Flags |= RowRaised
	}
	if s.Capped {
		out.Flags |= RowCapped
	}
	if r.Autonomous {
		out.Flags |= RowAutonomous
	}
	return out
}

// returns groups the clients by ABC class and by contacts above or below the
// limit of B1.
func (a *Analysis) returns(c *PartCost, b *PartResponse, out *ContactsView) {
	class := ours(a.Book, a.sc.ABC.Class)
	var groups [6]Return
	for _, i := range b.Clients {
		if class[i] < weight.A || class[i] > weight.C {
			continue
		}
		k := 2 * int(class[i]-weight.A)
		often := c.Units[i] >= b.Balance.LimitUnits && c.Units[i] > 0
		if often {
			k++
		}
		g := &groups[k]
		g.Class, g.Often = class[i].String(), often
		g.Who = append(g.Who, i)
		g.Net, g.Spent = g.Net.Plus(c.Margins.Client[i].Net), g.Spent.Plus(c.Invested.Amount[i])
	}
	for k := range groups {
		g := &groups[k]
		if len(g.Who) == 0 {
			continue
		}
		g.Return = Figure{Topic: "return-group", Unit: explain.Ratio, Mark: explain.Missing(explain.NoContact)}
		if g.Spent > 0 {
			g.Return.Value = float64(g.Net) / float64(g.Spent)
			g.Return.Mark = explain.Sound(explain.Amount("cost.net", g.Net), explain.Amount("cost.invested", g.Spent), explain.Of("cost.return", g.Return.Value, explain.Ratio))
			if len(g.Who) < 4 {
				g.Return.Mark.Status, g.Return.Mark.Reason = explain.Weak, explain.FewClients
			}
		}
		out.Returns = append(out.Returns, *g)
	}
}

func (a *Analysis) strategy(b *PartResponse, out *ContactsView) {
	s := &out.Strategy
	m := b.Balance.Mark
	m.Steps = nil
	count := func(topic string, n int, steps ...explain.Step) Figure {
		m.Steps = steps
		return Figure{Topic: topic, Value: float64(n), Unit: explain.Count, Mark: m}
	}
	var moved [2][3]int // lowered, raised: clients, visits now, visits proposed
	for k, i := range b.Clients {
		now, then := int(a.Cost().Met[i]), b.Strategy.Proposal[k].Visits
		if now == then {
			continue
		}
		x := &moved[one(then > now)]
		x[0], x[1], x[2] = x[0]+1, x[1]+now, x[2]+then
	}
	steps := func(x [3]int) []explain.Step {
		return []explain.Step{explain.Tally("response.clients", x[0]), explain.Tally("response.visits", x[1]), explain.Tally("response.proposed", x[2])}
	}
	s.Freed = count("visits-freed", b.Strategy.Freed, steps(moved[0])...)
	s.Needed = count("visits-needed", b.Strategy.Needed, steps(moved[1])...)
	s.Left = count("visits-left", b.Strategy.Left, explain.Tally("view.freed", b.Strategy.Freed), explain.Tally("view.needed", b.Strategy.Needed))
	s.Hours = float64(b.Strategy.Freed) * a.visitHours()
	for k, i := range b.Clients {
		at := int(b.Strategy.Proposal[k].Advice)
		if at >= len(s.Advice) {
			at = 0
		}
		s.Advice[at] = append(s.Advice[at], i)
	}
}

// visitHours is the time of a visit, travel and report included.
func (a *Analysis) visitHours() float64 {
	if y, _, ok := a.year(); ok {
		if m := y.VisitMinutes + y.TravelMinutes + y.ReportMinutes; m > 0 && m < 1440 {
			return m / 60
		}
	}
	return float64(normVisit+normTravel+normReport) / 60
}
