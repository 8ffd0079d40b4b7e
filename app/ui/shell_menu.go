package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
)

// pref reads a choice of this browser: theme, text, lang (web/theme.js reads
// the same keys before the first paint).
func pref(key string) string {
	if !app.IsClient {
		return ""
	}
	v := app.Window().Get("localStorage")
	if !v.Truthy() {
		return ""
	}
	if s := v.Call("getItem", "sillon."+key); s.Truthy() {
		return s.String()
	}
	return ""
}

func setPref(key, value string) {
	if !app.IsClient {
		return
	}
	if v := app.Window().Get("localStorage"); v.Truthy() {
		v.Call("setItem", "sillon."+key, value)
	}
	if t := app.Window().Get("sillonTheme"); t.Truthy() {
		t.Call("apply")
	}
}

// avatarMenu is who is here, and the choices of this device.
func (r *Root) avatarMenu() app.UI {
	e := r.E
	if !e.menu {
		return part.Nothing()
	}
	return &part.Sheet{ID: "menu", Class: "menu", Eyebrow: e.User.Org, Title: e.User.Name, Close: e.T("part.close"),
		OnClose: func(app.Context) { e.menu = false },
		Body: func() []app.UI {
			item := func(path, icon, key string) app.UI {
				return part.Link("mi", path, part.Icon(icon), part.Span("", e.T(key)))
			}
			return []app.UI{
				part.P("sm t2", i18n.Role(e.Lang, e.User.Role)+" · "+e.User.Login),
				part.Div("mis",
					item(journalPath, "cloud", "nav.journal"),
					item(importPath, "down-to", "nav.import"),
					item(settingsPath, "gear", "nav.settings"),
				),
				e.languageChoice(),
				e.themeChoice(),
				part.Div("mis",
					app.Button().Type("button").Class("mi").Body(part.Icon("bolt"), part.Span("", e.T("me.keys"))).
						OnClick(func(app.Context, app.Event) { e.menu, e.keysOpen = false, true }),
					e.leaveItem(),
				),
			}
		}}
}

func (e *Env) labelled(key string, control app.UI) app.UI {
	return part.Div("mrow", part.Span("lab", e.T(key)), control)
}

// languageChoice changes the language of the whole page.
func (e *Env) languageChoice() app.UI {
	return e.labelled("me.language", part.Seg("lang", e.T("me.language"), string(e.Lang),
		[]part.Option{{Key: "fr", Label: "Français"}, {Key: "en", Label: "English"}},
		func(ctx app.Context, to string) {
			if to == string(e.Lang) {
				return
			}
			setPref("lang", to)
			e.Lang = i18n.Of(to)
			if e.stage == ready {
				ctx.Reload() // the worker words charts and sentences too
			}
		}))
}

func (e *Env) themeChoice() app.UI {
	now := pref("theme")
	if now == "" {
		now = "auto"
	}
	var options []part.Option
	for _, k := range []string{"auto", "light", "dark", "sun"} {
		options = append(options, part.Option{Key: k, Label: e.T("theme." + k)})
	}
	return e.labelled("me.theme", part.Seg("theme", e.T("me.theme"), now, options,
		func(_ app.Context, to string) { setPref("theme", to) }))
}

func (e *Env) textChoice() app.UI {
	now := strings.TrimSuffix(pref("text"), "%")
	if now == "" {
		now = "100"
	}
	var options []part.Option
	for _, k := range []string{"100", "115", "130", "160", "200"} {
		options = append(options, part.Option{Key: k, Label: k + i18n.Percent(e.Lang, 0)[1:]})
	}
	return e.labelled("me.text", part.Seg("text", e.T("me.text"), now, options,
		func(_ app.Context, to string) { setPref("text", to) }))
}

// leaveItem signs out, or leaves the demonstration.
func (e *Env) leaveItem() app.UI {
	words, leave := "me.signout", func(ctx app.Context, _ app.Event) { e.signOut(ctx, bridge.SignOut{}) }
	if e.User.Demo {
		words, leave = "demo.leave", func(ctx app.Context, _ app.Event) { e.outOfDemo(ctx, bridge.DemoLeave, todayPath) }
	}
	return app.Button().Type("button").Class("mi").Body(part.Icon("leave"), part.Span("", e.T(words))).OnClick(leave)
}

// signOut leaves the profile; its data stays sealed on the device.
func (e *Env) signOut(ctx app.Context, how bridge.SignOut) {
	Save(ctx, e, bridge.OpSignOut, how, func(app.Context, bridge.None) { e.left() })
}

// left shows the sign-in again: nobody is here any more. The worker says what
// waits on the device, and for whom.
func (e *Env) left() {
	e.menu, e.why, e.stage, e.User, e.Status = false, nil, stranger, bridge.Welcome{}, bridge.Status{}
	e.move(todayPath)
	if e.root == nil {
		return
	}
	Ask(*e.root, e, bridge.OpHello, bridge.Hello{Version: e.Version, Lang: string(e.Lang)}, func(_ app.Context, w bridge.Welcome, err error) {
		if err == nil && w.User.IsZero() && e.stage == stranger {
			e.User = w
		}
	})
}
