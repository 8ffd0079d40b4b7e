// Package bridge is the conversation between the page and the worker: named
// operations with a typed request and a typed result, progress and cancel, and
// a handshake of versions. The page never waits on a frame for the worker.
//
// Payloads are CBOR in a transferred Uint8Array. On the page side [Client]
// calls; in the worker [Serve] dispatches. [Twin] joins both in one process
// for tests.
package bridge

import (
	"sillon/engine/portfolio"
	"sillon/engine/query"
	"sillon/engine/wire"
)

// An Op names an operation with its request and result types. Calls are typed
// by it: a page cannot ask for a list and read a sheet.
type Op[Q, A any] struct{ Name string }

// None is the request or result of an operation that has none.
type None struct{}

// The operations. Reads are answered from the device alone.
var (
	OpHello     = Op[Hello, Welcome]{"hello"}
	OpToday     = Op[query.TodayAsk, query.Today]{"today"}
	OpList      = Op[query.ListAsk, query.List]{"list"}
	OpClient    = Op[query.ClientAsk, query.Client]{"client"}
	OpPortfolio = Op[query.PortfolioAsk, query.Portfolio]{"portfolio"}
	OpTeam      = Op[query.PortfolioAsk, query.Team]{"team"}
	OpStatus    = Op[None, Status]{"status"}
	OpJournal   = Op[JournalAsk, Journal]{"journal"}
	OpDiagnosis = Op[None, Diagnosis]{"diagnosis"}

	OpLog     = Op[LogVisit, Saved]{"log"}
	OpUndo    = Op[Undo, Saved]{"undo"}
	OpPlan    = Op[PlanVisit, Saved]{"plan"}
	OpCancel  = Op[CancelVisit, Saved]{"cancel-visit"}
	OpEdit    = Op[Edit, Saved]{"edit"}
	OpCreate  = Op[NewAccount, Saved]{"create"}
	OpArchive = Op[ArchiveAccount, Saved]{"archive"}
	OpSettle  = Op[Settle, Saved]{"settle"}

	OpSignIn   = Op[wire.SignIn, SignedIn]{"sign-in"}
	OpSetup    = Op[wire.Setup, SignedIn]{"setup"}
	OpSignOut  = Op[SignOut, None]{"sign-out"}
	OpSync     = Op[None, Status]{"sync"} // exchange now
	OpNudge    = Op[Nudge, None]{"nudge"} // the page came to the front
	OpExport   = Op[Export, File]{"export"}
	OpOutbox   = Op[None, File]{"outbox-file"} // the actions kept here, as a file
	OpDrop     = Op[DropRefused, Saved]{"drop-refused"}
	OpLocalGet = Op[Local, Local]{"local-get"} // small settings of this device
	OpLocalPut = Op[Local, None]{"local-put"}

	OpImportOpen  = Op[ImportOpen, ImportSheet]{"import-open"}
	OpImportCheck = Op[ImportCheck, ImportReport]{"import-check"}
	OpImportRun   = Op[ImportCheck, ImportDone]{"import-run"} // progress; cancel leaves nothing
	OpImportUndo  = Op[Undo, Saved]{"import-undo"}
	OpImports     = Op[None, ImportList]{"imports"}
	OpImportBad   = Op[ImportBad, File]{"import-refused"} // the refused rows with a reason column
)

// Hello opens the conversation; the worker refuses another version.
type Hello struct {
	Version string `cbor:"1,keyasint"`
	Lang    string `cbor:"2,keyasint"`
}

// Welcome says who the device belongs to. User zero: nobody yet.
type Welcome struct {
	Version  string         `cbor:"1,keyasint"`
	User     portfolio.ID   `cbor:"2,keyasint,omitzero"`
	Name     string         `cbor:"3,keyasint,omitempty"`
	Login    string         `cbor:"4,keyasint,omitempty"`
	Role     portfolio.Role `cbor:"5,keyasint,omitempty"`
	Org      string         `cbor:"6,keyasint,omitempty"`
	Scopes   []wire.Grant   `cbor:"7,keyasint,omitempty"`
	Storage  string         `cbor:"8,keyasint,omitempty"`  // "", or why nothing can be kept: no-indexeddb, private, blocked, quota
	Loaded   bool           `cbor:"9,keyasint,omitempty"`  // a first exchange has filled this device
	Currency string         `cbor:"11,keyasint,omitempty"` // of the organisation
	Left     []Left         `cbor:"10,keyasint,omitempty"`
	Demo     bool           `cbor:"12,keyasint,omitempty"` // the demonstration, not a user of this device
}

