package query_test

import (
	"testing"

	"sillon/engine/query"
)

// The tabs of 5,000 clients once the method has been computed: what a page
// waits for when it is opened again.
func BenchmarkTheTabsContactsAndPotential(b *testing.B) {
	s := story(5000)
	a := s.Analysis(scope)
	a.Cost()
	a.Response()
	at := query.TabAsk{Lang: "fr", Scope: scope, Width: 1040}
	base := s.TabBase(reader, a, at)
	b.Run("contacts", func(b *testing.B) {
		for b.Loop() {
			v := a.ContactsTab(reader, query.ContactsTabAsk{Tab: at}, base)
			b.ReportMetric(float64(len(svg(v.Eaters.Chart))+len(svg(v.Flow.Chart)))/1e3, "kB")
		}
	})
	b.Run("weight", func(b *testing.B) {
		for b.Loop() {
			a.WeightTab(reader, query.WeightTabAsk{Tab: at}, base)
		}
	})
	b.Run("maturity", func(b *testing.B) {
		for b.Loop() {
			a.MaturityTab(reader, query.MaturityTabAsk{Tab: at}, base)
		}
	})
	b.Run("base", func(b *testing.B) {
		for b.Loop() {
			s.TabBase(reader, a, at)
		}
	})
	b.Run("potential", func(b *testing.B) {
		for b.Loop() {
			a.PotentialTab(reader, query.PotentialTabAsk{Tab: at}, base)
		}
	})
}
