package chart

// Sentence and Table of the pictures drawn by a function.

// Sentence is the label.
func (d Maturity) Sentence() string { return d.Label }

// Table has a row for each phase: figure, share.
func (d Maturity) Table(head ...string) Table {
	t := Table{Head: head}
	for i, n := range d.Name {
		t.Rows = append(t.Rows, []string{n, d.Figure[i], d.Share[i]})
	}
	return t
}

// Sentence is the label.
func (d Floors) Sentence() string { return d.Label }

// Table has a row for each floor.
func (d Floors) Table(head ...string) Table {
	t := Table{Head: head}
	for _, f := range d.Floor {
		t.Rows = append(t.Rows, []string{f.Name, f.Text})
	}
	return t
}

// Sentence is the label.
func (d Effort) Sentence() string { return d.Label }

// Table has a row for each phase, then for prospects.
func (d Effort) Table(head ...string) Table {
	t := Table{Head: head}
	for i, n := range d.Name {
		t.Rows = append(t.Rows, []string{n, d.Figure[i]})
	}
	return t
}

// Sentence is the label.
func (d Activity) Sentence() string { return d.Label }

// Table has a row for each month: sales, those of a year before, contacts,
// named by visit and call.
func (d Activity) Table(visit, call string, head ...string) Table {
	t := Table{Head: head}
	for _, m := range d.Months {
		row := []string{m.Name, show(d.Amount, m.Now)}
		if d.HasBefore {
			row = append(row, show(d.Amount, m.Before))
		}
		contact := ""
		if m.Visit {
			contact = visit
		}
		if m.Call {
			contact = join(contact, call)
		}
		t.Rows = append(t.Rows, append(row, contact))
	}
	return t
}

// PartsTable has a row for each criterion of a score.
func PartsTable(parts []Part, head ...string) Table {
	t := Table{Head: head}
	for _, c := range parts {
		t.Rows = append(t.Rows, []string{c.Name, c.Figure, c.Of})
	}
	return t
}
