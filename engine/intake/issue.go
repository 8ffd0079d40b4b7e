package intake

import "strconv"

// A Reason names what an issue is about: a catalogue key under "issue.".
type Reason string

// The reasons, with the arguments that fill their sentence. Amounts are in whole
// cents, days in ISO form; the catalogue writes them in the user's language.
const (
	NotNumber     Reason = "number"
	Ambiguous     Reason = "ambiguous"     // which sign is the decimal one
	Thousands     Reason = "thousands"     // "12k": cents
	FormulaError  Reason = "formula"       // "#N/A"
	TooBig        Reason = "too-big"       // no portfolio holds such an amount
	PercentHere   Reason = "percent"       // a rate in a column of amounts
	NegativeTotal Reason = "negative"      // a total below zero: cents
	NegativePot   Reason = "negative-pot"  // a potential below zero
	NotDate       Reason = "date"          //
	NoSuchDay     Reason = "no-such-day"   // 31/02/2023: last day of that month
	FutureDay     Reason = "future"        // a sale after the reading date: day
	OldDay        Reason = "old"           // a sale before 1980: day
	PowerOfTen    Reason = "power"         // "1e9" as an amount
	OtherCurrency Reason = "currency"      // an amount in another currency: cents
	TwoSigns      Reason = "two-signs"     // "2.345,50" in a column of "1,234.50": cents
	NotCount      Reason = "count"         //
	NotChoice     Reason = "choice"        // a status, a solvency we do not know
	NotEmail      Reason = "email"         //
	NotDegrees    Reason = "degrees"       // Lambert coordinates for instance
	TooLong       Reason = "too-long"      // characters kept
	BadChar       Reason = "bad-char"      // bytes that are no character
	SiretShape    Reason = "siret"         // neither 14 digits nor Monaco's form
	SiretKey      Reason = "siret-key"     // Luhn
	SiretZero     Reason = "siret-zero"    // the leading zero is back
	SiretSci      Reason = "siret-sci"     // what Excel leaves of a SIRET: 7,3283E+13
	VATShape      Reason = "vat"           //
	PostcodeZero  Reason = "postcode-zero" // the leading zero is back
	PostcodeShape Reason = "postcode"      // not a French postcode, kept
	NoKey         Reason = "no-key"        // neither code, name nor SIRET
	NoDay         Reason = "no-day"        // an amount without its date
	TooManyCells  Reason = "cells"         // more cells than columns: count
	TotalLine     Reason = "total-line"    // the line of totals at the foot
	HeaderAgain   Reason = "header-again"  // the header, repeated
	Twice         Reason = "twice"         // the same line as before: line
	Duplicate     Reason = "duplicate"     // the same client as before, otherwise: line, field key
	TotalTwice    Reason = "total-twice"   // two totals of one period: line
	SameSiret     Reason = "same-siret"    // known here by its SIRET under another name: name
	SameName      Reason = "same-name"     // known here by name and postcode: name
	Lookalike     Reason = "lookalike"     // same name and postcode, another code: name, code
	TwoCards      Reason = "two-cards"     // code of one client, SIRET of another: name, name
	SeveralNames  Reason = "several"       // the name fits several clients: count
	NearFamily    Reason = "near-family"   // close to a family known here: family
	Overlap       Reason = "overlap"       // a total known here covers part of the same time: cents, first day, last day
	Detailed      Reason = "detailed"      // lines known here detail the total: cents, how many
	MixedEncoding Reason = "mixed"         // a line in another encoding: encoding, how many
	OpenQuote     Reason = "quote"         // a quote that nothing closes
	Preamble      Reason = "preamble"      // a line above the header
)

// A Level says what an issue does to its line.
type Level uint8

// The levels.
const (
	Note   Level = iota // explains; the line is imported
	Ask                 // the line waits until the proposal is accepted
	Refuse              // the line is left out unless its value is corrected
)

// An Action is the one button of an issue.
type Action string

// The actions.
const (
	None     Action = ""
	Accept   Action = "accept"   // take the proposal
	Correct  Action = "correct"  // type another value
	Merge    Action = "merge"    // it is the same client
	Replace  Action = "replace"  // take the close value, or the new sales for the old
	Leave    Action = "leave"    // leave the value out
	Add      Action = "add"      // count both
	Separate Action = "separate" // two clients, after all
	Drop     Action = "drop"     // leave the line out: a choice for every issue
)

// An Issue is one thing to look at in a file.
type Issue struct {
	Line   int // of the file, from 1
	Column int // from 0; -1: the whole line
	Value  string
	Code   Reason
	Args   []string
	Level  Level
	Action Action
}

// Key names the issue for a choice: line, column and code.
func (i Issue) Key() string {
	return strconv.Itoa(i.Line) + ":" + strconv.Itoa(i.Column) + ":" + string(i.Code)
}

// Choices are the user's answers by issue key: an [Action], or "=" and the
// value typed instead.
type Choices map[string]string

// Reasons lists every reason, for whoever words them.
func Reasons() []Reason {
	return []Reason{NotNumber, Ambiguous, Thousands, FormulaError, TooBig, PercentHere, NegativeTotal, NegativePot, NotDate, NoSuchDay, FutureDay, OldDay, PowerOfTen, OtherCurrency, TwoSigns, NotCount,
		NotChoice, NotEmail, NotDegrees, TooLong, BadChar, SiretShape, SiretKey, SiretZero, SiretSci, VATShape, PostcodeZero, PostcodeShape, NoKey, NoDay, TooManyCells,
		TotalLine, HeaderAgain, Twice, Duplicate, TotalTwice, SameSiret, SameName, Lookalike, TwoCards, SeveralNames, NearFamily, Overlap, Detailed,
		MixedEncoding, OpenQuote, Preamble}
}
