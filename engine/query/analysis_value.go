package query

import (
	"math"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/explain"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/potential"
	"sillon/engine/response"
	"sillon/engine/visits"
	"sillon/engine/weight"
)

// Cost is chapter A.
func (a *Analysis) Cost() *PartCost {
	if a.part.cost == nil {
		a.part.cost = a.value()
	}
	return a.part.cost
}

func (a *Analysis) value() *PartCost {
	p, n := a.rules.cost, a.Len()
	out := &PartCost{Units: make([]float64, n), Before: make([]float64, n), Orders: make([]int32, n), Met: make([]int32, n)}
	contacts, joint := a.contacts(out)
	reps := a.reps(contacts)
	a.rest(0)
	out.Prices = cost.PriceContacts(reps, a.priced(contacts), a.N, p)
	a.rest(0)
	out.Price = out.Prices.Rep[0]
	of := func(k portfolio.ContactKind) money.Cents {
		return round64(out.Prices.Value(cost.Contact{Kind: k, Day: a.AsOf}))
	}
	out.Visit, out.Call = of(portfolio.Visit), of(portfolio.Call)
	if out.Unit = round64(out.Price.Unit); out.Unit == 0 && (reps[0].Full != 0 || !reps[0].Budgeted) { // a budget of nothing is one
		out.Unit = p.DefaultPRC
	}
	first := make([]calendar.Day, n)
	verdicts := a.lived().Verdict
	a.rest(0)
	for i, v := range verdicts {
		first[i] = calendar.None
		if s, ok := v.Starter(); ok {
			first[i] = s.First
		}
	}
	out.Invested = cost.Invest(cost.InvestInput{Clients: n, First: first, Contacts: append(contacts, joint...), Spending: a.spending(), AsOf: a.AsOf}, out.Prices)
	out.Units = out.Invested.Units
	a.rest(0)
	out.Gross = a.gross(out)
	out.Late, out.Service = a.charges()
	out.Rebates = a.rebates()
	a.rest(0)
	out.Margins = cost.NetMargins(cost.MarginInput{
		Codes: a.Codes, Sales: a.Sales, Gross: out.Gross.Margin, Invested: out.Invested.Amount, Late: out.Late, Service: out.Service, Rebates: out.Rebates,
		Estimated: out.Gross.Estimated, Unknown: out.Gross.Unknown, Starting: a.starting(), Visit: out.Visit,
	}, p)
	var sales money.Cents
	for _, x := range a.Sales {
		sales = sales.Plus(x)
	}
	if sales > 0 {
		out.Rate = float64(out.Margins.Gross) / float64(sales)
	}
	return out
}

// contacts puts the contacts of the book end to end, by client and day, and
// counts those of N-1 and the visits held in N. joint are the lines of the
// colleagues who came too: they cost what the rep costs, and are no part of the
// work that the rep's budget is spread on.
func (a *Analysis) contacts(out *PartCost) (list, joint []cost.Contact) {
	total := 0
	for _, d := range a.facts {
		total += len(d.Contacts)
	}
	p := &a.rules.cost
	list = make([]cost.Contact, 0, total)
	for i, d := range a.facts {
		var before int64
		a.rest(i)
		for k := range d.Contacts {
			m := &d.Contacts[k]
			day, ok := a.seen(m.Day)
			if !ok {
				continue
			}
			c := m.cost(int32(i), day)
			if a.Before.Contains(day) {
				before += int64(math.Round(m.units(p) * 1e6))
			}
			if face(m.Kind) && held(m.Outcome) && a.N.Contains(day) {
				out.Met[i]++
			}
			list = append(list, c)
			c.Joint, c.Direct = true, 0
			for range m.Together {
				joint = append(joint, c)
			}
		}
		out.Before[i] = float64(before) / 1e6
	}
	return list, joint
}

// cost is a contact with client i as the price of the effort reads it: the
// minutes of a shared one are those of its part.
func (m *Met) cost(i int32, day calendar.Day) cost.Contact {
	c := m.contact()
	c.Client, c.Day, c.Direct = i, day, m.Spent
	c.Minutes = (int32(m.Duration) + int32(m.Travel) + int32(m.Prep)) / max(1, c.Shared)
	return c
}

