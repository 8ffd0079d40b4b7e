package intake

import (
	"strings"

	"sillon/engine/calendar"
	"sillon/engine/portfolio"
)

// A Column is one column under the reading it is given.
type Column struct {
	Name   string
	Sample string // first value that is not empty
	Field  Field
	Format string // decimal sign "," or "."; order of dates; period of a total
	Filled int    // values that are not empty
	Read   int    // values understood under this reading
	Sure   bool   // the header or the values tell; false: please look
	Keep   bool   // for clients already here: what they have stays
}

// synonyms are the headers met in the wild, folded.
var synonyms = func() map[string]Field {
	m := map[string]Field{}
	for f, names := range map[Field]string{
		Code: "code client|code|codeclient|code cli|ref client|reference client|ref externe|reference externe|no client|num client|numero client|n client|" +
			"numero de client|no de client|numero compte|no compte|code tiers|compte|compte client|compte tiers|id client|idclient|identifiant|id|customer id|customer number|customer no|" +
			"client id|account number|account no|account code|account id|client code|customer code|external id|matricule client|cle client",
		Name: "raison sociale|raison soc|raisonsociale|nom raison sociale|societe|nom client|nomclient|nom du client|nom|enseigne|denomination|denomination sociale|nom societe|" +
			"nom de la societe|entreprise|nom entreprise|intitule|libelle client|etablissement|nom complet|company|company name|customer name|account name|client name|name|business name|organisation",
		Status:       "statut|statut client|status|client prospect|prospect client",
		FirstOrder:   "premiere commande|1ere commande|dt 1ere cde|date 1ere cde|date 1ere commande|date premiere commande|date de premiere commande|client depuis|date creation|date de creation|date entree|first order|first order date|customer since|client since",
		Solvency:     "solvabilite|encours bloque|risque credit|solvency",
		Summary:      "commentaire|commentaires|note|notes|observation|observations|remarque|remarques|memo|comment|comments|resume|summary",
		Tags:         "etiquettes|tags|etiquette|mots cles",
		Siren:        "siren|no siren|numero siren",
		Siret:        "siret|no siret|numero siret|num siret|code siret|siret siege",
		VAT:          "tva|no tva|numero tva|tva intracom|tva intracommunautaire|no tva intracommunautaire|num tva|vat|vat number",
		SiteName:     "nom du site|site|nom commercial|enseigne commerciale|site name|complement nom",
		Street:       "adresse|adresse 1|adresse 2|adresse1|adresse2|adr1|adr2|adr3|adr4|adr 1|adr 2|adr 3|adr 4|voie|nom voie|rue|numero|numero voie|rep|street|address|address 1|address 2|address line 1|address line 2|adresse postale|complement adresse|complement d adresse|adr voie|adr numero",
		Postcode:     "cp|code postal|codepostal|adr cp|code post|c p|cpostal|zip|zip code|postcode|postal code|post code|cod postal",
		City:         "ville|localite|commune|nom commune|adr ville|libelle commune|city|town|bureau distributeur",
		PostcodeCity: "cp ville|code postal ville|code postal et ville|cp et ville|adr5|adr 5|adr6|adr 6|cpville",
		Insee:        "code insee|insee|codeinsee|code commune|citycode|com insee",
		Country:      "pays|country|code pays",
		Lat:          "lat|latitude|y|coord y",
		Lon:          "lon|lng|long|longitude|x|coord x",
		Zone:         "secteur|zone|territoire|tournee|secteur geographique|area|territory|region",
		Sector:       "activite|secteur d activite|secteur activite|metier|libelle naf|type d activite|segment|branche|industry|sector|business",
		Naf:          "naf|ape|code naf|code ape|naf ape|code naf ape|activite principale",
		Headcount:    "effectif|effectifs|nb salaries|nombre de salaries|salaries|headcount|employees|tranche effectif",
		Phone:        "telephone|tel|tel fixe|telephone 1|tel 1|tel1|mobile|portable|telephone fixe|phone|telephone portable|no telephone|numero de telephone|phone number",
		Email:        "email|e mail|mail|courriel|adresse mail|adresse e mail|adresse email|adr mail|email address",
		Web:          "site web|site internet|web|url|website|www",
		Potential:    "potentiel|potentiel annuel|pot est|pot|potentiel estime|potentiel ca|potentiel d achat|achats totaux|potential|annual potential|potentiel n",
		PotentialMin: "potentiel mini|potentiel min|pot mini|pot min|potential min",
		PotentialMax: "potentiel maxi|potentiel max|pot maxi|pot max|potential max",
		Captive:      "part captive|captif|taux captif|part inaccessible|part hors d atteinte|captive share|captive",
		Rebate:       "rfa|taux rfa|remise fin d annee|remise de fin d annee|taux de rfa|year end rebate|rebate|rebate rate",
		Appraisal:    "methode d estimation|methode|source potentiel|estimation",
		Day:          "date|date facture|date de facture|date commande|date de commande|date cde|dt cde|date vente|date piece|date document|date bl|date livraison|jour|invoice date|order date|invoicedate|orderdate|date mouvement|dt facture",
		Amount: "montant|montant ht|mt ht|mtht|montant net|montant net ht|total ht|net ht|ca|ca ht|ca net|ca net ht|chiffre d affaires|chiffre d affaires ht|chiffre affaires|vente|ventes|ventes ht|prix total ht|" +
			"amount|net amount|sales|sales amount|revenue|turnover|total|net|facture ht|montant facture",
		Return:  "retour|retours|avoir|avoirs|montant avoir|montant avoirs|montant retour|montant retours|avoir ht|returns|return|return amount|credit note|credit notes|credits|refund|refunds",
		Family:  "famille|famille produit|famille article|fam|code famille|gamme|rayon|categorie produit|family|product family|product group",
		Qty:     "quantite|qte|qty|quantity|units|unites|nb unites|qte facturee",
		Ref:     "no facture|numero facture|facture|no piece|piece|no commande|numero commande|commande|no document|num facture|num piece|invoice|invoice no|invoice number|invoiceno|order no|order number|order id|document|no bl",
		Channel: "canal|canal de vente|channel|origine commande|mode de commande",
		Cost:    "cout|cout d achat|prix de revient|pr|cout ht|cost|cogs|prix achat total",
		Margin:  "marge|marge brute|mb|montant marge|margin|gross margin",
		Rate:    "taux de marque|taux marque|tx marque|margin rate",
	} {
		for name := range strings.SplitSeq(names, "|") {
			m[name] = f
		}
	}
	return m
}()

