// Package site describes the files a browser may ask for: web/build writes
// the list, the server and the tests read it.
package site

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// ErrNotBuilt says that web/build has not run since the clone.
var ErrNotBuilt = errors.New("the web files are not built: run make build")

// An Asset is one file of the site. Nothing else is to be served: any other
// path is a page of the application, answered with the shell, "/".
type Asset struct {
	Path    string // of the URL: "/" for the shell, "/css/ui.css"
	Type    string // content type
	Size    int    // bytes before compression
	Hash    string // of the content, 16 hex digits: a strong ETag
	Offline bool   // in the service worker's list
}

// File returns the name of the asset's file in the site.
func (a Asset) File() string {
	if a.Path == "/" {
		return "index.html"
	}
	return strings.TrimPrefix(a.Path, "/")
}

// ListFile is the name, in a built site, of what [List] wrote.
const ListFile = "assets.txt"

// Read returns the version of a built site, at most 16 hex digits, and its
// assets sorted by path. It returns [ErrNotBuilt] when there is no list.
func Read(files fs.FS) (version string, assets []Asset, err error) {
	f, err := files.Open(ListFile)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil, ErrNotBuilt
	}
	if err != nil {
		return "", nil, fmt.Errorf("list web assets: %w", err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		c := strings.Split(sc.Text(), "\t")
		if len(c) == 2 && c[0] == "version" {
			version = c[1]
			continue
		}
		if len(c) != 5 {
			return "", nil, fmt.Errorf("list web assets: line %q: want 5 columns", sc.Text())
		}
		size, err := strconv.Atoi(c[2])
		if err != nil {
			return "", nil, fmt.Errorf("list web assets: line %q: %w", sc.Text(), err)
		}
		assets = append(assets, Asset{Path: c[0], Type: c[1], Size: size, Hash: c[3], Offline: c[4] == offline})
	}
	return version, assets, sc.Err()
}

const offline, online = "offline", "online"

// List writes the version and the assets as [Read] reads them.
func List(version string, assets []Asset) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "version\t%s\n", version)
	for _, a := range assets {
		use := online
		if a.Offline {
			use = offline
		}
		fmt.Fprintf(&b, "%s\t%s\t%d\t%s\t%s\n", a.Path, a.Type, a.Size, a.Hash, use)
	}
	return []byte(b.String())
}

var types = map[string]string{
	".bin":         "application/octet-stream",
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".md":          "text/markdown; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm", // anything else and the browser refuses to stream it
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
}

// ContentType returns the content type of a path, or "" for a kind of file
// the site does not hold. It does not ask the machine's own table, which
// differs from one server to the next.
func ContentType(p string) string {
	if p == "/" {
		p = "/index.html"
	}
	return types[path.Ext(p)]
}

// Compresses reports whether a path also stands with .br and .gz added; PNG
// and WOFF2 are compressed already.
func Compresses(p string) bool {
	ext := path.Ext(p)
	return ext != ".png" && ext != ".woff2"
}
