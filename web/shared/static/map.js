// The map with streets.  Everything on it also stands in the drawing and the table above it: if
// this file or the tiles do not arrive, nothing is lost.
(() => {
  "use strict";
  const place = document.getElementById("kaart");
  const button = document.getElementById("toon-straten");
  if (!place || !button || !window.L) return;
  const given = place.dataset;
  // What residents wrote goes in as text, never as markup.
  const link = (one) => {
    const found = document.createElement("a");
    found.href = one.href;
    found.textContent = one.told;
    return found;
  };
  const credit = document.createElement("span");
  credit.textContent = given.credit;
  const draw = (drawn) => {
    place.hidden = false;
    button.hidden = true;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(place, {
      zoomControl: false, scrollWheelZoom: false,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm,
    });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: given.nearer, zoomOutTitle: given.farther }).addTo(map);
    L.tileLayer(given.tiles, { maxZoom: 19, attribution: credit.innerHTML }).addTo(map);
    const ink = getComputedStyle(document.body).color;
    const areas = drawn.areas.map((one) =>
      L.polygon(one.parts, { color: ink, weight: 3, fillOpacity: 0.08 }).bindPopup(link(one)));
    // A map draws nothing before it knows where it looks.
    const frame = areas.reduce((all, one) => all.extend(one.getBounds()), L.latLngBounds([]));
    map.fitBounds(frame, { padding: [12, 12] });
    areas.forEach((one) => one.addTo(map));
    drawn.ideas.forEach((one) =>
      L.circleMarker(one.at, { color: ink, radius: 9, fillOpacity: 0.6 })
        .bindPopup(link(one)).addTo(map));
  };
  // The other website learns nothing before somebody wants to see its map.
  button.addEventListener("click", () => {
    draw(JSON.parse(given.drawn));
    place.focus();
  });
  document.getElementById("straten").hidden = false;
})();
