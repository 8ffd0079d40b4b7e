package query_test

import (
	"fmt"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A world is a portfolio as a store would hold it, written card by card.
type world struct {
	asOf  calendar.Day
	today calendar.Day // 0: asOf
	org   portfolio.Org
	port  portfolio.Portfolio
	misc  *draft // families, budgets, settings
	cards []*draft
	scope uint32
	// beside: the device holds an exercise too, in a portfolio of its own.
	beside bool
}

// empty is an organisation without a client: three families at 40 % of margin,
// a cost of 10 000 euros a year and a time.
func empty(asOf calendar.Day) *world {
	year, _, _ := asOf.Civil()
	w := &world{asOf: asOf, scope: scope, org: portfolio.Org{Name: "Maison Rance", Currency: "EUR"}, misc: &draft{Bundle: query.Bundle{Scope: scope}, n: 500}}
	w.port = portfolio.Portfolio{Name: "Côte", Owner: user, Scope: scope}
	w.misc.add(portfolio.KindFamily, portfolio.Family{Code: "soap", Margin: .4})
	w.misc.add(portfolio.KindFamily, portfolio.Family{Code: "tin", Margin: .4})
	w.misc.add(portfolio.KindFamily, portfolio.Family{Code: "wax", Margin: .4})
	for k := range 2 {
		w.misc.add(portfolio.KindCost, portfolio.Cost{User: user, Year: year - k, Pay: 10_000_00})
	}
	w.misc.add(portfolio.KindTime, portfolio.Time{User: user, Year: year, Weekend: 104, Holidays: 11, Leave: 25, FieldDays: 1, Minutes: 480, Overhead: 60, Visit: 45, Travel: 30, Report: 10})
	return w
}

// month is the tenth of the k-th month back, the month of asOf being 0.
func (w *world) month(k int) calendar.Day {
	y, m, _ := w.asOf.Civil()
	return calendar.Of(y, m, 10).AddMonths(-k)
}

func (w *world) client(code string) *draft {
	n := len(w.cards) + 1
	d := newCard(n, portfolio.Account{Code: code, Name: code, Status: portfolio.Client, Typology: portfolio.Partner})
	d.Scope = w.scope
	for i := range d.Rows {
		d.Rows[i].Scope = w.scope
	}
	w.cards = append(w.cards, d)
	return d
}

// account writes the account row again.
func (d *draft) account(change func(a *portfolio.Account)) {
	var a portfolio.Account
	if err := d.Rows[0].Fields.Into(&a); err != nil {
		panic(err)
	}
	change(&a)
	f, err := portfolio.ToFields(a)
	if err != nil {
		panic(err)
	}
	d.Rows[0].Fields = f
}

// usual are the families in turn: each once a quarter.
func usual(k int) string { return []string{"soap", "wax", "tin"}[k%3] }

// monthly sells so much on the tenth of each of the last n months, at a cost of
// 60 %; family says which one, by months back.
func (d *draft) monthly(w *world, n int, amount money.Cents, family func(int) string) {
	for k := range n {
		c := amount.Scale(6, 10)
		d.add(portfolio.KindSale, portfolio.Sale{From: w.month(k), Amount: amount, Cost: &c, Family: family(k)})
	}
}

// visited holds so many visits of one hour in N, and as many in N-1, on the
// fifteenth of the months.
func (d *draft) visited(w *world, n int, persons ...portfolio.ID) {
	for k := range n {
		for _, back := range []int{k, 12 + k} {
			d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: w.month(back) + 5, Duration: 60, Outcome: portfolio.NoChange, Persons: persons})
		}
	}
}

// worth declares a potential.
func (d *draft) worth(w *world, amount money.Cents) {
	d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: amount, Method: portfolio.Declared, Day: w.asOf - 10})
}

