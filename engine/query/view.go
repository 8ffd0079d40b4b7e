// Package query answers one screen per function: a snapshot of the portfolio,
// parameters, a reading date and a language come in; a view-ready result goes
// out (values, charts, sentences, explanations). Nothing here touches storage,
// clock or screen, so that two tablets show the same figures to the last bit.
package query

import (
	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Figure is a number on a screen that can be tapped for its reasons.
type Figure struct {
	Topic string       `cbor:"1,keyasint"` // what it is: "score", "weight", "penetration"…; the catalogue words it
	Value float64      `cbor:"2,keyasint,omitempty"`
	Unit  explain.Unit `cbor:"3,keyasint,omitempty"`
	Mark  explain.Mark `cbor:"4,keyasint"`           // status, reason, steps
	Text  string       `cbor:"5,keyasint,omitempty"` // class letter or name when the value is not a number
}

// A Table is the twin of a chart: the same data as rows, already worded.
type Table struct {
	Head []string   `cbor:"1,keyasint"`
	Rows [][]string `cbor:"2,keyasint"`
}

// A Chart is worded in the language of the request; the page draws it.
type Chart struct {
	Pic     *chart.Spec  `cbor:"1,keyasint,omitempty"` // nil: nothing to draw
	Finding string       `cbor:"2,keyasint"`           // the sentence that titles it
	Advice  string       `cbor:"3,keyasint,omitempty"`
	Rows    Table        `cbor:"4,keyasint"` // its twin; without head, that of the picture
	Mark    explain.Mark `cbor:"5,keyasint"`
	Width   int          `cbor:"6,keyasint,omitempty"` // what the cards leave to it, in CSS pixels
}

// Draw is the picture as SVG: one root element, escaped, no inline style; empty
// without one.
func (c *Chart) Draw(write chart.Write) string {
	if c.Pic == nil {
		return ""
	}
	return c.Pic.Draw(c.Width, write)
}

// Tabled reports whether the chart has a twin.
func (c *Chart) Tabled() bool { return c.Pic != nil || len(c.Rows.Rows) > 0 }

// Table is the twin of the chart.
func (c *Chart) Table(write chart.Write) Table {
	if len(c.Rows.Head) > 0 || c.Pic == nil {
		return c.Rows
	}
	t := c.Pic.Table(write)
	return Table{Head: t.Head, Rows: t.Rows}
}

// Head is what every view says of its own ground.
type Head struct {
	AsOf     calendar.Day `cbor:"1,keyasint"`
	Fixed    bool         `cbor:"2,keyasint,omitempty"` // the reading date is fixed by the portfolio
	Currency string       `cbor:"3,keyasint"`
	Name     string       `cbor:"4,keyasint,omitempty"` // portfolio, or the team's when several
	Area     string       `cbor:"5,keyasint,omitempty"`
	Clients  int          `cbor:"6,keyasint"`
	Prospect int          `cbor:"7,keyasint,omitempty"`
	Sales    money.Cents  `cbor:"8,keyasint"`           // of the window
	Missing  []string     `cbor:"9,keyasint,omitempty"` // keys of what the data lacks: "potential", "second-year", "visits", "position"
	Empty    bool         `cbor:"10,keyasint,omitempty"`
	Readonly bool         `cbor:"11,keyasint,omitempty"` // a manager looking at a rep's portfolio
	Lost     int          `cbor:"12,keyasint,omitempty"` // of Clients: phase X
	Unphased int          `cbor:"13,keyasint,omitempty"` // of Clients: in no phase; those in D, C, M, V, Lost and these are Clients
}

// A ClientRow is one client in a list: classes without their steps.
type ClientRow struct {
	ID          portfolio.ID       `cbor:"1,keyasint"`
	Code        string             `cbor:"2,keyasint,omitempty"`
	Name        string             `cbor:"3,keyasint"`
	City        string             `cbor:"4,keyasint,omitempty"`
	Sector      string             `cbor:"5,keyasint,omitempty"`
	Scope       uint32             `cbor:"6,keyasint"`
	Status      portfolio.Status   `cbor:"7,keyasint,omitempty"`
	Score       float64            `cbor:"8,keyasint"`            // 0-100
	ScoreState  explain.Status     `cbor:"9,keyasint"`            // NA: no score
	Weight      string             `cbor:"10,keyasint,omitempty"` // A B C, empty: none
	Phase       string             `cbor:"11,keyasint,omitempty"` // D C M V, P prospect, X lost
	P           int                `cbor:"12,keyasint"`           // 1-4, 0: unknown potential
	R           int                `cbor:"13,keyasint"`           // 0-4
	PR          int                `cbor:"14,keyasint"`
	HasPR       bool               `cbor:"15,keyasint,omitempty"`
	Provisional bool               `cbor:"16,keyasint,omitempty"` // class of a new client, or no potential
	Faint       bool               `cbor:"17,keyasint,omitempty"` // potential of low confidence
	Sales       money.Cents        `cbor:"18,keyasint"`
	Before      money.Cents        `cbor:"19,keyasint"` // the window before
	Growth      float64            `cbor:"20,keyasint,omitempty"`
	HasGrowth   bool               `cbor:"21,keyasint,omitempty"`
	Spark       []float64          `cbor:"22,keyasint,omitempty"` // 12 months, major units
	Penetration float64            `cbor:"23,keyasint,omitempty"` // share
	HasPen      bool               `cbor:"24,keyasint,omitempty"`
	Potential   money.Cents        `cbor:"25,keyasint,omitempty"`
	Category    portfolio.Category `cbor:"26,keyasint,omitempty"`
	LastVisit   calendar.Day       `cbor:"27,keyasint,omitempty"` // 0: never
	NextVisit   calendar.Day       `cbor:"28,keyasint,omitempty"` // 0: none planned
	Interval    int                `cbor:"29,keyasint,omitempty"` // days between visits, from the category's norm
	Urgency     float64            `cbor:"30,keyasint"`           // days since ÷ interval; over 1: overdue
	DueOn       calendar.Day       `cbor:"31,keyasint,omitempty"`
	Replaced    int                `cbor:"32,keyasint,omitempty"` // conflicts to read again
	Waiting     bool               `cbor:"33,keyasint,omitempty"` // has actions kept here
	Person      string             `cbor:"34,keyasint,omitempty"` // first interlocutor
	Phone       string             `cbor:"35,keyasint,omitempty"`
	Postcode    string             `cbor:"36,keyasint,omitempty"`
	Archived    bool               `cbor:"37,keyasint,omitempty"`
	Tags        []string           `cbor:"38,keyasint,omitempty"`
}

// ListAsk asks for a slice of the client list.
type ListAsk struct {
	Lang     string `cbor:"1,keyasint"`
	Scope    uint32 `cbor:"2,keyasint,omitempty"` // 0: every portfolio on the device
	Text     string `cbor:"3,keyasint,omitempty"` // search over names, codes, towns, people
	Filter   string `cbor:"4,keyasint,omitempty"` // saved filter: "", due, win (high potential, low penetration), grow, start, unknown
	Weight   string `cbor:"5,keyasint,omitempty"` // letters kept: "AB"; empty: all
	Phase    string `cbor:"6,keyasint,omitempty"` // letters kept; 0: in no phase
	P        string `cbor:"7,keyasint,omitempty"` // digits kept: "34", 0 = unknown
	R        string `cbor:"8,keyasint,omitempty"`
	Category string `cbor:"9,keyasint,omitempty"`  // digits of portfolio.Category
	Sort     string `cbor:"10,keyasint,omitempty"` // score name weight phase sales penetration urgency last pr risk; default score
	Asc      bool   `cbor:"11,keyasint,omitempty"`
	Offset   int    `cbor:"12,keyasint,omitempty"`
	Limit    int    `cbor:"13,keyasint,omitempty"` // ≤ 200
	Who      string `cbor:"14,keyasint,omitempty"` // keys of groups ("maturity:phase:C:") and of chips ("chip:risk:3"), one a line: in all of them
	Facts    bool   `cbor:"15,keyasint,omitempty"` // with what the analysis adds, once it is there
	Tag      string `cbor:"16,keyasint,omitempty"` // in any spelling that folds alike
}

// List is a window of the client list.
type List struct {
	Head   Head           `cbor:"1,keyasint"`
	Found  int            `cbor:"2,keyasint"`
	Of     int            `cbor:"3,keyasint"`
	Sum    money.Cents    `cbor:"4,keyasint"` // sales of those found
	Rows   []ClientRow    `cbor:"5,keyasint"`
	Offset int            `cbor:"6,keyasint"`
	Counts map[string]int `cbor:"7,keyasint"`            // per saved filter, per "weight:A", "phase:C", "p:4"…
	Narrow string         `cbor:"8,keyasint,omitempty"`  // which criterion excludes most, when nothing is found
	Took   float64        `cbor:"9,keyasint,omitempty"`  // ms in the worker
	Mixed  int            `cbor:"10,keyasint,omitempty"` // of Found: prospects
	Risk   []byte         `cbor:"11,keyasint,omitempty"` // of each row: attrition.Band, 0 unknown, 9 not to be believed; empty: not there yet
	Family string         `cbor:"12,keyasint,omitempty"` // name of the family that the group is about
	Board  []int          `cbor:"13,keyasint,omitempty"` // of those found, how many at 5P+R; P 0: unknown potential
	Tags   []TagCount     `cbor:"14,keyasint,omitempty"` // of the clients on this ground
	Near   int            `cbor:"15,keyasint,omitempty"` // of Found: not as typed, but within a letter or two; they come last
}

// A Reason is one line of "why I'm going": a key the catalogue words with the
// figures, in order.
type Reason struct {
	Key    string      `cbor:"1,keyasint"`           // potential growth decline rhythm never-seen start missing-potential …
	Title  string      `cbor:"2,keyasint"`           // worded
	Detail string      `cbor:"3,keyasint"`           // worded
	Figure Figure      `cbor:"4,keyasint"`           // printed at the right, tappable
	Gauge  *float64    `cbor:"5,keyasint,omitempty"` // 0-1 for a furrow gauge
	Pic    *chart.Spec `cbor:"6,keyasint,omitempty"` // sparkline or rhythm bar
}

// An Entry is one line of a card's history, newest first.
type Entry struct {
	ID      portfolio.ID          `cbor:"1,keyasint"`
	Kind    portfolio.Kind        `cbor:"2,keyasint"`
	Day     calendar.Day          `cbor:"3,keyasint"`
	Minute  int                   `cbor:"4,keyasint,omitempty"`
	Contact portfolio.ContactKind `cbor:"5,keyasint,omitempty"`
	Outcome portfolio.Outcome     `cbor:"6,keyasint,omitempty"`
	Text    string                `cbor:"7,keyasint,omitempty"`
	Amount  money.Cents           `cbor:"8,keyasint,omitempty"`
	Who     string                `cbor:"9,keyasint,omitempty"`
	Waiting bool                  `cbor:"10,keyasint,omitempty"` // not yet sent
	Next    string                `cbor:"11,keyasint,omitempty"`
	Undo    bool                  `cbor:"12,keyasint,omitempty"` // own act of the last 30 days: can be undone
	Voided  bool                  `cbor:"13,keyasint,omitempty"`
}

// A Brief is the heart of Today: one client, why, and what to log.
type Brief struct {
	Row     ClientRow    `cbor:"1,keyasint"`
	Score   Figure       `cbor:"2,keyasint"`
	Reasons []Reason     `cbor:"3,keyasint"`
	Last    []Entry      `cbor:"4,keyasint,omitempty"` // last three contacts
	Planned *Appointment `cbor:"5,keyasint,omitempty"`
	Logged  *Entry       `cbor:"6,keyasint,omitempty"` // logged today
	Street  string       `cbor:"7,keyasint,omitempty"`
	Lat     *float64     `cbor:"8,keyasint,omitempty"`
	Lon     *float64     `cbor:"9,keyasint,omitempty"`
}

// An Appointment is a planned visit or call on a screen.
type Appointment struct {
	ID        portfolio.ID          `cbor:"1,keyasint"`
	Account   portfolio.ID          `cbor:"2,keyasint"`
	Name      string                `cbor:"3,keyasint"`
	City      string                `cbor:"4,keyasint,omitempty"`
	Day       calendar.Day          `cbor:"5,keyasint"`
	Minute    int                   `cbor:"6,keyasint,omitempty"`
	Kind      portfolio.ContactKind `cbor:"7,keyasint"`
	Objective string                `cbor:"8,keyasint,omitempty"`
	State     portfolio.Progress    `cbor:"9,keyasint"`
	Phase     string                `cbor:"10,keyasint,omitempty"`
	Outcome   portfolio.Outcome     `cbor:"11,keyasint,omitempty"` // when done today
}

// TodayAsk asks for the day; Client chooses the brief, zero: the first due.
type TodayAsk struct {
	Lang   string       `cbor:"1,keyasint"`
	Scope  uint32       `cbor:"2,keyasint,omitempty"`
	Client portfolio.ID `cbor:"3,keyasint,omitzero"`
	Limit  int          `cbor:"4,keyasint,omitempty"` // due rows wanted; default 30
}

// Today says what to do now.
type Today struct {
	Head    Head          `cbor:"1,keyasint"`
	Agenda  []Appointment `cbor:"2,keyasint,omitempty"` // today's, done ones too
	Due     []ClientRow   `cbor:"3,keyasint"`           // most urgent first, without those of Placed
	DueAll  int           `cbor:"4,keyasint"`           // all who are due, as the client list and the team count them
	Brief   *Brief        `cbor:"5,keyasint,omitempty"`
	Effort  *Chart        `cbor:"6,keyasint,omitempty"` // time by phase over the last 30 days, C against M
	Logged  int           `cbor:"7,keyasint"`           // contacts logged today
	Coming  []Appointment `cbor:"8,keyasint,omitempty"` // next seven days
	CMRatio Figure        `cbor:"9,keyasint"`
	Placed  int           `cbor:"10,keyasint,omitempty"` // of DueAll: planned today or in the next seven days, or contacted today
	DueNew  int           `cbor:"11,keyasint,omitempty"` // of DueAll: prospects
	Tour    *TodayTour    `cbor:"12,keyasint,omitempty"` // nil: fewer than two appointments
}

// A Bar is one criterion of the score: "+28 / 30".
type Bar struct {
	Key    string  `cbor:"1,keyasint"`
	Points float64 `cbor:"2,keyasint"` // contribution to the score of 100
	Max    float64 `cbor:"3,keyasint"`
	Figure Figure  `cbor:"4,keyasint"`
}

// A Raise is something that would lift the score.
type Raise struct {
	Text   string  `cbor:"1,keyasint"` // worded
	Points float64 `cbor:"2,keyasint"`
}

// A Value is an editable field of the card as it stands.
type Value struct {
	Rec   portfolio.ID   `cbor:"1,keyasint"`
	Kind  portfolio.Kind `cbor:"2,keyasint"`
	Field uint16         `cbor:"3,keyasint"`
	Key   string         `cbor:"4,keyasint"` // catalogue key of its label: "field.phone"
	Text  string         `cbor:"5,keyasint,omitempty"`
	Type  string         `cbor:"6,keyasint"`           // text tel email money number date choice note
	Pick  []string       `cbor:"7,keyasint,omitempty"` // keys of a choice; Text is then the index from 1
	Lost  []LostValue    `cbor:"8,keyasint,omitempty"` // replaced values still open

	// Doubt says what looks wrong about the value, which is kept all the same.
	Doubt portfolio.Doubt `cbor:"9,keyasint,omitempty"`
}

// A LostValue is a value that was replaced by a later one.
type LostValue struct {
	Conflict portfolio.ID          `cbor:"1,keyasint"`
	Field    string                `cbor:"2,keyasint"`           // label key
	Mine     bool                  `cbor:"3,keyasint,omitempty"` // the lost value was this user's
	Lost     string                `cbor:"4,keyasint"`
	Kept     string                `cbor:"5,keyasint"`
	LostBy   string                `cbor:"6,keyasint,omitempty"`
	KeptBy   string                `cbor:"7,keyasint,omitempty"`
	LostMS   int64                 `cbor:"8,keyasint,omitempty"`
	KeptMS   int64                 `cbor:"9,keyasint,omitempty"`
	Why      portfolio.ConflictWhy `cbor:"10,keyasint"`
	State    portfolio.Settled     `cbor:"11,keyasint"`
	Account  portfolio.ID          `cbor:"12,keyasint"`
	Name     string                `cbor:"13,keyasint,omitempty"`
}

// ClientAsk asks for one sheet; Width is the content width in CSS pixels.
type ClientAsk struct {
	Lang  string       `cbor:"1,keyasint"`
	ID    portfolio.ID `cbor:"2,keyasint"`
	Width int          `cbor:"3,keyasint,omitempty"`
}

// A Client is the sheet of one client.
type Client struct {
	Head      Head          `cbor:"1,keyasint"`
	Row       ClientRow     `cbor:"2,keyasint"`
	Address   string        `cbor:"3,keyasint,omitempty"`
	Since     calendar.Day  `cbor:"4,keyasint,omitempty"`
	Score     Figure        `cbor:"5,keyasint"`
	Bars      []Bar         `cbor:"6,keyasint,omitempty"`
	Raises    []Raise       `cbor:"7,keyasint,omitempty"`
	Rank      int           `cbor:"8,keyasint,omitempty"`
	Of        int           `cbor:"9,keyasint,omitempty"`
	PR        Figure        `cbor:"10,keyasint"`
	Board     Chart         `cbor:"11,keyasint"`           // mini P-R board: last year, now, aim
	Strategy  string        `cbor:"12,keyasint,omitempty"` // worded advice of the cell
	Pen       Figure        `cbor:"13,keyasint"`
	Left      Figure        `cbor:"14,keyasint"` // left to win
	PLevel    Figure        `cbor:"15,keyasint"`
	RLevel    Figure        `cbor:"16,keyasint"`
	Potential Figure        `cbor:"17,keyasint"`
	Phase     Figure        `cbor:"18,keyasint"`
	PhaseText string        `cbor:"19,keyasint,omitempty"` // why this phase, worded
	Weight    Figure        `cbor:"20,keyasint"`
	Category  Figure        `cbor:"21,keyasint"`
	Urgency   Figure        `cbor:"22,keyasint"`
	Growth    Figure        `cbor:"23,keyasint"`
	Activity  Chart         `cbor:"24,keyasint"` // sales of 12 months, last year, contacts
	People    []Line        `cbor:"25,keyasint,omitempty"`
	Values    []Value       `cbor:"26,keyasint,omitempty"`
	History   []Entry       `cbor:"27,keyasint,omitempty"`
	Planned   []Appointment `cbor:"28,keyasint,omitempty"`
	Lost      []LostValue   `cbor:"29,keyasint,omitempty"`
	Estimates []Line        `cbor:"30,keyasint,omitempty"`
	Missing   []string      `cbor:"31,keyasint,omitempty"` // facts to collect: "potential", "phone", "first-order"…
	Lat       *float64      `cbor:"32,keyasint,omitempty"`
	Lon       *float64      `cbor:"33,keyasint,omitempty"`
	Readonly  bool          `cbor:"34,keyasint,omitempty"`
	Owner     string        `cbor:"35,keyasint,omitempty"`
}

// A Line is a two-line item: a person, an estimate.
type Line struct {
	ID    portfolio.ID `cbor:"1,keyasint"`
	Title string       `cbor:"2,keyasint"`
	Text  string       `cbor:"3,keyasint,omitempty"`
	Extra string       `cbor:"4,keyasint,omitempty"`
}

// PortfolioAsk asks for the overview of one portfolio, or of all.
type PortfolioAsk struct {
	Lang   string `cbor:"1,keyasint"`
	Scope  uint32 `cbor:"2,keyasint,omitempty"`
	Width  int    `cbor:"3,keyasint,omitempty"`
	Family string `cbor:"4,keyasint,omitempty"` // code; the overview of one portfolio only
	Before bool   `cbor:"5,keyasint,omitempty"` // the twelve months before: see [Snapshot.Past]
}

// A Cell is one square of the P×R board.
type Cell struct {
	P     int         `cbor:"1,keyasint"` // 4 at the top; 0: unknown potential
	R     int         `cbor:"2,keyasint"`
	Count int         `cbor:"3,keyasint"`
	Sales money.Cents `cbor:"4,keyasint"`
	Left  money.Cents `cbor:"5,keyasint,omitempty"`
	Hot   bool        `cbor:"6,keyasint,omitempty"` // to win or to develop: wheat outline
	Heat  int         `cbor:"7,keyasint,omitempty"` // 0-5
	New   int         `cbor:"8,keyasint,omitempty"` // of Count: prospects
}

// Portfolio is the overview.
type Portfolio struct {
	Head     Head        `cbor:"1,keyasint"`
	Curve    Chart       `cbor:"2,keyasint"` // DCMV histogram, curve, template
	Cells    []Cell      `cbor:"3,keyasint"`
	BoardOne string      `cbor:"4,keyasint"` // finding: "17 clients à conquérir ou à développer"
	HotCount int         `cbor:"5,keyasint"`
	HotSales money.Cents `cbor:"6,keyasint"`
	Lorenz   Chart       `cbor:"7,keyasint"`
	Floors   Chart       `cbor:"8,keyasint"`            // floors of sales
	PFloors  Chart       `cbor:"9,keyasint"`            // floors of potential
	Effort   Chart       `cbor:"10,keyasint"`           // contacts by phase, C ÷ M
	Figures  []Figure    `cbor:"11,keyasint"`           // penetration, Gini, N_eff, alignment, ageing index…
	Crossed  []CrossCell `cbor:"12,keyasint"`           // D3
	Unknown  int         `cbor:"13,keyasint,omitempty"` // clients and prospects without a known potential
	HotNew   int         `cbor:"14,keyasint,omitempty"` // of HotCount: prospects
	Base     TabBase     `cbor:"15,keyasint"`
}

// A CrossCell is one square of the crossed ABC matrix (D3).
type CrossCell struct {
	Row     string      `cbor:"1,keyasint"` // A B C, P prospects
	Col     string      `cbor:"2,keyasint"` // A B C, ? unknown
	Count   int         `cbor:"3,keyasint"`
	Sales   money.Cents `cbor:"4,keyasint"`
	Left    money.Cents `cbor:"5,keyasint"`
	Segment string      `cbor:"6,keyasint"` // core, develop, economy
}

// A TeamCard is one portfolio on the manager's screen.
type TeamCard struct {
	Scope   uint32       `cbor:"1,keyasint"`
	Name    string       `cbor:"2,keyasint"`
	Owner   string       `cbor:"3,keyasint"`
	Head    Head         `cbor:"4,keyasint"`
	Curve   Chart        `cbor:"5,keyasint"` // small multiple
	Counts  [4]int       `cbor:"6,keyasint"` // D C M V
	CM      Figure       `cbor:"7,keyasint"`
	Due     int          `cbor:"8,keyasint"` // all who are due, prospects too
	Visits7 int          `cbor:"9,keyasint"`
	Last    calendar.Day `cbor:"10,keyasint,omitempty"` // last contact received
	Pen     Figure       `cbor:"11,keyasint"`
	Shape   string       `cbor:"12,keyasint,omitempty"` // of the curve, worded: "montante"
	Pair    Chart        `cbor:"13,keyasint"`           // effort on C against M; no picture without contacts
	DueNew  int          `cbor:"14,keyasint,omitempty"` // of Due: prospects
	Seen    Figure       `cbor:"15,keyasint"`           // Visits7 with its steps
}

// Team is the manager's screen.
type Team struct {
	Head    Head        `cbor:"1,keyasint"`
	Cards   []TeamCard  `cbor:"2,keyasint"`
	Arrived []TeamEntry `cbor:"3,keyasint"` // latest contacts of the team, newest first
	Seen    Figure      `cbor:"4,keyasint"` // visits of the last seven days, all portfolios
}

// A TeamEntry is a contact as the manager sees it arrive.
type TeamEntry struct {
	Entry   Entry        `cbor:"1,keyasint"`
	Account portfolio.ID `cbor:"2,keyasint"`
	Name    string       `cbor:"3,keyasint"`
	Owner   string       `cbor:"4,keyasint"`
}
