package notebook

import (
	"context"
	"math"

	"sillon/engine/portfolio"
)

// A Placing says where a client is: a position, or the commune it is in, which
// takes the place of a position written before.
type Placing struct {
	Account  portfolio.ID
	Lat, Lon float64 // degrees, when Town is empty
	Postcode string
	Town     string
}

// Numbers of the fields of a site.
const (
	sitePostcode = 4
	siteCity     = 5
	siteInsee    = 6
	siteLat      = 8
	siteLon      = 9
)

// Place writes where a client is, as one act, and returns what Undo names. An
// unchanged place writes nothing. Degrees are kept to a metre.
func (b *Book) Place(ctx context.Context, p Placing) (portfolio.ID, error) {
	f := portfolio.Fields{}
	if p.Town == "" {
		if !(math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180) {
			return p.Account, &InputError{"map.a-place", "out-of-bounds"}
		}
		f[siteLat] = portfolio.Value(math.Round(p.Lat*1e5) / 1e5)
		f[siteLon] = portfolio.Value(math.Round(p.Lon*1e5) / 1e5)
	} else {
		f[sitePostcode], f[siteCity] = portfolio.Value(p.Postcode), portfolio.Value(p.Town)
		f[siteInsee], f[siteLat], f[siteLon] = portfolio.Null, portfolio.Null, portfolio.Null
	}
	card, err := b.card(ctx, p.Account)
	if err != nil {
		return p.Account, err
	}
	row, ok := first(card.Rows, portfolio.KindSite)
	if !ok {
		for n, v := range f {
			if string(v) == string(portfolio.Null) {
				delete(f, n)
			}
		}
		return b.firstSite(ctx, card.Scope, Edit{Account: p.Account, Kind: portfolio.KindSite}, f)
	}
	for n, v := range f {
		if had := row.Fields[n]; string(had) == string(v) || had == nil && string(v) == string(portfolio.Null) {
			delete(f, n)
		}
	}
	if len(f) == 0 {
		return row.Rec, nil
	}
	act := Act{ID: b.ID(), Key: "edit", Root: p.Account, Kind: portfolio.KindSite, Rec: row.Rec, Back: restores(&row, f)}
	_, err = b.save(ctx, act, b.patch(card.Scope, &row, f))
	return act.ID, err
}
