package query_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// lives plays a tape on one snapshot that goes on living: cards that come,
// change and go, settings, days that pass, wishes, questions in between. Then
// what it answers must be, bit by bit, what a device that starts with the same
// data answers: nothing kept is stale.
func lives(t *testing.T, tape *tape) {
	t.Helper()
	tape.asOf = asOfs()[tape.pick(5)]
	today, misc := tape.asOf, tape.misc()
	var bundles []query.Bundle
	for n := range 1 + tape.pick(5) {
		bundles = append(bundles, tape.card(n+1))
	}
	s := load(today, misc, bundles...)
	s.Deepen(bundles...)
	var wish query.Wish
	at := func(root portfolio.ID) int {
		return slices.IndexFunc(bundles, func(b query.Bundle) bool { return b.Root == root })
	}
	compare := func() {
		t.Helper()
		fresh := load(today, misc, bundles...)
		fresh.Deepen(bundles...)
		kept(t, s, fresh, wish, bundles)
	}
	for range tape.pick(16) {
		switch tape.pick(11) {
		case 0, 1: // a card that comes or changes
			b := tape.card(1 + tape.pick(7))
			c, ok := query.Derive(b)
			if !ok {
				continue
			}
			s.Update(c)
			s.Deepen(b)
			if k := at(b.Root); k >= 0 {
				bundles[k] = b
			} else {
				bundles = append(bundles, b)
			}
		case 2: // a contact more: what costs the lists nothing
			if len(bundles) == 0 {
				continue
			}
			b := bundles[tape.pick(len(bundles))]
			d := &draft{Bundle: b, n: 5000 + tape.next()}
			d.Rows = slices.Clone(d.Rows)
			d.add(portfolio.KindContact, portfolio.Contact{User: user, Kind: portfolio.ContactKind(1 + tape.pick(9)), Day: tape.day(), Outcome: portfolio.Outcome(1 + tape.pick(7))})
			if c, ok := query.Derive(d.Bundle); ok {
				s.Update(c)
				s.Deepen(d.Bundle)
				bundles[at(b.Root)] = d.Bundle
			}
		case 3: // a card that goes
			if len(bundles) == 0 {
				continue
			}
			k := tape.pick(len(bundles))
			s.Drop(bundles[k].Root)
			bundles = slices.Delete(bundles, k, k+1)
		case 4: // settings more
			d := &draft{Bundle: query.Bundle{Scope: scope}, n: 2000 + tape.next()}
			tape.settings(d)
			misc = append(slices.Clone(misc), d.Rows...)
			s.SetMisc(misc)
		case 5: // everything said of the organisation again
			misc = tape.misc()
			s.SetMisc(misc)
		case 6: // a day passes, or a month
			today += []calendar.Day{1, 1, 30, -1}[tape.pick(4)]
			s.SetToday(today)
		case 7: // a wish for the plan
			if a := s.Analysis(scope); a != nil {
				wish = query.Wish{Visits: tape.pick(200), Growth: tape.pick(9)}
				a.Plan(wish)
			}
		case 9: // one field of an account
			if len(bundles) == 0 {
				continue
			}
			k := tape.pick(len(bundles))
			d := &draft{Bundle: bundles[k]}
			d.Rows = slices.Clone(d.Rows)
			d.account(func(a *portfolio.Account) {
				switch tape.pick(8) {
				case 0:
					a.OneShot = !a.OneShot
				case 1:
					a.Archived = !a.Archived
				case 2:
					a.Solvency = portfolio.Solvency(tape.pick(4))
				case 3:
					a.Typology = portfolio.Typology(tape.pick(7))
				case 4:
					a.Status = portfolio.Status(tape.pick(6))
				case 5:
					a.Code += "x"
				case 6:
					a.FirstOrder = tape.day()
				case 7:
					a.Strategic, a.Natural, a.Name = !a.Strategic, !a.Natural, a.Name+"y"
				}
			})
			if c, ok := query.Derive(d.Bundle); ok {
				s.Update(c)
				s.Deepen(d.Bundle)
				bundles[k] = d.Bundle
			}
		case 10: // one word of the organisation
			misc = slices.Clone(misc)
			again(misc, portfolio.KindOrg, func(o *portfolio.Org) {
				if tape.yes() {
					o.Currency = []string{"EUR", "MAD", ""}[tape.pick(3)]
				} else {
					o.FiscalFrom = 1 + tape.pick(12)
				}
			})
			s.SetMisc(misc)
		case 8: // questions
			screens(t, s, bundles)
			if a := s.Analysis(scope); a != nil && tape.yes() {
				a.All()
			} else if a != nil {
				a.ContactsView()
			}
		}
		if s.Book(scope) == nil {
			wish = query.Wish{} // went with the portfolio
		}
		if tape.pick(3) == 0 {
			if compare(); t.Failed() {
				return
			}
		}
	}
	compare()
}

// kept fails where a snapshot that lived does not answer as a fresh one.
func kept(t *testing.T, s, fresh *query.Snapshot, wish query.Wish, bundles []query.Bundle) {
	t.Helper()
	a, b := s.Analysis(scope), fresh.Analysis(scope)
	if (a == nil) != (b == nil) {
		t.Fatalf("an analysis: %t, afresh: %t", a != nil, b != nil)
	}
	if a == nil {
		return
	}
	b.Plan(wish)
	want := whole(b)
	for part, v := range whole(a) {
		if hash(v) != hash(want[part]) {
			t.Errorf("what is kept of %s is not what would be computed", part)
		}
	}
	views := deepViews(b)
	for i, v := range deepViews(a) {
		if hash(v.view) != hash(views[i].view) {
			t.Errorf("the view %s is not what would be computed", v.name)
		}
	}
	if at := difference(fresh.Scored(scope), s.Scored(scope), "turn"); at != "" {
		t.Errorf("the lists are not what would be computed at %s", at)
	}
	if ask := (query.ListAsk{Sort: "urgency"}); hash(s.ClientList(reader, ask)) != hash(fresh.ClientList(reader, ask)) {
		t.Error("the client list is not what would be computed")
	}
	if hash(s.Today(reader, query.TodayAsk{}, bundles...)) != hash(fresh.Today(reader, query.TodayAsk{}, bundles...)) {
		t.Error("Today is not what would be computed")
	}
}

// FuzzKept: a snapshot that lives answers as one that starts.
func FuzzKept(f *testing.F) {
	rng := rand.New(rand.NewPCG(8, 8))
	for _, n := range []int{0, 400, 1500, 4000} {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) <= 1<<13 {
			lives(t, &tape{b: b})
		}
	})
}

// TestWhatIsKeptIsWhatWouldBeComputed is FuzzKept from seeds, for the suite.
func TestWhatIsKeptIsWhatWouldBeComputed(t *testing.T) {
	n := 120
	if testing.Short() || raced {
		n = 12
	}
	for seed := range uint64(n) {
		rng := rand.New(rand.NewPCG(seed, 5))
		b := make([]byte, 500+rng.IntN(4000))
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		lives(t, &tape{b: b})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}
