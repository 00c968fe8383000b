"use strict";
// The start page: two ends, how they are connected, which rows say so, and the picture.
const answer = document.getElementById("answer");
const types = new Map(), relationshipTypes = new Map();
let unknown = null; // the box whose text names nobody
let stats = null, examples = [], turned = 0;
let again = () => {}; // draws what is shown once more, in another language

/** Asks the server. A failure is its problem document, thrown. */
async function ask(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null && value !== "") query.append(name, value);
  let response;
  try {
    response = await fetch(`${path}?${query}`, { signal, headers: { accept: "application/json", "accept-language": language } });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw { code: "unreachable", title_zh: WORDS.zh.unreachable, title_en: WORDS.en.unreachable, detail: "" };
  }
  const found = await response.json();
  if (!response.ok) throw found;
  return found;
}

const typeLabel = name => types.get(name)?.label[language] ?? name;
const colorOf = name => types.get(name)?.color ?? "#5c6b7a";
/** Styles are set by property: the page's policy allows no style attribute. */
const paint = (element, type) => { element.style.setProperty("--of-type", colorOf(type)); return element; };

const from = new Suggest(document.getElementById("from"), () => (to.value ? submit() : to.input.focus()));
const to = new Suggest(document.getElementById("to"), () => { if (from.value) submit(); });
const avoid = new Suggest(document.getElementById("avoid"), () => submit());
const search = new Suggest(document.getElementById("search"), node => openNode(node.id));

const SHORTEST = "all-shortest", NEAR = 4, LISTED = 20;
const kind = document.getElementById("kind");

/** What is asked beyond the two ends and the time: only what differs from the plain question. */
const conditions = () => ({ ...(kind.value === SHORTEST ? {} : { kind: kind.value }), ...(avoid.value ? { avoid: avoid.value } : {}) });

/** The parameters of that question; "all" has its own limit of hops, written in its name. */
const parametersOf = asked => ({ kind: SHORTEST, ...asked, ...(asked.kind === "simple" ? { max_hops: NEAR } : {}) });

function asOf() {
  const chosen = document.querySelector("input[name=as_of]:checked").value;
  return chosen === "day" ? document.getElementById("day").value || "any" : chosen;
}

function setAsOf(asked = "any") {
  const day = !["any", "now"].includes(asked);
  document.querySelector(`input[name=as_of][value=${day ? "day" : asked}]`).checked = true;
  if (day) document.getElementById("day").value = asked;
}

function setConditions({ kind: asked = SHORTEST, avoid: id = "" }) {
  kind.value = asked;
  if (!kind.value) kind.value = SHORTEST;
  avoid.set(id ? { id, caption: id } : null);
  document.getElementById("more").open ||= Boolean(id) || kind.value !== SHORTEST;
}

