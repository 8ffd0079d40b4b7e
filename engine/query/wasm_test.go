//go:build !js

package query_test

import (
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"testing"
)

var browsers = flag.Bool("browsers", false, "compare the numbers of Chromium and Firefox, bit for bit (.ci/test builds what runs them)")

// TestTheSameNumbersInEveryBrowser: WebAssembly gives the very same bits in
// Chromium and in Firefox, part by part, and natively the same within 1e-12 and
// 1e-7, which the test that runs there checks against the recorded numbers of an
// amd64; and there too no order of the rows matters.
func TestTheSameNumbersInEveryBrowser(t *testing.T) {
	if !*browsers {
		t.Skip("needs two browsers: go test ./engine/query -browsers, after bin/tools is built (make test)")
	}
	program := filepath.Join(t.TempDir(), "query.wasm")
	build := exec.Command("go", "test", "-c", "-o", program, ".")
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	chromium := numbersUnder(t, program, "wasmtest")
	firefox := numbersUnder(t, program, "firefox")
	for _, name := range slices.Sorted(maps.Keys(chromium)) {
		if c, f := chromium[name], firefox[name]; c != f {
			t.Errorf("%s: Chromium computes %s, Firefox %s", name, c, f)
		}
	}
	if len(firefox) != len(chromium) {
		t.Errorf("%d parts in Firefox, %d in Chromium", len(firefox), len(chromium))
	}
	t.Logf("%d parts", len(chromium))
}

var noise = regexp.MustCompile(`(?m)^.*(part \S+ [0-9a-f]{16}|unknown IPAddressSpace value).*\n`)

var said = regexp.MustCompile(`part (\S+) ([0-9a-f]{16})\b`)

// numbersUnder runs the proof in the browser that a program of bin/tools drives
// and gives the digests that it printed, by part.
func numbersUnder(t *testing.T, program, tool string) map[string]string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	run := filepath.Join(filepath.Dir(here), "..", "..", "bin", "tools", tool)
	if _, err := os.Stat(run); err != nil {
		t.Fatalf("%s: %v: .ci/test builds it", tool, err)
	}
	out, err := exec.Command(run, program, "-test.run=^(TestTheSameNumbersEverywhere|TestOrderOfInputsDoesNotMatter)$", "-test.v", "-parts", "-recorded", "-shuffles=2").CombinedOutput()
	parts := map[string]string{}
	for _, m := range said.FindAllSubmatch(out, -1) {
		parts[string(m[1])] = string(m[2])
	}
	if err != nil || len(parts) == 0 {
		t.Errorf("%s: %v\n%s", tool, err, noise.ReplaceAll(out, nil))
	}
	return parts
}
