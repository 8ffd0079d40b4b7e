package notebook

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"sillon/engine/calendar"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// An Edit writes one field of the card as the user typed it.
type Edit struct {
	Account portfolio.ID
	Rec     portfolio.ID // zero: a site is made when the card has none
	Kind    portfolio.Kind
	Field   uint16
	Text    string
}

// EditField writes one field and returns what Undo names. An unchanged value
// writes nothing.
func (b *Book) EditField(ctx context.Context, e Edit) (portfolio.ID, error) {
	spec, ok := portfolio.EditableField(e.Kind, e.Field)
	if !ok {
		return e.Rec, &InputError{"field", "unknown"}
	}
	f, err := spelled(spec, strings.TrimSpace(e.Text))
	if err != nil {
		return e.Rec, err
	}
	card, err := b.card(ctx, e.Account)
	if err != nil {
		return e.Rec, err
	}
	row, ok := card.Row(e.Rec)
	if e.Rec.IsZero() {
		row, ok = first(card.Rows, e.Kind)
	}
	if !ok {
		return b.firstSite(ctx, card.Scope, e, f)
	}
	if unchanged(&row, f) {
		return row.Rec, nil
	}
	act := Act{ID: b.ID(), Key: "edit", Root: e.Account, Kind: e.Kind, Rec: row.Rec, Back: restores(&row, f)}
	_, err = b.save(ctx, act, b.patch(card.Scope, &row, f))
	return act.ID, err
}

// firstSite makes the site that an edited field belongs to.
func (b *Book) firstSite(ctx context.Context, scope uint32, e Edit, f portfolio.Fields) (portfolio.ID, error) {
	if e.Kind != portfolio.KindSite {
		return e.Rec, ErrMissing
	}
	id := b.ID()
	op, err := b.create(scope, e.Account, id, portfolio.KindSite, portfolio.Site{Account: e.Account})
	if err != nil {
		return id, err
	}
	act := Act{ID: b.ID(), Key: "edit", Root: e.Account, Kind: e.Kind, Rec: id}
	for n, v := range f {
		op.Fields[n] = v
		act.Back = append(act.Back, Restore{id, n, portfolio.Null})
	}
	_, err = b.save(ctx, act, op)
	return act.ID, err
}

func first(rows []journal.Row, kind portfolio.Kind) (journal.Row, bool) {
	for _, r := range rows {
		if r.Entity == kind {
			return r, true
		}
	}
	return journal.Row{}, false
}

func unchanged(row *journal.Row, f portfolio.Fields) bool {
	for n, v := range f {
		old := row.Fields[n]
		if old == nil {
			old = portfolio.Null
		}
		if string(old) != string(v) {
			return false
		}
	}
	return true
}

// spelled turns what was typed into field values. A phone keeps both what was
// typed and what could be read; SIRET and postcode stay text.
func spelled(s portfolio.FieldSpec, text string) (portfolio.Fields, error) {
	if text == "" {
		if s.Kind == portfolio.KindAccount && s.Field == 2 {
			return nil, &InputError{s.Key, "empty"}
		}
		f := portfolio.Fields{s.Field: portfolio.Null}
		if s.Type == portfolio.TelField {
			f[s.Field+1] = portfolio.Null
		}
		return f, nil
	}
	if s.Max > 0 && utf8.RuneCountInString(text) > s.Max {
		return nil, &InputError{s.Key, "too-long"}
	}
	if !utf8.ValidString(text) {
		return nil, &InputError{s.Key, "not-text"}
	}
	switch s.Type {
	case portfolio.TelField:
		f := portfolio.Fields{s.Field: portfolio.Null, s.Field + 1: portfolio.Value(text)}
		if e := portfolio.E164(text); e != "" {
			f[s.Field] = portfolio.Value(e)
		}
		return f, nil
	case portfolio.EmailField:
		if at := strings.IndexByte(text, '@'); at < 1 || at == len(text)-1 || strings.ContainsAny(text, " \t\n,;") {
			return nil, &InputError{s.Key, "not-an-email"}
		}
	case portfolio.NumberField:
		n, err := strconv.Atoi(strings.Map(func(r rune) rune {
			if r == ' ' || r == '\u00a0' || r == '\u202f' {
				return -1
			}
			return r
		}, text))
		if err != nil || n < 0 {
			return nil, &InputError{s.Key, "not-a-number"}
		}
		return portfolio.Fields{s.Field: portfolio.Value(n)}, nil
	case portfolio.DateField:
		d, err := calendar.ParseISO(text)
		if err != nil {
			return nil, &InputError{s.Key, "not-a-date"}
		}
		return portfolio.Fields{s.Field: portfolio.Value(d)}, nil
	case portfolio.ChoiceField:
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(s.Pick) {
			return nil, &InputError{s.Key, "unknown"}
		}
		return portfolio.Fields{s.Field: portfolio.Value(n)}, nil
	}
	return portfolio.Fields{s.Field: portfolio.Value(text)}, nil
}

