package notebook

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Text is one field of a form as a person typed it.
type Text = portfolio.FieldText

// A Form is one record of a client as a person filled it in (formulaire): only
// the fields that were touched, so that two devices that touch different ones
// both count.
type Form struct {
	Account portfolio.ID
	Rec     portfolio.ID // zero: a new record
	Kind    portfolio.Kind
	Texts   []Text
	Day     calendar.Day // the day the figures are read on; 0: today
}

// SaveForm notes a record, or changes one, and returns what Undo names. An
// estimate is a fact: changed, a later one takes its place. Nothing is written
// when nothing has changed.
func (b *Book) SaveForm(ctx context.Context, f Form) (portfolio.ID, error) {
	if portfolio.FormFields(f.Kind) == nil {
		return f.Rec, &InputError{"field", "unknown"}
	}
	typed, err := f.values()
	if err != nil {
		return f.Rec, err
	}
	if f.Day == 0 {
		f.Day = b.Today()
	}
	switch {
	case f.Kind == portfolio.KindAccount:
		f.Rec = f.Account
	case f.Kind == portfolio.KindContact && f.Rec.IsZero(): // logged first, then completed
		return f.Rec, &InputError{"field.outcome", "empty"}
	case f.Kind == portfolio.KindEffort && f.Rec.IsZero(): // asked first, then measured
		return f.Rec, &InputError{"field.effort", "unknown"}
	}
	card, err := b.card(ctx, f.Account)
	if err != nil {
		return f.Rec, err
	}
	var old journal.Row
	if !f.Rec.IsZero() {
		var ok bool
		if old, ok = card.Row(f.Rec); !ok || old.Entity != f.Kind || old.Fields.Removed() {
			return f.Rec, ErrMissing
		}
	}
	whole := portfolio.Fields{}
	for n, v := range old.Fields {
		whole[n] = v
	}
	put := func(n uint16, v any) { typed[n] = portfolio.Value(v) }
	b.follow(&f, old.Fields, typed, put)
	for n, v := range typed {
		if whole[n] = v; string(v) == string(portfolio.Null) {
			delete(whole, n)
		}
	}
	if err := b.sound(f.Kind, whole); err != nil {
		return f.Rec, err
	}
	if f.Kind == portfolio.KindAccount {
		if err := f.hours(typed, whole); err != nil {
			return f.Rec, err
		}
	}
	switch {
	case f.Kind.IsFact():
		return b.saveFact(ctx, card, &f, &old, whole)
	case f.Rec.IsZero():
		return b.saveNew(ctx, card.Scope, f.Account, f.Kind, whole)
	}
	for n, v := range typed {
		if had := old.Fields[n]; string(had) == string(v) || had == nil && string(v) == string(portfolio.Null) {
			delete(typed, n)
		}
	}
	if len(typed) == 0 {
		return f.Rec, nil
	}
	act := Act{ID: b.ID(), Key: "form", Root: f.Account, Kind: f.Kind, Rec: f.Rec, Back: restores(&old, typed)}
	_, err = b.save(ctx, act, b.patch(card.Scope, &old, typed))
	return act.ID, err
}

func (b *Book) saveNew(ctx context.Context, scope uint32, root portfolio.ID, kind portfolio.Kind, f portfolio.Fields) (portfolio.ID, error) {
	id := b.ID()
	f[accountField] = portfolio.Value(root)
	op := journal.Op{ID: b.ID(), Kind: journal.Create, Entity: kind, Rec: id, Root: root, Scope: scope, Fields: f}
	act := Act{ID: id, Key: "form", Root: root, Kind: kind, Back: []Restore{{id, portfolio.FieldRemoved, portfolio.Value(true)}}}
	_, err := b.save(ctx, act, op)
	return id, err
}

