package ui

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/notebook"
	"sillon/app/ui/part"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

func init() {
	groundOps["records"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "records", in, func(q bridge.RecordsAsk) bridge.Records {
			out := bridge.Records{Families: []bridge.Family{{Code: "LAV", Name: "Lavage vaisselle"}, {Code: "SAV", Name: "Contrat SAV"}}}
			for i := range g.bundles[q.Account].Rows {
				if r := &g.bundles[q.Account].Rows[i]; portfolio.FormFields(r.Entity) != nil {
					out.All = append(out.All, bridge.Record{ID: r.Rec, Kind: r.Entity, Texts: notebook.Filled(r, ",")})
				}
			}
			return out
		})
	}
	groundOps["form"] = func(g *ground, in []byte) ([]byte, error) { return order1[bridge.Form](g, "form", in) }
	groundOps["remove"] = func(g *ground, in []byte) ([]byte, error) { return order1[bridge.Remove](g, "remove", in) }
	groundOps["likes"] = func(g *ground, in []byte) ([]byte, error) {
		return answer(g, "likes", in, func(bridge.NewAccount) bridge.Likes { return bridge.Likes{All: g.alike} })
	}
}

// What is told of a client is a form over its own record: it sends the fields
// that were touched, of that record, and cannot delete it.
func TestWhatIsToldOfAClientIsAFormOfItsOwnRecord(t *testing.T) {
	g := lay(t, 40)
	_, engine, p := openSheet(t, g)
	for _, c := range []struct {
		form  string
		field uint16
		text  string
		says  []string
	}{
		{"life", 28, "1", []string{"Son activité baisse depuis le", "Injoignable", "n'est pas compté comme un abandon"}},
		{"terms", 29, "3", []string{"Remise de fin d'année, en %", "Refusée", "Prospects envoyés en un an"}},
		{"interest", 32, "7", []string{"Notre offre répond à son besoin", "Proximité, de 1 à 10"}},
	} {
		p.fill(c.form)
		s := openForm(t, p)
		reads(t, s.shown(), append(c.says, "Enregistrer")...)
		if n := len(s.F.spec.first); n > 4 {
			t.Errorf("%s: %d fields at first", c.form, n)
		}
		s.set(c.field, c.text)
		s.save()
		engine.ConsumeAll()
		all := orders[bridge.Form](g, "form")
		got := all[len(all)-1]
		if len(got.Texts) != 1 || got.Texts[0] != (portfolio.FieldText{Field: c.field, Text: c.text}) || got.Rec != p.id || got.Kind != portfolio.KindAccount {
			t.Errorf("%s sends %+v", c.form, got)
		}
	}
}

// openForm is the form that is open over a sheet, filled in.
func openForm(t *testing.T, p *clientPage) *formSheet {
	t.Helper()
	if p.noting == nil {
		t.Fatal("no form is open")
	}
	s := &formSheet{P: p, F: p.noting, Facts: p.facts.Value}
	if !s.start() {
		t.Fatal("the record of the form is not known")
	}
	return s
}

// body is what the form shows.
func (s *formSheet) shown() app.UI {
	return &show{ui: func() app.UI { return part.Div("", s.body()...) }}
}

func sent(texts []portfolio.FieldText) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(string(rune('0'+t.Field/10)) + string(rune('0'+t.Field%10)) + "=" + t.Text + " ")
	}
	return strings.TrimSpace(b.String())
}

