package ui

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/i18n"
	"sillon/app/ui/part"
	"sillon/engine/calendar"
	"sillon/engine/geo"
	"sillon/engine/plan"
	"sillon/engine/query"
)

// weekDay writes "mercredi 25 novembre".
func weekDay(e *Env, d calendar.Day) string { return i18n.DayLong(e.Lang, d) }

// hourPx is how high an hour is drawn.
const hourPx = 64

// Render arranges the week.
func (p *weekPage) Render() app.UI {
	e := p.E
	bar := Bar{Title: e.T("week.title"), Sub: p.sub()}
	v := p.view.Value
	if v == nil || !p.known {
		return Screen(e, bar, p.view.Waiting(e))
	}
	bar.Head = &v.Head
	if v.Head.Empty {
		return Screen(e, bar, e.firstRun("today.none"))
	}
	bar.Actions = p.actions(v)
	if p.err != nil {
		return Screen(e, bar, part.Fault(e.Fault(p.err), e.T("part.again"), func(app.Context) {
			p.err = nil
			p.came()
		}))
	}
	if p.week == nil {
		return Screen(e, bar, part.Skeleton(e.T("part.loading"), 3))
	}
	return Screen(e, bar,
		app.P().Class("sr").Attr("role", "status").Aria("live", "polite").Text(p.said),
		p.banner(),
		part.Div("wk", p.tray(), p.calendar(), p.side()),
		part.Div("no-print", &help{E: e, Page: "week"}),
		p.stopSheet(), p.rulesSheet(),
	)
}

func (p *weekPage) sub() string {
	e := p.E
	from := p.from
	switch {
	case p.tab != nil: // the worker chooses the week where the address names none
		from = p.tab.From
	case from == 0:
		from = e.today().Monday()
	}
	_, n := from.ISOWeek()
	return e.T("week.of", n, i18n.Date(e.Lang, from), i18n.Date(e.Lang, from+calendar.Day(4+p.days/10*7)))
}

// actions move between weeks, and propose.
func (p *weekPage) actions(v *query.WeekTab) []app.UI {
	e := p.E
	step := calendar.Day(7 * p.days / 5)
	out := []app.UI{
		app.A().Class("btn sec icon").Href(p.to(v.From-step, p.days)).Aria("label", e.T("week.before")).Body(part.Icon("left")),
		app.A().Class("btn sec icon").Href(p.to(v.From+step, p.days)).Aria("label", e.T("week.after")).Body(part.Icon("right")),
	}
	if v.Head.Readonly {
		return append(out, e.lock())
	}
	out = append(out, part.Press("week-rules", "btn sec icon", func() { p.rules = true }, part.Icon("gear")).Aria("label", e.T("week.rules")))
	if p.busy {
		return append(out, part.Press("week-stop", "btn pri", p.stop, part.Words(e.T("week.stop"))).ID("week-stop"))
	}
	return append(out, part.Press("week-go", "btn pri", p.propose, part.Words(e.T("week.propose"))).ID("week-go").Disabled(p.week == nil))
}

func (p *weekPage) to(from calendar.Day, days int) string {
	if days == 10 {
		return Address(weekPath, "du", weekText(from), "jours", "10")
	}
	return Address(weekPath, "du", weekText(from))
}

// banner says what goes on: the search, what a cancelled appointment has freed,
// what waits to be accepted, what a client in hand waits for.
func (p *weekPage) banner() app.UI {
	e := p.E
	switch {
	case p.lift >= 0:
		return part.Div("hint in wk-b", part.IconS("info"), part.Span("", e.T("week.where", p.tab.Rows[p.lift].Name)), part.Space(),
			part.Press("week-back", "btn sm sec", p.putBack, part.Words(e.T("week.let-go"))))
	case p.busy:
		bar := app.Progress().ID("week-bar").Aria("label", e.T("week.searching")).Max(strconv.Itoa(max(1, p.of))).Value(strconv.Itoa(min(p.ran, max(1, p.of))))
		return part.Div("hint in wk-b", part.IconS("sync"), part.Span("", e.T("week.searching")), bar)
	case p.gap != "":
		return part.Div("hint wk-b", part.IconS("calendar"), part.Span("", p.gap), part.Space(),
			part.Press("week-fill", "btn sm pri", p.fill, part.Words(e.T("week.fill"))).ID("week-fill"))
	case p.week.Dropped > 0:
		return part.Div("hint wk-b", part.IconS("warn"), part.Span("", e.T("week.dropped-out", int(p.week.Dropped))))
	case p.waiting(0) > 0 && !p.view.Value.Head.Readonly:
		n := p.waiting(0)
		return part.Div("hint in wk-b", part.IconS("check"), part.Span("", e.T("week.waiting", n)), part.Space(),
			part.Press("week-fill2", "btn sm sec", p.fill, part.Words(e.T("week.fill"))),
			part.Press("week-accept", "btn sm pri", func() { p.accept(0) }, part.Words(e.T("week.accept-all"))).ID("week-accept"))
	case p.week.Visits == 0 && len(p.week.Left) > 0:
		return part.Div("hint in wk-b", part.IconS("bulb"), part.Span("", e.T("week.empty", len(p.week.Left))))
	}
	return part.Nothing()
}