// ignored are headers we know and have no use for: they count as names.
var ignored = map[string]bool{
	"commercial": true, "representant": true, "vrp": true, "matricule": true, "e mail du commercial": true, "email du commercial": true,
	"derniere visite": true, "frequence": true, "categorie": true, "abc": true, "lines": true, "return lines": true, "lignes": true, "stockcode": true,
	"client": true, "customer": true, "tiers": true, "account": true, "fax": true, "departement": true, "prenom": true, "interlocuteur": true, "contact": true,
	"quantite commandee": true, "prix unitaire": true, "article": true, "reference article": true, "designation": true, "description": true, "marge": true,
}

// folded takes units off a header: "sales_gbp" and "Montant (€)" are known as
// "sales" and "montant".
func folded(header string) string {
	f := Fold(header)
	for {
		cut := f
		for _, unit := range []string{" gbp", " eur", " euros", " euro", " mad", " usd", " k", " en"} {
			cut = strings.TrimSuffix(cut, unit)
		}
		if cut == f {
			return f
		}
		f = cut
	}
}

func headerKnown(h string) bool {
	f := folded(tidy(h))
	if f == "" {
		return false
	}
	if _, ok := synonyms[f]; ok {
		return true
	}
	if _, ok := ignored[f]; ok {
		return true
	}
	p, ok := periodOf(h)
	return ok && (p != "" && !allDigits(f) || p == "" && f != "")
}

// looksLikeValue reports whether a first-line cell is a value, not a name.
func looksLikeValue(h string) bool {
	if _, st := readNumber(h, ','); st == numOK || st == numUnit || st == numAmbiguous {
		return true
	}
	if _, st := readDay(h, DMY, 2000); st == dayOK || st == dayMissing {
		return true
	}
	at := strings.IndexByte(h, '@')
	return at > 0 && strings.Contains(h[at:], ".")
}

// traits are what the values of a column look like.
type traits struct {
	filled, number, ambiguous, comma, point, day, dmy, mdy, ymd, excel int
	siret, postcode, email, phone, digits, spaced, letters, distinct   int
	sample                                                             string
	longest                                                            int
}

