package chart_test

import (
	"encoding/xml"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"sillon/engine/chart"
	"sillon/engine/chart/sample"
)

func updating() bool { return flag.Lookup("update").Value.String() == "true" }

func golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", "grammar", file)
	if updating() {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is no longer what is drawn; look at it with make charts, then -update", file)
	}
}

// The empty and narrow states are held by the rules below.
func TestTheGrammarIsTheGoldenOne(t *testing.T) {
	var tables strings.Builder
	seen := map[string]bool{}
	for _, s := range sample.All() {
		if seen[s.ID] {
			t.Errorf("two sections %s", s.ID)
		}
		seen[s.ID] = true
		for _, state := range s.States {
			switch state.Name {
			case "normal":
				golden(t, s.ID+".svg", state.Picture.Draw(state.Width)+"\n")
			case "peu de données":
				golden(t, s.ID+"-weak.svg", state.Picture.Draw(state.Width)+"\n")
			}
		}
		p := s.States[0].Picture
		fmt.Fprintf(&tables, "%s: %s\n\t%s\n", s.ID, p.Sentence(), strings.Join(p.Table().Head, " | "))
		for _, row := range p.Table().Rows {
			fmt.Fprintf(&tables, "\t%s\n", strings.Join(row, " | "))
		}
	}
	golden(t, "tables.txt", tables.String())
}

func TestEachPictureHasItsSentenceAndItsTable(t *testing.T) {
	for _, s := range sample.All() {
		for _, state := range s.States {
			if state.Picture.Sentence() == "" {
				t.Errorf("%s, %s: no sentence", s.ID, state.Name)
			}
			table := state.Picture.Table()
			if state.Name == "normal" && len(table.Rows) == 0 {
				t.Errorf("%s: no table", s.ID)
			}
			for _, row := range table.Rows {
				if len(row) != len(table.Head) {
					t.Errorf("%s, %s: row %q under %q", s.ID, state.Name, row, table.Head)
				}
			}
		}
	}
}

// widths go from what is left of a telephone at 320 px to a desktop.
var widths = []int{272, 296, 320, 390, 480, 640, 1000}

func TestTheGrammarKeepsTheRules(t *testing.T) {
	for _, s := range sample.All() {
		for _, state := range s.States {
			for _, w := range widths {
				svg := state.Picture.Draw(w)
				if err := chart.Check(svg); err != nil {
					t.Errorf("%s, %s, %d px: %v", s.ID, state.Name, w, err)
				}
				interactive := strings.Contains(svg, "data-go") || strings.Contains(svg, "data-cut")
				if interactive != strings.Contains(svg, `role="group"`) {
					t.Errorf("%s, %s: a picture with marks is a group, any other an image", s.ID, state.Name)
				}
				if svg != state.Picture.Draw(w) {
					t.Errorf("%s, %s: drawn twice, not the same bytes", s.ID, state.Name)
				}
			}
		}
	}
}

// A label is a text with its place.
type label struct {
	text           string
	x1, x2, y1, y2 float64
}

func labels(t *testing.T, svg string) (all []label, w, h float64) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(svg))
	num := func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f }
	for {
		tok, err := dec.Token()
		if err != nil {
			return all, w, h
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		at := map[string]string{}
		for _, a := range e.Attr {
			at[a.Name.Local] = a.Value
		}
		switch e.Name.Local {
		case "svg":
			w, h = num(at["width"]), num(at["height"])
		case "text":
			var s string
			if err := dec.DecodeElement(&s, &e); err != nil {
				t.Fatal(err)
			}
			size := map[string]float64{"tx": 12, "tx2": 12, "txb": 13, "txl": 20}[at["class"]]
			if at["font-size"] != "" {
				size = num(at["font-size"])
			}
			need, x, y := chart.Wide(s, size)*.97, num(at["x"]), num(at["y"])
			switch at["text-anchor"] {
			case "middle":
				x -= need / 2
			case "end":
				x -= need
			}
			all = append(all, label{s, x, x + need, y - size*.72, y + size*.05})
		}
	}
}