// waiting counts the proposals of a day, or of all, that are no appointments yet.
func (p *weekPage) waiting(day calendar.Day) (n int) {
	for d := range p.week.Days {
		if day != 0 && p.week.Days[d].Day != day {
			continue
		}
		for i := range p.week.Days[d].Stops {
			if p.ours(&p.week.Days[d].Stops[i]) {
				n++
			}
		}
	}
	return n
}

// ours says whether a stop is a proposal.
func (p *weekPage) ours(s *plan.Stop) bool { return s.Kind != plan.Appointment }

// tray lists whom to place, by town.
func (p *weekPage) tray() app.UI {
	e := p.E
	type town struct {
		name string
		n    int
	}
	var towns []town
	for i := range p.week.Left {
		city := p.tab.Rows[p.week.Left[i].Client].City
		k := slices.IndexFunc(towns, func(t town) bool { return t.name == city })
		if k < 0 {
			towns = append(towns, town{city, 1})
		} else {
			towns[k].n++
		}
	}
	slices.SortStableFunc(towns, func(a, b town) int { return b.n - a.n })
	var chips []app.UI
	found := false
	for i, t := range towns {
		found = found || t.name == p.zone
		if i < 5 || t.name == p.zone {
			name := t.name
			chips = append(chips, part.Chip("zone-"+name, orText(name, e.T("week.nowhere")), e.Count(t.n), p.zone == name, func(app.Context) {
				if p.zone == name {
					name = ""
				}
				p.zone = name
			}))
		}
	}
	zone := p.zone
	if !found {
		zone = ""
	}
	var rows []app.UI
	for i := range p.week.Left {
		l := &p.week.Left[i]
		if zone != "" && p.tab.Rows[l.Client].City != zone || len(rows) >= 40 {
			continue
		}
		rows = append(rows, app.Li().Body(p.trayRow(l)))
	}
	if len(rows) == 0 {
		key := "week.all-placed"
		if !slices.ContainsFunc(p.tab.Book.Days, func(d plan.Workday) bool { return d.Off == plan.Works }) {
			key = "week.closed"
		}
		rows = append(rows, app.Li().Class("verdict").Text(e.T(key)))
	}
	return part.Section("card wk-tray", e.T("week.tray"),
		part.Div("card-h", part.H2("", e.T("week.tray")), part.Space(), part.Span("meta", e.T("who.clients", len(p.week.Left)))),
		app.Div().Class("chips").Hidden(len(towns) < 2).Body(chips...),
		app.Ul().Class("wk-list").Body(rows...),
		p.whyNot())
}

func orText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// trayRow is a client to place: tap, or drag, and a day.
func (p *weekPage) trayRow(l *plan.Left) app.UI {
	e, row := p.E, &p.tab.Rows[l.Client]
	i := l.Client
	when := e.T("week.never")
	if row.Since >= 0 {
		when = e.T("week.days", int(row.Since))
	}
	why := p.why(l.Why, i)
	if len(l.Slots) > 0 {
		s := l.Slots[0]
		for _, x := range l.Slots {
			if x.Cost < s.Cost {
				s = x
			}
		}
		why = e.T("week.cost-on", int(s.Cost), lower(p.short(p.week.Days[s.Day].Day)))
	}
	b := app.Button().Type("button").Class("tr1").Aria("pressed", p.lift == i).Draggable(true).Body(
		part.Box("ac", part.IconS("list")),
		part.Box("it", part.Line("b sm nw", row.Name),
			part.Div("row g6 xs t3", part.Phase(e.Lang, row.Phase, true), part.Span("", row.City+" · "+when)),
			part.Line("xs t2", why)),
		part.Space(), part.Span("b tn sm", e.Count(int(row.Score))),
	).OnClick(func(app.Context, app.Event) { p.liftUp(i) }, app.EventScope("tray", row.ID.String())).
		OnDragStart(func(ctx app.Context, ev app.Event) {
			ev.Get("dataTransfer").Call("setData", "text/plain", row.Name)
			p.lift, p.before, p.open = i, nil, nil
		}, app.EventScope("drag", row.ID.String()))
	if p.view.Value.Head.Readonly {
		b = b.Disabled(true)
	}
	return b
}

