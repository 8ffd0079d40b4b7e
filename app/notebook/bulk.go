package notebook

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"sillon/app/store"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// MaxTag is the longest tag, in characters.
const MaxTag = 40

// bulkSlice is how many cards are read at once.
const bulkSlice = 100

const (
	tagWord = 2
	tagOff  = 3
)

// An ActOn is what undoing writes on one card.
type ActOn struct {
	Root portfolio.ID `cbor:"1,keyasint"`
	Back []Restore    `cbor:"2,keyasint"`
}

// A Bulk is what an act on many cards did.
type Bulk struct {
	ID   portfolio.ID   // what [Book.UndoBulk] names
	Done []portfolio.ID // the cards it changed: none was written when it is empty
}

// A bulk is being gathered: the operations and the way back.
type bulk struct {
	act  Act
	ops  []journal.Op
	done []portfolio.ID
}

func (w *bulk) on(root portfolio.ID, back []Restore, ops ...journal.Op) {
	w.ops = append(w.ops, ops...)
	w.done = append(w.done, root)
	w.act.Many = append(w.act.Many, ActOn{root, back})
}

// each reads the cards of roots, a few at a time, each once.
func (b *Book) each(ctx context.Context, roots []portfolio.ID, told Progress, f func(store.View) error) error {
	roots = slices.Clone(roots)
	slices.SortFunc(roots, func(a, b portfolio.ID) int { return slices.Compare(a[:], b[:]) })
	roots = slices.Compact(roots)
	for at := 0; at < len(roots); at += bulkSlice {
		views, err := b.Store.Cards(ctx, roots[at:min(at+bulkSlice, len(roots))]...)
		if err != nil {
			return err
		}
		for _, v := range views {
			if len(v.Rows) == 0 {
				continue
			}
			if err := f(v); err != nil {
				return err
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if told != nil {
			told("bulk", min(at+bulkSlice, len(roots)), len(roots))
		}
	}
	return nil
}

// keep appends what was gathered in one transaction. It is one group, so that it
// arrives whole; only beyond what one exchange carries it is several.
func (b *Book) keep(ctx context.Context, w *bulk) (Bulk, error) {
	out := Bulk{w.act.ID, w.done}
	if len(w.ops) == 0 {
		return out, nil
	}
	w.act.AtMS = b.Now().UnixMilli()
	local, err := w.act.local()
	if err != nil {
		return out, err
	}
	_, err = b.Store.Append(ctx, groupsOf(w.ops), store.AppendOptions{Local: []store.LocalValue{local}})
	return out, err
}

func groupsOf(ops []journal.Op) [][]journal.Op {
	var groups [][]journal.Op
	for part := range slices.Chunk(ops, store.MaxGroupOps) {
		groups = append(groups, part)
	}
	return groups
}

// NewTag reads a tag as typed: one line, without what separates tags in files.
func NewTag(text string) (string, error) {
	word := strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return r <= ' ' || r == ',' || r == ';' || r == '|' || r == '\u00a0' || r == '\u202f'
	}), " ")
	switch {
	case query.Fold(word) == "":
		return "", &InputError{"field.tag", "empty"}
	case utf8.RuneCountInString(word) > MaxTag:
		return "", &InputError{"field.tag", "too-long"}
	case !utf8.ValidString(word):
		return "", &InputError{"field.tag", "not-text"}
	}
	return word, nil
}

// Tag puts a tag on cards, or takes it off, as one act. Cards that have it
// already, or have it not, are left alone.
func (b *Book) Tag(ctx context.Context, word string, off bool, roots []portfolio.ID, told Progress) (Bulk, error) {
	word, err := NewTag(word)
	if err != nil {
		return Bulk{}, err
	}
	key := query.Fold(word)
	w := &bulk{act: Act{ID: b.ID(), Key: "tag", Kind: portfolio.KindTag}}
	err = b.each(ctx, roots, told, func(v store.View) error {
		has := false
		for _, t := range query.TagsOf(v.Rows) {
			has = has || query.Fold(t) == key
		}
		if has != off {
			return nil
		}
		back, ops, err := b.tag(v, word, key, off)
		if err == nil {
			w.on(v.Root, back, ops...)
		}
		return err
	})
	if err != nil {
		return Bulk{}, err
	}
	return b.keep(ctx, w)
}

