package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What is kept is what is decoded: names that come again, names of the same sum
// (Aa and BB have it, as "ab" and "bC" have), letters of several bytes, a memory
// that has grown.
func TestNamesAreDecodedOnce(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	if out := named(bytes.Clone(script), &said); bytes.Contains(out, []byte(decoding)) || said.Len() > 0 {
		t.Errorf("the script of this toolchain is left as it is: %s", said.String())
	}
	if out := named([]byte("globalThis.Go = class {}"), io.Discard); string(out) != "globalThis.Go = class {}" {
		t.Errorf("another script became %q", out)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node on this machine")
	}
	check := names + `
const decoder = { n: 0, decode(v) { this.n++; return new TextDecoder().decode(v) } };
const all = ["div", "", "Aa", "BB", "AaAa", "BBBB", "é", "document", "div", "Aa", "a name that is longer than twenty-four bytes", "\u202f€", "class", "document"];
for (const pages of [1, 2, 2]) {
	const memory = new ArrayBuffer(pages * 65536), at = pages * 100;
	for (const s of all) {
		const b = new TextEncoder().encode(s);
		new Uint8Array(memory).set(b, at);
		const got = goName(decoder, memory, at, b.length);
		if (got !== s) throw new Error(JSON.stringify([got, s]));
	}
}
if (decoder.n >= 3 * all.length - 10) throw new Error(decoder.n + " decoded");
`
	if out, err := exec.Command(node, "-e", check).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