func TestNoTextIsCutOrWrittenOverAnother(t *testing.T) {
	for _, s := range sample.All() {
		for _, state := range s.States {
			for _, w := range widths {
				all, width, height := labels(t, state.Picture.Draw(w))
				for i, a := range all {
					if a.x1 < -3 || a.x2 > width+3 || a.y1 < -1 || a.y2 > height+1 {
						t.Errorf("%s, %s, %d px: %q is cut (%.0f–%.0f of %.0f, %.0f–%.0f of %.0f)", s.ID, state.Name, w, a.text, a.x1, a.x2, width, a.y1, a.y2, height)
					}
					for _, b := range all[:i] {
						if a.x1 < b.x2-1 && b.x1 < a.x2-1 && a.y1 < b.y2-1 && b.y1 < a.y2-1 {
							t.Errorf("%s, %s, %d px: %q over %q", s.ID, state.Name, w, a.text, b.text)
						}
					}
				}
			}
		}
	}
}

// A name of a plane lies on no mark that counts, and a note of a curve on no
// curve: at 280 px they did.
func TestNamesAndNotesAreOnNoMark(t *testing.T) {
	for _, s := range sample.All() {
		for _, state := range s.States {
			for _, w := range widths {
				svg := state.Picture.Draw(w)
				var marks [][4]float64
				names := map[string]bool{}
				switch d := state.Picture.(type) {
				case chart.Scatter:
					for _, b := range d.Bodies {
						names[b.Name] = b.Named
					}
					marks = triangles(svg)
				case chart.Lines:
					for _, n := range d.Notes {
						names[n.Text], names[n.Sub] = true, true
					}
					marks = runs(svg)
				default:
					continue
				}
				all, _, _ := labels(t, svg)
				for _, l := range all {
					if !names[l.text] || l.text == "" {
						continue
					}
					for _, m := range marks {
						if l.x1 < m[2] && m[0] < l.x2 && l.y1 < m[3] && m[1] < l.y2 {
							t.Errorf("%s, %s, %d px: %q lies on a mark", s.ID, state.Name, w, l.text)
							break
						}
					}
				}
			}
		}
	}
}

// triangles are the boxes of the filled paths in the tone of what we lose.
func triangles(svg string) (out [][4]float64) {
	for _, part := range strings.Split(svg, `<path d="`)[1:] {
		d, rest, _ := strings.Cut(part, `"`)
		if tag, _, _ := strings.Cut(rest, ">"); !strings.Contains(tag, `fill="var(--danger)"`) {
			continue
		}
		if xy := numbers(d); len(xy) == 5 && strings.Contains(d, "H") {
			out = append(out, [4]float64{min(xy[0], xy[2], xy[4]), min(xy[1], xy[3]), max(xy[0], xy[2], xy[4]), max(xy[1], xy[3])})
		}
	}
	return out
}

// runs are small boxes along the thick lines of a plane.
func runs(svg string) (out [][4]float64) {
	for _, part := range strings.Split(svg, `<path d="`)[1:] {
		d, rest, _ := strings.Cut(part, `"`)
		if tag, _, _ := strings.Cut(rest, ">"); !strings.Contains(tag, `stroke-width="2.5"`) || strings.Contains(d, "h") {
			continue
		}
		xy := numbers(d)
		for k := 2; k+1 < len(xy); k += 2 {
			for f := 0.0; f <= 1; f += .05 {
				x, y := xy[k-2]+(xy[k]-xy[k-2])*f, xy[k-1]+(xy[k+1]-xy[k-1])*f
				out = append(out, [4]float64{x - 1, y - 1, x + 1, y + 1})
			}
		}
	}
	return out
}

func numbers(d string) (out []float64) {
	for _, f := range strings.FieldsFunc(d, func(r rune) bool { return r != '-' && r != '.' && (r < '0' || r > '9') }) {
		v, _ := strconv.ParseFloat(f, 64)
		out = append(out, v)
	}
	return out
}

