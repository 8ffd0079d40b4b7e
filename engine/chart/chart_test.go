package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files, and testdata/all.html to look at")

// mockup numbers: 180 clients, 1.62 M€ (ux.md §12).
var pictures = []struct {
	name string
	svg  string
}{
	{"histogram", Histogram(552, mockupCurve)},
	{"histogram-weak", Histogram(300, Maturity{Label: "peu", Value: [4]float64{1, 0, 2, 1}, Figure: [4]string{"1", "0", "2", "1"}, Name: letters, Weak: true})},
	{"small", Small(300, Maturity{Label: "DCMV", Value: [4]float64{52, 21, 24, 58}, Name: [4]string{"D 52", "C 21", "M 24", "V 58"}})},
	{"board", MiniBoard(236, Mini{Label: "P4–R3", Now: Spot{4, 3}, Was: Spot{4, 2}, Aim: Spot{4, 4}, PName: pNames, RName: rNames})},
	{"board-prospect", MiniBoard(236, Mini{Label: "P3–R1", Now: Spot{3, 1}, Was: Spot{3, 0}, Aim: Spot{3, 2}, PName: pNames, RName: rNames, Dotted: true})},
	{"pareto", Pareto(293, mockupLorenz())},
	{"stack", Stack(293, Floors{Label: "étages", Floor: [4]Floor{{Name: "P4", Value: 12, Text: "12", Link: Link{Go: "/clients?p=4", Label: "P4 : 12 clients"}}, {Name: "P3", Value: 22, Text: "22"}, {Name: "P2", Value: 40, Text: "40"}, {Name: "P1", Value: 106, Text: "106"}}, Note: "Clients par étage ; un étage = 1 M€ de potentiel."})},
	{"stack-hole", Stack(293, Floors{Label: "étages", Floor: [4]Floor{{Name: "R4", Value: 1, Text: "1"}, {Name: "R3", Text: "vide", Hole: true}, {Name: "R2", Value: 2, Text: "2"}, {Name: "R1", Value: 9, Text: "9"}}, Weak: true})},
	{"split", Split(293, Effort{Label: "temps", Share: [5]float64{.06, .21, .43, .18, .12}, Figure: [5]string{"6", "21", "43", "18", "12"}, Name: [5]string{"D", "C", "M", "V", "prosp."}, Move: "à déplacer vers C", Note: "% du temps de visite · C ÷ M = 0,49, seuil 1"})},
	{"dumbbell", Dumbbell(124, Pair{Label: "C 21, M 43", C: .21, M: .43, CText: "C 21", MText: "M 43", Behind: true})},
	{"year", Year(1000, mockupYear())},
	{"gauge", Gauge(176, 24, 24, .78, -1, "78 sur 100")},
	{"gauge-target", Gauge(236, 26, 28, .28, .4, "28 sur 100")},
	{"spark", Spark(92, 28, []float64{2, 3, 3, 4, 5, 5, 6, 7, 7, 8, 9, 11}, "tendance")},
	{"rhythm", Rhythm(92, 48, 30, "48 jours, cible 30")},
	{"rhythm-early", Rhythm(92, 12, 30, "12 jours, cible 30")},
	{"parts", Parts(408, "score", []Part{{Name: "Potentiel", Points: 28, Max: 30, Figure: "+ 28", Of: "/ 30"}, {Name: "Croissance", Points: 17, Max: 20, Figure: "+ 17", Of: "/ 20"}, {Name: "Relation", Points: 5, Max: 10, Figure: "+ 5", Of: "/ 10", Weak: true}, {Name: "Risque de départ", Points: -2, Max: 10, Figure: "− 2", Of: "/ 10"}})},
	{"empty", Empty(300, 122, "Potentiel inconnu : demandez une fourchette à la prochaine visite.")},
}

var (
	letters     = [4]string{"D", "C", "M", "V"}
	pNames      = [5]string{"", "P1", "P2", "P3", "P4"}
	rNames      = [5]string{"R0", "R1", "R2", "R3", "R4"}
	mockupCurve = Maturity{Label: "La courbe monte", Value: [4]float64{14, 33, 61, 72}, Figure: [4]string{"14", "33", "61", "72"},
		Name: [4]string{"Démarrage", "Croissance", "Maturité", "Vieillissement"}, Share: [4]string{"8 %", "18 %", "34 %", "40 %"},
		Template: [4]float64{.20, .30, .35, .15}, Go: [4]Link{{Go: "/clients?phase=D", Label: "Démarrage : 14 clients, 8 %"}}}
)

func mockupLorenz() Lorenz {
	d := Lorenz{Label: "36 clients font 61 % du chiffre", Share: []float64{0}, A: 36, B: 90, Names: [3]string{"A", "B", "C"}, Axis: [3]string{"0 %", "50 %", "100 %"},
		Point: 36, Title: "20 % des clients", Text: "61 % du CA", Left: "36 clients", Right: "180 clients", Go: [3]Link{{Go: "/clients?poids=A", Label: "A : 36 clients"}}}
	for k := 1; k <= 180; k++ {
		x := 1 - float64(k)/180
		d.Share = append(d.Share, 1-x*x*x*x)
	}
	return d
}

