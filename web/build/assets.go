package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/png" // screenshots
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sillon/docs/method"
	"sillon/web/site"
)

// sources are the files of the site that lie in web, and made those that
// compile puts into gen.
var (
	sources = []string{
		"index.html", "boot.js", "theme.js", "worker.js", "planner.js", "sw.js", manifest,
		"css/*.css", "fonts/*.woff2", "fonts/OFL.txt", "icons/*.png", "icons/*.svg", "screenshots/*.png",
		"data/*.bin", "data/*.svg",
	}
	made = []string{"wasm_exec.js", "*.wasm"}
)

const manifest = "manifest.webmanifest"

// offline reports whether the service worker keeps a file: all but itself and
// what no screen of the application shows.
func offline(name string) bool {
	return name != "sw.js" && name != "fonts/OFL.txt" && !strings.HasPrefix(name, "screenshots/")
}

// later reports whether the service worker keeps a file after the others, which
// the application cannot start without.
func later(name string) bool { return strings.HasPrefix(name, "data/") || name == "plan.wasm" }

// gather reads the files of the site, by name.
func gather(web string) (map[string][]byte, error) {
	files := map[string][]byte{}
	read := func(dir string, patterns []string) error {
		root := os.DirFS(dir)
		for _, pattern := range patterns {
			names, err := fs.Glob(root, pattern)
			if err != nil {
				return err
			}
			for _, name := range names {
				if site.ContentType(name) == "" {
					return fmt.Errorf("read %s: no content type known; add it to web/site", name)
				}
				if files[name], err = fs.ReadFile(root, name); err != nil {
					return err
				}
			}
			if len(names) == 0 && !strings.Contains(pattern, "*") {
				return fmt.Errorf("read %s: %w", path.Join(dir, pattern), fs.ErrNotExist)
			}
		}
		return nil
	}
	err := errors.Join(read(web, sources), read(filepath.Join(web, "gen"), made))
	if err != nil {
		return nil, err
	}
	for name := range files {
		if strings.HasSuffix(name, ".wasm") && !slices.ContainsFunc(programs, func(p program) bool {
			_, err := os.Stat(p.pkg)
			return p.file == name && err == nil
		}) {
			delete(files, name) // left by an earlier tree
		}
	}
	for _, lang := range method.Languages {
		files["help/"+lang+".md"] = help(lang)
	}
	files[manifest], err = illustrate(files[manifest], files)
	return files, err
}

// help is the pages of the method in one language, so that they cost one file
// to keep: each begins with a form feed and its name on a line.
func help(lang string) []byte {
	var b bytes.Buffer
	for _, id := range method.IDs() {
		text, _ := method.Page(lang, id)
		fmt.Fprintf(&b, "\f%s\n%s", id, text)
	}
	for _, name := range method.Annexes {
		text, _ := method.Annex(lang, name)
		fmt.Fprintf(&b, "\f%s\n%s", name, text)
	}
	return b.Bytes()
}

// illustrate puts the screenshots that exist into the manifest; they are taken
// by the tests of server/e2e, after the site is built.
func illustrate(content []byte, files map[string][]byte) ([]byte, error) {
	type shot struct {
		Src        string `json:"src"`
		Sizes      string `json:"sizes"`
		Type       string `json:"type"`
		FormFactor string `json:"form_factor"`
	}
	shots := []shot{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasPrefix(name, "screenshots/") {
			continue
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(files[name]))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		form := "wide"
		if c.Height > c.Width {
			form = "narrow"
		}
		shots = append(shots, shot{"/" + name, fmt.Sprintf("%dx%d", c.Width, c.Height), site.ContentType(name), form})
	}
	var m map[string]any
	if err := json.Unmarshal(content, &m); err != nil {
		return nil, fmt.Errorf("read %s: %w", manifest, err)
	}
	delete(m, "screenshots")
	if len(shots) > 0 {
		m["screenshots"] = shots
	}
	return json.MarshalIndent(m, "", " ")
}

// stamp replaces the placeholders and returns the version, which follows from
// the content of every file.
func stamp(files map[string][]byte) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n", name, len(files[name]))
		h.Write(files[name])
	}
	version := hex.EncodeToString(h.Sum(nil))[:16]
	var first, then []string
	for _, a := range list(files) {
		switch {
		case a.Offline && later(a.File()):
			then = append(then, a.Path)
		case a.Offline:
			first = append(first, a.Path)
		}
	}
	put := func(b []byte, mark string, paths []string) []byte {
		text, err := json.Marshal(append([]string{}, paths...))
		if err != nil {
			panic(err) // a list of strings
		}
		return bytes.ReplaceAll(b, []byte(mark), text)
	}
	for _, name := range []string{"boot.js", "worker.js", "planner.js", "sw.js"} {
		b := bytes.ReplaceAll(files[name], []byte("__VERSION__"), []byte(version))
		files[name] = put(put(b, "__ASSETS__", first), "__LATER__", then)
	}
	return version
}

// list describes the files as the server reads them, sorted by path.
func list(files map[string][]byte) []site.Asset {
	var assets []site.Asset
	for name, content := range files {
		p := "/" + name
		if name == "index.html" {
			p = "/"
		}
		assets = append(assets, site.Asset{Path: p, Type: site.ContentType(name), Size: len(content), Hash: hash(content), Offline: offline(name)})
	}
	slices.SortFunc(assets, func(a, b site.Asset) int { return strings.Compare(a.Path, b.Path) })
	return assets
}

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
