//go:build !engine

package i18n

// Words of the components that every page uses.
var _ = add(table{
	"part.outOf":     {"{0} sur 100", "{0} out of 100"},
	"part.asTable":   {"Voir en tableau", "Show as a table"},
	"part.asChart":   {"Voir le graphique", "Show the chart"},
	"part.close":     {"Fermer", "Close"},
	"part.undo":      {"Annuler", "Undo"},
	"part.cancel":    {"Annuler", "Cancel"},
	"part.save":      {"Enregistrer", "Save"},
	"part.again":     {"Réessayer", "Try again"},
	"part.back":      {"Retour", "Back"},
	"part.why":       {"Pourquoi ?", "Why?"},
	"part.whyFigure": {"{0} : {1}. Pourquoi ?", "{0}: {1}. Why?"},
	"part.computing": {"Premier calcul de vos données…", "First reading of your data…"},
	"part.stop":      {"Arrêter", "Stop"},
	"part.loading":   {"Lecture en cours…", "Reading…"},
	"part.total":     {"Total", "Total"},
	"part.search":    {"Rechercher", "Search"},
	"part.or":        {"ou", "or"},

	"fault.cancelled":   {"Interrompu.", "Stopped."},
	"fault.storage":     {"Rien n'a pu être enregistré sur cet appareil. Fermez les autres onglets de Sillon et réessayez.", "Nothing could be saved on this device. Close other Sillon tabs and try again."},
	"fault.quota":       {"L'appareil est plein. Libérez de la place, puis réessayez.", "The device is full. Free some space, then try again."},
	"fault.blocked":     {"Un autre onglet tient une ancienne version ouverte. Fermez-le, puis réessayez.", "Another tab holds an old version open. Close it, then try again."},
	"fault.version":     {"Une nouvelle version est en place. Rechargez la page.", "A new version is in place. Reload the page."},
	"fault.worker":      {"Le moteur s'est arrêté et a redémarré. Vérifiez votre dernière action, puis réessayez.", "The engine stopped and was started again. Check your last action, then try again."},
	"fault.network":     {"Le réseau est nécessaire pour cette étape. Réessayez quand il revient.", "This step needs the network. Try again when it is back."},
	"fault.sign-in":     {"Adresse ou mot de passe inconnus. Vérifiez les deux.", "Unknown address or password. Check both."},
	"fault.account-off": {"Ce compte est désactivé ; rien n'est perdu, vos actions restent sur cet appareil. Demandez à votre administrateur de le rouvrir.", "This account is disabled; nothing is lost, your actions stay on this device. Ask your administrator to open it again."},
	"fault.throttled":   {"Trop d'essais. Réessayez dans {0:moins d'une minute|{0} minute|{0} minutes}.", "Too many tries. Try again in {0:less than a minute|{0} minute|{0} minutes}."},
	"fault.input":       {"{0} : {1}", "{0}: {1}"},
	"fault.empty":       {"Ce portefeuille n'a pas encore de client.", "This portfolio has no client yet."},
	"fault.missing":     {"Cette fiche n'est pas sur cet appareil.", "This sheet is not on this device."},
	"fault.waiting":     {"{0} {0:action attend|actions attendent} encore d'être envoyées.", "{0} {0:action still waits|actions still wait} to be sent."},
	"fault.server":      {"Le serveur ne répond pas comme prévu. Réessayez dans un moment.", "The server does not answer as expected. Try again in a moment."},
	"fault.unexpected":  {"Cela n'a pas abouti ; rien n'est perdu. Réessayez, ou rechargez la page.", "This did not go through; nothing is lost. Try again, or reload the page."},
	"fault.unknown":     {"Cela n'a pas abouti. Réessayez ; si cela recommence, rechargez la page.", "This did not go through. Try again; if it happens again, reload the page."},
})
