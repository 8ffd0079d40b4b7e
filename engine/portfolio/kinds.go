package portfolio

import "sillon/engine/cbor"

// A RawValue is one field's value as its CBOR bytes: kept byte for byte, so an
// application that does not know a field cannot damage it.
type RawValue = cbor.RawMessage

// A Kind names what a record is. Permanent numbers.
type Kind uint16

// Stored and sent: add at the end, never renumber.
const (
	KindOrg         Kind = iota + 1
	KindUser             // scope org
	KindTeam             // scope org
	KindPortfolio        // scope org
	KindAccount          // root of a card, scope portfolio
	KindSite             // child
	KindPerson           // child
	KindFamily           // scope org
	KindSale             // child, fact
	KindContact          // child, fact
	KindEstimate         // child, fact
	KindAppointment      // child
	KindImport           // scope user, fact
	KindConflict         // child of the card, made by the server
	KindRefusal          // scope user, made by the server
	KindSetting          // scope org, team or portfolio
	KindService          // child
	KindCompetitor       // child
	KindContract         // child
	KindPayment          // child
	KindProject          // child
	KindCommitment       // child
	KindEffort           // child
	KindSignal           // child
	KindFormer           // child, fact
	KindOverride         // child
	KindTool             // child
	KindCost             // scope portfolio
	KindTime             // scope portfolio
	KindModel            // scope org, made by the server
	KindTag              // child
	KindReading          // child
	KindPlan             // scope portfolio
	KindAction           // child

	lastKind = KindAction
)

// A Role is what somebody does with Sillon (rôle).
type Role uint8

// Stored and sent: add at the end, never renumber.
const (
	RoleRep     Role = iota + 1 // commercial
	RoleManager                 // manager
	RoleAdmin                   // administrateur
	RoleTrainer                 // formateur
	RoleTrainee                 // participant
)

// A Status places an account on the way from stranger to client (statut).
type Status uint8

// Stored and sent: add at the end, never renumber.
const (
	Suspect  Status = iota + 1 // suspect
	Prospect                   // prospect
	Client                     // client
	Inactive                   // inactif
	Lost                       // perdu
)

// A Solvency is the credit standing (solvabilité); Blocked vetoes visits.
type Solvency uint8

// Stored and sent: add at the end, never renumber.
const (
	SolvencyOK Solvency = iota + 1
	SolvencyWatch
	SolvencyBlocked
)

// A Typology is the relational type of an account (typologie, H4 step 7).
type Typology uint8

// Stored and sent: add at the end, never renumber. The notes 4 3 3 2 2 1 are
// the parameter typology.notes, in this order.
const (
	Ambassador Typology = iota + 1 // ambassadeur
	Partner                        // partenaire
	Technician                     // technicien
	Careful                        // prudent
	PriceBuyer                     // acheteur-prix
	Closed                         // fermé
)

// A Category crosses level of results and level of potential (catégorie, H4).
type Category uint8

// Stored and sent: add at the end, never renumber.
const (
	Strategic Category = iota + 1 // stratégique
	ToDevelop                     // à développer
	Core                          // fonds de commerce
	Economy                       // économique
)

// A ContactKind is the means of a contact (type de contact).
type ContactKind uint8

// Stored and sent: add at the end, never renumber.
const (
	Visit ContactKind = iota + 1
	Visio
	Call
	Email
	Letter
	Event
	Showroom
	AfterSalesVisit
	ManagerControlVisit
)

// An Outcome says how a contact ended (issue).
type Outcome uint8

// Stored and sent: add at the end, never renumber. The first four are "met".
const (
	Order       Outcome = iota + 1 // commande
	StepForward                    // avancée
	NoChange                       // statu quo
	StepBack                       // recul
	Absent                         // absent
	RefusedIn                      // refusé
	Postponed                      // reporté
)

// Met reports whether the client was really met.
func (o Outcome) Met() bool { return o >= Order && o <= StepBack }

// An Appraisal is how a potential was found (méthode d'estimation).
type Appraisal uint8

// Stored and sent: add at the end, never renumber. Default qualities: the
// parameter potential.quality, in this order.
const (
	Declared Appraisal = iota + 1 // déclaré par le client
	ByRatio                       // par ratio
	Analogy                       // par analogie
	Market                        // part de marché
	Judgment                      // jugement du commercial
)

// Progress is the state of a planned act.
type Progress uint8

// Stored and sent: add at the end, never renumber.
const (
	Planned Progress = iota + 1
	Done
	Cancelled
)

// A ConflictWhy says why a value was set aside.
type ConflictWhy uint8

// Stored and sent: add at the end, never renumber.
const (
	LaterEdit     ConflictWhy = iota + 1 // a later edit won
	EditedDeleted                        // edited after deletion
	EditedArchive                        // edited after the card was archived: applied, and said
)

// Settled is what people decided about a conflict.
type Settled uint8

// Stored and sent: add at the end, never renumber.
const (
	Open      Settled = iota // to read again
	Kept                     // the value in place was kept
	TookOther                // the set-aside value was put back
)

// Refused says why the server could not accept an operation.
type Refused uint8

// Stored and sent: add at the end, never renumber.
const (
	NoRight      Refused = iota + 1 // no right on this card, or in this scope
	Malformed                       // a field is missing, too long or out of bounds
	UnknownKind                     // the server does not know this kind yet
	GroupRefused                    // another operation of its group was refused
	Frozen                          // a fact cannot be changed, only amended
	Exists                          // created twice with other content
)

// fact kinds are insert-only; server kinds are written by the server alone.
var table = map[Kind]struct {
	fact, server, root, child bool
}{
	KindOrg: {}, KindUser: {}, KindTeam: {}, KindPortfolio: {}, KindFamily: {}, KindSetting: {},
	KindAccount:     {root: true},
	KindSite:        {child: true},
	KindPerson:      {child: true},
	KindSale:        {child: true, fact: true},
	KindContact:     {child: true, fact: true},
	KindEstimate:    {child: true, fact: true},
	KindAppointment: {child: true},
	KindImport:      {fact: true},
	KindService:     {child: true}, KindCompetitor: {child: true}, KindContract: {child: true}, KindPayment: {child: true},
	KindProject: {child: true}, KindCommitment: {child: true}, KindEffort: {child: true}, KindSignal: {child: true},
	KindOverride: {child: true}, KindTool: {child: true}, KindTag: {child: true}, KindReading: {child: true},
	KindFormer: {child: true, fact: true},
	KindCost:   {}, KindTime: {}, KindPlan: {},
	KindAction:   {child: true},
	KindConflict: {child: true, server: true},
	KindRefusal:  {server: true},
	KindModel:    {server: true},
}

// Kinds lists every kind this version of the application knows.
func Kinds() []Kind {
	all := make([]Kind, 0, lastKind)
	for k := KindOrg; k <= lastKind; k++ {
		all = append(all, k)
	}
	return all
}

// Known reports whether this version of the application knows the kind.
func (k Kind) Known() bool { _, ok := table[k]; return ok }

// IsFact reports whether records of the kind are insert-only.
func (k Kind) IsFact() bool { return table[k].fact }

// ByServer reports whether only the server creates records of the kind;
// devices may patch their State or Closed field.
func (k Kind) ByServer() bool { return table[k].server }

// IsRoot reports whether the kind is the root of a card.
func (k Kind) IsRoot() bool { return table[k].root }

// IsChild reports whether a record of the kind belongs to a card.
func (k Kind) IsChild() bool { return table[k].child }
