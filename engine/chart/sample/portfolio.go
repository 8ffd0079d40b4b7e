package sample

import "sillon/engine/chart"

var (
	phases  = [4]string{"Démarrage", "Croissance", "Maturité", "Vieillissement"}
	letters = [4]string{"D", "C", "M", "V"}
	bell    = [4]float64{.20, .30, .35, .15}
)

func four(title string, foot string, hot bool, v ...float64) chart.Panel {
	p := chart.Panel{Title: title, Foot: foot, Hot: hot, Maturity: chart.Maturity{Name: letters, Template: bell}}
	for i, x := range v {
		p.Value[i], p.Figure[i] = x, itoa(int(x))
	}
	return p
}

func maturity() []Section {
	curve := chart.Maturity{Label: "La courbe monte : 14, 33, 61 et 72 clients", Value: [4]float64{14, 33, 61, 72}, Figure: [4]string{"14", "33", "61", "72"},
		Name: phases, Share: [4]string{"8 %", "18 %", "34 %", "40 %"}, Template: bell,
		Go: [4]chart.Link{{Go: "/clients?phase=D", Label: "Démarrage : 14 clients, 8 %"}}}
	histogram := func(m chart.Maturity) chart.Picture {
		return drawn{func(w int) string { return chart.Histogram(w, m) }, m.Label, m.Table("Phase", "Clients", "Part")}
	}
	thin := curve
	thin.Weak, thin.Label, thin.Template = true, "Quatre clients seulement", [4]float64{}
	thin.Value, thin.Figure, thin.Share, thin.Name = [4]float64{1, 0, 2, 1}, [4]string{"1", "0", "2", "1"}, [4]string{}, letters

	readings := chart.Curves{Words: words("Les M prennent la moitié de l’effort, les C un quart", "Lecture", "D", "C", "M", "V", ""), Template: "modèle en cloche",
		Panels: []chart.Panel{four("En clients, %", "", false, 8, 18, 34, 40), four("En chiffre, %", "", false, 2, 21, 43, 34), four("En effort, %", "", false, 7, 24, 49, 20)}}
	families := chart.Curves{Words: words("Sols et matériel vieillissent", "Famille", "D", "C", "M", "V", "Forme"), Panels: []chart.Panel{
		four("Sols et surfaces", "Montante · 142", true, 6, 22, 58, 56), four("Essuyage", "Cloche · 131", false, 13, 40, 54, 24),
		four("Lavage vaisselle", "Descendante · 74", false, 26, 22, 16, 10), four("Hygiène des mains", "Cloche · 118", false, 14, 31, 46, 27),
		four("Matériel", "Montante · 88", true, 5, 9, 29, 45), four("Contrat SAV", "Descendante · 39", false, 15, 12, 8, 4)}}
	fewFamilies := chart.Curves{Words: few("Deux familles suivies", "Famille", "D", "C", "M", "V", "Forme"), Panels: []chart.Panel{four("Essuyage", "trop peu", false, 1, 2, 0, 1), four("Contrat SAV", "personne", false, 0, 0, 0, 0)}}

	forecast := chart.Forecast{Words: words("5 clients de moins dans 12 mois, au même rythme", "Phase", "Aujourd’hui", "Dans 12 mois", "Fourchette"), Now: [4]float64{14, 33, 61, 72}, Then: [4]float64{12, 32, 60, 69},
		Low: [4]float64{8, 26, 52, 61}, High: [4]float64{17, 39, 67, 77}, NowText: [4]string{"14 auj.", "33 auj.", "61 auj.", "72 auj."}, ThenText: [4]string{"12", "32", "60", "69"},
		BandText: [4]string{"8 à 17", "26 à 39", "52 à 67", "61 à 77"}, Name: letters, Plan: 24, PlanText: "24 au plan", Keys: [3]string{"aujourd’hui", "dans 12 mois", "9 chances sur 10"}}
	weakForecast := forecast
	weakForecast.Words = few("Matrice par défaut : moins de deux photos annuelles", forecast.Head...)
	weakForecast.Plan, weakForecast.Low, weakForecast.High, weakForecast.BandText = 0, [4]float64{}, [4]float64{}, [4]string{}
	weakForecast.Keys[2] = ""

	dead := chart.Cohorts{Words: words("1 neuf sur 3 perdu", "Suivi", "Perdus"), Cohorts: []chart.Cohort{
		{Name: "3 visites ou plus en 90 j", Kept: 8, Lost: 1, Text: "1 perdu sur 9", Link: chart.Link{Go: "/clients?suivi=3", Label: "3 visites ou plus : 1 perdu sur 9"}},
		{Name: "moins de 3 visites", Kept: 3, Lost: 5, Text: "5 perdus sur 8", Hot: true}}}
	weakDead := dead
	weakDead.Words = few("Trois neufs seulement", dead.Head...)
	weakDead.Cohorts = []chart.Cohort{{Name: "3 visites ou plus", Kept: 2, Text: "0 perdu sur 2"}, {Name: "moins de 3 visites", Lost: 1, Text: "1 perdu sur 1"}}
	return []Section{
		{"curve", "Mon portefeuille vieillit-il ?", states(552, histogram(curve), histogram(thin), drawn{func(w int) string { return chart.Empty(w, 122, "Aucun client : importez votre fichier.") }, "Aucun client", chart.Table{}})},
		{"readings", "En clients, en chiffre, en effort", states(480, readings, nil, chart.Curves{Words: none("Aucune vente sur la période.")})},
		{"families", "Quelle famille vieillit ?", states(400, families, fewFamilies, nil)},
		{"forecast", "Où serai-je dans un an ?", states(420, forecast, weakForecast, chart.Forecast{Words: none("Aucun client à projeter.")})},
		{"mortality", "Qui perd-on parmi les neufs ?", states(300, dead, weakDead, chart.Cohorts{Words: none("Aucun client entré il y a 12 à 24 mois.")})},
	}
}

