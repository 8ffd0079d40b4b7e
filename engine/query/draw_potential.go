package query

import (
	"cmp"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// PotentialTabAsk asks for the tab Potential.
type PotentialTabAsk struct {
	Tab TabAsk `cbor:"1,keyasint"`
	All bool   `cbor:"2,keyasint,omitempty"` // every client to ask, not the first ones
}

// PotentialTab is the tab Potential, drawn: does the effort follow it, what is
// left to win and where, whom to ask first (E1 to E5).
type PotentialTab struct {
	Base      TabBase        `cbor:"1,keyasint"`
	Lorenz    TabChart       `cbor:"2,keyasint"` // E3
	Alignment []Figure       `cbor:"3,keyasint"` // effort with potential, with margin
	Limit     string         `cbor:"4,keyasint,omitempty"`
	Moved     string         `cbor:"5,keyasint,omitempty"` // what the alignment means, in visits
	Spread    []Concentrated `cbor:"6,keyasint,omitempty"`
	Board     TabChart       `cbor:"7,keyasint"` // E5
	Families  TabChart       `cbor:"8,keyasint"` // E4
	Pen       []Figure       `cbor:"9,keyasint"` // penetration, left to win, breadth, depth
	Trust     TabChart       `cbor:"10,keyasint"`
	Ask       []ToAsk        `cbor:"11,keyasint,omitempty"` // the most visits at stake first
	More      int            `cbor:"12,keyasint,omitempty"` // of those, not sent
	None      bool           `cbor:"13,keyasint,omitempty"` // no potential is known
	Split     string         `cbor:"14,keyasint,omitempty"` // penetration, breadth × depth, in words
}

// Concentrated is how one amount is spread over the clients.
type Concentrated struct {
	Key  string `cbor:"1,keyasint"` // potential sales effort
	Name string `cbor:"2,keyasint"`
	Gini Figure `cbor:"3,keyasint"`
	NEff Figure `cbor:"4,keyasint"`
	HHI  Figure `cbor:"5,keyasint"`
	Like string `cbor:"7,keyasint,omitempty"` // NEff in words
	Bad  bool   `cbor:"6,keyasint,omitempty"` // dangerous concentration
}

// ToAsk is a client whose potential should be asked at the next visit.
type ToAsk struct {
	ID     portfolio.ID `cbor:"1,keyasint"`
	Name   string       `cbor:"2,keyasint"`
	Known  string       `cbor:"3,keyasint"`           // what is known: "jugement, nov. 2023", worded
	Levels string       `cbor:"4,keyasint"`           // "P2 à P4"
	Visits string       `cbor:"5,keyasint,omitempty"` // an answer could move, written
	Worth  Figure       `cbor:"6,keyasint"`           // the potential as it stands
	Plan   portfolio.ID `cbor:"7,keyasint,omitzero"`  // next visit planned
	Day    calendar.Day `cbor:"8,keyasint,omitempty"` // of it
	Minute int          `cbor:"9,keyasint,omitempty"`
}

// firstAsk is how many clients to ask are sent at once.
const firstAsk = 6

// PotentialTab draws the tab Potential.
func (a *Analysis) PotentialTab(r Reader, ask PotentialTabAsk, base TabBase) PotentialTab {
	v := a.PotentialView(PotentialAsk{Family: ask.Tab.Family})
	d := potentialDraw{a: a, v: &v, w: r.Words, base: &base}
	base.Family = v.Ground.Family
	width := ask.Tab.wide()
	lorenz, board := twoCards(width, 506, 518)
	families, trust := twoCards(width, 584, 440)
	if width >= 560 {
		lorenz -= 196 // the alignment stands beside
	}
	out := PotentialTab{Base: base, None: len(v.Unknown) == a.Len()}
	out.Lorenz = d.lorenz(lorenz)
	out.Alignment, out.Limit, out.Moved = []Figure{v.Alignment, v.Margin}, d.w.Percent(v.Limit), d.moved()
	for _, k := range [...]int{1, 0, 2} { // sales, potential, effort: as drawn
		l := &v.Lorenz[k]
		c := Concentrated{Key: l.Key, Name: d.w.T("pot.of." + l.Key), Gini: l.Gini, NEff: l.NEff, HHI: l.HHI, Bad: l.Bad}
		if l.NEff.Mark.Has() {
			c.Like = d.w.T("pot.like", round(l.NEff.Value))
		}
		out.Spread = append(out.Spread, c)
	}
	out.Board = d.board(board)
	out.Families = d.families(families)
	out.Pen = []Figure{v.Pen, v.Left, v.Breadth, v.Depth}
	if v.Breadth.Mark.Has() && v.Depth.Mark.Has() { // of the clients whose potential is known by family
		out.Split = d.w.T("pot.split", d.w.Percent(v.Breadth.Value*v.Depth.Value), d.w.Percent(v.Breadth.Value), d.w.Percent(v.Depth.Value))
	}
	out.Trust = d.trust(trust)
	d.asked(&out, ask.All)
	return out
}

// Asking is the tab of a year gone by with what is known now, and whom to ask.
func (t PotentialTab) Asking(now PotentialTab) PotentialTab {
	t.Trust, t.Ask, t.More = now.Trust, now.Ask, now.More
	return t
}

// potentialWho lists the clients behind a mark of the tab Potential; key is
// what follows the first colon of the address. The end of a key that begins
// with a slash is a family.
func (a *Analysis) potentialWho(key string) (Who, bool) {
	key, family, _ := strings.Cut(key, "/")
	kind, rest, _ := strings.Cut(key, ":")
	v := a.PotentialView(PotentialAsk{Family: family})
	small := func(i int, most byte) (int, bool) {
		if i < len(rest) && rest[i] >= '0' && rest[i] <= '0'+most {
			return int(rest[i] - '0'), true
		}
		return 0, false
	}
	switch kind {
	case "cell":
		p, ok := small(0, 4)
		r, also := small(1, 4)
		if ok && also && len(rest) == 2 {
			return v.Board[p][r].Who, true
		}
	case "prospects":
		return v.Prospects.Who, true
	case "hot":
		return v.Hot, true
	case "again":
		return askAgain(&v), true
	case "unknown":
		return v.Unknown, true
	case "over":
		return v.Over, true
	case "buyers", "others":
		for k := range v.Families {
			if f := &v.Families[k]; f.Code == family {
				if kind == "buyers" {
					return f.Buyers, true
				}
				return f.Others, true
			}
		}
	case "half":
		return a.half(rest, family), true
	case "source":
		for k := range v.Sources {
			if m, ok := small(0, 9); ok && len(rest) == 1 && int(v.Sources[k].Method) == m {
				s := &v.Sources[k]
				return append(append(append(Who(nil), s.Fresh...), s.Year...), s.Old...), true
			}
		}
	}
	return nil, false
}

// askAgain are the clients whose potential is too old or too unsure, in the
// order of the book.
func askAgain(v *PotentialView) Who {
	in := map[int32]bool{}
	for _, i := range v.Unsure {
		in[i] = true
	}
	for k := range v.Sources {
		for _, i := range v.Sources[k].Old {
			in[i] = true
		}
	}
	var out Who
	for i := range v.Ground.IDs {
		if in[int32(i)] {
			out = append(out, int32(i))
		}
	}
	return out
}

// potentialDraw draws the tab Potential.
type potentialDraw struct {
	a    *Analysis
	v    *PotentialView
	w    Words
	base *TabBase
}

func (d *potentialDraw) group(key string) string {
	if f := d.v.Ground.Family; f != "" && !strings.Contains(key, "/") {
		key += "/" + f
	}
	return d.base.groupPath("potential:" + key)
}

func (d *potentialDraw) link(key, label string) chart.Link {
	return chart.Link{Go: d.group(key), Label: label}
}

func (d *potentialDraw) head(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = d.w.T("pot.col." + k)
	}
	return out
}