// priced are the contacts the price is made of: those of the whole portfolio,
// from the columns of the cards when one client is taken alone; of N then.
func (a *Analysis) priced(contacts []cost.Contact) []cost.Contact {
	if !a.Single {
		return contacts
	}
	n := 0
	for _, c := range a.sc.Cards {
		n += len(c.Touches) - older(c.Touches, a.N.From)
	}
	list := make([]cost.Contact, 0, n)
	for _, c := range a.sc.Cards {
		for _, t := range c.Touches[older(c.Touches, a.N.From):] {
			if day, ok := a.seen(t.Day); ok {
				c := t.contact()
				c.Client, c.Day = -1, day
				list = append(list, c)
			}
		}
	}
	return list
}

// older counts the contacts before a day; they come in order.
func older(list []Touch, day calendar.Day) (n int) {
	for n < len(list) && list[n].Day < day {
		n++
	}
	return n
}

// reps is the price sheet of the rep, and the manager's when his contacts have
// a price of their own.
func (a *Analysis) reps(contacts []cost.Contact) []cost.Rep {
	budgets := own(a.Costs, a.Owner, func(c *portfolio.Cost) portfolio.ID { return c.User })
	rep := cost.Rep{Budgeted: len(budgets) > 0, Hours: a.hours()}
	manager := money.Cents(0)
	if rep.Budgeted {
		rep.Full = spread(budgets, a.N)
		manager = budgets[len(budgets)-1].Manager
	}
	if manager <= 0 {
		return []cost.Rep{rep}
	}
	var units float64
	for i := range contacts {
		if c := &contacts[i]; c.Kind == portfolio.ManagerControlVisit && a.N.Contains(c.Day) {
			units += a.rules.cost.Units(*c)
		}
	}
	rep.Manager = 2
	return []cost.Rep{rep, {Full: round64(float64(manager) * units), Budgeted: units > 0}}
}

// fullCost is a year's budget.
func fullCost(c *portfolio.Cost) money.Cents {
	return cost.Budget{Pay: c.Pay, Charges: c.Charges, Vehicle: c.Vehicle, Lodging: c.Lodging, Telecom: c.Telecom,
		Samples: c.Samples, Support: c.Support, Anything: c.Other}.Full()
}

// spread is what yearly budgets come to over a window, by days; a year without
// one takes that of the nearest year, the earlier of two.
func spread(budgets []portfolio.Cost, w calendar.Window) money.Cents {
	from, _, _ := w.From.Civil()
	to, _, _ := w.To.Civil()
	var sum money.Cents
	for year := from; year <= to; year++ {
		best := 0
		for k := range budgets {
			if distance(budgets[k].Year, year) < distance(budgets[best].Year, year) {
				best = k
			}
		}
		whole := calendar.Window{From: calendar.Of(year, 1, 1), To: calendar.Of(year, 12, 31)}
		a, b, of := w.Steps(whole)
		sum = sum.Plus(fullCost(&budgets[best]).Slice(a, b, of))
	}
	return sum
}

func distance(a, b int) int { return max(a-b, b-a) }

// spending is what was lent: other direct expenses are on the contacts.
func (a *Analysis) spending() []cost.Spending {
	var list []cost.Spending
	for i, d := range a.facts {
		for _, t := range d.Tools {
			if t.Ours > 0 && t.LentFrom != 0 {
				list = append(list, cost.Spending{Client: int32(i), Kind: cost.Loan, Day: t.LentFrom, Amount: t.Ours})
			}
		}
	}
	return list
}

