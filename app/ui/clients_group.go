package ui

import (
	"strings"

	"sillon/app/i18n"
)

// The keys of the numbered classes, in their order.
var (
	classKeys   = [...]string{"", "squelette", "poule", "contactivore", "vache"}
	contactKeys = [...]string{"direct", "visit", "visio", "call", "email", "letter", "event", "showroom", "after-sales", "control"}
)

// groupBefore is at the head of the key of a group of twelve months ago.
const groupBefore = "n-1:"

// groupName says whose list a key of ?qui= opens, in the words of the mark it
// comes from; family is the name of the family it is about.
func (e *Env) groupName(key, family string) string {
	key, then := strings.CutPrefix(key, groupBefore)
	name := e.groupOf(key)
	if then {
		name = e.T("group.before", name)
	}
	if family != "" {
		name = e.T("clients.group.family", name, family)
	}
	return name
}

func (e *Env) groupOf(key string) string {
	key, _, _ = strings.Cut(key, "/")
	part := strings.Split(key, ":")
	if len(part) < 2 {
		return e.T("clients.group.unknown")
	}
	at := func(k int) string {
		if k < len(part) {
			return part[k]
		}
		return ""
	}
	// of is one of a numbered list of words.
	of := func(words string, keys []string) string {
		if n := at(2); len(n) == 1 && n[0] >= '0' && int(n[0]-'0') < len(keys) {
			return i18n.T(e.Lang, words+keys[n[0]-'0'])
		}
		return e.T("clients.group.unknown")
	}
	word := "group." + part[0] + "." + part[1]
	switch part[0] + ":" + part[1] {
	case "maturity:phase":
		return i18n.Phase(e.Lang, at(2))
	case "maturity:starters", "contacts:whale", "potential:half":
		word += "." + at(2)
	case "weight:abc":
		from, to := e.number(at(2))+1, e.number(at(3))
		if to <= from {
			word = "group.weight.one"
		}
		return e.before(e.T(word, from, to, e.amount(at(4))), at(5))
	case "weight:floor":
		return e.before(e.T(word, 5-e.number(at(2)), e.amount(at(3))), at(4))
	case "weight:climb":
		return e.before(e.T(word), at(3))
	case "weight:cross":
		if c := at(2); len(c) == 2 {
			return e.T(word, e.crossed(c[0], "group.prospects"), e.crossed(c[1], "group.unknown"))
		}
	case "contacts:class":
		return of("response.class.", classKeys[:])
	case "contacts:kind":
		return e.T(word, strings.ToLower(of("contact.", contactKeys[:])))
	case "contacts:quadrant":
		if at(2) != "0" {
			word = "contacts.quadrant." + at(2)
		} else {
			word += ".0"
		}
	case "contacts:decision":
		if at(2) == "0" {
			return e.T("response.decision.0")
		}
		return e.T(word, i18n.T(e.Lang, "contacts.decision."+at(2)))
	case "contacts:advice":
		word = "contacts.advice." + at(2)
		if at(2) == "0" {
			word = "response.advice.0"
		}
	case "contacts:floor":
		if c := at(2); len(c) == 2 {
			return e.T(word, c[:1], c[1:])
		}
	case "contacts:return":
		class, often, _ := strings.Cut(at(2), "-")
		return e.T("group.contacts."+often, class)
	case "potential:cell":
		if c := at(2); len(c) == 2 {
			return e.T(word, "P"+c[:1], "R"+c[1:])
		}
	case "potential:source":
		return e.T(word, strings.ToLower(i18n.T(e.Lang, "appraisal."+at(2))))
	}
	if !i18n.Has(word) {
		return e.T("clients.group.unknown")
	}
	return e.T(word)
}

// number reads a small number of an address; 0 for what is none.
func (e *Env) number(s string) (n int) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || n > 1e6 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// amount is what a weight is measured in.
func (e *Env) amount(by string) string {
	if key := "wt.by." + by; i18n.Has(key) {
		return e.T(key)
	}
	return e.T("wt.by.sales")
}

// before says when the period is the one before.
func (e *Env) before(name, period string) string {
	if period == "b" {
		return e.T("group.before", name)
	}
	return name
}

// crossed is a row or a column of the crossed classes.
func (e *Env) crossed(c byte, last string) string {
	if c >= '0' && c <= '2' {
		return string(rune('A' + c - '0'))
	}
	return e.T(last)
}
