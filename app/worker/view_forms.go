package main

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/notebook"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// viewRecords lists the records of a client that forms change.
func (d *desk) viewRecords(ctx context.Context, q bridge.RecordsAsk, _ func(bridge.Progress)) (bridge.Records, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Records{}, err
	}
	v, err := s.db.Card(ctx, q.Account)
	if err != nil {
		return bridge.Records{}, err
	}
	mark := ","
	if i18n.Of(q.Lang) == i18n.EN {
		mark = "."
	}
	var out bridge.Records
	s.mu.Lock()
	out.Readonly, out.Day = s.readonly(v.Scope), int32(s.readingDay(q.Account))
	s.mu.Unlock()
	gone := map[portfolio.ID]bool{}
	lost := map[portfolio.ID][]portfolio.ID{}
	for i := range v.Rows {
		r := &v.Rows[i]
		if amends, void := r.Entity.Amending(); amends != 0 {
			var id portfolio.ID
			if x := r.Fields[amends]; len(x) > 0 && portfolio.Dec.Unmarshal(x, &id) == nil {
				gone[id] = true
			}
			gone[r.Rec] = gone[r.Rec] || len(r.Fields[void]) > 0
		}
		if c := (portfolio.Conflict{}); r.Entity == portfolio.KindConflict && r.Fields.Into(&c) == nil && c.State == portfolio.Open {
			lost[c.Rec] = append(lost[c.Rec], r.Rec)
		}
	}
	since := calendar.Day(0)
	for i := range v.Rows {
		if r := &v.Rows[i]; r.Entity == portfolio.KindContact && !gone[r.Rec] {
			since = max(since, dayOf(r)-contactDays)
		}
	}
	for i := range v.Rows {
		r := &v.Rows[i]
		if r.Entity == portfolio.KindContact && dayOf(r) < since {
			continue
		}
		if portfolio.FormFields(r.Entity) != nil && !gone[r.Rec] && !r.Fields.Removed() {
			out.All = append(out.All, bridge.Record{ID: r.Rec, Kind: r.Entity, Texts: notebook.Filled(r, mark), Lost: lost[r.Rec]})
		}
	}
	views, err := s.db.Kind(ctx, portfolio.KindPortfolio)
	if err != nil {
		return out, err
	}
	for _, x := range views {
		for i := range x.Rows {
			var p portfolio.Portfolio
			if x.Rows[i].Fields.Into(&p) == nil && p.Scope == v.Scope {
				out.Special = int(p.Kind)
			}
		}
	}
	if views, err = s.db.Kind(ctx, portfolio.KindFamily); err != nil {
		return out, err
	}
	for _, v := range views {
		for i := range v.Rows {
			var f portfolio.Family
			if v.Rows[i].Fields.Into(&f) == nil && f.Code != "" {
				x := bridge.Family{Code: f.Code, Name: cmp.Or(f.Name, f.Code)}
				all := append(out.Families, x)
				for k := len(all) - 1; k > 0 && query.Fold(all[k].Name) < query.Fold(all[k-1].Name); k-- {
					all[k], all[k-1] = all[k-1], all[k]
				}
				out.Families = all
			}
		}
	}
	return out, nil
}

// contactDays is how far back from the last contact a sheet lets one complete
// them.
const contactDays = 120

func dayOf(r *journal.Row) (day calendar.Day) {
	const contactDay = 4
	if v := r.Fields[contactDay]; len(v) > 0 && portfolio.Dec.Unmarshal(v, &day) != nil {
		return 0
	}
	return day
}

