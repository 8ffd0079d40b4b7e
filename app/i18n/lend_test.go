//go:build !engine

package i18n

import (
	"flag"
	"maps"
	"os"
	"testing"
)

var asWorker = flag.Bool("worker", false, "know only the words that the page lends to the worker")

func TestMain(m *testing.M) {
	flag.Parse()
	if *asWorker {
		words := Lent()
		catalogue = table{}
		Learn(words)
	}
	os.Exit(m.Run())
}

// A message taken out of the catalogue comes back whole; one that is there is
// not written over; half a message is not taken.
func TestWhatIsLentIsLearnt(t *testing.T) {
	words, before := Lent(), maps.Clone(catalogue)
	defer func() { catalogue = before }()
	clear(catalogue)
	catalogue["step.yes"] = [2]string{"mine", "mine"}
	Learn(words)
	n := 1
	for _, t := range lent {
		n += len(t)
	}
	if len(catalogue) != n && len(catalogue) != n-1 {
		t.Errorf("%d messages learnt of %d", len(catalogue), n)
	}
	for k, m := range catalogue {
		if k != "step.yes" && m != before[k] {
			t.Errorf("%s: %q, not %q", k, m, before[k])
		}
	}
	if catalogue["step.yes"][0] != "mine" {
		t.Error("a message was written over")
	}
	Learn([]byte("half\x00moitié"))
	if Has("half") {
		t.Error("half a message was taken")
	}
}
