package e2e

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var (
	compared = flag.Bool("compare", false, "put the screens beside their mockups in docs/screens")
	mockups  = flag.String("mockups", "", "folder of the mockups, from the root of the repository")
)

// A likeness is a mockup and the way to the same screen of the product.
type likeness struct {
	mockup string
	w, h   int
	dark   bool
	paper  bool // the page as it is printed on A4
	reach  func(*device)
}

// theInn is the client that stands for the mockups' one: a restaurant in
// growth with a high potential.
const theInn = "brasserie+ecluse"

// sheet opens the sheet of the client that stands for the mockups' one.
func (d *device) sheet() {
	d.t.Helper()
	d.visit("/clients?q=" + theInn)
	d.settled()
	d.follow(d.rows()[0].Path)
	d.wait("the deep parts, read among the other clients", `document.querySelector("#fc-fields") && !document.querySelector("#content .fs-wait") && !document.querySelector("#fc-families").innerText.includes("sans les autres")`)
}

func tabOf(path string) func(*device) {
	return func(d *device) {
		d.visit("/portefeuille" + path)
		d.settled()
		d.wait("the charts of "+path, `document.querySelectorAll("main .card svg").length > 1`)
	}
}

var likenesses = []likeness{
	{mockup: "02-clients", w: 1180, h: 820, reach: func(d *device) {
		d.visit("/clients")
		d.settled()
		d.rows()
		d.wait("the risks", `document.querySelector(".cl-row .c-risk .rk")`)
		eval[bool](d, `([0, 3, 7].forEach(i => { const e = document.querySelectorAll(".cl-row")[i].querySelector("[role=checkbox],input[type=checkbox],.c-sel button,.cb"); if (e) e.click() }), true)`)
	}},
	{mockup: "02-clients-telephone", w: 390, h: 844, reach: func(d *device) { d.visit("/clients"); d.settled(); d.rows() }},
	{mockup: "03-fiche-client", w: 1180, h: 820, reach: (*device).sheet},
	{mockup: "03-fiche-client-complete", w: 1180, h: 1890, reach: (*device).sheet},
	{mockup: "03-fiche-client-portrait", w: 820, h: 1180, reach: (*device).sheet},
	{mockup: "03-fiche-engagement", w: 1180, h: 820, reach: func(d *device) {
		d.sheet()
		d.clickIn(".fc-tabs", "Engagement")
		d.wait("the engagement in sight", `(r => r.top >= 0 && r.top < 200)(document.querySelector("#fc-engagement").getBoundingClientRect())`)
	}},
	{mockup: "03-pourquoi", w: 1180, h: 820, reach: func(d *device) {
		d.sheet()
		d.click(`#fc-synthesis section[aria-label="Position P–R"] .fc-sum .figb:last-of-type`)
		d.wait("the reasons", `document.querySelector("#why .why-s")`)
	}},
	{mockup: "04-portefeuille", w: 1180, h: 820, reach: tabOf("")},
	{mockup: "04-portefeuille-maturite", w: 1180, h: 820, reach: tabOf("/maturite")},
	{mockup: "04-portefeuille-poids", w: 1180, h: 820, reach: func(d *device) {
		tabOf("/poids")(d)
		d.clickIn("#wt-set,.wt-h", "20 / 50 % clients")
		d.wait("the cuts by head", `/^3\d clients/.test(document.querySelector("#wt-q").innerText)`)
	}},
	{mockup: "04-portefeuille-contacts", w: 1180, h: 820, reach: tabOf("/contacts")},
	{mockup: "04-portefeuille-potentiel", w: 1180, h: 820, reach: tabOf("/potentiel")},
	{mockup: "04-portefeuille-sombre", w: 1180, h: 820, dark: true, reach: tabOf("")},
	{mockup: "05-plan-pac-imprime", w: 794, h: 1123, paper: true, reach: tabOf("/maturite")},
}

