package i18n

import (
	"strconv"

	"sillon/engine/calendar"
)

// ImportIssue says in the user's language what is to be looked at in a line of
// a file, and what would be read instead. code and args are those of
// engine/intake: amounts in cents, days in ISO form.
func ImportIssue(lang Lang, currency, code string, args []string) string {
	kinds := importArgs[code]
	words := make([]any, len(args))
	for i, a := range args {
		words[i] = a
		if i >= len(kinds) {
			continue
		}
		switch kinds[i] {
		case 'm':
			if n, err := strconv.ParseInt(a, 10, 64); err == nil {
				words[i] = Money(lang, n, currency)
			}
		case 'd':
			if d, err := calendar.ParseISO(a); err == nil {
				words[i] = Date(lang, d)
			}
		case 'n':
			if n, err := strconv.Atoi(a); err == nil {
				words[i] = n
			}
		case 'f':
			words[i] = T(lang, "import.field."+a)
		}
	}
	return T(lang, "issue."+code, words...)
}

// importArgs says what the arguments of an issue are: m money, d day, n
// number, f field, anything else a text as it is.
var importArgs = map[string]string{
	"thousands": "m", "old": "d", "currency": "m", "two-signs": "m", "negative": "m", "no-such-day": "d", "future": "d", "overlap": "mdd", "detailed": "mn", "twice": "n", "duplicate": "nf",
	"total-twice": "nm", "mixed": "tn", "too-long": "n", "cells": "n", "several": "n",
}
