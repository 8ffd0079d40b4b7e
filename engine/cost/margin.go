package cost

import (
	"cmp"
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/sorting"
)

// A Line is one sale of the window.
type Line struct {
	Client int32
	Family int32       // index; −1: none
	Net    money.Cents // returns are negative
	Cost   money.Cents
	Costed bool // Cost is known
}

// NoRate is the rate of a family nobody gave a margin to.
const NoRate = -1

// A Gross is the gross margin of each client (marge brute, MB).
type Gross struct {
	Sales     []money.Cents
	Margin    []money.Cents
	Estimated []bool // part of it rests on a rate, not on a cost
	Unknown   []bool // no rate at all for part of it, counted as nothing
}

// GrossMargins sums net − cost over the lines of the window (A3). A line
// without cost takes its family's margin rate, else the mean rate of the lines
// that have one; both are estimates.
func GrossMargins(clients int, lines []Line, familyRate []float64) Gross {
	g := Gross{Sales: make([]money.Cents, clients), Margin: make([]money.Cents, clients), Estimated: make([]bool, clients), Unknown: make([]bool, clients)}
	sure, rated, bare := make([]int64, clients), make([]int64, clients), make([]money.Cents, clients)
	var known, made money.Cents // sales and margin of lines that have a rate or a cost
	var madeRated int64
	for i := range lines {
		l := &lines[i]
		if l.Client < 0 || int(l.Client) >= clients {
			continue
		}
		c := l.Client
		g.Sales[c] = g.Sales[c].Plus(l.Net)
		switch {
		case l.Costed:
			m := l.Net.Plus(-l.Cost)
			sure[c], made, known = plus(sure[c], int64(m)), made.Plus(m), known.Plus(l.Net)
		case l.Family >= 0 && int(l.Family) < len(familyRate) && familyRate[l.Family] >= 0:
			m := int64(l.Net.Scale(grains(familyRate[l.Family]), 1)) // millionths of a cent
			rated[c], madeRated, known = plus(rated[c], m), plus(madeRated, m), known.Plus(l.Net)
			g.Estimated[c] = true
		default:
			bare[c] = bare[c].Plus(l.Net)
			g.Unknown[c] = true // until a mean is known
		}
	}
	made = made.Plus(cents(madeRated))
	for c := range g.Margin {
		g.Margin[c] = money.Cents(sure[c]).Plus(cents(rated[c]))
		if g.Unknown[c] && known > 0 {
			g.Margin[c] = g.Margin[c].Plus(bare[c].Scale(int64(made), int64(known)))
			g.Estimated[c], g.Unknown[c] = true, false
		}
	}
	return g
}

// A Payment is an invoice due.
type Payment struct {
	Client    int32
	Due, Paid calendar.Day // Paid None: not yet
	Amount    money.Cents
}

// LateCosts are what late payments cost over a window: Σ amount × days late ×
// cost.lateRate ÷ 365, the days that lie in the window, up to asOf.
func LateCosts(clients int, payments []Payment, window calendar.Window, asOf calendar.Day, p Params) []money.Cents {
	days := make([]int64, clients) // cents × days
	for i := range payments {
		x := &payments[i]
		if x.Client < 0 || int(x.Client) >= clients || x.Amount <= 0 || x.Due == calendar.None {
			continue
		}
		end := asOf
		if x.Paid != calendar.None {
			end = min(end, x.Paid)
		}
		late := window.Overlap(calendar.Window{From: x.Due + 1, To: end})
		days[x.Client] = plus(days[x.Client], int64(x.Amount.Scale(int64(late), 1)))
	}
	out := make([]money.Cents, clients)
	for c, d := range days {
		out[c] = money.Cents(d).Scale(p.LateRate, 365*million)
	}
	return out
}

// A MarginInput is what a portfolio earns and costs, by the caller's index.
// Slices but Sales may be nil: nothing there.
type MarginInput struct {
	Codes     []string
	Sales     []money.Cents
	Gross     []money.Cents // MB
	Invested  []money.Cents // I
	Late      []money.Cents // see [LateCosts]
	Service   []money.Cents // after-sales cost apart from visits; counted with cost.includeService
	Rebates   []money.Cents // year-end rebates due
	Estimated []bool
	Unknown   []bool
	Starting  []bool      // phase D
	Visit     money.Cents // PRC of a visit; 0: unknown
}

