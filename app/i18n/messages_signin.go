//go:build !engine

package i18n

// Words of sign-in, of the set-up of an empty server and of the first exchange.
var _ = add(table{
	"signin.hello":    {"Bonjour", "Hello"},
	"signin.once":     {"Connectez-vous une fois. Ensuite, tout fonctionne sans réseau.", "Sign in once. Afterwards everything works without network."},
	"signin.login":    {"Adresse électronique ou matricule", "E-mail address or staff number"},
	"signin.password": {"Mot de passe", "Password"},
	"signin.waiting":  {"{0} {0:action attend|actions attendent} ici pour {1} : {0:elle partira|elles partiront} à sa prochaine connexion.", "{0} {0:action waits|actions wait} here for {1}: {0:it leaves|they leave} at the next sign-in."},
	"signin.show":     {"Montrer le mot de passe", "Show the password"},
	"signin.hide":     {"Cacher le mot de passe", "Hide the password"},
	"signin.go":       {"Se connecter", "Sign in"},
	"signin.motto":    {"Préparer le terrain avant la récolte.", "Prepare the ground before the harvest."},
	"signin.sealed":   {"Vos données restent chiffrées sur cet appareil.", "Your data stays encrypted on this device."},

	"setup.title":         {"Ouvrir Sillon", "Open Sillon"},
	"setup.lead":          {"Ce serveur est neuf. Vous en serez administrateur et manager.", "This server is new. You will be its administrator and a manager."},
	"setup.org":           {"Organisation", "Organisation"},
	"setup.currency":      {"Monnaie", "Currency"},
	"setup.zone":          {"Fuseau horaire", "Time zone"},
	"setup.zoneHelp":      {"Il décide du jour que les rapports appellent « aujourd'hui ».", "It decides what “today” means in reports."},
	"setup.name":          {"Votre nom", "Your name"},
	"setup.passwordHelp":  {"{0} caractères au moins ; une phrase convient très bien.", "At least {0} characters; a sentence does very well."},
	"setup.passwordShort": {"Ce mot de passe est trop court : une phrase de quelques mots suffit.", "This password is too short: a sentence of a few words is enough."},
	"setup.fill":          {"Ce champ est nécessaire.", "This field is needed."},
	"setup.input":         {"Le serveur n'accepte pas une de ces valeurs. Vérifiez l'adresse et le mot de passe.", "The server does not accept one of these values. Check the address and the password."},
	"setup.go":            {"Ouvrir", "Open"},
	"setup.token":         {"Ce lien a déjà servi, ou il est incomplet. Reprenez celui que le serveur a affiché à son démarrage.", "This link has been used, or is incomplete. Take the one the server printed when it started."},

	"currency.EUR": {"Euro (€)", "Euro (€)"},
	"currency.GBP": {"Livre sterling (£)", "Pound sterling (£)"},
	"currency.USD": {"Dollar américain ($)", "US dollar ($)"},
	"currency.CHF": {"Franc suisse (CHF)", "Swiss franc (CHF)"},
	"currency.MAD": {"Dirham marocain (DH)", "Moroccan dirham (DH)"},

	"filling.title":    {"Bienvenue, {0}", "Welcome, {0}"},
	"filling.text":     {"Premier échange : votre portefeuille arrive sur cet appareil. Ensuite, tout fonctionne sans réseau.", "First exchange: your portfolio is coming to this device. Afterwards everything works without network."},
	"filling.progress": {"{0} lignes reçues sur {1}", "{0} lines received of {1}"},
	"filling.count":    {"{0} {0:ligne reçue|lignes reçues}", "{0} {0:line|lines} received"},
})