// namedForm names an act on a record of a form, "drop…" when it was deleted,
// with what the record is called; empty for others, and for a potential.
func namedForm(op *journal.Op) (key, detail string) {
	if op.Entity == portfolio.KindEstimate || op.Entity == portfolio.KindContact || portfolio.FormFields(op.Entity) == nil {
		return "", ""
	}
	if op.Entity == portfolio.KindAccount { // made, put away, or its name changed: no form's
		told := op.Kind == journal.Patch
		for n := range op.Fields {
			if _, ok := portfolio.FormFieldOf(op.Entity, n); !ok {
				told = false
			}
		}
		if !told {
			return "", ""
		}
	}
	for _, f := range portfolio.FormFields(op.Entity) {
		if v := op.Fields[f.Field]; f.Type == portfolio.TextField && f.Need && len(v) > 0 && portfolio.Dec.Unmarshal(v, &detail) != nil {
			detail = ""
		}
	}
	key = "form"
	if _, void := op.Entity.Amending(); op.Fields.Removed() || void != 0 && len(op.Fields[void]) > 0 {
		key = "drop"
	}
	return key + strconv.Itoa(int(op.Entity)), detail
}

func (d *desk) form(ctx context.Context, q bridge.Form, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		s.mu.Lock()
		day := s.readingDay(q.Account)
		s.mu.Unlock()
		id, err = s.book.SaveForm(ctx, notebook.Form{Account: q.Account, Rec: q.Rec, Kind: q.Kind, Texts: q.Texts, Day: day})
		return id, q.Account, err
	})
}

func (d *desk) remove(ctx context.Context, q bridge.Remove, _ func(bridge.Progress)) (bridge.Saved, error) {
	return d.order(ctx, q.Account, func(s *session) (id, touched portfolio.ID, err error) {
		id, err = s.book.RemoveForm(ctx, q.Account, q.Rec)
		return id, q.Account, err
	})
}

// likesShown bounds the clients offered as the same.
const likesShown = 3

// likes looks for the clients that may be the one about to be made: the same
// SIRET, the same phone, the same name, or a near name at the same postcode.
func (d *desk) likes(_ context.Context, q bridge.NewAccount, _ func(bridge.Progress)) (bridge.Likes, error) {
	var out bridge.Likes
	s, err := d.session()
	if err != nil {
		return out, err
	}
	siret, _, _ := intake.ReadSiret(q.Siret)
	phone := portfolio.E164(q.Phone)
	name := query.Fold(q.Name)
	postcode, town := notebook.Place(q.City)
	town = query.Fold(town)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snap.Cards(0, func(c *query.Card) bool {
		why, other := "", query.Fold(c.Name)
		here := postcode != "" && postcode == c.Postcode || postcode == "" && town != "" && town == query.Fold(c.City)
		apart := postcode != "" && c.Postcode != "" && postcode != c.Postcode
		switch {
		case siret != "" && strings.Contains(c.Fold, "\n"+strings.ToLower(siret)+"\n"):
			why = "siret"
		case phone != "" && (phone == c.Phone || phone == portfolio.E164(c.Phone)):
			why = "phone"
		case len(name) > 1 && name == other && !apart:
			why = "name"
		case len(name) > 2 && here && near(name, other):
			why = "postcode"
		}
		if why != "" {
			x := bridge.Like{ID: c.ID, Name: c.Name, City: c.City, Why: why, Archived: c.Archived}
			all := append(out.All, x)
			for k := len(all) - 1; k > 0 && surer(&all[k], &all[k-1]); k-- {
				all[k], all[k-1] = all[k-1], all[k]
			}
			out.All = all
			out.All = out.All[:min(len(out.All), likesShown)]
		}
		return true
	})
	return out, nil
}

// surer orders likenesses: by how much they prove, then by name.
func surer(a, b *bridge.Like) bool {
	const order = "siret phone name postcode"
	if a.Why != b.Why {
		return strings.Index(order, a.Why) < strings.Index(order, b.Why)
	}
	return a.Name < b.Name
}

// near reports two folded names that may be one: all the words of the shorter
// stand in the other, or hardly a letter differs.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	within := len(a) > 0
	for _, w := range strings.Fields(a) {
		within = within && strings.Contains(" "+b+" ", " "+w+" ")
	}
	return within || letters(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")) <= max(1, len(b)/6)
}

// letters is the number of letters to add, take away or change to make one word
// of the other (Levenshtein, 1965).
func letters(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
