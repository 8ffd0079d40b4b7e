package query

import (
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/chart"
	"sillon/engine/explain"
	"sillon/engine/portfolio"
	"sillon/engine/sorting"
)

// MaturityTabAsk asks for the tab Maturity.
type MaturityTabAsk struct {
	Tab TabAsk `cbor:"1,keyasint"`
}

// MaturityTab is the tab Maturity, drawn: who ages, and where it hides (C1 to
// C4, C6, C7).
type MaturityTab struct {
	Base      TabBase      `cbor:"1,keyasint"`
	Readings  TabChart     `cbor:"2,keyasint"` // clients, sales, effort
	Ahead     TabChart     `cbor:"3,keyasint"`
	Starters  TabChart     `cbor:"4,keyasint"`
	Families  TabChart     `cbor:"5,keyasint"`
	Erosion   ErosionTable `cbor:"6,keyasint"`
	Effort    TabChart     `cbor:"7,keyasint"` // against the target
	Figures   []Figure     `cbor:"8,keyasint"`
	Situation Situation    `cbor:"9,keyasint"`
	Moved     *TabLink     `cbor:"10,keyasint,omitempty"` // whose phase the signs of ageing or a person changed
	Story     TabChart     `cbor:"11,keyasint"`           // the curve at the end of each month
}

// An ErosionTable is the matrix clients × families: what erodes, what could
// open.
type ErosionTable struct {
	Finding string       `cbor:"1,keyasint"`
	Heads   []string     `cbor:"2,keyasint,omitempty"` // families
	Rows    []ErosionRow `cbor:"3,keyasint,omitempty"`
	Note    string       `cbor:"4,keyasint,omitempty"`
	Links   []TabLink    `cbor:"5,keyasint,omitempty"`
	Mark    explain.Mark `cbor:"6,keyasint"`
}

// An ErosionRow is one client.
type ErosionRow struct {
	ID    portfolio.ID  `cbor:"1,keyasint"`
	Name  string        `cbor:"2,keyasint"`
	Phase string        `cbor:"3,keyasint,omitempty"`
	Sales string        `cbor:"4,keyasint"`
	Cells []ErosionCell `cbor:"5,keyasint"`
}

// An ErosionCell is one family at one client.
type ErosionCell struct {
	Letter string `cbor:"1,keyasint"`           // D C M V X; "-" never bought, "+" an opening
	Share  string `cbor:"2,keyasint,omitempty"` // of the client's sales, where the family erodes
	Label  string `cbor:"3,keyasint"`           // the same in words
}

// shownFamilies bounds the panels, shownErosion the rows of the matrix.
const shownFamilies, shownErosion = 12, 9

// maturityDraw holds what the drawings of the tab share.
type maturityDraw struct {
	a    *Analysis
	v    *MaturityView
	w    Words
	base *TabBase
}

// MaturityTab draws the tab Maturity.
func (a *Analysis) MaturityTab(r Reader, ask MaturityTabAsk, base TabBase) MaturityTab {
	v := a.MaturityView(MaturityAsk{Family: base.Family})
	d := maturityDraw{a: a, v: &v, w: r.Words, base: &base}
	if !a.sc.Second { // who came in, and when, lies before the first line of sales
		short := explain.Missing(explain.FewPeriods)
		v.Ahead.Lost.Mark, v.Ahead.Ageing.Mark, v.Ahead.Needed.Mark, v.Mortality.Mark = short, short, short, short
		if v.FamilyMark.Has() {
			v.FamilyMark, v.Families = short, nil
		}
	}
	row := ask.Tab.row(508, 274, 226)
	if x := ask.Tab.wide(); x >= 600 && x < 900 { // the last two share a line
		row[1], row[2] = share(x, 1, 2, 2), share(x, 1, 2, 2)
	}
	two := ask.Tab.row(414, 610)
	half := ask.Tab.row(1, 1)
	out := MaturityTab{Base: base, Situation: v.Situation}
	out.Readings, out.Ahead, out.Starters = d.readings(row[0]), d.ahead(row[1]), d.starters(row[2])
	if h := &v.Ahead; h.Now[0]+h.Now[1]+h.Now[2]+h.Now[3] < few {
		for _, m := range [...]*explain.Mark{&h.Ageing.Mark, &h.Needed.Mark} {
			if m.Has() {
				*m = explain.Missing(explain.FewClients)
			}
		}
	}
	out.Families, out.Erosion = d.families(two[0]), d.erosion(two[1])
	out.Effort = d.effort(half[0])
	out.Figures = []Figure{v.Curves[0].Ageing, v.Ahead.Ageing, v.Ahead.Needed, v.Mortality, v.Effort.Ratio, v.Effort.Head}
	if n := len(v.Moved); n > 0 {
		l := d.list("moved", d.w.T("mat.moved", n))
		out.Moved = &l
	}
	return out
}

