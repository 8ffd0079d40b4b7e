package portfolio

import (
	"sillon/engine/calendar"
	"sillon/engine/money"
)

// The structs below are the table of kinds and fields: the integer keys of
// their tags are the permanent field numbers of the wire, the bundles and the
// database. A number is never reused; a field that goes leaves its number
// behind in a comment. Every field is optional: an absent field is the zero
// value, and a patch clears one by writing null.

// An Org is the organisation (organisation): one per tenant, in scope org.
type Org struct {
	Name       string       `cbor:"1,keyasint,omitempty"`
	Currency   string       `cbor:"2,keyasint,omitempty"` // ISO 4217: EUR, GBP, MAD
	Locale     string       `cbor:"3,keyasint,omitempty"` // fr or en: the language offered first
	TimeZone   string       `cbor:"4,keyasint,omitempty"` // Europe/Paris: decides "today" in reports
	FiscalFrom int          `cbor:"5,keyasint,omitempty"` // first month of the fiscal year, 1-12
	AsOf       calendar.Day `cbor:"6,keyasint,omitempty"` // fixed reading date of an old file; 0: today
}

// A User is a member of the organisation as the directory shows it (scope
// org). Rights come from grants, never from this record.
type User struct {
	Name    string `cbor:"1,keyasint,omitempty"`
	Login   string `cbor:"2,keyasint,omitempty"` // e-mail address or staff number used to sign in
	Role    Role   `cbor:"3,keyasint,omitempty"` // landing role
	Manager ID     `cbor:"4,keyasint,omitzero"`
	Off     bool   `cbor:"5,keyasint,omitempty"` // disabled
}

// A Team groups reps under a manager (équipe), in scope org.
type Team struct {
	Name    string `cbor:"1,keyasint,omitempty"`
	Manager ID     `cbor:"2,keyasint,omitzero"`
	Scope   uint32 `cbor:"3,keyasint,omitempty"`
}

// A Portfolio is the set of accounts one rep answers for (portefeuille). The
// record lives in scope team or org, the cards in the scope it names.
type Portfolio struct {
	Name   string       `cbor:"1,keyasint,omitempty"`
	Owner  ID           `cbor:"2,keyasint,omitzero"`
	Scope  uint32       `cbor:"3,keyasint,omitempty"`
	Team   uint32       `cbor:"4,keyasint,omitempty"` // scope of the team
	Area   string       `cbor:"5,keyasint,omitempty"` // secteur, in words: "Saint-Malo, Dinan"
	AsOf   calendar.Day `cbor:"6,keyasint,omitempty"` // fixed reading date; 0: the organisation's
	Months int          `cbor:"7,keyasint,omitempty"` // cycle in months; 0: 12
	Kind   Situation    `cbor:"8,keyasint,omitempty"` // special selling situation (C6); 0: none
}

// A Situation is a special selling situation (situation particulière de
// vente, method C6).
type Situation uint8

// Stored and sent: add at the end, never renumber.
const (
	LongCycle   Situation = iota + 1 // cycle de remplacement long
	Seasonal                         // saisonnier
	Tenders                          // appels d'offres, projets
	Influencers                      // prescripteurs
	Contracts                        // abonnements, contrats
	Resellers                        // distributeurs
)

