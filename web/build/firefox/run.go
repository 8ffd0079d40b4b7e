package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

//go:embed page.html
var page string

// run serves the program of args[0], opens it in a fresh profile and copies its
// output until it exits.
func run(ctx context.Context, args []string) (int, error) {
	path, err := browser()
	if err != nil {
		return 0, err
	}
	profile, err := os.MkdirTemp("", "firefox-*")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(profile)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	ended := make(chan int, 1)
	site, err := serve(args, os.Stdout, ended)
	if err != nil {
		return 0, err
	}
	server := &http.Server{Handler: site}
	go server.Serve(listener)
	defer server.Close()

	ctx, kill := context.WithCancel(ctx)
	defer kill()
	fox := exec.CommandContext(ctx, path, "--headless", "--no-remote", "--profile", profile, "http://"+listener.Addr().String()+"/")
	fox.Env = append(os.Environ(), "MOZ_DISABLE_CONTENT_SANDBOX=1", "HOME="+profile)
	closed := make(chan error, 1)
	if err := fox.Start(); err != nil {
		return 0, err
	}
	go func() { closed <- fox.Wait() }()
	select {
	case code := <-ended:
		kill()
		<-closed
		return code, nil
	case err := <-closed:
		return 0, fmt.Errorf("the browser closed before the program ended: %v", err)
	}
}

// serve is the site of one run: the page, Go's loader, the program, and the two
// addresses where the page reports.
func serve(args []string, out io.Writer, ended chan<- int) (http.Handler, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	loader := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	argv, err := json.Marshal(append([]string{filepath.Base(args[0])}, args[1:]...))
	if err != nil {
		return nil, err
	}
	filled := strings.Replace(page, "ARGV", html.EscapeString(string(argv)), 1)
	site := http.NewServeMux()
	site.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, filled)
	})
	site.HandleFunc("GET /wasm_exec.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, loader) })
	site.HandleFunc("GET /program.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		http.ServeFile(w, r, args[0])
	})
	site.HandleFunc("POST /said", func(_ http.ResponseWriter, r *http.Request) { io.Copy(out, r.Body) })
	site.HandleFunc("POST /ended/{code}", func(_ http.ResponseWriter, r *http.Request) {
		code, err := strconv.Atoi(r.PathValue("code"))
		if err != nil {
			code = 1
		}
		ended <- code
	})
	return site, nil
}
