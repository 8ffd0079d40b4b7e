package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/wire"
)

// signInPage asks once who this is; afterwards everything works without
// network.
type signInPage struct {
	app.Compo

	E    *Env
	Lang string
	Left []bridge.Left // what waits here for those who signed out

	try  demoTry
	show bool
	busy bool
	err  error
	wait int // seconds before another try
}

// OnMount asks whether there is a demonstration already.
func (p *signInPage) OnMount(ctx app.Context) { p.try.ask(ctx, p.E) }

// Render shows the form beside the field.
func (p *signInPage) Render() app.UI {
	e := p.E
	fault := ""
	switch {
	case p.wait > 0:
		fault = e.T("fault.throttled", minutes(p.wait))
	case p.err != nil && !IsFault(p.err, bridge.FaultThrottled):
		fault = e.Fault(p.err)
	}
	kind, eye, eyeLabel := "password", "eye", e.T("signin.show")
	if p.show {
		kind, eye, eyeLabel = "text", "eye-off", e.T("signin.hide")
	}
	return entry(e,
		app.H1().ID("title").TabIndex(-1).Text(e.T("signin.hello")),
		part.P("t2 lead", e.T("signin.once")),
		p.waiting(),
		app.Form().OnSubmit(p.submit).Body(
			part.Field(part.F{ID: "login", Label: e.T("signin.login"), Auto: "username", Mode: "email", Required: true}, nil),
			part.Field(part.F{ID: "password", Label: e.T("signin.password"), Type: kind, Auto: "current-password", Required: true}, nil,
				app.Button().Type("button").Class("eye").Aria("label", eyeLabel).Aria("pressed", p.show).Body(part.Icon(eye)).
					OnClick(func(app.Context, app.Event) { p.show = !p.show })),
			app.P().Class("err").ID("signin-err").Attr("role", "alert").Text(fault),
			app.Button().Type("submit").Class("btn pri lg wide").Aria("busy", p.busy).Disabled(p.wait > 0).Text(e.T("signin.go")),
		),
		p.try.or(e),
	)
}

// waiting says what is kept on this device for those who signed out.
func (p *signInPage) waiting() app.UI {
	e := p.E
	if len(p.Left) == 0 {
		return part.Nothing()
	}
	var lines []app.UI
	for _, l := range p.Left {
		lines = append(lines, part.P("", e.T("signin.waiting", l.Waiting, l.Name)))
	}
	return app.Div().Class("hint").ID("signin-waiting").Attr("role", "status").Body(part.Icon("cloud"), part.Div("", lines...))
}

func (p *signInPage) submit(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	login, password := strings.TrimSpace(part.Value("login")), part.Value("password")
	if p.busy || p.wait > 0 || login == "" || password == "" {
		return
	}
	p.busy, p.err = true, nil
	Ask(ctx, p.E, bridge.OpSignIn, wire.SignIn{Login: login, Password: password, Label: deviceLabel()},
		func(ctx app.Context, in bridge.SignedIn, err error) {
			p.busy, p.err = false, err
			if err == nil {
				part.SetValue("password", "")
				p.E.enter(in.Welcome)
				return
			}
			if f, ok := err.(*bridge.Fault); ok && f.Code == bridge.FaultThrottled {
				p.wait = secondsOf(f)
				p.countDown(ctx)
			}
		})
}

func (p *signInPage) countDown(ctx app.Context) {
	if p.wait <= 0 {
		p.err = nil
		return
	}
	ctx.After(time.Second, func(ctx app.Context) {
		p.wait--
		p.countDown(ctx)
	})
}

// landing is the first screen of a user.
func landing(e *Env) string { return destinations(e.User.Role)[0].path }

// deviceLabel is how this device calls itself in the list of devices.
func deviceLabel() string {
	if !app.IsClient {
		return "test"
	}
	ua := app.Window().Get("navigator").Get("userAgent").String()
	device := "PC"
	for _, d := range []string{"iPad", "iPhone", "Android", "Macintosh", "Windows", "Linux"} {
		if strings.Contains(ua, d) {
			device = d
			break
		}
	}
	for _, b := range []string{"Firefox", "Edg", "Chrome", "Safari"} {
		if strings.Contains(ua, b) {
			return device + " · " + b
		}
	}
	return device
}

// entry is the frame of the screens before the work: the field at one side,
// the language at the top.
func entry(e *Env, body ...app.UI) app.UI {
	return part.Div("si",
		app.Section().Class("hero").Aria("hidden", "true").Body(
			app.Raw(heroArt),
			part.Div("ht", part.Mark("44"), part.Span("", "Sillon")),
			part.P("hb", e.T("signin.motto")),
		),
		app.Main().Class("si-form").Body(
			part.Div("si-top",
				part.Div("si-mark", part.Mark("32"), part.Span("", "Sillon")),
				part.Seg("lang", e.T("me.language"), string(e.Lang),
					[]part.Option{{Key: "fr", Label: "FR"}, {Key: "en", Label: "EN"}},
					func(_ app.Context, to string) {
						setPref("lang", to)
						e.Lang = i18n.Of(to)
					})),
			part.Div("fi", body...),
			part.P("xs t3 si-foot", e.T("signin.sealed")),
		),
	)
}
