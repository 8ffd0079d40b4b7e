package part

import "github.com/maxence-charriere/go-app/v10/pkg/app"

// icons are the inside of a 24-grid SVG; strokes of 1.75 come from the class.
var icons = map[string]string{
	"sun":       `<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4"/>`,
	"users":     `<path d="M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2"/><circle cx="9" cy="7" r="4"/><path d="M22 21v-2a4 4 0 0 0-3-3.87M16 3.13a4 4 0 0 1 0 7.75"/>`,
	"curve":     `<path d="M3 20h18"/><path d="M3 16c4 0 4.5-11 9-11s5 11 9 11"/>`,
	"calendar":  `<rect x="3" y="4" width="18" height="17" rx="2.5"/><path d="M8 2v4M16 2v4M3 10h18"/>`,
	"grid":      `<rect x="3" y="3" width="7" height="7" rx="1.5"/><rect x="14" y="3" width="7" height="7" rx="1.5"/><rect x="3" y="14" width="7" height="7" rx="1.5"/><rect x="14" y="14" width="7" height="7" rx="1.5"/>`,
	"plus":      `<path d="M12 5v14M5 12h14"/>`,
	"minus":     `<path d="M5 12h14"/>`,
	"check":     `<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
	"close":     `<path d="M6 6l12 12M18 6 6 18"/>`,
	"left":      `<path d="m15 6-6 6 6 6"/>`,
	"right":     `<path d="m9 6 6 6-6 6"/>`,
	"down":      `<path d="m6 9 6 6 6-6"/>`,
	"up-arrow":  `<path d="M12 19V5M6 11l6-6 6 6"/>`,
	"dn-arrow":  `<path d="M12 5v14M6 13l6 6 6-6"/>`,
	"arrow":     `<path d="M5 12h14M13 6l6 6-6 6"/>`,
	"cloud":     `<path d="M17.5 19a4.5 4.5 0 1 0 0-9h-1.3A7 7 0 1 0 7.5 19z"/><path d="m9 13.5 2 2 4-4"/>`,
	"cloud-off": `<path d="m3 3 18 18"/><path d="M6.5 8.2A5.5 5.5 0 0 0 7.5 19h10c.5 0 1-.1 1.5-.2M21.3 16.9A4.5 4.5 0 0 0 17.5 10h-1.3A7 7 0 0 0 10 5.1"/>`,
	"sync":      `<path d="M3 12a9 9 0 0 1 15-6.7L21 8"/><path d="M21 3v5h-5M21 12a9 9 0 0 1-15 6.7L3 16"/><path d="M3 21v-5h5"/>`,
	"warn":      `<path d="M12 3 2 20h20z"/><path d="M12 10v4M12 17v.01"/>`,
	"info":      `<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 8v.01"/>`,
	"clock":     `<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>`,
	"target":    `<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="5"/><circle cx="12" cy="12" r="1"/>`,
	"bulb":      `<path d="M9 18h6M10 22h4"/><path d="M15 14.5c.2-1 .7-1.7 1.5-2.5A6 6 0 1 0 6 8c0 1.5.5 2.7 1.5 4 .8.8 1.3 1.5 1.5 2.5"/>`,
	"phone":     `<path d="M22 16.9v3a2 2 0 0 1-2.2 2A19.8 19.8 0 0 1 2.1 4.2 2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 1.9.7 2.8a2 2 0 0 1-.5 2.1L8 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.6 2.8.7a2 2 0 0 1 1.8 2z"/>`,
	"mail":      `<rect x="2" y="4" width="20" height="16" rx="2.5"/><path d="m22 7-10 6L2 7"/>`,
	"navigate":  `<path d="M3 11 22 2l-9 19-2-8z"/>`,
	"car":       `<path d="M19 17h2v-4.5a2 2 0 0 0-1.5-1.9L17 10l-2.3-3.4A2 2 0 0 0 13 5.8H7a2 2 0 0 0-1.8 1.1L3.5 10A3 3 0 0 0 3 11.8V17h2"/><circle cx="7" cy="17" r="2"/><circle cx="17" cy="17" r="2"/><path d="M9 17h6"/>`,
	"cart":      `<circle cx="9" cy="20" r="1.3"/><circle cx="18" cy="20" r="1.3"/><path d="M2 3h3l2.5 12h11L21 7H6"/>`,
	"door":      `<path d="M13 4h5a1 1 0 0 1 1 1v15M4 20h17M5 20V5l8-2v17M10 11v1"/>`,
	"file":      `<path d="M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8z"/><path d="M14 2v6h6"/>`,
	"search":    `<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>`,
	"trend":     `<path d="m3 17 6-6 4 4 8-8"/><path d="M15 7h6v6"/>`,
	"drop":      `<path d="m3 7 6 6 4-4 8 8"/><path d="M15 17h6v-6"/>`,
	"lock":      `<rect x="4" y="11" width="16" height="10" rx="2.5"/><path d="M8 11V7.5a4 4 0 0 1 8 0V11"/>`,
	"undo":      `<path d="M9 14 4 9l5-5"/><path d="M4 9h10a6 6 0 0 1 0 12h-3"/>`,
	"gear":      `<circle cx="12" cy="12" r="3"/><path d="M12 2.5v3M12 18.5v3M4 7l2.6 1.5M17.4 15.5 20 17M4 17l2.6-1.5M17.4 8.5 20 7"/>`,
	"more":      `<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>`,
	"down-to":   `<path d="M12 3v12M7 10l5 5 5-5M4 21h16"/>`,
	"up-from":   `<path d="M12 15V3M7 8l5-5 5 5M4 21h16"/>`,
	"pen":       `<path d="M12 20h9"/><path d="M16.5 3.5a2.1 2.1 0 0 1 3 3L7 19l-4 1 1-4z"/>`,
	"filter":    `<path d="M3 5h18M6 12h12M10 19h4"/>`,
	"list":      `<path d="M8 6h13M8 12h13M8 18h13M3.5 6h.01M3.5 12h.01M3.5 18h.01"/>`,
	"table":     `<rect x="3" y="3" width="18" height="18" rx="2"/><path d="M3 9h18M3 15h18M9 3v18M15 3v18"/>`,
	"print":     `<path d="M6 9V3h12v6M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2"/><rect x="6" y="14" width="12" height="8" rx="1"/>`,
	"map":       `<path d="m3 6 6-3 6 3 6-3v15l-6 3-6-3-6 3zM9 3v15M15 6v15"/>`,
	"pin":       `<path d="M12 22s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12z"/><circle cx="12" cy="10" r="2.5"/>`,
	"book":      `<path d="M4 5a2 2 0 0 1 2-2h14v15H6a2 2 0 0 0-2 2z"/><path d="M4 20a2 2 0 0 0 2 2h14v-4"/>`,
	"star":      `<path d="m12 3 2.7 5.7 6.3.8-4.6 4.3 1.2 6.2L12 17l-5.6 3 1.2-6.2L3 9.5l6.3-.8z"/>`,
	"tablet":    `<rect x="4" y="2" width="16" height="20" rx="2.5"/><path d="M11 18.5h2"/>`,
	"store":     `<ellipse cx="12" cy="5.5" rx="8" ry="3"/><path d="M4 5.5v13c0 1.7 3.6 3 8 3s8-1.3 8-3v-13M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3"/>`,
	"shield":    `<path d="M12 22s8-3.5 8-10V5l-8-3-8 3v7c0 6.5 8 10 8 10z"/>`,
	"bolt":      `<path d="M13 2 4 14h7l-1 8 9-12h-7z"/>`,
	"eye":       `<path d="M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7-10-7-10-7z"/><circle cx="12" cy="12" r="3"/>`,
	"eye-off":   `<path d="M3 3l18 18M10.6 6.1A10.4 10.4 0 0 1 12 6c6.5 0 10 6 10 6a17 17 0 0 1-3 3.6M6.3 7.7A16.4 16.4 0 0 0 2 12s3.5 7 10 7a10 10 0 0 0 4.3-1"/>`,
	"sprout":    `<path d="M12 21v-9"/><path d="M12 12c0-4-3-6-7-6 0 4 3 6 7 6zM12 9c0-3.5 2.5-5.5 7-5.5 0 4-2.5 6-7 6"/>`,
	"swap":      `<path d="M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4"/>`,
	"trash":     `<path d="M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6"/>`,
	"user":      `<circle cx="12" cy="8" r="4"/><path d="M4 21v-1a6 6 0 0 1 6-6h4a6 6 0 0 1 6 6v1"/>`,
	"building":  `<path d="M5 21V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v17M15 9h3a1 1 0 0 1 1 1v11M3 21h18M9 7h2M9 11h2M9 15h2"/>`,
	"globe":     `<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>`,
	"leave":     `<path d="M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4M16 17l5-5-5-5M21 12H9"/>`,
	"text":      `<path d="M4 7V5h16v2M12 5v14M9 19h6"/>`,
	"moon":      `<path d="M20 14a8 8 0 1 1-10-10 7 7 0 0 0 10 10z"/>`,
}

