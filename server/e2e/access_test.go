package e2e

import (
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var everyAccess = flag.Bool("access", false, "accessibility in both languages, all themes and sizes")

// A station is something a person can have before the eyes: a page, or what
// opens above it.
type station struct {
	name string
	open func(d *device)
	done func(d *device) // leaves it as it was found; nil: nothing to leave
}

// at is the station of an address, once it shows something.
func at(name, path, shows string) station {
	return station{name: name, open: func(d *device) { d.stand(path, shows) }}
}

// above is the station of what a control opens on a page; Escape closes it.
func above(name, path, opener, opened string, more ...string) station {
	return station{
		name: name,
		open: func(d *device) {
			d.stand(path, opener)
			d.click(opener)
			d.wait(name, fmt.Sprintf(`document.querySelector(%q)`, opened))
			for _, c := range more {
				d.click(c)
			}
			d.drawn()
		},
		done: func(d *device) {
			d.key(kb.Escape)
			d.wait("the end of "+name, `!document.querySelector("[role=dialog]")`)
		},
	}
}

// chosenAnd is what may be done to clients that are chosen.
func chosenAnd(name, what string) station {
	return station{name, func(d *device) {
		d.stand("/clients?filtre=start", ".cl-row .tick")
		d.click(".cl-row .tick")
		d.wait("what to do with them", `document.querySelector(".actbar")`)
		d.tap(name, `[...document.querySelectorAll(".cl-acts button")].find(b => /^(`+what+`)$/.test(b.innerText.trim()))`)
		d.wait(name, `document.querySelector("#bulk-sheet")`)
		d.drawn()
	}, func(d *device) {
		d.key(kb.Escape)
		d.wait("the end of "+name, `!document.querySelector("#bulk-sheet")`)
		d.click(".actbar .btn.icon")
		d.wait("nobody chosen", `!document.querySelector(".actbar")`)
	}}
}

// stand follows an address unless one stands there, and waits for the whole of
// it.
func (d *device) stand(path, shows string) {
	d.t.Helper()
	if eval[string](d, `location.pathname + location.search`) != path {
		d.follow(path)
	}
	d.wait(shows+" on "+path, bySelector(shows))
	d.drawn()
}

// drawn waits until nothing more is on its way: the parts below the first
// screen, the charts, what moves. Messages, which stay eight seconds, are put
// out of the way: TestAccess looks at one by itself.
func (d *device) drawn() {
	d.t.Helper()
	d.wait("the whole page", `document.querySelectorAll(".snack").forEach(s => s.hidden = true) || !document.querySelector(".skel,.waiting,#content [aria-busy=true]") && document.fonts.status === "loaded"`)
	eval[bool](d, `new Promise(ok => {
		let n = -1, same = 0;
		const look = () => {
			const now = document.body.innerHTML.length;
			same = now === n && !document.getAnimations().some(a => a.playState === "running") ? same + 1 : 0;
			n = now;
			same > 2 ? ok(true) : setTimeout(look, 40);
		};
		look();
	})`)
}

// stations are what a rep sees, the client being the address of a sheet.
func stations(client string) []station {
	const charts = "main .chart-d svg"
	all := []station{
		at("today", "/", ".brief .hd"),
		at("clients", "/clients?filtre=start", ".cl-row .c-name a"),
		at("clients, potential by realised", "/clients?vue=pr", ".cl-board"),
		{"clients chosen", func(d *device) {
			d.stand("/clients?filtre=start", ".cl-row .tick")
			d.click(".cl-row .tick")
			d.wait("what to do with them", `document.querySelector(".actbar")`)
			d.drawn()
		}, func(d *device) {
			d.click(".actbar .btn.icon")
			d.wait("nobody chosen", `!document.querySelector(".actbar")`)
		}},
		chosenAnd("a tag for clients", "Étiqueter|Tag"),
		chosenAnd("an objective for clients", "Fixer un objectif|Set an objective"),
		at("clients, nobody found", "/clients?q=zzz", ".card.empty"),
		above("a new client", "/clients", "[aria-label='Ajouter un client'],[aria-label='Add a client']", "#new-sheet"),
		at("a client", client, "#fc-fields input"),
		above("why a score", client, ".fc-score .figb", "#why .why-s"),
		{"why a score, in full", func(d *device) {
			d.stand(client, ".fc-score .figb")
			d.click(".fc-score .figb")
			d.wait("the reasons", `document.querySelector("#why .why-s")`)
			for d.drawn(); d.count("#why [aria-expanded=false]:not([data-seen])") > 0; d.drawn() { // one may close another
				eval[bool](d, `(e => (e.dataset.seen = 1, e.click(), true))(document.querySelector("#why [aria-expanded=false]:not([data-seen])"))`)
			}
		}, func(d *device) {
			d.key(kb.Escape)
			d.wait("the end of the reasons", `!document.querySelector("#why")`)
		}},
		above("noting a visit", client, "#log-new", "#logsheet .outc"),
		above("noting a fact", client, "#fc-facts .fc-add", "#form-sheet form", ".ff-more"),
		{"a decision on a class", func(d *device) {
			d.stand(client, ".fs-dec")
			d.click(".fs-dec")
			d.wait("the form", `document.querySelector(".fc-form")`)
			d.drawn()
		}, func(d *device) { d.click(".fs-dec[aria-expanded=true]") }},
		at("portfolio", "/portefeuille", charts),
		at("maturity", "/portefeuille/maturite", charts),
		at("weight", "/portefeuille/poids", charts),
		at("contacts", "/portefeuille/contacts", charts),
		at("potential", "/portefeuille/potentiel", charts),
		at("weight of a family, the year before", "/portefeuille/poids?famille=LAV&periode=n-1", charts),
		// The screens of the plan: a line each.
		at("import", "/importer", "#import-file + *, .drop"),
		at("journal", "/journal", "#content .card"),
		at("what was replaced", "/journal/remplacees", "#content *"),
		at("settings", "/reglages", ".dl dt"),
		at("rules", "/reglages/regles", "#content .card"),
		above("the menu", "/", "#me-rail,.tabbar button", "#menu"),
		{"the keys", func(d *device) {
			d.stand("/", ".brief .hd")
			d.key("?")
			d.wait("the keys", `document.querySelector("#keys")`)
			d.drawn()
		}, func(d *device) {
			d.key(kb.Escape)
			d.wait("the end of the keys", `!document.querySelector("#keys")`)
		}},
		at("nowhere", "/nulle-part", "#content *"),
		{"what follows a visit", func(d *device) {
			d.stand("/", "#log .outc")
			d.click("#log .outc button")
			d.wait("the visit kept", `document.querySelector("#log .kept") && document.querySelector(".snack")`)
			d.drawn()
		}, func(d *device) {
			d.tap("undo", `[...document.querySelectorAll("#log .kept button")].find(b => /Annuler|Undo/.test(b.textContent))`)
			d.wait("the bar again", `document.querySelector("#log .outc") && !document.querySelector("#log .kept")`)
		}},
		{"tables for charts", func(d *device) {
			d.stand("/portefeuille/contacts", charts)
			eval[bool](d, `(document.querySelectorAll("main .chart-f button[aria-pressed=false]").forEach(b => b.click()), true)`)
			d.wait("the tables", `!document.querySelector("main .chart-d svg")`)
			d.drawn()
		}, func(d *device) {
			eval[bool](d, `(document.querySelectorAll("main .chart-f button[aria-pressed=true]").forEach(b => b.click()), true)`)
			d.wait("the charts", `document.querySelector("main .chart-d svg")`)
		}},
	}
	forms := [][3]string{{"person", "Ajouter une personne", "Add a person"}, {"promise", "Nouvelle promesse", "New promise"}}
	if *everyAccess {
		forms = append(forms, [][3]string{{"potential", "Noter une fourchette", "Note a bracket"}, {"competitor", "Noter un concurrent", "Note a competitor"},
			{"need", "Noter un besoin", "Note a need"}, {"project", "Ouvrir un projet", "Open a project"}, {"tool", "Noter un outil", "Note a tool"},
			{"service", "Noter un incident", "Note an incident"}, {"contract", "Noter un contrat", "Note a contract"}}...)
	}
	for _, form := range forms {
		f := form[0]
		all = append(all, station{"the form of a " + f, func(d *device) {
			d.stand(client, "main .fc-add")
			d.tap("the form of a "+f, fmt.Sprintf(`[...document.querySelectorAll("main .fc-add")].find(b => [%q, %q].includes(b.innerText.trim()))`, form[1], form[2]))
			d.wait("the form", `document.querySelector("#form-sheet form")`)
			d.tap("the rest of the form", `document.querySelector("#form-sheet .ff-more")`)
			d.drawn()
		}, func(d *device) {
			d.key(kb.Escape)
			d.wait("the end of the form", `!document.querySelector("#form-sheet")`)
		}})
	}
	return all
}

// atEach inspects each station, as a test of its own.
func (d *device) atEach(t *testing.T, axe string, all ...station) {
	for _, s := range all {
		d.sub(t, s.name, func() {
			s.open(d)
			d.inspect(axe, s.name)
			if s.done != nil {
				s.done(d)
			}
		})
	}
}

// sub is a test within a test, on the same device.
func (d *device) sub(t *testing.T, name string, f func()) {
	t.Run(name, func(t *testing.T) {
		defer func(was *testing.T) { d.t = was }(d.t)
		d.t = t
		f()
	})
}

// axeSource is axe-core, unpacked.
func axeSource(t *testing.T) string {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "axe.min.js.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// axe runs the rules of WCAG 2.2, A and AA, and the best practices over a part
// of the page; only some rules when they are named. The source is evaluated: the
// content policy refuses a script that is put in the page.
//
// Two things are left out. What is partly under a bar that stays in place is not
// small: it comes out by scrolling (2.5.8 is of the target, not of what slides
// over it). And axe wants the words of a link to be in its name as they
// stand (2.5.3); the marks of a drawing hold its figures, which their name says
// in a sentence, and no label.
func (d *device) axe(source, where, in string, rules ...string) {
	d.t.Helper()
	if !eval[bool](d, `"axe" in window`) {
		eval[bool](d, source+"\n;true")
	}
	only := `{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}`
	if len(rules) > 0 {
		only = fmt.Sprintf(`{type: "rule", values: ["%s"]}`, strings.Join(rules, `","`))
	}
	found := eval[[]string](d, fmt.Sprintf(`axe.run(%q, {runOnly: %s, resultTypes: ["violations"], iframes: false}).then(r => r.violations.map(v => {
		const nodes = v.nodes.filter(n => {
			const e = document.querySelector(n.target.at(-1));
			return v.id === "label-content-name-mismatch" ? !e.matches("g.mark,.board a") : v.id !== "target-size" || !access.under(e);
		});
		return nodes.length && v.id + ": " + v.help + nodes.slice(0, 8).map(n => "\n\t\t" + n.target.join(" ") + "  " + n.html.slice(0, 200) + "\n\t\t\t" + (n.failureSummary || "").replace(/\s*\n\s*/g, " ").slice(0, 300)).join("") + (nodes.length > 8 ? "\n\t\tand " + (nodes.length - 8) + " more" : "");
	}).filter(x => x))`, in, only))
	if len(found) > 0 {
		d.t.Errorf("%s: %s:\n\t%s", d.name, where, strings.Join(found, "\n\t"))
	}
}

// ask puts a question of accessJS and fails for each answer.
func (d *device) ask(where, question string) {
	d.t.Helper()
	if bad := eval[[]string](d, "access."+question); len(bad) > 0 {
		d.t.Errorf("%s: %s: %s:\n\t%s", d.name, where, question, strings.Join(bad, "\n\t"))
	}
}

// drawings fails for a chart without a name or without its table, and says the
// names to whoever reads the log.
func (d *device) drawings(where string) {
	d.t.Helper()
	type drawing struct {
		Role, Name, Class, Where string
		Table, Chart             bool
	}
	for _, c := range eval[[]drawing](d, "access.charts()") {
		d.t.Logf("%s: %s “%s”", where, c.Role, c.Name)
		switch {
		case c.Role != "img" && c.Role != "group":
			d.t.Errorf("%s: a drawing in %q has the role %q", where, c.Where, c.Role)
		case len([]rune(c.Name)) < 4:
			d.t.Errorf("%s: a drawing in %q is called %q", where, c.Where, c.Name)
		case c.Chart && !c.Table:
			d.t.Errorf("%s: the chart “%s” has no table beside it", where, c.Name)
		}
	}
}

// stride is how often Tab is pressed between two looks at what was found.
const stride = 8

// walkKeys presses Tab all around: everything is reached, seen, shown to have
// the focus, and let go.
func (d *device) walkKeys(where string) {
	d.t.Helper()
	n, bad, ended := eval[int](d, "access.walk()"), map[string]bool{}, false
	for i := 0; i < 3*n+600 && !ended; i += stride {
		for range stride {
			if _, err := chromedp.Call(d.ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "Tab", Code: "Tab", WindowsVirtualKeyCode: 9}); err != nil {
				d.t.Fatal(err)
			}
		}
		ended = eval[bool](d, "access.walked()")
	}
	if !ended {
		bad["Tab does not come back"] = true
	}
	for _, m := range eval[[]string](d, "access.missed()") {
		bad["Tab does not reach "+m] = true
	}
	for _, b := range eval[[]string](d, "access.again()") {
		bad[b] = true
	}
	for b := range bad {
		d.t.Errorf("%s: %s", where, b)
	}
	if d.key(kb.Shift + kb.Tab); n > 1 && eval[bool](d, `document.activeElement === document.body`) {
		d.key(kb.Shift + kb.Tab)
	}
}

// toggles presses Enter on everything that opens, closes or is pressed: the
// focus is not lost, and comes back from what opened.
func (d *device) toggles(where string) {
	d.t.Helper()
	n := eval[int](d, "access.toggles()")
	for i := range n {
		if eval[string](d, fmt.Sprintf("access.take(%d)", i)) == "" {
			break
		}
		path := eval[string](d, "location.href")
		for range 2 {
			d.key(kb.Enter)
			time.Sleep(60 * time.Millisecond)
			d.drawn()
			switch at := eval[string](d, "access.after()"); at {
			case "":
			case "dialog":
				d.key(kb.Escape)
				d.wait("the end of what opened", `!document.querySelector("[role=dialog]")`)
				if at := eval[string](d, "access.after()"); at != "" {
					d.t.Errorf("%s: the focus is %s, once it is closed", where, at)
				}
			default:
				d.t.Errorf("%s: the focus is %s", where, at)
			}
			if eval[string](d, "location.href") != path {
				return // it was a way to another page
			}
		}
	}
}

// fitsText fails for text that is cut, covered or out of the window. Short says
// that a name too long may end in an ellipsis.
func (d *device) fitsText(where string, short bool) {
	d.t.Helper()
	d.ask(where, "wide()")
	d.ask(where, fmt.Sprintf("cut(%t)", short))
	d.ask(where, "over()")
}

func (d *device) textSize(percent string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(localStorage.setItem("sillon.text", %q), sillonTheme.apply(), true)`, percent))
}

// media tells the page what its reader asks of the browser: "prefers-reduced-motion", "reduce".
func (d *device) media(features ...string) {
	d.t.Helper()
	p := emulation.SetEmulatedMediaParams{}
	for i := 0; i+1 < len(features); i += 2 {
		p.Features = append(p.Features, &emulation.MediaFeature{Name: features[i], Value: features[i+1]})
	}
	if _, err := chromedp.Call(d.ctx, emulation.SetEmulatedMedia, p); err != nil {
		d.t.Fatal(err)
	}
}

// focused waits until something has the focus, which e is in the condition.
func (d *device) focused(what, condition string) {
	d.t.Helper()
	d.wait("the focus on "+what, fmt.Sprintf(`(e => e && e !== document.body && (%s))(document.activeElement)`, condition))
}

// focus puts the focus on the first visible element of a selector, as Tab would:
// that Tab reaches it is what walkKeys tells.
func (d *device) focus(selector string) {
	d.t.Helper()
	d.wait(selector, bySelector(selector))
	eval[bool](d, fmt.Sprintf(`(%s.focus(), true)`, bySelector(selector)))
	d.focused(selector, fmt.Sprintf(`e.matches(%q)`, selector))
}

// enterByKeys signs in without a pointer.
func (d *device) enterByKeys(login, password string) {
	d.t.Helper()
	tabTo := func(id string) {
		for range 12 {
			if eval[bool](d, fmt.Sprintf(`document.activeElement.id === %q`, id)) {
				return
			}
			d.key(kb.Tab)
		}
		d.fail("Tab to "+id, errNot)
	}
	tabTo("login")
	d.key(login)
	tabTo("password")
	d.key(password)
	d.key(kb.Enter)
	d.waitChip("À jour")
	d.settled()
}

// byKeys does with the keyboard what is done with a finger.
func (d *device) byKeys(t *testing.T, client string) {
	d.sub(t, "the skip link", func() {
		d.visit("/portefeuille")
		d.stand("/portefeuille", "main .chart-d svg")
		d.key(kb.Tab)
		d.focused("the skip link", `e.matches(".skip") && e.getBoundingClientRect().left >= 0`)
		d.key(kb.Enter)
		d.key(kb.Tab)
		d.focused("the content", `e.closest("main")`)
	})
	d.sub(t, "the cuts of ABC", func() {
		d.stand("/portefeuille/poids", "#wt-cuts .grip")
		d.focus("#wt-cuts .grip")
		was, title := eval[int](d, `+document.activeElement.getAttribute("aria-valuenow")`), d.text("#wt-q")
		d.key(kb.ArrowRight)
		d.key(kb.ArrowRight)
		d.focused("the cut, two clients on", fmt.Sprintf(`e.matches(".grip") && +e.getAttribute("aria-valuenow") === %d`, was+2))
		d.wait("the finding of the cut", fmt.Sprintf(`document.querySelector("#wt-q").innerText%s !== %q`, plainJS, title))
		if !eval[bool](d, `(e => e.getAttribute("aria-label") && (e.getAttribute("aria-valuetext") || e.getAttribute("aria-valuenow")))(document.activeElement) !== null`) {
			d.t.Error("a cut says neither its name nor its value")
		}
		d.key(kb.ArrowLeft)
		d.key(kb.ArrowLeft)
		d.focused("the cut, back", fmt.Sprintf(`e.matches(".grip") && +e.getAttribute("aria-valuenow") === %d`, was))
	})
	d.sub(t, "a choice among several", func() {
		d.stand("/clients", ".cl-row .c-name a")
		d.focus("#view-")
		d.key(kb.ArrowRight)
		d.focused("the other view", `e.id === "view-pr"`)
		d.wait("the board", `document.querySelector(".cl-board")`)
		d.key(kb.ArrowLeft)
		d.focused("the list", `e.id === "view-"`)
	})
	d.sub(t, "a column", func() {
		d.stand("/clients", ".cl-head button")
		d.tapByKey(`[...document.querySelectorAll(".cl-head button")].find(b => b.textContent.startsWith("CA"))`)
		d.wait("the order", `location.search.includes("tri=sales")`)
		d.drawn()
		d.focused("the column", `e.closest(".cl-head")`)
	})
	d.sub(t, "the rows", func() {
		d.stand("/clients", ".cl-row .c-name a")
		d.key("j")
		d.key("j")
		d.focused("the second row", `e.id === "row-1"`)
		for range 40 {
			d.key(kb.Tab)
			if !eval[bool](d, `!!document.activeElement.closest(".cl-row")`) {
				d.t.Fatalf("going down the list, the focus is on %s", eval[string](d, `access.name(document.activeElement)`))
			}
		}
		// a row has its box, its name and why its score
		if row := eval[int](d, `document.activeElement.closest(".cl-row").getAttribute("aria-rowindex") - 2`); row < 12 {
			d.t.Errorf("forty stops below row 1, three a row, the focus is on row %d", row)
		}
		for range 2 {
			if !eval[bool](d, `document.activeElement.matches(".c-name a")`) {
				d.key(kb.Tab)
			}
		}
		d.key(kb.Enter)
		d.wait("a sheet", `location.pathname.startsWith("/clients/")`)
		d.focused("its title", `e.id === "title"`)
	})
	d.sub(t, "a mark, its table, and back", func() {
		d.stand("/portefeuille/contacts", "main .chart-d svg")
		d.focus("main .chart-f button")
		d.key(" ")
		d.wait("the table", `document.querySelector("main .tblw table")`)
		d.focused("the same button", `e.matches(".chart-f button[aria-pressed=true]")`)
		d.key(" ")
		d.drawn()
		d.focus("main .mark[data-go][tabindex='0']")
		to := eval[string](d, `document.activeElement.dataset.go`)
		d.key(kb.Enter)
		d.wait("the list behind the mark", fmt.Sprintf(`location.pathname + location.search === %q`, to))
		eval[bool](d, `(history.back(), true)`)
		d.wait("the tab again", `location.pathname === "/portefeuille/contacts"`)
	})
	d.sub(t, "why, tried and closed", func() {
		d.stand(client, ".fc-score .figb")
		d.focus(".fc-score .figb")
		d.key(kb.Enter)
		d.focused("the sheet", `e.closest("#why")`)
		d.wait("the reasons", `document.querySelector("#why .why-s")`)
		if d.count("#why .why-t [aria-expanded]") > 0 {
			d.focus("#why .why-t [aria-expanded]")
			d.key(kb.Enter)
			d.focus("#why-range")
			was := d.text("#why .why-try")
			d.key(kb.ArrowRight)
			d.key(kb.ArrowRight)
			d.wait("what it would be", fmt.Sprintf(`document.querySelector("#why .why-try").innerText%s !== %q`, plainJS, was))
			d.focused("the value tried", `e.id === "why-range"`)
		}
		d.key(kb.Escape)
		d.focused("the figure again", `e.matches(".fc-score .figb")`)
	})
	d.sub(t, "a visit noted and taken back", func() {
		d.stand("/", "#log .outc button")
		d.focus("#log .outc button")
		d.key(kb.Enter)
		d.wait("the visit kept", `document.querySelector("#log .kept")`)
		d.focused("what comes next", `e.closest("#log")`)
		d.tapByKey(`[...document.querySelectorAll("#log .kept button")].find(b => b.textContent.includes("Annuler"))`)
		d.wait("the bar again", `document.querySelector("#log .outc") && !document.querySelector("#log .kept")`)
		d.focused("what is left", `e.closest("main")`)
	})
	d.sub(t, "a form on the sheet", func() {
		d.stand(client, ".fs-dec")
		d.focus(".fs-dec")
		d.key(kb.Enter)
		d.wait("the form", `document.querySelector(".fc-form")`)
		d.drawn()
		d.focused("the form or its button", `e.closest(".fc-form") || e.matches(".fs-dec")`)
		d.focus(".fs-dec[aria-expanded=true]")
		d.key(kb.Enter)
		d.wait("the form closed", `!document.querySelector(".fc-form")`)
	})
	d.sub(t, "the menu and the theme", func() {
		d.stand("/", "#me-rail")
		d.focus("#me-rail")
		d.key(kb.Enter)
		d.focused("the menu", `e.closest("#menu")`)
		d.focus("#menu [aria-label='Thème'] [aria-pressed=true]")
		was := eval[string](d, `document.activeElement.id`)
		d.key(kb.ArrowRight)
		d.focused("the next theme", fmt.Sprintf(`e.closest("#menu") && e.id !== %q && e.getAttribute("aria-pressed") === "true"`, was))
		d.key(kb.ArrowLeft)
		d.key(kb.Escape)
		d.focused("the avatar", `e.id === "me-rail"`)
	})
}

// tapByKey presses Enter on what a script finds.
func (d *device) tapByKey(find string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(%s.focus(), true)`, find))
	d.key(kb.Enter)
}

