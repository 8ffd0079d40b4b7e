package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/portfolio"
)

// An importBench reads files with the real engine, as the worker does.
type importBench struct {
	*bench
	mu    sync.Mutex // the worker's handlers run beside the test
	sheet *intake.Sheet
	asks  []bridge.ImportCheck
	ran   []bridge.ImportCheck
	undo  []portfolio.ID
}

// taken copies what the handlers have noted so far.
func taken[T any](b *importBench, list *[]T) []T {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(*list)
}

// lastAsk is the latest mapping the wizard had checked.
func (b *importBench) lastAsk() bridge.ImportCheck {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asks[len(b.asks)-1]
}

var importDay = calendar.Of(2026, time.November, 19)

func newImportBench(t *testing.T) *importBench {
	old := pause
	pause = 0
	t.Cleanup(func() { pause = old })
	b := &importBench{bench: newBench(t)}
	bridge.Handle(b.mux, bridge.OpImportOpen, func(_ context.Context, q bridge.ImportOpen, _ func(bridge.Progress)) (bridge.ImportSheet, error) {
		s, err := intake.Open(q.Data, intake.Options{})
		if err != nil {
			fe := err.(*intake.FileError)
			f := &bridge.Fault{Code: bridge.FaultImport, Args: []string{string(fe.Trouble)}}
			for _, n := range fe.Args {
				f.Args = append(f.Args, strconv.Itoa(n))
			}
			return bridge.ImportSheet{}, f
		}
		b.sheet = s
		return bridge.ImportSheet{Name: q.Name, Encoding: s.Encoding, Separator: string(rune(s.Separator)), Lines: s.Rows(), Preview: s.Preview(20), NoHeader: s.NoHeader,
			AsOf: int32(importDay), Columns: importColumns(intake.Guess(s, importDay))}, nil
	})
	bridge.Handle(b.mux, bridge.OpImportCheck, func(_ context.Context, q bridge.ImportCheck, _ func(bridge.Progress)) (bridge.ImportReport, error) {
		b.mu.Lock()
		b.asks = append(b.asks, q)
		b.mu.Unlock()
		return b.report(q), nil
	})
	bridge.Handle(b.mux, bridge.OpImportRun, func(_ context.Context, q bridge.ImportCheck, told func(bridge.Progress)) (bridge.ImportDone, error) {
		b.mu.Lock()
		b.ran = append(b.ran, q)
		b.mu.Unlock()
		told(bridge.Progress{Stage: "import.stage.save", Done: 1, Of: 2})
		return bridge.ImportDone{ID: portfolio.ID{7}, Report: b.report(q)}, nil
	})
	bridge.Handle(b.mux, bridge.OpImportUndo, func(_ context.Context, q bridge.Undo, _ func(bridge.Progress)) (bridge.Saved, error) {
		b.mu.Lock()
		b.undo = append(b.undo, q.ID)
		b.mu.Unlock()
		return bridge.Saved{ID: q.ID}, nil
	})
	answers(b.bench, bridge.OpImports, bridge.ImportList{Imports: []bridge.ImportPast{{ID: portfolio.ID{5}, File: "clients_2025.csv", AtMS: shellNow.Add(-26 * time.Hour).UnixMilli(), Accounts: 12, Lines: 340}}})
	return b
}

func importColumns(cols []intake.Column) []bridge.ImportColumn {
	out := make([]bridge.ImportColumn, len(cols))
	for i, c := range cols {
		out[i] = bridge.ImportColumn{Name: c.Name, Sample: c.Sample, Field: c.Field.Key(), Format: c.Format, Filled: c.Filled, Read: c.Read, Sure: c.Sure, Policy: "overwrite"}
	}
	return out
}

