package cost

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/explain"
	"sillon/engine/money"
)

// SpendKind says what was paid for a client (dépense commerciale directe).
type SpendKind uint8

// Stored and sent: add at the end, never renumber.
const (
	Sample        SpendKind = iota + 1 // échantillons
	Demonstration                      // démonstration
	Gift                               // cadeau
	Reception                          // réception
	Discount                           // remise exceptionnelle accordée pour gagner
	Training                           // formation donnée
	Loan                               // matériel prêté, amorti sur cost.loanYears
)

// A Spending is one direct expense on a client.
type Spending struct {
	Client int32
	Kind   SpendKind
	Day    calendar.Day
	Amount money.Cents
}

// An InvestInput is the effort made on the clients, by the caller's index:
// every contact known, those before the window too.
type InvestInput struct {
	Clients  int
	First    []calendar.Day // first order; None: a prospect
	Contacts []Contact
	Groups   []Group
	Spending []Spending
	AsOf     calendar.Day
}

// Investments are the amounts invested in each client (A2). Slices are indexed
// by client. The parts of ByKind add up to Amount.
type Investments struct {
	Amount      []money.Cents        // I
	ByKind      [][kinds]money.Cents // by portfolio.ContactKind; [0]: direct spending
	Prospecting []money.Cents        // part of I made before the first order
	Spark       [][4]money.Cents     // by quarter of the window
	Units       []float64            // contact units of the window
	Visits      []int32              // contacts of the window that count, joint lines left out
	Share       []float64            // of the effort; 0 when nothing was invested
	Cumulative  []money.Cents        // since the first contact
	Acquisition []money.Cents        // part of it made before the first order
	PerMonth    []money.Cents        // cumulative ÷ months since the first contact
	Since       []calendar.Day       // first contact; None: never
	Total       money.Cents
	Channel     [kinds]money.Cents // the portfolio's, as ByKind
	explain.Mark

	sums []invested
}

// invested is one client's sums, in millionths.
type invested struct {
	kind                     [kinds]int64
	spark                    [4]int64
	units                    int64
	before, cumul, acquiring int64
	visits                   int32
	since                    calendar.Day
}

// Invest sums what each client was given over the window of the prices (A2).
// What comes after AsOf is invisible, a first order too. Units and visits are
// those of the window, while the amount also holds the prospecting made before
// the window for a client won in it.
func Invest(in InvestInput, prices *Prices) Investments {
	n := in.Clients
	out := Investments{
		Amount: make([]money.Cents, n), ByKind: make([][kinds]money.Cents, n), Prospecting: make([]money.Cents, n), Spark: make([][4]money.Cents, n),
		Units: make([]float64, n), Visits: make([]int32, n), Share: make([]float64, n), Cumulative: make([]money.Cents, n), Acquisition: make([]money.Cents, n),
		PerMonth: make([]money.Cents, n), Since: make([]calendar.Day, n), sums: make([]invested, n),
	}
	for i := range out.sums {
		out.sums[i].since = calendar.None
	}
	v := investing{in: in, prices: prices, sums: out.sums, edges: quarters(prices.window)}
	for i := range in.Contacts {
		v.contact(&in.Contacts[i])
	}
	for _, s := range in.Spending {
		v.spend(s)
	}
	for i := range out.sums {
		out.close(i, in.AsOf)
	}
	for i := range out.Share {
		if out.Total > 0 {
			out.Share[i] = float64(out.Amount[i]) / float64(out.Total)
		}
	}
	out.mark(v)
	return out
}

// investing walks the lines.
type investing struct {
	in       InvestInput
	prices   *Prices
	sums     []invested
	edges    [4]calendar.Day
	lines    int
	defaults bool // some price was the default one
}

// contact charges a contact to its client, or to the clients that share it.
func (v *investing) contact(c *Contact) {
	weight, share := v.prices.p.counts(c)
	effort, direct := v.prices.effort(c, weight, share), micro(c.Direct)
	if share <= 0 && direct == 0 || c.Day > v.in.AsOf {
		return
	}
	if share > 0 && !v.prices.sheet[v.prices.payer(c)].known {
		v.defaults = true
	}
	met := int32(1)
	if c.Joint || share <= 0 {
		met = 0
	}
	if c.Client >= 0 {
		v.charge(c.Client, c, effort, direct, weight, met)
		return
	}
	k := -2 - int(c.Client)
	if k < 0 || k >= len(v.in.Groups) {
		return
	}
	g := v.in.Groups[k]
	parts := make([]int64, len(g.Clients))
	for j := range parts {
		parts[j] = million
		if j < len(g.Percent) {
			parts[j] = grains(g.Percent[j] / 100)
		}
	}
	e, d, w := money.Split(money.Cents(effort), parts), money.Split(money.Cents(direct), parts), money.Split(money.Cents(weight), parts)
	for j, i := range g.Clients {
		v.charge(i, c, int64(e[j]), int64(d[j]), int64(w[j]), met)
	}
}

func (v *investing) charge(i int32, c *Contact, effort, direct, weight int64, met int32) {
	if i < 0 || int(i) >= len(v.sums) {
		return
	}
	v.lines++
	s := &v.sums[i]
	s.since = earliest(s.since, c.Day)
	before, counted := v.when(i, c.Day)
	both := plus(effort, direct)
	s.cumul = plus(s.cumul, both)
	if before {
		s.acquiring = plus(s.acquiring, both)
	}
	window := v.prices.window.Contains(c.Day)
	if window {
		s.units, s.visits = plus(s.units, weight), s.visits+met
	}
	if !counted {
		return
	}
	if effort != 0 { // a kind of a later version has none
		s.kind[c.Kind] = plus(s.kind[c.Kind], effort)
	}
	s.kind[0] = plus(s.kind[0], direct)
	if before {
		s.before = plus(s.before, both)
	}
	if window {
		q := quarterOf(v.edges, c.Day)
		s.spark[q] = plus(s.spark[q], both)
	}
}