// kinds are one value of each data type that draws itself.
var kinds = []chart.Picture{
	chart.Balance{}, chart.Bargain{}, chart.Bars{}, chart.Circle{}, chart.Classes{}, chart.Cohorts{}, chart.Columns{}, chart.Curves{}, chart.Cuts{},
	chart.Forecast{}, chart.Lines{}, chart.Matrix{}, chart.Moves{}, chart.Patches{}, chart.People{}, chart.Pyramid{}, chart.Radar{}, chart.Ranks{}, chart.Ribbon{},
	chart.Ruler{}, chart.Scatter{}, chart.Stacked{}, chart.Strips{}, chart.Tornado{}, chart.Waterfall{},
}

var nasty = []string{"", "A", "Brasserie de l’Écluse", `<b>&"'`, "]]><script>alert(1)</script>", "\x00\xff\u202e", `" onload="x`, "— un nom très long, plus long que la page, sans fin ni respiration —", "日本語"}

// fill puts anything into anything: numbers that are none, texts that harm.
func fill(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Float64:
		v.SetFloat([]float64{0, 1, -1, .5, r.NormFloat64() * 100, math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 5e-324}[r.IntN(11)])
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, 2, 3, -1, 7, 200, math.MaxInt64, math.MinInt64}[r.IntN(9)])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.String:
		v.SetString(nasty[r.IntN(len(nasty))])
	case reflect.Slice:
		n := r.IntN(5)
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(r, v.Index(i), depth+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(r, v.Index(i), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), depth+1)
		}
	case reflect.Func:
		if r.IntN(3) > 0 {
			s := nasty[r.IntN(len(nasty))]
			v.Set(reflect.ValueOf(func(float64) string { return s }))
		}
	default:
		panic(v.Kind().String())
	}
}

// random is a picture of a kind with anything in it. A field of colour is a
// token of the style sheet, not a text that comes in.
func random(r *rand.Rand, kind chart.Picture) chart.Picture {
	v := reflect.New(reflect.TypeOf(kind)).Elem()
	fill(r, v, 0)
	return v.Interface().(chart.Picture)
}

func harmless(t *testing.T, p chart.Picture, w int) {
	t.Helper()
	svg := p.Draw(w)
	if err := chart.Check(svg); err != nil {
		t.Fatalf("%T at %d px: %v\n%#v\n%s", p, w, err, p, svg)
	}
	p.Table()
	p.Sentence()
}

func TestAnythingDrawnIsWellFormed(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, kind := range kinds {
		for range 400 {
			harmless(t, random(r, kind), []int{-5, 0, 1, 200, 320, 900, 1 << 40}[r.IntN(7)])
		}
		harmless(t, kind, 320)
	}
}

func FuzzAnythingDrawnIsWellFormed(f *testing.F) {
	f.Add(uint64(1), 0, 320)
	f.Fuzz(func(t *testing.T, seed uint64, kind, w int) {
		r := rand.New(rand.NewPCG(seed, 7))
		harmless(t, random(r, kinds[((kind%len(kinds))+len(kinds))%len(kinds)]), w)
	})
}

// Where the order given means nothing, the bytes do not depend on it.
func TestOrderOfInputDoesNotMatter(t *testing.T) {
	same := func(name string, draw func(shuffle func(n int, swap func(i, j int))) string) {
		first := draw(func(int, func(i, j int)) {})
		r := rand.New(rand.NewPCG(3, 4))
		for range 20 {
			if draw(r.Shuffle) != first {
				t.Errorf("%s: another order, other bytes", name)
				return
			}
		}
	}
	for _, s := range sample.All() {
		switch d := s.States[0].Picture.(type) {
		case chart.Scatter:
			same(s.ID, func(shuffle func(int, func(i, j int))) string {
				b := append([]chart.Body(nil), d.Bodies...)
				shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
				o := d
				o.Bodies = b
				return o.Draw(500)
			})
		case chart.People:
			same(s.ID, func(shuffle func(int, func(i, j int))) string {
				b := append([]chart.Person(nil), d.People...)
				shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
				o := d
				o.People = b
				return o.Draw(500)
			})
		case chart.Strips:
			same(s.ID, func(shuffle func(int, func(i, j int))) string {
				o := d
				o.Questions = append([]chart.Question(nil), d.Questions...)
				for k := range o.Questions {
					a := append([]float64(nil), o.Questions[k].Answers...)
					shuffle(len(a), func(i, j int) { a[i], a[j] = a[j], a[i] })
					o.Questions[k].Answers = a
				}
				return o.Draw(500)
			})
		case chart.Ranks:
			same(s.ID, func(shuffle func(int, func(i, j int))) string {
				o := d
				o.Ranks = append([]chart.Rank(nil), d.Ranks...)
				shuffle(len(o.Ranks), func(i, j int) { o.Ranks[i], o.Ranks[j] = o.Ranks[j], o.Ranks[i] })
				return o.Draw(500)
			})
		}
	}
}

