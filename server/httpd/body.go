package httpd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"

	"sillon/engine/wire"
)

var (
	errBody  = errors.New("body is not a message of the protocol")
	errLarge = errors.New("body is too large")
)

// read decodes the body of a request into a message, within the limits: what
// is sent, what it expands to, and how many times larger that is.
func read(w http.ResponseWriter, r *http.Request, message any) error {
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != wire.ContentType {
		return fmt.Errorf("%w: content type %q, want %s", errBody, r.Header.Get("Content-Type"), wire.ContentType)
	}
	sent := &counter{r: http.MaxBytesReader(w, r.Body, wire.MaxBody)}
	var b []byte
	var err error
	switch enc := r.Header.Get("Content-Encoding"); enc {
	case "", "identity":
		b, err = io.ReadAll(sent)
	case "gzip":
		b, err = expand(sent)
	default:
		return fmt.Errorf("%w: content encoding %q", errBody, enc)
	}
	var tooLong *http.MaxBytesError
	switch {
	case errors.As(err, &tooLong):
		return fmt.Errorf("%w: over %d bytes", errLarge, wire.MaxBody)
	case errors.Is(err, errLarge):
		return err
	case err != nil:
		return fmt.Errorf("%w: %w", errBody, err)
	}
	if err := wire.Decode(b, message); err != nil {
		return fmt.Errorf("%w: %w", errBody, err)
	}
	return nil
}

type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// expand decompresses and stops as soon as a limit is passed, so that a bomb
// never takes more memory than an honest body.
func expand(sent *counter) ([]byte, error) {
	z, err := gzip.NewReader(sent)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var out bytes.Buffer
	for {
		n, err := io.CopyN(&out, z, 32<<10)
		if out.Len() > wire.MaxExpanded {
			return nil, fmt.Errorf("%w: expands to over %d bytes", errLarge, wire.MaxExpanded)
		}
		if int64(out.Len()) > wire.MaxRatio*sent.n {
			return nil, fmt.Errorf("%w: expands over %d times", errLarge, wire.MaxRatio)
		}
		if err == io.EOF || n == 0 && err == nil {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
	}
}

var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, 5)
	return z
}}

const worthPacking = 1 << 10

// write sends a message, compressed when the browser can read that.
func write(w http.ResponseWriter, r *http.Request, status int, message any) error {
	b, err := wire.Encode(message)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", wire.ContentType)
	h.Add("Vary", "Accept-Encoding")
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(5 * time.Minute)) // 2G takes its time; not every writer can
	if len(b) < worthPacking || !accepts(r, "gzip") {
		h.Set("Content-Length", strconv.Itoa(len(b)))
		w.WriteHeader(status)
		w.Write(b) // a failure means that the tablet is gone; it will ask again
		return nil
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(w)
	z.Write(b)
	z.Close()
	return nil
}

// accepts reports whether the request names an encoding without refusing it.
func accepts(r *http.Request, encoding string) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != encoding {
			continue
		}
		v, ok := strings.CutPrefix(strings.ReplaceAll(q, " ", ""), "q=")
		f, err := strconv.ParseFloat(v, 64)
		return !ok || err != nil || f > 0
	}
	return false
}

// fail sends a problem; retry is in seconds.
func fail(w http.ResponseWriter, status int, code, text string, retry int) {
	problem(w, status, wire.Problem{Code: code, Text: text, Retry: retry})
}

func problem(w http.ResponseWriter, status int, p wire.Problem) {
	b, err := wire.Encode(p)
	if err != nil {
		status = http.StatusInternalServerError
	}
	w.Header().Set("Content-Type", wire.ContentType)
	if p.Retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.Retry))
	}
	w.WriteHeader(status)
	w.Write(b)
}

// seconds rounds a wait up.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }
