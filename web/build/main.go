// Command build makes web/gen, the site a browser downloads, from the sources
// in web and the two WebAssembly programs. Run it at the top of the module:
//
//	go run ./web/build            quick compression, for work here
//	go run ./web/build -release   the smallest files, for deployment
//	go run ./web/build -sizes     the binaries' sizes against their budgets
//
// It needs nothing but Go, gives the same bytes for the same sources, and does
// again only what has changed.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"sillon/web/site"
)

// smallest and quick are brotli qualities. On a binary, 11 takes many seconds
// and saves a fifth of what 5 leaves.
const smallest, quick = 11, 5

func main() {
	log.SetFlags(0)
	log.SetPrefix("web/build: ")
	release := flag.Bool("release", false, "compress as small as possible")
	sizes := flag.Bool("sizes", false, "compress the binaries as small as possible and fail when one is over its budget")
	quality := flag.Int("q", quick, "brotli `quality`, 0 to 11")
	flag.Parse()
	if *release {
		*quality = smallest
	}
	if err := run(dirs{web: "web", state: "bin"}, *quality, *sizes, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// dirs are where the sources lie and where the builder keeps its notes.
type dirs struct{ web, state string }

func (d dirs) gen() string { return filepath.Join(d.web, "gen") }

func run(d dirs, quality int, sizes bool, out io.Writer) error {
	if _, err := os.Stat(filepath.Join(d.web, "index.html")); err != nil {
		return fmt.Errorf("run me at the top of the module: %w", err)
	}
	if err := os.MkdirAll(d.state, 0o755); err != nil {
		return err
	}
	if err := compile(d); err != nil {
		return err
	}
	files, err := gather(d.web)
	if err != nil {
		return err
	}
	version := stamp(files)
	if err := write(d, files); err != nil {
		return err
	}
	want := func(name string) int {
		if _, budgeted := budgets[name]; sizes && budgeted {
			return smallest
		}
		return quality
	}
	table, err := compress(d, files, want)
	if err != nil {
		return err
	}
	if err := sweep(d.gen(), files); err != nil {
		return err
	}
	assets := list(files)
	if err := replace(d, site.ListFile, site.List(version, assets)); err != nil {
		return err
	}
	if sizes {
		if table, err = weigh(d, table); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "web/gen: version %s, %d files\n", version, len(assets))
	return report(out, table, sizes)
}

// replace writes a file of gen in one step, and only when its bytes differ.
func replace(d dirs, name string, content []byte) error {
	dest := filepath.Join(d.gen(), filepath.FromSlash(name))
	if old, err := os.ReadFile(dest); err == nil && string(old) == string(content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(dest), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.state, "web-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if e := f.Chmod(0o644); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), dest)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func write(d dirs, files map[string][]byte) error {
	for name, content := range files {
		if err := replace(d, name, content); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes what an earlier build left in gen.
func sweep(gen string, files map[string][]byte) error {
	return filepath.WalkDir(gen, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(gen, p)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		raw := strings.TrimSuffix(strings.TrimSuffix(name, ".br"), ".gz")
		_, known := files[raw]
		if known && (raw == name || site.Compresses(raw)) || name == ".keep" || name == site.ListFile {
			return nil
		}
		return os.Remove(p)
	})
}
