//go:build !engine

package i18n

// Labels of fields: the sheet edits them, the journal and the conflicts name
// them.
var _ = lend(table{
	"field.name":        {"Nom", "Name"},
	"field.code":        {"Code client", "Client code"},
	"field.status":      {"Statut", "Status"},
	"field.street":      {"Rue", "Street"},
	"field.postcode":    {"Code postal", "Postcode"},
	"field.city":        {"Ville", "Town"},
	"field.phone":       {"Téléphone", "Phone"},
	"field.email":       {"Courriel", "E-mail"},
	"field.sector":      {"Activité", "Sector"},
	"field.siret":       {"SIRET", "SIRET"},
	"field.headcount":   {"Effectif", "Headcount"},
	"field.first-order": {"Première commande", "First order"},
	"field.typology":    {"Profil relationnel", "Relational type"},
	"field.solvency":    {"Solvabilité", "Credit standing"},
	"field.summary":     {"Note de la fiche", "Note of the sheet"},
	"field.outcome":     {"Issue", "Outcome"},
	"field.kind":        {"Type de contact", "Kind of contact"},
	"field.notes":       {"Note", "Note"},
	"field.objective":   {"Objectif", "Aim"},
	"field.order":       {"Commande annoncée", "Order announced"},
	"field.duration":    {"Durée", "Length"},
	"field.day":         {"Date", "Date"},
	"field.minute":      {"Heure", "Time"},
	"field.potential":   {"Potentiel", "Potential"},
	"field.method":      {"Origine du chiffre", "Origin of the figure"},
})