func mockupYear() Activity {
	d := Activity{Label: "Chiffre d’affaires et contacts", HasBefore: true, Contacts: "Contacts", Keys: []string{"CA", "Un an avant", "Visites", "Autres contacts"}, Amount: func(x float64) string { return strconv.FormatFloat(x/1e5, 'f', -1, 64) + " k€" }}
	now := []float64{90, 80, 110, 120, 130, 140, 170, 220, 260, 190, 180, 150}
	was := []float64{70, 70, 80, 100, 110, 120, 150, 210, 230, 150, 120, 110}
	for k, name := range strings.Split("DJFMAMJJASON", "") {
		d.Months = append(d.Months, Month{Name: name, Now: now[k] * 1e3, Before: was[k] * 1e3, Visit: k == 3 || k == 5 || k > 8, Call: k == 1 || k == 4 || k == 9})
	}
	return d
}

// Each mark of the year is named under it, and none that is not there.
func TestAYearExplainsItsMarks(t *testing.T) {
	d := mockupYear()
	for _, name := range d.Keys {
		if !strings.Contains(Year(600, d), ">"+name+"<") {
			t.Errorf("no %q in the legend", name)
		}
	}
	for i := range d.Months {
		d.Months[i].Call = false
	}
	d.HasBefore = false
	if svg := Year(600, d); strings.Contains(svg, d.Keys[1]) || strings.Contains(svg, d.Keys[3]) {
		t.Error("the legend names what the picture does not hold")
	}
}

// Sales of a few euros, in cents, on an axis of whole euros: 1 €, 2 €; never
// 1 €, 1 € nor 0 €.
func TestTheAxisOfSmallSalesNeverRepeatsItself(t *testing.T) {
	for _, high := range []float64{40, 90, 120, 150, 240, 500} {
		d := Activity{Months: []Month{{Name: "J", Now: high}}, Amount: func(x float64) string { return strconv.FormatFloat(x/100, 'f', 0, 64) + " €" }}
		svg := Year(600, d)
		for _, label := range []string{"0 €", "1 €", "2 €", "3 €"} {
			if n, most := strings.Count(svg, ">"+label+"<"), min(1, len(label)*int(label[0]-'0')); n > most {
				t.Errorf("sales of %v cents: %q is on the axis %d times", high, label, n)
			}
		}
	}
}

