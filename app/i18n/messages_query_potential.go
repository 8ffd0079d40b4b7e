//go:build !engine

package i18n

// The sentences of the tab Potential (chapter E), made by engine/query.
var _ = lend(table{
	"pot.col.share":         {"Part des clients", "Share of clients"},
	"pot.col.family":        {"Famille", "Family"},
	"pot.col.penetration":   {"Pénétration", "Penetration"},
	"pot.col.breadth-depth": {"Largeur × profondeur", "Breadth × depth"},
	"pot.col.left":          {"Reste à gagner", "Left to win"},
	"pot.col.method":        {"Méthode", "Method"},
	"pot.col.fresh":         {"Moins de 6 mois", "Under 6 months"},
	"pot.col.year":          {"6 à 12 mois", "6 to 12 months"},
	"pot.col.old":           {"Plus, ou sans date", "More, or undated"},
	"pot.col.clients":       {"Clients", "Clients"},
	"pot.of.potential":      {"Potentiel", "Potential"},
	"pot.of.sales":          {"CA", "Sales"},
	"pot.of.effort":         {"Effort", "Effort"},

	// E3: does the effort follow the potential?
	"pot.lorenz.habit":      {"L'effort suit l'habitude, pas le potentiel", "Effort follows habit, not potential"},
	"pot.lorenz.follows":    {"L'effort suit le potentiel", "Effort follows potential"},
	"pot.lorenz.no-contact": {"Aucun contact noté : l'effort ne se compare pas encore", "No contact logged: effort cannot be compared yet"},
	"pot.lorenz.na":         {"Pas de potentiel connu : rien à aligner", "No known potential: nothing to align"},
	"pot.lorenz.right":      {"tous les clients", "all clients"},
	"pot.lorenz.mark":       {"La moitié de : {0}, {1} {1:client|clients}", "Half of: {0}, {1} {1:client|clients}"},
	"pot.lorenz.half":       {"la moitié du potentiel", "half of the potential"},
	"pot.lorenz.of":         {"{0} des clients", "{0} of clients"},
	"pot.lorenz.label":      {"{0} : alignement {1}, seuil {2}.", "{0}: alignment {1}, threshold {2}."},
	"pot.like":              {"comme {0} {0:client égal|clients égaux}", "like {0} equal {0:client|clients}"},
	"pot.split":             {"Famille par famille, là où leur potentiel est connu : {0}, soit largeur {1} × profondeur {2}", "Family by family, where their potential is known: {0}, breadth {1} × depth {2}"},
	"pot.moved":             {"{0} {0:visite|visites} sur 100 {0:serait|seraient} ailleurs si elles suivaient le potentiel.", "{0} {0:visit|visits} in 100 would be elsewhere if they followed potential."},

	// E5: the board, prospects apart.
	"pot.board.corner":    {"Potentiel", "Potential"},
	"pot.board.r0":        {"R0", "R0"},
	"pot.board.unknown":   {"P ?", "P ?"},
	"pot.board.prospects": {"{0} {0:prospect fort vaut|prospects forts valent} {1}", "{0} strong {0:prospect is|prospects are} worth {1}"},
	"pot.board.none":      {"Le réalisé suit le potentiel : rien d'urgent à conquérir", "Sales follow potential: nothing urgent to win"},
	"pot.board.na":        {"Aucun potentiel connu : personne ne peut être placé", "No known potential: nobody can be placed"},
	"pot.board.mark":      {"{0}, {1} : {2} {3}, reste {4} à gagner", "{0}, {1}: {2} {3}, {4} left to win"},
	"pot.board.label":     {"{0}. Lignes : niveaux de potentiel ; colonnes : niveaux de CA.", "{0}. Rows: levels of potential; columns: levels of sales."},
	"pot.board.note":      {"R0 : sans CA, avec leur potentiel. Pointillé : hors ventes, inconnu ou peu sûr.", "R0: no sales, with their potential. Dashed: outside sales, unknown or unsure."},
	"pot.board.see":       {"{0:Voir ce prospect|Voir ces {0} prospects}", "{0:See this prospect|See these {0} prospects}"},

	// E4: breadth × depth.
	"pot.families.finding": {"{0} : {1} du potentiel chez des non-acheteurs", "{0}: {1} of potential at non-buyers"},
	"pot.families.all":     {"Toutes les familles sont achetées là où elles ont un potentiel", "All families are bought where they have a potential"},
	"pot.families.na":      {"Aucun potentiel par famille : la largeur reste inconnue", "No potential by family: breadth stays unknown"},
	"pot.families.how":     {"Notez le potentiel famille par famille, à la visite ou par import : vous verrez où ouvrir et où creuser.", "Note the potential family by family, at the visit or by import: you will see where to open and where to dig."},
	"pot.families.left":    {"reste {0}", "{0} left"},
	"pot.families.others":  {"{0} : pénétration {1}, {2} {2:non-acheteur|non-acheteurs}, {3} {3:acheteur|acheteurs}", "{0}: penetration {1}, {2} {2:non-buyer|non-buyers}, {3} {3:buyer|buyers}"},
	"pot.families.buyers":  {"{0} : pénétration {1}, {2} {2:non-acheteur|non-acheteurs}, {3} {3:acheteur|acheteurs}", "{0}: penetration {1}, {2} {2:non-buyer|non-buyers}, {3} {3:buyer|buyers}"},
	"pot.families.label":   {"{0}.", "{0}."},
	"pot.families.part":    {"Lu sur {0} {0:potentiel réparti|potentiels répartis} par famille, sur {1} connus.", "Read from {0} {0:potential|potentials} split by family, of {1} known."},
	"pot.families.note":    {"Largeur : part du potentiel chez des clients qui achètent la famille. Hauteur : notre part chez eux. Surface verte : pénétration.", "Width: share of potential at clients who buy the family. Height: our share there. Green area: penetration."},

	// E1: what the potentials are worth.
	"pot.trust.finding": {"{0} {0:potentiel|potentiels} à redemander", "{0} {0:potential|potentials} to ask again"},
	"pot.trust.good":    {"Les potentiels connus sont récents et sûrs", "Known potentials are recent and sound"},
	"pot.trust.na":      {"Aucun potentiel connu : demandez une fourchette à la prochaine visite", "No known potential: ask for a bracket at the next visit"},
	"pot.trust.fresh":   {"moins de 6 mois", "under 6 months"},
	"pot.trust.year":    {"6 à 12 mois", "6 to 12 months"},
	"pot.trust.old":     {"plus, ou sans date", "more, or undated"},
	"pot.trust.quality": {"qualité {0}", "quality {0}"},
	"pot.trust.mark":    {"{0} : {1}, dont {2} trop {2:ancien|anciens}", "{0}: {1}, {2} too old"},
	"pot.trust.label":   {"{0}. Sans potentiel : {1}.", "{0}. Without potential: {1}."},
	"pot.trust.again":   {"{0} à redemander", "{0} to ask again"},
	"pot.trust.unknown": {"{0} sans potentiel, non {0:compté|comptés}", "{0} without potential, not counted"},
	"pot.trust.over":    {"{0} au-dessus du potentiel", "{0} above their potential"},

	// Whom to ask first.
	"pot.ask.unknown": {"Potentiel inconnu", "Unknown potential"},
	"pot.ask.known":   {"{0}, {1} {2}", "{0}, {1} {2}"},
	"pot.ask.levels":  {"P{0} à P{1}", "P{0} to P{1}"},
	"pot.ask.visits":  {"une réponse peut déplacer {0} {0:visite|visites}", "an answer can move {0} {0:visit|visits}"},
})
