package query_test

import (
	"errors"
	"reflect"
	"runtime"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// facts are those of bundles, as they are kept.
func facts(bundles ...query.Bundle) []query.Facts {
	var list []query.Facts
	for i, b := range bundles {
		d := query.DeriveDeep(b)
		list = append(list, query.Facts{ID: b.Root, Said: uint64(i) << 60, Deep: &d})
	}
	return list
}

// level makes lists without anything nil: there is nothing else to tell apart.
func level(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			level(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			level(v.Field(i))
		}
	case reflect.Slice:
		if v.Len() == 0 && v.CanSet() {
			v.SetZero()
		}
		for i := range v.Len() {
			level(v.Index(i))
		}
	}
}

// What is kept is what was derived, field by field: a field added to Deep that
// the chunk forgets fails here as soon as the demonstration fills it.
func TestFactsComeBackAsTheyWere(t *testing.T) {
	_, bundles, _ := territory()
	asOf := demo.Golden().AsOf
	for _, c := range demo.Cards(7, 300, asOf) {
		bundles = append(bundles, query.Bundle{Root: c.ID, Scope: scope, Rows: c.Rows(scope, journal.Mark{}, user)})
	}
	odd := newCard(7_000, portfolio.Account{Code: "odd"})
	cost, five := portfolio.Sale{Amount: -9_99}.Amount, 5
	odd.add(portfolio.KindSale, portfolio.Sale{From: asOf - 40, To: asOf - 10, Amount: 12_00, Cost: &cost, Channel: "web", Family: "é"})
	odd.add(portfolio.KindSale, portfolio.Sale{From: asOf - 40, To: asOf - 10, Amount: 30_00, Family: "é"})
	odd.add(portfolio.KindSale, portfolio.Sale{From: asOf + 4000, Amount: 1 << 50})
	odd.add(portfolio.KindAccount, portfolio.Account{Relevance: &five, Trust: &five, Natural: true, LostOn: asOf - 3})
	odd.add(portfolio.KindContact, portfolio.Contact{Day: asOf - 1, Order: 9, Content: &five, Topics: []string{"b", "a"}, Duration: 1 << 20, Reported: asOf})
	bundles = append(bundles, odd.Bundle)
	list := facts(bundles...)
	b, err := query.EncodeFacts(list)
	if err != nil {
		t.Fatal(err)
	}
	got, err := query.DecodeFacts(b)
	if err != nil || len(got) != len(list) {
		t.Fatalf("%d cards, %v; want %d", len(got), err, len(list))
	}
	for i := range list {
		level(reflect.ValueOf(&list[i]))
		level(reflect.ValueOf(&got[i]))
		if !reflect.DeepEqual(got[i], list[i]) {
			t.Fatalf("card %d:\n%+v\nwant\n%+v", i, got[i].Deep, list[i].Deep)
		}
	}
	for n := range b {
		if n%9973 == 0 {
			if _, err := query.DecodeFacts(b[:n]); err == nil {
				t.Fatalf("the first %d bytes of %d are taken for a whole chunk", n, len(b))
			}
		}
	}
	b[0]++
	if _, err := query.DecodeFacts(b); !errors.Is(err, query.ErrChunkVersion) {
		t.Errorf("another version: %v", err)
	}
}

// An analysis of facts that were kept is the analysis.
func TestKeptFactsAreAnalysedAlike(t *testing.T) {
	misc, bundles, asOf := territory()
	s := load(asOf, misc, bundles...)
	s.Deepen(bundles...)
	want := whole(s.Analysis(scope))
	b, err := query.EncodeFacts(facts(bundles...))
	if err != nil {
		t.Fatal(err)
	}
	list, err := query.DecodeFacts(b)
	if err != nil {
		t.Fatal(err)
	}
	again := load(asOf, misc, bundles...)
	again.Keep(list)
	if n := len(again.Lacking(scope)); n != 0 {
		t.Fatalf("%d cards lack their facts", n)
	}
	for part, v := range whole(again.Analysis(scope)) {
		if hash(v) != hash(want[part]) {
			t.Errorf("chapter %s differs", part)
		}
	}
}

func FuzzDecodeFacts(f *testing.F) {
	_, bundles, _ := territory()
	b, err := query.EncodeFacts(facts(bundles[5]))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add([]byte{query.FactsVersion})
	f.Fuzz(func(t *testing.T, b []byte) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		query.DecodeFacts(b)
		if runtime.ReadMemStats(&after); after.TotalAlloc-before.TotalAlloc > 1<<20+uint64(len(b))*400 {
			t.Errorf("%d bytes make it allocate %d", len(b), after.TotalAlloc-before.TotalAlloc)
		}
	})
}

func BenchmarkFacts5000(b *testing.B) {
	asOf := demo.Golden().AsOf
	var list []query.Facts
	for _, c := range demo.Cards(7, 5000, asOf) {
		list = append(list, facts(query.Bundle{Root: c.ID, Scope: scope, Rows: c.Rows(scope, journal.Mark{}, user)})...)
	}
	kept, err := query.EncodeFacts(list)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("encode", func(b *testing.B) {
		for b.Loop() {
			query.EncodeFacts(list)
		}
		b.ReportMetric(float64(len(kept)), "bytes")
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			query.DecodeFacts(kept)
		}
	})
}
