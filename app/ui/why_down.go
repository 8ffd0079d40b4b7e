package ui

import (
	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/explain"
	"sillon/engine/query"
)

// stepTopics are the steps of one figure that are figures of their own.
var stepTopics = map[string]string{
	"potential.potential": "potential", "potential.penetration": "penetration", "potential.p": "plevel", "potential.r": "rlevel",
	"scoring.p": "plevel", "scoring.r": "rlevel", "cost.gross": "gross", "cost.invested": "invested", "cost.net": "net", "cost.visitPrice": "visit-price",
	"cost.marginRate": "margin-rate-client", "maturity.growth": "growth", "response.class": "balance", "response.elasticity": "elasticity",
	"loyalty.adoption": "adoption", "loyalty.exclusion": "exclusion", "attrition.stake": "stake", "attrition.probability": "departure",
}

// deeper is the topic that says why a step of a topic is what it is; "": none.
// The penetration of the families that have a potential is not the client's.
func deeper(topic string, s explain.Step) string {
	to := stepTopics[s.Key]
	switch s.Key {
	case "scoring.contribution":
		if topic == "score" {
			to = s.Text
		}
	case "scoring.value":
		switch s.Text {
		case "criterion.p":
			to = "plevel"
		case "criterion.r":
			to = "rlevel"
		}
	case "weight.value":
		if topic == "plevel" {
			to = "potential"
		}
	}
	if to == topic || topic == "breadth-client" || sections[to] == "" {
		return ""
	}
	return to
}

// stepName is the name of a step: a button where one can ask why once more.
func (p *whyPane) stepName(s explain.Step, name string) app.UI {
	_, id, _ := subjectOf(p.Subject)
	to := deeper(p.Figure.Topic, s)
	if to == "" || id.IsZero() {
		return part.B(name)
	}
	e := p.E
	return app.Button().Type("button").Class("figb").Body(e.asWhy(i18n.Topic(e.Lang, to), part.B(name))...).
		OnClick(func(app.Context, app.Event) {
			p.trail = append(p.trail, p.shown())
			p.turn(query.Figure{Topic: to, Mark: explain.Mark{Status: explain.NA}})
			part.Focus("why-title")
		}, app.EventScope("down", p.Subject, p.Figure.Topic, to))
}

// turn shows the reasons of another figure of the same client.
func (p *whyPane) turn(f query.Figure) {
	if p.E.why == nil {
		return
	}
	p.E.why.figure, p.Figure = f, f
	p.whole, p.try, p.by, p.off, p.tried = false, "", 0, nil, nil
	p.asked++ // an answer to a try that is on its way is of the other figure
	p.live.Value, p.live.Err = nil, nil
	p.live.Again(p.ctx)
}

// up is the way back through the figures whose step was asked about.
func (p *whyPane) up() app.UI {
	n := len(p.trail)
	if n == 0 {
		return part.Nothing()
	}
	e, f := p.E, p.trail[n-1]
	return part.Div("why-up", part.Press("up-"+f.Topic, "btn ghost sm", func() {
		p.trail = p.trail[:n-1]
		p.turn(f)
		part.Focus("why-title")
	}, part.IconS("left"), part.Words(e.T("why.up", i18n.Topic(e.Lang, f.Topic)))))
}
