package heap

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// The heap takes its room, and twice what is in use once that is more.
func TestTheHeapTakesItsRoom(t *testing.T) {
	const mb, room = 1 << 20, 96 << 20
	for _, c := range []struct{ used, least, most uint64 }{{1, 90, 97}, {10, 90, 97}, {30, 90, 97}, {48, 90, 97}, {60, 119, 121}, {200, 399, 401}} {
		percent := 250
		p := next(room, c.used*mb*uint64(100+percent)/100, percent)
		goal := max(c.used*mb*uint64(100+p)/100, least*uint64(p)/100) / mb // as the runtime counts it
		if goal < c.least || goal > c.most {
			t.Errorf("%d MB in use: collected at %d MB (%d %%); want %d to %d", c.used, goal, p, c.least, c.most)
		}
	}
	if p := next(room, 0, 100); p != most(room) {
		t.Errorf("nothing in use: %d %%, want %d", p, most(room))
	}
	if most(1) != 100 {
		t.Errorf("a room of nothing: %d %%", most(1))
	}
}

// The room is settled again after each collection.
func TestTheRoomIsSettledAgain(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	const room = 64 << 20
	Room(room)
	now := func() int { // in force
		p := debug.SetGCPercent(100)
		debug.SetGCPercent(p)
		return p
	}
	if p := now(); p != most(room) {
		t.Fatalf("%d %% at first, want %d", p, most(room))
	}
	held := make([]byte, 40<<20)
	until := time.Now().Add(20 * time.Second)
	for now() > 120 && time.Now().Before(until) {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if p := now(); p > 120 {
		t.Errorf("%d %% with 40 MB of 64 in use", p)
	}
	runtime.KeepAlive(held)
	for now() < 300 && time.Now().Before(until) {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	if p := now(); p < 300 {
		t.Errorf("%d %% with next to nothing in use", p)
	}
}
