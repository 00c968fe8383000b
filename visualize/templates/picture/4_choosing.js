/* Choosing: a thing or a line, by pointer, keyboard or table; what is known of it stands beside the drawing. */
const detail = byId("detail");

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) { made.textContent = text; }
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

function chooseThing(key, move = false) {
  const thing = things.get(key);
  if (isGroup(thing)) { unfold(key); return; }
  if (home.has(key)) { state.unfolded.add(home.get(key)); }
  state.hidden.delete(thing.type);
  state.focus = key; state.line = "";
  refresh(); drawLegend(); drawTables(); tell();
  if (move) { goTo(key); }
}

function chooseLine(line) {
  state.line = line.id; state.focus = "";
  refresh(); drawTables(); tell(line);
}

function letGo() {
  if (!state.focus && !state.line) { return; }
  state.focus = ""; state.line = "";
  network.unselectAll();
  refresh(); drawTables(); tell();
}

function unfold(key) {
  state.focus = ""; state.line = "";
  if (!state.unfolded.delete(key)) { state.unfolded.add(key); }
  refresh(); drawTables();
  tell();
  whole();
}

function tell(line) {
  detail.replaceChildren();
  if (line) {
    const ends = [line.from, line.to].map((key) => caption(things.get(key)));
    detail.append(element("h2", ends.join(` ${line.count ? "—" : "→"} `)), element("p", line.count ? say("lines", { count: line.count }) : lineTitle(line)));
    return;
  }
  const node = things.get(state.focus);
  if (!node) { detail.append(element("p", say("hint"))); return; }
  detail.append(element("h2", pick(node.caption)), element("p", nodeTitle(node).split("\n").slice(1).concat(typeLabel(node)).join(" · ")));
  const list = element("ul");
  linesOf.get(node.id).filter((edge) => holds(edge, state.day)).slice(0, 12).forEach((edge) => {
    const other = edge.from === node.id ? edge.to : edge.from, item = element("li");
    const button = element("button", caption(things.get(other)), { type: "button" });
    button.addEventListener("click", () => chooseThing(other, true));
    item.append(`${lineLabel(edge)}${edge.when ? ` ${pick(edge.when)}` : ""} `, button);
    list.append(item);
  });
  detail.append(element("p", say("ties", { count: linesOf.get(node.id).length.toLocaleString("en") })), list);
}

network.on("click", (event) => {
  if (event.nodes.length) { chooseThing(event.nodes[0]); return; }
  const line = current.lines.find((each) => each.id === event.edges[0]);
  if (line) { chooseLine(line); } else { letGo(); }
});

/* The wheel scrolls the page until the drawing is chosen, so that nobody gets caught in it. */
container.addEventListener("pointerdown", () => network.setOptions({ interaction: { zoomView: true } }));
container.addEventListener("mouseleave", () => network.setOptions({ interaction: { zoomView: false } }));

/* By keyboard: arrows go to the nearest card that way, Enter chooses it or unfolds it, + and − zoom, 0 shows all, Escape lets go. */
let cursor = "";
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function step([dx, dy]) {
  const from = things.get(cursor) || current.things[0];
  let best = null, least = Infinity;
  current.things.forEach((thing) => {
    const along = (thing.x - from.x) * dx + (thing.y - from.y) * dy, beside = Math.abs((thing.x - from.x) * dy) + Math.abs((thing.y - from.y) * dx);
    const cost = along + 3 * beside;
    if (thing.id !== from.id && along > 1 && cost < least) { best = thing; least = cost; }
  });
  if (best || !cursor) { moveCursor((best || from).id); }
}

function moveCursor(key) {
  cursor = key;
  network.setSelection({ nodes: [key], edges: [] }, { highlightEdges: false });
  byId("spoken").textContent = `${caption(things.get(key))} ${typeLabel(things.get(key))}`;
}

const KEYS = { "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: whole, Escape: () => { cursor = ""; letGo(); } };
container.addEventListener("keydown", (event) => {
  const way = WAYS[event.key];
  if (way) { step(way); } else if ((event.key === "Enter" || event.key === " ") && cursor) { chooseThing(cursor); } else if (KEYS[event.key]) { KEYS[event.key](); } else { return; }
  event.preventDefault();
});