// gross sums margins. All lines of one family of a client that are priced in
// the same way are one line to the chapter: the sums are the same.
func (a *Analysis) gross(out *PartCost) cost.Gross {
	rates := make([]float64, len(a.Products))
	for f, p := range a.Products {
		if rates[f] = p.Margin; !(p.Margin > 0) {
			rates[f] = cost.NoRate
		}
	}
	total := 0
	for _, f := range a.shelf {
		total += len(f)
	}
	lines := make([]cost.Line, 0, total)
	var days []calendar.Day
	for i, d := range a.facts {
		days = days[:0]
		a.rest(i)
		for k := range d.Families {
			f := &d.Families[k]
			costed := cost.Line{Client: int32(i), Family: a.shelf[i][k], Costed: true}
			bare := cost.Line{Client: costed.Client, Family: costed.Family}
			for j := range f.Lines {
				l, c := &f.Lines[j], &f.Cost[j]
				if l.From > a.N.To || max(l.From, l.To) < a.N.From {
					continue
				}
				if l.To <= l.From && l.Net > 0 {
					days = append(days, l.From)
				}
				bareNet := slice(c.Bare, l, a.N)
				bare.Net = bare.Net.Plus(bareNet)
				costed.Net = costed.Net.Plus(amountIn(l, a.N)).Plus(-bareNet)
				costed.Cost = costed.Cost.Plus(slice(c.Cost, l, a.N))
			}
			if costed.Net != 0 || costed.Cost != 0 {
				lines = append(lines, costed)
			}
			if bare.Net != 0 {
				lines = append(lines, bare)
			}
		}
		out.Orders[i] = int32(len(calendar.Distinct(days)))
	}
	return cost.GrossMargins(a.Len(), lines, rates)
}

// charges are what late payments and after-sales cost.
func (a *Analysis) charges() (late, service []money.Cents) {
	var payments []cost.Payment
	service = make([]money.Cents, a.Len())
	for i, d := range a.facts {
		for _, p := range d.Payments {
			if p.Due != 0 {
				payments = append(payments, cost.Payment{Client: int32(i), Due: p.Due, Paid: orNone(p.Paid), Amount: p.Amount})
			}
		}
		for k := range d.Services {
			if s := &d.Services[k]; a.N.Contains(s.Opened) {
				service[i] = service[i].Plus(s.Cost)
			}
		}
	}
	return cost.LateCosts(a.Len(), payments, a.N, a.AsOf, a.rules.cost), service
}

// rebates are those due at the end of the year, for the window: the fixed part
// by its months, the share on what was sold.
func (a *Analysis) rebates() []money.Cents {
	out := make([]money.Cents, a.Len())
	months := a.rules.maturity.Periods.Months
	for i, d := range a.facts {
		t := d.Told
		if t == nil {
			continue
		}
		out[i] = max(0, t.Rebate)
		if months > 0 {
			out[i] = out[i].Scale(int64(months), 12)
		}
		if t.RebateRate > 0 && t.RebateRate <= 1 {
			out[i] = out[i].Plus(max(0, a.Sales[i]).Scale(int64(math.Round(t.RebateRate*1e6)), 1e6))
		}
	}
	return out
}

// starting says who is in phase D.
func (a *Analysis) starting() []bool {
	out := make([]bool, a.Len())
	for i, ph := range a.lived().Phase {
		out[i] = ph == maturity.Start
	}
	return out
}

// Response is chapter B.
func (a *Analysis) Response() *PartResponse {
	if a.part.response == nil {
		a.part.response = a.respond()
	}
	return a.part.response
}

// among takes the values of some clients.
func among[T any](column []T, at []int32) []T {
	out := make([]T, len(at))
	for k, i := range at {
		out[k] = column[i]
	}
	return out
}

// clients are those of the balance: prospects and lost ones left out. Place is
// the way back.
func (a *Analysis) clients() (list, place []int32) {
	if a.memo.place == nil {
		a.memo.clients, a.memo.place = a.readClients()
	}
	return a.memo.clients, a.memo.place
}

func (a *Analysis) readClients() (list, place []int32) {
	list, place = make([]int32, 0, a.Len()), make([]int32, a.Len())
	for i, ph := range a.lived().Phase {
		place[i] = -1
		if ph == maturity.Prospect || ph == maturity.Lost {
			continue
		}
		place[i] = int32(len(list))
		list = append(list, int32(i))
	}
	if len(list) == 0 {
		list = nil
	}
	return list, place
}