func cumulated(n int, power int) []float64 {
	share := []float64{0}
	for k := 1; k <= n; k++ {
		x := 1.0
		for range power {
			x *= 1 - float64(k)/float64(n)
		}
		share = append(share, 1-x)
	}
	return share
}

func weight() []Section {
	cuts := chart.Cuts{Words: words("36 clients font 59 % du chiffre", "Classe", "Clients", "Part du CA"), Share: cumulated(180, 4), Cut: [2]int{36, 90}, Names: [3]string{"A", "B", "C"},
		Axis: [3]string{"0 %", "50 %", "100 %"}, CutText: [2]string{"59 %", "94 %"}, CutName: [2]string{"36 clients", "90 clients"}, Right: "180", Grip: [2]string{"Coupe A, B", "Coupe B, C"},
		Counts: [3]string{"36", "54", "90"}, Shares: [3]string{"59 %", "35 %", "6 %"}}
	near := cuts
	near.Words = few("Six clients", cuts.Head...)
	near.Share, near.Cut, near.CutText, near.CutName, near.Right = cumulated(6, 2), [2]int{1, 2}, [2]string{"31 %", "56 %"}, [2]string{"1 client", "2 clients"}, "6"
	near.Counts, near.Shares = [3]string{"1", "1", "4"}, [3]string{"31 %", "25 %", "44 %"}

	floors := chart.Pyramid{Words: words("Solide : 8 clients tiennent le premier quart", "Étage", "Clients", "CA"), Title: "Clients au sommet", Note: "2 ou moins : fragile. Le premier client pèse 4,6 %.",
		Storeys: [4]chart.Storey{{Name: "R4", Figure: "8 clients", Range: "38,6 à 74,0 k€", Link: chart.Link{Go: "/clients?r=4", Label: "R4 : 8 clients, 38,6 à 74,0 k€"}}, {Name: "R3", Figure: "16 clients", Range: "17,4 à 35,0 k€"}, {Name: "R2", Figure: "34 clients", Range: "8,3 à 17,0 k€"}, {Name: "R1", Figure: "122 clients", Range: "moins de 8,3 k€"}},
		Lamps:   []chart.Lamp{{Name: "CA", Figure: "8", Word: "solide"}, {Name: "Marge", Figure: "6", Word: "solide"}, {Name: "Lavage", Figure: "3", Level: 1, Word: "à surveiller"}, {Name: "SAV", Figure: "2", Level: 2, Word: "fragile"}}}
	weakFloors := floors
	weakFloors.Words, weakFloors.Lamps, weakFloors.Note = few("Neuf clients", floors.Head...), nil, ""
	weakFloors.Storeys = [4]chart.Storey{{Name: "R4", Figure: "1 client", Range: "52 k€"}, {Name: "R3"}, {Name: "R2", Figure: "2 clients", Range: "20 à 31 k€"}, {Name: "R1", Figure: "6 clients", Range: "moins de 20 k€"}}

	stack := chart.Floors{Label: "12 clients font un quart du potentiel", Floor: [4]chart.Floor{{Name: "P4", Value: 12, Text: "12", Link: chart.Link{Go: "/clients?p=4", Label: "P4 : 12 clients"}}, {Name: "P3", Value: 22, Text: "22"}, {Name: "P2", Value: 40, Text: "40"}, {Name: "P1", Value: 106, Text: "106"}}, Note: "Clients par étage ; un étage = 1 M€ de potentiel."}
	abc := matrix("k€ à gagner", []string{"A", "B", "C", "Prospects"}, []string{"A′ fort", "B′ moyen", "C′ faible"}, [][]chart.Cell{
		{{Figure: "22", Text: "980 k€", More: "312 visites", N: 22}, {Figure: "11", Text: "170 k€", More: "98 visites", N: 11}, {Figure: "3", Text: "10 k€", More: "21 visites", N: 3}},
		{{Figure: "9", Text: "420 k€", More: "64 visites", N: 9, Hot: true}, {Figure: "26", Text: "300 k€", More: "161 visites", N: 26}, {Figure: "19", Text: "60 k€", More: "72 visites", N: 19}},
		{{Figure: "5", Text: "210 k€", More: "12 visites", N: 5, Hot: true}, {Figure: "17", Text: "190 k€", More: "44 visites", N: 17}, {Figure: "68", Text: "140 k€", More: "143 visites", N: 68}},
		{{Figure: "14", Text: "à ouvrir", More: "38 visites", N: 14, Hot: true}, {Figure: "21", Text: "à ouvrir", More: "31 visites", N: 21, Dashed: true}, {Figure: "25", Text: "à ouvrir", More: "22 visites", N: 25, Dashed: true}}})
	abc.Words, abc.RowSub = words("Le quart des visites va là où il reste peu"), []string{"36", "54", "90", "60"}
	return []Section{
		{"cuts", "Qui fait le chiffre ? (coupes à déplacer)", states(560, cuts, near, chart.Cuts{Words: none("Aucune vente sur la période.")})},
		{"pyramid", "De combien de clients est-ce que je dépends ?", states(430, floors, weakFloors, chart.Pyramid{Words: none("Trop peu de clients pour des étages.")})},
		{"stack", "Combien de clients par étage ?", states(293, drawn{func(w int) string { return chart.Stack(w, stack) }, stack.Label, stack.Table("Étage", "Clients")}, nil, nil)},
		{"crossed-abc", "Où reste-t-il à gagner ?", states(480, abc, nil, nil)},
	}
}

