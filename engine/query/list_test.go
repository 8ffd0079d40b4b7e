package query_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// shop makes a card of one place and one person.
func shop(n int, name, city, person string, tags ...string) *draft {
	d := newCard(n, portfolio.Account{Name: name, Status: portfolio.Client, Tags: tags})
	d.add(portfolio.KindSite, portfolio.Site{Account: d.Root, City: city})
	if person != "" {
		d.add(portfolio.KindPerson, portfolio.Person{Account: d.Root, Name: person})
	}
	return d
}

func snapshotOf(t *testing.T, ds ...*draft) *query.Snapshot {
	t.Helper()
	s := query.NewSnapshot(calendar.Of(2026, 11, 29))
	for _, d := range ds {
		c, ok := query.Derive(d.Bundle)
		if !ok {
			t.Fatal("no account")
		}
		s.Update(c)
	}
	return s
}

func names(l query.List) string {
	var out []string
	for _, r := range l.Rows {
		out = append(out, r.Name)
	}
	return strings.Join(out, ", ")
}

// Who is found as typed comes alone; with next to nobody, those a letter or two
// away come behind.
func TestTheSearchForgives(t *testing.T) {
	s := snapshotOf(t,
		shop(1, "Hôtel des Alpes", "Grenoble", "Élodie Lefèvre"),
		shop(2, "Boulangerie Dupont", "Saint-Malo", "Marc Dupuis"),
		shop(3, "Garage Dupond", "Dinan", "Jean-Luc Kermarrec"),
		shop(4, "Clinique de la Rance", "Sainte-Anne", "Soizic Le Bihan"),
		shop(5, "Café du Port", "Cancale", ""),
		shop(6, "Cave du Port", "Cancale", ""),
	)
	for _, c := range []struct{ typed, want string }{
		{"grenoble", "Hôtel des Alpes"},
		{"Grenobel", "Hôtel des Alpes"},                 // two letters exchanged
		{"grenble", "Hôtel des Alpes"},                  // one missing
		{"gernoble", "Hôtel des Alpes"},                 // exchanged at the start
		{"grenoobl", "Hôtel des Alpes"},                 // one too many, not typed to its end
		{"hotel", "Hôtel des Alpes"},                    // no accent
		{"elodie lefevre", "Hôtel des Alpes"},           // a person
		{"lefebvre", "Hôtel des Alpes"},                 // a person, misspelt
		{"dupon", "Boulangerie Dupont, Garage Dupond"},  // not to its end: both as typed
		{"dupont", "Boulangerie Dupont, Garage Dupond"}, // the other one by one letter, behind
		{"dupond", "Garage Dupond, Boulangerie Dupont"}, //
		{"boulangrie dupnt", "Boulangerie Dupont"},      // two words, an error in each
		{"kermarec", "Garage Dupond"},                   // one letter of a pair missing
		{"st malo", "Boulangerie Dupont"},               // abbreviated
		{"ste anne", "Clinique de la Rance"},            //
		{"clinik rance", "Clinique de la Rance"},        // k for q
		{"port", "Café du Port, Cave du Port"},          //
		{"cqfe port", ""},                               // an error in a word of four letters: the first agrees, two differ
		{"cafe prot", "Café du Port, Cave du Port"},     // "cave" is one letter from "cafe"
		{"zzz", ""}, {"35400", ""}, {"dx", ""}, {"?", "Boulangerie Dupont, Café du Port, Cave du Port, Clinique de la Rance, Garage Dupond, Hôtel des Alpes"},
	} {
		l := s.ClientList(reader, query.ListAsk{Text: c.typed, Sort: "name", Asc: true})
		if got := names(l); got != c.want && !(c.typed == "cqfe port" && got == "Café du Port") {
			t.Errorf("%q finds %q, %d near; want %q", c.typed, got, l.Near, c.want)
		}
	}
	l := s.ClientList(reader, query.ListAsk{Text: "dupont", Sort: "name", Asc: true})
	if l.Found != 2 || l.Near != 1 {
		t.Errorf("%d found, %d near; want two, one of them near", l.Found, l.Near)
	}
	// other criteria hold for those near too
	if l := s.ClientList(reader, query.ListAsk{Text: "grenobel", Phase: "C"}); l.Found != 0 {
		t.Errorf("%d of phase C", l.Found)
	}
}

