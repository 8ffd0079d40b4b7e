//go:build !engine

package i18n

// The words of the enumerations of engine/portfolio and engine/explain, by
// their permanent numbers, and of units and near dates.
var _ = lend(table{
	"outcome.1": {"Commande", "Order"},
	"outcome.2": {"Avancée", "Step forward"},
	"outcome.3": {"Statu quo", "No change"},
	"outcome.4": {"Recul", "Step back"},
	"outcome.5": {"Absent", "Not there"},
	"outcome.6": {"Refusé", "Refused"},
	"outcome.7": {"Reporté", "Postponed"},

	"contact.1": {"Visite", "Visit"},
	"contact.2": {"Visio", "Video call"},
	"contact.3": {"Appel", "Call"},
	"contact.4": {"Courriel", "E-mail"},
	"contact.5": {"Courrier", "Letter"},
	"contact.6": {"Événement", "Event"},
	"contact.7": {"Salle d'exposition", "Showroom"},
	"contact.8": {"Visite après-vente", "After-sales visit"},
	"contact.9": {"Visite de contrôle", "Manager's control visit"},

	"category.1": {"Stratégique", "Strategic"},
	"category.2": {"À développer", "To develop"},
	"category.3": {"Fonds de commerce", "Core"},
	"category.4": {"Économique", "Economy"},

	"status.1": {"Suspect", "Suspect"},
	"status.2": {"Prospect", "Prospect"},
	"status.3": {"Client", "Client"},
	"status.4": {"Inactif", "Inactive"},
	"status.5": {"Perdu", "Lost"},

	"role.1": {"Commercial", "Sales rep"},
	"role.2": {"Manager", "Manager"},
	"role.3": {"Administrateur", "Administrator"},
	"role.4": {"Formateur", "Trainer"},
	"role.5": {"Participant", "Participant"},

	"typology.1": {"Ambassadeur", "Ambassador"},
	"typology.2": {"Partenaire", "Partner"},
	"typology.3": {"Technicien", "Technician"},
	"typology.4": {"Prudent", "Careful"},
	"typology.5": {"Acheteur-prix", "Price buyer"},
	"typology.6": {"Fermé", "Closed"},

	"solvency.1": {"Bonne", "Good"},
	"solvency.2": {"À surveiller", "To watch"},
	"solvency.3": {"Bloquée", "Blocked"},

	"appraisal.1": {"Déclaré par le client", "Stated by the client"},
	"appraisal.2": {"Calculé par un ratio", "Worked out from a ratio"},
	"appraisal.3": {"Par comparaison avec un client semblable", "By comparison with a similar client"},
	"appraisal.4": {"D'après la part de marché", "From the market share"},
	"appraisal.5": {"Jugement du commercial", "The rep's judgment"},

	"progress.1": {"Prévu", "Planned"},
	"progress.2": {"Fait", "Done"},
	"progress.3": {"Annulé", "Cancelled"},

	"settled.1": {"À relire", "To read again"},
	"settled.2": {"Gardé", "Kept"},
	"settled.3": {"Repris", "Taken back"},

	"conflict.1": {"Une modification plus récente l'a remplacée.", "A later change replaced it."},
	"conflict.2": {"La ligne avait été supprimée entre-temps.", "The line had been deleted meanwhile."},
	"conflict.3": {"La fiche était archivée ; la modification est appliquée.", "The sheet was archived; the change is applied."},

	"refused.1": {"Cette fiche n'est plus dans vos droits.", "You no longer have the right to change this sheet."},
	"refused.2": {"Une valeur manque ou sort des limites.", "A value is missing or out of bounds."},
	"refused.3": {"Le serveur ne connaît pas encore ce genre d'action : il sera mis à jour.", "The server does not know this kind of action yet: it will be updated."},
	"refused.4": {"Une autre partie de la même action a été refusée.", "Another part of the same action was refused."},
	"refused.5": {"Un fait noté ne se modifie pas : il se corrige par un nouveau.", "A noted fact is not changed: correct it with a new one."},
	"refused.6": {"Cette ligne existe déjà, avec un autre contenu.", "This line exists already, with other content."},

	"phase.D": {"Démarrage", "Start"},
	"phase.C": {"Croissance", "Growth"},
	"phase.M": {"Maturité", "Maturity"},
	"phase.V": {"Vieillissement", "Ageing"},
	"phase.P": {"Prospect", "Prospect"},
	"phase.X": {"Perdu", "Lost"},
	"phase.0": {"Sans phase", "In no phase"},

	"weight.A": {"Poids A", "Weight A"},
	"weight.B": {"Poids B", "Weight B"},
	"weight.C": {"Poids C", "Weight C"},

	"solidity.ok":   {"fiable", "sound"},
	"solidity.weak": {"peu de données", "little data"},
	"solidity.na":   {"sans valeur", "no value"},

	"reason.NO_DATA":      {"Les données nécessaires manquent.", "The data needed is missing."},
	"reason.NO_SALES":     {"Aucune vente sur la période.", "No sales over the period."},
	"reason.NO_CONTACT":   {"Aucun contact noté sur la période.", "No contact logged over the period."},
	"reason.NEW_CLIENT":   {"Client trop récent pour comparer.", "Client too recent to compare."},
	"reason.FEW_CLIENTS":  {"Moins de quatre clients : trop peu pour conclure.", "Fewer than four clients: too few to conclude."},
	"reason.NO_POTENTIAL": {"Potentiel inconnu : demandez une fourchette.", "Unknown potential: ask for a bracket."},
	"reason.NO_VARIATION": {"Rien ne varie sur la période : pas de comparaison possible.", "Nothing varies over the period: no comparison possible."},
	"reason.NEGATIVE":     {"Le total est négatif ou nul : les avoirs dépassent les ventes.", "The total is zero or negative: credit notes exceed sales."},
	"reason.NO_COST":      {"Le coût d'un contact n'est pas renseigné.", "The cost of a contact is not set."},
	"reason.FEW_PERIODS":  {"Trop peu de périodes pour lire une tendance.", "Too few periods to read a trend."},
	"reason.OVERFLOW":     {"Les montants du fichier dépassent ce qu'un portefeuille peut contenir.", "The amounts of the file exceed what a portfolio can hold."},

	"unit.days":   {"{0}\u00a0j", "{0}\u00a0d"},
	"unit.months": {"{0}\u00a0mois", "{0}\u00a0mo."},

	"ago.today":      {"aujourd'hui", "today"},
	"ago.yesterday":  {"hier", "yesterday"},
	"ago.tomorrow":   {"demain", "tomorrow"},
	"ago.days":       {"il y a {0}\u00a0j", "{0}\u00a0d ago"},
	"ago.in":         {"dans {0}\u00a0j", "in {0}\u00a0d"},
	"when.today":     {"auj. {0}", "today {0}"},
	"when.yesterday": {"hier {0}", "yesterday {0}"},
})