// short is a sentence, or the one that says that a second year is missing.
func (d *maturityDraw) short(key string) string {
	if d.a.sc.From != calendar.None && !d.a.sc.Second {
		return "mat.short"
	}
	return key
}

func (d *maturityDraw) link(key, label string) chart.Link {
	return chart.Link{Go: d.base.groupPath("maturity:" + key), Label: label}
}

func (d *maturityDraw) list(key, text string) TabLink {
	return TabLink{To: d.base.groupPath("maturity:" + key), Text: text}
}

func (d *maturityDraw) heads(keys ...string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = d.w.T(k)
	}
	return out
}

// panel is one small curve: figure writes what stands over a column.
func (d *maturityDraw) panel(title string, c PhaseCurve, figure func(k int) string, group string, who [4]int) chart.Panel {
	p := chart.Panel{Title: title, Foot: d.shape(c), Hot: c.Shape == "rising"}
	p.Value, p.Weak = c.Weight, c.Ageing.Mark.Status == explain.Weak
	p.Template = d.v.Template
	for k, letter := range phaseLetters {
		p.Name[k], p.Share[k], p.Figure[k] = letter, d.w.Percent(c.Share[k]), figure(k)
		if who[k] > 0 {
			p.Go[k] = d.link("phase:"+letter+":"+group, d.w.T("curve.mark", title+", "+d.w.T("phase."+letter), who[k], p.Share[k]))
		}
	}
	return p
}

func (d *maturityDraw) shape(c PhaseCurve) string {
	switch {
	case !c.Ageing.Mark.Has():
		return ""
	case c.Count < few:
		return d.w.T("shape.none")
	case c.Second != "":
		return d.w.T("mat.shapes", d.w.T("mat.shape."+c.Shape), d.w.T("shape."+c.Second))
	}
	return d.w.T("mat.shape." + c.Shape)
}

// placed is how many clients are in D to V: under few of them there are counts,
// and no conclusion.
func (d *maturityDraw) placed() (n int) {
	for _, k := range heads4(d.v.Phases) {
		n += k
	}
	return n
}

// heads4 counts the clients of D, C, M and V.
func heads4(of [7]Who) (n [4]int) {
	for k := range n {
		n[k] = len(of[k+2])
	}
	return n
}

