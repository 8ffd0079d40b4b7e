package e2e

import (
	"fmt"
	"strings"
)

// What people do in the application, and what they see of it.

// demoPassword opens every account of the fictional company.
const demoPassword = "sillon-demo"

// signIn enters on a device where nobody has, and waits for the first screen
// with its data.
func (d *device) signIn(login, password string) {
	d.t.Helper()
	d.visit("/")
	d.fill("#login", login)
	d.fill("#password", password)
	d.click("form button[type=submit]")
	d.waitChip("À jour", "Up to date")
	d.settled()
}

// settled waits until a page has its content.
func (d *device) settled() {
	d.t.Helper()
	d.wait("the content of the page", `document.querySelector("#content") && !document.querySelector("#content .skel, .app.coming")`)
}

// chip is what the synchronisation chip says.
func (d *device) chip() string {
	d.t.Helper()
	return d.text(".sync .long")
}

// waitChip waits until the chip begins with one of the words.
func (d *device) waitChip(words ...string) {
	d.t.Helper()
	var tests []string
	for _, w := range words {
		tests = append(tests, fmt.Sprintf(`s.startsWith(%q)`, plain(w)))
	}
	d.wait("the chip saying "+strings.Join(words, " or "), fmt.Sprintf(`(s => %s)((document.querySelector(".sync .long") || {textContent: ""}).textContent%s)`, strings.Join(tests, " || "), plainJS))
}

// waitSnack waits for a message with these words.
func (d *device) waitSnack(words string) {
	d.t.Helper()
	d.wait(fmt.Sprintf("the message %q", words), fmt.Sprintf(`(document.querySelector(".snack") || {textContent: ""}).textContent%s.includes(%q)`, plainJS, plain(words)))
}

// A client of the screen: its name and the address of its sheet.
type client struct {
	Name, Path string
}

// brief is the client that Today puts forward.
func (d *device) brief() client {
	d.t.Helper()
	d.wait("the client to see", `document.querySelector(".brief .hd h2 a")`)
	return eval[client](d, `(a => ({Name: a.innerText, Path: new URL(a.href).pathname}))(document.querySelector(".brief .hd h2 a"))`)
}

// logHere taps one outcome in the bar of Today, and waits until it is on disk.
func (d *device) logHere(outcome string) client {
	d.t.Helper()
	c := d.brief()
	d.clickIn("#log .outc", outcome)
	d.wait("the visit saved on the device", `(document.querySelector("#log .kept [role=status]") || {innerText: ""}).innerText.includes("Enregistré")`)
	return c
}

// next slides Today to the next client.
func (d *device) next() {
	d.t.Helper()
	was := d.brief()
	d.clickIn("#log .kept", "Suivant")
	d.wait("the next client", fmt.Sprintf(`document.querySelector(".brief .hd h2 a") && new URL(document.querySelector(".brief .hd h2 a").href).pathname !== %q && document.querySelector("#log .outc")`, was.Path))
}

// logOnSheet logs a contact from the sheet of a client that is open.
func (d *device) logOnSheet(outcome string) {
	d.t.Helper()
	d.click("#log-new")
	d.clickIn("#logsheet .outc", outcome)
	d.wait("the visit saved on the device", `(document.querySelector("#logsheet .kept [role=status]") || {innerText: ""}).innerText.includes("Enregistré")`)
	d.clickIn("#logsheet .kept", "Terminer")
	d.wait("the sheet to close", `!document.querySelector("#logsheet")`)
}

// history is the lines of the history of the client sheet that is open, but
// for the button that takes one back.
func (d *device) history() []string {
	d.t.Helper()
	return eval[[]string](d, `[...document.querySelectorAll(".fc-h")].map(e => (e.classList.contains("void") ? "annulé: " : "") + e.innerText`+plainJS+`.replace(/ Annuler$/, ""))`)
}

// listed waits until the list of clients answers what is asked: until then it
// shows what it was.
func (d *device) listed() {
	d.t.Helper()
	d.wait("the answer of the list", `!document.querySelector("#content .cl-found[aria-busy=true]")`)
}

// clients is the number of clients that the list shows.
func (d *device) clients() int {
	d.t.Helper()
	d.listed()
	return eval[int](d, `Number((document.querySelector("#content .cl-table") || {getAttribute: () => 1}).getAttribute("aria-rowcount")) - 1`)
}

// fieldID finds a field by its label on the client sheet.
func (d *device) fieldID(label string) string {
	d.t.Helper()
	js := fmt.Sprintf(`([...document.querySelectorAll(".fc-fields label")].find(l => l.innerText.trim() === %q) || {}).htmlFor`, label)
	d.wait("the field "+label, js)
	return eval[string](d, js)
}

// field reads a field of the client sheet.
func (d *device) field(label string) string {
	d.t.Helper()
	return eval[string](d, fmt.Sprintf(`document.getElementById(%q).value`, d.fieldID(label)))
}

// fillField writes a field of the client sheet and leaves it, which saves it.
func (d *device) fillField(label, text string) {
	d.t.Helper()
	d.fill(`[id="`+d.fieldID(label)+`"]`, text)
}

// today is how the history writes this day: "25 nov.".
func (d *device) today() string {
	d.t.Helper()
	return eval[string](d, `new Date().toLocaleDateString("fr-FR", {day: "numeric", month: "short"}).replace(/^1 /, "1er ")`)
}

// rows are the clients that the list shows now, from the top.
func (d *device) rows() []client {
	d.t.Helper()
	d.wait("the rows of the list", `document.querySelector(".cl-row .c-name a")`)
	return eval[[]client](d, `[...document.querySelectorAll(".cl-row .c-name a")].map(a => ({Name: a.innerText, Path: new URL(a.href).pathname}))`)
}
