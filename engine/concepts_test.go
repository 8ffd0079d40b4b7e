package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/maturity"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// What docs/concepts.md promises is there: each row names an exported name of a
// package, a test, and a page written in both languages.
func TestEveryConceptHasItsCodeItsTestAndItsPage(t *testing.T) {
	b, err := os.ReadFile("../docs/concepts.md")
	if err != nil {
		t.Fatal(err)
	}
	named := names{}
	rows := 0
	for _, line := range strings.Split(string(b), "\n") {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| Concept ") {
			continue
		}
		rows++
		if wrong := named.judge(t, line); wrong != "" {
			t.Errorf("%s\n\t%s", line, wrong)
		}
	}
	if rows < 100 {
		t.Errorf("%d concepts; the sources have over a hundred", rows)
	}
}

// The test above must be able to fail.
func TestAConceptWithoutProofIsSeen(t *testing.T) {
	named := names{}
	for line, want := range map[string]string{
		"| a | `cost.Invest` | `cost.TestA2GoldenAmountsInvested` | [A2](method/en/a2.md) |":  "",
		"| a | `cost.Invent` | `cost.TestA2GoldenAmountsInvested` | [A2](method/en/a2.md) |":  "cost.Invent does not exist",
		"| a | `coast.Invest` | `cost.TestA2GoldenAmountsInvested` | [A2](method/en/a2.md) |": "coast.Invest does not exist",
		"| a | `cost.Invest` | `cost.TestNothing` | [A2](method/en/a2.md) |":                  "cost.TestNothing does not exist",
		"| a | `cost.Invest` | `cost.Invest` | [A2](method/en/a2.md) |":                       "cost.Invest is no test",
		"| a | `cost.Invest` | | [A2](method/en/a2.md) |":                                     "no test",
		"| a | Invest | `cost.TestA2GoldenAmountsInvested` | [A2](method/en/a2.md) |":         "no code",
		"| a | `cost.Invest` | `cost.TestA2GoldenAmountsInvested` | A2 |":                     "no page",
		"| a | `cost.Invest` | `cost.TestA2GoldenAmountsInvested` | [A9](method/en/a9.md) |":  "page a9 is not written in fr",
		"| a | `cost.Invest` | `cost.TestA2GoldenAmountsInvested` |":                          "want four cells",
	} {
		if got := named.judge(t, line); got != want {
			t.Errorf("%s\n\t%q, want %q", line, got, want)
		}
	}
}

// names caches what packages of the engine declare, by folder.
type names map[string][]string

var (
	quoted = regexp.MustCompile("`([^`]+)`")
	linked = regexp.MustCompile(`\]\(method/en/([a-z0-9]+)\.md\)`)
)

// judge says what is wrong with a row, or nothing.
func (n names) judge(t *testing.T, line string) string {
	t.Helper()
	cells := strings.Split(strings.Trim(line, "| "), " |")
	if len(cells) != 4 {
		return "want four cells"
	}
	code, tests, page := quoted.FindAllStringSubmatch(cells[1], -1), quoted.FindAllStringSubmatch(cells[2], -1), linked.FindStringSubmatch(cells[3])
	switch {
	case len(code) == 0:
		return "no code"
	case len(tests) == 0:
		return "no test"
	case page == nil:
		return "no page"
	}
	for _, m := range slices.Concat(code, tests) {
		dir, name, _ := strings.Cut(m[1], ".")
		if dir == "engine" {
			dir = "."
		}
		if !slices.Contains(n.of(t, dir), name) {
			return m[1] + " does not exist"
		}
	}
	for _, m := range tests {
		if _, name, _ := strings.Cut(m[1], "."); !strings.HasPrefix(name, "Test") {
			return m[1] + " is no test"
		}
	}
	for _, lang := range []string{"fr", "en"} {
		if _, err := os.Stat(filepath.Join("..", "docs", "method", lang, page[1]+".md")); err != nil {
			return "page " + page[1] + " is not written in " + lang
		}
	}
	return ""
}

// of lists the exported names of a folder, tests included: Name, and
// Type.Name for methods and fields.
func (n names) of(t *testing.T, dir string) []string {
	t.Helper()
	if all, ok := n[dir]; ok {
		return all
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler says it better
		}
		for _, d := range parsed.Decls {
			all = append(all, declared(d)...)
		}
	}
	all = slices.DeleteFunc(all, func(s string) bool { return !ast.IsExported(s) })
	n[dir] = all
	return all
}

func declared(d ast.Decl) (all []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		of := d.Recv.List[0].Type
		if star, ok := of.(*ast.StarExpr); ok {
			of = star.X
		}
		if id, ok := of.(*ast.Ident); ok {
			return []string{id.Name + "." + d.Name.Name}
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.ValueSpec:
				for _, id := range s.Names {
					all = append(all, id.Name)
				}
			case *ast.TypeSpec:
				all = append(all, s.Name.Name)
				if st, ok := s.Type.(*ast.StructType); ok {
					for _, f := range st.Fields.List {
						for _, id := range f.Names {
							all = append(all, s.Name.Name+"."+id.Name)
						}
					}
				}
			}
		}
	}
	return all
}

// Method §0.3: the method is about recurrent selling. A one-shot sale has no
// phase and stands in no curve; the same orders of a recurrent client are in
// growth: 200 € ÷ 100 € − 1 = 100 %.
func TestOneShotSalesAreLeftOut(t *testing.T) {
	c := query.Card{ID: portfolio.ID{1}, Scope: 1, Code: "C01", Name: "Voilerie Kermarrec", Status: portfolio.Client}
	for year, net := range map[int]money.Cents{2024: 100_00, 2025: 100_00, 2026: 200_00} {
		d := calendar.Of(year, 3, 4)
		c.Sales = append(c.Sales, query.SaleDay{From: d, To: d, Net: net})
	}
	slices.SortFunc(c.Sales, func(a, b query.SaleDay) int { return int(a.From - b.From) })
	for _, tt := range []struct {
		oneShot bool
		phase   maturity.Phase
		clients int
	}{{false, maturity.Growth, 1}, {true, 0, 0}} {
		c.OneShot = tt.oneShot
		s := query.NewSnapshot(calendar.Of(2026, 6, 30))
		s.SetCards([]query.Card{c})
		if sc := s.Scored(1); sc.Phase[0] != tt.phase || sc.Curve.Clients != tt.clients {
			t.Errorf("one-shot %v: phase %v, %d clients in the curve; want %v, %d", tt.oneShot, sc.Phase[0], sc.Curve.Clients, tt.phase, tt.clients)
		}
	}
}
