package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// largestPicture is what a picture of docs/screens may weigh.
const largestPicture = 150_000

// photograph takes a picture of the page for docs/screens, once it has its
// content.
func (d *device) photograph(name string) {
	d.t.Helper()
	d.settled()
	d.picture(name)
}

func (d *device) picture(name string) {
	d.t.Helper()
	keepPicture(d.t, name, d.shot(name))
}

// shot is the page as it is, once it stands still.
func (d *device) shot(name string) image.Image {
	d.t.Helper()
	d.wait("the fonts", `document.fonts.status === "loaded"`)
	d.wait("no message", `!document.querySelector(".snack")`)
	eval[bool](d, `new Promise(ok => setTimeout(() => ok(true), 700))`) // what slides in has arrived
	shot, err := chromedp.Run(d.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		d.fail("photograph "+name, err)
	}
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		d.t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != d.w || b.Dy() != d.h {
		d.t.Fatalf("%s is %d×%d; want %d×%d", name, b.Dx(), b.Dy(), d.w, d.h)
	}
	return img
}

// keepPicture writes a picture of docs/screens, in as few colours as its limit
// of size asks for.
func keepPicture(t *testing.T, name string, img image.Image) {
	t.Helper()
	for _, n := range []int{256, 128, 64, 32, 16} {
		var out bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, fewer(img, n)); err != nil {
			t.Fatal(err)
		}
		if out.Len() > largestPicture {
			continue
		}
		if err := os.WriteFile(filepath.Join(root(), "docs", "screens", name+".png"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s.png: %d colours, %d kB", name, n, out.Len()/1000)
		return
	}
	t.Errorf("%s does not fit in %d bytes", name, largestPicture)
}

// fewer draws a picture with at most n colours, chosen by median cut.
func fewer(img image.Image, n int) *image.Paletted {
	b := img.Bounds()
	at := func(x, y int) [3]uint8 {
		r, g, bl, _ := img.At(x, y).RGBA()
		return [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(bl >> 8)}
	}
	weight := map[[3]uint8]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			weight[at(x, y)]++
		}
	}
	all := make([][3]uint8, 0, len(weight))
	for c := range weight {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b [3]uint8) int { return slices.Compare(a[:], b[:]) })

	boxes := [][][3]uint8{all}
	for len(boxes) < n {
		widest, span, channel := -1, 0, 0
		for i, box := range boxes {
			for c := range 3 {
				lo, hi := uint8(255), uint8(0)
				for _, x := range box {
					lo, hi = min(lo, x[c]), max(hi, x[c])
				}
				if s := int(hi) - int(lo); s > span {
					widest, span, channel = i, s, c
				}
			}
		}
		if widest < 0 {
			break // every colour has its own box
		}
		box := boxes[widest]
		slices.SortFunc(box, func(a, b [3]uint8) int { return int(a[channel]) - int(b[channel]) })
		lo, hi := int(box[0][channel]), int(box[len(box)-1][channel])
		cut := 1 // in the middle of the range: flat screens have few colours, and rare ones matter
		for cut < len(box)-1 && int(box[cut][channel]) <= (lo+hi)/2 {
			cut++
		}
		boxes[widest] = box[:cut]
		boxes = append(boxes, box[cut:])
	}

	palette := make(color.Palette, len(boxes))
	index := make(map[[3]uint8]uint8, len(all))
	for i, box := range boxes {
		best := box[0]
		for _, c := range box {
			index[c] = uint8(i)
			if weight[c] > weight[best] {
				best = c
			}
		}
		palette[i] = color.RGBA{best[0], best[1], best[2], 255} // a colour of the screen itself: flat areas keep theirs
	}
	out := image.NewPaletted(image.Rect(0, 0, b.Dx(), b.Dy()), palette)
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Pix[out.PixOffset(x, y)] = index[at(b.Min.X+x, b.Min.Y+y)]
		}
	}
	return out
}

