// Package hazard fits the chance that a client leaves in a period: logistic
// regressions that stay finite and calibrated on a representative's hundred
// clients as on the office's fifty thousand client-periods.
//
// It is the mathematics under attrition (I3, method 3) and knows no client, no
// signal and no screen, so that the formulas are read, and checked against
// published figures, in one place. attrition imports it, never the reverse.
//
// Method. A row is one client in one period, with its predictors at the eve
// of the period, and whether he left in it: the discrete-time hazard
//
//	h = 1 ÷ (1 + e^−η),  η = β₀ + Σ βⱼ·zⱼ,  zⱼ = (xⱼ − mean) ÷ s.d.,
//
// is then a logistic regression over all rows (Cox 1972; Allison 1982).
//
//   - [Ridge], from five predictors: least of deviance ÷ 2 + λ·Σβⱼ² ÷ 2, β₀
//     free; λ is the least of the deviance of clients left out one by one, got
//     in closed form from a single fit (approximate leave-one-out, all periods
//     of a client together).
//   - [Firth], under five predictors: maximum of log L + ½·log det I(β); then
//     [Model.Recentre] so that the mean prediction is the observed rate (FLIC).
//   - [Update]: a tablet takes the pooled fit of the office as a normal prior
//     worth k of its own client-periods, k chosen as λ is, and adds its clients.
//   - [Calibrate] and [Shift]: deciles, Brier, ECE, slope, AUC; one-parameter
//     recalibration of the intercept.
//
// Units: predictors as the caller gives them, standardised inside; an unknown
// predictor (NaN, infinite) counts as the mean. Results are the same bits
// whatever the order of the rows. With one class only, the answer is the rate
// (events + ½) ÷ (rows + 1), marked weak.
//
// Sources: Cox (1972), JRSS B 34:187. Allison (1982), Sociological Methodology
// 13:61. le Cessie, van Houwelingen (1992), Applied Statistics 41:191 (ridge
// logistic). Rad, Maleki (2020), JRSS B 82:965 (approximate leave-one-out).
// Firth (1993), Biometrika 80:27. Heinze, Schemper (2002), Statistics in
// Medicine 21:2409. Puhr, Heinze, Nold, Lusa, Geroldinger (2017), Statistics
// in Medicine 36:2302 (FLIC). Ibrahim, Chen (2000), Statistical Science 15:46
// (power prior). Cox (1958), Biometrika 45:562 (calibration slope).
package hazard
