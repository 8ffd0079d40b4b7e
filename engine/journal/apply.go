package journal

import (
	"bytes"
	"maps"

	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// Apply merges one operation into a row; row is nil when the record is not
// known yet, and the returned row is then a new one (or nil when the operation
// cannot create it). The row passed in is changed in place.
//
// eff is the operation's stamp after the server's clamp; on a device it is the
// operation's own. A field is written without conflict when the operation saw
// the value in place (its base is the field's mark), or when that value comes
// from an earlier operation of the same device; its stamp then becomes
// max(eff, stamp in place + 1), so that an edit that saw a value always beats
// it whatever the clocks say. Otherwise the later mark wins, and the other
// value is returned as lost.
//
// Ver, Seq and Epoch are the server's business, not touched here.
func Apply(row *Row, op *Op, eff Stamp, by Writer) (*Row, Result) {
	switch op.Kind {
	case Create, Fact:
		return create(row, op, eff, by)
	case Patch, Archive:
		if row == nil {
			return nil, Result{}
		}
		return row, patch(row, op, eff, by)
	}
	return row, Result{Why: portfolio.Malformed}
}

func create(row *Row, op *Op, eff Stamp, by Writer) (*Row, Result) {
	if row != nil {
		return row, Result{Why: portfolio.Exists}
	}
	return &Row{
		Rec: op.Rec, Entity: op.Entity, Root: op.Root, Scope: op.Scope,
		Fields: maps.Clone(op.Fields), Mark: Mark{eff, by.Dev, op.N},
		Author: by.User, WallMS: op.WallMS,
	}, Result{Changed: true}
}

func patch(row *Row, op *Op, eff Stamp, by Writer) Result {
	if row.Entity.IsFact() {
		return Result{Why: portfolio.Frozen}
	}
	var res Result
	for _, f := range sorting.Keys(op.Fields) {
		cur, mark := row.Fields[f], row.MarkOf(f)
		val := op.Fields[f]
		clean := op.Base[f] == mark || (mark.Dev == by.Dev && mark.N < op.N)
		next := Mark{eff, by.Dev, op.N}
		if clean {
			next.Stamp = max(eff, mark.Stamp+1)
			res.Changed = true
			row.set(f, val, next)
			continue
		}
		if same(cur, val) { // both wanted the same: the later mark stays, nothing is lost
			if next.Compare(mark) > 0 {
				res.Changed = true
				row.set(f, val, next)
			}
			continue
		}
		lost := Lost{Field: f, Winner: cur, Loser: val, WinnerMark: mark, LoserMark: next}
		if next.Compare(mark) > 0 {
			lost = Lost{Field: f, Winner: val, Loser: cur, WinnerMark: next, LoserMark: mark, NewWins: true}
			row.set(f, val, next)
			res.Changed = true
		}
		res.Lost = append(res.Lost, lost)
	}
	if res.Changed {
		row.Author, row.WallMS = by.User, op.WallMS
	}
	return res
}

func (r *Row) set(f uint16, v portfolio.RawValue, m Mark) {
	if r.Fields == nil {
		r.Fields = portfolio.Fields{}
	}
	if r.Marks == nil {
		r.Marks = map[uint16]Mark{}
	}
	if isNull(v) {
		delete(r.Fields, f)
	} else {
		r.Fields[f] = v
	}
	r.Marks[f] = m
}

func isNull(v portfolio.RawValue) bool { return len(v) == 0 || (len(v) == 1 && v[0] == 0xf6) }

func same(a, b portfolio.RawValue) bool {
	return (isNull(a) && isNull(b)) || bytes.Equal(a, b)
}
