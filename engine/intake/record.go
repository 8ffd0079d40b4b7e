package intake

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"sillon/engine/calendar"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A record is one line of the file, read.
type record struct {
	row    int32
	line   int // of the file
	set    uint64
	text   [lastField]string // normalised text of everything but sales
	cents  [lastField]money.Cents
	num    [lastField]float64
	day    calendar.Day
	totals []total
	hold   Level // the gravest open issue
	drop   bool  // left out on purpose, or says nothing
}

type total struct {
	window calendar.Window
	amount money.Cents
	column int
}

func (r *record) has(f Field) bool { return r.set&(1<<f) != 0 }

func (r *record) put(f Field, s string) {
	if s == "" {
		return
	}
	if r.has(f) && fields[f].many { // number, lane, complement
		r.text[f] += " " + s
		return
	}
	r.text[f] = s
	r.set |= 1 << f
}

// A lane is one column ready to read.
type lane struct {
	Column
	at     int
	dec    byte
	said   byte // decimal sign of the first value that shows both
	order  string
	window calendar.Window
}

// A reader reads the lines of a sheet under a mapping.
type reader struct {
	sheet    *Sheet
	existing *Existing
	plan     *Mapping
	lanes    []lane
	pivot    int
	fixes    map[[2]int]string // line, column → value typed instead
	result   *Result
	heads    []string // the header, folded, to know it again; nil: none
	rec      record
	cells    []string
}

// issue tells an issue of the line at hand and returns whether its proposal
// was accepted.
func (rd *reader) issue(column int, value string, why Reason, level Level, action Action, args ...string) bool {
	i := Issue{Line: rd.rec.line, Column: column, Value: cut(value, 120), Code: why, Args: args, Level: level, Action: action}
	choice := rd.plan.Choices[i.Key()]
	if strings.HasPrefix(choice, "=") {
		choice = "" // the value was typed, and is as wrong
	}
	switch {
	case choice == string(Drop):
		rd.rec.drop = true
		i.Level = Ask // left out by choice
		rd.result.leave(rd.rec.row, i)
		return false
	case level == Note:
		rd.result.note(i)
		return choice != "" && choice == string(action)
	case level == Ask && (choice == string(action) || choice == "" && rd.plan.AcceptAll):
		return true
	}
	rd.result.hold(rd.rec.row, i)
	rd.rec.hold = max(rd.rec.hold, level)
	return false
}

// chosen reports whether the user answered an issue of the line at hand with
// another action than the one proposed.
func (rd *reader) chosen(column int, why Reason, a Action) bool {
	return len(rd.plan.Choices) > 0 && rd.plan.Choices[Issue{Line: rd.rec.line, Column: column, Code: why}.Key()] == string(a)
}

// read fills the record from a line; false when there is nothing to import.
func (rd *reader) read(i int) bool {
	s := rd.sheet
	rd.cells = s.Row(i, rd.cells)
	rd.rec = record{row: int32(i), line: s.Line(i), totals: rd.rec.totals[:0]}
	r := &rd.rec
	if rd.again() {
		rd.issue(-1, "", HeaderAgain, Note, None)
		return false
	}
	if len(rd.cells) > s.Width {
		for _, c := range rd.cells[s.Width:] {
			if strings.TrimSpace(c) != "" {
				rd.issue(-1, c, TooManyCells, Refuse, Correct, strconv.Itoa(len(rd.cells)-s.Width))
				break
			}
		}
	}
	blank := true
	for k := range rd.lanes {
		l := &rd.lanes[k]
		v := ""
		if l.at < len(rd.cells) {
			v = tidy(rd.cells[l.at])
		}
		if len(rd.fixes) > 0 {
			if fix, ok := rd.fixes[[2]int{r.line, l.at}]; ok {
				v = tidy(fix)
			}
		}
		if len(v) > 1 && v[0] == '\'' && Neutral(v[1:]) != v[1:] {
			v = v[1:] // our own exports, and others, write '=… for =…
		}
		if v == "" {
			continue
		}
		blank = false
		rd.result.Columns[l.at].Filled++
		if strings.ContainsRune(v, utf8.RuneError) {
			clean := strings.ReplaceAll(v, "\uFFFD", "")
			if !rd.issue(l.at, v, BadChar, Ask, Accept, clean) {
				continue
			}
			v = clean
		}
		if rd.value(l, v) {
			rd.result.Columns[l.at].Read++
		}
	}
	return !blank
}

