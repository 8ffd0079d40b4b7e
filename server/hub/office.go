package hub

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// What the office does: organisations, users, grants, moves. Identifiers come
// from the caller.

// A Founding is what an organisation starts with.
type Founding struct {
	Org     portfolio.Org
	OrgID   portfolio.ID // of the records
	TeamID  portfolio.ID
	Team    string
	AdminID portfolio.ID // an administrator who is also the team's manager
	Name    string
	Login   string
	Hash    string // of the password, from server/auth
}

// A NewUser is somebody to add.
type NewUser struct {
	ID          portfolio.ID
	Name        string
	Login       string
	Hash        string
	Role        portfolio.Role
	Team        uint32       // scope of the team; 0: the first one
	Portfolio   string       // name of a rep's portfolio; "": the rep's name
	PortfolioID portfolio.ID // of its record
	Area        string
}

// Place says which scopes belong to a user.
type Place struct {
	Tenant    uint32
	User      portfolio.ID
	Org       uint32
	Team      uint32
	Home      uint32
	Portfolio uint32 // 0: none
}

// ErrNotEmpty says that the server has users already.
var ErrNotEmpty = errors.New("the server has users already")

// OrgScope is the scope of the organisation, in every tenant.
const OrgScope = 1

// Found creates an organisation with its team and its administrator.
func (h *Hub) Found(ctx context.Context, f Founding, nowMS int64) (Place, error) {
	return h.found(ctx, f, nowMS, false)
}

// FoundFirst is Found on a server without users; otherwise [ErrNotEmpty].
func (h *Hub) FoundFirst(ctx context.Context, f Founding, nowMS int64) (Place, error) {
	return h.found(ctx, f, nowMS, true)
}

func (h *Hub) found(ctx context.Context, f Founding, nowMS int64, first bool) (Place, error) {
	var at Place
	err := h.store.Update(ctx, func(tx Tx) error {
		ts, err := tx.Tenants()
		if err != nil {
			return err
		}
		if first && len(ts) > 0 {
			return ErrNotEmpty
		}
		t := Tenant{ID: 1, Name: f.Org.Name, Epoch: 1, Created: nowMS}
		if n := len(ts); n > 0 {
			t.ID = ts[n-1].ID + 1
		}
		if err := tx.PutTenant(t); err != nil {
			return err
		}
		p, err := newPush(tx, t.ID, nowMS)
		if err != nil {
			return err
		}
		at = Place{Tenant: t.ID, User: f.AdminID, Org: OrgScope, Team: OrgScope + 1}
		if err := cmp.Or(p.newScope(at.Org, wire.ScopeOrg, f.Org.Name), p.newScope(at.Team, wire.ScopeTeam, f.Team)); err != nil {
			return err
		}
		if err := p.write(portfolio.KindOrg, f.OrgID, portfolio.ID{}, at.Org, portfolio.ID{}, f.Org); err != nil {
			return err
		}
		team := portfolio.Team{Name: f.Team, Manager: f.AdminID, Scope: at.Team}
		if err := p.write(portfolio.KindTeam, f.TeamID, portfolio.ID{}, at.Org, portfolio.ID{}, team); err != nil {
			return err
		}
		u := NewUser{ID: f.AdminID, Name: f.Name, Login: f.Login, Hash: f.Hash, Role: portfolio.RoleManager, Team: at.Team}
		if at, err = p.addUser(u); err != nil {
			return err
		}
		if err := p.grant(f.AdminID, at.Org, portfolio.RoleAdmin); err != nil {
			return err
		}
		return p.flush()
	})
	if err != nil {
		return Place{}, fmt.Errorf("found organisation: %w", err)
	}
	return at, nil
}

// AddUser adds somebody to an organisation. A rep gets a portfolio, which the
// managers of the team hold too; a manager gets every portfolio of the team.
func (h *Hub) AddUser(ctx context.Context, tenant uint32, u NewUser, nowMS int64) (at Place, err error) {
	err = h.office(ctx, tenant, nowMS, func(p *push) (err error) {
		at, err = p.addUser(u)
		return err
	})
	if err != nil {
		return Place{}, fmt.Errorf("add user: %w", err)
	}
	return at, nil
}

// office runs f as one write of the server's own.
func (h *Hub) office(ctx context.Context, tenant uint32, nowMS int64, f func(*push) error) error {
	return h.store.Update(ctx, func(tx Tx) error {
		p, err := newPush(tx, tenant, nowMS)
		if err != nil {
			return err
		}
		if err := f(p); err != nil {
			return err
		}
		return p.flush()
	})
}