// half is the share of the clients who make half of a curve.
func half(l *LorenzSeries) float64 {
	for k := 1; k < len(l.X); k++ {
		if l.Y[k] < .5 {
			continue
		}
		x0, y0 := l.X[k-1], l.Y[k-1]
		if l.Y[k] <= y0 {
			return l.X[k]
		}
		return x0 + (l.X[k]-x0)*(.5-y0)/(l.Y[k]-y0)
	}
	return 1
}

// half are the clients who make half of the potential, of the sales or of the
// effort: the largest first until it is reached.
func (a *Analysis) half(key, family string) (out Who) {
	f := -1
	if family != "" {
		f = a.familyAt(family)
	}
	l, ok := a.lensOf(f)
	if !ok {
		l, _ = a.lensOf(-1)
	}
	of, total := make([]float64, a.Len()), 0.0
	for i := range of {
		switch {
		case key == "effort":
			of[i] = a.Cost().Units[i]
		case key == "sales":
			of[i] = float64(l.sales[i])
		case l.known[i]:
			of[i] = float64(l.worth[i])
		}
		if of[i] > 0 {
			total += of[i]
			out = append(out, int32(i))
		}
	}
	sorting.Stable(out, func(x, y int32) int { return cmp.Compare(of[y], of[x]) })
	sum := 0.0
	for k, i := range out {
		if sum += of[i]; sum >= total/2 {
			return inOrder(out[:k+1])
		}
	}
	return out
}

