//go:build !engine

package i18n

// The words of the tab Contacts.
var _ = add(table{
	"pfc.eaters":         {"Dévoreurs de contacts", "Contact devourers"},
	"pfc.flow":           {"Sensibilité aux contacts", "Sensitivity to contacts"},
	"pfc.flow.plane":     {"Cadrans", "Quadrants"},
	"pfc.flow.arrows":    {"D'un an à l'autre", "Year to year"},
	"pfc.crossed":        {"Interquartiles croisés, réalisé × contacts", "Crossed interquartiles, sales × contacts"},
	"pfc.return":         {"Rentabilité", "Return"},
	"pfc.price":          {"Coût d'un contact", "Cost of a contact"},
	"pfc.invested":       {"Montant investi", "Amount invested"},
	"pfc.net":            {"Marge nette", "Net margin"},
	"pfc.whale":          {"Courbe de la baleine", "Whale curve"},
	"pfc.plan":           {"Stratégie de contacts", "Contact strategy"},
	"pfc.lines.topic":    {"Client par client", "Client by client"},
	"pfc.lines":          {"{0:Aucune proposition à trancher|{0} proposition à trancher|{0} propositions à trancher}", "{0:No proposal to decide|{0} proposal to decide|{0} proposals to decide}"},
	"pfc.lines.none":     {"Chaque client garde les visites de cette année.", "Each client keeps this year's visits."},
	"pfc.lines.unknown":  {"Sans marge connue, aucune visite n'est proposée.", "Without a known margin, no visit is proposed."},
	"pfc.lines.done":     {"{0} {0:acceptée|acceptées}, {1} {1:refusée|refusées}", "{0} accepted, {1} refused"},
	"pfc.lines.more":     {"Voir {0:l'autre|les {0} autres}", "See the {0:other|{0} others}"},
	"pfc.bounded":        {"Ramené aux limites du plan de visites.", "Brought within the limits of the plan of visits."},
	"pfc.to":             {"deviennent", "become"},
	"pfc.visits":         {"visites", "visits"},
	"pfc.accept":         {"Accepter", "Accept"},
	"pfc.accept-of":      {"Accepter pour {0}", "Accept for {0}"},
	"pfc.refuse":         {"Refuser", "Refuse"},
	"pfc.refuse-of":      {"Refuser pour {0}", "Refuse for {0}"},
	"pfc.back":           {"Revenir", "Take back"},
	"pfc.back-of":        {"Revenir sur la décision pour {0}", "Take back the decision for {0}"},
	"pfc.accepted":       {"Acceptée : {0} {0:visite|visites} par an", "Accepted: {0} {0:visit|visits} a year"},
	"pfc.refused":        {"Refusée : {0} {0:visite gardée|visites gardées}", "Refused: {0} {0:visit|visits} kept"},
	"pfc.accepted-snack": {"{0} : {1} {1:visite|visites} par an", "{0}: {1} {1:visit|visits} a year"},
	"pfc.refused-snack":  {"{0} garde ses {1} {1:visite|visites}", "{0} keeps its {1} {1:visit|visits}"},
	"pfc.back-snack":     {"{0} : à trancher de nouveau", "{0}: to decide again"},
	"pfc.undone":         {"{0} : décision annulée", "{0}: decision undone"},
})
