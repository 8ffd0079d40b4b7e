package intake

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of a file. A larger one is refused before it is read: its author
// splits it by year or by portfolio.
const (
	MaxBytes   = 64_000_000
	MaxLines   = 200_000
	MaxColumns = 300
	maxQuoted  = 64 << 10 // a quoted cell longer than this was never closed
)

// A Trouble is why a file cannot be read at all.
type Trouble string

// The troubles: catalogue keys under "import.trouble.".
const (
	Empty      Trouble = "empty"
	Binary     Trouble = "binary"   // not a text
	Workbook   Trouble = "workbook" // an Excel or OpenDocument file, whatever its name
	TooLarge   Trouble = "large"    // args: its megabytes, the limit
	TooMany    Trouble = "lines"    // args: the limit
	TooWide    Trouble = "columns"  // args: the limit
	HeaderOnly Trouble = "header-only"
)

// A FileError says why a file cannot be read at all; nothing was kept of it.
type FileError struct {
	Trouble Trouble
	Args    []int
}

func (e *FileError) Error() string { return "intake: file refused: " + string(e.Trouble) }

// Encodings.
const (
	UTF8    = "utf-8"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
	Windows = "windows-1252"
)

// HeaderChoice says whether the first line names the columns.
type HeaderChoice uint8

// The choices.
const (
	GuessHeader HeaderChoice = iota
	WithHeader
	WithoutHeader
)

// Options force what Open guesses.
type Options struct {
	Encoding  string // "": guessed
	Separator byte   // 0: guessed
	Header    HeaderChoice
}

// A Sheet is a file cut into lines, its bytes as they came.
type Sheet struct {
	Encoding  string
	Separator byte
	NoHeader  bool
	BOM       bool
	Header    []string // names of the columns, empty ones included
	Width     int      // number of columns
	Shape     string   // fingerprint of the columns: mappings are remembered by it
	Notes     []Issue  // mixed encodings, lines skipped above the header

	data []byte // UTF-8 or Windows-1252, line by line
	rows []span // data lines
	head span
	crlf bool
}

// A span is one record: its bytes and the line of the file it begins on.
type span struct {
	from, to int32
	line     int32
	windows  bool // Windows-1252, or else UTF-8
}

// Rows counts the data lines.
func (s *Sheet) Rows() int { return len(s.rows) }

// Line is the line of the file on which a data line begins, from 1.
func (s *Sheet) Line(i int) int { return int(s.rows[i].line) }

// Raw returns a data line as it came, without its line end.
func (s *Sheet) Raw(i int) []byte { return s.data[s.rows[i].from:s.rows[i].to] }

// Row decodes a data line into its cells, appended to buf[:0].
func (s *Sheet) Row(i int, buf []string) []string { return s.cells(s.rows[i], buf[:0]) }

func (s *Sheet) cells(r span, buf []string) []string {
	b := s.data[r.from:r.to]
	for pos := 0; ; {
		c := nextCell(b, pos, s.Separator, true)
		buf = append(buf, decodeCell(b[c.from:c.to], c.quoted, r.windows))
		if c.end || c.next > len(b) || len(buf) > MaxColumns {
			return buf
		}
		pos = c.next
	}
}

