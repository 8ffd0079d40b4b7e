package demo

import "sillon/engine/portfolio"

// A trade is an activity (secteur d'activité) and how it buys.
type trade struct {
	name   string // as the sheet shows it
	naf    string
	weight int // how many of a portfolio's clients
	forms  []string
	of     []string // complements that suit the forms; the shared ones come on top
	season [12]int  // share of purchases by month, January first
	buys   [6]int   // chance in ten of buying each family
	posts  []string // functions of the interlocutors, the decider first; him|her where they differ
	family bool     // whether such a house bears a family's name
}

// families are the product families (familles), with their usual taux de
// marque, price of a unit in cents and how rarely an order holds one.
var families = [...]struct {
	code, name string
	margin     float64
	price      int64
	weight     int64
	every      int
}{
	{"LAV", "Lavage vaisselle", .38, 42_50, 34, 2},
	{"SOL", "Sols et surfaces", .36, 18_40, 30, 1},
	{"ESS", "Essuyage", .27, 31_20, 28, 1},
	{"MAI", "Hygiène des mains", .35, 14_80, 16, 2},
	{"MAT", "Matériel", .22, 185_00, 60, 7},
	{"SAV", "Contrat SAV", .45, 240_00, 50, 8},
}

var (
	summer = [12]int{30, 35, 55, 90, 110, 130, 170, 190, 120, 70, 40, 40}
	table  = [12]int{70, 70, 80, 95, 110, 120, 140, 145, 115, 90, 80, 105}
	school = [12]int{110, 100, 110, 100, 105, 90, 25, 60, 150, 115, 110, 85}
	level  = [12]int{100, 95, 105, 100, 95, 105, 95, 80, 110, 105, 105, 100}
	harbor = [12]int{85, 80, 90, 95, 100, 105, 110, 115, 110, 105, 105, 120}
)

var trades = []trade{
	{"Restaurant", "56.10A", 24, []string{"Crêperie", "Brasserie", "Restaurant", "Bistrot", "Auberge", "La Table", "Café", "Traiteur"}, nil, table,
		[6]int{9, 8, 8, 6, 4, 3}, []string{"Gérant|Gérante", "Chef de cuisine|Cheffe de cuisine", "Comptable", "Responsable de salle"}, true},
	{"Hébergement", "55.10Z", 16, []string{"Hôtel", "Camping", "Résidence", "Gîtes", "Auberge de jeunesse", "Village vacances"},
		[]string{"Les Embruns", "La Falaise", "Le Grand Large", "Les Goélands", "La Vigie"}, summer,
		[6]int{4, 9, 8, 8, 5, 2}, []string{"Directeur|Directrice", "Responsable d’étage", "Responsable technique", "Comptable"}, false},
	{"Santé", "87.10A", 10, []string{"EHPAD", "Clinique", "Résidence seniors", "Centre de soins", "Maison de santé", "Foyer de vie"},
		[]string{"Les Hortensias", "Les Camélias", "La Roseraie", "Les Tilleuls", "Ker Joie"}, level,
		[6]int{6, 10, 9, 9, 6, 4}, []string{"Directeur|Directrice", "Responsable hôtelier|Responsable hôtelière", "Économe", "Référent hygiène|Référente hygiène"}, false},
	{"Collectivité", "84.11Z", 12, []string{"Lycée", "Collège", "École", "Cuisine centrale", "Salle des fêtes", "Mairie annexe", "Crèche"},
		[]string{"Les Hirondelles", "Les Petits Mousses", "La Farandole", "Les Sept Îles"}, school,
		[6]int{5, 9, 8, 9, 4, 3}, []string{"Intendant|Intendante", "Chef de cuisine|Cheffe de cuisine", "Responsable des achats", "Agent d’entretien|Agente d’entretien"}, false},
	{"Garage", "45.20A", 9, []string{"Garage", "Carrosserie", "Centre auto", "Mécanique", "Pneus"}, nil, level,
		[6]int{0, 7, 9, 6, 5, 1}, []string{"Gérant|Gérante", "Chef d’atelier|Cheffe d’atelier", "Secrétaire"}, true},
	{"Pharmacie", "47.73Z", 6, []string{"Pharmacie", "Parapharmacie", "Laboratoire"}, nil, level,
		[6]int{0, 8, 8, 7, 2, 1}, []string{"Titulaire", "Préparateur|Préparatrice", "Pharmacien adjoint|Pharmacienne adjointe"}, true},
	{"Boulangerie", "10.71C", 9, []string{"Boulangerie", "Fournil", "Pâtisserie", "Biscuiterie", "Maison"}, nil, harbor,
		[6]int{6, 8, 7, 5, 3, 2}, []string{"Gérant|Gérante", "Boulanger|Boulangère", "Responsable de boutique"}, true},
	{"Commerce", "47.11F", 8, []string{"Épicerie", "Poissonnerie", "Boucherie", "Fleurs", "Halle", "Cave"}, nil, harbor,
		[6]int{2, 8, 7, 5, 3, 1}, []string{"Gérant|Gérante", "Responsable de rayon", "Comptable"}, true},
	{"Loisirs", "93.29Z", 6, []string{"Base nautique", "Club de voile", "Salle de sport", "Piscine", "Cinéma", "Golf"}, nil, summer,
		[6]int{1, 9, 6, 8, 4, 2}, []string{"Directeur|Directrice", "Responsable d’accueil", "Agent technique|Agente technique"}, false},
	{"Agroalimentaire", "10.20Z", 6, []string{"Conserverie", "Cidrerie", "Brûlerie", "Ostréiculture", "Biscuits", "Laiterie"}, nil, harbor,
		[6]int{3, 9, 8, 8, 6, 5}, []string{"Directeur de site|Directrice de site", "Responsable qualité", "Acheteur|Acheteuse", "Chef d’équipe|Cheffe d’équipe"}, true},
}

