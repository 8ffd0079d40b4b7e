package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A pkg is what go list says of a package.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// list runs go list in the module's root.
func list(t *testing.T, env []string, args ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports"}, args...)...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %v: %v\n%s", args, err, stderr.String())
	}
	var all []pkg
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

var wasm = []string{"GOOS=js", "GOARCH=wasm"}

// tree is every package of the module, as built natively and for the browser.
func tree(t *testing.T) []*pkg {
	t.Helper()
	seen := map[string]*pkg{}
	var all []*pkg
	for _, p := range append(list(t, nil, "./..."), list(t, wasm, "./...")...) {
		if q := seen[p.ImportPath]; q != nil {
			q.Imports = union(q.Imports, p.Imports)
			q.TestImports = union(q.TestImports, p.TestImports)
			q.XTestImports = union(q.XTestImports, p.XTestImports)
			continue
		}
		seen[p.ImportPath] = &p
		all = append(all, &p)
	}
	return all
}

func union(a, b []string) []string {
	c := slices.Concat(a, b)
	slices.Sort(c)
	return slices.Compact(c)
}

func under(path, dir string) bool { return path == dir || strings.HasPrefix(path, dir+"/") }

// impure is what the engine must not import itself. fmt pulls os, so only direct imports count.
var impure = []string{
	"os", "net", "syscall", "database/sql", "github.com/google/uuid", "log", "io/ioutil", "os/exec",
	"crypto/rand", "embed", "plugin", "unsafe", "runtime/cgo", "path/filepath",
}

// One pure core: data in, result out.
func TestTheEngineTouchesNothing(t *testing.T) {
	for _, p := range tree(t) {
		if !under(p.ImportPath, "sillon/engine") {
			continue
		}
		for _, i := range p.Imports {
			for _, bad := range impure {
				if under(i, bad) {
					t.Errorf("%s imports %s", p.ImportPath, i)
				}
			}
			if under(i, "sillon") && !under(i, "sillon/engine") {
				t.Errorf("%s imports %s: the engine imports nothing of ours outside itself", p.ImportPath, i)
			}
			if strings.Contains(strings.Split(i, "/")[0], ".") && !slices.Contains(engineModules, module(i)) {
				t.Errorf("%s imports %s: modules allowed in the engine are %v", p.ImportPath, i, engineModules)
			}
		}
	}
}

// engineModules are the only modules the engine's own code uses.
var engineModules = []string{"golang.org/x/text"}

func module(path string) string {
	parts := strings.SplitN(path, "/", 4)
	return strings.Join(parts[:min(3, len(parts))], "/")
}

// The clock and chance come in as arguments: time.Now and friends, and the
// unseeded functions of math/rand, are not called by the engine.
func TestTheEngineHasNoClockAndNoChance(t *testing.T) {
	for _, f := range sources(t) {
		for name, path := range f.imports {
			for _, c := range f.calls(name) {
				switch {
				case path == "time" && slices.Contains(clock, c),
					(path == "math/rand" || path == "math/rand/v2") && !strings.HasPrefix(c, "New") && !slices.Contains(types, c):
					t.Errorf("%s uses %s.%s", f.name, name, c)
				}
			}
		}
		if f.goes {
			t.Errorf("%s starts a goroutine", f.name)
		}
	}
}

var (
	clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "LoadLocation", "Local"}
	types = []string{"Rand", "Source", "PCG", "ChaCha8", "Zipf"}
)

// A rule says who may import what.
type rule struct {
	name   string
	from   func(string) bool
	may    func(string) bool // false: an import the rule forbids
	except func(from, to string, test bool) bool
}

func in(dirs ...string) func(string) bool {
	return func(p string) bool {
		return slices.ContainsFunc(dirs, func(d string) bool { return under(p, d) })
	}
}

func not(f func(string) bool) func(string) bool { return func(p string) bool { return !f(p) } }

func never(string, string, bool) bool { return false }

