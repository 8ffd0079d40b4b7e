//go:build js && wasm

package fetch_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"syscall/js"
	"testing"
	"time"

	"sillon/app/fetch"
	"sillon/engine/wire"
)

// stub puts a fetch of ours in the place of the browser's.
func stub(t *testing.T, f func(path string, init js.Value) any) {
	old := js.Global().Get("fetch")
	fn := js.FuncOf(func(_ js.Value, a []js.Value) any { return f(a[0].String(), a[1]) })
	js.Global().Set("fetch", fn)
	t.Cleanup(func() { js.Global().Set("fetch", old); fn.Release() })
}

func response(status int, kind string, body []byte) js.Value {
	u8 := js.Global().Get("Uint8Array").New(len(body))
	js.CopyBytesToJS(u8, body)
	r := js.Global().Get("Response").New(u8, map[string]any{"status": status, "headers": map[string]any{"Content-Type": kind}})
	return js.Global().Get("Promise").Call("resolve", r)
}

func TestBodyIsCompressedByTheBrowser(t *testing.T) {
	big := bytes.Repeat([]byte("le sillon "), 1000)
	stub(t, func(path string, init js.Value) any {
		b := make([]byte, init.Get("body").Length())
		js.CopyBytesToGo(b, init.Get("body"))
		if init.Get("headers").Get("Content-Encoding").String() != "gzip" || len(b) > len(big)/10 {
			t.Errorf("%d bytes sent", len(b))
		}
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(plain, big) {
			t.Errorf("%d bytes unpacked, %v", len(plain), err)
		}
		return response(201, wire.ContentType+"; v=1", []byte("ok"))
	})
	r, err := fetch.Do(t.Context(), fetch.Request{Method: "POST", Path: "/api/1/sync", Body: big})
	if err != nil || r.Status != 201 || r.Type != wire.ContentType || string(r.Body) != "ok" {
		t.Errorf("%+v %v", r, err)
	}
}

func TestCancelAbortsTheRequest(t *testing.T) {
	stub(t, func(_ string, init js.Value) any { // a server that never answers, and a browser that gives up when told
		wait := js.FuncOf(func(_ js.Value, a []js.Value) any {
			reject := a[1]
			init.Get("signal").Call("addEventListener", "abort", js.FuncOf(func(js.Value, []js.Value) any {
				reject.Invoke(js.Global().Get("Error").New("aborted"))
				return nil
			}))
			return nil
		})
		return js.Global().Get("Promise").New(wait)
	})
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if _, err := fetch.Do(ctx, fetch.Request{Method: "GET", Path: "/"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestNoNetwork(t *testing.T) {
	stub(t, func(string, js.Value) any {
		return js.Global().Get("Promise").Call("reject", js.Global().Get("TypeError").New("Failed to fetch"))
	})
	if _, err := fetch.Do(t.Context(), fetch.Request{Method: "GET", Path: "/"}); !errors.Is(err, fetch.ErrOffline) {
		t.Errorf("error %v", err)
	}
}
