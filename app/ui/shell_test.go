package ui

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

var shellNow = time.Date(2026, time.November, 19, 10, 30, 0, 0, time.UTC)

// A bench opens pages in front of a twin of the worker.
type bench struct {
	t      *testing.T
	mux    *bridge.Mux
	twin   *bridge.Twin
	e      *Env
	engine app.TestEngine
	root   *Root
	ctx    app.Context // of a tap, with page
}

var rep = bridge.Welcome{Version: "test", User: portfolio.ID{1}, Name: "Maëlle Guivarch", Login: "maelle@armorique.example", Role: portfolio.RoleRep, Org: "Armorique", Loaded: true}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, mux: bridge.NewMux()}
	b.twin = bridge.NewTwin(b.mux)
	b.hello(rep)
	answers(b, bridge.OpStatus, bridge.Status{State: bridge.StateOK, LastMS: shellNow.Add(-time.Hour).UnixMilli()})
	return b
}

func (b *bench) hello(w bridge.Welcome) { answers(b, bridge.OpHello, w) }

// answers makes the worker answer always the same.
func answers[Q, A any](b *bench, op bridge.Op[Q, A], a A) {
	bridge.Handle(b.mux, op, func(context.Context, Q, func(bridge.Progress)) (A, error) { return a, nil })
}

// records keeps the requests of an operation.
func records[Q, A any](b *bench, op bridge.Op[Q, A], a A) *[]Q {
	var seen []Q
	var mu sync.Mutex
	bridge.Handle(b.mux, op, func(_ context.Context, q Q, _ func(bridge.Progress)) (A, error) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, q)
		return a, nil
	})
	return &seen
}

func refuses[Q, A any](b *bench, op bridge.Op[Q, A], f *bridge.Fault) {
	bridge.Handle(b.mux, op, func(context.Context, Q, func(bridge.Progress)) (A, error) {
		var a A
		return a, f
	})
}

// open loads the whole page, at /.
func (b *bench) open() *bench {
	b.t.Helper()
	b.e = NewEnv(b.twin, i18n.FR, "test", func() time.Time { return shellNow })
	b.engine = app.NewTestEngine()
	b.root = NewRoot(b.e)
	if err := b.engine.Load(b.root); err != nil {
		b.t.Fatal(err)
	}
	b.engine.ConsumeAll()
	return b
}

var markup = regexp.MustCompile(`(?s)<svg.*?</svg>|<[^>]*>`)

// ctxOf is the context of the frame.
func (b *bench) ctxOf() app.Context { return *b.e.root }

// says fails the test unless the page shows every one of the words.
func (b *bench) says(words ...string) string {
	b.t.Helper()
	b.engine.ConsumeAll()
	return said(b.t, b.root, words...)
}

func said(t *testing.T, ui app.UI, words ...string) string {
	t.Helper()
	s := html.UnescapeString(markup.ReplaceAllString(app.HTMLString(ui), " "))
	s = strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(s)), " ")
	for _, w := range words {
		if !strings.Contains(s, w) {
			t.Errorf("the page does not say %q; it says:\n%s", w, s)
		}
	}
	return s
}

// page opens one page without the frame.
func page[P app.Composer](b *bench, address string) P {
	b.t.Helper()
	b.e = NewEnv(b.twin, i18n.FR, "test", func() time.Time { return shellNow })
	b.e.User, b.e.stage = rep, ready
	u, err := url.Parse(address)
	if err != nil {
		b.t.Fatal(err)
	}
	b.e.At(u)
	p, ok := find(b.e, u.Path).(P)
	if !ok {
		b.t.Fatalf("another page at %s", address)
	}
	b.engine = app.NewTestEngine()
	if err := b.engine.Load(p); err != nil {
		b.t.Fatal(err)
	}
	b.engine.ConsumeAll()
	b.ctx = b.e.watchers[0].ctx // the page's own: it follows the worker
	return p
}

func TestTheChipSaysEachStateInOneCalmLine(t *testing.T) {
	at := func(ago time.Duration) int64 { return shellNow.Add(-ago).UnixMilli() }
	for _, c := range []struct {
		status bridge.Status
		class  string
		text   string
	}{
		{bridge.Status{State: bridge.StateOK, LastMS: at(108 * time.Minute)}, "ok", "À jour · 08:42"},
		{bridge.Status{State: bridge.StateOK, LastMS: at(24 * time.Hour)}, "ok", "À jour · hier 10:30"},
		{bridge.Status{State: bridge.StateOK}, "", "Pas encore d’échange"},
		{bridge.Status{State: bridge.StateSyncing, Pending: 3}, "", "Synchronisation…"},
		{bridge.Status{State: bridge.StateOffline, Pending: 3, LastMS: at(time.Hour)}, "off", "Hors connexion · 3 actions gardées ici"},
		{bridge.Status{State: bridge.StateOffline, Pending: 1, LastMS: at(time.Hour)}, "off", "Hors connexion · 1 action gardée ici"},
		{bridge.Status{State: bridge.StateOffline, LastMS: at(time.Hour)}, "off", "Hors connexion"},
		{bridge.Status{State: bridge.StateOK, Pending: 2, LastMS: at(time.Hour)}, "off", "2 actions gardées ici"},
		{bridge.Status{State: bridge.StateOffline, Pending: 41, LastMS: at(8 * 24 * time.Hour)}, "warn", "Données du mer.\u00a011\u00a0nov. · 41 actions gardées ici"},
		{bridge.Status{State: bridge.StateOK, Replaced: 1, LastMS: at(time.Hour)}, "warn", "1 fiche à relire"},
		{bridge.Status{State: bridge.StateOffline, Refused: 1, Replaced: 2, LastMS: at(time.Hour)}, "warn", "1 action à corriger"},
		{bridge.Status{State: bridge.StateSignIn, Refused: 1}, "warn", "Se reconnecter"},
		{bridge.Status{State: bridge.StateUpgrade}, "warn", "Mise à jour à installer"},
	} {
		if got := chipOf(i18n.FR, c.status, shellNow); got.text != c.text || got.class != c.class {
			t.Errorf("%+v: %q in %q, want %q in %q", c.status, got.text, got.class, c.text, c.class)
		}
	}
}