// saveFact notes a fact (an appraisal, the file of an ex-client, what a contact
// took), in place of the one it corrects.
func (b *Book) saveFact(ctx context.Context, card store.View, f *Form, old *journal.Row, whole portfolio.Fields) (portfolio.ID, error) {
	amends, void := f.Kind.Amending()
	put := func(n uint16, v any) { whole[n] = portfolio.Value(v) }
	if !f.Rec.IsZero() {
		if same(whole, old.Fields) {
			return f.Rec, nil
		}
		put(amends, f.Rec)
	}
	delete(whole, void)
	put(accountField, f.Account)
	key := "form"
	if f.Kind == portfolio.KindEstimate {
		key = "estimate"
		put(estDay, f.Day)
		put(estAuthor, b.User)
		delete(whole, estImport)
	}
	id := b.ID()
	op := journal.Op{ID: b.ID(), Kind: journal.Fact, Entity: f.Kind, Rec: id, Root: f.Account, Scope: card.Scope, Fields: whole}
	_, err := b.save(ctx, Act{ID: id, Key: key, Root: f.Account, Kind: f.Kind, Was: f.Rec}, op)
	return id, err
}

func same(a, b portfolio.Fields) bool {
	if len(a) != len(b) {
		return false
	}
	for n, v := range a {
		if string(b[n]) != string(v) {
			return false
		}
	}
	return true
}

// RemoveForm deletes a record of a form and returns what Undo names. It stays
// where it is, marked: whatever is written to it meanwhile comes back with it.
func (b *Book) RemoveForm(ctx context.Context, account, rec portfolio.ID) (portfolio.ID, error) {
	card, err := b.card(ctx, account)
	if err != nil {
		return rec, err
	}
	row, ok := card.Row(rec)
	if !ok || portfolio.FormFields(row.Entity) == nil || row.Fields.Removed() || row.Entity == portfolio.KindAccount {
		return rec, ErrMissing
	}
	if row.Entity.IsFact() {
		op := b.inPlace(card, &row, row.Rec, true)
		key := "form"
		if row.Entity == portfolio.KindEstimate {
			key = "estimate"
		}
		_, err = b.save(ctx, Act{ID: op.Rec, Key: key, Root: account, Kind: row.Entity, Was: rec}, op)
		return op.Rec, err
	}
	f := portfolio.Fields{portfolio.FieldRemoved: portfolio.Value(true)}
	act := Act{ID: b.ID(), Key: "form", Root: account, Kind: row.Entity, Rec: rec, Back: restores(&row, f)}
	_, err = b.save(ctx, act, b.patch(card.Scope, &row, f))
	return act.ID, err
}

// unsaid takes back a fact that stood in place of another one: that one stands
// again, as it was.
func (b *Book) unsaid(card store.View, row *journal.Row, was portfolio.ID) (journal.Op, error) {
	before, ok := card.Row(was)
	if !ok {
		return journal.Op{}, ErrMissing
	}
	return b.inPlace(card, &before, row.Rec, false), nil
}

// inPlace is a fact with the content of a row that takes the place of another
// one, or takes it back.
func (b *Book) inPlace(card store.View, row *journal.Row, of portfolio.ID, void bool) journal.Op {
	amends, gone := row.Entity.Amending()
	f := portfolio.Fields{}
	for n, v := range row.Fields {
		f[n] = v
	}
	f[amends] = portfolio.Value(of)
	if void {
		f[gone] = portfolio.Value(true)
	}
	return journal.Op{ID: b.ID(), Kind: journal.Fact, Entity: row.Entity, Rec: b.ID(), Root: row.Root, Scope: card.Scope, Fields: f}
}

// Field numbers that saving a form follows or checks.
const (
	perSince, perUntil, perConsent, perPurpose, perBasis    = 9, 10, 11, 12, 13
	estAmount, estMin, estMax, estMethod                    = 3, 4, 5, 6
	estDay, estAuthor, estImport                            = 8, 9, 12
	comStrength, comSince, comRaised                        = 4, 5, 6
	conStart, conEnd                                        = 2, 3
	serKind, serSeverity, serInvolved, serOpened, serClosed = 2, 3, 4, 5, 6
	proPhase, proSince, proState, proOpened, proEnded       = 5, 6, 11, 13, 14
	proMade, proWritten                                     = 7, 10 // of a commitment, beside promiseDone and promiseState
	tooUsed, tooLent                                        = 5, 7
	sigDay, sigClosed, payDue, payPaid, forLeft             = 3, 4, 2, 3, 2
	accChanged, accFalling, serFamily                       = 24, 25, 12
	accOpens, accLunch, accBack, accCloses                  = 36, 37, 38, 39
	reaWhat, reaDay, reaFrom, reaAmount, reaOurs, reaTotal  = 2, 3, 4, 5, 6, 7
	conNotice, metOn, metReported, effActual, effOn         = 8, 4, 24, 8, 9
)

// follow adds what goes without saying: the day a phase began, a strength grew,
// a promise was kept.
func (b *Book) follow(f *Form, old, typed portfolio.Fields, put func(uint16, any)) {
	said := func(n uint16) bool { _, ok := typed[n]; return ok }
	now := func(n uint16) int64 { // as it will be
		if v, ok := typed[n]; ok {
			return whole(v)
		}
		return whole(old[n])
	}
	moves := func(n uint16) bool { return said(n) && whole(typed[n]) != whole(old[n]) }
	first := func(n uint16, v any) { // a default, where nothing is
		if now(n) == 0 {
			put(n, v)
		}
	}
	fresh := f.Rec.IsZero()
	switch f.Kind {
	case portfolio.KindPerson:
		if (moves(perPurpose) || moves(perBasis)) && now(perPurpose)+now(perBasis) > 0 {
			first(perConsent, f.Day)
		}
	case portfolio.KindEstimate:
		first(estMethod, portfolio.Declared)
		low, likely, high := now(estMin), now(estAmount), now(estMax)
		if !said(estAmount) && middling(old) {
			likely = 0
		}
		switch {
		case likely > 0: // the likely amount
		case high > 0:
			put(estAmount, money.Cents(low+(high-low)/2))
		case low > 0:
			put(estAmount, money.Cents(low))
		}
		if now(estMax) == 0 { // one amount
			typed[estMin] = portfolio.Null
		}
	case portfolio.KindCompetitor:
		if !fresh && moves(comStrength) && whole(typed[comStrength]) > whole(old[comStrength]) && !moves(comRaised) {
			put(comRaised, f.Day)
		}
	case portfolio.KindService:
		first(serOpened, f.Day)
		first(serSeverity, 1)
		if now(serKind) != int64(portfolio.OutOfStock) && len(old[serFamily])+len(typed[serFamily]) > 0 {
			typed[serFamily] = portfolio.Null // of nothing else
		}
		if moves(serKind) {
			if typed[serInvolved] = portfolio.Null; now(serKind) == int64(portfolio.RelationalIncident) {
				put(serInvolved, b.User)
			}
		}
	case portfolio.KindProject:
		first(proOpened, f.Day)
		first(proState, portfolio.Running)
		if fresh || moves(proPhase) {
			put(proSince, f.Day)
		}
		if moves(proState) && !fresh {
			if typed[proEnded] = portfolio.Null; now(proState) > int64(portfolio.Running) {
				put(proEnded, f.Day)
			}
		}
	case portfolio.KindSignal:
		first(sigDay, f.Day)
	case portfolio.KindReading:
		first(reaDay, f.Day)
	case portfolio.KindEffort:
		if said(effActual) && !said(effOn) {
			if typed[effOn] = portfolio.Null; len(typed[effActual]) > 1 {
				put(effOn, f.Day)
			}
		}
	case portfolio.KindCommitment:
		first(proMade, f.Day)
		first(3, portfolio.Us)
		first(promiseState, portfolio.Promised)
		if moves(promiseState) && !said(promiseDone) {
			if typed[promiseDone] = portfolio.Null; now(promiseState) == int64(portfolio.KeptIt) {
				put(promiseDone, f.Day)
			}
		}
	}
	if fresh {
		for n, v := range typed {
			if string(v) == string(portfolio.Null) {
				delete(typed, n)
			}
		}
	}
}

