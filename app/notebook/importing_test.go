package notebook_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/uuid"

	"sillon/app/notebook"
	"sillon/app/store"
	"sillon/app/store/memory"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/journal"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

func importer(b bench) *notebook.Importer {
	return &notebook.Importer{Book: b.Book, Store: b.db}
}

// bring imports a text under the guessed mapping.
func bring(t *testing.T, im *notebook.Importer, text string, ask notebook.ImportAsk) notebook.ImportDone {
	t.Helper()
	f, err := im.Open(t.Context(), "clients.csv", []byte(text), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ask.Columns = f.Columns
	done, err := im.Run(t.Context(), ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// standing is what the cards of the device say, amended and void lines
// resolved, without identifiers: equal standings look the same to the user.
func standing(t *testing.T, db *store.DB) []string {
	t.Helper()
	var out []string
	err := db.EachCard(t.Context(), func(v store.View) error {
		c, ok := intake.ReadCard(v.Root, v.Scope, v.Rows)
		if !ok || c.Account.Archived {
			return nil
		}
		var lines []string
		for _, l := range c.Lines {
			lines = append(lines, fmt.Sprint(l.From, l.To, l.Amount, l.Family, l.Ref, l.Return))
		}
		slices.Sort(lines)
		c.Account.Import = portfolio.ID{}
		c.Place.Account = portfolio.ID{}
		potential := money.Cents(0)
		if c.Potential != nil {
			potential = c.Potential.Amount
		}
		place := c.Place
		place.Lat, place.Lon = nil, nil
		out = append(out, fmt.Sprintf("%+v | %+v | %d | %v", c.Account, place, potential, lines))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func pending(t *testing.T, db *store.DB) []store.Entry {
	t.Helper()
	es, err := db.Outbox(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return es
}

const ground = "code client;nom;cp;ville;téléphone;potentiel;CA 2024;CA 2025\n" +
	"C1;Brasserie de l'Écluse;35400;Saint-Malo;02 99 00 00 01;60 000,00;1 000,50;2 000,50\n" +
	"C2;Garage Le Gall;29200;Brest;02 98 00 00 02;;300,00;400,00\n"

func TestAnImportIsGroupedByCardAndItsRecordComesLast(t *testing.T) {
	b := open(t)
	im := importer(b)
	text := "code client;date;montant ht\n"
	for i := range 1_200 {
		text += fmt.Sprintf("C1;%02d/%02d/2025;%d,00\n", 1+i%28, 1+i%12, 1+i)
	}
	text += "C2;02/01/2025;5,00\n"
	done := bring(t, im, text, notebook.ImportAsk{})
	if done.Result.LinesNew != 1_201 || done.Appended.Pending != 2+1_201+1 { // two accounts, the lines, the record; no site: nothing is known of a place
		t.Errorf("%d lines, %d operations pending; want 1201, 1204", done.Result.LinesNew, done.Appended.Pending)
	}
	var sizes []int
	es := pending(t, b.db)
	for _, e := range es {
		sizes = append(sizes, len(e.Ops))
		for i := range e.Ops {
			op := &e.Ops[i]
			if _, err := journal.Check(op, 100); err != nil {
				t.Fatalf("operation %d: %v", op.N, err)
			}
			if op.Group != e.Group || op.Root != e.Ops[0].Root {
				t.Fatalf("operation %d: group %d of card %s among those of %s", op.N, op.Group, op.Root, e.Ops[0].Root)
			}
		}
	}
	if !slices.Equal(sizes, []int{500, 500, 201, 2, 1}) {
		t.Errorf("groups of %v operations; want 500, 500, 201 for the large card, 2 for the other, 1 for the record", sizes)
	}
	if first := es[0].Ops[0]; first.Entity != portfolio.KindAccount || first.Scope != b.Own {
		t.Errorf("the first operation is %+v, want the card", first)
	}
	last := es[len(es)-1].Ops[0]
	var rec portfolio.Import
	if err := last.Fields.Into(&rec); err != nil || last.Entity != portfolio.KindImport || last.Rec != done.ID || last.Scope != b.Mine || rec.Accounts != 2 || rec.Lines != 1_201 {
		t.Errorf("the last operation is %+v, record %+v, %v", last, rec, err)
	}
}

func TestUndoingAnImportLeavesEverythingAsItWas(t *testing.T) {
	b := open(t)
	im := importer(b)
	bring(t, im, ground, notebook.ImportAsk{})
	before := standing(t, b.db)
	if len(before) != 2 {
		t.Fatalf("ground: %q", before)
	}
	for name, text := range map[string]string{
		"totals corrected, fields changed, a client more": "code client;nom;ville;activité;potentiel;CA 2025\nC1;L'Écluse;ST MALO;Restaurant;70 000,00;2 500,00\nC9;Nouveau;Rennes;Garage;1 000,00;10,00\n",
		"orders in the place of a total":                  "code client;date;montant ht;retours\nC1;02/01/2025;10,00;1,00\nC1;30/12/2025;20,00;\nC2;03/05/2025;7,00;\n",
		"a place for a client that had none":              "nom;ville\nInconnu de Tous;Vitré\n",
	} {
		t.Run(name, func(t *testing.T) {
			done := bring(t, im, text, notebook.ImportAsk{})
			if slices.Equal(standing(t, b.db), before) {
				t.Fatal("the import changed nothing")
			}
			if _, err := im.Undo(t.Context(), done.ID, nil); err != nil {
				t.Fatal(err)
			}
			if after := standing(t, b.db); !slices.Equal(after, before) {
				t.Errorf("after undo\n%s\nwant\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
			}
			if _, err := im.Undo(t.Context(), done.ID, nil); !errors.Is(err, notebook.ErrNoUndo) {
				t.Errorf("undone twice: %v", err)
			}
			again := bring(t, im, text, notebook.ImportAsk{}) // and it can come again
			if _, err := im.Undo(t.Context(), again.ID, nil); err != nil {
				t.Fatal(err)
			}
			if after := standing(t, b.db); !slices.Equal(after, before) {
				t.Errorf("imported and undone a second time\n%s", strings.Join(after, "\n"))
			}
		})
	}
}

// Excel's "Unicode text" and what other programs write: two bytes a letter, in
// either order, after their mark.
func TestAFileInUTF16IsImportedAndTakenBack(t *testing.T) {
	for name, order := range map[string]binary.AppendByteOrder{"little end first": binary.LittleEndian, "big end first": binary.BigEndian} {
		t.Run(name, func(t *testing.T) {
			b := open(t)
			im := importer(b)
			bring(t, im, ground, notebook.ImportAsk{})
			before := standing(t, b.db)
			var data []byte
			for _, u := range utf16.Encode([]rune("\ufeffcode client;nom;ville;CA 2025\r\nC1;L'Écluse;Saint-Malo;2 500,00 €\r\nC9;Cœur d'Été;Dinan;10,00\r\n")) {
				data = order.AppendUint16(data, u)
			}
			done := bring(t, im, string(data), notebook.ImportAsk{})
			after := strings.Join(standing(t, b.db), "\n")
			if done.Result.New != 1 || !strings.Contains(after, "Name:Cœur d'Été") || !strings.Contains(after, "Name:L'Écluse") {
				t.Errorf("%d new, the device holds\n%s", done.Result.New, after)
			}
			if _, err := im.Undo(t.Context(), done.ID, nil); err != nil {
				t.Fatal(err)
			}
			if after := standing(t, b.db); !slices.Equal(after, before) {
				t.Errorf("after undo\n%s\nwant\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
			}
		})
	}
}

func TestUndoKeepsWhatWasNotedSince(t *testing.T) {
	b := open(t)
	im := importer(b)
	done := bring(t, im, ground, notebook.ImportAsk{})
	var c1 portfolio.ID
	if err := b.db.EachCard(t.Context(), func(v store.View) error {
		if c, _ := intake.ReadCard(v.Root, v.Scope, v.Rows); c.Account.Code == "C1" {
			c1 = v.Root
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.LogVisit(t.Context(), notebook.Visit{Account: c1, Outcome: portfolio.Order}); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Undo(t.Context(), done.ID, nil); err != nil {
		t.Fatal(err)
	}
	after := standing(t, b.db)
	if len(after) != 1 || !strings.Contains(after[0], "Code:C1") || !strings.HasSuffix(after[0], "| 0 | []") {
		t.Errorf("after undo %q; want the visited client alone, without its sales and potential", after)
	}
}

func TestTheSameFileTwiceChangesNothing(t *testing.T) {
	b := open(t)
	im := importer(b)
	bring(t, im, ground, notebook.ImportAsk{Remember: true})
	before := len(pending(t, b.db))
	f, err := im.Open(t.Context(), "clients.csv", []byte(ground), intake.Options{})
	if err != nil || !f.Known {
		t.Fatalf("opened again: known %v, %v; the mapping was remembered", f.Known, err)
	}
	done, err := im.Run(t.Context(), notebook.ImportAsk{Columns: f.Columns}, nil)
	if !errors.Is(err, notebook.ErrBlocked) || done.Result.Blocking != intake.NothingToDo || len(pending(t, b.db)) != before {
		t.Errorf("Run = %v, %v; want blocked, nothing to do, nothing written", done.Result, err)
	}
}

func TestACancelledImportLeavesNothing(t *testing.T) {
	b := open(t)
	now := b.Now()
	b.Book.Now = func() time.Time { now = now.Add(time.Millisecond); return now } // time passes
	im := importer(b)
	text := ground
	for i := range 3_000 {
		text += fmt.Sprintf("X%d;Y%d;;;;;1,00;2,00\n", i, i)
	}
	f, err := im.Open(t.Context(), "c.csv", []byte(text), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, stage := range []string{"check", "prepare", "save"} {
		ctx, cancel := context.WithCancel(t.Context())
		seen := false
		_, err = im.Run(ctx, notebook.ImportAsk{Columns: f.Columns}, func(s string, done, of int) {
			if s == stage {
				seen = true
				cancel()
			}
		})
		if !seen {
			t.Errorf("no progress of stage %s", stage)
		}
		if n := len(pending(t, b.db)); err == nil && n == 0 || err != nil && (n != 0 || !errors.Is(err, context.Canceled)) {
			t.Errorf("cancelled while it would %s: %v, %d groups written; want all or nothing", stage, err, n)
		}
		if err == nil { // it had been saved already
			break
		}
		if notes, err := im.Imports(t.Context()); err != nil || len(notes) != 0 {
			t.Errorf("cancelled while it would %s: imports %v, %v", stage, notes, err)
		}
	}
}

func TestAFullTabletKeepsNothingOfAnImport(t *testing.T) {
	b := open(t)
	im := &notebook.Importer{Book: b.Book, Store: failing{b.db}}
	f, err := im.Open(t.Context(), "c.csv", []byte(ground), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := im.Run(t.Context(), notebook.ImportAsk{Columns: f.Columns, Remember: true}, nil); !errors.Is(err, store.ErrQuota) {
		t.Errorf("Run = %v, want the storage's own error", err)
	}
	if notes, err := im.Imports(t.Context()); err != nil || len(notes) != 0 || len(pending(t, b.db)) != 0 {
		t.Errorf("imports %v, %v", notes, err)
	}
}

func TestAnOldFileFixesTheReadingDate(t *testing.T) {
	b := open(t)
	rec := b.ID()
	f, err := portfolio.ToFields(portfolio.Portfolio{Name: "Bretagne", Owner: b.User, Scope: b.Own})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.db.Append(t.Context(), [][]journal.Op{{{Kind: journal.Create, Entity: portfolio.KindPortfolio, Rec: rec, Scope: 3, Fields: f}}}, store.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
	im := importer(b)
	day := calendar.Of(2010, 12, 9)
	asOf := func() calendar.Day {
		f, err := im.Open(t.Context(), "o.csv", []byte("code client;date;montant ht\nA;09/12/2010;1,00\n"), intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return f.AsOf
	}
	if got := asOf(); got != b.Today() {
		t.Fatalf("read on %v before, want today", got)
	}
	done := bring(t, im, "code client;date;montant ht\nA;09/12/2010;1,00\n", notebook.ImportAsk{AsOf: day})
	if got := asOf(); got != day {
		t.Errorf("read on %v, want %v", got, day)
	}
	if _, err := im.Undo(t.Context(), done.ID, nil); err != nil {
		t.Fatal(err)
	}
	if got := asOf(); got != b.Today() {
		t.Errorf("read on %v once undone, want today again", got)
	}
}

func TestImportsAreForgottenAfterThirtyDays(t *testing.T) {
	b := open(t)
	im := importer(b)
	done := bring(t, im, ground, notebook.ImportAsk{})
	if notes, err := im.Imports(t.Context()); err != nil || len(notes) != 1 || notes[0].ID != done.ID || notes[0].Accounts != 2 || notes[0].Lines != 4 {
		t.Errorf("imports %+v, %v", notes, err)
	}
	start := b.Now()
	b.Book.Now = func() time.Time { return start.AddDate(0, 0, 31) }
	if notes, err := im.Imports(t.Context()); err != nil || len(notes) != 0 {
		t.Errorf("after 31 days: %+v, %v", notes, err)
	}
	if _, err := im.Undo(t.Context(), done.ID, nil); !errors.Is(err, notebook.ErrNoUndo) {
		t.Errorf("undone after 31 days: %v", err)
	}
}

// The lines of sixty thousand sales are encoded by hand: the same bytes as the
// noun's.
func TestSaleFieldsByHand(t *testing.T) {
	b := open(t)
	im := importer(b)
	bring(t, im, "code client;date;montant ht;quantité;famille;n° facture;canal;marge brute\nA;02/01/2025;10,00;2,5;LAV;F1;web;4,00\nA;03/01/2025;-1,00;;;;;\n", notebook.ImportAsk{})
	n := 0
	for _, e := range pending(t, b.db) {
		for _, op := range e.Ops {
			if op.Entity != portfolio.KindSale {
				continue
			}
			n++
			var s portfolio.Sale
			if err := op.Fields.Into(&s); err != nil {
				t.Fatal(err)
			}
			want, err := portfolio.ToFields(s)
			if err != nil {
				t.Fatal(err)
			}
			if len(want) != len(op.Fields) {
				t.Errorf("fields %v, the noun's %v", op.Fields, want)
			}
			for k, v := range want {
				if !bytes.Equal(v, op.Fields[k]) {
					t.Errorf("field %d is %x, the noun's %x", k, op.Fields[k], v)
				}
			}
		}
	}
	if n != 2 {
		t.Errorf("%d sale lines, want 2", n)
	}
}

func retail(t testing.TB, name string) []byte {
	t.Helper()
	dirs := []string{os.Getenv("SILLON_BENCH")}
	if wd, err := os.Getwd(); err == nil {
		for d := wd; d != filepath.Dir(d); d = filepath.Dir(d) {
			dirs = append(dirs, filepath.Join(d, "shared", "bench"))
		}
	}
	for _, d := range dirs {
		if b, err := os.ReadFile(filepath.Join(d, "retail-b2b", name)); d != "" && err == nil {
			return b
		}
	}
	t.Skip("no shared/bench above this folder, and SILLON_BENCH does not name it")
	return nil
}

// BenchmarkImport5000Clients60000Lines is the whole way: read, check, write on
// the tablet in memory. Its longest time between two yields is told.
func BenchmarkImport5000Clients60000Lines(b *testing.B) {
	var text strings.Builder
	text.WriteString("Code client;Raison sociale;CP;Ville;Date facture;N° facture;Montant HT\r\n")
	for i := range 60_000 {
		c := i % 5_000
		fmt.Fprintf(&text, "C%05d;Société %d;%05d;ST MALO;%02d/%02d/2025;F%06d;%d %03d,%02d\r\n", c, c, 1000+c, 1+i%28, 1+i%12, i, 1+i%9, i%1000, i%100)
	}
	for b.Loop() {
		kv, err := memory.NewDisk().Open(b.Context(), "t")
		if err != nil {
			b.Fatal(err)
		}
		me := portfolio.ID(uuid.New())
		last, longest := time.Now(), time.Duration(0)
		breathe := func() {
			longest = max(longest, time.Since(last))
			last = time.Now()
		}
		db, err := store.Open(b.Context(), kv, store.Options{User: me, Wrap: plain{}, Random: rand.Reader, Now: time.Now, Yield: breathe})
		if err != nil {
			b.Fatal(err)
		}
		book := &notebook.Book{Store: db, Now: time.Now, ID: func() portfolio.ID { return portfolio.ID(uuid.Must(uuid.NewV7())) }, User: me, Own: 7, Mine: 9}
		im := &notebook.Importer{Book: book, Store: db, Yield: breathe}
		f, err := im.Open(b.Context(), "c.csv", []byte(text.String()), intake.Options{})
		if err != nil {
			b.Fatal(err)
		}
		last = time.Now()
		done, err := im.Run(b.Context(), notebook.ImportAsk{Columns: f.Columns}, nil)
		if err != nil || done.Result.New != 5_000 || done.Result.LinesNew != 60_000 {
			b.Fatal(err, done.Result)
		}
		b.ReportMetric(float64(longest.Milliseconds()), "ms-longest-slice")
	}
}

// The first year of Online Retail II (SOURCE.md): its totals are on the tablet
// whichever file came first, and gone after undo.
func TestARealYearOfOrdersArrivesWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("a few seconds")
	}
	orders, clients := retail(t, "orders_2009_2010.csv"), retail(t, "customers_2009_2010.csv")
	b := open(t)
	im := importer(b)
	var ids []portfolio.ID
	for _, data := range [][]byte{orders, clients} {
		done := bring(t, im, string(data), notebook.ImportAsk{AsOf: calendar.Of(2010, 12, 9)})
		ids = append(ids, done.ID)
	}
	var sold, returned money.Cents
	cards, countries := 0, map[string]int{}
	if err := b.db.EachCard(t.Context(), func(v store.View) error {
		c, _ := intake.ReadCard(v.Root, v.Scope, v.Rows)
		cards++
		countries[c.Place.Country]++
		for _, l := range c.Lines {
			sold += max(l.Amount, 0)
			returned -= min(l.Amount, 0)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if cards != 4_383 || sold != 8_832_003_26 || returned != 483_794_70 || countries["United Kingdom"] != 4_035 {
		t.Errorf("%d clients, %d in the United Kingdom, %d sold, %d returned", cards, countries["United Kingdom"], sold, returned)
	}
	for _, id := range slices.Backward(ids) {
		if _, err := im.Undo(t.Context(), id, nil); err != nil {
			t.Fatal(err)
		}
	}
	if left := standing(t, b.db); len(left) != 0 {
		t.Errorf("%d clients left after undo: %s…", len(left), cmp.Or(left...))
	}
}
