"use strict";
// A box that suggests nodes while one types: the combobox pattern of WAI-ARIA, for the keyboard, the mouse and input methods alike.
const PAUSE = 90;

class Suggest {
  /** `chosen` is called with the node when one is chosen. */
  constructor(input, chosen) {
    this.input = input;
    this.chosen = chosen;
    this.node = null;
    this.hits = [];
    this.at = -1;
    this.list = el("ul", { id: `${input.id}-list`, role: "listbox", hidden: true });
    this.said = el("span", { class: "unseen", role: "status" });
    input.parentElement.append(this.list, this.said);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    input.addEventListener("input", event => { if (!event.isComposing) this.typed(); });
    input.addEventListener("compositionend", () => this.typed());
    input.addEventListener("keydown", event => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== input) this.close(); }, 150));
  }

  /** What to ask for: the id of the chosen node, else what stands in the box. */
  get value() { return this.node ? this.node.id : this.input.value.trim(); }

  set(node) {
    this.node = node;
    this.input.value = node ? captionOf(node) : "";
    this.close();
  }

  typed() {
    this.node = null;
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (!text) { this.close(); return; }
    this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const found = await ask("/v1/autocomplete", { text, limit: 8 }, this.asking.signal);
      if (this.input.value.trim() === text && document.activeElement === this.input) this.show(found.hits);
    } catch (problem) {
      if (problem.name !== "AbortError") this.close();
    }
  }

  show(hits) {
    this.hits = hits;
    this.at = -1;
    this.list.replaceChildren(...(hits.length ? hits.map((hit, at) => this.option(hit, at)) : [el("li", { class: "none" }, t().nothing)]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = hits.length ? t().suggestions(hits.length) : t().nothing;
  }

  option(hit, at) {
    const type = el("span", { class: "type" }, typeLabel(hit.type));
    paint(type, hit.type);
    const option = el("li", { role: "option", id: `${this.list.id}-${at}`, "aria-selected": "false", "data-id": hit.id },
      el("span", { class: "name" }, hit.caption), type, hit.hint ? el("span", { class: "hint" }, hit.hint) : "");
    option.addEventListener("mousedown", event => { event.preventDefault(); this.take(at); });
    return option;
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.list.hidden) { event.preventDefault(); this.close(); return; }
    if (!this.hits.length || this.list.hidden) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) { event.preventDefault(); this.mark((this.at + moves[event.key] + this.hits.length + (this.at < 0 && event.key === "ArrowUp" ? 1 : 0)) % this.hits.length); }
    else if (event.key === "Enter" && this.at >= 0) { event.preventDefault(); this.take(this.at); }
    else if (event.key === "Tab" && this.at >= 0) this.take(this.at);
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((each, number) => each.setAttribute("aria-selected", String(number === at)));
    const marked = this.list.children[at];
    marked.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", marked.id);
  }

  take(at) {
    const hit = this.hits[at];
    this.set(hit);
    this.chosen?.(hit);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.hits = [];
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
