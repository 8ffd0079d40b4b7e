package demo

// A town is a real commune of Brittany, with the centre of its territory.
type town struct {
	name, postcode, insee string
	lat, lon              float64
	weight                int // about how many professionals there are, from √population
}

// Names, codes and population: INSEE, Code officiel géographique (Licence
// Ouverte 2.0). Positions: La Poste and data.gouv.fr, communes de France.
var emeraude = []town{
	{"Saint-Malo", "35400", "35288", 48.64004, -1.98061, 27},
	{"Dinan", "22100", "22050", 48.45577, -2.04816, 15},
	{"Dinard", "35800", "35093", 48.62418, -2.06198, 13},
	{"Cancale", "35260", "35049", 48.68352, -1.86508, 9},
	{"Dol-de-Bretagne", "35120", "35095", 48.53641, -1.74136, 10},
	{"Pleurtuit", "35730", "35228", 48.58273, -2.05991, 11},
	{"Combourg", "35270", "35085", 48.40836, -1.74519, 10},
	{"Saint-Méloir-des-Ondes", "35350", "35299", 48.63871, -1.90518, 9},
	{"La Richardais", "35780", "35241", 48.60958, -2.04363, 6},
	{"Saint-Lunaire", "35800", "35287", 48.62046, -2.09656, 7},
	{"Saint-Briac-sur-Mer", "35800", "35256", 48.61634, -2.12359, 6},
	{"Châteauneuf-d’Ille-et-Vilaine", "35430", "35070", 48.55789, -1.92925, 5},
	{"Miniac-Morvan", "35540", "35179", 48.52469, -1.89543, 8},
	{"Tinténiac", "35190", "35337", 48.3232, -1.83043, 8},
	{"Plancoët", "22130", "22172", 48.51486, -2.21937, 7},
	{"Saint-Cast-le-Guildo", "22380", "22282", 48.60372, -2.24912, 7},
	{"Créhen", "22130", "22049", 48.54037, -2.19064, 5},
	{"Lanvallay", "22100", "22118", 48.45176, -2.01053, 8},
	{"Quévert", "22100", "22259", 48.46313, -2.08563, 8},
	{"Taden", "22100", "22339", 48.48794, -2.05403, 6},
	{"Pleudihen-sur-Rance", "22690", "22197", 48.50929, -1.94146, 7},
	{"Beaussais-sur-Mer", "22650", "22209", 48.55967, -2.12838, 8},
}

var rennes = []town{
	{"Rennes", "35000", "35238", 48.11198, -1.68186, 30},
	{"Cesson-Sévigné", "35510", "35051", 48.12023, -1.59714, 17},
	{"Bruz", "35170", "35047", 48.02618, -1.74817, 18},
	{"Saint-Grégoire", "35760", "35278", 48.15888, -1.68572, 12},
	{"Chantepie", "35135", "35055", 48.08171, -1.60383, 13},
	{"Betton", "35830", "35024", 48.18124, -1.6459, 14},
	{"Pacé", "35740", "35210", 48.15255, -1.77717, 14},
	{"Vitré", "35500", "35360", 48.11408, -1.19371, 17},
	{"Fougères", "35300", "35115", 48.35247, -1.19431, 18},
	{"Liffré", "35340", "35152", 48.2041, -1.51421, 12},
	{"Châteaugiron", "35410", "35069", 48.04416, -1.50016, 13},
	{"Mordelles", "35310", "35196", 48.08576, -1.84211, 11},
	{"Janzé", "35150", "35136", 47.9429, -1.50039, 12},
	{"Montfort-sur-Meu", "35160", "35188", 48.1261, -1.96303, 10},
	{"Chartres-de-Bretagne", "35131", "35066", 48.04516, -1.7065, 12},
	{"Vern-sur-Seiche", "35770", "35352", 48.05252, -1.60521, 11},
	{"Saint-Jacques-de-la-Lande", "35136", "35281", 48.07556, -1.72405, 15},
	{"Thorigné-Fouillard", "35235", "35334", 48.15661, -1.5841, 12},
	{"Châteaubourg", "35220", "35068", 48.12, -1.40402, 11},
	{"Acigné", "35690", "35001", 48.1464, -1.5188, 10},
}

var vannes = []town{
	{"Vannes", "56000", "56260", 47.65975, -2.75714, 30},
	{"Auray", "56400", "56007", 47.66771, -2.99041, 15},
	{"Séné", "56860", "56243", 47.62288, -2.72443, 12},
	{"Saint-Avé", "56890", "56206", 47.69913, -2.74158, 14},
	{"Theix-Noyalo", "56450", "56251", 47.63569, -2.64683, 12},
	{"Sarzeau", "56370", "56240", 47.52354, -2.75087, 12},
	{"Carnac", "56340", "56034", 47.60843, -3.06974, 8},
	{"Quiberon", "56170", "56186", 47.48817, -3.12282, 9},
	{"La Trinité-sur-Mer", "56470", "56258", 47.5909, -3.03701, 5},
	{"Ploërmel", "56800", "56165", 47.92218, -2.38314, 13},
	{"Questembert", "56230", "56184", 47.6638, -2.43671, 11},
	{"Muzillac", "56190", "56143", 47.5548, -2.47313, 9},
	{"Arzon", "56640", "56005", 47.54703, -2.88785, 6},
	{"Baden", "56870", "56008", 47.61499, -2.90384, 9},
	{"Plescop", "56890", "56158", 47.69735, -2.83081, 10},
	{"Elven", "56250", "56053", 47.73268, -2.59279, 10},
	{"Pluvigner", "56330", "56177", 47.7824, -3.01609, 11},
	{"Grand-Champ", "56390", "56067", 47.76067, -2.84786, 10},
	{"Locminé", "56500", "56117", 47.87961, -2.83755, 9},
	{"Brech", "56400", "56023", 47.70939, -3.02425, 10},
}

// streets are common enough to exist in any town: an address here is nobody's.
var streets = []string{
	"rue du Port", "rue de la Gare", "rue des Lavandières", "place de l’Église", "rue du Four", "rue de la Fontaine",
	"avenue de Bretagne", "rue des Ajoncs", "rue de la Vallée", "rue du Stade", "rue des Genêts", "chemin de la Lande",
	"rue du Moulin", "boulevard de l’Océan", "rue des Écoles", "rue de la Mairie", "rue des Artisans", "rue du Marché",
	"impasse des Tamaris", "rue du Calvaire", "rue de la Métairie", "allée des Peupliers", "rue des Chênes", "quai des Pêcheurs",
	"rue de l’Étang", "ZA de la Croix Blanche", "ZA du Grand Pré", "rue des Bruyères", "rue du Puits", "rue Haute",
	"rue Basse", "rue des Salines", "rue de la Houle", "route de la Plage", "rue du Lavoir", "place du Marché",
}
