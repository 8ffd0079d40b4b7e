package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/wire"
)

// setupPage opens an empty server: organisation, then the first person, who is
// administrator and manager. Its address carries the token of the set-up link.
type setupPage struct {
	app.Compo

	E    *Env
	Lang string

	try  demoTry
	busy bool
	err  error
	miss string // id of the first field to fill
}

var zones = []string{"Europe/Paris", "Europe/Brussels", "Europe/Luxembourg", "Europe/Zurich", "Europe/London", "Africa/Casablanca",
	"America/Toronto", "America/Martinique", "America/Guadeloupe", "America/Cayenne", "Indian/Reunion", "Indian/Mayotte", "Pacific/Noumea", "Pacific/Tahiti", "UTC"}

const passwordLength = 12

// OnMount asks whether there is a demonstration already.
func (p *setupPage) OnMount(ctx app.Context) { p.try.ask(ctx, p.E) }

// Render shows the form.
func (p *setupPage) Render() app.UI {
	e := p.E
	fault := ""
	if p.err != nil {
		fault = e.Fault(p.err)
		switch {
		case IsFault(p.err, bridge.FaultSignIn):
			fault = e.T("setup.token")
		case IsFault(p.err, bridge.FaultInput):
			fault = e.T("setup.input")
		}
	}
	need := func(id, key string) string {
		if p.miss == id {
			return e.T(key)
		}
		return ""
	}
	var currencies, tz []part.Option
	for _, c := range []string{"EUR", "GBP", "USD", "CHF", "MAD"} {
		currencies = append(currencies, part.Option{Key: c, Label: e.T("currency." + c)})
	}
	here := localZone()
	known := false
	for _, z := range zones {
		known = known || z == here
		tz = append(tz, part.Option{Key: z, Label: strings.ReplaceAll(z, "_", " ")})
	}
	if !known {
		tz = append([]part.Option{{Key: here, Label: here}}, tz...)
	}
	return entry(e,
		app.H1().ID("title").TabIndex(-1).Text(e.T("setup.title")),
		part.P("t2 lead", e.T("setup.lead")),
		app.Form().OnSubmit(p.submit).Body(
			part.Field(part.F{ID: "org", Label: e.T("setup.org"), Auto: "organization", Max: 120, Required: true, Error: need("org", "setup.fill")}, nil),
			part.Div("two",
				part.Select(part.F{ID: "currency", Label: e.T("setup.currency"), Value: "EUR"}, currencies, nil),
				part.Select(part.F{ID: "locale", Label: e.T("me.language"), Value: string(e.Lang)},
					[]part.Option{{Key: "fr", Label: "Français"}, {Key: "en", Label: "English"}}, nil),
			),
			part.Select(part.F{ID: "zone", Label: e.T("setup.zone"), Value: here, Help: e.T("setup.zoneHelp")}, tz, nil),
			part.Field(part.F{ID: "name", Label: e.T("setup.name"), Auto: "name", Max: 120, Required: true, Error: need("name", "setup.fill")}, nil),
			part.Field(part.F{ID: "login", Label: e.T("signin.login"), Auto: "username", Mode: "email", Required: true, Error: need("login", "setup.fill")}, nil),
			part.Field(part.F{ID: "password", Label: e.T("signin.password"), Type: "password", Auto: "new-password", Required: true,
				Help: e.T("setup.passwordHelp", passwordLength), Error: need("password", "setup.passwordShort")}, nil),
			app.P().Class("err").Attr("role", "alert").Text(fault),
			app.Button().Type("submit").Class("btn pri lg wide").Aria("busy", p.busy).Text(e.T("setup.go")),
		),
		p.try.or(e),
	)
}

func (p *setupPage) submit(ctx app.Context, ev app.Event) {
	ev.PreventDefault()
	if p.busy {
		return
	}
	in := wire.Setup{
		Token: p.E.Param("token"), Org: strings.TrimSpace(part.Value("org")), Currency: part.Value("currency"), Locale: part.Value("locale"),
		TimeZone: part.Value("zone"), Name: strings.TrimSpace(part.Value("name")), Login: strings.TrimSpace(part.Value("login")), Password: part.Value("password"),
	}
	p.miss = ""
	for _, f := range [][2]string{{"org", in.Org}, {"name", in.Name}, {"login", in.Login}} {
		if f[1] == "" && p.miss == "" {
			p.miss = f[0]
		}
	}
	if p.miss == "" && len([]rune(in.Password)) < passwordLength {
		p.miss = "password"
	}
	if p.miss != "" {
		part.Focus(p.miss)
		return
	}
	p.busy, p.err = true, nil
	Ask(ctx, p.E, bridge.OpSetup, in, func(_ app.Context, done bridge.SignedIn, err error) {
		p.busy, p.err = false, err
		if err == nil {
			part.SetValue("password", "")
			p.E.enter(done.Welcome)
		}
	})
}

// localZone is the time zone of the browser.
func localZone() string {
	if !app.IsClient {
		return "Europe/Paris"
	}
	z := app.Window().Get("Intl").Call("DateTimeFormat").Call("resolvedOptions").Get("timeZone")
	if z.Truthy() {
		return z.String()
	}
	return "Europe/Paris"
}
