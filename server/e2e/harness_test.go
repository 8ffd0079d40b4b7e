// Package e2e drives the real binary with a real browser: what a rep does, on
// line and off, with the server process really killed.
package e2e

import (
	"bytes"
	"context"
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

	"github.com/chromedp/chromedp"
)

var (
	budgets = flag.Bool("budgets", false, "measure the budgets and print them")
	screens = flag.Bool("screens", false, "take the pictures of docs/screens again")
)

// patience is how long anything on a screen may take before a test gives up:
// far above every budget, for a busy machine.
const patience = 40 * time.Second

var (
	binDir  string
	built   sync.Once
	builtAs error
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

// A device is one browser profile: one rep's tablet.
type device struct {
	t    *testing.T
	dir  string
	ctx  context.Context
	stop func()
	w, h int
}

func newDevice(t *testing.T) *device {
	d := &device{t: t, dir: t.TempDir(), w: 1180, h: 820}
	d.open()
	t.Cleanup(func() { d.close() })
	return d
}

// open starts the browser on this device's profile.
func (d *device) open() {
	d.t.Helper()
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.Headless, chromedp.ExecPath(chromium(d.t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("lang", "fr-FR"), chromedp.WindowSize(d.w, d.h), chromedp.UserDataDir(d.dir))
	tab, stopTab := chromedp.NewContext(alloc)
	d.ctx = tab
	d.stop = func() { stopTab(); stopAlloc() }
}

// close ends the browser; what it keeps on disk stays.
func (d *device) close() {
	if d.stop != nil {
		d.stop()
		d.stop = nil
	}
}

// tab opens another tab of the same browser.
func (d *device) tab() *device {
	ctx, stop := chromedp.NewContext(d.ctx)
	other := &device{t: d.t, dir: d.dir, ctx: ctx, stop: stop, w: d.w, h: d.h}
	d.t.Cleanup(other.close)
	return other
}

func (d *device) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	if err := chromedp.Do(d.ctx, actions...); err != nil {
		d.fail(what, err)
	}
}

// fail ends the test with what the screen shows.
func (d *device) fail(what string, err error) {
	d.t.Helper()
	text, _ := chromedp.Run(d.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 1500) + "\nCSP " + JSON.stringify(window.__csp || [])`))
	if shot, e := chromedp.Run(d.ctx, chromedp.CaptureScreenshot()); e == nil {
		p := filepath.Join(os.TempDir(), "sillon-e2e-failure.png")
		if os.WriteFile(p, shot, 0o600) == nil {
			text += "\nscreenshot: " + p
		}
	}
	d.t.Fatalf("%s: %v\n%s", what, err, text)
}

func (d *device) visit(url string) {
	d.t.Helper()
	d.do("open "+url, chromedp.Navigate(url))
}

// wait polls a JavaScript condition.
func (d *device) wait(what, js string) {
	d.t.Helper()
	d.do("wait for "+what, chromedp.Poll[chromedp.Void](js, chromedp.WithPollingTimeout(patience)))
}

// waitText waits until the page shows a text.
func (d *device) waitText(text string) {
	d.t.Helper()
	d.wait(text, fmt.Sprintf(`document.body && document.body.innerText.includes(%q)`, text))
}

// click presses the first visible element of a selector, as a finger would.
func (d *device) click(selector string) {
	d.t.Helper()
	d.wait(selector, fmt.Sprintf(`!!document.querySelector(%q)`, selector))
	eval[bool](d, fmt.Sprintf(`(document.querySelector(%q).click(), true)`, selector))
}

// clickText presses the first button or link whose text contains t.
func (d *device) clickText(t string) {
	d.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll("button,a,[role=button],label")].find(e => e.offsetParent !== null && e.textContent.trim().includes(%q))`, t)
	d.wait("button "+t, "!!"+find)
	eval[bool](d, "("+find+".click(), true)")
}

// fill types into a field through its events.
func (d *device) fill(selector, text string) {
	d.t.Helper()
	d.wait(selector, fmt.Sprintf(`!!document.querySelector(%q)`, selector))
	eval[bool](d, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, selector, text))
}

// eval runs JavaScript in the page and returns its value.
func eval[T any](d *device, js string) T {
	d.t.Helper()
	v, err := chromedp.Run(d.ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		d.fail("run "+js, err)
	}
	return v
}

// clean fails when the page broke its own content policy.
func (d *device) clean() {
	d.t.Helper()
	if v := eval[string](d, `JSON.stringify(window.__csp || [])`); v != "[]" {
		d.t.Errorf("content policy violations: %s", v)
	}
}