// readings draws the same phases by clients, by sales and by effort.
func (d *maturityDraw) readings(width int) TabChart {
	w, v := d.w, d.v
	clients := v.Curves[0]
	if !clients.Ageing.Mark.Has() {
		return blank(unread(w, clients.Ageing.Mark, "curve.none"), clients.Ageing.Mark.Reason)
	}
	pic := chart.Curves{Template: w.T("mat.template")}
	pic.Head = []string{w.T("mat.col.reading"), "D", "C", "M", "V", w.T("mat.col.shape")}
	var sales, effort *PhaseCurve
	for k := range v.Curves {
		c := &v.Curves[k]
		switch c.Key {
		case "sales":
			sales = c
		case "effort":
			effort = c
		case "clients":
		default:
			continue
		}
		if c.Ageing.Mark.Has() {
			pic.Panels = append(pic.Panels, d.panel(w.T("mat.by."+c.Key), *c, func(k int) string { return w.Number(100*c.Share[k], 0) }, d.base.Family, heads4(v.Phases)))
		}
	}
	finding, advice := "", ""
	switch {
	case d.base.Few || clients.Count < few:
		finding = w.T("curve.few", clients.Count)
	case effort != nil && effort.Ageing.Mark.Has():
		finding = w.T("mat.read.effort", w.Percent(effort.Share[2]), w.Percent(effort.Share[1])) // how many it takes stands beside
	case sales != nil && sales.Ageing.Mark.Has():
		finding = w.T("mat.read.sales", w.Percent(clients.Share[2]+clients.Share[3]), w.Percent(sales.Share[2]+sales.Share[3]))
		advice = w.T("curve.advice." + clients.Shape)
	default:
		finding = w.T("curve." + clients.Shape)
	}
	if clients.Shape == "none" {
		advice = ""
	}
	pic.Label = w.T("mat.label", finding, len(pic.Panels))
	out := picture(chart.Spec{Curves: &pic}, width, finding, clients.Ageing.Mark)
	out.Chart.Advice = advice
	return out
}

// ahead draws the portfolio in twelve months: as many newcomers as this year.
func (d *maturityDraw) ahead(width int) TabChart {
	w, h := d.w, &d.v.Ahead
	if !h.Lost.Mark.Has() {
		return blank(w.T(d.short("mat.ahead.none")), h.Lost.Mark.Reason)
	}
	if n := h.Now[0] + h.Now[1] + h.Now[2] + h.Now[3]; n < few {
		return blank(w.T("mat.ahead.few", n), explain.FewClients)
	}
	lost, pace := round(h.Lost.Value), h.Now[0]
	pic := chart.Forecast{PlanText: w.T("mat.ahead.plan"), Plan: float64(h.Planned)}
	pic.Head = d.heads("curve.col.phase", "mat.col.now", "mat.col.ahead", "mat.col.band")
	pic.Weak = h.Lost.Mark.Status == explain.Weak
	for k, letter := range phaseLetters {
		pic.Name[k] = letter
		pic.Now[k], pic.Then[k] = float64(h.Now[k]), h.Next[k]
		if k == 0 {
			pic.Then[0] = float64(pace)
		} else {
			pic.Low[k], pic.High[k] = h.Low[k], h.High[k]
			pic.BandText[k] = w.T("mat.band", w.Number(h.Low[k], 0), w.Number(h.High[k], 0))
		}
		pic.NowText[k] = w.T("mat.today", h.Now[k])
		if h.Now[k] > 0 {
			pic.Go[k] = d.link("phase:"+letter+":", w.T("mat.ahead.mark", w.T("phase."+letter), h.Now[k], w.Number(pic.Then[k], 0)))
		}
		pic.ThenText[k] = w.Number(pic.Then[k], 0)
	}
	needed := round(h.Needed.Value)
	switch {
	case h.Planned > 0:
		pic.ThenText[0] = w.Number(float64(h.Planned), 0)
	case h.Needed.Mark.Has() && needed > pace && !h.Capped:
		pic.Plan, pic.PlanText, pic.ThenText[0] = float64(needed), w.T("mat.ahead.hold"), w.Number(float64(needed), 0)
	default:
		pic.PlanText = ""
	}
	pic.Keys = [3]string{w.T("mat.key.now"), w.T("mat.key.ahead"), w.T("mat.key.band")}
	finding := ""
	switch net := pace - lost; {
	case net < 0:
		finding = w.T("mat.ahead.fewer", -net)
	case net > 0:
		finding = w.T("mat.ahead.more", net)
	default:
		finding = w.T("mat.ahead.same")
	}
	pic.Label = w.T("mat.ahead.label", finding, pic.ThenText[1], pic.ThenText[2], pic.ThenText[3])
	out := picture(chart.Spec{Forecast: &pic}, width, finding, h.Lost.Mark)
	out.Note = w.T("mat.ahead.note", lost, w.T("mat.new", pace))
	if h.Planned > 0 {
		out.Note = w.T("mat.ahead.note-plan", lost, w.T("mat.new", pace), h.Planned, signedCount(w, h.Planned-lost))
	}
	if h.Needed.Mark.Has() && needed > pace && !h.Capped {
		out.Note += " " + w.T("mat.ahead.needed", needed)
	}
	return out
}