// With more than a handful as typed, nothing else is looked for.
func TestWhatIsTypedRightIsFoundAlone(t *testing.T) {
	var ds []*draft
	for i := range 6 {
		ds = append(ds, shop(i, fmt.Sprint("Martin ", i), "Rennes", ""))
	}
	ds = append(ds, shop(9, "Martyn", "Rennes", ""))
	if l := snapshotOf(t, ds...).ClientList(reader, query.ListAsk{Text: "martin"}); l.Found != 6 || l.Near != 0 {
		t.Errorf("%d found, %d near", l.Found, l.Near)
	}
}

// A tag is a set of words: each has the last say of its own records, whatever
// their order, and who adds wins over who takes away.
func TestTags(t *testing.T) {
	tag := func(d *draft, word string, off bool) *draft {
		d.add(portfolio.KindTag, portfolio.Tag{Account: d.Root, Word: word, Off: off})
		return d
	}
	a := tag(tag(shop(1, "A", "Rennes", "", "Salon", "vip"), "Été 26", false), "VIP", true) // brought, then taken away
	b := tag(tag(shop(2, "B", "Rennes", ""), "salon", true), "salon", false)                // taken away here, added there
	c := shop(3, "C", "Rennes", "")
	for _, x := range []struct {
		d    *draft
		want string
	}{{a, "Été 26|Salon"}, {b, "salon"}, {c, ""}} {
		got := strings.Join(query.TagsOf(x.d.Rows), "|")
		slices.Reverse(x.d.Rows)
		if back := strings.Join(query.TagsOf(x.d.Rows), "|"); got != x.want || back != x.want {
			t.Errorf("tags %q, read backwards %q; want %q", got, back, x.want)
		}
	}
	s := snapshotOf(t, a, b, c)
	l := s.ClientList(reader, query.ListAsk{Tag: "SALON", Sort: "name", Asc: true})
	if names(l) != "A, B" || !reflect.DeepEqual(l.Rows[0].Tags, []string{"Été 26", "Salon"}) {
		t.Errorf("found %s, the first with %q", names(l), l.Rows[0].Tags)
	}
	if want := []query.TagCount{{Word: "Été 26", Count: 1}, {Word: "Salon", Count: 2}}; !reflect.DeepEqual(l.Tags, want) {
		t.Errorf("tags %v; want %v", l.Tags, want)
	}
	if l := s.ClientList(reader, query.ListAsk{Text: "ete 26"}); names(l) != "A" {
		t.Errorf("the search finds %q by its tag", names(l))
	}
	if l := s.ClientList(reader, query.ListAsk{Tag: "salon", Text: "nobody"}); l.Narrow != "text" {
		t.Errorf("leaves out most: %q", l.Narrow)
	}
	// kept in the columns
	card, _ := query.Derive(a.Bundle)
	back, err := query.DecodeChunk(query.EncodeChunk([]query.Card{card}))
	if err != nil || back[0].Tags != "Été 26\nSalon" {
		t.Errorf("read back %d cards, %v", len(back), err)
	}
}

// What is done to all of a list is done to whom it shows, in its order.
func TestFoundByIsTheList(t *testing.T) {
	s := story(60)
	b := s.Analysis(scope).Behind()
	for _, ask := range []query.ListAsk{{}, {Sort: "sales"}, {Weight: "A"}, {Who: "chip:risk:1", Sort: "risk"}, {Text: "client 1", Sort: "name", Asc: true}, {Text: "clent"}} {
		l := s.ClientListOf(reader, ask, b)
		f := s.FoundBy(ask, b)
		if len(f.IDs) != l.Found || len(f.Sales) != l.Found || s.CountBy([]query.ListAsk{{}, ask}, b)[1] != l.Found {
			t.Fatalf("%+v: %d in the list, %d to do, %d counted", ask, l.Found, len(f.IDs), s.CountBy([]query.ListAsk{ask}, b)[0])
		}
		for i, r := range l.Rows {
			if f.IDs[i] != r.ID || f.Sales[i] != r.Sales {
				t.Fatalf("%+v: row %d differs", ask, i)
			}
		}
		ask.Offset, ask.Limit = 1, 2
		if some := s.FoundBy(ask, b); l.Found > 3 && !slices.Equal(some.IDs, f.IDs[1:3]) {
			t.Errorf("%+v: rows 1 and 2 differ", ask)
		}
	}
}