// Every form opens with its few fields, its usual answers chosen, the others
// folded; what was typed is sent, and nothing else.
func TestEveryFormHasFourFieldsAtFirstAndSendsWhatWasTyped(t *testing.T) {
	g := lay(t, 40)
	e, engine, p := openSheet(t, g)
	for _, c := range []struct {
		form  string
		field uint16
		text  string
		says  []string
		sent  string
	}{
		{"person", 2, "Soazig Morvan", []string{"Nom", "Fonction", "Rôle dans l'achat", "Décideur", "Influence, de 1 à 5"}, "02=Soazig Morvan"},
		{"potential", 4, "12 000", []string{"Au moins, par an HT", "Plutôt", "Au plus", "Déclaré par le client"}, "04=12 000 06=1"},
		{"competitor", 2, "Rivale", []string{"Nom du concurrent", "Sa force ici", "Dominante", "Ce qu'il vend ici, par an HT", "Lavage vaisselle"}, "02=Rivale 04=1"},
		{"need", 2, "Doseurs", []string{"Besoin reconnu", "Besoin non reconnu", "Familles"}, "02=Doseurs 05=1"},
		{"project", 2, "Capot", []string{"Étape", "Levée des doutes", "Montant HT"}, "02=Capot 05=2"},
		{"tool", 2, "Centrale", []string{"Nous y avons mis", "Il y a mis", "Servi pour la dernière fois le", "Aujourd'hui"}, "02=Centrale"},
		{"service", 2, "4", []string{"Que s'est-il passé ?", "Retard de livraison", "Gravité", "Survenu le", "Réglé le"}, "02=4 03=1 05=2026-11-19"},
		{"contract", 3, "2027-06-30", []string{"Échéance, ou anniversaire", "Se reconduit tout seul", "Montant attendu"}, "03=2027-06-30"},
		{"promise", 4, "Audit", []string{"Qui promet ?", "Nous", "Quoi ?", "Dans 14 jours"}, "03=1 04=Audit"},
		{"payment", 2, "2026-12-31", []string{"À régler le", "Montant TTC", "Réglé le"}, "02=2026-12-31"},
		{"signal", 2, "8", []string{"Qu'avez-vous remarqué ?", "Concurrent en progression", "Levée le"}, "02=8 03=2026-11-19"},
		{"former", 3, "8", []string{"Motif", "Offre d'un concurrent", "Ce qui l'annonçait", "Commande en retard"}, "03=8"},
		{"installed", 7, "12", []string{"Machines en tout"}, "02=1 03=2026-11-19 07=12"},
		{"prescribed", 5, "800", []string{"Montant HT"}, "02=2 03=2026-11-19 05=800"},
		{"soldout", 5, "800", []string{"Du", "Le, ou jusqu'au"}, "02=3 03=2026-11-19 05=800"},
		{"potential-family", 2, "SAV", []string{"Contrat SAV", "Au moins, par an HT"}, "06=1 02=SAV"},
	} {
		p.fill(c.form)
		s := openForm(t, p)
		reads(t, s.shown(), append(c.says, "Plus :", "Enregistrer")...)
		if n := len(s.F.spec.first); n > 4 {
			t.Errorf("%s: %d fields at first", c.form, n)
		}
		s.set(c.field, c.text)
		s.save()
		engine.ConsumeAll()
		all := orders[bridge.Form](g, "form")
		got := all[len(all)-1]
		if sent(got.Texts) != c.sent || got.Account != p.id || !got.Rec.IsZero() || got.Kind != s.F.spec.kind {
			t.Errorf("%s sends %q of kind %d; want %q", c.form, sent(got.Texts), got.Kind, c.sent)
		}
		if sn := e.queue.Shown(); p.noting != nil || sn == nil || sn.Act == nil {
			t.Errorf("%s: not closed with an undo", c.form)
		}
		e.queue = part.Queue{}
	}
}

func TestAFormSaysWhatIsWrongUnderItsFieldAndWhatToDo(t *testing.T) {
	g := lay(t, 40)
	_, engine, p := openSheet(t, g)
	for _, c := range []struct {
		form, field, why, says string
	}{
		{"competitor", "form.18.2", "empty", "« Nom du concurrent » est vide : remplissez-le."},
		{"potential", "form.11.3", "outside", "« Plutôt » sort de la fourchette : écrivez un montant entre les deux autres."},
		{"service", "form.17.6", "before-open", "« Réglé le » : cette date vient avant le jour de l'incident."},
		{"person", "form.7.8", "not-an-email", "« Courriel » : écrivez une adresse comme nom@exemple.fr."}, // folded: it unfolds
		{"tool", "form.27.0", "out-of-bounds", ""},
	} {
		g.refuse["form"] = &bridge.Fault{Code: bridge.FaultInput, Args: []string{c.field, c.why}}
		p.fill(c.form)
		s := openForm(t, p)
		s.set(2, "X")
		s.save()
		engine.ConsumeAll()
		if p.noting == nil {
			t.Fatalf("%s: closed although it was refused", c.form)
		}
		if c.field != "form.27.0" {
			reads(t, s.shown(), c.says)
		} else if s.fault == "" {
			t.Error("a refusal of no field is not said")
		}
		p.noting = nil
	}
}

