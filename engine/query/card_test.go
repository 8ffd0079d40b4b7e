package query_test

import (
	"errors"
	"reflect"
	"testing"

	"sillon/engine/demo"
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
	cards[5].Said, cards[5].Decided = []query.OrderSaid{{Day: -3, Amount: 1}, {Day: 20_600, Amount: 1 << 40}}, []query.Decision{{Value: 12_000_00, Day: 20_500, Until: 20_900}}
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
			if len(c.Said) == 0 {
				c.Said = nil
			}
			if len(c.Decided) == 0 {
				c.Decided = nil
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
	if at := difference(live.Scored(scope), fresh.Scored(scope), "turn"); at != "" {
		t.Errorf("updated and loaded differ at %s", at)
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
	row, _ := s.Row(id("card", 3))
	tried := s.Rules(reader, query.RulesAsk{Scope: scope, Level: 3, Key: "score.weights", Values: []float64{1, 0, 0}}, nil)
	if w := tried.Rules[0]; w.Key != "score.weights" || len(w.Values) != 3 || w.Values[0] != 4 || w.Values[2] != 2 || w.From != 0 {
		t.Errorf("weights %+v, want 4 4 2 of the method", w)
	}
	if tried.Effect == nil || tried.Effect.Score == 0 {
		t.Errorf("moved %+v, %+v", tried.Effect, tried.Refusal)
	}
	if again, _ := s.Row(id("card", 3)); again.Score != row.Score {
		t.Error("trying weights changed the score")
	}
	if r := s.Rules(reader, query.RulesAsk{Scope: scope, Level: 3, Key: "score.weights", Values: []float64{0, 0, 0}}, nil); r.Effect != nil || r.Refusal == nil || r.Refusal.Why != "zero" {
		t.Errorf("weights of zero were taken: %+v", r.Refusal)
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
