// Keeps the line under the ballot up to date while somebody chooses.  The ballot works the same
// without this file: the button "Bereken opnieuw" then asks the server.
(() => {
  "use strict";
  const form = document.getElementById("biljet");
  const line = document.getElementById("stand");
  if (!form || !line) return;
  const { limit, most, left, over, some, many } = form.dataset;
  const bar = document.getElementById("balk");
  const language = document.documentElement.lang;
  const euros = (cents) =>
    new Intl.NumberFormat(language, {
      style: "currency", currency: "EUR",
      minimumFractionDigits: cents % 100 ? 2 : 0, maximumFractionDigits: 2,
    }).format(cents / 100);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const show = () => {
    const chosen = [...form.querySelectorAll("input[name=choices]:checked")].filter((one) => one.value);
    const spent = chosen.reduce((sum, one) => sum + Number(one.dataset.cost), 0);
    const tooMuch = limit ? spent > Number(limit) : chosen.length > Number(most);
    const values = {
      spent: euros(spent), limit: euros(Number(limit)), number: chosen.length, most,
      rest: euros(Math.abs(Number(limit) - spent)), fewer: chosen.length - Number(most),
    };
    line.textContent = limit ? fill(tooMuch ? over : left, values) : fill(tooMuch ? many : some, values);
    line.parentElement.classList.toggle("over", tooMuch);
    if (bar) bar.value = Math.min(spent, Number(limit));
  };
  document.getElementById("reken")?.setAttribute("hidden", "");
  form.addEventListener("change", show);
  show();
})();
