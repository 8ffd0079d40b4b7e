package i18n

import (
	"strconv"

	"sillon/engine/calendar"
)

// ImportIssue says in the user's language what is to be looked at in a line of
// a file, and what would be read instead. code and args are those of
// engine/intake: amounts in cents, days in ISO form.
func ImportIssue(lang Lang, currency, code string, args []string) string {
	kinds := importArgs[code]
	words := make([]any, len(args))
	for i, a := range args {
		words[i] = a
		if i >= len(kinds) {
			continue
		}
		switch kinds[i] {
		case 'm':
			if n, err := strconv.ParseInt(a, 10, 64); err == nil {
				words[i] = Money(lang, n, currency)
			}
		case 'd':
			if d, err := calendar.ParseISO(a); err == nil {
				words[i] = Date(lang, d)
			}
		case 'n':
			if n, err := strconv.Atoi(a); err == nil {
				words[i] = n
			}
		case 'f':
			words[i] = T(lang, "import.field."+a)
		}
	}
	return T(lang, "issue."+code, words...)
}

// importArgs says what the arguments of an issue are: m money, d day, n
// number, f field, anything else a text as it is.
var importArgs = map[string]string{
	"thousands": "m", "old": "d", "currency": "m", "two-signs": "m", "negative": "m", "no-such-day": "d", "future": "d", "overlap": "mdd", "detailed": "mn", "twice": "n", "duplicate": "nf",
	"total-twice": "nm", "mixed": "tn", "too-long": "n", "cells": "n", "several": "n",
}