func (s *Sheet) study() []traits {
	ts := make([]traits, s.Width)
	seen := make([]map[string]struct{}, s.Width)
	for j := range seen {
		seen[j] = map[string]struct{}{}
	}
	var buf []string
	n := min(len(s.rows), 2000)
	for k := range n {
		buf = s.Row(k*len(s.rows)/n, buf) // spread over the file: sorted files change on the way
		for j := range min(s.Width, len(buf)) {
			v := tidy(buf[j])
			if v == "" {
				continue
			}
			t := &ts[j]
			if t.filled++; t.sample == "" {
				t.sample = cut(v, 200)
			}
			t.longest = max(t.longest, len(v))
			if len(seen[j]) < 1000 && len(v) < 100 {
				seen[j][v] = struct{}{}
			}
			t.look(v)
		}
	}
	for j := range ts {
		ts[j].distinct = len(seen[j])
	}
	return ts
}

func (t *traits) look(v string) {
	if len(v) > 100 {
		t.letters++
		return
	}
	num, st := readNumber(v, 0)
	switch st {
	case numOK, numUnit:
		t.number++
	case numAmbiguous:
		t.number++
		t.ambiguous++
	}
	switch num.decimal {
	case ',':
		t.comma++
	case '.':
		t.point++
	}
	switch shape := dateShape(v); shape {
	case DMY:
		t.dmy++
	case MDY:
		t.mdy++
	case YMD:
		t.ymd++
	case Excel:
		t.excel++
	}
	if _, _, ok := dateParts(v); ok {
		t.day++
	}
	c := compact(v)
	if len(c) == 14 && allDigits(c) && portfolio.SiretKey(c) {
		t.siret++
	}
	if len(v) == 5 && allDigits(v) && v[:2] != "00" && v < "98900" {
		t.postcode++
	}
	if at := strings.IndexByte(v, '@'); at > 0 && strings.Contains(v[at:], ".") {
		t.email++
	}
	if len(c) == 10 && c[0] == '0' && allDigits(c) || len(c) == 12 && c[0] == '+' && allDigits(c[1:]) {
		t.phone++
	}
	if strings.ContainsAny(v, "0123456789") {
		t.digits++
	}
	if strings.Contains(v, " ") {
		t.spaced++
	}
	if strings.IndexFunc(v, func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0 }) >= 0 {
		t.letters++
	}
}

// most reports whether nearly every value is of a sort.
func (t *traits) most(n int) bool { return t.filled > 0 && n*10 >= t.filled*9 }

// half is the word of the values where the header has said most of it: one bad
// cell of two or three changes nothing.
func (t *traits) half(n int) bool { return t.filled > 0 && n*2 >= t.filled }

// Guess says what each column may mean: by its header first, by its values
// when the header does not tell.
func Guess(s *Sheet, asOf calendar.Day) []Column {
	ts := s.study()
	cols := make([]Column, s.Width)
	for j := range cols {
		cols[j] = Column{Name: s.Header[j], Sample: ts[j].sample}
		cols[j].byHeader(&ts[j])
	}
	address(cols)
	party(cols, ts)
	byValues(cols, ts)
	once(cols)
	sales(cols, ts, asOf)
	for j := range cols {
		if cols[j].Field != Total {
			cols[j].Format, cols[j].Sure = format(cols[j].Field, &ts[j], cols[j].Sure)
		}
		if f := cols[j].Field; f == Summary || f == Status || f == Tags {
			cols[j].Keep = true // what people wrote themselves stays
		}
	}
	return cols
}

func (c *Column) byHeader(t *traits) {
	f := folded(c.Name)
	if f == "" {
		return
	}
	if field, ok := synonyms[f]; ok && !strings.Contains(" "+f+" ", " ttc ") {
		if (field == Lat || field == Lon) && len(f) == 1 && !t.half(t.number) {
			return
		}
		c.Field, c.Sure = field, true
		return
	}
	// "CA 2025" is sales whatever its cells hold: a bad one is reported, never
	// left out with its column. "2025" alone needs cells that look like it.
	if period, named, ok := totalOf(c.Name); ok && (named || t.filled == 0 || t.half(t.number)) {
		c.Field, c.Format, c.Sure = Total, period, period != ""
	}
}

// address leaves "rep" to the sales rep when the file has no number of a lane
// beside it, as the national address base has (numero, rep, nom_voie).
func address(cols []Column) {
	base := false
	for _, c := range cols {
		base = base || folded(c.Name) == "nom voie"
	}
	for j := range cols {
		if folded(cols[j].Name) == "rep" && !base {
			cols[j].Field, cols[j].Sure = Skip, false
		}
	}
}

