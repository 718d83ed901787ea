// Forms that leave the page where it is (`data-quiet`): sent by script, answered by a toast. A refusal keeps what was typed.
import { refusal, say } from "./live.js";
import { toast } from "./toasts.js";

export function startQuietForms() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-quiet]")) return;
    event.preventDefault();
    send(event.target);
  });
}

async function send(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form),
      headers: { "x-csrf-token": document.body.dataset.csrf } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(refusal(text));
    form.reset();
    const { said } = JSON.parse(text);
    htmx.trigger(document.body, "refresh-case"); // one's own doing is seen whether or not the stream is up
    toast(said);
    say(said);
  } catch (error) {
    toast(error instanceof TypeError ? "Pas de connexion : rien n'est enregistré." : error.message, { error: true });
  } finally {
    button.disabled = false;
  }
}