func TestNobodyYetIsAskedToSignInOnce(t *testing.T) {
	b := newBench(t)
	b.hello(bridge.Welcome{Version: "test"})
	b.open().says("Bonjour", "Connectez-vous une fois", "Adresse électronique ou matricule", "Mot de passe", "Se connecter")
}

func TestASignInThatFailsSaysWhatToDo(t *testing.T) {
	b := newBench(t).open()
	p := &signInPage{E: b.e, Lang: "fr"}
	for want, f := range map[string]*bridge.Fault{
		"Adresse ou mot de passe inconnus":           {Code: bridge.FaultSignIn},
		"Ce compte est désactivé ; rien n'est perdu": {Code: bridge.FaultOff},
		"Le réseau est nécessaire":                   {Code: bridge.FaultNetwork},
		"Le serveur ne répond pas":                   {Code: "server"},
		"Cela n'a pas abouti":                        {Code: "something new"},
		"Rien n'a pu être enregistré sur ce":         {Code: bridge.FaultStorage},
	} {
		p.err = f
		said(t, p.Render(), want)
	}
	p.err, p.wait = &bridge.Fault{Code: bridge.FaultThrottled, Args: []string{"890"}}, 890
	said(t, p.Render(), "Trop d'essais. Réessayez dans 15 minutes.")
}

func TestAProfileOnTheDeviceOpensWithoutNetwork(t *testing.T) {
	b := newBench(t)
	answers(b, bridge.OpStatus, bridge.Status{State: bridge.StateOffline, Pending: 3, LastMS: shellNow.Add(-time.Hour).UnixMilli()})
	s := b.open().says("Aujourd'hui", "Clients", "Portefeuille", "MG")
	if strings.Contains(s, "Mot de passe") {
		t.Errorf("asks for a password: %s", s)
	}
	if strings.Contains(s, "Équipe") {
		t.Errorf("shows the team to a rep: %s", s)
	}
}

func TestAManagerSeesTheTeamFirst(t *testing.T) {
	if d := destinations(portfolio.RoleManager); d[0].path != teamPath || len(d) != 5 {
		t.Errorf("a manager's screens are %v, want the team first", d)
	}
	if d := destinations(portfolio.RoleRep); d[0].path != todayPath || len(d) != 4 {
		t.Errorf("a rep's screens are %v, want today first", d)
	}
}

func TestWhatKeepsSillonFromWorkingIsSaidWithAWayOn(t *testing.T) {
	for storage, want := range map[string][]string{
		"no-indexeddb": {"Ce navigateur ne permet pas de garder des données", "Recharger la page"},
		"private":      {"navigation privée", "Recharger la page"},
		"quota":        {"L'appareil est plein", "Réessayer"},
		"blocked":      {"Un autre onglet", "Réessayer"},
	} {
		b := newBench(t)
		b.hello(bridge.Welcome{Version: "test", Storage: storage})
		b.open().says(append(want, "Copier mes actions dans un fichier")...)
	}
	b := newBench(t)
	refuses(b, bridge.OpHello, &bridge.Fault{Code: bridge.FaultVersion})
	b.open().says("Une nouvelle version est en place", "Recharger la page")
	b = newBench(t)
	refuses(b, bridge.OpHello, &bridge.Fault{Code: bridge.FaultWorker})
	b.open().says("Le moteur de calcul s'est arrêté", "Relancer le moteur")
	b.hello(rep)
	b.twin.Tell(bridge.Event{Kind: bridge.EventChanged}) // it lives again
	b.says("Aujourd'hui")
}

func TestTheFirstExchangeFillsTheDevice(t *testing.T) {
	b := newBench(t)
	fresh := rep
	fresh.Loaded = false
	b.hello(fresh)
	answers(b, bridge.OpSync, bridge.Status{State: bridge.StateOffline})
	b.open().says("Bienvenue, Maëlle Guivarch", "Premier échange", "Le réseau est nécessaire", "Réessayer")
	b.hello(rep)
	now := bridge.Status{State: bridge.StateOK, LastMS: shellNow.UnixMilli()}
	b.twin.Tell(bridge.Event{Kind: bridge.EventStatus, Status: &now})
	b.says("Aujourd'hui", "Portefeuille")
}