// signedCount writes a change: "+ 5", "− 3".
func signedCount(w Words, n int) string {
	if n > 0 {
		return "+" + w.Number(float64(n), 0)
	}
	return w.Number(float64(n), 0)
}

// starters draws who was lost early, by the visits of the first ninety days.
func (d *maturityDraw) starters(width int) TabChart {
	w, v := d.w, d.v
	if !v.Mortality.Mark.Has() || len(v.Starters) == 0 {
		reason := v.Mortality.Mark.Reason
		if reason == 0 {
			reason = explain.NoData
		}
		return blank(w.T(d.short("mat.starters.none")), reason)
	}
	pic := chart.Cohorts{}
	pic.Head = d.heads("mat.col.follow", "mat.col.lost")
	kept, lost := 0, 0
	worst := -1.0
	for _, g := range v.Starters {
		if n := len(g.Kept) + len(g.Lost); len(g.Lost) > 0 {
			worst = max(worst, float64(len(g.Lost))/float64(n))
		}
	}
	for _, g := range v.Starters {
		n := len(g.Kept) + len(g.Lost)
		key, name := "0", w.T("mat.starters.few", followed)
		if g.Followed {
			key, name = "1", w.T("mat.starters.well", followed, followedDays)
		}
		c := chart.Cohort{Name: name, Kept: len(g.Kept), Lost: len(g.Lost), Text: w.T("mat.starters.lost", len(g.Lost), n),
			Hot: len(v.Starters) > 1 && len(g.Lost) > 0 && float64(len(g.Lost))/float64(n) == worst}
		c.Link = d.link("starters:"+key, name+" : "+c.Text)
		pic.Cohorts = append(pic.Cohorts, c)
		kept, lost = kept+len(g.Kept), lost+len(g.Lost)
	}
	finding := ""
	switch rate := v.Mortality.Value; {
	case lost == 0:
		finding = w.T("mat.starters.safe")
	case rate > .5:
		finding = w.T("mat.starters.half")
	default:
		finding = w.T("mat.starters.one", round(1/max(rate, .01)))
	}
	pic.Label = w.T("mat.starters.label", finding, lost, kept+lost)
	pic.Weak = v.Mortality.Mark.Status == explain.Weak
	out := picture(chart.Spec{Cohorts: &pic}, width, finding, v.Mortality.Mark)
	out.Note = w.T("mat.starters.note", lost, kept+lost)
	if lost > 0 {
		out.Links = []TabLink{d.list("lost", w.T("mat.starters.list", lost))}
	}
	return out
}

