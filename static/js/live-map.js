// Streets round one place, where the operator has set a tile server. Without it, or without scripts, the outline stays.
const OSM = "© OpenStreetMap contributors";

for (const box of document.querySelectorAll("[data-tiles]")) {
  const { tiles, latitude, longitude, label } = box.dataset;
  const place = [Number(latitude), Number(longitude)];
  box.hidden = false;
  const map = L.map(box, { scrollWheelZoom: false }).setView(place, 15);
  map.attributionControl.setPrefix(false);
  const host = new URL(tiles.replace("{s}", "a"), location.href).hostname;
  L.tileLayer(tiles, { maxZoom: 19, attribution: host.endsWith("openstreetmap.org") ? OSM : host }).addTo(map);
  L.marker(place, { title: label, alt: label }).addTo(map);
}
