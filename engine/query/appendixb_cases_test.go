package query_test

import (
	"fmt"
	"math"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// fewOf is the first n clients of the ordinary world.
func fewOf(n int) *world {
	w := ordinary(asOfB)
	w.cards = w.cards[:n]
	return w
}

func edgeEmpty() *world {
	w := empty(asOfB)
	w.client("Z01").account(func(a *portfolio.Account) { a.Archived = true })
	return w
}

// equals are six clients that nothing tells apart but their code.
func edgeEqual() *world {
	w := empty(asOfB)
	for k := range 6 {
		d := w.client(fmt.Sprintf("K%02d", k+1))
		d.account(func(a *portfolio.Account) { a.FirstOrder = w.month(80) })
		d.monthly(w, 36, 100_00, usual)
		d.visited(w, 4)
		d.worth(w, 2400_00)
	}
	return w
}

// edgeAll: the ordinary world where K08 alone buys.
func edgeAll() *world {
	w := ordinary(asOfB)
	for _, d := range w.cards[:7] {
		d.without(portfolio.KindSale)
	}
	w.cards[9].without(portfolio.KindSale)
	return w
}

// edgeZero: eight clients of five months whose every line is of nothing.
func edgeZero() *world {
	w := ordinary(asOfB)
	w.cards = w.cards[:8]
	for _, d := range w.cards {
		d.account(func(a *portfolio.Account) { a.FirstOrder = w.month(5) })
	}
	w.sales(func(s *portfolio.Sale) { s.Amount, s.Cost = 0, nil })
	return w
}

// edgeNegative: clients still order, and return last month twice what they
// bought in the year: client k has sales of −1 200 k euros in N.
func edgeNegative() *world {
	w := ordinary(asOfB)
	for k, d := range w.cards[:8] {
		back := money.Cents(k+1) * -2400_00
		d.add(portfolio.KindSale, portfolio.Sale{From: w.month(1) + 2, Amount: back, Cost: of(back.Scale(6, 10)), Family: "soap", Return: true})
	}
	return w
}

func edgeNoPotential() *world {
	w := ordinary(asOfB)
	for _, d := range w.cards {
		d.without(portfolio.KindEstimate)
	}
	return w
}

// edgeLittlePotential: everybody is said to be worth half of what it buys.
func edgeLittlePotential() *world {
	w := edgeNoPotential()
	for k, d := range w.cards[:8] {
		d.worth(w, money.Cents(k+1)*600_00)
	}
	return w
}

// edgeFuture: first orders to come, and nothing before.
func edgeFuture() *world {
	w := empty(asOfB)
	for k := range 6 {
		d := w.client(fmt.Sprintf("K%02d", k+1))
		d.account(func(a *portfolio.Account) { a.FirstOrder, a.Status = asOfB+20, portfolio.Prospect })
		d.add(portfolio.KindSale, portfolio.Sale{From: asOfB + 20, Amount: 500_00, Family: "soap"})
		d.worth(w, 2400_00)
	}
	return w
}

// edgeBefore: the ordinary world read long before anything happened.
func edgeBefore() *world {
	w := ordinary(asOfB)
	w.port.AsOf = calendar.Of(1990, 6, 30)
	w.today = w.port.AsOf
	return w
}

// edgeLeap: the ordinary world read on 29 February. K08 has a line of the sixty
// days of February and March, and an effort that began twelve months before.
func edgeLeap() *world {
	w := ordinary(calendar.Of(2024, 2, 29))
	w.cards[7].add(portfolio.KindSale, portfolio.Sale{From: calendar.Of(2024, 2, 1), To: calendar.Of(2024, 3, 31), Amount: 600_00, Cost: of(money.Cents(360_00)), Family: "soap"})
	return w
}

// edgeStopped: the wax is discontinued since a year; K03 is not the only one to
// have left it.
func edgeStopped() *world {
	w := ordinary(asOfB)
	w.families(func(f *portfolio.Family) {
		if f.Code == "wax" {
			f.Stopped = w.month(12)
		}
	})
	w.sales(func(s *portfolio.Sale) {
		if s.Family == "wax" && s.From > w.month(12) {
			s.Family = "soap"
		}
	})
	return w
}

// edgeFree: a budget of nothing: contacts without a cost; and K01 has only
// after-sales visits, which weigh nothing.
func edgeFree() *world {
	w := ordinary(asOfB)
	again(w.cards[0].Rows, portfolio.KindContact, func(c *portfolio.Contact) { c.Kind = portfolio.AfterSalesVisit })
	k8 := w.cards[7]
	k8.Rows = slices.DeleteFunc(k8.Rows, func(r journal.Row) bool { // four visits in N-1, eight in N: readable
		var c portfolio.Contact
		return r.Entity == portfolio.KindContact && r.Fields.Into(&c) == nil && c.Day < w.month(15)
	})
	w.drop(portfolio.KindCost)
	w.misc.add(portfolio.KindCost, portfolio.Cost{User: user, Year: 2026})
	w.misc.add(portfolio.KindCost, portfolio.Cost{User: user, Year: 2025})
	return w
}

// edgeNoTime: contacts by the time they take, and none says how long.
func edgeNoTime() *world {
	w := ordinary(asOfB)
	w.set(portfolio.Setting{Key: "contact.costing", Word: "time", Level: 1})
	w.contacts(func(c *portfolio.Contact) { c.Duration = 0 })
	return w
}

// edgeTwo: K08's visits meet two persons instead of one.
func edgeTwo() *world {
	w := ordinary(asOfB)
	var people []portfolio.ID
	for _, r := range w.cards[7].Rows {
		if r.Entity == portfolio.KindPerson {
			people = append(people, r.Rec)
		}
	}
	again(w.cards[7].Rows, portfolio.KindContact, func(c *portfolio.Contact) { c.Persons = people })
	return w
}

// edgeMerged: K07 and K08 become one account: the lines, contacts and facts of
// the one go under the other, whose card goes. The rest of K07's stays where it
// was: its account is archived.
func edgeMerged() *world {
	w := ordinary(asOfB)
	from, to := w.cards[6], w.cards[7]
	for _, r := range from.Rows[1:] {
		r.Rec[8] = 7 // records of two cards are numbered alike here
		r.Root = to.Root
		to.Rows = append(to.Rows, r)
	}
	from.Rows = from.Rows[:1]
	from.account(func(a *portfolio.Account) { a.Archived, a.Parent = true, to.Root })
	return w
}

// edgeSplit: K08 becomes two, the lines of soap with the first.
func edgeSplit() *world {
	w := ordinary(asOfB)
	from := w.cards[7]
	to := w.client("K09")
	to.account(func(a *portfolio.Account) { a.FirstOrder, a.Parent = w.month(80), from.Root })
	kept := from.Rows[:0:0]
	for _, r := range from.Rows {
		var s portfolio.Sale
		if r.Entity == portfolio.KindSale && r.Fields.Into(&s) == nil && s.Family != "soap" {
			r.Root = to.Root
			to.Rows = append(to.Rows, r)
			continue
		}
		kept = append(kept, r)
	}
	from.Rows = kept
	return w
}

func edgeNoCurrency() *world {
	w := ordinary(asOfB)
	w.org.Currency = ""
	return w
}

// edgeParameters: values that break a bound at each level, over good ones.
func edgeParameters() *world {
	w := ordinary(asOfB)
	for _, x := range []portfolio.Setting{
		{Key: "dcmv.gUp", Values: []float64{7}, Level: 1}, {Key: "dcmv.gUp", Values: []float64{700}, Level: 3},
		{Key: "abc.cuts", Values: []float64{95, 80}, Level: 1}, {Key: "abc.cuts", Values: []float64{math.NaN(), 95}, Level: 3},
		{Key: "window.months", Values: []float64{0}, Level: 1}, {Key: "cost.defaultPRC", Values: []float64{-5}, Level: 1},
		{Key: "contact.costing", Word: "by feel", Level: 1}, {Key: "visit.min", Values: []float64{1e9, 8, 8, 0}, Level: 3},
		{Key: "score.weights", Values: []float64{0, 0, 0}, Level: 1}, {Key: "ae.kappa", Values: []float64{math.Inf(1)}, Level: 1},
		{Key: "risk.red", Values: []float64{10}, Level: 1}, {Key: "nobody.knows", Values: []float64{1}, Level: 1},
		{Key: "effort.clip", Values: []float64{2, -2}, Level: 1}, {Key: "project.phaseProb", Values: []float64{5, 10}, Level: 1},
		{Key: "tie.weights", Values: []float64{1, 1, 1}, Level: 1}, {Key: "team.plan", Values: []float64{101}, Level: 1},
		{Key: "retain.discount", Values: []float64{-1}, Level: 3}, {Key: "pScale", Word: "3 = top", Level: 1},
	} {
		w.set(x)
	}
	return w
}

// edgeSkew: another tablet is a day ahead, a third one four days.
func edgeSkew() *world {
	w := ordinary(asOfB)
	d := w.cards[7]
	d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: asOfB + 1, Duration: 60, Outcome: portfolio.NoChange, ClockOff: 86_400})
	d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: asOfB + 4, Duration: 60, Outcome: portfolio.NoChange, ClockOff: 4 * 86_400})
	d.add(portfolio.KindSale, portfolio.Sale{From: asOfB + 1, Amount: 1000_00, Cost: of(money.Cents(600_00)), Family: "soap"})
	d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.RelationalIncident, Severity: 3, Opened: asOfB + 4, Involved: user})
	return w
}