// families draws a small curve for each family, the largest first.
func (d *maturityDraw) families(width int) TabChart {
	w := d.w
	list := append([]FamilyCurve(nil), d.v.Families...)
	if len(list) == 0 {
		reason := d.v.FamilyMark.Reason
		if reason == 0 {
			reason = explain.NoData
		}
		return blank(unread(w, d.v.FamilyMark, "mat.families.none"), reason)
	}
	sorting.Stable(list, func(x, y FamilyCurve) int { return int(max(-1, min(1, y.Sales-x.Sales))) })
	pic := chart.Curves{}
	pic.Head = []string{w.T("mat.col.family"), "D", "C", "M", "V", w.T("mat.col.shape")}
	var ageing []string
	for i := range list {
		f := &list[i]
		if f.Curve.Shape == "rising" && f.Curve.Count >= few {
			ageing = append(ageing, f.Name)
		}
		if i >= shownFamilies {
			continue
		}
		var who [4]int
		for k := range who {
			who[k] = len(f.Phases[k])
		}
		p := d.panel(f.Name, f.Curve, func(k int) string { return w.Number(f.Curve.Weight[k], 0) }, f.Code, who)
		p.Foot = w.T("mat.families.foot", p.Foot, f.Curve.Count)
		p.Open = chart.Link{Go: "/portefeuille/maturite?famille=" + escapeQuery(f.Code) + d.base.tabIn(), Label: w.T("mat.families.open", f.Name)}
		pic.Panels = append(pic.Panels, p)
	}
	finding := ""
	switch n := len(ageing); {
	case n == 0:
		finding = w.T("mat.families.safe")
	case n == 1:
		finding = w.T("mat.families.one", ageing[0])
	case n == 2:
		finding = w.T("mat.families.two", ageing[0], ageing[1])
	default:
		finding = w.T("mat.families.many", n)
	}
	pic.Label = w.T("mat.families.label", finding, len(pic.Panels))
	mark := d.v.FamilyMark
	if !mark.Has() {
		mark = explain.Sound()
	}
	out := picture(chart.Spec{Curves: &pic}, width, finding, mark)
	if n := len(list) - shownFamilies; n > 0 {
		out.Note = w.T("mat.families.more", n)
	}
	if n := len(d.v.Unsorted); n > 0 {
		out.Links = append(out.Links, d.list("unsorted", w.T("mat.unsorted", n)))
	}
	return out
}

