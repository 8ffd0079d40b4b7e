package e2e

// accessJS runs in every page before its own scripts: it remembers who listens
// to what, and answers what no rule of axe asks.
const accessJS = `(() => {
	const listens = new WeakMap(), add = EventTarget.prototype.addEventListener;
	EventTarget.prototype.addEventListener = function (type, ...rest) {
		if (this instanceof Element) {
			if (!listens.has(this)) listens.set(this, new Set());
			listens.get(this).add(type);
		}
		return add.call(this, type, ...rest);
	};
	window.__moves = [];
	for (const kind of ["animationstart", "transitionrun"]) add.call(window, kind, e => {
		const lasts = e.target.getAnimations ? Math.max(0, ...e.target.getAnimations().map(a => a.effect.getComputedTiming().duration)) : 0;
		if (lasts > 0) window.__moves.push(kind + " " + name(e.target) + " " + lasts + " ms");
	}, true);

	const hears = (e, ...types) => listens.has(e) && types.some(t => listens.get(e).has(t));
	const seen = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: false}) && e.getClientRects().length > 0;
	const name = e => !e || !e.tagName ? "" + e : e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.getAttribute("class") ? "." + e.getAttribute("class").trim().replace(/\s+/g, ".") : "") + " “" + ((e.getAttribute("aria-label") || e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40)) + "”";
	const front = () => [...document.querySelectorAll("[role=dialog]")].pop() || document.body;
	const native = "a[href],button,input,select,textarea,summary";
	const stop = e => e.tabIndex >= 0 && !e.disabled && seen(e) && (e.matches(native) || e.hasAttribute("tabindex"));
	const stops = () => [...front().querySelectorAll(native + ",[tabindex]")].filter(stop);

	// What answers a pointer but no key; and what has been taken out of the order
	// of Tab with nothing beside it to reach it by arrows.
	const unreachable = () => {
		const out = [];
		for (const e of document.querySelectorAll("body *")) {
			if (!seen(e)) continue;
			if (hears(e, "click", "pointerdown", "mousedown", "touchstart") && !e.matches(native + ",label,form") && !e.matches(".scrim,.sheet-h")) {
				let keys = !!e.querySelector(native); // the container of controls, whose clicks come up to it
				for (let a = e; a; a = a.parentElement) keys = keys || hears(a, "keydown", "keyup") && (e.tabIndex >= 0 || !!e.querySelector("[tabindex='0']"));
				if (!keys) out.push("a pointer only: " + name(e));
			}
			if (e.matches(native + ",[role=link],[role=button],[role=slider]") && e.tabIndex < 0 && !e.disabled && e.closest(".chart-d,.seg,.day") === null) out.push("no key reaches " + name(e));
			if (e.matches(".seg") && e.querySelector("button") && ![...e.querySelectorAll("button,a")].some(b => b.tabIndex >= 0)) out.push("no stop in the choice " + name(e));
			if (e.matches("[data-go]") && !e.closest(".marks")) out.push("a mark that nobody listens to: " + name(e));
		}
		return out;
	};

	// The walk with Tab: what should be reached, and what it looks like before.
	let want, before, passed, last, same;
	const look = e => { let s = ""; for (let a = e, i = 0; a && i < 4; a = a.parentElement, i++) { const c = getComputedStyle(a); s += [c.boxShadow, c.outlineStyle, c.outlineWidth, c.outlineColor, c.backgroundColor, c.borderColor].join() + ";" } return s };
	const begin = () => { document.activeElement.blur(); passed = same = 0; last = null; want = new Set(stops()); before = new Map([...want].map(e => [e, look(e)])); return want.size };
	// What is wrong with an element that has the focus.
	const looked = e => {
		const bad = [];
		if (before.has(e) && look(e) === before.get(e)) bad.push("no sign of the focus on " + name(e));
		if (!seen(e)) bad.push("the focus on what is not seen: " + name(e));
		const r = e.getBoundingClientRect();
		if (r.width > 2 && r.height > 2) {
			const at = (x, y) => { const h = document.elementFromPoint(x, y); return h && (e.contains(h) || h.contains(e) || h.closest("label,.field") && h.closest("label,.field").contains(e)) };
			const l = Math.max(r.left, 0), t = Math.max(r.top, 0), w = Math.min(r.right, innerWidth) - l, h = Math.min(r.bottom, innerHeight) - t;
			if (w < 2 || h < 2) bad.push("the focus out of the window: " + name(e));
			else if (![[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].some(([a, b]) => at(l + a * w, t + b * h))) bad.push("the focus is hidden on " + name(e) + " by " + name(document.elementFromPoint(l + w / 2, t + h / 2)));
		}
		return bad;
	};
	// Keys follow each other: what takes the focus is noted at once, and looked at
	// once the browser has brought it into sight, if it is still there.
	// Going around, the focus leaves the page for the browser and comes back, and
	// the page may not know it yet: what looked wrong is looked at again, in calm.
	let walking = false, ended = false, suspects = new Set(), still = null;
	const reach = e => { const again = !want.has(e) && before.has(e) && e !== last; want.delete(e); if (again && (passed > 0 || want.size === 0 || front() !== document.body)) { ended = true; walking = false } same = e === last ? same + 1 : 0; if (same > 8) { ended = true; walking = false } last = e };
	add.call(document, "focusin", ev => {
		if (!walking) return;
		const e = ev.target;
		reach(e);
		setTimeout(() => { if (document.activeElement === e && looked(e).length) suspects.add(e) }, 0);
	}, true);
	add.call(document, "focusout", ev => { if (walking && !ev.relatedTarget) passed++ }, true);
	const walk = () => { const n = begin(); walking = true; ended = false; suspects = new Set(); still = null; return n };
	const walked = () => { // alone in a dialog, a stop keeps the focus, and nothing tells that Tab came back to it
		const e = document.activeElement;
		if (want.size === 0 && e === still && before.has(e) && front() !== document.body) { ended = true; walking = false }
		still = e;
		return ended;
	};
	const again = async () => {
		const out = new Set(), frame = () => new Promise(ok => requestAnimationFrame(() => setTimeout(ok, 0)));
		walking = false;
		for (const e of suspects) {
			if (!e.isConnected) continue;
			if (document.activeElement) document.activeElement.blur();
			await frame();
			before.set(e, look(e));
			e.focus({focusVisible: true});
			await frame();
			if (document.activeElement === e) looked(e).forEach(b => out.add(b));
		}
		return [...out];
	};
	const missed = () => [...want].filter(e => e.isConnected && stop(e)).map(name);

	// Text that is cut, that lies over another, that is out of the window.
	const clips = s => /hidden|clip/.test(s.overflowX) || /hidden|clip/.test(s.overflowY);
	const cut = short => {
		const out = new Set();
		for (const e of front().querySelectorAll("*")) {
			const s = getComputedStyle(e);
			if (e.closest("svg,.sr,.skip,.tblw") || e.matches(".cl-row .ph") || !clips(s) || !seen(e) || !e.textContent.trim()) continue;
			if (short && (s.textOverflow === "ellipsis" || s.webkitLineClamp !== "none")) continue;
			if (/hidden|clip/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline") out.add("cut at the right: " + name(e) + " " + e.scrollWidth + " in " + e.clientWidth);
			if (/hidden|clip/.test(s.overflowY) && e.scrollHeight > e.clientHeight + 3 && e.clientHeight > 0 && getComputedStyle(e).display !== "inline") out.add("cut below: " + name(e) + " " + e.scrollHeight + " in " + e.clientHeight);
		}
		return [...out];
	};
	const layer = e => { for (; e && e !== document.body; e = e.parentElement) { const p = getComputedStyle(e).position; if (p === "fixed" || p === "sticky") return e } return document.body };
	// What stays in place over a part of an element that scrolls.
	const under = e => {
		const r = e.getBoundingClientRect();
		for (const x of [r.left + 1, (r.left + r.right) / 2, r.right - 1]) for (const y of [r.top + 1, (r.top + r.bottom) / 2, r.bottom - 1]) {
			const h = document.elementFromPoint(x, y);
			if (h && !e.contains(h) && layer(h) !== layer(e) && layer(h) !== document.body && !layer(h).contains(e)) return true;
		}
		return false;
	};
	// What the scrollers and frames around an element leave of a rectangle.
	const left = (e, r) => {
		let {l, r: x, t, b} = r;
		for (let a = e; a && a !== document.body; a = a.parentElement) {
			const s = getComputedStyle(a);
			if (s.overflowX === "visible" && s.overflowY === "visible" || s.display === "inline") continue;
			const q = a.getBoundingClientRect();
			l = Math.max(l, q.left); x = Math.min(x, q.right); t = Math.max(t, q.top); b = Math.min(b, q.bottom);
		}
		return x - l > 1 && b - t > 1 ? {l, r: x, t, b} : null;
	};
	const words = () => {
		const out = [], walk = document.createTreeWalker(front(), NodeFilter.SHOW_TEXT), range = document.createRange();
		for (let n; (n = walk.nextNode());) {
			if (!n.data.trim()) continue;
			const e = n.parentElement;
			if (!e || e.closest(".sr,.skip,option,script,style,[hidden]") || !e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
			range.selectNodeContents(n);
			for (const r of range.getClientRects()) if (r.width > 1 && r.height > 1) {
				const part = left(e, {l: r.left, r: r.right, t: r.top + r.height * .22, b: r.bottom - r.height * .22});
				if (part) out.push({e, n, y: layer(e), ...part});
			}
		}
		return out;
	};
	const over = () => {
		const all = words().sort((a, b) => a.t - b.t), out = new Set();
		for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length && all[j].t < all[i].b; j++) {
			const a = all[i], b = all[j];
			if (a.n === b.n || a.y !== b.y) continue;
			const w = Math.min(a.r, b.r) - Math.max(a.l, b.l), h = Math.min(a.b, b.b) - Math.max(a.t, b.t);
			if (w > 2 && h > 2) out.add("“" + a.n.data.trim().slice(0, 30) + "” and “" + b.n.data.trim().slice(0, 30) + "” " + w.toFixed(0) + "×" + h.toFixed(0) + " in " + name(a.e.closest("svg,.card,section,div")).slice(0, 60));
		}
		return [...out];
	};
	const wide = () => {
		const out = new Set(), most = document.documentElement.clientWidth;
		if (document.scrollingElement.scrollWidth > most) {
			out.add("the page is " + document.scrollingElement.scrollWidth + " wide in " + most);
			const frames = a => { for (; a && a !== document.body; a = a.parentElement) if (getComputedStyle(a).overflowX !== "visible") return true };
			for (const e of document.querySelectorAll("main *")) if (seen(e) && e.getBoundingClientRect().right > most + 1 && !frames(e.parentElement)) out.add("as wide as " + e.getBoundingClientRect().right.toFixed(0) + ": " + name(e));
		}
		for (const w of words()) {
			if (w.r <= most + 1 && w.l >= -1) continue;
			let scrolls = false;
			for (let a = w.e; a && a !== document.body; a = a.parentElement) scrolls = scrolls || /auto|scroll/.test(getComputedStyle(a).overflowX) && a.scrollWidth > a.clientWidth;
			if (!scrolls) out.add("out of the window: " + name(w.e) + " " + w.l.toFixed(0) + " to " + w.r.toFixed(0));
		}
		return [...out];
	};

	// A drawing has a name that says something and, where it is a chart, its table
	// beside it.
	const charts = () => [...document.querySelectorAll("main svg,[role=dialog] svg")].filter(s => seen(s) && !s.closest("[aria-hidden=true]") && s.getAttribute("aria-hidden") !== "true").map(s => {
		const card = s.closest("section,.chart,.card,[role=dialog]"), button = card && [...card.querySelectorAll("button")].find(b => /en tableau|as a table/i.test(b.textContent));
		return {Role: s.getAttribute("role") || "", Name: s.getAttribute("aria-label") || "", Class: s.getAttribute("class") || "", Where: card ? (card.getAttribute("aria-label") || card.id || "") : "", Table: !!button || !!(card && card.querySelector("table")), Chart: s.matches(".chart-d svg") };
	});
	// In forced colours: what is on looks like what is off; a control without an
	// edge; a focus that nothing outlines.
	const shapeless = () => {
		const out = new Set(), face = e => { const s = getComputedStyle(e); return [s.backgroundColor, s.borderColor, s.color, s.outlineStyle, s.fontWeight].join() };
		for (const on of document.querySelectorAll("main [aria-pressed=true],[aria-current=page],[role=dialog] [aria-pressed=true]")) {
			if (!seen(on)) continue;
			const off = [...on.parentElement.querySelectorAll(":scope > " + on.tagName)].find(e => e !== on && e.getAttribute("aria-pressed") !== "true" && !e.hasAttribute("aria-current") && e.className === on.className);
			if (off && face(on) === face(off)) out.add("on looks like off: " + name(on));
		}
		for (const e of stops().slice(0, 60)) {
			e.focus();
			let lined = false;
			for (let a = e, i = 0; a && i < 3; a = a.parentElement, i++) { const s = getComputedStyle(a); lined = lined || s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 }
			if (!lined && document.activeElement === e && e.matches(":focus-visible")) out.add("no outline on " + name(e));
		}
		return [...out];
	};

	// What opens, closes or is pressed, in turn, and where the focus is afterwards.
	let held, told;
	const toggles = () => [...front().querySelectorAll("main [aria-expanded],main [aria-haspopup],main [aria-pressed],[role=dialog] [aria-expanded],[role=dialog] [aria-pressed]")].filter(stop);
	const take = i => { held = toggles()[i]; if (!held) return ""; held.focus(); told = name(held); return told };
	const after = () => { const e = document.activeElement; return !e || e === document.body ? "lost after " + told : e.closest("[role=dialog]") ? "dialog" : "" };

	window.access = {shapeless, toggles: () => toggles().length, take, after, unreachable, walk, walked, again, missed, under, cut, over, wide, charts, name, moves: () => window.__moves.splice(0)};
})();`
