package main

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func site3() map[string][]byte {
	return map[string][]byte{
		"index.html": []byte("<!doctype html>"),
		"boot.js":    []byte(`v="__VERSION__"`),
		"worker.js":  []byte(`v="__VERSION__"`),
		"sw.js":      []byte(`v="__VERSION__";a=__ASSETS__`),
	}
}

func TestTheVersionFollowsFromTheContent(t *testing.T) {
	a, b := site3(), site3()
	va, vb := stamp(a), stamp(b)
	if va != vb || !maps.EqualFunc(a, b, bytes.Equal) {
		t.Errorf("equal sources gave versions %s and %s", va, vb)
	}
	if got, want := string(a["sw.js"]), `v="`+va+`";a=["/","/boot.js","/worker.js"]`; got != want {
		t.Errorf("sw.js is %s\nwant %s: all but itself", got, want)
	}
	c := site3()
	c["index.html"] = append(c["index.html"], ' ')
	if stamp(c) == va {
		t.Error("another shell kept the version")
	}
	d := site3()
	d["sw.js"] = append(d["sw.js"], ';')
	if stamp(d) == va {
		t.Error("another service worker kept the version")
	}
}

func TestOnlyWhatChangedIsCompressedAgain(t *testing.T) {
	dir := t.TempDir()
	d := dirs{web: filepath.Join(dir, "web"), state: filepath.Join(dir, "bin")}
	for _, p := range []string{d.gen(), d.state} {
		if err := os.MkdirAll(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string][]byte{"a.js": bytes.Repeat([]byte("sillon "), 500), "b.css": []byte("p{}"), "c.png": {1}}
	made := func(quality int) string {
		t.Helper()
		table, err := compress(d, files, func(string) int { return quality })
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, p := range table {
			if p.stale {
				names = append(names, p.name)
			}
		}
		return strings.Join(names, " ")
	}
	steps := []struct {
		name    string
		change  func()
		quality int
		want    string
	}{
		{"at first everything that compresses", func() {}, 4, "a.js b.css"},
		{"then nothing", func() {}, 4, ""},
		{"a changed file", func() { files["b.css"] = []byte("p{margin:0}") }, 4, "b.css"},
		{"a smaller form is asked for", func() {}, 11, "a.js b.css"},
		{"a larger one would do", func() {}, 4, ""},
		{"a file was deleted", func() { os.Remove(filepath.Join(d.gen(), "a.js.br")) }, 4, "a.js"},
	}
	for _, s := range steps {
		s.change()
		if got := made(s.quality); got != s.want {
			t.Errorf("%s: compressed %q, want %q", s.name, got, s.want)
		}
	}
	f, err := os.Open(filepath.Join(d.gen(), "a.js.br"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, err := io.ReadAll(brotli.NewReader(f)); err != nil || !bytes.Equal(b, files["a.js"]) {
		t.Errorf("a.js.br does not decode to a.js: %v", err)
	}
}

func TestTheManifestShowsTheScreenshotsThereAre(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 30, 40))); err != nil {
		t.Fatal(err)
	}
	source := []byte(`{"name":"Sillon","screenshots":[]}`)
	none, err := illustrate(source, nil)
	if err != nil || bytes.Contains(none, []byte("screenshots")) {
		t.Errorf("without pictures: %s, %v", none, err)
	}
	one, err := illustrate(source, map[string][]byte{"screenshots/today.png": picture.Bytes()})
	if err != nil || !bytes.Contains(one, []byte(`"form_factor": "narrow"`)) || !bytes.Contains(one, []byte(`"30x40"`)) {
		t.Errorf("with one 30 by 40 picture: %s, %v", one, err)
	}
}

func TestABinaryOverItsBudgetFails(t *testing.T) {
	table := []packed{{name: "app.wasm", br: budgets["app.wasm"] + 1}}
	if err := report(io.Discard, table, true); err == nil {
		t.Error("one byte over the budget passed")
	}
	table[0].br--
	if err := report(io.Discard, table, true); err != nil {
		t.Errorf("just within the budget: %v", err)
	}
}