// lorenz draws how potential, sales and effort are spread (E3).
func (d *potentialDraw) lorenz(width int) TabChart {
	v, w := d.v, d.w
	m := v.Alignment.Mark
	p := chart.Lines{Diagonal: true, UnitX: chart.Percent, UnitY: chart.Percent, Left: "0", Right: w.T("pot.lorenz.right")}
	p.Head = d.head("share")
	inks, dashes := map[string]string{"sales": "", "potential": "ble-text", "effort": "danger"}, map[string]chart.Dash{"potential": chart.Dashed, "effort": chart.Dotted}
	for _, key := range [...]string{"sales", "potential", "effort"} {
		for k := range v.Lorenz {
			l := &v.Lorenz[k]
			if l.Key != key || len(l.X) == 0 {
				continue
			}
			s := chart.Series{Name: w.T("pot.of." + key), Ink: inks[key], Dash: dashes[key]}
			for j := range l.X {
				s.Points = append(s.Points, chart.XY{X: l.X[j], Y: l.Y[j]})
			}
			p.Series = append(p.Series, s)
			p.Head = append(p.Head, s.Name)
			at, who := half(l), d.a.half(key, v.Ground.Family)
			link := d.link("half:"+key, w.T("pot.lorenz.mark", s.Name, len(who)))
			if key != "potential" {
				p.Notes = append(p.Notes, chart.Note{At: chart.XY{X: at, Y: .5}, Link: link})
			} else {
				p.Notes = append(p.Notes, chart.Note{At: chart.XY{X: at, Y: .5}, Text: w.T("pot.lorenz.of", w.Percent(at)), Sub: w.T("pot.lorenz.half"), Drop: true, Link: link})
			}
		}
	}
	if len(p.Series) == 0 {
		return blank(w.T("pot.lorenz.na"), cmp.Or(m.Reason, explain.NoPotential))
	}
	finding := w.T("pot.lorenz.na")
	switch {
	case m.Has() && v.Habit:
		finding = w.T("pot.lorenz.habit")
	case m.Has():
		finding = w.T("pot.lorenz.follows")
	case len(v.Lorenz[0].X) > 0 && len(v.Lorenz[2].X) == 0:
		finding, m = w.T("pot.lorenz.no-contact"), v.Lorenz[0].Gini.Mark
	default:
		for k := range v.Lorenz {
			if v.Lorenz[k].Gini.Mark.Has() {
				m = v.Lorenz[k].Gini.Mark
			}
		}
	}
	p.Weak = m.Status == explain.Weak
	p.Label = w.T("pot.lorenz.label", finding, w.Percent(v.Alignment.Value), w.Percent(v.Limit))
	return picture(chart.Spec{Lines: &p}, width, finding, m)
}

// moved says the alignment in visits: what part of them would be elsewhere.
func (d *potentialDraw) moved() string {
	if !d.v.Alignment.Mark.Has() {
		return ""
	}
	n := round(100 * (1 - d.v.Alignment.Value))
	return d.w.T("pot.moved", n)
}

