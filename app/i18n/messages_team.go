//go:build !engine

package i18n

// Words of the manager's screen.
var _ = add(table{
	"team.sub":                 {"{0} {0:secteur|secteurs} · {1} {1:client|clients} · 12 mois glissants", "{0} {0:territory|territories} · {1} {1:client|clients} · last 12 months"},
	"team.none":                {"Aucun secteur pour l'instant", "No territory yet"},
	"team.order":               {"Ordre des secteurs", "Order of territories"},
	"team.byNeed":              {"Le plus urgent", "Most urgent"},
	"team.byName":              {"Fixe", "Fixed"},
	"team.sales":               {"CA", "Sales"},
	"team.salesNote":           {"12 mois", "12 months"},
	"team.visits":              {"Visites", "Visits"},
	"team.visits7":             {"Visites, 7 j", "Visits, 7 d"},
	"team.visitsNote":          {"7 derniers jours", "last 7 days"},
	"team.due":                 {"Clients à revoir", "Clients to see"},
	"team.dueNote":             {"sur {0}", "of {0}"},
	"team.dueAlso":             {"et {0} {0:prospect|prospects}", "and {0} {0:prospect|prospects}"},
	"team.open":                {"{0}, {1} : voir la liste", "{0}, {1}: see the list"},
	"team.new":                 {"Clients en démarrage", "Starting clients"},
	"team.newNote":             {"{0} en croissance", "{0} growing"},
	"team.never":               {"rien reçu", "nothing received"},
	"team.curve":               {"Maturité", "Maturity"},
	"team.late":                {"En retard", "Overdue"},
	"team.cmHeld":              {"cap tenu", "on course"},
	"team.cmTurn":              {"à inverser", "to turn round"},
	"topic.visits7":            {"Visites de la semaine", "Visits of the week"},
	"meaning.visits7":          {"Les visites notées sur les sept derniers jours, en personne ou à distance, que le client ait été rencontré ou non.", "The visits logged over the last seven days, in person or remote, whether the client was met or not."},
	"step.query.from":          {"Du", "From"},
	"step.query.to":            {"Au", "To"},
	"step.query.seen.person":   {"Visites sur place", "Visits on site"},
	"step.query.seen.video":    {"Rendez-vous en visio", "Video meetings"},
	"step.query.seen.showroom": {"Visites en salle d'exposition", "Showroom visits"},
	"step.query.seen.control":  {"Visites de contrôle", "Control visits"},
	"team.arrived":             {"Dernières visites reçues", "Latest visits received"},
	"team.quiet":               {"Aucune visite reçue pour l'instant.", "No visit received so far."},
})
