// Package heap says when the heap of a WebAssembly program is collected.
//
// There is one thread: what marks the heap runs to its end as soon as nothing
// else is ready, and holds up whoever asks next: some 0.1 s in a worker that
// holds thousands of clients, some frames in a page on a slow tablet. With Go's
// own setting, twice what is in use, a page that uses 6 MB collects every few
// gestures. So the heap may grow to a room that any tablet has before it is
// collected, however little of it is in use; beyond, to twice what is in use.
package heap

import (
	"runtime"
	"runtime/debug"
)

// least is the smallest heap that the runtime collects, in bytes, at 100 %.
const least = 4 << 20

// Room lets the heap grow to so many bytes, from now on.
func Room(bytes uint64) { settle(bytes, most(bytes)) }

// A tuner is lost with each collection, and settles when the next one comes.
type tuner struct{ _ *uint64 }

func settle(room uint64, percent int) {
	debug.SetGCPercent(percent)
	runtime.SetFinalizer(&tuner{&room}, func(*tuner) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		settle(room, next(room, m.NextGC, percent))
	})
}

// next is how much more than what is in use the heap may hold, in percent: goal
// is the size of the heap at which the next collection was to begin, by the
// percentage so far.
func next(room, goal uint64, percent int) int {
	used := goal/uint64(100+percent) + 1 // a hundredth of what is in use
	return min(max(100, int(room/used)-100), most(room))
}

// most is the percentage at which the smallest heap takes the whole room.
func most(room uint64) int { return max(100, int(room/(least/100))-100) }
