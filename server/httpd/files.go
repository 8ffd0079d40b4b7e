package httpd

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"time"

	"sillon/server/hub"
	"sillon/web/site"
)

// file sends a file of the site, or the shell for any other path: it is a page
// of the application. Browsers ask each time whether it changed (no-cache with
// an ETag); the service worker keeps its own copies by version.
func (s *server) file(w http.ResponseWriter, r *http.Request, _ hub.Session) {
	h := w.Header()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if len(s.Assets) == 0 {
		h.Set("Content-Type", "text/plain; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, site.ErrNotBuilt.Error()+"\n")
		return
	}
	a, ok := s.files[r.URL.Path]
	if !ok {
		a = s.files["/"]
	}
	name, tag := a.File(), a.Hash
	if site.Compresses(a.Path) {
		h.Add("Vary", "Accept-Encoding")
		for _, enc := range []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
			if accepts(r, enc.name) {
				h.Set("Content-Encoding", enc.name)
				name, tag = name+enc.ext, tag+"-"+enc.name
				break
			}
		}
	}
	f, err := s.Site.Open(name)
	if err != nil {
		h.Del("Content-Encoding")
		s.answer(w, r, err)
		return
	}
	defer f.Close()
	body, ok := f.(io.ReadSeeker)
	if !ok {
		b, err := io.ReadAll(f)
		if err != nil {
			s.answer(w, r, err)
			return
		}
		body = bytes.NewReader(b)
	}
	h.Set("Content-Type", a.Type)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+tag+`"`)
	size, err := body.Seek(0, io.SeekEnd) // ServeContent announces no length for an encoded body
	if err == nil {
		_, err = body.Seek(0, io.SeekStart)
	}
	if err != nil {
		h.Del("Content-Encoding")
		s.answer(w, r, err)
		return
	}
	h.Set("Content-Length", strconv.FormatInt(size, 10))
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(10 * time.Minute)) // 6 MB over 2G, once
	http.ServeContent(w, r, "", time.Time{}, body)
}
