package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sillon/engine/calendar"
	"sillon/engine/demo"
	"sillon/engine/journal"
	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store/sqlite"
)

// odds is an organisation with one portfolio for each of the odd ones of the
// demonstration but the largest, all on the device of their manager. It returns
// the scope of each, by name.
func odds(t *testing.T, data string) map[string]uint32 {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(data, "sillon.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	h := hub.New(db, hub.Env{})
	now := time.Now()
	today := calendar.Day(now.Unix() / 86400)
	company := demo.NewCompany(1, today)
	hash := auth.HashPassword(demoPassword)
	boss := company.Users[0]
	at, err := h.FoundFirst(t.Context(), hub.Founding{Org: company.Org, OrgID: company.OrgID, TeamID: company.TeamID, Team: "Essais",
		AdminID: boss.ID, Name: boss.Noun.Name, Login: boss.Noun.Login, Hash: hash}, now.UnixMilli())
	if err != nil {
		t.Fatal(err)
	}
	rows := company.FamilyRows(at.Org, journal.Mark{}, portfolio.ID{})
	scopes := map[string]uint32{}
	for k, o := range demo.Odds() {
		if o.N > 1000 { // the real wholesaler has as many
			continue
		}
		rep, p := company.Users[1].ID, company.Portfolios[0]
		id := func(x portfolio.ID) portfolio.ID { // another in each portfolio
			x[1] ^= byte(k + 1)
			return x
		}
		place, err := h.AddUser(t.Context(), at.Tenant, hub.NewUser{ID: id(rep), Name: o.Name, Login: fmt.Sprint("rep", k), Hash: hash,
			Role: portfolio.RoleRep, Team: at.Team, Portfolio: o.Name, PortfolioID: id(p.ID), Area: "Vannes"}, now.UnixMilli())
		if err != nil {
			t.Fatal(err)
		}
		scopes[o.Name] = place.Portfolio
		first := len(rows)
		if !o.Bare {
			rows = append(rows, p.BudgetRows(place.Portfolio, journal.Mark{}, id(rep))...)
		}
		for _, c := range o.Cards(today) {
			rows = append(rows, c.Rows(place.Portfolio, journal.Mark{}, id(rep))...)
		}
		for i := first; i < len(rows); i++ { // all draw from one seed
			r := &rows[i]
			r.Rec = id(r.Rec)
			if !r.Root.IsZero() {
				r.Root = id(r.Root)
			}
		}
	}
	if err := h.Load(t.Context(), at.Tenant, rows, now.UnixMilli()); err != nil {
		t.Fatal(err)
	}
	return scopes
}

// ill lists what a page shows that no person should see: cards without a word,
// labels of a drawing one over the other or outside it, a wait that stays, a
// page wider than its window.
const ill = `(() => {
	const out = new Set(), root = document.querySelector("#content");
	const card = e => { const c = e.closest(".card"); return c ? (c.getAttribute("aria-label") || c.innerText.slice(0, 30)) : "" };
	for (const c of root.querySelectorAll(".card")) {
		if (!c.getClientRects().length) continue;
		const body = c.cloneNode(true);
		for (const h of body.querySelectorAll("h2:not(.q),h3:not(.q),.eyebrow,.sr")) h.remove();
		if (!body.textContent.trim() && !body.querySelector("svg,input,textarea")) out.add("a blank card: " + card(c));
	}
	for (const e of root.querySelectorAll(".skel,.fs-wait")) out.add("still waiting: " + card(e));
	for (const svg of [...root.querySelectorAll("svg")].filter(s => s.querySelector("text"))) {
		const frame = svg.getBoundingClientRect();
		if (!frame.width) continue;
		const texts = [...svg.querySelectorAll("text")].filter(t => t.textContent.trim() && t.getClientRects().length).map(t => [t.textContent, t.getBoundingClientRect()]);
		texts.forEach(([a, r], i) => {
			if (r.left < frame.left - 2 || r.right > frame.right + 2 || r.top < frame.top - 3 || r.bottom > frame.bottom + 3) out.add("cut off: " + a + " in " + card(svg));
			for (const [b, s] of texts.slice(i + 1)) {
				const w = Math.min(r.right, s.right) - Math.max(r.left, s.left), h = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
				if (w > 3 && h > 4 && w * h > .15 * Math.min(r.width * r.height, s.width * s.height)) out.add("one over the other: " + a + " and " + b + " in " + card(svg));
			}
		});
	}
	if (document.documentElement.scrollWidth > innerWidth + 1) out.add("wider than the window");
	return [...out];
})()`

// TestOddPortfoliosOnTheScreen reads the screens of the diagnosis of portfolios
// that are small, bare or one-sided, on a tablet and on a telephone.
func TestOddPortfoliosOnTheScreen(t *testing.T) {
	data := t.TempDir()
	scopes := odds(t, data)
	office := start(t, binary(t), "serve", freeAddr(t), data)
	boss := tablet(t, office, "the manager")
	boss.signIn(demo.Manager, demoPassword)
	began := time.Now()
	for _, size := range [][2]int{{1180, 820}, {390, 844}} {
		boss.size(size[0], size[1])
		for _, o := range demo.Odds() {
			n := scopes[o.Name]
			if n == 0 {
				continue
			}
			look := func(path string) {
				boss.follow(path)
				boss.wait("the whole of "+path, `!document.querySelector("#content .skel, #content .fs-wait")`)
				where := fmt.Sprintf("%s, %d px, %s", o.Name, size[0], path)
				boss.proofread(where)
				if bad := eval[[]string](boss, ill); len(bad) > 0 {
					t.Errorf("%s:\n\t%s", where, strings.Join(bad, "\n\t"))
				}
			}
			for _, tab := range []string{"", "/maturite", "/poids", "/contacts", "/potentiel"} {
				look(fmt.Sprintf("/portefeuille%s?p=%d", tab, n))
			}
			look(fmt.Sprintf("/clients?portefeuille=%d", n))
			if size[0] > 400 {
				look(boss.rows()[0].Path)
			}
		}
	}
	boss.clean()
	t.Logf("read in %.0f s", time.Since(began).Seconds())
}
