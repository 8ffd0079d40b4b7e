package i18n

import (
	"strconv"

	"sillon/engine/explain"
	"sillon/engine/portfolio"
)

// Enum returns the words of one value of an enumeration: its key is the name
// of the enumeration and the permanent number.
func Enum[E ~uint8 | ~uint16](lang Lang, name string, v E) string {
	if v == 0 {
		return ""
	}
	return T(lang, name+"."+strconv.Itoa(int(v)))
}

// Outcome names how a contact ended: "Commande".
func Outcome(lang Lang, o portfolio.Outcome) string { return Enum(lang, "outcome", o) }

// ContactKind names the means of a contact: "Visite".
func ContactKind(lang Lang, k portfolio.ContactKind) string { return Enum(lang, "contact", k) }

// Category names a category of account: "Stratégique".
func Category(lang Lang, c portfolio.Category) string { return Enum(lang, "category", c) }

// Status names the status of an account: "Prospect".
func Status(lang Lang, s portfolio.Status) string { return Enum(lang, "status", s) }

// Role names what somebody does: "Commercial".
func Role(lang Lang, r portfolio.Role) string { return Enum(lang, "role", r) }

// Typology names the relational type: "Ambassadeur".
func Typology(lang Lang, t portfolio.Typology) string { return Enum(lang, "typology", t) }

// Appraisal names how a potential was found: "Déclaré par le client".
func Appraisal(lang Lang, a portfolio.Appraisal) string { return Enum(lang, "appraisal", a) }

// Refused says why the server could not take an action.
func Refused(lang Lang, r portfolio.Refused) string { return Enum(lang, "refused", r) }

// ConflictWhy says why a value was replaced.
func ConflictWhy(lang Lang, w portfolio.ConflictWhy) string { return Enum(lang, "conflict", w) }

// Phase names a phase of the life cycle by its letter: D C M V, P for a
// prospect, X for a lost client.
func Phase(lang Lang, letter string) string {
	if letter == "" {
		return ""
	}
	return T(lang, "phase."+letter)
}

// Reason says in a sentence why a value is missing, or weak.
func Reason(lang Lang, r explain.Reason) string {
	if r == explain.None {
		return ""
	}
	return T(lang, "reason."+r.String())
}

// Solidity names how far a result can be trusted: "peu de données".
func Solidity(lang Lang, s explain.Status) string { return T(lang, "solidity."+s.String()) }

// Topic names what a figure is ("Pénétration"), Meaning says it in a sentence.
func Topic(lang Lang, topic string) string { return T(lang, "topic."+topic) }

// Meaning explains a topic in one sentence; empty when there is none.
func Meaning(lang Lang, topic string) string {
	if key := "meaning." + topic; Has(key) {
		return T(lang, key)
	}
	return ""
}
