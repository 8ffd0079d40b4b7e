package hub

import (
	"cmp"
	"errors"
	"slices"

	"sillon/engine/journal"
	"sillon/engine/wire"
)

// maxAnswer is roughly how many bytes of rows one answer holds; a row that is
// larger still travels, alone.
const maxAnswer = 4 << 20

// behind says that a cookie proves the server went back.
type behind struct{ epoch, atLeast uint32 }

func (behind) Error() string { return "the server is behind a cookie that it gave" }

// pull fills the answer with one consistent cut: a page of every scope that
// the user holds, also when empty, and the scopes held no longer.
func (h *Hub) pull(r Reader, who Session, req *wire.Request, c cursors, nowMS int64, pages bool, ans *wire.Answer) error {
	t, err := r.Tenant(who.Tenant)
	if err != nil {
		return err
	}
	u, err := r.User(who.Tenant, who.User)
	if errors.Is(err, ErrUnknown) || err == nil && u.Off {
		return ErrSignedOut
	}
	if err != nil {
		return err
	}
	d, err := r.Device(who.Tenant, req.Device)
	if err != nil {
		return err
	}
	if !d.User.IsZero() && d.User != who.User {
		ans.Fork = true
	} else {
		ans.LastN, ans.LastChain, ans.BackedUpN = d.LastN, d.Chain, d.BackedUpN
	}
	ans.Epoch, ans.NowMS, ans.User = t.Epoch, nowMS, who.User
	ans.HLC = max(t.HLC, journal.At(nowMS))
	if !pages {
		return nil
	}
	held, grants, err := h.held(r, who, nowMS)
	if err != nil {
		return err
	}
	ans.Grants = grants
	if c.epoch > t.Epoch {
		return behind{t.Epoch, c.epoch}
	}
	next := cursors{epoch: t.Epoch, seq: map[uint32]uint64{}}
	for id, seq := range c.seq {
		i := slices.IndexFunc(held, func(s Scope) bool { return s.ID == id })
		if i < 0 {
			ans.Drop = append(ans.Drop, id)
		}
		if c.epoch != t.Epoch {
			delete(c.seq, id) // of an older history line: from the beginning
			continue
		}
		head, err := r.Scope(who.Tenant, id)
		if errors.Is(err, ErrUnknown) || err == nil && head.Seq < seq {
			return behind{t.Epoch, 0}
		}
		if err != nil {
			return err
		}
	}
	slices.Sort(ans.Drop)
	rows, size := wire.MaxRows, maxAnswer
	if req.MaxRows > 0 {
		rows = min(rows, req.MaxRows)
	}
	for _, s := range held {
		pg, n, bytes, err := page(r, who.Tenant, s, c.seq[s.ID], rows, size)
		if err != nil {
			return err
		}
		rows, size = rows-n, size-bytes
		ans.Pages = append(ans.Pages, pg)
		ans.More = ans.More || !pg.Complete
		next.seq[s.ID] = pg.To
	}
	ans.Cookie = h.seal(who.Tenant, next)
	return nil
}

// held returns the scopes that a user may read, the small and general ones
// first, and the grants as the tablet is told.
func (h *Hub) held(r Reader, who Session, nowMS int64) ([]Scope, []wire.Grant, error) {
	gs, err := r.Grants(who.Tenant, who.User)
	if err != nil {
		return nil, nil, err
	}
	var scopes []Scope
	var told []wire.Grant
	for _, g := range gs {
		if !g.Holds(nowMS) {
			continue
		}
		s, err := r.Scope(who.Tenant, g.Scope)
		if err != nil {
			return nil, nil, err
		}
		t := wire.Grant{Scope: s.ID, Kind: s.Kind, Role: g.Role, Name: s.Name}
		if !slices.Contains(told, t) {
			told = append(told, t)
		}
		if !slices.ContainsFunc(scopes, func(o Scope) bool { return o.ID == s.ID }) {
			scopes = append(scopes, s)
		}
	}
	rank := map[wire.ScopeKind]int{wire.ScopeOrg: 1, wire.ScopeUser: 2, wire.ScopeTeam: 3, wire.ScopePortfolio: 4}
	slices.SortFunc(scopes, func(a, b Scope) int {
		return cmp.Or(cmp.Compare(rank[a.Kind], rank[b.Kind]), cmp.Compare(a.ID, b.ID))
	})
	return scopes[:min(len(scopes), wire.MaxScopes)], told, nil
}

// page reads what changed in a scope after a cursor, at most so many rows and
// about so many bytes.
func page(r Reader, tenant uint32, s Scope, from uint64, rows, size int) (p wire.Page, n, bytes int, err error) {
	p = wire.Page{Scope: s.ID, From: from, To: from}
	if from >= s.Seq {
		p.Complete = true
		return p, 0, 0, nil
	}
	if rows <= 0 || size <= 0 {
		return p, 0, 0, nil
	}
	live, err := r.Rows(tenant, s.ID, from, rows+1)
	if err != nil {
		return p, 0, 0, err
	}
	left, err := r.Lefts(tenant, s.ID, from, rows+1)
	if err != nil {
		return p, 0, 0, err
	}
	for len(live)+len(left) > 0 {
		if n == rows || bytes >= size {
			return p, n, bytes, nil
		}
		if len(left) == 0 || len(live) > 0 && live[0].Seq < left[0].Seq {
			p.Rows = append(p.Rows, live[0])
			p.To, bytes = live[0].Seq, bytes+weigh(&live[0])
			live = live[1:]
		} else {
			p.Left = append(p.Left, wire.Left{Root: left[0].Root, Seq: left[0].Seq})
			p.To, bytes = left[0].Seq, bytes+40
			left = left[1:]
		}
		n++
	}
	p.To, p.Complete = s.Seq, true
	return p, n, bytes, nil
}

func weigh(row *journal.Row) int {
	n := 100 + 40*len(row.Marks)
	for _, v := range row.Fields {
		n += 3 + len(v)
	}
	return n
}
