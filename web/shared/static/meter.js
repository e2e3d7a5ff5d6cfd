// Keeps the line under the ballot up to date while somebody chooses.  The ballot works the same
// without this file: the button "Tel opnieuw" then asks the server.
(() => {
  "use strict";
  const form = document.getElementById("biljet");
  const line = document.getElementById("stand");
  if (!form || !line) return;
  const limits = JSON.parse(form.dataset.limits);
  const bar = document.getElementById("balk");
  const language = document.documentElement.lang;
  const euros = (cents) =>
    new Intl.NumberFormat(language, {
      style: "currency", currency: "EUR",
      minimumFractionDigits: cents % 100 ? 2 : 0, maximumFractionDigits: 2,
    }).format(cents / 100);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const weightOf = (item) => {
    const field = item.querySelector("input[type=radio], input[type=checkbox]")
      ? item.querySelector("input:checked") : item.querySelector("input.count");
    if (!field || !field.value.trim()) return null;
    if (field.type !== "text") return field.name === "choices" ? 1 : Number(field.value);
    return Number(field.value) || null;
  };
  const amountOf = (of, marks) => {
    if (of === "cost") return marks.reduce((sum, one) => sum + Number(one.item.dataset.cost), 0);
    if (of === "weight") return marks.reduce((sum, one) => sum + one.weight, 0);
    if (of === "count") return marks.length;
    return marks.filter((one) => (one.item.dataset.groups || "").split(" ").includes(of)).length;
  };
  const say = (limit, amount) => {
    const shown = limit.of === "cost" ? euros : String;
    const values = {
      spent: shown(amount), limit: shown(limit.most), rest: shown(Math.abs(limit.most - amount)),
      number: amount, most: limit.most, fewer: amount - limit.most, more: limit.least - amount,
      name: limit.name,
    };
    const low = amount < limit.least && limit.low ? ` ${limit.low}` : "";
    return fill((amount > limit.most ? limit.over : limit.fine) + low, values);
  };
  const show = () => {
    const marks = [...form.querySelectorAll("li[data-cost]")]
      .map((item) => ({ item, weight: weightOf(item) })).filter((one) => one.weight !== null);
    const amounts = limits.map((limit) => amountOf(limit.of, marks));
    const text = limits.map((limit, at) => say(limit, amounts[at])).join(" ");
    if (line.textContent !== text) line.textContent = text;
    line.closest(".meter").classList.toggle("over", limits.some((limit, at) => amounts[at] > limit.most));
    if (bar) bar.value = Math.min(amounts[0], limits[0].most);
  };
  document.getElementById("reken")?.setAttribute("hidden", "");
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
})();