func TestARoleThatHasNotArrivedYetIsWaitedFor(t *testing.T) {
	b := newBench(t)
	b.hello(bridge.Welcome{Version: "test"})
	answers(b, bridge.OpSync, bridge.Status{State: bridge.StateOK, LastMS: ago(time.Minute)})
	b.open().says("Bonjour")
	manager := rep
	manager.Role = portfolio.RoleManager
	b.hello(manager)
	early := manager
	early.Role = 0
	b.e.enter(early) // the exchange was faster than the reading of its grants
	if b.e.stage != filling {
		t.Fatalf("stage %d, want the first exchange", b.e.stage)
	}
	b.root.hello(b.ctxOf())
	b.says("Équipe")
}

func TestAnUnknownAddressLeadsHome(t *testing.T) {
	b := newBench(t).open()
	if find(b.e, "/nulle-part") != nil || find(b.e, "/journal/autre") != nil {
		t.Error("a page answers an address that no screen has")
	}
	if find(b.e, "/equipe/") == nil {
		t.Error("a slash at the end loses the page")
	}
	said(t, (&lostPage{E: b.e}).Render(), "Cette page n'existe pas", "Revenir à Aujourd'hui")
}

func TestAFixedReadingDateIsSaid(t *testing.T) {
	b := newBench(t).open()
	s := Screen(b.e, Bar{Title: "Clients", Head: &query.Head{AsOf: 14000, Fixed: true}})
	said(t, s, "Lu au 1er mai 2008") // 14,000 days after 1 January 1970
}

func TestWhySaysTheNumberItsMeaningAndItsSteps(t *testing.T) {
	b := newBench(t).open()
	b.e.Why(query.Figure{Topic: "penetration", Value: .28, Unit: explain.Percent, Mark: explain.Thin(explain.FewClients,
		explain.Amount("potential.sales", money.Cents(1_840_000)), explain.Amount("potential.potential", money.Cents(6_600_000)), explain.Share("potential.penetration", .28))}, "Brasserie de l'Écluse")
	said(t, app.Div().Body(b.e.whyBody()...), "Brasserie de l'Écluse", "28 %", "La part de ce que ce client pourrait acheter",
		"CA des 12 derniers mois 18,4 k€", "Potentiel 66 k€", "peu de données", "Calculé sur cette tablette")
	b.e.Why(query.Figure{Topic: "penetration", Mark: explain.Missing(explain.NoPotential)}, "")
	s := said(t, app.Div().Body(b.e.whyBody()...), "–", "Potentiel inconnu : demandez une fourchette.")
	if strings.Contains(s, "0 %") {
		t.Errorf("a missing figure shows a zero: %s", s)
	}
}

func TestAnUpdateForTonightComesBackAtSeven(t *testing.T) {
	if got := untilTonight(shellNow); got != 8*time.Hour+30*time.Minute {
		t.Errorf("from 10:30, %v, want 8 h 30", got)
	}
	if got := untilTonight(shellNow.Add(10 * time.Hour)); got != 3*time.Hour {
		t.Errorf("from 20:30, %v, want 3 h", got)
	}
}

func TestAnAnswerOnItsWayIsAskedOnceMoreAfterAChange(t *testing.T) {
	b := newBench(t)
	n := 0
	bridge.Handle(b.mux, bridge.OpJournal, func(context.Context, bridge.JournalAsk, func(bridge.Progress)) (bridge.Journal, error) {
		n++
		return bridge.Journal{SentAll: n}, nil
	})
	p := page[*journalPage](b, journalPath)
	if n != 1 || p.view.Value == nil {
		t.Fatalf("asked %d times at first, want 1", n)
	}
	for range 5 { // a burst of changes while one answer is on its way
		b.e.tell(bridge.Event{Kind: bridge.EventChanged})
	}
	b.engine.ConsumeAll()
	if n < 2 || n > 3 {
		t.Errorf("asked %d times after a burst of 5 changes, want 2 or 3", n)
	}
	if p.view.Value.SentAll != n {
		t.Errorf("shows answer %d of %d", p.view.Value.SentAll, n)
	}
}

func TestAQuestionAskedAgainMeanwhileIsAskedOnceMore(t *testing.T) {
	b := newBench(t)
	asked := 0
	var p *journalPage
	bridge.Handle(b.mux, bridge.OpJournal, func(context.Context, bridge.JournalAsk, func(bridge.Progress)) (bridge.Journal, error) {
		asked++
		return bridge.Journal{}, &bridge.Fault{Code: bridge.FaultStorage} // a failure must not make it insist
	})
	p = page[*journalPage](b, journalPath)
	before := asked
	b.ctx.Dispatch(func(ctx app.Context) {
		for range 5 {
			p.view.Again(ctx)
		}
	})
	b.engine.ConsumeAll()
	if asked-before != 2 {
		t.Errorf("five questions at once were asked %d times; want once, then once more", asked-before)
	}
}
