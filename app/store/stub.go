package store

import (
	"context"
	"errors"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

var errSoon = errors.New("store: not written yet")

// A DB is one profile's database. Its methods may be called from several
// goroutines.
type DB struct{}

// Open makes a database ready, with or without network: identity and data key
// are made here the first time.
func Open(ctx context.Context, kv KV, o Options) (*DB, error) { return nil, errSoon }

// Close ends the connection.
func (db *DB) Close() error { return errSoon }

// Append adds groups of operations to the outbox in one strict transaction:
// all of them, or none. It numbers and stamps the operations in place (N, HLC,
// Group, WallMS, OffMS, and ID and Schema where they are missing) and links
// them to the chain.
func (db *DB) Append(ctx context.Context, groups [][]journal.Op, o AppendOptions) (Appended, error) {
	return Appended{}, errSoon
}

// Card returns a card; one without rows when the device does not hold it.
func (db *DB) Card(ctx context.Context, root portfolio.ID) (View, error) { return View{}, errSoon }

// Cards returns several cards of one moment, in the order asked.
func (db *DB) Cards(ctx context.Context, roots ...portfolio.ID) ([]View, error) { return nil, errSoon }

// EachCard calls f with every card, in order of identifier, yielding between.
func (db *DB) EachCard(ctx context.Context, f func(View) error) error { return errSoon }

// Roots lists the cards this device holds, those made here included.
func (db *DB) Roots(ctx context.Context) ([]portfolio.ID, error) { return nil, errSoon }

// Misc returns the rows of one kind that have no card, in one scope.
func (db *DB) Misc(ctx context.Context, scope uint32, kind portfolio.Kind) (View, error) {
	return View{}, errSoon
}

// Kind returns the rows of one kind that have no card, in every scope.
func (db *DB) Kind(ctx context.Context, kind portfolio.Kind) ([]View, error) { return nil, errSoon }

// Rec returns one record without a card; false when the device does not hold it.
func (db *DB) Rec(ctx context.Context, scope uint32, kind portfolio.Kind, rec portfolio.ID) (journal.Row, bool, error) {
	return journal.Row{}, false, errSoon
}

// Scopes returns the scope table, in order of scope.
func (db *DB) Scopes(ctx context.Context) ([]Scope, error) { return nil, errSoon }

// Status returns the figures of the sync chip.
func (db *DB) Status(ctx context.Context) (Status, error) { return Status{}, errSoon }

// Outbox lists the oldest groups that wait; limit 0: all.
func (db *DB) Outbox(ctx context.Context, limit int) ([]Entry, error) { return nil, errSoon }

// SentLog lists the latest acknowledged groups, latest first; limit 0: all.
func (db *DB) SentLog(ctx context.Context, limit int) ([]Entry, error) { return nil, errSoon }

// ExportOutbox returns the whole outbox as a file: the last resort when a
// tablet can no longer reach its server.
func (db *DB) ExportOutbox(ctx context.Context) ([]byte, error) { return nil, errSoon }

// Batch returns the head of the outbox: whole groups, at most ops operations
// and about size bytes, but never less than one group.
func (db *DB) Batch(ctx context.Context, size, ops int) (Batch, error) { return Batch{}, errSoon }

// ApplyAnswer takes an answer whole or not at all, in one transaction.
func (db *DB) ApplyAnswer(ctx context.Context, x Exchange) (Changed, error) {
	return Changed{}, errSoon
}

// Reread puts every cursor back to zero: the next exchanges bring all rows
// again. The outbox is not touched.
func (db *DB) Reread(ctx context.Context) error { return errSoon }

// Local returns a named value of this device, nil when there is none.
func (db *DB) Local(ctx context.Context, name string) ([]byte, error) { return nil, errSoon }

// Locals returns the named values whose names begin with prefix, in order.
func (db *DB) Locals(ctx context.Context, prefix string) ([]LocalValue, error) { return nil, errSoon }

// SetLocal writes named values in one transaction; a nil value deletes.
func (db *DB) SetLocal(ctx context.Context, values ...LocalValue) error { return errSoon }

// Dirty lists the cards changed since the columns were last written.
func (db *DB) Dirty(ctx context.Context) (Dirty, error) { return Dirty{}, errSoon }

// Chunks returns the derived columns whose keys begin with prefix, in order.
func (db *DB) Chunks(ctx context.Context, prefix string) ([]Chunk, error) { return nil, errSoon }

// SetChunks writes derived columns and forgets the dirty marks they cover, in
// one transaction.
func (db *DB) SetChunks(ctx context.Context, covered Dirty, chunks ...Chunk) error { return errSoon }
