package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/planner/work"
	"sillon/engine/calendar"
	"sillon/engine/plan"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// helping lends a test's planner to the page.
type helping struct{ bridge.Caller }

func (helping) Close() {}

func TestTheAddressOfAWeek(t *testing.T) {
	// ISO 8601: the first week of a year holds its 4 January; 2026 has 53.
	for _, c := range []struct {
		text string
		want calendar.Day
	}{
		{"2026-W48", calendar.Of(2026, time.November, 23)}, {"2026-W01", calendar.Of(2025, time.December, 29)},
		{"2026-W53", calendar.Of(2026, time.December, 28)}, {"2026-W54", 0}, {"2026", 0}, {"x-W2", 0}, {"", 0},
	} {
		if got := mondayOf(c.text); got != c.want {
			t.Errorf("%q is %v, want %v", c.text, got, c.want)
		}
	}
	if got := weekText(calendar.Of(2027, time.January, 1)); got != "2026-W53" { // a Friday
		t.Errorf("1 January 2027 is of %s", got)
	}
}

func init() {
	groundOps["week"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "week", in, func(q query.WeekAsk) query.WeekTab {
			q.Scope = 7
			return g.snap.WeekTab(g.reader(q.Lang), q, nil)
		})
	}
	groundOps["week-accept"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "week-accept", in, func(q bridge.Accept) bridge.Accepted {
			return bridge.Accepted{Act: portfolio.ID{0xbb}, Done: len(q.Visits)}
		})
	}
}

// weekly opens the week after next on the demonstration, with a planner in the
// process.
func weekly(t *testing.T, keep int) (*ground, app.TestEngine, *weekPage) {
	t.Helper()
	g := lay(t, keep)
	for _, op := range []string{"local-get", "local-put"} {
		if groundOps[op] == nil {
			groundOps[op] = func(g *ground, in []byte) ([]byte, error) {
				return answer(g, op, in, func(l bridge.Local) bridge.Local { return bridge.Local{Key: l.Key} })
			}
		}
	}
	e, engine, page := g.visit(t, weekPath+"?du=2026-W49")
	p := page.(*weekPage)
	e.Planner = func() bridge.Helper { return helping{bridge.NewTwin(work.Operations(time.Now))} }
	p.err = nil
	p.came()
	engine.ConsumeAll()
	return g, engine, p
}

func proposals(p *weekPage) (n int) {
	for d := range p.week.Days {
		for i := range p.week.Days[d].Stops {
			if p.week.Days[d].Stops[i].Kind != plan.Appointment {
				n++
			}
		}
	}
	return n
}

// settle lets the search come to its end.
func settle(t *testing.T, engine app.TestEngine, p *weekPage) {
	t.Helper()
	for range 4000 {
		engine.ConsumeAll()
		if !p.busy {
			return
		}
	}
	t.Fatal("the search does not end")
}

func TestAWeekIsProposedLockedMovedAndAccepted(t *testing.T) {
	g, engine, p := weekly(t, -1)
	reads(t, p, "Ma semaine", "Semaine 49", "À placer", "Proposer ma semaine", "La semaine", "Route", "Lun. 30", "Ven. 4", "Départ supposé au milieu de vos clients")
	if proposals(p) != 0 {
		t.Fatalf("%d proposals before anybody asked", proposals(p))
	}
	p.propose()
	p.stop() // at once: the first answer is void then
	engine.ConsumeAll()
	p.propose()
	settle(t, engine, p)
	n := proposals(p)
	if n < 10 || len(p.draft) != n {
		t.Fatalf("%d proposed, %d kept on the device", n, len(p.draft))
	}
	if b := p.book(p.tab, true); plan.Verify(&b, p.week) == plan.FaultFixed {
		t.Error("an appointment has moved")
	}
	reads(t, p, "visites proposées, pas encore à l'agenda", "Tout accepter", "Accepter ce jour")

	// locked, it is in the book of the next proposal as it stands
	d := 0
	for p.week.Days[d].Stops == nil {
		d++
	}
	var s plan.Stop
	for i := range p.week.Days[d].Stops {
		if p.week.Days[d].Stops[i].Kind > plan.Locked {
			s = p.week.Days[d].Stops[i]
		}
	}
	day, id := p.week.Days[d].Day, p.tab.Rows[s.Client].ID
	p.lock(&s, day, true)
	engine.ConsumeAll()
	p.propose()
	settle(t, engine, p)
	found := false
	for i := range p.week.Days[d].Stops {
		x := &p.week.Days[d].Stops[i]
		found = found || x.Kind == plan.Locked && p.tab.Rows[x.Client].ID == id && x.Start == s.Start
	}
	if !found {
		t.Error("the locked visit has moved")
	}

	// moved in hand: it waits among those to place, and Escape puts it back
	for i := range p.week.Days[d].Stops {
		if p.week.Days[d].Stops[i].Kind == plan.Locked {
			s = p.week.Days[d].Stops[i]
		}
	}
	before := len(p.draft)
	p.liftStop(&s, day)
	engine.ConsumeAll()
	if len(p.draft) != before-1 || p.lift != s.Client {
		t.Error("not in hand")
	}
	p.putBack()
	engine.ConsumeAll()
	if len(p.draft) != before {
		t.Errorf("%d proposals, %d before it was lifted", len(p.draft), before)
	}

	// accepted: one order with all of them, and none left here
	p.accept(0)
	engine.ConsumeAll()
	if q := orders[bridge.Accept](g, "week-accept"); len(q) != 1 || len(q[0].Visits) != before || q[0].Visits[0].Minute == 0 {
		t.Errorf("%d orders", len(q))
	}
	if len(p.draft) != 0 {
		t.Errorf("%d proposals stay", len(p.draft))
	}
}

func TestAClientIsPlacedByTap(t *testing.T) {
	_, engine, p := weekly(t, 60)
	if len(p.week.Left) == 0 || len(p.week.Left[0].Slots) == 0 {
		t.Skip("nobody to place on this ground")
	}
	l := p.week.Left[0]
	p.ctx.Dispatch(func(app.Context) { p.liftUp(l.Client) })
	engine.ConsumeAll()
	reads(t, p, "Quel jour pour "+p.tab.Rows[l.Client].Name)
	at := l.Slots[len(l.Slots)-1]
	p.drop(int(at.Day), -1)
	engine.ConsumeAll()
	if len(p.draft) != 1 || p.draft[0].Start != at.Start || p.draft[0].Day != p.week.Days[at.Day].Day {
		t.Errorf("%+v, told %+v", p.draft, at)
	}
}

func TestAPlannerThatDoesNotStartIsSaid(t *testing.T) {
	g := lay(t, 20)
	g.refuse["local-get"] = &bridge.Fault{Code: bridge.FaultStorage}
	_, engine, page := g.visit(t, weekPath)
	engine.ConsumeAll()
	if !strings.Contains(text(page), "Recommencer") && !strings.Contains(text(page), "Réessayer") {
		t.Errorf("no way on: %s", text(page))
	}
}
