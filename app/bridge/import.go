package bridge

import "sillon/engine/portfolio"

// ImportMaxBytes is the size of a file above which the page refuses it before
// reading it.
const ImportMaxBytes = 64_000_000

// FaultImport is why a file or its mapping cannot be taken. Its first argument
// is a trouble of engine/intake (empty, binary, workbook, large, lines, columns,
// header-only), no-file, blocked or large-card: a catalogue key under
// "fault.import-". The others are the trouble's numbers.
const FaultImport = "import"

// ImportOpen hands a file to the worker, which keeps it until another one is
// opened. Options left empty are guessed.
type ImportOpen struct {
	Name      string `cbor:"1,keyasint"`
	Data      []byte `cbor:"2,keyasint,omitempty"` // empty: the file opened last, read again with these options
	Encoding  string `cbor:"3,keyasint,omitempty"` // utf-8, utf-16le, windows-1252
	Separator string `cbor:"4,keyasint,omitempty"` // ";" "," "\t"
	NoHeader  bool   `cbor:"5,keyasint,omitempty"`
	Lang      string `cbor:"6,keyasint"`
	HasHeader bool   `cbor:"7,keyasint,omitempty"` // the first line is the header, whatever it looks like
}

// ImportSheet is what the file looks like and what its columns may mean.
type ImportSheet struct {
	Name      string         `cbor:"1,keyasint"`
	Encoding  string         `cbor:"2,keyasint"`
	Separator string         `cbor:"3,keyasint"`
	Lines     int            `cbor:"4,keyasint"` // data lines
	Columns   []ImportColumn `cbor:"5,keyasint"`
	Preview   [][]string     `cbor:"6,keyasint"`           // first 20 lines
	Shape     string         `cbor:"7,keyasint"`           // fingerprint of the header: mappings are remembered by it
	Known     bool           `cbor:"8,keyasint,omitempty"` // a remembered mapping was applied
	NoHeader  bool           `cbor:"9,keyasint,omitempty"`
	Kind      string         `cbor:"10,keyasint"`           // clients, sales, both
	Warnings  []ImportIssue  `cbor:"11,keyasint,omitempty"` // mixed encoding…
	Scopes    []ImportScope  `cbor:"12,keyasint,omitempty"` // portfolios it may go to
	AsOf      int32          `cbor:"13,keyasint,omitempty"` // day number: the reading date that periods are read at
}

// ImportField is one target of a column; its words are under "import.field.".
type ImportField struct {
	Key     string
	Group   int  // 1 client, 2 place, 3 potential, 4 sales: "import.group."
	Numeric bool // the decimal sign matters
	Dated   bool // the order of the date matters
	Period  bool // needs a period
	Many    bool // several columns may feed it
}

// ImportFields are the targets in the order of a menu: those of engine/intake,
// which the page does not carry.
var ImportFields = []ImportField{
	{Key: "code", Group: 1}, {Key: "name", Group: 1}, {Key: "status", Group: 1}, {Key: "first-order", Group: 1, Dated: true}, {Key: "solvency", Group: 1},
	{Key: "summary", Group: 1, Many: true}, {Key: "tags", Group: 1, Many: true}, {Key: "siren", Group: 1}, {Key: "siret", Group: 1}, {Key: "vat", Group: 1},
	{Key: "site-name", Group: 2}, {Key: "street", Group: 2, Many: true}, {Key: "postcode", Group: 2}, {Key: "city", Group: 2}, {Key: "postcode-city", Group: 2},
	{Key: "insee", Group: 2}, {Key: "country", Group: 2}, {Key: "lat", Group: 2}, {Key: "lon", Group: 2}, {Key: "zone", Group: 2}, {Key: "sector", Group: 2},
	{Key: "naf", Group: 2}, {Key: "headcount", Group: 2}, {Key: "phone", Group: 2}, {Key: "email", Group: 2}, {Key: "web", Group: 2},
	{Key: "potential", Group: 3, Numeric: true}, {Key: "potential-min", Group: 3, Numeric: true}, {Key: "potential-max", Group: 3, Numeric: true}, {Key: "appraisal", Group: 3}, {Key: "captive", Group: 3, Numeric: true},
	{Key: "rebate", Group: 1, Numeric: true},
	{Key: "total", Group: 4, Numeric: true, Period: true, Many: true}, {Key: "day", Group: 4, Dated: true}, {Key: "amount", Group: 4, Numeric: true},
	{Key: "return", Group: 4, Numeric: true}, {Key: "family", Group: 4}, {Key: "qty", Group: 4, Numeric: true}, {Key: "ref", Group: 4}, {Key: "channel", Group: 4},
	{Key: "cost", Group: 4, Numeric: true}, {Key: "margin", Group: 4, Numeric: true}, {Key: "rate", Group: 4, Numeric: true},
}

// ImportScope is a portfolio that can receive the file.
type ImportScope struct {
	Scope uint32 `cbor:"1,keyasint"`
	Name  string `cbor:"2,keyasint"`
}

