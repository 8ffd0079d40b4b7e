package e2e

import (
	"bytes"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// maxPicture is the most a committed picture may weigh.
const maxPicture = 150_000

// picture writes what the screen shows into docs/screens.
func (d *device) picture(name string) {
	d.t.Helper()
	d.wait("the page", `document.querySelector("#login") || document.querySelector("#content") && !document.querySelector("#content .skel")`)
	time.Sleep(600 * time.Millisecond) // the last transition
	shot, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		d.t.Fatal(err)
	}
	var b bytes.Buffer
	for q := 88; q >= 50; q -= 6 {
		b.Reset()
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: q}); err != nil {
			d.t.Fatal(err)
		}
		if b.Len() <= maxPicture {
			break
		}
	}
	if b.Len() > maxPicture {
		d.t.Errorf("%s weighs %d bytes", name, b.Len())
	}
	if err := os.WriteFile(filepath.Join(root(), "docs", "screens", name+".jpg"), b.Bytes(), 0o644); err != nil {
		d.t.Fatal(err)
	}
}

// TestScreens takes the pictures of docs/screens: the demonstration on every
// screen, Today in every format and theme, and the year of real orders when it
// is there.
func TestScreens(t *testing.T) {
	if !*screens {
		t.Skip("takes pictures with -screens: make screens")
	}
	if err := os.MkdirAll(filepath.Join(root(), "docs", "screens"), 0o755); err != nil {
		t.Fatal(err)
	}
	office := startDemo(t)
	d := tablet(t, office, "maelle")
	d.size(1180, 820)
	d.visit("/")
	d.wait("the sign-in", `document.querySelector("#login")`)
	d.picture("sign-in")
	d.signIn("maelle", demoPassword)
	for _, p := range []struct{ path, name string }{
		{"/", "today"}, {"/clients", "clients"}, {"/portefeuille", "portfolio"}, {"/importer", "import"}, {"/journal", "journal"}, {"/reglages", "settings"},
	} {
		d.follow(p.path)
		d.picture(p.name)
	}
	d.follow("/clients")
	d.fill("#q", "ecluse")
	d.wait("the client", `document.querySelectorAll(".cl-row .c-name a").length === 1`)
	sheet := d.rows()[0].Path
	d.follow(sheet)
	d.picture("client")
	for _, f := range []struct {
		name string
		w, h int
	}{{"portrait", 820, 1180}, {"phone", 390, 844}, {"desktop", 1440, 900}} {
		d.size(f.w, f.h)
		d.follow("/")
		d.picture("today-" + f.name)
	}
	d.size(1180, 820)
	eval[bool](d, `(localStorage.setItem("sillon.theme", "dark"), sillonTheme.apply(), true)`)
	for _, p := range []struct{ path, name string }{{"/", "today-dark"}, {"/portefeuille", "portfolio-dark"}, {sheet, "client-dark"}} {
		d.follow(p.path)
		d.picture(p.name)
	}
	n := tablet(t, office, "nathalie")
	n.size(1180, 820)
	n.signIn("nathalie", demoPassword)
	n.follow("/equipe")
	n.picture("team")
}
