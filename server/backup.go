package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"sillon/engine/wire"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

const scopePortfolio = wire.ScopePortfolio

const backupHelp = `Backup writes a copy of the database into FILE, whole as of one moment, also
while the server runs. FILE must not exist. The copy holds everything, password
hashes and the server's keys included: keep it as you keep the database.

Tablets keep what they have handed in until a backup is confirmed: a restored
server asks them for it again. Bring FILE to another machine, then

  sillon backup -confirm FILE

checks it once more and tells tablets that they may forget what it holds. Never
restore an older copy than the last one confirmed.`

func backup(ctx context.Context, args []string, e env) error {
	fs := flags("backup", "FILE", backupHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	confirm := fs.Bool("confirm", false, "FILE is a copy made before, and safe on another machine: tablets need not keep what it holds")
	if err := parse(fs, args, e, 1); err != nil {
		return err
	}
	path, err := dbPath(*url)
	if err != nil {
		return err
	}
	if *confirm {
		return confirmBackup(ctx, *url, fs.Arg(0), e)
	}
	began := time.Now()
	size, err := sqlite.Backup(ctx, path, fs.Arg(0))
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "backed up %s into %s: %d bytes, checked, %.1f s\n", path, fs.Arg(0), size, time.Since(began).Seconds())
	return nil
}

func confirmBackup(ctx context.Context, url, file string, e env) error {
	path, err := dbPath(url)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); err != nil {
		return err
	}
	copied, err := sqlite.OpenCopy(ctx, file)
	if err != nil {
		return err
	}
	defer copied.Close()
	held, err := hub.ContentsOf(ctx, copied)
	if err != nil {
		return err
	}
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	defer db.Close()
	n, err := hub.Confirm(ctx, db, held, time.Now().UnixMilli())
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "confirmed %s: %d devices may forget what it holds\n", file, n)
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
