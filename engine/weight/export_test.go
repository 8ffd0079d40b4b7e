package weight

import "sillon/engine/money"

// Reranked is the check behind [Climb.Verified], for the tests.
func (f Floors) Reranked(own, goal money.Cents) uint8 { return f.reranked(own, goal) }
