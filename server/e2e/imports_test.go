package e2e

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"sillon/engine/portfolio"
)

// A fileRow is one client of a file as an accounting program exports it.
type fileRow struct {
	code, name, street, postcode, city, siret, phone, sector string
	now, before, potential                                   int64 // cents
}

// frenchClients invents clients as a French file holds them: accents and
// ligatures, postcodes that begin with zero, SIRET with a right key.
func frenchClients(n int) []fileRow {
	rng := rand.New(rand.NewPCG(2026, 11))
	kinds := []string{"Boulangerie", "Garage", "Hôtel", "Clinique", "Crèche", "Épicerie", "École", "Traiteur Œuvres &"}
	names := []string{"Léger", "Müller", "d’Arvor", "Noël", "Kerguélen", "Saint-Brévin", "du Château", "Bœuf", "François", "l’Étoile"}
	towns := []struct{ postcode, name string }{{"01000", "Bourg-en-Bresse"}, {"06400", "Cannes"}, {"02100", "Saint-Quentin"}, {"35400", "Saint-Malo"}, {"56000", "Vannes"}, {"09000", "Foix"}}
	rows := make([]fileRow, n)
	for i := range rows {
		t := towns[rng.IntN(len(towns))]
		r := fileRow{
			code: fmt.Sprintf("I%04d", i+1), name: fmt.Sprintf("%s %s %d", kinds[i%len(kinds)], names[i/len(kinds)%len(names)], i+1),
			street: fmt.Sprintf("%d, rue de l’Église", 1+rng.IntN(90)), postcode: t.postcode, city: t.name,
			siret: siret(80_000_000 + i*7919), phone: fmt.Sprintf("01 99 00 %02d %02d", i/100, i%100), sector: "Hygiène",
			now: int64(100 + rng.IntN(4_000_000)), before: int64(100 + rng.IntN(4_000_000)),
		}
		r.potential = (r.now+r.before)/100*100 + int64(rng.IntN(100))*10_000
		rows[i] = r
	}
	return rows
}

// siret is an establishment's number: a company's nine digits with their Luhn
// key, 0001, and the key of the fourteen.
func siret(company int) string {
	key := func(s string) string {
		for k := range 10 {
			sum := 0
			for i, c := range s + fmt.Sprint(k) {
				d := int(c - '0')
				if (len(s)+1-i)%2 == 0 {
					if d *= 2; d > 9 {
						d -= 9
					}
				}
				sum += d
			}
			if sum%10 == 0 {
				return s + fmt.Sprint(k)
			}
		}
		return s
	}
	return key(key(fmt.Sprintf("%08d", company%100_000_000)) + "0001")
}

// french writes cents the French way: "12 345,67".
func french(cents int64) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole := fmt.Sprint(cents / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + " " + whole[i:]
	}
	return fmt.Sprintf("%s%s,%02d", sign, whole, cents%100)
}

// frenchFile writes clients as Excel does in France: Windows-1252, semicolons,
// decimal commas, a line of totals at the end.
func frenchFile(t *testing.T, rows []fileRow) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Code client;Raison sociale;Adresse;CP;Ville;SIRET;Téléphone;Secteur d'activité;CA N;CA N-1;Potentiel annuel\r\n")
	var now, before int64
	for _, r := range rows {
		fmt.Fprintf(&b, "%s;\"%s\";\"%s\";%s;%s;%s;%s;%s;%s;%s;%s\r\n", r.code, r.name, r.street, r.postcode, r.city, r.siret, r.phone, r.sector, french(r.now), french(r.before), french(r.potential))
		now, before = now+r.now, before+r.before
	}
	fmt.Fprintf(&b, "TOTAL;;;;;;;;%s;%s;\r\n", french(now), french(before))
	return write(t, "clients 2026.csv", windows1252(b.String()))
}

// windows1252 encodes the few signs above Latin-1 that these files hold.
func windows1252(s string) []byte {
	var out []byte
	for _, c := range s {
		switch {
		case c < 0x100:
			out = append(out, byte(c))
		default:
			out = append(out, map[rune]byte{'’': 0x92, 'Œ': 0x8c, 'œ': 0x9c, '€': 0x80}[c])
		}
	}
	return out
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return p
}

