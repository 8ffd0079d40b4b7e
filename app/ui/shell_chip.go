package ui

import (
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/ui/part"
)

// syncChip says whether work has left this device; it opens the journal.
type syncChip struct {
	app.Compo

	E *Env
}

// OnMount follows the worker.
func (c *syncChip) OnMount(ctx app.Context) {
	c.E.Watch(ctx, func(app.Context, bridge.Event) {})
	ctx.PreventUpdate()
}

// Render shows the state in one calm line.
func (c *syncChip) Render() app.UI {
	s := chipOf(c.E.Lang, c.E.Status, c.E.Now())
	return app.Div().Attr("role", "status").Body(app.A().Class("sync "+s.class).Href(s.href).
		Aria("label", c.E.T("sync.open", s.text)).Body(
		part.Icon(s.icon),
		part.Span("long", s.text),
		app.Span().Class("short").Aria("hidden", "true").Text(s.short),
	))
}

type chip struct{ class, icon, text, short, href string }

const longAbsence = 7 * 24 * time.Hour

// chipOf words a state: first what the user must do, then where things are.
func chipOf(lang i18n.Lang, s bridge.Status, now time.Time) chip {
	t := func(key string, args ...any) string { return i18n.T(lang, key, args...) }
	last := time.UnixMilli(s.LastMS).In(now.Location())
	kept := t("sync.shortOff", s.Pending)
	switch {
	case s.State == "": // the worker has not said it yet
		return chip{"", "cloud", t("part.loading"), "…", journalPath}
	case s.State == bridge.StateDemo:
		return chip{"off", "sprout", t("sync.demo"), t("sync.demoShort"), journalPath}
	case s.State == bridge.StateSignIn:
		return chip{"warn", "lock", t("sync.signin"), t("sync.signin"), signInPath}
	case s.Refused > 0:
		return chip{"warn", "warn", t("sync.refused", s.Refused), t("sync.refused", s.Refused), journalPath}
	case s.Replaced > 0:
		return chip{"warn", "warn", t("sync.reread", s.Replaced), t("sync.reread", s.Replaced), conflictsPath}
	case s.State == bridge.StateUpgrade:
		return chip{"warn", "sync", t("sync.upgrade"), t("sync.upgrade"), settingsPath}
	case s.State == bridge.StateSyncing:
		return chip{"", "sync", t("sync.syncing"), t("sync.syncing"), journalPath}
	case s.LastMS > 0 && now.Sub(last) > longAbsence:
		day := i18n.DayNear(lang, i18n.Today(last), i18n.Today(now))
		if s.Pending > 0 {
			return chip{"warn", "cloud-off", t("sync.oldKept", day, s.Pending), kept, journalPath}
		}
		return chip{"warn", "cloud-off", t("sync.old", day), t("sync.old", day), journalPath}
	case s.State == bridge.StateOffline && s.Pending > 0:
		return chip{"off", "cloud-off", t("sync.offKept", s.Pending), kept, journalPath}
	case s.State == bridge.StateOffline:
		return chip{"off", "cloud-off", t("sync.off"), t("sync.off"), journalPath}
	case s.State == bridge.StateProblem:
		return chip{"warn", "warn", t("sync.problem"), kept, journalPath}
	case s.Pending > 0:
		return chip{"off", "cloud", t("sync.pending", s.Pending), kept, journalPath}
	case s.LastMS == 0:
		return chip{"", "cloud", t("sync.never"), t("sync.never"), journalPath}
	}
	clock := i18n.DayTime(last.Hour()*60 + last.Minute())
	if i18n.Today(last) != i18n.Today(now) {
		clock = i18n.When(lang, last, now)
	}
	return chip{"ok", "cloud", t("sync.ok", clock), clock, journalPath}
}
