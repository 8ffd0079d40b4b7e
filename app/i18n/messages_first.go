//go:build !engine

package i18n

// Words of the first run and of the demonstration.
var _ = add(table{
	"first.title":      {"Commencer", "Begin"},
	"first.hello":      {"Le terrain est prêt, il ne manque que vos clients", "The ground is ready, only your clients are missing"},
	"first.text":       {"Importez votre fichier, essayez d'abord sur des données fictives, ou les deux : l'exemple reste à part et s'efface sans trace.", "Import your file, try on fictional data first, or both: the example stays apart and can be erased without trace."},
	"first.manager":    {"Vos commerciaux n'ont pas encore de clients : ils importent leur fichier, ou en ajoutent, depuis leur appareil. En attendant, essayez Sillon sur des données fictives : l'exemple s'efface sans trace.", "Your reps have no clients yet: they import their file, or add some, from their own device. Meanwhile try Sillon on fictional data: the example can be erased without trace."},
	"first.importText": {"CSV ou Excel, cinq minutes", "CSV or Excel, five minutes"},
	"first.try":        {"Essayer avec un exemple", "Try with an example"},
	"first.tryText":    {"Des clients fictifs, rien à installer, sans réseau", "Fictional clients, nothing to install, no network"},
	"first.open":       {"Rouvrir l'exemple", "Open the example again"},
	"first.openText":   {"Il est resté sur cet appareil", "It has stayed on this device"},
	"first.add":        {"Ajouter un client", "Add a client"},
	"first.addText":    {"Trois lignes suffisent", "Three lines are enough"},
	"first.making":     {"L'exemple se prépare sur cet appareil…", "The example is being made on this device…"},
	"first.or":         {"ou", "or"},

	"demo.band":       {"Exemple : ces données sont fictives.", "Example: this data is fictional."},
	"demo.bandMore":   {"Rien n'en part, et vos propres clients n'y sont pas.", "Nothing leaves it, and your own clients are not in it."},
	"demo.leave":      {"Quitter l'exemple", "Leave the example"},
	"demo.erase":      {"Effacer", "Erase"},
	"demo.eraseTitle": {"Effacer l'exemple de cet appareil ?", "Erase the example from this device?"},
	"demo.goesAll":    {"Toutes ses fiches fictives, et ce que vous y avez fait", "All its fictional sheets, and what you did in it"},
	"demo.goesCards":  {"{0} {0:fiche fictive disparaît|fiches fictives disparaissent}, avec leurs ventes et leurs visites", "{0} fictional {0:sheet goes|sheets go}, with their sales and visits"},
	"demo.goesActs":   {"{0} {0:action que vous y avez faite disparaît|actions que vous y avez faites disparaissent}", "{0} {0:action you made in it goes|actions you made in it go}"},
	"demo.stays":      {"Vos propres clients et ce que vous y avez noté ne bougent pas. Le serveur n'a jamais rien reçu de l'exemple.", "Your own clients and what you noted about them do not move. The server has never received anything of the example."},
	"demo.eraseGo":    {"Effacer l'exemple", "Erase the example"},
	"demo.keep":       {"Le garder", "Keep it"},
	"demo.file":       {"Votre fichier a sa place dans votre portefeuille", "Your file belongs in your own portfolio"},
	"demo.fileText":   {"Importé ici, il s'effacerait avec l'exemple. Quittez l'exemple pour importer : vous pourrez y revenir.", "Imported here, it would be erased with the example. Leave the example to import: you can come back to it."},
	"demo.fileGo":     {"Quitter l'exemple et importer", "Leave the example and import"},

	"demo.card":      {"Exemple", "Example"},
	"demo.cardNone":  {"Un portefeuille fictif, pour essayer sans toucher aux vôtres. Il reste à part sur cet appareil et s'efface sans trace.", "A fictional portfolio, to try things without touching yours. It stays apart on this device and can be erased without trace."},
	"demo.cardHere":  {"L'exemple est resté sur cet appareil, à part de vos clients. Rien n'en est jamais parti.", "The example has stayed on this device, apart from your clients. Nothing has ever left it."},
	"demo.cardIn":    {"Vous êtes dans l'exemple : ces données sont fictives, et rien n'en part.", "You are in the example: this data is fictional, and nothing leaves it."},
	"demo.erased":    {"L'exemple est effacé de cet appareil.", "The example is erased from this device."},
	"sync.demo":      {"Exemple · rien ne part", "Example · nothing leaves"},
	"sync.demoShort": {"Exemple", "Example"},
	"fault.demo":     {"Un fichier importé ici s'effacerait avec l'exemple. Quittez l'exemple pour importer.", "A file imported here would be erased with the example. Leave the example to import."},
})