// whyNot counts those who do not take part, by reason.
func (p *weekPage) whyNot() app.UI {
	e := p.E
	if len(p.week.Others) == 0 {
		return part.Nothing()
	}
	var lines []app.UI
	for i := 0; i < len(p.week.Others); {
		code, n := p.week.Others[i].Why.Code, 0
		first := p.week.Others[i].Client
		for ; i < len(p.week.Others) && p.week.Others[i].Why.Code == code; i++ {
			n++
		}
		text := e.T("week.not"+strconv.Itoa(int(code)), n)
		if n == 1 {
			text += " (" + p.tab.Rows[first].Name + ")"
		}
		lines = append(lines, app.Li().Class("sm t2").Text(text))
	}
	return part.Div("wk-not", part.Open("week-others", "lnk", "", e.T("week.others", len(p.week.Others)), p.others, func() { p.others = !p.others }),
		app.Ul().Hidden(!p.others).Body(lines...))
}

// why words one reason.
func (p *weekPage) why(r plan.Reason, client int32) string {
	e := p.E
	key := "week.why" + strconv.Itoa(int(r.Code))
	n := int(r.N)
	switch r.Code {
	case plan.WhyNear:
		return e.T(key, n, p.tab.Rows[r.Client].Name)
	case plan.WhyWanted:
		if n < 0 {
			return e.T("week.why-over", -n)
		}
	}
	return e.T(key, n)
}

// calendar is the days side by side.
func (p *weekPage) calendar() app.UI {
	e := p.E
	open, close := p.hours()
	var hours []app.UI
	for h := open; h <= close; h++ {
		hours = append(hours, app.Span().DataSet("top", strconv.Itoa(int(h-open)*hourPx)+"px").Text(e.T("week.hour", int(h))))
	}
	cols := []app.UI{part.Div("hrs", part.Div("dh"), app.Div().Class("dgr").DataSet("high", strconv.Itoa(int(close-open)*hourPx)+"px").Body(hours...))}
	for d := range p.week.Days {
		cols = append(cols, p.column(d, open, close))
	}
	picks := make([]app.UI, len(p.week.Days))
	for d := range p.week.Days {
		day := p.week.Days[d].Day
		picks[d] = app.Button().Type("button").Aria("pressed", d == p.day).Text(i18n.Day(e.Lang, day)).
			OnClick(func(app.Context, app.Event) { p.day = d }, app.EventScope("pick", strconv.Itoa(d)))
	}
	class := "calg"
	if len(p.week.Days) > 5 {
		class = "calg ten"
	}
	return part.Section("card p0 wk-cal", e.T("week.days-of"),
		app.Div().Class("wk-days seg").Attr("role", "group").Aria("label", e.T("week.days-of")).Body(picks...),
		part.Div(class, cols...))
}

// hours are the first and the last hour drawn.
func (p *weekPage) hours() (open, close int32) {
	open, close = 8, 18
	for d := range p.week.Days {
		if w := &p.tab.Book.Days[d]; w.Off == plan.Works {
			open, close = min(open, w.Open/60), max(close, (w.Close+59)/60)
		}
		for i := range p.week.Days[d].Stops {
			s := &p.week.Days[d].Stops[i]
			open, close = min(open, max(0, s.Start/60)), max(close, (s.End+59)/60)
		}
	}
	return open, close
}

