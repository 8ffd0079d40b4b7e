//go:build !engine

package i18n

// What each figure of the deep views is, and what it means in one sentence, in
// the order of the chapters; those of the first screens are in
// messages_explain.go.
var _ = add(table{
	// A: the price of the effort.
	"topic.units":              {"Unités de contact", "Contact units"},
	"topic.invested":           {"Montant investi", "Amount invested"},
	"topic.gross":              {"Marge brute", "Gross margin"},
	"topic.net":                {"Marge commerciale nette", "Net commercial margin"},
	"topic.margin-rate-client": {"Taux de marque du client", "Margin rate of the client"},
	"topic.of-sales":           {"Marge nette sur CA", "Net margin on sales"},
	"topic.return":             {"Rendement de l'effort", "Return on the effort"},
	"topic.break-even":         {"CA qui paie l'effort", "Sales that pay the effort"},
	"topic.break-even-order":   {"Commande qui paie une visite", "Order that pays a visit"},
	"topic.bearable":           {"Visites supportables", "Bearable visits"},
	"topic.unit-price":         {"Prix d'une unité de contact", "Price of a contact unit"},
	"topic.visit-price":        {"Prix d'une visite", "Price of a visit"},
	"topic.call-price":         {"Prix d'un appel", "Price of a call"},
	"topic.invested-all":       {"Montant investi en tout", "Amount invested in all"},
	"topic.net-all":            {"Marge nette du portefeuille", "Net margin of the portfolio"},
	"topic.margin-rate":        {"Taux de marque", "Margin rate"},
	"topic.whale":              {"Sommet de la baleine", "Peak of the whale"},
	"topic.return-group":       {"Rendement de ce groupe", "Return of this group"},

	"meaning.units":              {"Vos contacts avec ce client, comptés en visites : un appel en vaut 0,2, un courriel 0,05.", "Your contacts with this client, counted in visits: a call is worth 0.2, an e-mail 0.05."},
	"meaning.invested":           {"Ce que ce client vous a coûté en un an : le prix de ses contacts et ce qui a été dépensé pour lui.", "What this client cost you in a year: the price of his contacts and what was spent on him."},
	"meaning.gross":              {"Ses achats moins ce qu'ils vous ont coûté à l'achat, avant de payer votre effort.", "His purchases minus what they cost you to buy, before your effort is paid."},
	"meaning.net":                {"Ce qui reste de sa marge une fois vos contacts et ses coûts propres payés.", "What is left of his margin once your contacts and his own costs are paid."},
	"meaning.margin-rate-client": {"La part de son CA qui reste une fois la marchandise payée.", "The share of his sales left once the goods are paid for."},
	"meaning.of-sales":           {"Sur 100 de CA avec ce client, ce qui reste vraiment, effort payé.", "Out of 100 of sales with this client, what really stays once the effort is paid."},
	"meaning.return":             {"Sa marge brute divisée par le montant investi : au-dessus de 1, il paie l'effort qu'il demande.", "His gross margin divided by the amount invested: above 1, he pays for the effort he takes."},
	"meaning.break-even":         {"Le CA qu'il faut faire avec ce client pour que sa marge paie vos contacts.", "The sales needed with this client for his margin to pay your contacts."},
	"meaning.break-even-order":   {"La commande à obtenir à chaque visite pour que la visite soit payée.", "The order to get at each visit for the visit to be paid."},
	"meaning.bearable":           {"Combien de visites par an la marge de ce client peut payer.", "How many visits a year this client's margin can pay."},
	"meaning.unit-price":         {"Votre coût complet divisé par toutes vos unités de contact : ce que coûte une visite, déplacement et salaire compris.", "Your full cost divided by all your contact units: what a visit costs, travel and pay included."},
	"meaning.visit-price":        {"Ce que vous coûte une visite, tout compris.", "What a visit costs you, all included."},
	"meaning.call-price":         {"Ce que vous coûte un appel, tout compris : à comparer au prix d'une visite.", "What a call costs you, all included: to compare with the price of a visit."},
	"meaning.invested-all":       {"Ce que tous vos clients ont reçu en un an, en contacts et en dépenses.", "What all your clients received in a year, in contacts and in spending."},
	"meaning.net-all":            {"Ce que votre portefeuille rapporte une fois tous vos contacts payés.", "What your portfolio brings once all your contacts are paid."},
	"meaning.margin-rate":        {"La part du CA de tout le portefeuille qui reste une fois la marchandise payée.", "The share of the whole portfolio's sales left once the goods are paid for."},
	"meaning.whale":              {"Ce que gagnent vos clients rentables, comparé au total : au-dessus de 100 %, les autres en mangent une partie.", "What your profitable clients earn, against the total: above 100%, the others eat part of it."},
	"meaning.return-group":       {"Ce que rapporte, net, chaque euro de contacts dépensé pour ces clients.", "What each euro of contacts spent on these clients brings, net."},

	// B: what clients give back.
	"topic.balance":        {"Classe selon l'effort et le résultat", "Class by effort and result"},
	"topic.devouring":      {"Indice de dévoration", "Devouring index"},
	"topic.elasticity":     {"Sensibilité aux contacts", "Sensitivity to contacts"},
	"topic.marginal":       {"Marge d'un contact de plus", "Margin of one more contact"},
	"topic.contact-advice": {"Stratégie de contacts", "Contact strategy"},
	"topic.proposed":       {"Visites proposées", "Visits proposed"},
	"topic.readable":       {"Clients à sensibilité lisible", "Clients whose sensitivity can be read"},
	"topic.visits-freed":   {"Visites libérées", "Visits freed"},
	"topic.visits-needed":  {"Visites réinvesties", "Visits reinvested"},
	"topic.visits-left":    {"Visites laissées aux prospects", "Visits left for prospects"},

	"meaning.balance":        {"Beaucoup ou peu de contacts, grand ou petit résultat : squelette, poule aux œufs d'or, contactivore ou vache à lait.", "Many or few contacts, a large or a small result: skeleton, golden-egg hen, contact devourer or milk cow."},
	"meaning.devouring":      {"Sa part de vos contacts divisée par sa part de la marge : au-dessus de 1, il prend plus qu'il ne rend.", "His share of your contacts divided by his share of the margin: above 1, he takes more than he gives back."},
	"meaning.elasticity":     {"De combien ses achats bougent quand vos contacts bougent de 1 %.", "How much his purchases move when your contacts move by 1%."},
	"meaning.marginal":       {"Ce que rapporterait une visite de plus chez lui, à comparer au prix de cette visite.", "What one more visit to him would bring, to compare with the price of that visit."},
	"meaning.contact-advice": {"Ce que sa classe et sa sensibilité conseillent pour vos contacts de l'an prochain ; vous décidez.", "What his class and his sensitivity advise for your contacts of next year; you decide."},
	"meaning.proposed":       {"Le nombre de visites proposé pour l'an prochain, d'après celles de cette année et la stratégie de contacts.", "The number of visits proposed for next year, from this year's and the contact strategy."},
	"meaning.readable":       {"Les clients dont les contacts ont assez changé d'une année à l'autre pour voir comment ils y répondent.", "The clients whose contacts changed enough from one year to the next to see how they answer."},
	"meaning.visits-freed":   {"Les visites que la stratégie retire aux clients qui n'en rendent pas assez.", "The visits the strategy takes from the clients who give too little back."},
	"meaning.visits-needed":  {"Les visites que la stratégie ajoute aux clients qui y répondent.", "The visits the strategy adds to the clients who answer to them."},
	"meaning.visits-left":    {"Ce qui reste des visites libérées une fois les visites ajoutées servies : pour vos prospects.", "What is left of the visits freed once those added are served: for your prospects."},

	// C: maturity.
	"topic.maturity-index": {"Indice de maturité", "Maturity index"},
	"topic.cm-head":        {"Effort C ÷ M par client", "Effort C ÷ M per client"},
	"topic.effort-split":   {"Part d'effort proposée", "Share of effort proposed"},
	"topic.per-unit":       {"Marge nette par unité de contact", "Net margin per contact unit"},
	"topic.mortality":      {"Mortalité des nouveaux clients", "Mortality of new clients"},
	"topic.lost-ahead":     {"Clients perdus d'ici un an", "Clients lost within a year"},
	"topic.ageing-ahead":   {"Indice de vieillissement dans un an", "Ageing index in a year"},
	"topic.needed":         {"Nouveaux clients nécessaires", "New clients needed"},

	"meaning.maturity-index": {"La phase moyenne des familles qu'il achète, pesées par leur CA : de 1, tout jeune, à 4, tout vieux.", "The average phase of the families he buys, weighed by their sales: from 1, all young, to 4, all old."},
	"meaning.cm-head":        {"Les contacts par client en croissance, divisés par les contacts par client en maturité.", "Contacts per growing client, divided by contacts per mature client."},
	"meaning.effort-split":   {"La part de votre temps que ce portefeuille mérite : ce qu'il reste à gagner, son taux de marque et sa sensibilité.", "The share of your time this portfolio deserves: what is left to win, its margin rate and its sensitivity."},
	"meaning.per-unit":       {"Ce que chaque unité de contact rapporte, net, dans ce portefeuille.", "What each contact unit brings, net, in this portfolio."},
	"meaning.mortality":      {"Sur les clients entrés il y a un à deux ans, la part perdue avant d'avoir fait douze mois.", "Of the clients who came in one to two years ago, the share lost before twelve months."},
	"meaning.lost-ahead":     {"Combien de clients vous perdrez en douze mois si tout continue au même rythme.", "How many clients you will lose in twelve months if all goes on at this pace."},
	"meaning.ageing-ahead":   {"L'indice de vieillissement que le portefeuille aura dans douze mois, au même rythme.", "The ageing index the portfolio will have in twelve months, at the same pace."},
	"meaning.needed":         {"Combien de nouveaux clients il faut cette année pour que le portefeuille ne vieillisse pas.", "How many new clients are needed this year so that the portfolio does not age."},

	// D: weight.
	"topic.climb":     {"CA pour monter d'un étage", "Sales to climb one floor"},
	"topic.pareto":    {"Clients qui font l'essentiel", "Clients who make most of it"},
	"topic.top1":      {"Part du plus gros client", "Share of the largest client"},
	"topic.floor-top": {"Clients du premier quart", "Clients of the first quarter"},

	"meaning.climb":     {"Ce que ce client devrait acheter de plus en un an pour passer à l'étage du dessus.", "What this client would have to buy more in a year to reach the floor above."},
	"meaning.pareto":    {"Combien de clients, du plus gros au plus petit, suffisent à faire la classe A.", "How many clients, from the largest down, are enough for class A."},
	"meaning.top1":      {"La part du total que fait votre plus gros client : ce que vous perdriez avec lui.", "The share of the total your largest client makes: what you would lose with him."},
	"meaning.floor-top": {"Combien de clients font à eux seuls un quart du total : peu de clients, c'est fragile.", "How many clients make a quarter of the total by themselves: few clients, and it is fragile."},

	// E: potential, concentration, penetration.
	"topic.breadth-client":   {"Largeur chez ce client", "Breadth at this client"},
	"topic.contact-key":      {"Clé de contact", "Contact key"},
	"topic.neff-potential":   {"Clients équivalents en potentiel", "Equivalent clients by potential"},
	"topic.neff-effort":      {"Clients équivalents en effort", "Equivalent clients by effort"},
	"topic.gini-effort":      {"Concentration de l'effort", "Concentration of effort"},
	"topic.hhi":              {"Indice de Herfindahl du CA", "Herfindahl index of sales"},
	"topic.hhi-potential":    {"Indice de Herfindahl du potentiel", "Herfindahl index of potential"},
	"topic.hhi-effort":       {"Indice de Herfindahl de l'effort", "Herfindahl index of effort"},
	"topic.alignment-margin": {"Effort et marge", "Effort and margin"},
	"topic.breadth":          {"Largeur", "Breadth"},
	"topic.depth":            {"Profondeur", "Depth"},

	"meaning.breadth-client":   {"La part de son potentiel qui est dans les familles qu'il achète déjà chez vous.", "The share of his potential that lies in the families he already buys from you."},
	"meaning.contact-key":      {"Son potentiel, relevé quand il reste à prendre : elle aide à répartir les visites.", "His potential, raised when there is more to take: it helps to share the visits."},
	"meaning.neff-potential":   {"À combien de clients égaux votre potentiel équivaut : plus ce nombre est petit, plus l'avenir tient à peu de monde.", "How many equal clients your potential amounts to: the smaller, the more the future hangs on few."},
	"meaning.neff-effort":      {"À combien de clients égaux vos contacts équivalent : plus ce nombre est petit, plus vous voyez toujours les mêmes.", "How many equal clients your contacts amount to: the smaller, the more you see the same ones."},
	"meaning.gini-effort":      {"0 : tous les clients reçoivent autant de contacts ; près de 1 : un seul reçoit presque tout.", "0: all clients receive the same contacts; near 1: one receives almost all."},
	"meaning.hhi":              {"La somme des parts de CA au carré : au-dessus de la limite, vous dépendez trop de peu de clients.", "The sum of squared shares of sales: above the limit, you depend too much on few clients."},
	"meaning.hhi-potential":    {"La somme des parts de potentiel au carré : au-dessus de la limite, l'avenir tient à trop peu de clients.", "The sum of squared shares of potential: above the limit, the future hangs on too few clients."},
	"meaning.hhi-effort":       {"La somme des parts de contacts au carré : au-dessus de la limite, l'effort va à trop peu de clients.", "The sum of squared shares of contacts: above the limit, the effort goes to too few clients."},
	"meaning.alignment-margin": {"Votre effort suit-il la marge ? 100 % : chaque client reçoit sa part ; moins : l'effort va ailleurs.", "Does your effort follow margin? 100%: each client gets his share; less: effort goes elsewhere."},
	"meaning.breadth":          {"La part du potentiel qui est dans les familles que vos clients achètent déjà chez vous.", "The share of the potential that lies in the families your clients already buy from you."},
	"meaning.depth":            {"Dans les familles qu'ils achètent chez vous, la part de leurs besoins que vous tenez.", "In the families they buy from you, the share of their needs that you hold."},

	// F: loyalty.
	"topic.engagement-type": {"Type d'engagement", "Type of engagement"},
	"topic.adoption":        {"Vitesse d'adoption", "Adoption speed"},
	"topic.exclusion":       {"Vitesse d'exclusion", "Exclusion speed"},
	"topic.heading":         {"Part vers laquelle va la relation", "Share the relation is heading to"},
	"topic.engagement":      {"Indice d'engagement", "Engagement index"},
	"topic.behaviour":       {"Engagement par les achats", "Engagement by purchases"},
	"topic.attitude":        {"Engagement par l'attitude", "Engagement by attitude"},
	"topic.regularity":      {"Régularité des commandes", "Regularity of orders"},
	"topic.lateness":        {"Retard de commande", "Lateness of the order"},
	"topic.rfm":             {"Note RFM", "RFM mark"},

	"meaning.engagement-type": {"Adopte-t-il vite, exclut-il vite ? Engagé, volage, prudent fidèle ou fuyant.", "Does he adopt fast, does he exclude fast? Engaged, fickle, careful and loyal, or fleeing."},
	"meaning.adoption":        {"À chaque période, la part des familles achetées ailleurs qu'il vous confie.", "Each period, the share of the families bought elsewhere that he brings to you."},
	"meaning.exclusion":       {"À chaque période, la part des familles achetées chez vous qu'il reprend.", "Each period, the share of the families bought from you that he takes away."},
	"meaning.heading":         {"La part de ses familles que vous tiendrez si ses deux vitesses ne changent pas.", "The share of his families you will hold if his two speeds do not change."},
	"meaning.engagement":      {"De 0 à 100, ce que disent ensemble ses achats, sa satisfaction, ses efforts et ses engagements tenus.", "From 0 to 100, what his purchases, his satisfaction, his efforts and his kept commitments say together."},
	"meaning.behaviour":       {"La part de l'engagement qui se lit dans ce qu'il achète : vitesses, régularité, pénétration.", "The part of engagement that shows in what he buys: speeds, regularity, penetration."},
	"meaning.attitude":        {"La part de l'engagement qui se lit dans la relation : efforts, satisfaction, interlocuteurs, engagements tenus.", "The part of engagement that shows in the relation: efforts, satisfaction, people met, commitments kept."},
	"meaning.regularity":      {"100 % : il commande toujours au même intervalle ; près de 0 : jamais au même.", "100%: he always orders at the same interval; near 0: never at the same one."},
	"meaning.lateness":        {"Le temps depuis sa dernière commande, comparé à son intervalle habituel. Au-dessus de 1, il est en retard.", "The time since his last order, against his usual interval. Above 1, he is late."},
	"meaning.rfm":             {"Trois chiffres de 1 à 5, le dernier achat, la fréquence et le montant, comparés à vos autres clients ; 555 est le meilleur.", "Three digits from 1 to 5, the last purchase, the frequency and the amount, against your other clients; 555 is the best."},

	// G: steering.
	"topic.effort-balance": {"Balance des efforts", "Balance of efforts"},
	"topic.effort-index":   {"Indice d'efforts du client", "Client's effort index"},
	"topic.animation":      {"Animation de la relation", "Liveliness of the relation"},

	"meaning.effort-balance": {"L'effort du client divisé par le vôtre : plus ce chiffre est bas, plus vous portez la relation.", "The client's effort divided by yours: the lower, the more you carry the relation."},
	"meaning.effort-index":   {"Où en est ce client des efforts que vous lui avez demandés : 100 %, tous les objectifs sont atteints.", "How far this client is in the efforts you asked of him: 100%, all objectives are reached."},
	"meaning.animation":      {"De 0 à 100, la moyenne des cinq leviers qui font vivre la relation entre deux commandes.", "From 0 to 100, the mean of the five levers that keep the relation alive between two orders."},

	// H: the plan.
	"topic.file":           {"Fiche complète", "Complete file"},
	"topic.score-seven":    {"Score à sept critères", "Score by seven criteria"},
	"topic.planned-visits": {"Visites de l'année", "Visits of the year"},

	"meaning.file":           {"La part de la fiche qui est remplie, chaque rubrique selon son poids : une fiche vide ne dit rien.", "The share of the file that is filled, each field by its weight: an empty file says nothing."},
	"meaning.score-seven":    {"Le même classement par la grille à sept critères, risque de départ retiré.", "The same ranking by the grid of seven criteria, the departure risk taken off."},
	"meaning.planned-visits": {"Les visites que le plan donne à ce client : sa part de votre stock, entre les bornes de sa catégorie.", "The visits the plan gives this client: his share of your stock, within the bounds of his category."},

	// I: departure.
	"topic.departure": {"Probabilité de départ", "Departure probability"},
	"topic.stake":     {"Valeur en jeu", "Value at stake"},
	"topic.retain":    {"Faut-il le retenir ?", "Is he worth retaining?"},
	"topic.weapon":    {"Qui y va, et comment", "Who goes, and how"},

	"meaning.departure": {"La chance que ce client vous quitte dans l'année, d'après ses signaux et ceux des clients partis.", "The chance that this client leaves you within the year, from his signals and those of clients who left."},
	"meaning.stake":     {"Ce que ce client rapporterait en trois ans s'il restait : ce que vous perdez s'il part.", "What this client would bring in three years if he stayed: what you lose if he leaves."},
	"meaning.retain":    {"L'action la plus utile rapporte-t-elle plus qu'elle ne coûte ? Tous les clients ne se retiennent pas.", "Does the best action bring more than it costs? Not all clients are to be retained."},
	"meaning.weapon":    {"La règle qui dit qui va voir ce client, par quel moyen et avant quand.", "The rule that says who goes to this client, by which means and by when."},

	// J: relation; foresight.
	"topic.reciprocity": {"Réciprocité", "Reciprocity"},
	"topic.tie":         {"Attache", "Tie"},
	"topic.expected":    {"CA attendu", "Sales expected"},

	"meaning.reciprocity": {"Ce que le client a tenu de ses engagements, divisé par ce que vous avez tenu des vôtres.", "What the client kept of his commitments, divided by what you kept of yours."},
	"meaning.tie":         {"Ce que le client perdrait à vous quitter : outils partagés, argent mis, temps pour s'en passer.", "What the client would lose by leaving you: shared tools, money put in, time to do without."},
	"meaning.expected":    {"Ce que ce client devrait acheter d'ici un trimestre, d'après ses jours de commande.", "What this client should buy within a quarter, from his days of order."},
})
