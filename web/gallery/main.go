// Command gallery writes one page with every chart of the product, in its
// states, in the light and the dark theme, with the sentence a screen reader
// says and the table behind. Run it at the top of the module:
//
//	go run ./web/gallery            bin/charts.html
//	go run ./web/gallery -o x.html  elsewhere, beside the folder web
//
// The page needs no server: it holds the style sheets, and the font is read
// from web/fonts.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"log"
	"os"
	"path/filepath"
	"strings"

	"sillon/engine/chart"
	"sillon/engine/chart/sample"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("web/gallery: ")
	out := flag.String("o", filepath.Join("bin", "charts.html"), "`file` to write")
	only := flag.String("only", "", "comma-separated `names` of sections; empty: all")
	flag.Parse()
	if err := run(*out, *only); err != nil {
		log.Fatal(err)
	}
}

func run(out, only string) error {
	var css []byte
	for _, name := range []string{"tokens.css", "ui.css", "app.css"} {
		b, err := os.ReadFile(filepath.Join("web", "css", name))
		if err != nil {
			return fmt.Errorf("run me at the top of the module: %w", err)
		}
		css = append(css, b...)
	}
	fonts, err := filepath.Abs(filepath.Join("web", "fonts"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(out, page(sections(only), bytes.ReplaceAll(css, []byte(`url("/fonts/`), []byte(`url("file://`+filepath.ToSlash(fonts)+`/`))), 0o644); err != nil {
		return err
	}
	fmt.Println(out)
	return nil
}

// sections are all of them, or those named.
func sections(only string) []sample.Section {
	if only == "" {
		return sample.All()
	}
	var some []sample.Section
	for _, s := range sample.All() {
		for name := range strings.SplitSeq(only, ",") {
			if name == s.ID {
				some = append(some, s)
			}
		}
	}
	return some
}

const style = `body{display:block;background:var(--bg)}h1{font-size:26px;padding:20px 24px 0}nav{padding:8px 24px 16px;columns:5 180px;font-size:13px}nav a{display:block;line-height:22px}
.gal{padding:16px 24px;border-top:1px solid var(--border)}.gal>h2{font-size:17px;margin-bottom:10px}.gal>h2 small{font-weight:400;color:var(--text-3);margin-left:8px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:16px}.side{background:var(--bg);color:var(--text);padding:12px;border-radius:16px;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}
.side .card{overflow-x:auto;max-width:100%}.say{font-size:12px;color:var(--text-2);margin-top:8px;max-width:60ch}.gal details{margin-top:8px;font-size:13px}.gal details table{width:auto;border-collapse:collapse}.gal details :is(td,th){padding:2px 12px 2px 0;text-align:left;height:auto;background:none;border-bottom:1px solid var(--grid)}
@media not all and (min-width:900px){.two{grid-template-columns:1fr}}
@media print{.two{grid-template-columns:1fr}.side[data-theme=dark],nav{display:none}.gal{break-inside:avoid}html{filter:grayscale(1)}}`

func page(all []sample.Section, css []byte) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!doctype html><html lang=fr data-theme=light><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>Sillon : les graphiques</title><style>%s%s</style><body><h1>Les graphiques</h1><nav>", css, style)
	for _, s := range all {
		fmt.Fprintf(&b, "<a href=\"#%s\">%s</a>", s.ID, html.EscapeString(s.Question))
	}
	b.WriteString("</nav>")
	for _, s := range all {
		fmt.Fprintf(&b, "<section class=gal id=%s><h2>%s<small>%s</small></h2><div class=two>", s.ID, html.EscapeString(s.Question), s.ID)
		for _, theme := range []string{"light", "dark"} {
			fmt.Fprintf(&b, "<div class=side data-theme=%s>", theme)
			for _, state := range s.States {
				fmt.Fprintf(&b, "<div class=card><div class=eyebrow>%s</div>%s<p class=say>%s</p></div>",
					html.EscapeString(state.Name), state.Picture.Draw(state.Width), html.EscapeString(state.Picture.Sentence()))
			}
			b.WriteString("</div>")
		}
		b.WriteString("</div>")
		table(&b, s.States[0].Picture.Table())
		b.WriteString("</section>")
	}
	return b.Bytes()
}

func table(b *bytes.Buffer, t chart.Table) {
	b.WriteString("<details><summary>Voir en tableau</summary><table><tr>")
	for _, h := range t.Head {
		fmt.Fprintf(b, "<th scope=col>%s", html.EscapeString(h))
	}
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			tag := "td"
			if i == 0 {
				tag = "th scope=row"
			}
			fmt.Fprintf(b, "<%s>%s", tag, html.EscapeString(cell))
		}
	}
	b.WriteString("</table></details>")
}