// An Account is a client, prospect or suspect (client, compte). It is the root
// of its card: sites, people, sales, contacts and estimates name it.
type Account struct {
	Code       string       `cbor:"1,keyasint,omitempty"` // the company's own code, unique in the portfolio
	Name       string       `cbor:"2,keyasint,omitempty"` // raison sociale or enseigne
	Status     Status       `cbor:"3,keyasint,omitempty"`
	FirstOrder calendar.Day `cbor:"4,keyasint,omitempty"` // première commande; 0: none, or as the lines say
	Typology   Typology     `cbor:"5,keyasint,omitempty"` // relational type, method H4 step 7
	Solvency   Solvency     `cbor:"6,keyasint,omitempty"`
	Category   Category     `cbor:"7,keyasint,omitempty"` // override of the computed category
	CatWhy     string       `cbor:"8,keyasint,omitempty"` // its reason
	CatUntil   calendar.Day `cbor:"9,keyasint,omitempty"` // its expiry
	OneShot    bool         `cbor:"10,keyasint,omitempty"`
	Summary    string       `cbor:"11,keyasint,omitempty"` // note of the card, objective wording
	Archived   bool         `cbor:"12,keyasint,omitempty"`
	Siren      string       `cbor:"13,keyasint,omitempty"`
	Tags       []string     `cbor:"14,keyasint,omitempty"`
	Parent     ID           `cbor:"15,keyasint,omitzero"`
	Import     ID           `cbor:"16,keyasint,omitzero"` // the import that created the card
	LostOn     calendar.Day `cbor:"17,keyasint,omitempty"`
	Motive     Motive       `cbor:"18,keyasint,omitempty"` // why it was lost
	Natural    bool         `cbor:"19,keyasint,omitempty"` // lost to nobody: closed down, moved away
	Relevance  *int         `cbor:"20,keyasint,omitempty"` // of a prospect, 0-100 (H9)
	Trust      *int         `cbor:"21,keyasint,omitempty"` // our credibility with a prospect, 0-100 (H9)
	Origin     string       `cbor:"22,keyasint,omitempty"` // where the prospect came from
	Strategic  bool         `cbor:"23,keyasint,omitempty"` // reference client: kept whatever it earns (I4)
	Changed    calendar.Day `cbor:"24,keyasint,omitempty"` // its organisation changed so that our offer suits it no more, on (C1)
	Falling    calendar.Day `cbor:"25,keyasint,omitempty"` // its own activity falls, since (C1)
	Collapsed  bool         `cbor:"26,keyasint,omitempty"` // it collapses: what it stops buying is no exclusion (F1)
	Consumer   bool         `cbor:"27,keyasint,omitempty"` // a private person, called and not visited (I5)
	Unreached  bool         `cbor:"28,keyasint,omitempty"` // nobody answers: written to, and through another person (I5)
	RebateRate float64      `cbor:"29,keyasint,omitempty"` // year-end rebate (remise de fin d'année), share of the sales of a year (A3)
	Rebate     money.Cents  `cbor:"30,keyasint,omitempty"` // fixed part of it, a year
	NoContact  bool         `cbor:"31,keyasint,omitempty"` // a prospect that asked to be left alone (H9)
	Near       int          `cbor:"32,keyasint,omitempty"` // note of a prospect's nearness, 1-10 (H9)
	Earning    int          `cbor:"33,keyasint,omitempty"` // note of the margin it promises, 1-10 (H9)
	Referred   int          `cbor:"34,keyasint,omitempty"` // prospects it sent us in twelve months (F3)
	Rise       Answer       `cbor:"35,keyasint,omitempty"` // what it said to the last price increase (F3)
	Opens      int          `cbor:"36,keyasint,omitempty"` // opening hours of its days, in minutes after midnight: from,
	Lunch      int          `cbor:"37,keyasint,omitempty"` // closed from,
	Back       int          `cbor:"38,keyasint,omitempty"` // to,
	Closes     int          `cbor:"39,keyasint,omitempty"` // until; 0: not said (step 12)
	Shut       []int        `cbor:"40,keyasint,omitempty"` // days of the week it is closed, 1 Monday to 7 Sunday
}

// An Answer is what a client said.
type Answer uint8

// Stored and sent: add at the end, never renumber.
const (
	Accepted Answer = iota + 1 // acceptée
	Declined                   // refusée
)

// A Site is one address of an account (entité, site). Postcodes, INSEE codes
// and SIRET are text: leading zeros are part of them.
type Site struct {
	Account   ID       `cbor:"1,keyasint,omitzero"`
	Name      string   `cbor:"2,keyasint,omitempty"`
	Street    string   `cbor:"3,keyasint,omitempty"`
	Postcode  string   `cbor:"4,keyasint,omitempty"`
	City      string   `cbor:"5,keyasint,omitempty"`
	Insee     string   `cbor:"6,keyasint,omitempty"`
	Country   string   `cbor:"7,keyasint,omitempty"`
	Lat       *float64 `cbor:"8,keyasint,omitempty"` // degrees, WGS 84
	Lon       *float64 `cbor:"9,keyasint,omitempty"`
	Zone      string   `cbor:"10,keyasint,omitempty"`
	Sector    string   `cbor:"11,keyasint,omitempty"` // activité: Restaurant, Santé…
	Siret     string   `cbor:"12,keyasint,omitempty"`
	Naf       string   `cbor:"13,keyasint,omitempty"`
	Headcount int      `cbor:"14,keyasint,omitempty"`
	Phone     string   `cbor:"15,keyasint,omitempty"` // E.164 where it could be read
	PhoneRaw  string   `cbor:"16,keyasint,omitempty"` // as typed
	Email     string   `cbor:"17,keyasint,omitempty"`
	Web       string   `cbor:"18,keyasint,omitempty"`
}

