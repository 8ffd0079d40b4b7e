package part

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

func byID(id string) app.Value {
	if !app.IsClient {
		return nil
	}
	el := app.Window().GetElementByID(id)
	if el == nil || !el.Truthy() {
		return nil
	}
	return el
}

// Width returns the inner width of an element, which charts are drawn for, in
// CSS pixels of the usual text size: at 200 % the style sheet enlarges a chart
// twice, so that half the width is left to draw on. fallback where there is no
// browser, or no such element yet.
func Width(id string, fallback int) int {
	el := byID(id)
	if el == nil {
		return fallback
	}
	w := el.Get("clientWidth").Int()
	style := app.Window().Call("getComputedStyle", el)
	for _, side := range []string{"paddingLeft", "paddingRight"} {
		px, _, _ := strings.Cut(style.Get(side).String(), "px")
		x, _ := strconv.ParseFloat(px, 64)
		w -= int(x + .5)
	}
	root := app.Window().Get("document").Get("documentElement").Get("style")
	text := root.Get("fontSize").String()
	if text == "" {
		text = root.Call("getPropertyValue", "--text-size").String() // of the browser itself: theme.js
	}
	if w = atUsualText(w, text); w <= 0 {
		return fallback
	}
	return w
}

// atUsualText divides a width by the text size in force, such as
// "130%"; "" is the usual one.
func atUsualText(w int, size string) int {
	percent, err := strconv.Atoi(strings.TrimSuffix(size, "%"))
	if err != nil || percent < 50 || percent > 400 {
		return w
	}
	return w * 100 / percent
}

// Resized remembers a measured width, so that a page asks for its charts again
// only when it has really changed: call it in OnResize.
type Resized struct{ last int }

// Changed measures again and reports whether the width differs from last time.
func (r *Resized) Changed(id string, fallback int) (int, bool) {
	w := Width(id, fallback)
	changed := w != r.last
	r.last = w
	return w, changed
}

// NextFrame calls f once what has been drawn is on the screen.
func NextFrame(f func()) {
	var frame, then app.Func
	then = app.FuncOf(func(app.Value, []app.Value) any {
		then.Release()
		f()
		return nil
	})
	frame = app.FuncOf(func(app.Value, []app.Value) any {
		frame.Release()
		app.Window().Call("setTimeout", then)
		return nil
	})
	app.Window().Call("requestAnimationFrame", frame)
}

// Focus moves the focus to an element.
func Focus(id string) {
	if el := byID(id); el != nil {
		el.Call("focus")
	}
}

// KeepFocus gives the focus back to what stands in the place of the element
// that has it, after the page has been drawn again.
func KeepFocus(ctx app.Context) {
	if !app.IsClient {
		return
	}
	doc := app.Window().Get("document")
	now := doc.Get("activeElement")
	if !now.Truthy() || now.Get("id").String() == "" {
		return
	}
	id := now.Get("id").String()
	ctx.Defer(func(app.Context) {
		if doc.Get("activeElement").Equal(doc.Get("body")) {
			Focus(id)
		}
	})
}

// StayNear keeps a place for who works by keys: when what a key was pressed on
// has gone from the page soon after, and nothing has the focus, what is left
// around it has it; in the last resort the element called last.
func StayNear(at app.Value, last string) {
	var around []app.Value
	for a := at.Get("parentElement"); a.Truthy(); a = a.Get("parentElement") {
		around = append(around, a)
	}
	doc := app.Window().Get("document")
	body := doc.Get("body")
	looks := 0
	var look app.Func
	look = app.FuncOf(func(app.Value, []app.Value) any {
		if looks++; looks == 3 {
			look.Release()
		}
		if at.Get("isConnected").Bool() || !doc.Get("activeElement").Equal(body) {
			return nil
		}
		for _, a := range around {
			if !a.Get("isConnected").Bool() {
				continue
			}
			if a.Call("matches", "main,body,:has(main)").Bool() {
				break // the whole page
			}
			if first := a.Call("querySelector", focusable); first.Truthy() {
				first.Call("focus")
				return nil
			}
		}
		Focus(last)
		return nil
	})
	for _, ms := range [...]int{80, 400, 1200} {
		app.Window().Call("setTimeout", look, ms)
	}
}

// IntoView scrolls a line of things sideways, as little as shows the one of a
// selector; the page stays where it is.
func IntoView(line, one string) {
	if !app.IsClient {
		return
	}
	box := app.Window().Get("document").Call("querySelector", line)
	if !box.Truthy() {
		return
	}
	el := box.Call("querySelector", one)
	if !el.Truthy() {
		return
	}
	at := func(v app.Value) (left, right float64) {
		r := v.Call("getBoundingClientRect")
		return r.Get("left").Float(), r.Get("right").Float()
	}
	from, to := at(box)
	left, right := at(el)
	switch now := box.Get("scrollLeft").Float(); {
	case left < from:
		box.Set("scrollLeft", now+left-from-edge)
	case right > to:
		box.Set("scrollLeft", now+right-to+edge)
	}
}

// edge is how much of its neighbour is left in view, in CSS pixels.
const edge = 28

// SetValue writes the DOM value of a field: go-app cannot clear one.
func SetValue(id, text string) {
	if el := byID(id); el != nil {
		el.Set("value", text)
	}
}

// Value reads the DOM value of a field.
func Value(id string) string {
	if el := byID(id); el != nil {
		return el.Get("value").String()
	}
	return ""
}

// Hide hides an element, or shows it, before its page is drawn again.
func Hide(id string, hidden bool) {
	if el := byID(id); el != nil {
		el.Set("hidden", hidden)
	}
}

// SetStyle sets a property of an element through the CSSOM, which the content
// security policy allows where a style attribute is refused.
func SetStyle(id, property, value string) {
	if el := byID(id); el != nil {
		el.Get("style").Call("setProperty", property, value)
	}
}

// Tel is a link that calls a number. go-app would take the click for a
// navigation, so it never sees it.
func Tel(number string) app.HTMLA { return outside("tel:" + strings.ReplaceAll(number, " ", "")) }

// Mailto is a link that writes to an address.
func Mailto(address string) app.HTMLA { return outside("mailto:" + address) }

// Outside is a link to an address that is not a page: maps, another site.
func Outside(href string) app.HTMLA {
	return app.A().Href(href).Target("_blank").Rel("noopener")
}

func outside(href string) app.HTMLA {
	return app.A().Href(href).OnClick(func(_ app.Context, e app.Event) { e.Call("stopPropagation") })
}

// Download gives a file to the browser.
func Download(name, mime string, data []byte) {
	if !app.IsClient {
		return
	}
	w := app.Window()
	bytes := w.Get("Uint8Array").New(len(data))
	app.CopyBytesToJS(bytes, data)
	blob := w.Get("Blob").New([]any{bytes}, map[string]any{"type": mime})
	url := w.Get("URL").Call("createObjectURL", blob)
	a := w.Get("document").Call("createElement", "a")
	a.Set("href", url)
	a.Call("setAttribute", "download", name)
	a.Call("click")
	w.Get("URL").Call("revokeObjectURL", url)
}

var forms int

// FormOpen tells the page that something typed is not saved yet: no update is
// offered and no other tab's update reloads this one until as many forms have
// closed.
func FormOpen(open bool) {
	if open {
		forms++
	} else if forms > 0 {
		forms--
	}
	if app.IsClient {
		app.Window().Set("sillonFormOpen", forms > 0)
	}
}

// FormIsOpen reports whether a form is open.
func FormIsOpen() bool { return forms > 0 }
