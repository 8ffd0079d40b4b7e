package hub

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"

	"sillon/engine/wire"
)

// cursors is what a cookie holds: how far a tablet has read each scope. The
// tablet cannot read or write it, so a cursor beyond the counter of its scope
// proves that the server went back.
type cursors struct {
	epoch uint32
	seq   map[uint32]uint64
}

const (
	cookieVersion = 1
	macLen        = sha256.Size
)

// seal writes a cookie: version, tenant, epoch, then pairs of scope and seq,
// scopes as differences, and a MAC over it all.
func (h *Hub) seal(tenant uint32, c cursors) []byte {
	b := []byte{cookieVersion}
	b = binary.AppendUvarint(b, uint64(tenant))
	b = binary.AppendUvarint(b, uint64(c.epoch))
	last := uint32(0)
	for _, s := range slices.Sorted(maps.Keys(c.seq)) {
		b = binary.AppendUvarint(b, uint64(s-last))
		b = binary.AppendUvarint(b, c.seq[s])
		last = s
	}
	return append(b, h.mac(b)...)
}

func (h *Hub) mac(b []byte) []byte {
	m := hmac.New(sha256.New, h.env.Key)
	m.Write(b)
	return m.Sum(nil)
}

// open reads a cookie of the tenant; no cookie is no cursors.
func (h *Hub) open(tenant uint32, cookie []byte) (cursors, error) {
	c := cursors{seq: map[uint32]uint64{}}
	if len(cookie) == 0 {
		return c, nil
	}
	if len(cookie) < 1+macLen || len(cookie) > 64<<10 {
		return c, ErrCookie
	}
	b, mac := cookie[:len(cookie)-macLen], cookie[len(cookie)-macLen:]
	if !hmac.Equal(mac, h.mac(b)) || b[0] != cookieVersion {
		return c, ErrCookie
	}
	b = b[1:]
	bad := false
	next := func() uint64 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			bad, b = true, nil
			return 0
		}
		b = b[n:]
		return v
	}
	if next() != uint64(tenant) {
		return c, ErrCookie
	}
	c.epoch = uint32(next())
	last := uint32(0)
	for len(b) > 0 && len(c.seq) < wire.MaxScopes {
		last += uint32(next())
		c.seq[last] = next()
	}
	if bad {
		return cursors{}, ErrCookie
	}
	return c, nil
}
