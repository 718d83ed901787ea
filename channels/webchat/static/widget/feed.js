/* Listens for news: server-sent events, or long polling where a proxy holds streams back. Catches up by number after every gap. */
import { Unreachable } from "./api.js";
import { delay, pause } from "./backoff.js";

const HELLO_WITHIN = 6000; // a stream that says nothing by then is being held back
const BEAT_WITHIN = 40000; // the server's heart beats every 15 seconds: without it the line is dead
const POLL_SECONDS = 25;
const STREAM_TRIES = 2;

export class Feed {
  /** @param onUpdate called with {mode, messages, next, …}; @param after gives the last sequence number seen */
  constructor(api, { onUpdate, onNetwork, onRefused, after }) {
    Object.assign(this, { api, onUpdate, onNetwork, onRefused, after });
    this.run = 0;
    this.failures = 0;
    this.silentStreams = 0;
    addEventListener("online", () => this.running && this.#hangUp());
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.#loop(++this.run);
  }

  stop() {
    this.running = false;
    this.run++;
    this.#hangUp();
  }

  /** After a sleep or a return to the tab: what was missed, now. When that fails the line is taken up again. */
  async catchUp() {
    if (!this.running) return;
    const run = this.run;
    try {
      this.#news(run, await this.api.events(this.after()));
    } catch {
      if (run === this.run) this.#hangUp();
    }
  }

  async #loop(run) {
    while (run === this.run) {
      try {
        if (this.silentStreams < STREAM_TRIES) await this.#stream(run);
        else await this.#poll(run);
        this.failures = 0;
      } catch (error) {
        if (run !== this.run) return;
        if (!(error instanceof Unreachable)) return this.#refused(error);
        this.onNetwork(error.state);
        await pause(Math.max(error.after, delay(this.failures++)));
      }
    }
  }

  #refused(error) {
    this.stop();
    this.onRefused(error);
  }

  async #poll(run) {
    this.abort = new AbortController();
    this.#news(run, await this.api.events(this.after(), POLL_SECONDS, this.abort.signal));
  }

  async #stream(run) {
    const address = await this.api.streamAddress(this.after());
    if (run === this.run) await this.#listen(run, address);
  }

  #listen(run, address) {
    return new Promise((resolve, reject) => {
      const source = new EventSource(address);
      let heard = false;
      let silence = 0;
      const end = (how, value) => {
        clearTimeout(silence);
        source.close();
        if (!heard) this.silentStreams++;
        how(value);
      };
      const alive = (wait) => {
        clearTimeout(silence);
        silence = setTimeout(() => end(resolve), wait);
      };
      this.endStream = () => { heard = true; end(resolve); };
      source.onmessage = (event) => {
        heard = true;
        this.silentStreams = this.failures = 0;
        alive(BEAT_WITHIN);
        this.#news(run, JSON.parse(event.data));
      };
      source.addEventListener("beat", () => alive(BEAT_WITHIN));
      // A ticket serves once, so the browser's own reconnection cannot work: close, ask for a new one.
      source.onerror = () => end(reject, new Unreachable());
      alive(HELLO_WITHIN);
    });
  }

  #hangUp() {
    this.endStream?.();
    this.abort?.abort();
  }

  #news(run, update) {
    if (run !== this.run) return;
    this.onNetwork("online");
    this.onUpdate(update);
  }
}