// A Person is an individual at an account (interlocuteur).
type Person struct {
	Account   ID           `cbor:"1,keyasint,omitzero"`
	Name      string       `cbor:"2,keyasint,omitempty"`
	Function  string       `cbor:"3,keyasint,omitempty"`
	Roles     []string     `cbor:"4,keyasint,omitempty"` // decider, buyer, user, influencer, technical, gatekeeper
	Influence int          `cbor:"5,keyasint,omitempty"` // 1-5
	Attitude  int          `cbor:"6,keyasint,omitempty"` // −2…+2
	Phone     string       `cbor:"7,keyasint,omitempty"`
	Email     string       `cbor:"8,keyasint,omitempty"`
	Since     calendar.Day `cbor:"9,keyasint,omitempty"`
	Until     calendar.Day `cbor:"10,keyasint,omitempty"` // left
	Consent   calendar.Day `cbor:"11,keyasint,omitempty"` // day the person agreed to be contacted
	Purpose   Purpose      `cbor:"12,keyasint,omitempty"` // what for
	Basis     Basis        `cbor:"13,keyasint,omitempty"` // on which ground
	Channel   ContactKind  `cbor:"14,keyasint,omitempty"` // the means the person prefers
}

// A Purpose is what a person agreed to be contacted for (finalité, GDPR art. 5).
type Purpose uint8

// Stored and sent: add at the end, never renumber.
const (
	ForFollowUp Purpose = iota + 1 // suivi commercial
	ForOffers                      // offres et actualités
	ForBoth                        // les deux
)

// A Basis is the ground on which a person is contacted (base légale, GDPR
// art. 6).
type Basis uint8

// Stored and sent: add at the end, never renumber.
const (
	ByConsent  Basis = iota + 1 // accord
	ByInterest                  // intérêt légitime
	ByContract                  // contrat
)

// A Family is a product family (famille de produits), in scope org.
type Family struct {
	Code     string       `cbor:"1,keyasint,omitempty"`
	Name     string       `cbor:"2,keyasint,omitempty"`
	Margin   float64      `cbor:"3,keyasint,omitempty"` // default taux de marque, share of sales
	Parent   string       `cbor:"4,keyasint,omitempty"` // code of the family above
	Cycle    int          `cbor:"5,keyasint,omitempty"` // usual months between purchases; 0: shorter than the window
	Launched calendar.Day `cbor:"6,keyasint,omitempty"`
	Stopped  calendar.Day `cbor:"7,keyasint,omitempty"` // end of life
	Opens    int          `cbor:"8,keyasint,omitempty"` // first month it is sold in, 1-12, when it is seasonal (F1)
	Closes   int          `cbor:"9,keyasint,omitempty"` // and the last one; before Opens: it passes the new year
}

// A Sale is one sale line, dated or of a period (ligne de vente): a fact.
// Amounts exclude VAT; a return or credit note is negative.
type Sale struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	From    calendar.Day `cbor:"2,keyasint,omitempty"` // the date, or the first day of the period
	To      calendar.Day `cbor:"3,keyasint,omitempty"` // last day of the period; 0: dated line
	Amount  money.Cents  `cbor:"4,keyasint,omitempty"`
	Cost    *money.Cents `cbor:"5,keyasint,omitempty"` // nil: the family's default margin
	Family  string       `cbor:"6,keyasint,omitempty"` // family code
	Qty     float64      `cbor:"7,keyasint,omitempty"`
	Return  bool         `cbor:"8,keyasint,omitempty"`
	Import  ID           `cbor:"9,keyasint,omitzero"`
	Amends  ID           `cbor:"10,keyasint,omitzero"` // the line this one replaces
	Void    bool         `cbor:"11,keyasint,omitempty"`
	Channel string       `cbor:"12,keyasint,omitempty"`
	Ref     string       `cbor:"13,keyasint,omitempty"` // invoice or order number, the line's key when given
}

