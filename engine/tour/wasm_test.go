//go:build js || unix || windows

// The line above makes .ci/packages run these tests in the browsers too.

package tour

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

//go:embed testdata/plans.txt
var recorded string

var update = flag.Bool("update", false, "record the plans natively")

// TestTheSamePlanEverywhere compares the plans of this machine, native or a
// browser's, with those recorded natively: same stops, same starts, to the
// last one. The record says nothing about whether they are right: Verify and
// TestSmallTerritoriesAreSolved do.
func TestTheSamePlanEverywhere(t *testing.T) {
	var b strings.Builder
	for seed := range int64(120) {
		p := territory(rand.New(rand.NewSource(seed)))
		s, err := New(p, uint64(seed))
		if err != nil {
			t.Fatal(err)
		}
		s.Cool(700)
		s.Run(800)
		h := fnv.New64a()
		plan := s.Best()
		fmt.Fprint(h, plan)
		fmt.Fprintf(&b, "%d %016x %d %d\n", seed, h.Sum64(), plan.Lost, plan.Travel)
	}
	if *update {
		if err := os.WriteFile("testdata/plans.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != recorded {
		t.Errorf("plans differ:\n%s", b.String())
	}
}
