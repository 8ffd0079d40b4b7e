package cost_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/cost"
	"sillon/engine/demo"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/params"
	"sillon/engine/portfolio"
)

var (
	asOf   = calendar.Of(2026, time.June, 30)
	window = calendar.Periods{}.Back(asOf, 0)
)

func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol }

func with(t *testing.T, words ...string) cost.Params {
	t.Helper()
	s := params.Default()
	for i := 0; i+1 < len(words); i += 2 {
		var err error
		if s, err = s.Choose(params.Org, params.Key(words[i]), words[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return cost.From(s)
}

// made is n contacts of a kind spread over the window.
func made(client int32, kind portfolio.ContactKind, n int, minutes int32) []cost.Contact {
	out := make([]cost.Contact, n)
	for k := range out {
		out[k] = cost.Contact{Client: client, Kind: kind, Outcome: portfolio.NoChange, Day: window.From + calendar.Day(k*window.Days()/n), Minutes: minutes}
	}
	return out
}

func example() cost.Budget {
	return cost.Budget{Pay: 43_000_00, Charges: cost.EmployerCharges(43_000_00, 42), Vehicle: 14_000_00, Lodging: 6_000_00, Telecom: 1_440_00, Support: 7_500_00}
}

// A1: 43 000 × 1.42 = 61 060, with 14 000, 6 000, 1 440 and 7 500: 90 000 €;
// 700 visits, 800 calls, 800 e-mails are 900 units: 100 €, 20 €, 5 €.
func TestA1PriceOfAContactByEquivalence(t *testing.T) {
	b := example()
	if b.Charges != 18_060_00 || b.Full() != 90_000_00 {
		t.Fatalf("charges %d full %d, want 18 060 and 90 000 €", b.Charges, b.Full())
	}
	contacts := slices.Concat(made(-1, portfolio.Visit, 700, 0), made(-1, portfolio.Call, 800, 0), made(-1, portfolio.Email, 800, 0))
	reps := []cost.Rep{{Full: b.Full(), Budgeted: true}}
	p := cost.PriceContacts(reps, contacts, window, cost.Defaults())
	for _, x := range []cost.Price{p.Rep[0], p.Team} {
		if x.Units != 900 || x.PRC != 100_00 || x.Contacts != 2300 || x.Status != explain.OK {
			t.Errorf("%+v, want 900 units of 100 €", x)
		}
		for kind, want := range map[portfolio.ContactKind]float64{portfolio.Visit: 100_00, portfolio.Call: 20_00, portfolio.Email: 5_00, portfolio.Letter: 0} {
			if x.Kind[kind].Price != want {
				t.Errorf("kind %d costs %v, want %v", kind, x.Kind[kind].Price, want)
			}
		}
	}
	// Simple: 90 000 ÷ 2 300 = 39.13 € whatever the contact.
	p = cost.PriceContacts(reps, contacts, window, with(t, "contact.costing", "simple"))
	if x := p.Rep[0]; !near(x.PRC, 39_13.04, .01) || !near(x.Kind[portfolio.Email].Price, 39_13.04, .01) || !near(x.Unit, 100_00, .01) {
		t.Errorf("simple: %+v", x)
	}
}

// A1, time: 90 000 € over 1 344 h available is 66.96 € an hour, a visit of 85
// minutes 94.87 €; 600 visits use 850 h = 56 919.64 €, 33 080.36 € stay unused.
func TestA1PriceOfAContactByTime(t *testing.T) {
	contacts := made(-1, portfolio.Visit, 600, 85)
	reps := []cost.Rep{{Full: 90_000_00, Budgeted: true, Hours: 1344}}
	x := cost.PriceContacts(reps, contacts, window, with(t, "contact.costing", "time", "cost.absorption", "normal")).Rep[0]
	if !near(x.Hourly, 66_96.43, .01) || !near(x.Kind[portfolio.Visit].Price, 94_86.61, .01) || x.Unused != 33_080_36 || x.Hours != 1344 {
		t.Errorf("normal: %+v", x)
	}
	// Actual: the 850 h logged bear it all: 150 € a visit.
	x = cost.PriceContacts(reps, contacts, window, with(t, "contact.costing", "time")).Rep[0]
	if !near(x.Kind[portfolio.Visit].Price, 150_00, .01) || x.Unused != 0 || x.Hours != 850 {
		t.Errorf("actual: %+v", x)
	}
	contacts[0].Direct = 60_00 // a direct cost is added to its contact
	y := cost.PriceContacts(reps, contacts, window, with(t, "contact.costing", "time"))
	if got := y.Rep[0].Kind[portfolio.Visit].Price; !near(got, 150_10, .01) || !near(y.Value(contacts[0]), 210_00, .01) {
		t.Errorf("with 60 € paid on one of 600 visits: %v, that visit %v", got, y.Value(contacts[0]))
	}
}

// goldenEffort is the contacts of the golden dataset, priced 100 € a unit by a
// budget of 20 300 € for 203 units.
func goldenEffort() (cost.InvestInput, *cost.Prices) {
	g := demo.Golden()
	in := cost.InvestInput{Clients: 12, AsOf: asOf}
	for i, c := range g.Clients {
		in.First = append(in.First, c.FirstOrder)
		in.Contacts = append(in.Contacts, made(int32(i), portfolio.Visit, c.Visits, 0)...)
		in.Contacts = append(in.Contacts, made(int32(i), portfolio.Call, c.Calls, 0)...)
	}
	return in, cost.PriceContacts([]cost.Rep{{Full: 20_300_00, Budgeted: true}}, in.Contacts, window, cost.Defaults())
}

// A2 and Appendix A, column I: C01 24 × 100 + 30 × 20 = 3 000 €, C07 3 800 €,
// ΣI 20 300 €, 203 units.
func TestA2GoldenAmountsInvested(t *testing.T) {
	in, prices := goldenEffort()
	r := cost.Invest(in, prices)
	want := []money.Cents{3_000_00, 2_500_00, 1_600_00, 2_200_00, 1_300_00, 800_00, 3_800_00, 700_00, 1_500_00, 500_00, 2_000_00, 400_00}
	if !slices.Equal(r.Amount, want) || r.Total != 20_300_00 || r.Status != explain.OK {
		t.Errorf("invested %v total %v", r.Amount, r.Total)
	}
	if !slices.Equal(r.Units, demo.Golden().Units()) || prices.Team.Units != 203 {
		t.Errorf("units %v", r.Units)
	}
	if r.ByKind[0][portfolio.Visit] != 2_400_00 || r.ByKind[0][portfolio.Call] != 600_00 || r.Channel[portfolio.Visit] != 16_000_00 || !near(r.Share[6], 3800./20300, 1e-12) {
		t.Errorf("C01 by channel %v, visits of all %v, share of C07 %v", r.ByKind[0], r.Channel, r.Share[6])
	}
	// C10 was won on 10 September 2025: what was done from 1 July to the 9th is prospecting.
	if r.Prospecting[0] != 0 || r.Prospecting[9] == 0 || r.Prospecting[9] != r.Acquisition[9] {
		t.Errorf("prospecting of C01 %v, of C10 %v", r.Prospecting[0], r.Prospecting[9])
	}
}

// Appendix A, columns MB, I, MCN; totals 27 880, 20 300, 7 580.
func TestA3GoldenNetMargins(t *testing.T) {
	g := demo.Golden()
	in, prices := goldenEffort()
	m := cost.NetMargins(cost.MarginInput{Codes: g.Codes(), Sales: g.Sales(), Gross: g.Margins(), Invested: cost.Invest(in, prices).Amount, Visit: 100_00}, cost.Defaults())
	for i, want := range []money.Cents{2_280_00, 1_500_00, 2_300_00, 600_00, 1_400_00, 1_650_00, -2_000_00, 900_00, -300_00, 550_00, -1_200_00, -100_00} {
		if m.Client[i].Net != want {
			t.Errorf("C%02d: MCN %v, want %v", i+1, m.Client[i].Net, want)
		}
	}
	if m.Gross != 27_880_00 || m.Invested != 20_300_00 || m.Net != 7_580_00 || m.Status != explain.OK {
		t.Errorf("totals %v %v %v, %v", m.Gross, m.Invested, m.Net, m.Status)
	}
	c3, c7 := m.Client[2], m.Client[6]
	if !near(c3.OfSales, .177, .0005) || !near(c3.Return, 3900./1600, 1e-12) || c3.Bearable != 39 { // 3 900 ÷ 100
		t.Errorf("C03 %+v", c3)
	}
	if c7.BreakEven != 12_666_67 || c7.BreakEvenOrder != 333_33 { // 3 800 ÷ .30; 100 ÷ .30
		t.Errorf("C07 %+v, want 12 667 € and 333 €", c7)
	}
	// Peak 11 180 € after eight clients, 147 % of the total; 3 600 € destroyed, 32.2 % of the peak.
	if w := m.Whale; w.Peak != 11_180_00 || w.At != 8 || !near(w.Ratio, 1.475, .0005) || w.Destroyed != 3_600_00 || !near(w.Share, .322, .0005) ||
		!slices.Equal(w.Order, []int32{2, 0, 5, 1, 4, 7, 3, 9, 11, 8, 10, 6}) {
		t.Errorf("whale %+v", w)
	}
}
