package memory

import (
	"context"
	"maps"

	"sillon/server/auth"
	"sillon/server/hub"
)

// Account implements [auth.Store].
func (db *DB) Account(_ context.Context, login string) (auth.Account, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	u, err := reader{db.s}.UserByLogin(login)
	if err != nil {
		return auth.Account{}, auth.ErrUnknown
	}
	return auth.Account{Tenant: u.Tenant, User: u.ID, Hash: u.Hash, Off: u.Off}, nil
}

// Session implements [auth.Store].
func (db *DB) Session(_ context.Context, ref auth.Hash) (auth.Session, error) {
	db.mu.RLock()
	defer db.mu.RUnlock()
	s, ok := db.s.sessions[ref]
	if !ok {
		return auth.Session{}, auth.ErrUnknown
	}
	s.Off = db.s.users[recKey{s.Tenant, s.User}].Off
	return s, nil
}

// PutSession implements [auth.Store].
func (db *DB) PutSession(_ context.Context, s auth.Session) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if _, ok := db.s.users[recKey{s.Tenant, s.User}]; !ok {
		return hub.ErrUnknown
	}
	db.s.sessions[s.Ref] = s
	return nil
}

// Supersede implements [auth.Store].
func (db *DB) Supersede(_ context.Context, family auth.Family, below int, nowMS int64) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	for k, s := range db.s.sessions {
		if s.Family == family && s.Gen < below && s.Replaced == 0 {
			s.Replaced = nowMS
			db.s.sessions[k] = s
		}
	}
	return nil
}

// EndFamily implements [auth.Store].
func (db *DB) EndFamily(_ context.Context, family auth.Family) error {
	return db.end(func(s auth.Session) bool { return s.Family == family })
}

// EndUser implements [auth.Store].
func (db *DB) EndUser(_ context.Context, tenant uint32, user id) error {
	return db.end(func(s auth.Session) bool { return s.Tenant == tenant && s.User == user })
}

// EndOlder implements [auth.Store].
func (db *DB) EndOlder(_ context.Context, beganBefore, seenBefore int64) error {
	return db.end(func(s auth.Session) bool { return s.Began < beganBefore || s.Seen < seenBefore })
}

func (db *DB) end(which func(auth.Session) bool) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	maps.DeleteFunc(db.s.sessions, func(_ auth.Hash, s auth.Session) bool { return which(s) })
	return nil
}