// ImportColumn is one column and its reading.
type ImportColumn struct {
	Name   string `cbor:"1,keyasint"`
	Sample string `cbor:"2,keyasint,omitempty"` // first value that is not empty
	Field  string `cbor:"3,keyasint"`           // target key of engine/intake; "" : leave out
	Format string `cbor:"4,keyasint,omitempty"` // decimal "," or "."; date order dmy, mdy, ymd, excel, excel4; of a total its period and decimal: "n", "2025-03 ,"
	Filled int    `cbor:"5,keyasint"`
	Read   int    `cbor:"6,keyasint"` // values understood under this reading
	Sure   bool   `cbor:"7,keyasint,omitempty"`
	Policy string `cbor:"8,keyasint,omitempty"` // keep or overwrite, for clients already here
}

// ImportCheck is the mapping to try (dry run) or to import.
type ImportCheck struct {
	Columns  []ImportColumn    `cbor:"1,keyasint"`
	Scope    uint32            `cbor:"2,keyasint,omitempty"`
	AsOf     int32             `cbor:"3,keyasint,omitempty"` // fixes the reading date of the portfolio, 0: today
	Accept   map[string]string `cbor:"4,keyasint,omitempty"` // issue key → choice
	AllOK    bool              `cbor:"5,keyasint,omitempty"` // take every proposal
	Remember bool              `cbor:"6,keyasint,omitempty"`
	Lang     string            `cbor:"7,keyasint"`
}

// ImportReport is the dry run: what would happen, nothing written.
type ImportReport struct {
	New       int            `cbor:"1,keyasint"`
	Changed   int            `cbor:"2,keyasint"`
	Same      int            `cbor:"3,keyasint"`
	Doubtful  int            `cbor:"4,keyasint"` // lines that wait for an answer
	Refused   int            `cbor:"5,keyasint"` // lines that would be left out
	Ready     int            `cbor:"6,keyasint"` // lines ready
	SaleLines int            `cbor:"7,keyasint"`
	Sales     int64          `cbor:"8,keyasint"`            // cents, positive lines
	Returns   int64          `cbor:"9,keyasint"`            // cents, negative lines
	From      int32          `cbor:"10,keyasint,omitempty"` // first day of the sales
	To        int32          `cbor:"15,keyasint,omitempty"` // last day
	Issues    []ImportIssue  `cbor:"11,keyasint,omitempty"` // first 200
	IssuesAll int            `cbor:"12,keyasint"`
	Columns   []ImportColumn `cbor:"13,keyasint,omitempty"` // with Read counts
	Blocking  string         `cbor:"14,keyasint,omitempty"` // why nothing can be imported yet, worded
	Passed    int            `cbor:"16,keyasint,omitempty"` // lines passed over with a note: totals, exact doubles
	LinesNew  int            `cbor:"17,keyasint,omitempty"` // sale lines not known here
	LinesSet  int            `cbor:"18,keyasint,omitempty"` // sale lines that correct one
}

// ImportIssue is one thing to look at: line, column, value, what is wrong, and
// what would be read instead.
type ImportIssue struct {
	Key    string   `cbor:"1,keyasint"` // names the issue for Accept
	Line   int      `cbor:"2,keyasint,omitempty"`
	Column string   `cbor:"3,keyasint,omitempty"`
	Value  string   `cbor:"4,keyasint,omitempty"`
	Code   string   `cbor:"5,keyasint"`           // catalogue key under "issue."
	Args   []string `cbor:"6,keyasint,omitempty"` // as engine/intake gives them
	Offer  string   `cbor:"7,keyasint,omitempty"` // what is wrong and the reading proposed, worded; empty: words of Code and Args
	Action string   `cbor:"8,keyasint,omitempty"` // accept, correct, merge, replace, leave, add: "import.do."
	Grave  bool     `cbor:"9,keyasint,omitempty"` // the line is refused unless mended
}

// Holds reports whether the issue keeps its line out of the import; others
// only explain.
func (i *ImportIssue) Holds() bool {
	switch {
	case i.Grave:
		return true
	case i.Code == "lookalike", i.Code == "detailed" && i.Action == "add":
		return false // explained, with another way out
	}
	return i.Action != ""
}

// ImportDone is the result of an import that is on the disk, whole.
type ImportDone struct {
	ID      portfolio.ID `cbor:"1,keyasint"`
	Report  ImportReport `cbor:"2,keyasint"`
	Pending int          `cbor:"3,keyasint"`
	TookMS  float64      `cbor:"4,keyasint"`
}

// ImportList is the imports of this device that can still be undone.
type ImportList struct {
	Imports []ImportPast `cbor:"1,keyasint"`
}

// ImportPast is one of them.
type ImportPast struct {
	ID       portfolio.ID `cbor:"1,keyasint"`
	File     string       `cbor:"2,keyasint"`
	AtMS     int64        `cbor:"3,keyasint"`
	Accounts int          `cbor:"4,keyasint"`
	Lines    int          `cbor:"5,keyasint"`
	Undone   bool         `cbor:"6,keyasint,omitempty"`
	UntilMS  int64        `cbor:"7,keyasint"`
}

// ImportBad asks for the lines that the last check or import left out.
type ImportBad struct {
	Lang string `cbor:"1,keyasint"`
}