// A Contact is any interaction with an account (contact: visite, appel…): a
// fact. A correction is a new contact that names the one it amends.
type Contact struct {
	Account   ID           `cbor:"1,keyasint,omitzero"`
	User      ID           `cbor:"2,keyasint,omitzero"`
	Kind      ContactKind  `cbor:"3,keyasint,omitempty"`
	Day       calendar.Day `cbor:"4,keyasint,omitempty"`
	Minute    int          `cbor:"5,keyasint,omitempty"` // minute of the local day it began, 0-1439
	Duration  int          `cbor:"6,keyasint,omitempty"` // minutes
	Outcome   Outcome      `cbor:"7,keyasint,omitempty"`
	Objective string       `cbor:"8,keyasint,omitempty"`
	Notes     string       `cbor:"9,keyasint,omitempty"`
	Order     money.Cents  `cbor:"10,keyasint,omitempty"` // announced at the visit, never counted as sales
	Amends    ID           `cbor:"11,keyasint,omitzero"`
	Void      bool         `cbor:"12,keyasint,omitempty"` // undone
	Import    ID           `cbor:"13,keyasint,omitzero"`
	Next      string       `cbor:"14,keyasint,omitempty"` // next action in words
	ClockOff  int          `cbor:"15,keyasint,omitempty"` // seconds the tablet's clock was off, when over two minutes
	Inbound   bool         `cbor:"16,keyasint,omitempty"`
	Persons   []ID         `cbor:"17,keyasint,omitempty"`
	Travel    int          `cbor:"18,keyasint,omitempty"` // minutes
	Prep      int          `cbor:"19,keyasint,omitempty"` // minutes of preparation and report
	Km        float64      `cbor:"20,keyasint,omitempty"`
	Spent     money.Cents  `cbor:"21,keyasint,omitempty"` // direct cost: samples, meal, gift
	Topics    []string     `cbor:"22,keyasint,omitempty"` // codes of the subjects talked about
	Content   *int         `cbor:"23,keyasint,omitempty"` // satisfaction said by the client, 0-10
	Reported  calendar.Day `cbor:"24,keyasint,omitempty"` // day the report was written; 0: at once
	Together  int          `cbor:"25,keyasint,omitempty"` // colleagues who came too: each adds the cost of a contact (A1)
	Shared    int          `cbor:"26,keyasint,omitempty"` // accounts that each hold a record of this contact: one nth of it is theirs (A2); 0: this one alone
	Weight    *float64     `cbor:"27,keyasint,omitempty"` // contact units in place of those of the type (A1)
}

// An Estimate is one appraisal of what an account could buy in a year
// (estimation de potentiel): a fact, dated and sourced.
type Estimate struct {
	Account ID           `cbor:"1,keyasint,omitzero"`
	Family  string       `cbor:"2,keyasint,omitempty"`
	Amount  money.Cents  `cbor:"3,keyasint,omitempty"` // per year; a bracket gives its middle
	Min     money.Cents  `cbor:"4,keyasint,omitempty"`
	Max     money.Cents  `cbor:"5,keyasint,omitempty"`
	Method  Appraisal    `cbor:"6,keyasint,omitempty"`
	Quality float64      `cbor:"7,keyasint,omitempty"` // 0-1; 0: the method's default
	Day     calendar.Day `cbor:"8,keyasint,omitempty"`
	Author  ID           `cbor:"9,keyasint,omitzero"`
	Amends  ID           `cbor:"10,keyasint,omitzero"`
	Void    bool         `cbor:"11,keyasint,omitempty"`
	Import  ID           `cbor:"12,keyasint,omitzero"`
	Captive float64      `cbor:"13,keyasint,omitempty"` // share out of our reach: group contract, exclusivity (E1)
}

