package ui

import (
	"strings"
	"testing"

	"sillon/app/bridge"
)

func TestSigningOutInAnotherTabShowsTheSignInAndWhatWaits(t *testing.T) {
	b := newBench(t).open()
	b.says("Aujourd'hui")
	b.hello(bridge.Welcome{Version: "test", Left: []bridge.Left{
		{Name: "Maëlle Guivarch", Login: "maelle", Waiting: 2}, {Name: "Yann Le Goff", Login: "yann", Waiting: 1}}})
	b.twin.Tell(bridge.Event{Kind: bridge.EventLeft})
	text := b.says("Se connecter", "2 actions attendent ici pour Maëlle Guivarch : elles partiront à sa prochaine connexion.",
		"1 action attend ici pour Yann Le Goff : elle partira à sa prochaine connexion.")
	if strings.Contains(text, "Aujourd'hui") {
		t.Error("the pages of the user who left are still there")
	}
	if !b.e.User.User.IsZero() || b.e.Status.Pending != 0 {
		t.Errorf("the page still knows %+v", b.e.User)
	}
}
