package notebook_test

import (
	"context"

	"sillon/app/store"
	"sillon/engine/journal"
)

// failing is a tablet whose storage is full.
type failing struct{ *store.DB }

func (failing) Append(context.Context, [][]journal.Op, store.AppendOptions) (store.Appended, error) {
	return store.Appended{}, store.ErrQuota
}