// erosion is the matrix clients × families: as many columns as have room, the
// families that most clients lose first.
func (d *maturityDraw) erosion(width int) ErosionTable {
	w, v, a := d.w, d.v, d.a
	out := ErosionTable{Mark: v.FamilyMark}
	out.Mark.Steps = nil
	n := len(v.Eroding)
	switch {
	case len(v.Families) == 0:
		if out.Mark.Reason == 0 {
			out.Mark = explain.Missing(explain.NoData)
		}
		out.Finding = unread(w, v.FamilyMark, "mat.erosion.none")
		if k := len(v.Openings); k > 0 {
			out.Links = append(out.Links, d.list("openings", w.T("mat.openings.list", k)))
		}
		return out
	case n == 0:
		out.Finding = w.T("mat.erosion.safe")
	default:
		out.Finding = w.T("mat.erosion.finding", n)
		out.Links = append(out.Links, d.list("erosion", w.T("mat.erosion.list", n)))
	}
	if k := len(v.Openings); k > 0 {
		out.Links = append(out.Links, d.list("openings", w.T("mat.openings.list", k)))
	}
	var rows []FamilyCells
	for _, r := range v.Cells {
		if len(r.Lost) > 0 && len(rows) < shownErosion {
			rows = append(rows, r)
		}
	}
	for _, r := range v.Cells {
		if len(r.Lost) == 0 && len(rows) < shownErosion {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 {
		return out
	}
	// columns: those lost or to open in the rows shown, then the largest
	weight := make([]int, len(a.Products))
	for i, f := range v.Families {
		if at := a.familyAt(f.Code); at >= 0 {
			weight[at] = 1 + len(v.Families) - i
		}
	}
	for _, r := range rows {
		for _, f := range r.Lost {
			weight[f] += 1000
		}
		for f := range len(r.Cells) {
			weight[f] += one(r.Cells[f] == '+') * 100
		}
	}
	room := width - 262 // beside the client and the sales, which a phone leaves out
	if width < 500 {
		room = width - 136
	}
	most := max(2, min(6, room/60))
	var columns []int
	for f := range weight {
		if weight[f] > 0 {
			columns = append(columns, f)
		}
	}
	sorting.Stable(columns, func(x, y int) int { return weight[y] - weight[x] })
	columns = columns[:min(len(columns), most)]
	sorting.Stable(columns, func(x, y int) int { return x - y })
	for _, f := range columns {
		out.Heads = append(out.Heads, a.familyName(f))
	}
	for _, r := range rows {
		row := ErosionRow{ID: v.Ground.IDs[r.Client], Name: v.Ground.Names[r.Client], Phase: r.Phase, Sales: w.MoneyShort(r.Sales)}
		for _, f := range columns {
			c := ErosionCell{Letter: r.Cells[f : f+1]}
			name := a.familyName(f)
			switch c.Letter {
			case "-":
				c.Label = w.T("mat.cell.never", name)
			case "+":
				c.Label = w.T("mat.cell.open", name)
			default:
				c.Label = w.T("mat.cell", name, w.T("phase."+c.Letter))
			}
			for k, lost := range r.Lost {
				if lost == f && k < len(r.Share) {
					c.Share = w.Number(100*r.Share[k], 0)
					c.Label = w.T("mat.cell.lost", name, w.T("phase."+c.Letter), w.Percent(r.Share[k]))
				}
			}
			row.Cells = append(row.Cells, c)
		}
		out.Rows = append(out.Rows, row)
	}
	for _, r := range out.Rows {
		for _, c := range r.Cells {
			if c.Share != "" && out.Note == "" {
				out.Note = w.T("mat.erosion.note", c.Letter, c.Share)
			}
		}
	}
	return out
}

// effort sets the contacts of each phase against the target.
func (d *maturityDraw) effort(width int) TabChart {
	w, e := d.w, &d.v.Effort
	if m := e.Ratio.Mark; m.Reason == explain.FewPeriods && !m.Has() || !m.Has() && e.Actual == ([4]float64{}) {
		return blank(unread(w, m, "mat.effort.none"), m.Reason)
	}
	pic := chart.Moves{Keys: [2]string{w.T("mat.col.spent"), w.T("mat.col.target")}}
	pic.Head = d.heads("curve.col.phase", "mat.col.spent", "mat.col.target")
	much := 0
	for k, letter := range phaseLetters {
		m := chart.Move{Name: w.T("phase." + letter), From: 100 * e.Actual[k], To: 100 * e.Target[k],
			FromText: w.Percent(e.Actual[k]), ToText: w.Percent(e.Target[k]), Tone: chart.PhaseD + chart.Tone(k)}
		if n := len(d.v.Phases[k+2]); n > 0 {
			m.Link = d.link("phase:"+letter+":"+d.base.Family, w.T("mat.effort.mark", m.Name, m.FromText, m.ToText))
		}
		pic.Moves = append(pic.Moves, m)
		if e.Gap[k] > e.Gap[much] {
			much = k
		}
	}
	finding, short := w.T("mat.effort.even"), ""
	placed := d.placed()
	if n := round(e.Gap[much]); placed < few {
		finding = w.T("curve.few", placed)
	} else if n > 0 {
		finding = w.T("mat.effort.move", n, phaseLetters[much])
		for k, letter := range phaseLetters {
			if n := round(-e.Gap[k]); n > 0 {
				if short != "" {
					short += w.T("mat.effort.and")
				}
				short += w.T("mat.effort.short", letter, n)
			}
		}
	}
	pic.Label = w.T("mat.effort.label", finding, pic.Moves[0].FromText, pic.Moves[1].FromText, pic.Moves[2].FromText, pic.Moves[3].FromText)
	mark := e.Ratio.Mark
	if !mark.Has() { // no contact in M: the shares stand
		mark = explain.Sound()
	}
	if placed < few {
		mark = explain.Thin(explain.FewClients)
	}
	out := picture(chart.Spec{Moves: &pic}, width, finding, mark)
	if short != "" {
		out.Note = w.T("mat.effort.note", short)
	}
	return out
}

// storyMonths is how far back the story goes at most.
const storyMonths = 24

// storied is the curve at the end of each month whose two years are covered: a
// phase needs both. It is kept.
func (a *Analysis) storied() []PhaseMonth {
	if a.story != nil {
		return a.story
	}
	a.story = []PhaseMonth{}
	if a.sc.From == calendar.None {
		return a.story
	}
	n := 0
	for n < storyMonths && a.AsOf.AddMonths(-n-1) >= a.sc.From.AddMonths(24) {
		n++
	}
	for _, p := range a.Story(n) {
		if n > 0 && p.Clients.Clients > 0 {
			a.story = append(a.story, PhaseMonth{p.Day, p.Clients.Weight, p.Sales.Weight, shapeKey(p.Clients.Shape), short(p.Clients.Ageing)})
		}
	}
	return a.story
}

// StoryTab draws the four phases at the end of each month, beside the tab
// Maturity: it takes longer than the tab itself.
func (a *Analysis) StoryTab(r Reader, ask TabAsk) TabChart {
	w, h := r.Words, a.storied()
	width := ask.row(1, 1)[1]
	if len(h) < 2 {
		return blank(w.T("mat.story.none"), explain.FewPeriods)
	}
	pic := chart.Lines{}
	pic.Head = []string{w.T("mat.col.month"), "D", "C", "M", "V"}
	for k, letter := range phaseLetters {
		s := chart.Series{Name: letter + " " + w.Number(h[len(h)-1].Clients[k], 0), Ink: [...]string{"ph-d", "ph-c", "ph-m", "ph-v"}[k], Dash: chart.Dash(k % 3)}
		if k == 3 {
			s.Dash = chart.Solid
		}
		for i, m := range h {
			s.Points = append(s.Points, chart.XY{X: float64(i), Y: m.Clients[k]})
		}
		if n := h[len(h)-1].Clients[k]; n > 0 { // the last month is today's curve
			at := TabBase{Before: ask.Before}
			s.Link = chart.Link{Go: "/clients?qui=" + at.then("maturity:phase:"+letter+":") + within(a.Scope), Label: w.T("mat.story.mark", w.T("phase."+letter), round(n))}
		}
		pic.Series = append(pic.Series, s)
	}
	for _, m := range h {
		pic.NamesX = append(pic.NamesX, w.DayLong(m.Day))
	}
	pic.Left, pic.Right = w.DayLong(h[0].Day), w.DayLong(h[len(h)-1].Day)
	first, last := h[0].Ageing, h[len(h)-1].Ageing
	finding := ""
	switch {
	case last-first >= .05:
		finding = w.T("mat.story.older", w.Number(first, 2), w.Number(last, 2))
	case first-last >= .05:
		finding = w.T("mat.story.younger", w.Number(first, 2), w.Number(last, 2))
	default:
		finding = w.T("mat.story.same", w.Number(last, 2))
	}
	pic.Label = w.T("mat.story.label", finding, len(h))
	return picture(chart.Spec{Lines: &pic}, width, finding, explain.Sound())
}

// maturityWho lists the clients behind a mark of the tab; key is what follows
// the first colon of the address.
func (a *Analysis) maturityWho(key string) (Who, bool) {
	kind, rest, _ := strings.Cut(key, ":")
	v := a.MaturityView(MaturityAsk{})
	switch kind {
	case "phase":
		letter, family, _ := strings.Cut(rest, ":")
		at := strings.Index("0PDCMVX", letter)
		if at < 0 || len(letter) != 1 {
			return nil, false
		}
		if family == "" || at < 2 || at > 5 {
			return v.Phases[at], true
		}
		for i := range v.Families {
			if v.Families[i].Code == family {
				return v.Families[i].Phases[at-2], true
			}
		}
		return nil, false
	case "clients":
		return a.who(func(i int) bool { return !a.Prospect[i] }), true
	case "erosion":
		return v.Eroding, true
	case "openings":
		return v.Openings, true
	case "unsorted":
		return v.Unsorted, true
	case "moved":
		return v.Moved, true
	case "starters", "lost":
		var out Who
		for _, g := range v.Starters {
			if kind == "lost" {
				out = append(out, g.Lost...)
			} else if rest == digit(one(g.Followed)) {
				out = append(append(out, g.Kept...), g.Lost...)
			}
		}
		sorting.Stable(out, func(x, y int32) int { return int(x - y) })
		return out, true
	}
	return nil, false
}
