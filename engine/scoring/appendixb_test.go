package scoring_test

import (
	"fmt"
	"testing"
	"time"

	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/scoring"
)

// Appendix B on H4 and H5: nobody, one client, everybody equal, nothing known of
// anybody (the neutral points, weak), everybody blocked. By hand, weights 4 4 2
// on points of 1 to 4: the middle is 2.5, 50 of 100.
func TestDegenerateGrids(t *testing.T) {
	par := scoring.Defaults()
	grid := scoring.DefaultGrid(par)
	columns := func(values ...float64) []scoring.Column {
		out := make([]scoring.Column, 3)
		for k := range out {
			out[k].Values = append(out[k].Values, values...)
		}
		return out
	}
	none := columns(0, 0, 0)
	for k := range none {
		none[k].Known = make([]bool, 3)
	}
	for _, c := range []struct {
		name  string
		table scoring.Table
		want  []float64
		mark  explain.Status
	}{
		{"empty portfolio", scoring.Table{Columns: columns()}, nil, explain.NA},
		{"one client at the top", scoring.Table{Columns: columns(4)}, []float64{100}, explain.OK},
		{"all equal", scoring.Table{Columns: columns(2, 2, 2, 2)}, []float64{100. / 3, 100. / 3, 100. / 3, 100. / 3}, explain.OK},
		{"nothing known", scoring.Table{Columns: none}, []float64{50, 50, 50}, explain.Weak},
		{"R0, P1, closed: under the scale, and 0 of 100", scoring.Table{Columns: []scoring.Column{{Values: []float64{0}}, {Values: []float64{1}}, {Values: []float64{1}}}}, []float64{0}, explain.OK},
	} {
		s := grid.Score(c.table)
		if len(s.Score100) != len(c.want) || s.Status != c.mark {
			t.Errorf("%s: %v, %v", c.name, s.Score100, s.Mark)
			continue
		}
		for i, x := range s.Score100 {
			if d := x - c.want[i]; d > 1e-9 || d < -1e-9 {
				t.Errorf("%s: client %d scores %v, want %v", c.name, i, x, c.want[i])
			}
		}
	}
	blocked := grid.Score(scoring.Table{Columns: columns(4, 4), Blocked: []bool{true, false}})
	if !blocked.Veto[0] || blocked.Veto[1] {
		t.Errorf("veto %v", blocked.Veto)
	}
	if v := scoring.Categorise(scoring.Account{R: 4}, par); !v.Provisional || v.Category != portfolio.Economy {
		t.Errorf("potential missing: %+v", v)
	}
	if v := scoring.Categorise(scoring.Account{P: 4}, par); v.Provisional || v.Category != portfolio.ToDevelop {
		t.Errorf("no sales, large potential: %+v", v)
	}
}

// Appendix B, 10 000 clients are scored and ranked well under a second, best
// first.
func TestTenThousandClientsAreScored(t *testing.T) {
	const n = 10_000
	table := scoring.Table{Columns: make([]scoring.Column, 3), Codes: make([]string, n)}
	for i := range n {
		table.Codes[i] = fmt.Sprint(i)
		for k := range table.Columns {
			table.Columns[k].Values = append(table.Columns[k].Values, float64(1+(i>>k)%4))
		}
	}
	from := time.Now()
	s := scoring.DefaultGrid(scoring.Defaults()).Score(table)
	if took := time.Since(from); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if len(s.Order) != n {
		t.Fatalf("%d ranked", len(s.Order))
	}
	for k := 1; k < n; k++ {
		if s.Score[s.Order[k]] > s.Score[s.Order[k-1]] {
			t.Fatalf("place %d scores more than the one before", k)
		}
	}
}
