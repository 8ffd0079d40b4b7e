package replicate

import (
	"errors"
	"time"

	"sillon/app/store"
	"sillon/engine/wire"
)

// Bounds of what is sent and of the waits between tries.
const (
	MinBatch  = 32 << 10 // bytes of operations, before compression
	MaxBatch  = 512 << 10
	FirstWait = time.Second
	LastWait  = 5 * time.Minute
	Poll      = time.Minute     // between exchanges when nothing happens
	Spacing   = 5 * time.Second // between tries that actions ask for while the server is out of reach
	stuck     = 3               // answers in a row that ask for more and bring nothing
)

// A Machine decides when to exchange and how much to send. It has no clock and
// no chance of its own: the same calls give the same decisions.
type Machine struct {
	random func() float64 // in [0, 1)

	status Status
	size   int       // bytes for the next batch
	want   bool      // somebody asked for an exchange
	due    time.Time // not before, by our own back-off
	pause  time.Time // not before, because the server asked
	last   time.Time // the last try
	barren int       // answers in a row that asked for more and brought nothing
}

// NewMachine returns a machine that will exchange at once.
func NewMachine(random func() float64, now time.Time) *Machine {
	return &Machine{random: random, size: 4 * MinBatch, want: true, status: Status{Phase: Syncing, Since: now}}
}

// A Step is what to do next.
type Step struct {
	Exchange  bool
	Size, Ops int           // of the batch
	Wait      time.Duration // when there is no exchange; a wake ends it
}

// Next says what to do now. When it asks for an exchange, Handle must follow.
func (m *Machine) Next(now time.Time) Step {
	at := m.due
	if m.pause.After(at) {
		at = m.pause
	}
	switch {
	case m.status.Phase == SignIn && !m.want:
		m.status.Next = time.Time{}
		return Step{Wait: LastWait}
	case !m.want && at.Before(m.last.Add(Poll)):
		at = m.last.Add(Poll)
	}
	if wait := at.Sub(now); wait > 0 {
		m.status.Next = at
		return Step{Wait: min(wait, LastWait)} // a clock put back must not stop us for days
	}
	m.want, m.last, m.status.Next = false, now, time.Time{}
	if m.status.Phase == Idle {
		m.phase(Syncing, nil, now)
	}
	return Step{Exchange: true, Size: m.size, Ops: wire.MaxOps}
}

// Wake asks for an exchange: at once, unless the server asked for a pause, or
// it is out of reach and was tried a moment ago.
func (m *Machine) Wake(r Reason, now time.Time) {
	if m.status.Phase == SignIn && r != Signed && r != Asked {
		return // only signing in helps
	}
	m.want = true
	switch r {
	case Change, Poke:
		if m.status.Fails > 0 {
			if soon := m.last.Add(Spacing); soon.Before(m.due) {
				m.due = soon
			}
			return
		}
	case Online, Signed, Asked:
		m.status.Fails = 0
	}
	m.due = time.Time{}
}

// Lost tells that the browser has no network.
func (m *Machine) Lost(now time.Time) {
	if m.status.Phase != SignIn {
		m.phase(Offline, nil, now)
	}
}

// Handle takes the result of the exchange that Next asked for.
func (m *Machine) Handle(r Result, now time.Time) {
	if r.Err == nil {
		m.succeed(r, now)
		return
	}
	var f *Failure
	if !errors.As(r.Err, &f) {
		m.status.Fails++
		switch {
		case errors.Is(r.Err, store.ErrUser):
			m.phase(SignIn, r.Err, now)
			return
		case local(r.Err):
			m.phase(Trouble, r.Err, now)
		default:
			m.size = max(MinBatch, m.size/2)
			m.phase(Offline, r.Err, now)
		}
		m.backOff(now)
		return
	}
	switch f.Problem.Code {
	case wire.CodeSignIn:
		m.phase(SignIn, r.Err, now)
		return
	case wire.CodeUpgrade:
		m.phase(TooOld, r.Err, now)
		m.status.Fails = 0
		if m.due = now.Add(LastWait); r.Changed.Acked > 0 { // hand in the rest
			m.due, m.want = time.Time{}, true
		}
		return
	case wire.CodeTooLarge:
		m.status.Fails++
		if m.size > MinBatch { // at the least, one group goes alone: then halving no longer helps
			m.size = max(MinBatch, min(m.size, r.Bytes)/2)
			m.due, m.want = time.Time{}, true
			return
		}
		m.phase(Trouble, r.Err, now)
	case wire.CodeBusy:
		m.status.Fails++
		m.phase(Offline, r.Err, now)
	case wire.CodeBadRequest:
		m.status.Fails++
		if r.Reread {
			m.due, m.want = time.Time{}, true
			return
		}
		m.phase(Trouble, r.Err, now)
	default:
		m.status.Fails++
		m.phase(Trouble, r.Err, now)
	}
	if f.Problem.Retry > 0 {
		m.pause = now.Add(min(time.Duration(f.Problem.Retry)*time.Second, time.Hour))
	}
	m.backOff(now)
}

// local reports whether it is this device that refuses.
func local(err error) bool {
	for _, e := range []error{store.ErrQuota, store.ErrClosed, store.ErrBlocked, store.ErrUnavailable, store.ErrAborted, store.ErrVersion, store.ErrFinished, store.ErrDamaged} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func (m *Machine) succeed(r Result, now time.Time) {
	m.status.Fails, m.due, m.pause = 0, time.Time{}, time.Time{}
	if r.Bytes >= m.size/2 {
		m.size = min(MaxBatch, 2*m.size)
	}
	if !r.More {
		m.barren = 0
		m.phase(Idle, nil, now)
		return
	}
	m.want = true
	if m.barren++; r.Changed.Any() || r.Changed.Ignored == "" {
		m.barren = 0
	}
	if m.barren >= stuck {
		m.status.Fails = m.barren - stuck + 1
		m.phase(Trouble, errors.New("the server's answers cannot be applied: "+r.Changed.Ignored), now)
		m.backOff(now)
		return
	}
	m.phase(Syncing, nil, now)
}

// backOff waits a random part of 1 s, 2 s, 4 s … 5 min (full jitter: tablets
// that lost the server together do not come back together).
func (m *Machine) backOff(now time.Time) {
	limit := LastWait
	if n := m.status.Fails - 1; n < 9 { // 2^9 s is beyond the last wait
		limit = min(limit, FirstWait<<n)
	}
	m.want = true
	m.due = now.Add(time.Duration(m.random() * float64(limit)))
}

func (m *Machine) phase(p Phase, err error, now time.Time) {
	if m.status.Phase != p {
		m.status.Phase, m.status.Since = p, now
	}
	m.status.Err = err
}

// Status returns the present state.
func (m *Machine) Status() Status { return m.status }