// ordinary is eight clients K01 to K08 over three years, all steady: client k
// buys for 100 k euros a month (1 200 k a year, 43 200 in all), at 40 % of
// margin, is visited k times a year (36 in all) and could buy twice as much. The
// year's effort costs 10 000 euros for 38 visits, 263.16 each. Client 2 took the
// tin a year ago, client 3 left the wax half a year ago for more soap; each has
// one fact of chapters G to J. With a prospect visited twice, and a client lost
// long ago.
func ordinary(asOf calendar.Day) *world {
	w := empty(asOf)
	for k := 1; k <= 8; k++ {
		d := w.client(fmt.Sprintf("K%02d", k))
		d.account(func(a *portfolio.Account) { a.FirstOrder = w.month(80) })
		d.monthly(w, 36, money.Cents(k)*100_00, func(m int) string {
			switch f := usual(m); {
			case k == 2 && f == "tin" && m >= 12, k == 3 && f == "wax" && m < 6:
				return "soap"
			default:
				return f
			}
		})
		boss := d.add(portfolio.KindPerson, portfolio.Person{Name: "Ann", Function: "dirigeant", Roles: []string{"decider"}, Influence: 5, Since: w.month(70), Consent: w.month(60)})
		d.add(portfolio.KindPerson, portfolio.Person{Name: "Bob", Function: "acheteur", Roles: []string{"buyer"}, Influence: 3, Since: w.month(70)})
		d.visited(w, k, boss)
		d.worth(w, money.Cents(k)*2400_00)
		switch k {
		case 1:
			d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Severity: 2, Opened: asOf - 20, By: portfolio.DeskRep})
		case 2:
			d.add(portfolio.KindContract, portfolio.Contract{Start: w.month(14), End: w.month(-10), Expected: 2400_00})
		case 3:
			d.add(portfolio.KindPayment, portfolio.Payment{Due: w.month(3), Paid: w.month(3) + 36, Amount: 1000_00})
		case 4:
			d.add(portfolio.KindProject, portfolio.Project{Amount: 10_000_00, Phase: 3, Opened: w.month(3), Since: w.month(1), State: portfolio.Running})
		case 5:
			d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Us, State: portfolio.KeptIt, Value: 100_00, Made: w.month(5), Done: w.month(4), Written: w.month(5)})
			d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Them, State: portfolio.KeptIt, Value: 50_00, Made: w.month(5), Done: w.month(3)})
		case 6:
			d.add(portfolio.KindTool, portfolio.Tool{Name: "stock", Ours: 1000_00, Theirs: 500_00, Used: asOf - 5, Replace: 10})
		case 7:
			d.add(portfolio.KindEffort, portfolio.Effort{Code: "E06", Baseline: 0, Target: 4, Weight: 1, From: w.month(11), Actual: of(2.)})
		case 8:
			d.add(portfolio.KindCompetitor, portfolio.Competitor{Name: "Rival", Family: "soap", Strength: 2, Since: w.month(30)})
		}
	}
	q := w.client("Q01")
	q.account(func(a *portfolio.Account) { a.Status, a.Relevance, a.Trust = portfolio.Prospect, of(80), of(70) })
	for k := range 2 {
		q.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.Visit, Day: w.month(k) + 6, Duration: 60, Outcome: portfolio.NoChange})
	}
	q.worth(w, 5000_00)
	x := w.client("X01")
	for k := 20; k < 36; k++ {
		x.sale(w.month(k), 100_00)
	}
	x.account(func(a *portfolio.Account) { a.FirstOrder, a.Motive = w.month(80), portfolio.MotivePrice })
	return w
}

func of[T any](x T) *T { return &x }

func (w *world) rows() []journal.Row {
	d := &draft{Bundle: query.Bundle{Scope: scope}}
	d.put(portfolio.KindOrg, id("org", 1), w.org)
	d.put(portfolio.KindUser, user, portfolio.User{Name: "Maëlle Guivarch"})
	d.put(portfolio.KindPortfolio, id("port", int(w.scope)), w.port)
	if w.beside {
		d.put(portfolio.KindPortfolio, id("port", exerciseScope), portfolio.Portfolio{Name: "Exercice", Owner: user, Scope: exerciseScope})
	}
	return append(d.Rows, w.misc.Rows...)
}

func (w *world) bundles() (out []query.Bundle) {
	for _, d := range w.cards {
		out = append(out, d.Bundle)
	}
	return out
}

// snapshot loads the world as a device would.
func (w *world) snapshot() *query.Snapshot {
	today := w.today
	if today == 0 {
		today = w.asOf
	}
	s := load(today, w.rows(), w.bundles()...)
	s.Deepen(w.bundles()...)
	return s
}

func (w *world) analysis() *query.Analysis { return w.snapshot().Analysis(w.scope) }

var asOfB = demo.Golden().AsOf

// without leaves out the rows of a kind.
func (d *draft) without(kind portfolio.Kind) {
	d.Rows = slices.DeleteFunc(d.Rows, func(r journal.Row) bool { return r.Entity == kind })
}

// drop leaves out the rows of a kind that have no card.
func (w *world) drop(kind portfolio.Kind) { w.misc.without(kind) }

// set stores a parameter, in the scope of the portfolio unless it says another.
func (w *world) set(x portfolio.Setting) {
	if x.Scope == 0 {
		x.Scope = w.scope
	}
	w.misc.add(portfolio.KindSetting, x)
}

// again writes the rows of a kind over.
func again[T any](rows []journal.Row, kind portfolio.Kind, change func(*T)) {
	for i := range rows {
		r := &rows[i]
		if r.Entity != kind {
			continue
		}
		var x T
		if err := r.Fields.Into(&x); err != nil {
			panic(err)
		}
		change(&x)
		f, err := portfolio.ToFields(x)
		if err != nil {
			panic(err)
		}
		r.Fields = f
	}
}

func (w *world) sales(change func(*portfolio.Sale)) {
	for _, d := range w.cards {
		again(d.Rows, portfolio.KindSale, change)
	}
}

func (w *world) contacts(change func(*portfolio.Contact)) {
	for _, d := range w.cards {
		again(d.Rows, portfolio.KindContact, change)
	}
}

func (w *world) families(change func(*portfolio.Family)) {
	again(w.misc.Rows, portfolio.KindFamily, change)
}