var _ = add(table{
	"import.refused.head":    {"Motif", "Reason"},
	"import.refused.suffix":  {"lignes-laissees", "lines-left-out"},
	"import.blocking.no-key": {"Dites quelle colonne nomme le client : son code, son nom ou son SIRET.", "Say which column names the client: its code, name or SIRET."},
	"import.blocking.no-day": {"Les montants ont besoin d'une date : choisissez la colonne de la date, ou lisez le montant comme un total.", "Amounts need a date: choose the date column, or read the amount as a total."},
	"import.blocking.no-sale": {"La date est là, il manque le montant : choisissez sa colonne, ou laissez la date de côté.",
		"The date is there, the amount is missing: choose its column, or leave the date out."},
	"import.blocking.twice":   {"Deux colonnes pour la même chose : {0}. Laissez-en une de côté.", "Two columns for the same thing: {0}. Leave one out."},
	"import.blocking.overlap": {"Ces totaux couvrent le même temps : {0}. Laissez-en un de côté, ou changez sa période.", "These totals cover the same time: {0}. Leave one out, or change its period."},
	"import.blocking.both":    {"Lignes datées et totaux compteraient deux fois : gardez les unes ou les autres.", "Dated lines and totals would count twice: keep one or the other."},
	"import.blocking.period":  {"Choisissez la période du total {0}.", "Choose the period of the total {0}."},
	"import.blocking.nothing": {"Aucune ligne n'est prête : voyez ce qu'il y a à vérifier.", "No line is ready: see what there is to check."},
	"import.blocking.same":    {"Tout est déjà là : ce fichier n'ajoute rien.", "All of it is here already: this file adds nothing."},
	"import.blocking.columns": {"Le fichier a changé : choisissez-le à nouveau.", "The file has changed: choose it again."},

	"import.field.code":          {"Code client", "Client code"},
	"import.field.name":          {"Nom du client", "Client name"},
	"import.field.status":        {"Statut", "Status"},
	"import.field.first-order":   {"Première commande", "First order"},
	"import.field.solvency":      {"Solvabilité", "Credit standing"},
	"import.field.summary":       {"Note de la fiche", "Note of the sheet"},
	"import.field.tags":          {"Étiquettes", "Tags"},
	"import.field.siren":         {"SIREN", "SIREN"},
	"import.field.siret":         {"SIRET", "SIRET"},
	"import.field.vat":           {"N° de TVA", "VAT number"},
	"import.field.site-name":     {"Nom du site", "Name of the site"},
	"import.field.street":        {"Adresse", "Street"},
	"import.field.postcode":      {"Code postal", "Postcode"},
	"import.field.city":          {"Ville", "Town"},
	"import.field.postcode-city": {"Code postal + ville", "Postcode + town"},
	"import.field.insee":         {"Code INSEE", "INSEE code"},
	"import.field.country":       {"Pays", "Country"},
	"import.field.lat":           {"Latitude", "Latitude"},
	"import.field.lon":           {"Longitude", "Longitude"},
	"import.field.zone":          {"Secteur", "Area"},
	"import.field.sector":        {"Activité", "Sector"},
	"import.field.naf":           {"Code NAF", "NAF code"},
	"import.field.headcount":     {"Effectif", "Headcount"},
	"import.field.phone":         {"Téléphone", "Phone"},
	"import.field.email":         {"Courriel", "E-mail"},
	"import.field.web":           {"Site web", "Website"},
	"import.field.potential":     {"Potentiel annuel", "Yearly potential"},
	"import.field.potential-min": {"Potentiel, au moins", "Potential, at least"},
	"import.field.potential-max": {"Potentiel, au plus", "Potential, at most"},
	"import.field.appraisal":     {"Origine du potentiel", "Origin of the potential"},
	"import.field.total":         {"CA d'une période", "Sales of a period"},
	"import.field.day":           {"Date de vente", "Date of sale"},
	"import.field.amount":        {"Montant vendu HT", "Net amount sold"},
	"import.field.return":        {"Montant retourné", "Amount returned"},
	"import.field.family":        {"Famille", "Family"},
	"import.field.qty":           {"Quantité", "Quantity"},
	"import.field.ref":           {"N° de facture", "Invoice number"},
	"import.field.channel":       {"Canal", "Channel"},
	"import.field.cost":          {"Coût", "Cost"},
	"import.field.margin":        {"Marge", "Margin"},
	"import.field.rate":          {"Taux de marque", "Margin rate (of price)"},

	"issue.number":        {"Ce n'est pas un nombre : corrigez-le, ou laissez la ligne.", "This is not a number: correct it, or leave the line out."},
	"issue.ambiguous":     {"Millier ou décimale ? Dites comment lire la colonne.", "Thousand or decimal? Say how to read the column."},
	"issue.thousands":     {"Lu comme {0} ?", "Read as {0}?"},
	"issue.formula":       {"Cette formule n'a pas de résultat dans le tableur.", "This formula has no result in the spreadsheet."},
	"issue.too-big":       {"Ce montant est trop grand pour un client.", "This amount is too large for a client."},
	"issue.percent":       {"Un taux dans une colonne de montants.", "A rate in a column of amounts."},
	"issue.negative":      {"Total négatif. Compter {0} d'avoirs ?", "Negative total. Count {0} of credit notes?"},
	"issue.negative-pot":  {"Un potentiel ne peut pas être négatif.", "A potential cannot be negative."},
	"issue.date":          {"Ce n'est pas une date.", "This is not a date."},
	"issue.no-such-day":   {"Cette date n'existe pas. Lire {0} ?", "This date does not exist. Read {0}?"},
	"issue.future":        {"Cette date est à venir. La garder ?", "This date is still to come. Keep it?"},
	"issue.old":           {"Vente du {0}, avant 1980. La garder ?", "A sale of {0}, before 1980. Keep it?"},
	"issue.power":         {"Un montant ne s'écrit pas avec une puissance de dix : mettez la colonne au format Nombre et exportez à nouveau, ou corrigez-le.", "An amount is not written with a power of ten: set the column to Number and export again, or correct it."},
	"issue.currency":      {"Cette devise n'est pas la vôtre. Compter {0} ?", "This currency is not yours. Count {0}?"},
	"issue.two-signs":     {"Milliers et décimales ne s'écrivent pas ainsi dans le reste de la colonne. Lire {0} ?", "Thousands and decimals are not written like this in the rest of the column. Read {0}?"},
	"issue.count":         {"Ce n'est pas un nombre entier.", "This is not a whole number."},
	"issue.choice":        {"Ce mot n'est pas connu ici.", "This word is not known here."},
	"issue.email":         {"Cette adresse semble incomplète ; gardée telle quelle.", "This address looks incomplete; kept as it is."},
	"issue.degrees":       {"Ce ne sont pas des degrés (latitude, longitude).", "These are not degrees (latitude, longitude)."},
	"issue.too-long":      {"Texte trop long. Garder les {0} premiers caractères ?", "Text too long. Keep the first {0} characters?"},
	"issue.bad-char":      {"Un caractère est abîmé. Lire « {0} » ?", "A character is damaged. Read “{0}”?"},
	"issue.siret":         {"Ce SIRET n'a pas la bonne longueur ; il n'est pas repris.", "This SIRET has not the right length; it is left out."},
	"issue.siret-key":     {"La clé de ce numéro est fausse ; gardé tel quel, à vérifier.", "The key of this number is wrong; kept as it is, to be checked."},
	"issue.siret-zero":    {"Le zéro du début est rendu : {0}.", "The leading zero is back: {0}."},
	"issue.siret-sci":     {"Excel a arrondi ce numéro. Mettez la colonne au format Texte et exportez à nouveau.", "Excel has rounded this number. Set the column to Text and export again."},
	"issue.vat":           {"Ce numéro de TVA n'est pas valide ; il n'est pas repris.", "This VAT number is not valid; it is left out."},
	"issue.postcode":      {"Un code postal français a cinq chiffres ; gardé tel quel, à vérifier.", "A French postcode has five digits; kept as it is, to be checked."},
	"issue.postcode-zero": {"Le zéro du début est rendu : {0}.", "The leading zero is back: {0}."},
	"issue.no-key":        {"Ni code, ni nom, ni SIRET : à quel client va cette ligne ?", "Neither code, name nor SIRET: which client is this line for?"},
	"issue.no-day":        {"Un montant sans date.", "An amount without a date."},
	"issue.cells":         {"{0} {0:case de trop|cases de trop} : un séparateur dans une valeur ?", "{0} {0:cell|cells} too many: a separator inside a value?"},
	"issue.total-line":    {"Ligne de total : laissée de côté.", "Line of totals: set aside."},
	"issue.header-again":  {"L'en-tête revient ici : ligne laissée de côté.", "The header comes again: line set aside."},
	"issue.twice":         {"La même ligne que la ligne {0} : laissée de côté.", "The same line as line {0}: set aside."},
	"issue.duplicate":     {"Déjà à la ligne {0}, avec une autre valeur ({1}). Prendre celle-ci ?", "Already on line {0}, with another value ({1}). Take this one?"},
	"issue.total-twice":   {"Un autre total de la même période est à la ligne {0}. Ajouter {1} ?", "Another total of the same period is on line {0}. Add {1}?"},
	"issue.same-siret":    {"Déjà présent, même SIRET : {0} {1}", "Already here, same SIRET: {0} {1}"},
	"issue.same-name":     {"Reconnu par son nom : {0}", "Recognised by its name: {0}"},
	"issue.lookalike":     {"Ressemble à {0} ({1}), avec un autre code : deux clients.", "Looks like {0} ({1}), with another code: two clients."},
	"issue.two-cards":     {"Le code est celui de {0}, le SIRET celui de {1}. Suivre le code ?", "The code is that of {0}, the SIRET that of {1}. Follow the code?"},
	"issue.several":       {"Ce nom va à {0} clients. Ajoutez le code ou le code postal.", "This name fits {0} clients. Add the code or the postcode."},
	"issue.near-family":   {"Famille proche de « {0} ».", "Family close to “{0}”."},
	"issue.overlap":       {"Un total de {0} ({1} à {2}) est déjà ici et couvre une partie de ces ventes. Le remplacer ?", "A total of {0} ({1} to {2}) is here already and covers part of these sales. Replace it?"},
	"issue.detailed":      {"Déjà détaillé ici : {0} en {1} {1:ligne|lignes}. Le total n'est pas ajouté.", "Already detailed here: {0} in {1} {1:line|lines}. The total is not added."},
	"issue.mixed":         {"Cette ligne est en {0} dans un fichier qui ne l'est pas ; lue comme il faut.", "This line is in {0} in a file that is not; read as it should be."},
	"issue.quote":         {"Un guillemet s'ouvre sans se fermer ; lu comme un caractère.", "A quote opens and never closes; read as a character."},
	"issue.preamble":      {"Ligne au-dessus de l'en-tête : laissée de côté.", "Line above the header: set aside."},

	"export.code": {"Code client", "Client code"}, "export.name": {"Raison sociale", "Company name"}, "export.status": {"Statut", "Status"}, "export.siret": {"SIRET", "SIRET"},
	"export.street": {"Adresse", "Address"}, "export.postcode": {"Code postal", "Postcode"}, "export.city": {"Ville", "City"}, "export.country": {"Pays", "Country"},
	"export.phone": {"Téléphone", "Phone"}, "export.email": {"Courriel", "E-mail"}, "export.sector": {"Activité", "Sector"}, "export.headcount": {"Effectif", "Headcount"},
	"export.first-order": {"Première commande", "First order"}, "export.solvency": {"Solvabilité", "Solvency"}, "export.potential": {"Potentiel annuel", "Annual potential"},
	"export.n": {"CA N", "Sales N"}, "export.n-1": {"CA N-1", "Sales N-1"}, "export.lat": {"Latitude", "Latitude"}, "export.lon": {"Longitude", "Longitude"},
	"export.tags": {"Étiquettes", "Tags"}, "export.summary": {"Note", "Note"},
	"export.day": {"Date", "Date"}, "export.time": {"Heure", "Time"}, "export.who": {"Commercial", "Sales rep"}, "export.kind": {"Type de contact", "Kind of contact"},
	"export.outcome": {"Issue", "Outcome"}, "export.duration": {"Durée (min)", "Length (min)"}, "export.objective": {"Objectif", "Aim"}, "export.notes": {"Compte rendu", "Report"},
	"export.next": {"Suite", "Next"}, "export.order": {"Commande annoncée", "Order announced"},
	// Names of the files, before their day.
	"export.clients": {"clients", "clients"}, "export.visits": {"visites", "visits"},
})
