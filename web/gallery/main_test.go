package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sillon/engine/chart/sample"
)

func TestThePageShowsEveryStateInBothThemes(t *testing.T) {
	t.Chdir("../..")
	out := filepath.Join(t.TempDir(), "charts.html")
	if err := run(out, ""); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	states := 0
	for _, s := range sample.All() {
		states += len(s.States)
		if !strings.Contains(string(b), "<section class=gal id="+s.ID+">") {
			t.Errorf("no section %s", s.ID)
		}
	}
	if n := strings.Count(string(b), "<svg "); n != 2*states {
		t.Errorf("%d pictures; want two of each of %d states", n, states)
	}
	if strings.Contains(string(b), `url("/`) {
		t.Error("the font is asked of a server")
	}
}

func TestANamedSectionStandsAlone(t *testing.T) {
	if s := sections("whale,nothing"); len(s) != 1 || s[0].ID != "whale" {
		t.Errorf("%d sections; want whale", len(s))
	}
}
