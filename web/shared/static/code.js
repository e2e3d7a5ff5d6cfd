// Takes the voting code out of the address (it stands behind "#", which a browser sends nowhere),
// fills it in, and wipes it from the address bar.  Without this file somebody types the code.
(() => {
  "use strict";
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  const field = document.querySelector("input.code");
  if (field) {
    if (!field.value) field.value = code.slice(0, 60);
    return;
  }
  // Several ways to show that one may vote: the code goes along to the one that is chosen.
  for (const way of document.querySelectorAll("main a[href*='/stemmen/controle/']")) {
    way.hash = new URLSearchParams({ code }).toString();
  }
})();
