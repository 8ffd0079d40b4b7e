package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store/memory"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sillon": main})
}

// The commands as the user types them.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"found": found, // found FILE: a database with an organisation and Nathalie, its manager
			"await": await, // await FILE TEXT: until the file holds the text
			"fetch": fetch, // fetch FILE PATH: GET from the address that the file names
			"stop":  stop,  // stop NAME: interrupts the program in the background, as a terminal would
		},
	})
}

func found(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: found FILE")
	}
	ctx := context.Background()
	db, err := openDB(ctx, "sqlite:"+ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	h, err := newHub(ctx, db)
	ts.Check(err)
	_, err = h.FoundFirst(ctx, hub.Founding{
		Org: portfolio.Org{Name: "Kerouan"}, OrgID: newID(), TeamID: newID(), Team: "Ouest",
		AdminID: newID(), Name: "Nathalie Briand", Login: "nathalie", Hash: auth.HashPassword("un sillon droit"),
	}, time.Now().UnixMilli())
	ts.Check(err)
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: await FILE TEXT")
	}
	path := ts.MkAbs(args[0])
	for range 2400 { // two minutes: the race detector seeds slowly
		if b, err := os.ReadFile(path); err == nil && strings.Contains(string(b), args[1]) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	b, _ := os.ReadFile(path)
	ts.Fatalf("%s holds no %q: %s", args[0], args[1], b)
}

func fetch(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: fetch FILE PATH")
	}
	_, rest, ok := strings.Cut(ts.ReadFile(args[0]), "addr=")
	addr, _, _ := strings.Cut(rest, " ")
	if !ok {
		ts.Fatalf("%s names no address", args[0])
	}
	resp, err := http.Get("http://" + addr + args[1])
	if err != nil {
		ts.Fatalf("%v", err)
	}
	resp.Body.Close()
	if (resp.StatusCode == 200) == neg {
		ts.Fatalf("GET %s: %s", args[1], resp.Status)
	}
}

func stop(ts *testscript.TestScript, neg bool, args []string) {
	for _, c := range ts.BackgroundCmds() {
		c.Process.Signal(os.Interrupt)
	}
}

func TestTheDemonstrationIsWhatItsEngineTells(t *testing.T) {
	ctx := context.Background()
	db := memory.New()
	h := hub.New(db, hub.Env{Key: make([]byte, 32)})
	const now = 1_795_000_000_000
	c := demo.NewCompany(1, calendar.Of(2026, time.November, 19))
	n, err := seedDemo(ctx, h, c, now)
	if err != nil {
		t.Fatal(err)
	}
	want, cards := len(c.Families), map[string]int{}
	for i, p := range c.Portfolios {
		cards[c.Users[i+1].Noun.Login] = len(p.Cards)
		want += 2 // budgets of cost and time
		for _, k := range p.Cards {
			want += 1 + len(k.Sites) + len(k.Persons) + len(k.Sales) + len(k.Contacts) + len(k.Estimates) + len(k.Appointments) +
				len(k.Services) + len(k.Competitors) + len(k.Contracts) + len(k.Payments) + len(k.Projects) + len(k.Commitments) +
				len(k.Efforts) + len(k.Signals) + len(k.Formers) + len(k.Tools)
		}
	}
	if n != want {
		t.Errorf("%d records, want %d", n, want)
	}
	cards[demo.Manager] = cards[demo.RepOne] + cards[demo.RepTwo] + cards[demo.RepThree]
	for login, want := range cards {
		acc, err := db.Account(ctx, login)
		if err != nil {
			t.Fatalf("%s: %v", login, err)
		}
		who := hub.Session{Tenant: acc.Tenant, User: acc.User}
		req := &wire.Request{Proto: wire.Proto, Schema: journal.Schema, Device: portfolio.ID{5}}
		got := 0
		for more := true; more; {
			a, err := h.Sync(ctx, who, req, now)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range a.Pages {
				for _, r := range p.Rows {
					if r.Entity == portfolio.KindAccount {
						got++
					}
				}
			}
			req.Cookie, req.Epoch, more = a.Cookie, a.Epoch, a.More
		}
		if got != want {
			t.Errorf("%s pulls %d cards, want %d", login, got, want)
		}
	}
}

// The help and the documents count the clients that the demonstration makes.
func TestTheDemonstrationIsAsLargeAsWeSay(t *testing.T) {
	clients, prospects := 0, 0
	c := demo.NewCompany(1, calendar.Of(2026, time.November, 19))
	for _, p := range c.Portfolios {
		for _, k := range p.Cards {
			switch k.Account.Status {
			case portfolio.Client:
				clients++
			case portfolio.Prospect, portfolio.Suspect:
				prospects++
			}
		}
	}
	round := func(n, to int) int { return (n + to/2) / to * to }
	said := fmt.Sprintf("%d clients", round(clients, 100))
	texts := map[string]string{"sillon demo -h": demoHelp}
	for _, name := range []string{"../README.md", "../docs/operations.md"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(b)
	}
	for name, text := range texts {
		if text = strings.Join(strings.Fields(text), " "); !strings.Contains(text, said) {
			t.Errorf("%s does not say %q; the demonstration has %d", name, said, clients)
		}
	}
	if want := fmt.Sprintf("%d prospects", round(prospects, 10)); !strings.Contains(strings.Join(strings.Fields(demoHelp), " "), want) {
		t.Errorf("the help does not say %q; the demonstration has %d", want, prospects)
	}
}