// Left is a profile whose user has signed out while actions waited in it; they
// leave at the next sign-in.
type Left struct {
	Name    string `cbor:"1,keyasint"`
	Login   string `cbor:"2,keyasint"`
	Waiting int    `cbor:"3,keyasint"`
}

// SignedIn answers a sign-in.
type SignedIn struct {
	Welcome Welcome `cbor:"1,keyasint"`
}

// SignOut leaves the profile, in every tab, with or without network: only a
// sign-in opens it again. Data stays sealed on the device unless Erase, which
// is refused while actions wait unless Anyway.
type SignOut struct {
	Erase  bool `cbor:"1,keyasint,omitempty"`
	Anyway bool `cbor:"2,keyasint,omitempty"`
}

// A State is what the sync chip shows.
type State string

// The states of the chip.
const (
	StateOK      State = "ok"
	StateSyncing State = "syncing"
	StateOffline State = "offline"
	StateSignIn  State = "sign-in" // the server asks who this is
	StateUpgrade State = "upgrade" // this version is too old to receive
	StateProblem State = "problem" // the server answers, badly
)

// Status is the sync chip.
type Status struct {
	State    State  `cbor:"1,keyasint"`
	Pending  int    `cbor:"2,keyasint"` // actions kept here: one per thing the user did
	OldestMS int64  `cbor:"3,keyasint,omitempty"`
	LastMS   int64  `cbor:"4,keyasint,omitempty"` // last complete exchange
	Replaced int    `cbor:"5,keyasint,omitempty"` // values to read again
	Refused  int    `cbor:"6,keyasint,omitempty"` // actions to correct
	ClockOff int64  `cbor:"7,keyasint,omitempty"` // ms the tablet is off, when over 2 min
	Detail   string `cbor:"8,keyasint,omitempty"`
	Leader   bool   `cbor:"9,keyasint,omitempty"`
}

// JournalAsk asks for the exchange journal.
type JournalAsk struct {
	Lang  string `cbor:"1,keyasint"`
	Limit int    `cbor:"2,keyasint,omitempty"`
}

// An Act is one thing the user did, in words the catalogue makes of Key.
type Act struct {
	ID      portfolio.ID `cbor:"1,keyasint"`
	Key     string       `cbor:"2,keyasint"` // visit, call, edit, plan, create, import, estimate, undo, archive, settle, setting, person
	Account portfolio.ID `cbor:"3,keyasint,omitzero"`
	Name    string       `cbor:"4,keyasint,omitempty"`
	Detail  string       `cbor:"5,keyasint,omitempty"` // worded
	AtMS    int64        `cbor:"6,keyasint"`
	SentMS  int64        `cbor:"7,keyasint,omitempty"`
	Ops     int          `cbor:"8,keyasint,omitempty"`
	Why     string       `cbor:"9,keyasint,omitempty"`  // refused: reason key
	Amends  portfolio.ID `cbor:"10,keyasint,omitzero"`  // the act that this one corrects or takes back
	Cards   int          `cbor:"11,keyasint,omitempty"` // touched, when several
}

// Journal is the exchange journal: nothing that left or waits is hidden.
type Journal struct {
	Status  Status            `cbor:"1,keyasint"`
	Refused []Act             `cbor:"2,keyasint,omitempty"`
	Waiting []Act             `cbor:"3,keyasint,omitempty"`
	Lost    []query.LostValue `cbor:"4,keyasint,omitempty"`
	Sent    []Act             `cbor:"5,keyasint,omitempty"`
	WaitAll int               `cbor:"6,keyasint,omitempty"`
	SentAll int               `cbor:"7,keyasint,omitempty"`
}