func decodeCell(b []byte, quoted, windows bool) string {
	if quoted && bytes.Contains(b, []byte(`""`)) {
		b = bytes.ReplaceAll(b, []byte(`""`), []byte(`"`))
	}
	if windows {
		return fromWindows(b)
	}
	if !utf8.Valid(b) {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(b)
}

// A cell is where one value lies. next is where the following one begins when
// end is false.
type cell struct {
	from, to, next int
	quoted, end    bool
	open           bool // a quote that nothing closes: read as an ordinary character
}

// nextCell reads one cell at pos. A quoted cell ends at a quote before a
// separator or a line end; other quotes inside are part of it, for the many
// writers that forget to double them. In a record (one), the end of b is the
// end of the line.
func nextCell(b []byte, pos int, sep byte, one bool) cell {
	open := false
	if pos < len(b) && b[pos] == '"' {
		limit := min(len(b), pos+maxQuoted)
		for i := pos + 1; i < limit; i++ {
			if b[i] != '"' {
				continue
			}
			if i+1 == len(b) {
				return cell{from: pos + 1, to: i, next: i + 1, quoted: true, end: true}
			}
			switch c := b[i+1]; {
			case c == '"':
				i++
			case c == sep:
				return cell{from: pos + 1, to: i, next: i + 2, quoted: true}
			case c == '\n' || c == '\r':
				return cell{from: pos + 1, to: i, next: i + 1, quoted: true, end: true}
			}
		}
		open = true
	}
	i := pos
	for i < len(b) && b[i] != sep && (one || b[i] != '\n' && b[i] != '\r') {
		i++
	}
	if i < len(b) && b[i] == sep {
		return cell{from: pos, to: i, next: i + 1, open: open}
	}
	return cell{from: pos, to: i, next: i, end: true, open: open}
}

// Open cuts a file into lines and tells its encoding, separator and header.
// The error is a [*FileError].
func Open(data []byte, o Options) (*Sheet, error) {
	if len(data) > MaxBytes {
		return nil, &FileError{TooLarge, []int{(len(data) + 999_999) / 1_000_000, MaxBytes / 1_000_000}}
	}
	s := &Sheet{data: data}
	if err := s.decode(o); err != nil {
		return nil, err
	}
	s.crlf = bytes.Contains(s.data[:min(len(s.data), 1<<16)], []byte("\r\n"))
	first := s.separate(o)
	if err := s.cut(first); err != nil {
		return nil, err
	}
	s.encodings(o)
	return s, s.header(o)
}

// decode finds the encoding: mark first, valid UTF-8 next, else Windows-1252;
// UTF-16 is turned into UTF-8 at once.
func (s *Sheet) decode(o Options) error {
	b := s.data
	if len(bytes.TrimSpace(bytes.Trim(b, "\x00"))) == 0 {
		return &FileError{Trouble: Empty}
	}
	if t := magic(b); t != "" {
		return &FileError{Trouble: t}
	}
	s.Encoding = o.Encoding
	wide := func(big bool) { s.data = fromUTF16(b, big) }
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		s.BOM = true
		s.data = b[3:]
		if s.Encoding == "" {
			s.Encoding = UTF8
		}
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		s.BOM, s.Encoding, b = true, UTF16LE, b[2:]
		wide(false)
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		s.BOM, s.Encoding, b = true, UTF16BE, b[2:]
		wide(true)
	case s.Encoding == UTF16LE || s.Encoding == "" && zeros(b, 1):
		s.Encoding = UTF16LE
		wide(false)
	case s.Encoding == UTF16BE || s.Encoding == "" && zeros(b, 0):
		s.Encoding = UTF16BE
		wide(true)
	}
	if s.Encoding == "" {
		s.Encoding = Windows
		if utf8.Valid(s.data) {
			s.Encoding = UTF8
		}
	}
	if controls(s.data) {
		return &FileError{Trouble: Binary}
	}
	if len(bytes.TrimSpace(s.data)) == 0 {
		return &FileError{Trouble: Empty}
	}
	return nil
}

// zeros reports whether nearly every second byte, from at, is zero: UTF-16
// without its mark.
func zeros(b []byte, at int) bool {
	n, z, other := 0, 0, 0
	for i := at; i < min(len(b), 4000); i += 2 {
		n++
		if b[i] == 0 {
			z++
		}
	}
	for i := 1 - at; i < min(len(b), 4000); i += 2 {
		if b[i] == 0 {
			other++
		}
	}
	return n >= 4 && z*10 >= n*8 && other*10 < n
}

// controls reports whether the text holds what no text does: zero bytes, or
// more control characters than an accident.
func controls(b []byte) bool {
	b = b[:min(len(b), 1<<20)]
	n := 0
	for _, c := range b {
		if c == 0 {
			return true
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1a {
			n++
		}
	}
	return n > 8 && n*100 > len(b)
}

// magic knows files by their first bytes, whatever their name says.
func magic(b []byte) Trouble {
	for _, m := range []struct {
		mark string
		t    Trouble
	}{
		{"PK\x03\x04", Workbook}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Workbook}, // xlsx and ods are archives; xls is OLE
		{"%PDF-", Binary}, {"\x89PNG", Binary}, {"\xff\xd8\xff", Binary}, {"GIF8", Binary}, {"\x1f\x8b", Binary},
		{"7z\xbc\xaf", Binary}, {"Rar!", Binary}, {"\x7fELF", Binary}, {"SQLite format 3\x00", Binary}, {"\x00asm", Binary},
	} {
		if strings.HasPrefix(string(b[:min(len(b), 20)]), m.mark) {
			return m.t
		}
	}
	return ""
}

// separate finds the separator; it returns where the first record begins,
// after Excel's "sep=;" line when there is one.
func (s *Sheet) separate(o Options) (first int) {
	if bytes.HasPrefix(s.data, []byte("sep=")) && len(s.data) > 5 && (s.data[5] == '\r' || s.data[5] == '\n') {
		s.Separator = s.data[4]
		first = 5
	}
	if o.Separator != 0 {
		s.Separator = o.Separator
	}
	if s.Separator != 0 {
		return first
	}
	s.Separator = ';'
	best := 0.0
	for _, sep := range []byte{';', '\t', ',', '|'} {
		if score := consistency(s.data[first:], sep); score > best {
			best, s.Separator = score, sep
		}
	}
	return first
}