// A tornado is sorted by width of swing, whatever the order given (hand-made:
// swings of 7, 15, 9 and 6).
func TestTheWidestSwingIsOnTop(t *testing.T) {
	for _, s := range sample.All() {
		if d, ok := s.States[0].Picture.(chart.Tornado); ok {
			var names []string
			for _, row := range d.Table().Rows {
				names = append(names, row[0])
			}
			if got, want := strings.Join(names, ", "), "Potentiel, Pénétration, Engagement, Risque"; got != want {
				t.Errorf("%s; want %s", got, want)
			}
		}
	}
}

// 787 h = 1 312 − 164 − 273 − 88: the column of a change stands where the one
// before ended, so the reserve ends as high as the outcome starts.
func TestTheWaterfallEndsWhereItsOutcomeStarts(t *testing.T) {
	for _, s := range sample.All() {
		if s.ID != "hours" {
			continue
		}
		d := s.States[0].Picture.(chart.Waterfall)
		sum := 0.0
		for _, step := range d.Steps[:4] {
			sum += step.Value
		}
		if sum != d.Steps[4].Value {
			t.Errorf("%v h; want %v", sum, d.Steps[4].Value)
		}
		var rects []map[string]float64
		dec := xml.NewDecoder(strings.NewReader(d.Draw(420)))
		for {
			tok, err := dec.Token()
			if err != nil {
				break
			}
			if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "rect" {
				m := map[string]float64{}
				for _, a := range e.Attr {
					m[a.Name.Local], _ = strconv.ParseFloat(a.Value, 64)
				}
				rects = append(rects, m)
			}
		}
		if n := len(rects); n != 5 || math.Abs(rects[3]["y"]+rects[3]["height"]-rects[4]["y"]) > .11 {
			t.Errorf("%d columns: %v", n, rects)
		}
		// 88 of 1 312 on 124 px: 8.3 px
		if math.Abs(rects[3]["height"]-8.3) > .05 {
			t.Errorf("reserve %v px high, want 8.3", rects[3]["height"])
		}
	}
}

// What is heavier is lower, what is equal is level (hand-made).
func TestTheHeavierSideSinks(t *testing.T) {
	beam := func(ours, theirs float64) string {
		svg := chart.Balance{Words: chart.Words{Label: "x"}, Ours: ours, Theirs: theirs}.Draw(200)
		i := strings.Index(svg, `" stroke="var(--text)" stroke-width="4"`)
		return svg[strings.LastIndex(svg[:i], `d="`)+3 : i]
	}
	for _, c := range []struct {
		ours, theirs float64
		want         string
	}{{1, 1, "M4.0 62.0L196.0 62.0"}, {1, 0, "M4.0 78.0L196.0 46.0"}, {1, 3, "M4.0 54.0L196.0 70.0"}} {
		if got := beam(c.ours, c.theirs); got != c.want {
			t.Errorf("%v against %v: %s; want %s", c.ours, c.theirs, got, c.want)
		}
	}
}

func BenchmarkScatterOfFiveThousand(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	d := chart.Scatter{}
	for range 5000 {
		d.Bodies = append(d.Bodies, chart.Body{At: chart.XY{X: r.NormFloat64(), Y: r.NormFloat64()}})
	}
	for b.Loop() {
		d.Draw(600)
	}
}
