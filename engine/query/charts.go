package query

// A Drawn is an answer with charts. The page draws them before it shows the
// answer, a few at a time, so that no frame waits for all.
type Drawn interface {
	Drawn() (*Head, []*Chart) // the head may be nil
}

// Drawn lists the charts of the overview.
func (p *Portfolio) Drawn() (*Head, []*Chart) {
	return &p.Head, []*Chart{&p.Curve, &p.Lorenz, &p.Floors, &p.PFloors, &p.Effort}
}

// Drawn lists the charts of the tab.
func (t *MaturityTab) Drawn() (*Head, []*Chart) {
	return &t.Base.Head, []*Chart{&t.Readings.Chart, &t.Ahead.Chart, &t.Starters.Chart, &t.Families.Chart, &t.Effort.Chart}
}

// Drawn lists the charts of the tab.
func (t *WeightTab) Drawn() (*Head, []*Chart) {
	return &t.Base.Head, []*Chart{&t.Cuts.Curve.Chart, &t.Floors.Chart, &t.Cross.Chart}
}

// Drawn lists the charts of the tab.
func (t *ContactsTab) Drawn() (*Head, []*Chart) {
	return &t.Base.Head, []*Chart{&t.Eaters.Chart, &t.Flow.Chart, &t.Crossed.Chart, &t.Return.Chart, &t.Price.Chart, &t.Invested.Chart,
		&t.Net.Chart, &t.Whale.Chart, &t.Plan.Chart}
}

// Drawn lists the charts of the tab.
func (t *PotentialTab) Drawn() (*Head, []*Chart) {
	return &t.Base.Head, []*Chart{&t.Lorenz.Chart, &t.Board.Chart, &t.Families.Chart, &t.Trust.Chart}
}

// Drawn lists the charts of the sheet.
func (t *SheetTab) Drawn() (*Head, []*Chart) {
	return nil, []*Chart{&t.Ribbon, &t.Quadrant, &t.Margin, &t.Response, &t.Levers, &t.Balance, &t.Map}
}
