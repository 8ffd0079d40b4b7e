package query_test

import (
	"sync"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The size every budget speaks of.
var five = sync.OnceValue(func() []query.Bundle { return fictional(5000, 1) })

var cards5000 = sync.OnceValue(func() []query.Card {
	var cards []query.Card
	for _, b := range five() {
		if c, ok := query.Derive(b); ok {
			cards = append(cards, c)
		}
	}
	return cards
})

func snapshot5000() *query.Snapshot {
	s := query.NewSnapshot(demo.Golden().AsOf)
	s.SetMisc(miscRows(0))
	s.SetCards(cards5000())
	return s
}

func BenchmarkDerive5000(b *testing.B) {
	bundles := five()
	for b.Loop() {
		for i := range bundles {
			query.Derive(bundles[i])
		}
	}
}

func BenchmarkDeriveDeep5000(b *testing.B) {
	bundles := five()
	for b.Loop() {
		for i := range bundles {
			query.DeriveDeep(bundles[i])
		}
	}
}

func BenchmarkDecode5000(b *testing.B) {
	var chunks [][]byte
	cards := cards5000()
	for i := 0; i < len(cards); i += query.ChunkCards {
		chunks = append(chunks, query.EncodeChunk(cards[i:min(i+query.ChunkCards, len(cards))]))
	}
	size := 0
	for _, c := range chunks {
		size += len(c)
	}
	b.ReportMetric(float64(size)/1e6, "MB")
	for b.Loop() {
		for _, c := range chunks {
			if _, err := query.DecodeChunk(c); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkScore5000(b *testing.B) {
	s := snapshot5000()
	day := demo.Golden().AsOf
	for b.Loop() {
		s.SetToday(day + 1) // two days in turn: everything is scored again
		s.Scored(scope)
		s.SetToday(day)
		s.Scored(scope)
	}
}

func BenchmarkListSearch5000(b *testing.B) {
	s := snapshot5000()
	s.Scored(scope)
	for b.Loop() {
		s.ClientList(reader, query.ListAsk{Text: "ecluse 12", Limit: 50})
	}
}

func BenchmarkListAll5000(b *testing.B) {
	s := snapshot5000()
	s.Scored(scope)
	for b.Loop() {
		s.ClientList(reader, query.ListAsk{Limit: 100, Sort: "name", Asc: true})
	}
}

func BenchmarkToday5000(b *testing.B) {
	s := snapshot5000()
	s.Scored(scope)
	for b.Loop() {
		s.Today(reader, todayAsk)
	}
}

func BenchmarkOverview5000(b *testing.B) {
	s := snapshot5000()
	s.Scored(scope)
	for b.Loop() {
		s.PortfolioOverview(reader, query0(1040))
	}
}

func BenchmarkWeights5000(b *testing.B) {
	s := snapshot5000()
	misc := miscRows(0)
	set := func(r float64) {
		d := &draft{}
		d.add(portfolio.KindSetting, portfolio.Setting{Key: "score.weights", Values: []float64{r, 4, 2}, Level: 3, Scope: scope})
		s.SetMisc(append(misc, d.Rows...))
		s.Scored(scope)
	}
	set(3)
	for b.Loop() { // two changes
		set(5)
		set(3)
	}
}

func BenchmarkLogVisit5000(b *testing.B) {
	s := snapshot5000()
	s.Scored(scope)
	c := cards5000()[17]
	for i := 0; b.Loop(); i++ {
		c.Touches = append(c.Touches[:len(c.Touches):len(c.Touches)], query.Touch{Day: demo.Golden().AsOf - calendar.Day(i%2), Kind: portfolio.Visit, Outcome: portfolio.Order})
		s.Update(c)
		s.Row(c.ID)
		c.Touches = c.Touches[:len(c.Touches)-1]
	}
}