// A Client is the net commercial margin of one client and what it bears.
type Client struct {
	Other          money.Cents // late payments, service, rebates
	Net            money.Cents // MCN
	OfSales        float64     // MCN ÷ sales
	Rate           float64     // MB ÷ sales
	HasRates       bool        // sales are positive
	Return         float64     // MB ÷ I, return on effort
	HasReturn      bool
	Uncontacted    bool        // nothing was invested: the return is ∞ (sans contact)
	BreakEven      money.Cents // sales that pay the effort: I ÷ margin rate
	BreakEvenOrder money.Cents // order that pays one visit: PRC ÷ margin rate
	HasBreakEven   bool        // the margin rate is positive
	Bearable       int         // visits the margin can pay
	HasBearable    bool        // a visit has a price
	Hollow         bool        // phase D: an investment, drawn hollow
	explain.Mark               // the reason says why ratios are missing
}

// Margins are the net margins of a portfolio (A3).
type Margins struct {
	Client    []Client
	Gross     money.Cents
	Invested  money.Cents
	Other     money.Cents
	Net       money.Cents
	Estimated bool
	Whale     Whale
	explain.Mark

	in MarginInput
}

// A Whale is the whale curve (courbe de la baleine): what is earned by the best
// clients, cumulated, and what the others destroy.
type Whale struct {
	Order     []int32       // best first
	Cum       []money.Cents // along Order
	Peak      money.Cents
	At        int     // clients at the peak
	Ratio     float64 // peak ÷ final total
	HasRatio  bool    // the final total is positive
	Destroyed money.Cents
	Share     float64 // destroyed ÷ peak; 0 without a peak
}

// NetMargins weighs each client's gross margin against its effort (A3).
func NetMargins(in MarginInput, p Params) Margins {
	n := len(in.Sales)
	m := Margins{Client: make([]Client, n), in: in}
	for i := range n {
		c := &m.Client[i]
		c.Other = at(in.Late, i).Plus(at(in.Rebates, i))
		if p.Service {
			c.Other = c.Other.Plus(at(in.Service, i))
		}
		gross, spent := at(in.Gross, i), at(in.Invested, i)
		c.Net = gross.Plus(-spent).Plus(-c.Other)
		c.Hollow = i < len(in.Starting) && in.Starting[i]
		c.ratios(in.Sales[i], gross, spent, in.Visit)
		estimated, unknown := i < len(in.Estimated) && in.Estimated[i], i < len(in.Unknown) && in.Unknown[i]
		c.solid(estimated, unknown, in.Sales[i])
		m.Gross, m.Invested, m.Other, m.Net = m.Gross.Plus(gross), m.Invested.Plus(spent), m.Other.Plus(c.Other), m.Net.Plus(c.Net)
		m.Estimated = m.Estimated || estimated || unknown
	}
	m.Whale = whale(m.Client, in)
	m.mark()
	return m
}

func at(x []money.Cents, i int) money.Cents {
	if i < len(x) {
		return x[i]
	}
	return 0
}

func (c *Client) ratios(sales, gross, spent, visit money.Cents) {
	if sales > 0 {
		c.HasRates = true
		c.OfSales, c.Rate = float64(c.Net)/float64(sales), float64(gross)/float64(sales)
	}
	switch {
	case spent > 0:
		c.Return, c.HasReturn = float64(gross)/float64(spent), true
	case spent == 0 && gross > 0:
		c.Uncontacted = true
	}
	if sales > 0 && gross > 0 {
		c.HasBreakEven = true
		c.BreakEven = max(0, spent).Scale(int64(sales), int64(gross))
		c.BreakEvenOrder = max(0, visit).Scale(int64(sales), int64(gross))
	}
	if visit > 0 {
		c.HasBearable = true
		c.Bearable = int(max(0, gross.Plus(-c.Other)) / visit)
	}
}

