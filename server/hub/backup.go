package hub

import (
	"context"
	"errors"
	"fmt"

	"sillon/engine/portfolio"
)

// Tablets keep the operations they have handed in until a backup holds them:
// a restored server asks for them again. The server tells each device up to
// which one it need not ([Device.BackedUpN]). A copy on the server's own disk
// is lost with the disk, so only the operator can say that a copy is safe.

// ErrNotCopy says that a file is no copy of the present database, or one of
// before it was last restored.
var ErrNotCopy = errors.New("not a copy of the present database")

// Contents is what a copy holds of one organisation.
type Contents struct {
	Tenant  uint32
	Epoch   uint32
	Devices []Device
	Last    []portfolio.ID // of each device, the identifier of its last operation
}

// ContentsOf reads what a copy holds.
func ContentsOf(ctx context.Context, copied interface {
	View(ctx context.Context, f func(Reader) error) error
}) (all []Contents, err error) {
	err = copied.View(ctx, func(r Reader) error {
		all = nil
		ts, err := r.Tenants()
		if err != nil {
			return err
		}
		for _, t := range ts {
			ds, err := r.Devices(t.ID)
			if err != nil {
				return err
			}
			last := make([]portfolio.ID, len(ds))
			for i, d := range ds {
				l, err := r.Op(t.ID, d.ID, d.LastN)
				if err != nil {
					return err
				}
				last[i] = l.ID
			}
			all = append(all, Contents{t.ID, t.Epoch, ds, last})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read a copy: %w", err)
	}
	return all, nil
}

// Confirm notes that a copy is safe: it was checked, and lies elsewhere than
// the database. From then on the database must never be restored from an older
// one. It returns how many devices may forget operations because of it.
//
// A copy of an earlier epoch, or one that is ahead of the database or holds
// other operations, is [ErrNotCopy].
func Confirm(ctx context.Context, store Store, copied []Contents, nowMS int64) (devices int, err error) {
	err = store.Update(ctx, func(tx Tx) error {
		devices = 0
		for _, c := range copied {
			t, err := tx.Tenant(c.Tenant)
			if errors.Is(err, ErrUnknown) {
				return fmt.Errorf("organisation %d: %w", c.Tenant, ErrNotCopy)
			}
			if err != nil {
				return err
			}
			if t.Epoch != c.Epoch {
				return fmt.Errorf("epoch %d, the database has epoch %d: %w", c.Epoch, t.Epoch, ErrNotCopy)
			}
			for i, had := range c.Devices {
				d, err := tx.Device(c.Tenant, had.ID)
				if err != nil {
					return err
				}
				l, err := tx.Op(c.Tenant, had.ID, had.LastN)
				if err != nil {
					return err
				}
				if d.LastN < had.LastN || l.ID != c.Last[i] {
					return fmt.Errorf("device %s: %w", had.ID, ErrNotCopy)
				}
				if d.BackedUpN >= had.LastN {
					continue
				}
				d.BackedUpN = had.LastN
				if err := tx.PutDevice(c.Tenant, d); err != nil {
					return err
				}
				devices++
			}
			if err := tx.Audit(c.Tenant, Event{At: nowMS, What: "backed-up", On: fmt.Sprint("epoch ", c.Epoch)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("confirm a copy: %w", err)
	}
	return devices, nil
}