// give chooses a file on the page of the import.
func (d *device) give(path string) {
	d.t.Helper()
	if eval[string](d, `location.pathname`) != "/importer" {
		d.follow("/importer")
	}
	d.wait("the choice of a file", `document.querySelector("#import-file") && !document.querySelector("#import-file").disabled`)
	d.do("choose "+filepath.Base(path), chromedp.SetUploadFiles(chromedp.CSS("#import-file"), []string{path}, chromedp.NodeReady))
}

// checked waits for the end of a check and returns what it counts.
func (d *device) checked() string {
	d.t.Helper()
	d.wait("the check of the file", `document.querySelector(".imp-counts[aria-busy=false]") || document.querySelector(".imp-counts:not([aria-busy])")`)
	return d.text(".imp-counts")
}

// bring imports the file that is open, and returns the report.
func (d *device) bring() string {
	d.t.Helper()
	d.click(".imp-act .btn.pri")
	d.waitFor(3*patience, "the end of the import", `document.querySelector(".imp-run[aria-live]")`)
	return d.text(".imp-run")
}

// TestAFrenchFileImportedOffline brings a file in without network: dry run,
// import, scores at once; the office and the manager get it afterwards, and
// lose it again when the rep takes it back.
func TestAFrenchFileImportedOffline(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
	nathalie := tablet(t, office, "nathalie")
	nathalie.signIn("nathalie", demoPassword)
	maelle.follow("/clients")
	nathalie.follow("/clients")
	mine, all := maelle.clients(), nathalie.clients()
	cards := office.records(t, portfolio.KindAccount)
	office.kill()

	rows := frenchClients(200)
	file := frenchFile(t, rows)
	maelle.give(file)
	report := maelle.checked()
	var sold int64
	for _, r := range rows {
		sold += r.now + r.before
	}
	for _, want := range []string{"200", "lignes prêtes", "200 nouveaux · 0 changé · 0 identique", "400 lignes de vente, " + french(sold) + " € vendus"} {
		if !strings.Contains(report, want) {
			t.Errorf("the check says %q; want %q", report, want)
		}
	}
	// The dry run wrote nothing.
	if c := maelle.chip(); strings.Contains(c, "gardée") {
		t.Errorf("the chip says %q after a check", c)
	}
	maelle.clickText("Importer 200 clients")
	maelle.waitText("200 clients importés")
	maelle.waitText("Tout est sur cet appareil. L'envoi se fera avec le réseau.")

	// They are among the clients at once, found without accents, with scores.
	maelle.clickText("Voir les clients")
	maelle.settled()
	maelle.wait("the new clients in the list", fmt.Sprintf(`Number((document.querySelector(".cl-table")||{getAttribute(){}}).getAttribute("aria-rowcount")) === %d`, mine+200+1))
	one := rows[56] // Boulangerie Bœuf
	maelle.fill("#q", strings.NewReplacer("œ", "oe").Replace(strings.ToLower(one.name)))
	maelle.wait("the client found", fmt.Sprintf(`document.querySelectorAll(".cl-row .c-name a").length === 1 && document.querySelector(".cl-row .c-name a").innerText === %q`, one.name))
	row := maelle.rows()[0]
	maelle.follow(row.Path)
	if got := maelle.field("Code postal"); got != one.postcode {
		t.Errorf("the postcode of %s is %q; want %q", one.name, got, one.postcode)
	}
	if got := strings.ReplaceAll(maelle.field("SIRET"), " ", ""); got != one.siret {
		t.Errorf("the SIRET of %s is %q; want %q", one.name, got, one.siret)
	}
	if score := maelle.text(".fc-score .figb"); !regexp.MustCompile(`^\d`).MatchString(score) {
		t.Errorf("the score of %s is %q", one.name, score)
	}
	score := maelle.text(".fc-score")
	maelle.clean()

	// It leaves in ordinary pushes, and the manager reads the same sheet.
	office = office.again(t)
	maelle.waitChip("À jour")
	office.gets(t, portfolio.KindAccount, 200, cards)
	office.accounted(t)
	nathalie.waitChip("À jour")
	nathalie.wait("the new clients at the manager's", fmt.Sprintf(`Number(document.querySelector(".cl-table").getAttribute("aria-rowcount")) === %d`, all+200+1))
	nathalie.follow(row.Path)
	if got := nathalie.text(".fc-score"); got != score {
		t.Errorf("the manager reads the score %q, the rep %q", got, score)
	}

	// The rep takes the import back, and both lists are as before.
	maelle.follow("/importer")
	maelle.clickText("Annuler l'import de clients 2026.csv")
	maelle.waitText("Import annulé")
	maelle.follow("/clients")
	maelle.wait("the list as before", fmt.Sprintf(`Number(document.querySelector(".cl-table").getAttribute("aria-rowcount")) === %d`, mine+1))
	nathalie.follow("/clients")
	nathalie.wait("the manager's list as before", fmt.Sprintf(`Number(document.querySelector(".cl-table").getAttribute("aria-rowcount")) === %d`, all+1))
	maelle.clean()
	nathalie.clean()
	office.accounted(t)
}

