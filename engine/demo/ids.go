package demo

import (
	"encoding/binary"
	"math/rand/v2"

	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// dayMS is a day in milliseconds.
const dayMS = 24 * 3600 * 1000

// An issuer hands out identifiers of UUID version 7 without a clock: the time
// inside is a day of the story plus a counter, so that the identifiers of one
// day keep the order in which they were asked for; the rest is drawn.
type issuer struct {
	rng *rand.Rand
	n   int64
}

func (is *issuer) at(day calendar.Day) portfolio.ID {
	is.n = (is.n + 1) % dayMS
	ms := uint64(max(0, int64(day)*dayMS+is.n))
	var id portfolio.ID
	binary.BigEndian.PutUint64(id[:], ms<<16|is.rng.Uint64()&0xfff|7<<12)
	binary.BigEndian.PutUint64(id[8:], is.rng.Uint64()&(1<<62-1)|1<<63)
	return id
}
