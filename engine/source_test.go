package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A source is one file of the engine, tests aside.
type source struct {
	name    string
	imports map[string]string // name in the file → path
	goes    bool              // starts a goroutine
	file    *ast.File
}

// sources parses the engine.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler says it better
		}
		all = append(all, read(path, f))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(path string, f *ast.File) source {
	s := source{name: path, imports: map[string]string{}, file: f}
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		name := strings.TrimSuffix(p, "/v2")
		name = name[strings.LastIndex(name, "/")+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		s.imports[name] = p
	}
	ast.Inspect(f, func(n ast.Node) bool {
		_, ok := n.(*ast.GoStmt)
		s.goes = s.goes || ok
		return true
	})
	return s
}

// calls lists what the file takes from an imported package.
func (s source) calls(name string) []string {
	var names []string
	ast.Inspect(s.file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == name {
				names = append(names, sel.Sel.Name)
			}
		}
		return true
	})
	return names
}