func TestPicturesAreTheGoldenOnes(t *testing.T) {
	for _, p := range pictures {
		file := filepath.Join("testdata", p.name+".svg")
		if *update {
			if err := os.WriteFile(file, []byte(p.svg+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != p.svg+"\n" {
			t.Errorf("%s differs from %s; look at it with -update", p.name, file)
		}
	}
	if *update {
		if err := os.WriteFile(filepath.Join(os.TempDir(), "sillon-charts.html"), []byte(page()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("all pictures, in both themes: %s", filepath.Join(os.TempDir(), "sillon-charts.html"))
	}
}

// page shows every picture in both themes, for the eye.
func page() string {
	css, _ := filepath.Abs("../../web/css")
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html><meta charset=utf-8><link rel=stylesheet href=%q><link rel=stylesheet href=%q><body>", css+"/tokens.css", css+"/ui.css")
	for _, theme := range []string{"light", "dark"} {
		fmt.Fprintf(&b, "<div data-theme=%s style='background:var(--bg);color:var(--text);display:flex;flex-wrap:wrap;gap:12px;padding:12px'>", theme)
		for _, p := range pictures {
			fmt.Fprintf(&b, "<div class=card><div class=eyebrow>%s</div>%s</div>", p.name, p.svg)
		}
		b.WriteString("</div>")
	}
	return b.String()
}

var (
	sizes     = regexp.MustCompile(`font-size="(\d+)"`)
	notNumber = regexp.MustCompile(`\b(NaN|Inf)\b`)
	points    = regexp.MustCompile(`\d\.\d\d`)
)

// check is what every picture must be: one well-formed root with a name, no
// style, no script, no unknown element, text of 12 px or more.
func check(svg string) error {
	dec := xml.NewDecoder(strings.NewReader(svg))
	depth, roots := 0, 0
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
			switch e.Name.Local {
			case "svg", "g", "path", "rect", "circle", "text":
			default:
				return fmt.Errorf("element %s", e.Name.Local)
			}
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" {
					return fmt.Errorf("attribute %s", a.Name.Local)
				}
			}
		case xml.EndElement:
			depth--
		case xml.Comment, xml.ProcInst, xml.Directive:
			return fmt.Errorf("unexpected %T", e)
		case xml.CharData:
			if depth == 0 && strings.TrimSpace(string(e)) != "" {
				return fmt.Errorf("text outside: %q", e)
			}
		}
	}
	if roots != 1 {
		return fmt.Errorf("%d roots", roots)
	}
	for _, m := range sizes.FindAllStringSubmatch(svg, -1) {
		if n, _ := strconv.Atoi(m[1]); n < 12 {
			return fmt.Errorf("text of %d px", n)
		}
	}
	if notNumber.MatchString(svg) {
		return errors.New("a number that is none")
	}
	return nil
}

func TestPicturesKeepTheRules(t *testing.T) {
	for _, p := range pictures {
		if err := check(p.svg); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
		if !strings.Contains(p.svg, "aria-label=") || !strings.Contains(p.svg, `role="`) {
			t.Errorf("%s has no name or role", p.name)
		}
		if strings.Contains(p.svg, "data-go") != strings.Contains(p.svg, `role="group"`) {
			t.Errorf("%s: a picture with marks is a group, any other an image", p.name)
		}
		if bad := points.FindString(regexp.MustCompile(` (opacity|stroke-width|stroke-opacity)="[^"]*"`).ReplaceAllString(p.svg, "")); bad != "" {
			t.Errorf("%s: coordinate with more than one decimal: %s", p.name, bad)
		}
	}
}

func TestTheCurveNeverSwingsBeyondItsPoints(t *testing.T) {
	for i, y := range cubic([]point{{0, 10}, {1, 0}, {2, 0}, {3, 7}}).n {
		if i%2 == 1 && (y < 0 || y > 10) {
			t.Errorf("control at %v", y)
		}
	}
}

func FuzzEveryLabelIsHarmless(f *testing.F) {
	f.Add("Brasserie <b>&\"'", 3.0, 7.0)
	f.Add("]]><script>alert(1)</script>\x00\xff\u202e", math.Inf(1), math.NaN())
	f.Add(`" onload="x`, -1e300, 1e300)
	f.Fuzz(func(t *testing.T, s string, a, b float64) {
		l := Link{Go: s, Label: s}
		all := []string{
			Histogram(300, Maturity{Label: s, Value: [4]float64{a, b, a, b}, Figure: [4]string{s, s, s, s}, Name: [4]string{s}, Share: [4]string{s}, Template: [4]float64{b, a}, Go: [4]Link{l}}),
			Small(300, Maturity{Label: s, Value: [4]float64{a, b, b, a}, Name: [4]string{s, s}, Weak: true, Go: [4]Link{l}}),
			MiniBoard(200, Mini{Label: s, Now: Spot{3, 0}, Was: Spot{1, 1}, Aim: Spot{3, 1}, PName: [5]string{s, s, s}, RName: [5]string{s}}),
			Pareto(250, Lorenz{Label: s, Share: []float64{0, a, b, 1}, A: 1, B: 2, Names: [3]string{s}, Axis: [3]string{s}, Point: 1, Title: s, Text: s, Left: s, Right: s, Go: [3]Link{l}}),
			Stack(250, Floors{Label: s, Floor: [4]Floor{{s, a, s, false, l}, {s, b, s, true, l}}, Note: s}),
			Split(250, Effort{Label: s, Share: [5]float64{a, b, a, b, a}, Figure: [5]string{s}, Name: [5]string{s, s, s}, Move: s, Note: s, Go: [5]Link{l}}),
			Dumbbell(120, Pair{s, a, b, s, s, true}),
			Year(400, Activity{Label: s, Months: []Month{{s, a, b, true, true}, {s, b, a, false, true}}, HasBefore: true, Amount: func(float64) string { return s }, Contacts: s}),
			Gauge(100, 20, 10, a, b, s), Spark(90, 20, []float64{a, b, a}, s), Rhythm(90, a, b, s),
			Parts(300, s, []Part{{s, a, b, s, s, true}}), Empty(300, 100, s),
		}
		for i, svg := range all {
			if err := check(svg); err != nil {
				t.Fatalf("picture %d: %v\n%s", i, err, svg)
			}
		}
	})
}

func BenchmarkHistogram(b *testing.B) {
	for b.Loop() {
		Histogram(552, mockupCurve)
	}
}

// strconv is the oracle of the numbers.
func TestNumbersHaveOneDecimalRoundedAsStrconvDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 200_000 {
		x := (r.Float64() - .5) * math.Pow(10, float64(r.IntN(7)))
		if i%3 == 0 {
			x = math.Round(x*20) / 20 // in the middle of two
		}
		want := strconv.FormatFloat(x, 'f', 1, 64)
		if want == "-0.0" || math.Abs(x) < .05 {
			want = "0.0"
		}
		if got := string(appendNum(nil, x)); got != want {
			t.Fatalf("%v is %s, want %s", x, got, want)
		}
	}
}
