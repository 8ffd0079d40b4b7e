//go:build js && wasm

package store_test

import (
	"bytes"
	"testing"

	"sillon/app/store"
)

func TestTheBrowserFillsMoreThanItGivesAtOnce(t *testing.T) {
	a, b := make([]byte, 200_000), make([]byte, 200_000)
	for _, s := range [][]byte{a, b, nil} {
		if n, err := store.Random.Read(s); n != len(s) || err != nil {
			t.Fatalf("%d of %d bytes: %v", n, len(s), err)
		}
	}
	for at := 0; at < len(a); at += 50_000 {
		if x := a[at : at+50_000]; bytes.Equal(x, b[at:at+50_000]) || bytes.Count(x, []byte{0}) > 1000 { // 195 expected
			t.Errorf("bytes from %d on are not random", at)
		}
	}
}
