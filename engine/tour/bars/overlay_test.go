package bars

import (
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var overlay = flag.String("overlay-into", "", "write to this `folder` what makes go test -overlay carry the data to the browser")

// TestOverlay writes a Go file that holds the instances, and the overlay.json
// that adds it to this package for one run: a browser opens no file.
func TestOverlay(t *testing.T) {
	if *overlay == "" {
		t.Skip("asked for by make bench-plan only")
	}
	var b strings.Builder
	b.WriteString("package bars\n\nimport \"testing/fstest\"\n\nfunc init() {\n\tpacked = fstest.MapFS{\n")
	err := fs.WalkDir(folder(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".sol") || strings.HasPrefix(name, "vrptw-gh200") {
			return err
		}
		data, err := fs.ReadFile(folder(), name)
		b.WriteString("\t\t" + strconv.Quote(name) + ": {Data: []byte(" + strconv.Quote(string(data)) + ")},\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.WriteString("\t}\n}\n")
	from := filepath.Join(*overlay, "packed_test.go")
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(here, "packed_test.go"): from}})
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{from: []byte(b.String()), filepath.Join(*overlay, "overlay.json"): replace} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
