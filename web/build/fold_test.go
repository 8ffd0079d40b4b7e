package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The script writes the memory out where a program would start.
const dumped = `
const { readFileSync, writeFileSync } = require("fs");
const [exec, fold, wasm, out] = process.argv.slice(2);
globalThis.crypto ??= require("crypto");
(0, eval)(readFileSync(exec, "utf8"));
Go.prototype.run = function (instance) { writeFileSync(out, new Uint8Array(instance.exports.mem.buffer)); };
(0, eval)(readFileSync(fold, "utf8"));
const go = new Go();
WebAssembly.instantiate(readFileSync(wasm), go.importObject).then(r => go.run(r.instance));
`

func TestWhatIsFoldedIsPutBackToTheByte(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the browser tests run the folded programs themselves")
	}
	_, stripped := buildTraced(t)
	if _, err := foldTables(stripped); err == nil {
		t.Error("what is not arranged is folded")
	}
	stripped, err = arrange(stripped)
	if err != nil {
		t.Fatal(err)
	}
	folded, err := foldTables(stripped)
	if err != nil {
		t.Fatal(err)
	}
	if len(folded) > len(stripped)*4/5 {
		t.Errorf("%d bytes became %d; want a fifth less", len(stripped), len(folded))
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	lib := filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm")
	dir := t.TempDir()
	for name, content := range map[string][]byte{"dump.js": []byte(dumped), "fold.js": []byte(unfolding), "p.wasm": folded} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(node, "dump.js", filepath.Join(lib, "wasm_exec.js"), "fold.js", "p.wasm", "memory")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	got, err := os.ReadFile(filepath.Join(dir, "memory"))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := unfold(t, stripped)
	for i := range got {
		var b byte
		if i < len(want) {
			b = want[i]
		}
		if got[i] != b {
			t.Fatalf("byte %d is %d, want %d", i, got[i], b)
		}
	}
	if len(got) < len(want) {
		t.Errorf("%d bytes, want at least %d", len(got), len(want))
	}
	if _, err := foldTables(folded); err == nil {
		t.Error("a second time it folds again")
	}
	broken := bytes.Clone(stripped)
	d, _ := findData(broken)
	memory := d.memory()
	table, _ := findTable(memory)
	table.funcs[0]++ // the first function is not the first
	if _, err := foldTables(d.with(broken, memory)); err == nil {
		t.Error("a table that is not the rule's is folded")
	}
}

// A program that another toolchain has made is sent as it is, and that is said.
func TestAnotherToolchainsProgramStaysAsItIs(t *testing.T) {
	var said bytes.Buffer
	strange := []byte("\x00asm\x01\x00\x00\x00 no table of Go's")
	if got := small("engine.wasm", bytes.Clone(strange), &said); !bytes.Equal(got, strange) {
		t.Errorf("%q became %q", strange, got)
	}
	if !strings.Contains(said.String(), "engine.wasm stays larger") {
		t.Errorf("said %q", said.String())
	}
}
