package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

const userHelp = `User manages who may sign in, also while the server runs.

  sillon user add -login ana -name "Ana Le Goff" -role rep
  sillon user add -login nathalie -name "Nathalie Briand" -role manager
  sillon user passwd -login ana
  sillon user disable -login ana      ends the sessions within seconds
  sillon user enable -login ana
  sillon user list

A rep gets a portfolio, which the managers of the team see. Passwords are never
arguments: give -password-stdin to read one from standard input, or let the
command make one and print it once.`

func user(ctx context.Context, args []string, e env) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		fmt.Fprintf(e.out, "Usage: sillon user add|passwd|disable|enable|list [flags]\n\n%s\n", userHelp)
		if len(args) == 0 {
			return usageError{"want add, passwd, disable, enable or list"}
		}
		return flag.ErrHelp
	}
	run := map[string]func(context.Context, []string, env) error{
		"add": userAdd, "passwd": userPasswd, "list": userList,
		"disable": func(ctx context.Context, args []string, e env) error { return userOff(ctx, args, e, true) },
		"enable":  func(ctx context.Context, args []string, e env) error { return userOff(ctx, args, e, false) },
	}[args[0]]
	if run == nil {
		return usageError{fmt.Sprintf("%q: want add, passwd, disable, enable or list", args[0])}
	}
	return run(ctx, args[1:], e)
}

// roles by their names on the command line.
var roles = []struct {
	name string
	role portfolio.Role
}{{"rep", portfolio.RoleRep}, {"manager", portfolio.RoleManager}, {"admin", portfolio.RoleAdmin}}

func roleName(r portfolio.Role) string {
	for _, x := range roles {
		if x.role == r {
			return x.name
		}
	}
	return fmt.Sprintf("role %d", r)
}

// roleNames names what a user may do: every role held, the landing role first.
// Without any grant it is the landing role alone.
func roleNames(landing portfolio.Role, held map[portfolio.Role]bool) string {
	var names []string
	for _, x := range roles {
		if held[x.role] && x.role != landing {
			names = append(names, x.name)
		}
	}
	if held[landing] || len(names) == 0 {
		names = append([]string{roleName(landing)}, names...)
	}
	return strings.Join(names, ", ")
}

// office opens the database and finds the organisation.
func office(ctx context.Context, url string) (*sqlite.DB, *hub.Hub, uint32, error) {
	noOffice := errors.New("there is no organisation yet: run 'sillon serve' and open the set-up link")
	path, err := dbPath(url)
	if err != nil {
		return nil, nil, 0, err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, nil, 0, noOffice // and makes no file
	}
	db, err := openDB(ctx, url)
	if err != nil {
		return nil, nil, 0, err
	}
	h, err := newHub(ctx, db)
	var ts []hub.Tenant
	if err == nil {
		err = db.View(ctx, func(r hub.Reader) (err error) {
			ts, err = r.Tenants()
			return err
		})
	}
	if err == nil && len(ts) == 0 {
		err = noOffice
	}
	if err != nil {
		return nil, nil, 0, errors.Join(err, db.Close())
	}
	return db, h, ts[0].ID, nil
}

