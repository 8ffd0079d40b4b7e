// Sets theme, text size and language on <html> before the first paint, from
// what the user chose: sillon.theme (light, dark, auto, sun), sillon.text (per
// cent), sillon.lang (fr, en). Old syntax on purpose: it also runs in browsers
// that cannot run the application, so that the message telling them so reads well.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia && window.matchMedia("(prefers-color-scheme: dark)");

  function chosen(key) {
    try { return localStorage.getItem("sillon." + key); } catch (e) { return null; } // storage may be forbidden
  }

  function apply() {
    var theme = chosen("theme");
    if (theme !== "light" && theme !== "dark" && theme !== "sun") theme = dark && dark.matches ? "dark" : "light";
    root.setAttribute("data-theme", theme);
    root.lang = chosen("lang") === "en" ? "en" : "fr";
    var text = Number(chosen("text"));
    root.style.fontSize = text >= 80 && text <= 200 ? text + "%" : "";
    // a reader whose browser writes larger gets the layout of that size too
    var size = parseFloat(getComputedStyle(root).fontSize) / 16 * 100, step = 0;
    if (!text && size > 104) step = size <= 115 ? 115 : size <= 130 ? 130 : size <= 160 ? 160 : 200;
    if (step) root.style.setProperty("--text-size", step + "%");
    else root.style.removeProperty("--text-size");
    var bar = document.querySelector('meta[name="theme-color"]');
    if (bar) bar.content = { light: "#F6F4EE", dark: "#0E1512", sun: "#FFFFFF" }[theme];
  }

  apply();
  if (dark && dark.addEventListener) dark.addEventListener("change", apply);
  window.addEventListener("storage", apply); // chosen in another tab
  window.sillonTheme = { apply: apply }; // after writing one of the keys
})();
