//go:build !engine

package i18n

import (
	"math"
	"strings"

	"sillon/engine/explain"
)

// Class names the class that a figure's text tells: "contactivore" of the
// topic balance is "Contactivore". Texts that are not codes come back as they
// are.
func Class(lang Lang, topic, text string) string {
	key := text
	switch topic {
	case "phase":
		key = "phase." + text
	case "weight":
		key = "weight." + text
	case "balance":
		key = "response.class." + text
	case "contact-advice", "proposed": // an advice is a key itself; what would change it is the class
		if k := "response.class." + text; Has(k) {
			key = k
		}
	case "engagement-type":
		key = "engagement.type." + text
	case "category":
		key = "category." + text
	case "retain":
		key = "retain." + text
	case "devouring":
		if text == "∞" {
			key = "contacts.nothing"
		}
	}
	if text == "" || !Has(key) { // an advice is a key itself
		return text
	}
	return T(lang, key)
}

// Band names a band of a topic's threshold.
func Band(lang Lang, topic, key string) string {
	if strings.HasPrefix(key, "scale.") { // a part of a scale of 100
		return T(lang, "band."+key)
	}
	if k := "band." + topic + "." + key; Has(k) {
		return T(lang, k)
	}
	return Class(lang, topic, key)
}

// Change says what would change a figure, need being negative for less of it:
// "4 200 € de CA en plus".
func Change(lang Lang, currency, what string, need float64, unit explain.Unit) string {
	key := "change." + what
	if less := key + ".less"; need < 0 && Has(less) {
		key = less
	}
	n := math.Abs(need)
	return T(lang, key, Value(lang, currency, n, unit, "", explain.OK), n)
}

// Leads names the band or the class that a change of a figure leads to: a
// family adopted moves one speed, a family lost the other. Levels and positions
// (R3, P4–R2) come back as they are.
func Leads(lang Lang, topic, what, band string) string {
	if k := "change." + what + "." + band; Has(k) {
		return T(lang, k)
	}
	return Band(lang, topic, band)
}

// Fact says how many facts of one kind a figure rests on: "12 contacts notés".
func Fact(lang Lang, kind string, n int) string { return T(lang, "data."+kind, n) }

// Collect asks for a fact that is missing.
func Collect(lang Lang, fact string) string { return T(lang, "collect."+fact) }

// Chip names a filter of the list of clients.
func Chip(lang Lang, key string) string { return T(lang, "chip."+key) }

// Signal names a warning signal by its code: S4 is "Commande en retard".
func Signal(lang Lang, code string) string {
	return T(lang, "attrition.signal."+strings.TrimPrefix(code, "S"))
}

// Strategy names the strategy of a place on the P–R board, by the number of
// engine/potential: 3 is "développer".
func Strategy(lang Lang, s uint8) string { return T(lang, "strategy."+strategyKey(s)) }

// StrategyText says what a strategy asks to do.
func StrategyText(lang Lang, s uint8) string { return T(lang, "strategy-text."+strategyKey(s)) }

func strategyKey(s uint8) string {
	if int(s) < len(strategyKeys) {
		return strategyKeys[s]
	}
	return strategyKeys[0]
}

var strategyKeys = [...]string{
	"unknown", "conquer", "probe", "develop", "accompany", "protect", "maintain", "economise",
	"maintain-light", "lock", "light-and-ask", "check-potential", "step-back",
}
