"use strict";
// Says what is wrong with a row while it is being typed.
(() => {
  const token = document.querySelector('meta[name="bulletin-token"]').content;
  document.querySelectorAll("form.term").forEach((form) => {
    let timer;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const answer = await fetch(form.dataset.lint, {
          method: "POST", body: new URLSearchParams(new FormData(form)),
          headers: { Accept: "application/json", "X-Bulletin-Token": token },
        });
        if (!answer.ok) return;
        const list = form.querySelector(".lint");
        list.replaceChildren(...(await answer.json()).findings.map((one) => {
          const item = document.createElement("li");
          item.className = one.severity;
          item.textContent = `${one.reason} ${one.remedy}`;
          return item;
        }));
      }, 350);
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.matches("input, textarea, select")) {
      event.preventDefault();
      document.getElementById("search")?.focus();
    }
  });
})();