/** Shows what `make` builds when it is there; an older question that comes late is dropped. */
async function show(work, make) {
  const turn = ++turned;
  answer.setAttribute("aria-busy", "true");
  again = () => {};
  const slow = setTimeout(() => { if (turn === turned) answer.replaceChildren(el("p", { class: "wait" }, t().searching)); }, 250);
  let draw;
  try {
    const found = await work();
    draw = () => make(found);
  } catch (problem) {
    draw = () => problemCard(problem);
  }
  clearTimeout(slow);
  if (turn !== turned) return;
  again = () => answer.replaceChildren(...[draw()].flat());
  again();
  answer.setAttribute("aria-busy", "false");
  answer.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

function remember(state) {
  const hash = `#${new URLSearchParams(state)}`;
  if (location.hash !== hash) history.pushState(null, "", hash);
}

// ── paths ──────────────────────────────────────────────────────────────────

function submit() {
  unknown = null;
  const asked = { from: from.value, to: to.value, as_of: asOf(), ...conditions() };
  if (!asked.from || !asked.to) return;
  remember(asked);
  from.close(); to.close(); avoid.close();
  show(() => ask("/v1/paths", { ...parametersOf(asked), limit: LISTED }).catch(withNear), found => pathsAnswer(found, asked));
}

/** A name that nobody has: what it may mean goes with the problem. */
async function withNear(problem) {
  unknown = problem.code === "not-found" ? [from, to, avoid].find(box => box.value && !box.node && problem.detail_en?.includes(`'${box.value}'`)) ?? null : null;
  if (unknown) problem.candidates = (await ask("/v1/search", { text: unknown.value, limit: 6 })).hits;
  throw problem;
}

function pathsAnswer(found, asked) {
  const first = found.paths[0];
  if (!first) return [el("h2", {}, found.finished ? t().noPath : t().notFinished), el("p", { class: "lead" }, found.note ? found.note[language] : "")];
  const ends = [first.nodes[0], first.nodes[first.nodes.length - 1]];
  const title = el("h2", { class: "ends" }, captionOf(ends[0]), el("i", { "aria-hidden": "true" }, "⟷"), captionOf(ends[1]));
  const said = [t().found(found.kind, lengths(found.paths), found.total, found.paths.length), t().limits[found.limit], asked.avoid && t().avoided(avoid.input.value), t().dataDate(found.data_date)];
  const counted = el("p", { class: "count" }, said.filter(Boolean).join(" · "));
  const alike = new Set(found.paths.map(path => path.hops)).size === 1;
  const paths = el("div", { class: "paths" }, ...found.paths.map((path, at) => pathCard(path, at, found.paths.length, alike)));
  return [title, counted, el("div", { class: "both" }, paths, pictureCard(parametersOf(asked)))];
}

/** `3`, or `3–5` where the paths differ. */
function lengths(paths) {
  const hops = paths.map(path => path.hops), least = Math.min(...hops), most = Math.max(...hops);
  return least === most ? `${least}` : `${least}–${most}`;
}

function pathCard(path, at, number, alike) {
  const line = el("ol", { class: "line" });
  path.nodes.forEach((node, place) => {
    line.append(paint(el("li", { class: "node" }, nodeButton(node), el("span", { class: "type" }, typeLabel(node.type))), node.type));
    if (place < path.relationships.length) line.append(hop(path.relationships[place], node));
  });
  const words = el("p", { class: "words" }, path.text[language]);
  if (number === 1) return el("article", { class: "path card" }, words, line);
  const through = path.nodes.slice(1, -1).map(captionOf).join(" → ");
  return el("details", { class: "path card", open: at === 0 }, el("summary", {}, el("b", {}, t().path(at + 1, alike ? 0 : path.hops)), ` ${through}`), words, line);
}

function hop(fact, node) {
  const known = relationshipTypes.get(fact.type);
  const label = known ? (fact.source === node.id ? known.label : known.inverse)[language] : fact.type;
  const rows = [...new Set(fact.sources.map(cell))];
  return el("li", { class: fact.ended ? "hop ended" : "hop" },
    el("span", { class: "what" }, label), " ", el("span", { class: "when" }, period(fact)),
    fact.parallel.length ? el("span", { class: "more" }, t().parallel(fact.parallel.length)) : "",
    rows.length ? el("span", { class: "rows" }, el("b", {}, t().source), ...rows.map(row => el("code", {}, row))) : "");
}

function nodeButton(node) {
  if (node.id.startsWith("withheld:")) return el("span", { class: "name" }, captionOf(node));
  return el("button", { type: "button", class: "name", "data-id": node.id, onclick: () => openNode(node.id) }, captionOf(node));
}

function pictureCard(asked) {
  const frame = el("iframe", { sandbox: "allow-scripts allow-downloads allow-modals", title: t().pictureOf });
  const alone = el("a", { target: "_blank", rel: "noopener" }, t().open);
  const names = el("input", { type: "checkbox" });
  const point = () => {
    const query = new URLSearchParams({ ...asked, language, audience: names.checked ? "internal" : "public" });
    frame.src = alone.href = `/v1/pictures?${query}`;
  };
  names.addEventListener("change", point);
  point();
  return el("figure", { class: "picture card" },
    el("figcaption", {}, el("b", {}, t().picture), el("label", {}, names, " ", t().names), alone), frame);
}

// ── one node ───────────────────────────────────────────────────────────────

function openNode(id) {
  remember({ node: id });
  search.close();
  const path = `/v1/nodes/${encodeURIComponent(id)}`;
  show(() => Promise.all([ask(path), ask(`${path}/why`)]), ([found, why]) => nodeAnswer(found, why));
}

function nodeAnswer(found, why) {
  const node = found.node;
  const head = paint(el("h2", { class: "ends one" }, captionOf(node), el("span", { class: "type" }, typeLabel(node.type))), node.type);
  const go = el("p", { class: "go" },
    el("button", { type: "button", onclick: () => { from.set(node); to.input.focus(); to.input.scrollIntoView({ block: "center" }); } }, t().startHere),
    el("button", { type: "button", onclick: () => { to.set(node); from.input.focus(); from.input.scrollIntoView({ block: "center" }); } }, t().endHere));
  const about = el("article", { class: "card" }, el("h3", {}, t().properties), properties(node),
    el("h3", {}, t().rows), el("ul", { class: "cells" }, ...[...new Set(why.sources.map(cell))].slice(0, 30).map(row => el("li", {}, el("code", {}, row)))));
  const total = t().relationships(found.total) + (found.truncated ? ` (${t().truncated}: ${t().listed(found.relationships.length)})` : "");
  const near = el("article", { class: "card" }, el("h3", {}, total), el("ul", { class: "near" }, ...found.relationships.map(neighbour)));
  return [head, el("p", { class: "count" }, el("code", {}, node.id)), go, el("div", { class: "both" }, el("div", { class: "paths" }, about, near), pictureCard({ around: node.id }))];
}

function properties(node) {
  const known = types.get(node.type)?.properties ?? {};
  const said = value => (value === true ? t().yes : value === false ? t().no : Array.isArray(value) ? value.join("、") : String(value));
  const pairs = Object.entries(node.properties).map(([name, value]) => [el("dt", {}, known[name]?.label[language] ?? name), el("dd", {}, said(value))]);
  return el("dl", {}, ...pairs.flat());
}

function neighbour(each) {
  const known = relationshipTypes.get(each.type);
  const label = known ? (each.direction === "out" ? known.label : known.inverse)[language] : each.type;
  return paint(el("li", { class: each.ended ? "ended" : "" }, el("span", { class: "what" }, label), nodeButton(each.other), el("span", { class: "type" }, typeLabel(each.other.type)), el("span", { class: "when" }, period(each))), each.other.type);
}

// ── what went wrong ────────────────────────────────────────────────────────

function problemCard(problem) {
  const title = problem.code === "ambiguous" ? t().ambiguous : problem.candidates?.length ? t().near : (language === "zh" ? problem.title_zh : problem.title_en) ?? t().oops;
  const candidates = (problem.candidates ?? []).map(node => paint(el("li", {}, el("button", { type: "button", class: "name", onclick: () => meant(node) }, node.caption),
    el("span", { class: "type" }, typeLabel(node.type)), el("span", { class: "hint" }, node.hint)), node.type));
  return [el("div", { class: "card problem", role: "alert" }, el("h2", {}, title),
    candidates.length ? el("ul", { class: "near" }, ...candidates) : el("p", {}, [problem.detail, problem.hint].filter(Boolean).join(" ")))];
}

/** Which box held the ambiguous name: the one whose text is the candidate's name and that nothing was chosen for. */
function meant(node) {
  const box = unknown ?? [from, to, avoid].find(each => !each.node && each.input.value.trim() === node.caption) ?? [from, to].find(each => !each.node);
  if (!box) { openNode(node.id); return; }
  unknown = null;
  box.set(node);
  submit();
}

// ── the frame ──────────────────────────────────────────────────────────────

function frame() {
  document.getElementById("about").textContent = stats ? t().about(stats) : "";
  const offered = document.getElementById("try");
  offered.hidden = examples.length === 0;
  offered.querySelector("ul").replaceChildren(...examples.map(row => el("li", {}, el("button", { type: "button", onclick: () => { from.set(row.from); to.set(row.to); submit(); } },
    `${captionOf(row.from)} → ${captionOf(row.to)}`))));
  if (stats?.nodes === 0) answer.replaceChildren(el("div", { class: "card" }, el("p", {}, t().empty), el("pre", {}, "lianyin ingest 文件夹/")));
}

function follow() {
  const state = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  if (state.node) openNode(state.node);
  else if (state.from && state.to) {
    setAsOf(state.as_of);
    setConditions(state);
    from.input.value = state.from; to.input.value = state.to;
    from.node = { id: state.from, caption: state.from }; to.node = { id: state.to, caption: state.to };
    for (const [box, id] of [[from, state.from], [to, state.to], [avoid, state.avoid]]) if (id) ask(`/v1/nodes/${encodeURIComponent(id)}`).then(found => { if (box.node?.id === id) { box.set(found.node); if (box === avoid) again(); } }, () => {});
    submit();
  } else { turned++; again = () => {}; answer.replaceChildren(); answer.setAttribute("aria-busy", "false"); }
}

/** What the page needs to speak; then what the address asks for; then what there is to try. */
async function begin() {
  const schema = await ask("/v1/schema");
  for (const each of schema.node_types) types.set(each.name, each);
  for (const each of schema.relationship_types) relationshipTypes.set(each.name, each);
  stats = await ask("/v1/stats");
  frame();
  follow();
  const found = await ask("/v1/connections", { from_type: "University", to_type: "Enterprise", via: "Person", limit: 200 });
  const pairs = found.rows.sort((a, b) => b.paths - a.paths);
  examples = pairs.filter((row, at) => pairs.findIndex(each => each.from.id === row.from.id) === at).slice(0, 3);
  frame();
}

document.getElementById("path-form").addEventListener("submit", event => { event.preventDefault(); submit(); });
document.getElementById("search-form").addEventListener("submit", event => { event.preventDefault(); if (search.value) openNode(search.value); });
document.getElementById("swap").addEventListener("click", () => {
  const [a, b, x, y] = [from.node, to.node, from.input.value, to.input.value];
  from.node = b; to.node = a; from.input.value = y; to.input.value = x;
  submit();
});
document.getElementById("day").addEventListener("input", () => { document.querySelector("input[name=as_of][value=day]").checked = true; });
for (const each of document.querySelectorAll("input[name=as_of], #day, #kind")) each.addEventListener("change", submit);
document.getElementById("avoid").addEventListener("change", () => { if (!avoid.input.value.trim()) { avoid.set(null); submit(); } });
document.getElementById("language").addEventListener("click", () => { turn(language === "zh" ? "en" : "zh"); frame(); again(); });
addEventListener("popstate", follow);
turn("zh");
begin().catch(problem => answer.replaceChildren(...problemCard(problem))).finally(() => { document.documentElement.dataset.ready = "true"; });
