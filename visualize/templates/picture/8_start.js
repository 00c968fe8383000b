/* Language, colours, size; then the first drawing. */
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function setTheme(name) {
  page.dataset.theme = name;
  readColors(); refresh();
}

function setLanguage(name) {
  page.dataset.language = name;
  page.lang = name === "en" ? "en" : "zh-CN";
  search.placeholder = say("search");
  document.title = pick(data.title);
  widths.clear();
  setDay(state.day);
}

byId("theme").addEventListener("click", () => setTheme(page.dataset.theme === "dark" ? "light" : "dark"));
byId("language").addEventListener("click", () => setLanguage(language() === "zh" ? "en" : "zh"));
byId("nearer").addEventListener("click", () => zoom(1.25));
byId("farther").addEventListener("click", () => zoom(0.8));
byId("whole").addEventListener("click", whole);
window.addEventListener("resize", whole);
dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));

page.dataset.theme = dark.matches ? "dark" : "light";
readColors();
setLanguage(language());
whole();
window.lianyinPicture = {
  network, nodes, edges, data, state,
  /* The words that are seen: where, how large (screen pixels), and of what. */
  labels() {
    const scale = settle(), corner = network.canvasToDOM({ x: 0, y: 0 });
    return [...placed].filter(([, card]) => card.lines.length).map(([key, card]) => {
      const thing = things.get(key), x = corner.x + thing.x * scale, y = corner.y + thing.y * scale;
      return { key, left: x - card.width / 2, right: x + card.width / 2, top: y - card.height / 2, bottom: y + card.height / 2, size: card.size };
    });
  },
  at: (key) => network.canvasToDOM(things.get(key)),
};
page.dataset.drawn = "true";
