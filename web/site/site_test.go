package site_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"sillon/web/site"
)

func TestTheListReadsAsItWasWritten(t *testing.T) {
	want := []site.Asset{
		{Path: "/", Type: site.ContentType("/"), Size: 12, Hash: "00112233aabbccdd", Offline: true},
		{Path: "/sw.js", Type: site.ContentType("/sw.js"), Size: 0, Hash: "e3b0c44298fc1c14"},
	}
	files := fstest.MapFS{site.ListFile: {Data: site.List("abc123", want)}}
	version, got, err := site.Read(files)
	if err != nil || version != "abc123" || !slices.Equal(got, want) {
		t.Errorf("read version %q, %v, error %v\nwant abc123, %v", version, got, err, want)
	}
}

func TestAFreshCloneSaysWhatToRun(t *testing.T) {
	_, _, err := site.Read(fstest.MapFS{".keep": {}})
	if !errors.Is(err, site.ErrNotBuilt) || !strings.Contains(err.Error(), "make build") {
		t.Errorf("error %v, want one that names make build", err)
	}
}

func TestADamagedListIsRefused(t *testing.T) {
	for _, line := range []string{"/app.wasm\tapplication/wasm\n", "/app.wasm\tapplication/wasm\tmany\tff\toffline\n"} {
		if _, _, err := site.Read(fstest.MapFS{site.ListFile: {Data: []byte(line)}}); err == nil {
			t.Errorf("%q was read without an error", line)
		}
	}
}

func TestContentTypes(t *testing.T) {
	for path, want := range map[string]string{
		"/":                        "text/html; charset=utf-8",
		"/app.wasm":                "application/wasm",
		"/manifest.webmanifest":    "application/manifest+json",
		"/fonts/figtree-var.woff2": "font/woff2",
		"/boot.js":                 "text/javascript; charset=utf-8",
		"/embed.go":                "",
		"/clients/42":              "",
	} {
		if got := site.ContentType(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}
