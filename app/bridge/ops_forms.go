package bridge

import (
	"sillon/engine/portfolio"
)

// The operations of the forms that give the analytics their facts.
var (
	OpRecords = Op[RecordsAsk, Records]{"records"}
	OpForm    = Op[Form, Saved]{"form"}
	OpRemove  = Op[Remove, Saved]{"remove"}
	OpLikes   = Op[NewAccount, Likes]{"likes"} // who is here already and looks the same
)

// RecordsAsk asks for the records of one client that forms change.
type RecordsAsk struct {
	Account portfolio.ID `cbor:"1,keyasint"`
	Lang    string       `cbor:"2,keyasint"`
}

// A Record is one of them, as its form shows it.
type Record struct {
	ID    portfolio.ID          `cbor:"1,keyasint"`
	Kind  portfolio.Kind        `cbor:"2,keyasint"`
	Texts []portfolio.FieldText `cbor:"3,keyasint,omitempty"`
	Lost  []portfolio.ID        `cbor:"4,keyasint,omitempty"` // conflicts open on it
}

// Text is what a field holds; empty: nothing.
func (r *Record) Text(field uint16) string {
	for _, t := range r.Texts {
		if t.Field == field {
			return t.Text
		}
	}
	return ""
}

// Records are all of them, in the order they were made, and the families to
// choose from.
type Records struct {
	All      []Record `cbor:"1,keyasint,omitempty"`
	Families []Family `cbor:"2,keyasint,omitempty"`
	Readonly bool     `cbor:"3,keyasint,omitempty"`
	Day      int32    `cbor:"4,keyasint,omitempty"` // day number the figures of the client are read on
	Special  int      `cbor:"5,keyasint,omitempty"` // portfolio.Situation of the portfolio
}

// A Family is one to choose.
type Family struct {
	Code string `cbor:"1,keyasint"`
	Name string `cbor:"2,keyasint"`
}

// Form notes a record, or changes one: only the fields touched are sent.
type Form struct {
	Account portfolio.ID          `cbor:"1,keyasint"`
	Rec     portfolio.ID          `cbor:"2,keyasint,omitzero"`
	Kind    portfolio.Kind        `cbor:"3,keyasint"`
	Texts   []portfolio.FieldText `cbor:"4,keyasint,omitempty"`
}

// Remove deletes a record.
type Remove struct {
	Account portfolio.ID `cbor:"1,keyasint"`
	Rec     portfolio.ID `cbor:"2,keyasint"`
}

// Likes are the clients that may be the one about to be made, the surest first.
type Likes struct {
	All []Like `cbor:"1,keyasint,omitempty"`
}

// A Like is a client that looks the same: Why is "siret", "phone", "name" or
// "postcode" (a near name at the same postcode).
type Like struct {
	ID       portfolio.ID `cbor:"1,keyasint"`
	Name     string       `cbor:"2,keyasint"`
	City     string       `cbor:"3,keyasint,omitempty"`
	Why      string       `cbor:"4,keyasint"`
	Archived bool         `cbor:"5,keyasint,omitempty"`
}