// column is one day.
func (p *weekPage) column(d int, open, close int32) app.UI {
	e, day := p.E, &p.week.Days[d]
	top := func(m int32) string { return strconv.Itoa(int((m-open*60)*hourPx/60)) + "px" }
	high := func(m int32) string { return strconv.Itoa(int(max(m, 26)*hourPx/60)-3) + "px" }
	var evs []app.UI
	if b := p.tab.Book.Days[d].Break; day.Off == plan.Works && b.To > b.From {
		evs = append(evs, app.Div().Class("ev lunch").DataSet("top", top(b.From)).DataSet("high", high(b.To-b.From)).Aria("hidden", "true"))
	}
	for i := range day.Stops {
		evs = append(evs, p.event(d, i, top, high))
	}
	for _, o := range p.tab.Others {
		if o.Day == day.Day {
			evs = append(evs, app.A().Class("ev b").Href(ClientPath(o.Account)).DataSet("top", top(int32(max(o.Minute, int(open)*60)))).DataSet("high", high(30)).
				Body(app.B().Text(o.Name), part.Span("", i18n.ContactKind(e.Lang, o.Kind))))
		}
	}
	sub := e.T("week.visits", len(day.Stops))
	if day.Off != plan.Works {
		sub = e.T("week.off" + strconv.Itoa(int(day.Off)))
		if n := p.tab.Names[d]; n != "" {
			sub = e.T(n)
		}
	}
	class := "day-c"
	if d == p.day {
		class += " on"
	}
	if day.Off != plan.Works {
		class += " off"
	}
	var drop app.UI = part.Nothing()
	if p.lift >= 0 {
		drop = p.dropOn(d, top, high)
	}
	head := app.Button().Type("button").Class("dh").Aria("pressed", d == p.day).Body(app.B().Text(p.short(day.Day)), part.Span("", sub)).
		OnClick(func(app.Context, app.Event) { p.day = d }, app.EventScope("day", strconv.Itoa(d)))
	return app.Div().Class(class).Attr("role", "group").Aria("label", weekDay(e, day.Day)).Body(head,
		app.Div().Class("dgr").DataSet("high", strconv.Itoa(int(close-open)*hourPx)+"px").Body(append(evs, drop)...).
			OnDragOver(func(ctx app.Context, ev app.Event) {
				ev.PreventDefault()
				ctx.PreventUpdate()
			}, app.EventScope("over", strconv.Itoa(d))).
			OnDrop(func(ctx app.Context, ev app.Event) {
				ev.PreventDefault()
				p.drop(d, -1)
			}, app.EventScope("drop", strconv.Itoa(d), strconv.Itoa(int(p.lift)))))
}

// short writes "Lun. 23".
func (p *weekPage) short(d calendar.Day) string {
	s := upper(i18n.Day(p.E.Lang, d))
	if p.E.Lang == i18n.EN || strings.Count(s, "\u00a0") < 2 {
		return s
	}
	return s[:strings.LastIndex(s, "\u00a0")]
}

// event is one stop on the grid.
func (p *weekPage) event(d, i int, top, high func(int32) string) app.UI {
	e, s := p.E, &p.week.Days[d].Stops[i]
	row := &p.tab.Rows[s.Client]
	class := "ev "
	switch {
	case p.tab.Book.Clients[s.Client].Prospect:
		class += "p"
	case row.Phase != "":
		class += strings.ToLower(row.Phase)
	default:
		class += "b"
	}
	var mark app.UI = part.Nothing()
	said := e.T("week.kind" + strconv.Itoa(int(s.Kind)))
	switch {
	case s.Late > 0:
		mark = part.Span("wk-late", e.T("week.late", int(s.Late)))
		said += ", " + e.T("week.late", int(s.Late))
	case s.Kind == plan.Appointment, s.Kind == plan.Locked:
		mark = part.IconS("lock")
		if s.Kind == plan.Appointment {
			mark = part.IconS("calendar")
		}
	}
	if p.ours(s) {
		class += " new"
	}
	if s.End-s.Start < 45 {
		class += " low"
	}
	hour := i18n.DayTime(int(s.Start))
	stop := *s
	return app.Button().Type("button").Class(class).DataSet("top", top(s.Start)).DataSet("high", high(s.End-s.Start)).
		Aria("label", hour+" "+row.Name+", "+said).Draggable(p.ours(s)).
		Body(app.B().Text(row.Name), part.Div("row g4", part.Span("", hour), mark)).
		OnClick(func(app.Context, app.Event) { p.open, p.openOn, p.day = &stop, d, d }, app.EventScope("stop", strconv.Itoa(d), row.ID.String(), hour, strconv.Itoa(int(s.Kind)), strconv.Itoa(int(s.Fixed)))).
		OnDragStart(func(ctx app.Context, ev app.Event) {
			ev.Get("dataTransfer").Call("setData", "text/plain", row.Name)
			p.liftStop(&stop, p.week.Days[d].Day)
		}, app.EventScope("dragstop", strconv.Itoa(d), row.ID.String(), hour))
}

