package replicate

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"sillon/app/store"
	"sillon/engine/cbor"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func half() float64 { return 0.5 }

func failure(status int, code string, retry int) Result {
	return Result{Err: &Failure{Status: status, Problem: wire.Problem{Code: code, Retry: retry}}}
}

// done runs one exchange of the machine.
func done(t *testing.T, m *Machine, r Result, now time.Time) {
	t.Helper()
	if s := m.Next(now); !s.Exchange {
		t.Fatalf("no exchange at %v, wait %v, status %+v", now, s.Wait, m.Status())
	}
	m.Handle(r, now)
}

func TestBackOff(t *testing.T) {
	m, now := NewMachine(half, noon), noon
	// half of 1, 2, 4 … 256 s, then of 5 minutes
	for i, want := range []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second,
		16 * time.Second, 32 * time.Second, 64 * time.Second, 128 * time.Second, 150 * time.Second, 150 * time.Second} {
		done(t, m, Result{Err: errors.New("no network")}, now)
		s := m.Next(now)
		if s.Exchange || s.Wait != want || m.Status().Phase != Offline || m.Status().Fails != i+1 {
			t.Fatalf("failure %d: %+v, want a wait of %v; status %+v", i+1, s, want, m.Status())
		}
		now = now.Add(want)
	}
	done(t, m, Result{}, now)
	if m.Status().Phase != Idle || m.Status().Fails != 0 || m.Next(now).Wait != Poll {
		t.Errorf("after success: %+v", m.Status())
	}
}

func TestWake(t *testing.T) {
	for _, c := range []struct {
		name   string
		before Result
		reason Reason
		wait   time.Duration // 0: an exchange at once
	}{
		{"a change goes out at once", Result{}, Change, 0},
		{"a poke is followed at once", Result{}, Poke, 0},
		{"the network is back", Result{Err: errors.New("x")}, Online, 0},
		{"the page comes to the front", Result{Err: errors.New("x")}, Visible, 0},
		{"the user asks", Result{Err: errors.New("x")}, Asked, 0},
		{"a server that asked for a pause has it", failure(503, wire.CodeBusy, 40), Online, 40 * time.Second},
		{"… whoever asks", failure(429, wire.CodeBusy, 40), Asked, 40 * time.Second},
		{"signed out: a change waits", failure(401, wire.CodeSignIn, 0), Change, LastWait},
		{"signed out: so does the network", failure(401, wire.CodeSignIn, 0), Online, LastWait},
		{"signing in goes at once", failure(401, wire.CodeSignIn, 0), Signed, 0},
		{"another user's session: as signed out", Result{Err: store.ErrUser}, Visible, LastWait},
	} {
		m := NewMachine(half, noon)
		done(t, m, c.before, noon)
		m.Wake(c.reason, noon)
		if s := m.Next(noon); s.Exchange != (c.wait == 0) || s.Wait != c.wait {
			t.Errorf("%s: %+v, want a wait of %v", c.name, s, c.wait)
		}
	}
	t.Run("out of reach, actions do not hammer", func(t *testing.T) {
		m, now := NewMachine(half, noon), noon
		for range 6 {
			done(t, m, Result{Err: errors.New("x")}, now)
			now = now.Add(m.Next(now).Wait)
		}
		done(t, m, Result{Err: errors.New("x")}, now)
		m.Wake(Change, now)
		if s := m.Next(now); s.Exchange || s.Wait != Spacing {
			t.Errorf("%+v, want a wait of %v", s, Spacing)
		}
	})
	t.Run("a wake during an exchange is not lost", func(t *testing.T) {
		m := NewMachine(half, noon)
		m.Next(noon)
		m.Wake(Change, noon)
		m.Handle(Result{}, noon)
		if !m.Next(noon).Exchange {
			t.Error("the change waits for the poll")
		}
	})
	t.Run("a clock put back ten days does not stop the tablet for ten days", func(t *testing.T) {
		m := NewMachine(half, noon)
		done(t, m, Result{}, noon)
		if s := m.Next(noon.Add(-240 * time.Hour)); s.Wait > LastWait {
			t.Errorf("waits %v", s.Wait)
		}
	})
}

