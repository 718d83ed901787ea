// One page's stream of news (server-sent events): opened while the page listens, opened again after a cut.
const KINDS = ["ready", "beat", "stale", "upsert", "gone", "counts", "refresh", "arrived", "waiting", "given", "due",
  "typing", "seen", "viewers", "erased"];
const SILENCE = 40000; // ms without the server's beat (15 s): the connection is dead without having said so
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

// `mark`: up to where the page knows the news. `told`: opened(), cut(), news(kind, data). Gives open() and close(), to call at will.
export function streamOf(url, mark, told) {
  let source = null;
  let heard = 0;
  let wait = FIRST_WAIT;
  let timer;

  function open() {
    if (source) return;
    clearTimeout(timer);
    heard = Date.now();
    source = new EventSource(`${url}&depuis=${mark}`);
    source.addEventListener("open", () => { heard = Date.now(); wait = FIRST_WAIT; told.opened(); });
    source.addEventListener("error", again);
    for (const kind of KINDS) source.addEventListener(kind, (event) => {
      heard = Date.now();
      if (kind === "ready" || kind === "beat") mark = JSON.parse(event.data).mark;
      told.news(kind, event.data);
    });
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  // Not all screens at the same moment: a service that starts again must not be run over.
  function again() {
    close();
    told.cut();
    timer = setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  setInterval(() => { if (source && Date.now() - heard > SILENCE) again(); }, 5000);
  window.addEventListener("offline", () => { if (source) again(); });
  window.addEventListener("online", () => { if (!source && timer) open(); });
  return { open, close };
}
