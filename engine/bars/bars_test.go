// Package bars measures the engine against published results and peers (tests
// only). One test a bar; each line reads
//
//	BAR id what: ours X · peer Y · bar Z · met
//
// `make bench-engine` prints them in columns. Bars A are the customer-base
// models, B departures, C the response to visits and their sharing.
//
// The data are a folder of public sets, each with what peers found on it in
// expected.json: $BENCH, relative to the root of the repository, by default
// ../shared/bench. Another folder of the same layout is judged by its own
// expected.json; where that speaks of other rows than the folder's, the line
// says "no bar". Without the folder every test skips and says so.
//
// A bar of accuracy that is not met fails its test. A bar of time never does:
// machines differ, and may be shared.
package bars

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"
)

// native says whether this is the machine itself, or the browser's.
const native = runtime.GOARCH != "wasm"

// packed are the files of the folder when they travel inside the test, to the
// browser, which opens none (see overlay_test.go).
var packed fs.FS

func folder() fs.FS {
	if packed != nil {
		return packed
	}
	return os.DirFS(root())
}

func root() string {
	dir := os.Getenv("BENCH")
	if dir == "" {
		dir = "../shared/bench"
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("../..", dir)
	}
	return dir
}

// read returns a file of the folder; it skips the test where there is none.
func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(folder(), name)
	if err != nil {
		t.Skipf("no data for this bar: %s is not in %s (BENCH=folder names another)", name, root())
	}
	return b
}

// names lists the files of the folder that match.
func names(t testing.TB, pattern string) []string {
	t.Helper()
	all, err := fs.Glob(folder(), pattern)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Skipf("no data for this bar: %s is not in %s (BENCH=folder names another)", pattern, root())
	}
	return all
}

// expected reads what peers found.
func expected(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(read(t, name), into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A sheet is a CSV file.
type sheet struct {
	name string
	head []string
	at   map[string]int
	rows [][]string
}

func table(t testing.TB, name string) sheet {
	t.Helper()
	s := plain(t, name)
	s.head, s.rows = s.rows[0], s.rows[1:]
	for i, column := range s.head {
		s.at[column] = i
	}
	return s
}

// plain reads a file without a heading.
func plain(t testing.TB, name string) sheet {
	t.Helper()
	f, err := folder().Open(name)
	if err != nil {
		read(t, name) // skips
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatalf("%s: %d lines, %v", name, len(all), err)
	}
	return sheet{name: name, at: map[string]int{}, rows: all}
}

// need stops where a column is missing.
func (s sheet) need(t testing.TB, columns ...string) {
	t.Helper()
	for _, c := range columns {
		if _, ok := s.at[c]; !ok {
			t.Fatalf("%s has no column %s", s.name, c)
		}
	}
}

func (s sheet) text(row int, column string) string {
	if j, ok := s.at[column]; ok && j < len(s.rows[row]) {
		return s.rows[row][j]
	}
	return ""
}

// num is a cell; 0 where it is empty.
func (s sheet) num(row int, column string) float64 { return parse(s.text(row, column)) }

func parse(cell string) float64 {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// Words of a bar.
type word string

const (
	met    word = "met"
	notMet word = "NOT MET"
	noBar  word = "no bar" // the peers' figures are not of these rows
)

func judge(ok bool) word {
	if ok {
		return met
	}
	return notMet
}

// judgeIf is noBar unless the peers looked at these rows.
func judgeIf(same, ok bool) word {
	if !same {
		return noBar
	}
	return judge(ok)
}

// line is what .ci/bench-engine looks for.
const line = "BAR %s %s: ours %s · peer %s · bar %s · %s"

// bar prints a bar, and fails the test where it is not met.
func bar(t *testing.T, id, what, ours, peer, limit string, w word) {
	t.Helper()
	t.Logf(line, id, what, ours, peer, limit, w)
	if w == notMet {
		t.Fail()
	}
}

// timed prints a bar of time. limits are native, and in the browser; 0: none.
func timed(t *testing.T, id, what string, took time.Duration, peer string, limits ...time.Duration) {
	t.Helper()
	limit, machine := limits[0], "native"
	if !native {
		machine, limit = "wasm", 0
		if len(limits) > 1 {
			limit = limits[1]
		}
	}
	if limit == 0 {
		t.Logf(line, id, what+", time "+machine, milli(took), peer, "-", noBar)
		return
	}
	t.Logf(line, id, what+", time "+machine, milli(took), peer, "<= "+milli(limit), judge(took <= limit))
}

func milli(d time.Duration) string {
	v := float64(d) / float64(time.Millisecond)
	if v >= 100 {
		return strconv.FormatFloat(v, 'f', 0, 64) + " ms"
	}
	return strconv.FormatFloat(v, 'g', 3, 64) + " ms"
}

// quickest is the best of five runs: the machine is shared.
func quickest(run func()) time.Duration {
	best := time.Hour
	for range 5 {
		t0 := time.Now()
		run()
		best = min(best, time.Since(t0))
	}
	return best
}

func within(got, want, tol float64) bool { return math.Abs(got-want) <= tol }

// finite reports whether all values are numbers.
func finite(vs ...float64) bool {
	for _, v := range vs {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// figures are numbers at a number of decimals, in a row.
func figures(decimals int, vs ...float64) string {
	s := ""
	for i, v := range vs {
		if i > 0 {
			s += " "
		}
		s += strconv.FormatFloat(v, 'f', decimals, 64)
	}
	return s
}

// rounded is a peer's figure with the decimals of the bar: as the bars are
// worded, 0.7444 asks for .744 and 2.3476 for 2.35.
func rounded(v float64, decimals int) float64 {
	p := math.Pow(10, float64(decimals))
	return math.Round(v*p) / p
}

// or is a tolerance of expected.json, or the usual one.
func or(given, usual float64) float64 {
	if given > 0 {
		return given
	}
	return usual
}

func small(v float64) string { return fmt.Sprintf("%.1e", v) }