func matrix(corner string, rows, cols []string, cells [][]chart.Cell) chart.Matrix {
	return chart.Matrix{Corner: corner, Rows: rows, Cols: cols, Cells: cells}
}

func cells(sq bool, n ...[]int) [][]chart.Cell {
	var out [][]chart.Cell
	for _, r := range n {
		var row []chart.Cell
		for _, k := range r {
			c := chart.Cell{N: float64(k)}
			if k > 0 {
				c.Figure = itoa(k)
				if sq {
					c.Text = itoa(k*13) + " k€"
				}
			}
			row = append(row, c)
		}
		out = append(out, row)
	}
	return out
}

func contacts() []Section {
	var d dice = 7
	eaters := chart.Scatter{Words: words("14 clients prennent 22 % des contacts pour 3 % du chiffre", "Client", "Contacts", "Marge", "Classe"), Cut: chart.XY{X: 10, Y: 4},
		Corners: [4]chart.Corner{{Name: "Poules aux œufs d’or", Count: "38 clients"}, {Name: "Vaches à lait", Count: "44 clients"}, {Name: "Squelettes", Count: "84 clients"}, {Name: "Contactivores", Count: "14 clients", Hot: true, Link: chart.Link{Go: "/clients?classe=contactivore", Label: "Contactivores : 14 clients"}}},
		AxisX:   "plus de contacts →", AxisY: "↑ marge ; taille : potentiel", ShowX: decimal, ShowY: kilo, X: [2]float64{0, 22}, Y: [2]float64{0, 10}}
	for left := [3]int{38, 44, 84}; left != [3]int{}; { // as many as each corner says
		x := 10 + 4.5*d.bell()
		b := chart.Body{At: chart.XY{X: max(.5, min(21.5, x)), Y: max(.3, min(9.5, .4*x+1.6*d.bell()))}, Size: d.roll(), Tone: chart.Grey}
		corner := 0
		switch {
		case b.At.X >= 10:
			corner = 1
			if b.At.Y < 4 {
				b.At.Y += 4
			}
		case b.At.Y < 4:
			corner = 2
		}
		if left[corner] > 0 {
			left[corner]--
			eaters.Bodies = append(eaters.Bodies, b)
		}
	}
	for i, name := range []string{"Hôtel des Roches", "Fleurs d’Armor", "Snack du Port", "CE Portenn", "", "", "", "", "", "", "", "", "", ""} {
		eaters.Bodies = append(eaters.Bodies, chart.Body{Name: name, Named: name != "", At: chart.XY{X: 11 + 9.5*d.roll(), Y: 3.6 - 2.9*d.roll() - .01*float64(i)}, Size: .4, Shape: chart.Triangle, Tone: chart.Danger})
	}
	fewEaters := eaters
	fewEaters.Words, fewEaters.Bodies = few("Trois clients", eaters.Head...), []chart.Body{{At: chart.XY{X: 5, Y: 6.2}, Size: .7, Tone: chart.Grey}, {At: chart.XY{X: 3, Y: 1.4}, Size: .3, Tone: chart.Grey}, eaters.Bodies[len(eaters.Bodies)-14]}
	for i, n := range []string{"1 client", "aucun", "1 client", "1 client"} {
		fewEaters.Corners[i].Count = n
	}
	fewEaters.Corners[3].Link.Label = "Contactivores : 1 client"

	phaseKeys := []chart.ShapeKey{{Name: "D", Shape: chart.Dot, Tone: chart.PhaseD}, {Name: "C", Shape: chart.Square, Tone: chart.PhaseC}, {Name: "M", Shape: chart.Diamond, Tone: chart.PhaseM}, {Name: "V", Shape: chart.Triangle, Tone: chart.PhaseV}}
	sense := chart.Scatter{Words: words("Visiter plus paie chez les C", "Client", "Contacts", "CA", "Cadran"),
		Corners: [4]chart.Corner{{Name: "Autonomes", Count: "35 clients"}, {Name: "Sensibles", Count: "48 clients", Good: true}, {Name: "En retrait", Count: "58 clients"}, {Name: "Contre-productifs", Count: "39 clients", Hot: true}},
		AxisX:   "plus de contacts →", AxisY: "↑ plus de CA", Keys: phaseKeys, ShowX: decimal, ShowY: percent}
	for i := range 110 {
		k := phaseKeys[i%4]
		at := [...]chart.XY{{X: 3, Y: .3}, {X: 3, Y: .2}, {X: 2, Y: -.05}, {X: -3, Y: -.1}}[i%4]
		sense.Bodies = append(sense.Bodies, chart.Body{Shape: k.Shape, Tone: k.Tone, At: chart.XY{X: at.X + 2.2*d.bell(), Y: at.Y + .16*d.bell()}})
	}
	arrows := sense
	arrows.Words = words("Trois clients choisis : où ils vont en un an", "Client", "Contacts", "CA", "Cadran", "Il y a un an")
	arrows.Bodies = []chart.Body{{Name: "Brasserie de l’Écluse", Named: true, Shape: chart.Square, Tone: chart.PhaseC, HasWas: true, Was: chart.XY{X: -1, Y: .1}, At: chart.XY{X: 4, Y: .5}},
		{Name: "Hôtel des Roches", Named: true, Shape: chart.Diamond, Tone: chart.PhaseM, HasWas: true, Was: chart.XY{X: 1, Y: .05}, At: chart.XY{X: 5, Y: -.25}},
		{Name: "Snack du Port", Named: true, Shape: chart.Triangle, Tone: chart.PhaseV, HasWas: true, Was: chart.XY{X: -2, Y: .1}, At: chart.XY{X: -4, Y: -.3}}}

	crossed := matrix("Contacts", []string{"Vus ++", "Vus +", "Vus −", "Vus − −"}, []string{"R1", "R2", "R3", "R4"}, cells(false, []int{4, 4, 4, 4}, []int{9, 8, 7, 2}, []int{24, 14, 5, 2}, []int{85, 8, 0, 0}))
	crossed.Words = words("13 petits clients vus autant que les grands")
	crossed.Cells[0][0].Hot, crossed.Cells[1][0].Hot = true, true

	back := chart.Bars{Words: words("1 € de contact rapporte jusqu’à 7,4 €", "Classe", "Pour 1 €"), Bars: []chart.Bar{
		{Name: "A, peu visités", Value: 7.4, Figure: "7,4 €"}, {Name: "A, très visités", Value: 3.9, Figure: "3,9 €"}, {Name: "B, peu visités", Value: 3.1, Figure: "3,1 €"},
		{Name: "B, très visités", Value: 1.3, Figure: "1,3 €"}, {Name: "C, peu visités", Value: .9, Figure: "0,9 €"}, {Name: "C, très visités", Value: -.8, Figure: "− 0,8 €"}}}
	weakBack := back
	weakBack.Words, weakBack.Bars = few("Coûts par défaut", back.Head...), back.Bars[3:]

	whale := chart.Lines{Words: words("8 clients font 147 % de la marge nette", "Clients", "Marge nette cumulée"), ShowX: decimal, ShowY: kilo, Left: "meilleur client", Right: "12 clients"}
	run := 0.0
	var pts []chart.XY
	for i, v := range []float64{0, 2300, 2100, 1900, 1700, 1300, 1000, 600, 280, -300, -500, -800, -2000} {
		run += v / 1000
		pts = append(pts, chart.XY{X: float64(i), Y: run})
	}
	whale.Series = []chart.Series{{Points: pts}}
	whale.Notes = []chart.Note{{At: pts[8], Text: "147 %", Sub: "après 8 clients", Drop: true}, {At: pts[12], Text: "7,6 k€", Sub: "au total"}}
	weakWhale := whale
	weakWhale.Words = few("Coûts de contact par défaut", whale.Head...)

	now := chart.Moves{Words: words("Une visite sur deux devient un appel chez 13 petits clients", "Segment", "Maintenant", "Proposé"), Keys: [2]string{"maintenant", "proposé"}, Moves: []chart.Move{
		{Name: "Stratégique", From: 10, To: 14, FromText: "10", ToText: "14"}, {Name: "À développer", From: 6, To: 12, FromText: "6", ToText: "12"}, {Name: "Fonds de commerce", From: 10, To: 9, FromText: "10", ToText: "9"},
		{Name: "Économique, en C", From: 2, To: 4, FromText: "2", ToText: "4"}, {Name: "Économique, autres", From: 6, To: 2, FromText: "6", ToText: "2"}}}
	weakNow := now
	weakNow.Words, weakNow.Moves = few("Une seule année", now.Head...), now.Moves[:2]
	cm := chart.Moves{Words: words("Le temps passe de la maturité à la croissance", "Phase", "Avant", "Après"), Moves: []chart.Move{{Name: "Croissance", From: 21, To: 36, FromText: "21 %", ToText: "36 %", Tone: chart.PhaseC}, {Name: "Maturité", From: 43, To: 27, FromText: "43 %", ToText: "27 %", Tone: chart.PhaseM}}}
	cost := chart.Stacked{Words: words("Une visite coûte 150 €", "Contact", "sur place", "route", "notes", "Coût"), Keys: []chart.Key{{Name: "sur place", Tone: chart.Accent}, {Name: "route", Tone: chart.Grey}, {Name: "notes", Tone: chart.Before}}, Rows: []chart.Row{
		{Name: "Visite", Figure: "150 €", Pieces: []chart.Piece{{Value: 49, Text: "49", Tone: chart.Accent}, {Value: 20, Text: "20", Tone: chart.Grey}, {Value: 32, Text: "32", Tone: chart.Before}}},
		{Name: "Appel", Figure: "30 €", Pieces: []chart.Piece{{Value: 12, Text: "12", Tone: chart.Accent}, {}, {Value: 8, Text: "8", Tone: chart.Before}}},
		{Name: "E-mail", Figure: "7 €", Pieces: []chart.Piece{{Value: 5, Text: "5", Tone: chart.Accent}}}}}
	weakCost := cost
	weakCost.Words = few("Coûts par défaut", cost.Head...)
	split := chart.Effort{Label: "Le temps va aux M", Share: [5]float64{.06, .21, .43, .18, .12}, Figure: [5]string{"6", "21", "43", "18", "12"}, Name: [5]string{"D", "C", "M", "V", "prosp."}, Move: "à déplacer vers C", Note: "% du temps de visite · C ÷ M = 0,49, seuil 1"}
	return []Section{
		{"devourers", "Qui dévore les contacts ?", states(530, eaters, fewEaters, chart.Scatter{Words: none("Aucun contact noté sur la période.")})},
		{"sensitivity", "Visiter plus paie-t-il ?", states(460, sense, nil, nil)},
		{"arrows", "Où vont mes clients ?", states(460, arrows, nil, nil)},
		{"crossed-floors", "L’effort suit-il le chiffre ?", states(350, crossed, nil, nil)},
		{"return", "Un contact rapporte-t-il ?", states(440, back, weakBack, chart.Bars{Words: none("Aucune marge connue.")})},
		{"whale", "Qui crée la marge, qui la détruit ?", states(460, whale, weakWhale, chart.Lines{Words: none("Aucune marge nette calculable.")})},
		{"strategy", "Quels contacts maintenant, lesquels proposés ?", states(440, now, weakNow, chart.Moves{Words: none("Aucun segment à comparer.")})},
		{"c-and-m", "Temps en croissance et en maturité", states(360, cm, nil, nil)},
		{"cost", "Que coûte un contact ?", states(400, cost, weakCost, chart.Stacked{Words: none("Aucun contact noté.")})},
		{"split", "Est-ce que je visite plus C que M ?", states(293, drawn{func(w int) string { return chart.Split(w, split) }, split.Label, split.Table("Phase", "% du temps")}, nil, nil)},
	}
}