// theme chooses the colours of the next pages.
func (d *device) theme(name string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(localStorage.setItem("sillon.theme", %q), sillonTheme.apply(), true)`, name))
}

// TestScreens takes the pictures of docs/screens again.
func TestScreens(t *testing.T) {
	if !*screens {
		t.Skip("only with -screens")
	}
	if err := os.MkdirAll(filepath.Join(root(), "docs", "screens"), 0o755); err != nil {
		t.Fatal(err)
	}
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.visit("/")
	maelle.wait("the sign-in", `document.querySelector("#login")`)
	maelle.picture("sign-in")
	maelle.signIn("maelle", demoPassword)

	maelle.follow("/clients")
	maelle.photograph("clients")
	maelle.follow("/clients?q=brasserie+ecluse")
	one := maelle.rows()[0]
	maelle.follow(one.Path)
	maelle.photograph("client")
	maelle.click(".fc-score .figb")
	maelle.wait("the reasons", `document.querySelector("#why .steps")`)
	maelle.photograph("why")
	maelle.click("#why .btn.icon")
	maelle.click("#log-new")
	maelle.wait("the form", `document.querySelector("#logsheet .outc")`)
	maelle.photograph("log")
	maelle.click("#logsheet .sheet-h .btn.icon")
	maelle.follow("/portefeuille")
	maelle.photograph("portfolio")
	for name, path := range map[string]string{"maturity": "maturite", "weight": "poids", "contacts": "contacts", "potential": "potentiel"} {
		maelle.follow("/portefeuille/" + path)
		maelle.wait("the charts of "+path, `document.querySelectorAll("main .card svg").length > 1`)
		maelle.photograph("portfolio-" + name)
	}
	maelle.follow("/reglages")
	maelle.photograph("settings")
	maelle.give(frenchFile(t, frenchClients(200)))
	maelle.checked()
	maelle.photograph("import")
	maelle.clickText("Retour")

	for _, v := range []struct {
		name string
		w, h int
	}{{"today-portrait", 820, 1180}, {"today-phone", 390, 844}, {"today-desktop", 1440, 900}, {"today", 1180, 820}} {
		maelle.size(v.w, v.h)
		maelle.visit("/")
		maelle.photograph(v.name)
		maelle.theme("dark")
		maelle.photograph(v.name + "-dark")
		maelle.theme("light")
	}
	for _, v := range []struct {
		name, path string
		w, h       int
	}{{"clients-phone", "/clients", 390, 844}, {"client-portrait", one.Path, 820, 1180}, {"portfolio-phone", "/portefeuille", 390, 844}} {
		maelle.size(v.w, v.h)
		maelle.visit(v.path)
		maelle.photograph(v.name)
	}
	maelle.size(1180, 820)
	for name, path := range map[string]string{"portfolio-dark": "/portefeuille", "client-dark": one.Path} {
		maelle.visit(path)
		maelle.settled()
		maelle.theme("dark")
		maelle.photograph(name)
		maelle.theme("light")
	}

	// The journal of a day without network.
	maelle.visit("/")
	maelle.settled()
	office.kill()
	for _, o := range []string{"Commande", "Avancée", "Absent"} {
		maelle.logHere(o)
		maelle.next()
	}
	maelle.follow("/journal")
	maelle.photograph("journal")

	office = office.again(t)
	maelle.waitChip("À jour")
	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	nathalie.follow("/equipe")
	nathalie.photograph("team")
}

// TestScreensOfTheWholesaler takes those of a year of real orders again, where
// they are: what one file tells of 4,383 shops, and what it cannot.
func TestScreensOfTheWholesaler(t *testing.T) {
	if !*screens {
		t.Skip("only with -screens")
	}
	w := setUpWholesaler(t)
	ada := w.rep
	ada.waitFor(5*patience, "everything sent", `document.querySelector(".sync .long").innerText.startsWith("Up to date")`)
	pictures := func(more string) {
		for _, v := range []struct{ name, path string }{{"portfolio", "/portefeuille"}, {"maturity", "/portefeuille/maturite"}, {"weight", "/portefeuille/poids"},
			{"contacts", "/portefeuille/contacts"}, {"potential", "/portefeuille/potentiel"}, {"clients", "/clients"}} {
			if more == "" || v.name == "weight" || v.name == "clients" {
				ada.follow(v.path)
				ada.photograph("wholesale-" + v.name + more)
			}
		}
		ada.follow("/clients?q=18102") // the largest: 4 % of the sales
		ada.follow(ada.rows()[0].Path)
		ada.photograph("wholesale-client" + more)
	}
	pictures("")
	ada.size(390, 844)
	pictures("-phone")
}
