package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sillon/engine/attrition"
	"sillon/engine/calendar"
	"sillon/engine/hazard"
	"sillon/engine/portfolio"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

// line is the condition that the settings say something of this device.
func line(what, value string) string {
	return fmt.Sprintf(`[...document.querySelectorAll(".dl dt")].some(e => e.innerText%s === %q && /%s/.test(e.nextElementSibling.innerText%s))`, plainJS, what, value, plainJS)
}

// settingsSay waits until the settings page, asked again and again, says it.
func (d *device) settingsSay(what, value string) {
	d.t.Helper()
	d.poll(what+" "+value, 2*time.Minute, func() (bool, error) {
		d.follow("/clients")
		d.follow("/reglages")
		d.wait("this device", `document.querySelector(".dl dt")`)
		if eval[bool](d, line(what, value)) {
			return true, nil
		}
		time.Sleep(3 * time.Second) // be quiet: that is when the worker gets ready
		return false, nil
	})
}

// pooled lays down a hazard of the organisation, as the server's own job does
// where it holds enough departures: the fictional company has too few.
func (s *server) pooled(t *testing.T, events int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(s.data, "sillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m := hazard.Model{Rows: 2000, Events: events, Coef: make([]float64, attrition.NPredictors+1)}
	m.Coef[0] = -3
	for range attrition.NPredictors {
		m.Mean, m.Scale = append(m.Mean, 0), append(m.Scale, 1)
	}
	m.Cov = make([]float64, len(m.Coef)*len(m.Coef))
	for j := range m.Coef {
		m.Cov[j*len(m.Coef)+j] = .01
	}
	data, err := portfolio.Enc.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	err = hub.New(db, hub.Env{}).SetModel(t.Context(), 1, portfolio.Model{
		Key: portfolio.ModelHazard, Form: portfolio.HazardForm, Turn: 1, Day: calendar.Day(now.Unix() / 86400),
		Rows: m.Rows, Events: events, Lost: 12, Start: 400, Data: data,
	}, now.UnixMilli())
	if err != nil {
		t.Fatal(err)
	}
}

// TestTheDiagnosisIsReadyWithoutServer: in a quiet moment the worker analyses
// the portfolio and fits its models; the organisation's hazard comes with the
// exchange and is their prior; all of it is there after the browser was closed,
// with the server dead, and the deep tabs answer.
func TestTheDiagnosisIsReadyWithoutServer(t *testing.T) {
	office := startDemo(t)
	maelle := tablet(t, office, "maelle")
	maelle.signIn("maelle", demoPassword)
	maelle.wait("the copy of the application kept on the device", `navigator.serviceWorker.controller`)
	maelle.settingsSay("Fiches prêtes pour le diagnostic", `^\d+$`)
	maelle.settingsSay("Modèles ajustés le", `\d`)
	if eval[bool](maelle, line("Départs connus de l'organisation", `.`)) {
		t.Error("an organisation that has pooled nothing sends something")
	}

	if err := office.stop(); err != nil {
		t.Fatal(err)
	}
	office.pooled(t, 83)
	office = office.again(t)
	maelle.settingsSay("Départs connus de l'organisation", `^83$`)
	ready := maelle.text(".dl")

	office.kill()
	maelle.close()
	maelle.open()
	maelle.visit("/clients")
	maelle.settled()
	maelle.settingsSay("Départs connus de l'organisation", `^83$`)
	maelle.settingsSay("Fiches prêtes pour le diagnostic", `^\d+$`)
	for _, what := range []string{"Fiches prêtes pour le diagnostic", "Modèles ajustés le"} {
		after := maelle.text(".dl")
		if a, b := lineOf(ready, what), lineOf(after, what); a != b || a == "" {
			t.Errorf("%s: %q before, %q after the restart", what, a, b)
		}
	}
	for _, tab := range []string{"maturite", "poids", "contacts", "potentiel"} {
		maelle.visit("/portefeuille/" + tab)
		maelle.settled()
		maelle.wait("the charts of "+tab, `document.querySelector("main svg[role=img], main .chart svg, main figure svg")`)
	}
	maelle.clean()
}

// lineOf is what a text says after some words, up to the next words of a
// definition list.
func lineOf(text, what string) string {
	_, after, ok := strings.Cut(text, plain(what))
	if !ok {
		return ""
	}
	if len(after) > 12 {
		after = after[:12]
	}
	return after
}
