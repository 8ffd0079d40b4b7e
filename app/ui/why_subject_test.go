package ui

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// The head of the reasons names who they are about: an identifier alone was
// shown as a name, and the worker was not asked about that client.
func TestNoFigureIsAboutARawIdentifier(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	taps := []string{"Tap", "TapText", "WhyAt", "Why", "score", "reasons", "badge"}
	seen, fset := 0, token.NewFileSet()
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, entry.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains(taps, sel.Sel.Name) {
				return true
			}
			for _, arg := range call.Args {
				seen++
				raw := false
				switch x := arg.(type) {
				case *ast.Ident:
					raw = x.Name == "id"
				case *ast.CallExpr:
					s, ok := x.Fun.(*ast.SelectorExpr)
					raw = ok && s.Sel.Name == "String"
				}
				if raw {
					t.Errorf("%s: the subject is an identifier, not Subject(name, id)", fset.Position(arg.Pos()))
				}
			}
			return true
		})
	}
	if seen < 40 {
		t.Errorf("only %d arguments read", seen)
	}
}

// The reasons of a proposal are those of its client, in the worker's words.
func TestTheReasonsOfAProposalAreItsClients(t *testing.T) {
	g := lay(t, -1)
	_, _, page := g.visit(t, "/portefeuille/contacts")
	l := page.(*contactsPage).view.Value.Lines[0]
	p, _ := why(t, g, l.Then, Subject(l.Name, l.ID))
	reads(t, p, l.Name)
	if p.answer() == nil || p.answer().Why.Figure.Topic != "proposed" {
		t.Errorf("the worker has no reading of %+v", l.Then)
	}
	if contains(text(p), l.ID.String()) {
		t.Error("the reasons show an identifier")
	}
}