// sound checks a record as a whole: what must be there, and what contradicts
// itself.
func (b *Book) sound(k portfolio.Kind, f portfolio.Fields) error {
	bad := func(n uint16, why string) error { return (&Form{Kind: k}).bad(n, why) }
	for _, s := range portfolio.FormFields(k) {
		if s.Need && len(f[s.Field]) == 0 {
			return bad(s.Field, "empty")
		}
	}
	at := func(n uint16) int64 { return whole(f[n]) }
	before := func(n, than uint16, why string) error {
		if at(n) != 0 && at(than) != 0 && at(n) < at(than) {
			return bad(n, why)
		}
		return nil
	}
	past := func(ns ...uint16) error {
		for _, n := range ns {
			if at(n) > int64(b.Today()) {
				return bad(n, "future")
			}
		}
		return nil
	}
	one := func(errs ...error) error {
		for _, err := range errs {
			if err != nil {
				return err
			}
		}
		return nil
	}
	switch k {
	case portfolio.KindPerson:
		return one(past(perConsent), before(perUntil, perSince, "before-start"))
	case portfolio.KindEstimate:
		switch low, likely, high := at(estMin), at(estAmount), at(estMax); {
		case likely <= 0:
			return bad(estMin, "empty")
		case high > 0 && low > high:
			return bad(estMax, "reversed")
		case high > 0 && (likely < low || likely > high):
			return bad(estAmount, "outside")
		}
	case portfolio.KindCompetitor:
		return past(comSince, comRaised)
	case portfolio.KindContract:
		if at(conEnd) == 0 && at(conStart) == 0 {
			return bad(conEnd, "empty")
		}
		return one(past(conNotice), before(conEnd, conStart, "before-start"))
	case portfolio.KindService:
		return one(past(serOpened, serClosed), before(serClosed, serOpened, "before-open"))
	case portfolio.KindCommitment:
		return past(promiseDone, proWritten)
	case portfolio.KindTool:
		return past(tooUsed, tooLent)
	case portfolio.KindAccount:
		return past(accChanged, accFalling)
	case portfolio.KindContact:
		return one(past(metReported), before(metReported, metOn, "before-start"))
	case portfolio.KindPayment:
		return past(payPaid)
	case portfolio.KindEffort:
		return past(effOn)
	case portfolio.KindSignal:
		return one(past(sigDay, sigClosed), before(sigClosed, sigDay, "before-start"))
	case portfolio.KindFormer:
		return past(forLeft)
	case portfolio.KindReading:
		switch machines := at(reaWhat) == int64(portfolio.Installed); {
		case machines && at(reaTotal) == 0:
			return bad(reaTotal, "empty")
		case machines && at(reaOurs) > at(reaTotal):
			return bad(reaTotal, "reversed")
		case at(reaWhat) == int64(portfolio.SoldOut) && at(reaAmount) == 0:
			return bad(reaAmount, "empty")
		}
		return one(past(reaDay), before(reaDay, reaFrom, "before-start"))
	}
	return nil
}

// hours checks the opening hours, where one of them was typed: two devices that
// each changed one may have left a day that ends before it begins, which is no
// reason to refuse another fact.
func (f *Form) hours(typed, all portfolio.Fields) error {
	said := false
	for n := uint16(accOpens); n <= accCloses; n++ {
		said = said || typed[n] != nil
	}
	if !said {
		return nil
	}
	last, lunch, back := whole(all[accOpens]), whole(all[accLunch]), whole(all[accBack])
	end := whole(all[accCloses])
	switch {
	case end == 0 && last != 0:
		return f.bad(accCloses, "empty")
	case end != 0 && end <= last:
		return f.bad(accCloses, "not-after")
	case lunch == 0 && back != 0:
		return f.bad(accLunch, "empty")
	case lunch != 0 && end == 0:
		return f.bad(accCloses, "empty")
	case lunch != 0 && lunch <= last:
		return f.bad(accLunch, "not-after")
	case lunch != 0 && back == 0:
		return f.bad(accBack, "empty")
	case lunch != 0 && back <= lunch:
		return f.bad(accBack, "not-after")
	case back >= end && back != 0:
		return f.bad(accCloses, "not-after")
	}
	return nil
}

// middling reports whether the amount of an estimate is the middle of its
// bracket: nobody said a likely one.
func middling(f portfolio.Fields) bool {
	low, high := whole(f[estMin]), whole(f[estMax])
	return high > 0 && whole(f[estAmount]) == low+(high-low)/2
}

// whole is a field value that is a whole number: a choice, a day, cents.
func whole(v portfolio.RawValue) int64 {
	var n int64
	if len(v) == 0 || portfolio.Dec.Unmarshal(v, &n) != nil {
		return 0
	}
	return n
}

// bad is a refusal of one field of a form, by its label.
func (f *Form) bad(field uint16, why string) error {
	return &InputError{"form." + strconv.Itoa(int(f.Kind)) + "." + strconv.Itoa(int(field)), why}
}

