package memory_test

import (
	"context"
	"errors"
	"testing"

	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/app/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(*testing.T) store.Opener { return memory.NewDisk() },
		func(kv store.KV) { kv.(*memory.KV).Turn() })
}

func TestFaults(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name    string
		fault   memory.Fault
		err     error
		written bool
		dead    bool
	}{
		{"the browser aborts after the requests succeeded", memory.Abort, store.ErrAborted, false, false},
		{"no room, found at the commit", memory.Quota, store.ErrQuota, false, false},
		{"the tab dies before the commit", memory.KillBefore, memory.ErrKilled, false, true},
		{"the tab dies after the commit", memory.KillAfter, memory.ErrKilled, true, true},
		{"the connection is closed", memory.Close, store.ErrClosed, false, true},
		{"nothing goes wrong", memory.None, nil, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			disk := memory.NewDisk()
			kv, _ := disk.Open(ctx, "d")
			kv.(*memory.KV).Faults(func([]string) memory.Fault { return c.fault })
			err := kv.Update(ctx, []string{store.Out}, func(tx store.Tx) error { return tx.Put(store.Out, "a", []byte("1")) })
			if !errors.Is(err, c.err) {
				t.Errorf("error %v, want %v", err, c.err)
			}
			if got := disk.Copy("d")[store.Out]["a"] != nil; got != c.written {
				t.Errorf("written: %v, want %v", got, c.written)
			}
			err = kv.View(ctx, []string{store.Out}, func(store.Tx) error { return nil })
			if (err != nil) != c.dead {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

func TestDisk(t *testing.T) {
	ctx := context.Background()
	disk := memory.NewDisk()
	kv, _ := disk.Open(ctx, "d")
	put := func(k string, n int) error {
		return kv.Update(ctx, []string{store.Out}, func(tx store.Tx) error { return tx.Put(store.Out, k, make([]byte, n)) })
	}
	if err := put("a", 10); err != nil {
		t.Fatal(err)
	}
	before := disk.Copy("d")
	disk.Limit(100)
	if err := put("b", 200); !errors.Is(err, store.ErrQuota) {
		t.Errorf("over the limit: %v", err)
	}
	if err := put("b", 20); err != nil {
		t.Error(err)
	}
	disk.PutBack("d", before)
	if now := disk.Copy("d")[store.Out]; len(now) != 1 || now["a"] == nil {
		t.Errorf("put back: %v", now)
	}
	disk.Refuse(store.ErrUnavailable)
	if _, err := disk.Open(ctx, "d"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("refused: %v", err)
	}
}
