// Package portfolio holds the nouns of the business: organisation, users,
// portfolios, accounts and what hangs from them; their permanent numbers, and
// what is allowed on them.
//
// A record travels and rests as a map from field number to CBOR value
// ([Fields]); the structs of this package read and write that map. The card
// (fiche client) is an [Account] with all its children.
//
// Units: amounts are [money.Cents] excluding VAT, days are [calendar.Day],
// positions are WGS 84 degrees. Source: method §1.2.
package portfolio
