package e2e

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestLook is for looking while building: SILLON_LOOK=URL of a running demo.
func TestLook(t *testing.T) {
	url := os.Getenv("SILLON_LOOK")
	if url == "" {
		t.Skip("SILLON_LOOK names no server")
	}
	d := newDevice(t)
	d.visit(url + "/")
	shot := func(name string) {
		eval[bool](d, `new Promise(ok => setTimeout(() => ok(true), 1500))`)
		b, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile("/tmp/look-"+name+".png", b, 0o600)
		t.Log(name, eval[string](d, `document.body.innerText.slice(0,300).replace(/\n+/g," | ") + JSON.stringify(window.__csp)`))
	}
	d.waitText("Se connecter")
	shot("0")
	d.fill(`input[autocomplete=username]`, "maelle")
	d.fill(`input[type=password]`, "sillon-demo")
	d.clickText("Se connecter")
	shot("1")
	shot("2")
	shot("3")
	shot("4")
	for _, p := range []string{"/clients", "/portefeuille", "/importer", "/reglages", "/journal"} {
		d.visit(url + p)
		shot(p[1:])
	}
}
