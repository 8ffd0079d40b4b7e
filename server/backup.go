package main

import (
	"context"
	"fmt"
	"time"

	"sillon/engine/wire"
	"sillon/server/store/sqlite"
)

const scopePortfolio = wire.ScopePortfolio

const backupHelp = `Backup writes a copy of the database into FILE, whole as of one moment, also
while the server runs. FILE must not exist. The copy holds everything, password
hashes and the server's keys included: keep it as you keep the database.`

func backup(ctx context.Context, args []string, e env) error {
	fs := flags("backup", "FILE", backupHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	if err := parse(fs, args, e, 1); err != nil {
		return err
	}
	path, err := dbPath(*url)
	if err != nil {
		return err
	}
	began := time.Now()
	size, err := sqlite.Backup(ctx, path, fs.Arg(0))
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "backed up %s into %s: %d bytes, checked, %.1f s\n", path, fs.Arg(0), size, time.Since(began).Seconds())
	return nil
}

const restoreHelp = `Restore replaces the database by FILE, a copy that backup made. Stop the server
first: a database in use is refused. What was there before is kept beside it,
with the time in its name.

Tablets notice by themselves: they read everything again and hand in the work
that the copy did not have.`

func restore(ctx context.Context, args []string, e env) error {
	fs := flags("restore", "FILE", restoreHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	if err := parse(fs, args, e, 1); err != nil {
		return err
	}
	path, err := dbPath(*url)
	if err != nil {
		return err
	}
	kept, err := sqlite.Restore(ctx, fs.Arg(0), path, time.Now())
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "restored %s from %s\n", path, fs.Arg(0))
	if kept != "" {
		fmt.Fprintf(e.out, "what was there before is in %s\n", kept)
	}
	return nil
}