// OutcomeIcon names the icon of an outcome, by its number.
var OutcomeIcon = [...]string{"", "cart", "up-arrow", "minus", "dn-arrow", "door", "close", "clock"}

// Icon is a line icon of 20 px. It is decoration: what it means is said in
// words beside it, or in the label of its button.
func Icon(name string) app.UI { return icon(name, "ic") }

// IconS is an icon of 16 px.
func IconS(name string) app.UI { return icon(name, "ic s") }

// IconL is an icon of 24 px.
func IconL(name string) app.UI { return icon(name, "ic l") }

// IconSHTML is IconS as text.
func IconSHTML(name string) string { return iconHTML(name, "ic s") }

func icon(name, class string) app.UI { return app.Raw(iconHTML(name, class)) }

func iconHTML(name, class string) string {
	return `<svg class="` + class + `" viewBox="0 0 24 24" aria-hidden="true">` + icons[name] + `</svg>`
}

// Mark is the mark of Sillon: furrows under a sun.
func Mark(size string) app.UI {
	return app.Raw(`<svg width="` + size + `" height="` + size + `" viewBox="0 0 40 40" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true"><path d="M3 31C9 25 16 20 24 17.5"/><path d="M9 37C13 29 19 22.5 26.5 19"/><path d="M20 37.5C21.5 31 24.5 25 29.5 20.5"/><path d="M32 37C31.5 31.5 32 26.5 33.5 22"/><circle cx="30.5" cy="8.5" r="5" fill="currentColor" stroke="none"/></svg>`)
}
