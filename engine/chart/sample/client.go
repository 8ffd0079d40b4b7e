package sample

import (
	"strings"

	"sillon/engine/chart"
)

// months are those of the fictional year, December to November.
var months = strings.Fields("déc. janv. févr. mars avr. mai juin juil. août sept. oct. nov.")

func client() []Section {
	quarters := strings.Fields("T4·24 T1·25 T2 T3 T4 T1·26 T2 T3")
	family := func(name, figure string, v ...float64) chart.Family {
		f := chart.Family{Name: name, Figure: figure, Sales: v}
		for _, x := range v {
			if x > 0 {
				f.Show = append(f.Show, kilo(x))
			} else {
				f.Show = append(f.Show, "–")
			}
		}
		return f
	}
	ribbon := chart.Ribbon{Words: words("Quatre entrées en deux ans, une seule sortie"), Periods: quarters, Entry: "entre", Exit: "sort", Families: []chart.Family{
		family("Sols et surfaces", "1,8 k€", 2, 1.9, 2, 2.1, 1.9, 1.9, 1.8, 1.8), family("Essuyage", "1,4 k€", 0, 1.6, 1.6, 1.8, 1.4, 1.4, 1.4, 1.4), family("Hygiène des mains", "0,8 k€", 0, 0, .7, .8, .9, .9, .8, .8),
		family("Lavage vaisselle", "1,3 k€", 0, 0, 0, 0, 0, 0, 1.1, 1.3), family("Matériel", "0,3 k€", 1, 1, .9, .9, .9, .8, 0, .3), family("Contrat SAV", "ouvrir", 0, 0, 0, 0, 0, 0, 0, 0)}}
	ribbon.Families[5].Open = true
	weakRibbon := chart.Ribbon{Words: few("Trois périodes"), Periods: quarters[:3], Families: []chart.Family{family("Essuyage", "0,4 k€", 0, .4, .4), family("Sols", "0,9 k€", .9, .8, 0)}}

	pace := chart.Scatter{Words: words("Engagé : 38 % de part dans un an", "Client", "Adoption", "Exclusion", "Cadran", "Il y a un an"), Cut: chart.XY{X: .15, Y: -.1}, X: [2]float64{0, .35}, Y: [2]float64{-.2, 0},
		Corners: [4]chart.Corner{{Name: "Prudent fidèle"}, {Name: "Engagé", Good: true}, {Name: "Fuyant"}, {Name: "Volage"}}, AxisX: "adopte vite →", AxisY: "↑ quitte lentement", ShowX: decimal2, ShowY: decimal2,
		Guides: []chart.Guide{{From: chart.XY{}, To: chart.XY{X: .35, Y: -.0875}, Name: "80 %"}, {From: chart.XY{}, To: chart.XY{X: .2, Y: -.2}, Name: "50 %"}},
		Bodies: []chart.Body{{Name: "Brasserie de l’Écluse", At: chart.XY{X: .21, Y: -.03}, HasWas: true, Was: chart.XY{X: .11, Y: -.07}, Hot: true}}}
	weakPace := pace
	weakPace.Words, weakPace.Bodies, weakPace.Guides = few("Rythme du portefeuille", pace.Head...), []chart.Body{{Name: "Client", At: chart.XY{X: .09, Y: -.06}, Hot: true}}, nil

	index := func(name string, v, weight float64) chart.Bar {
		return chart.Bar{Name: name, Value: v * weight / 100, Track: weight, Figure: itoa(int(v))}
	}
	engaged := chart.Bars{Words: words("Engagement : 72 sur 100", "Composante", "Sur 100"), Bars: []chart.Bar{index("Fidélité de gamme", 95, 20), index("Part à long terme", 82, 20), index("Satisfaction", 80, 14), index("Régularité", 72, 14), index("Efforts consentis", 60, 14), index("Pénétration", 28, 14), index("Interlocuteurs", 75, 6), index("Promesses tenues", 67, 6)}}
	weakEngaged := engaged
	weakEngaged.Words, weakEngaged.Bars = few("Trois composantes mesurées", engaged.Head...), engaged.Bars[:3]
	gauge := func(share float64, label string) chart.Picture {
		return drawn{func(w int) string { return chart.Gauge(w, 26, 24, share, .6, label) }, label, chart.Table{Head: []string{"Engagement", ""}, Rows: [][]string{{"Indice", percent(share)}, {"Seuil", "60 %"}}}}
	}

	signals := chart.Bars{Words: words("71 % de risque de départ sous 12 mois", "Signal", "Points", "Si visité cette semaine"), Bars: []chart.Bar{
		{Name: "Contrat non renouvelé", Sub: "9 nov.", Value: 24, Track: 25, Figure: "+ 24", WasText: "+ 24", HasWas: true, Was: 24, Tone: chart.Danger}, {Name: "3 réclamations", Sub: "60 jours", Value: 19, Track: 25, Figure: "+ 19", WasText: "+ 9", HasWas: true, Was: 9, Tone: chart.Danger},
		{Name: "SAV : 7 appels, contre 2", Sub: "octobre", Value: 14, Track: 25, Figure: "+ 14", WasText: "+ 14", HasWas: true, Was: 14, Tone: chart.Danger}, {Name: "CA − 18 % sur 6 mois", Value: 9, Track: 25, Figure: "+ 9", WasText: "+ 9", HasWas: true, Was: 9, Tone: chart.Danger}, {Name: "62 jours sans visite", Sub: "cible 30", Value: 5, Track: 25, Figure: "+ 5", WasText: "0", HasWas: true, Tone: chart.Danger, Weak: true}}}
	weakSignals := signals
	weakSignals.Words, weakSignals.Bars = few("Qualité des données 48 % : non fiable", signals.Head...), signals.Bars[3:]
	gains := chart.Bars{Words: words("La visite du directeur rapporte le plus : 3,2 k€", "Action", "Gain net attendu"), Bars: []chart.Bar{{Name: "Visite du directeur", Value: 3.2, Figure: "3,2 k€", Hot: true}, {Name: "Visite et offre", Value: 2.9, Figure: "2,9 k€", Tone: chart.Before}, {Name: "Visite", Value: 2.3, Figure: "2,3 k€", Tone: chart.Before}, {Name: "Appel", Value: 1.2, Figure: "1,2 k€", Tone: chart.Before}, {Name: "Lettre", Value: .4, Figure: "0,4 k€", Tone: chart.Before}}}

	ruler := chart.Ruler{Words: words("Potentiel 66 k€, 10e sur 180 : P4", "Quart", "Clients", ""), Bands: []chart.Band{{Name: "P4", Text: "12 clients", N: 12, On: true}, {Name: "P3", Text: "22 clients", N: 22}, {Name: "P2", Text: "40 clients", N: 40}, {Name: "P1", Text: "106 clients", N: 106}}, Within: .82, Aim: -1}
	weakRuler := ruler
	weakRuler.Words = few("Potentiel jugé, confiance 0,3", ruler.Head...)
	classes := chart.Classes{Words: words("P–R = + 1 : développer", "P–R", "Stratégie", ""), Classes: []chart.Class{{Figure: "≤ − 2", Name: "Vérifier"}, {Figure: "− 1", Name: "Verrouiller"}, {Figure: "0", Name: "Protéger"}, {Figure: "+ 1", Name: "Développer", On: true}, {Figure: "≥ + 2", Name: "Conquérir", Near: true}}}
	weakClasses := classes
	weakClasses.Words = few("Confiance 0,3", classes.Head...)

	mini := func(what, label string, d chart.Mini) State {
		d.Label, d.PName, d.RName = label, [5]string{"", "P1", "P2", "P3", "P4"}, [5]string{"R0", "R1", "R2", "R3", "R4"}
		t := chart.Table{Head: []string{"Quand", "Position"}}
		for _, at := range []struct {
			when string
			on   chart.Spot
		}{{"Il y a un an", d.Was}, {"Aujourd’hui", d.Now}, {"Cap", d.Aim}} {
			if at.on.P > 0 {
				t.Rows = append(t.Rows, []string{at.when, "P" + itoa(at.on.P) + "–R" + itoa(at.on.R)})
			}
		}
		return State{what, drawn{func(w int) string { return chart.MiniBoard(w, d) }, label, t}, 236}
	}
	boards := []State{
		mini("normal", "P4–R3 : développer. Venu de R2 il y a un an.", chart.Mini{Now: chart.Spot{P: 4, R: 3}, Was: chart.Spot{P: 4, R: 2}, Aim: chart.Spot{P: 4, R: 4}}),
		mini("prospect", "P3–R0 : conquérir", chart.Mini{Now: chart.Spot{P: 3}, Aim: chart.Spot{P: 3, R: 1}}),
		mini("peu de données", "P2–R2 : entretenir, potentiel peu sûr", chart.Mini{Now: chart.Spot{P: 2, R: 2}, Dotted: true}),
	}
	spark := func(what, label string, sales ...float64) State {
		t := chart.Table{Head: []string{"Mois", "CA"}}
		for i, v := range sales {
			t.Rows = append(t.Rows, []string{months[len(months)-len(sales)+i], kilo(v)})
		}
		return State{what, drawn{func(w int) string { return chart.Spark(w, 28, sales, label) }, label, t}, 92}
	}
	sparks := []State{
		spark("normal", "12 mois : de 1 à 2,6 k€ par mois", 1, 1.1, 1.1, 1.3, 1.6, 1.5, 1.8, 2, 2, 2.3, 2.4, 2.6),
		spark("en baisse", "12 mois : de 1,9 à 0,7 k€ par mois", 1.9, 2, 1.8, 1.8, 1.5, 1.6, 1.3, 1.2, 1.3, 1, .8, .7),
		spark("régulier", "12 mois : 1,4 k€ chaque mois", 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4),
		spark("peu de données", "Trois mois : de 0,4 à 0,6 k€", .4, .5, .6),
		spark("vide", "Aucune vente"),
	}

	parts := []chart.Part{{Name: "Potentiel", Points: 28, Max: 30, Figure: "+ 28", Of: "/ 30"}, {Name: "Croissance", Points: 17, Max: 20, Figure: "+ 17", Of: "/ 20"}, {Name: "Engagement", Points: 13, Max: 15, Figure: "+ 13", Of: "/ 15"}, {Name: "Pénétration", Points: 9, Max: 15, Figure: "+ 9", Of: "/ 15"}, {Name: "Rentabilité", Points: 7, Max: 10, Figure: "+ 7", Of: "/ 10"}, {Name: "Réalisé", Points: 6, Max: 10, Figure: "+ 6", Of: "/ 10", Weak: true}, {Name: "Risque de départ", Points: -2, Max: 10, Figure: "− 2", Of: "/ 10"}}
	score := drawn{func(w int) string { return chart.Parts(w, "Score 78 : le potentiel en fait plus du tiers", parts) }, "Score 78 : le potentiel en fait plus du tiers", chart.PartsTable(parts, "Critère", "Points", "Poids")}
	tornado := chart.Tornado{Words: words("Le potentiel est ce qui bouge le plus le score", "Critère", "Au plus bas", "Au plus haut"), Base: "score 78", Swings: []chart.Swing{
		{Name: "Engagement", Low: -5, High: 2, LowText: "73", HighText: "80"}, {Name: "Potentiel", Low: -13, High: 2, LowText: "65", HighText: "80"}, {Name: "Pénétration", Low: -3, High: 6, LowText: "75", HighText: "84"}, {Name: "Risque", Low: -4, High: 2, LowText: "74", HighText: "80"}}}
	weakTornado := tornado
	weakTornado.Words, weakTornado.Swings = few("Deux critères connus", tornado.Head...), tornado.Swings[:2]

	year := chart.Activity{Label: "Chiffre d’affaires et contacts : + 22 % en un an", HasBefore: true, Contacts: "Contacts", Keys: []string{"CA", "Un an avant", "Visites", "Autres contacts"}, Amount: func(x float64) string { return kilo(x / 1000) }}
	for k, name := range strings.Split("DJFMAMJJASON", "") {
		year.Months = append(year.Months, chart.Month{Name: name, Now: []float64{900, 800, 1100, 1200, 1300, 1400, 1700, 2200, 2600, 1900, 1800, 1500}[k], Before: []float64{700, 700, 800, 1000, 1100, 1200, 1500, 2100, 2300, 1500, 1200, 1100}[k], Visit: k == 3 || k == 5 || k > 8, Call: k == 1 || k == 4 || k == 9})
	}
	net := chart.Waterfall{Words: words("1 € de contact rapporte 6,50 € net", "Étape", "k€"), Steps: []chart.Step{{Name: "CA", Value: 18.4, Figure: "18,4"}, {Name: "Achats", Value: -12.1, Figure: "− 12,1", Kind: chart.Change}, {Name: "Marge brute", Value: 6.3, Figure: "6,3"}, {Name: "Contacts", Value: -.8, Figure: "− 0,8", Kind: chart.Loss}, {Name: "Marge nette", Value: 5.5, Figure: "5,5", Kind: chart.Outcome}}}

	bargain := chart.Bargain{Words: words("Un accord est possible de 8,4 à 9,2 k€", "Point", "Valeur"), Zone: [2]float64{8.4, 9.2}, ZoneText: "zone d’accord : 8,4 à 9,2 k€", Positions: []chart.Position{
		{Name: "Notre MESORE", Figure: "8,0 k€", Value: 8, Under: true, Tone: chart.Grey, Shape: chart.Square}, {Name: "Point de rupture", Figure: "8,4 k€", Value: 8.4, Tone: chart.Danger, Shape: chart.Triangle}, {Name: "Leur MESORE, estimée", Figure: "9,2 k€", Value: 9.2, Under: true, Tone: chart.PhaseV, Shape: chart.Diamond},
		{Name: "Arrivée idéale", Figure: "9,8 k€", Value: 9.8, Tone: chart.Accent}, {Name: "Point de départ", Figure: "10,6 k€", Value: 10.6, Tone: chart.Grey}}}
	apart := bargain
	apart.Words, apart.Zone, apart.ZoneText = words("Pas d’accord possible : notre rupture dépasse leur MESORE", bargain.Head...), [2]float64{}, ""
	apart.Positions = append([]chart.Position(nil), bargain.Positions...)
	apart.Positions[2].Figure, apart.Positions[2].Value = "7,6 k€", 7.6 // under our 8,4
	balance := chart.Balance{Words: words("Équilibre : 1,05", "Côté", "Effort"), Ours: 1.37, Theirs: 1.44, OursText: "1,37", TheirsText: "1,44", Names: [2]string{"Nous", "Eux"}, Verdict: "Nous 1,37 fois l’effort moyen, eux 1,44. Sous 0,7 nous portons tout."}
	weakBalance := balance
	weakBalance.Words, weakBalance.Ours, weakBalance.OursText, weakBalance.Verdict = few("Deux efforts notés", balance.Head...), 4, "4,0", "Nous portons tout, à confirmer."
	give := chart.Bars{Words: words("Nous avons donné 360 € de plus", "Côté", "Valeur"), Bars: []chart.Bar{{Name: "Nous avons donné", Value: 1340, Track: 1500, Figure: "1 340 €", Tone: chart.Grey}, {Name: "Nous avons obtenu", Value: 980, Track: 1500, Figure: "980 €"}}}
	radar := chart.Radar{Words: words("Cinq leviers : 70, sujets en retard", "Levier", "Valeur"), Spokes: []chart.Spoke{{Name: "Sujets", Text: "6 / 12", Value: .5, Aim: .7, Hot: true}, {Name: "Relations", Text: "3 / 4", Value: .75, Aim: .7}, {Name: "Présence", Text: "8 / 12", Value: .67, Aim: .7}, {Name: "Métier", Text: "90", Value: .9, Aim: .7}, {Name: "Obliger", Text: "2 / 3", Value: .67, Aim: .7}}}
	weakRadar := radar
	weakRadar.Words, weakRadar.Spokes = few("Trois leviers mesurés", radar.Head...), radar.Spokes[:3]

	people := chart.People{Words: words("3 liens sur 4 rôles, le responsable de salle jamais rencontré", "Personne", "Rôle", "Attitude", "Influence"), Roles: []string{"Décide", "Utilise, prescrit", "Contrôle", "Influence"}, Attitudes: []string{"contre", "neutre", "favorable"}, Unknown: "?", People: []chart.Person{
		{Name: "G. Le Bris", Initials: "GL", Role: 0, Attitude: 2, Influence: 1, Words: "forte", Link: chart.Link{Go: "/client/1/gl", Label: "Goulven Le Bris, gérant, favorable, influence forte"}}, {Name: "S. Morvan", Initials: "SM", Role: 1, Attitude: 2, Influence: .6, Words: "moyenne"}, {Name: "L. Tanguy", Initials: "LT", Role: 1, Attitude: 2, Influence: .2, Words: "faible"},
		{Name: "P. Allain", Initials: "PA", Role: 2, Attitude: 1, Influence: .4, Words: "moyenne"}, {Name: "Y. Kerdoncuff", Initials: "YK", Role: 1, Attitude: 0, Influence: .3, Words: "faible"}, {Name: "Responsable salle", Initials: "?", Role: 3, Attitude: -1, Missing: true, Influence: .5, Words: "à rencontrer"}}}
	return []Section{
		{"ribbon", "Comment adopte-t-il, que laisse-t-il ?", states(640, ribbon, weakRibbon, chart.Ribbon{Words: none("Aucune vente par famille.")})},
		{"pace", "Vers où va la relation ?", states(300, pace, weakPace, nil)},
		{"engagement", "De quoi est fait l’engagement ?", states(380, engaged, weakEngaged, nil)},
		{"gauge", "Jauge d’engagement", states(236, gauge(.72, "72 sur 100, seuil 60"), nil, gauge(0, "0 sur 100"))},
		{"signals", "Quels signaux, et si on agissait ? (trait : valeur essayée)", states(440, signals, weakSignals, chart.Bars{Words: none("Aucun signal. Prochain contrôle de satisfaction : 3 clients.")})},
		{"gains", "Que rapporte chaque action ?", states(380, gains, nil, nil)},
		{"ruler", "Pourquoi P4 ?", states(416, ruler, weakRuler, chart.Ruler{Words: none("Potentiel inconnu.")})},
		{"classes", "Pourquoi « développer » ?", states(416, classes, weakClasses, nil)},
		{"mini-board", "Où est ce client, où doit-il aller ?", boards},
		{"score", "Pourquoi ce score ?", states(408, score, nil, nil)},
		{"tornado", "Qu’est-ce qui bouge le score ?", states(440, tornado, weakTornado, chart.Tornado{Words: none("Aucun critère mesuré.")})},
		{"year", "Ventes et contacts", states(640, drawn{func(w int) string { return chart.Year(w, year) }, year.Label, year.Table("visite", "appel", "Mois", "CA", "An passé", "Contacts")}, nil, nil)},
		{"spark", "Ce client monte-t-il ?", sparks},
		{"net-margin", "Que reste-t-il après l’effort ?", states(380, net, nil, nil)},
		{"bargain", "Jusqu’où pouvons-nous aller ?", states(560, bargain, apart, chart.Bargain{Words: none("Fiche de négociation à préparer.")})},
		{"balance", "Qui porte la relation ?", states(200, balance, weakBalance, chart.Balance{Words: none("Aucun effort noté.")})},
		{"give-and-take", "Donnant-donnant", states(320, give, nil, nil)},
		{"levers", "Quel levier travailler ?", states(300, radar, weakRadar, chart.Radar{Words: none("Moins de trois leviers mesurés.")})},
		{"people", "Qui connaissons-nous ?", states(520, people, nil, chart.People{Words: none("Personne n’est noté : demandez qui décide.")})},
	}
}