// complements follow any form: "Crêperie du Môle", "Garage du Môle".
var complements = []string{
	"du Môle", "de la Digue", "des Remparts", "du Phare", "de la Grève", "du Bac", "de la Tourelle", "des Mouettes",
	"du Vieux Pont", "de la Cale", "des Corsaires", "du Pressoir", "de la Lande", "des Marais", "du Pré Salé", "de la Dune",
	"des Quatre Vents", "du Goulet", "de l’Anse", "de l’Estuaire", "des Sablons", "du Rocher", "de la Pointe", "du Menhir",
	"des Genêts d’Or", "du Bocage", "de la Passerelle", "de la Brise", "des Alizés", "du Jusant", "du Grand Chêne", "de la Source",
	"des Trois Clochers", "du Champ de Foire", "de la Presqu’île", "du Beffroi", "de la Marne", "des Halles", "du Chenal", "de l’Aber",
}

// surnames are common Breton family names, alone or after a form.
var surnames = []string{
	"Le Goff", "Kermarrec", "Guillou", "Le Gall", "Tanguy", "Riou", "Morvan", "Le Meur", "Cadiou", "Prigent", "Le Roux", "Quéré",
	"Hamon", "Lemarchand", "Hervouet", "Duval", "Rouxel", "Briand", "Jouan", "Le Corre", "Guivarch", "Madec", "Nicolas", "Le Bihan",
	"Perrot", "Rolland", "Le Bris", "Allain", "Colin", "Le Floch", "Gautier", "Thomas", "Hervé", "Le Guen", "Bernard", "Robic",
	"Le Dantec", "Pichon", "Corbel", "Le Borgne", "Ollivier", "Gicquel", "Le Tallec", "Josse", "Renault", "Le Moal", "Cariou", "Hascoët",
	"Lebreton", "Mahé", "Le Calvez", "Daniel", "Trébaol", "Le Pape", "Kerdoncuff", "Jégou", "Boulch", "Salaün", "Le Scouarnec", "Bodin",
}