// dropOn is where the client in hand would go on a day, and what that costs.
func (p *weekPage) dropOn(d int, top, high func(int32) string) app.UI {
	e := p.E
	for i := range p.week.Left {
		l := &p.week.Left[i]
		if l.Client != p.lift {
			continue
		}
		for _, s := range l.Slots {
			if int(s.Day) == d {
				return app.Button().Type("button").ID("drop-"+strconv.Itoa(d)).Class("ev here").DataSet("top", top(s.Start)).DataSet("high", high(45)).
					Aria("label", e.T("week.drop-at", weekDay(e, p.week.Days[d].Day), i18n.DayTime(int(s.Start)), int(s.Cost))).
					Body(app.B().Text(i18n.DayTime(int(s.Start))), part.Span("", e.T("week.plus", int(s.Cost)))).
					OnClick(func(app.Context, app.Event) { p.drop(d, -1) }, app.EventScope("put", strconv.Itoa(d), strconv.Itoa(int(p.lift)))).
					OnKeyDown(func(ctx app.Context, ev app.Event) {
						step := map[string]int{"ArrowRight": 1, "ArrowDown": 1, "ArrowLeft": -1, "ArrowUp": -1}[ev.Get("key").String()]
						if step == 0 {
							return
						}
						ev.PreventDefault()
						for to := d + step; to >= 0 && to < len(p.week.Days); to += step {
							if app.Window().GetElementByID("drop-" + strconv.Itoa(to)).Truthy() {
								part.Focus("drop-" + strconv.Itoa(to))
								return
							}
						}
					}, app.EventScope("putkey", strconv.Itoa(d)))
			}
		}
	}
	return app.Div().Class("ev full").DataSet("top", "0px").Text(e.T("week.full"))
}

// side is the tour of one day, and the sums of all.
func (p *weekPage) side() app.UI {
	e, day := p.E, &p.week.Days[p.day]
	var steps []app.UI
	for i := range day.Stops {
		s := &day.Stops[i]
		why := make([]string, 0, len(s.Why))
		for _, r := range s.Why {
			why = append(why, p.why(r, s.Client))
		}
		way := e.T("week.way", int(s.Travel), p.km(s.Meters))
		if s.Guess {
			way = e.T("week.way-guess", int(s.Travel))
		}
		steps = append(steps, app.Li().Body(part.Span("tn sm", i18n.DayTime(int(s.Start))),
			part.Div("", part.Line("b sm", p.tab.Rows[s.Client].Name), part.Line("xs t2", strings.Join(why, " · ")), part.Line("xs t3", way))))
	}
	for _, f := range day.Loose {
		c := p.tab.Book.Fixed[f].Client
		steps = append(steps, app.Li().Body(part.Span("tn sm", i18n.None), part.Div("", part.Line("b sm", p.tab.Rows[c].Name), part.Line("xs dg", e.T("week.loose")))))
	}
	sum := e.T("week.day-sum", len(day.Stops), i18n.Hours(int(day.Spot)), i18n.Hours(int(day.Travel)))
	var over app.UI = part.Nothing()
	if day.Over > 0 {
		over = part.P("xs dg", e.T("week.over", i18n.DayTime(int(day.Back))))
	} else if len(day.Stops) > 0 {
		over = part.P("xs t2", e.T("week.back-at", i18n.DayTime(int(day.Back))))
	}
	acts := []app.UI{}
	if n := p.waiting(day.Day); n > 0 && !p.view.Value.Head.Readonly && !p.busy {
		d := day.Day
		acts = append(acts, part.Press("accept-"+strconv.Itoa(int(d)), "btn sm sec", func() { p.accept(d) }, part.Words(e.T("week.accept-day"))))
	}
	if n := len(day.Stops); n > 0 {
		acts = append(acts, part.Press("ics-"+strconv.Itoa(int(day.Day)), "btn sm ghost", p.ics, part.IconS("down-to"), part.Words(e.T("week.ics"))))
	}
	return part.Div("wk-side",
		part.Section("card p0 wk-day", weekDay(e, day.Day), p.sketch(day),
			part.Div("wk-in", part.Div("row", app.H2().Class("sm b").Text(upper(weekDay(e, day.Day))), part.Space(), part.Span("xs t2", p.km(day.Meters))),
				part.P("xs t2", sum), over, app.Ol().Class("wk-steps").Body(steps...), part.Div("row g8 wrap", acts...))),
		p.sums(), p.warnings())
}