// inspect looks at what stands before the eyes in every way, and leaves the
// device as it was.
func (d *device) inspect(axe, where string) {
	d.t.Helper()
	in := "html"
	if d.count("[role=dialog]") > 0 {
		in = "[role=dialog]" // the page under it has been looked at
	}
	d.axe(axe, where, in)
	d.ask(where, "unreachable()")
	d.ask(where, "moves()")
	d.drawings(where)
	d.theme("dark")
	d.drawn()
	d.axe(axe, where+", dark", in, "color-contrast", "link-in-text-block")
	if *everyAccess {
		d.theme("sun")
		d.drawn()
		d.axe(axe, where+", sun", in, "color-contrast", "link-in-text-block")
	}
	d.theme("light")
	d.walkKeys(where)

	// 320 CSS pixels: 1,280 enlarged four times.
	d.size(320, 640)
	d.fitsText(where+" at 320 px", true)
	d.textSize("200")
	for _, w := range []int{390, 820, 1180} {
		if w == 390 || *everyAccess {
			d.size(w, 844)
			d.fitsText(fmt.Sprintf("%s at 200 %%, %d px", where, w), false)
		}
	}
	d.textSize("100")
	d.size(1180, 820)
	if *everyAccess {
		d.media("prefers-reduced-motion", "reduce", "forced-colors", "active")
		d.ask(where+" in forced colours", "shapeless()")
		d.media("prefers-reduced-motion", "reduce")
	}
}

