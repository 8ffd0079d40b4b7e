package intake

import "bytes"

// RefusedFile writes the lines that were left out as a CSV with the reason in
// one more column, in the file's own encoding: the lines are the bytes that
// came. word says an issue in the user's language, head names the new column.
func (r *Result) RefusedFile(head string, word func(Issue) string) []byte {
	s := r.sheet
	var out bytes.Buffer
	eol := "\n"
	if s.crlf {
		eol = "\r\n"
	}
	text := func(t string, windows bool) {
		if windows {
			out.Write(toWindows(t))
			return
		}
		out.WriteString(t)
	}
	cell := func(t string, windows bool) {
		out.WriteByte(s.Separator)
		text(Quote(Neutral(t), s.Separator), windows)
	}
	whole := s.Encoding == Windows
	if s.BOM && s.Encoding == UTF8 {
		out.WriteString("\xef\xbb\xbf")
	}
	if !s.NoHeader {
		out.Write(bytes.TrimRight(s.data[s.head.from:s.head.to], "\r\n"))
		cell(head, whole)
		out.WriteString(eol)
	}
	var cells []string
	for _, l := range r.left {
		if l.row < 0 {
			continue
		}
		out.Write(bytes.TrimRight(s.Raw(int(l.row)), "\r\n"))
		for cells = s.Row(int(l.row), cells); len(cells) < s.Width; cells = append(cells, "") {
			out.WriteByte(s.Separator) // the reason stays in its own column
		}
		cell(word(l.why), s.rows[l.row].windows)
		out.WriteString(eol)
	}
	switch s.Encoding {
	case UTF16LE, UTF16BE:
		big := s.Encoding == UTF16BE
		return append(toUTF16("\ufeff", big), toUTF16(out.String(), big)...)
	}
	return out.Bytes()
}

// LeftOut counts the lines of the file of refused lines.
func (r *Result) LeftOut() int { return len(r.left) }
