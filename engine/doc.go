// Package engine is everything the business knows, as pure functions: data in,
// result out, the same numbers on a tablet, on the server and in a test.
//
// # Map
//
// The ground: money (whole cents), calendar (days, windows, holidays), geo
// (distances), portfolio (the nouns), params (the parameter registry), explain
// (how solid a result is, and the steps to redo it by hand).
//
// The chapters, one package per chapter of the method: cost (A: price of a
// contact, amount invested, net margin), response (B: devourers, sensitivity,
// response curve, contact strategy), maturity (C: DCMV phases, curves,
// families, forecast), weight (D: ABC, quarters of the total, crossed matrix),
// potential (E: potential, P level, concentration, penetration, P-R), loyalty
// (F: adoption and exclusion speeds, engagement), steering (G: balance of
// efforts, objectives, levers), capacity (H0 to H3: file, time, prospects),
// scoring (H4, H5: categories, grid), visits (H6 to H8: sharing the visits,
// action plan, who is due), tour (step 12: which visit on which day in which
// order), attrition (I, with hazard for its regressions),
// relation (J), cockpit (K, L), exercise (the classroom's marks), foresight
// (published customer-base models).
//
// Above them query answers one screen per function, chart draws, journal and
// wire carry what was done, intake reads foreign rows, demo makes fictional
// data and holds the golden dataset the tests share.
//
// # Conventions (method §0.3)
//
// As-of date: every analysis is a function of data, parameters and one day. N is
// the twelve months that end on it, included; N-1 the twelve before. What lies
// after the day is invisible.
//
// Money is whole minor units excluding VAT; nothing is rounded inside a
// computation. Ties: value, then the secondary key, then the client's code;
// clients of equal value share the better rank.
//
// Same bits everywhere: sums in one order whatever the caller's; classes and
// ranks decided in whole numbers; products that are added are written
// float64(a*b) + c, so that no machine fuses them. No NaN nor Inf ever leaves
// the engine: an analysis without a value is NA with a reason.
//
// # Words
//
// Account (client, compte), Contact (visite, appel), contact unit (unité de
// contact, UC), phase D C M V (démarrage, croissance, maturité, vieillissement),
// P and R levels (4 the top, R0 without sales), penetration (part de client),
// remaining (reste à gagner). margin rate is the taux de marque, margin ÷ price,
// never the taux de marge.
//
// # Sources
//
// Py (2002), Manager ses clients, is known by its contents only: what the method
// found in print and what it derived is tagged in each package.
package engine
