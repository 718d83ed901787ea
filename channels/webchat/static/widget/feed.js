/* Listens for news: server-sent events, or long polling where a proxy holds streams back. Catches up by sequence number after every gap. */
import { Unreachable } from "./api.js";
import { delay, pause } from "./backoff.js";

const HELLO_WITHIN = 6000; // a stream that says nothing by then is being buffered
const POLL_SECONDS = 25;
const STREAM_TRIES = 2;

export class Feed {
  /** @param onUpdate called with {mode, messages, next, …}; @param after gives the last sequence number seen */
  constructor(api, { onUpdate, onOnline, onRefused, after }) {
    Object.assign(this, { api, onUpdate, onOnline, onRefused, after });
    this.running = false;
    this.failures = 0;
    this.silentStreams = 0;
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.#loop();
  }

  stop() {
    this.running = false;
    this.source?.close();
    this.finishStream?.();
    this.abort?.abort();
  }

  /** After a sleep or a return to the tab: what was missed, now. */
  async catchUp() {
    if (!this.running) return;
    try {
      this.#news(await this.api.events(this.after()));
    } catch {
      this.onOnline(false); // the loop is already trying again
    }
  }

  async #loop() {
    while (this.running) {
      try {
        if (this.silentStreams < STREAM_TRIES) await this.#stream();
        else await this.#poll();
        this.failures = 0;
      } catch (error) {
        if (!this.running) return;
        if (!(error instanceof Unreachable)) return this.onRefused(error);
        this.onOnline(false);
        await pause(Math.max(error.after, delay(this.failures++)));
      }
    }
  }

  async #poll() {
    this.abort = new AbortController();
    this.#news(await this.api.events(this.after(), POLL_SECONDS, this.abort.signal));
  }

  async #stream() {
    const address = await this.api.streamAddress(this.after());
    if (!this.running) return;
    await new Promise((resolve, reject) => {
      const source = (this.source = new EventSource(address));
      this.finishStream = resolve;
      let heard = false;
      const silence = setTimeout(() => {
        this.silentStreams++;
        end(resolve);
      }, HELLO_WITHIN);
      const end = (how, value) => {
        clearTimeout(silence);
        source.close();
        how(value);
      };
      source.onmessage = (event) => {
        heard = true;
        clearTimeout(silence);
        this.#news(JSON.parse(event.data));
      };
      // A ticket serves once, so the browser's own reconnection cannot work: close, ask for a new one.
      source.onerror = () => {
        if (!heard) this.silentStreams++;
        else this.silentStreams = 0;
        end(reject, new Unreachable());
      };
    });
  }

  #news(update) {
    this.onOnline(true);
    this.onUpdate(update);
  }
}
