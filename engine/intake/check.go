package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// A Step is called between slices of work with what is done of how much. It
// lets the shell draw, tells progress, and stops the work by an error.
type Step func(done, of int) error

// A Mapping is how a sheet is to be read.
type Mapping struct {
	Columns   []Column
	AsOf      calendar.Day // reading date: ends CA N, and the year that is not over
	Choices   Choices
	AcceptAll bool   // take every proposal
	Currency  string // ISO code of the organisation's; "": not told, every sign passes
}

// MaxIssues is how many issues a result lists; the others are counted, and
// their lines are in the file of refused lines.
const MaxIssues = 200

// oldest is the first day of a sale that needs no question: 1 January 1980.
const oldest calendar.Day = 3652

// maxNotes of one kind are listed.
const maxNotes = 20

// A Result is a dry run: what would be written, and what there is to say.
type Result struct {
	Drafts   []Draft
	Columns  []Column // with what was read of them
	Issues   []Issue  // those that hold a line first, in order of line; then notes
	All      int      // issues altogether
	Tally    map[Reason]int
	Blocking Blocking // why nothing can be imported yet
	About    string   // of the blocking: a column, a field key

	Lines, Ready, Doubtful, Refused, Passed int // lines: read, ready, waiting, refused, passed over with a note
	New, Changed, Same                      int // cards
	SaleLines, LinesNew, LinesChanged       int // sale lines ready; of these not known here yet, correcting one
	Sales, Returns                          money.Cents
	From, To                                calendar.Day // of the sales; zero: none

	sheet   *Sheet
	state   []Level // per line: Note ready, Ask, Refuse; passed over: passed
	left    []leftLine
	notes   []Issue
	held    []Issue
	noted   map[Reason]int
	settled bool
}

const passed Level = 9

type leftLine struct {
	row int32
	why Issue
}

// A Blocking is why a mapping cannot be imported at all: a catalogue key under
// "import.blocking.".
type Blocking string

// The blockings.
const (
	NoKeyColumn    Blocking = "no-key"  // no column names the client
	NoDayColumn    Blocking = "no-day"  // amounts without a date
	NoAmountColumn Blocking = "no-sale" // a date without amounts
	TwoColumns     Blocking = "twice"   // two columns for one field
	TwoPeriods     Blocking = "overlap" // two totals of one time
	LinesAndTotals Blocking = "both"    // dated lines and totals would count twice
	BadPeriod      Blocking = "period"  // a total whose period has not begun, or is not said
	NothingReady   Blocking = "nothing" // no line is ready
	NothingToDo    Blocking = "same"    // all is here already
	BadColumns     Blocking = "columns" // the mapping is of another file
	nothingWrong   Blocking = ""        //
	everyLine               = 64        // a step every so many lines
	nearlyWhole             = 3         // quarters of a period that new sales must cover to take its place
	quarters                = 4         //
	noRow          int32    = -1        //
	unknownCard    int32    = -1        //
	severalDrafts  int32    = -2        //
	firstYear               = 1900 + 70 //
)

// Check reads the whole sheet under a mapping and writes nothing. The error is
// the step's.
func Check(step Step, s *Sheet, m Mapping, e *Existing) (*Result, error) {
	if e == nil {
		e = NewExisting(nil, nil)
	}
	r := &Result{sheet: s, Columns: slices.Clone(m.Columns), Tally: map[Reason]int{}, noted: map[Reason]int{}, Lines: s.Rows(), state: make([]Level, s.Rows())}
	for i := range r.Columns {
		r.Columns[i].Filled, r.Columns[i].Read = 0, 0
	}
	for _, n := range s.Notes {
		r.note(n)
	}
	rd := &reader{sheet: s, existing: e, plan: &m, result: r}
	if r.Blocking, r.About = rd.prepare(); r.Blocking != nothingWrong {
		r.finish()
		return r, nil
	}
	b := newBuilder(rd)
	n := s.Rows()
	for i := range n {
		if i%everyLine == 0 {
			if err := step(i, n+n/4); err != nil {
				return nil, err
			}
		}
		b.line(i)
	}
	if err := b.finish(func(done, of int) error { return step(n+(n/4)*done/max(of, 1), n+n/4) }); err != nil {
		return nil, err
	}
	r.finish()
	if r.Blocking == nothingWrong {
		switch {
		case r.Ready == 0:
			r.Blocking = NothingReady
		case r.New+r.Changed == 0:
			r.Blocking = NothingToDo
		}
	}
	return r, step(n+n/4, n+n/4)
}

