package query_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/cbor"
	"sillon/engine/chart"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// plain is a language that shows its keys, with the arguments after.
type plain struct{}

func (plain) T(key string, args ...any) string {
	var b strings.Builder
	b.WriteString(key)
	for _, a := range args {
		fmt.Fprintf(&b, " %v", a)
	}
	return b.String()
}
func (plain) Number(x float64, decimals int) string { return fmt.Sprintf("%.*f", decimals, x) }
func (plain) Percent(share float64) string          { return fmt.Sprintf("%.0f%%", share*100) }
func (plain) Money(c money.Cents) string            { return fmt.Sprintf("%d.%02d", c/100, c%100) }
func (plain) MoneyShort(c money.Cents) string       { return fmt.Sprintf("%d", c/100) }
func (plain) Day(d calendar.Day) string             { return d.String() }
func (plain) DayLong(d calendar.Day) string         { return d.String() }
func (plain) Month(d calendar.Day, short bool) string {
	_, m, _ := d.Civil()
	return m.String()[:3]
}

var reader = query.Reader{Words: plain{}, User: user}

const scope = 7

var user = id("user", 1)

// id makes an identifier that sorts by kind, then number.
func id(kind string, n int) (x portfolio.ID) {
	copy(x[:], kind)
	x[12], x[13], x[14], x[15] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return x
}

// A draft is a card being written: rows as the store holds them.
type draft struct {
	query.Bundle
	n int
}

func (d *draft) add(kind portfolio.Kind, noun any) portfolio.ID {
	d.n++
	rec := id(fmt.Sprintf("r%02d", kind), d.n)
	d.put(kind, rec, noun)
	return rec
}

func (d *draft) put(kind portfolio.Kind, rec portfolio.ID, noun any) {
	f, err := portfolio.ToFields(noun)
	if err != nil {
		panic(err)
	}
	d.Rows = append(d.Rows, journal.Row{Rec: rec, Entity: kind, Root: d.Root, Scope: d.Scope, Fields: f})
}

func newCard(n int, a portfolio.Account) *draft {
	d := &draft{Bundle: query.Bundle{Root: id("card", n), Scope: scope, Pending: map[portfolio.ID]int{}}}
	d.put(portfolio.KindAccount, d.Root, a)
	return d
}

func (d *draft) sale(day calendar.Day, cents money.Cents) {
	d.add(portfolio.KindSale, portfolio.Sale{Account: d.Root, From: day, Amount: cents})
}

// year sells an amount over the quarters of the twelve months that end on the
// last day, none before the first order.
func (d *draft) year(last, first calendar.Day, amount money.Cents) {
	var days []calendar.Day
	for q := 3; q >= 0; q-- {
		if day := last.AddMonths(-3*q) - 75; day >= first {
			days = append(days, day)
		}
	}
	if len(days) == 0 || days[0] > first && first > last.AddMonths(-12) {
		days = append([]calendar.Day{first}, days...)
	}
	for k := range days {
		d.sale(days[k], amount.Slice(k, k+1, len(days)))
	}
}

func (d *draft) touches(asOf calendar.Day, n int, kind portfolio.ContactKind) {
	for k := range n {
		d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, User: user, Kind: kind,
			Day: asOf - calendar.Day(360*k/max(n, 1)) - 1, Outcome: portfolio.NoChange})
	}
}

var typologyOf = map[float64]portfolio.Typology{1: portfolio.Closed, 2: portfolio.Careful, 3: portfolio.Partner, 4: portfolio.Ambassador}

// goldenBundles is the golden dataset as a store would hold it.
func goldenBundles() []query.Bundle {
	g := demo.Golden()
	var out []query.Bundle
	for k, c := range g.Clients {
		d := newCard(k+1, portfolio.Account{Code: c.Code, Name: c.Name, Status: portfolio.Client, FirstOrder: c.FirstOrder, Typology: typologyOf[c.Note]})
		d.add(portfolio.KindSite, portfolio.Site{Account: d.Root, City: "Saint-Malo", Postcode: "35400", Phone: "+33299000000"})
		d.year(g.AsOf, c.FirstOrder, c.Sales)
		if c.SalesN1 != 0 {
			d.year(g.AsOf.AddMonths(-12), c.FirstOrder, c.SalesN1)
		}
		d.touches(g.AsOf, c.Visits, portfolio.Visit)
		d.touches(g.AsOf, c.Calls, portfolio.Call)
		d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Amount: c.Potential, Method: portfolio.Declared, Day: g.AsOf - 10})
		out = append(out, d.Bundle)
	}
	return out
}

