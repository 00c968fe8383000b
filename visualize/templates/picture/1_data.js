/* What the page holds, in which words it says it, and what of it is shown at present. */
const page = document.documentElement;
const data = JSON.parse(document.getElementById("data").textContent);
const container = document.getElementById("drawing");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const byId = (id) => document.getElementById(id);
const language = () => page.dataset.language;
const pick = (pair) => pair[language() === "en" ? 1 : 0];
const say = (word, values = {}) => pick(data.words[word]).replace(/\{(\w+)\}/g, (_, name) => values[name]);

const things = new Map([...data.nodes, ...data.groups].map((thing) => [thing.id, thing]));
const lines = new Map(data.edges.map((edge) => [edge.id, edge]));
const home = new Map(data.groups.flatMap((group) => group.members.map((member) => [member, group.id])));
const ranked = [...things.values()].sort((a, b) => a.rank - b.rank);
const spine = new Set(data.spine);
const linesOf = new Map(data.nodes.map((node) => [node.id, []]));
data.edges.forEach((edge) => {
  linesOf.get(edge.from).push(edge);
  if (edge.to !== edge.from) { linesOf.get(edge.to).push(edge); }
});

/* `hidden` are types, `unfolded` groups; `day` is a date or empty (all dates); `focus` is the thing that was chosen. */
const state = { hidden: new Set(), unfolded: new Set(), day: "", focus: "", line: "", query: "" };

const isGroup = (thing) => thing.members !== undefined;
const caption = (thing) => (isGroup(thing) ? groupCaption(thing) : pick(thing.caption));
const typeLabel = (thing) => pick(data.types[thing.type].label);
const lineLabel = (edge) => pick(data.ties[edge.type]);

function groupCaption(group) {
  const count = group.members.length.toLocaleString("en");
  return say(state.unfolded.has(group.id) ? "fold" : "more", { type: typeLabel(group), count });
}

/* Dates are inclusive and may be partial: 2020-08 lasts to its last day. */
const holds = (edge, day) => !day || ((!edge.start || edge.start <= day) && (!edge.end || day.slice(0, edge.end.length) <= edge.end));

const isShown = (thing) => !state.hidden.has(thing.type) && (!home.has(thing.id) || state.unfolded.has(home.get(thing.id)));

/* Where a node is seen: itself, or the group that it is folded into; nothing if its type is hidden. */
function seenAt(key) {
  const node = things.get(key);
  if (state.hidden.has(node.type)) { return ""; }
  const group = home.get(key);
  return group && !state.unfolded.has(group) ? group : key;
}

const linesShown = () => data.edges.filter((edge) => holds(edge, state.day) && seenAt(edge.from) && seenAt(edge.to));

/* The lines to draw: one by one, or one bundle for all between two things where there are too many or one of them is a group. */
function drawnLines() {
  const between = new Map();
  linesShown().forEach((edge) => {
    const [from, to] = [seenAt(edge.from), seenAt(edge.to)];
    if (from === to && edge.from !== edge.to) { return; }
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    if (!between.has(pair)) { between.set(pair, []); }
    between.get(pair).push(edge);
  });
  const drawn = [];
  between.forEach((edges, pair) => {
    const folded = home.has(edges[0].from) && seenAt(edges[0].from) !== edges[0].from;
    const into = home.has(edges[0].to) && seenAt(edges[0].to) !== edges[0].to;
    if (folded || into || (edges.length > data.parallel && !edges.some((edge) => edge.bold))) {
      const [from, to] = pair.split(" ");
      drawn.push({ id: `bundle ${pair}`, from, to, count: edges.length, ended: edges.every((edge) => edge.ended), edges });
    } else {
      edges.forEach((edge, at) => drawn.push({ ...edge, shift: (at - (edges.length - 1) / 2) * data.beside }));
    }
  });
  return drawn;
}

/* Who stands next to the chosen thing, itself included. */
function neighbourhood(key) {
  const near = new Set([key]);
  current.lines.forEach((line) => {
    if (line.from === key) { near.add(line.to); }
    if (line.to === key) { near.add(line.from); }
  });
  return near;
}

const current = { things: [], lines: [], byId: new Map(), near: new Set(), tied: new Set() };

const ready = (text) => text.toLocaleLowerCase();
const texts = (node) => ready([...node.caption, node.hint || "", node.reference || ""].join(" "));
const matches = (node) => state.query !== "" && texts(node).includes(state.query);
