package cost_test

import (
	"fmt"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// Appendix B, leap-year windows: N ending on 29 February 2024 holds 366 days, in
// four quarters that hold every contact once; a late payment is counted by days,
// 29 February among them: 19 days late on 3 650 € at 10 % ÷ 365 is 19.00 €.
func TestLeapYears(t *testing.T) {
	asOf := calendar.Of(2024, time.February, 29)
	n := calendar.Periods{}.Back(asOf, 0)
	var contacts []cost.Contact
	for d := n.From; d <= n.To; d++ {
		contacts = append(contacts, cost.Contact{Kind: portfolio.Visit, Outcome: portfolio.Order, Day: d})
	}
	p := cost.PriceContacts([]cost.Rep{{Full: 366_00, Budgeted: true}}, contacts, n, cost.Defaults())
	if x := p.Rep[0]; x.Contacts != 366 || x.PRC != 1_00 {
		t.Errorf("%d contacts at %v, want 366 at 1 €", x.Contacts, x.PRC)
	}
	var units float64
	for _, q := range p.Rep[0].Trend {
		if units += q.Units; q.Units < 91 || q.Units > 92 {
			t.Errorf("a quarter of %v days", q.Units)
		}
	}
	if units != 366 {
		t.Errorf("quarters hold %v contacts", units)
	}
	late := cost.LateCosts(1, []cost.Payment{{Due: calendar.Of(2024, time.February, 10), Paid: asOf, Amount: 3_650_00}}, n, asOf, cost.Defaults())
	if late[0] != 19_00 {
		t.Errorf("19 days late cost %v, want 19.00", late[0])
	}
}

// Appendix B through A2 and A3: what is invested and the net margin, sums kept.
func TestDegenerateInvestments(t *testing.T) {
	def := cost.Defaults()
	visit := func(client int32) cost.Contact {
		c := one()
		c.Client = client
		return c
	}
	budget := []cost.Rep{{Full: 100_00, Budgeted: true}}
	for _, c := range []struct {
		name         string
		clients      int
		contacts     []cost.Contact
		budget       []cost.Rep
		sales, gross []money.Cents
		net          money.Cents
		mark         explain.Status
		whale        bool // the peak says something
	}{
		{"empty portfolio", 0, nil, budget, nil, nil, 0, explain.NA, false},
		{"one client", 1, []cost.Contact{visit(0)}, budget, []money.Cents{500_00}, []money.Cents{150_00}, 50_00, explain.OK, true},
		{"all equal", 2, []cost.Contact{visit(0), visit(1)}, budget, []money.Cents{500_00, 500_00}, []money.Cents{150_00, 150_00}, 200_00, explain.OK, true},
		{"all zero sales: −I", 2, []cost.Contact{visit(0), visit(1)}, budget, make([]money.Cents, 2), make([]money.Cents, 2), -100_00, explain.OK, false},
		{"returns outweigh: below −I", 1, []cost.Contact{visit(0)}, budget, []money.Cents{-500_00}, []money.Cents{-150_00}, -250_00, explain.OK, false},
		{"zero-cost contacts", 1, []cost.Contact{visit(0)}, []cost.Rep{{Budgeted: true}}, []money.Cents{500_00}, []money.Cents{150_00}, 150_00, explain.OK, true},
		{"nobody contacted", 1, nil, budget, []money.Cents{500_00}, []money.Cents{150_00}, 150_00, explain.OK, true},
	} {
		prices := cost.PriceContacts(c.budget, c.contacts, window, def)
		i := cost.Invest(cost.InvestInput{Clients: c.clients, First: make([]calendar.Day, c.clients), Contacts: c.contacts, AsOf: asOf}, prices)
		m := cost.NetMargins(cost.MarginInput{Sales: c.sales, Gross: c.gross, Invested: i.Amount, Visit: 100_00}, def)
		if m.Net != c.net || m.Status != c.mark || m.Net != m.Gross-m.Invested-m.Other || m.Invested != i.Total {
			t.Errorf("%s: net %v, %v: %+v", c.name, m.Net, m.Status, m)
		}
		if m.Whale.HasRatio != c.whale {
			t.Errorf("%s: whale %+v", c.name, m.Whale)
		}
	}
}

// Appendix B, 10 000 clients: a year of four contacts each, well under a second.
func TestTenThousandClientsArePriced(t *testing.T) {
	const n = 10_000
	var contacts []cost.Contact
	codes, sales := make([]string, n), make([]money.Cents, n)
	for i := range n {
		codes[i], sales[i] = fmt.Sprint(i), money.Cents(i*7919%n)*100
		for k := range 4 {
			contacts = append(contacts, cost.Contact{Client: int32(i), Kind: portfolio.Visit, Outcome: portfolio.Order, Day: asOf - calendar.Day(80*k+i%70)})
		}
	}
	from := time.Now()
	prices := cost.PriceContacts([]cost.Rep{{Full: 4_000_000_00, Budgeted: true}}, contacts, window, cost.Defaults())
	i := cost.Invest(cost.InvestInput{Clients: n, First: make([]calendar.Day, n), Contacts: contacts, AsOf: asOf}, prices)
	m := cost.NetMargins(cost.MarginInput{Codes: codes, Sales: sales, Gross: sales, Invested: i.Amount}, cost.Defaults())
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if i.Total != 4_000_000_00 || m.Net != m.Gross-i.Total || len(m.Whale.Order) != n {
		t.Errorf("invested %v, net %v", i.Total, m.Net)
	}
}
