package portfolio

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
)

// A ServiceKind is what went wrong, or was asked of after-sales.
type ServiceKind uint8

// Stored and sent: add at the end, never renumber.
const (
	Complaint          ServiceKind = iota + 1 // réclamation
	AfterSalesCall                            // appel au SAV
	ReturnedGoods                             // retour de marchandise
	LateDelivery                              // retard de livraison
	CreditNote                                // avoir
	RelationalIncident                        // incident relationnel
	Trifle                                    // petit mécontentement noté
	OutOfStock                                // rupture : une famille que nous n'avions pas
)

// A Desk is the service that noted an event.
type Desk uint8

// Stored and sent: add at the end, never renumber.
const (
	DeskRep       Desk = iota + 1 // commercial
	DeskAfterSale                 // SAV
	DeskService                   // service clients
)

// A Service is an event of after-sales or customer service (événement de
// service): closed when Closed is set.
type Service struct {
	Account  ID           `cbor:"1,keyasint,omitzero"`
	Kind     ServiceKind  `cbor:"2,keyasint,omitempty"`
	Severity int          `cbor:"3,keyasint,omitempty"` // 1-3
	Involved ID           `cbor:"4,keyasint,omitzero"`  // the user it is about: a relational incident
	Opened   calendar.Day `cbor:"5,keyasint,omitempty"`
	Closed   calendar.Day `cbor:"6,keyasint,omitempty"` // 0: open
	Text     string       `cbor:"7,keyasint,omitempty"`
	Remedy   string       `cbor:"8,keyasint,omitempty"` // resolution
	By       Desk         `cbor:"9,keyasint,omitempty"`
	Cost     money.Cents  `cbor:"10,keyasint,omitempty"` // what it cost us
	Import   ID           `cbor:"11,keyasint,omitzero"`
	Family   string       `cbor:"12,keyasint,omitempty"` // code of what was out of stock
}

// A Competitor is one seen at an account (concurrent présent).
type Competitor struct {
	Account  ID           `cbor:"1,keyasint,omitzero"`
	Name     string       `cbor:"2,keyasint,omitempty"`
	Family   string       `cbor:"3,keyasint,omitempty"` // family code; empty: all
	Strength int          `cbor:"4,keyasint,omitempty"` // 0-3
	Since    calendar.Day `cbor:"5,keyasint,omitempty"`
	Raised   calendar.Day `cbor:"6,keyasint,omitempty"` // last day its strength went up, or an offer of his was seen
	Share    money.Cents  `cbor:"7,keyasint,omitempty"` // what he sells there in a year
	Notes    string       `cbor:"8,keyasint,omitempty"`
}

// A Contract is a term agreed with an account (contrat): its anniversary is
// its End, or each year of Start while it renews itself.
type Contract struct {
	Account   ID           `cbor:"1,keyasint,omitzero"`
	Start     calendar.Day `cbor:"2,keyasint,omitempty"`
	End       calendar.Day `cbor:"3,keyasint,omitempty"`
	Renews    bool         `cbor:"4,keyasint,omitempty"` // tacite reconduction
	Expected  money.Cents  `cbor:"5,keyasint,omitempty"` // a year
	Exclusive bool         `cbor:"6,keyasint,omitempty"`
	Text      string       `cbor:"7,keyasint,omitempty"`
	Notice    calendar.Day `cbor:"8,keyasint,omitempty"` // day the client gave notice (préavis); 0: it did not
	Months    int          `cbor:"9,keyasint,omitempty"` // of notice the contract asks; 0: as usual
}

// A Payment is one invoice due (échéance): late when Paid, or today, is after
// Due.
type Payment struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	Due     calendar.Day `cbor:"2,keyasint,omitempty"`
	Paid    calendar.Day `cbor:"3,keyasint,omitempty"` // 0: not yet
	Amount  money.Cents  `cbor:"4,keyasint,omitempty"`
	Ref     string       `cbor:"5,keyasint,omitempty"`
	Import  ID           `cbor:"6,keyasint,omitzero"`
}

// A ProjectState is how a project stands.
type ProjectState uint8

