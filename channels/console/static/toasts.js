// Short sentences over the page: what was done leaves by itself, what was refused stays until it is closed. The newest takes the
// place of the one before: two of them would contradict each other.

const SHOWN_FOR = 10000; // ms of what was done
const LATER = "toast"; // a sentence for the page that opens next

export function startToasts() {
  const flash = document.querySelector("main > [data-flash]");
  if (flash) dress(flash, flash.classList.contains("error"));
  const kept = takeKept();
  if (kept) toast(kept);
}

export function toast(text, { error = false, href = "" } = {}) {
  const line = document.createElement("p");
  line.className = `banner ${error ? "error" : "done"}`;
  line.dataset.flash = "";
  line.setAttribute("role", error ? "alert" : "status");
  const words = document.createElement(href ? "a" : "span");
  words.textContent = text;
  if (href) words.href = href;
  line.append(words);
  document.querySelectorAll("main > [data-flash]").forEach((old) => old.remove());
  document.getElementById("contenu").prepend(line);
  dress(line, error || Boolean(href));
  return line;
}

export function toastOnNextPage(text) {
  try {
    sessionStorage.setItem(LATER, text);
  } catch {
    // storage is switched off: the next page says nothing
  }
}

function takeKept() {
  try {
    const kept = sessionStorage.getItem(LATER);
    sessionStorage.removeItem(LATER);
    return kept;
  } catch {
    return null;
  }
}

function dress(line, stays) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "quiet";
  close.textContent = "✕";
  close.setAttribute("aria-label", "Fermer ce message");
  close.addEventListener("click", () => line.remove());
  line.append(" ", close);
  if (!stays) setTimeout(() => line.remove(), SHOWN_FOR);
}
