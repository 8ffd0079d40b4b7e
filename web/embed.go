// Package web holds what a browser downloads: the static shell, its service
// worker, the two WebAssembly binaries, styles, icons and fonts.
//
// The sources lie beside this file. web/build compiles, stamps and compresses
// them into gen, the complete site, which is embedded here; git ignores gen,
// so that a fresh clone compiles and only then asks for `make build`.
//
// Only server imports this package.
package web

import (
	"embed"
	"io/fs"

	"sillon/web/site"
)

//go:embed all:gen
var gen embed.FS

// An Asset is one file of the site.
type Asset = site.Asset

// ErrNotBuilt says that web/build has not run since the clone.
var ErrNotBuilt = site.ErrNotBuilt

// Files returns the built site: the file of each [Asset] and, beside those
// that compress, the same name with .br and .gz added.
func Files() fs.FS {
	sub, err := fs.Sub(gen, "gen")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// Assets returns the version of the site and its assets, or [ErrNotBuilt].
func Assets() (version string, assets []Asset, err error) { return site.Read(Files()) }

// ContentType returns the content type of a path of the site.
func ContentType(path string) string { return site.ContentType(path) }
