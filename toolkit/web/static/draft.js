"use strict";
// Saves in place, goes on with the next text, and gives every key its button.  Without it the page works as forms.
(() => {
  const token = document.querySelector('meta[name="bulletin-token"]').content;
  const status = document.getElementById("status");
  const help = document.getElementById("help");
  const say = (text) => { status.textContent = text; };

  const editors = () => [...document.querySelectorAll("details.edit")];
  const open = (details) => {
    if (!details) return;
    details.open = true;
    const area = details.querySelector("textarea");
    area.focus();
    area.closest("td").scrollIntoView({ block: "nearest" });
  };
  const beside = (details, step) => {
    const all = editors();
    return all[all.indexOf(details) + step];
  };
  const current = () => document.activeElement && document.activeElement.closest("td.cell");

  const progress = (counts) => counts.forEach((one) => {
    const bar = document.querySelector(`progress[data-language="${one.language}"]`);
    if (bar) { bar.value = one.done; }
    const text = document.querySelector(`[data-count="${one.language}"]`);
    if (text) { text.textContent = one.words; }
  });

  const channel = new BroadcastChannel("bulletin");
  const underWay = new WeakSet(); // forms: a second click sends nothing
  const send = async (form, goOn) => {
    if (underWay.has(form)) return;
    underWay.add(form);
    const area = form.querySelector("textarea");
    if (area) { area.readOnly = true; } // what is typed now would be lost with the cell
    try {
      await sendOnce(form, goOn);
    } catch (fault) {
      say(String(fault));
    } finally {
      underWay.delete(form);
      if (area) { area.readOnly = false; }
    }
  };
  const read = async (answer) => {
    const text = await answer.text();
    try {
      return JSON.parse(text);
    } catch {
      return { error: text.slice(0, 300) || answer.statusText }; // a refusal at the gate is plain text
    }
  };
  const sendOnce = async (form, goOn) => {
    const cell = form.closest("td.cell");
    const language = form.elements.language.value;
    const all = editors();
    const next = all.slice(all.indexOf(cell.querySelector("details.edit")) + 1)
      .find((one) => one.querySelector('[name="language"]').value === language);
    const answer = await fetch(form.action, {
      method: "POST", body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json", "X-Bulletin-Token": token },
    });
    const said = await read(answer);
    const isHere = cell.contains(document.activeElement) || document.activeElement === document.body;
    if (answer.ok) {
      cell.innerHTML = said.html;
      cell.className = cell.className.replace(/state-[\w-]+/, "state-reviewed");
      progress(said.progress);
      document.getElementById("last-act").value = said.last_act;
      say("✓");
      channel.postMessage("saved");
      if (goOn && next && isHere) {
        open(next);
      } else if (isHere) {
        cell.querySelector("details.edit summary").focus(); // the keyboard stays where it was
      }
    } else if (said.html) {
      const old = cell.querySelector(".conflict");
      if (old) { old.remove(); }
      cell.insertAdjacentHTML("afterbegin", said.html);
      cell.querySelector(".conflict textarea").focus();
    } else {
      say(said.error);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.save, form.approve") || !form.action.endsWith("/save")) return;
    event.preventDefault();
    send(form, form.matches(".save"));
  });

  const insert = (area, text) => {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const area = button.closest("form") && button.closest("form").querySelector("textarea");
    if (button.matches(".insert")) { insert(area, button.dataset.text); }
    if (button.matches(".pick")) { area.value = button.dataset.text; area.focus(); }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches && event.target.matches("details.edit") && event.target.open) {
      event.target.querySelector("textarea").focus();
    }
  }, true);

  const helpButton = document.getElementById("help-button");
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("textarea, input, select");
    const cell = current();
    const details = cell && cell.querySelector("details.edit");
    if (event.ctrlKey && event.key === "Enter" && event.target.closest("form.save")) {
      event.preventDefault();
      send(event.target.closest("form.save"), true);
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 2 : -2; // the same language, a row on or back
      open(details ? beside(details, step) : editors()[0]);
    } else if (event.altKey && /^[1-9]$/.test(event.key) && details && details.open) {
      event.preventDefault();
      const button = details.querySelectorAll(".insert")[Number(event.key) - 1];
      if (button) { insert(details.querySelector("textarea"), button.dataset.text); }
    } else if (event.key === "Escape" && details && details.open) {
      details.querySelector("form.save").reset();
      details.open = false;
      details.querySelector("summary").focus();
    } else if (!typing && event.key === "/") {
      event.preventDefault();
      document.getElementById("search").focus();
    } else if (!typing && event.key === "?") {
      event.preventDefault();
      help.showModal();
    }
  });
})();
