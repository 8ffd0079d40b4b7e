package query_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func derive(t *testing.T, b query.Bundle) query.Card {
	t.Helper()
	c, ok := query.Derive(b)
	if !ok {
		t.Fatalf("no account in the rows of %v", b.Root)
	}
	return c
}

func TestAmendedAndVoidFactsAreNotCounted(t *testing.T) {
	d := newCard(1, portfolio.Account{Name: "A", Status: portfolio.Client})
	wrong := d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 500})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 50, Amends: wrong})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 7})
	gone := d.add(portfolio.KindSale, portfolio.Sale{From: 101, Amount: 9})
	d.add(portfolio.KindSale, portfolio.Sale{Amends: gone, Void: true})
	visit := d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: 90, Outcome: portfolio.Order})
	d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: 90, Amends: visit, Void: true})
	c := derive(t, d.Bundle)
	if len(c.Sales) != 1 || c.Sales[0].Net != 57 || len(c.Touches) != 0 {
		t.Errorf("sales %+v, contacts %+v; want one line of 57 cents and no contact", c.Sales, c.Touches)
	}
}

func TestAReturnOfTheDayIsKeptApartFromTheOrder(t *testing.T) {
	d := newCard(1, portfolio.Account{Name: "A"})
	d.sale(100, 500)
	d.sale(100, -500)
	if c := derive(t, d.Bundle); len(c.Sales) != 2 {
		t.Errorf("%+v; want the order and the return", c.Sales)
	}
}

func TestADamagedRowHidesNothing(t *testing.T) {
	d := newCard(1, portfolio.Account{Name: "A"})
	d.sale(100, 500)
	d.Rows = append(d.Rows, d.Rows[len(d.Rows)-1])
	last := &d.Rows[len(d.Rows)-1]
	last.Rec, last.Fields = id("bad", 1), portfolio.Fields{4: portfolio.Value("not money")}
	if c := derive(t, d.Bundle); len(c.Sales) != 1 {
		t.Errorf("%+v", c.Sales)
	}
}

func TestChunksRoundTrip(t *testing.T) {
	var cards []query.Card
	for _, b := range fictional(700, 5) {
		cards = append(cards, derive(t, b))
	}
	cards[3].HasPos, cards[3].Lat, cards[3].Lon, cards[3].Waiting = true, 48.65, -2.02, true
	cards[4].Scope, cards[4].CatUntil, cards[4].Estimates = 1<<32-1, -5, []query.Estimate{{Family: "lavage"}}
	got, err := query.DecodeChunk(query.EncodeChunk(cards))
	if err != nil || len(got) != len(cards) {
		t.Fatalf("%d cards, %v", len(got), err)
	}
	for i := range cards {
		want := cards[i]
		norm := func(c query.Card) query.Card { // an empty list is no list
			if len(c.Sales) == 0 {
				c.Sales = nil
			}
			if len(c.Touches) == 0 {
				c.Touches = nil
			}
			if len(c.Estimates) == 0 {
				c.Estimates = nil
			}
			if len(c.Plans) == 0 {
				c.Plans = nil
			}
			if len(c.Families) == 0 {
				c.Families = nil
			}
			return c
		}
		if !reflect.DeepEqual(norm(got[i]), norm(want)) {
			t.Fatalf("card %d\n%+v\n%+v", i, got[i], want)
		}
	}
	if _, err := query.DecodeChunk(append([]byte{99}, 1, 2)); !errors.Is(err, query.ErrChunkVersion) {
		t.Errorf("another version: %v", err)
	}
}