// party reads the headers that are a code or a name according to their values:
// client, customer, tiers.
func party(cols []Column, ts []traits) {
	has := map[Field]bool{}
	for _, c := range cols {
		has[c.Field] = true
	}
	for j := range cols {
		switch folded(cols[j].Name) {
		case "client", "customer", "tiers", "account", "clients", "customers":
		default:
			continue
		}
		t := &ts[j]
		codes := t.filled > 0 && t.digits*10 >= t.filled*9 && t.spaced*10 <= t.filled && t.longest <= 20
		switch {
		case codes && !has[Code]:
			cols[j].Field, cols[j].Sure, has[Code] = Code, true, true
		case !codes && !has[Name]:
			cols[j].Field, cols[j].Sure, has[Name] = Name, true, true
		}
	}
}

// byValues proposes a field for columns whose header says nothing, and for
// files without header. It never claims to be sure.
func byValues(cols []Column, ts []traits) {
	has := map[Field]bool{}
	for _, c := range cols {
		has[c.Field] = true
	}
	give := func(j int, f Field) {
		if !has[f] {
			cols[j].Field, has[f] = f, true
		}
	}
	for j := range cols {
		t := &ts[j]
		if cols[j].Field != Skip || t.filled == 0 || cols[j].Name != "" && ignoredName(cols[j].Name) {
			continue
		}
		switch {
		case t.most(t.siret):
			give(j, Siret)
		case t.most(t.email):
			give(j, Email)
		case t.most(t.day) && cols[j].Name == "":
			give(j, Day)
		case t.most(t.phone):
			give(j, Phone)
		case t.most(t.postcode) && cols[j].Name == "" && t.distinct > 1:
			give(j, Postcode)
		}
	}
	if named(cols) {
		return
	}
	best := -1
	for j := range cols {
		t := &ts[j]
		coded := t.most(t.digits) && t.spaced == 0
		if cols[j].Field == Skip && !has[Name] && !coded && t.most(t.letters) && t.longest < 120 && (best < 0 || t.distinct > ts[best].distinct) {
			best = j
		}
	}
	if best >= 0 {
		give(best, Name)
	}
	for j := range cols {
		t := &ts[j]
		switch {
		case cols[j].Field != Skip || t.filled == 0:
		case !has[Code] && j == 0 && t.digits*10 >= t.filled*9 && t.spaced == 0 && t.longest <= 20:
			give(j, Code)
		case has[Day] && t.most(t.number) && t.comma+t.point > 0:
			give(j, Amount)
		case t.most(t.letters) && t.distinct > 1:
			give(j, City)
		}
	}
}

func ignoredName(h string) bool { _, ok := ignored[folded(h)]; return ok }

func named(cols []Column) bool {
	for _, c := range cols {
		if c.Name != "" {
			return true
		}
	}
	return false
}

// once leaves a field to the first column that is sure of it.
func once(cols []Column) {
	seen := map[Field]bool{}
	for _, sure := range []bool{true, false} {
		for j := range cols {
			f := cols[j].Field
			if f == Skip || fields[f].many || cols[j].Sure != sure {
				continue
			}
			if seen[f] {
				cols[j].Field, cols[j].Sure, cols[j].Format = Skip, false, ""
			}
			seen[f] = true
		}
	}
}

