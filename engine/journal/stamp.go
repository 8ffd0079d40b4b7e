package journal

import (
	"bytes"
	"cmp"

	"sillon/engine/portfolio"
)

// A Stamp is a hybrid logical clock reading: 48 bits of milliseconds since
// 1970, then a 16-bit counter. Stamps of one device only grow.
type Stamp uint64

// At is the stamp of a wall-clock time in milliseconds, counter zero.
func At(ms int64) Stamp {
	if ms < 0 {
		return 0
	}
	return Stamp(uint64(ms) << 16)
}

// MS returns the milliseconds of the stamp.
func (s Stamp) MS() int64 { return int64(s >> 16) }

// A Clock hands out stamps that never go back (horloge hybride). The wall
// clock comes in as an argument; a wrong one only makes stamps run ahead.
type Clock struct {
	Last Stamp `cbor:"1,keyasint,omitempty"`
}

// Next returns a stamp later than every stamp given or seen so far.
func (c *Clock) Next(nowMS int64) Stamp {
	c.Last = max(c.Last+1, At(nowMS))
	return c.Last
}

// Seen moves the clock past a stamp received from elsewhere.
func (c *Clock) Seen(s Stamp) { c.Last = max(c.Last, s) }

// Reset puts the clock back after the server clamped it: the next stamp may be
// lower than the last, which only the clamped device's own order depended on.
func (c *Clock) Reset(s Stamp) { c.Last = s }

// A Mark says which write a value comes from. No two writes share a mark, so
// marks order all writes of a field in one way for everybody.
type Mark struct {
	Stamp Stamp        `cbor:"1,keyasint"`
	Dev   portfolio.ID `cbor:"2,keyasint"`
	N     uint64       `cbor:"3,keyasint"`
}

// Compare orders marks by stamp, device and number.
func (m Mark) Compare(o Mark) int {
	return cmp.Or(cmp.Compare(m.Stamp, o.Stamp), bytes.Compare(m.Dev[:], o.Dev[:]), cmp.Compare(m.N, o.N))
}
