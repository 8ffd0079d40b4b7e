package bridge

import (
	"context"
	"errors"
	"testing"
	"time"

	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func TestEachRequestIsAnsweredOnceAndNumbersAreNeverUsedAgain(t *testing.T) {
	now := time.Unix(0, 0)
	w := newWaiting()
	first, a := w.add("today", nil, now)
	second, b := w.add("list", nil, now)
	if first != 1 || second != 2 {
		t.Fatalf("numbers %d and %d, want 1 and 2", first, second)
	}
	w.answer(second, reply{data: []byte("list")})
	w.answer(second, reply{data: []byte("twice")}) // a worker that stutters
	w.answer(99, reply{})                          // an older worker's
	if r := <-b.done; string(r.data) != "list" {
		t.Errorf("second request got %q, want its own answer", r.data)
	}
	w.failAll(&Fault{Code: FaultWorker})
	if r := <-a.done; !errors.As(r.err, new(*Fault)) {
		t.Errorf("first request got %v after the worker died, want a fault", r.err)
	}
	if third, _ := w.add("list", nil, now); third != 3 {
		t.Errorf("number %d after a restart, want 3", third)
	}
}

func TestASilentWorkerIsNoticedAndProgressGivesTimeAgain(t *testing.T) {
	now := time.Unix(0, 0)
	w := newWaiting()
	var seen []int
	id, _ := w.add(OpImportRun.Name, func(p Progress) { seen = append(seen, p.Done) }, now)
	if w.late(now.Add(4 * time.Minute)) {
		t.Error("an import is late after 4 minutes, want 5")
	}
	w.moved(id, Progress{Done: 500}, now.Add(4*time.Minute))
	if w.late(now.Add(8 * time.Minute)) {
		t.Error("an import that moved 4 minutes ago is late")
	}
	if !w.late(now.Add(10 * time.Minute)) {
		t.Error("an import silent for 6 minutes is not late")
	}
	if len(seen) != 1 || seen[0] != 500 {
		t.Errorf("progress %v, want [500]", seen)
	}
	w.answer(id, reply{})
	if w.late(now.Add(time.Hour)) {
		t.Error("late with nothing on its way")
	}
}

func TestTheTwinCarriesTypesFaultsProgressAndEvents(t *testing.T) {
	id := portfolio.ID{1, 2, 3}
	m := NewMux()
	Handle(m, OpList, func(_ context.Context, q query.ListAsk, progress func(Progress)) (query.List, error) {
		progress(Progress{Stage: "read", Done: 1, Of: 2})
		return query.List{Found: 2, Rows: []query.ClientRow{{ID: id, Name: "L'Écluse " + q.Text, Score: 78.5}}}, nil
	})
	Handle(m, OpUndo, func(context.Context, Undo, func(Progress)) (Saved, error) {
		return Saved{}, &Fault{Code: FaultWaiting, Args: []string{"3"}}
	})
	Handle(m, OpSync, func(context.Context, None, func(Progress)) (Status, error) {
		return Status{}, errors.New("disk on fire")
	})
	twin := NewTwin(m)
	ctx := context.Background()

	var steps int
	l, err := CallProgress(ctx, twin, OpList, query.ListAsk{Text: "été"}, func(Progress) { steps++ })
	if err != nil || l.Found != 2 || l.Rows[0].ID != id || l.Rows[0].Name != "L'Écluse été" || l.Rows[0].Score != 78.5 || steps != 1 {
		t.Errorf("list: %+v, %v, %d steps of progress", l, err, steps)
	}
	var f *Fault
	if _, err := Call(ctx, twin, OpUndo, Undo{ID: id}); !errors.As(err, &f) || f.Code != FaultWaiting || f.Args[0] != "3" {
		t.Errorf("undo: %v, want the fault with its argument", err)
	}
	if _, err := Call(ctx, twin, OpSync, None{}); !errors.As(err, &f) || f.Code != FaultUnexpected || f.Text != "disk on fire" {
		t.Errorf("an unforeseen error arrived as %v, want %s with its text", err, FaultUnexpected)
	}
	if _, err := Call(ctx, twin, OpToday, query.TodayAsk{}); !errors.As(err, &f) || f.Code != FaultVersion {
		t.Errorf("an operation the worker does not know: %v, want %s", err, FaultVersion)
	}

	var heard []string
	stop := twin.Listen(func(e Event) { heard = append(heard, e.Kind) })
	twin.Tell(Event{Kind: EventChanged})
	stop()
	twin.Tell(Event{Kind: EventStatus})
	if len(heard) != 1 || heard[0] != EventChanged {
		t.Errorf("heard %v, want only what came before stop", heard)
	}
}