func (p *weekPage) km(m int32) string {
	return p.E.T("week.km", p.E.Number(math.Round(float64(m)/1000)))
}

// sums are those of the days shown.
func (p *weekPage) sums() app.UI {
	e, w := p.E, p.week
	var c, m int32
	for d := range w.Days {
		for i := range w.Days[d].Stops {
			s := &w.Days[d].Stops[i]
			switch p.tab.Rows[s.Client].Phase {
			case "C":
				c += s.End - s.Start
			case "M":
				m += s.End - s.Start
			}
		}
	}
	line := func(key, value string) []app.UI { return []app.UI{app.Dt().Text(e.T(key)), app.Dd().Text(value)} }
	var rows []app.UI
	rows = append(rows, line("week.sum-visits", e.Count(int(w.Visits)))...)
	rows = append(rows, line("week.sum-prospects", e.Count(int(w.Prospects)))...)
	rows = append(rows, line("week.sum-c", i18n.Hours(int(c)))...)
	rows = append(rows, line("week.sum-m", i18n.Hours(int(m)))...)
	rows = append(rows, line("week.sum-road", p.km(w.Meters)+" · "+i18n.Hours(int(w.Travel)))...)
	return part.Section("card", e.T("week.sums"), part.H2("eyebrow", e.T("week.sums")), app.Dl().Class("dl").Body(rows...))
}

// warnings are what the plan cannot hold.
func (p *weekPage) warnings() app.UI {
	e, w := p.E, p.week
	var out []app.UI
	if w.Possible > 0 && w.Planned > w.Possible {
		out = append(out, part.Div("row sm wk-w", part.Box("dg", part.IconS("warn")), part.Span("", e.T("week.capacity", int(w.Planned), int(w.Possible)))))
	}
	if n := len(p.tab.Big); n > 0 {
		out = append(out, part.Div("row sm wk-w", part.Box("dg", part.IconS("warn")), part.Span("", e.T("week.big", n))))
	}
	times := map[int32]int{}
	for i := range p.tab.Book.Fixed {
		c := p.tab.Book.Fixed[i].Client
		if times[c]++; times[c] == 2 {
			out = append(out, part.Div("row sm wk-w", part.Box("dg", part.IconS("warn")), part.Span("", e.T("week.twice", p.tab.Rows[c].Name))))
		}
	}
	for i := range w.Others {
		if w.Others[i].Why.Code == plan.NotPlaced {
			n := 0
			for j := range w.Others {
				if w.Others[j].Why.Code == plan.NotPlaced {
					n++
				}
			}
			out = append(out, part.Div("row sm wk-w", part.Box("t3", part.IconS("pin")), part.Span("", e.T("week.unplaced", n))))
			break
		}
	}
	if p.tab.Guessed {
		out = append(out, part.Div("row sm wk-w", part.Box("t3", part.IconS("info")), part.Span("", e.T("week.guessed")),
			part.Press("week-rules2", "lnk", func() { p.rules = true }, part.Words(e.T("week.set")))))
	}
	if len(out) == 0 {
		return part.Nothing()
	}
	return part.Section("card", e.T("week.watch"), out...)
}