func (b *importBench) report(q bridge.ImportCheck) bridge.ImportReport {
	m := intake.Mapping{AsOf: importDay, Choices: q.Accept, AcceptAll: q.AllOK}
	for _, c := range q.Columns {
		m.Columns = append(m.Columns, intake.Column{Name: c.Name, Field: intake.FieldOf(c.Field), Format: c.Format, Sure: c.Sure, Keep: c.Policy == "keep"})
	}
	r, err := intake.Check(func(int, int) error { return nil }, b.sheet, m, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	out := bridge.ImportReport{New: r.New, Changed: r.Changed, Same: r.Same, Doubtful: r.Doubtful, Refused: r.Refused, Ready: r.Ready, SaleLines: r.SaleLines,
		Sales: int64(r.Sales), Returns: int64(r.Returns), From: int32(r.From), To: int32(r.To), IssuesAll: r.All, Columns: importColumns(r.Columns)}
	if r.Blocking != "" {
		out.Blocking = i18n.T(i18n.FR, "import.blocking."+string(r.Blocking), r.About)
	}
	for _, i := range r.Issues {
		name := ""
		if i.Column >= 0 {
			name = r.Columns[i.Column].Name
		}
		out.Issues = append(out.Issues, bridge.ImportIssue{Key: i.Key(), Line: i.Line, Column: name, Value: i.Value, Code: string(i.Code), Args: i.Args, Action: string(i.Action), Grave: i.Level == intake.Refuse})
	}
	return out
}

// read opens a file on the page, as if it had been dropped.
func (b *importBench) read(text string) *importPage {
	b.t.Helper()
	p := page[*importPage](b.bench, importPath)
	p.open(b.ctx, bridge.ImportOpen{Name: "clients_2026.csv", Data: []byte(text), Lang: "fr"})
	b.engine.ConsumeAll()
	return p
}

const importText = "RAISON_SOC;CP_VILLE;CA_N;CA_N-1;POT_EST;DT_1ERE_CDE;REP;COD_X7\n" +
	"Brasserie de l'Écluse;35400 ST MALO;18 411,10;15 602,00;66000;03/09/24;MG;A2\n" +
	"Pharmacie des Bés;35400 ST MALO;2 000,00;;12k;04/09/24;MG;A2\n" +
	"Garage Le Gall;1000 BOURG;100,00;100,00;;jamais;MG;A2\n"

func TestTheFirstStepSaysWhatCanBeReadAndWhatCanBeUndone(t *testing.T) {
	b := newImportBench(t)
	p := page[*importPage](b.bench, importPath)
	said(t, p, "Importer des clients", "Fichier", "Déposez un fichier CSV ici", "Choisir un fichier", "Ce que Sillon sait lire", "Jusqu'à 64 Mo",
		"Imports récents", "clients_2025.csv", "12 clients, 340 lignes de vente", "Annuler")
	p.takeBack(b.ctx, portfolio.ID{5})
	b.engine.ConsumeAll()
	if undo := taken(b, &b.undo); len(undo) != 1 || undo[0] != (portfolio.ID{5}) {
		t.Errorf("undone %v, want the import that was tapped", undo)
	}
}

func TestColumnsAreShownWithWhatIsUnderstood(t *testing.T) {
	b := newImportBench(t)
	p := b.read(importText)
	said(t, p, "clients_2026.csv · 3 lignes, 8 colonnes", "RAISON_SOC", "Brasserie de l'Écluse", "Nom du client", "3 sur 3", "Code postal + ville",
		"Ne pas importer", "1 sur 2", "1 ligne prête", "2 à vérifier", "0 refusée", "Rien n'est écrit avant l'import. Annulable pendant 30 jours.", "Enregistrer ce modèle", "Retour", "Importer 1 client",
		"L. 3", "POT_EST « 12k »", "Lu comme 12 000 € ?", "Oui", "L. 4", "DT_1ERE_CDE « jamais »", "Ce n'est pas une date.", "Laisser vide", "Tout accepter", "Bon à savoir · 1")
	page := app.HTMLString(p)
	for _, want := range []string{`aria-label="Que devient la colonne CA_N"`, `role="status"`, `<optgroup label="Ventes">`, `scope="row"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "style=") {
		t.Error("an inline style would be refused by the content security policy")
	}
}

func TestAnAnswerLetsItsLineIn(t *testing.T) {
	b := newImportBench(t)
	p := b.read(importText)
	p.answer(b.ctx, "3:4:thousands", "accept")
	b.engine.ConsumeAll()
	said(t, p, "2 lignes prêtes", "1 à vérifier", "Importer 2 clients")
	p.all = true
	p.check(b.ctx, 0)
	b.engine.ConsumeAll()
	said(t, p, "3 lignes prêtes", "Tout est accepté", "Importer 3 clients")
}

func TestAnotherTargetIsTriedAtOnce(t *testing.T) {
	b := newImportBench(t)
	p := b.read(strings.ReplaceAll(strings.ReplaceAll(importText, "12k", "12000"), "jamais", ""))
	p.target(b.ctx, 7, "code")
	b.engine.ConsumeAll()
	if got := b.lastAsk().Columns[7].Field; got != "code" {
		t.Errorf("the last check reads COD_X7 as %q, want code", got)
	}
	said(t, p, "À vérifier", "Déjà à la ligne 2, avec une autre valeur")
	p.target(b.ctx, 2, "")
	p.target(b.ctx, 3, "amount")
	b.engine.ConsumeAll()
	said(t, p, "Les montants ont besoin d'une date")
	if p.ready() {
		t.Error("a mapping that is blocked can be imported")
	}
	p.target(b.ctx, 0, "code") // a field one column may feed leaves the other
	if p.columns[7].Field != "" {
		t.Errorf("two columns are the client's code: %+v", p.columns)
	}
	for _, c := range []struct{ format, period, decimal string }{{"n ,", "n", ","}, {"2025-03", "2025-03", ""}, {"2025 .", "2025", "."}} {
		f := bridge.ImportField{Key: "total", Numeric: true, Period: true}
		period, decimal := splitFormat(f, c.format)
		if period != c.period || decimal != c.decimal || joinFormat(period, decimal) != c.format {
			t.Errorf("format %q = %q, %q", c.format, period, decimal)
		}
	}
}

func TestTheImportEndsWithItsUndo(t *testing.T) {
	b := newImportBench(t)
	p := b.read(importText)
	p.bring(b.ctx, app.Event{})
	b.engine.ConsumeAll()
	said(t, p, "1 client importé", "2 lignes de vente", "2 lignes n'ont pas été importées", "Télécharger les lignes laissées", "Voir les clients", "Annuler l'import", "Importer un autre fichier")
	if ran := taken(b, &b.ran); len(ran) != 1 || part0(ran[0].Columns) != "name" {
		t.Errorf("imported %+v", ran)
	}
	p.takeBack(b.ctx, p.done.ID)
	b.engine.ConsumeAll()
	said(t, p, "Import annulé : vos fiches sont comme avant.")
	if s := said(t, p); strings.Contains(s, "Annuler l'import") {
		t.Error("what is undone can be undone again")
	}
	p.restart(b.ctx, app.Event{})
	b.engine.ConsumeAll()
	said(t, p, "Déposez un fichier CSV ici")
}

func part0(c []bridge.ImportColumn) string { return c[0].Field }

func TestAFileThatCannotBeReadSaysWhatToDo(t *testing.T) {
	b := newImportBench(t)
	for data, want := range map[string]string{
		"":                           "Ce fichier est vide.",
		"PK\x03\x04....":             "C'est un classeur. Dans Excel : Fichier, Enregistrer sous, CSV",
		"\x00\x01\x02":               "Ce fichier n'est pas du texte.",
		"Code client;Nom\n":          "Ce fichier n'a qu'une ligne d'en-tête.",
		strings.Repeat("a;", 400):    "Ce fichier a plus de 300 colonnes",
		strings.Repeat("a\n", 2e5+2): "Ce fichier a plus de 200 000 lignes. Découpez-le par année",
	} {
		said(t, b.read(data), want, "Choisir un fichier")
	}
	p := page[*importPage](b.bench, importPath)
	b.ctx.Dispatch(func(app.Context) {
		if p.fits("gros.csv", 200e6) {
			t.Error("200 MB are taken")
		}
	})
	b.engine.ConsumeAll()
	said(t, p, "gros.csv pèse 200 Mo. La limite est de 64 Mo : découpez le fichier par année ou par portefeuille.")
}

func TestAFileWithoutHeaderIsSaidAndReadByPosition(t *testing.T) {
	b := newImportBench(t)
	p := b.read("C001;Brasserie de l'Écluse;35400;Saint-Malo;12/03/2025;120,50\nC002;Garage Le Gall;29200;Brest;14/03/2025;88,00\n")
	said(t, p, "Ce fichier n'a pas de ligne d'en-tête", "Colonne 1", "Date de vente", "à confirmer", "2 lignes prêtes")
}

func TestAnOldFileOffersItsOwnReadingDate(t *testing.T) {
	b := newImportBench(t)
	p := b.read("customer,date,sales_gbp,returns_gbp\n12346,2010-12-09,90.00,3.50\n")
	said(t, p, "Les ventes de ce fichier s'arrêtent le 9 déc. 2010", "Lire le portefeuille au 9 déc. 2010", "2 lignes de vente, 90 € vendus · 3,50 € de retours et avoirs")
	p.asOf = p.report.To
	p.check(b.ctx, 0)
	b.engine.ConsumeAll()
	if got := b.lastAsk().AsOf; got != int32(calendar.Of(2010, 12, 9)) {
		t.Errorf("asked to read on %d", got)
	}
	said(t, p, "Le portefeuille sera lu au 9 déc. 2010.")
}

func TestTheWizardCountsInTheMoneyOfTheOrganisation(t *testing.T) {
	b := newImportBench(t)
	pounds := rep
	pounds.Currency = "GBP"
	b.hello(pounds)
	b.open() // at an address that asks no view
	money := b.e.Currency
	p := b.read(importText)
	p.E.Currency = money
	p.bring(b.ctx, app.Event{})
	b.engine.ConsumeAll()
	if s := said(t, p, "2 lignes de vente", "£"); strings.Contains(s, "€") {
		t.Errorf("an organisation in pounds reads:\n%s", s)
	}
}
