// Menus close when something else is pressed; the sheet search opens on what the person asked last.
export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
  const sheets = document.getElementById("sheet-menu");
  sheets?.addEventListener("toggle", () => {
    if (sheets.open) htmx.trigger(document.getElementById("sheet-words"), "sheets");
  });
}
