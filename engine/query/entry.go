package query

import (
	"cmp"
	"slices"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// undoDays is how long one's own act can be taken back.
const undoDays = 30

// entries are the lines of a card's history, newest first: contacts, sales by
// document, estimates. An undone contact stays, marked.
func (s *Snapshot) entries(r Reader, b Bundle) []Entry {
	var out []Entry
	void := map[portfolio.ID]bool{}
	gone := replaced(b.Rows)
	for i := range b.Rows {
		var c portfolio.Contact
		if b.Rows[i].Entity == portfolio.KindContact && into(&b.Rows[i], &c) && c.Void {
			void[c.Amends] = true
		}
	}
	type document struct {
		day calendar.Day
		ref string
	}
	bills := map[document]int{}
	for i := range b.Rows {
		row := &b.Rows[i]
		if row.Deleted() || gone[row.Rec] && !void[row.Rec] {
			continue
		}
		e := Entry{ID: row.Rec, Kind: row.Entity, Waiting: b.Pending[row.Rec] > 0}
		switch row.Entity {
		case portfolio.KindContact:
			var c portfolio.Contact
			if !into(row, &c) || c.Void {
				continue
			}
			e.Day, e.Minute, e.Contact, e.Outcome = c.Day, c.Minute, c.Kind, c.Outcome
			e.Text, e.Amount, e.Who, e.Next = cmp.Or(c.Notes, c.Objective), c.Order, s.users[c.User].Name, c.Next
			e.Voided = void[row.Rec]
			e.Undo = !e.Voided && c.Import.IsZero() && s.mine(r, c.User, row, c.Day)
			out = append(out, e)
		case portfolio.KindEstimate:
			var x portfolio.Estimate
			if !into(row, &x) || x.Void || void[row.Rec] {
				continue
			}
			e.Day, e.Amount, e.Who = x.Day, x.Amount, s.users[x.Author].Name
			e.Text = estimateText(r.Words, x)
			e.Undo = x.Import.IsZero() && s.mine(r, x.Author, row, x.Day)
			out = append(out, e)
		case portfolio.KindSale:
			var x portfolio.Sale
			if !into(row, &x) || x.Void {
				continue
			}
			key := document{max(x.From, x.To), x.Ref}
			if at, ok := bills[key]; ok {
				out[at].Amount = out[at].Amount.Plus(x.Amount)
				out[at].Waiting = out[at].Waiting || e.Waiting
				continue
			}
			bills[key] = len(out)
			e.Day, e.Amount, e.Text = key.day, x.Amount, x.Ref
			out = append(out, e)
		}
	}
	sorting.By(out, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.Minute, a.Minute), slices.Compare(b.ID[:], a.ID[:]))
	})
	return out
}

// mine reports whether an act is the reader's own, and young enough to be
// taken back. A fixed reading date does not age what was done after it.
func (s *Snapshot) mine(r Reader, user portfolio.ID, row *journal.Row, day calendar.Day) bool {
	own := !r.User.IsZero() && (user == r.User || user.IsZero() && row.Author == r.User)
	return own && !r.Readonly && s.today-day <= undoDays
}

// estimateText says a potential as a bracket or a figure, with its source.
func estimateText(w Words, e portfolio.Estimate) string {
	source := ""
	if e.Method != 0 {
		source = w.T("appraisal." + digit(int(e.Method)))
	}
	switch {
	case e.Max > e.Min && source != "":
		return w.T("estimate.bracket", w.MoneyShort(e.Min), w.MoneyShort(e.Max), source)
	case source != "":
		return w.T("estimate.amount", w.MoneyShort(amountOf(e)), source)
	}
	return w.MoneyShort(amountOf(e))
}

func amountOf(e portfolio.Estimate) money.Cents {
	if e.Max > 0 {
		return (e.Min + e.Max) / 2
	}
	return e.Amount
}