func miscRows(asOf calendar.Day) []journal.Row {
	d := &draft{}
	d.add(portfolio.KindOrg, portfolio.Org{Name: "Maison Rance", Currency: "EUR"})
	d.put(portfolio.KindUser, user, portfolio.User{Name: "Maëlle Guivarch"})
	d.add(portfolio.KindPortfolio, portfolio.Portfolio{Name: "Côte", Owner: user, Scope: scope, Area: "Saint-Malo, Dinan", AsOf: asOf})
	return d.Rows
}

func load(today calendar.Day, misc []journal.Row, bundles ...query.Bundle) *query.Snapshot {
	s := query.NewSnapshot(today)
	s.SetMisc(misc)
	var cards []query.Card
	for _, b := range bundles {
		if c, ok := query.Derive(b); ok {
			cards = append(cards, c)
		}
	}
	s.SetCards(cards)
	return s
}

func golden() *query.Snapshot {
	asOf := demo.Golden().AsOf
	return load(asOf, miscRows(0), goldenBundles()...)
}

// fictional makes n cards from a seed: a wholesaler's portfolio, skewed like a
// real one, with prospects, lost clients, returns, periods and missing data.
func fictional(n int, seed uint64) []query.Bundle {
	rng := rand.New(rand.NewPCG(seed, 1))
	asOf := demo.Golden().AsOf
	towns := []string{"Saint-Malo", "Dinan", "Dinard", "Cancale", "Dol-de-Bretagne", "Combourg"}
	var out []query.Bundle
	for k := range n {
		a := portfolio.Account{Code: fmt.Sprintf("F%05d", k), Name: fmt.Sprintf("Établissement Écluse n° %d", k), Status: portfolio.Client}
		if rng.IntN(10) > 3 {
			a.Typology = portfolio.Typology(1 + rng.IntN(6))
		}
		prospect := rng.IntN(12) == 0
		if prospect {
			a.Status = portfolio.Prospect
		}
		a.OneShot, a.Archived = rng.IntN(80) == 0, rng.IntN(60) == 0
		d := newCard(k+1, a)
		d.add(portfolio.KindSite, portfolio.Site{Account: d.Root, City: towns[rng.IntN(len(towns))], Postcode: "35400", Sector: "Restaurant"})
		d.add(portfolio.KindPerson, portfolio.Person{Account: d.Root, Name: "Goulven Le Bris"})
		size := money.Cents(1+rng.IntN(30)) * money.Cents(1+rng.IntN(30)) * money.Cents(1+rng.IntN(30)) * 100
		if !prospect {
			age := rng.IntN(1000)
			for day := asOf - calendar.Day(age); day <= asOf-calendar.Day(rng.IntN(40)*rng.IntN(10)); day += calendar.Day(20 + rng.IntN(160)) {
				d.sale(day, size+money.Cents(rng.IntN(int(size))))
				if rng.IntN(15) == 0 {
					d.sale(day+3, -size/2)
				}
			}
			if rng.IntN(20) == 0 {
				d.add(portfolio.KindSale, portfolio.Sale{Account: d.Root, From: asOf - 400, To: asOf - 30, Amount: 7 * size})
			}
		}
		for range rng.IntN(20) {
			d.add(portfolio.KindContact, portfolio.Contact{Account: d.Root, User: user, Kind: portfolio.ContactKind(1 + rng.IntN(5)),
				Day: asOf - calendar.Day(rng.IntN(700)), Minute: rng.IntN(1440), Outcome: portfolio.Outcome(1 + rng.IntN(7))})
		}
		if rng.IntN(4) > 0 {
			d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Min: 5 * size, Max: 25 * size, Method: portfolio.Appraisal(1 + rng.IntN(5)), Day: asOf - calendar.Day(rng.IntN(900))})
		}
		if rng.IntN(8) == 0 {
			d.add(portfolio.KindAppointment, portfolio.Appointment{Account: d.Root, User: user, Day: asOf + calendar.Day(rng.IntN(20)-5), Kind: portfolio.Visit, State: portfolio.Planned})
		}
		out = append(out, d.Bundle)
	}
	return out
}

func day(y int, m time.Month, d int) calendar.Day { return calendar.Of(y, m, d) }

// svg is a chart as the page draws it, once it has come over the bridge.
func svg(c query.Chart) string {
	b, err := cbor.Marshal(c)
	var again query.Chart
	if err == nil {
		err = (&cbor.Limits{}).Unmarshal(b, &again)
	}
	got := again.Draw(written)
	if err != nil || got != c.Draw(written) {
		panic(fmt.Sprintf("the picture of %q changes on its way: %v", c.Finding, err))
	}
	return got
}

func twin(c query.Chart) query.Table { return c.Table(written) }

// written writes the values of a picture in plain.
func written(u chart.Unit, x float64) string {
	switch u {
	case chart.Percent:
		return plain{}.Percent(x)
	case chart.Money:
		return plain{}.MoneyShort(money.Cents(math.Round(x)))
	}
	return plain{}.Number(x, 0)
}