// retail finds the folder of real orders, or skips.
func retail(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SILLON_BENCH")
	for up := root(); dir == "" && up != "/"; up = filepath.Dir(up) {
		if p := filepath.Join(up, "shared", "bench"); exists(p) {
			dir = p
		}
	}
	dir = filepath.Join(dir, "retail-b2b")
	if !exists(filepath.Join(dir, "orders_2009_2010.csv")) {
		t.Skip("no wholesale orders here: SILLON_BENCH names the folder that holds retail-b2b")
	}
	return dir
}

func exists(p string) bool {
	_, err := os.Stat(p)
	return err == nil
}

// A wholesaler is the organisation that sells in pounds, with its real orders.
type wholesaler struct {
	office   *server
	rep      *device
	clients  int // in the file
	sold     string
	returned string
}

// setUpWholesaler founds an organisation through the one-time link, adds a rep
// from the command line, and imports the orders on the rep's device.
func setUpWholesaler(t *testing.T) wholesaler {
	t.Helper()
	dir := retail(t)
	office := start(t, binary(t), "serve", freeAddr(t), t.TempDir())
	link := regexp.MustCompile(`http://\S+/setup\?token=\S+`).FindString(office.out.String())
	if link == "" {
		t.Fatalf("no set-up link: %s", office.out)
	}
	boss := tablet(t, office, "the founder")
	boss.visit(link)
	boss.clickText("EN")
	boss.waitText("Open Sillon")
	boss.fill("#org", "Online Retail Ltd")
	boss.choose("#currency", "GBP")
	boss.choose("#locale", "en")
	boss.fill("#name", "Grace Hall")
	boss.fill("#login", "grace@example.com")
	boss.fill("#password", "a long enough sentence")
	boss.click("form button[type=submit]")
	boss.waitChip("Up to date")
	boss.close()

	add := exec.Command(office.cmd.Path, "user", "add", "-db", "sqlite:"+filepath.Join(office.data, "sillon.db"), "-login", "ada", "-name", "Ada Wells", "-role", "rep", "-portfolio", "Gift shops", "-password-stdin")
	add.Stdin = strings.NewReader("another long sentence\n")
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("user add: %v: %s", err, out)
	}

	w := wholesaler{office: office}
	w.clients, w.sold, w.returned = totals(t, dir)
	ada := tablet(t, office, "ada")
	w.rep = ada
	ada.visit("/")
	ada.clickText("EN")
	ada.waitText("Sign in once")
	ada.fill("#login", "ada")
	ada.fill("#password", "another long sentence")
	ada.click("form button[type=submit]")
	ada.waitChip("Up to date")

	ada.give(filepath.Join(dir, "customers_2009_2010.csv"))
	ada.checked()
	if said := ada.bring(); !strings.Contains(said, grouped(w.clients)+" clients imported") {
		t.Errorf("the import of the customers says %q; want %s clients imported", said, grouped(w.clients))
	}
	ada.clickText("Import another file")
	ada.give(filepath.Join(dir, "orders_2009_2010.csv"))
	report := ada.checked()
	for _, want := range []string{"£" + w.sold + " sold", "£" + w.returned + " of returns and credit notes", "from 1 Dec 2009 to 9 Dec 2010"} {
		if !strings.Contains(report, want) {
			t.Errorf("the check of the orders says %q; want %q", report, want)
		}
	}
	// An old file: read today, all its clients would be lost.
	ada.clickText("Read the portfolio as of 9 Dec 2010")
	ada.waitText("The portfolio will be read as of 9 Dec 2010")
	ada.checked()
	began := time.Now()
	said := ada.bring()
	t.Logf("the orders imported in %.1f s: %s", time.Since(began).Seconds(), said)
	if !strings.Contains(said, "£"+w.sold+" sold") {
		t.Errorf("the report says %q; want £%s sold", said, w.sold)
	}
	return w
}

