package hub

import (
	"fmt"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// What the server writes by itself: conflicts and refusals. Both travel by the
// pull, because the answer to a push may be lost.

// write puts a record of the server's own, unless it is there already.
func (p *push) write(kind portfolio.Kind, rec, root portfolio.ID, scope uint32, author portfolio.ID, noun any) error {
	e, err := p.load(rec)
	if err != nil || e.row != nil {
		return err
	}
	f, err := portfolio.ToFields(noun)
	if err != nil {
		return err
	}
	p.save(e, rec)
	e.row = &journal.Row{
		Rec: rec, Entity: kind, Root: root, Scope: scope, Fields: f,
		Mark: journal.Mark{Stamp: p.next(), Dev: Server, N: 1}, Author: author, WallMS: p.now,
	}
	p.touch(rec, e)
	return nil
}

// refuse tells the author, with what was sent: nothing is lost.
func (p *push) refuse(it item, by journal.Writer, why portfolio.Refused) error {
	u, err := p.user(by.User)
	if err != nil {
		return err
	}
	r := portfolio.Refusal{OpID: it.id, N: it.n, Why: why, AtMS: p.now, Device: by.Dev}
	if it.op != nil {
		r.Rec, r.Kind, r.Root = it.op.Rec, it.op.Entity, it.op.Root
	}
	if len(it.raw) <= maxKept {
		r.Op = portfolio.Value([]byte(it.raw)) // a byte string: whatever it holds, it nests no deeper
	}
	if err := p.tx.Audit(p.t.ID, Event{At: p.now, User: by.User, What: fmt.Sprintf("refused-%d", why), On: it.id.String()}); err != nil {
		return err
	}
	return p.write(portfolio.KindRefusal, derived("refusal", it.id, 0), portfolio.ID{}, u.Home, by.User, r)
}

const maxKept = 64 << 10 // bytes of a refused operation

// keep stores a value that lost against another.
func (p *push) keep(op *journal.Op, row *journal.Row, l journal.Lost, by journal.Writer) error {
	c := portfolio.Conflict{
		Rec: op.Rec, Kind: op.Entity, Field: l.Field, Winner: l.Winner, Loser: l.Loser,
		WinnerMS: l.WinnerMark.Stamp.MS(), LoserMS: l.LoserMark.Stamp.MS(), Why: portfolio.LaterEdit,
	}
	other := l.WinnerMark
	if l.NewWins {
		other = l.LoserMark
	}
	them, err := p.writer(other)
	if err != nil {
		return err
	}
	c.WinnerUser, c.LoserUser = them, by.User
	if l.NewWins {
		c.WinnerUser, c.LoserUser = by.User, them
	}
	if op.WallMS != 0 {
		if l.NewWins {
			c.WinnerMS = op.WallMS
		} else {
			c.LoserMS = op.WallMS
		}
	}
	if c.Base, err = p.valueAt(op.Base[l.Field], op.Rec, l.Field); err != nil {
		return err
	}
	return p.file(op, row, c, them, by.User)
}

// mention says that a card was edited after it was archived.
func (p *push) mention(op *journal.Op, row *journal.Row, field uint16, by journal.Writer) error {
	them, err := p.archiver(op.Root)
	if err != nil {
		return err
	}
	return p.file(op, row, portfolio.Conflict{
		Rec: op.Rec, Kind: op.Entity, Field: field, Winner: row.Fields[field],
		WinnerUser: by.User, WinnerMS: op.WallMS, LoserUser: them, Why: portfolio.EditedArchive,
	}, them, by.User)
}

// restorable says that a record was edited after it was deleted: taking the
// other value takes the mark of the deletion away, and the edit is there.
func (p *push) restorable(op *journal.Op, row *journal.Row, by journal.Writer) error {
	m := row.MarkOf(portfolio.FieldRemoved)
	them, err := p.writer(m)
	if err != nil {
		return err
	}
	return p.file(op, row, portfolio.Conflict{
		Rec: op.Rec, Kind: op.Entity, Field: portfolio.FieldRemoved, Winner: row.Fields[portfolio.FieldRemoved],
		WinnerUser: them, WinnerMS: m.Stamp.MS(), LoserUser: by.User, LoserMS: op.WallMS, Why: portfolio.EditedDeleted,
	}, them, by.User)
}

// file puts a conflict under its card, or into the inboxes of both authors.
func (p *push) file(op *journal.Op, row *journal.Row, c portfolio.Conflict, authors ...portfolio.ID) error {
	n := uint64(c.Why)<<16 | uint64(c.Field)
	if !row.Root.IsZero() {
		return p.write(portfolio.KindConflict, derived("conflict", op.ID, n), row.Root, row.Scope, authors[len(authors)-1], c)
	}
	for i, a := range authors {
		if a.IsZero() || i > 0 && a == authors[0] {
			continue
		}
		u, err := p.user(a)
		if err != nil {
			return err
		}
		if err := p.write(portfolio.KindConflict, derived("conflict", op.ID, n|uint64(i)<<32), portfolio.ID{}, u.Home, a, c); err != nil {
			return err
		}
	}
	return nil
}

// writer returns the user of a mark's device; zero for the server.
func (p *push) writer(m journal.Mark) (portfolio.ID, error) {
	if m.Dev == p.dev.ID {
		return p.dev.User, nil
	}
	d, err := p.tx.Device(p.t.ID, m.Dev)
	return d.User, err
}

func (p *push) archiver(root portfolio.ID) (portfolio.ID, error) {
	e, err := p.load(root)
	if err != nil || e.row == nil {
		return portfolio.ID{}, err
	}
	return p.writer(e.row.MarkOf(archived))
}

// valueAt returns what a write set a field to, from the log; nil when the log
// no longer has it.
func (p *push) valueAt(m journal.Mark, rec portfolio.ID, field uint16) (portfolio.RawValue, error) {
	if m.Dev.IsZero() {
		return nil, nil
	}
	l, err := p.logged(m)
	if err != nil || l.Rec != rec || len(l.Body) == 0 {
		return nil, err
	}
	op := new(journal.Op)
	if portfolio.Dec.Unmarshal(l.Body, op) != nil {
		return nil, nil
	}
	return op.Fields[field], nil
}