// A card that has one of everything: what the columns must not lose.
func TestFactsRoundTrip(t *testing.T) {
	eight, trust := 8, 60
	cost := money.Cents(30_00)
	d := newCard(1, portfolio.Account{Name: "A", Status: portfolio.Prospect, LostOn: 77, Motive: 3, Natural: true, Strategic: true, Trust: &trust})
	yann := d.add(portfolio.KindPerson, portfolio.Person{Name: "Yann", Function: "buyer", Influence: 4, Attitude: -1, Since: 10, Consent: 11})
	lena := d.add(portfolio.KindPerson, portfolio.Person{Name: "Léna", Roles: []string{"decider"}})
	d.add(portfolio.KindSite, portfolio.Site{City: "Dinan", PhoneRaw: "02", Headcount: 12})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 100_00, Cost: &cost, Family: "soap", Channel: "web"})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 50_00, Family: "soap", Channel: "visit"})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: -20_00, Family: "soap", Return: true, Channel: "phone"})
	d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: 5_00})
	d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: 90, Outcome: portfolio.Order, Duration: 45, Travel: 20, Prep: 10,
		Persons: []portfolio.ID{lena, yann}, Topics: []string{"prices", "news"}, Content: &eight, Spent: 12_50, Reported: 93, Inbound: true, Order: 70_00})
	d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Call, Day: 91, Topics: []string{"news"}})
	d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: 80, Severity: 2, Text: "late"})
	d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.LateDelivery, Opened: 70, Closed: 75})
	d.add(portfolio.KindCompetitor, portfolio.Competitor{Name: "them", Strength: 3})
	d.add(portfolio.KindContract, portfolio.Contract{Start: 1, End: 366, Renews: true})
	d.add(portfolio.KindPayment, portfolio.Payment{Due: 120, Amount: 9_00})
	project := d.add(portfolio.KindProject, portfolio.Project{Name: "new shop", Amount: 9_000_00, Phase: 3, Signals: []string{"3.1"}})
	d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Us, Project: project, Value: 5_00, Made: 80})
	d.add(portfolio.KindEffort, portfolio.Effort{Code: "E05", Baseline: .2, Target: .4})
	d.add(portfolio.KindSignal, portfolio.Signal{Code: 8, Day: 88})
	d.add(portfolio.KindOverride, portfolio.Override{What: "phase", Value: 3, Why: "I know"})
	d.add(portfolio.KindTool, portfolio.Tool{Name: "shelf", Ours: 1_00})
	d.add(portfolio.KindAppointment, portfolio.Appointment{Day: 60, State: portfolio.Done})
	wrong := d.add(portfolio.KindFormer, portfolio.Former{Left: 50, Seen: []int{1}})
	d.add(portfolio.KindFormer, portfolio.Former{Left: 51, Seen: []int{1, 4}, Amends: wrong})
	chunk, err := query.DecodeChunk(query.EncodeChunk([]query.Card{derive(t, d.Bundle)}))
	if err != nil {
		t.Fatal(err)
	}
	c := chunk[0]
	if want := []query.FamilySales{
		{Family: "", Lines: []query.SaleDay{{From: 100, To: 100, Net: 5_00}}, Cost: []query.Costing{{Bare: 5_00}}},
		{Family: "soap", Lines: []query.SaleDay{{From: 100, To: 100, Net: 150_00}, {From: 100, To: 100, Net: -20_00}},
			Cost: []query.Costing{{Cost: 30_00, Bare: 50_00}, {Bare: -20_00, Self: true}}},
	}; !reflect.DeepEqual(c.Families, want) {
		t.Errorf("families %+v, want %+v", c.Families, want)
	}
	f := c.Facts()
	k := slices.IndexFunc(f.Persons, func(p query.PersonFact) bool { return p.ID == yann })
	if len(f.Persons) != 2 || !f.Persons[k].Consent || f.Persons[k].Attitude != -1 || f.Persons[1-k].Roles[0] != "decider" {
		t.Errorf("persons %+v", f.Persons)
	}
	if !slices.Equal(f.Topics, []string{"news", "prices"}) {
		t.Errorf("topics %q", f.Topics)
	}
	if want := (query.Touch{Day: 90, Kind: portfolio.Visit, Outcome: portfolio.Order, Inbound: true, Content: 8, Duration: 45, Travel: 20, Prep: 10,
		Late: 3, Persons: 3, Topics: 3, Spent: 12_50}); c.Touches[0] != want {
		t.Errorf("contact %+v, want %+v", c.Touches[0], want)
	}
	if c.Touches[1].Content != -1 || c.Touches[1].Topics != 1 {
		t.Errorf("call %+v", c.Touches[1])
	}
	if len(f.Services) != 2 || f.Services[0].Text != "late" || f.Services[1].Kind != portfolio.LateDelivery {
		t.Errorf("service %+v; want the complaint, noted first, and the late delivery", f.Services)
	}
	if len(f.Formers) != 1 || f.Formers[0].Left != 51 {
		t.Errorf("ex-client %+v; want the amended file alone", f.Formers)
	}
	if len(f.Competitors)+len(f.Contracts)+len(f.Payments)+len(f.Projects)+len(f.Commitments)+len(f.Efforts)+len(f.Signals)+len(f.Overrides)+len(f.Tools)+len(f.Appointed)+len(f.Ordered) != 11 {
		t.Errorf("%+v; want one of each", f)
	}
	if f.Projects[0].ID != project || f.Projects[0].Phase != 3 || f.Commitments[0].Project != project {
		t.Errorf("project %+v, commitment %+v", f.Projects, f.Commitments)
	}
	if f.LostOn != 77 || !f.Natural || !f.Strategic || f.Motive != 3 || *f.Trust != 60 || f.Headcount != 12 || f.Identity != 2 {
		t.Errorf("account and site: %+v", f)
	}
}

