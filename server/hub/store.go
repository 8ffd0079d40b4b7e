package hub

import (
	"context"
	"errors"

	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/wire"
)

// Errors of a store.
var (
	ErrUnknown = errors.New("unknown")       // tenant, user or scope
	ErrTaken   = errors.New("already taken") // login, or number or identifier of an operation
)

// A Store keeps what the hub knows. server/store/sqlite and server/store/memory
// are the two of them; server/store/storetest is what both must do.
type Store interface {
	// Update runs f in a write transaction, one at a time. What f wrote is
	// durable when Update returns nil; when f fails, nothing was written.
	Update(ctx context.Context, f func(Tx) error) error

	// View runs f over one consistent cut, which no write disturbs.
	View(ctx context.Context, f func(Reader) error) error
}

// A Reader reads one consistent cut. Every key starts with the tenant: an
// identifier of another organisation is unknown, never forbidden.
type Reader interface {
	Meta(key string) ([]byte, error) // nil when absent
	Tenants() ([]Tenant, error)      // by number
	Tenant(id uint32) (Tenant, error)

	Users(tenant uint32) ([]User, error) // by login
	User(tenant uint32, id portfolio.ID) (User, error)
	UserByLogin(login string) (User, error) // logins are unique on a server

	Scopes(tenant uint32) ([]Scope, error) // by number
	Scope(tenant, id uint32) (Scope, error)
	Grants(tenant uint32, user portfolio.ID) ([]Grant, error) // ended ones too; by scope, role and beginning
	Holders(tenant, scope uint32) ([]Grant, error)            // of everybody, for one scope

	Device(tenant uint32, id portfolio.ID) (Device, error) // zero when never seen
	Devices(tenant uint32) ([]Device, error)               // by identifier

	Record(tenant uint32, id portfolio.ID) (*journal.Row, error) // nil when unknown
	Card(tenant uint32, root portfolio.ID) ([]journal.Row, error)
	Rows(tenant, scope uint32, after uint64, limit int) ([]journal.Row, error) // by seq
	Lefts(tenant, scope uint32, after uint64, limit int) ([]Left, error)       // by seq
	LeftOf(tenant uint32, root portfolio.ID) ([]Left, error)

	OpKnown(tenant uint32, op portfolio.ID) (bool, error)
	Op(tenant uint32, device portfolio.ID, n uint64) (Logged, error) // zero when unknown
	Waiting(tenant uint32) (int, error)                              // parked operations
	Parked(tenant uint32, rec portfolio.ID) ([]Parked, error)        // in the order they came
}

// A Tx is a write transaction. Put replaces what has the same key.
type Tx interface {
	Reader

	PutMeta(key string, value []byte) error
	PutTenant(Tenant) error
	PutUser(User) error
	PutScope(tenant uint32, s Scope) error
	PutGrant(tenant uint32, g Grant) error
	PutDevice(tenant uint32, d Device) error
	PutRecord(tenant uint32, row *journal.Row) error
	PutLeft(tenant uint32, l Left) error
	DropLeft(tenant, scope uint32, root portfolio.ID) error
	AddOp(tenant uint32, op Logged) error
	Settle(tenant uint32, op portfolio.ID, outcome journal.Outcome) error // of a parked operation
	Park(tenant uint32, p Parked) error
	Unpark(tenant uint32, op portfolio.ID) error
	Audit(tenant uint32, e Event) error
}

// A Tenant is one organisation; nothing crosses from one to another.
type Tenant struct {
	ID      uint32
	Name    string
	Epoch   uint32        // of the server's history line; grows when a backup is restored
	HLC     journal.Stamp // highest stamp given or accepted
	Created int64         // ms since 1970
}

// A User may sign in. The record of the same identifier, of kind user in scope
// org, is what colleagues see.
type User struct {
	Tenant uint32
	ID     portfolio.ID
	Login  string
	Name   string
	Role   portfolio.Role // landing role; rights are grants
	Home   uint32         // the user's own scope
	Hash   string         // of the password, made by server/auth
	Off    bool           // disabled
}

// A Scope is a unit of replication and of rights, with its counter.
type Scope struct {
	ID   uint32
	Kind wire.ScopeKind
	Name string
	Seq  uint64 // the last number given
}

// A Grant lets a user read a scope, and write to it as far as the role goes.
type Grant struct {
	User  portfolio.ID
	Scope uint32
	Role  portfolio.Role
	From  int64 // ms since 1970
	Until int64 // 0: for now
}

// Holds reports whether the grant is in force.
func (g Grant) Holds(nowMS int64) bool { return g.From <= nowMS && (g.Until == 0 || nowMS < g.Until) }

// A Device is a numbered stream of operations: one storage of one browser.
type Device struct {
	ID     portfolio.ID
	User   portfolio.ID
	LastN  uint64
	Chain  journal.Chain // after operation LastN
	Schema int
	Build  string
	Seen   int64 // ms since 1970
	OffMS  int64 // how far its clock was off, at its last push

	BackedUpN uint64 // last operation in a backup that is safe, see [Confirm]
}

// Left says that a card is no longer in a scope, since a number and a time.
type Left struct {
	Scope uint32
	Root  portfolio.ID
	Seq   uint64
	At    int64
}

// A Logged operation is history: what came, when, and what became of it.
type Logged struct {
	Device  portfolio.ID
	N       uint64
	ID      portfolio.ID // of the operation
	Rec     portfolio.ID
	Kind    journal.OpKind
	Eff     journal.Stamp
	At      int64
	Outcome journal.Outcome
	Body    []byte // as sent
}

// A Parked operation waits for the record it changes.
type Parked struct {
	Rec    portfolio.ID
	Op     portfolio.ID
	Device portfolio.ID
	User   portfolio.ID
	Eff    journal.Stamp
	At     int64
	Body   []byte
}

// An Event is one line of the audit journal.
type Event struct {
	At   int64
	User portfolio.ID // who did it; zero: the server's operator
	What string       // sign-in, grant, revoke, user-add…
	On   string       // identifiers only, no personal data
}
