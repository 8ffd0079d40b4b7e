// Package export writes clients and visits as CSV files that a spreadsheet
// opens as they are, and that package intake reads back without loss.
//
// The default is what a French Excel expects: UTF-8 with its mark, semicolons,
// decimal commas, days first, CRLF. [Plain] is the international switch:
// commas, decimal points, ISO dates, no mark (RFC 4180).
//
// Cells are typed. A text that a spreadsheet would run as a formula (it begins
// with = + - @, a tab or a line end) gets an apostrophe before it; a number
// never does, a negative amount is no attack. SIRET and phone numbers are
// written in groups, as print does: without spaces a spreadsheet would take
// them for numbers and round them.
package export

import (
	"strconv"
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/intake"
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A Format is how a file is written.
type Format struct {
	Separator byte
	Decimal   byte
	Mark      bool // of UTF-8 at the beginning
	DayFirst  bool // 31/12/2025, or else 2025-12-31
}

// The formats.
var (
	Excel = Format{Separator: ';', Decimal: ',', Mark: true, DayFirst: true}
	Plain = Format{Separator: ',', Decimal: '.'}
)

// A table is a file being written.
type table struct {
	f   Format
	b   strings.Builder
	bol bool // at the beginning of a line
}

func newTable(f Format) *table {
	t := &table{f: f, bol: true}
	if f.Mark {
		t.b.WriteString("\xef\xbb\xbf")
	}
	return t
}

func (t *table) cell(s string) {
	if !t.bol {
		t.b.WriteByte(t.f.Separator)
	}
	t.bol = false
	t.b.WriteString(intake.Quote(s, t.f.Separator))
}

func (t *table) end() {
	t.b.WriteString("\r\n")
	t.bol = true
}

func (t *table) text(s string) { t.cell(intake.Neutral(s)) }

func (t *table) amount(c money.Cents) {
	neg := c < 0
	u := uint64(c)
	if neg {
		u = -u
	}
	cents := strconv.FormatUint(u%100, 10)
	if len(cents) == 1 {
		cents = "0" + cents
	}
	s := strconv.FormatUint(u/100, 10) + string(t.f.Decimal) + cents
	if neg {
		s = "-" + s
	}
	t.cell(s)
}

// known writes an amount that zero would not say: an unknown potential.
func (t *table) known(c money.Cents) {
	if c == 0 {
		t.cell("")
		return
	}
	t.amount(c)
}

func (t *table) count(n int) {
	if n == 0 {
		t.cell("")
		return
	}
	t.cell(strconv.Itoa(n))
}

func (t *table) degrees(x *float64) {
	if x == nil {
		t.cell("")
		return
	}
	t.cell(strings.Replace(strconv.FormatFloat(*x, 'f', -1, 64), ".", string(t.f.Decimal), 1))
}

func (t *table) day(d calendar.Day) {
	if d == 0 || d == calendar.None {
		t.cell("")
		return
	}
	iso := d.String()
	if t.f.DayFirst {
		iso = iso[8:] + "/" + iso[5:7] + "/" + iso[:4]
	}
	t.cell(iso)
}

// siret writes 732 829 320 00074.
func siret(s string) string {
	if len(s) != 14 {
		return s
	}
	return s[:3] + " " + s[3:6] + " " + s[6:9] + " " + s[9:]
}

// phone writes a number as typed, or a French one in pairs.
func phone(p *portfolio.Site) string {
	if p.PhoneRaw != "" && strings.ContainsAny(p.PhoneRaw, " ./-\u00a0\u202f") {
		return p.PhoneRaw
	}
	n, ok := strings.CutPrefix(p.Phone, "+33")
	if !ok || len(n) != 9 {
		if p.PhoneRaw != "" {
			return p.PhoneRaw
		}
		return p.Phone
	}
	n = "0" + n
	return n[:2] + " " + n[2:4] + " " + n[4:6] + " " + n[6:8] + " " + n[8:]
}

// A Client is one line of the file of clients. Sales and Before are those of
// the twelve months to the reading date, and of the twelve before.
type Client struct {
	Account   portfolio.Account
	Place     portfolio.Site
	Potential money.Cents // per year; 0: unknown
	Sales     money.Cents
	Before    money.Cents
}

// ClientColumns are the columns of the file of clients: catalogue keys under
// "export.".
var ClientColumns = []string{"code", "name", "status", "siret", "street", "postcode", "city", "country", "phone", "email", "sector", "headcount",
	"first-order", "solvency", "potential", "n", "n-1", "lat", "lon", "tags", "summary"}

// Clients writes a file of clients. word gives the words of a catalogue key:
// headers ("export.code"), statuses ("status.3") and credit standings
// ("solvency.1").
func Clients(f Format, word func(key string) string, clients []Client) []byte {
	t := newTable(f)
	head(t, word, ClientColumns)
	enum := func(name string, n int) {
		if n == 0 {
			t.cell("")
			return
		}
		t.text(word(name + "." + strconv.Itoa(n)))
	}
	for i := range clients {
		c := &clients[i]
		a, p := &c.Account, &c.Place
		t.text(a.Code)
		t.text(a.Name)
		enum("status", int(a.Status))
		t.text(siret(p.Siret))
		t.text(p.Street)
		t.text(p.Postcode)
		t.text(p.City)
		t.text(p.Country)
		t.text(phone(p))
		t.text(p.Email)
		t.text(p.Sector)
		t.count(p.Headcount)
		t.day(a.FirstOrder)
		enum("solvency", int(a.Solvency))
		t.known(c.Potential)
		t.amount(c.Sales)
		t.amount(c.Before)
		t.degrees(p.Lat)
		t.degrees(p.Lon)
		t.text(strings.Join(a.Tags, ", "))
		t.text(a.Summary)
		t.end()
	}
	return []byte(t.b.String())
}

// A Visit is one line of the file of visits, its enumerations worded.
type Visit struct {
	Day       calendar.Day
	Minute    int // of the day; negative: unknown
	Code      string
	Client    string
	Who       string
	Kind      string
	Outcome   string
	Duration  int // minutes
	Objective string
	Notes     string
	Next      string
	Order     money.Cents // announced, no sale
}

// VisitColumns are the columns of the file of visits.
var VisitColumns = []string{"day", "time", "code", "name", "who", "kind", "outcome", "duration", "objective", "notes", "next", "order"}

// Visits writes a file of visits.
func Visits(f Format, word func(key string) string, visits []Visit) []byte {
	t := newTable(f)
	head(t, word, VisitColumns)
	for i := range visits {
		v := &visits[i]
		t.day(v.Day)
		if v.Minute < 0 || v.Minute > 1439 {
			t.cell("")
		} else {
			t.cell(strconv.Itoa(100 + v.Minute/60)[1:] + ":" + strconv.Itoa(100 + v.Minute%60)[1:])
		}
		t.text(v.Code)
		t.text(v.Client)
		t.text(v.Who)
		t.text(v.Kind)
		t.text(v.Outcome)
		t.count(v.Duration)
		t.text(v.Objective)
		t.text(v.Notes)
		t.text(v.Next)
		t.known(v.Order)
		t.end()
	}
	return []byte(t.b.String())
}

func head(t *table, word func(string) string, columns []string) {
	for _, c := range columns {
		t.text(word("export." + c))
	}
	t.end()
}