// Two tablets hold the rows of a card in other orders and make the same columns.
func TestTheOrderOfRowsDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	bundles := fictional(40, 9)
	d := newCard(99, portfolio.Account{Name: "ties"})
	for k := range 6 { // as alike as facts can be
		d.add(portfolio.KindService, portfolio.Service{Kind: portfolio.Complaint, Opened: 80, Text: string(rune('a' + k))})
		d.add(portfolio.KindCommitment, portfolio.Commitment{Side: portfolio.Us, Points: k % 5})
		d.add(portfolio.KindFormer, portfolio.Former{Left: calendar.Day(k)})
		d.add(portfolio.KindAppointment, portfolio.Appointment{Day: 60, State: portfolio.Done, Objective: string(rune('a' + k))})
		d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: 90, Travel: k, Inbound: k%2 == 0})
		d.add(portfolio.KindSale, portfolio.Sale{From: 100, Amount: money.Cents(k) * 50, Family: string(rune('a' + k%2))})
	}
	columns := func(b query.Bundle) []byte {
		c := derive(t, b)
		words := strings.Split(c.Fold, "\n") // what the search looks into, in any order
		slices.Sort(words)
		c.Fold = strings.Join(words, "\n")
		return query.EncodeChunk([]query.Card{c})
	}
	for _, b := range append(bundles, d.Bundle) {
		want := columns(b)
		b.Rows = slices.Clone(b.Rows)
		for range 5 {
			rng.Shuffle(len(b.Rows), func(i, j int) { b.Rows[i], b.Rows[j] = b.Rows[j], b.Rows[i] })
			if !bytes.Equal(columns(b), want) {
				t.Fatalf("card %s: other columns from the same rows in another order", b.Root)
			}
		}
	}
}

func FuzzDecodeChunk(f *testing.F) {
	var cards []query.Card
	for _, b := range fictional(3, 5) {
		if c, ok := query.Derive(b); ok {
			cards = append(cards, c)
		}
	}
	f.Add(query.EncodeChunk(cards))
	f.Add([]byte{query.ColumnsVersion, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		cards, err := query.DecodeChunk(b)
		if err != nil && !errors.Is(err, query.ErrChunk) && !errors.Is(err, query.ErrChunkVersion) {
			t.Fatal(err)
		}
		if err == nil {
			again, err := query.DecodeChunk(query.EncodeChunk(cards))
			if err != nil || len(again) != len(cards) {
				t.Fatalf("what was read does not write: %v", err)
			}
		}
	})
}

