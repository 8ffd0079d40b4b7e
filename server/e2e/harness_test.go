// Package e2e drives the real binary with a real browser: what a rep does, on
// line and off, with the server process really killed.
package e2e

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	budgets = flag.Bool("budgets", false, "measure the budgets and print them")
	screens = flag.Bool("screens", false, "take the pictures of docs/screens again")
	ready   = flag.String("binary", "", "test this server instead of building the tree (for work on the tests)")
)

// patience is how long anything on a screen may take before a test gives up:
// far above every budget, for a busy machine.
const patience = 40 * time.Second

var (
	binDir  string
	built   sync.Once
	builtAs error
	seeded  sync.Once
	seedErr error
)

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "sillon-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	binDir = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// root is the repository.
func root() string {
	d, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return d
}

// binary builds the site and the server once per run, and names the server.
func binary(t *testing.T) string {
	t.Helper()
	if *ready != "" {
		return *ready
	}
	built.Do(func() { builtAs = build(root(), filepath.Join(binDir, "sillon")) })
	if builtAs != nil {
		t.Fatal(builtAs)
	}
	return filepath.Join(binDir, "sillon")
}

func build(tree, out string) error {
	for _, args := range [][]string{{"run", "./web/build"}, {"build", "-o", out, "./server"}} {
		c := exec.Command("go", args...)
		c.Dir = tree
		c.Env = append(os.Environ(), "CGO_ENABLED=0")
		if msg, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, msg)
		}
	}
	return nil
}

// chromium finds the browser, or skips on a machine that has none.
func chromium(t *testing.T) string {
	t.Helper()
	for _, n := range []string{"chromium", "chromium-browser", "google-chrome-stable"} {
		if p, err := exec.LookPath(n); err == nil {
			return p
		}
	}
	t.Skip("no Chromium on this machine: make test installs it")
	return ""
}

// A server is the real binary, running.
type server struct {
	t    *testing.T
	cmd  *exec.Cmd
	addr string
	data string
	out  *tail
	done chan struct{}
}

// tail keeps what the server prints.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *tail) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *tail) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

// freeAddr is an address nobody listens on: a restarted server must come back
// to the same one.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// start runs `sillon how` on a database in the folder data` and waits until it answers.
func start(t *testing.T, bin, how, addr, data string, more ...string) *server {
	t.Helper()
	s := &server{t: t, addr: addr, data: data, out: &tail{}, done: make(chan struct{})}
	s.cmd = exec.Command(bin, append([]string{how, "-addr", addr, "-db", "sqlite:" + filepath.Join(data, "sillon.db")}, more...)...)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.cmd.Wait(); close(s.done) }()
	t.Cleanup(s.kill)
	until := time.Now().Add(patience)
	for time.Now().Before(until) {
		select {
		case <-s.done:
			t.Fatalf("the server ended: %s", s.out)
		default:
		}
		if r, err := http.Get("http://" + addr + "/healthz"); err == nil {
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				return s
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the server does not answer on %s: %s", addr, s.out)
	return nil
}

// kill ends the process as a power cut would.
func (s *server) kill() {
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Error(err)
	}
	<-s.done
}

func (s *server) url(path string) string { return "http://" + s.addr + path }

// again starts the same server again: same program, address and database.
func (s *server) again(t *testing.T) *server {
	t.Helper()
	return start(t, s.cmd.Path, s.cmd.Args[1], s.addr, s.data)
}

// demo starts the fictional company, on a copy of a database made once: making
// it takes seconds.
func startDemo(t *testing.T) *server {
	t.Helper()
	bin := binary(t)
	seeded.Do(func() {
		dir := filepath.Join(binDir, "company")
		if seedErr = os.MkdirAll(dir, 0o700); seedErr != nil {
			return
		}
		first := start(t, bin, "demo", freeAddr(t), dir)
		seedErr = first.stop()
	})
	if seedErr != nil {
		t.Fatal(seedErr)
	}
	data := t.TempDir()
	b, err := os.ReadFile(filepath.Join(binDir, "company", "sillon.db"))
	if err == nil {
		err = os.WriteFile(filepath.Join(data, "sillon.db"), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return start(t, bin, "demo", freeAddr(t), data)
}

// stop ends the process as an administrator would, and waits for it: all it
// knows is then in the database file.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-s.done:
		return nil
	case <-time.After(patience):
		return fmt.Errorf("the server does not stop: %s", s.out)
	}
}
