package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

type program struct{ file, pkg, tags string }

// programs are the WebAssembly binaries of the site and the packages they
// come from. One that has no folder yet is left out.
//
// The tag engine leaves all words out of the worker: those it says the page lends
// it when it starts (app/i18n's lend).
var programs = []program{
	{"app.wasm", "./app", ""},
	{"engine.wasm", "./app/worker", "engine"},
	{"plan.wasm", "./app/planner", "engine"},
	{"sheets.wasm", "./app/sheets", "engine"},
}

// noInlining switches inlining off, the standard library's included. In
// WebAssembly every call is a resume point with tables of its own, so an inlined
// copy costs more than the call: brotli 11 gives 8 to 9 % smaller binaries.
// docs/performance.md has the sizes and what it costs in speed.
const noInlining = "-gcflags=all=-l"

// optional are programs that are allowed to be missing.
var optional = map[string]bool{"./app/sheets": true}

// small is a program as it is sent: without line numbers, its tables of functions
// folded; docs/performance.md says what that saves. A step that does not know the
// layout of the toolchain's tables is left out and said: the program runs as well
// and is larger, which -sizes judges.
func small(file string, wasm []byte, say io.Writer) []byte {
	for _, step := range []func([]byte) ([]byte, error){stripLines, arrange, foldTables} {
		smaller, err := step(bytes.Clone(wasm))
		if err != nil {
			fmt.Fprintf(say, "web/build: %s stays larger than it could be: %v\n", file, err)
			break
		}
		wasm = smaller
	}
	return wasm
}

// link builds one program and makes it small.
func (p program) link(d dirs) ([]byte, error) {
	// Without the commit in the binary, equal sources give an equal version.
	linked := filepath.Join(d.state, "linked-"+p.file)
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-tags", p.tags, noInlining, "-ldflags", "-s -w", "-o", linked, p.pkg)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("compile %s: %w", p.pkg, err)
	}
	wasm, err := os.ReadFile(linked)
	if err != nil {
		return nil, err
	}
	return small(p.file, wasm, os.Stderr), nil
}

// compile builds the programs, makes them small and puts them into gen, and beside
// them the script of the same toolchain that runs them. What the linker made
// stays with the notes: go build leaves alone a program that is up to date.
func compile(d dirs) error {
	for _, p := range programs {
		if _, err := os.Stat(p.pkg); err != nil && optional[p.pkg] {
			continue
		}
		wasm, err := p.link(d)
		if err != nil {
			return err
		}
		if err := replace(d, p.file, wasm); err != nil {
			return err
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("find the Go toolchain: %w", err)
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return fmt.Errorf("copy wasm_exec.js: %w", err)
	}
	if !bytes.Contains(script, []byte("globalThis.Go = class")) {
		return fmt.Errorf("copy wasm_exec.js: it does not define Go; has the toolchain changed?")
	}
	return replace(d, "wasm_exec.js", append(named(script, os.Stderr), unfolding...))
}
