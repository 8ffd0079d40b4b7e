package ui

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// found is an odd portfolio on a device.
func found(t *testing.T, w demo.Odd) *ground {
	t.Helper()
	company := demo.NewCompany(1, groundDay)
	p := company.Portfolios[0]
	g := &ground{
		snap: query.NewSnapshot(groundDay), bundles: map[portfolio.ID]query.Bundle{}, words: words{i18n.FR},
		asked: map[string][]any{}, refuse: map[string]error{},
	}
	mark := journal.Mark{}
	var derived []query.Card
	for _, c := range w.Cards(groundDay) {
		b := query.Bundle{Root: c.ID, Scope: 7, Rows: c.Rows(7, mark, company.Users[1].ID)}
		g.bundles[c.ID] = b
		if card, ok := query.Derive(b); ok {
			derived = append(derived, card)
		}
	}
	row := func(kind portfolio.Kind, id portfolio.ID, noun any) journal.Row {
		f, err := portfolio.ToFields(noun)
		if err != nil {
			t.Fatal(err)
		}
		return journal.Row{Rec: id, Entity: kind, Fields: f}
	}
	misc := []journal.Row{
		row(portfolio.KindOrg, company.OrgID, company.Org), row(portfolio.KindUser, company.Users[1].ID, company.Users[1].Noun),
		row(portfolio.KindPortfolio, p.ID, portfolio.Portfolio{Name: p.Noun.Name, Area: p.Noun.Area, Owner: p.Noun.Owner, Scope: 7}),
	}
	if !w.Bare {
		misc = append(misc, company.FamilyRows(1, mark, company.Users[1].ID)...)
		misc = append(misc, p.BudgetRows(7, mark, company.Users[1].ID)...)
	}
	slices.SortFunc(derived, func(a, b query.Card) int { return slices.Compare(a.ID[:], b.ID[:]) })
	g.snap.SetMisc(misc)
	g.snap.SetCards(derived)
	return g
}

// open is a page of the world in a language, with its answers.
func (g *ground) open(t *testing.T, lang i18n.Lang, address string) (*Env, app.Composer) {
	t.Helper()
	e := NewEnv(g, lang, "test", func() time.Time { return time.Date(2026, time.November, 19, 8, 42, 0, 0, time.UTC) })
	e.User = bridge.Welcome{User: portfolio.ID{1}, Name: "Maëlle Guivarch", Role: portfolio.RoleRep}
	e.stage = ready
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	e.At(u)
	page := find(e, e.Path())
	if page == nil {
		t.Fatalf("no page at %s", address)
	}
	engine := app.NewTestEngine()
	if err := engine.Load(page); err != nil {
		t.Fatal(err)
	}
	engine.ConsumeAll()
	return e, page
}

// senseless is what no person should read, in a text or in a drawing.
var senseless = regexp.MustCompile(`NaN|\b[+-]?Inf\b|∞|undefined|<nil>|%!|\{\d(:[^}]*)?\}|\[object `)

// keyed is a word of the catalogue that was not translated.
var keyed = regexp.MustCompile(`^[a-z]+(-[a-z]+)*\.[a-z][a-zA-Z.-]*$`)

// A node is an element of a page.
type node struct {
	tag  string
	attr map[string]string
	in   *node
	kids []*node
	text string
}

func (n *node) has(class string) bool { return slices.Contains(strings.Fields(n.attr["class"]), class) }

// every calls f with an element and those inside; false: not inside this one.
func (n *node) every(f func(*node) bool) {
	if !f(n) {
		return
	}
	for _, k := range n.kids {
		k.every(f)
	}
}

// said is the text of an element but for its headings and what only screen
// readers are told.
func (n *node) said() string {
	var b strings.Builder
	n.every(func(x *node) bool {
		if x.tag == "svg" || (x.tag == "h2" || x.tag == "h3") && !x.has("q") || x.has("eyebrow") || x.has("sr") {
			return false
		}
		b.WriteString(x.text)
		b.WriteByte(' ')
		return true
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

func tree(t *testing.T, html string) *node {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(html))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	root := &node{}
	at := root
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root
		}
		if err != nil {
			t.Fatalf("%v in %.300s", err, html)
		}
		switch x := tok.(type) {
		case xml.StartElement:
			n := &node{tag: x.Name.Local, attr: map[string]string{}, in: at}
			for _, a := range x.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			at.kids = append(at.kids, n)
			at = n
		case xml.EndElement:
			if at.in != nil {
				at = at.in
			}
		case xml.CharData:
			at.kids = append(at.kids, &node{text: string(x), in: at})
		}
	}
}

