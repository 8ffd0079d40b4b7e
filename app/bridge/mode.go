package bridge

import "github.com/fxamacker/cbor/v2"

// mode reads what our own worker wrote: no hostile limits, but no surprise
// either.
var mode = func() cbor.DecMode {
	m, err := cbor.DecOptions{MaxArrayElements: 1 << 20, MaxMapPairs: 1 << 20}.DecMode()
	if err != nil {
		panic(err)
	}
	return m
}()