// again reports whether the line is the header once more.
func (rd *reader) again() bool {
	if len(rd.heads) < 2 || len(rd.cells) < len(rd.heads) {
		return false
	}
	for j, h := range rd.heads {
		if len(rd.cells[j]) > 200 || Fold(rd.cells[j]) != h {
			return false
		}
	}
	return true
}

// value reads one cell; false when it was not understood.
func (rd *reader) value(l *lane, v string) bool {
	r := &rd.rec
	switch f := l.Field; fields[f].read {
	case asText:
		return rd.words(l, v)
	case asAmount:
		return rd.amount(l, v)
	case asNumber, asShare, asPart:
		n, st := readNumber(v, l.dec)
		switch st {
		case numNone:
			return true
		case numOK, numUnit:
			x := n.float()
			if fields[f].read != asNumber && (n.percent || math.Abs(x) > 1) {
				x /= 100
			}
			if fields[f].read == asPart {
				if x < 0 || x > 1 {
					break
				}
				r.put(f, strconv.FormatFloat(x, 'g', -1, 64))
				return true
			}
			if math.Abs(x) < 1e12 {
				r.num[f] = x
				r.set |= 1 << f
				return true
			}
		case numAmbiguous:
			rd.issue(l.at, v, Ambiguous, Refuse, Correct)
			return false
		}
		rd.issue(l.at, v, NotNumber, Ask, Leave)
		return false
	case asCount:
		n, st := readNumber(v, ',')
		if st == numNone {
			return true
		}
		if x := n.float(); st == numOK && x >= 0 && x < 1e7 && !n.percent {
			r.put(f, strconv.Itoa(int(x)))
			return true
		}
		rd.issue(l.at, v, NotCount, Ask, Leave)
		return false
	case asDay:
		return rd.date(l, v)
	case asStatus, asSolvency, asAppraisal:
		if isNothing(v) {
			return true
		}
		if n := choice(fields[f].read, v); n > 0 {
			r.put(f, strconv.Itoa(n))
			return true
		}
		rd.issue(l.at, v, NotChoice, Ask, Leave)
		return false
	case asPostcode:
		r.put(f, cut(v, 12)) // settled once the country is known
		return true
	case asPostcodeCity:
		postcode, city := splitPostcode(v)
		r.put(Postcode, postcode)
		r.put(City, cut(city, 80))
		return postcode != ""
	case asInsee:
		code, why := readInsee(v)
		if why != "" {
			rd.issue(l.at, v, why, Note, None, code)
		}
		r.put(f, cut(code, 12))
		return true
	case asSiret, asSiren, asVAT:
		return rd.register(l, v)
	case asPhone, asEmail:
		if isNothing(v) {
			return true
		}
		if f == Email && (strings.IndexByte(v, '@') < 1 || !strings.Contains(v, ".")) {
			rd.issue(l.at, v, NotEmail, Note, None)
		}
		r.put(f, cut(v, fields[f].max))
		return true
	case asDegrees:
		limit := 180.0
		if f == Lat {
			limit = 90
		}
		dec := byte('.') // degrees are never grouped by thousands: whatever sign is there is the decimal one
		if strings.Contains(v, ",") {
			dec = ','
		}
		n, st := readNumber(v, dec)
		if st == numNone {
			return true
		}
		if x := n.float(); st == numOK && math.Abs(x) <= limit {
			r.num[f] = x
			r.put(f, strconv.FormatFloat(x, 'g', -1, 64))
			return true
		}
		rd.issue(l.at, v, NotDegrees, Ask, Leave)
		return false
	}
	return false
}

