// Shows a button that prints the page.  Without this file, the menu of the browser does the same.
(() => {
  "use strict";
  const button = document.getElementById("afdrukken");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
