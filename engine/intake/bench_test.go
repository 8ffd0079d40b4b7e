package intake_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// bench finds a file of the measuring data beside the repository.
func bench(t testing.TB, name string) []byte {
	t.Helper()
	dirs := []string{os.Getenv("SILLON_BENCH")}
	if wd, err := os.Getwd(); err == nil {
		for d := wd; d != filepath.Dir(d); d = filepath.Dir(d) {
			dirs = append(dirs, filepath.Join(d, "shared", "bench"))
		}
	}
	for _, d := range dirs {
		if d == "" {
			continue
		}
		if b, err := os.ReadFile(filepath.Join(d, filepath.FromSlash(name))); err == nil {
			return b
		}
	}
	t.Skipf("no shared/bench/%s above this folder, and SILLON_BENCH does not name it", name)
	return nil
}

func noStep(int, int) error { return nil }

func open(t testing.TB, data []byte) *intake.Sheet {
	t.Helper()
	s, err := intake.Open(data, intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func check(t testing.TB, s *intake.Sheet, m intake.Mapping, e *intake.Existing) *intake.Result {
	t.Helper()
	r, err := intake.Check(noStep, s, m, e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var asOf2010 = calendar.Of(2010, 12, 9)

// Totals of SOURCE.md: exact sums of the columns.
const (
	soldGBP     = money.Cents(8_832_003_26)
	returnedGBP = money.Cents(483_794_70)
)

func TestTheRealOrdersComeInWithTheirTotals(t *testing.T) {
	s := open(t, bench(t, "retail-b2b/orders_2009_2010.csv"))
	cols := intake.Guess(s, asOf2010)
	for i, want := range []intake.Field{intake.Code, intake.Day, intake.Amount, intake.Skip, intake.Qty, intake.Return, intake.Skip} {
		if cols[i].Field != want {
			t.Errorf("column %s is read as %q, want %q", cols[i].Name, cols[i].Field.Key(), want.Key())
		}
	}
	r := check(t, s, intake.Mapping{Columns: cols, AsOf: asOf2010}, nil)
	if r.Blocking != "" || r.Lines != 19_946 || r.Ready != 19_946 || r.New != 4_383 || r.Sales != soldGBP || r.Returns != returnedGBP {
		t.Errorf("blocking %q, %d lines, %d ready, %d new clients, %d sold, %d returned; want none, 19946, 19946, 4383, %d, %d\n%+v",
			r.Blocking, r.Lines, r.Ready, r.New, r.Sales, r.Returns, soldGBP, returnedGBP, r.Issues)
	}
	if r.From != calendar.Of(2009, 12, 1) || r.To != asOf2010 {
		t.Errorf("sales from %v to %v, want 2009-12-01 to 2010-12-09", r.From, r.To)
	}
	var net money.Cents
	for _, d := range r.Drafts {
		if d.Account.Name != d.Account.Code {
			t.Fatalf("client %q is named %q; a client not known yet is named by its code", d.Account.Code, d.Account.Name)
		}
		for _, l := range d.Lines {
			net += l.Sale.Amount
			if l.Sale.Return != (l.Sale.Amount < 0) {
				t.Fatalf("line %+v: a return is negative and flagged", l.Sale)
			}
		}
	}
	if net != soldGBP-returnedGBP {
		t.Errorf("drafts hold %d net, want %d", net, soldGBP-returnedGBP)
	}
}

// cardsOf does what the notebook does: drafts become cards of the device.
func cardsOf(drafts []intake.Draft, before []intake.Card) []intake.Card {
	cards := append([]intake.Card(nil), before...)
	at := map[portfolio.ID]int{}
	for i := range cards {
		at[cards[i].ID] = i
	}
	n := len(cards)
	for _, d := range drafts {
		var c intake.Card
		if d.Card != nil {
			c = cards[at[d.Card.ID]]
		} else {
			n++
			c.ID = portfolio.ID{1, byte(n >> 16), byte(n >> 8), byte(n)}
			at[c.ID] = len(cards)
			cards = append(cards, c)
		}
		c.Account, c.Place = d.Account, d.Place
		if c.Site.IsZero() && d.HasPlace {
			c.Site = portfolio.ID{2, byte(n >> 16), byte(n >> 8), byte(n)}
		}
		if d.Potential != nil {
			c.Potential = d.Potential
		}
		gone := map[portfolio.ID]bool{}
		for _, v := range d.Voids {
			gone[v.ID] = true
		}
		for _, l := range d.Lines {
			if l.Old != nil {
				gone[l.Old.ID] = true
			}
		}
		var lines []intake.Line
		for _, l := range c.Lines {
			if !gone[l.ID] {
				lines = append(lines, l)
			}
		}
		for _, l := range d.Lines {
			n++
			lines = append(lines, intake.Line{ID: portfolio.ID{3, byte(n >> 16), byte(n >> 8), byte(n)}, From: l.Sale.From, To: l.Sale.To, Amount: l.Sale.Amount, Family: l.Sale.Family, Ref: l.Sale.Ref, Return: l.Sale.Return})
		}
		c.Lines = lines
		cards[at[c.ID]] = c
	}
	return cards
}

func TestClientsAndOrdersComeInEitherOrder(t *testing.T) {
	orders, clients := open(t, bench(t, "retail-b2b/orders_2009_2010.csv")), open(t, bench(t, "retail-b2b/customers_2009_2010.csv"))
	for name, files := range map[string][2]*intake.Sheet{"orders first": {orders, clients}, "clients first": {clients, orders}} {
		t.Run(name, func(t *testing.T) {
			var cards []intake.Card
			for _, s := range files {
				r := check(t, s, intake.Mapping{Columns: intake.Guess(s, asOf2010), AsOf: asOf2010}, intake.NewExisting(cards, nil))
				if r.Blocking != "" {
					t.Fatalf("blocked: %s %s", r.Blocking, r.About)
				}
				cards = cardsOf(r.Drafts, cards)
			}
			var net money.Cents
			countries := 0
			for _, c := range cards {
				if c.Place.Country != "" {
					countries++
				}
				if c.Account.Status != portfolio.Client {
					t.Fatalf("%s has status %d, want client", c.Account.Code, c.Account.Status)
				}
				for _, l := range c.Lines {
					net += l.Amount
				}
			}
			if len(cards) != 4_383 || countries != 4_383 || net != soldGBP-returnedGBP {
				t.Errorf("%d clients, %d with a country, %d net; want 4383, 4383, %d", len(cards), countries, net, soldGBP-returnedGBP)
			}
			for _, s := range files {
				r := check(t, s, intake.Mapping{Columns: intake.Guess(s, asOf2010), AsOf: asOf2010}, intake.NewExisting(cards, nil))
				if r.New+r.Changed != 0 || r.Same != 4_383 || r.LinesNew != 0 || r.Blocking != intake.NothingToDo {
					t.Errorf("again: %d new, %d changed, %d same, %d new lines, %q; importing twice must change nothing", r.New, r.Changed, r.Same, r.LinesNew, r.Blocking)
				}
			}
		})
	}
}

// big makes a file of clients × lines as a French ERP writes it.
func big(clients, lines int) []byte {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbfCode client;Raison sociale;CP;Ville;Date facture;N° facture;Montant HT\r\n")
	for i := range lines {
		c := i % clients
		fmt.Fprintf(&b, "C%05d;\"Société %d & Fils\";%05d;ST MALO;%02d/%02d/2025;F%06d;%d %03d,%02d\r\n", c, c, 1000+c, 1+i%28, 1+i%12, i, 1+i%9, i%1000, i%100)
	}
	return b.Bytes()
}

func BenchmarkImport5000Clients60000Lines(b *testing.B) {
	data := big(5_000, 60_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		s := open(b, data)
		cols := intake.Guess(s, calendar.Of(2026, 1, 31))
		r := check(b, s, intake.Mapping{Columns: cols, AsOf: calendar.Of(2026, 1, 31)}, nil)
		if r.New != 5_000 || r.LinesNew != 60_000 {
			b.Fatalf("%d clients, %d lines: %v %v", r.New, r.LinesNew, r.Blocking, r.Issues[:min(5, len(r.Issues))])
		}
	}
}

func TestALongCheckCanBeCancelled(t *testing.T) {
	s := open(t, big(50, 5_000))
	calls := 0
	_, err := intake.Check(func(done, of int) error {
		if calls++; calls == 3 {
			return fmt.Errorf("stop at %d of %d", done, of)
		}
		return nil
	}, s, intake.Mapping{Columns: intake.Guess(s, asOf2010), AsOf: calendar.Of(2026, 1, 31)}, nil)
	if err == nil || !strings.HasPrefix(err.Error(), "stop at 128") {
		t.Errorf("Check = %v, want the step's own error at line 128", err)
	}
}