// A card changed in place gives the same screens as one loaded afresh.
func TestUpdatesGiveWhatLoadingGives(t *testing.T) {
	asOf := demo.Golden().AsOf
	before, after := fictional(60, 8), fictional(60, 8)
	for k := range after {
		d := &draft{Bundle: after[k], n: 5000}
		switch k % 5 {
		case 0:
			d.add(portfolio.KindContact, portfolio.Contact{Kind: portfolio.Visit, Day: asOf, Outcome: portfolio.Order, User: user})
		case 1:
			d.sale(asOf-3, 123_45)
		case 2:
			d.add(portfolio.KindAppointment, portfolio.Appointment{Day: asOf + 2, Kind: portfolio.Call, State: portfolio.Planned})
		case 3:
			d.add(portfolio.KindEstimate, portfolio.Estimate{Amount: 99_000_00, Method: portfolio.Declared, Day: asOf})
		}
		after[k] = d.Bundle
	}
	live := load(asOf, miscRows(0), before[:50]...)
	live.PortfolioOverview(reader, query0(1040)) // scored before it changes
	for k := 59; k >= 0; k-- {
		live.Update(derive(t, after[k]))
		if k%7 == 0 {
			live.Today(reader, todayAsk)
		}
	}
	fresh := load(asOf, miscRows(0), after...)
	for _, s := range []*query.Snapshot{live, fresh} {
		s.Drop(after[30].Root)
	}
	if got, want := query.Fingerprint(live), query.Fingerprint(fresh); got != want {
		t.Errorf("updated and loaded differ:\n%s", firstDifference(got, want))
	}
	if !reflect.DeepEqual(live.Today(reader, todayAsk, after[0]), fresh.Today(reader, todayAsk, after[0])) {
		t.Error("Today differs")
	}
	if !reflect.DeepEqual(live.ClientList(reader, query.ListAsk{}), fresh.ClientList(reader, query.ListAsk{})) {
		t.Error("the list differs")
	}
}

func TestOtherWeightsMoveScoresAndTryingKeepsThem(t *testing.T) {
	s := golden()
	if w := s.Weights(scope); len(w) != 3 || w[0] != 4 || w[2] != 2 {
		t.Errorf("weights %v, want 4 4 2", w)
	}
	row, _ := s.Row(id("card", 3))
	moved, err := s.TryWeights(scope, []float64{1, 0, 0})
	if err != nil || moved == 0 {
		t.Errorf("moved %d, %v", moved, err)
	}
	if again, _ := s.Row(id("card", 3)); again.Score != row.Score {
		t.Error("trying weights changed the score")
	}
	if _, err := s.TryWeights(scope, []float64{0, 0, 0}); err == nil {
		t.Error("weights of zero were taken")
	}
	misc := miscRows(0)
	d := &draft{}
	d.add(portfolio.KindSetting, portfolio.Setting{Key: "score.weights", Values: []float64{1, 0, 0}, Level: 3, Scope: scope})
	d.add(portfolio.KindSetting, portfolio.Setting{Key: "score.weights", Values: []float64{0, 0, 9}, Level: 3, Scope: scope + 1})
	d.add(portfolio.KindSetting, portfolio.Setting{Key: "score.weights", Values: []float64{-1}, Level: 3, Scope: scope})
	s.SetMisc(append(misc, d.Rows...))
	if row, _ := s.Row(id("card", 1)); row.Score != 100 { // R4 alone counts
		t.Errorf("C01 scores %v under the weights 1 0 0, want 100", row.Score)
	}
}

func TestAFixedDayAndAMovingDay(t *testing.T) {
	asOf := demo.Golden().AsOf
	s := golden()
	if d, fixed := s.AsOf(scope); d != asOf || fixed {
		t.Errorf("%v %t", d, fixed)
	}
	s.SetToday(asOf + 400) // a year later, nothing sold since: nobody's sales stand in N
	if v := s.ClientList(reader, query.ListAsk{}); v.Head.Sales != 0 || v.Head.AsOf != asOf+400 {
		t.Errorf("sales %d at %v", v.Head.Sales, v.Head.AsOf)
	}
	s.SetMisc(miscRows(asOf))
	if v := s.ClientList(reader, query.ListAsk{}); v.Head.Sales != 100_000_00 || !v.Head.Fixed {
		t.Errorf("fixed: sales %d", v.Head.Sales)
	}
}
