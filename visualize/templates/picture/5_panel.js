/* What changes the drawing: the legend's types, the search, the day. */
function drawLegend() {
  document.querySelectorAll("#legend button[data-type]").forEach((button) => {
    button.setAttribute("aria-pressed", String(!state.hidden.has(button.dataset.type)));
  });
}

document.querySelectorAll("#legend button[data-type]").forEach((button) => {
  button.addEventListener("click", () => {
    const { type } = button.dataset;
    if (!state.hidden.delete(type)) { state.hidden.add(type); }
    if (state.focus && state.hidden.has(things.get(state.focus).type)) { state.focus = ""; }
    refresh(); drawLegend(); drawTables(); tell();
  });
});

const search = byId("search");
search.addEventListener("input", () => {
  state.query = ready(search.value.trim());
  const hits = data.nodes.filter(matches);
  byId("hits").textContent = state.query ? say("hits", { count: hits.length.toLocaleString("en") }) : "";
  window_.nodes = 0; window_.edges = 0;
  lastScale = 0; network.redraw(); drawTables();
});
search.addEventListener("keydown", (event) => {
  const hit = ranked.find((thing) => !isGroup(thing) && matches(thing));
  if (event.key === "Enter" && hit) { chooseThing(hit.id, true); }
  if (event.key === "Escape") { search.value = ""; search.dispatchEvent(new Event("input")); }
});

/* The slider runs over the days on which something begins or ends; at its left end all dates count. */
const slider = byId("day"), DAY = 86400000;
const { days, begins } = data;
let playing = 0;

function setDay(day) {
  state.day = day;
  const text = day || say("allDays");
  byId("today").textContent = text;
  slider.setAttribute("aria-valuetext", text);
  refresh(); drawTables(); tell();
}

function stopPlaying() {
  window.clearInterval(playing); playing = 0;
  byId("play").setAttribute("aria-pressed", "false");
}

function play() {
  if (playing) { stopPlaying(); return; }
  let at = 0;
  byId("play").setAttribute("aria-pressed", "true");
  const next = () => {
    if (at >= begins.length) { stopPlaying(); return; }
    const day = begins[at];
    slider.value = String(dayNumber(day)); setDay(day); at += 1;
  };
  next();
  playing = window.setInterval(next, 1100);
}

const dayNumber = (day) => Math.round((Date.parse(day) - Date.parse(days[0])) / DAY) + 1;

if (days.length) {
  byId("time").hidden = false;
  slider.max = String(dayNumber(days[days.length - 1]));
  slider.addEventListener("input", () => {
    stopPlaying();
    const number = Number(slider.value);
    setDay(number ? new Date(Date.parse(days[0]) + (number - 1) * DAY).toISOString().slice(0, 10) : "");
  });
  byId("play").addEventListener("click", play);
}
