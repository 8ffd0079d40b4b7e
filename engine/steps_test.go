package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A package that writes explanation steps lists their keys in StepKeys, so that
// the catalogue can be checked for words in both languages. Neither side may
// have a key the other lacks.
func TestEveryStepHasItsKeyListed(t *testing.T) {
	dirs, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		if d.IsDir() {
			checkSteps(t, d.Name())
		}
	}
}

func checkSteps(t *testing.T, dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var listed, used []string
	declared := false
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.SkipObjectResolution)
		if err != nil {
			continue // the compiler says it better
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if v, ok := n.(*ast.ValueSpec); ok && len(v.Names) == 1 && v.Names[0].Name == "StepKeys" {
				declared = true
				listed = append(listed, keysIn(v, dir)...)
				return false
			}
			if lit, ok := n.(*ast.BasicLit); ok {
				used = append(used, keysIn(lit, dir)...)
			}
			return true
		})
	}
	if !declared {
		return
	}
	for _, k := range used {
		if !slices.Contains(listed, k) {
			t.Errorf("%s writes step %q and does not list it in StepKeys", dir, k)
		}
	}
	for _, k := range listed {
		if !slices.Contains(used, k) {
			t.Errorf("%s lists step %q and never writes it", dir, k)
		}
	}
}

// keysIn finds the string literals of the form "dir.something" under a node.
func keysIn(n ast.Node, dir string) []string {
	var keys []string
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, err := strconv.Unquote(lit.Value)
			if rest, found := strings.CutPrefix(s, dir+"."); err == nil && found && !strings.ContainsAny(rest, ". /*%") {
				keys = append(keys, s)
			}
		}
		return true
	})
	return keys
}