// A Stranger is a new client or prospect: three fields are enough.
type Stranger struct {
	Name, City, Phone string // City: a town, a postcode, or both
	Siret             string
	Status            portfolio.Status
	Scope             uint32 // zero: the user's own portfolio
}

// AddAccount makes a card with its site, in one group.
func (b *Book) AddAccount(ctx context.Context, s Stranger) (portfolio.ID, error) {
	s.Name, s.City, s.Phone, s.Siret = strings.TrimSpace(s.Name), strings.TrimSpace(s.City), strings.TrimSpace(s.Phone), strings.TrimSpace(s.Siret)
	if s.Name == "" {
		return portfolio.ID{}, &InputError{"field.name", "empty"}
	}
	if utf8.RuneCountInString(s.Name) > 120 || utf8.RuneCountInString(s.City) > 80 || utf8.RuneCountInString(s.Phone) > 40 || utf8.RuneCountInString(s.Siret) > 24 {
		return portfolio.ID{}, &InputError{"field.name", "too-long"}
	}
	if s.Scope == 0 {
		s.Scope = b.Own
	}
	if s.Scope == 0 {
		return portfolio.ID{}, ErrScope
	}
	if s.Status == 0 {
		s.Status = portfolio.Prospect
	}
	root, site := b.ID(), b.ID()
	a, err := b.create(s.Scope, root, root, portfolio.KindAccount, portfolio.Account{Name: s.Name, Status: s.Status})
	if err != nil {
		return root, err
	}
	postcode, town := Place(s.City)
	p, err := b.create(s.Scope, root, site, portfolio.KindSite, portfolio.Site{Account: root, Postcode: postcode, City: town, Siret: s.Siret, Phone: portfolio.E164(s.Phone), PhoneRaw: s.Phone})
	if err != nil {
		return root, err
	}
	_, err = b.save(ctx, Act{ID: root, Key: "create", Root: root, Kind: portfolio.KindAccount}, a, p)
	return root, err
}

// Place reads a town as one writes it at a door: "Saint-Malo", "35400",
// "35400 Saint-Malo" or "Saint-Malo (35400)".
func Place(text string) (postcode, town string) {
	var rest []string
	for _, w := range strings.Fields(text) {
		digits := strings.Trim(w, "(),")
		if postcode == "" && len(digits) == 5 && strings.Trim(digits, "0123456789") == "" {
			postcode = digits
			continue
		}
		rest = append(rest, w)
	}
	return postcode, strings.Join(rest, " ")
}

const accArchived = 12

// ArchiveAccount puts a card away, or takes it back. It returns what Undo names.
func (b *Book) ArchiveAccount(ctx context.Context, root portfolio.ID, back bool) (portfolio.ID, error) {
	card, err := b.card(ctx, root)
	if err != nil {
		return root, err
	}
	row, ok := card.Row(root)
	if !ok {
		return root, ErrMissing
	}
	f := portfolio.Fields{accArchived: portfolio.Value(!back)}
	op := b.patch(card.Scope, &row, f)
	op.Kind = journal.Archive
	act := Act{ID: b.ID(), Key: "archive", Root: root, Kind: portfolio.KindAccount, Rec: root, Back: restores(&row, f)}
	_, err = b.save(ctx, act, op)
	return act.ID, err
}
