"use strict";
// What the page says, in both languages, and how it says dates and rows. Everything that comes from the data goes in as text.
const FOUND = {
  zh: { "all-shortest": "最短路径", disjoint: "互不共用中间节点的路径", simple: "路径" },
  en: { "all-shortest": "shortest path", disjoint: "independent path", simple: "path" },
};
const WORDS = {
  zh: {
    skip: "跳到回答", searchLabel: "查一个名字", searchPlaceholder: "查人、单位、项目、代码", question: "谁把这两家连在一起？",
    lead: "写下两头：高校、企业、人或项目。答案写明通过谁、从何时起、哪一行说的。",
    from: "从", to: "到", fromPlaceholder: "如：一所高校（汉字、拼音、代码均可）", toPlaceholder: "如：一家企业", swap: "两头对调", go: "看怎样相连",
    when: "时间", whenAny: "全部，已结束的也算", whenNow: "今天有效的", whenDay: "某一天：", try: "图里就有，点开看看", local: "只限本机，不连外网", docs: "接口说明",
    other: "English", otherLang: "en", searching: "正在查…", nothing: "没有找到", suggestions: n => `${n} 个建议，用上下键选择`,
    about: s => `数据日期 ${s.data_date || "不详"} · ${s.nodes.toLocaleString()} 个节点 · ${s.relationships.toLocaleString()} 条关系`,
    empty: "图里还没有数据。先导入表格：", found: (kind, hops, total, shown) => (kind === "k-shortest" ? `由近到远 ${shown} 条路径，${hops} 步` :
      `相隔 ${hops} 步，` + FOUND.zh[kind] + (total === null ? "未数尽" : ` ${total.toLocaleString()} 条`) + (shown < (total ?? Infinity) ? `，列出 ${shown} 条` : "")),
    notFinished: "未算完，还没有查到路径；不等于没有",
    limits: { degree: "关系过多的节点没有经过", milliseconds: "时间到了，没有找全", work: "太多，没有找全", bytes: "太多，没有找全", count: "多得数不清", hops: "更远的没有找" },
    more: "更多条件", kind: "哪些路径", kindShortest: "最短的", kindBest: "最短的和稍远的", kindDisjoint: "互不相干的：一条断了还有别的", kindAll: "四步以内的全部", avoid: "避开（假如没有此人、此单位）", avoidPlaceholder: "如：一位专家", avoided: n => `避开 ${n}`,
    noPath: "没有路径", path: (n, hops) => `第 ${n} 条` + (hops ? `（${hops} 步）` : ""), source: "来源", row: n => `第${n}行`, dataDate: d => `数据日期 ${d || "不详"}`,
    since: d => `${d} 起`, until: d => `至 ${d}`, span: (a, b) => `${a} 至 ${b}`, ended: "已结束", endUnknown: "结束日期不详", startUnknown: "开始日期不详", undated: "日期不详",
    parallel: n => `另有 ${n} 条佐证`, picture: "画成图", pictureOf: "关系图", names: "图中显示姓名（仅供内部）", open: "单独打开", ambiguous: "有多个同名，请选您要的：", near: "没有这个名字。您要找的是不是：", oops: "出错了", unreachable: "服务没有回应。它还在运行吗？",
    relationships: n => `${n.toLocaleString()} 条关系`, listed: n => `列出 ${n} 条`, rows: "哪一行说的", properties: "情况", startHere: "从这里出发", endHere: "到这里", around: "周围画成图", truncated: "未列全", yes: "是", no: "否",
  },
  en: {
    skip: "Skip to the answer", searchLabel: "Find a name", searchPlaceholder: "Find a person, organisation, project or code", question: "Who connects these two?",
    lead: "Name two ends: a university, an enterprise, a person or a project. The answer says through whom, since when, and which row says so.",
    from: "From", to: "To", fromPlaceholder: "For example a university (characters, pinyin or code)", toPlaceholder: "For example an enterprise", swap: "Swap the ends", go: "Show the connection",
    when: "Time", whenAny: "all, ended ones too", whenNow: "valid today", whenDay: "on this day:", try: "In this graph: open one", local: "This machine only; nothing leaves it", docs: "API reference",
    other: "中文", otherLang: "zh-CN", searching: "Searching …", nothing: "Nothing found", suggestions: n => `${n} suggestions; choose with the arrow keys`,
    about: s => `Data of ${s.data_date || "unknown date"} · ${s.nodes.toLocaleString()} nodes · ${s.relationships.toLocaleString()} relationships`,
    empty: "The graph is empty. Load your tables first:", found: (kind, hops, total, shown) => (kind === "k-shortest" ? `${shown} path${shown === 1 ? "" : "s"}, the nearest first, ${hops} hops` :
      `${hops} hops apart, ` + (total === null ? `${FOUND.en[kind]}s not counted to the end` : `${total.toLocaleString()} ${FOUND.en[kind]}${total === 1 ? "" : "s"}`) + (shown < (total ?? Infinity) ? `, ${shown} listed` : "")),
    notFinished: "Not finished: no path was found yet, which does not mean that there is none",
    limits: { degree: "nodes with too many relationships were not passed", milliseconds: "time was over before all were found", work: "too many to find them all", bytes: "too many to find them all", count: "too many to count", hops: "longer ones were not looked for" },
    more: "More conditions", kind: "Which paths", kindShortest: "the shortest", kindBest: "the shortest and the next ones", kindDisjoint: "independent ones: if one breaks, another holds", kindAll: "all within four hops", avoid: "Avoid (as if this person or organisation were not there)", avoidPlaceholder: "For example an expert", avoided: n => `avoiding ${n}`,
    noPath: "No path", path: (n, hops) => `Path ${n}` + (hops ? ` (${hops} hops)` : ""), source: "Source", row: n => `row ${n}`, dataDate: d => `Data of ${d || "unknown date"}`,
    since: d => `since ${d}`, until: d => `until ${d}`, span: (a, b) => `${a} to ${b}`, ended: "ended", endUnknown: "end not known", startUnknown: "start not known", undated: "dates not known",
    parallel: n => `${n} more in evidence`, picture: "As a picture", pictureOf: "Picture", names: "Show names in the picture (internal use)", open: "Open by itself", ambiguous: "Several have this name. Which one do you mean?", near: "Nobody has this name. Did you mean:", oops: "Something is wrong", unreachable: "The server does not answer. Is it still running?",
    relationships: n => `${n.toLocaleString()} relationship${n === 1 ? "" : "s"}`, listed: n => `${n} listed`, rows: "Which rows say so", properties: "About", startHere: "Start here", endHere: "End here", around: "Draw what is around", truncated: "Not complete", yes: "yes", no: "no",
  },
};
let language = "zh";
const t = () => WORDS[language];