func (p *push) newScope(id uint32, kind wire.ScopeKind, name string) error {
	p.scopes[id] = &Scope{ID: id, Kind: kind, Name: name}
	return p.tx.PutScope(p.t.ID, *p.scopes[id]) // now: grants refer to it
}

func (p *push) addUser(u NewUser) (Place, error) {
	at := Place{Tenant: p.t.ID, User: u.ID, Org: OrgScope, Team: u.Team}
	if u.Login == "" || u.ID.IsZero() {
		return at, fmt.Errorf("%w: a user needs a login and an identifier", ErrBadRequest)
	}
	scopes, err := p.allScopes()
	if err != nil {
		return at, err
	}
	next := scopes[len(scopes)-1].ID + 1
	var portfolios []uint32 // of the organisation's first and only team, or of the team named
	for _, s := range scopes {
		if s.Kind == wire.ScopeTeam && at.Team == 0 {
			at.Team = s.ID
		}
	}
	if i := slices.IndexFunc(scopes, func(s Scope) bool { return s.ID == at.Team && s.Kind == wire.ScopeTeam }); i < 0 {
		return at, fmt.Errorf("team %d: %w", at.Team, ErrUnknown)
	}
	at.Home = next
	if err := p.newScope(at.Home, wire.ScopeUser, u.Name); err != nil {
		return at, err
	}
	us := User{Tenant: p.t.ID, ID: u.ID, Login: u.Login, Name: u.Name, Role: u.Role, Home: at.Home, Hash: u.Hash}
	if err := p.tx.PutUser(us); err != nil {
		return at, fmt.Errorf("login of the new user: %w", err)
	}
	p.users[u.ID] = us
	who := portfolio.User{Name: u.Name, Login: u.Login, Role: u.Role}
	managers, err := p.managers(at.Team)
	if err != nil {
		return at, err
	}
	if len(managers) > 0 && managers[0] != u.ID {
		who.Manager = managers[0]
	}
	if err := p.write(portfolio.KindUser, u.ID, portfolio.ID{}, at.Org, portfolio.ID{}, who); err != nil {
		return at, err
	}
	for _, s := range []uint32{at.Org, at.Team, at.Home} {
		if err := p.grant(u.ID, s, u.Role); err != nil {
			return at, err
		}
	}
	switch u.Role {
	case portfolio.RoleManager:
		if portfolios, err = p.portfoliosOf(at.Team); err != nil {
			return at, err
		}
		for _, s := range portfolios {
			if err := p.grant(u.ID, s, portfolio.RoleManager); err != nil {
				return at, err
			}
		}
	case portfolio.RoleRep:
		at.Portfolio = next + 1
		name := u.Portfolio
		if name == "" {
			name = u.Name
		}
		if err := p.newScope(at.Portfolio, wire.ScopePortfolio, name); err != nil {
			return at, err
		}
		if u.PortfolioID.IsZero() {
			u.PortfolioID = derived("portfolio", u.ID, 0)
		}
		pf := portfolio.Portfolio{Name: name, Owner: u.ID, Scope: at.Portfolio, Team: at.Team, Area: u.Area}
		if err := p.write(portfolio.KindPortfolio, u.PortfolioID, portfolio.ID{}, at.Org, portfolio.ID{}, pf); err != nil {
			return at, err
		}
		if err := p.grant(u.ID, at.Portfolio, portfolio.RoleRep); err != nil {
			return at, err
		}
		for _, m := range managers {
			if err := p.grant(m, at.Portfolio, portfolio.RoleManager); err != nil {
				return at, err
			}
		}
	}
	return at, nil
}

// allScopes returns the scopes of the tenant, those of this transaction too.
func (p *push) allScopes() ([]Scope, error) {
	all, err := p.tx.Scopes(p.t.ID)
	if err != nil {
		return nil, err
	}
	for id, s := range p.scopes {
		if !slices.ContainsFunc(all, func(o Scope) bool { return o.ID == id }) {
			all = append(all, *s)
		}
	}
	slices.SortFunc(all, func(a, b Scope) int { return int(a.ID) - int(b.ID) })
	return all, nil
}

