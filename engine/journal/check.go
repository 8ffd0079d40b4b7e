package journal

import (
	"errors"
	"fmt"

	"sillon/engine/portfolio"
)

// ErrMalformed says that an operation cannot mean anything.
var ErrMalformed = errors.New("malformed operation")

// Limits of one operation, in bytes; the wire states the same.
const (
	maxOp     = 64 << 10
	maxField  = 32 << 10
	maxFields = 256
)

// Check says whether an operation is well formed by itself: its size as sent,
// the kind and the shape of its record, the type and the bounds of each value.
// It returns zero and no error, or a reason and what is wrong. Rights and the
// state of the record are the server's to judge.
func Check(op *Op, size int) (portfolio.Refused, error) {
	bad := func(format string, a ...any) (portfolio.Refused, error) {
		return portfolio.Malformed, fmt.Errorf("%w: %s", ErrMalformed, fmt.Sprintf(format, a...))
	}
	k := op.Entity
	switch {
	case size > maxOp:
		return bad("%d bytes", size)
	case op.N == 0 || op.ID.IsZero() || op.Rec.IsZero():
		return bad("without number or identifier")
	case !k.Known():
		return portfolio.UnknownKind, fmt.Errorf("%w: kind %d is not known", ErrMalformed, k)
	case len(op.Fields) > maxFields || len(op.Base) > maxFields:
		return bad("%d fields", len(op.Fields))
	case op.HLC == 0:
		return bad("without stamp")
	}
	for f, v := range op.Fields {
		if len(v) > maxField {
			return bad("field %d has %d bytes", f, len(v))
		}
		if len(v) == 0 {
			return bad("field %d is empty", f)
		}
	}
	switch op.Kind {
	case Create, Fact:
		switch {
		case (op.Kind == Fact) != k.IsFact():
			return bad("kind %d created as operation %d", k, op.Kind)
		case k.IsRoot() && op.Root != op.Rec:
			return bad("a card is its own root")
		case k.IsChild() && (op.Root.IsZero() || op.Root == op.Rec):
			return bad("kind %d without a card", k)
		case !k.IsRoot() && !k.IsChild() && !op.Root.IsZero():
			return bad("kind %d belongs to no card", k)
		case len(op.Base) > 0:
			return bad("a new record replaces nothing")
		}
		for f, v := range op.Fields {
			if isNull(v) {
				return bad("new record with field %d cleared", f)
			}
		}
		if v, ok := op.Fields[accountField]; ok && k.IsChild() && !k.ByServer() {
			if !same(v, portfolio.Value(op.Root)) {
				return bad("field %d names another card than its root", accountField)
			}
		}
	case Patch:
		if len(op.Fields) == 0 {
			return bad("nothing to change")
		}
		if _, ok := op.Fields[accountField]; ok && k.IsChild() && !k.ByServer() {
			return bad("field %d names the card for good", accountField)
		}
	case Archive:
		if _, ok := op.Fields[archivedField]; k != portfolio.KindAccount || !ok || len(op.Fields) != 1 {
			return bad("an archive changes the field %d of a card", archivedField)
		}
	default:
		return bad("operation kind %d", op.Kind)
	}
	if err := portfolio.Validate(k, op.Fields); err != nil {
		return portfolio.Malformed, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return 0, nil
}

const (
	accountField  = 1  // of every child: the card it belongs to
	archivedField = 12 // of Account
)
