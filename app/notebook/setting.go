package notebook

import (
	"context"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// SetParameter writes a parameter at a scope: the existing setting is patched,
// else one is made. Level is 1 organisation, 2 team, 3 portfolio. Without values
// and word it gives the parameter back to the level above; locked keeps the
// levels inside to it.
func (b *Book) SetParameter(ctx context.Context, scope uint32, level int, key string, values []float64, word string, locked bool) error {
	if values == nil {
		values = []float64{}
	}
	v, err := b.Store.Misc(ctx, scope, portfolio.KindSetting)
	if err != nil {
		return err
	}
	for i := range v.Rows {
		var s portfolio.Setting
		if err := v.Rows[i].Fields.Into(&s); err != nil {
			return err
		}
		if s.Key != key {
			continue
		}
		f := portfolio.Fields{2: portfolio.Value(values), 3: portfolio.Value(word), 6: portfolio.Value(b.User), 7: portfolio.Value(locked)}
		act := Act{ID: b.ID(), Key: "setting", Kind: portfolio.KindSetting, Rec: v.Rows[i].Rec, Back: restores(&v.Rows[i], f)}
		_, err := b.save(ctx, act, b.patch(scope, &v.Rows[i], f))
		return err
	}
	id := b.ID()
	op, err := b.create(scope, portfolio.ID{}, id, portfolio.KindSetting, portfolio.Setting{Key: key, Values: values, Word: word, Level: level, Scope: scope, Author: b.User, Locked: locked})
	if err != nil {
		return err
	}
	_, err = b.save(ctx, Act{ID: id, Key: "setting", Kind: portfolio.KindSetting}, []journal.Op{op}...)
	return err
}
