package demo

import (
	"sillon/engine/money"
	"sillon/engine/portfolio"
)

// A known client is one whose story the documentation tells: it is the same
// whatever the seed, dates apart.
type known struct {
	name, trade, town, street string
	phase                     phase
	p, r                      int
	sales                     money.Cents // of the last 12 months
	growth                    int         // on the year before, per mille
	potential                 money.Cents
	months                    int // since the first order
	seen                      int // days since the last visit; 0: as drawn
	typology                  portfolio.Typology
	people                    []portfolio.Person
	past                      []told
	plans                     []planned
	summary                   string
	deep                      func(*life) // projects, promises and efforts of the story, in place of those drawn
}

// told is a contact of the story, planned an appointment.
type told struct {
	days    int // before the as-of date
	minute  int
	kind    portfolio.ContactKind
	outcome portfolio.Outcome
	notes   string
	order   money.Cents
}

type planned struct {
	days      int
	minute    int
	kind      portfolio.ContactKind
	objective string
	done      bool // fulfilled by the contact of the same day
}

// emeraldKnown are clients of the Emerald Coast (portefeuille de Maëlle).
var emeraldKnown = []known{
	{name: "Clinique de la Rance", trade: "Santé", town: "Dinan", street: "8, rue des Genêts", phase: ageing, p: 4, r: 4,
		sales: 46_200_00, growth: -180, potential: 65_100_00, months: 126, seen: 62, typology: portfolio.Careful,
		people: []portfolio.Person{
			{Name: "Catherine Le Tallec", Function: "Directrice des services", Roles: []string{"decider"}, Influence: 5, Attitude: -1},
			{Name: "Samir Robic", Function: "Responsable hôtelier", Roles: []string{"user", "influencer"}, Influence: 3, Attitude: 1}},
		past: []told{
			{62, 14 * 60, portfolio.Visit, portfolio.StepBack, "Contrat annuel remis en concurrence. Trois réclamations de livraison en soixante jours.", 0},
			{38, 11*60 + 10, portfolio.Call, portfolio.NoChange, "Réponse sur les retards transmise, attend un engagement écrit.", 0}},
		plans:   []planned{{0, 0, portfolio.Call, "Relancer le devis distributeurs", false}},
		summary: "Contrat d’entretien arrivé à échéance ce mois-ci. Décision de la direction des services, après avis de l’hôtellerie."},
	{name: "Brasserie de l’Écluse", trade: "Restaurant", town: "Saint-Malo", street: "12, quai Duguay", phase: growth, p: 4, r: 3,
		sales: 18_400_00, growth: 180, potential: 66_000_00, months: 26, seen: 48, typology: portfolio.Partner,
		people: []portfolio.Person{
			{Name: "Goulven Le Bris", Function: "Gérant", Roles: []string{"decider"}, Influence: 5, Attitude: 1},
			{Name: "Soazig Morvan", Function: "Cheffe de cuisine", Roles: []string{"user", "influencer"}, Influence: 4, Attitude: 2},
			{Name: "Pierre Allain", Function: "Comptable", Roles: []string{"gatekeeper"}, Influence: 2}},
		past: []told{
			{7, 15 * 60, portfolio.Email, portfolio.StepForward, "Audit HACCP remis à S. Morvan, 3 points à corriger.", 0},
			{48, 10 * 60, portfolio.Visit, portfolio.StepForward, "Essai accepté sur le principe, reste le devis.", 0},
			{78, 10*60 + 15, portfolio.Visit, portfolio.Order, "Essuyage, exclusivité 12 mois contre 4 %.", 1_240_00},
			{114, 11*60 + 30, portfolio.Visit, portfolio.NoChange, "Gérant pressé, plein service.", 0}},
		plans:   []planned{{0, 10 * 60, portfolio.Visit, "Obtenir l’essai de 30 jours sur le lavage vaisselle", false}},
		summary: "140 couverts. Livraison par le quai, avant 9 h.", deep: atTheLock},
	{name: "EHPAD Les Ajoncs", trade: "Santé", town: "Dol-de-Bretagne", street: "21, rue des Bruyères", phase: ageing, p: 3, r: 3,
		sales: 31_500_00, growth: -220, potential: 54_300_00, months: 98, seen: 35, typology: portfolio.Careful,
		past:  []told{{35, 14 * 60, portfolio.Visit, portfolio.StepBack, "Nouvelle directrice, remet les contrats à plat au premier trimestre.", 0}},
		plans: []planned{{0, 14 * 60, portfolio.Visit, "Rencontrer la nouvelle directrice", false}}},
	{name: "Camping du Guildo", trade: "Hébergement", town: "Créhen", phase: growth, p: 3, r: 2,
		sales: 11_900_00, growth: 240, potential: 35_000_00, months: 41, seen: 21, typology: portfolio.Partner,
		plans: []planned{{0, 0, portfolio.Email, "Envoyer la fiche doseurs", false}, {15, 10*60 + 30, portfolio.Visit, "Préparer la saison", false}}},
	{name: "Hôtel Le Clos Marin", trade: "Hébergement", town: "Cancale", phase: mature, p: 3, r: 3,
		sales: 27_800_00, growth: 12, potential: 36_600_00, months: 85, seen: 29, typology: portfolio.Ambassador,
		plans: []planned{{0, 11*60 + 15, portfolio.Visit, "Faire le point sur l’essuyage", false}}},
	{name: "Garage Lemarchand", trade: "Garage", town: "Châteauneuf-d’Ille-et-Vilaine", phase: start, p: 2, r: 1,
		sales: 2_100_00, potential: 17_500_00, months: 4, seen: 14, typology: portfolio.Technician,
		plans: []planned{{0, 15*60 + 30, portfolio.Visit, "Faire le point après la première commande", false}}},
	{name: "Thalasso Cap Émeraude", trade: "Hébergement", town: "Dinard", phase: mature, p: 4, r: 4,
		sales: 52_600_00, growth: -18, potential: 67_400_00, months: 152, seen: 18, typology: portfolio.Partner,
		plans: []planned{{20, 9 * 60, portfolio.Visit, "Revoir le contrat de linge éponge", false}}},
	{name: "Cuisine centrale du Pays d’Aubigné", trade: "Collectivité", town: "Combourg", phase: growth, p: 3, r: 3,
		sales: 24_000_00, growth: 92, potential: 50_000_00, months: 64, seen: 40, typology: portfolio.Technician,
		plans: []planned{{8, 14 * 60, portfolio.Visit, "Comprendre la baisse sur les sols", false}}},
	{name: "Pharmacie des Bés", trade: "Pharmacie", town: "Saint-Malo", street: "3, rue Haute", phase: mature, p: 1, r: 2,
		sales: 8_700_00, growth: 3, potential: 12_100_00, months: 71, typology: portfolio.Ambassador,
		past:  []told{{0, 8*60 + 45, portfolio.Visit, portfolio.Order, "Réassort mains et essuyage, livraison jeudi.", 640_00}},
		plans: []planned{{0, 8*60 + 45, portfolio.Visit, "Relever le stock et proposer le réassort", true}, {27, 9 * 60, portfolio.Visit, "Relever le stock", false}}},
	{name: "Carrosserie Hamon", trade: "Garage", town: "Pleurtuit", phase: growth, p: 2, r: 2,
		sales: 8_400_00, growth: 118, potential: 23_300_00, months: 33, seen: 26, typology: portfolio.PriceBuyer,
		plans: []planned{{13, 11 * 60, portfolio.Visit, "Remettre le devis de l’autolaveuse", false}}},
	{name: "Fournil Kermarrec", trade: "Boulangerie", town: "Cancale", phase: growth, p: 2, r: 1,
		sales: 6_200_00, growth: 145, potential: 19_400_00, months: 17, seen: 95, typology: portfolio.Partner,
		plans: []planned{{0, 0, portfolio.Call, "Fixer le prochain rendez-vous", false}, {22, 14*60 + 30, portfolio.Visit, "Faire le point sur les consommations", false}}},
	{name: "Hôtel des Roches", trade: "Hébergement", town: "Saint-Lunaire", phase: ageing, p: 2, r: 2,
		sales: 15_200_00, growth: -260, potential: 29_800_00, months: 110, seen: 81, typology: portfolio.PriceBuyer},
	{name: "Crêperie Ty Gwenn", trade: "Restaurant", town: "Saint-Briac-sur-Mer", phase: mature, p: 1, r: 1,
		sales: 3_900_00, growth: -22, potential: 9_600_00, months: 58, seen: 44, typology: portfolio.Partner},
	{name: "Crêperie Saint-Aubin", trade: "Restaurant", town: "Dinan", phase: mature, p: 1, r: 1,
		sales: 4_600_00, growth: 20, potential: 11_200_00, months: 77, seen: 70},
	{name: "Snack du Port", trade: "Restaurant", town: "Saint-Malo", phase: ageing, p: 1, r: 1,
		sales: 1_200_00, growth: -410, potential: 5_200_00, months: 66, seen: 210, typology: portfolio.Closed},
	{name: "Lycée Les Rimains", trade: "Collectivité", town: "Cancale", phase: mature, p: 2, r: 2,
		sales: 12_300_00, growth: -41, potential: 24_500_00, months: 93, seen: 52, typology: portfolio.Careful},
	{name: "Boulangerie Le Meur", trade: "Boulangerie", town: "Dinan", phase: growth, p: 1, r: 1,
		sales: 5_100_00, growth: 160, potential: 12_900_00, months: 21, seen: 33, typology: portfolio.Partner},
	{name: "Pharmacie Duval", trade: "Pharmacie", town: "Dinan", phase: mature, p: 1, r: 1,
		sales: 4_200_00, growth: 8, potential: 8_100_00, months: 61, seen: 47},
	{name: "Traiteur Hervouet", trade: "Restaurant", town: "Plancoët", phase: ageing, p: 1, r: 1,
		sales: 2_700_00, growth: -170, potential: 10_400_00, months: 49, seen: 88, typology: portfolio.PriceBuyer},
}

// emeraldProspects are prospects of the Emerald Coast.
var emeraldProspects = []known{
	{name: "Chais du Port", trade: "Restaurant", town: "Saint-Malo", p: 4, potential: 72_000_00},
	{name: "Résidence Armor", trade: "Santé", town: "Dinard", p: 3, potential: 35_400_00,
		people: []portfolio.Person{{Name: "Anne Le Dantec", Function: "Directrice", Roles: []string{"decider"}, Influence: 5, Attitude: 1}}},
	{name: "Ty Breizh Bio", trade: "Commerce", town: "Dinan", p: 2, potential: 21_000_00},
	{name: "Base nautique du Sillon", trade: "Loisirs", town: "Saint-Malo", p: 2, potential: 24_600_00},
	{name: "Lycée Maupertuis", trade: "Collectivité", town: "Saint-Malo", p: 3, potential: 46_000_00},
	{name: "Conserverie de la Baie", trade: "Agroalimentaire", town: "Cancale", p: 3, potential: 58_000_00},
}
