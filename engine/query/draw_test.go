package query_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Drawing that the worker can reach would be linked into it: 70 kB of a budget
// that has none to spare. Only a chart's own methods, which the page calls, draw.
func TestNothingIsDrawnInTheWorker(t *testing.T) {
	draws := regexp.MustCompile(`\bchart\.(Empty|Spark|Rhythm|Gauge|Parts|PartsTable|MiniBoard|Year|Small|Dumbbell|Histogram|Pareto|Stack|Split|Picture)\b[({]?|\.(Draw|Sentence)\(`)
	for _, dir := range []string{".", "../../app/worker"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) < 10 {
			t.Fatalf("%d files in %s, %v", len(files), dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(b), "\n") {
				if m := draws.FindString(line); m != "" && !(filepath.Base(name) == "view.go" && strings.Contains(line, "return c.Pic.Draw(c.Width, write)")) && !strings.HasPrefix(strings.TrimSpace(line), "//") {
					t.Errorf("%s:%d: %s", name, i+1, m)
				}
			}
		}
	}
}
