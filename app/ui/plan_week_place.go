package ui

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// styles are the properties an element may ask for by an attribute: the content
// security policy refuses style attributes, and allows the CSSOM.
var styles = map[string]string{"top": "top", "high": "height", "wide": "width", "flex": "flex"}

// styled gives the elements of the page the places and sizes that their data
// attributes name (data-top, data-high, data-wide, data-flex), and the outline
// of the country under data-view, a part of it, whenever the page is drawn, until
// stop.
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
	atlas, asked := "", false
	views := func() {
		all := doc.Call("querySelectorAll", "[data-view]")
		for i := range all.Get("length").Int() {
			el := all.Index(i)
			switch svg := el.Get("firstElementChild"); {
			case svg.Truthy():
				if v := el.Get("dataset").Get("view").String(); svg.Call("getAttribute", "viewBox").String() != v {
					svg.Call("setAttribute", "viewBox", v)
				}
			case atlas != "":
				el.Set("innerHTML", atlas)
				el.Get("firstElementChild").Call("setAttribute", "viewBox", el.Get("dataset").Get("view"))
			case !asked:
				asked = true
				app.Window().Call("fetch", "/data/map.svg").Then(func(r app.Value) {
					if r.Get("ok").Bool() {
						r.Call("text").Then(func(t app.Value) {
							atlas = t.String()
							if el.Get("isConnected").Bool() && !el.Get("firstElementChild").Truthy() {
								el.Set("innerHTML", atlas)
								el.Get("firstElementChild").Call("setAttribute", "viewBox", el.Get("dataset").Get("view"))
							}
						})
					}
				})
			}
		}
	}
	look := app.FuncOf(func(app.Value, []app.Value) any {
		set()
		views()
		return nil
	})
	watch := app.Window().Get("MutationObserver").New(look)
	watch.Call("observe", doc.Get("body"), map[string]any{
		"subtree": true, "childList": true, "attributes": true, "attributeFilter": []any{"data-top", "data-high", "data-wide", "data-flex", "data-view"}})
	set()
	views()
	return func() {
		watch.Call("disconnect")
		look.Release()
	}
}
