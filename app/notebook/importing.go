package notebook

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// ImportStore is what an import needs of [store.DB] beside [Store].
type ImportStore interface {
	Store
	EachCard(ctx context.Context, f func(store.View) error) error
	Cards(ctx context.Context, roots ...portfolio.ID) ([]store.View, error)
	Kind(ctx context.Context, kind portfolio.Kind) ([]store.View, error)
}

// Errors of an import.
var (
	ErrNoFile  = errors.New("notebook: no file is open")
	ErrBlocked = errors.New("notebook: the mapping cannot be imported") // see the result's Blocking
)

// An Importer reads one file at a time: Open, Check as often as wished, Run,
// and for thirty days Undo. One goroutine at a time. Nothing is written before
// Run, and Run writes all of it in one transaction or nothing.
//
// Long work yields about every fifty milliseconds and ends when its context
// does. Progress names a stage: "read" the cards here, "check" the lines,
// "prepare" the operations, "save" them, "undo".
type Importer struct {
	Book  *Book
	Store ImportStore
	Yield func() // lets the browser breathe; nil: nothing

	Currency string // ISO code of the organisation's; amounts in another are asked about

	file     string
	data     []byte
	sheet    *intake.Sheet
	existing *intake.Existing // the cards here; nil: to be read again
	result   *intake.Result   // of the last check or import
}

// Progress is told while an import works; nil is allowed.
type Progress func(stage string, done, of int)

// An OpenedFile is what a file looks like.
type OpenedFile struct {
	Name    string
	Sheet   *intake.Sheet
	Columns []intake.Column
	Known   bool         // a remembered mapping was applied
	AsOf    calendar.Day // the reading date that periods were read at
}

