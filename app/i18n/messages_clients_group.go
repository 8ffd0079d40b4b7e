//go:build !engine

package i18n

// The words of the groups that the marks of the charts open as lists, by the
// key of their address.
var _ = add(table{
	"clients.group":         {"Groupe : {0}", "Group: {0}"},
	"clients.group.drop":    {"Retirer le groupe « {0} »", "Remove the group “{0}”"},
	"clients.group.family":  {"{0} · {1}", "{0} · {1}"},
	"clients.group.unknown": {"groupe inconnu", "unknown group"},
	"clients.by.group":      {"le groupe « {0} »", "the group “{0}”"},
	"clients.by.chip":       {"le filtre « {0} »", "the filter “{0}”"},

	"group.maturity.clients":    {"Clients", "Clients"},
	"group.maturity.erosion":    {"Érosion cachée", "Hidden erosion"},
	"group.maturity.openings":   {"Une famille à ouvrir", "A family to open"},
	"group.maturity.unsorted":   {"Sans phase", "Without a phase"},
	"group.maturity.moved":      {"Changés de phase", "Changed phase"},
	"group.maturity.starters.0": {"Démarrages peu suivis", "Starters little followed"},
	"group.maturity.starters.1": {"Démarrages bien suivis", "Starters well followed"},
	"group.maturity.lost":       {"Démarrages perdus", "Starters lost"},

	"group.weight.abc":   {"Clients {0} à {1} par {2}", "Clients {0} to {1} by {2}"},
	"group.weight.one":   {"Le client n° {0} par {2}", "Client number {0} by {2}"},
	"group.weight.floor": {"Étage {0} de 4, {1}", "Floor {0} of 4, {1}"},
	"group.weight.top":   {"Étage du sommet", "Top floor"},
	"group.weight.cross": {"{0} aujourd'hui, {1} demain", "{0} today, {1} tomorrow"},
	"group.weight.climb": {"Montée possible", "A climb is possible"},
	"group.before":       {"{0}, 12 mois d'avant", "{0}, the 12 months before"},
	"group.prospects":    {"Prospects", "Prospects"},
	"group.unknown":      {"Inconnu", "Unknown"},

	"group.contacts.devourers":   {"Dévoreurs en alerte", "Devourers on alert"},
	"group.contacts.small":       {"Petits clients très vus", "Small clients seen a lot"},
	"group.contacts.bought":      {"Ont acheté", "Have bought"},
	"group.contacts.met":         {"Ont eu un contact", "Had a contact"},
	"group.contacts.whale.0":     {"Jusqu'au sommet de la marge nette", "Up to the peak of net margin"},
	"group.contacts.whale.1":     {"Après le sommet de la marge nette", "After the peak of net margin"},
	"group.contacts.losing":      {"Marge nette négative", "Negative net margin"},
	"group.contacts.small-often": {"Petits, vus comme les grands", "Small, seen like the large"},
	"group.contacts.proposed":    {"Rythme de visites à changer", "Pace of visits to change"},
	"group.contacts.floor":       {"Quart {0} des contacts, quart {1} du CA", "Quarter {0} of contacts, quarter {1} of sales"},
	"group.contacts.quadrant.0":  {"Sensibilité illisible", "Sensitivity not readable"},
	"group.contacts.kind":        {"Contacts : {0}", "Contacts: {0}"},
	"group.contacts.decision":    {"Un contact de plus {0}", "One more contact {0}"},
	"group.contacts.often":       {"Poids {0}, vus souvent", "Weight {0}, seen often"},
	"group.contacts.seldom":      {"Poids {0}, vus rarement", "Weight {0}, seen seldom"},

	"group.potential.cell":           {"Case {0}–{1}", "Cell {0}–{1}"},
	"group.potential.prospects":      {"Prospects", "Prospects"},
	"group.potential.half.potential": {"La moitié du potentiel", "Half of the potential"},
	"group.potential.half.sales":     {"La moitié du CA", "Half of the sales"},
	"group.potential.half.effort":    {"La moitié de l'effort", "Half of the effort"},
	"group.potential.hot":            {"Fort potentiel, peu pénétré", "High potential, low penetration"},
	"group.potential.again":          {"Potentiel à redemander", "Potential to ask again"},
	"group.potential.unknown":        {"Potentiel inconnu", "Unknown potential"},
	"group.potential.over":           {"Achats au-dessus du potentiel", "Purchases above the potential"},
	"group.potential.buyers":         {"Acheteurs", "Buyers"},
	"group.potential.others":         {"N'achètent pas", "Do not buy"},
	"group.potential.source":         {"Potentiel : {0}", "Potential: {0}"},
})
