package notebook_test

import (
	"errors"
	"math"
	"testing"

	"sillon/app/notebook"
	"sillon/engine/portfolio"
)

func (b bench) place(client portfolio.ID) portfolio.Site {
	for _, s := range rows[portfolio.Site](b, client, portfolio.KindSite) {
		return s
	}
	return portfolio.Site{}
}

func TestAClientIsPlacedByAPointThenByItsCommuneAndBothAreUndone(t *testing.T) {
	b := open(t)
	client := b.client()
	point, err := b.Place(t.Context(), notebook.Placing{Account: client, Lat: 48.6491234, Lon: -2.0257891})
	if err != nil {
		t.Fatal(err)
	}
	s := b.place(client)
	if s.Lat == nil || *s.Lat != 48.64912 || *s.Lon != -2.02579 || s.City != "Saint-Malo" {
		t.Fatalf("placed at %+v; want the point to a metre, and the town as it was", s)
	}
	town, err := b.Place(t.Context(), notebook.Placing{Account: client, Postcode: "22100", Town: "Dinan"})
	if err != nil {
		t.Fatal(err)
	}
	if s := b.place(client); s.Lat != nil || s.Lon != nil || s.City != "Dinan" || s.Postcode != "22100" {
		t.Fatalf("in its commune: %+v; want no point of its own any more", s)
	}
	if _, err := b.Undo(t.Context(), town, portfolio.ID{}); err != nil {
		t.Fatal(err)
	}
	if s := b.place(client); s.Lat == nil || *s.Lat != 48.64912 || s.City != "Saint-Malo" || s.Postcode != "" {
		t.Fatalf("the commune undone: %+v; want the point again", s)
	}
	if _, err := b.Undo(t.Context(), point, portfolio.ID{}); err != nil {
		t.Fatal(err)
	}
	if s := b.place(client); s.Lat != nil || s.Lon != nil {
		t.Errorf("the point undone: %+v", s)
	}
}

func TestAPlaceThatIsNoneIsRefusedAndTheSameOneWritesNothing(t *testing.T) {
	b := open(t)
	client := b.client()
	for _, bad := range []notebook.Placing{{Lat: 91}, {Lon: -181}, {Lat: math.NaN()}, {Lon: math.Inf(1)}} {
		bad.Account = client
		if _, err := b.Place(t.Context(), bad); !errors.As(err, new(*notebook.InputError)) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	p := notebook.Placing{Account: client, Lat: 48.6, Lon: -2}
	if _, err := b.Place(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	before, _ := b.db.Status(t.Context())
	if _, err := b.Place(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if after, _ := b.db.Status(t.Context()); after.Pending != before.Pending {
		t.Errorf("%d operations wait; want %d", after.Pending, before.Pending)
	}
}