// Stored and sent: add at the end, never renumber.
const (
	Running       ProjectState = iota + 1 // en cours
	Won                                   // gagné
	LostToOther                           // perdu
	GivenUpByThem                         // abandonné
)

// A Project is something a client may buy apart from the flow (projet,
// affaire). Phase is 0 to 6 (method J2).
type Project struct {
	Account  ID           `cbor:"1,keyasint,omitzero"`
	Name     string       `cbor:"2,keyasint,omitempty"`
	Amount   money.Cents  `cbor:"3,keyasint,omitempty"`
	Families []string     `cbor:"4,keyasint,omitempty"`
	Phase    int          `cbor:"5,keyasint,omitempty"`
	Since    calendar.Day `cbor:"6,keyasint,omitempty"` // in this phase since
	Signals  []string     `cbor:"7,keyasint,omitempty"` // codes of the signals ticked
	Exits    []string     `cbor:"8,keyasint,omitempty"` // codes of the exit tests passed
	Chance   *float64     `cbor:"9,keyasint,omitempty"` // override of the phase's probability, 0-1
	Close    calendar.Day `cbor:"10,keyasint,omitempty"`
	State    ProjectState `cbor:"11,keyasint,omitempty"`
	Why      string       `cbor:"12,keyasint,omitempty"` // reason of the loss
	Opened   calendar.Day `cbor:"13,keyasint,omitempty"`
	Ended    calendar.Day `cbor:"14,keyasint,omitempty"`
}

// A Side is who promised.
type Side uint8

// Stored and sent: add at the end, never renumber.
const (
	Us   Side = iota + 1 // nous
	Them                 // le client
)

// A Promise is how a commitment stands.
type Promise uint8

// Stored and sent: add at the end, never renumber.
const (
	Promised Promise = iota + 1 // en cours
	KeptIt                      // tenu
	BrokeIt                     // non tenu
	Released                    // annulé d'un commun accord
)

// A Commitment is one line of the give-and-take ledger (engagement).
type Commitment struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	Project ID           `cbor:"2,keyasint,omitzero"`
	Side    Side         `cbor:"3,keyasint,omitempty"`
	Text    string       `cbor:"4,keyasint,omitempty"`
	Value   money.Cents  `cbor:"5,keyasint,omitempty"`
	Points  int          `cbor:"6,keyasint,omitempty"` // effort 1-5, where no amount is known
	Made    calendar.Day `cbor:"7,keyasint,omitempty"`
	Due     calendar.Day `cbor:"8,keyasint,omitempty"`
	Done    calendar.Day `cbor:"9,keyasint,omitempty"`
	Written calendar.Day `cbor:"10,keyasint,omitempty"` // confirmed in writing
	State   Promise      `cbor:"11,keyasint,omitempty"`
	Answers ID           `cbor:"12,keyasint,omitzero"`  // the commitment it is the counterpart of
	Survey  bool         `cbor:"13,keyasint,omitempty"` // a diagnosis delivered
}

// An Effort is an objective given to a client's behaviour (objectif
// d'effort, method G2), measured in the unit of its code.
type Effort struct {
	Account  ID           `cbor:"1,keyasint,omitzero"`
	Code     string       `cbor:"2,keyasint,omitempty"` // E01 … E15
	Baseline float64      `cbor:"3,keyasint,omitempty"`
	Target   float64      `cbor:"4,keyasint,omitempty"`
	Weight   float64      `cbor:"5,keyasint,omitempty"`
	From     calendar.Day `cbor:"6,keyasint,omitempty"`
	To       calendar.Day `cbor:"7,keyasint,omitempty"`
	Actual   *float64     `cbor:"8,keyasint,omitempty"` // measured by hand; nil: the engine measures it, or nobody
	On       calendar.Day `cbor:"9,keyasint,omitempty"` // day of that measure
	Dropped  bool         `cbor:"10,keyasint,omitempty"`
}

// A Signal is a warning somebody noticed (signal d'alerte, method I2); those
// the engine finds are not stored.
type Signal struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	Code    int          `cbor:"2,keyasint,omitempty"` // 1-13
	Day     calendar.Day `cbor:"3,keyasint,omitempty"`
	Closed  calendar.Day `cbor:"4,keyasint,omitempty"`
	Text    string       `cbor:"5,keyasint,omitempty"`
}