// edgeTwice: every operation is delivered twice, as a packet sent again or a file
// imported again under its own keys would be. (That intake gives no new key to a
// line that is already here is tested there.)
func edgeTwice() *world {
	w := ordinary(asOfB)
	for _, d := range w.cards {
		rows := d.Rows
		d.Rows = nil
		for _, r := range rows {
			op := journal.Op{Kind: journal.Create, Rec: r.Rec, Entity: r.Entity, Root: r.Root, Scope: r.Scope, Fields: r.Fields}
			if r.Entity.IsFact() {
				op.Kind = journal.Fact
			}
			one, first := journal.Apply(nil, &op, 1, journal.Writer{User: user})
			one, again := journal.Apply(one, &op, 2, journal.Writer{User: user})
			if !first.Changed || again.Why == 0 || again.Changed {
				panic(fmt.Sprintf("%v delivered twice: %+v, then %+v", r.Entity, first, again))
			}
			d.Rows = append(d.Rows, *one)
		}
	}
	return w
}

// edgeAmended: an import done twice under other keys, the second in place of
// the first: each line of K07 and K08 is there again and amends its former self.
func edgeAmended() *world {
	w := ordinary(asOfB)
	for _, d := range w.cards[6:8] {
		for _, r := range append(d.Rows[:0:0], d.Rows...) {
			var s portfolio.Sale
			if r.Entity == portfolio.KindSale && r.Fields.Into(&s) == nil {
				s.Amends = r.Rec
				d.add(portfolio.KindSale, s)
			}
		}
	}
	return w
}