// consistency says how well a separator cuts the first lines: the share that
// has as many cells as the commonest, more cells breaking a tie.
func consistency(b []byte, sep byte) float64 {
	counts := map[int]int{}
	lines, cells, pos, opens := 0, 0, 0, 0
	for lines < 100 && pos < len(b) && pos < 1<<18 {
		c := bareCell(b, pos, sep)
		if opens < 50 {
			if c = nextCell(b, pos, sep, false); c.open {
				opens++
			}
		}
		cells++
		pos = c.next
		if !c.end {
			continue
		}
		if c.to > c.from || cells > 1 {
			counts[cells]++
			lines++
		}
		cells = 0
		for pos < len(b) && (b[pos] == '\n' || b[pos] == '\r') {
			pos++
		}
	}
	mode, times := 0, 0
	for n, k := range counts {
		if k > times || k == times && n > mode {
			mode, times = n, k
		}
	}
	if mode < 2 {
		return 0
	}
	return float64(times)/float64(lines) + float64(min(mode, 99))/1000
}

// cut finds the records; blank lines are passed over.
func (s *Sheet) cut(first int) error {
	b := s.data
	line, pos, opens := int32(1), 0, 0
	if first > 0 {
		pos = first
	}
	for pos < len(b) {
		start, blank, cells := pos, true, 0
		row := span{from: int32(pos), line: line}
		for {
			var c cell
			if opens < 1000 {
				c = nextCell(b, pos, s.Separator, false)
			} else {
				c = bareCell(b, pos, s.Separator)
			}
			if c.open {
				opens++
				if opens <= 100 {
					s.Notes = append(s.Notes, Issue{Line: int(line), Column: -1, Value: string(cut(tidy(decodeCell(b[c.from:c.to], false, s.Encoding == Windows)), 60)), Code: OpenQuote, Level: Note})
				}
			}
			cells++
			if c.to > c.from {
				blank = blank && len(bytes.TrimSpace(b[c.from:c.to])) == 0
			}
			pos = c.next
			if c.end {
				break
			}
		}
		row.to = int32(pos)
		line += int32(bytes.Count(b[start:pos], []byte{'\n'}))
		if pos < len(b) && b[pos] == '\r' {
			pos++
			if pos >= len(b) || b[pos] != '\n' {
				line++ // an old Macintosh ends lines with CR alone
			}
		}
		if pos < len(b) && b[pos] == '\n' {
			pos++
			line++
		}
		if blank || b[start] == 0x1a { // DOS marked the end of a file
			continue
		}
		if cells > MaxColumns {
			return &FileError{TooWide, []int{MaxColumns}}
		}
		if len(s.rows) > MaxLines {
			return &FileError{TooMany, []int{MaxLines}}
		}
		s.rows = append(s.rows, row)
	}
	if len(s.rows) == 0 {
		return &FileError{Trouble: Empty}
	}
	return nil
}

// bareCell reads a cell as if quotes were letters: for files where a thousand
// of them close nothing.
func bareCell(b []byte, pos int, sep byte) cell {
	i := pos
	for i < len(b) && b[i] != sep && b[i] != '\n' && b[i] != '\r' {
		i++
	}
	if i < len(b) && b[i] == sep {
		return cell{from: pos, to: i, next: i + 1}
	}
	return cell{from: pos, to: i, next: i, end: true}
}

// encodings decides line by line in a file that mixes encodings: a line that
// is not UTF-8 is Windows-1252; a line that is UTF-8 with accents in a file of
// Windows-1252 is read as such. Every one that differs from the file is noted.
func (s *Sheet) encodings(o Options) {
	if s.Encoding == UTF16LE || s.Encoding == UTF16BE {
		return
	}
	whole := s.Encoding == Windows
	var odd []int
	major := 0
	for i := range s.rows {
		b := s.Raw(i)
		ascii := true
		for _, c := range b {
			if c >= 0x80 {
				ascii = false
				break
			}
		}
		s.rows[i].windows = whole
		if ascii {
			continue
		}
		windows := !utf8.Valid(b)
		if whole && o.Encoding == Windows {
			windows = true // said by a person: not questioned
		}
		if windows != whole {
			s.rows[i].windows = windows
			odd = append(odd, i)
		} else {
			major++
		}
	}
	if o.Encoding == "" && whole && len(odd) > major { // most accented lines are UTF-8: that is the file's encoding
		s.Encoding, whole = UTF8, false
		odd = odd[:0]
		for i := range s.rows {
			if !utf8.Valid(s.Raw(i)) {
				odd = append(odd, i)
			} else {
				s.rows[i].windows = false
			}
		}
	}
	for _, i := range odd {
		name := UTF8
		if s.rows[i].windows {
			name = Windows
		}
		if len(s.Notes) >= 200 {
			break
		}
		s.Notes = append(s.Notes, Issue{Line: int(s.rows[i].line), Column: -1, Code: MixedEncoding, Args: []string{name, strconv.Itoa(len(odd))}, Level: Note,
			Value: cut(tidy(decodeCell(s.Raw(i), false, s.rows[i].windows)), 60)})
	}
}

