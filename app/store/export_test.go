package store

import (
	"context"

	"sillon/engine/journal"
)

// PutLater puts a row aside as an earlier version would have.
func PutLater(ctx context.Context, db *DB, row journal.Row) error {
	return db.update(ctx, []string{Later}, func(t sealedTx) error {
		return t.put(Later, scopePrefix(row.Scope)+row.Rec.String(), &laterRow{Row: row})
	})
}