// edgeBeside: the ordinary world, and an exercise of other clients on the same
// device, in a scope of its own.
func edgeBeside() *world {
	w := ordinary(asOfB)
	x := ordinary(asOfB)
	for _, d := range x.cards {
		d.Root[8] = 1
		for i := range d.Rows {
			d.Rows[i].Root = d.Root
			d.Rows[i].Rec[8] = 1
			d.Rows[i].Scope = exerciseScope
		}
		d.Scope = exerciseScope
	}
	for i := range x.cards {
		x.cards[i].account(func(a *portfolio.Account) { a.Code = "E" + a.Code })
	}
	w.cards = append(w.cards, x.cards...)
	w.beside = true
	w.set(portfolio.Setting{Key: "dcmv.gUp", Values: []float64{50}, Level: 3, Scope: exerciseScope})
	w.set(portfolio.Setting{Key: portfolio.ReadingDate, Values: []float64{float64(asOfB - 400)}, Level: 3, Scope: exerciseScope})
	return w
}

const exerciseScope = 70

// edgeMany is ten thousand steady clients of growing sizes, visited once a year.
func edgeMany() *world {
	w := empty(asOfB)
	for k := range 10_000 {
		d := w.client(fmt.Sprintf("K%05d", k))
		d.account(func(a *portfolio.Account) { a.FirstOrder = w.month(80) })
		for q := range 9 {
			d.add(portfolio.KindSale, portfolio.Sale{From: w.month(3*q) - calendar.Day(k%20), Amount: money.Cents(1+k*7919%10_007) * 100, Family: usual(q)})
		}
		d.visited(w, 1)
		d.worth(w, money.Cents(1+k*104_729%10_007)*900)
	}
	return w
}