func TestBatchSize(t *testing.T) {
	m := NewMachine(half, noon)
	size := func() int { m.Wake(Asked, noon); s := m.Next(noon); return s.Size }
	for _, want := range []int{128 << 10, 256 << 10, 512 << 10, 512 << 10} {
		got := size()
		if got != want {
			t.Errorf("size %d, want %d", got, want)
		}
		m.Handle(Result{Bytes: got}, noon)
	}
	size()
	m.Handle(Result{Bytes: 10}, noon)
	if got := size(); got != 512<<10 {
		t.Errorf("a small batch changed the size to %d", got)
	}
	r := failure(413, wire.CodeTooLarge, 0)
	for _, want := range []int{256 << 10, 128 << 10, 64 << 10, 32 << 10} {
		r.Bytes = 2 * want
		m.Handle(r, noon)
		if s := m.Next(noon); !s.Exchange || s.Size != want {
			t.Errorf("after 413: %+v, want %d at once", s, want)
		}
	}
	r.Bytes = 40 << 10 // a single group: it cannot be halved
	m.Handle(r, noon)
	if s := m.Next(noon); s.Exchange || m.Status().Phase != Trouble {
		t.Errorf("one group too large: %+v, %+v", s, m.Status())
	}
	if got := size(); got != MinBatch {
		t.Errorf("size %d", got)
	}
	m.Handle(Result{Err: errors.New("x")}, noon)
	if got := size(); got != MinBatch {
		t.Errorf("size %d after a failure, want the least", got)
	}
}

func TestPhases(t *testing.T) {
	for _, c := range []struct {
		name  string
		r     Result
		want  Phase
		again bool // at once
	}{
		{"all is read", Result{}, Idle, false},
		{"more to read", Result{More: true}, Syncing, true},
		{"signed out", failure(401, wire.CodeSignIn, 0), SignIn, false},
		{"forbidden", failure(403, wire.CodeForbidden, 0), Trouble, false},
		{"too old, and more was handed in", Result{Err: &Failure{Status: 426, Problem: wire.Problem{Code: wire.CodeUpgrade}}, Changed: store.Changed{Acked: 2}}, TooOld, true},
		{"too old, and nothing is left", failure(426, wire.CodeUpgrade, 0), TooOld, false},
		{"busy", failure(503, wire.CodeBusy, 3), Offline, false},
		{"the device is full", Result{Err: fmt.Errorf("apply: %w", store.ErrQuota)}, Trouble, false},
		{"an unknown cookie is thrown away", Result{Err: &Failure{Status: 400, Problem: wire.Problem{Code: wire.CodeBadRequest}}, Reread: true}, Syncing, true},
		{"a bad request", failure(400, wire.CodeBadRequest, 0), Trouble, false},
		{"a proxy's page", failure(502, "", 0), Trouble, false},
	} {
		m := NewMachine(half, noon)
		done(t, m, c.r, noon)
		if got := m.Status().Phase; got != c.want {
			t.Errorf("%s: phase %d, want %d", c.name, got, c.want)
		}
		if got := m.Next(noon).Exchange; got != c.again {
			t.Errorf("%s: again at once %v, want %v", c.name, got, c.again)
		}
	}
	t.Run("answers that ask for more and bring nothing end in back-off, not in a storm", func(t *testing.T) {
		m := NewMachine(half, noon)
		n := 0
		for ; m.Next(noon).Exchange && n < 100; n++ {
			m.Handle(Result{More: true, Changed: store.Changed{Ignored: store.IgnoredScopes}}, noon)
		}
		if n != stuck || m.Status().Phase != Trouble {
			t.Errorf("%d exchanges, %+v", n, m.Status())
		}
	})
}

// fake is a store and a server in a few lines.
type fake struct {
	batch   store.Batch
	changed store.Changed
	applied []store.Exchange
	reread  int
	err     error
	answers func(n int, r *wire.Request) (*wire.Answer, error)
	n       int
	times   []time.Time
}

func (f *fake) Batch(context.Context, int, int) (store.Batch, error) { return f.batch, nil }
func (f *fake) Reread(context.Context) error                         { f.reread++; f.batch.Cookie = nil; return nil }
func (f *fake) ApplyAnswer(_ context.Context, x store.Exchange) (store.Changed, error) {
	f.applied = append(f.applied, x)
	return f.changed, f.err
}
func (f *fake) Exchange(ctx context.Context, r *wire.Request) (*wire.Answer, error) {
	f.n++
	f.times = append(f.times, time.Now())
	return f.answers(f.n, r)
}