// Diagnosis is what settings show of this device.
type Diagnosis struct {
	Version  string            `cbor:"1,keyasint"`
	Device   portfolio.ID      `cbor:"2,keyasint"`
	Epoch    uint32            `cbor:"3,keyasint"`
	Scopes   []wire.Grant      `cbor:"4,keyasint,omitempty"`
	Cards    int               `cbor:"5,keyasint"`
	Rows     int               `cbor:"6,keyasint"`
	Pending  int               `cbor:"7,keyasint"`
	Sent     int               `cbor:"8,keyasint"`
	Seq      map[uint32]uint64 `cbor:"9,keyasint,omitempty"`
	LoadMS   float64           `cbor:"10,keyasint,omitempty"` // opening and loading of columns
	MemoryMB float64           `cbor:"11,keyasint,omitempty"`
	Schema   int               `cbor:"12,keyasint"`
	Analysed int               `cbor:"13,keyasint,omitempty"` // cards whose whole analysis is ready
	Facts    int               `cbor:"14,keyasint,omitempty"` // pieces of their facts kept for the next start
	Fitted   int32             `cbor:"15,keyasint,omitempty"` // day the models were fitted
	Office   int               `cbor:"16,keyasint,omitempty"` // departures of the organisation behind them
}

// Saved answers every order: it is on the disk.
type Saved struct {
	ID      portfolio.ID `cbor:"1,keyasint"` // of what was made: contact, appointment, account, import
	Pending int          `cbor:"2,keyasint"`
	TookMS  float64      `cbor:"3,keyasint,omitempty"` // in the worker, to the completed transaction
}

// LogVisit logs a contact. Outcome alone is enough.
type LogVisit struct {
	Account   portfolio.ID          `cbor:"1,keyasint"`
	Kind      portfolio.ContactKind `cbor:"2,keyasint,omitempty"` // default visit
	Outcome   portfolio.Outcome     `cbor:"3,keyasint"`
	Notes     string                `cbor:"4,keyasint,omitempty"`
	Objective string                `cbor:"5,keyasint,omitempty"`
	Order     int64                 `cbor:"6,keyasint,omitempty"` // cents, announced
	Duration  int                   `cbor:"7,keyasint,omitempty"` // minutes
	Amends    portfolio.ID          `cbor:"8,keyasint,omitzero"`
	Next      string                `cbor:"9,keyasint,omitempty"`
}

// Undo takes back one's own act: a contact, an appointment, an edit, an
// account, an import.
type Undo struct {
	Account portfolio.ID `cbor:"2,keyasint,omitzero"` // when known: the card it belongs to
	ID      portfolio.ID `cbor:"1,keyasint"`
}

// PlanVisit plans the next act; Day is a day number, or InDays from today.
type PlanVisit struct {
	ID        portfolio.ID          `cbor:"1,keyasint,omitzero"` // move an existing one
	Account   portfolio.ID          `cbor:"2,keyasint"`
	Day       int32                 `cbor:"3,keyasint,omitempty"`
	InDays    int                   `cbor:"4,keyasint,omitempty"`
	Minute    int                   `cbor:"5,keyasint,omitempty"`
	Kind      portfolio.ContactKind `cbor:"6,keyasint,omitempty"`
	Objective string                `cbor:"7,keyasint,omitempty"`
}

// CancelVisit takes an appointment off.
type CancelVisit struct {
	ID      portfolio.ID `cbor:"1,keyasint"`
	Account portfolio.ID `cbor:"2,keyasint"`
}

// Edit writes one field of one record; Text is read in the user's language.
type Edit struct {
	Account portfolio.ID   `cbor:"1,keyasint"`
	Rec     portfolio.ID   `cbor:"2,keyasint,omitzero"` // zero: the record is made (a first site)
	Kind    portfolio.Kind `cbor:"3,keyasint"`
	Field   uint16         `cbor:"4,keyasint"`
	Text    string         `cbor:"5,keyasint"`
	Lang    string         `cbor:"6,keyasint"`
}

