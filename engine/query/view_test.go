package query_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"sillon/engine/cbor"
	"sillon/engine/demo"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// A deepView is one view by name.
type deepView struct {
	name string
	view any
}

// deepViews are all views of an analysis; that of a client for the first three.
func deepViews(a *query.Analysis) []deepView {
	out := []deepView{
		{"maturity", a.MaturityView(query.MaturityAsk{Months: 12})},
		{"contacts", a.ContactsView()},
		{"potential", a.PotentialView(query.PotentialAsk{})},
		{"list", a.FactsView()},
		{"weight", a.WeightView(query.WeightAsk{})},
		{"weight of units", a.WeightView(query.WeightAsk{By: "units", Cuts: [2]float64{20, 50}, Heads: true})},
	}
	for i := range min(a.Len(), 3) {
		out = append(out, deepView{"sheet", a.SheetView(i)})
	}
	for _, p := range a.Products {
		out = append(out, deepView{"potential of " + p.Code, a.PotentialView(query.PotentialAsk{Family: p.Code})})
		out = append(out, deepView{"maturity of " + p.Code, a.MaturityView(query.MaturityAsk{Family: p.Code})})
		break
	}
	return append(out, moreViews(a)...)
}

// barren is portfolios that lack something, or are strange: Appendix B.
func barren() map[string]*query.Analysis {
	asOf := demo.Golden().AsOf
	out := map[string]*query.Analysis{}
	add := func(name string, drafts ...*draft) {
		var bundles []query.Bundle
		for _, d := range drafts {
			bundles = append(bundles, d.Bundle)
		}
		s := load(asOf, miscRows(0), bundles...)
		s.Deepen(bundles...)
		if a := s.Analysis(scope); a != nil {
			out[name] = a
		}
	}
	client := func(n int) *draft {
		return newCard(n, portfolio.Account{Code: fmt.Sprintf("D%02d", n), Name: "D", Status: portfolio.Client})
	}
	add("nothing known", client(1))
	one := client(1)
	one.sale(asOf-30, 1000_00)
	add("one client", one)
	var equal, zero, returns, prospects, visited, future []*draft
	for n := 1; n <= 5; n++ {
		d := client(n)
		d.year(asOf, asOf-900, 1000_00)
		d.year(asOf-365, asOf-900, 1000_00)
		d.touches(asOf, 4, portfolio.Visit)
		d.add(portfolio.KindEstimate, portfolio.Estimate{Account: d.Root, Amount: 5000_00, Method: portfolio.Declared, Day: asOf - 10})
		equal = append(equal, d)
		d = client(n)
		d.sale(asOf-40, 0)
		zero = append(zero, d)
		d = client(n)
		d.sale(asOf-40, -100_00)
		d.sale(asOf-400, -50_00)
		returns = append(returns, d)
		prospects = append(prospects, newCard(n, portfolio.Account{Code: fmt.Sprintf("P%02d", n), Name: "P", Status: portfolio.Prospect}))
		d = client(n)
		d.touches(asOf, 3, portfolio.Call)
		visited = append(visited, d)
		d = client(n)
		d.sale(asOf+200, 500_00)
		future = append(future, d)
	}
	add("all equal", equal...)
	add("all at zero", zero...)
	add("only returns", returns...)
	add("prospects", prospects...)
	add("contacts without sales", visited...)
	add("orders in the future", future...)
	big, small := client(1), client(2)
	big.sale(asOf-20, 9_000_000_000_000_00)
	small.sale(asOf-20, 1)
	add("one client is all", big, small)
	return out
}

func TestDeepViewsHoldWhateverTheyAreAsked(t *testing.T) {
	for name, a := range barren() {
		for _, v := range deepViews(a) {
			walk(v.view, func(x float64) {
				if x-x != 0 {
					t.Errorf("%s, %s: %v in a view", name, v.name, x)
				}
			})
			if _, err := cbor.Marshal(v.view); err != nil {
				t.Errorf("%s, %s: %v", name, v.name, err)
			}
		}
	}
}

// A view crosses the bridge as it is, and is not heavy: 100 kB for 500 clients.
func TestDeepViewsAreLight(t *testing.T) {
	a := story(500).Analysis(scope)
	for _, v := range deepViews(a) {
		b, err := cbor.Marshal(v.view)
		if err != nil {
			t.Fatalf("%s: %v", v.name, err)
		}
		if len(b) > 100_000 {
			t.Errorf("%s: %d bytes", v.name, len(b))
		}
		back := reflect.New(reflect.TypeOf(v.view))
		if err := cbor.Unmarshal(b, back.Interface()); err != nil {
			t.Fatalf("%s: %v", v.name, err)
		}
		again, _ := cbor.Marshal(back.Elem().Interface())
		if string(again) != string(b) {
			t.Errorf("%s: not the same after the bridge", v.name)
		}
		walk(v.view, func(x float64) {
			if x-x != 0 {
				t.Errorf("%s: %v", v.name, x)
			}
		})
		t.Logf("%s: %d bytes", v.name, len(b))
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// codes are the codes of the clients at some places.
func codes(a *query.Analysis, who query.Who) (out string) {
	for _, i := range who {
		out += a.Codes[i] + " "
	}
	return out
}