/** An element: attributes, then children; a string child is text, never markup. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter(child => child !== null && child !== ""));
  return made;
}

const captionOf = node => (language === "en" && node.caption_en) || node.caption;

/** When a relationship held. `unknown` names dates that should be known. */
function period(fact) {
  const w = t(), a = fact.valid_from, b = fact.valid_to, unknown = fact.unknown || [];
  const parts = [];
  if (a && b) parts.push(w.span(a, b));
  else if (a) parts.push(w.since(a), ...(unknown.includes("valid_to") ? [w.endUnknown] : []));
  else if (b) parts.push(w.until(b), ...(unknown.includes("valid_from") ? [w.startUnknown] : []));
  else if (unknown.length) parts.push(w.undated);
  if (fact.ended) parts.push(w.ended);
  return parts.join(language === "zh" ? "，" : ", ");
}

/** `花名册.xlsx [镇江] 第17行` */
const cell = row => `${row.file}${row.sheet ? ` [${row.sheet}]` : ""} ${t().row(row.row)}`;

function turn(to) {
  language = to;
  document.documentElement.lang = to === "zh" ? "zh-CN" : "en";
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = t()[each.dataset.t];
  for (const each of document.querySelectorAll("[data-placeholder]")) each.placeholder = t()[each.dataset.placeholder];
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", t()[each.dataset.label]);
  for (const each of document.querySelectorAll("[data-title]")) { each.title = t()[each.dataset.title]; each.setAttribute("aria-label", each.title); }
  const button = document.getElementById("language");
  button.textContent = t().other;
  button.lang = t().otherLang;
}
