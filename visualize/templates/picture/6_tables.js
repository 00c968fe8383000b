/* The tables say what the drawing shows, a window of rows at a time. */
const ROWS = 25;
const window_ = { edges: 0, nodes: 0 };

const listed = (node) => !state.hidden.has(node.type) && (!state.query || matches(node)) && (!state.focus || node.id === state.focus || linesOf.get(state.focus).some((edge) => edge.from === node.id || edge.to === node.id));

function listedLines() {
  const touches = (edge) => !state.focus || edge.from === state.focus || edge.to === state.focus;
  const found = (edge) => !state.query || matches(things.get(edge.from)) || matches(things.get(edge.to));
  return linesShown().filter((edge) => touches(edge) && found(edge));
}

function choosing(text, kind, key, act) {
  const cell = element("td"), button = element("button", text, { type: "button", [`data-${kind}`]: key });
  button.addEventListener("click", () => { act(); container.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" }); });
  cell.append(button);
  return cell;
}

function lineRow(edge) {
  const row = element("tr", undefined, { "data-edge": edge.id, class: edge.id === state.line ? "chosen" : "" });
  const tie = choosing(lineLabel(edge), "edge", edge.id, () => chooseLine(edge));
  if (edge.detail) { tie.append(element("br"), edge.detail); }
  const when = element("td", edge.when ? pick(edge.when) : "", { class: "when" });
  if (edge.standing) { when.append(" ", element("small", pick(edge.standing))); }
  const from = element("td");
  const list = element("ul", undefined, { class: "rows" });
  rows(edge).forEach((text) => list.append(element("li", text)));
  from.append(edge.rows ? list : "—");
  row.append(element("td", caption(things.get(edge.from))), tie, element("td", caption(things.get(edge.to))), when, from);
  return row;
}

function nodeRow(node) {
  const row = element("tr", undefined, { "data-node": node.id, class: node.id === state.focus ? "chosen" : "" });
  const note = [node.hint, node.reference, node.ring && pick(node.ring)].filter(Boolean).join(" · ");
  row.append(choosing(pick(node.caption), "node", node.id, () => chooseThing(node.id, true)), element("td", typeLabel(node)), element("td", note));
  return row;
}

function drawTable(kind, items, rowOf) {
  const first = Math.min(window_[kind], Math.max(0, Math.ceil(items.length / ROWS - 1) * ROWS));
  window_[kind] = first;
  document.querySelector(`#${kind} tbody`).replaceChildren(...items.slice(first, first + ROWS).map(rowOf));
  byId(`${kind}-count`).textContent = say("rows", {
    from: (items.length ? first + 1 : 0).toLocaleString("en"), to: Math.min(first + ROWS, items.length).toLocaleString("en"), count: items.length.toLocaleString("en"),
  });
  byId(`${kind}-back`).disabled = first === 0;
  byId(`${kind}-on`).disabled = first + ROWS >= items.length;
  byId(`${kind}-pager`).hidden = items.length <= ROWS;
}

function drawTables() {
  drawTable("edges", listedLines(), lineRow);
  drawTable("nodes", data.nodes.filter(listed), nodeRow);
}

["edges", "nodes"].forEach((kind) => {
  byId(`${kind}-back`).addEventListener("click", () => { window_[kind] -= ROWS; drawTables(); });
  byId(`${kind}-on`).addEventListener("click", () => { window_[kind] += ROWS; drawTables(); });
});