// totals sums the file by hand.
func totals(t *testing.T, dir string) (clients int, sold, returned string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "orders_2009_2010.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, h := range lines[0] {
		at[h] = i
	}
	seen := map[string]bool{}
	var plus, minus int64
	for _, l := range lines[1:] {
		seen[l[at["customer"]]] = true
		plus += cents(t, l[at["sales_gbp"]])
		minus += cents(t, l[at["returns_gbp"]])
	}
	if minus < 0 {
		minus = -minus
	}
	return len(seen), grouped(int(plus/100)) + fmt.Sprintf(".%02d", plus%100), grouped(int(minus/100)) + fmt.Sprintf(".%02d", minus%100)
}

func cents(t *testing.T, s string) int64 {
	t.Helper()
	if s == "" {
		return 0
	}
	whole, part, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(s, "-") {
		return -n
	}
	return n
}

func grouped(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// TestAYearOfRealOrders imports the wholesale orders in an organisation of its
// own: the totals of the source come out to the penny, and the screens say
// what one year without potentials cannot tell.
func TestAYearOfRealOrders(t *testing.T) {
	w := setUpWholesaler(t)
	ada := w.rep
	if w.sold != "8,832,003.26" || w.returned != "483,794.70" {
		t.Errorf("the file holds £%s sold and £%s returned; its SOURCE.md says 8,832,003.26 and 483,794.70", w.sold, w.returned)
	}
	ada.follow("/clients")
	ada.waitText("Read as of 9 Dec 2010, as this portfolio asks.")
	if n := ada.clients(); n != w.clients {
		t.Errorf("the list has %d clients; want %d", n, w.clients)
	}
	// One year of sales does not tell who came in: of those who bought in its first
	// six months nobody knows whether they are new (no phase); the others were
	// silent as long as a lost client, and are in start.
	phase := func(letter string) int {
		return eval[int](ada, fmt.Sprintf(`Number(([...document.querySelectorAll("#f-phase option")].find(o => o.value === %q) || {innerText: "0"}).innerText.replace(/\D/g, ""))`, letter))
	}
	if young, none := phase("D"), phase("0"); young+none < w.clients*8/10 || young < w.clients/4 || none < w.clients/4 {
		t.Errorf("of %d clients %d are in the phase of start and %d in none; in a single year of sales nearly all are in one of both", w.clients, young, none)
	}
	for _, letter := range []string{"C", "M"} {
		if n := phase(letter); n != 0 {
			t.Errorf("%d clients are in %s, and no year before tells it", n, letter)
		}
	}
	ada.follow("/portefeuille")
	for _, want := range []string{"What the data does not say yet", "Less than two full years of sales", "The potential of some clients is unknown", "No contact logged"} {
		ada.waitText(want)
	}
	ada.walk("en", []string{"/", "/clients", "/portefeuille", "/importer", "/journal", "/reglages"})
	w.rep.waitFor(3*patience, "everything sent", `document.querySelector(".sync .long").innerText.startsWith("Up to date")`)
	w.office.accounted(t)
	if got := w.office.records(t, portfolio.KindAccount); got != w.clients {
		t.Errorf("%d clients reached the office; want %d", got, w.clients)
	}
}
