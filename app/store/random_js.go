//go:build js && wasm

package store

import (
	"fmt"
	"io"
	"syscall/js"
)

// Random is the browser's random source. crypto/rand asks the same one, through
// a generator and three hash functions that the worker would have to download.
var Random io.Reader = browserRandom{}

type browserRandom struct{}

const quota = 65536 // bytes crypto.getRandomValues gives at once

func (browserRandom) Read(b []byte) (n int, err error) {
	source := js.Global().Get("crypto")
	if !source.Truthy() {
		return 0, fmt.Errorf("read random bytes: %w: no crypto", ErrUnavailable)
	}
	for n < len(b) {
		piece := b[n:min(len(b), n+quota)]
		got := js.Global().Get("Uint8Array").New(len(piece))
		source.Call("getRandomValues", got)
		n += js.CopyBytesToGo(piece, got)
	}
	return n, nil
}
