// Package intake turns foreign rows into our nouns: CSV files of clients and
// sales as French companies really write them. The tablet's
// import and the server's nightly one share it.
//
// Three steps, none of which writes anything:
//
//	sheet, err := Open(data, Options{})      // encoding, separator, header
//	columns := Guess(sheet, now)             // what each column may mean
//	result, err := Check(step, sheet, mapping, existing) // dry run: drafts and report
//
// A file is read line by line and never held decoded: a [Sheet] keeps the
// bytes as they came, so that a line that is refused can be handed back
// exactly as it was. A value is read under the reading of its column, decided
// once for the column and never per cell: "1,234" is a thousand or a decimal
// according to its neighbours, and is refused when they do not tell.
//
// Every line ends in one of three states: ready; waiting for an answer, with a
// proposal ([Ask]); refused ([Refuse]). A [Note] explains without holding the
// line back. Only lines that are ready go into the drafts.
//
// Units: amounts are [money.Cents] excluding VAT, days [calendar.Day]. Results
// depend on nothing but the arguments: same file, same drafts, same order.
package intake
