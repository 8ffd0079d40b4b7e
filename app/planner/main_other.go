//go:build !js

package main

import (
	"fmt"
	"os"
)

// The planner runs in a browser; natively only the tests of its work do.
func main() {
	fmt.Fprintln(os.Stderr, "sillon: app/planner is built for js/wasm: make build")
	os.Exit(2)
}