func userAdd(ctx context.Context, args []string, e env) error {
	fs := flags("user add", "", userHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	login := fs.String("login", "", "what the user types to sign in: an e-mail `address` or a staff number")
	name := fs.String("name", "", "`name` as colleagues see it")
	role := fs.String("role", "rep", "rep, manager or admin")
	team := fs.Uint("team", 0, "`scope` of the team; 0: the first one")
	pf := fs.String("portfolio", "", "`name` of a rep's portfolio; the rep's when empty")
	area := fs.String("area", "", "its sector in `words`")
	stdin := fs.Bool("password-stdin", false, "read the password from standard input; otherwise one is made and printed")
	if err := parse(fs, args, e, 0); err != nil {
		return err
	}
	u := hub.NewUser{ID: newID(), Login: strings.TrimSpace(*login), Name: strings.TrimSpace(*name), Team: uint32(*team), Portfolio: *pf, PortfolioID: newID(), Area: *area}
	for _, r := range roles {
		if r.name == *role {
			u.Role = r.role
		}
	}
	switch {
	case u.Role == 0:
		return usageError{fmt.Sprintf("-role %q: want rep, manager or admin", *role)}
	case u.Login == "" || u.Name == "":
		return usageError{"-login and -name are needed"}
	}
	password, made, err := newPassword(*stdin, u.Login, e.in)
	if err != nil {
		return err
	}
	db, h, tenant, err := office(ctx, *url)
	if err != nil {
		return err
	}
	defer db.Close()
	u.Hash = auth.HashPassword(password)
	at, err := h.AddUser(ctx, tenant, u, time.Now().UnixMilli())
	if errors.Is(err, hub.ErrTaken) {
		return fmt.Errorf("add user: login %q is taken", u.Login)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(e.out, "added %s as %s", u.Login, *role)
	if at.Portfolio != 0 {
		fmt.Fprintf(e.out, ", portfolio in scope %d", at.Portfolio)
	}
	fmt.Fprintln(e.out)
	if made {
		fmt.Fprintf(e.out, "password, shown this once: %s\n", password)
	}
	return nil
}

func userPasswd(ctx context.Context, args []string, e env) error {
	fs := flags("user passwd", "", userHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	login := fs.String("login", "", "whose password to set")
	stdin := fs.Bool("password-stdin", false, "read the password from standard input; otherwise one is made and printed")
	if err := parse(fs, args, e, 0); err != nil {
		return err
	}
	password, made, err := newPassword(*stdin, *login, e.in)
	if err != nil {
		return err
	}
	hash := auth.HashPassword(password)
	err = change(ctx, *url, *login, func(u *hub.User) { u.Hash = hash })
	if err != nil {
		return err
	}
	fmt.Fprintln(e.out, "password set; every session of the user ended")
	if made {
		fmt.Fprintf(e.out, "password, shown this once: %s\n", password)
	}
	return nil
}

func userOff(ctx context.Context, args []string, e env, off bool) error {
	word := map[bool]string{true: "disable", false: "enable"}[off]
	fs := flags("user "+word, "", userHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	login := fs.String("login", "", "who")
	if err := parse(fs, args, e, 0); err != nil {
		return err
	}
	if err := change(ctx, *url, *login, func(u *hub.User) { u.Off = off }); err != nil {
		return err
	}
	fmt.Fprintf(e.out, "%sd %s\n", word, *login)
	return nil
}

// change changes a user and ends the user's sessions.
func change(ctx context.Context, url, login string, how func(*hub.User)) error {
	db, h, _, err := office(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	acc, err := db.Account(ctx, login)
	if err != nil {
		return fmt.Errorf("user %q: %w", login, err)
	}
	return errors.Join(h.SetUser(ctx, acc.Tenant, acc.User, how, time.Now().UnixMilli()), db.EndUser(ctx, acc.Tenant, acc.User))
}

func userList(ctx context.Context, args []string, e env) error {
	fs := flags("user list", "", userHelp, e)
	url := fs.String("db", "sqlite:data/sillon.db", "database `url`: sqlite:path")
	if err := parse(fs, args, e, 0); err != nil {
		return err
	}
	db, _, tenant, err := office(ctx, *url)
	if err != nil {
		return err
	}
	defer db.Close()
	tw := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "LOGIN\tNAME\tROLES\tSTATE\tPORTFOLIOS")
	err = db.View(ctx, func(r hub.Reader) error {
		users, err := r.Users(tenant)
		if err != nil {
			return err
		}
		for _, u := range users {
			gs, err := r.Grants(tenant, u.ID)
			if err != nil {
				return err
			}
			var held []string
			has := map[portfolio.Role]bool{}
			for _, g := range gs {
				if !g.Holds(time.Now().UnixMilli()) {
					continue
				}
				has[g.Role] = true
				s, err := r.Scope(tenant, g.Scope)
				if err != nil {
					return err
				}
				if s.Kind == scopePortfolio {
					held = append(held, fmt.Sprintf("%s (%d)", s.Name, s.ID))
				}
			}
			state := "active"
			if u.Off {
				state = "disabled"
			}
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", u.Login, u.Name, roleNames(u.Role, has), state, strings.Join(held, ", "))
		}
		return nil
	})
	return errors.Join(err, tw.Flush())
}

// newPassword reads a password, or makes one of twelve words' worth: 80 bits.
func newPassword(stdin bool, login string, in io.Reader) (password string, made bool, err error) {
	if !stdin {
		return secret()[:14], true, nil
	}
	line, err := bufio.NewReader(io.LimitReader(in, 4096)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", false, fmt.Errorf("read password: %w", err)
	}
	password = strings.TrimRight(line, "\r\n")
	return password, false, auth.Acceptable(password, login)
}
