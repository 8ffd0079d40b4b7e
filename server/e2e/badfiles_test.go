package e2e

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFilesThatCannotBeTaken gives the wizard what people really give it: each
// gets its sentence, the page goes on working, and nothing is written.
func TestFilesThatCannotBeTaken(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.follow("/clients")
	mine := maelle.clients()
	maelle.follow("/importer")
	within := func(t *testing.T) {
		outer := maelle.t
		maelle.t = t
		t.Cleanup(func() { maelle.t = outer })
	}
	nothing := func(t *testing.T) {
		t.Helper()
		if c := maelle.chip(); !strings.HasPrefix(c, "À jour") {
			t.Errorf("the chip says %q: something was written", c)
		}
		maelle.clean()
	}

	refused := func(name, path string, says ...string) {
		t.Run(name, func(t *testing.T) {
			within(t)
			maelle.give(path)
			for _, s := range says {
				maelle.wait(s, fmt.Sprintf(`(document.querySelector(".drop [role=status]") || {innerText: ""}).innerText%s.includes(%q)`, plainJS, plain(s)))
			}
			nothing(t)
		})
	}
	refused("200 MB", sparse(t, "ventes depuis 1998.csv", 200_000_000), "ventes depuis 1998.csv pèse 200 Mo", "découpez le fichier par année ou par portefeuille")
	refused("a program with another name", write(t, "clients.csv", noise(300_000)), "Ce fichier n'est pas du texte. Enregistrez-le en CSV")
	refused("a workbook with another name", write(t, "classeur.csv", append([]byte("PK\x03\x04\x14\x00\x06\x00\x08\x00"), noise(5000)...)), "C'est un classeur. Dans Excel : Fichier, Enregistrer sous, CSV")
	refused("nothing in it", write(t, "vide.csv", nil), "Ce fichier est vide")
	refused("a header and no line", write(t, "entete.csv", []byte("Code client;Nom;Ville\r\n")), "Ce fichier n'a qu'une ligne d'en-tête")

	t.Run("no header", func(t *testing.T) {
		within(t)
		maelle.give(write(t, "sans-entete.csv", []byte("C9001;Boulangerie Sans Nom;35400;Saint-Malo;1 200,50\r\nC9002;Garage Sans Titre;22100;Dinan;980,00\r\nC9003;Crèche Sans Tête;35800;Dinard;2 000,00\r\n")))
		maelle.waitText("Ce fichier n'a pas de ligne d'en-tête")
		maelle.checked()
		nothing(t)
		maelle.clickText("Retour")
	})
	t.Run("two encodings in one file", func(t *testing.T) {
		within(t)
		var b bytes.Buffer
		b.WriteString("Code client;Nom;Ville;CA N\r\n")
		for i := range 40 {
			line := fmt.Sprintf("M%03d;Hôtel Étoile n° %d;Orléans;%d,50\r\n", i, i, 1000+i)
			if i == 7 || i == 23 {
				b.Write(windows1252(line))
			} else {
				b.WriteString(line)
			}
		}
		maelle.give(write(t, "deux-mains.csv", b.Bytes()))
		report := maelle.checked()
		if !strings.Contains(report, "40 lignes prêtes") {
			t.Errorf("the check says %q; want all 40 lines read", report)
		}
		maelle.clickIn(".imp-notes", "Bon à savoir")
		maelle.waitText("Cette ligne est en windows-1252 dans un fichier qui ne l'est pas ; lue comme il faut.")
		if body := maelle.text("#content"); !strings.Contains(body, "Hôtel Étoile") || strings.ContainsAny(body, "\ufffdÃ") {
			t.Errorf("the accents are not read: %.300s", body)
		}
		nothing(t)
		maelle.clickText("Retour")
	})
	t.Run("10,000 bad lines", func(t *testing.T) {
		within(t)
		var b strings.Builder
		b.WriteString("Code client;Nom;Date;Montant HT\r\n")
		for i := range 10_000 {
			fmt.Fprintf(&b, "X%05d;Client %d;%s;%s\r\n", i, i, []string{"32/13/2026", "hier", "??", "2026-99-99"}[i%4], []string{"beaucoup", "1e", "12,3,4", "-"}[i/4%4])
		}
		maelle.give(write(t, "dix-mille.csv", windows1252(b.String())))
		report := maelle.checked()
		if !strings.Contains(report, "10 000 refusées") {
			t.Errorf("the check says %q; want 10 000 lines refused", report)
		}
		maelle.waitText("Ce n'est pas une date.")
		maelle.proofread("the check of 10,000 bad lines")
		if !eval[bool](maelle, `document.querySelector(".imp-act .btn.pri").disabled`) {
			t.Error("an import of nothing can be ordered")
		}
		maelle.waitText("Aucune ligne n'est prête")
		nothing(t)
		maelle.clickText("Retour")
	})
	maelle.follow("/clients")
	if n := maelle.clients(); n != mine {
		t.Errorf("%d clients after files that cannot be taken; want the %d there were", n, mine)
	}
	office.accounted(t)
	if n := office.operations(t, "maelle"); n != 0 {
		t.Errorf("%d operations reached the office; want none", n)
	}
}

func noise(n int) []byte {
	b := make([]byte, n)
	rng := rand.New(rand.NewPCG(7, 7))
	for i := range b {
		b[i] = byte(rng.UintN(256))
	}
	return b
}

// sparse is a file of a size that nothing fills.
func sparse(t *testing.T, name string, size int64) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	f, err := os.Create(p)
	if err == nil {
		err = f.Truncate(size)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}