func TestARecordIsCorrectedInPlaceAndDeleted(t *testing.T) {
	g := lay(t, 40)
	rival := portfolio.ID{7, 7}
	client := g.first().ID
	b := g.bundles[client]
	f, _ := portfolio.ToFields(portfolio.Competitor{Account: client, Name: "Maison Rivale", Strength: 1, Share: 12_400_00, Family: "LAV"})
	b.Rows = append(b.Rows, journal.Row{Rec: rival, Entity: portfolio.KindCompetitor, Root: client, Scope: 7, Fields: f})
	g.bundles[client] = b
	e, engine, p := openSheet(t, g)
	reads(t, p, "Ce que vous savez de lui", "Maison Rivale", "Faible, 12,4 k€ par an, Lavage vaisselle")
	p.amend(rival)
	s := openForm(t, p)
	reads(t, s.shown(), "Nom du concurrent", "Supprimer")
	s.set(4, "3")
	s.set(2, "Maison Rivale ") // a space more is no change
	s.save()
	engine.ConsumeAll()
	got := orders[bridge.Form](g, "form")
	if len(got) != 1 || got[0].Rec != rival || sent(got[0].Texts) != "04=3" {
		t.Errorf("sent %+v; want the strength alone", got)
	}
	p.amend(rival)
	s = openForm(t, p)
	s.remove(p.ctx)
	engine.ConsumeAll()
	if gone := orders[bridge.Remove](g, "remove"); len(gone) != 1 || gone[0].Rec != rival || p.noting != nil {
		t.Errorf("deleted %+v", gone)
	}
	if sn := e.queue.Shown(); sn == nil || sn.Act == nil {
		t.Error("a deletion cannot be undone")
	}
	// closed before it was saved, a form keeps what was typed
	p.amend(rival)
	s = openForm(t, p)
	s.set(8, "Remise de 12 %")
	s.close(p.ctx)
	engine.ConsumeAll()
	if p.noting != nil {
		t.Fatal("not closed")
	}
	p.amend(rival)
	if s = openForm(t, p); s.texts[8] != "Remise de 12 %" {
		t.Errorf("opened again it holds %v", s.texts)
	}
}

// Every mention of a fact to collect leads to the form that takes it.
func TestEveryFactToCollectOpensItsForm(t *testing.T) {
	g := lay(t, 40)
	_, _, p := openSheet(t, g)
	for _, fact := range query.CollectKeys {
		p.noting, p.log = nil, false
		if fact == "sales" || fact == "families" || fact == "margin" || fact == "cost" {
			continue // an import, or the budget of the year
		}
		if html := app.HTMLString(p.noteButton(fact)); !strings.Contains(html, "<button") {
			t.Errorf("%q is asked for without a way to note it", fact)
		}
		if want := noted[fact]; want != "" {
			p.fill(want)
			if p.noting == nil {
				t.Errorf("%q opens no form", fact)
			}
		}
	}
	for _, spec := range formSpecs {
		for _, key := range []string{"", ".open", ".text"} {
			if !i18n.Has("form." + spec.key + key) {
				t.Errorf("form.%s%s has no words", spec.key, key)
			}
		}
		for _, n := range append(append([]uint16(nil), spec.first...), spec.more...) {
			f, ok := portfolio.FormFieldOf(spec.kind, n)
			if !ok || !i18n.Has(fieldKey(spec.kind, n)) {
				t.Errorf("%s shows field %d, which has no form or no label", spec.key, n)
			}
			if f.Type == portfolio.ChoiceField {
				for x := f.Low; x <= f.High; x++ {
					if w := p.E.formChoice(spec.kind, n, x); w == "" || strings.Contains(w, "form.") {
						t.Errorf("%s: choice %d of field %d reads %q", spec.key, x, n, w)
					}
				}
			}
		}
	}
}

// The address of a sheet can ask for a form: « Pourquoi » and other screens use
// it.
func TestAnAddressOpensAForm(t *testing.T) {
	g := lay(t, 40)
	e, _, page := g.visit(t, ClientPath(g.first().ID)+"?noter=competitor")
	p := page.(*clientPage)
	if p.noting == nil || p.noting.spec.key != "competitor" {
		t.Fatalf("open: %+v", p.noting)
	}
	if e.Param("noter") != "" {
		t.Error("the address still asks: coming back would open the form again")
	}
	g.read = true
	_, _, page = g.visit(t, ClientPath(g.first().ID)+"?noter=competitor")
	if page.(*clientPage).noting != nil {
		t.Error("a manager who looks can note")
	}
}

// « Pourquoi » of a figure that lacks a fact leads to the form that takes it.
func TestAMissingFactIsOneTapAwayFromItsReasons(t *testing.T) {
	g := lay(t, 20)
	e, _, _ := g.visit(t, "/clients")
	id := g.first().ID
	link := func(subject, fact string) string {
		return app.HTMLString(&show{ui: func() app.UI { return e.collectLink(subject, fact) }})
	}
	if h := link(Subject("X", id), "potential"); !strings.Contains(h, ClientPath(id)+"?noter=potential") || !strings.Contains(h, "Noter une fourchette") {
		t.Errorf("the link is %s", h)
	}
	for _, h := range []string{link(Whole("Ouest", 7), "potential"), link(Subject("X", id), "cost")} {
		if strings.Contains(h, "<a") {
			t.Errorf("a fact of nobody, or without a form, is linked: %s", h)
		}
	}
}