// sales settles amounts: with a date they are lines, without one totals. A
// total that its own months or quarters detail is left out, or it would count
// twice.
func sales(cols []Column, ts []traits, asOf calendar.Day) {
	dated, periods := false, 0
	for _, c := range cols {
		dated = dated || c.Field == Day
		if c.Field == Total && c.Format != "" {
			periods++
		}
	}
	for j := range cols {
		c := &cols[j]
		switch {
		case c.Field == Amount && !dated && periods > 0, c.Field == Total && c.Format == "" && periods > 0:
			c.Field, c.Sure = Skip, false // "Total" beside its months
		case c.Field == Amount && !dated:
			c.Field, c.Format, c.Sure = Total, "n", false
		case c.Field == Total && c.Format == "" && dated:
			c.Field = Amount
			for k := range cols {
				if k != j && cols[k].Field == Amount {
					c.Field = Skip
				}
			}
		case c.Field == Total && c.Format == "":
			c.Format = "n"
		case (c.Field == Return || c.Field == Qty || c.Field == Ref || c.Field == Channel || c.Field == Cost || c.Field == Margin || c.Field == Rate) && !dated && periods == 0:
			c.Field, c.Sure = Skip, false // nothing to hang them on
		}
	}
	for j := range cols {
		if cols[j].Field != Total {
			continue
		}
		whole, ok := Window(period(cols[j].Format), asOf)
		covered := 0
		for k := range cols {
			if part, ok2 := Window(period(cols[k].Format), asOf); k != j && ok2 && cols[k].Field == Total && whole.From <= part.From && part.To <= whole.To && part.Days() < whole.Days() {
				covered += part.Days()
			}
		}
		if ok && covered > 0 {
			cols[j].Field, cols[j].Format, cols[j].Sure = Skip, "", false
		}
	}
	for j := range cols {
		if cols[j].Field == Total {
			dec, sure := decimalOf(&ts[j])
			cols[j].Format = join(cols[j].Format, dec)
			cols[j].Sure = cols[j].Sure && sure
		}
	}
}

// The format of a total holds its period and its decimal sign: "2025-03 ,".
func join(period, dec string) string {
	if dec == "" {
		return period
	}
	return period + " " + dec
}

func period(format string) string {
	p, _, _ := strings.Cut(format, " ")
	return p
}

// decimalSign is the sign in a column's format, 0 when it does not tell.
func decimalSign(f Field, format string) byte {
	if f == Total {
		_, format, _ = strings.Cut(format, " ")
	}
	if format == "," || format == "." {
		return format[0]
	}
	return 0
}

// format decides the decimal sign or the order of dates of a column.
func format(f Field, t *traits, sure bool) (string, bool) {
	switch {
	case f.Numeric():
		dec, clear := decimalOf(t)
		return dec, sure && clear
	case f.Dated():
		switch {
		case t.excel > 0 && t.excel*2 > t.filled:
			return Excel, sure
		case t.ymd > 0 && t.ymd*2 > t.filled:
			return YMD, sure
		case t.mdy > t.dmy:
			return MDY, sure && t.dmy == 0
		case t.dmy > 0:
			return DMY, sure && t.mdy == 0
		}
		return DMY, false
	}
	return "", sure
}

// decimalOf decides the decimal sign of a column by the values that leave no
// doubt; when they disagree, or when there is none beside doubtful ones,
// nobody decides.
func decimalOf(t *traits) (string, bool) {
	switch {
	case t.comma > 0 && t.point > 0:
		return "", t.ambiguous == 0
	case t.comma > 0:
		return ",", true
	case t.point > 0:
		return ".", true
	}
	return "", t.ambiguous == 0
}

// Recall applies a mapping remembered for the same shape of file: fields and
// readings by the name of their column. Periods come from the file at hand.
func Recall(cols, remembered []Column) {
	used := make([]bool, len(remembered))
	for j := range cols {
		for k, m := range remembered {
			if used[k] || Fold(m.Name) != Fold(cols[j].Name) && (cols[j].Field != Total || m.Field != Total) {
				continue
			}
			used[k] = true
			c := &cols[j]
			if c.Field == Total && m.Field == Total && period(c.Format) != "" {
				if dec := decimalSign(Total, m.Format); dec != 0 && decimalSign(Total, c.Format) == 0 {
					c.Format = join(period(c.Format), string(dec))
				}
			} else {
				c.Field = m.Field
				if c.Format == "" || !c.Field.Numeric() {
					c.Format = m.Format
				}
			}
			c.Keep, c.Sure = m.Keep, true
			break
		}
	}
}

// Kind says what a mapping brings: clients, sales, both.
func Kind(cols []Column) string {
	sales, clients := false, false
	for _, c := range cols {
		switch c.Field.Group() {
		case OfSales:
			sales = true
		case OfClient, OfPlace, OfPotential:
			clients = clients || c.Field != Code && c.Field != Name && c.Field != Siret
		}
	}
	switch {
	case sales && clients:
		return "both"
	case sales:
		return "sales"
	}
	return "clients"
}

// SplitFormat cuts the format of a total into its period and decimal sign.
func SplitFormat(format string) (period, decimal string) {
	p, d, _ := strings.Cut(format, " ")
	return p, d
}

// JoinFormat is the reverse of SplitFormat.
func JoinFormat(period, decimal string) string { return join(period, decimal) }
