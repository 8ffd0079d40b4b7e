package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// styles are the properties an element may ask for by an attribute: the content
// security policy refuses style attributes, and allows the CSSOM.
var styles = map[string]string{"top": "top", "high": "height", "wide": "width", "flex": "flex"}

// styled gives the elements of the page the places and sizes that their data
// attributes name (data-top, data-high, data-wide, data-flex), whenever the page
// is drawn, until stop.
func styled() (stop func()) {
	if !app.IsClient {
		return func() {}
	}
	doc := app.Window().Get("document")
	set := func() {
		all := doc.Call("querySelectorAll", "[data-top],[data-high],[data-wide],[data-flex]")
		for i := range all.Get("length").Int() {
			el := all.Index(i)
			data, style := el.Get("dataset"), el.Get("style")
			for name, property := range styles {
				if v := data.Get(name); v.Truthy() && style.Call("getPropertyValue", property).String() != v.String() {
					style.Call("setProperty", property, v.String())
				}
			}
		}
	}
	look := app.FuncOf(func(app.Value, []app.Value) any {
		set()
		return nil
	})
	watch := app.Window().Get("MutationObserver").New(look)
	watch.Call("observe", doc.Get("body"), map[string]any{
		"subtree": true, "childList": true, "attributes": true, "attributeFilter": []any{"data-top", "data-high", "data-wide", "data-flex"}})
	set()
	return func() {
		watch.Call("disconnect")
		look.Release()
	}
}