// header finds the line that names the columns, passing over titles above it.
func (s *Sheet) header(o Options) error {
	at, named := 0, o.Header == WithHeader
	if o.Header != WithoutHeader {
		at, named = s.findHeader(o.Header == WithHeader)
	}
	if !named {
		s.NoHeader = true
		s.Width = s.commonWidth()
		s.Header = make([]string, s.Width)
	} else {
		for i := range at {
			s.Notes = append(s.Notes, Issue{Line: int(s.rows[i].line), Column: -1, Code: Preamble, Level: Note, Value: cut(tidy(decodeCell(s.Raw(i), false, s.rows[i].windows)), 60)})
		}
		s.head = s.rows[at]
		s.Header = s.cells(s.head, nil)
		for i, h := range s.Header {
			s.Header[i] = cut(tidy(h), 120)
		}
		for len(s.Header) > 1 && s.Header[len(s.Header)-1] == "" && s.emptyFrom(len(s.Header)-1, at+1) {
			s.Header = s.Header[:len(s.Header)-1] // separators at the end of every line
		}
		s.Width = len(s.Header)
		s.rows = s.rows[at+1:]
	}
	if len(s.rows) == 0 {
		return &FileError{Trouble: HeaderOnly}
	}
	s.Shape = s.fingerprint()
	return nil
}

// emptyFrom reports whether the lines from a row on have nothing in a column
// or after it, as far as a look at the first thousand tells.
func (s *Sheet) emptyFrom(column, row int) bool {
	var buf []string
	for i := row; i < min(len(s.rows), row+1000); i++ {
		buf = s.Row(i, buf)
		for j := column; j < len(buf); j++ {
			if strings.TrimSpace(buf[j]) != "" {
				return false
			}
		}
	}
	return true
}

func (s *Sheet) commonWidth() int {
	counts := map[int]int{}
	var buf []string
	for i := range min(len(s.rows), 200) {
		buf = s.Row(i, buf)
		counts[len(buf)]++
	}
	mode := 0
	for n, k := range counts {
		if k > counts[mode] || k == counts[mode] && n > mode {
			mode = n
		}
	}
	return mode
}

// findHeader looks at the first lines: the one with most names we know is the
// header. Without any, the first line is the header unless it holds values.
func (s *Sheet) findHeader(forced bool) (int, bool) {
	best, known := 0, 0
	var buf []string
	for i := range min(len(s.rows), 10) {
		buf = s.Row(i, buf)
		n := 0
		for _, h := range buf {
			if len(h) < 80 && headerKnown(h) {
				n++
			}
		}
		if n > known && (i == 0 || n >= 2) {
			best, known = i, n
		}
	}
	if known > 0 || forced {
		return best, true
	}
	buf = s.Row(0, buf)
	values := 0
	for _, h := range buf {
		h = tidy(h)
		if h == "" {
			continue
		}
		if looksLikeValue(h) {
			values++
		}
	}
	return 0, values == 0
}

// fingerprint names the columns' shape: the folded names in order, periods of
// totals left out, so that next month's file finds its mapping again.
func (s *Sheet) fingerprint() string {
	h := fnv.New64a()
	for _, name := range s.Header {
		f := Fold(name)
		if p, ok := periodOf(name); ok && p != "" {
			f = "#total"
		}
		_, _ = h.Write([]byte(f + "\n"))
	}
	if s.NoHeader {
		_, _ = h.Write([]byte("#" + strconv.Itoa(s.Width)))
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Preview returns the first lines, decoded, cells cut at 200 characters.
func (s *Sheet) Preview(n int) [][]string {
	out := make([][]string, 0, min(n, len(s.rows)))
	for i := range min(n, len(s.rows)) {
		row := s.Row(i, nil)
		for j, c := range row {
			row[j] = cut(tidy(c), 200)
		}
		out = append(out, row)
	}
	return out
}