func (a *Analysis) respond() *PartResponse {
	out, c, p := &PartResponse{}, a.Cost(), a.chapters.response
	out.Clients, out.Place = a.clients()
	at := out.Clients
	codes, units, gross := among(a.Codes, at), among(c.Units, at), among(c.Gross.Margin, at)
	sales, start := among(a.Sales, at), among(a.starting(), at)
	if !a.Single {
		out.Balance = response.WeighBalance(response.BalanceInput{
			Codes: codes, Units: units, Margin: gross, Sales: sales, Orders: among(c.Orders, at),
			Invested: among(c.Invested.Amount, at), Starting: start,
		}, p)
	} else {
		out.Balance = response.WeighBalance(response.BalanceInput{}, p)
		out.Balance.Class = make([]response.Class, len(at))
		out.Balance.Mark = explain.Missing(explain.FewClients)
	}
	before := among(c.Before, at)
	for k, i := range at {
		if a.Cards[i].OneShot {
			before[k] = 0 // out of elasticity: nothing comes back
		}
	}
	in := response.FlowInput{Codes: codes, Before: before, Units: units, SalesBefore: among(a.Sales1, at), Sales: sales, Margin: gross, Price: c.Unit}
	if a.Single && p.MarketAdjust {
		for k, ph := range a.sc.Phase {
			if int32(k) != a.at[0] && ph != maturity.Prospect && ph != maturity.Lost {
				in.Others[0], in.Others[1] = in.Others[0].Plus(a.sc.N1[k]), in.Others[1].Plus(a.sc.N[k])
			}
		}
	}
	if p.Method == response.Regression {
		in.PeriodUnits, in.PeriodSales = a.quarters(at)
	}
	out.Flow = response.ReadFlow(in, p)
	a.rest(0)
	a.measures(out)
	a.rest(0)
	strategy := response.StrategyInput{Class: out.Balance.Class, Decision: make([]response.Decision, len(at)), P: among(ours(a.Book, a.sc.Levels.P), at),
		Starting: start, Visits: make([]int, len(at)), Min: make([]int, len(at)), Max: make([]int, len(at))}
	low, high := visits.Bounds(among(ours(a.Book, a.sc.Category), at), nil, a.rules.visits)
	for k, i := range at {
		strategy.Visits[k] = int(c.Met[i])
		strategy.Min[k], strategy.Max[k] = int(low[k]), int(high[k])
		if r := &out.Flow.Reading[k]; r.Has() {
			strategy.Decision[k] = r.Decision
		}
	}
	out.Strategy = response.Propose(strategy, p)
	return out
}

// measures reads the fitted response of each client.
func (a *Analysis) measures(out *PartResponse) {
	out.Measure, out.Curve = make([]response.Measure, len(out.Clients)), make([]response.Curve, len(out.Clients))
	defer a.judged(out)
	if a.fits == nil || len(a.fits.Response) == 0 {
		return
	}
	out.Fitted = true
	k := 0
	for j, i := range out.Clients { // both in order of identifier
		id := a.Cards[i].ID
		for k < len(a.fits.Response) && byteCompare(a.fits.Response[k].ID, id) < 0 {
			k++
		}
		if k < len(a.fits.Response) && a.fits.Response[k].ID == id {
			out.Measure[j] = a.fits.Response[k].Measure
			out.Curve[j] = out.Measure[j].Curve()
		}
	}
}

// periods is how many quarters the regression reads.
const periods = 12