func (rd *reader) words(l *lane, v string) bool {
	f := l.Field
	if limit := fields[f].max; utf8.RuneCountInString(v) > limit {
		if !rd.issue(l.at, v, TooLong, Ask, Accept, strconv.Itoa(limit)) {
			return false
		}
		v = strings.TrimSpace(cut(v, limit))
	}
	switch f {
	case Family:
		if near, ok := rd.existing.nearFamily(v); ok {
			if !rd.chosen(l.at, NearFamily, Separate) {
				if !rd.issue(l.at, v, NearFamily, Ask, Replace, near) {
					return false
				}
				v = near
			}
		} else if code, ok := rd.existing.families[Fold(v)]; ok {
			v = code
		}
	case Code:
		if scientific(v) { // the code is lost, two clients may share what is left
			rd.issue(l.at, v, SiretSci, Refuse, Correct)
			return false
		}
	}
	rd.rec.put(f, v)
	return true
}

func (rd *reader) amount(l *lane, v string) bool {
	f, r := l.Field, &rd.rec
	sale := f == Amount || f == Return || f == Total
	doubt := func(why Reason, args ...string) bool {
		if sale {
			rd.issue(l.at, v, why, Refuse, Correct, args...)
		} else {
			rd.issue(l.at, v, why, Ask, Leave, args...)
		}
		return false
	}
	n, st := readNumber(v, l.dec)
	switch st {
	case numNone:
		return true
	case numAmbiguous:
		rd.issue(l.at, v, Ambiguous, Refuse, Correct)
		return false
	case numFormula:
		return doubt(FormulaError)
	case numBad:
		return doubt(NotNumber)
	}
	if n.percent {
		return doubt(PercentHere)
	}
	if n.power {
		return doubt(PowerOfTen)
	}
	c, ok := n.cents()
	if !ok {
		return doubt(TooBig)
	}
	if rd.plan.Currency != "" && foreign(n.sign, rd.plan.Currency) && !rd.issue(l.at, v, OtherCurrency, Ask, Accept, strconv.FormatInt(int64(c), 10)) {
		return false
	}
	if n.both { // the first such value, or the column, says which sign is the decimal one
		if l.said == 0 {
			if l.said = l.dec; l.said == 0 {
				l.said = n.decimal
			}
		}
		if n.decimal != l.said && !rd.issue(l.at, v, TwoSigns, Ask, Accept, strconv.FormatInt(int64(c), 10)) {
			return false
		}
	}
	if st == numUnit && !rd.issue(l.at, v, Thousands, Ask, Accept, strconv.FormatInt(int64(c), 10)) {
		return false
	}
	switch {
	case f == Total:
		if c < 0 && !rd.issue(l.at, v, NegativeTotal, Ask, Accept, strconv.FormatInt(int64(c), 10)) {
			return false
		}
		r.totals = append(r.totals, total{l.window, c, l.at})
	case sale, f == Cost, f == Margin:
		r.cents[f] = c
	case c < 0:
		return doubt(NegativePot)
	default:
		r.put(f, strconv.FormatInt(int64(c), 10))
	}
	r.set |= 1 << f
	return true
}

func (rd *reader) date(l *lane, v string) bool {
	f, r := l.Field, &rd.rec
	d, st := readDay(v, l.order, rd.pivot)
	switch st {
	case dayNone:
		return true
	case dayBad:
		if f == Day {
			rd.issue(l.at, v, NotDate, Refuse, Correct)
		} else {
			rd.issue(l.at, v, NotDate, Ask, Leave)
		}
		return false
	case dayMissing:
		if !rd.issue(l.at, v, NoSuchDay, Ask, Accept, d.String()) {
			return false
		}
	}
	if d == 0 { // the first of January 1970 is how "no day" is stored
		d = 1
	}
	if d > rd.plan.AsOf && rd.plan.AsOf != 0 && !rd.issue(l.at, v, FutureDay, Ask, Accept, d.String()) {
		return false
	}
	if f == Day && d < oldest && !rd.issue(l.at, v, OldDay, Ask, Accept, d.String()) {
		return false
	}
	if f == Day {
		r.day = d
		r.set |= 1 << Day
		return true
	}
	r.put(f, strconv.Itoa(int(d)))
	return true
}

