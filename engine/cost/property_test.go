package cost_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// drawn is a year and more of contacts of a small team.
func drawn(seed uint64, clients, n int) (in cost.InvestInput, reps []cost.Rep) {
	rng := rand.New(rand.NewPCG(seed, 11))
	reps = []cost.Rep{{Full: 80_000_00, Budgeted: true, Hours: 1300}, {Full: money.Cents(rng.IntN(9_000_000)), Budgeted: true, Manager: 3}, {Full: 120_000_00, Budgeted: true, Hours: 900}}
	in = cost.InvestInput{Clients: clients, AsOf: asOf, Groups: []cost.Group{{Clients: []int32{0, int32(clients - 1)}}, {Clients: []int32{0, 1}, Percent: []float64{70, 30}}}}
	for range clients {
		in.First = append(in.First, []calendar.Day{calendar.None, 0, window.From + calendar.Day(rng.IntN(360))}[rng.IntN(3)])
	}
	for range n {
		in.Contacts = append(in.Contacts, cost.Contact{
			Client: int32(rng.IntN(clients+2)) - 3 + 3*int32(rng.IntN(2)), Rep: int32(rng.IntN(3)), Kind: portfolio.ContactKind(1 + rng.IntN(9)), Outcome: portfolio.Outcome(rng.IntN(8)),
			Day: window.From + calendar.Day(rng.IntN(800)-400), Minutes: int32(rng.IntN(3) * rng.IntN(120)), Joint: rng.IntN(12) == 0, Direct: money.Cents(rng.IntN(10) / 9 * 1500),
		})
	}
	return in, reps
}

var modes = []string{"equivalence", "simple", "time"}

// What a representative costs is charged to its contacts, whole; the parts of
// an amount add up to it; the order of the lines changes nothing.
func TestTheCostIsSpreadWhole(t *testing.T) {
	for seed := range uint64(60) {
		p := with(t, "contact.costing", modes[seed%3])
		in, reps := drawn(seed, 9, 400)
		prices := cost.PriceContacts(reps, in.Contacts, window, p)
		for r, x := range prices.Rep {
			total := 0.0
			for i := range in.Contacts {
				c := in.Contacts[i]
				owner := int(c.Rep)
				if owner == 1 && c.Kind == portfolio.ManagerControlVisit {
					owner = 2
				}
				if owner == r && window.Contains(c.Day) {
					total += prices.Value(c) - float64(c.Direct)
				}
			}
			if x.Has() && !near(total, float64(x.Full), 1) {
				t.Fatalf("seed %d rep %d: contacts are charged %v of %v", seed, r, total, x.Full)
			}
		}
		r := cost.Invest(in, prices)
		conserved(t, r)
		shuffled(t, in, reps, p, prices, r)
	}
}

func conserved(t *testing.T, r cost.Investments) {
	t.Helper()
	var total, channels money.Cents
	share := 0.0
	for i := range r.Amount {
		var parts money.Cents
		for _, k := range r.ByKind[i] {
			parts += k
		}
		if parts != r.Amount[i] || r.Prospecting[i] > r.Amount[i] || r.Acquisition[i] > r.Cumulative[i] || r.Amount[i] > r.Cumulative[i] {
			t.Fatalf("client %d: parts %v of %v, prospecting %v, cumulative %v of which %v", i, parts, r.Amount[i], r.Prospecting[i], r.Cumulative[i], r.Acquisition[i])
		}
		total, share = total+r.Amount[i], share+r.Share[i]
	}
	for _, c := range r.Channel {
		channels += c
	}
	if total != r.Total || channels != total || !near(share, 1, 1e-9) && total > 0 {
		t.Fatalf("amounts make %v, channels %v, total %v, shares %v", total, channels, r.Total, share)
	}
}

func shuffled(t *testing.T, in cost.InvestInput, reps []cost.Rep, p cost.Params, prices *cost.Prices, r cost.Investments) {
	t.Helper()
	in.Contacts = slices.Clone(in.Contacts)
	slices.Reverse(in.Contacts)
	again := cost.PriceContacts(reps, in.Contacts, window, p)
	if again.Team.PRC != prices.Team.PRC || again.Team.Trend != prices.Team.Trend || again.Team.Kind != prices.Team.Kind {
		t.Fatal("prices change with the order of the contacts")
	}
	if b := cost.Invest(in, again); !slices.Equal(b.Amount, r.Amount) || !slices.Equal(b.Cumulative, r.Cumulative) || !slices.Equal(b.Units, r.Units) || !slices.Equal(b.Since, r.Since) {
		t.Fatal("amounts change with the order of the contacts")
	}
}

func TestNetMarginsHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for range 200 {
		n := 1 + rng.IntN(30)
		in := cost.MarginInput{Visit: money.Cents(1 + rng.IntN(20_000))}
		for i := range n {
			s := money.Cents(rng.IntN(1_000_000) - 100_000)
			in.Sales, in.Gross = append(in.Sales, s), append(in.Gross, s*money.Cents(rng.IntN(60)-5)/100)
			in.Invested, in.Late = append(in.Invested, money.Cents(rng.IntN(3)*rng.IntN(300_000))), append(in.Late, money.Cents(rng.IntN(2000)))
			in.Codes = append(in.Codes, string(rune('A'+i)))
		}
		m := cost.NetMargins(in, cost.Defaults())
		var net money.Cents
		for i, c := range m.Client {
			net += c.Net
			if c.HasBearable && c.Bearable > 0 && (money.Cents(c.Bearable)*in.Visit > in.Gross[i]-c.Other || money.Cents(c.Bearable+1)*in.Visit <= in.Gross[i]-c.Other) {
				t.Fatalf("%d visits of %v do not fill %v", c.Bearable, in.Visit, in.Gross[i]-c.Other)
			}
			if c.HasBreakEven && in.Sales[i] > 2_000_00 && !near(float64(c.BreakEven)*c.Rate, float64(in.Invested[i]), 1+c.Rate) {
				t.Fatalf("break-even sales %v at %v do not pay %v", c.BreakEven, c.Rate, in.Invested[i])
			}
		}
		w := m.Whale
		if net != m.Net || w.Cum[n-1] != net || w.Peak < net || w.Destroyed != w.Peak-net || w.Share < 0 || net >= 0 && w.Share > 1 {
			t.Fatalf("net %v of %v, whale %+v", net, m.Net, w)
		}
		for k := 1; k < n; k++ {
			if m.Client[w.Order[k-1]].Net < m.Client[w.Order[k]].Net {
				t.Fatal("the whale does not fall")
			}
		}
	}
}

