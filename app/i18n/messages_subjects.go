//go:build !engine

package i18n

// What one talks about with a client: codes of portfolio.Contact.Topics.
var _ = add(table{
	"subject.besoins":        {"besoins", "needs"},
	"subject.catalogue":      {"catalogue", "catalogue"},
	"subject.concurrence":    {"concurrence", "competition"},
	"subject.formation":      {"formation", "training"},
	"subject.hygiene":        {"hygiène", "hygiene"},
	"subject.nouveautes":     {"nouveautés", "novelties"},
	"subject.organisation":   {"organisation", "organisation"},
	"subject.prix":           {"prix", "prices"},
	"subject.projets":        {"projets", "projects"},
	"subject.reglementation": {"réglementation", "regulations"},
	"subject.service":        {"service", "service"},
	"subject.stocks":         {"stocks", "stocks"},
})

// Subject names what one talked about; a code without words is shown as it is.
func Subject(lang Lang, code string) string {
	if key := "subject." + code; Has(key) {
		return T(lang, key)
	}
	return code
}
