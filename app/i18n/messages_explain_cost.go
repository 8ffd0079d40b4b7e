//go:build !engine

package i18n

// The words of chapter A: the price of the sales effort.
var _ = add(table{
	"step.cost.full":     {"Coût complet de la période", "Full cost of the period"},
	"step.cost.contacts": {"Contacts comptés", "Contacts counted"},
	"step.cost.units":    {"Unités de contact (UC)", "Contact units (CU)"},
	"step.cost.price":    {"Prix de revient d'un contact", "Cost price of a contact"},
	"step.cost.hours":    {"Heures sur lesquelles le coût est réparti", "Hours the cost is spread over"},
	"step.cost.hourly":   {"Coût d'une heure", "Cost of an hour"},
	"step.cost.unused":   {"Coût des heures sans contact", "Cost of the hours without contact"},
	"step.cost.default":  {"Prix par défaut, faute de budget", "Default price, for lack of a budget"},

	"step.cost.clients":     {"Clients comptés", "Clients counted"},
	"step.cost.ofContacts":  {"Coût des contacts", "Cost of the contacts"},
	"step.cost.direct":      {"Dépenses directes", "Direct spending"},
	"step.cost.prospecting": {"Dont prospection avant la première commande", "Of which prospecting before the first order"},
	"step.cost.invested":    {"Montant investi", "Amount invested"},
	"step.cost.share":       {"Part de l'effort", "Share of the effort"},
	"step.cost.cumulative":  {"Investi depuis le premier contact", "Invested since the first contact"},
	"step.cost.perMonth":    {"Investi par mois depuis le premier contact", "Invested per month since the first contact"},

	"step.cost.sales":          {"CA de la période", "Sales of the period"},
	"step.cost.gross":          {"Marge brute", "Gross margin"},
	"step.cost.other":          {"Autres coûts : retards de paiement, service, ristournes", "Other costs: late payments, service, rebates"},
	"step.cost.net":            {"Marge commerciale nette", "Net commercial margin"},
	"step.cost.marginRate":     {"Taux de marque", "Margin rate"},
	"step.cost.ofSales":        {"Marge nette ÷ CA", "Net margin ÷ sales"},
	"step.cost.return":         {"Marge brute ÷ montant investi", "Gross margin ÷ amount invested"},
	"step.cost.breakEven":      {"CA qui paie l'effort", "Sales that pay the effort"},
	"step.cost.visitPrice":     {"Prix d'une visite", "Price of a visit"},
	"step.cost.breakEvenOrder": {"Commande qui paie une visite", "Order that pays a visit"},
	"step.cost.bearable":       {"Visites que la marge peut payer", "Visits the margin can pay"},
	"step.cost.peak":           {"Marge nette des clients qui en rapportent", "Net margin of the clients who bring some"},
	"step.cost.peakAt":         {"Nombre de ces clients", "Number of these clients"},
	"step.cost.destroyed":      {"Marge nette détruite par les autres", "Net margin destroyed by the others"},
})
