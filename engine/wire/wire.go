// Package wire is what a tablet and the server say to each other: messages,
// limits, versions and error codes, in CBOR with integer keys.
//
// One exchange is POST /api/1/sync: the operations of the outbox first
// (committed before anything is read), then the pages of every scope since the
// cookie. The answer is applied whole or not at all.
package wire

import (
	"sillon/engine/cbor"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
)

// Proto is the version of these messages.
const Proto = 1

// ContentType marks every request and answer of the protocol.
const ContentType = "application/cbor"

// Limits that the server enforces and the tablet respects.
const (
	MaxBody     = 1 << 20 // bytes of a request as sent
	MaxExpanded = 8 << 20 // bytes once decompressed
	MaxRatio    = 100     // expanded ÷ sent
	MaxOps      = 500     // operations in one push
	MaxRows     = 2000    // rows in one answer
	MaxOp       = 64 << 10
	MaxField    = 32 << 10
	MaxScopes   = 1000
	PerMinute   = 60 // requests of a device
	Burst       = 20
)

// A Request is one exchange, from the tablet.
type Request struct {
	Proto   int               `cbor:"1,keyasint"`
	Schema  int               `cbor:"2,keyasint"`
	Build   string            `cbor:"3,keyasint,omitempty"`
	Device  portfolio.ID      `cbor:"4,keyasint"`
	Epoch   uint32            `cbor:"5,keyasint,omitempty"` // 0: never spoke to this server
	Cookie  []byte            `cbor:"6,keyasint,omitempty"`
	Prev    journal.Chain     `cbor:"7,keyasint"` // chain before the first operation sent
	Ops     []cbor.RawMessage `cbor:"8,keyasint,omitempty"`
	MaxRows int               `cbor:"9,keyasint,omitempty"`
	SentMS  int64             `cbor:"10,keyasint,omitempty"` // the tablet's clock
}

// An Answer is the server's half of the exchange.
type Answer struct {
	Epoch     uint32            `cbor:"1,keyasint"`
	NowMS     int64             `cbor:"2,keyasint"`
	HLC       journal.Stamp     `cbor:"3,keyasint"`
	LastN     uint64            `cbor:"4,keyasint"` // highest operation of this device the server holds
	LastChain journal.Chain     `cbor:"5,keyasint"`
	Fork      bool              `cbor:"6,keyasint,omitempty"` // the chains differ: this storage was cloned or rolled back
	Clamped   bool              `cbor:"7,keyasint,omitempty"` // a stamp was too far ahead
	Given     map[uint32]uint64 `cbor:"8,keyasint,omitempty"` // per scope touched by the push: its highest seq
	Cookie    []byte            `cbor:"9,keyasint,omitempty"`
	Pages     []Page            `cbor:"10,keyasint,omitempty"`
	Drop      []uint32          `cbor:"11,keyasint,omitempty"` // scopes no longer granted
	Grants    []Grant           `cbor:"12,keyasint,omitempty"`
	More      bool              `cbor:"13,keyasint,omitempty"` // ask again at once
	User      portfolio.ID      `cbor:"14,keyasint,omitzero"`
	Notices   []string          `cbor:"15,keyasint,omitempty"`

	// BackedUpN is the highest operation of this device in a backup that is
	// safe: the tablet need not keep it for a restored server. 0: none yet, or a
	// server that does not say.
	BackedUpN uint64 `cbor:"16,keyasint,omitempty"`
}

// A Page is what changed in one scope, in order of seq.
type Page struct {
	Scope    uint32        `cbor:"1,keyasint"`
	From     uint64        `cbor:"2,keyasint"` // the cursor this page follows
	To       uint64        `cbor:"3,keyasint"` // the cursor after it
	Rows     []journal.Row `cbor:"4,keyasint,omitempty"`
	Left     []Left        `cbor:"5,keyasint,omitempty"`
	Complete bool          `cbor:"6,keyasint,omitempty"` // nothing of the scope remains
}

// Left says that a card is no longer in the scope.
type Left struct {
	Root portfolio.ID `cbor:"1,keyasint"`
	Seq  uint64       `cbor:"2,keyasint"`
}

// A ScopeKind is the kind of a unit of replication and of rights.
type ScopeKind uint8

// Stored and sent: add at the end, never renumber.
const (
	ScopeOrg ScopeKind = iota + 1
	ScopeTeam
	ScopePortfolio
	ScopeUser
)

// A Grant tells the tablet what its user may see and do.
type Grant struct {
	Scope uint32         `cbor:"1,keyasint"`
	Kind  ScopeKind      `cbor:"2,keyasint"`
	Role  portfolio.Role `cbor:"3,keyasint"`
	Name  string         `cbor:"4,keyasint,omitempty"`
}

// A Problem is the body of every answer that is not a success, so that the
// page can say what to do in the user's language.
type Problem struct {
	Code  string `cbor:"1,keyasint"`           // stable: sign-in, wipe, too-large, upgrade, busy, bad-request
	Text  string `cbor:"2,keyasint,omitempty"` // English, for logs
	Retry int    `cbor:"3,keyasint,omitempty"` // seconds

	// Answer, with 426, is what became of the push: it was accepted, and the
	// outbox may be acknowledged. It holds no pages.
	Answer *Answer `cbor:"4,keyasint,omitempty"`
}

// Codes of a Problem.
const (
	CodeSignIn     = "sign-in"     // 401
	CodeForbidden  = "forbidden"   // 403
	CodeTooLarge   = "too-large"   // 413: halve the batch
	CodeUpgrade    = "upgrade"     // 426: you may push but not pull
	CodeBusy       = "busy"        // 429, 503: see Retry
	CodeBadRequest = "bad-request" // 400
)

// SignIn is the body of POST /api/signin.
type SignIn struct {
	Login    string       `cbor:"1,keyasint"`
	Password string       `cbor:"2,keyasint"`
	Device   portfolio.ID `cbor:"3,keyasint"`
	Label    string       `cbor:"4,keyasint,omitempty"` // how the device calls itself
}

// Me answers a sign-in, and GET /api/me.
type Me struct {
	User   portfolio.ID   `cbor:"1,keyasint"`
	Name   string         `cbor:"2,keyasint"`
	Login  string         `cbor:"3,keyasint"`
	Role   portfolio.Role `cbor:"4,keyasint"`
	Tenant string         `cbor:"5,keyasint,omitempty"` // name of the organisation
	Grants []Grant        `cbor:"6,keyasint,omitempty"`
}

// Setup is the body of POST /api/setup: the first start of an empty server.
type Setup struct {
	Token    string `cbor:"1,keyasint"`
	Org      string `cbor:"2,keyasint"`
	Currency string `cbor:"3,keyasint"`
	Locale   string `cbor:"4,keyasint"`
	TimeZone string `cbor:"5,keyasint"`
	Name     string `cbor:"6,keyasint"`
	Login    string `cbor:"7,keyasint"`
	Password string `cbor:"8,keyasint"`

	Device portfolio.ID `cbor:"9,keyasint,omitzero"` // when given, the administrator is signed in on it
}