var rules = []rule{
	{"app never imports server", in("sillon/app"), not(in("sillon/server")), never},
	{"server never imports app, but the simulation runs the real code", in("sillon/server"), not(in("sillon/app")),
		func(from, to string, test bool) bool {
			return test && under(from, "sillon/server/simulate") && in("sillon/app/replicate", "sillon/app/store", "sillon/app/notebook")(to)
		}},
	{"the web's files are embedded by the server alone", not(in("sillon/server", "sillon/web")), func(p string) bool { return p != "sillon/web" }, never},
	{"the page asks through the bridge", in("sillon/app/ui"), not(in("sillon/app/store", "sillon/app/replicate", "sillon/app/notebook")),
		func(from, to string, test bool) bool { return test && to == "sillon/app/notebook" }}, // a test's worker shows records as the real one does
	{"only the store knows IndexedDB", not(in("sillon/app/store")), not(in("github.com/hack-pad/go-indexeddb")), never},
	{"go-app stays on the page", not(func(p string) bool { return under(p, "sillon/app/ui") || p == "sillon/app" }),
		not(in("github.com/maxence-charriere/go-app")), never},
	{"charts know numbers and labels only", in("sillon/engine/chart"), func(p string) bool {
		return !under(p, "sillon") || under(p, "sillon/engine/chart") || p == "sillon/engine/sorting"
	}, never},
}

func TestImportsFollowTheMap(t *testing.T) {
	for _, p := range tree(t) {
		if p.ImportPath == "sillon" { // the file that pins the modules, until it goes
			continue
		}
		for _, r := range rules {
			if !r.from(p.ImportPath) {
				continue
			}
			for _, i := range p.Imports {
				if !r.may(i) && !r.except(p.ImportPath, i, false) {
					t.Errorf("%s imports %s: %s", p.ImportPath, i, r.name)
				}
			}
			for _, i := range slices.Concat(p.TestImports, p.XTestImports) {
				if under(i, "sillon") && !r.may(i) && !r.except(p.ImportPath, i, true) {
					t.Errorf("a test of %s imports %s: %s", p.ImportPath, i, r.name)
				}
			}
		}
	}
}

// The layers of the engine: a chapter sees the ground under it and chapters its
// formula needs, never a screen or the sync.
func TestLayersOfTheEngine(t *testing.T) {
	ground := []string{"money", "calendar", "geo", "explain", "params", "portfolio", "chart", "journal", "wire", "sorting", "cbor"}
	top := []string{"sillon/engine/query", "sillon/engine/cockpit", "sillon/engine/exercise", "sillon/engine/demo"}
	for _, p := range list(t, nil, "./engine/...") {
		name := strings.TrimPrefix(p.ImportPath, "sillon/engine/")
		for _, i := range p.Imports {
			base := strings.TrimPrefix(i, "sillon/engine/")
			switch {
			case base == i: // not ours
			case slices.Contains([]string{"money", "calendar", "geo", "chart", "sorting", "cbor"}, name) && base != name && base != "sorting":
				t.Errorf("%s imports %s: it stands at the bottom", name, base)
			case slices.Contains(ground, name) && !slices.Contains(ground, base):
				t.Errorf("%s imports the chapter %s", name, base)
			case !in(top...)(p.ImportPath) && in(top...)(i):
				t.Errorf("%s imports %s, which stands above it", name, base)
			}
		}
	}
}

// What the worker drags in is what a rep downloads. encoding/json is not asked
// for: the uuid package pulls it.
func TestTheWorkerCarriesNoHTTP(t *testing.T) {
	if _, err := os.Stat("../app/worker"); err != nil {
		t.Skip("app/worker is not there yet")
	}
	for _, p := range list(t, wasm, "-deps", "./app/worker") {
		for _, bad := range []string{"net/http", "crypto/tls", "github.com/maxence-charriere/go-app"} {
			if under(p.ImportPath, bad) {
				t.Errorf("the worker depends on %s", p.ImportPath)
			}
		}
	}
}
