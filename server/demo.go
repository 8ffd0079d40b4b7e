package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

const demoHelp = `Demo runs the server with a fictional company: a manager, three reps, 500
clients and 60 prospects with three years of sales and visits. It prints the
address and the sign-ins. The data stays in its own database and is made once; delete the file
to begin again.

Nobody real is in it. The passwords are published: demo never listens beyond
this machine.`

// demoPassword is the same for everybody in the demonstration, and no secret.
const demoPassword = "sillon-demo"

func demoServe(ctx context.Context, args []string, e env) error {
	var o options
	fs := flags("demo", "", demoHelp, e)
	fs.StringVar(&o.addr, "addr", "127.0.0.1:8080", "listen `address` on this machine")
	fs.StringVar(&o.db, "db", "sqlite:data/demo.db", "database `url`: sqlite:path")
	fs.StringVar(&o.log, "log", "text", "`form` of the log: text or json, on standard error")
	seed := fs.Uint64("seed", 1, "another `number` makes another company")
	if err := parse(fs, args, e, 0); err != nil {
		return err
	}
	if err := o.allowed(); err != nil {
		return err
	}
	path, err := dbPath(o.db)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		began := time.Now()
		fmt.Fprintln(e.err, "making the fictional company…")
		company := demo.NewCompany(*seed, calendar.Day(began.Unix()/86400))
		company.ByFamily(*seed)
		n := 0
		err := sqlite.Make(ctx, path, func(db *sqlite.DB) error {
			h, err := newHub(ctx, db)
			if err == nil {
				n, err = seedDemo(ctx, h, company, began.UnixMilli())
			}
			if err == nil {
				err = db.Update(ctx, func(tx hub.Tx) error { return tx.PutMeta(demoMark, []byte{1}) })
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("demonstration: %w", err)
		}
		fmt.Fprintf(e.err, "%d records in %.1f s\n", n, time.Since(began).Seconds())
	}
	db, err := openDB(ctx, o.db)
	if err != nil {
		return err
	}
	defer db.Close()
	if ok, err := isDemo(ctx, db); err != nil || !ok {
		return errors.Join(err, fmt.Errorf("demonstration: %s is not one of its databases", path))
	}
	users, err := signIns(ctx, db)
	if err != nil {
		return err
	}
	return o.listen(ctx, e, db, "", func(base string) {
		fmt.Fprintf(e.out, "Open %s and sign in as\n", base)
		for _, u := range users {
			fmt.Fprintf(e.out, "  %-10s %-18s %s\n", u.Login, u.Name, roleName(u.Role))
		}
		fmt.Fprintf(e.out, "password for everybody: %s\n", demoPassword)
	})
}

// demoMark, in meta, tells a demonstration from real data.
const demoMark = "demo"

func isDemo(ctx context.Context, db hub.Store) (ok bool, err error) {
	err = db.View(ctx, func(r hub.Reader) error {
		v, err := r.Meta(demoMark)
		ok = len(v) > 0
		return err
	})
	return ok, err
}

func signIns(ctx context.Context, db hub.Store) ([]hub.User, error) {
	var users []hub.User
	err := db.View(ctx, func(r hub.Reader) error {
		ts, err := r.Tenants()
		if err != nil || len(ts) == 0 {
			return err
		}
		users, err = r.Users(ts[0].ID)
		return err
	})
	return users, err
}

// seedBatch is how many records one transaction of the seeding holds.
const seedBatch = 5000

// seedDemo turns a fictional company into an organisation with users, grants,
// scopes and records, and returns how many records it wrote. The manager is
// the first user, and founds it.
func seedDemo(ctx context.Context, h *hub.Hub, c demo.Company, nowMS int64) (int, error) {
	hash := auth.HashPassword(demoPassword) // one for all: seeding must be quick, and it is no secret
	boss := c.Users[0]
	at, err := h.FoundFirst(ctx, hub.Founding{
		Org: c.Org, OrgID: c.OrgID, TeamID: c.TeamID, Team: c.Team.Name,
		AdminID: boss.ID, Name: boss.Noun.Name, Login: boss.Noun.Login, Hash: hash,
	}, nowMS)
	if err != nil {
		return 0, err
	}
	batch := c.FamilyRows(at.Org, journal.Mark{}, portfolio.ID{})
	n := 0
	flush := func(least int) error {
		if len(batch) < least {
			return nil
		}
		n += len(batch)
		err := h.Load(ctx, at.Tenant, batch, nowMS)
		batch = batch[:0]
		return err
	}
	for i, u := range c.Users[1:] {
		pf := c.Portfolios[i]
		place, err := h.AddUser(ctx, at.Tenant, hub.NewUser{
			ID: u.ID, Name: u.Noun.Name, Login: u.Noun.Login, Hash: hash, Role: u.Noun.Role, Team: at.Team,
			Portfolio: pf.Noun.Name, PortfolioID: pf.ID, Area: pf.Noun.Area,
		}, nowMS)
		if err != nil {
			return n, err
		}
		batch = append(batch, pf.BudgetRows(place.Portfolio, journal.Mark{}, u.ID)...)
		for _, card := range pf.Cards {
			batch = append(batch, card.Rows(place.Portfolio, journal.Mark{}, u.ID)...)
			if err := flush(seedBatch); err != nil {
				return n, err
			}
		}
	}
	return n, flush(1)
}