// decimal2 keeps two decimals, without sign: an exclusion is drawn downwards.
func decimal2(x float64) string {
	if x < 0 {
		x = -x
	}
	n := int(x*100 + .5)
	s := itoa(n % 100)
	if n%100 < 10 {
		s = "0" + s
	}
	return itoa(n/100) + "," + s
}

func plan() []Section {
	days := chart.Waterfall{Words: words("365 jours laissent 164 jours de terrain", "Étape", "Jours"), Steps: []chart.Step{{Name: "jours", Value: 365, Figure: "365"}, {Name: "week-ends", Value: -104, Figure: "− 104", Kind: chart.Change}, {Name: "fériés", Value: -7, Figure: "− 7", Kind: chart.Change}, {Name: "congés", Value: -25, Figure: "− 25", Kind: chart.Change}, {Name: "réunions salons", Value: -23, Figure: "− 23", Kind: chart.Change}, {Name: "bureau 1 j sur 5", Value: -42, Figure: "− 42", Kind: chart.Change}, {Name: "jours terrain", Value: 164, Figure: "164", Kind: chart.Outcome}}}
	hours := chart.Waterfall{Words: words("787 heures chez les clients", "Étape", "Heures"), Steps: []chart.Step{{Name: "terrain", Value: 1312, Figure: "1 312 h"}, {Name: "préparer noter", Value: -164, Figure: "− 164", Kind: chart.Change}, {Name: "route", Value: -273, Figure: "− 273", Kind: chart.Change}, {Name: "réserve 10 %", Value: -88, Figure: "− 88", Kind: chart.Kept}, {Name: "chez les clients", Value: 787, Figure: "787 h", Kind: chart.Outcome}}}
	weakHours := hours
	weakHours.Words = few("Déductions par défaut", hours.Head...)
	fits := chart.Bars{Words: words("Le plan tient dans l’année, avec 28 h de marge", "Plan", "Heures"), HasLimit: true, Limit: 787, LimitText: "787 h disponibles", Bars: []chart.Bar{{Name: "Avant", Value: 819, Figure: "819 h · 32 h de trop", Tone: chart.Before}, {Name: "Après", Value: 759, Figure: "759 h · 28 h de marge"}}}

	weeks := chart.Columns{Words: words("Trois semaines dépassent 40 heures", "Semaine", "Chez les clients", "Route"), HasLimit: true, Limit: 40, LimitText: "40 h", Amount: func(x float64) string { return decimal(x) + " h" }, Keys: []chart.Key{{Name: "chez les clients", Tone: chart.Accent}, {Name: "route", Tone: chart.Reserve}}}
	var d dice = 3
	for i := range 26 {
		v, x := 18+10*d.roll(), 6+5*d.roll() // 39 h at most
		if i == 8 || i == 9 || i == 17 {
			v, x = 33, 11
		}
		weeks.Columns = append(weeks.Columns, chart.Column{Name: "S" + itoa(i+1), Value: v, Extra: x, Figure: decimal(v) + " h", Extras: decimal(x) + " h"})
	}
	weakWeeks := weeks
	weakWeeks.Words, weakWeeks.Columns = few("Quatre semaines placées", weeks.Head...), weeks.Columns[:4]
	day := chart.Columns{Words: words("17 visites cette semaine, mercredi léger", "Jour", "Visites"), Columns: []chart.Column{{Name: "Lun. 23", Value: 4, Figure: "4"}, {Name: "Mar. 24", Value: 4, Figure: "4"}, {Name: "Mer. 25", Value: 2, Figure: "2", Tone: chart.Wheat}, {Name: "Jeu. 26", Value: 5, Figure: "5"}, {Name: "Ven. 27", Value: 2, Figure: "2"}}}
	levels := chart.Columns{Words: words("8 clients de plus passent 70", "Score", "Avec cette grille", "Aujourd’hui"), HasWas: true, WasKey: "aujourd’hui", Keys: []chart.Key{{Name: "avec cette grille", Tone: chart.Mid}, {Name: "au-dessus de 70", Tone: chart.Accent}}}
	for i, v := range []float64{4, 12, 24, 30, 32, 26, 22, 16, 10, 4} {
		was := []float64{6, 14, 23, 31, 34, 28, 20, 14, 8, 2}[i]
		c := chart.Column{Name: itoa(i * 10), Value: v, Was: was, Figure: itoa(int(v)), WasIs: itoa(int(was)), Tone: chart.Mid}
		if i >= 7 {
			c.Tone = chart.Accent
		}
		levels.Columns = append(levels.Columns, c)
	}
	ranks := chart.Ranks{Words: words("Les C passent devant les M", "Client", "Avant", "Après"), Before: "Avant", After: "Après"}
	for i, r := range []struct {
		name string
		was  int
	}{{"Brasserie de l’Écluse", 3}, {"Clinique de la Rance", 1}, {"Camping du Guildo", 6}, {"EHPAD Les Ajoncs", 4}, {"Thalasso Cap Émeraude", 2}, {"Cuisine centrale", 7}, {"Hôtel Le Clos Marin", 5}, {"Garage Lemarchand", 12}} {
		ranks.Ranks = append(ranks.Ranks, chart.Rank{Name: r.name, Before: r.was, After: i + 1, BeforeText: itoa(r.was), AfterText: itoa(i + 1)})
	}
	try := chart.Stacked{Words: words("Brasserie de l’Écluse : 74 avec l’ancienne grille, 78 avec celle-ci", "Grille", "Potentiel", "Phase", "Engagement", "Pénétration", "Rentabilité", "Réalisé, moins le risque", "Score"), Rows: []chart.Row{{Name: "Avant", Figure: "74"}, {Name: "Après", Figure: "78"}}}
	for i, set := range [][]float64{{24, 14, 13, 11, 10, 2}, {28, 17, 13, 9, 7, 4}} {
		for j, v := range set {
			try.Rows[i].Pieces = append(try.Rows[i].Pieces, chart.Piece{Value: v, Text: itoa(int(v)), Tone: [...]chart.Tone{chart.Accent, chart.Grey, chart.Deep, chart.Light, chart.Mid, chart.Before}[j]})
		}
	}
	for j, n := range try.Head[1:7] {
		try.Keys = append(try.Keys, chart.Key{Name: n, Tone: try.Rows[0].Pieces[j].Tone})
	}
	loyal := chart.Stacked{Words: words("Fidéliser d’abord : 85 pour 15", "", "fidéliser", "prospecter", ""), Whole: true, Keys: []chart.Key{{Name: "fidéliser", Tone: chart.Accent}, {Name: "prospecter", Tone: chart.Wheat}}, Rows: []chart.Row{{Pieces: []chart.Piece{{Value: 85, Text: "85", Tone: chart.Accent}, {Value: 15, Text: "15", Tone: chart.Wheat}}}}}
	ring := chart.Circle{Words: words("10 visites de prospects par mois, 24 clients", "Part", "Visites"), Figure: "120", Text: "visites", Arcs: []chart.Arc{{Name: "remplacer", Sub: "19 départs", Value: 95, Figure: "95"}, {Name: "croître", Sub: "+ 5 clients", Value: 25, Figure: "25", Tone: chart.Wheat}}}
	target := chart.Circle{Words: words("7 faites, 2 placées, 1 à trouver", "État", "Visites"), Figure: "7", Text: "sur 10", Units: true, Arcs: []chart.Arc{{Name: "faites", Sub: "2 clients ouverts", Value: 7, Figure: "7"}, {Name: "placées", Sub: "23 et 26 nov.", Value: 2, Figure: "2", Tone: chart.Wheat}, {Name: "à trouver", Sub: "Résidence Armor", Value: 1, Figure: "1", Tone: chart.Void}}}
	prospects := chart.Scatter{Words: words("9 nous attendent, 17 ne nous connaissent pas", "Prospect", "Crédibilité", "Pertinence", "Cadran"), Cut: chart.XY{X: 5, Y: 5}, X: [2]float64{0, 10}, Y: [2]float64{0, 10}, ShowX: decimal, ShowY: decimal, AxisX: "crédibles chez lui →", AxisY: "↑ offre pertinente",
		Corners: [4]chart.Corner{{Name: "À faire connaître", Count: "17 · élan 7"}, {Name: "À voir d’abord", Count: "9 · élan 10", Good: true}, {Name: "À laisser mûrir", Count: "20 · élan 1"}, {Name: "À intéresser", Count: "14 · élan 4"}}}
	for i := range 40 {
		b := chart.Body{At: chart.XY{X: .6 + 8.8*d.roll(), Y: .6 + 8.2*d.roll()}, Size: d.roll(), Tone: chart.Grey}
		if i%8 == 3 {
			b.Badge, b.Name = itoa(i/8+1), "Prospect "+itoa(i/8+1)
		}
		prospects.Bodies = append(prospects.Bodies, b)
	}
	return []Section{
		{"days", "Combien de jours sur le terrain ?", states(480, days, nil, nil)},
		{"hours", "Combien d’heures chez les clients ?", states(420, hours, weakHours, chart.Waterfall{Words: none("Capacité nulle : vérifiez vos congés.")})},
		{"budget", "Le plan tient-il dans l’année ?", states(520, fits, nil, nil)},
		{"weeks", "Quelles semaines débordent ?", states(640, weeks, weakWeeks, chart.Columns{Words: none("Rien n’est placé.")})},
		{"week", "Ma semaine", states(360, day, nil, nil)},
		{"levels", "Et si je change un poids ?", states(340, levels, nil, nil)},
		{"ranks", "Qui monte, qui descend ?", states(320, ranks, nil, chart.Ranks{Words: none("Aucun client noté.")})},
		{"try", "Avant, après, sur un client", states(640, try, nil, nil)},
		{"loyal", "Fidéliser ou prospecter ?", states(260, loyal, nil, nil)},
		{"ring", "Combien de visites de prospects ?", states(300, ring, nil, chart.Circle{Words: none("Aucune visite de prospect nécessaire.")})},
		{"target", "Où en est l’objectif du mois ?", states(300, target, nil, nil)},
		{"prospects", "Quels prospects d’abord ?", states(440, prospects, nil, nil)},
	}
}

