package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A device is one browser profile: one person's tablet. Its methods say what a
// person does; each waits until the page is ready for it.
type device struct {
	t    *testing.T
	name string
	dir  string
	ctx  context.Context
	stop func()
	w, h int
	at   string // address of the server, http://host:port

	mu     sync.Mutex
	errors []string // what the console reported
	onNew  []string // scripts that run in every page before its own
}

func newDevice(t *testing.T) *device {
	d := &device{t: t, dir: t.TempDir(), w: 1180, h: 820}
	d.open()
	t.Cleanup(d.close)
	return d
}

// tablet is a new device that will open the pages of a server.
func tablet(t *testing.T, s *server, name string) *device {
	d := newDevice(t)
	d.name, d.at = name, s.url("")
	return d
}

// open starts the browser on this device's profile.
func (d *device) open() {
	d.t.Helper()
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(),
		chromedp.Headless, chromedp.ExecPath(chromium(d.t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("password-store", "basic"),
		chromedp.Flag("lang", "fr-FR"), chromedp.Env("LANGUAGE=fr", "TZ=Europe/Paris"), chromedp.WindowSize(d.w, d.h), chromedp.UserDataDir(d.dir))
	tab, stopTab := chromedp.NewContext(alloc)
	d.ctx = tab
	d.stop = func() {
		closing, end := context.WithTimeout(tab, 15*time.Second)
		chromedp.Cancel(closing) // as a person closes a window: cookies reach the disk
		end()
		stopTab()
		stopAlloc()
	}
	d.prepare()
}

// prepare makes a new tab report its errors, and gives it an exact size.
func (d *device) prepare() {
	d.t.Helper()
	if err := chromedp.Listen(d.ctx, d.hear); err != nil {
		d.t.Fatal(err)
	}
	d.size(d.w, d.h)
	for _, js := range d.onNew {
		d.onEveryPage(js)
	}
}

// hear notes what the page's console reports as wrong. A request that finds no
// server is not: that is what these tests do to it.
func (d *device) hear(ev any) {
	note := func(text string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.errors = append(d.errors, text)
	}
	switch e := ev.(type) {
	case *cdpruntime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
		note(text)
	case *cdpruntime.EventConsoleAPICalled:
		if e.Type != "error" && e.Type != "assert" {
			return
		}
		var words []string
		for _, a := range e.Args {
			words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
		}
		note(strings.Join(words, " "))
	}
}

// size gives the page an exact size, whatever the window.
func (d *device) size(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	if _, err := chromedp.Call(d.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(w), Height: int64(h), DeviceScaleFactor: 1}); err != nil {
		d.t.Fatal(err)
	}
}

// onEveryPage runs a script in every page of this tab before its own scripts.
func (d *device) onEveryPage(js string) {
	d.t.Helper()
	if _, err := chromedp.Call(d.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: js}); err != nil {
		d.t.Fatal(err)
	}
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
	other := &device{t: d.t, name: d.name + "'s other tab", dir: d.dir, at: d.at, ctx: ctx, stop: stop, w: d.w, h: d.h}
	d.t.Cleanup(other.close)
	other.prepare()
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
	short, stop := context.WithTimeout(d.ctx, 10*time.Second)
	defer stop()
	text, _ := chromedp.Run(short, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 1500) + "\nCSP " + JSON.stringify(window.__csp || [])`))
	if shot, e := chromedp.Run(short, chromedp.CaptureScreenshot()); e == nil {
		p := filepath.Join(os.TempDir(), "sillon-e2e-"+strings.ReplaceAll(d.t.Name(), "/", "_")+".png")
		if os.WriteFile(p, shot, 0o600) == nil {
			text += "\nscreenshot: " + p
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.errors) > 0 {
		text += "\nconsole: " + strings.Join(d.errors, "\n")
	}
	d.t.Fatalf("%s: %s: %v\n%s", d.name, what, err, text)
}

var errNot = errors.New("it does not happen")

// visit opens an address; a path is one of the server's.
func (d *device) visit(url string) {
	d.t.Helper()
	if strings.HasPrefix(url, "/") {
		url = d.at + url
	}
	d.do("open "+url, chromedp.Navigate(url))
}

// follow goes to a page of the application as its own links do, without
// loading anything, and waits for its content. The page before it stays for a
// frame or two: hence the tenth of a second.
func (d *device) follow(path string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(goappNav(%q), new Promise(ok => setTimeout(() => ok(true), 100)))`, path))
	d.wait("the page "+path, fmt.Sprintf(`location.pathname + location.search === %q`, path))
	d.settled()
}

// poll runs f until it is satisfied. A page that is being replaced answers
// with errors: they count as not yet.
func (d *device) poll(what string, for_ time.Duration, f func() (bool, error)) {
	d.t.Helper()
	until := time.Now().Add(for_)
	var last error
	for {
		ok, err := f()
		if ok && err == nil {
			return
		}
		last = err
		if time.Now().After(until) {
			break
		}
		time.Sleep(40 * time.Millisecond)
	}
	if last == nil {
		last = errNot
	}
	d.fail("wait for "+what, last)
}

