//go:build !js

package query_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheSameNumbersInWebAssembly runs the fingerprint test as the browser
// would: under node, or in Chromium by wasmbrowsertest, whichever is there.
func TestTheSameNumbersInWebAssembly(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a second test binary")
	}
	run, what := runner()
	if run == "" {
		t.Skip("neither node nor wasmbrowsertest is installed: the numbers are compared natively only")
	}
	cmd := exec.Command("go", "test", "-exec="+run, "-run", "^TestTheSameNumbersEverywhere$", "-count=1", "-v", ".")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", what, err, out)
	}
	if !strings.Contains(string(out), "--- PASS: TestTheSameNumbersEverywhere") {
		t.Fatalf("%s did not run the test:\n%s", what, out)
	}
	t.Log("compared under " + what)
}

// runner is the program that runs a js/wasm test binary.
func runner() (run, what string) {
	if _, err := exec.LookPath("node"); err == nil {
		if root, err := exec.Command("go", "env", "GOROOT").Output(); err == nil {
			script := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "go_js_wasm_exec")
			if _, err := os.Stat(script); err == nil {
				return script, "node"
			}
		}
	}
	if path, err := exec.LookPath("wasmbrowsertest"); err == nil {
		return path, "wasmbrowsertest"
	}
	return "", ""
}
