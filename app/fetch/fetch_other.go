//go:build !(js && wasm)

package fetch

import (
	"context"
	"errors"
)

// Do exists in the browser only.
func Do(context.Context, Request) (Reply, error) {
	return Reply{}, errors.New("fetch: no browser here")
}