// lengths are attributes of a drawing that are numbers.
var lengths = strings.Fields("x y x1 x2 y1 y2 cx cy r rx ry width height")

// proofread looks at every element of a page: words and numbers that make
// sense, cards that say something, drawings inside their frame, no wait left.
func proofread(t *testing.T, where string, page app.UI) {
	t.Helper()
	root := tree(t, app.HTMLString(page))
	bad := func(format string, args ...any) {
		t.Helper()
		t.Errorf("%s: "+format, append([]any{where}, args...)...)
	}
	root.every(func(n *node) bool {
		for name, v := range n.attr {
			if m := senseless.FindString(v); m != "" {
				bad("%s %s=%q shows %q", n.tag, name, v, m)
			}
		}
		if m := senseless.FindString(n.text); m != "" {
			bad("the text %q shows %q", n.text, m)
		}
		if s := strings.TrimSpace(n.text); keyed.MatchString(s) {
			bad("the key %q is not translated", s)
		}
		if n.has("skel") || n.has("fs-wait") {
			bad("still waits: %v", n.attr)
		}
		if n.has("card") && !n.has("skel") {
			drawn := false
			n.every(func(x *node) bool {
				drawn = drawn || x.tag == "svg" || x.tag == "table" || x.tag == "input" || x.tag == "textarea"
				return true
			})
			if said := n.said(); said == "" && !drawn || drawn && said == "" && !hasText(n) {
				bad("the card %q is blank", n.attr["aria-label"])
			}
		}
		if n.has("q") && strings.TrimSpace(whole(n)) == "" {
			bad("a finding is empty")
		}
		if n.has("chart-na") && strings.TrimSpace(whole(n)) == "" {
			bad("a chart that cannot be drawn does not say why, in the card %q", card(n))
		}
		if n.tag == "svg" && n.attr["role"] != "" {
			if strings.TrimSpace(n.attr["aria-label"]) == "" && n.attr["aria-labelledby"] == "" {
				bad("a drawing has no name, in the card %q", card(n))
			}
			inside(n, bad)
		}
		return true
	})
}

func hasText(n *node) (yes bool) {
	n.every(func(x *node) bool {
		yes = yes || strings.TrimSpace(x.text) != ""
		return true
	})
	return yes
}

func whole(n *node) string {
	var b strings.Builder
	n.every(func(x *node) bool {
		b.WriteString(x.text)
		return true
	})
	return b.String()
}

// card names the card that an element is in.
func card(n *node) string {
	for ; n != nil; n = n.in {
		if n.has("card") {
			return n.attr["aria-label"]
		}
	}
	return ""
}

// inside fails when a drawing leaves its frame, or has no size.
func inside(svg *node, bad func(string, ...any)) {
	w, h := number(svg.attr["width"]), number(svg.attr["height"])
	if box := strings.Fields(svg.attr["viewBox"]); len(box) == 4 {
		w, h = number(box[2]), number(box[3])
	}
	if !(w > 0 && h > 0) {
		bad("a drawing of %v × %v, in the card %q", svg.attr["width"], svg.attr["height"], card(svg))
		return
	}
	svg.every(func(n *node) bool {
		if n.attr["transform"] != "" {
			return false // moved: its own numbers say nothing
		}
		for _, name := range lengths {
			v, ok := n.attr[name]
			if !ok || strings.HasSuffix(v, "%") {
				continue
			}
			x := number(v)
			if math.IsNaN(x) {
				bad("%s %s=%q in the card %q", n.tag, name, v, card(svg))
				continue
			}
			across := name == "x" || name == "x1" || name == "x2" || name == "cx"
			down := name == "y" || name == "y1" || name == "y2" || name == "cy"
			switch {
			case across && (x < -1 || x > w+1), down && (x < -1 || x > h+1):
				bad("%s %s=%s leaves the drawing of %v × %v, in the card %q: %s", n.tag, name, v, w, h, card(svg), whole(n))
			case !across && !down && x < 0:
				bad("%s %s=%s in the card %q", n.tag, name, v, card(svg))
			}
		}
		return true
	})
}

