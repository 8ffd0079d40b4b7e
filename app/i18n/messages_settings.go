//go:build !engine

package i18n

// Words of the settings.
var _ = add(table{
	"set.look": {"Affichage", "Display"},

	"set.less":       {"Moins de poids : {0}", "Less weight: {0}"},
	"set.more":       {"Plus de poids : {0}", "More weight: {0}"},
	"set.putInForce": {"Appliquer", "Apply"},

	"set.files":         {"Fichiers", "Files"},
	"set.filesText":     {"Vos clients et vos visites, dans un fichier que tout tableur ouvre.", "Your clients and visits, in a file any spreadsheet opens."},
	"set.format":        {"Écriture des nombres", "How numbers are written"},
	"set.formatFR":      {"Française (1,5 ; point-virgule)", "French (1,5; semicolon)"},
	"set.formatPlain":   {"Internationale (1.5)", "International (1.5)"},
	"set.exportClients": {"Exporter les clients", "Export clients"},
	"set.exportVisits":  {"Exporter les visites", "Export visits"},
	"set.import":        {"Importer un fichier", "Import a file"},

	"set.device":   {"Cet appareil", "This device"},
	"set.id":       {"Identifiant", "Identifier"},
	"set.version":  {"Version", "Version"},
	"set.cards":    {"Fiches", "Sheets"},
	"set.rows":     {"Lignes", "Lines"},
	"set.pending":  {"Actions à envoyer", "Actions to send"},
	"set.schema":   {"Format des données", "Data format"},
	"set.load":     {"Ouverture des données", "Opening of the data"},
	"set.memory":   {"Mémoire utilisée", "Memory used"},
	"set.analysed": {"Fiches prêtes pour le diagnostic", "Sheets ready for the diagnosis"},
	"set.fitted":   {"Modèles ajustés le", "Models fitted on"},
	"set.office":   {"Départs connus de l'organisation", "Departures known to the organisation"},
	"set.scope.1":  {"Organisation", "Organisation"},
	"set.scope.2":  {"Équipe", "Team"},
	"set.scope.3":  {"Portefeuille", "Portfolio"},
	"set.scope.4":  {"Espace personnel", "Own space"},
	"set.check":    {"Chercher une mise à jour", "Look for an update"},
	"set.checking": {"Recherche en cours…", "Looking…"},
	"set.upToDate": {"Vous avez la dernière version.", "You have the latest version."},
	"set.persist":  {"Demander au navigateur de garder les données", "Ask the browser to keep the data"},

	"set.leave":        {"Quitter cet appareil", "Leave this device"},
	"set.leaveText":    {"Se déconnecter ferme Sillon dans tous les onglets et laisse vos données chiffrées ici ; il faut le réseau pour les rouvrir. Effacer les retire de cet appareil ; le bureau garde tout ce qui lui est arrivé.", "Signing out closes Sillon in every tab and leaves your data encrypted here; opening it again needs the network. Erasing takes it off this device; the office keeps all it has received."},
	"set.erase":        {"Effacer mes données d'ici", "Erase my data from here"},
	"set.eraseWaiting": {"{0} {0:action n'est|actions ne sont} pas encore {0:partie|parties}", "{0} {0:action has|actions have} not left yet"},
	"set.eraseText":    {"Les effacer maintenant les perdrait. Échangez d'abord, ou copiez-les dans un fichier.", "Erasing now would lose them. Exchange first, or copy them to a file."},
	"set.eraseKeep":    {"Les garder", "Keep them"},
	"set.eraseAnyway":  {"Effacer quand même", "Erase all the same"},
})
