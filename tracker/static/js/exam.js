// A sitting: choices are saved as they are made, the clock is shown, and the end of time hands in.
const ANNOUNCED = [30, 15, 5, 1];
const RETRY_SECONDS = [1, 2, 4, 8, 15];

function twoDigits(number) {
  return String(number).padStart(2, "0");
}

function countdown(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = twoDigits(seconds % 60);
  return hours ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function inWords(seconds) {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
}

function say(text) {
  const region = document.querySelector("[data-say]");
  if (region) region.textContent = text;
}

// The palette and its counts, after a save.
function count(answered) {
  const cell = document.querySelector(".mp-cell[aria-current]");
  if (cell.classList.contains("mp-cell-done") === answered) return;
  cell.classList.toggle("mp-cell-done", answered);
  cell.querySelector("[data-state]").textContent = answered ? ", answered" : ", unanswered";
  const step = answered ? 1 : -1;
  for (const [name, change] of [["answered", step], ["unanswered", -step]]) {
    const shown = document.querySelector(`[data-${name}]`);
    shown.textContent = Number(shown.textContent) + change;
  }
}

// --- saving -------------------------------------------------------------------------------------------------------

function saver(form) {
  const state = document.querySelector("[data-saved]");
  const problem = form.querySelector("[data-problem]");
  let running = false;
  let again = false;
  let failures = 0;
  let pressed = null;

  function show(text, bad = false) {
    state.lastElementChild.textContent = text;
    state.classList.toggle("mp-saved-not", bad);
  }

  function complain(text) {
    problem.hidden = !text;
    problem.lastElementChild.textContent = text;
  }

  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    const sent = new FormData(form);
    sent.set("go", "stay");
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Milepost-Save": "1" } });
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (answer.status === 409 && told.report) return location.assign(told.report);
      if (answer.status === 422) {
        complain(told.problem ?? "");
        show("Not saved: see the question", true);
      } else if (!answer.ok || answer.redirected) {
        throw new Error(String(answer.status));
      } else {
        failures = 0;
        complain("");
        form.elements.shown_at.value = told.shown_at;
        const now = new Date();
        show(`Saved ${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`);
        count(told.answered);
      }
    } catch {
      const wait = RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)];
      failures += 1;
      show("Not saved yet, trying again", true);
      if (failures === 1) say("Not saved yet. We keep trying; your choice stays on this page.");
      setTimeout(save, wait * 1000);
    } finally {
      running = false;
      if (pressed) form.requestSubmit(pressed === form ? null : pressed);
      else if (again) save();
    }
  }

  // a save under way must not arrive after the newer one that a button sends
  form.addEventListener("submit", (event) => {
    if (!running) return;
    event.preventDefault();
    pressed = event.submitter ?? form;
  });
  const changed = () => {
    show("Saving");
    save();
  };
  form.addEventListener("change", changed);
  // something may have been chosen before this script was there
  if ([...form.querySelectorAll("[name=choice]")].some((field) => field.checked !== field.defaultChecked)) changed();
}

// --- striking options out -----------------------------------------------------------------------------------------

function strikes(form) {
  const key = `milepost-struck ${form.action}`;
  const struck = new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
  for (const option of form.querySelectorAll(".mp-option")) {
    const field = option.querySelector("input");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "mp-strike" });
    const show = () => {
      const out = struck.has(field.value);
      option.classList.toggle("mp-option-struck", out);
      button.textContent = out ? "Bring back" : "Strike out";
      button.setAttribute("aria-label", `${button.textContent} option ${option.querySelector("b").textContent}`);
    };
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (!struck.delete(field.value)) struck.add(field.value);
      // what is struck out is not the answer
      if (struck.has(field.value) && field.checked) {
        field.checked = false;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
      sessionStorage.setItem(key, JSON.stringify([...struck]));
      show();
    });
    show();
    option.after(button);
    const row = Object.assign(document.createElement("div"), { className: "mp-option-row" });
    option.before(row);
    row.append(option, button);
  }
}

// --- the clock ----------------------------------------------------------------------------------------------------

function clock(holder) {
  const ends = performance.now() + Number(holder.dataset.left) * 1000;
  const face = holder.querySelector("[data-clock]");
  const left = () => Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  let before = left();
  const timer = setInterval(() => {
    const now = left();
    if (face) face.textContent = countdown(now);
    const passed = ANNOUNCED.find((minutes) => before > minutes * 60 && now <= minutes * 60);
    if (passed) say(inWords(passed * 60));
    before = now;
    if (now === 0) {
      clearInterval(timer);
      document.querySelector("[data-time-up]")?.requestSubmit();
    }
  }, 500);
  return left;
}

export function sit() {
  const form = document.querySelector("[data-exam]");
  if (!form) return;
  saver(form);
  strikes(form);
  for (const hint of document.querySelectorAll("[data-script-only]")) hint.hidden = false;
  const holder = document.querySelector("[data-left]");
  const left = holder ? clock(holder) : null;
  document.addEventListener("milepost:time", () => say(left ? inWords(left()) : "No time limit"));
}
