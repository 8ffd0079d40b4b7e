package ui

import (
	"net/url"
	"strconv"
	"strings"

	"sillon/engine/query"
)

// A listState is what the client list shows, as its address tells it:
// /clients?q=dinan&filtre=due&poids=A&phase=C&p=4&tri=sales. The list can be
// linked, reloaded and come back to, without network.
type listState struct {
	Text     string
	Filter   string
	Weight   string
	Phase    string
	P        string
	R        string
	Category string
	Sort     string
	Asc      bool
	Scope    uint32 // one portfolio of those on the device; 0: all
	Who      string // the group behind a mark of a chart, by its key
	Risk     string // band of the risk of departure
	Type     string // of engagement
	View     string // "", pr, carte
	Tag      string
}

// names of the query string, in its order.
const (
	inText     = "q"
	inFilter   = "filtre"
	inWeight   = "poids"
	inPhase    = "phase"
	inP        = "p"
	inR        = "r"
	inCategory = "cat"
	inSort     = "tri"
	inAsc      = "sens"
	inScope    = "portefeuille"
	inWho      = "qui"
	inRisk     = "risque"
	inType     = "engagement"
	inView     = "vue"
	inTag      = "etiquette"
)

// savedFilters are the chips above the list, in their order.
var savedFilters = []string{"", "due", "win", "grow", "start", "unknown", "archived"}

// deepFilters are those that the analysis counts, after the first; they are
// shown once it has.
var deepFilters = []string{"leaving", "devourers", "eroding", "openings", "neglected", "late", "losing", "file"}

// engagements are the types of engagement.
var engagements = []string{"engaged", "fickle", "careful", "fleeing", "0"}

// sorts are the columns one can sort by, and whether their first tap goes up.
var sorts = map[string]bool{
	"score": false, "name": true, "weight": true, "phase": true, "pr": false,
	"sales": false, "penetration": true, "urgency": false, "last": true, "risk": false,
}

// parseList reads the query string; what it does not know it leaves out.
func parseList(v url.Values) listState {
	s := listState{
		Text:     strings.TrimSpace(v.Get(inText)),
		Weight:   keep(v.Get(inWeight), "ABC"),
		Phase:    keep(v.Get(inPhase), "DCMVPX0"),
		P:        keep(v.Get(inP), "01234"),
		R:        keep(v.Get(inR), "01234"),
		Category: keep(v.Get(inCategory), "1234"),
		Who:      groupKey(v.Get(inWho)),
		Filter:   among(v.Get(inFilter), savedFilters) + among(v.Get(inFilter), deepFilters),
		Risk:     among(v.Get(inRisk), []string{"0", "1", "2", "3"}),
		Type:     among(v.Get(inType), engagements),
		View:     among(v.Get(inView), []string{"pr", "carte"}),
		Tag:      oneLine(v.Get(inTag), 60),
	}
	if _, ok := sorts[v.Get(inSort)]; ok && v.Get(inSort) != "score" {
		s.Sort = v.Get(inSort)
	}
	s.Asc = v.Get(inAsc) == "asc"
	n, _ := strconv.ParseUint(v.Get(inScope), 10, 32)
	s.Scope = uint32(n)
	return s
}

// query writes what parseList reads, empty for the whole list by score.
func (s listState) query() string {
	var b strings.Builder
	put := func(name, value string) {
		if value == "" {
			return
		}
		b.WriteByte("?&"[min(b.Len(), 1)])
		b.WriteString(name + "=" + url.QueryEscape(value))
	}
	put(inText, s.Text)
	put(inFilter, s.Filter)
	put(inWeight, s.Weight)
	put(inPhase, s.Phase)
	put(inP, s.P)
	put(inR, s.R)
	put(inCategory, s.Category)
	put(inRisk, s.Risk)
	put(inType, s.Type)
	put(inTag, s.Tag)
	put(inWho, s.Who)
	put(inView, s.View)
	put(inSort, s.Sort)
	if s.Asc {
		put(inAsc, "asc")
	}
	if s.Scope != 0 {
		put(inScope, strconv.Itoa(int(s.Scope)))
	}
	return b.String()
}

// within is what keeps the address of a list in one portfolio, after its other
// criteria; empty for all.
func within(scope uint32) string {
	if scope == 0 {
		return ""
	}
	return "&" + inScope + "=" + strconv.Itoa(int(scope))
}

