"use strict";
// Shows anew the pages that changed after a text was saved, and points out the row that one came from.
(() => {
  const pages = document.getElementById("pages");
  const address = pages.dataset.address;
  let isAsking = false; // a slow machine is not asked again before it has answered
  const refresh = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      await look();
    } catch {
      // the server is gone: the next time will tell
    } finally {
      isAsking = false;
    }
  };
  const look = async () => {
    const answer = await fetch(`${address}/pages`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const digests = (await answer.json()).pages;
    if (digests.length !== pages.children.length) { location.reload(); return; }
    [...pages.children].forEach((figure, index) => {
      if (figure.dataset.digest === digests[index]) return;
      figure.dataset.digest = digests[index];
      figure.querySelector("image").setAttribute("href", `${address}/page-${index + 1}.png?${digests[index]}`);
    });
  };
  new BroadcastChannel("bulletin").addEventListener("message", refresh);
  setInterval(() => { if (!document.hidden) { refresh(); } }, 5000);
  const point = () => {
    const wanted = location.hash.slice(1);
    document.querySelectorAll("a.here").forEach((one) => one.classList.remove("here"));
    if (!wanted) return;
    const found = [...document.querySelectorAll("a[data-segments]")].filter((one) => one.dataset.segments.split(" ").includes(wanted));
    found.forEach((one) => one.classList.add("here"));
    if (found[0]) { found[0].scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", point);
  point();
})();
