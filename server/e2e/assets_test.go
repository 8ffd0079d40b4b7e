package e2e

import (
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// assetList reads the two lists out of the service worker that the server
// serves: what the application starts with, and what comes after.
func assetList(t *testing.T, s *server) []string {
	t.Helper()
	b := get(t, s.url("/sw.js"))
	lists := regexp.MustCompile(`(?s)(?:ASSETS|LATER)\s*=\s*\[(.*?)\]`).FindAllSubmatch(b, -1)
	if len(lists) != 2 {
		t.Fatalf("%d lists of assets in sw.js, want 2:\n%.400s", len(lists), b)
	}
	var paths []string
	for _, list := range lists {
		for _, m := range regexp.MustCompile(`"([^"]+)"`).FindAllSubmatch(list[1], -1) {
			paths = append(paths, string(m[1]))
		}
	}
	return paths
}

// contentTypes by the end of the path, as browsers need them.
var contentTypes = []struct{ suffix, want string }{
	{".wasm", "application/wasm"}, {".js", "text/javascript"}, {".css", "text/css"}, {".woff2", "font/woff2"},
	{".svg", "image/svg+xml"}, {".png", "image/png"}, {".webmanifest", "application/manifest+json"}, {"/", "text/html"},
}

func TestEveryAssetOfTheServiceWorkerIsServedWholeAndTyped(t *testing.T) {
	s := start(t, binary(t), "serve", freeAddr(t), t.TempDir())
	paths := assetList(t, s)
	if len(paths) < 10 {
		t.Fatalf("only %d assets: %v", len(paths), paths)
	}
	for _, p := range paths {
		plain := fetchAsset(t, s, p, "identity")
		for _, enc := range []string{"br", "gzip"} {
			r := fetchAsset(t, s, p, enc)
			compresses := strings.HasSuffix(p, ".wasm") || strings.HasSuffix(p, ".js") || strings.HasSuffix(p, ".css") || p == "/"
			if got := r.Header.Get("Content-Encoding"); compresses && got != enc {
				t.Errorf("%s asked in %s comes in %q", p, enc, got)
			}
			if r.size > plain.size {
				t.Errorf("%s in %s is larger (%d) than plain (%d)", p, enc, r.size, plain.size)
			}
		}
		for _, c := range contentTypes {
			if strings.HasSuffix(p, c.suffix) {
				if got := plain.Header.Get("Content-Type"); !strings.HasPrefix(got, c.want) {
					t.Errorf("%s is %q; want %q", p, got, c.want)
				}
				break
			}
		}
		if plain.Header.Get("Content-Security-Policy") == "" || plain.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s lacks its security headers: %v", p, plain.Header)
		}
	}
}

type answer struct {
	*http.Response
	size int
}

// fetchAsset gets one asset without letting the client decode it, and checks
// that its length is the one announced.
func fetchAsset(t *testing.T, s *server, path, encoding string) answer {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, s.url(path), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", encoding)
	r, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.StatusCode != http.StatusOK || len(b) == 0 {
		t.Errorf("%s in %s: status %d, %d bytes", path, encoding, r.StatusCode, len(b))
	}
	if n, err := strconv.Atoi(r.Header.Get("Content-Length")); err != nil || n != len(b) {
		t.Errorf("%s in %s announces %q bytes and sends %d", path, encoding, r.Header.Get("Content-Length"), len(b))
	}
	return answer{r, len(b)}
}

func get(t *testing.T, url string) []byte {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
