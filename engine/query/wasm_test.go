//go:build !js

package query_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"testing"
)

var browsers = flag.Bool("browsers", false, "compare the numbers of Chromium and Firefox, bit for bit (.ci/test builds what runs them)")

// TestTheSameNumbersInEveryBrowser: WebAssembly gives the very same bits in
// Chromium and in Firefox, and natively the same within 1e-12, which the test
// that runs there checks against the committed numbers of an amd64.
func TestTheSameNumbersInEveryBrowser(t *testing.T) {
	if !*browsers {
		t.Skip("needs two browsers: go test ./engine/query -browsers, after bin/tools is built (make test)")
	}
	chromium := numbersUnder(t, "wasmtest")
	if firefox := numbersUnder(t, "firefox"); firefox != chromium {
		t.Errorf("Firefox computes %s, Chromium %s", firefox, chromium)
	}
}

var said = regexp.MustCompile(`fingerprint ([0-9a-f]{64})`)

// numbersUnder runs the fingerprint test in the browser that a program of
// bin/tools drives and gives the digest that it printed.
func numbersUnder(t *testing.T, tool string) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	run := filepath.Join(filepath.Dir(here), "..", "..", "bin", "tools", tool)
	if _, err := os.Stat(run); err != nil {
		t.Fatalf("%s: %v: .ci/test builds it", tool, err)
	}
	cmd := exec.Command("go", "test", "-exec="+run, "-run", "^TestTheSameNumbersEverywhere$", "-count=1", "-v", ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	found := said.FindSubmatch(out)
	if err != nil || found == nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(found[1])
}
