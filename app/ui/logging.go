package ui

import (
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// A visit is one contact being logged: on the disk at the first tap of an
// outcome, completed by corrections afterwards. What it is told changes the
// screen at once.
type visit struct {
	e         *Env
	ctx       app.Context // of the component that holds it: chips come and go
	Account   portfolio.ID
	Name      string
	Kind      portfolio.ContactKind
	Outcome   portfolio.Outcome // zero: nothing logged yet
	Objective string
	Note      string
	Order     int64 // cents, announced
	PlannedOn calendar.Day

	ids  []portfolio.ID      // of the contact and its corrections, oldest first
	past []portfolio.Outcome // outcomes corrected since, oldest first: undo goes back through them
	disk portfolio.Outcome   // as it lies on the disk
	plan portfolio.ID        // of the next act
	busy bool                // an order is on its way, with this outcome:
	sent portfolio.Outcome
	more bool // something changed meanwhile
	drop bool // undone meanwhile

	savedNote string // the note as it lies on the disk
}

// Saved reports whether the contact is on the disk.
func (v *visit) Saved() bool { return len(v.ids) > 0 && !v.busy }

// Log takes the outcome: one tap is enough. Another outcome corrects the first.
func (v *visit) Log(o portfolio.Outcome) {
	if v.Outcome == o {
		return
	}
	v.Outcome = o
	v.save()
}

// Complete saves what was added to a contact already logged.
func (v *visit) Complete() {
	if v.Outcome != 0 {
		v.save()
	}
}

func (v *visit) save() {
	if v.busy {
		v.more = true
		return
	}
	v.write(false)
}

// write puts the visit on the disk as it stands; back when it returns to an
// outcome it has had.
func (v *visit) write(back bool) {
	v.busy, v.more, v.sent = true, false, v.Outcome
	q := bridge.LogVisit{
		Account: v.Account, Kind: v.Kind, Outcome: v.Outcome, Notes: v.Note, Objective: v.Objective, Order: v.Order,
	}
	v.savedNote = v.Note
	if n := len(v.ids); n > 0 {
		q.Amends = v.ids[n-1]
	}
	Ask(v.ctx, v.e, bridge.OpLog, q, func(_ app.Context, s bridge.Saved, err error) {
		v.busy = false
		if err != nil {
			v.more, v.drop, v.Outcome = false, false, v.disk
			v.e.Snack(v.e.T("log.failed", v.e.Fault(err)), nil)
			return
		}
		v.ids = append(v.ids, s.ID)
		before := v.disk
		v.disk = q.Outcome
		if before != 0 && before != v.disk && !back {
			v.past = append(v.past, before)
		}
		if before != v.disk && !v.drop {
			v.said("log.saved", true, v.e.outcome(v.disk))
		}
		switch {
		case v.drop:
			v.drop = false
			v.Undo()
		case v.more:
			v.save()
		}
	})
}

// said names the present state in the message of this visit, in place of what
// it said before.
func (v *visit) said(key string, undo bool, args ...any) {
	s := part.Snack{Key: "log" + v.ids[0].String(), Text: v.e.T(key, append([]any{v.Name}, args...)...)}
	if undo {
		s.Action, s.Act = v.e.T("part.undo"), func(app.Context) { v.Undo() }
	}
	v.e.queue.Push(s)
}

// Undo takes back the last change of outcome; the first one takes the whole
// contact back.
func (v *visit) Undo() {
	n := len(v.past)
	switch {
	case v.busy && v.more && v.Outcome != v.sent: // the last change has not been written yet
		v.Outcome, v.more = v.sent, false
	case v.busy:
		v.drop = true
	case n > 0:
		v.Outcome, v.past = v.past[n-1], v.past[:n-1]
		v.write(true)
	case len(v.ids) > 0:
		v.void()
	}
}

// void takes the contact back: its latest correction stands for all of them.
func (v *visit) void() {
	v.busy, v.more, v.sent, v.Outcome = true, false, 0, 0
	Ask(v.ctx, v.e, bridge.OpUndo, bridge.Undo{Account: v.Account, ID: v.ids[len(v.ids)-1]}, func(_ app.Context, _ bridge.Saved, err error) {
		v.busy, v.drop = false, false
		if err != nil {
			v.more, v.Outcome = false, v.disk
			v.e.Snack(v.e.Fault(err), nil)
			return
		}
		v.said("log.undone", false)
		v.ids, v.disk = nil, 0
		if v.more { // another outcome was tapped meanwhile: a new contact
			v.save()
		}
	})
}

// PlanOn plans the next act, or moves the one planned a moment ago.
func (v *visit) PlanOn(day calendar.Day, kind portfolio.ContactKind) {
	v.PlannedOn = day
	q := bridge.PlanVisit{ID: v.plan, Account: v.Account, Day: int32(day), Kind: kind}
	Ask(v.ctx, v.e, bridge.OpPlan, q, func(_ app.Context, s bridge.Saved, err error) {
		if err != nil {
			v.PlannedOn = 0
			v.e.Snack(v.e.Fault(err), nil)
			return
		}
		if v.plan.IsZero() {
			v.plan = s.ID
		}
		v.e.Snack(v.e.T("log.planned", v.Name, i18n.Day(v.e.Lang, day)), func(app.Context) {
			v.PlannedOn, v.plan = 0, portfolio.ID{}
			Save(v.ctx, v.e, bridge.OpUndo, bridge.Undo{Account: v.Account, ID: s.ID}, func(app.Context, bridge.Saved) {
				v.e.Snack(v.e.T("log.unplanned", v.Name), nil)
			})
		})
	})
}

// today is the local day of the device: what is planned is planned from it.
func (e *Env) today() calendar.Day { return i18n.Today(e.Now()) }

func (e *Env) outcome(o portfolio.Outcome) string { return i18n.Outcome(e.Lang, o) }

// outcomes are the chips in sight; Autre shows the others.
var (
	outcomes      = []portfolio.Outcome{portfolio.Order, portfolio.StepForward, portfolio.NoChange, portfolio.StepBack, portfolio.Absent}
	otherOutcomes = []portfolio.Outcome{portfolio.RefusedIn, portfolio.Postponed}
)

// outcomeChips are the big chips that log: five, and two others when asked.
// scope names the client, so that a chip never logs for another one.
func (e *Env) outcomeChips(scope string, now portfolio.Outcome, other bool, pick func(portfolio.Outcome)) []app.UI {
	chips := func(all []portfolio.Outcome) []app.UI {
		ui := make([]app.UI, 0, len(all))
		for _, o := range all {
			ui = append(ui, part.IconChip(scope+"/"+strconv.Itoa(int(o)), part.OutcomeIcon[o], e.outcome(o), "big", o == now, func(app.Context) { pick(o) }))
		}
		return ui
	}
	ui := []app.UI{app.Div().Class("outc").Attr("role", "group").Aria("label", e.T("log.outcome")).Body(chips(outcomes)...)}
	if other || now >= portfolio.RefusedIn {
		ui = append(ui, part.Div("outc more2", chips(otherOutcomes)...))
	}
	return ui
}

// logButton is the primary button of a page: it opens the logging sheet.
func (e *Env) logButton(tap func()) app.UI {
	return part.Press("log-new", "btn pri", tap, part.Icon("plus"), part.Span("long", e.T("log.short"))).ID("log-new").Aria("label", e.T("log.title"))
}

// otherChip opens the outcomes that are rarer.
func (e *Env) otherChip(scope string, open bool, toggle func()) app.UI {
	label := "log.other"
	if open {
		label = "log.less"
	}
	return part.Open(scope+"other", "chip", "", e.T(label), open, toggle)
}

// dayChips offer days from today, and any other date; picked is lit.
func (e *Env) dayChips(scope string, picked calendar.Day, pick func(calendar.Day), in ...int) app.UI {
	today := e.today()
	known := picked == 0
	var ui []app.UI
	for _, n := range in {
		day := today + calendar.Day(n)
		known = known || day == picked
		label := e.T("log.in", n)
		switch n {
		case 0:
			label = e.T("log.today")
		case 1:
			label = e.T("log.tomorrow")
		}
		ui = append(ui, part.Press(scope+day.String(), "chip big soft", func() { pick(day) },
			app.Span().Body(app.Text(label), app.Elem("small").Text(i18n.Day(e.Lang, day)))).Aria("pressed", day == picked))
	}
	label := e.T("log.date")
	if !known {
		label = i18n.Day(e.Lang, picked)
	}
	class := "chip big soft datechip"
	if !known {
		class += " on"
	}
	ui = append(ui, app.Label().Class(class).Body(
		part.Icon("calendar"), part.Span("", label),
		app.Input().Type("date").Attr("min", today.String()).Aria("label", e.T("log.date")).
			OnChange(func(ctx app.Context, _ app.Event) {
				if day, err := calendar.ParseISO(ctx.JSSrc().Get("value").String()); err == nil {
					pick(day)
				}
			}, app.EventScope(scope, "date")),
	))
	return part.Div("days", ui...)
}

// parseAmount reads an amount as people type it, in cents: "1 240", "1.240,50",
// "1,240.50 €", "2k". The last point or comma is the decimal one, unless three
// digits follow it.
func parseAmount(text string) (cents int64, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return 0, true
	}
	factor := int64(100)
	var digits, part strings.Builder
	inPart := false
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9' && inPart:
			part.WriteRune(c)
		case c >= '0' && c <= '9':
			digits.WriteRune(c)
		case c == ',' || c == '.':
			rest := text[i+1:]
			after := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
			inPart = after < 3 && !strings.ContainsAny(rest, ",.")
		case c == 'k':
			factor = 100_000
		case strings.ContainsRune(" \u00a0\u202f€$£", c):
		default:
			return 0, false
		}
	}
	whole, err := strconv.ParseInt(digits.String(), 10, 64)
	if err != nil || whole > 1e12 {
		return 0, false
	}
	cents = whole * factor
	if p := part.String(); p != "" {
		n, _ := strconv.ParseInt((p + "00")[:2], 10, 64)
		cents += n * factor / 100
	}
	return cents, true
}