func FuzzCost(f *testing.F) {
	f.Add(int64(90_000_00), 1344.0, uint8(1), uint8(1), int32(85), 1.0, int64(0), int32(0), uint8(0), int32(19000))
	f.Add(int64(math.MaxInt64), math.Inf(1), uint8(9), uint8(5), int32(math.MinInt32), math.NaN(), int64(math.MinInt64), int32(-7), uint8(3), int32(math.MaxInt32))
	f.Add(int64(math.MinInt64), -1.0, uint8(255), uint8(255), int32(math.MaxInt32), 1e300, int64(math.MaxInt64), int32(math.MinInt32), uint8(14), int32(math.MinInt32))
	f.Fuzz(func(t *testing.T, full int64, hours float64, kind, outcome uint8, minutes int32, weight float64, direct int64, client int32, flags uint8, day int32) {
		p := cost.Defaults()
		p.Costing, p.Normal, p.Prospecting = cost.Costing(flags%3), flags&4 != 0, flags&8 != 0
		if flags&16 != 0 {
			p = cost.Params{Costing: p.Costing, LoanYears: int(minutes), ProspectingMonths: int(client), LateRate: direct, DefaultPRC: money.Cents(full)}
		}
		c := cost.Contact{Client: client, Rep: client, Kind: portfolio.ContactKind(kind), Outcome: portfolio.Outcome(outcome), Day: asOf - 5, Minutes: minutes, Direct: money.Cents(direct), Weighted: flags&1 != 0, Weight: weight, Stayed: flags&2 != 0}
		d := c
		d.Client, d.Rep, d.Kind, d.Day = 1, 0, portfolio.Visit, calendar.Day(day)
		e := d
		e.Day, e.Client = asOf-7, -2
		reps := []cost.Rep{{Full: money.Cents(full), Budgeted: true, Hours: hours, Manager: client}, {}}
		contacts := []cost.Contact{c, d, e}
		prices := cost.PriceContacts(reps, contacts, window, p)
		for _, x := range append(prices.Rep, prices.Team) {
			finite(t, x.PRC, x.Unit, x.Units, x.Hourly, x.Hours)
			for _, k := range x.Kind {
				finite(t, k.Price, k.Units)
			}
			for _, q := range x.Trend {
				finite(t, q.PRC, q.Units)
			}
		}
		r := cost.Invest(cost.InvestInput{Clients: 2, First: []calendar.Day{calendar.Day(day)}, Contacts: contacts, Groups: []cost.Group{{Clients: []int32{0, client, 1}, Percent: []float64{weight, hours}}, {}},
			Spending: []cost.Spending{{Client: client, Kind: cost.Loan, Day: calendar.Day(day), Amount: money.Cents(direct)}, {Kind: cost.Loan, Day: asOf - 50, Amount: money.Cents(full)}, {Kind: cost.Gift, Day: asOf - 50, Amount: money.Cents(full)}}, AsOf: asOf}, prices)
		finite(t, r.Share...)
		finite(t, r.Units...)
		r.Explain(0)
		g := cost.GrossMargins(2, []cost.Line{{Client: client, Net: money.Cents(direct), Family: client}, {Client: 0, Net: money.Cents(full), Family: 0}, {Client: 1, Net: money.Cents(direct), Cost: money.Cents(full), Costed: true}, {Client: 1, Family: -1, Net: 7}}, []float64{weight})
		late := cost.LateCosts(2, []cost.Payment{{Client: 0, Due: calendar.Day(day), Paid: calendar.None, Amount: money.Cents(full)}, {Client: client, Due: asOf - 3, Paid: calendar.Day(day), Amount: money.Cents(direct)}}, window, asOf, p)
		m := cost.NetMargins(cost.MarginInput{Sales: g.Sales, Gross: g.Margin, Invested: r.Amount, Late: late, Service: late, Rebates: []money.Cents{money.Cents(full)}, Visit: money.Cents(direct)}, p)
		for i, x := range m.Client {
			finite(t, x.OfSales, x.Rate, x.Return, float64(x.Bearable))
			m.Explain(i)
		}
		finite(t, m.Whale.Ratio, m.Whale.Share)
	})
}

func finite(t *testing.T, x ...float64) {
	t.Helper()
	for i, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("value %d is %v: no NaN nor Inf ever leaves the engine", i, v)
		}
	}
}

// 5 000 clients over three years, 150 000 contacts.
func BenchmarkInvest(b *testing.B) {
	in, reps := drawn(1, 5000, 150_000)
	p := cost.Defaults()
	for b.Loop() {
		cost.Invest(in, cost.PriceContacts(reps, in.Contacts, window, p))
	}
}
