package portfolio

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"unicode/utf8"

	"sillon/engine/calendar"
	"sillon/engine/money"
)

// ErrInvalid says that a field's value is of another type, too long or out of
// bounds; the text says which.
var ErrInvalid = errors.New("invalid record")

// Bounds of values, wide enough for any honest portfolio.
const (
	MaxText  = 500                  // characters of an ordinary text field
	MaxNote  = 10_000               // characters of a note
	MaxList  = 100                  // elements of a list of words
	maxCents = 1_000_000_000_000_00 // a million millions, either sign
)

// days that a record may name: generations of history, decades of plans.
var firstDay, lastDay = calendar.Of(1900, 1, 1), calendar.Of(2199, 12, 31)

// notes are the fields that hold more than a line of text.
var notes = map[Kind][]string{
	KindAccount: {"Summary"},
	KindContact: {"Objective", "Notes", "Next"},
	KindService: {"Text", "Remedy"}, KindCompetitor: {"Notes"}, KindContract: {"Text"}, KindProject: {"Why"},
	KindCommitment: {"Text"}, KindSignal: {"Text"}, KindFormer: {"Text"}, KindOverride: {"Why"}, KindReading: {"Text"},
}

// New returns a pointer to an empty noun of the kind, or nil when the kind is
// not known.
func New(k Kind) any {
	switch k {
	case KindOrg:
		return new(Org)
	case KindUser:
		return new(User)
	case KindTeam:
		return new(Team)
	case KindPortfolio:
		return new(Portfolio)
	case KindAccount:
		return new(Account)
	case KindSite:
		return new(Site)
	case KindPerson:
		return new(Person)
	case KindFamily:
		return new(Family)
	case KindSale:
		return new(Sale)
	case KindContact:
		return new(Contact)
	case KindEstimate:
		return new(Estimate)
	case KindAppointment:
		return new(Appointment)
	case KindImport:
		return new(Import)
	case KindConflict:
		return new(Conflict)
	case KindRefusal:
		return new(Refusal)
	case KindSetting:
		return new(Setting)
	}
	return newFact(k)
}

// Validate checks that fields, all or some of a record's, decode into its noun
// and that every value lies within bounds. Fields that this version does not
// know are left alone. The tablet asks before it saves, the server before it
// applies.
func Validate(k Kind, f Fields) error {
	noun := New(k)
	if noun == nil {
		return fmt.Errorf("%w: kind %d is not known", ErrInvalid, k)
	}
	if err := f.Into(noun); err != nil {
		return fmt.Errorf("%w: %v", ErrInvalid, err)
	}
	if v := f[FieldRemoved]; len(v) > 0 && !f.Removed() && (len(v) != 1 || v[0] != Null[0]) {
		return fmt.Errorf("%w: the mark of a deletion is neither true nor cleared", ErrInvalid)
	}
	v := reflect.ValueOf(noun).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if why := bound(k, name, v.Field(i).Interface()); why != "" {
			return fmt.Errorf("%w: %s.%s %s", ErrInvalid, v.Type().Name(), name, why)
		}
	}
	if why := special(noun); why != "" {
		return fmt.Errorf("%w: %s %s", ErrInvalid, v.Type().Name(), why)
	}
	return nil
}

// bound says what is wrong with a value by its type, or nothing.
func bound(k Kind, name string, v any) string {
	switch v := v.(type) {
	case string:
		limit := MaxText
		for _, n := range notes[k] {
			if n == name {
				limit = MaxNote
			}
		}
		return text(v, limit)
	case []string:
		if len(v) > MaxList {
			return "is a list of too many words"
		}
		for _, s := range v {
			if why := text(s, MaxText); why != "" {
				return why
			}
		}
	case calendar.Day:
		if v != 0 && v != calendar.None && (v < firstDay || v > lastDay) {
			return "is not in 1900-2199"
		}
	case money.Cents:
		if v < -maxCents || v > maxCents {
			return "is not an amount"
		}
	case *money.Cents:
		if v != nil {
			return bound(k, name, *v)
		}
	case float64:
		if math.IsNaN(v) || math.Abs(v) > 1e12 {
			return "is not a number within bounds"
		}
	case *float64:
		if v != nil {
			return bound(k, name, *v)
		}
	case []float64:
		if len(v) > MaxList {
			return "holds too many numbers"
		}
		for _, x := range v {
			if why := bound(k, name, x); why != "" {
				return why
			}
		}
	case int:
		if v < math.MinInt32 || v > math.MaxInt32 {
			return "is not a number within bounds"
		}
	}
	return ""
}