// A Motive is why a client left (motif de départ, method I1).
type Motive uint8

// Stored and sent: add at the end, never renumber.
const (
	MotivePrice          Motive = iota + 1 // prix
	MotiveQuality                          // qualité du produit
	MotiveDelivery                         // livraison
	MotiveService                          // service, réclamation mal traitée
	MotiveRepIncident                      // incident relationnel avec le commercial
	MotiveNeglect                          // manque de contact, d'attention
	MotiveTurnover                         // changement de commercial
	MotiveCompetitor                       // offre d'un concurrent
	MotiveDecider                          // changement de décideur
	MotiveReorganisation                   // changement d'organisation
	MotiveNeedGone                         // besoin disparu
	MotiveNatural                          // naturel : activité, dépôt de bilan, décès
)

// A Former is the file of an ex-client (fiche d'ex-client): a fact, frozen
// with what was seen of it in the six months before it left.
type Former struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	Left    calendar.Day `cbor:"2,keyasint,omitempty"`
	Motive  Motive       `cbor:"3,keyasint,omitempty"`
	Natural bool         `cbor:"4,keyasint,omitempty"` // closed down, moved away: nobody could have kept it
	Seen    []int        `cbor:"5,keyasint,omitempty"` // signals present, 1-13
	Unknown []int        `cbor:"6,keyasint,omitempty"` // signals nobody could tell
	Text    string       `cbor:"7,keyasint,omitempty"`
	Amends  ID           `cbor:"8,keyasint,omitzero"`
	Void    bool         `cbor:"9,keyasint,omitempty"`
}

// An Override is a class or figure that a person decided (valeur décidée): the
// computed one stays visible beside it until Until.
type Override struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	What    string       `cbor:"2,keyasint,omitempty"` // phase, type, potential, departure; visits.0, visits.50, visits.150, visits.max: judgments of B3
	Value   float64      `cbor:"3,keyasint,omitempty"` // class number, cents, share, or percent of today's margin
	Why     string       `cbor:"4,keyasint,omitempty"`
	Author  ID           `cbor:"5,keyasint,omitzero"`
	Day     calendar.Day `cbor:"6,keyasint,omitempty"`
	Until   calendar.Day `cbor:"7,keyasint,omitempty"`
}

// A Tool is something shared with a client (outil de partenariat, method J6).
type Tool struct {
	Account     ID           `cbor:"1,keyasint,omitzero"`
	Name        string       `cbor:"2,keyasint,omitempty"`
	Ours        money.Cents  `cbor:"3,keyasint,omitempty"` // we invested
	Theirs      money.Cents  `cbor:"4,keyasint,omitempty"` // they invested
	Used        calendar.Day `cbor:"5,keyasint,omitempty"`
	Replace     float64      `cbor:"6,keyasint,omitempty"` // days of effort to do without it
	LentFrom    calendar.Day `cbor:"7,keyasint,omitempty"` // a thing lent: amortised over cost.loanYears
	Gone        bool         `cbor:"8,keyasint,omitempty"`
	StatedGains money.Cents  `cbor:"9,keyasint,omitempty"` // a year, as the client says
}

// A Cost is the yearly budget of one rep's effort (budget de coût commercial,
// method A1), in scope portfolio. Amounts are a year, charges included where
// the name does not say otherwise.
type Cost struct {
	User    ID          `cbor:"1,keyasint,omitzero"`
	Year    int         `cbor:"2,keyasint,omitempty"`
	Pay     money.Cents `cbor:"3,keyasint,omitempty"` // gross, variable included
	Charges money.Cents `cbor:"4,keyasint,omitempty"` // employer's
	Vehicle money.Cents `cbor:"5,keyasint,omitempty"`
	Lodging money.Cents `cbor:"6,keyasint,omitempty"` // travel, meals, nights
	Telecom money.Cents `cbor:"7,keyasint,omitempty"`
	Samples money.Cents `cbor:"8,keyasint,omitempty"`
	Support money.Cents `cbor:"9,keyasint,omitempty"` // share of assistance and supervision
	Other   money.Cents `cbor:"10,keyasint,omitempty"`
	Manager money.Cents `cbor:"11,keyasint,omitempty"` // price of one contact of the manager's; 0: the rep's
}

