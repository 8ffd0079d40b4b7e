package ui

import (
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The page left stays until the sheet of the client is there, or not at all
// when the worker takes its time; another address puts an end to it.
func TestASheetIsAskedBeforeItsPageIsMounted(t *testing.T) {
	id := portfolio.ID{7}
	b := newBench(t)
	answers(b, bridge.OpToday, query.Today{})
	sheet := query.Client{Row: query.ClientRow{ID: id, Name: "Boulangerie Lebris"}}
	asked := records(b, bridge.OpClient, sheet)
	b.open()
	r, e := b.root, b.e
	var given *query.Client // to the page that is mounted
	open := func(path string) (waits bool, shown *int) {
		t.Helper()
		from := e.path
		e.path, shown = path, new(int)
		waits = r.comes(b.ctxOf(), from, func(app.Context) { *shown++; given = e.takeSheet(id) })
		return waits, shown
	}
	wait := func(n *int, want int) {
		t.Helper()
		for until := time.Now().Add(5 * time.Second); *n < want && time.Now().Before(until); time.Sleep(time.Millisecond) {
			b.engine.ConsumeAll()
		}
		time.Sleep(2 * sheetAhead)
		if b.engine.ConsumeAll(); *n != want {
			t.Fatalf("shown %d times, want %d", *n, want)
		}
	}

	e.path = clientsPath
	waits, shown := open(ClientPath(id))
	if !waits || r.coming.path != clientsPath || r.coming.class() != "app coming" {
		t.Fatalf("waits %t, %+v: the list is to stay", waits, r.coming)
	}
	if _, ok := r.page().(*clientsPage); !ok {
		t.Errorf("%T is shown meanwhile", r.page())
	}
	wait(shown, 1)
	if _, ok := r.page().(*clientPage); !ok || given == nil || given.Row.Name != sheet.Row.Name || len(*asked) != 1 || r.coming.class() != "app" {
		t.Fatalf("%T given %v, asked %d times; want the sheet with its answer", r.page(), given, len(*asked))
	}
	e.sheet = given
	if e.tell(bridge.Event{Kind: bridge.EventChanged}); e.takeSheet(id) != nil {
		t.Error("a sheet of before a change is kept")
	}

	// From a sheet to another the page asks itself; nothing waits for a list.
	if waits, _ := open(ClientPath(portfolio.ID{8})); waits {
		t.Error("a sheet waits for a sheet")
	}
	if waits, _ := open(clientsPath); waits {
		t.Error("a list waits")
	}

	// The second address wins.
	_, first := open(ClientPath(id))
	if waits, _ := open(todayPath); waits || r.coming.path != "" {
		t.Errorf("Today waits for a sheet: %+v", r.coming)
	}
	wait(first, 0)

	// No answer: the page that says so.
	refuses(b, bridge.OpClient, &bridge.Fault{Code: bridge.FaultMissing})
	e.path = clientsPath
	_, shown = open(ClientPath(id))
	wait(shown, 1)
	if e.sheet != nil || r.coming.path != "" {
		t.Errorf("after a fault: %+v", r.coming)
	}
}
