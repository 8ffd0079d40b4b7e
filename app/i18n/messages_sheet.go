//go:build !engine

package i18n

// The words of the deep parts of a client's sheet.
var _ = add(table{
	"act.override": {"Valeur décidée", "Value decided"},
	"act.promise":  {"Engagement", "Commitment"},

	"field.override": {"Valeur décidée", "Value decided"},
	"field.reason":   {"Raison", "Reason"},
	"field.until":    {"Jusqu'au", "Until"},
	"field.promise":  {"Engagement", "Commitment"},
})