// values reads what was typed.
func (f *Form) values() (portfolio.Fields, error) {
	out := portfolio.Fields{}
	for _, t := range f.Texts {
		s, ok := portfolio.FormFieldOf(f.Kind, t.Field)
		if !ok {
			return nil, f.bad(t.Field, "unknown")
		}
		v, why := formValue(s, strings.TrimSpace(t.Text))
		if why != "" {
			return nil, f.bad(t.Field, why)
		}
		out[t.Field] = v
	}
	return out, nil
}

// formValue reads the text of one field; why says what is wrong with it.
func formValue(s portfolio.FormField, text string) (v portfolio.RawValue, why string) {
	if text == "" {
		return portfolio.Null, ""
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unseen) {
		return nil, "not-text"
	}
	switch s.Type {
	case portfolio.ChoiceField, portfolio.FamiliesField, portfolio.WordsField, portfolio.NumberField, portfolio.NumbersField, portfolio.RealField:
	default:
		if s.High > 0 && utf8.RuneCountInString(text) > s.High {
			return nil, "too-long"
		}
	}
	switch s.Type {
	case portfolio.ChoiceField:
		n, err := strconv.Atoi(text)
		switch {
		case err != nil || n < s.Low || n > s.High:
			return nil, "unknown"
		case n == 0:
			return portfolio.Null, ""
		}
		return portfolio.Value(n), ""
	case portfolio.MoneyField:
		c, ok := intake.ReadAmount(text)
		switch {
		case !ok:
			return nil, "not-a-number"
		case c < 0:
			return nil, "negative"
		case c > maxCents:
			return nil, "out-of-bounds"
		case c == 0:
			return portfolio.Null, ""
		}
		return portfolio.Value(c), ""
	case portfolio.RateField, portfolio.RealField:
		c, ok := intake.ReadAmount(strings.TrimRight(text, "%\u00a0\u202f "))
		switch {
		case !ok:
			return nil, "not-a-number"
		case c < 0 || s.Type == portfolio.RealField && c > money.Cents(s.High)*100 || s.Type == portfolio.RateField && c > 100_00:
			return nil, "out-of-bounds"
		case s.Type == portfolio.RateField:
			return portfolio.Value(float64(c) / 100_00), ""
		}
		return portfolio.Value(float64(c) / 100), ""
	case portfolio.DateField:
		d, err := calendar.ParseISO(text)
		if y, _, _ := d.Civil(); err != nil || y < 1900 || y > 2199 {
			return nil, "not-a-date"
		}
		return portfolio.Value(d), ""
	case portfolio.FlagField:
		return portfolio.Value(true), ""
	case portfolio.TelField:
		if e := portfolio.E164(text); e != "" {
			text = e
		}
	case portfolio.EmailField:
		if !mail(text) {
			return nil, "not-an-email"
		}
	case portfolio.NumberField:
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
			return nil, "not-a-number"
		case n < 0 || n > s.High:
			return nil, "out-of-bounds"
		}
		return portfolio.Value(n), ""
	case portfolio.ClockField:
		h, m, ok := strings.Cut(strings.Replace(text, "h", ":", 1), ":")
		if m == "" {
			m = "0"
		}
		hour, err1 := strconv.Atoi(strings.TrimSpace(h))
		minute, err2 := strconv.Atoi(strings.TrimSpace(m))
		if !ok || err1 != nil || err2 != nil || hour < 0 || minute < 0 || minute > 59 || hour*60+minute > 24*60 {
			return nil, "not-an-hour"
		}
		if hour+minute == 0 { // midnight says nothing
			return portfolio.Null, ""
		}
		return portfolio.Value(hour*60 + minute), ""
	case portfolio.NumbersField, portfolio.PersonsField:
		return several(s, text)
	case portfolio.CodesField, portfolio.FamiliesField, portfolio.WordsField:
		list := strings.Split(text, ",")
		if len(list) > portfolio.MaxList {
			return nil, "too-long"
		}
		for i := range list {
			list[i] = strings.TrimSpace(list[i])
			if s.Type == portfolio.WordsField && (list[i] == "" || utf8.RuneCountInString(list[i]) > s.High) {
				return nil, "too-long"
			}
			if s.Type == portfolio.WordsField {
				continue
			}
			if s.Codes != nil && !slices.Contains(s.Codes, list[i]) || s.High > 0 && len(list[i]) > s.High {
				return nil, "unknown"
			}
		}
		return portfolio.Value(list), ""
	}
	return portfolio.Value(text), ""
}

