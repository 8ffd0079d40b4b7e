package hazard_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sillon/engine/hazard"
)

// folder is where the published instances are: $BENCH, or beside the
// repository. Without them these tests skip.
func folder(t *testing.T, parts ...string) string {
	t.Helper()
	root := os.Getenv("BENCH")
	if root == "" {
		root = "../../../shared/bench"
	}
	dir := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no bench data: %s is absent (set BENCH)", dir)
	}
	return dir
}

// table reads a CSV file of numbers; head holds the names.
func table(t *testing.T, path string, heading bool) (head []string, rows [][]float64) {
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
	for i, line := range all {
		if i == 0 && heading {
			head = line
			continue
		}
		row := make([]float64, len(line))
		for j, cell := range line {
			if row[j], err = strconv.ParseFloat(cell, 64); err != nil {
				row[j] = math.NaN()
			}
		}
		rows = append(rows, row)
	}
	return head, rows
}

func expected(t *testing.T, dir string, into any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func bar(t *testing.T, id, what string, ours, peer float64, limit string, met bool) {
	t.Helper()
	word := "met"
	if !met {
		word = "NOT MET"
		t.Errorf("bar %s is not met", id)
	}
	t.Logf("BAR %s %s: ours %.4f · peer %.4f · bar %s · %s", id, what, ours, peer, limit, word)
}

// B2: 40 draws of 100 and of 300 clients, tested on all the others.
func TestBarB2SmallPortfolios(t *testing.T) {
	dir := folder(t, "churn", "telco")
	head, rows := table(t, filepath.Join(dir, "design.csv"), true)
	var want map[string]json.RawMessage
	expected(t, dir, &want)
	files, _ := filepath.Glob(filepath.Join(dir, "draws_n*.csv"))
	for _, file := range files {
		size := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "draws_"), ".csv")
		var peers map[string]struct{ AUC, Brier, Slope float64 }
		if err := json.Unmarshal(want[size], &peers); err != nil {
			t.Fatal(err)
		}
		peer := peers["ridgeCV"]
		_, draws := table(t, file, false)
		var brier, auc, ece float64
		var slopes []float64
		finite := 0
		for _, draw := range draws {
			c, ok := tryDraw(rows, len(head)-1, draw)
			if ok {
				finite++
			}
			brier, auc, ece = brier+c.Brier, auc+c.AUC, ece+c.ECE
			slopes = append(slopes, c.Slope)
		}
		n := float64(len(draws))
		brier, auc = brier/n, auc/n
		slices.Sort(slopes)
		median := (slopes[(len(slopes)-1)/2] + slopes[len(slopes)/2]) / 2
		id := "B2 " + size
		bar(t, id, "Brier", brier, peer.Brier, "<= ridge + .001", brier <= peer.Brier+.001)
		bar(t, id, "AUC", auc, peer.AUC, ">= ridge - .003", auc >= peer.AUC-.003)
		bar(t, id, "median slope", median, peer.Slope, ".80-1.30", median >= .8 && median <= 1.3)
		bar(t, id, "finite fits", float64(finite), n, "all", finite == len(draws))
		t.Logf("%s ECE %.4f, slopes %.2f to %.2f", id, ece/n, slopes[0], slopes[len(slopes)-1])
	}
}

func tryDraw(rows [][]float64, p int, draw []float64) (hazard.Calibration, bool) {
	train := hazard.Data{P: p}
	in := make([]bool, len(rows))
	for _, r := range draw {
		row := rows[int(r)-1]
		in[int(r)-1] = true
		train.X, train.Left = append(train.X, row[1:]...), append(train.Left, row[0] == 1)
	}
	m := hazard.Fit(train)
	var prob []float64
	var left []bool
	ok := m.Has()
	for i, row := range rows {
		if in[i] {
			continue
		}
		e := m.Of(row[1:])
		ok = ok && e.P > 0 && e.P < 1 && e.Low <= e.P && e.P <= e.High
		prob, left = append(prob, e.P), append(left, row[0] == 1)
	}
	return hazard.Calibrate(prob, left), ok
}

// B3: the endometrial cancer data of Heinze and Schemper, by brglm2.
func TestBarB3Firth(t *testing.T) {
	dir := folder(t, "churn", "firth")
	files, _ := filepath.Glob(filepath.Join(dir, "*.csv"))
	var want struct {
		Brglm2 struct{ Coef, SE map[string]float64 } `json:"measured_brglm2_AS_mean"`
	}
	expected(t, dir, &want)
	for _, file := range files {
		head, rows := table(t, file, true)
		last := len(head) - 1
		d := hazard.Data{P: last}
		for _, r := range rows {
			d.X, d.Left = append(d.X, r[:last]...), append(d.Left, r[last] == 1)
		}
		coef, se := hazard.Firth(d).Original()
		for j, name := range append([]string{"(Intercept)"}, head[:last]...) {
			c, s := want.Brglm2.Coef[name], want.Brglm2.SE[name]
			bar(t, "B3", "coefficient of "+name, coef[j], c, "1e-5", math.Abs(coef[j]-c) <= 1e-5)
			bar(t, "B3", "s.e. of "+name, se[j], s, "1e-5", math.Abs(se[j]-s) <= 1e-5)
		}
	}
}