// TestCompare puts each screen beside the mockup of the same name, at its size
// and in its state, in docs/screens.
func TestCompare(t *testing.T) {
	if !*compared {
		t.Skip("only with -compare")
	}
	dir := filepath.Join(root(), *mockups)
	if filepath.IsAbs(*mockups) {
		dir = *mockups
	}
	if _, err := os.Stat(filepath.Join(dir, likenesses[0].mockup+".png")); *mockups == "" || err != nil {
		t.Skipf("no mockups in %q: name their folder, make compare MOCKUPS=…", *mockups)
	}
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	tabOf("/maturite")(maelle) // the whole portfolio is read: risks and openings are known from here on
	for _, l := range likenesses {
		t.Run(l.mockup, func(t *testing.T) {
			was := maelle.t
			maelle.t = t
			defer func() { maelle.t = was }()
			mockup, err := os.ReadFile(filepath.Join(dir, l.mockup+".png"))
			if err != nil {
				t.Skip(err)
			}
			left, err := png.Decode(bytes.NewReader(mockup))
			if err != nil {
				t.Fatal(err)
			}
			if b := left.Bounds(); b.Dx() != l.w || b.Dy() != l.h {
				t.Fatalf("the mockup is %d×%d, not %d×%d", b.Dx(), b.Dy(), l.w, l.h)
			}
			theme := "light"
			if l.dark {
				theme = "dark"
			}
			maelle.theme(theme)
			var right image.Image
			if l.paper {
				maelle.size(1180, 820)
				l.reach(maelle)
				right = maelle.paper(l.w, l.h)
			} else {
				maelle.size(l.w, l.h)
				l.reach(maelle)
				right = maelle.shot(l.mockup)
			}
			keepPicture(t, "compare-"+l.mockup, beside(left, right))
		})
	}
	maelle.theme("light")
	// What else is printed: the first sheet of each tab and of a client.
	for name, reach := range map[string]func(*device){"overview": tabOf(""), "weight": tabOf("/poids"), "contacts": tabOf("/contacts"), "potential": tabOf("/potentiel"), "client": (*device).sheet} {
		t.Run("paper-"+name, func(t *testing.T) {
			was := maelle.t
			maelle.t = t
			defer func() { maelle.t = was }()
			maelle.size(1180, 820)
			reach(maelle)
			keepPicture(t, "paper-"+name, maelle.paper(794, 1123))
		})
	}
}

// paper is the first A4 sheet of the page, at 96 points per inch: what its
// style of print makes of it between the margins.
func (d *device) paper(w, h int) image.Image {
	d.t.Helper()
	const margin = 45 // 12 mm
	media := func(name string) {
		if _, err := chromedp.Call(d.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name}); err != nil {
			d.fail("the style of "+name, err)
		}
	}
	media("print")
	was := [2]int{d.w, d.h}
	d.size(w-2*margin, h-2*margin)
	inside := d.shot("paper")
	media("")
	d.size(was[0], was[1])
	sheet := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(sheet, sheet.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(sheet, image.Rect(margin, margin, w-margin, h-margin), inside, inside.Bounds().Min, draw.Src)
	return sheet
}

// between separates a mockup from the product.
const between = 16

// beside puts two pictures of one size side by side.
func beside(a, b image.Image) image.Image {
	r := a.Bounds()
	both := image.NewRGBA(image.Rect(0, 0, 2*r.Dx()+between, r.Dy()))
	draw.Draw(both, both.Bounds(), image.NewUniform(color.RGBA{0xDD, 0xA6, 0x3A, 255}), image.Point{}, draw.Src)
	draw.Draw(both, image.Rect(0, 0, r.Dx(), r.Dy()), a, r.Min, draw.Src)
	draw.Draw(both, image.Rect(r.Dx()+between, 0, 2*r.Dx()+between, r.Dy()), b, b.Bounds().Min, draw.Src)
	return both
}