func TestSettle(t *testing.T) {
	dev := portfolio.ID{1}
	f := &fake{batch: store.Batch{Device: dev, Epoch: 3, Cookie: []byte("c"), Ops: []cbor.RawMessage{{1}}, Bytes: 1, More: true}}
	p, err := Prepare(t.Context(), f, MinBatch, wire.MaxOps, "b1", noon)
	if err != nil || p.Request.Device != dev || p.Request.Epoch != 3 || p.Request.Build != "b1" || len(p.Request.Ops) != 1 || p.Request.SentMS != noon.UnixMilli() {
		t.Fatalf("%+v %v", p, err)
	}
	// one hour ahead, read 2 s after sending: the server's 13:00:01 was our 12:00:01
	now := noon.Add(2 * time.Second)
	ans := &wire.Answer{NowMS: noon.Add(time.Hour + time.Second).UnixMilli()}
	r := Settle(t.Context(), f, p, ans, nil, now)
	if x := f.applied[0]; x.Offset == nil || *x.Offset != time.Hour || x.Request != p.Request {
		t.Errorf("offset %v", x.Offset)
	}
	if r.More { // nothing was acknowledged: more of the same would be a storm
		t.Error("more, although nothing was acknowledged")
	}
	f.changed.Acked = 1
	if r = Settle(t.Context(), f, p, ans, nil, noon.Add(time.Minute)); !r.More || f.applied[1].Offset != nil {
		t.Errorf("after a minute's round trip: offset %v, more %v", f.applied[1].Offset, r.More)
	}
	upgrade := &Failure{Status: 426, Problem: wire.Problem{Code: wire.CodeUpgrade, Answer: ans}}
	if r = Settle(t.Context(), f, p, nil, upgrade, now); r.Err == nil || r.Changed.Acked != 1 || len(f.applied) != 3 {
		t.Errorf("the push of a version too old to read: %+v", r)
	}
	bad := &Failure{Status: 400, Problem: wire.Problem{Code: wire.CodeBadRequest}}
	if r = Settle(t.Context(), f, p, nil, bad, now); !r.Reread || f.reread != 1 {
		t.Errorf("an unknown cookie: %+v", r)
	}
	p.Request.Cookie = nil
	if r = Settle(t.Context(), f, p, nil, bad, now); r.Reread || f.reread != 1 {
		t.Errorf("a bad request without cookie: %+v", r)
	}
}

func TestLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{answers: func(n int, _ *wire.Request) (*wire.Answer, error) {
			switch n {
			case 1, 2:
				return nil, errors.New("no network")
			case 3:
				return &wire.Answer{}, nil
			case 4:
				return nil, &Failure{Status: 401, Problem: wire.Problem{Code: wire.CodeSignIn}}
			}
			return &wire.Answer{}, nil
		}}
		f.changed.Acked = 1
		var phases []Phase
		changes := 0
		start := time.Now()
		l := NewLoop(Options{Store: f, Transport: f, Now: time.Now, Random: half,
			Changed: func(store.Changed) { changes++ },
			Status: func(s Status) {
				if len(phases) == 0 || phases[len(phases)-1] != s.Phase {
					phases = append(phases, s.Phase)
				}
			}})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- l.Run(ctx) }()
		time.Sleep(10 * time.Second) // 0 s and 0.5 s fail, 1.5 s succeeds
		synctest.Wait()
		if f.n != 3 || f.times[2].Sub(start) != 1500*time.Millisecond || l.Status().Phase != Idle || changes != 1 {
			t.Errorf("%d exchanges, the last after %v, %+v", f.n, f.times[len(f.times)-1].Sub(start), l.Status())
		}
		l.Wake(Change)
		synctest.Wait()
		if f.n != 4 || l.Status().Phase != SignIn {
			t.Errorf("%d exchanges, %+v", f.n, l.Status())
		}
		l.Wake(Change)
		time.Sleep(time.Hour)
		synctest.Wait()
		if f.n != 4 {
			t.Errorf("signed out, and %d exchanges", f.n)
		}
		l.Wake(Signed)
		synctest.Wait()
		if f.n != 5 || l.Status().Phase != Idle {
			t.Errorf("%d exchanges, %+v", f.n, l.Status())
		}
		time.Sleep(Poll)
		synctest.Wait()
		if f.n != 6 {
			t.Errorf("no poll: %d exchanges", f.n)
		}
		l.Offline()
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		if fmt.Sprint(phases) != fmt.Sprint([]Phase{Syncing, Offline, Idle, Syncing, SignIn, Idle, Syncing, Idle, Offline}) {
			t.Errorf("phases %v", phases)
		}
	})
}

func TestLoopEndsWithItsDatabase(t *testing.T) {
	f := &fake{err: fmt.Errorf("apply: %w", store.ErrClosed), answers: func(int, *wire.Request) (*wire.Answer, error) { return &wire.Answer{}, nil }}
	l := NewLoop(Options{Store: f, Transport: f, Now: time.Now, Random: half})
	if err := l.Run(t.Context()); !errors.Is(err, store.ErrClosed) {
		t.Error(err)
	}
}