// tag turns the records of a tag on one card, or makes the first.
func (b *Book) tag(v store.View, word, key string, off bool) (back []Restore, ops []journal.Op, err error) {
	value := portfolio.Null
	if off {
		value = portfolio.Value(true)
	}
	for i := range v.Rows {
		r := &v.Rows[i]
		var n portfolio.Tag
		if r.Entity != portfolio.KindTag || r.Deleted() {
			continue
		}
		if err := r.Fields.Into(&n); err != nil {
			return nil, nil, err
		}
		if query.Fold(n.Word) != key || n.Off == off {
			continue
		}
		f := portfolio.Fields{tagOff: value}
		back, ops = append(back, restores(r, f)...), append(ops, b.patch(v.Scope, r, f))
		if !off {
			break // one that is on is enough
		}
	}
	if len(ops) > 0 {
		return back, ops, nil
	}
	id := b.ID()
	op, err := b.create(v.Scope, v.Root, id, portfolio.KindTag, portfolio.Tag{Account: v.Root, Word: word, Off: off})
	was := portfolio.Null
	if !off {
		was = portfolio.Value(true)
	}
	return []Restore{{id, tagOff, was}}, []journal.Op{op}, err
}

// AskMany asks efforts of several clients, each of his own measure, as one act.
func (b *Book) AskMany(ctx context.Context, efforts []portfolio.Effort, told Progress) (Bulk, error) {
	w := &bulk{act: Act{ID: b.ID(), Key: "effort", Kind: portfolio.KindEffort}}
	by := make(map[portfolio.ID]portfolio.Effort, len(efforts))
	roots := make([]portfolio.ID, len(efforts))
	for i, e := range efforts {
		e, err := b.asked(e)
		if err != nil {
			return Bulk{}, err
		}
		by[e.Account], roots[i] = e, e.Account
	}
	err := b.each(ctx, roots, told, func(v store.View) error {
		id := b.ID()
		op, err := b.create(v.Scope, v.Root, id, portfolio.KindEffort, by[v.Root])
		if err == nil {
			w.on(v.Root, []Restore{{id, effortDropped, portfolio.Value(true)}}, op)
		}
		return err
	})
	if err != nil {
		return Bulk{}, err
	}
	return b.keep(ctx, w)
}

// UndoBulk takes an act on many cards back, as one act.
func (b *Book) UndoBulk(ctx context.Context, id portfolio.ID) (Bulk, error) {
	a, err := b.act(ctx, id)
	if err != nil {
		return Bulk{}, err
	}
	if len(a.Many) == 0 {
		return Bulk{}, ErrNoUndo
	}
	back := make(map[portfolio.ID][]Restore, len(a.Many))
	roots := make([]portfolio.ID, len(a.Many))
	for i, m := range a.Many {
		back[m.Root], roots[i] = m.Back, m.Root
	}
	var ops []journal.Op
	out := Bulk{ID: id}
	err = b.each(ctx, roots, nil, func(v store.View) error {
		if more := b.back(v, back[v.Root]); len(more) > 0 {
			ops, out.Done = append(ops, more...), append(out.Done, v.Root)
		}
		return nil
	})
	if err == nil {
		err = noneLeft(len(ops))
	}
	if err != nil {
		return Bulk{}, err
	}
	_, err = b.Store.Append(ctx, groupsOf(ops), store.AppendOptions{Local: []store.LocalValue{{Name: actPrefix + id.String()}}})
	return out, err
}