func potential() []Section {
	line := func(name string, power int, dash chart.Dash, ink string) chart.Series {
		s := chart.Series{Name: name, Dash: dash, Ink: ink}
		for k, v := range cumulated(180, power) {
			s.Points = append(s.Points, chart.XY{X: float64(k), Y: v})
		}
		return s
	}
	focus := chart.Lines{Words: words("L’effort suit l’habitude, pas le potentiel : alignement 54 %, seuil 60", "Clients", "CA", "Potentiel", "Effort"), Diagonal: true, ShowX: decimal, ShowY: percent, Left: "0", Right: "180 clients",
		Series: []chart.Series{line("CA, Gini 0,56", 4, chart.Solid, ""), line("Potentiel, Gini 0,42", 3, chart.Dashed, "ble-text"), line("Effort, Gini 0,22", 2, chart.Dotted, "danger")},
		Notes:  []chart.Note{{At: chart.XY{X: 37, Y: .5}, Text: "37 clients", Sub: "la moitié du potentiel", Drop: true}}}
	weakFocus := focus
	weakFocus.Words = few("Potentiels de faible confiance", focus.Head...)

	board := matrix("", []string{"P4", "P3", "P2", "P1"}, []string{"R0", "R1", "R2", "R3", "R4"}, cells(true, []int{6, 1, 2, 4, 5}, []int{11, 4, 6, 9, 3}, []int{18, 22, 15, 3, 0}, []int{25, 95, 11, 0, 0}))
	board.Words, board.Apart = words("17 prospects forts valent 800 k€"), 1
	for i := range board.Cells {
		board.Cells[i][0].Dashed, board.Cells[i][0].Hot = true, i < 2
	}
	board.Cells[0][0].Link = chart.Link{Go: "/clients?pr=P4-R0", Label: "P4–R0 : 6 prospects, 78 k€"}
	board.Paths = []chart.Path{{From: [2]int{0, 0}, To: [2]int{0, 1}, Text: "2"}, {From: [2]int{1, 0}, To: [2]int{1, 1}, Text: "3"}, {From: [2]int{2, 0}, To: [2]int{3, 1}, Text: "1"}}
	weakBoard := board
	weakBoard.Words = few("Confiance sous 0,4")
	weakBoard.Paths = nil
	weakBoard.Cells = cells(false, []int{1, 0, 0, 0, 1}, []int{0, 1, 1, 0, 0}, []int{2, 1, 0, 0, 0}, []int{1, 3, 0, 0, 0})

	area := func(name string, b, dp float64, fig, text, left string) chart.Patch {
		return chart.Patch{Name: name, Breadth: b, Depth: dp, Figure: fig, Text: text, Left: left}
	}
	patches := chart.Patches{Words: words("Lavage : 53 % du potentiel chez des non-acheteurs", "Famille", "Pénétration", "Largeur × hauteur", "Reste"), Note: "Largeur : part du potentiel chez des clients qui achètent la famille. Hauteur : notre part chez eux. Surface verte : pénétration.", Patches: []chart.Patch{
		area("Sols", .84, .59, "50 %", "84 × 59", "reste 0,53 M€"), area("Lavage", .47, .56, "26 %", "47 × 56", "reste 0,68 M€"), area("Essuyage", .79, .66, "52 %", "79 × 66", "reste 0,37 M€"),
		area("Mains", .72, .63, "45 %", "72 × 63", "reste 0,30 M€"), area("Matériel", .54, .58, "31 %", "54 × 58", "reste 0,31 M€"), area("SAV", .24, .71, "17 %", "24 × 71", "reste 0,29 M€")}}
	weakPatches := patches
	weakPatches.Words, weakPatches.Patches, weakPatches.Note = few("Deux potentiels", patches.Head...), patches.Patches[:2], ""

	age := func(name, sub string, total string, v ...float64) chart.Row {
		r := chart.Row{Name: name, Sub: sub, Figure: total}
		for i, x := range v {
			r.Pieces = append(r.Pieces, chart.Piece{Value: x, Text: itoa(int(x)), Tone: [...]chart.Tone{chart.Accent, chart.Mid, chart.Old}[i]})
		}
		return r
	}
	trust := chart.Stacked{Words: words("36 potentiels à redemander", "Méthode", "moins de 6 mois", "6 à 12 mois", "plus", "Total"), Keys: []chart.Key{{Name: "moins de 6 mois", Tone: chart.Accent}, {Name: "6 à 12 mois", Tone: chart.Mid}, {Name: "plus", Tone: chart.Old}},
		Rows: []chart.Row{age("Dit par le client", "0,9", "99", 56, 28, 15), age("Calculé par ratio", "0,6", "45", 22, 17, 6), age("Par analogie", "0,5", "18", 8, 6, 4), age("Jugement", "0,4", "18", 3, 5, 10)}}

	// Five classes of as many clients each way (F3), 5 the best.
	rfm := matrix("", []string{"R5", "R4", "R3", "R2", "R1"}, []string{"F1", "F2", "F3", "F4", "F5"},
		cells(true, []int{1, 3, 6, 10, 16}, []int{3, 6, 9, 10, 8}, []int{6, 9, 8, 8, 5}, []int{10, 9, 8, 5, 4}, []int{16, 9, 5, 3, 3}))
	rfm.Words = words("15 clients fréquents n’ont rien acheté depuis longtemps")
	for _, r := range []int{3, 4} {
		rfm.Cells[r][3].Hot, rfm.Cells[r][4].Hot = true, true
	}
	return []Section{
		{"concentration", "Mon effort suit-il le potentiel ?", states(480, focus, weakFocus, chart.Lines{Words: none("Aucun potentiel connu : demandez une fourchette.")})},
		{"board", "Où est l’écart entre potentiel et réalisé ?", states(480, board, weakBoard, chart.Matrix{Words: none("Aucun client.")})},
		{"penetration", "Jusqu’où sommes-nous entrés ?", states(540, patches, weakPatches, chart.Patches{Words: none("Aucun potentiel par famille.")})},
		{"confidence", "Que valent mes potentiels ?", states(400, trust, nil, nil)},
		{"rfm", "Qui achète souvent et s’est tu ?", states(420, rfm, nil, nil)},
	}
}
