// Package method holds the pages that explain each figure of the application
// to those who use it, one page per section of the method, in French and in
// English (aide de la méthode). The names of the pages are those of the
// sections, "a1" to "l"; those of no section are "exercises", "foresight",
// "year" (the twelve steps of the plan), "week" (its tours) and "places" (the
// map).
package method

import (
	"embed"
	"path"
	"slices"
	"strings"
)

//go:embed fr/*.md en/*.md glossary.*.md sources.*.md
var pages embed.FS

// Languages are the languages every page is written in.
var Languages = []string{"fr", "en"}

// Page returns the Markdown of a page; false when there is none.
func Page(lang, id string) (string, bool) {
	if lang == "" || id == "" || strings.ContainsAny(lang+id, "/.") {
		return "", false
	}
	b, err := pages.ReadFile(path.Join(lang, id+".md"))
	return string(b), err == nil
}

// Annexes are what the pages share: the words of the screens, each with the
// sections that explain it in parentheses at its end, and the sources that the
// pages cite by code.
var Annexes = []string{"glossary", "sources"}

// Annex returns the Markdown of one of the [Annexes]; false when there is none.
func Annex(lang, name string) (string, bool) {
	if !slices.Contains(Annexes, name) || !slices.Contains(Languages, lang) {
		return "", false
	}
	b, err := pages.ReadFile(name + "." + lang + ".md")
	return string(b), err == nil
}

// IDs returns the names of the pages, sorted.
func IDs() []string {
	var ids []string
	for _, lang := range Languages {
		entries, err := pages.ReadDir(lang)
		if err != nil {
			panic(err) // embedded
		}
		for _, e := range entries {
			ids = append(ids, strings.TrimSuffix(e.Name(), ".md"))
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