// sketch draws the tour of a day over the outline of the country.
func (p *weekPage) sketch(day *plan.Day) app.UI {
	const w, h, edge = 236.0, 190.0, 28.0
	home := p.tab.Rep.Home
	at := []plan.Point{home}
	for i := range day.Stops {
		at = append(at, p.tab.Book.Clients[day.Stops[i].Client].At)
	}
	type spot struct{ x, y float64 }
	of := func(q plan.Point) spot {
		x, y := geo.Chart(geo.Position{Lat: q.Lat, Lon: q.Lon})
		return spot{x, y}
	}
	low, high, n := spot{math.Inf(1), math.Inf(1)}, spot{math.Inf(-1), math.Inf(-1)}, 0
	for _, q := range at {
		if q.Known {
			s := of(q)
			low, high, n = spot{min(low.x, s.x), min(low.y, s.y)}, spot{max(high.x, s.x), max(high.y, s.y)}, n+1
		}
	}
	if n < 2 {
		return part.Nothing()
	}
	scale := min((w-2*edge)/max(60, high.x-low.x), (h-2*edge)/max(60, high.y-low.y))
	mid := spot{(low.x + high.x) / 2, (low.y + high.y) / 2}
	xy := func(q plan.Point) (string, string) {
		s := of(q)
		return num(w/2 + (s.x-mid.x)*scale), num(h/2 + (s.y-mid.y)*scale)
	}
	var b strings.Builder
	b.WriteString(`<svg viewBox="0 0 236 190" width="100%" role="img" aria-label="` + escape(p.E.T("week.sketch", len(day.Stops))) + `"><path d="`)
	verb := "M"
	for _, q := range append(slices.Clone(at), home) {
		if q.Known {
			x, y := xy(q)
			b.WriteString(verb + x + " " + y)
			verb = "L"
		}
	}
	b.WriteString(`" fill="none" stroke="var(--accent)" stroke-width="2.5" stroke-dasharray="1 6" stroke-linecap="round"/>`)
	if home.Known {
		x, y := xy(home)
		b.WriteString(`<circle cx="` + x + `" cy="` + y + `" r="6" fill="var(--surface)" stroke="var(--accent)" stroke-width="3"/>`)
	}
	for i := len(day.Stops) - 1; i >= 0; i-- {
		if q := at[i+1]; q.Known {
			x, y := xy(q)
			b.WriteString(`<circle cx="` + x + `" cy="` + y + `" r="11" fill="var(--surface)" stroke="var(--accent)" stroke-width="2.5"/><text x="` + x + `" y="` + y + `" dy="4" text-anchor="middle" font-size="12" font-weight="700" fill="var(--text)">` + strconv.Itoa(i+1) + `</text>`)
		}
	}
	b.WriteString(`</svg>`)
	view := num(mid.x-w/2/scale) + " " + num(mid.y-h/2/scale) + " " + num(w/scale) + " " + num(h/scale)
	return part.Div("wk-map", app.Div().Class("mp-ground").Aria("hidden", "true").DataSet("view", view), app.Raw(`<div class="wk-route">`+b.String()+`</div>`))
}