func BenchmarkSearchMisspelt(b *testing.B) {
	s := snapshot5000()
	s.ClientList(reader, query.ListAsk{Text: "xyzzy", Limit: 40})
	for b.Loop() {
		s.ClientList(reader, query.ListAsk{Text: "eculse brasserei", Limit: 40})
	}
}

func BenchmarkSearchNobody(b *testing.B) {
	s := snapshot5000()
	s.ClientList(reader, query.ListAsk{Text: "xyzzy", Limit: 40})
	for b.Loop() {
		s.ClientList(reader, query.ListAsk{Text: "xyzzy 12", Limit: 40})
	}
}

// The list of several portfolios adds up what each says of its own.
func TestSeveralPortfoliosAreOneList(t *testing.T) {
	s := query.NewSnapshot(calendar.Of(2026, 11, 29))
	for n := range 24 {
		d := shop(n, fmt.Sprint("Shop ", n), "Rennes", "")
		if d.Scope = 7; n >= 10 {
			d.Scope = 8
		}
		for m := range 12 {
			d.sale(calendar.Of(2025, 12, 5)+calendar.Day(30*m), money.Cents(1000_00*(n+1)))
		}
		c, _ := query.Derive(d.Bundle)
		s.Update(c)
		s.Deepen(d.Bundle)
	}
	one, two := s.Analysis(7).Behind(), s.Analysis(8).Behind()
	both := query.Together(one, two)
	of := func(b *query.Behind, ask query.ListAsk) query.List { return s.ClientListOf(reader, ask, b) }
	all := of(both, query.ListAsk{Sort: "risk"})
	if all.Found != 24 || len(all.Risk) != 24 {
		t.Fatalf("%d found, %d risks", all.Found, len(all.Risk))
	}
	first, second := of(one, query.ListAsk{Scope: 7}), of(two, query.ListAsk{Scope: 8})
	for key, n := range all.Counts {
		if n != first.Counts[key]+second.Counts[key] {
			t.Errorf("%q: %d in all, %d and %d apart", key, n, first.Counts[key], second.Counts[key])
		}
	}
	for _, key := range []string{"chip:risk:0", "chip:type:0", "maturity:phase:M:"} {
		n := of(one, query.ListAsk{Scope: 7, Who: key}).Found + of(two, query.ListAsk{Scope: 8, Who: key}).Found
		if got := of(both, query.ListAsk{Who: key}).Found; got != n {
			t.Errorf("%s: %d in all, %d apart", key, got, n)
		}
	}
}

// Whatever is typed, nothing breaks, and what is found near comes last.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"grenobel", "st malo", "…", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "dupnot dpuont", "é\u0301x\x00", "ab cd efgh"} {
		f.Add(seed)
	}
	ds := []*draft{shop(1, "Hôtel des Alpes", "Grenoble", "Élodie Lefèvre"), shop(2, "Boulangerie Dupont", "Saint-Malo", ""), shop(3, "Ab", "Y", "")}
	s := query.NewSnapshot(calendar.Of(2026, 11, 29))
	for _, d := range ds {
		c, _ := query.Derive(d.Bundle)
		s.Update(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := s.ClientList(reader, query.ListAsk{Text: text, Tag: text[:len(text)/2]})
		if m := s.ClientList(reader, query.ListAsk{Text: text}); m.Near > m.Found || m.Found != len(m.Rows) || l.Found > m.Found {
			t.Errorf("%q: %d found, %d near, %d with a tag", text, m.Found, m.Near, l.Found)
		}
	})
}
