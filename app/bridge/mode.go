package bridge

import "sillon/engine/cbor"

// mode reads what our own worker wrote: no limits of the network, but no
// surprise either.
var mode cbor.Limits
