/* Parcours-Métiers: the loader draws one button; the rest comes when somebody is about to open it. How to use it: docs/widget.md */
(() => {
  "use strict";
  const NAME = "parcours-metiers-chat";
  // As a module, or run by another script, there is no current one: the stack tells whence this came, not another site's /widget.js.
  const [own] = /https?:\S*?\/widget\.js[^\s:)]*/.exec(new Error().stack || "") || [];
  const named = [...document.querySelectorAll('script[src*="/widget.js"]')];
  const script = document.currentScript || named.find((tag) => tag.src === own) || named[0];
  const defaults = script ? { ...script.dataset } : {};
  const find = () => document.querySelector(NAME);
  const add = () => {
    if (find()) return;
    const placed = document.createElement(NAME);
    Object.assign(placed.dataset, defaults, { placed: "" });
    document.body.append(placed);
  };
  // A page that changes without being left runs its scripts again.
  if (customElements.get(NAME)) return add();

  // Filled in by the server: this version, and the integrity of its list of files.
  const VERSION = "v1";
  const INTEGRITY = "";

  const source = new URL(script?.src || "/widget.js", location.href);
  const files = new URL(`/widget/${VERSION}/`, source);
  const LABEL = "Posez votre question";

  // Nothing of the host page's styles gets through.
  const css = `:host{all:initial!important;direction:ltr!important;position:fixed!important;z-index:2147483000!important;bottom:16px!important;right:16px!important;display:block!important;font:16px/1.4 system-ui,sans-serif!important}
:host([data-position=left]){right:auto!important;left:16px!important}
:host([data-mode=page]){position:static!important;display:flex!important;flex:1!important;min-height:0!important}
:host([data-mode=page]) .launch{display:none}
.launch{font:inherit;font-weight:600;min-height:48px;max-width:calc(100vw - 32px);padding:12px 20px;border:2px solid #fff;border-radius:28px;background:#17457a;color:#fff;cursor:pointer;box-shadow:0 2px 10px #0005}
:host([data-colour=vert]) .launch{background:#1a5632}
:host([data-colour=violet]) .launch{background:#54307d}
:host([data-colour=noir]) .launch{background:#1d1d1f}
.launch:hover{text-decoration:underline}
.launch:focus-visible{outline:3px solid #fff;outline-offset:-6px;box-shadow:0 0 0 4px #000}
.launch[hidden]{display:none}
.wait{background:#fff;color:#1d1d1f;padding:12px;max-width:320px}
.wait:empty{display:none}
@media print{:host{display:none!important}}`;

  /** A constructed sheet passes any Content-Security-Policy; a style element serves older browsers. */
  function addStyles(root, text) {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    } catch {
      root.append(Object.assign(document.createElement("style"), { textContent: text }));
    }
  }

  // A slow phone does something else in between.
  const breath = () => new Promise((resolve) => setTimeout(resolve));

  /** Fetches the modules, each checked against its integrity. */
  async function fetchModules() {
    const list = await fetch(new URL("files.json", files), { integrity: INTEGRITY, credentials: "omit" });
    for (const [name, integrity] of Object.entries(await list.json())) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "modulepreload", href: new URL(name, files).href, integrity, crossOrigin: "anonymous" });
      link.onload = () => link.remove();
      document.head.append(link);
      if (/^[dop]/.test(name)) await breath();
    }
    return import(new URL("panel.js", files).href);
  }

  class ParcoursMetiersChat extends HTMLElement {
    #panel = null;
    #loading = null;
    #removed = false;
    #button = document.createElement("button");
    #status = document.createElement("div");

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      addStyles(root, css);
      const button = this.#button;
      button.type = "button";
      button.className = "launch";
      button.setAttribute("aria-haspopup", "dialog");
      button.addEventListener("click", () => this.open());
      for (const sign of ["pointerenter", "focus", "touchstart"]) button.addEventListener(sign, this.#ahead, { passive: true });
      this.#status.className = "wait";
      this.#status.setAttribute("role", "status");
      root.append(this.#status, button);
    }

    static observedAttributes = ["data-greeting"];

    attributeChangedCallback() {
      const { greeting, language } = this.dataset;
      this.#button.textContent = (greeting || LABEL).slice(0, 80);
      this.#button.lang = greeting ? language || document.documentElement.lang : "fr";
    }

    connectedCallback() {
      // One a page: what the page draws takes the place of ours.
      for (const other of document.querySelectorAll(NAME)) {
        if (other === this) continue;
        if (!("placed" in other.dataset)) return this.remove();
        other.remove();
      }
      this.#removed = false;
      for (const [key, value] of Object.entries(defaults)) if (this.dataset[key] === undefined) this.dataset[key] = value;
      this.lang = "fr";
      this.attributeChangedCallback();
      this.#panel?.connected(true);
      if (this.dataset.mode === "page") this.open({ focus: false });
      else if (!navigator.connection?.saveData) (window.requestIdleCallback || setTimeout)(this.#ahead);
    }

    /* Swept away with the page's body: put back. Removed: silent. */
    disconnectedCallback() {
      setTimeout(() => {
        if ("placed" in this.dataset && !this.#removed && !find()) document.body.append(this);
        if (!this.isConnected) this.#panel?.connected(false);
      });
    }

    remove() {
      this.#removed = true;
      super.remove();
    }

    /** Resolves when the conversation is on screen; `focus: false` leaves the person where they are. */
    async open({ focus = true } = {}) {
      await this.#ahead();
      if (!this.#panel) {
        this.#status.textContent = "La conversation ne s’ouvre pas. Vérifiez votre connexion, puis réessayez.";
        return;
      }
      this.#status.textContent = "";
      this.#button.hidden = true;
      this.#panel.open(focus);
      this.#tell("open");
    }

    /** Builds the panel, hidden, before it is wanted: nothing is stored or said yet. */
    #ahead = () => (this.#loading ||= this.#load().catch(() => { this.#loading = null; }));

    async #load() {
      const { createPanel } = await fetchModules();
      await breath();
      this.#panel = createPanel({
        root: this.shadowRoot, base: source.origin, options: this.dataset, addStyles,
        onClose: () => this.#closed(),
        tell: (name, detail) => this.#tell(name, detail),
      });
    }

    #closed() {
      this.#button.hidden = false;
      this.#button.focus();
      this.#tell("close");
    }

    /** Closes the panel; the conversation goes on in the background. */
    close() {
      this.#panel?.close();
    }

    /** Opens, and sends a message as if it had been typed. */
    async send(text) {
      await this.open();
      this.#panel?.send(String(text));
    }

    /** "open", "close", "message" or "mode"; returns how to stop. */
    on(name, listener) {
      const heard = (event) => listener(event.detail);
      this.addEventListener(`parcours:${name}`, heard);
      return () => this.removeEventListener(`parcours:${name}`, heard);
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(`parcours:${name}`, { detail, bubbles: true, composed: true }));
    }
  }

  customElements.define(NAME, ParcoursMetiersChat);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", add);
  else add();
})();
