"use strict";
{
  // Most readers only read: the rest is loaded for those who reach into a panel.
  const { dataset } = document.currentScript;
  const ways = ["pointerover", "focusin"];
  const start = ({ target }) => {
    if (!target.closest?.(".panel")) return;
    ways.forEach((way) => removeEventListener(way, start));
    const live = Object.assign(document.createElement("script"), { src: dataset.live });
    Object.assign(live.dataset, dataset);
    document.head.append(live);
  };
  ways.forEach((way) => addEventListener(way, start));
}
