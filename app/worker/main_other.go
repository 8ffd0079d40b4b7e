//go:build !js

package main

import (
	"fmt"
	"os"
)

// The worker runs in a browser; natively only its tests do.
func main() {
	fmt.Fprintln(os.Stderr, "sillon: app/worker is built for js/wasm: make build")
	os.Exit(2)
}
