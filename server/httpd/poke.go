package httpd

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/auth"
	"sillon/server/hub"
)

// Rhythm of the pokes.
const (
	pokeEvery = time.Second
	heartbeat = 25 * time.Second
	checkOn   = 5 * time.Second // how soon an ended session ends its pokes
	perUser   = 8               // connections
)

// waiting counts the open connections of each user.
type waiting struct {
	mu sync.Mutex
	n  map[portfolio.ID]int
}

func (q *waiting) enter(u portfolio.ID) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n == nil {
		q.n = map[portfolio.ID]int{}
	}
	if q.n[u] >= perUser {
		return false
	}
	q.n[u]++
	return true
}

func (q *waiting) leave(u portfolio.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.n[u]--; q.n[u] == 0 {
		delete(q.n, u)
	}
}

// poke tells, as server-sent events and at most once a second, which scopes
// have moved: "scope seq" a line, never data. It asks the database, so it also
// hears of what another process wrote. The first event is where things stand.
func (s *server) poke(w http.ResponseWriter, r *http.Request, who hub.Session) {
	if !s.waiting.enter(who.User) {
		fail(w, http.StatusTooManyRequests, wire.CodeBusy, "too many connections", 60)
		return
	}
	defer s.waiting.leave(who.User)
	out := http.NewResponseController(w)
	out.SetReadDeadline(time.Time{}) // that of a request's body would end the stream
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // a proxy must not save it up

	ref := s.ref(r)
	told := map[uint32]uint64{}
	tick := time.NewTicker(pokeEvery)
	defer tick.Stop()
	var spoke, checked time.Time
	for {
		now := s.Now()
		if now.Sub(checked) >= checkOn {
			if err := s.Sessions.Alive(r.Context(), ref, now.UnixMilli()); errors.Is(err, auth.ErrEnded) && !checked.IsZero() {
				return
			}
			checked = now
		}
		heads, err := s.Hub.Heads(r.Context(), who, now.UnixMilli())
		if err != nil {
			if spoke.IsZero() {
				s.answer(w, r, err)
			}
			return
		}
		var text string
		if news := moved(told, heads); len(news) > 0 || spoke.IsZero() {
			text = "data: " + strings.Join(news, "\ndata: ") + "\n\n"
		} else if now.Sub(spoke) >= heartbeat {
			text = ":\n\n"
		}
		if text != "" {
			out.SetWriteDeadline(time.Now().Add(heartbeat)) // a listener that is gone must not hold us
			if _, err := w.Write([]byte(text)); err != nil {
				return
			}
			if err := out.Flush(); err != nil {
				return
			}
			told, spoke = heads, now
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		case <-s.Done:
			return
		}
	}
}

// moved lists the scopes whose counter is not the one told before.
func moved(told, heads map[uint32]uint64) []string {
	var out []string
	for _, sc := range slices.Sorted(maps.Keys(heads)) {
		if seq, ok := told[sc]; !ok || seq != heads[sc] {
			out = append(out, fmt.Sprintf("%d %d", sc, heads[sc]))
		}
	}
	for _, sc := range slices.Sorted(maps.Keys(told)) { // no longer granted: worth asking too
		if _, ok := heads[sc]; !ok {
			out = append(out, fmt.Sprintf("%d 0", sc))
		}
	}
	return out
}
