package main

import (
	"context"
	"errors"
	"strconv"

	"sillon/app/bridge"
	"sillon/app/i18n"
	"sillon/app/notebook"
	"sillon/app/replicate"
	"sillon/app/store"
	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/wire"
)

// importer is the session's, made at the first file.
func (s *session) importer() *notebook.Importer {
	if s.imports == nil {
		s.imports = &notebook.Importer{Book: s.book, Store: s.db, Yield: s.desk.w.Yield}
	}
	s.imports.Currency = s.currency
	return s.imports
}

// progressOf passes an import's stages on to the page.
func progressOf(told func(bridge.Progress)) notebook.Progress {
	return func(stage string, done, of int) {
		told(bridge.Progress{Stage: "import.stage." + stage, Done: done, Of: of})
	}
}

func (d *desk) importOpen(ctx context.Context, q bridge.ImportOpen, _ func(bridge.Progress)) (bridge.ImportSheet, error) {
	s, err := d.session()
	if err != nil {
		return bridge.ImportSheet{}, err
	}
	if s.profile.Demo {
		return bridge.ImportSheet{}, &bridge.Fault{Code: bridge.FaultDemo, Text: "a file would be erased with the demonstration"}
	}
	o := intake.Options{Encoding: q.Encoding}
	if q.Separator != "" {
		o.Separator = q.Separator[0]
	}
	if q.NoHeader {
		o.Header = intake.WithoutHeader
	} else if q.HasHeader {
		o.Header = intake.WithHeader
	}
	s.files.Lock()
	defer s.files.Unlock()
	f, err := s.importer().Open(ctx, q.Name, q.Data, o)
	if err != nil {
		return bridge.ImportSheet{}, importFault(err)
	}
	sheet := bridge.ImportSheet{
		Name: f.Name, Encoding: f.Sheet.Encoding, Separator: string(rune(f.Sheet.Separator)), Lines: f.Sheet.Rows(),
		Columns: columnsOf(f.Columns), Preview: f.Sheet.Preview(20), Shape: f.Sheet.Shape, Known: f.Known,
		NoHeader: f.Sheet.NoHeader, Kind: intake.Kind(f.Columns), AsOf: int32(f.AsOf),
	}
	w := words{i18n.Of(q.Lang), s.currency}
	for _, n := range f.Sheet.Notes {
		sheet.Warnings = append(sheet.Warnings, issueOf(w, f.Columns, n))
	}
	for _, sc := range s.scopes {
		if sc.Kind == wire.ScopePortfolio && !s.readonly(sc.ID) {
			sheet.Scopes = append(sheet.Scopes, bridge.ImportScope{Scope: sc.ID, Name: sc.Name})
		}
	}
	return sheet, nil
}

func columnsOf(cols []intake.Column) []bridge.ImportColumn {
	out := make([]bridge.ImportColumn, len(cols))
	for i, c := range cols {
		out[i] = bridge.ImportColumn{Name: c.Name, Sample: c.Sample, Field: c.Field.Key(), Format: c.Format, Filled: c.Filled, Read: c.Read, Sure: c.Sure, Policy: "overwrite"}
		if c.Keep {
			out[i].Policy = "keep"
		}
	}
	return out
}

func askOf(q bridge.ImportCheck) notebook.ImportAsk {
	a := notebook.ImportAsk{Scope: q.Scope, AsOf: calendar.Day(q.AsOf), Choices: q.Accept, AcceptAll: q.AllOK, Remember: q.Remember}
	for _, c := range q.Columns {
		a.Columns = append(a.Columns, intake.Column{Name: c.Name, Sample: c.Sample, Field: intake.FieldOf(c.Field), Format: c.Format, Sure: c.Sure, Keep: c.Policy == "keep"})
	}
	return a
}

func (d *desk) importCheck(ctx context.Context, q bridge.ImportCheck, told func(bridge.Progress)) (bridge.ImportReport, error) {
	s, err := d.session()
	if err != nil {
		return bridge.ImportReport{}, err
	}
	s.files.Lock()
	defer s.files.Unlock()
	r, err := s.importer().Check(ctx, askOf(q), progressOf(told))
	if err != nil {
		return bridge.ImportReport{}, importFault(err)
	}
	return reportOf(words{i18n.Of(q.Lang), s.currency}, r), nil
}

func reportOf(w words, r *intake.Result) bridge.ImportReport {
	out := bridge.ImportReport{
		New: r.New, Changed: r.Changed, Same: r.Same, Doubtful: r.Doubtful, Refused: r.Refused, Ready: r.Ready,
		SaleLines: r.SaleLines, Sales: int64(r.Sales), Returns: int64(r.Returns), From: int32(r.From), To: int32(r.To),
		IssuesAll: r.All, Columns: columnsOf(r.Columns), Passed: r.Passed, LinesNew: r.LinesNew, LinesSet: r.LinesChanged,
	}
	if r.Blocking != "" {
		out.Blocking = w.T("import.blocking."+string(r.Blocking), r.About)
	}
	for _, is := range r.Issues {
		out.Issues = append(out.Issues, issueOf(w, r.Columns, is))
	}
	return out
}