// A Time is the yearly time budget of one rep (temps disponible, method H2),
// in scope portfolio; days of the year, minutes of a day.
type Time struct {
	User      ID      `cbor:"1,keyasint,omitzero"`
	Year      int     `cbor:"2,keyasint,omitempty"`
	Weekend   int     `cbor:"3,keyasint,omitempty"`
	Holidays  int     `cbor:"4,keyasint,omitempty"`
	Leave     int     `cbor:"5,keyasint,omitempty"`
	Meetings  int     `cbor:"6,keyasint,omitempty"`
	Sick      int     `cbor:"7,keyasint,omitempty"`
	Training  int     `cbor:"8,keyasint,omitempty"`
	Fairs     int     `cbor:"9,keyasint,omitempty"`
	FieldDays float64 `cbor:"10,keyasint,omitempty"` // a week
	Minutes   int     `cbor:"11,keyasint,omitempty"` // worked in a day
	Overhead  int     `cbor:"12,keyasint,omitempty"` // fixed, in a day
	Visit     int     `cbor:"13,keyasint,omitempty"` // minutes of a visit; 0: measured
	Travel    int     `cbor:"14,keyasint,omitempty"`
	Report    int     `cbor:"15,keyasint,omitempty"` // preparation and report
	Part      float64 `cbor:"16,keyasint,omitempty"` // share of full time; 0: full
}

// A Model is what the server has learnt from all portfolios of an organisation
// (modèle commun), for tablets to start from.
type Model struct {
	Key    string       `cbor:"1,keyasint,omitempty"` // [ModelHazard]
	Form   int          `cbor:"2,keyasint,omitempty"` // of Data; another one is not for this version
	Turn   int          `cbor:"3,keyasint,omitempty"` // grows each time it is learnt anew
	Day    calendar.Day `cbor:"4,keyasint,omitempty"` // it was learnt at
	Rows   int          `cbor:"5,keyasint,omitempty"` // observations behind it
	Events int          `cbor:"6,keyasint,omitempty"` // of which departures
	Lost   int          `cbor:"7,keyasint,omitempty"` // avoidable losses of the last year,
	Start  int          `cbor:"8,keyasint,omitempty"` // of so many clients at its beginning
	Data   []byte       `cbor:"9,keyasint,omitempty"` // CBOR of the model
}

// An Indirect is what a reading is of.
type Indirect uint8

// Stored and sent: add at the end, never renumber.
const (
	Installed  Indirect = iota + 1 // parc installé
	Prescribed                     // achat prescrit à d'autres
	SoldOut                        // ventes du distributeur (sell-out)
)

// A Reading is something seen of what a client makes happen apart from our
// invoices (relevé, method C6): the machines it has, a purchase it prescribed
// to others, what it sold of ours.
type Reading struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	What    Indirect     `cbor:"2,keyasint,omitempty"`
	Day     calendar.Day `cbor:"3,keyasint,omitempty"` // seen on; the last day of the period of a sell-out
	From    calendar.Day `cbor:"4,keyasint,omitempty"` // first day of that period; 0: one day
	Amount  money.Cents  `cbor:"5,keyasint,omitempty"` // prescribed, or sold
	Ours    int          `cbor:"6,keyasint,omitempty"` // machines of ours,
	Total   int          `cbor:"7,keyasint,omitempty"` // of all those in place
	Text    string       `cbor:"8,keyasint,omitempty"`
}

// A Tag is one word on a client's card (étiquette), or its absence. Each word is
// a record of its own, so that two people who add different words, or of whom
// one adds and one removes, never undo each other. The words an import brought
// are in [Account.Tags]; a record of the same word has the last say.
type Tag struct {
	Account ID     `cbor:"1,keyasint,omitzero"`
	Word    string `cbor:"2,keyasint,omitempty"`
	Off     bool   `cbor:"3,keyasint,omitempty"` // taken away
}

// ModelHazard is the key of the pooled hazard of departures (method I3): Data
// is a hazard.Model of the predictors that HazardForm names.
const (
	ModelHazard = "hazard"
	HazardForm  = 1
)
