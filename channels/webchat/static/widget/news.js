/* What is said while nobody looks: a badge on the button and the first line above it, a mark in the page's title. */
import { h } from "./dom.js";
import { T } from "./texts.js";

const LONGEST = 120; // characters of the line

export class News {
  constructor(root) {
    this.count = 0;
    this.mark = "";
    this.button = root.querySelector(".launch");
    this.line = root.querySelector(".wait");
    this.line.addEventListener("click", () => this.count && root.host.open());
    this.badge = h("span", { class: "badge" });
  }

  /** One message more. `closed`: the panel is, so its button tells. */
  add(who, text, closed) {
    this.count += 1;
    this.#title(`(${this.count}) `);
    if (!closed) return;
    this.badge.replaceChildren(String(this.count), h("span", { class: "sr" }, T.unread(this.count)));
    this.button.append(this.badge);
    const [first] = text.split("\n");
    this.line.textContent = `${who} : ${first.length > LONGEST ? `${first.slice(0, LONGEST)}…` : first}`;
  }

  /** Somebody has looked. */
  clear() {
    if (!this.count) return;
    this.count = 0;
    this.#title("");
    this.badge.remove();
    this.line.textContent = "";
  }

  /* The page may change its title meanwhile: only our own mark is taken off. */
  #title(mark) {
    const { title } = document;
    document.title = mark + (this.mark && title.startsWith(this.mark) ? title.slice(this.mark.length) : title);
    this.mark = mark;
  }
}