// issueOf words an issue: its sentence and the reading proposed.
func issueOf(w words, cols []intake.Column, is intake.Issue) bridge.ImportIssue {
	out := bridge.ImportIssue{Key: is.Key(), Line: is.Line, Value: is.Value, Code: string(is.Code), Args: is.Args, Action: string(is.Action), Grave: is.Level == intake.Refuse}
	if is.Column >= 0 && is.Column < len(cols) {
		out.Column = cols[is.Column].Name
	}
	return out
}

func (d *desk) importRun(ctx context.Context, q bridge.ImportCheck, told func(bridge.Progress)) (bridge.ImportDone, error) {
	s, err := d.session()
	if err != nil {
		return bridge.ImportDone{}, err
	}
	s.files.Lock()
	defer s.files.Unlock()
	began := d.w.Now()
	done, err := s.importer().Run(ctx, askOf(q), progressOf(told))
	if err != nil {
		return bridge.ImportDone{}, importFault(err)
	}
	out := bridge.ImportDone{ID: done.ID, Report: reportOf(words{i18n.Of(q.Lang), s.currency}, done.Result), TookMS: ms(d.w.Now().Sub(began))}
	told(bridge.Progress{Stage: "import.stage.figures", Done: 0, Of: 1})
	if err := s.many(ctx); err != nil {
		return out, err
	}
	st, err := s.db.Status(ctx)
	out.Pending = st.Groups
	return out, err
}

// many takes a change of many cards into the figures and tells everybody.
func (s *session) many(ctx context.Context) error {
	if err := s.loadMisc(ctx); err != nil {
		return err
	}
	if err := s.flush(ctx); err != nil {
		return err
	}
	s.tell(bridge.Event{Kind: "changed"})
	s.wake(replicate.Change)
	return nil
}

func (d *desk) importUndo(ctx context.Context, q bridge.Undo, told func(bridge.Progress)) (bridge.Saved, error) {
	s, err := d.session()
	if err != nil {
		return bridge.Saved{}, err
	}
	s.files.Lock()
	defer s.files.Unlock()
	done, err := s.importer().Undo(ctx, q.ID, progressOf(told))
	if err != nil {
		return bridge.Saved{}, importFault(err)
	}
	return bridge.Saved{ID: q.ID, Pending: done.Pending}, s.many(ctx)
}

func (d *desk) importList(ctx context.Context, _ bridge.None, _ func(bridge.Progress)) (bridge.ImportList, error) {
	s, err := d.session()
	if err != nil {
		return bridge.ImportList{}, err
	}
	s.files.Lock()
	defer s.files.Unlock()
	notes, err := s.importer().Imports(ctx)
	if err != nil {
		return bridge.ImportList{}, err
	}
	var l bridge.ImportList
	for _, n := range notes {
		l.Imports = append(l.Imports, bridge.ImportPast{ID: n.ID, File: n.File, AtMS: n.AtMS, Accounts: n.Accounts, Lines: n.Lines, Undone: n.Undone, UntilMS: n.UntilMS()})
	}
	return l, nil
}

func (d *desk) importRefused(_ context.Context, q bridge.ImportBad, _ func(bridge.Progress)) (bridge.File, error) {
	s, err := d.session()
	if err != nil {
		return bridge.File{}, err
	}
	s.files.Lock()
	defer s.files.Unlock()
	w := words{i18n.Of(q.Lang), s.currency}
	name, data, err := s.importer().RefusedFile(w.T("import.refused.head"), w.T("import.refused.suffix"), func(is intake.Issue) string {
		return i18n.ImportIssue(w.lang, w.currency, string(is.Code), is.Args)
	})
	if err != nil {
		return bridge.File{}, importFault(err)
	}
	return bridge.File{Name: name, Type: "text/csv", Data: data}, nil
}

// importFault words what an import refuses.
func importFault(err error) error {
	var file *intake.FileError
	switch {
	case errors.As(err, &file):
		args := []string{string(file.Trouble)}
		for _, n := range file.Args {
			args = append(args, strconv.Itoa(n))
		}
		return &bridge.Fault{Code: "import", Args: args, Text: err.Error()}
	case errors.Is(err, notebook.ErrNoFile):
		return &bridge.Fault{Code: "import", Args: []string{"no-file"}, Text: err.Error()}
	case errors.Is(err, notebook.ErrBlocked):
		return &bridge.Fault{Code: "import", Args: []string{"blocked"}, Text: err.Error()}
	case errors.Is(err, store.ErrTooLarge):
		return &bridge.Fault{Code: "import", Args: []string{"large-card"}, Text: err.Error()}
	}
	return faultOf(err)
}
