package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// narrow lists what a sheet of paper would show too small or cut: drawings that
// do not fill the card they stand in, leave the sheet, or are higher than it.
const narrow = `(() => {
	const out = [], cut = [];
	for (const s of document.querySelectorAll("main .chart-d > svg")) {
		const r = s.getBoundingClientRect(), box = s.parentElement.getBoundingClientRect();
		if (!r.width) continue;
		const name = (s.closest("section") || s).getAttribute("aria-label");
		if (r.width < .97 * box.width) out.push(name + ": " + Math.round(r.width) + " of " + Math.round(box.width));
		if (r.right > innerWidth + 1 || r.width < 190) out.push(name + ": from " + Math.round(r.left) + " to " + Math.round(r.right) + " of " + innerWidth);
		if (r.height > 980) out.push(name + ": " + Math.round(r.height) + " high");
	}
	return out;
})()`

// TestTheTabsArePrintedOnA4 prints each tab of a portfolio as a person does, on
// a tablet and on a phone: sheets of A4, numbered and dated, drawings as wide as
// their card. SILLON_PDF names a folder that keeps the sheets, to look at them.
func TestTheTabsArePrintedOnA4(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.onEveryPage(`window.print = () => { window.printed = (window.printed || 0) + 1 }`)
	maelle.signIn("maelle", demoPassword)
	yes := true
	for _, s := range []struct {
		path, in string
		w, h     int
	}{{"", "", 1180, 820}, {"/maturite", "", 1180, 820}, {"/poids", "", 1180, 820}, {"/contacts", "", 1180, 820}, {"/potentiel", "?periode=n-1", 1180, 820}, {"", "", 390, 844}, {"/contacts", "", 390, 844}} {
		where := fmt.Sprintf("/portefeuille%s at %d", s.path, s.w)
		maelle.size(s.w, s.h)
		maelle.follow("/portefeuille" + s.path + s.in)
		maelle.wait("the charts of "+where, `document.querySelectorAll("main .card svg").length > 1`)
		was := eval[int](maelle, `window.printed || 0`)
		screen := eval[int](maelle, `Math.round(document.querySelector("main .chart-d > svg").getBoundingClientRect().width)`)
		maelle.click(".pf-print")
		maelle.wait("the sheet of "+where, fmt.Sprintf(`window.printed > %d`, was))
		if _, err := chromedp.Call(maelle.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
			t.Fatal(err)
		}
		maelle.size(703, 1016)
		if bad := eval[[]string](maelle, narrow); len(bad) > 0 {
			t.Errorf("%s:\n\t%s", where, strings.Join(bad, "\n\t"))
		}
		if _, err := chromedp.Call(maelle.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}); err != nil {
			t.Fatal(err)
		}
		maelle.size(s.w, s.h)
		pdf, err := chromedp.Call(maelle.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: &yes, PrintBackground: &yes})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf.Data, -1)); n < 1 || n > 6 {
			t.Errorf("%s takes %d sheets", where, n)
		}
		for _, box := range regexp.MustCompile(`/MediaBox \[0 0 (\S+) (\S+)\]`).FindAllSubmatch(pdf.Data, -1) {
			if w, h := string(box[1]), string(box[2]); !strings.HasPrefix(w, "59") || !strings.HasPrefix(h, "84") {
				t.Errorf("%s: a sheet is %s × %s points", where, w, h)
			}
		}
		if foot := eval[string](maelle, `[...document.adoptedStyleSheets].flatMap(s => [...s.cssRules]).map(r => r.cssText).join("")`); !strings.Contains(foot, "données lues au") || !strings.Contains(foot, "règles") || !strings.Contains(foot, "counter(pages)") {
			t.Errorf("%s: the margins say %q", where, foot)
		}
		if dir := os.Getenv("SILLON_PDF"); dir != "" {
			name := strings.Trim(strings.ReplaceAll(fmt.Sprint(s.path, "-", s.w), "/", ""), "-")
			if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		eval[bool](maelle, `window.dispatchEvent(new Event("afterprint"))`)
		maelle.wait("the screen of "+where, fmt.Sprintf(`Math.abs(document.querySelector("main .chart-d > svg").getBoundingClientRect().width - %d) < 2`, screen))
	}
	maelle.clean()
}