func number(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return x
}

var digit = regexp.MustCompile(`\d`)

// noFalseNumber fails when a figure that has no value is written as one.
func noFalseNumber(t *testing.T, where string, e *Env, page any) {
	t.Helper()
	figures := map[string]query.Figure{}
	v := reflect.ValueOf(page).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		if f.Kind() != reflect.Struct {
			continue
		}
		if f = f.FieldByName("Value"); f.IsValid() && f.Kind() == reflect.Pointer && !f.IsNil() {
			figuresOf(reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem(), figures)
		}
	}
	for topic, f := range figures {
		if !f.Mark.Has() && digit.MatchString(e.Figure(f)) {
			t.Errorf("%s: %s has no value and reads %q", where, topic, e.Figure(f))
		}
	}
}

// diagnosis are the addresses of the screens of the diagnosis.
var diagnosis = []string{"/portefeuille", "/portefeuille/maturite", "/portefeuille/poids", "/portefeuille/contacts", "/portefeuille/potentiel", "/clients", "/clients?vue=pr", "/"}

// TestOddPortfoliosReadWell opens the screens of the diagnosis on portfolios
// that are small, bare or one-sided, in both languages: no blank card, no
// number that is none, no zero where nothing is known, no wait that stays.
// SILLON_TEXT names a folder to write what each page says.
func TestOddPortfoliosReadWell(t *testing.T) {
	for _, w := range demo.Odds() {
		t.Run(w.Name, func(t *testing.T) {
			if testing.Short() && w.N > 1000 {
				t.Skip("short")
			}
			g := found(t, w)
			var out strings.Builder
			for _, lang := range []i18n.Lang{i18n.FR, i18n.EN} {
				if lang == i18n.EN && w.N > 1000 {
					continue
				}
				list := g.snap.ClientList(g.reader(string(lang)), query.ListAsk{Limit: 200}).Rows
				addresses := slices.Clone(diagnosis)
				for _, i := range []int{0, len(list) / 2, len(list) - 1} {
					if a := ClientPath(list[i].ID); !slices.Contains(addresses, a) {
						addresses = append(addresses, a)
					}
				}
				for k := 0; k < len(addresses); k++ {
					at := addresses[k]
					where := fmt.Sprintf("%s, %s %s", w.Name, lang, at)
					e, page := g.open(t, lang, at)
					proofread(t, where, page)
					noFalseNumber(t, where, e, page)
					if lang == i18n.FR {
						fmt.Fprintf(&out, "\n=== %s\n%s\n", at, strings.ReplaceAll(text(page), ". ", ".\n"))
					}
					if strings.HasPrefix(at, "/portefeuille") { // one list behind a mark of each tab
						if m := regexp.MustCompile(`/clients\?qui=[^"&]+`).FindString(app.HTMLString(page)); m != "" && !slices.Contains(addresses, m) {
							addresses = append(addresses, m)
						}
					}
				}
				if w.N <= 40 {
					g.whys(t, lang, w.Name, list[0])
				}
			}
			if dir := os.Getenv("SILLON_TEXT"); dir != "" {
				if err := os.WriteFile(filepath.Join(dir, strings.ReplaceAll(w.Name, " ", "-")+".txt"), []byte(out.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// whys opens the reasons of every figure of a sheet.
func (g *ground) whys(t *testing.T, lang i18n.Lang, where string, row query.ClientRow) {
	t.Helper()
	e, page := g.open(t, lang, ClientPath(row.ID))
	p := page.(*clientPage)
	shown := map[string]query.Figure{}
	figuresOf(reflect.ValueOf(p.view.Value), shown)
	figuresOf(reflect.ValueOf(p.deep.Value), shown)
	for topic, f := range shown {
		w := &whyPane{E: e, Figure: f, Subject: Subject(row.Name, row.ID)}
		engine := app.NewTestEngine()
		if err := engine.Load(w); err != nil {
			t.Fatal(err)
		}
		engine.ConsumeAll()
		proofread(t, fmt.Sprintf("%s, %s, why %s", where, lang, topic), w)
	}
}
