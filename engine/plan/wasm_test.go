//go:build js || unix || windows

// The line above makes .ci/packages run these tests in the browsers too.

package plan

import (
	_ "embed"
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand"
	"os"
	"strings"
	"testing"
)

//go:embed testdata/weeks.txt
var recorded string

var update = flag.Bool("update", false, "record the weeks natively")

// TestTheSameWeekEverywhere compares the weeks of this machine, native or a
// browser's, with those recorded natively: same stops, hours, reasons and
// costs. The record says nothing about whether they are right: Verify does.
func TestTheSameWeekEverywhere(t *testing.T) {
	var b strings.Builder
	for seed := range int64(80) {
		book := territory(rand.New(rand.NewSource(seed)), 60)
		s, err := Begin(book)
		if err != nil {
			t.Fatal(err)
		}
		s.Cool(200)
		s.Run(250)
		h := fnv.New64a()
		w := s.Week()
		fmt.Fprint(h, *w)
		fmt.Fprintf(&b, "%d %016x %d %d\n", seed, h.Sum64(), w.Lost, w.Travel)
	}
	if *update {
		if err := os.WriteFile("testdata/weeks.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != recorded {
		t.Errorf("weeks differ:\n%s", b.String())
	}
}
