//go:build !engine

package i18n

// Words of the frame around the pages.
var _ = add(table{
	"nav.main":      {"Navigation principale", "Main navigation"},
	"nav.today":     {"Aujourd'hui", "Today"},
	"nav.clients":   {"Clients", "Clients"},
	"nav.portfolio": {"Portefeuille", "Portfolio"},
	"nav.team":      {"Équipe", "Team"},
	"nav.import":    {"Importer", "Import"},
	"nav.settings":  {"Réglages", "Settings"},
	"nav.journal":   {"Journal des échanges", "Exchange journal"},
	"nav.more":      {"Plus", "More"},
	"nav.skip":      {"Aller au contenu", "Skip to content"},

	"sync.ok":       {"À jour · {0}", "Up to date · {0}"},
	"sync.never":    {"Pas encore d'échange", "No exchange yet"},
	"sync.pending":  {"{0} {0:action gardée|actions gardées} ici", "{0} {0:action|actions} kept here"},
	"sync.syncing":  {"Synchronisation…", "Synchronising…"},
	"sync.off":      {"Hors connexion", "Offline"},
	"sync.offKept":  {"Hors connexion · {0} {0:action gardée|actions gardées} ici", "Offline · {0} {0:action|actions} kept here"},
	"sync.shortOff": {"{0} en attente", "{0} waiting"},
	"sync.old":      {"Données du {0}", "Data of {0}"},
	"sync.oldKept":  {"Données du {0} · {1} {1:action gardée|actions gardées} ici", "Data of {0} · {1} {1:action|actions} kept here"},
	"sync.reread":   {"{0} {0:fiche|fiches} à relire", "{0} {0:sheet|sheets} to read again"},
	"sync.refused":  {"{0} {0:action|actions} à corriger", "{0} {0:action|actions} to correct"},
	"sync.signin":   {"Se reconnecter", "Sign in again"},
	"sync.upgrade":  {"Mise à jour à installer", "Update to install"},
	"sync.problem":  {"Le serveur répond mal · tout est gardé ici", "The server answers badly · all is kept here"},
	"sync.open":     {"{0}. Ouvrir le journal des échanges", "{0}. Open the exchange journal"},

	"asof.band": {"Lu au {0}, comme le demande ce portefeuille.", "Read as of {0}, as this portfolio asks."},

	"me.open":     {"Menu de {0}", "{0}'s menu"},
	"me.language": {"Langue", "Language"},
	"me.theme":    {"Thème", "Theme"},
	"me.text":     {"Taille du texte", "Text size"},
	"me.keys":     {"Raccourcis clavier", "Keyboard shortcuts"},
	"me.signout":  {"Se déconnecter", "Sign out"},
	"theme.auto":  {"Auto", "Auto"},
	"theme.light": {"Clair", "Light"},
	"theme.dark":  {"Sombre", "Dark"},
	"theme.sun":   {"Soleil", "Sun"},

	"update.ready":   {"Nouvelle version prête. Vos saisies sont gardées.", "New version ready. What you entered is kept."},
	"update.now":     {"Mettre à jour", "Update"},
	"update.tonight": {"Ce soir", "Tonight"},

	"lost.title": {"Cette page n'existe pas", "This page does not exist"},
	"lost.text":  {"Le lien est peut-être ancien. Vos clients, eux, sont bien là.", "The link may be old. Your clients are here all right."},
	"lost.go":    {"Revenir à Aujourd'hui", "Back to Today"},

	"fatal.title":        {"Sillon ne peut pas travailler sur cet appareil", "Sillon cannot work on this device"},
	"fatal.pause":        {"Sillon est en pause", "Sillon has paused"},
	"fatal.no-indexeddb": {"Ce navigateur ne permet pas de garder des données. Ouvrez Sillon dans Chrome, Edge, Firefox ou Safari à jour.", "This browser cannot keep data. Open Sillon in an up-to-date Chrome, Edge, Firefox or Safari."},
	"fatal.private":      {"Cette fenêtre est en navigation privée : rien n'y serait gardé. Ouvrez Sillon dans une fenêtre normale.", "This window is private: nothing would be kept in it. Open Sillon in a normal window."},
	"fatal.quota":        {"L'appareil est plein. Ce qui est déjà noté est intact. Libérez de la place, puis réessayez.", "The device is full. What is already noted is safe. Free some space, then try again."},
	"fatal.blocked":      {"Un autre onglet tient ouverte une version plus ancienne. Fermez les autres onglets de Sillon, puis réessayez.", "Another tab holds an older version open. Close the other Sillon tabs, then try again."},
	"fatal.worker":       {"Le moteur de calcul s'est arrêté. Ce qui est enregistré est intact.", "The engine has stopped. What is saved is safe."},
	"fatal.version":      {"Une nouvelle version est en place. Ce qui est enregistré est intact : rechargez la page pour continuer.", "A new version is in place. What is saved is safe: reload the page to go on."},
	"fatal.storage":      {"Les données de cet appareil ne s'ouvrent pas. Rien n'est effacé. Rechargez la page ; si cela recommence, redémarrez l'appareil.", "The data of this device does not open. Nothing is erased. Reload the page; if it happens again, restart the device."},
	"fatal.reload":       {"Recharger la page", "Reload the page"},
	"fatal.restart":      {"Relancer le moteur", "Start the engine again"},
	"fatal.outbox":       {"Copier mes actions dans un fichier", "Copy my actions to a file"},

	"opening": {"Ouverture de Sillon…", "Opening Sillon…"},

	"keys.title":  {"Raccourcis clavier", "Keyboard shortcuts"},
	"keys.search": {"Rechercher", "Search"},
	"keys.go":     {"g puis a, c, p, e : les écrans", "g then a, c, p, e: the screens"},
	"keys.log":    {"Noter une visite", "Log a visit"},
	"keys.rows":   {"Ligne suivante, précédente", "Next, previous row"},
	"keys.open":   {"Ouvrir", "Open"},
	"keys.close":  {"Fermer", "Close"},
	"keys.list":   {"Cette liste", "This list"},
})