// managers returns who manages a team now.
func (p *push) managers(team uint32) ([]portfolio.ID, error) {
	gs, err := p.tx.Holders(p.t.ID, team)
	var out []portfolio.ID
	for _, g := range gs {
		if g.Role == portfolio.RoleManager && g.Holds(p.now) && !slices.Contains(out, g.User) {
			out = append(out, g.User)
		}
	}
	return out, err
}

// portfoliosOf returns the scopes of a team's portfolios: those that a rep of
// the team holds. Records do not decide it, devices can write them.
func (p *push) portfoliosOf(team uint32) ([]uint32, error) {
	members, err := p.tx.Holders(p.t.ID, team)
	if err != nil {
		return nil, err
	}
	var out []uint32
	for _, m := range members {
		gs, err := p.tx.Grants(p.t.ID, m.User)
		if err != nil {
			return nil, err
		}
		for _, g := range gs {
			s, err := p.scope(g.Scope)
			if err != nil {
				return nil, err
			}
			if s.Kind == wire.ScopePortfolio && g.Role == portfolio.RoleRep && g.Holds(p.now) && m.Holds(p.now) && !slices.Contains(out, g.Scope) {
				out = append(out, g.Scope)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

func (p *push) grant(user portfolio.ID, scope uint32, role portfolio.Role) error {
	if err := p.tx.Audit(p.t.ID, Event{At: p.now, What: "grant", On: fmt.Sprintf("%s scope %d role %d", user, scope, role)}); err != nil {
		return err
	}
	return p.tx.PutGrant(p.t.ID, Grant{User: user, Scope: scope, Role: role, From: p.now})
}

// Grant gives a user a role in a scope.
func (h *Hub) Grant(ctx context.Context, tenant uint32, user portfolio.ID, scope uint32, role portfolio.Role, nowMS int64) error {
	err := h.office(ctx, tenant, nowMS, func(p *push) error {
		if _, err := p.user(user); err != nil {
			return err
		}
		if _, err := p.scope(scope); err != nil {
			return err
		}
		gs, err := p.tx.Grants(tenant, user)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(gs, func(g Grant) bool { return g.Scope == scope && g.Role == role && g.Holds(nowMS) }) {
			return nil
		}
		return p.grant(user, scope, role)
	})
	if err != nil {
		return fmt.Errorf("grant scope %d to user %s: %w", scope, user, err)
	}
	return nil
}

// Revoke ends every grant of a user in a scope.
func (h *Hub) Revoke(ctx context.Context, tenant uint32, user portfolio.ID, scope uint32, nowMS int64) error {
	err := h.office(ctx, tenant, nowMS, func(p *push) error {
		gs, err := p.tx.Grants(tenant, user)
		if err != nil {
			return err
		}
		for _, g := range gs {
			if g.Scope != scope || !g.Holds(nowMS) {
				continue
			}
			g.Until = nowMS
			if err := p.tx.PutGrant(tenant, g); err != nil {
				return err
			}
			if err := p.tx.Audit(tenant, Event{At: nowMS, What: "revoke", On: fmt.Sprintf("%s scope %d role %d", user, scope, g.Role)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("revoke scope %d of user %s: %w", scope, user, err)
	}
	return nil
}

// Reassign moves a card with all its records to another portfolio.
func (h *Hub) Reassign(ctx context.Context, tenant uint32, root portfolio.ID, to uint32, nowMS int64) error {
	err := h.office(ctx, tenant, nowMS, func(p *push) error {
		sc, err := p.scope(to)
		if err != nil {
			return err
		}
		e, err := p.load(root)
		if err != nil {
			return err
		}
		if e.row == nil || !e.row.Entity.IsRoot() {
			return fmt.Errorf("card %s: %w", root, ErrUnknown)
		}
		if sc.Kind != wire.ScopePortfolio {
			return fmt.Errorf("scope %d is no portfolio: %w", to, ErrBadRequest)
		}
		if err := p.tx.Audit(tenant, Event{At: nowMS, What: "reassign", On: fmt.Sprintf("%s to scope %d", root, to)}); err != nil {
			return err
		}
		return p.gather(root, to)
	})
	if err != nil {
		return fmt.Errorf("reassign: %w", err)
	}
	return nil
}

// SetUser changes what the server knows of a user: the password's hash, or
// whether the user may sign in. The directory follows.
func (h *Hub) SetUser(ctx context.Context, tenant uint32, user portfolio.ID, change func(*User), nowMS int64) error {
	err := h.office(ctx, tenant, nowMS, func(p *push) error {
		u, err := p.user(user)
		if err != nil {
			return err
		}
		before := u
		change(&u)
		if err := p.tx.PutUser(u); err != nil {
			return err
		}
		what := "user"
		if u.Hash != before.Hash {
			what = "password"
		}
		if err := p.tx.Audit(tenant, Event{At: nowMS, What: what, On: fmt.Sprintf("%s off %t", user, u.Off)}); err != nil {
			return err
		}
		if u.Off == before.Off {
			return nil
		}
		const off = 5 // field of portfolio.User
		e, err := p.load(user)
		if err != nil || e.row == nil {
			return err
		}
		v := portfolio.Null
		if u.Off {
			v = portfolio.Value(true)
		}
		op := &journal.Op{N: 2, Kind: journal.Patch, Rec: user, Fields: portfolio.Fields{off: v}, Base: map[uint16]journal.Mark{off: e.row.MarkOf(off)}, WallMS: nowMS}
		e.row, _ = journal.Apply(e.row, op, p.next(), journal.Writer{Dev: Server})
		p.touch(user, e)
		return nil
	})
	if err != nil {
		return fmt.Errorf("change user %s: %w", user, err)
	}
	return nil
}

// Load writes records in bulk, whole or not at all: those of the demonstration,
// or of an import on the server. Of each row it takes identifiers, scope,
// author and fields; marks and numbers are the server's. A record that exists
// is left alone.
func (h *Hub) Load(ctx context.Context, tenant uint32, rows []journal.Row, nowMS int64) error {
	err := h.office(ctx, tenant, nowMS, func(p *push) error {
		for i := range rows {
			r := &rows[i]
			if err := portfolio.Validate(r.Entity, r.Fields); err != nil {
				return fmt.Errorf("record %d: %w", i, err)
			}
			if _, err := p.scope(r.Scope); err != nil {
				return fmt.Errorf("record %d: %w", i, err)
			}
			e, err := p.load(r.Rec)
			if err != nil {
				return err
			}
			if e.row != nil {
				continue
			}
			e.row = &journal.Row{
				Rec: r.Rec, Entity: r.Entity, Root: r.Root, Scope: r.Scope, Fields: r.Fields,
				Mark: journal.Mark{Stamp: p.next(), Dev: Server, N: 1}, Author: r.Author, WallMS: nowMS,
			}
			p.touch(r.Rec, e)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load %d records: %w", len(rows), err)
	}
	return nil
}

// Note adds a line to the audit journal.
func (h *Hub) Note(ctx context.Context, tenant uint32, e Event) error {
	return h.store.Update(ctx, func(tx Tx) error { return tx.Audit(tenant, e) })
}

// NewEpoch starts a new history line after a restore: tablets read everything
// again and hand in what the backup did not have. It returns the epoch, at
// least atLeast.
func NewEpoch(ctx context.Context, store Store, tenant, atLeast uint32) (uint32, error) {
	var epoch uint32
	err := store.Update(ctx, func(tx Tx) error {
		t, err := tx.Tenant(tenant)
		if err != nil {
			return err
		}
		t.Epoch = max(t.Epoch+1, atLeast)
		epoch = t.Epoch
		return tx.PutTenant(t)
	})
	if err != nil {
		return 0, fmt.Errorf("new epoch of tenant %d: %w", tenant, err)
	}
	return epoch, nil
}

// newEpoch is NewEpoch, once, for the many tablets that prove the same.
func newEpoch(ctx context.Context, store Store, tenant uint32, b behind) error {
	return store.Update(ctx, func(tx Tx) error {
		t, err := tx.Tenant(tenant)
		if err != nil || t.Epoch != b.epoch {
			return err
		}
		t.Epoch = max(t.Epoch, b.atLeast) + 1
		if err := tx.Audit(tenant, Event{What: "epoch", On: fmt.Sprint(t.Epoch)}); err != nil {
			return err
		}
		return tx.PutTenant(t)
	})
}

// Key returns the cookie key of the store, after putting fresh there when it
// has none.
func Key(ctx context.Context, store Store, fresh []byte) ([]byte, error) {
	key := fresh
	err := store.Update(ctx, func(tx Tx) error {
		old, err := tx.Meta("cookie-key")
		if err != nil {
			return err
		}
		if len(old) > 0 {
			key = old
			return nil
		}
		return tx.PutMeta("cookie-key", fresh)
	})
	if err != nil {
		return nil, fmt.Errorf("cookie key: %w", err)
	}
	return key, nil
}