// TestAccess is what issue and law ask of every screen: axe-core without a
// violation, a way by keys to everything, 320 pixels, text at 200 %, no motion
// for who wants none, shapes in forced colours, drawings that can be read.
// With -access (make access) in both languages, all themes and sizes, all forms.
func TestAccess(t *testing.T) {
	axe := axeSource(t)
	office := startDemo(t)
	open := func(s *server, who string) *device {
		d := tablet(t, s, who)
		d.onEveryPage(accessJS)
		d.media("prefers-reduced-motion", "reduce")
		return d
	}
	maelle := open(office, "maelle")
	now := func(name string) station { return station{name: name, open: (*device).drawn} }
	maelle.visit("/")
	maelle.wait("the sign-in", `document.querySelector("#login")`)
	maelle.atEach(t, axe, now("the sign-in"))
	maelle.visit("/")
	maelle.wait("the sign-in", `document.querySelector("#login")`)
	maelle.enterByKeys("maelle", demoPassword)
	maelle.follow("/clients")
	one := maelle.rows()[0].Path
	maelle.byKeys(t, one)
	maelle.sub(t, "a message", func() {
		maelle.stand("/", "#log .outc button")
		maelle.click("#log .outc button")
		maelle.wait("the message", `document.querySelector("#log .kept") && document.querySelector(".snack") && (document.querySelector(".snack").hidden = false, true)`)
		maelle.axe(axe, "a message", ".snack")
		maelle.tap("undo", `[...document.querySelectorAll("#log .kept button")].find(b => b.textContent.includes("Annuler"))`)
		maelle.wait("the bar again", `document.querySelector("#log .outc") && !document.querySelector("#log .kept")`)
	})
	maelle.atEach(t, axe, stations(one)...)
	if *everyAccess {
		for _, s := range stations(one) {
			if s.done == nil {
				maelle.sub(t, "what opens on "+s.name, func() { s.open(maelle); maelle.toggles(s.name) })
			}
		}
		maelle.speak("en")
		t.Run("en", func(t *testing.T) { maelle.atEach(t, axe, stations(one)...) })
		maelle.speak("fr")
	}

	// What a file has become, and what waits to leave.
	maelle.give(frenchFile(t, frenchClients(30)))
	maelle.checked()
	maelle.atEach(t, axe, now("the columns of a file"))
	maelle.bring()
	maelle.atEach(t, axe, now("a file brought in"))
	maelle.waitChip("À jour")
	office.kill()
	maelle.follow("/")
	maelle.logHere("Absent")
	maelle.atEach(t, axe, at("a journal with something in it", "/journal", ".jr"))
	maelle.clean()
	maelle.close()
	office = office.again(t)

	nathalie := open(office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	nathalie.atEach(t, axe, at("the team", "/equipe", ".team-lay .card"), at("a client of a rep", one, "#fc-fields input"))
	nathalie.clean()
	nathalie.close()

	// Nobody yet, then nobody's client.
	fresh := start(t, binary(t), "serve", freeAddr(t), t.TempDir())
	boss := open(fresh, "the founder")
	boss.visit(regexp.MustCompile(`http://\S+/setup\?token=\S+`).FindString(fresh.out.String()))
	boss.wait("the setting up", `document.querySelector("#org")`)
	boss.atEach(t, axe, now("the setting up"))
	boss.fill("#org", "Kerouan Fournitures")
	boss.fill("#name", "Mona Kerouan")
	boss.fill("#login", "mona@example.com")
	boss.fill("#password", "une phrase assez longue")
	boss.click("form button[type=submit]")
	boss.waitChip("À jour")
	boss.settled()
	boss.atEach(t, axe, now("the first run"))
	boss.clickText("Essayer avec un exemple")
	boss.intoExample()
	boss.atEach(t, axe, at("the example", "/", ".demo-band"), above("leaving the example", "/", "#demo-erase", "[role=dialog]"))
	boss.clean()
}

// speak changes the language as the menu does.
func (d *device) speak(lang string) {
	d.t.Helper()
	eval[bool](d, fmt.Sprintf(`(localStorage.setItem("sillon.lang", %q), true)`, lang))
	d.visit("/clients")
	d.settled()
}
