// Package bars measures the planner against published instances and peers
// (tests only; `make bench-plan`). The data are a folder of public sets,
// $BENCH, by default ../shared/bench from the root of the repository; without
// it every test skips and says so.
//
// Each answer is judged by an evaluator of its own (judge_test.go), which
// reads the instance's coordinates and knows nothing of the search.
package bars

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"sillon/engine/tour"
)

// packed are the files of the folder when they travel inside the test, to a
// browser or node, which open none.
var packed fs.FS

func folder() fs.FS {
	if packed != nil {
		return packed
	}
	dir := os.Getenv("BENCH")
	if dir == "" {
		dir = "../shared/bench"
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("../../..", dir)
	}
	return os.DirFS(filepath.Join(dir, "routing"))
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(folder(), name)
	if err != nil {
		t.Skipf("no data for this bar: routing/%s is not there (BENCH=folder names another)", name)
	}
	return b
}

func rows(t testing.TB, name string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(read(t, name))).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatalf("%s: %v", name, err)
	}
	var out []map[string]string
	for _, r := range all[1:] {
		m := map[string]string{}
		for i, cell := range r {
			m[all[0][i]] = cell
		}
		out = append(out, m)
	}
	return out
}

func num(s string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil {
		return 0
	}
	return v
}

// fields are the numbers of each line of an instance.
func fields(t testing.TB, name string) [][]float64 {
	t.Helper()
	var out [][]float64
	for line := range strings.Lines(string(read(t, name))) {
		var row []float64
		for _, f := range strings.Fields(line) {
			row = append(row, num(f))
		}
		if len(row) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// An instance is a problem with what its evaluator needs.
type instance struct {
	name  string
	scale float64 // units of tour in one of the instance
	x, y  []float64
	exact bool // distances in double precision, else truncated to a unit
	tour.Problem
}

func (in *instance) distance(i, j int32) float64 {
	d := math.Hypot(in.x[i]-in.x[j], in.y[i]-in.y[j])
	if in.exact {
		return d
	}
	return math.Floor(d*in.scale+1e-9) / in.scale
}

func (in *instance) units(v float64) int32 { return int32(math.Floor(v*in.scale + 1e-6)) }

// matrix fills Travel: rounded up where distances are exact, so that no route
// is too long by what rounding hides.
func (in *instance) matrix() {
	in.Places = len(in.x)
	for i := range in.x {
		for j := range in.x {
			d := in.distance(int32(i), int32(j)) * in.scale
			if in.exact {
				in.Travel = append(in.Travel, int32(math.Ceil(d-1e-9)))
			} else {
				in.Travel = append(in.Travel, int32(math.Round(d)))
			}
		}
	}
}

// points is what one unit of score weighs, so that score comes before travel.
const points = 4000

func scaleOf(name string) float64 {
	if strings.HasPrefix(name, "pr") {
		return 100
	}
	return 10
}

// readTOPTW reads an orienteering instance for m days.
func readTOPTW(t testing.TB, name string, m int) *instance {
	all := fields(t, "toptw/"+name+".txt")
	in := &instance{name: name, scale: scaleOf(name)}
	for i, r := range all[2:] {
		in.x, in.y = append(in.x, r[1]), append(in.y, r[2])
		open, end := in.units(r[len(r)-2]), in.units(r[len(r)-1])
		if i == 0 {
			for range m {
				in.Routes = append(in.Routes, tour.Route{Open: open, Close: end})
			}
			continue
		}
		in.Visits = append(in.Visits, tour.Visit{Place: int32(i), Service: in.units(r[3]), Value: int64(r[4] * points),
			Hours: [][]tour.Window{{{Open: open, Close: end}}}, Days: []uint64{1}})
	}
	in.Rate = 1
	in.matrix()
	return in
}

// readWindows reads an instance with several windows a day.
func readWindows(t testing.TB, name string, m int) *instance {
	all := fields(t, "mctopmtw/MCTOPMTW-"+strconv.Itoa(m)+"-"+name+".txt")
	in := &instance{name: name, scale: scaleOf(name)}
	in.Budget = int64(all[0][2])
	for _, e := range all[0][3:13] {
		in.Caps = append(in.Caps, int32(e))
	}
	d := all[1]
	in.x, in.y = []float64{d[1]}, []float64{d[2]}
	for k := range m {
		in.Routes = append(in.Routes, tour.Route{Open: in.units(d[len(d)-2]), Close: in.units(d[len(d)-1]), Hours: k % 2})
	}
	for i, r := range all[2:] {
		in.x, in.y = append(in.x, r[1]), append(in.y, r[2])
		v := tour.Visit{Place: int32(i + 1), Service: in.units(r[3]), Value: int64(r[4] * points), Days: []uint64{1}, Spend: int32(r[11])}
		w := func(k int) tour.Window { return tour.Window{Open: in.units(r[5+k]), Close: in.units(r[6+k])} }
		first, second := []tour.Window{w(0), w(2)}, []tour.Window{w(1), w(3)}
		if r[10] == 0 {
			first, second = second, first
		}
		v.Hours = [][]tour.Window{first, second}
		for z, e := range r[12:22] {
			if e != 0 {
				v.Kinds |= 1 << z
			}
		}
		in.Visits = append(in.Visits, v)
	}
	in.Rate = 1
	in.matrix()
	return in
}

// readPeriodic reads a periodic instance.
func readPeriodic(t testing.TB, name string) *instance {
	all := fields(t, "pvrp/"+name+".txt")
	in := &instance{name: name, scale: 1000, exact: true}
	m, days := int(all[0][1]), int(all[0][3])
	for d := range days {
		limit := all[1+d][0]
		if limit == 0 {
			limit = 200_000
		}
		for range m {
			in.Routes = append(in.Routes, tour.Route{Day: d, Close: in.units(limit), Load: int32(all[1+d][1])})
		}
	}
	for i, r := range all[1+days:] {
		in.x, in.y = append(in.x, r[1]), append(in.y, r[2])
		if i == 0 || r[5] == 0 {
			continue
		}
		v := tour.Visit{Place: int32(i), Service: in.units(r[3]), Load: int32(r[4]), Must: true}
		for _, set := range r[7 : 7+int(r[6])] {
			bits := uint64(0)
			for d := range days {
				if int(set)>>(days-1-d)&1 != 0 {
					bits |= 1 << d
				}
			}
			v.Days = append(v.Days, bits)
		}
		in.Visits = append(in.Visits, v)
	}
	in.Rate = 1
	in.matrix()
	return in
}

// readSolomon reads a routing instance with windows, all visits mandatory.
func readSolomon(t testing.TB, name string) *instance {
	var f struct {
		Vehicles  int `json:"vehicle-nr"`
		Capacity  int32
		Customers []struct {
			X, Y                           float64
			Demand, Earliest, Latest, Cost int32
		}
	}
	if err := json.Unmarshal(read(t, "vrptw-solomon/"+name+".json"), &f); err != nil {
		t.Fatal(err)
	}
	in := &instance{name: name, scale: 10}
	for i, c := range f.Customers {
		in.x, in.y = append(in.x, c.X), append(in.y, c.Y)
		if i == 0 {
			for range f.Vehicles {
				in.Routes = append(in.Routes, tour.Route{Open: c.Earliest * 10, Close: c.Latest * 10, Load: f.Capacity})
			}
			continue
		}
		in.Visits = append(in.Visits, tour.Visit{Place: int32(i), Service: c.Cost * 10, Load: c.Demand, Must: true,
			Hours: [][]tour.Window{{{Open: c.Earliest * 10, Close: c.Latest * 10}}}, Days: []uint64{1}})
	}
	in.Rate = 1
	in.matrix()
	return in
}
