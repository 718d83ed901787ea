/* The questions of the demonstration page go to the chat through its public JavaScript API. */
for (const button of document.querySelectorAll("[data-question]")) {
  button.addEventListener("click", async () => {
    await customElements.whenDefined("parcours-metiers-chat");
    document.querySelector("parcours-metiers-chat").send(button.dataset.question);
  });
}