// several reads numbers, or identifiers of persons, set apart by commas.
func several(s portfolio.FormField, text string) (portfolio.RawValue, string) {
	var list []portfolio.RawValue
	for _, word := range strings.Split(text, ",") {
		var v any
		id, err := portfolio.ParseID(word)
		if v = id; s.Type == portfolio.NumbersField {
			var n int
			if n, err = strconv.Atoi(word); n < s.Low || n > s.High {
				return nil, "unknown"
			}
			v = n
		}
		if err != nil || len(list) == portfolio.MaxList {
			return nil, "unknown"
		}
		list = append(list, portfolio.Value(v))
	}
	return portfolio.Value(list), ""
}

// What portfolio.Validate allows, which the tablet has no room for: the
// property test holds one against the other.
const maxCents = 1_000_000_000_000_00

// unseen are the characters that no keyboard types.
func unseen(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f
}

// mail reports what may be an e-mail address.
func mail(text string) bool {
	at := strings.IndexByte(text, '@')
	return at >= 1 && at < len(text)-1 && !strings.ContainsAny(text, " \t\n,;")
}

// Filled are the fields of a record as a form shows them; decimal is the mark
// of the reader's language.
func Filled(row *journal.Row, decimal string) []Text {
	var out []Text
	for _, s := range portfolio.FormFields(row.Entity) {
		if row.Entity == portfolio.KindEstimate && s.Field == estAmount && middling(row.Fields) {
			continue
		}
		if t := shown(s, row.Fields[s.Field], decimal); t != "" {
			out = append(out, Text{Field: s.Field, Text: t})
		}
	}
	return out
}

func shown(s portfolio.FormField, v portfolio.RawValue, decimal string) string {
	if len(v) == 0 {
		return ""
	}
	switch s.Type {
	case portfolio.ChoiceField, portfolio.NumberField:
		return strconv.FormatInt(whole(v), 10)
	case portfolio.NumbersField, portfolio.PersonsField:
		var list []portfolio.RawValue
		if portfolio.Dec.Unmarshal(v, &list) != nil {
			return ""
		}
		words := make([]string, len(list))
		for i, x := range list {
			var id portfolio.ID
			if words[i] = strconv.Itoa(int(whole(x))); s.Type == portfolio.PersonsField && portfolio.Dec.Unmarshal(x, &id) == nil {
				words[i] = id.String()
			}
		}
		return strings.Join(words, ",")
	case portfolio.ClockField:
		n := int(whole(v))
		if n <= 0 || n > 24*60 {
			return ""
		}
		return strconv.Itoa(n/600) + strconv.Itoa(n/60%10) + ":" + strconv.Itoa(n%60/10) + strconv.Itoa(n%10)
	case portfolio.MoneyField:
		n := whole(v)
		text := strconv.FormatInt(n/100, 10)
		if c := n % 100; c > 0 {
			text += decimal + strconv.Itoa(int(c/10)) + strconv.Itoa(int(c%10))
		}
		return text
	case portfolio.RateField, portfolio.RealField:
		var x float64
		if portfolio.Dec.Unmarshal(v, &x) != nil || x == 0 && s.Type == portfolio.RateField { // nothing measured is a measure
			return ""
		}
		if s.Type == portfolio.RateField {
			x *= 100
		}
		return strings.Replace(strconv.FormatFloat(float64(int64(x*100+0.5))/100, 'f', -1, 64), ".", decimal, 1)
	case portfolio.DateField:
		if d := calendar.Day(whole(v)); d != 0 {
			return d.String()
		}
		return ""
	case portfolio.FlagField:
		return "1"
	case portfolio.CodesField, portfolio.FamiliesField, portfolio.WordsField:
		var list []string
		if portfolio.Dec.Unmarshal(v, &list) != nil {
			return ""
		}
		return strings.Join(list, ",")
	}
	var text string
	if portfolio.Dec.Unmarshal(v, &text) != nil {
		return ""
	}
	return text
}