// text refuses what no keyboard types: control characters other than line
// breaks and tabs would reach a log or a spreadsheet.
func text(s string, limit int) string {
	if utf8.RuneCountInString(s) > limit {
		return fmt.Sprintf("is longer than %d characters", limit)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f }) {
		return "holds a control character"
	}
	return ""
}

// special checks what the type does not say.
func special(noun any) string {
	var bad []string
	within := func(name string, v, low, high int) {
		if v < low || v > high {
			bad = append(bad, fmt.Sprintf("%s %d is not in %d to %d", name, v, low, high))
		}
	}
	share := func(name string, v, low, high float64) {
		if v < low || v > high {
			bad = append(bad, fmt.Sprintf("%s %g is not in %g to %g", name, v, low, high))
		}
	}
	switch n := noun.(type) {
	case *Org:
		within("first month", n.FiscalFrom, 0, 12)
	case *User:
		within("role", int(n.Role), 0, int(RoleTrainee))
	case *Portfolio:
		within("months", n.Months, 0, 60)
		within("kind", int(n.Kind), 0, int(Resellers))
	case *Account:
		within("status", int(n.Status), 0, int(Lost))
		within("typology", int(n.Typology), 0, int(Closed))
		within("solvency", int(n.Solvency), 0, int(SolvencyBlocked))
		within("category", int(n.Category), 0, int(Economy))
		within("motive", int(n.Motive), 0, int(MotiveNatural))
		note("relevance", n.Relevance, 100, within)
		note("credibility", n.Trust, 100, within)
		share("rebate", n.RebateRate, 0, 1)
		within("nearness", n.Near, 0, 10)
		within("margin", n.Earning, 0, 10)
		within("referrals", n.Referred, 0, 10_000)
		within("price increase", int(n.Rise), 0, int(Declined))
		for _, m := range [...]int{n.Opens, n.Lunch, n.Back, n.Closes} {
			within("opening hour", m, 0, 1440)
		}
		many("closed days", len(n.Shut), within)
		for _, d := range n.Shut {
			within("day of the week", d, 1, 7)
		}
	case *Site:
		if n.Lat != nil {
			share("latitude", *n.Lat, -90, 90)
		}
		if n.Lon != nil {
			share("longitude", *n.Lon, -180, 180)
		}
		within("headcount", n.Headcount, 0, 10_000_000)
	case *Person:
		within("influence", n.Influence, 0, 5)
		within("attitude", n.Attitude, -2, 2)
		within("purpose", int(n.Purpose), 0, int(ForBoth))
		within("basis", int(n.Basis), 0, int(ByContract))
		within("channel", int(n.Channel), 0, int(ManagerControlVisit))
	case *Family:
		share("margin", n.Margin, -10, 1)
		within("cycle", n.Cycle, 0, 240)
		within("first month", n.Opens, 0, 12)
		within("last month", n.Closes, 0, 12)
	case *Sale:
		if n.To != 0 && n.From != 0 && n.To < n.From {
			bad = append(bad, "period ends before it begins")
		}
	case *Contact:
		within("kind", int(n.Kind), 0, int(ManagerControlVisit))
		within("outcome", int(n.Outcome), 0, int(Postponed))
		within("minute", n.Minute, 0, 1439)
		within("duration", n.Duration, 0, 7*1440)
		within("travel", n.Travel, 0, 7*1440)
		within("preparation", n.Prep, 0, 7*1440)
		share("km", n.Km, 0, 5000)
		note("satisfaction", n.Content, 10, within)
		many("persons", len(n.Persons), within)
		within("colleagues", n.Together, 0, 20)
		within("accounts", n.Shared, 0, MaxList)
		if n.Weight != nil {
			share("weight", *n.Weight, 0, 10)
		}
	case *Estimate:
		within("method", int(n.Method), 0, int(Judgment))
		share("quality", n.Quality, 0, 1)
		share("captive part", n.Captive, 0, 1)
	case *Appointment:
		within("kind", int(n.Kind), 0, int(ManagerControlVisit))
		within("state", int(n.State), 0, int(Cancelled))
		within("minute", n.Minute, 0, 1439)
	case *Conflict:
		within("state", int(n.State), 0, int(TookOther))
	case *Setting:
		within("level", n.Level, 0, 3)
	default:
		fact(noun, within, share)
	}
	return strings.Join(bad, ", ")
}
