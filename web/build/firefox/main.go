// Command firefox runs a Go program or test binary compiled for js/wasm in a
// headless Firefox and prints what it says, with its exit status:
//
//	GOOS=js GOARCH=wasm go test -exec bin/tools/firefox ./engine/query
//
// It is what wasmbrowsertest is for Chromium. No driver is needed: the page is
// served from here and sends its output back. FIREFOX names the browser, else
// firefox-esr or firefox of the path.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: firefox program.wasm [argument ...]")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	code, err := run(ctx, os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "firefox:", err)
		code = 1
	}
	os.Exit(code)
}

func browser() (string, error) {
	if named := os.Getenv("FIREFOX"); named != "" {
		return named, nil
	}
	for _, name := range []string{"firefox-esr", "firefox"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no Firefox on this machine: install firefox-esr, or name it in FIREFOX")
}
