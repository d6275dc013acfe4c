// Single-key shortcuts of the question pages. They do nothing in text fields and with a modifier held.
const CONFIDENCE = { g: "guess", t: "think", s: "sure" };
const HELP = [
  ["1 to 9, or A to E", "choose an option"],
  ["G, T, S", "guess, think so, sure"],
  ["Enter", "check the answer, then the next question"],
  ["U", "undo the last answer"],
  ["?", "show these keys"],
  ["Escape", "close them"],
];

function typing(target) {
  return target.matches("textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]");
}

function choose(key) {
  const options = [...document.querySelectorAll("[data-question] input[name=choice]")];
  const place = /^[1-9]$/.test(key) ? Number(key) - 1 : "abcde".indexOf(key);
  if (place < 0 || !options[place]) return false;
  options[place].focus();
  options[place].checked = options[place].type === "radio" || !options[place].checked;
  return true;
}

function sayConfidence(key) {
  const field = document.querySelector(`[data-question] input[name=confidence][value=${CONFIDENCE[key] ?? "none"}]`);
  if (!field) return false;
  field.checked = true;
  field.focus();
  return true;
}

function goOn(target) {
  if (target.matches("a, button, summary")) return false;
  const form = document.querySelector("[data-question]");
  const next = document.querySelector("[data-next]");
  if (form) form.requestSubmit();
  else if (next) next.click();
  return Boolean(form || next);
}

function undo() {
  const form = document.querySelector("[data-undo]");
  if (form) form.requestSubmit();
  return Boolean(form);
}

function help() {
  let dialog = document.querySelector("dialog[data-keys-help]");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.dataset.keysHelp = "";
    dialog.className = "mp-sheet";
    dialog.setAttribute("aria-label", "Keys");
    const list = document.createElement("dl");
    list.className = "mp-lines";
    for (const [keys, what] of HELP) {
      const row = document.createElement("div");
      row.append(Object.assign(document.createElement("dt"), { textContent: keys }));
      row.append(Object.assign(document.createElement("dd"), { textContent: what }));
      list.append(row);
    }
    const close = Object.assign(document.createElement("button"), { textContent: "Close", className: "btn btn-secondary mt-3" });
    close.addEventListener("click", () => dialog.close());
    dialog.append(list, close);
    document.body.append(dialog);
  }
  dialog.showModal();
  return true;
}

export function listenForKeys() {
  if (!document.querySelector("[data-question], [data-next]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const done =
      key === "enter" ? goOn(event.target)
      : key === "?" ? help()
      : key === "u" ? undo()
      : key in CONFIDENCE ? sayConfidence(key)
      : key.length === 1 ? choose(key)
      : false;
    if (done) event.preventDefault();
  });
}
