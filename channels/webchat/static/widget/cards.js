/* Sheets as cards. Several cards are a list: for the eye a row that scrolls, for a screen reader a list with its length. */
import { day } from "./dates.js";
import { h, link } from "./dom.js";
import { T } from "./texts.js";

/** The lines of a message's text that its cards do not say again: a text is complete, for SMS and voice; a screen needs things once. */
export function linesBeside({ text, cards }) {
  const lines = text.split("\n").filter((line) => line.trim());
  const rest = lines.filter((line) => !(cards || []).some((card) => repeats(line, card)));
  return rest.length ? rest : lines;
}

/* The source of a card, its « à vérifier », or its title in a numbered list. */
function repeats(line, card) {
  if (line.startsWith("(")) return card.source ? line.startsWith(`(${T.source} : ${card.source.name}`) : line.startsWith(`(${T.unsourced}`);
  return line.replace(/^\d+\. /, "") === card.title;
}

/** The list of a message's cards, or null; `base` is where their addresses start. */
export function cardList({ text, cards }, base) {
  if (!cards?.length) return null;
  const many = cards.length > 1;
  return h("ul", { class: many ? "cards many" : "cards", role: "list", "aria-label": many ? T.cards(cards.length) : null },
    ...cards.map((card) => h("li", {}, oneCard(card, text, base))));
}

function oneCard(card, beside, base) {
  return h("article", { class: `card ${card.kind}`, dir: "auto" },
    h("p", { class: "kind" }, T.kinds[card.kind] || card.kind),
    h("h3", {}, card.title),
    card.subtitle && h("p", { class: "subtitle" }, card.subtitle),
    card.text && !beside.includes(card.text) && h("p", {}, card.text),
    links(card, base),
    source(card.source, base));
}

function links(card, base) {
  const list = [[card.url, T.read], [card.calendar_url, T.calendar], [card.map_url, T.map]].filter(([address]) => address);
  // The title makes each link tell what it opens, out of context.
  return list.length ? h("p", { class: "links" }, ...list.map(([address, label]) => link(address, label, base, ` : ${card.title}`))) : null;
}

function source(origin, base) {
  if (!origin) return h("p", { class: "source" }, T.unsourced);
  const name = origin.url ? link(origin.url, origin.name, base) : origin.name;
  return h("p", { class: "source" }, `${T.source} : `, name, origin.collected_on ? `, ${day(origin.collected_on)}` : "");
}
