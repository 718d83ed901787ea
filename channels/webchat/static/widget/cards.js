/* Sheets as cards. Several cards are a list: for the eye a row that scrolls, for a screen reader a list with its length. */
import { h, link } from "./dom.js";
import { T, day } from "./texts.js";

const NUMBER = /^\d+\. /;

/** The lines of a message's text that its cards and buttons do not say again: a text is complete, for SMS and voice; a screen shows things once. */
export function linesBeside({ text, cards = [], quick_replies: choices = [] }) {
  const lines = text.split("\n").filter((line) => line.trim());
  const named = [...cards.map((card) => card.title), ...choices.map((choice) => choice.label)];
  const shownBelow = lines.every((line) => !NUMBER.test(line) || named.includes(line.replace(NUMBER, "")));
  const first = shownBelow ? lines.findIndex((line) => NUMBER.test(line)) : -1;
  const lead = first > 0 && lines[first - 1].endsWith(":") ? lines[first - 1] : null; // « Des formations : » goes last, just above what it announces
  const rest = lines.filter((line) => line !== lead && !(shownBelow && NUMBER.test(line)) && !cards.some((card) => line.startsWith(sourceOf(card))));
  if (lead) rest.push(lead);
  return rest.length ? rest : lines;
}

const sourceOf = ({ source: origin }) => (origin ? `(${T.source} : ${origin.name}` : `(${T.unsourced}`);

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
  const list = [[card.url, T.read], [card.calendar_url, T.calendar], [card.map_url, card.map_of === "commune" ? T.mapTown : T.map]].filter(([address]) => address);
  // The title makes each link tell what it opens, out of context.
  return list.length ? h("p", { class: "links" }, ...list.map(([address, label]) => link(address, label, base, ` : ${card.title}`))) : null;
}

function source(origin, base) {
  if (!origin) return h("p", { class: "source" }, T.unsourced);
  const name = origin.url ? link(origin.url, origin.name, base) : origin.name;
  return h("p", { class: "source" }, `${T.source} : `, name, origin.collected_on ? T.collected(day(origin.collected_on)) : "");
}
