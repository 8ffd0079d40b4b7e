package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"sillon/web/site"
)

// A packed is what compressing one file gave, or had given before.
type packed struct {
	name        string
	raw, br, gz int
	quality     int // of br
	hash        string
	stale       bool
}

// compress writes .br and .gz beside every file that gains from it. It leaves
// alone what an earlier run made from the same bytes at least as small.
func compress(d dirs, files map[string][]byte, want func(name string) int) ([]packed, error) {
	notes := filepath.Join(d.state, "web-build.txt")
	before, err := recall(notes)
	if err != nil {
		return nil, err
	}
	var table []packed
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !site.Compresses(name) {
			continue
		}
		p := packed{name: name, raw: len(files[name]), quality: want(name), hash: hash(files[name])}
		if old, ok := before[name]; ok && old.hash == p.hash && old.quality >= p.quality && old.stands(d.gen()) {
			p = old
		} else {
			p.stale = true
		}
		table = append(table, p)
	}

	var todo []func() error // the longest first, so that no core idles at the end
	for _, p := range bySize(table) {
		if !p.stale {
			continue
		}
		content := files[p.name]
		todo = append(todo,
			func() error { return p.put(d, ".br", &p.br, brotliOf(content, p.quality)) },
			func() error { return p.put(d, ".gz", &p.gz, gzipOf(content)) })
	}
	if err := parallel(todo); err != nil {
		return nil, err
	}
	return table, remember(notes, table)
}

func bySize(table []packed) []*packed {
	var ps []*packed
	for i := range table {
		ps = append(ps, &table[i])
	}
	slices.SortStableFunc(ps, func(a, b *packed) int { return cmp.Compare(b.raw, a.raw) })
	return ps
}

func (p *packed) put(d dirs, ext string, size *int, content []byte) error {
	*size = len(content)
	return replace(d, p.name+ext, content)
}

// stands reports whether the files p speaks of are still there.
func (p packed) stands(gen string) bool {
	is := func(ext string, size int) bool {
		info, err := os.Stat(filepath.Join(gen, filepath.FromSlash(p.name)+ext))
		return err == nil && info.Size() == int64(size)
	}
	return is(".br", p.br) && is(".gz", p.gz)
}

func brotliOf(content []byte, quality int) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: quality, LGWin: 24})
	w.Write(content) // a bytes.Buffer takes everything
	w.Close()
	return b.Bytes()
}

func gzipOf(content []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	w.Write(content)
	w.Close()
	return b.Bytes()
}

// parallel runs the jobs on every core, started in order.
func parallel(jobs []func() error) error {
	queue := make(chan func() error)
	errs := make(chan error, len(jobs))
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(func() {
			for job := range queue {
				errs <- job()
			}
		})
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	wg.Wait()
	close(errs)
	var all error
	for err := range errs {
		all = errors.Join(all, err)
	}
	return all
}

const noteFormat = "%s %d %d %d %d %s\n" // hash, quality, raw, br, gz, name

func recall(notes string) (map[string]packed, error) {
	b, err := os.ReadFile(notes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	known := map[string]packed{}
	for line := range strings.Lines(string(b)) {
		var p packed
		if _, err := fmt.Sscanf(line, noteFormat, &p.hash, &p.quality, &p.raw, &p.br, &p.gz, &p.name); err == nil {
			known[p.name] = p // a line of another format is only done again
		}
	}
	return known, nil
}

func remember(notes string, table []packed) error {
	var b strings.Builder
	for _, p := range table {
		fmt.Fprintf(&b, noteFormat, p.hash, p.quality, p.raw, p.br, p.gz, p.name)
	}
	return os.WriteFile(notes, []byte(b.String()), 0o644)
}
