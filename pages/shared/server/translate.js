// Streamlit's own strings in Chinese: exact matches and beginnings, from strings_zh.json.
(() => {
  // Where the server is: a page opened below / would otherwise be asked for it first, and say 404.
  window.__streamlit = { BACKEND_BASE_URL: new URL("../", document.currentScript.src).href };
  // Streamlit loads its icon font ahead of any icon; it comes when one is drawn.
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, text);
  const words = __WORDS__;
  const attributes = ["aria-label", "title", "placeholder", "alt"];
  const beginnings = Object.entries(words.prefix);

  const translated = (text) => {
    const plain = text.trim();
    if (plain in words.exact) return text.replace(plain, words.exact[plain]);
    for (const [english, chinese] of beginnings) {
      if (plain.startsWith(english)) {
        return words.whole.includes(english) ? chinese : text.replace(english, chinese);
      }
    }
    return null;
  };

  const attributesOf = (element) => {
    for (const name of attributes) {
      const old = element.getAttribute(name);
      const now = old && translated(old);
      if (now) element.setAttribute(name, now);
    }
  };

  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement?.closest("[data-testid=stHtml], .js-plotly-plot, textarea")) return;
      const now = translated(node.data);
      if (now) node.data = now;
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches("[data-testid=stHtml], .js-plotly-plot")) return;
      attributesOf(node);
      node.childNodes.forEach(visit);
    }
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") attributesOf(change.target);
      else if (change.type === "characterData") visit(change.target);
      else change.addedNodes.forEach(visit);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: attributes,
  });
})();
