package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"sillon/web"
	"sillon/web/site"
)

// built returns the assets of the site, or skips when there is none.
func built(t *testing.T) (version string, assets []web.Asset) {
	t.Helper()
	version, assets, err := web.Assets()
	if errors.Is(err, web.ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return version, assets
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(web.Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func offline(assets []web.Asset) []string {
	var paths []string
	for _, a := range assets {
		if a.Offline {
			paths = append(paths, a.Path)
		}
	}
	return paths
}

func TestEveryAssetIsThereUnderItsType(t *testing.T) {
	version, assets := built(t)
	if !regexp.MustCompile(`^[0-9a-f]{1,16}$`).MatchString(version) {
		t.Errorf("version %q: want at most 16 hex digits", version)
	}
	for _, a := range assets {
		if got := len(read(t, a.File())); got != a.Size {
			t.Errorf("%s: %d bytes, listed as %d", a.Path, got, a.Size)
		}
		if a.Type == "" || a.Type != web.ContentType(a.Path) {
			t.Errorf("%s: listed as %q, want the known type %q", a.Path, a.Type, web.ContentType(a.Path))
		}
	}
	for _, p := range []string{"/", "/boot.js", "/theme.js", "/worker.js", "/wasm_exec.js", "/app.wasm", "/engine.wasm", "/css/ui.css", "/manifest.webmanifest"} {
		if !slices.Contains(offline(assets), p) {
			t.Errorf("%s is not kept on the device", p)
		}
	}
}

func TestCompressedFormsHoldTheSameBytes(t *testing.T) {
	_, assets := built(t)
	for _, a := range assets {
		if !site.Compresses(a.Path) {
			continue
		}
		raw := read(t, a.File())
		br, err := io.ReadAll(brotli.NewReader(bytes.NewReader(read(t, a.File()+".br"))))
		if err != nil || !bytes.Equal(br, raw) {
			t.Errorf("%s.br does not decode to the file: %v", a.Path, err)
		}
		zr, err := gzip.NewReader(bytes.NewReader(read(t, a.File()+".gz")))
		if err != nil {
			t.Errorf("%s.gz: %v", a.Path, err)
			continue
		}
		if gz, err := io.ReadAll(zr); err != nil || !bytes.Equal(gz, raw) {
			t.Errorf("%s.gz does not decode to the file: %v", a.Path, err)
		}
	}
}

func TestScriptsCarryTheVersionAndTheList(t *testing.T) {
	version, assets := built(t)
	for _, name := range []string{"sw.js", "boot.js", "worker.js", "planner.js"} {
		b := read(t, name)
		if !bytes.Contains(b, []byte(`"`+version+`"`)) {
			t.Errorf("%s does not carry version %s", name, version)
		}
		if m := regexp.MustCompile(`__[A-Z]+__`).Find(b); m != nil {
			t.Errorf("%s: placeholder %s is left", name, m)
		}
	}
	var kept []string
	for _, list := range []string{"ASSETS", "LATER"} {
		m := regexp.MustCompile(`(?m)^const ` + list + ` = (\[.*\]);`).FindSubmatch(read(t, "sw.js"))
		if m == nil {
			t.Fatalf("sw.js has no list %s", list)
		}
		var some []string
		if err := json.Unmarshal(m[1], &some); err != nil {
			t.Fatal(err)
		}
		kept = append(kept, some...)
	}
	slices.Sort(kept)
	if want := offline(assets); !slices.Equal(kept, want) {
		t.Errorf("sw.js keeps %v\nwant %v", kept, want)
	}
}

func TestTheShellAndManifestLinkOnlyWhatIsServed(t *testing.T) {
	_, assets := built(t)
	var paths []string
	for _, a := range assets {
		paths = append(paths, a.Path)
	}
	for name, attr := range map[string]string{
		"index.html":           `(?:src|href)="(/[^"]*)"`,
		"manifest.webmanifest": `"src": "(/[^"]*)"`,
		"css/tokens.css":       `url\("?([^")]*)"?\)`,
		"css/ui.css":           `url\("?([^")]*)"?\)`,
		"css/app.css":          `url\("?([^")]*)"?\)`,
	} {
		for _, m := range regexp.MustCompile(attr).FindAllSubmatch(read(t, name), -1) {
			if p := string(m[1]); !strings.HasPrefix(p, "data:") && !slices.Contains(paths, p) {
				t.Errorf("%s links %s, which is not in the list", name, p)
			}
		}
	}
}

// The content security policy allows no code or style inside the page.
func TestTheShellHoldsNoInlineCode(t *testing.T) {
	b, err := os.ReadFile("index.html")
	if err != nil {
		t.Fatal(err)
	}
	for what, pattern := range map[string]string{
		"a script without src": `(?i)<script(?:\s+(?:defer|async|type="[^"]*"))*\s*>`,
		"text in a script":     `(?i)<script[^>]*>\s*[^<\s]`,
		"a style element":      `(?i)<style`,
		"a style attribute":    `(?i)<[^>]*\sstyle\s*=`,
		"an event handler":     `(?i)<[^>]*\son[a-z]+\s*=`,
		"a javascript: link":   `(?i)javascript:`,
		"a foreign origin":     `(?i)(?:src|href)="(?:https?:)?//`,
	} {
		if m := regexp.MustCompile(pattern).Find(b); m != nil {
			t.Errorf("index.html has %s: %.80q", what, m)
		}
	}
	body := regexp.MustCompile(`(?s)<body[^>]*>\s*(<\w+)`).FindSubmatch(b)
	if body == nil || string(body[1]) != "<div" {
		t.Error("the first element of the body is the one go-app takes over: want a div")
	}
}

// The script that runs the binaries belongs to the toolchain that made them.
func TestWasmExecIsTheToolchains(t *testing.T) {
	built(t)
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skip("no go command: ", err)
	}
	want, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	script := read(t, "wasm_exec.js")
	plain := bytes.Replace(script, []byte("goName(decoder, this._inst.exports.mem.buffer, saddr, len)"), []byte("decoder.decode(new DataView(this._inst.exports.mem.buffer, saddr, len))"), 1)
	if bytes.Equal(plain, script) {
		t.Error("wasm_exec.js decodes every name anew: web/build/names.go")
	}
	got, ours := bytes.CutPrefix(plain, want)
	if !ours {
		t.Error("wasm_exec.js differs from the toolchain's: run make build")
	}
	if !bytes.Contains(got, []byte("web/build/fold.go has folded")) {
		t.Error("wasm_exec.js does not put back what the build has folded: the binaries would not start")
	}
}
