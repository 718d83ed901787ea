/* Parcours-Métiers: the loader. It draws one button and fetches the conversation only when somebody opens it.
   Use: <script async src="https://…/widget.js" data-site-key="…" data-position="right" data-colour="bleu" data-greeting="…"></script> */
(() => {
  "use strict";
  const NAME = "parcours-metiers-chat";
  if (customElements.get(NAME)) return;

  const script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  const source = new URL(script ? script.src : "/widget.js", location.href);
  const defaults = script ? { ...script.dataset } : {};
  const LABEL = "Une question sur les métiers ou les formations ?";

  /* Styles that a host page cannot undo: everything is set again inside the shadow root. */
  const css = `:host{all:initial;position:fixed;z-index:2147483000;bottom:16px;right:16px;font:16px/1.4 system-ui,sans-serif}
:host([data-position=left]){right:auto;left:16px}
:host([data-mode=page]){position:static}
:host([data-mode=page]) .launch{display:none}
.launch{font:inherit;font-weight:600;min-height:48px;max-width:calc(100vw - 32px);padding:12px 20px;border:2px solid #fff;border-radius:28px;
background:#17457a;color:#fff;cursor:pointer;box-shadow:0 2px 10px #0005}
:host([data-colour=vert]) .launch{background:#1a5632}
:host([data-colour=violet]) .launch{background:#54307d}
:host([data-colour=noir]) .launch{background:#1d1d1f}
.launch:hover{text-decoration:underline}
.launch:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 4px #000}
.launch[hidden]{display:none}
.wait{position:absolute;bottom:60px;right:0;background:#fff;color:#1d1d1f;padding:8px 12px;border-radius:8px}
.wait:empty{display:none}
@media(forced-colors:active){.launch{border-color:ButtonText}}
@media print{:host{display:none}}`;

  class ParcoursMetiersChat extends HTMLElement {
    #panel = null;
    #loading = null;
    #button;
    #status;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
      this.#button = document.createElement("button");
      this.#button.type = "button";
      this.#button.className = "launch";
      this.#button.textContent = LABEL;
      this.#button.setAttribute("aria-haspopup", "dialog");
      this.#button.setAttribute("aria-expanded", "false");
      this.#button.addEventListener("click", () => this.open());
      this.#status = document.createElement("div");
      this.#status.className = "wait";
      this.#status.setAttribute("role", "status");
      root.append(this.#button, this.#status);
    }

    connectedCallback() {
      for (const [key, value] of Object.entries(defaults)) if (!(key in this.dataset)) this.dataset[key] = value;
      this.lang = "fr";
      if (this.dataset.mode === "page") this.open();
    }

    /** Opens the conversation; resolves when it can be used. Fetches the panel the first time. */
    async open() {
      if (!this.#loading) this.#loading = this.#load();
      try {
        this.#panel = await this.#loading;
      } catch {
        this.#loading = null; // the next click tries again
        this.#status.textContent = "La conversation ne s’ouvre pas : vérifiez votre connexion, puis réessayez.";
        return;
      }
      this.#status.textContent = "";
      this.#button.hidden = true;
      this.#button.setAttribute("aria-expanded", "true");
      await this.#panel.open();
      this.#tell("open");
    }

    async #load() {
      const { createPanel } = await import(new URL("widget/v1/panel.js", source).href);
      return createPanel({
        root: this.shadowRoot,
        api: source.origin,
        options: this.dataset,
        onClose: () => this.#closed(),
        tell: (name, detail) => this.#tell(name, detail),
      });
    }

    #closed() {
      this.#button.hidden = false;
      this.#button.setAttribute("aria-expanded", "false");
      this.#button.focus();
      this.#tell("close");
    }

    /** Closes the panel; the conversation goes on in the background. */
    close() {
      if (this.#panel) this.#panel.close();
    }

    /** Opens and sends a message as if the person had typed it. */
    async send(text) {
      await this.open();
      if (this.#panel) this.#panel.send(String(text));
    }

    /** Listens to "open", "close", "message" (detail: the message) or "mode" (detail: the mode); returns how to stop. */
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
  const add = () => document.querySelector(NAME) || document.body.append(document.createElement(NAME));
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
})();
