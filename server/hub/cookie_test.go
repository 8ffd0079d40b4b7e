package hub

import (
	"bytes"
	"maps"
	"testing"

	"sillon/engine/wire"
)

func TestACookieHoldsEveryCursor(t *testing.T) {
	h := New(nil, Env{Key: []byte("k")})
	c := cursors{epoch: 3, seq: map[uint32]uint64{}}
	for i := range uint32(wire.MaxScopes) {
		c.seq[i*7+1] = uint64(i) * 1e9
	}
	b := h.seal(12, c)
	got, err := h.open(12, b)
	if err != nil || got.epoch != 3 || !maps.Equal(got.seq, c.seq) {
		t.Errorf("%d cursors of epoch %d, %v", len(got.seq), got.epoch, err)
	}
	if len(b) > 8<<10 {
		t.Errorf("%d bytes for a thousand scopes", len(b))
	}
	if got, err := h.open(12, nil); err != nil || len(got.seq) != 0 {
		t.Errorf("no cookie: %v, %v", got, err)
	}
	if _, err := h.open(13, b); err == nil {
		t.Error("a cookie of another organisation was read")
	}
	if _, err := New(nil, Env{Key: []byte("other")}).open(12, b); err == nil {
		t.Error("a cookie of another server was read")
	}
}

// Nothing but what the hub sealed is read, and that comes back whole.
func FuzzCookie(f *testing.F) {
	h := New(nil, Env{Key: []byte("k")})
	good := h.seal(1, cursors{epoch: 2, seq: map[uint32]uint64{1: 5, 900: 1 << 60}})
	f.Add(good, uint32(7), uint64(9))
	f.Add([]byte{}, uint32(0), uint64(0))
	f.Fuzz(func(t *testing.T, b []byte, scope uint32, seq uint64) {
		if c, err := h.open(1, b); err == nil && len(b) > 0 && !bytes.Equal(h.seal(1, c), b) {
			t.Errorf("a cookie of somebody else's making was read: %x", b)
		}
		c := cursors{epoch: scope, seq: map[uint32]uint64{scope: seq, scope / 2: seq / 2}}
		got, err := h.open(1, h.seal(1, c))
		if err != nil || got.epoch != c.epoch || !maps.Equal(got.seq, c.seq) {
			t.Errorf("%v comes back as %v, %v", c, got, err)
		}
	})
}