func (c *Client) solid(estimated, unknown bool, sales money.Cents) {
	switch {
	case unknown:
		c.Status, c.Reason = explain.NA, explain.NoData
	case sales == 0:
		c.Status, c.Reason = explain.Weak, explain.NoSales
	case sales < 0:
		c.Status, c.Reason = explain.Weak, explain.Negative
	case estimated:
		c.Status = explain.Weak
	default:
		c.Status = explain.OK
	}
}

// whale ranks the clients by net margin, ties by sales then code, and cumulates.
func whale(clients []Client, in MarginInput) (w Whale) {
	w.Order, w.Cum = make([]int32, len(clients)), make([]money.Cents, len(clients))
	key := make([]uint64, len(clients))
	for i := range clients {
		w.Order[i], key[i] = int32(i), ^sorting.Whole(int64(clients[i].Net))
	}
	sorting.Index(w.Order, key, func(a, b int32) int {
		switch {
		case in.Sales[a] != in.Sales[b]:
			return cmp.Compare(in.Sales[b], in.Sales[a])
		case int(max(a, b)) < len(in.Codes) && in.Codes[a] != in.Codes[b]:
			return cmp.Compare(in.Codes[a], in.Codes[b])
		}
		return cmp.Compare(a, b)
	})
	var sum money.Cents
	for k, i := range w.Order {
		sum = sum.Plus(clients[i].Net)
		w.Cum[k] = sum
		if sum > w.Peak {
			w.Peak, w.At = sum, k+1
		}
	}
	w.Destroyed = w.Peak.Plus(-sum)
	if sum > 0 {
		w.Ratio, w.HasRatio = float64(w.Peak)/float64(sum), true
	}
	if w.Peak > 0 {
		w.Share = float64(w.Destroyed) / float64(w.Peak)
	}
	return w
}

func (m *Margins) mark() {
	steps := []explain.Step{
		explain.Tally("cost.clients", len(m.Client)), explain.Amount("cost.gross", m.Gross), explain.Amount("cost.invested", m.Invested),
		explain.Amount("cost.other", m.Other), explain.Amount("cost.net", m.Net), explain.Amount("cost.peak", m.Whale.Peak),
		explain.Tally("cost.peakAt", m.Whale.At), explain.Amount("cost.destroyed", m.Whale.Destroyed),
	}
	switch {
	case len(m.Client) == 0:
		m.Mark = explain.Missing(explain.NoData, steps...)
	case overflowed(m.Gross) || overflowed(m.Invested) || overflowed(m.Net):
		m.Mark = explain.Missing(explain.Overflow, steps...)
	case m.Estimated:
		m.Mark = explain.Thin(explain.None, steps...)
	default:
		m.Mark = explain.Sound(steps...)
	}
}

func overflowed(c money.Cents) bool { return c == math.MaxInt64 || c == -math.MaxInt64 }

// Explain gives the steps of client i's net margin.
func (m *Margins) Explain(i int) []explain.Step {
	c := &m.Client[i]
	s := []explain.Step{
		explain.Amount("cost.sales", m.in.Sales[i]), explain.Amount("cost.gross", at(m.in.Gross, i)),
		explain.Amount("cost.invested", at(m.in.Invested, i)), explain.Amount("cost.other", c.Other), explain.Amount("cost.net", c.Net),
	}
	if c.HasRates {
		s = append(s, explain.Share("cost.marginRate", c.Rate), explain.Share("cost.ofSales", c.OfSales))
	}
	if c.HasReturn {
		s = append(s, explain.Of("cost.return", c.Return, explain.Ratio))
	}
	if c.HasBreakEven {
		s = append(s, explain.Amount("cost.breakEven", c.BreakEven))
	}
	if c.HasBearable {
		s = append(s, explain.Amount("cost.visitPrice", m.in.Visit))
		if c.HasBreakEven {
			s = append(s, explain.Amount("cost.breakEvenOrder", c.BreakEvenOrder))
		}
		s = append(s, explain.Tally("cost.bearable", c.Bearable))
	}
	return s
}