// Open takes a file and guesses its columns, or recalls them when a file of
// this shape was imported before. Empty data reads the last file again under
// other options. The error is an [*intake.FileError] when the file is at fault.
func (im *Importer) Open(ctx context.Context, name string, data []byte, o intake.Options) (OpenedFile, error) {
	if len(data) == 0 && im.sheet != nil && (name == "" || name == im.file) {
		name, data = im.file, im.data
	}
	im.Close()
	s, err := intake.Open(data, o)
	if err != nil {
		return OpenedFile{}, err
	}
	asOf, err := im.asOf(ctx, 0)
	if err != nil {
		return OpenedFile{}, err
	}
	f := OpenedFile{Name: path.Base(strings.ReplaceAll(name, `\`, "/")), Sheet: s, Columns: intake.Guess(s, asOf), AsOf: asOf}
	known, err := im.recall(ctx, s.Shape)
	if err != nil {
		return OpenedFile{}, err
	}
	if f.Known = len(known) > 0; f.Known {
		intake.Recall(f.Columns, known)
	}
	im.file, im.data, im.sheet = f.Name, data, s
	return f, nil
}

// Close forgets the file, and the cards it was compared with.
func (im *Importer) Close() {
	im.file, im.data, im.sheet, im.result, im.existing = "", nil, nil, nil, nil
}

// Changed says that cards changed outside the importer: the next check reads
// them again.
func (im *Importer) Changed() { im.existing = nil }

// An ImportAsk is the mapping to try, or to import.
type ImportAsk struct {
	Columns   []intake.Column
	Scope     uint32       // portfolio of new cards; zero: the user's own
	AsOf      calendar.Day // fixes the reading date of the portfolio; zero: as it is
	Choices   intake.Choices
	AcceptAll bool
	Remember  bool // keep the mapping for files of this shape
}

// Check is the dry run: it writes nothing but the mapping, when asked to
// remember it.
func (im *Importer) Check(ctx context.Context, a ImportAsk, told Progress) (*intake.Result, error) {
	if im.sheet == nil {
		return nil, ErrNoFile
	}
	step := im.pace(ctx, told)
	if im.existing == nil {
		if err := im.index(ctx, step); err != nil {
			return nil, err
		}
	}
	asOf := a.AsOf
	if asOf == 0 {
		var err error
		if asOf, err = im.asOf(ctx, a.Scope); err != nil {
			return nil, err
		}
	}
	r, err := intake.Check(step("check"), im.sheet, intake.Mapping{Columns: a.Columns, AsOf: asOf, Choices: a.Choices, AcceptAll: a.AcceptAll, Currency: im.Currency}, im.existing)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", im.file, err)
	}
	im.result = r
	if a.Remember && r.Blocking != intake.BadColumns {
		v, err := im.remember(a.Columns)
		if err == nil {
			err = im.Store.SetLocal(ctx, v)
		}
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// RefusedFile writes the lines the last check or import left out, with their
// reason in a column named head; suffix ends the file's name.
func (im *Importer) RefusedFile(head, suffix string, word func(intake.Issue) string) (name string, data []byte, err error) {
	if im.result == nil {
		return "", nil, ErrNoFile
	}
	base, ext := im.file, path.Ext(im.file)
	base = cmp.Or(strings.TrimSuffix(base, ext), "import")
	return base + "-" + suffix + cmp.Or(ext, ".csv"), im.result.RefusedFile(head, word), nil
}

// pace makes the steps of a stage: a step ends cancelled work, and lets the
// browser breathe every fifty milliseconds.
func (im *Importer) pace(ctx context.Context, told Progress) func(stage string) intake.Step {
	const slice = 50 * time.Millisecond
	last := im.Book.Now()
	return func(stage string) intake.Step {
		return func(done, of int) error {
			now := im.Book.Now()
			if done == of || now.Sub(last) >= slice {
				if told != nil {
					told(stage, done, of)
				}
				if im.Yield != nil {
					im.Yield()
				}
				last = im.Book.Now()
			}
			return ctx.Err()
		}
	}
}

// index reads the cards of the device.
func (im *Importer) index(ctx context.Context, step func(string) intake.Step) error {
	var cards []intake.Card
	tell, n := step("read"), 0
	err := im.Store.EachCard(ctx, func(v store.View) error {
		if c, ok := intake.ReadCard(v.Root, v.Scope, v.Rows); ok {
			cards = append(cards, c)
		}
		n++
		return tell(n, n+1)
	})
	if err != nil {
		return fmt.Errorf("read the cards of this device: %w", err)
	}
	var families []string
	views, err := im.Store.Kind(ctx, portfolio.KindFamily)
	if err != nil {
		return err
	}
	for _, v := range views {
		for i := range v.Rows {
			var f portfolio.Family
			if v.Rows[i].Fields.Into(&f) == nil && f.Code != "" {
				families = append(families, f.Code)
			}
		}
	}
	sorting.Sort(families)
	im.existing = intake.NewExisting(cards, families)
	return nil
}

// asOf is the reading date: fixed by the portfolio or the organisation, else
// today.
func (im *Importer) asOf(ctx context.Context, scope uint32) (calendar.Day, error) {
	scope = cmp.Or(scope, im.Book.Own)
	_, set, err := im.reading(ctx, scope)
	if err != nil {
		return 0, err
	}
	if len(set.Values) == 1 && set.Values[0] != 0 {
		return calendar.Day(set.Values[0]), nil
	}
	_, p, err := im.portfolio(ctx, scope)
	if err != nil || p.AsOf != 0 {
		return p.AsOf, err
	}
	views, err := im.Store.Kind(ctx, portfolio.KindOrg)
	if err != nil {
		return 0, err
	}
	for _, v := range views {
		for i := range v.Rows {
			var o portfolio.Org
			if v.Rows[i].Fields.Into(&o) == nil && o.AsOf != 0 {
				return o.AsOf, nil
			}
		}
	}
	return im.Book.Today(), nil
}

// portfolio finds the record of the portfolio whose cards are in a scope.
func (im *Importer) portfolio(ctx context.Context, scope uint32) (*journal.Row, portfolio.Portfolio, error) {
	views, err := im.Store.Kind(ctx, portfolio.KindPortfolio)
	if err != nil {
		return nil, portfolio.Portfolio{}, err
	}
	for _, v := range views {
		for i := range v.Rows {
			var p portfolio.Portfolio
			if v.Rows[i].Fields.Into(&p) == nil && p.Scope == scope {
				row := v.Rows[i]
				row.Scope = cmp.Or(row.Scope, v.Scope)
				return &row, p, nil
			}
		}
	}
	return nil, portfolio.Portfolio{}, nil
}

const mapPrefix = "import-map/"

// A keptColumn is one column of a remembered mapping.
type keptColumn struct {
	Name   string `cbor:"1,keyasint,omitempty"`
	Field  string `cbor:"2,keyasint,omitempty"`
	Format string `cbor:"3,keyasint,omitempty"`
	Keep   bool   `cbor:"4,keyasint,omitempty"`
}

func (im *Importer) remember(cols []intake.Column) (store.LocalValue, error) {
	kept := make([]keptColumn, len(cols))
	for i, c := range cols {
		kept[i] = keptColumn{c.Name, c.Field.Key(), c.Format, c.Keep}
	}
	v, err := portfolio.Enc.Marshal(kept)
	if err != nil {
		return store.LocalValue{}, fmt.Errorf("remember the columns: %w", err)
	}
	return store.LocalValue{Name: mapPrefix + im.sheet.Shape, Value: v}, nil
}

func (im *Importer) recall(ctx context.Context, shape string) ([]intake.Column, error) {
	v, err := im.Store.Local(ctx, mapPrefix+shape)
	if err != nil || v == nil {
		return nil, err
	}
	var kept []keptColumn
	if err := portfolio.Dec.Unmarshal(v, &kept); err != nil {
		return nil, nil // a mapping of another version: guessed again
	}
	cols := make([]intake.Column, len(kept))
	for i, k := range kept {
		cols[i] = intake.Column{Name: k.Name, Field: intake.FieldOf(k.Field), Format: k.Format, Keep: k.Keep}
	}
	return cols, nil
}
