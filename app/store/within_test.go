package store_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"sillon/app/store"
)

func TestWithinEndsInTimeOrWhenStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		short, stop := store.Within(t.Context(), time.Minute)
		defer stop()
		time.Sleep(time.Minute - 1)
		synctest.Wait()
		if err := short.Err(); err != nil {
			t.Fatalf("ended before its time: %v", err)
		}
		time.Sleep(2 * time.Nanosecond)
		synctest.Wait()
		if err := short.Err(); !errors.Is(err, context.Canceled) {
			t.Fatalf("after its time: %v", err)
		}
		short, stop = store.Within(t.Context(), time.Minute)
		if stop(); !errors.Is(short.Err(), context.Canceled) {
			t.Fatalf("stopped: %v", short.Err())
		}
	})
}