// register reads SIRET, SIREN and VAT numbers: warnings only, an incomplete
// client must be possible.
func (rd *reader) register(l *lane, v string) bool {
	if isNothing(v) {
		return true
	}
	var code string
	var valid bool
	var why Reason
	field := l.Field
	switch field {
	case Siret:
		if raw := compact(v); len(raw) == 9 && allDigits(raw) { // a SIREN in the column of the SIRET
			code, valid, why = ReadSiren(v)
			field = Siren
		} else {
			code, valid, why = ReadSiret(v)
		}
	case Siren:
		code, valid, why = ReadSiren(v)
	default:
		code, valid, why = ReadVAT(v)
		field = Siren
	}
	if why != "" {
		rd.issue(l.at, v, why, Note, None, code)
	}
	rd.rec.put(field, code)
	return valid
}

// settle finishes a record once all its cells are read: the postcode with its
// country, what the line must have.
func (rd *reader) settle() {
	r := &rd.rec
	if r.has(Postcode) {
		code, why := readPostcode(r.text[Postcode], r.text[Country])
		if why != "" {
			rd.issue(rd.columnOf(Postcode, PostcodeCity), r.text[Postcode], why, Note, None, code)
		}
		r.text[Postcode] = code
	}
	if r.has(Siret) && !r.has(Siren) && len(r.text[Siret]) == 14 && allDigits(r.text[Siret]) && portfolio.SiretKey(r.text[Siret]) {
		r.put(Siren, r.text[Siret][:9])
	}
	if r.has(Lat) != r.has(Lon) {
		r.set &^= 1<<Lat | 1<<Lon
	}
	if !r.has(Code) && !r.has(Name) && !(r.has(Siret) && siretValid(r.text[Siret])) {
		rd.issue(-1, "", NoKey, Refuse, Correct)
		return
	}
	if (r.cents[Amount] != 0 || r.cents[Return] != 0) && !r.has(Day) && r.hold == Note {
		rd.issue(rd.columnOf(Day, Day), "", NoDay, Refuse, Correct)
	}
}

func (rd *reader) columnOf(a, b Field) int {
	for i := range rd.lanes {
		if f := rd.lanes[i].Field; f == a || f == b {
			return rd.lanes[i].at
		}
	}
	return -1
}

func siretValid(s string) bool {
	digits, valid, _ := ReadSiret(s)
	return valid && digits != ""
}

// choice reads the words of an enumeration; 0 when they are unknown.
func choice(r reading, s string) int {
	w := Fold(s)
	switch r {
	case asStatus:
		switch w {
		case "suspect", "s", "suspects":
			return int(portfolio.Suspect)
		case "prospect", "p", "prospects", "a prospecter", "lead":
			return int(portfolio.Prospect)
		case "client", "c", "clients", "actif", "active", "customer", "client actif", "oui", "a":
			return int(portfolio.Client)
		case "inactif", "i", "inactive", "dormant", "client inactif", "en sommeil":
			return int(portfolio.Inactive)
		case "perdu", "x", "lost", "ancien client", "ancien", "ex client", "ferme", "client perdu", "radie":
			return int(portfolio.Lost)
		}
	case asSolvency:
		switch w {
		case "ok", "bonne", "bon", "oui", "good", "1", "a", "saine":
			return int(portfolio.SolvencyOK)
		case "a surveiller", "surveiller", "surveillance", "watch", "to watch", "2", "b", "moyenne", "fragile":
			return int(portfolio.SolvencyWatch)
		case "bloque", "bloquee", "non", "blocked", "3", "c", "contentieux", "mauvaise":
			return int(portfolio.SolvencyBlocked)
		}
	case asAppraisal:
		switch w {
		case "declare", "declare par le client", "declared", "client", "stated by the client", "1":
			return int(portfolio.Declared)
		case "ratio", "par ratio", "calcule par un ratio", "worked out from a ratio", "2":
			return int(portfolio.ByRatio)
		case "analogie", "par analogie", "analogy", "comparaison", "par comparaison avec un client semblable", "by comparison with a similar client", "3":
			return int(portfolio.Analogy)
		case "marche", "part de marche", "market", "d apres la part de marche", "from the market share", "4":
			return int(portfolio.Market)
		case "jugement", "estimation", "judgment", "jugement du commercial", "the rep s judgment", "5", "avis":
			return int(portfolio.Judgment)
		}
	}
	return 0
}
