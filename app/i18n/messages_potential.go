//go:build !engine

package i18n

// The words of the tab Potential.
var _ = add(table{
	"pfp.lorenz":    {"Concentration et alignement", "Concentration and alignment"},
	"pfp.board":     {"Plateau P × R, prospects compris", "P × R board, prospects included"},
	"pfp.families":  {"Pénétration, largeur × profondeur", "Penetration, breadth × depth"},
	"pfp.trust":     {"Confiance dans les potentiels", "Confidence in potentials"},
	"pfp.limit":     {"seuil {0}", "threshold {0}"},
	"pfp.what":      {"Montant", "Amount"},
	"pfp.gini":      {"Gini", "Gini"},
	"pfp.alignment": {"Alignement de l'effort", "Alignment of effort"},
	"pfp.bad":       {"concentration dangereuse", "dangerous concentration"},
	"pfp.no-family": {"Aucun potentiel connu pour la famille {0} : tout le portefeuille est montré.", "No known potential for the family {0}: the whole portfolio is shown."},
	"pfp.ask":       {"À qui le demander d'abord", "Whom to ask first"},
	"pfp.more":      {"{0:Voir le suivant|Voir les {0} suivants}", "See the next {0:one|{0}}"},
	"pfp.ask-act":   {"Demander", "Ask"},
	"pfp.ask-of":    {"Demander le potentiel à {0}", "Ask {0} for the potential"},
	"pfp.noted":     {"Prévu", "Planned"},
	"pfp.objective": {"Demander une fourchette de potentiel", "Ask for a bracket of potential"},
	"pfp.planned":   {"{0} : visite prévue dans une semaine, pour demander le potentiel", "{0}: visit planned in a week, to ask for the potential"},
	"pfp.added":     {"{0} : le potentiel est l'objectif de la prochaine visite", "{0}: the potential is the objective of the next visit"},
	"pfp.undone":    {"{0} : rien n'est prévu pour le potentiel", "{0}: nothing is planned for the potential"},
})