// firstNames are his, then hers.
var firstNames = [2][]string{
	{"Goulven", "Pierre", "Erwan", "Ronan", "Loïc", "Mathieu", "Alan", "Thomas", "Julien", "Gildas", "Tugdual", "Malo", "Corentin", "Yves", "Samir", "Paul", "Karim", "Hervé"},
	{"Soazig", "Maïwenn", "Nolwenn", "Gwenaëlle", "Anne", "Sophie", "Katell", "Enora", "Rozenn", "Claire", "Inès", "Bleuenn", "Isabelle", "Aziliz", "Nadia", "Jeanne", "Lucie", "Catherine"},
}

// What was noted, by outcome: facts, in words that anybody may read.
var notes = map[portfolio.Outcome][]string{
	portfolio.Order: {
		"Commande de réassort, livraison jeudi.", "Commande de bobines et de dégraissant. Stock du client relevé : deux semaines.",
		"Reconduit la commande de la saison passée, quantités en hausse de 10 %.", "Passe commande après démonstration du doseur.",
		"Commande groupée avec le second site.", "Commande confirmée, demande une livraison avant 10 h.",
		"Ajoute le savon mousse à la commande habituelle.",
	},
	portfolio.StepForward: {
		"Essai accepté sur le principe, reste le devis.", "Relevé des consommations remis : 4 bidons par mois.", "Accepte une visite du second site.",
		"Rendez-vous pris avec la personne qui décide.", "Devis remis, réponse annoncée sous quinze jours.",
		"Trois points à corriger relevés à l’audit, calendrier convenu.", "Demande une fiche technique pour la commission d’hygiène.",
	},
	portfolio.NoChange: {
		"Plein service, dix minutes au comptoir.", "Stock suffisant, pas de besoin ce mois-ci.", "Tarifs présentés, pas de décision.",
		"Contrôle des doseurs, rien à signaler.", "Attend le budget de l’an prochain.", "Tour des locaux, produits en place.",
		"Satisfait du produit sols, ne souhaite pas changer l’essuyage.",
	},
	portfolio.StepBack: {
		"Devis d’un concurrent inférieur de 12 % sur l’essuyage.", "A reçu une palette d’un autre fournisseur.", "Reporte l’essai sans date.",
		"Réclamation : deux livraisons en retard depuis septembre.", "Nouveau responsable des achats, remet les contrats à plat.",
		"Réduit la gamme à deux produits.",
	},
	portfolio.Absent:    {"Absent, carte laissée à l’accueil.", "Fermé exceptionnellement.", "En réunion, à rappeler.", "Établissement en congés."},
	portfolio.RefusedIn: {"Ne reçoit pas sans rendez-vous.", "Demande un courriel plutôt qu’une visite."},
	portfolio.Postponed: {"Reporté à la semaine suivante par le client.", "Reporté : inventaire en cours."},
}

var objectives = []string{
	"Présenter le doseur automatique", "Faire le point sur les consommations", "Obtenir un essai sur le lavage vaisselle",
	"Relever le stock et proposer le réassort", "Remettre le devis de l’autolaveuse", "Faire le point sur la qualité de service",
	"Rencontrer la personne qui décide", "Proposer le contrat d’entretien", "Présenter la gamme sans parfum", "Préparer la saison",
	"Comprendre la baisse des commandes", "Proposer l’essuyage en dévidage central",
}

var nextActions = []string{"Envoyer le devis", "Envoyer la fiche technique", "Rappeler sous quinze jours", "Apporter un échantillon", "Vérifier la livraison", "Prendre rendez-vous avec le second site"}

var summaries = []string{
	"Livraison par l’arrière, avant 10 h. Commandes passées le lundi.",
	"Deux sites, une seule facturation. Les achats se décident en conseil d’administration en mars.",
	"Ouvert d’avril à octobre. Réassort important avant Pâques.",
	"Produits sans parfum demandés. Fiches de données de sécurité affichées en réserve.",
	"Équipe renouvelée cette année, formation aux dosages appréciée.",
	"Compare les prix une fois par an, en janvier.",
	"Stockage limité : petites quantités, livraisons fréquentes.",
	"Travaille aussi avec un grossiste de Rennes pour l’essuyage.",
}