// board draws the places P × R, prospects apart (E5).
func (d *potentialDraw) board(width int) TabChart {
	v, w := d.v, d.w
	shown := func(l int) string { return digit(int(d.a.rules.potential.Shown(uint8(l)))) }
	p := chart.Matrix{Apart: 1}
	p.Head = []string{w.T("pot.board.corner"), w.T("pot.board.r0")}
	p.Cols = []string{w.T("pot.board.r0")}
	for r := 1; r <= 4; r++ {
		p.Cols = append(p.Cols, "R"+shown(r))
		p.Head = append(p.Head, "R"+shown(r))
	}
	unsure := make([]bool, d.a.Len())
	for _, i := range v.Unsure {
		unsure[i] = true
	}
	n, unplaced := 0, 0
	for _, level := range [...]int{4, 3, 2, 1, 0} {
		name := "P" + shown(level)
		if level == 0 {
			name = w.T("pot.board.unknown")
			if len(v.Unknown) == 0 {
				break
			}
		}
		row := make([]chart.Cell, 5)
		for r := range row {
			cell := &v.Board[level][r]
			if len(cell.Who) == 0 {
				continue
			}
			count := len(cell.Who)
			n += count
			amount := w.MoneyShort(cell.Sales)
			if r == 0 {
				amount = w.MoneyShort(cell.Worth)
				if level == 0 {
					amount = ""
				}
			}
			if level == 0 {
				unplaced += count
			}
			doubtful := 0 // a potential of low confidence
			for _, i := range cell.Who {
				doubtful += one(unsure[i])
			}
			row[r] = chart.Cell{Figure: w.Number(float64(count), 0), Text: amount, N: float64(count), Dashed: r == 0 || level == 0 || 2*doubtful > count, Hot: r == 0 && level >= 3 && cell.Prospect > 0,
				Link: d.cell(level, r, w.T("pot.board.mark", name, p.Cols[r], who(w, count-cell.Prospect, cell.Prospect), amount, w.MoneyShort(cell.Left)))}
		}
		p.Rows = append(p.Rows, name)
		p.Cells = append(p.Cells, row)
	}
	if n == 0 || unplaced == n {
		out := blank(w.T("pot.board.na"), explain.NoPotential)
		out.Links = append(out.Links, TabLink{d.unknown(), w.T("pot.trust.unknown", len(v.Unknown))})
		return out
	}
	finding := w.T("pot.board.none")
	strong := len(v.Prospects.Who)
	switch {
	case strong > 0:
		finding = w.T("pot.board.prospects", strong, w.MoneyShort(v.Prospects.Worth))
	case len(v.Hot) > 0:
		finding = w.T("board.hot", d.who(v.Hot))
	}
	p.Label = w.T("pot.board.label", finding)
	m := explain.Mark{Status: explain.OK}
	if v.Ground.Few {
		m = explain.Thin(explain.FewClients)
	}
	out := picture(chart.Spec{Matrix: &p}, width, finding, m)
	out.Note = w.T("pot.board.note")
	if strong > 0 {
		out.Links = append(out.Links, TabLink{d.group("prospects"), w.T("pot.board.see", strong)})
	}
	if n := len(v.Hot); n > 0 {
		out.Links = append(out.Links, TabLink{d.group("hot"), w.T("board.hot", d.who(v.Hot))})
	}
	return out
}

// who counts clients and prospects, each by its name.
func (d *potentialDraw) who(list Who) string {
	n := 0
	for _, i := range list {
		n += one(d.a.Prospect[i])
	}
	return who(d.w, len(list)-n, n)
}

// cell opens the list of a place: that of the lists' own levels, or of a
// family's.
func (d *potentialDraw) cell(p, r int, label string) chart.Link {
	if d.v.Ground.Family != "" || d.base.Before {
		return d.link("cell:"+digit(p)+digit(r), label)
	}
	return chart.Link{Go: "/clients?p=" + digit(p) + "&r=" + digit(r) + d.base.in(), Label: label}
}

// unknown opens the list of those whose potential nobody knows.
func (d *potentialDraw) unknown() string {
	if d.base.Before {
		return d.group("unknown")
	}
	return "/clients?filtre=unknown" + d.base.in()
}

// families draws penetration as breadth × depth (E4).
func (d *potentialDraw) families(width int) TabChart {
	v, w := d.v, d.w
	if len(v.Families) == 0 {
		out := blank(w.T("pot.families.na"), explain.NoPotential)
		out.Note = w.T("pot.families.how")
		return out
	}
	p := chart.Patches{Words: chart.Words{Head: d.head("family", "penetration", "breadth-depth", "left")}, Note: w.T("pot.families.note")}
	whole := func(x float64) string { return w.Number(float64(round(100*x)), 0) }
	known := map[int32]bool{}
	worst, lost := -1, 0.0
	for k := range v.Families {
		f := &v.Families[k]
		for _, i := range f.Buyers {
			known[i] = true
		}
		for _, i := range f.Others {
			known[i] = true
		}
		depth := whole(f.Depth)
		if len(f.Buyers) == 0 {
			depth = "–"
		}
		rate := 0.0
		if f.Worth > 0 {
			rate = float64(f.Sales) / float64(f.Worth)
		}
		key := "others"
		if len(f.Others) == 0 {
			key = "buyers"
		}
		one := chart.Patch{Name: f.Name, Breadth: f.Breadth, Depth: f.Depth, Figure: w.Percent(rate), Text: whole(f.Breadth) + " × " + depth, Left: w.T("pot.families.left", w.MoneyShort(f.Left)),
			Weak: f.Mark.Status == explain.Weak, Link: d.link(key+"/"+f.Code, w.T("pot.families."+key, f.Name, w.Percent(rate), len(f.Others), len(f.Buyers)))}
		p.Patches = append(p.Patches, one)
		if gap := (1 - f.Breadth) * float64(f.Worth); gap > lost {
			worst, lost = k, gap
		}
	}
	finding := w.T("pot.families.all")
	if worst >= 0 {
		f := &v.Families[worst]
		finding = w.T("pot.families.finding", f.Name, w.Percent(1-f.Breadth))
	}
	if n := d.a.Len() - len(v.Unknown); len(known) < n {
		p.Note += " " + w.T("pot.families.part", len(known), n)
	}
	p.Label = w.T("pot.families.label", finding)
	m := v.Breadth.Mark
	if !m.Has() {
		m = explain.Mark{Status: explain.OK}
	}
	p.Weak = m.Status == explain.Weak
	return picture(chart.Spec{Patches: &p}, width, finding, m)
}

