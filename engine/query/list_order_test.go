package query_test

import (
	"testing"

	"sillon/engine/query"
)

// Up or down, a column begins with what is known: nobody taps it to see dashes.
func TestWhatIsUnknownIsLastInEveryColumn(t *testing.T) {
	s := story(180)
	b := s.Analysis(scope).Behind()
	known := map[string]func(l *query.List, k int) bool{
		"penetration": func(l *query.List, k int) bool { return l.Rows[k].HasPen },
		"pr":          func(l *query.List, k int) bool { return l.Rows[k].HasPR },
		"phase":       func(l *query.List, k int) bool { return l.Rows[k].Phase != "" },
		"weight":      func(l *query.List, k int) bool { return l.Rows[k].Weight != "" },
		"urgency":     func(l *query.List, k int) bool { return l.Rows[k].Interval > 0 },
		"risk":        func(l *query.List, k int) bool { return l.Risk[k] >= 1 && l.Risk[k] <= 3 },
	}
	for by, is := range known {
		for _, asc := range []bool{true, false} {
			l := s.ClientListOf(reader, query.ListAsk{Scope: scope, Sort: by, Asc: asc}, b)
			n, dashes := 0, 0
			for k := range l.Rows {
				if !is(&l, k) {
					dashes++
				} else if n++; dashes > 0 {
					t.Errorf("%s, up %t: row %d is known, after %d that are not", by, asc, k, dashes)
					break
				}
			}
			if n == 0 || by == "penetration" && dashes == 0 {
				t.Errorf("%s: %d known and %d unknown prove nothing", by, n, dashes)
			}
		}
	}
}
