// Package storetest holds what every database under app/store must do: the
// real IndexedDB and its twin in memory pass the same tests, so that what the
// simulation proves on the twin means something on a tablet.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sillon/app/store"
)

// Run tests the databases of an opener. turn returns to the browser's event
// loop for something else than a request, as a timer does.
func Run(t *testing.T, open func(t *testing.T) store.Opener, turn func(store.KV)) {
	ctx := context.Background()
	start := func(t *testing.T) (store.Opener, store.KV) {
		t.Helper()
		o := open(t)
		name := nameOf(t)
		if err := o.Erase(ctx, name); err != nil {
			t.Fatal(err)
		}
		kv, err := o.Open(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { kv.Close(); o.Erase(ctx, name) })
		return o, kv
	}
	both := []string{store.Meta, store.Out}
	put := func(t *testing.T, kv store.KV, keys ...string) {
		t.Helper()
		err := kv.Update(ctx, both, func(tx store.Tx) error {
			for _, k := range keys {
				if err := tx.Put(store.Out, k, []byte("v"+k)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	keys := func(t *testing.T, kv store.KV, r store.Range, limit int) []string {
		t.Helper()
		var out []string
		err := kv.View(ctx, both, func(tx store.Tx) (err error) { out, err = tx.Keys(store.Out, r, limit); return err })
		if err != nil {
			t.Fatal(err)
		}
		return out
	}

	t.Run("what was put is got, in the same transaction and in the next", func(t *testing.T) {
		_, kv := start(t)
		big := bytes.Repeat([]byte{0, 1, 0xff}, 20000)
		err := kv.Update(ctx, both, func(tx store.Tx) error {
			for k, v := range map[string][]byte{"a": []byte("1"), "big": big, "empty": {}} {
				if err := tx.Put(store.Meta, k, v); err != nil {
					return err
				}
			}
			got, err := tx.Get(store.Meta, "big")
			if err == nil && !bytes.Equal(got, big) {
				err = fmt.Errorf("own write: %d bytes", len(got))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		err = kv.View(ctx, both, func(tx store.Tx) error {
			got, err := tx.GetMany(store.Meta, []string{"big", "none", "a", "empty"})
			if err != nil {
				return err
			}
			if !bytes.Equal(got[0], big) || got[1] != nil || string(got[2]) != "1" || got[3] == nil || len(got[3]) != 0 {
				return fmt.Errorf("many: %d bytes, %v, %q, %v", len(got[0]), got[1], got[2], got[3])
			}
			one, err := tx.Get(store.Meta, "none")
			if one != nil {
				return fmt.Errorf("absent key: %v", one)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})

	t.Run("keys come in order, within the range and the limit", func(t *testing.T) {
		_, kv := start(t)
		put(t, kv, "p/2", "a", "p/10", "p/1", "q", store.Num(9), store.Num(10), store.Num(1<<40))
		for _, c := range []struct {
			r     store.Range
			limit int
			want  []string
		}{
			{store.Prefix("p/"), 0, []string{"p/1", "p/10", "p/2"}},
			{store.Prefix("p/"), 2, []string{"p/1", "p/10"}},
			{store.After("p/1"), 0, []string{"p/10", "p/2", "q"}},
			{store.Range{From: "a", To: "p/1"}, 0, []string{"a"}},
			{store.Range{From: "b", To: "b"}, 0, nil},
			{store.Range{From: "z"}, 0, nil},
			{store.Range{To: "a"}, 0, []string{store.Num(9), store.Num(10), store.Num(1 << 40)}},
		} {
			if got := keys(t, kv, c.r, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("keys of %+v, limit %d: %q, want %q", c.r, c.limit, got, c.want)
			}
			err := kv.View(ctx, both, func(tx store.Tx) error {
				all, err := tx.GetAll(store.Out, c.r, c.limit)
				if err != nil {
					return err
				}
				var got []string
				for _, p := range all {
					got = append(got, p.Key)
					if string(p.Value) != "v"+p.Key {
						t.Errorf("value of %q: %q", p.Key, p.Value)
					}
				}
				if !slices.Equal(got, c.want) {
					t.Errorf("all of %+v: %q, want %q", c.r, got, c.want)
				}
				last, err := tx.Last(store.Out, c.r, 1)
				if err != nil {
					return err
				}
				whole := keysOf(tx, c.r)
				if len(last) != min(1, len(whole)) || len(last) == 1 && last[0].Key != whole[len(whole)-1] {
					t.Errorf("last of %+v: %v", c.r, last)
				}
				n, err := tx.Count(store.Out, c.r)
				if n != len(whole) {
					t.Errorf("count of %+v: %d", c.r, n)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})

	t.Run("reads inside a writing transaction see its writes", func(t *testing.T) {
		_, kv := start(t)
		put(t, kv, "a", "b", "c")
		err := kv.Update(ctx, both, func(tx store.Tx) error {
			if err := tx.Delete(store.Out, "b"); err != nil {
				return err
			}
			if err := tx.Put(store.Out, "d", []byte("vd")); err != nil {
				return err
			}
			all, err := tx.GetAll(store.Out, store.Range{}, 0)
			if err != nil || len(all) != 3 || all[2].Key != "d" || string(all[2].Value) != "vd" {
				return fmt.Errorf("%v %v", all, err)
			}
			last, err := tx.Last(store.Out, store.Range{}, 2)
			if err != nil || len(last) != 2 || last[0].Key != "d" || last[1].Key != "c" {
				return fmt.Errorf("%v %v", last, err)
			}
			n, err := tx.Count(store.Out, store.Range{})
			if err != nil || n != 3 {
				return fmt.Errorf("count %d %v", n, err)
			}
			if got := keysOf(tx, store.Prefix("a")); !slices.Equal(got, []string{"a"}) {
				return fmt.Errorf("keys %q", got)
			}
			many, err := tx.GetMany(store.Out, []string{"d", "b"})
			if err != nil || string(many[0]) != "vd" || many[1] != nil {
				return fmt.Errorf("many %q %v", many, err)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})

	t.Run("a range is deleted, and nothing beside it", func(t *testing.T) {
		_, kv := start(t)
		put(t, kv, "a", "p/1", "p/2", "q")
		err := kv.Update(ctx, both, func(tx store.Tx) error { return tx.DeleteRange(store.Out, store.Prefix("p/")) })
		if got := keys(t, kv, store.Range{}, 0); err != nil || !slices.Equal(got, []string{"a", "q"}) {
			t.Errorf("%q %v", got, err)
		}
		err = kv.Update(ctx, both, func(tx store.Tx) error { return tx.DeleteRange(store.Out, store.Range{}) })
		if got := keys(t, kv, store.Range{}, 0); err != nil || len(got) != 0 {
			t.Errorf("%q %v", got, err)
		}
	})

	t.Run("an error writes nothing and comes back", func(t *testing.T) {
		_, kv := start(t)
		put(t, kv, "a")
		broken := errors.New("broken")
		err := kv.Update(ctx, both, func(tx store.Tx) error {
			if err := tx.Put(store.Out, "b", nil); err != nil {
				return err
			}
			if err := tx.Delete(store.Out, "a"); err != nil {
				return err
			}
			if _, err := tx.Count(store.Out, store.Range{}); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("error %v, want broken", err)
		}
		if got := keys(t, kv, store.Range{}, 0); !slices.Equal(got, []string{"a"}) {
			t.Errorf("keys %q after the error, want a", got)
		}
	})

	t.Run("writers of two connections exclude each other", func(t *testing.T) {
		o, kv := start(t)
		other, err := o.Open(ctx, nameOf(t))
		if err != nil {
			t.Fatal(err)
		}
		defer other.Close()
		const each = 25
		done := make(chan error, 2)
		for _, c := range []store.KV{kv, other} {
			go func() {
				for range each {
					err := c.Update(ctx, both, func(tx store.Tx) error {
						b, err := tx.Get(store.Meta, "n")
						if err != nil {
							return err
						}
						return tx.Put(store.Meta, "n", append(slices.Clone(b), 'x'))
					})
					if err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		err = kv.View(ctx, both, func(tx store.Tx) error {
			b, err := tx.Get(store.Meta, "n")
			if len(b) != 2*each {
				t.Errorf("%d additions arrived, want %d", len(b), 2*each)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})

	t.Run("a view cannot write, and a transaction stays in its stores", func(t *testing.T) {
		_, kv := start(t)
		if err := kv.View(ctx, both, func(tx store.Tx) error { return tx.Put(store.Out, "a", nil) }); err == nil {
			t.Error("a view has written")
		}
		err := kv.Update(ctx, []string{store.Meta}, func(tx store.Tx) error { return tx.Put(store.Out, "a", nil) })
		if err == nil {
			t.Error("a transaction over meta has written to out")
		}
		if got := keys(t, kv, store.Range{}, 0); len(got) != 0 {
			t.Errorf("keys %q", got)
		}
	})

	t.Run("waiting for something else ends the transaction: what was asked before is written", func(t *testing.T) {
		_, kv := start(t)
		err := kv.Update(ctx, both, func(tx store.Tx) error {
			if err := tx.Put(store.Out, "a", []byte("va")); err != nil {
				return err
			}
			turn(kv)
			return tx.Put(store.Out, "b", []byte("vb"))
		})
		if !errors.Is(err, store.ErrFinished) {
			t.Errorf("error %v, want ErrFinished", err)
		}
		if got := keys(t, kv, store.Range{}, 0); !slices.Equal(got, []string{"a"}) {
			t.Errorf("keys %q, want a", got)
		}
	})

	t.Run("a cancelled context is an error, never an empty answer", func(t *testing.T) {
		_, kv := start(t)
		put(t, kv, "a")
		gone, stop := context.WithCancel(ctx)
		stop()
		err := kv.View(gone, both, func(tx store.Tx) error { _, err := tx.Get(store.Out, "a"); return err })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("view: %v", err)
		}
		later, stop := context.WithCancel(ctx)
		err = kv.Update(later, both, func(tx store.Tx) error {
			if err := tx.Put(store.Out, "b", nil); err != nil {
				return err
			}
			stop()
			_, err := tx.Get(store.Out, "a")
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("update: %v", err)
		}
		if got := keys(t, kv, store.Range{}, 0); !slices.Equal(got, []string{"a"}) {
			t.Errorf("keys %q, want a", got)
		}
	})

	t.Run("a closed connection says so; the data stays for the next", func(t *testing.T) {
		o, kv := start(t)
		put(t, kv, "a")
		if err := kv.Close(); err != nil {
			t.Error(err)
		}
		err := kv.Update(ctx, both, func(tx store.Tx) error { return tx.Put(store.Out, "b", nil) })
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("error %v, want ErrClosed", err)
		}
		err = kv.View(ctx, both, func(tx store.Tx) error { return nil })
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("error %v, want ErrClosed", err)
		}
		again, err := o.Open(ctx, nameOf(t))
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if got := keys(t, again, store.Range{}, 0); !slices.Equal(got, []string{"a"}) {
			t.Errorf("keys %q, want a", got)
		}
	})

	t.Run("an erased database is empty when opened again", func(t *testing.T) {
		o, kv := start(t)
		put(t, kv, "a")
		name := "t-erase"
		other, err := o.Open(ctx, name)
		if err != nil {
			t.Fatal(err)
		}
		put(t, other, "x")
		if err := o.Erase(ctx, name); err != nil { // while it is open: the connection gives way
			t.Fatal(err)
		}
		err = other.Update(ctx, both, func(tx store.Tx) error { return tx.Put(store.Out, "y", nil) })
		if !errors.Is(err, store.ErrClosed) {
			t.Errorf("error %v, want ErrClosed", err)
		}
		if other, err = o.Open(ctx, name); err != nil {
			t.Fatal(err)
		}
		defer o.Erase(ctx, name)
		defer other.Close()
		if got := keys(t, other, store.Range{}, 0); len(got) != 0 {
			t.Errorf("keys %q in the erased database", got)
		}
		if got := keys(t, kv, store.Range{}, 0); !slices.Equal(got, []string{"a"}) {
			t.Errorf("keys %q in the other one", got)
		}
	})
}

// nameOf is the database of a test.
func nameOf(t *testing.T) string {
	return "t-" + strings.NewReplacer("/", "-", " ", "-").Replace(t.Name())
}

func keysOf(tx store.Tx, r store.Range) []string {
	k, _ := tx.Keys(store.Out, r, 0)
	return k
}