// The lists behind the counts that say clients, and those that say prospects.
const (
	theClients   = clientsPath + "?phase=DCMVX0"
	theProspects = clientsPath + "?phase=P"
	dueClients   = clientsPath + "?filtre=due&tri=urgency&phase=DCMVX0"
	dueProspects = clientsPath + "?filtre=due&tri=urgency&phase=P"
)

// who counts clients and prospects, each by its name.
func (e *Env) who(clients, prospects int) string {
	switch {
	case prospects == 0:
		return e.T("who.clients", clients)
	case clients == 0:
		return e.T("who.prospects", prospects)
	}
	return e.T("who.both", clients, prospects)
}

// ask is the question the worker answers.
func (s listState) ask(lang string, scope uint32, offset, limit int) query.ListAsk {
	if s.Scope != 0 {
		scope = s.Scope
	}
	filter := s.Filter
	if among(filter, deepFilters) != "" {
		filter = ""
	}
	return query.ListAsk{
		Who: s.behind(), Facts: true, Tag: s.Tag,
		Lang: lang, Scope: scope, Text: s.Text, Filter: filter, Weight: s.Weight, Phase: s.Phase,
		P: s.P, R: s.R, Category: s.Category, Sort: s.Sort, Asc: s.Asc, Offset: offset, Limit: limit,
	}
}

// behind are the criteria that only the analysis knows, one a line.
func (s listState) behind() string {
	keys := s.Who
	for _, k := range [...][2]string{{"chip:", among(s.Filter, deepFilters)}, {"chip:risk:", s.Risk}, {"chip:type:", s.Type}} {
		if k[1] == "" {
			continue
		}
		if keys != "" {
			keys += "\n"
		}
		keys += k[0] + k[1]
	}
	return keys
}

// parseQuery is parseList of a query string.
func parseQuery(query string) listState {
	v, err := url.ParseQuery(strings.TrimPrefix(query, "?"))
	if err != nil {
		return listState{}
	}
	return parseList(v)
}

// oneLine is a text of one line and of a reasonable length.
func oneLine(s string, most int) string {
	if s = strings.TrimSpace(s); len(s) > 4*most || strings.ContainsAny(s, "\n\r\t") {
		return ""
	}
	return s
}

// groupKey is a key of one line and of a reasonable length.
func groupKey(key string) string {
	if len(key) > 200 || strings.ContainsAny(key, "\n\r") || strings.HasPrefix(key, "chip:") {
		return ""
	}
	return key
}

// among returns s when it is one of those allowed.
func among(s string, allowed []string) string {
	for _, a := range allowed {
		if s == a {
			return s
		}
	}
	return ""
}

// sortBy sorts by a column, or turns the order when it is already the one.
func (s listState) sortBy(column string) listState {
	now := s.Sort
	if now == "" {
		now = "score"
	}
	s.Asc = column == now && !s.Asc || column != now && sorts[column]
	s.Sort = column
	if column == "score" {
		s.Sort = ""
	}
	return s
}

// without takes one criterion off, by the name List.Narrow gives it.
func (s listState) without(criterion string) listState {
	switch {
	case criterion == "":
	case criterion == s.Who, criterion == "who":
		s.Who = ""
		return s
	case criterion == "chip:risk:"+s.Risk, criterion == "risk":
		s.Risk = ""
		return s
	case criterion == "chip:type:"+s.Type, criterion == "type":
		s.Type = ""
		return s
	case criterion == "chip:"+s.Filter:
		s.Filter = ""
		return s
	}
	switch criterion {
	case "text":
		s.Text = ""
	case "filter":
		s.Filter = ""
	case "weight":
		s.Weight = ""
	case "phase":
		s.Phase = ""
	case "p":
		s.P = ""
	case "r":
		s.R = ""
	case "category":
		s.Category = ""
	case "tag":
		s.Tag = ""
	case "scope":
		s.Scope = 0
	default:
		return listState{Sort: s.Sort, Asc: s.Asc, View: s.View}
	}
	return s
}

// narrowed reports whether any criterion leaves clients out.
func (s listState) narrowed() bool {
	s.Sort, s.Asc, s.View = "", false, ""
	return s != listState{}
}

// keep returns the letters of s that are among those allowed, once each and in
// their order.
func keep(s, allowed string) string {
	var b strings.Builder
	for _, c := range allowed {
		if strings.ContainsRune(s, c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}