// prepare makes the lanes and says what the mapping lacks.
func (rd *reader) prepare() (Blocking, string) {
	m := rd.plan
	if len(m.Columns) != rd.sheet.Width {
		return BadColumns, ""
	}
	y, _, _ := m.AsOf.Civil()
	rd.pivot = max(y, firstYear)
	by := map[Field]int{}
	for j, c := range m.Columns {
		if c.Field == Skip || c.Field >= lastField {
			continue
		}
		if prev, twice := by[c.Field]; twice && !fields[c.Field].many {
			return TwoColumns, m.Columns[prev].Name + ", " + c.Name
		}
		by[c.Field] = j
		l := lane{Column: c, at: j, dec: decimalSign(c.Field, c.Format), order: cmp.Or(c.Format, DMY)}
		if c.Field == Total {
			w, ok := Window(period(c.Format), m.AsOf)
			if !ok {
				return BadPeriod, c.Name
			}
			for _, o := range rd.lanes {
				if o.Field == Total && o.window.Overlap(w) > 0 {
					return TwoPeriods, o.Name + ", " + c.Name
				}
			}
			l.window = w
		}
		rd.lanes = append(rd.lanes, l)
	}
	has := func(f Field) bool { _, ok := by[f]; return ok }
	sale := has(Amount) || has(Return)
	switch {
	case !has(Code) && !has(Name) && !has(Siret):
		return NoKeyColumn, ""
	case has(Total) && sale:
		return LinesAndTotals, ""
	case sale && !has(Day):
		return NoDayColumn, ""
	case has(Day) && !sale && !has(Total):
		return NoAmountColumn, ""
	}
	for k, v := range m.Choices {
		if !strings.HasPrefix(v, "=") {
			continue
		}
		part := strings.SplitN(k, ":", 3)
		if len(part) == 3 {
			line, e1 := strconv.Atoi(part[0])
			column, e2 := strconv.Atoi(part[1])
			if e1 == nil && e2 == nil {
				if rd.fixes == nil {
					rd.fixes = map[[2]int]string{}
				}
				rd.fixes[[2]int{line, column}] = v[1:]
			}
		}
	}
	if !rd.sheet.NoHeader {
		for _, h := range rd.sheet.Header {
			rd.heads = append(rd.heads, Fold(h))
		}
	}
	return nothingWrong, ""
}

func (r *Result) note(i Issue) {
	r.Tally[i.Code]++
	r.All++
	if r.noted[i.Code]++; r.noted[i.Code] <= maxNotes && len(r.notes) < MaxIssues {
		r.notes = append(r.notes, i)
	}
}

// hold keeps an issue that leaves its line out.
func (r *Result) hold(row int32, i Issue) {
	r.Tally[i.Code]++
	r.All++
	if len(r.held) < 10*MaxIssues {
		r.held = append(r.held, i)
	}
	r.leave(row, i)
}

func (r *Result) leave(row int32, i Issue) {
	level := i.Level
	if row >= 0 && (r.state[row] < level || r.state[row] == passed) {
		r.state[row] = level
	}
	r.left = append(r.left, leftLine{row, i})
}

// finish counts the lines and chooses the issues to list.
func (r *Result) finish() {
	r.settled = true
	for _, s := range r.state {
		switch s {
		case Note:
			r.Ready++
		case Ask:
			r.Doubtful++
		case passed:
			r.Passed++
		default:
			r.Refused++
		}
	}
	if r.Blocking != nothingWrong {
		r.Ready = 0
	}
	order := func(a, b Issue) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) }
	sorting.Stable(r.held, order)
	sorting.Stable(r.notes, order)
	r.held = r.held[:min(len(r.held), MaxIssues)]
	r.Issues = append(slices.Clone(r.held), r.notes[:min(len(r.notes), MaxIssues-len(r.held))]...)
	sorting.Stable(r.left, func(a, b leftLine) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(b.why.Level, a.why.Level))
	})
	r.left = slices.CompactFunc(r.left, func(a, b leftLine) bool { return a.row == b.row })
}

// A Draft is one card as the import would leave it.
type Draft struct {
	Card      *Card // nil: a new client
	Account   portfolio.Account
	Place     portfolio.Site
	HasPlace  bool                // a site is to be made
	Changes   []Change            // of a card that is here: field by field
	Potential *portfolio.Estimate // to add; nil: none
	Lines     []SaleDraft         // to add
	Voids     []Line              // totals here whose place the new lines take
	Revive    bool                // the card was archived: it comes back
}

// A Change is one field of a card that is here.
type Change struct {
	Kind     portfolio.Kind // account or site
	Field    uint16
	Old, New portfolio.RawValue // Old nil: absent
}

// A SaleDraft is one sale line to add; it amends a line that is here when it
// names one.
type SaleDraft struct {
	Sale portfolio.Sale // without account, import and amended line
	Old  *Line          // the line it replaces
}

// Writes reports whether the draft changes anything.
func (d *Draft) Writes() bool {
	return d.Card == nil || d.HasPlace || len(d.Changes) > 0 || d.Potential != nil || len(d.Lines) > 0 || len(d.Voids) > 0 || d.Revive
}
