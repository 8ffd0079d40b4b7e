package hub

import (
	"context"
	"fmt"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// ModelID is the record of an organisation's model of a key.
func ModelID(key string) portfolio.ID { return derived("model "+key, portfolio.ID{}, 0) }

// SetModel writes a model of the organisation, which every tablet receives as
// any other record of the organisation's scope.
func (h *Hub) SetModel(ctx context.Context, tenant uint32, m portfolio.Model, nowMS int64) error {
	err := h.office(ctx, tenant, nowMS, func(p *push) error {
		f, err := portfolio.ToFields(m)
		if err != nil {
			return err
		}
		if err := portfolio.Validate(portfolio.KindModel, f); err != nil {
			return err
		}
		rec := ModelID(m.Key)
		e, err := p.load(rec)
		if err != nil {
			return err
		}
		if e.row == nil {
			return p.write(portfolio.KindModel, rec, portfolio.ID{}, OrgScope, portfolio.ID{}, m)
		}
		base := map[uint16]journal.Mark{}
		for k := range e.row.Fields {
			if _, ok := f[k]; !ok {
				f[k] = portfolio.Null
			}
		}
		for k := range f {
			base[k] = e.row.MarkOf(k)
		}
		op := &journal.Op{N: uint64(max(2, m.Turn+1)), Kind: journal.Patch, Rec: rec, Fields: f, Base: base, WallMS: nowMS}
		e.row, _ = journal.Apply(e.row, op, p.next(), journal.Writer{Dev: Server})
		p.touch(rec, e)
		return nil
	})
	if err != nil {
		return fmt.Errorf("set model %s: %w", m.Key, err)
	}
	return nil
}

// Model is the model of an organisation; false when it has none of that key.
func Model(r Reader, tenant uint32, key string) (portfolio.Model, bool, error) {
	var m portfolio.Model
	row, err := r.Record(tenant, ModelID(key))
	if err != nil || row == nil || row.Deleted() {
		return m, false, err
	}
	return m, true, row.Fields.Into(&m)
}
