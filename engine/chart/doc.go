// Package chart turns numbers and labels into SVG, as pure functions.
//
// Pictures are made in one program and drawn in another: a [Spec] is what goes
// from the worker, which knows the numbers and the words, to the page, which
// draws. What travels has no function in it; a [Unit] stands for how a value is
// written.
//
// A picture is drawn at the width it will be shown, in CSS pixels, never
// scaled: text stays at 12 px or more. Colours are the classes and custom
// properties of the style sheet, so that themes switch without redrawing; there
// is no style attribute and no script (strict CSP). Coordinates have one
// decimal: equal data are equal bytes.
//
// Words come in translated. Every text and label passes through [escape]; no
// other function writes text. A mark that opens a list is focusable, in reading
// order, with its value as its name and the address in data-go, which the page
// handles by delegation; a picture with such marks is a group, any other an
// image, so that a screen reader hears either the whole or the marks.
//
// # Which picture for which question
//
//	Is my portfolio ageing?                        [Histogram], [Small]; [Curves] by reading, family or rep
//	Where shall I be in a year? Who is lost early? [Forecast]; [Cohorts]
//	Who makes the sales? On whom do I depend?      [Cuts], [Pareto]; [Pyramid], [Stack]
//	Where is the gap to the potential?             [Matrix] (P×R, R0 apart), [MiniBoard]; [Patches]
//	Does effort follow potential? Who makes margin? [Lines] (concentration; whale curve; funnel with limits)
//	Who eats contacts? Do more contacts pay?       [Scatter] (with arrows from a year ago)
//	What does a contact cost, and pay back?        [Stacked]; [Bars] around 0
//	What now, what proposed? C or M?               [Moves]; [Split], [Dumbbell]
//	How does he adopt and drop? How engaged?       [Ribbon], [Scatter]; [Gauge], [Bars] with tracks
//	Who leaves, and if we acted?                   [Bars] with the value tried; [Matrix] (recency × frequency)
//	Why this score, this class?                    [Parts], [Tornado]; [Ruler], [Classes]
//	Sales and contacts; what is left of them?      [Year], [Spark]; [Waterfall]
//	Does the plan fit? Which weeks overflow?       [Bars] with a limit, [Waterfall]; [Columns]
//	What if a weight changes?                      [Columns] with old levels, [Ranks], [Stacked]
//	How many visits of prospects?                  [Circle]
//	How far can we go? Who carries the relation?   [Bargain]; [Balance], [Radar], [People]
//	Did the class agree?                           [Strips]
//
// Data types that draw themselves are a [Picture]: Draw, Sentence, Table. A
// picture without data says why there is none and what would change it
// (Words.None); one that rests on little data is dotted or hatched
// (Words.Weak). No meaning is in colour alone: shapes, dashes, hatching, place
// or words say it too, on grey paper as well. Where the width is short, names
// go above their marks; a number is never cut, it stays in the table.
//
// Order matters where the reader is meant to see it (bars, steps, months);
// where it does not ([Scatter], [People], answers of [Strips], [Tornado]) the
// bytes do not depend on it.
//
// Source: ux.md §6 (grammar), §12 (furrow gauge, DCMV line). Package
// chart/sample has one of each; `make charts` shows them.
package chart