// wait polls a JavaScript condition.
func (d *device) wait(what, js string) {
	d.t.Helper()
	d.waitFor(patience, what, js)
}

func (d *device) waitFor(for_ time.Duration, what, js string) {
	d.t.Helper()
	d.poll(what, for_, func() (bool, error) {
		return chromedp.Run(d.ctx, chromedp.Evaluate[bool]("!!("+js+")"))
	})
}

// waitText waits until the page shows a text.
func (d *device) waitText(text string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("the words %q", text), says(text))
}

// plain writes a text as it is typed: French typography has several spaces and
// its own apostrophe. plainJS does the same in the page.
func plain(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "’", "'")
}

const plainJS = `.replace(/[\u00a0\u202f\s]+/g, " ").replace(/’/g, "'").trim()`

// says is the condition that the page shows a text.
func says(text string) string {
	return fmt.Sprintf(`document.body && document.body.innerText%s.includes(%q)`, plainJS, plain(text))
}

// shows reports whether the page shows a text now.
func (d *device) shows(text string) bool { return eval[bool](d, "!!("+says(text)+")") }

// text is what the page shows there, written plainly.
func (d *device) text(selector string) string {
	d.t.Helper()
	return eval[string](d, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.innerText).join("\n")%s`, selector, plainJS))
}

// count is how many elements match a selector.
func (d *device) count(selector string) int {
	d.t.Helper()
	return eval[int](d, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
}

// bySelector finds the first visible element of a selector.
func bySelector(selector string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(%q)].find(e => e.getClientRects().length)`, selector)
}

// byText finds the first visible button, link or label inside a selector that
// says t, or is labelled so: the whole of it rather than a part.
func byText(in, t string) string {
	return fmt.Sprintf(`(all => all.find(e => e.innerText%[3]s === %[2]q || (e.getAttribute("aria-label") || "")%[3]s === %[2]q) || all.find(e => e.innerText%[3]s.includes(%[2]q)))([...document.querySelectorAll(%[1]q)].flatMap(e => [...e.querySelectorAll("button,a,[role=button],label,summary")]).filter(e => e.getClientRects().length))`, in, plain(t), plainJS)
}

// tap presses an element found by JavaScript as a finger would: where it
// stands, once it stands still, if nothing covers it and it is not disabled.
func (d *device) tap(what, find string) {
	d.t.Helper()
	type spot struct {
		X, Y  float64
		State string
	}
	var last spot
	js := fmt.Sprintf(`(() => {
		const e = %s;
		if (!e) return {State: "it is not there"};
		if (e.disabled || e.getAttribute("aria-busy") === "true") return {State: "it is disabled"};
		let r = e.getBoundingClientRect();
		const x = () => r.left + r.width / 2, y = () => r.top + r.height / 2;
		const free = () => { const at = document.elementFromPoint(x(), y()); return at && (e.contains(at) || at.contains(e) && at.closest("label") === e) };
		if (r.top < 0 || r.bottom > innerHeight || !free()) { e.scrollIntoView({block: "center", behavior: "instant"}); r = e.getBoundingClientRect(); }
		if (!free()) { const at = document.elementFromPoint(x(), y()); return {State: "it is covered by " + (at ? at.outerHTML.slice(0, 120) : "nothing")} }
		return {X: x(), Y: y(), State: ""};
	})()`, find)
	d.poll(what, patience, func() (bool, error) {
		s, err := chromedp.Run(d.ctx, chromedp.Evaluate[spot](js))
		if err != nil {
			return false, err
		}
		if s.State != "" {
			last = spot{}
			return false, errors.New(s.State)
		}
		if s != last {
			last = s
			return false, errors.New("it moves")
		}
		return true, nil
	})
	d.do("tap "+what, chromedp.MouseClickXY(last.X, last.Y))
}

// click presses the first visible element of a selector.
func (d *device) click(selector string) {
	d.t.Helper()
	d.tap(selector, bySelector(selector))
}

// clickText presses the first visible button or link that says t.
func (d *device) clickText(t string) {
	d.t.Helper()
	d.clickIn("body", t)
}

// clickIn is clickText inside a part of the page.
func (d *device) clickIn(selector, t string) {
	d.t.Helper()
	d.tap(fmt.Sprintf("the button %q", t), byText(selector, t))
}

// fill types into a field through its events.
func (d *device) fill(selector, text string) {
	d.t.Helper()
	d.wait(selector, fmt.Sprintf(`document.querySelector(%q)`, selector))
	eval[bool](d, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); e.blur(); return true })()`, selector, text))
}

// choose picks an option of a list.
func (d *device) choose(selector, value string) {
	d.t.Helper()
	d.fill(selector, value)
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

// clean fails when the page broke its own content policy, or its console
// reported an error.
func (d *device) clean() {
	d.t.Helper()
	if v := eval[string](d, `JSON.stringify(window.__csp || [])`); v != "[]" {
		d.t.Errorf("%s: content policy violations: %s", d.name, v)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range d.errors {
		d.t.Errorf("%s: the console says %s", d.name, e)
	}
	d.errors = nil
}
