package bridge

import (
	"sillon/engine/portfolio"
	"sillon/engine/query"
)

// The operations of the tabs Contacts and Potential of a portfolio.
var (
	OpContacts       = Op[query.ContactsTabAsk, query.ContactsTab]{"contacts"}
	OpPotential      = Op[query.PotentialTabAsk, query.PotentialTab]{"potential"}
	OpDecideContacts = Op[DecideContacts, Saved]{"decide-contacts"}
)

// DecideContacts accepts or refuses what is proposed for the contacts of a
// client, or takes the decision back (Undecided).
type DecideContacts struct {
	Account portfolio.ID   `cbor:"1,keyasint"`
	Choice  query.Choosing `cbor:"2,keyasint,omitempty"`
	Visits  int            `cbor:"3,keyasint,omitempty"` // a year
}