func team() []Section {
	funnel := chart.Lines{Words: words("Un seul portefeuille sort des limites", "Commercial", "Clients", "Pénétration"), ShowX: decimal, ShowY: percent, Left: "petit portefeuille", Right: "180 clients"}
	mean, high, low := chart.Series{Name: "équipe : 40 %", Dash: chart.Dotted, Ink: "text-2"}, chart.Series{Name: "limites à 2 écarts", Dash: chart.Dashed, Ink: "text-3"}, chart.Series{Dash: chart.Dashed, Ink: "text-3"}
	for n := 10; n <= 180; n += 5 {
		x, e := float64(n), 1/root(float64(n))
		mean.Points, high.Points, low.Points = append(mean.Points, chart.XY{X: x, Y: .4}), append(high.Points, chart.XY{X: x, Y: min(1, .4+e)}), append(low.Points, chart.XY{X: x, Y: max(0, .4-e)})
	}
	funnel.Series = []chart.Series{mean, high, low}
	funnel.Cases = []chart.Case{{Name: "Maëlle", At: chart.XY{X: 180, Y: .43}}, {Name: "Yann", At: chart.XY{X: 25, Y: .55}}, {Name: "Soizic", At: chart.XY{X: 90, Y: .24}, Out: true, Link: chart.Link{Go: "/equipe/soizic", Label: "Soizic : 24 %, sous la limite"}}, {Name: "Erwan", At: chart.XY{X: 120, Y: .46}}, {Name: "Gwenn", At: chart.XY{X: 60, Y: .36}}}
	reps := chart.Curves{Words: words("Deux portefeuilles vieillissent", "Commercial", "D", "C", "M", "V", "Forme"), Panels: []chart.Panel{four("Maëlle", "Montante · 180", true, 14, 33, 61, 72), four("Yann", "Cloche · 25", false, 4, 8, 9, 4), four("Soizic", "En U · 90", true, 30, 12, 14, 34), four("Erwan", "Cloche · 120", false, 20, 42, 38, 20)}}
	strips := chart.Strips{Words: words("La classe est d’accord sur le potentiel, pas sur le risque", "Question", "Médiane", "Référence"), Low: 0, High: 100, Ends: [2]string{"0", "100"}, Keys: [2]string{"médiane", "référence"}, Questions: []chart.Question{
		{Name: "Potentiel de la Brasserie, k€", Answers: []float64{60, 62, 64, 64, 66, 66, 66, 68, 70, 75}, Median: 66, Reference: 66, HasReference: true, MedianText: "66", ReferenceText: "66"}, {Name: "Risque de départ, %", Answers: []float64{5, 12, 18, 30, 44, 52, 70, 71, 88, 90}, Median: 48, Reference: 71, HasReference: true, MedianText: "48", ReferenceText: "71"}}}
	weakStrips := strips
	weakStrips.Words, weakStrips.Questions = few("Deux réponses", strips.Head...), []chart.Question{{Name: "Une question", Answers: []float64{30, 60}, Median: 45, MedianText: "45"}}
	stages := chart.Bars{Words: words("4 projets gagnés sur 120 contacts froids", "Étape", "Projets"), Bars: []chart.Bar{{Name: "Suspects", Value: 120, Figure: "120", Tone: chart.Before}, {Name: "Qualifiés", Sub: "40 %", Value: 48, Figure: "48", Tone: chart.Before}, {Name: "Rendez-vous", Sub: "50 %", Value: 24, Figure: "24", Tone: chart.Before}, {Name: "Projets", Sub: "37,5 %", Value: 9, Figure: "9", Tone: chart.Before}, {Name: "Gagnés", Sub: "44 %", Value: 4, Figure: "4", Hot: true}}}
	// Contacts by phase, the rest on D, V and prospects.
	pair := func(what string, c, m float64) State {
		ct, mt := percent(c), percent(m)
		label := what + " : C " + ct + ", M " + mt + " des contacts"
		d := chart.Pair{Label: label, C: c, M: m, CText: "C " + itoa(int(c*100+.5)), MText: "M " + itoa(int(m*100+.5)), Behind: c < m}
		return State{what, drawn{func(w int) string { return chart.Dumbbell(w, d) }, label, chart.Table{Head: []string{"C", "M"}, Rows: [][]string{{ct, mt}}}}, 124}
	}
	pairs := []State{pair("Maëlle", .21, .43), pair("Yann", .44, .27), pair("Soizic", .09, .52), pair("Erwan", .36, .34), pair("Gwenn", 0, 1)}
	pairs[0].Name = "normal" // held by a golden file
	return []Section{
		{"funnel", "Qui sort vraiment du lot ?", states(460, funnel, nil, chart.Lines{Words: none("Moins de trois portefeuilles.")})},
		{"reps", "Une courbe par commercial", states(560, reps, nil, nil)},
		{"pair", "Chaque commercial visite-t-il plus C que M ?", pairs},
		{"stages", "Où perd-on les projets ?", states(380, stages, nil, nil)},
		{"strips", "La classe est-elle d’accord ?", states(380, strips, weakStrips, chart.Strips{Words: none("Aucune réponse.")})},
	}
}

// root is a square root by Newton's method: the same bits everywhere.
func root(x float64) float64 {
	r := x
	for range 30 {
		r = (r + x/r) / 2
	}
	return r
}
