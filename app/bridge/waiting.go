package bridge

import "time"

// A reply is what a waiting request receives in the end.
type reply struct {
	data []byte
	err  error
}

// A pending is a request on its way.
type pending struct {
	op       string
	done     chan reply // of one place: never blocks who answers
	progress func(Progress)
	until    time.Time
}

// waiting keeps the requests that have no answer yet. It knows no browser, so
// that its rules are tested natively.
type waiting struct {
	last int
	open map[int]*pending
}

func newWaiting() *waiting { return &waiting{open: map[int]*pending{}} }

// add gives a request its number.
func (w *waiting) add(op string, progress func(Progress), now time.Time) (int, *pending) {
	w.last++
	p := &pending{op: op, done: make(chan reply, 1), progress: progress, until: now.Add(limit(op))}
	w.open[w.last] = p
	return w.last, p
}

// answer ends a request; a number that is not open is an old worker's.
func (w *waiting) answer(id int, r reply) {
	if p := w.open[id]; p != nil {
		delete(w.open, id)
		p.done <- r
	}
}

// moved tells progress, and gives the request its time again.
func (w *waiting) moved(id int, pr Progress, now time.Time) {
	if p := w.open[id]; p != nil {
		p.until = now.Add(limit(p.op))
		if p.progress != nil {
			p.progress(pr)
		}
	}
}

// failAll ends every request the same way: the worker is gone.
func (w *waiting) failAll(err error) {
	for id := range w.open {
		w.answer(id, reply{err: err})
	}
}

// late reports whether a request has waited beyond its limit: a worker that
// dies of a bad IndexedDB call says nothing at all.
func (w *waiting) late(now time.Time) bool {
	for _, p := range w.open {
		if now.After(p.until) {
			return true
		}
	}
	return false
}

// limit is how long an operation may stay silent. The first start downloads
// the engine; an import or an export works through a whole file.
func limit(op string) time.Duration {
	switch op {
	case OpHello.Name, OpSignIn.Name, OpSetup.Name, OpSync.Name, OpSignOut.Name:
		return 2 * time.Minute
	case OpImportOpen.Name, OpImportCheck.Name, OpImportRun.Name, OpImportUndo.Name, OpImportBad.Name, OpExport.Name, OpOutbox.Name:
		return 5 * time.Minute
	}
	return 30 * time.Second
}

// Kinds of an [Event].
const (
	EventStatus  = "status"
	EventChanged = "changed"
	EventDeep    = "deep" // the facts of a portfolio are there: a sheet can be compared with the others
	EventLeft    = "left" // the user signed out in another tab
	EventVersion = "replaced-version"
	EventDead    = "dead" // the page's own: the worker does not start
)
