//go:build js && wasm

package fetch

import (
	"context"
	"fmt"
	"strings"
	"syscall/js"

	"sillon/engine/wire"
)

// small is the size up to which a body is not worth compressing.
const small = 1 << 10

// Do is the browser's fetch.
func Do(ctx context.Context, r Request) (Reply, error) {
	if err := ctx.Err(); err != nil {
		return Reply{}, err
	}
	stop := js.Global().Get("AbortController").New()
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-ctx.Done():
			stop.Call("abort")
		case <-done:
		}
	}()
	reply, err := do(r, stop.Get("signal"))
	if err != nil {
		if ctx.Err() != nil {
			return Reply{}, ctx.Err()
		}
		return Reply{}, fmt.Errorf("%w (%w)", ErrOffline, err)
	}
	return reply, nil
}

func do(r Request, signal js.Value) (Reply, error) {
	headers := map[string]any{"Accept": wire.ContentType}
	init := map[string]any{
		"method": r.Method, "signal": signal,
		"credentials": "same-origin", "cache": "no-store", "redirect": "error", "mode": "same-origin",
	}
	if r.Body != nil {
		headers["Content-Type"] = wire.ContentType
		body := bytesToJS(r.Body)
		if len(r.Body) > small && js.Global().Get("CompressionStream").Truthy() {
			packed, err := gzip(body)
			if err != nil {
				return Reply{}, err
			}
			body = packed
			headers["Content-Encoding"] = "gzip"
		}
		init["body"] = body
	}
	init["headers"] = headers
	response, err := await(func() js.Value { return js.Global().Call("fetch", r.Path, init) })
	if err != nil {
		return Reply{}, err
	}
	body, err := await(func() js.Value { return response.Call("arrayBuffer") })
	if err != nil {
		return Reply{}, err
	}
	u8 := js.Global().Get("Uint8Array").New(body)
	out := Reply{Status: response.Get("status").Int(), Body: make([]byte, u8.Length())}
	js.CopyBytesToGo(out.Body, u8)
	if t := response.Get("headers").Call("get", "Content-Type"); t.Truthy() {
		out.Type, _, _ = strings.Cut(t.String(), ";")
	}
	return out, nil
}

// gzip compresses by the browser: a Go gzip costs 78 kB of WASM.
func gzip(body js.Value) (js.Value, error) {
	source := js.Global().Get("Blob").New([]any{body})
	packed := source.Call("stream").Call("pipeThrough", js.Global().Get("CompressionStream").New("gzip"))
	buffer, err := await(func() js.Value { return js.Global().Get("Response").New(packed).Call("arrayBuffer") })
	if err != nil {
		return js.Value{}, err
	}
	return js.Global().Get("Uint8Array").New(buffer), nil
}

func bytesToJS(b []byte) js.Value {
	u8 := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(u8, b)
	return u8
}

// await waits for a promise; an abort rejects it, so it always ends.
func await(start func() js.Value) (out js.Value, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case js.Error:
			err = e
		default:
			panic(e)
		}
	}()
	p := start()
	done := make(chan struct{})
	ok := js.FuncOf(func(_ js.Value, a []js.Value) any { out = a[0]; close(done); return nil })
	ko := js.FuncOf(func(_ js.Value, a []js.Value) any { err = js.Error{Value: a[0]}; close(done); return nil })
	defer ok.Release()
	defer ko.Release()
	p.Call("then", ok, ko)
	<-done
	return out, err
}
