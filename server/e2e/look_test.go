package e2e

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestLook is for looking while building: SILLON_LOOK=URL of a running demo,
// SILLON_SIZE=820x1180, SILLON_DARK=1, SILLON_PATHS=/clients,/reglages,
// SILLON_CLICK=selectors clicked one after the other, split by semicolons.
func TestLook(t *testing.T) {
	url := os.Getenv("SILLON_LOOK")
	if url == "" {
		t.Skip("SILLON_LOOK names no server")
	}
	d := newDevice(t)
	if s := os.Getenv("SILLON_SIZE"); s != "" {
		fmt.Sscanf(s, "%dx%d", &d.w, &d.h)
	}
	d.visit(url + "/")
	if _, err := chromedp.Call(d.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: int64(d.w), Height: int64(d.h), DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	shot := func(name string) {
		eval[bool](d, `new Promise(ok => setTimeout(() => ok(true), 2500))`)
		b, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/look-"+strings.ReplaceAll(name, "/", "_")+".png", b, 0o600)
		t.Log(name, eval[string](d, `location.pathname + " " + document.querySelectorAll("*").length + " nodes " + JSON.stringify(window.__csp)`))
	}
	d.waitText("Se connecter")
	user := os.Getenv("SILLON_USER")
	if user == "" {
		user = "maelle"
	}
	d.fill(`input[autocomplete=username]`, user)
	d.fill(`input[type=password]`, "sillon-demo")
	d.clickText("Se connecter")
	d.wait("rail", `!!document.querySelector("main h1") && document.body.textContent.includes("À jour")`)
	if os.Getenv("SILLON_DARK") != "" {
		eval[bool](d, `(localStorage.setItem("sillon.theme","dark"), true)`)
	}
	for _, p := range strings.Split(os.Getenv("SILLON_PATHS"), ",") {
		d.visit(url + p)
		d.wait("title", `!!document.querySelector("main h1")`)
		if p == "/client" {
			d.visit(url + "/clients?q=ecluse")
			d.wait("row", `!!document.querySelector("a[href*='/clients/']")`)
			href := eval[string](d, `document.querySelector("a[href*='/clients/']").getAttribute("href")`)
			d.visit(url + href)
		}
		if clicks := os.Getenv("SILLON_CLICK"); clicks != "" {
			for _, c := range strings.Split(clicks, ";") {
				d.wait(c, `!!document.querySelector(`+strconv.Quote(c)+`)`)
				eval[bool](d, `(document.querySelector(`+strconv.Quote(c)+`).click(), true)`)
			}
		}
		shot(p)
	}
}