// trust draws the potentials by method and age (E1).
func (d *potentialDraw) trust(width int) TabChart {
	v, w := d.v, d.w
	out := TabChart{}
	again := askAgain(v)
	if len(v.Sources) == 0 {
		out = blank(w.T("pot.trust.na"), explain.NoPotential)
	} else {
		p := chart.Stacked{Words: chart.Words{Head: d.head("method", "fresh", "year", "old", "clients")},
			Keys: []chart.Key{{Name: w.T("pot.trust.fresh"), Tone: chart.Accent}, {Name: w.T("pot.trust.year"), Tone: chart.Mid}, {Name: w.T("pot.trust.old"), Tone: chart.Old}}}
		for k := range v.Sources {
			s := &v.Sources[k]
			all := append(append(append(Who(nil), s.Fresh...), s.Year...), s.Old...)
			n := len(all)
			name := w.T("appraisal." + digit(int(s.Method)%10))
			piece := func(who Who, tone chart.Tone) chart.Piece {
				return chart.Piece{Value: float64(len(who)), Text: w.Number(float64(len(who)), 0), Tone: tone}
			}
			p.Rows = append(p.Rows, chart.Row{Name: name, Sub: w.T("pot.trust.quality", w.Number(s.Quality, 1)), Figure: w.Number(float64(n), 0),
				Pieces: []chart.Piece{piece(s.Fresh, chart.Accent), piece(s.Year, chart.Mid), piece(s.Old, chart.Old)},
				Link:   d.link("source:"+digit(int(s.Method)%10), w.T("pot.trust.mark", name, d.who(all), len(s.Old)))})
		}
		finding := w.T("pot.trust.good")
		if len(again) > 0 {
			finding = w.T("pot.trust.finding", len(again))
		}
		p.Label = w.T("pot.trust.label", finding, len(v.Unknown))
		out = picture(chart.Spec{Stacked: &p}, width, finding, explain.Mark{Status: explain.OK})
	}
	for _, l := range [...]struct {
		n       int
		to, key string
	}{{len(again), d.base.groupPath("potential:again"), "again"}, {len(v.Unknown), d.unknown(), "unknown"}, {len(v.Over), d.base.groupPath("potential:over"), "over"}} {
		if l.n > 0 {
			out.Links = append(out.Links, TabLink{l.to, w.T("pot.trust."+l.key, l.n)})
		}
	}
	return out
}

// asked lists whom to ask first.
func (d *potentialDraw) asked(out *PotentialTab, all bool) {
	w := d.w
	for k := range d.v.Ask {
		x := &d.v.Ask[k]
		if k == firstAsk && !all {
			out.More = len(d.v.Ask) - k
			break
		}
		row := ToAsk{ID: d.v.Ground.IDs[x.Client], Name: d.v.Ground.Names[x.Client], Known: w.T("pot.ask.unknown")}
		shown := func(l int) string { return digit(int(d.a.rules.potential.Shown(uint8(l)))) }
		low, high := shown(x.Low), shown(x.High)
		row.Levels = w.T("pot.ask.levels", low, high)
		if x.Method > 0 {
			row.Known = w.T("appraisal." + digit(int(x.Method)%10))
			if x.Day > 0 {
				year, _, _ := x.Day.Civil()
				row.Known = w.T("pot.ask.known", row.Known, w.Month(x.Day, false), digits(uint32(max(0, year))))
			}
		}
		if x.Visits >= .5 {
			row.Visits = w.T("pot.ask.visits", max(1, round(x.Visits)))
		}
		row.Worth, _ = d.a.FigureOf("potential", int(x.Client))
		p := d.next(int(x.Client))
		row.Plan, row.Day, row.Minute = p.ID, p.Day, int(p.Minute)
		out.Ask = append(out.Ask, row)
	}
}

// next is the first visit planned at client i; none: zero.
func (d *potentialDraw) next(i int) Plan {
	for _, p := range d.a.Cards[i].Plans { // in order of day
		if p.Day >= d.a.today {
			return p
		}
	}
	return Plan{}
}
