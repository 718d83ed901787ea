/* What the person sends: shown at once, sent one after the other, kept until the server has it. Never twice: the key stays the same. */
import { Refused, Unreachable } from "./api.js";
import { delay, pause } from "./backoff.js";

export class Outgoing {
  /** @param onState called with an entry whenever its state changes: "waiting", "sent" or "refused" */
  constructor(api, { onState, onAnswer, onOnline, onExpired }) {
    Object.assign(this, { api, onState, onAnswer, onOnline, onExpired });
    this.queue = [];
    this.busy = false;
  }

  /** @param body {text} or {action}; @param label what the person sees of it */
  add(body, label) {
    const entry = { key: newKey(), body, label, state: "waiting", seq: null, sentAt: new Date().toISOString() };
    this.queue.push(entry);
    this.onState(entry);
    this.#work();
    return entry;
  }

  retry(entry) {
    entry.state = "waiting";
    this.onState(entry);
    this.queue.push(entry);
    this.#work();
  }

  get waiting() {
    return this.queue.length;
  }

  clear() {
    this.queue = [];
  }

  async #work() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length) await this.#sendFirst();
    this.busy = false;
  }

  async #sendFirst() {
    const entry = this.queue[0];
    for (let attempt = 0; this.queue[0] === entry; attempt++) {
      try {
        const answer = await this.api.sendMessage(entry.body, entry.key);
        this.onOnline(true);
        this.#done(entry, "sent", answer.accepted.seq);
        this.onAnswer(answer);
        return;
      } catch (error) {
        if (error instanceof Unreachable) {
          this.onOnline(false);
          await pause(Math.max(error.after, delay(attempt)));
        } else if (error.status === 401 && (await this.onExpired())) {
          continue; // a new session: the same message goes there
        } else {
          entry.reason = error instanceof Refused ? error.message : "Votre message n’a pas pu être envoyé.";
          this.#done(entry, "refused");
          return;
        }
      }
    }
  }

  #done(entry, state, seq = null) {
    if (this.queue[0] === entry) this.queue.shift();
    Object.assign(entry, { state, seq });
    this.onState(entry);
  }
}

/** A random UUID, also on pages without HTTPS, where crypto.randomUUID is missing. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
