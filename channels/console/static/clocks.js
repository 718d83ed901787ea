// Waiting times go on counting on the screen, in the words of the server.
export function startClocks() {
  tick();
  setInterval(tick, 15000);
}

export function tick() {
  for (const place of document.querySelectorAll("time[data-since]"))
    place.textContent = words((Date.now() - Date.parse(place.dataset.since)) / 1000);
}

function words(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "moins d'une minute";
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
  return `${Math.floor(minutes / 1440)} j`;
}
