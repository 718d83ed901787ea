// Tells the person that their message was read: by the advisor who follows the case, with the page in front of them.
let told = 0;

export function startSeen() {
  if (!document.getElementById("messages")) return;
  document.addEventListener("visibilitychange", tellSeen);
  tellSeen();
}

export function tellSeen() {
  const mine = document.getElementById("actions")?.dataset.owner === "me";
  const last = [...document.querySelectorAll("#messages > li.citizen[id]")].at(-1);
  const seq = last ? Number(last.id.slice(2)) : 0;
  if (!mine || document.hidden || seq <= told) return;
  told = seq;
  const data = new FormData();
  data.set("seq", String(seq));
  fetch(`/console/cases/${document.getElementById("reply").dataset.case}/vu`, {
    method: "POST", body: data, headers: { "x-csrf-token": document.body.dataset.csrf } }).catch(() => { told = 0; });
}
