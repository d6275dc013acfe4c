// Single-key shortcuts of the question pages. They do nothing in text fields and with a modifier held.
const CONFIDENCE = { g: "guess", t: "think", s: "sure" };
const HELP = [
  [["1", "to", "9", "or", "A", "to", "E"], "choose an option"],
  [["G", "T", "S"], "guess, think so, sure"],
  [["Enter"], "check, then go on"],
  [["F"], "flag the question"],
  [["T"], "on a paper: say the time left"],
  [["U"], "undo the last answer"],
  [["?"], "show these keys"],
  [["Esc"], "close them"],
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
  options[place].dispatchEvent(new Event("change", { bubbles: true }));
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

function flag() {
  const button = document.querySelector("[data-flag]");
  if (button) button.click();
  return Boolean(button);
}

function sayTime() {
  if (!document.querySelector("[data-exam]")) return false;
  document.dispatchEvent(new Event("milepost:time"));
  return true;
}

function made(tag, className = "", textContent = "") {
  return Object.assign(document.createElement(tag), { className, textContent });
}

function help() {
  let dialog = document.querySelector("dialog[data-keys-help]");
  if (!dialog) {
    dialog = made("dialog", "mp-sheet");
    dialog.dataset.keysHelp = "";
    dialog.setAttribute("aria-label", "Keys");
    const list = made("dl", "mp-lines");
    for (const [keys, what] of HELP) {
      const row = made("div");
      const names = made("dt");
      names.append(...keys.map((key) => (key.length > 1 && key === key.toLowerCase() ? key : made("kbd", "", key))));
      row.append(names, made("dd", "", what));
      list.append(row);
    }
    const close = made("button", "btn btn-secondary mt-3", "Close");
    close.addEventListener("click", () => dialog.close());
    dialog.append(made("h2", "", "Keys"), list, close);
    document.body.append(dialog);
  }
  dialog.showModal();
  return true;
}

export function listenForKeys() {
  for (const hint of document.querySelectorAll(".mp-keys[hidden]")) hint.hidden = false;
  if (!document.querySelector("[data-question], [data-next]")) return;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const done =
      key === "enter" ? goOn(event.target)
      : key === "?" ? help()
      : key === "u" ? undo()
      : key === "f" ? flag()
      : key === "t" && sayTime() ? true
      : key in CONFIDENCE ? sayConfidence(key)
      : key.length === 1 ? choose(key)
      : false;
    if (done) event.preventDefault();
  });
}
