package query_test

import (
	"crypto/sha256"
	_ "embed"
	"flag"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"sillon/engine/demo"
	"sillon/engine/query"
)

var update = flag.Bool("update", false, "rewrite testdata/fingerprint.txt from this machine")

//go:embed testdata/fingerprint.txt
var reference string

// TestTheSameNumbersEverywhere holds this machine, native or WebAssembly,
// against the committed numbers of an amd64: run it under GOOS=js GOARCH=wasm
// as well (TestTheSameNumbersInEveryBrowser does).
func TestTheSameNumbersEverywhere(t *testing.T) {
	asOf := demo.Golden().AsOf
	got := query.Fingerprint(golden()) + query.Fingerprint(load(asOf, miscRows(0), fictional(500, 42)...))
	book, _ := goldenBook()
	misc, bundles, _ := territory()
	live := load(asOf, misc, bundles...)
	live.Deepen(bundles...)
	got += query.FingerprintAnalysis(book.Analysis(scope)) + query.FingerprintAnalysis(live.Analysis(scope))
	if *update {
		if err := os.WriteFile("testdata/fingerprint.txt", []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Logf("fingerprint %x", sha256.Sum256([]byte(got))) // TestTheSameNumbersInEveryBrowser reads it
	if err := agree(got, reference); err != nil {
		t.Error(err)
	}
}

// agree compares two fingerprints: words equal, reals within 1e-12.
func agree(got, want string) error {
	a, b := strings.Fields(got), strings.Fields(want)
	if len(a) != len(b) {
		return fmt.Errorf("%d words, want %d; first difference: %s", len(a), len(b), firstDifference(got, want))
	}
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		name, x, ok := strings.Cut(a[i], "=")
		other, y, _ := strings.Cut(b[i], "=")
		if !ok || name != other || !strings.HasPrefix(name, "~") {
			return fmt.Errorf("word %d is %s, want %s", i, a[i], b[i])
		}
		u, err1 := strconv.ParseFloat(x, 64)
		v, err2 := strconv.ParseFloat(y, 64)
		if err1 != nil || err2 != nil || math.Abs(u-v) > 1e-12*max(math.Abs(u), math.Abs(v)) {
			return fmt.Errorf("word %d: %s = %v, want %v", i, name, u, v)
		}
	}
	return nil
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d\n%s\n%s", i, a[i], b[i])
		}
	}
	return "one is longer"
}
