package attrition_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"sillon/engine/attrition"
	"sillon/engine/hazard"
	"sillon/engine/money"
)

// B1: departure in 100 days of the customers of a real wholesaler, out of
// fold. The data are in $BENCH, or beside the repository.
func TestBarB1Wholesale(t *testing.T) {
	root := os.Getenv("BENCH")
	if root == "" {
		root = "../../../shared/bench"
	}
	dir := filepath.Join(root, "retail-b2b")
	files, _ := filepath.Glob(filepath.Join(dir, "departure_*.csv"))
	if len(files) == 0 {
		t.Skipf("no bench data: %s has no departure_*.csv (set BENCH)", dir)
	}
	var want struct {
		Reference []struct {
			Model                      string
			AUC, Brier, LogLoss, ECE10 float64
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err == nil {
		err = json.Unmarshal(b, &want)
	}
	if err != nil {
		t.Fatal(err)
	}
	peer := want.Reference[0]
	for _, r := range want.Reference { // the best of the peers
		if r.Brier < peer.Brier {
			peer = r
		}
	}
	for _, file := range files {
		spells, fold := wholesale(t, file)
		p := make([]float64, len(spells))
		left := make([]bool, len(spells))
		for k := range 5 {
			var train []attrition.Spell
			for i, s := range spells {
				if fold[i] != k {
					train = append(train, s)
				}
			}
			m := attrition.Train(train)
			x := make([]float64, attrition.NPredictors)
			for i, s := range spells {
				if fold[i] == k {
					s.Predictors(x)
					p[i], left[i] = m.Of(x).P, s.Left
				}
			}
		}
		c := hazard.Calibrate(p, left)
		report := func(what string, ours, peer float64, limit string, met bool) {
			word := "met"
			if !met {
				word = "NOT MET"
				t.Errorf("bar B1 %s is not met", what)
			}
			t.Logf("BAR B1 %s: ours %.4f · peer %.4f · bar %s · %s", what, ours, peer, limit, word)
		}
		report("AUC", c.AUC, peer.AUC, ">= .744", c.AUC >= .744)
		report("Brier", c.Brier, peer.Brier, "<= .197", c.Brier <= .197)
		report("ECE10", c.ECE, peer.ECE10, "<= .025", c.ECE <= .025)
		t.Logf("slope %.3f, log loss %.4f (peer %.4f), %d of %d left", c.Slope, c.LogLoss, peer.LogLoss, c.Events, c.N)
	}
}

// wholesale reads departure_*.csv: one row a customer, days, weeks and pounds.
func wholesale(t *testing.T, path string) (spells []attrition.Spell, fold []int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	column := map[string]int{}
	for j, name := range all[0] {
		column[name] = j
	}
	for i, line := range all[1:] {
		get := func(name string) float64 {
			x, err := strconv.ParseFloat(line[column[name]], 64)
			if err != nil {
				return 0 // an empty cell: one order, no interval
			}
			return x
		}
		cents := func(name string) money.Cents { return money.Cents(math.Round(100 * get(name))) }
		spells = append(spells, attrition.Spell{Client: int32(i), Left: get("departed") == 1, Facts: attrition.Facts{
			Orders: int(get("x")) + 1, Age: int(math.Round(7 * get("T"))), Recency: int(get("recency_days")), Gap: get("mean_gap"),
			Sales: cents("total"), Sales90: cents("sales_90d"), SalesPrev90: cents("sales_prev90d"),
			Services90: int(get("returns_90d")), Services: int(get("returns_n")), NoContacts: true, NoAnniversaries: true,
		}})
		fold = append(fold, int(get("fold")))
	}
	return spells, fold
}
