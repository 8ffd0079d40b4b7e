package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// Subject names whom a figure is about, so that its reasons are those of one
// client: a plain name is only shown.
func Subject(name string, id portfolio.ID) string { return name + subjectMark + id.String() }

// Whole names the portfolio that a figure of the whole is about.
func Whole(name string, scope uint32) string {
	return name + subjectMark + strconv.Itoa(int(scope))
}

const subjectMark = "\x00"

// subjectOf reads a subject back.
func subjectOf(subject string) (name string, id portfolio.ID, scope uint32) {
	name, key, _ := strings.Cut(subject, subjectMark)
	if n, err := strconv.ParseUint(key, 10, 32); err == nil {
		return name, id, uint32(n)
	}
	id, _ = portfolio.ParseID(key)
	return name, id, 0
}

// whySheet says where the tapped figure comes from: the number, its meaning in
// one sentence, the steps with this client's numbers, how solid it is.
func (r *Root) whySheet() app.UI {
	e := r.E
	if e.why == nil {
		return part.Nothing()
	}
	return &part.Sheet{ID: "why", Left: true, Eyebrow: e.T("part.why"), Title: i18n.Topic(e.Lang, e.why.figure.Topic),
		Close: e.T("part.close"), OnClose: func(app.Context) { e.why = nil }, Body: func() []app.UI { return e.whyBody() }}
}

func (e *Env) whyBody() []app.UI {
	if e.why == nil {
		return nil
	}
	f := e.why.figure
	body := []app.UI{
		part.P("sm t2", e.why.subject),
		part.P("why-n", e.Figure(f)),
		part.P("why-m", i18n.Meaning(e.Lang, f.Topic)),
	}
	switch f.Mark.Status {
	case explain.NA:
		body = append(body, part.Hint("in", app.Text(i18n.Reason(e.Lang, f.Mark.Reason))))
	case explain.Weak:
		body = append(body, part.Weak(e.Lang, f.Mark))
	}
	if len(f.Mark.Steps) > 0 {
		steps := make([]app.UI, len(f.Mark.Steps))
		for i, s := range f.Mark.Steps {
			name, value := i18n.Step(e.Lang, e.Currency, s)
			steps[i] = app.Li().Body(part.Span("", name), app.B().Class("tn").Text(value))
		}
		body = append(body, part.H3("eyebrow", e.T("why.steps")), app.Ol().Class("steps").Body(steps...))
	}
	body = append(body, &help{E: e, Topic: f.Topic})
	return append(body, part.P("xs t3 why-f", e.T("why.here", i18n.Solidity(e.Lang, f.Mark.Status))))
}