// An Appointment is a planned visit or call (rendez-vous, prochaine action).
type Appointment struct {
	Account   ID           `cbor:"1,keyasint,omitzero"`
	User      ID           `cbor:"2,keyasint,omitzero"`
	Day       calendar.Day `cbor:"3,keyasint,omitempty"`
	Minute    int          `cbor:"4,keyasint,omitempty"` // 0: no hour yet
	Kind      ContactKind  `cbor:"5,keyasint,omitempty"`
	Objective string       `cbor:"6,keyasint,omitempty"`
	State     Progress     `cbor:"7,keyasint,omitempty"`
	Done      ID           `cbor:"8,keyasint,omitzero"` // the contact that fulfilled it
}

// An Import says what a file brought (import): a fact in the rep's own scope;
// cards and lines name it.
type Import struct {
	User     ID           `cbor:"1,keyasint,omitzero"`
	File     string       `cbor:"2,keyasint,omitempty"`
	Day      calendar.Day `cbor:"3,keyasint,omitempty"`
	Scope    uint32       `cbor:"4,keyasint,omitempty"`
	Accounts int          `cbor:"5,keyasint,omitempty"`
	Lines    int          `cbor:"6,keyasint,omitempty"`
	Refused  int          `cbor:"7,keyasint,omitempty"`
	Undone   bool         `cbor:"8,keyasint,omitempty"`
	Shape    string       `cbor:"9,keyasint,omitempty"` // fingerprint of the columns
	Of       ID           `cbor:"10,keyasint,omitzero"` // the import that this record undoes
}

// A Conflict keeps a value that lost to another one (valeur remplacée), under
// the card it belongs to, so that nothing overwritten is out of sight.
type Conflict struct {
	Rec        ID          `cbor:"1,keyasint,omitzero"`
	Kind       Kind        `cbor:"2,keyasint,omitempty"`
	Field      uint16      `cbor:"3,keyasint,omitempty"`
	Winner     RawValue    `cbor:"4,keyasint,omitempty"`
	Loser      RawValue    `cbor:"5,keyasint,omitempty"`
	Base       RawValue    `cbor:"6,keyasint,omitempty"`
	WinnerUser ID          `cbor:"7,keyasint,omitzero"`
	LoserUser  ID          `cbor:"8,keyasint,omitzero"`
	WinnerMS   int64       `cbor:"9,keyasint,omitempty"` // wall clock of the writing, ms since 1970
	LoserMS    int64       `cbor:"10,keyasint,omitempty"`
	Why        ConflictWhy `cbor:"11,keyasint,omitempty"`
	State      Settled     `cbor:"12,keyasint,omitempty"`
}

// A Refusal tells its author that the server could not accept an operation
// (action refusée): in the author's user scope, with what was sent.
type Refusal struct {
	OpID   ID       `cbor:"1,keyasint,omitzero"`
	N      uint64   `cbor:"2,keyasint,omitempty"`
	Rec    ID       `cbor:"3,keyasint,omitzero"`
	Kind   Kind     `cbor:"4,keyasint,omitempty"`
	Why    Refused  `cbor:"5,keyasint,omitempty"`
	Op     RawValue `cbor:"6,keyasint,omitempty"` // the operation as sent, nothing is lost
	AtMS   int64    `cbor:"7,keyasint,omitempty"`
	Root   ID       `cbor:"8,keyasint,omitzero"`
	Closed bool     `cbor:"9,keyasint,omitempty"`
	Device ID       `cbor:"10,keyasint,omitzero"`
}

// ReadingDate is the key of the setting that fixes the day a portfolio is read
// at, as a day number in Values; 0 gives it back to the calendar. An old file
// read today would be all lost clients: who imports one fixes the date, in the
// own portfolio's scope, where a rep may.
const ReadingDate = "portfolio.readingDate"

// A Setting is one parameter at one scope of the chain organisation → team →
// portfolio (paramètre): key as in engine/params.
type Setting struct {
	Key    string    `cbor:"1,keyasint,omitempty"`
	Values []float64 `cbor:"2,keyasint,omitempty"`
	Word   string    `cbor:"3,keyasint,omitempty"` // for enumerations
	Level  int       `cbor:"4,keyasint,omitempty"` // 1 organisation, 2 team, 3 portfolio
	Scope  uint32    `cbor:"5,keyasint,omitempty"`
	Author ID        `cbor:"6,keyasint,omitzero"`
	Locked bool      `cbor:"7,keyasint,omitempty"` // the levels inside keep this value (verrou)
}