// NewAccount makes a client or prospect: three fields are enough.
type NewAccount struct {
	Name   string           `cbor:"1,keyasint"`
	City   string           `cbor:"2,keyasint,omitempty"`
	Phone  string           `cbor:"3,keyasint,omitempty"`
	Status portfolio.Status `cbor:"4,keyasint,omitempty"` // default prospect
	Scope  uint32           `cbor:"5,keyasint,omitempty"` // default: the user's own portfolio
	Siret  string           `cbor:"6,keyasint,omitempty"`
}

// ArchiveAccount puts a card away, or back.
type ArchiveAccount struct {
	Account portfolio.ID `cbor:"1,keyasint"`
	Back    bool         `cbor:"2,keyasint,omitempty"`
}

// Settle decides about a replaced value.
type Settle struct {
	Conflict  portfolio.ID `cbor:"1,keyasint"`
	Account   portfolio.ID `cbor:"2,keyasint"`
	TakeOther bool         `cbor:"3,keyasint,omitempty"`
}

// DropRefused gives up, or sends again, a refused action.
type DropRefused struct {
	ID    portfolio.ID `cbor:"1,keyasint"` // of the refusal record
	Retry bool         `cbor:"2,keyasint,omitempty"`
}

// Nudge passes what only the page sees of its browser.
type Nudge struct {
	What string `cbor:"1,keyasint"` // visible, online, offline
}

// Export asks for a file: what is clients or visits.
type Export struct {
	What  string `cbor:"1,keyasint"` // clients, visits
	Lang  string `cbor:"2,keyasint"`
	Scope uint32 `cbor:"3,keyasint,omitempty"`
	Plain bool   `cbor:"4,keyasint,omitempty"` // international: commas and points

	IDs []portfolio.ID `cbor:"5,keyasint,omitempty"` // these clients alone
}

// A File is bytes with a name and a type.
type File struct {
	Name string `cbor:"1,keyasint"`
	Type string `cbor:"2,keyasint"`
	Data []byte `cbor:"3,keyasint"`
}

// Local is a named value of this device alone.
type Local struct {
	Key  string `cbor:"1,keyasint"`
	Data []byte `cbor:"2,keyasint,omitempty"`
}

// Progress is told while a long operation runs.
type Progress struct {
	Stage string `cbor:"1,keyasint"` // catalogue key
	Done  int    `cbor:"2,keyasint"`
	Of    int    `cbor:"3,keyasint"`
}

// An Event is told by the worker without being asked.
type Event struct {
	Kind   string         `cbor:"1,keyasint"` // status, changed, deep, left, replaced-version
	Status *Status        `cbor:"2,keyasint,omitempty"`
	Roots  []portfolio.ID `cbor:"3,keyasint,omitempty"` // cards that changed; empty: many
}

// A Fault is an error told in a way the page can word: Code is a catalogue
// key under "fault.", Args fill it in order.
type Fault struct {
	Code string   `cbor:"1,keyasint"`
	Args []string `cbor:"2,keyasint,omitempty"`
	Text string   `cbor:"3,keyasint,omitempty"` // English, for the log
}

// Error makes a Fault an error.
func (f *Fault) Error() string { return f.Code + ": " + f.Text }

// Codes of faults that several operations share.
const (
	FaultCancelled = "cancelled"
	FaultStorage   = "storage"     // nothing could be kept: full, closed, private
	FaultQuota     = "quota"       // the device is full
	FaultBlocked   = "blocked"     // another tab holds an old version
	FaultVersion   = "version"     // page and worker differ: reload
	FaultWorker    = "worker"      // the worker died; it was started again
	FaultNetwork   = "network"     // sign-in needs the network
	FaultSignIn    = "sign-in"     // wrong name or password
	FaultOff       = "account-off" // the account is disabled
	FaultThrottled = "throttled"   // args: seconds
	FaultInput     = "input"       // args: field key, what is wrong key
	FaultMissing   = "missing"     // no such card on this device
	FaultEmpty     = "empty"       // the portfolio has no client yet
	FaultWaiting   = "waiting"     // erase refused: actions wait, args: count
)
