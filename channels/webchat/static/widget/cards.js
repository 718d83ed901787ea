/* Sheets as cards. Several cards are a list, for the eye a row that scrolls, for a screen reader a list with its length. */
import { h, link } from "./dom.js";
import { T } from "./texts.js";

const DATE = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long" });

export function cardList(cards, base) {
  if (!cards.length) return null;
  return h("ul", { class: cards.length > 1 ? "cards many" : "cards", role: "list", "aria-label": cards.length > 1 ? T.cards(cards.length) : null },
    ...cards.map((card) => h("li", {}, oneCard(card, base))));
}

function oneCard(card, base) {
  const extra = card.rome?.length ? ` · ROME ${card.rome.join(", ")}` : "";
  return h("article", { class: `card ${card.kind}` },
    h("p", { class: "kind" }, (T.kinds[card.kind] || card.kind) + extra),
    h("h3", {}, card.title),
    card.subtitle && h("p", { class: "subtitle" }, card.subtitle),
    card.text && h("p", {}, card.text),
    links(card, base),
    source(card.source, base));
}

function links(card, base) {
  const list = [];
  if (card.url) list.push(link(card.url, T.read, base));
  if (card.calendar_url) list.push(link(card.calendar_url, T.calendar, base));
  if (card.map_url) list.push(link(card.map_url, T.map, base));
  if (card.kind === "structure" && card.distance_km != null) list.push(`à ${Math.round(card.distance_km)} km`);
  return list.length ? h("p", { class: "links" }, ...list.flatMap((item, index) => (index ? [" · ", item] : [item]))) : null;
}

function source(origin, base) {
  if (!origin) return h("p", { class: "source" }, T.unsourced);
  const name = origin.url ? link(origin.url, origin.name, base) : origin.name;
  return h("p", { class: "source" }, `${T.source} : `, name, origin.collected_on ? `, ${DATE.format(new Date(origin.collected_on))}` : "");
}