// quarters are the units and the sales of some clients by quarter, the last
// one ending at the as-of date; those that begin before the lines are held are
// left out.
func (a *Analysis) quarters(at []int32) (units [][]float64, sales [][]money.Cents) {
	var w []calendar.Window
	for k := periods - 1; k >= 0; k-- {
		if q := (calendar.Periods{Months: 3}).Back(a.AsOf, k); a.since == calendar.None || q.From >= a.since {
			w = append(w, q)
		}
	}
	units, sales = make([][]float64, len(at)), make([][]money.Cents, len(at))
	for j, i := range at {
		u, s := make([]float64, len(w)), make([]money.Cents, len(w))
		sum := make([]int64, len(w))
		for _, m := range a.facts[i].Contacts {
			if day, ok := a.seen(m.Day); ok {
				if k := windowOf(w, day); k >= 0 {
					sum[k] += int64(math.Round(m.units(&a.rules.cost) * 1e6))
				}
			}
		}
		for k := range sum {
			u[k] = float64(sum[k]) / 1e6
		}
		for l := range a.Cards[i].Sales {
			x := &a.Cards[i].Sales[l]
			for k := range w {
				s[k] = s[k].Plus(amountIn(x, w[k]))
			}
		}
		units[j], sales[j] = u, s
	}
	return units, sales
}

// windowOf is the window a day lies in, of windows that follow each other.
func windowOf(w []calendar.Window, day calendar.Day) int {
	for k := range w {
		if w[k].Contains(day) {
			return k
		}
	}
	return -1
}

// Weight is chapter D.
func (a *Analysis) Weight() *PartWeight {
	if a.part.weight != nil {
		return a.part.weight
	}
	c, p := a.Cost(), a.rules.weight
	a.rest(0)
	out := &PartWeight{Margin: weight.ABC(weight.Input{Values: c.Gross.Margin, Second: a.Worth, Codes: a.Codes, Out: a.Prospect}, p)}
	out.Units = weight.Quarters(weight.Input{Values: hundredths(c.Units), Second: a.Sales, Codes: a.Codes, Empty: explain.NoContact}, p)
	if !a.Single {
		out.Crossed = weight.CrossFloors(out.Units, a.sc.R)
		out.Matrix = weight.Cross(weight.CrossInput{Sales: a.sc.ABC.Class, Potential: a.sc.PABC.Class, Prospect: a.Prospect, Net: a.Sales, Worth: a.Worth, Spent: c.Units})
	} else {
		out.Matrix.Mark = explain.Missing(explain.FewClients)
	}
	if m := &a.sc.ABC.Mark; m.Reason == explain.Negative && !m.Has() {
		out.Matrix.Mark = explain.Missing(m.Reason)
	}
	a.part.weight = out
	return out
}

func hundredths(units []float64) []money.Cents {
	out := make([]money.Cents, len(units))
	for i, u := range units {
		out[i] = round64(u * 100)
	}
	return out
}

// Potential is E3 and E4.
func (a *Analysis) Potential() *PartPotential {
	if a.part.potential != nil {
		return a.part.potential
	}
	c, p := a.Cost(), a.rules.potential
	unknown := make([]bool, a.Len())
	for i, known := range a.Known {
		unknown[i] = !known
	}
	out := &PartPotential{
		Sales: concentrated(a.Sales, a.Prospect, p, explain.NoSales), Potential: concentrated(a.Worth, unknown, p, explain.NoPotential),
		Effort:          potential.Concentrate(c.Units, p, explain.NoContact),
		EffortPotential: potential.Align(c.Units, a.Worth, explain.NoPotential), EffortMargin: potential.Align(c.Units, c.Gross.Margin, explain.NoSales),
		Penetration: make([]potential.Penetration, a.Len()),
	}
	for i := range out.Penetration {
		a.rest(i)
		out.Penetration[i] = potential.PenetrateBrief(a.Sales[i], a.Worth[i], a.Known[i])
	}
	a.part.potential = out
	return out
}

func round64(x float64) money.Cents {
	if !(x > -9e18 && x < 9e18) {
		return 0
	}
	return money.Cents(math.Round(x))
}

// orNone reads 0, the missing day of a record, as None.
func orNone(d calendar.Day) calendar.Day {
	if d == 0 {
		return calendar.None
	}
	return d
}

// seenBy reports whether a day is known and not after another.
func seenBy(d, asOf calendar.Day) bool { return d != 0 && d != calendar.None && d <= asOf }