func num(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// stopSheet is one stop: why it is there, and what can be done with it.
func (p *weekPage) stopSheet() app.UI {
	if p.open == nil || p.tab == nil {
		return part.Nothing()
	}
	e, s, day := p.E, p.open, p.week.Days[min(p.openOn, len(p.week.Days)-1)].Day
	row := &p.tab.Rows[s.Client]
	readonly := p.view.Value.Head.Readonly
	return &part.Sheet{ID: "week-stop-sheet", Class: "menu", Eyebrow: upper(weekDay(e, day)) + " · " + i18n.DayTime(int(s.Start)) + "–" + i18n.DayTime(int(s.End)),
		Title: row.Name, Close: e.T("part.close"), OnClose: func(app.Context) { p.open = nil },
		Body: func() []app.UI {
			var why []app.UI
			for _, r := range s.Why {
				why = append(why, app.Li().Class("sm").Text(p.why(r, s.Client)))
			}
			acts := []app.UI{part.Link("mi", ClientPath(row.ID), part.Icon("user"), part.Span("", e.T("week.sheet")))}
			if to := navigation(p.tab.Book.Clients[s.Client].At); to != "" {
				acts = append(acts, part.Outside(to).Class("mi").Body(part.Icon("navigate"), part.Span("", e.T("week.navigate"))))
			}
			if row.Phone != "" {
				acts = append(acts, part.Tel(row.Phone).Class("mi").Body(part.Icon("phone"), part.Span("", e.T("today.call", row.Name))))
			}
			item := func(id, icon, key string, act func()) app.UI {
				return part.Press(id+row.ID.String()+strconv.Itoa(int(s.Start)), "mi", act, part.Icon(icon), part.Span("", e.T(key)))
			}
			switch {
			case readonly:
			case s.Kind == plan.Appointment:
				acts = append(acts, item("week-x", "trash", "week.cancel", func() { p.cancel(s, day) }))
			default:
				if s.Kind == plan.Locked {
					acts = append(acts, item("week-l", "lock", "week.unlock", func() { p.lock(s, day, false) }))
				} else {
					acts = append(acts, item("week-l", "lock", "week.lock", func() { p.lock(s, day, true) }))
				}
				acts = append(acts, item("week-m", "swap", "week.move", func() { p.liftStop(s, day) }),
					item("week-r", "close", "week.remove", func() { p.remove(s, day) }))
			}
			obj := part.Nothing()
			if s.Kind == plan.Appointment && int(s.Fixed) < len(p.tab.Fixed) && p.tab.Fixed[s.Fixed].Objective != "" {
				obj = part.P("sm", p.tab.Fixed[s.Fixed].Objective)
			}
			return []app.UI{part.P("sm t2", row.City), obj, part.H3("eyebrow", e.T("week.why")), app.Ul().Class("wk-why").Body(why...), part.Div("mis", acts...)}
		}}
}

// navigation opens the device's own navigation; empty without a position.
func navigation(at plan.Point) string {
	if !at.Known {
		return ""
	}
	return directions(strconv.FormatFloat(at.Lat, 'f', 5, 64)+","+strconv.FormatFloat(at.Lon, 'f', 5, 64), "")
}

// rulesSheet is how the rep works: hours, lunch, days, where a day begins.
func (p *weekPage) rulesSheet() app.UI {
	if !p.rules || p.tab == nil {
		return part.Nothing()
	}
	e := p.E
	return &part.Sheet{ID: "week-rules-sheet", Class: "menu", Eyebrow: e.T("week.title"), Title: e.T("week.rules"), Close: e.T("part.close"), Form: true,
		OnClose: func(app.Context) { p.rules = false },
		Body: func() []app.UI {
			r := p.inForce()
			hour := func(id, key string, value int32, set func(r *query.WeekRep, m int32)) app.UI {
				return part.Field(part.F{ID: id, Label: e.T(key), Value: i18n.DayTime(int(value)), Type: "time"}, func(_ app.Context, text string) {
					if m, ok := minuteOf(text); ok {
						x := p.inForce()
						set(&x, m)
						if x.Close > x.Open {
							p.setRep(x)
						}
					}
				})
			}
			days := make([]app.UI, 5)
			monday := p.tab.From
			for d := range days {
				on := r.Off>>d&1 == 0
				days[d] = part.Toggle("rep-day"+strconv.Itoa(d)+strconv.FormatBool(on), i18n.Day(e.Lang, monday+calendar.Day(d))[:3], "", on, func(app.Context) {
					x := p.inForce()
					x.Off ^= 1 << d
					p.setRep(x)
				})
			}
			home := e.T("week.home-set")
			if p.tab.Guessed {
				home = e.T("week.guessed")
			}
			return []app.UI{
				part.Div("pair", hour("rep-open", "week.opens", r.Open, func(x *query.WeekRep, m int32) { x.Open = m }),
					hour("rep-close", "week.closes", r.Close, func(x *query.WeekRep, m int32) { x.Close = m })),
				part.Div("pair", hour("rep-noon", "week.lunch-from", r.Break.From, func(x *query.WeekRep, m int32) { x.Break.From = m }),
					hour("rep-after", "week.lunch-to", r.Break.To, func(x *query.WeekRep, m int32) { x.Break.To = m })),
				part.Line("lab", e.T("week.field-days")), part.Div("chips", days...),
				part.Line("lab", e.T("week.home")), part.P("sm t2", home),
				part.Press("rep-here", "btn sec", p.here, part.IconS("pin"), part.Words(e.T("week.here"))),
				part.Line("lab", e.T("week.span")),
				part.Seg("week-span", e.T("week.span"), strconv.Itoa(p.days), []part.Option{{Key: "5", Label: e.T("week.one")}, {Key: "10", Label: e.T("week.two")}},
					func(ctx app.Context, key string) {
						n, _ := strconv.Atoi(key)
						p.E.Replace(p.to(p.tab.From, n))
						p.from, p.days = p.tab.From, n
						p.again()
					}),
			}
		}}
}

// minuteOf reads "08:30".
func minuteOf(s string) (int32, bool) {
	h, m, ok := strings.Cut(s, ":")
	a, err1 := strconv.Atoi(h)
	b, err2 := strconv.Atoi(m)
	if !ok || err1 != nil || err2 != nil || a < 0 || a > 24 || b < 0 || b > 59 {
		return 0, false
	}
	return int32(a*60 + b), true
}

// lower puts a small letter at the start of a day's name, in French.
func lower(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && strings.Contains(s, ".") {
		return string(s[0]-'A'+'a') + s[1:]
	}
	return s
}
