package ui

import (
	"strconv"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/ui/part"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// fieldsCard edits the card in place: a line is saved when it is left.
func (p *clientPage) fieldsCard(v *query.Client) app.UI {
	e := p.E
	boxes := make([]app.UI, len(v.Values))
	for i, f := range v.Values {
		class := "fc-f"
		if f.Type == "note" {
			class += " wide"
		}
		boxes[i] = part.Div(class,
			&fieldBox{E: e, Account: p.id, Name: v.Row.Name, Readonly: v.Readonly, V: f},
			p.lost(f, v.Readonly))
	}
	help := e.T("client.fields-help")
	if v.Readonly {
		help = e.T("log.readonly-of")
	}
	return part.Card(e.T("client.fields"), part.Span("meta", help), part.Div("fc-fields", boxes...))
}

// lost shows the values a field has lost, quietly: one tap takes the other.
func (p *clientPage) lost(f query.Value, readonly bool) app.UI {
	e := p.E
	if len(f.Lost) == 0 {
		return app.Div().Hidden(true)
	}
	var body []app.UI
	for _, l := range f.Lost {
		key, who := "client.yours", []any{l.Lost}
		if !l.Mine {
			key = "client.theirs-other"
			if l.LostBy != "" {
				key, who = "client.theirs", []any{l.LostBy, l.Lost}
			}
		}
		row := []app.UI{part.Span("", e.T(key, who...)), part.Space(),
			part.Span("xs t3", e.When(l.LostMS))}
		if !readonly {
			id := l.Conflict
			row = append(row,
				part.Button("take"+id.String(), "sm sec", "", e.T("client.take"), func(app.Context) { p.settle(id, true) }),
				part.Button("keep"+id.String(), "sm ghost", "", e.T("client.keep"), func(app.Context) { p.settle(id, false) }))
		}
		body = append(body, part.Div("row", row...))
	}
	return part.Div("lost", append([]app.UI{part.B(e.T("client.replaced"))}, body...)...)
}

// fieldBox is one field of the card. It keeps its own input, so that a change
// elsewhere on the sheet never touches what is being typed.
type fieldBox struct {
	app.Compo

	E        *Env
	Account  portfolio.ID
	Name     string // of the client
	Readonly bool
	V        query.Value

	failed string
	ctx    app.Context
}

// OnMount keeps the context.
func (b *fieldBox) OnMount(ctx app.Context) {
	b.ctx = ctx
	ctx.PreventUpdate()
}

// OnPreRender is OnMount in native tests.
func (b *fieldBox) OnPreRender(ctx app.Context) { b.OnMount(ctx) }

func (b *fieldBox) id() string {
	return "f-" + strconv.Itoa(int(b.V.Kind)) + "-" + strconv.Itoa(int(b.V.Field)) + "-" + b.V.Rec.String()
}

// OnUpdate shows a value that has changed elsewhere.
func (b *fieldBox) OnUpdate(app.Context) {
	b.failed = ""
	if b.V.Type == "choice" {
		part.Choose(b.id(), b.V.Text)
		return
	}
	part.SetValue(b.id(), b.V.Text)
}

func (b *fieldBox) changed(ctx app.Context, _ app.Event) { b.save(ctx.JSSrc().Get("value").String()) }

func (b *fieldBox) save(text string) {
	e, v := b.E, b.V
	if text == v.Text {
		return
	}
	q := bridge.Edit{Account: b.Account, Rec: v.Rec, Kind: v.Kind, Field: v.Field, Text: text, Lang: string(e.Lang)}
	Ask(b.ctx, e, bridge.OpEdit, q, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			b.failed = e.Fault(err)
			e.Snack(b.failed, nil)
			return
		}
		if b.failed = ""; s.ID == v.Rec { // nothing to write
			return
		}
		e.Snack(e.T("client.edited", b.Name, e.T(v.Key)), func(ctx app.Context) {
			Save(ctx, e, bridge.OpUndo, bridge.Undo{Account: q.Account, ID: s.ID}, nil)
			e.Snack(e.T("client.edit-undone", b.Name), nil)
		})
	})
}

// Render shows label, control, and what to do when it was refused.
func (b *fieldBox) Render() app.UI {
	e, v, id := b.E, b.V, b.id()
	var in app.UI
	scope := app.EventScope(id, v.Text)
	switch v.Type {
	case "choice":
		options := []app.UI{part.Choice("", e.T("client.empty-field"), v.Text == "")}
		for i, key := range v.Pick {
			n := strconv.Itoa(i + 1)
			options = append(options, part.Choice(n, e.T(key), n == v.Text))
		}
		in = app.Select().ID(id).Disabled(b.Readonly).Body(options...).
			OnChange(func(ctx app.Context, _ app.Event) { b.save(part.Chosen(ctx)) }, scope)
	case "note":
		in = app.Textarea().ID(id).Rows(3).ReadOnly(b.Readonly).Placeholder(e.T("client.empty-field")).Text(v.Text).OnChange(b.changed, scope)
	default:
		kind, mode := "text", ""
		switch v.Type {
		case "tel", "email", "date":
			kind = v.Type
		case "number", "siret":
			mode = "numeric"
		}
		in = app.Input().ID(id).Type(kind).ReadOnly(b.Readonly).Attr("autocomplete", "off").Attr("inputmode", mode).
			Placeholder(e.T("client.empty-field")).Value(v.Text).OnChange(b.changed, scope)
	}
	note := part.P("help", e.T("client.note-help"))
	switch {
	case b.failed == "" && v.Doubt != "":
		note = app.P().Class("sm bl").Attr("role", "status").Text(e.T(string(v.Doubt)))
	case b.failed != "" || v.Type != "note" || b.Readonly:
		note = app.P().Class("err").Attr("role", "alert").Hidden(b.failed == "").Text(b.failed)
	}
	return part.Div("", app.Label().Class("lab").For(id).Text(e.T(v.Key)), in, note)
}