func earliest(a, b calendar.Day) calendar.Day {
	if a == calendar.None || b < a {
		return b
	}
	return a
}

// when says whether a day lies before the first order, and whether what was
// spent then belongs to the amount invested.
func (v *investing) when(i int32, d calendar.Day) (before, counted bool) {
	w, p := v.prices.window, &v.prices.p
	first := calendar.None
	if int(i) < len(v.in.First) {
		first = v.in.First[i]
	}
	if first != calendar.None && first > v.in.AsOf {
		first = calendar.None
	}
	if first != calendar.None && d >= first {
		return false, w.Contains(d)
	}
	switch {
	case !p.Prospecting:
		return true, false
	case first == calendar.None: // a prospect: the months that end with the window
		return true, w.Contains(d) && d > w.To.AddMonths(-p.ProspectingMonths)
	case w.Contains(first): // won in the window: with the prospecting that won it
		return true, d >= first.AddMonths(-p.ProspectingMonths)
	}
	return true, w.Contains(d) && d >= first.AddMonths(-p.ProspectingMonths)
}

// spend charges a direct expense; what is lent is spread evenly over its years.
func (v *investing) spend(x Spending) {
	if x.Client < 0 || int(x.Client) >= len(v.sums) || x.Day > v.in.AsOf || x.Amount == 0 {
		return
	}
	v.lines++
	s := &v.sums[x.Client]
	if x.Kind == Loan {
		v.lend(s, x)
		return
	}
	before, counted := v.when(x.Client, x.Day)
	a := micro(x.Amount)
	s.cumul = plus(s.cumul, a)
	if before {
		s.acquiring = plus(s.acquiring, a)
	}
	if !counted {
		return
	}
	s.kind[0] = plus(s.kind[0], a)
	if before {
		s.before = plus(s.before, a)
	}
	if v.prices.window.Contains(x.Day) {
		q := quarterOf(v.edges, x.Day)
		s.spark[q] = plus(s.spark[q], a)
	}
}

// lend spreads a loan over the days of its years; before the first order or
// after it, each day of the window bears its part.
func (v *investing) lend(s *invested, x Spending) {
	life := calendar.Window{From: x.Day, To: x.Day.AddMonths(12*max(1, v.prices.p.LoanYears)) - 1}
	part := func(from, to calendar.Day) int64 {
		a, b, of := calendar.Window{From: from, To: to}.Steps(life)
		return micro(x.Amount.Slice(a, b, of))
	}
	s.cumul = plus(s.cumul, part(life.From, v.in.AsOf))
	w := v.prices.window
	s.kind[0] = plus(s.kind[0], part(w.From, w.To))
	for q := range v.edges {
		end := w.To
		if q < 3 {
			end = v.edges[q+1] - 1
		}
		s.spark[q] = plus(s.spark[q], part(v.edges[q], end))
	}
}

// close rounds a client's sums, once.
func (o *Investments) close(i int, asOf calendar.Day) {
	s := &o.sums[i]
	var run int64
	for k := range s.kind { // differences of rounded running totals add up to the cent
		was := cents(run)
		run = plus(run, s.kind[k])
		o.ByKind[i][k] = cents(run).Plus(-was)
		o.Channel[k] = o.Channel[k].Plus(o.ByKind[i][k])
	}
	o.Amount[i] = cents(run)
	o.Total = o.Total.Plus(o.Amount[i])
	for q := range s.spark {
		o.Spark[i][q] = cents(s.spark[q])
	}
	o.Units[i], o.Visits[i], o.Since[i] = float64(s.units)/million, s.visits, s.since
	o.Prospecting[i], o.Cumulative[i], o.Acquisition[i] = cents(s.before), cents(s.cumul), cents(s.acquiring)
	if s.since != calendar.None {
		o.PerMonth[i] = o.Cumulative[i].Scale(1, int64(max(1, calendar.FullMonths(s.since, asOf))))
	}
}

// cents rounds millionths of a cent.
func cents(micro int64) money.Cents { return money.Cents(micro).Scale(1, million) }

func (o *Investments) mark(v investing) {
	steps := []explain.Step{explain.Tally("cost.clients", len(o.Amount)), explain.Amount("cost.invested", o.Total)}
	switch {
	case len(o.Amount) == 0:
		o.Mark = explain.Missing(explain.NoData, steps...)
	case v.lines == 0:
		o.Mark = explain.Missing(explain.NoContact, steps...)
	case o.Total == math.MaxInt64:
		o.Mark = explain.Missing(explain.Overflow, steps...)
	case v.defaults:
		o.Mark = explain.Thin(explain.NoCost, steps...)
	default:
		o.Mark = explain.Sound(steps...)
	}
}

// Explain gives the steps of the amount invested in client i.
func (o *Investments) Explain(i int) []explain.Step {
	return []explain.Step{
		explain.Num("cost.units", o.Units[i]), explain.Amount("cost.ofContacts", o.Amount[i].Plus(-o.ByKind[i][0])),
		explain.Amount("cost.direct", o.ByKind[i][0]), explain.Amount("cost.prospecting", o.Prospecting[i]),
		explain.Amount("cost.invested", o.Amount[i]), explain.Share("cost.share", o.Share[i]),
		explain.Amount("cost.cumulative", o.Cumulative[i]), explain.Amount("cost.perMonth", o.PerMonth[i]),
	}
}
