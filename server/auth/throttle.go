package auth

import (
	"net/netip"
	"strings"
	"sync"
	"time"
)

// Limits of failed sign-ins within a quarter of an hour: for one account from
// one network, and for all accounts from one network. Nobody can lock out
// somebody else: what comes from elsewhere counts elsewhere.
const (
	Window     = 15 * time.Minute
	PerAccount = 10
	PerNetwork = 50 // a training room behind one address mistypes a lot
	maxKeys    = 100_000
)

// A Throttle counts failed sign-ins. The zero value is ready.
type Throttle struct {
	mu    sync.Mutex
	fails map[string][]int64
}

// Network is where a request comes from, as far as one household or office
// shares it: an IPv4 address, an IPv6 /64.
func Network(addr string) string {
	if ap, err := netip.ParseAddrPort(addr); err == nil {
		addr = ap.Addr().String()
	}
	a, err := netip.ParseAddr(strings.TrimSpace(addr))
	if err != nil {
		return "unknown"
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	p, _ := a.WithZone("").Prefix(64)
	return p.String()
}

// Wait returns how long a sign-in must wait, zero when it may be tried. The
// try counts as failed until [Throttle.Forgive].
func (t *Throttle) Wait(login, network string, nowMS int64) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fails == nil {
		t.fails = map[string][]int64{}
	}
	if len(t.fails) > maxKeys {
		t.prune(nowMS)
	}
	pair, net := keys(login, network)
	wait := max(t.full(pair, PerAccount, nowMS), t.full(net, PerNetwork, nowMS))
	if wait == 0 {
		t.fails[pair] = append(t.fails[pair], nowMS)
		t.fails[net] = append(t.fails[net], nowMS)
	}
	return wait
}

// Forgive takes back what Wait counted, after a sign-in that succeeded.
func (t *Throttle) Forgive(login, network string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	pair, net := keys(login, network)
	delete(t.fails, pair)
	if f := t.fails[net]; len(f) > 0 {
		t.fails[net] = f[:len(f)-1]
	}
}

func keys(login, network string) (pair, net string) {
	return network + "\x00" + strings.ToLower(login), network
}

// full returns when the oldest of the last limit failures leaves the window.
func (t *Throttle) full(key string, limit int, nowMS int64) time.Duration {
	f := recent(t.fails[key], nowMS)
	if len(f) == 0 {
		delete(t.fails, key)
		return 0
	}
	t.fails[key] = f
	if len(f) < limit {
		return 0
	}
	return time.Duration(f[len(f)-limit]+Window.Milliseconds()-nowMS) * time.Millisecond
}

func recent(f []int64, nowMS int64) []int64 {
	for len(f) > 0 && nowMS-f[0] >= Window.Milliseconds() {
		f = f[1:]
	}
	return f
}

func (t *Throttle) prune(nowMS int64) {
	for k, f := range t.fails {
		if len(recent(f, nowMS)) == 0 {
			delete(t.fails, k)
		}
	}
}

// A Bucket limits how often one device may call: so many a minute, a few at
// once. The zero value is ready.
type Bucket struct {
	PerMinute, Burst int

	mu     sync.Mutex
	levels map[any]level
}

type level struct {
	calls float64 // not yet drained
	at    int64
}

// Take returns zero and counts a call, or how long to wait.
func (b *Bucket) Take(key any, nowMS int64) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.levels == nil {
		b.levels = map[any]level{}
	}
	drain := float64(b.PerMinute) / 60_000
	if len(b.levels) > maxKeys {
		for k, l := range b.levels {
			if l.calls <= float64(nowMS-l.at)*drain {
				delete(b.levels, k)
			}
		}
	}
	l := b.levels[key]
	l.calls = max(0, l.calls-float64(max(0, nowMS-l.at))*drain)
	l.at = nowMS
	if l.calls+1 > float64(b.Burst) {
		b.levels[key] = l
		return time.Duration((l.calls+1-float64(b.Burst))/drain)*time.Millisecond + time.Millisecond
	}
	l.calls++
	b.levels[key] = l
	return 0
}
