"use strict";
{
  // Most readers never search: the rest is loaded for those who reach for it. Without it the link leads to a page.
  const { dataset } = document.currentScript;
  const link = document.querySelector("a.find");
  let live;
  const load = () => live ??= new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), { src: dataset.live, async: true, onload: loaded, onerror: failed });
    Object.assign(script.dataset, dataset);
    document.head.append(script);
  });
  ["pointerenter", "focus"].forEach((way) => link?.addEventListener(way, () => load().catch(() => {})));
  link?.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load().then(() => kairanSearch.open(link)).catch(() => { location = link.href; });
  });
  if (document.querySelector("#search")) load().catch(() => {});
}
