"use strict";
// The page works without this file; with it, events come live, and figures are read anew now and then.

const MOST_ITEMS = 200;
const MOST_WAITING = 500;
const RETRY_MS = 3000;
const STRIP_MS = 5000;
const OVERVIEW_MS = 15000;

const list = document.getElementById("events");
const live = document.getElementById("live");
const nothing = document.getElementById("nothing");
const status = document.getElementById("status");
const pause = document.getElementById("pause");

let source = null;
let paused = false;
let overflow = false;
let changed = false;
let waiting = [];

/** Puts an event where its publication belongs; the newest of equals comes first. */
function show(message) {
  const holder = document.createElement("template");
  holder.innerHTML = message.html; // rendered and escaped by the server, which renders the page too
  const item = holder.content.firstElementChild;
  find(message.id)?.remove();
  const after = [...list.children].find((other) => other.dataset.key <= message.key);
  list.insertBefore(item, after ?? null);
  item.classList.add("new");
  nothing.hidden = true;
  while (list.children.length > MOST_ITEMS) list.lastElementChild.remove();
}

function find(id) {
  return [...list.children].find((item) => item.dataset.id === id);
}

function withdraw(message) {
  waiting = waiting.filter((other) => other.id !== message.id);
  const item = find(message.id);
  if (!item || item.classList.contains("withdrawn")) return;
  item.classList.add("withdrawn");
  const label = document.createElement("span");
  label.className = "alarm";
  label.textContent = live.dataset.withdrawn;
  item.querySelector(".meta").prepend(label);
}

function receive(message) {
  changed = true;
  if (!paused) show(message);
  else if (waiting.length < MOST_WAITING) waiting.push(message);
  else overflow = true;
  tell();
}

function tell() {
  if (!source || source.readyState !== EventSource.OPEN) status.textContent = live.dataset.reconnecting;
  else if (!paused) status.textContent = live.dataset.live;
  else {
    const count = overflow ? `${waiting.length}+` : waiting.length;
    status.textContent = waiting.length ? `${live.dataset.paused}: ${count} ${live.dataset.new}` : live.dataset.paused;
  }
  live.classList.toggle("on", status.textContent === live.dataset.live);
}

/** The browser comes back by itself after a break, but not after an answer that is no stream. */
function connect() {
  source = new EventSource(live.dataset.source);
  source.onopen = tell;
  source.onerror = () => {
    tell();
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MS);
  };
  source.addEventListener("event", (event) => receive(JSON.parse(event.data)));
  source.addEventListener("withdrawn", (event) => withdraw(JSON.parse(event.data)));
  source.addEventListener("reset", () => location.reload());
}

function togglePause() {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  pause.textContent = paused ? live.dataset.resume : live.dataset.pause;
  if (!paused) {
    if (overflow) location.reload();
    waiting.forEach(show);
    waiting = [];
  }
  tell();
}

async function load(element) {
  try {
    const answer = await fetch(element.dataset.source, { headers: { "X-Requested-With": "fragment" } });
    if (answer.ok) element.innerHTML = await answer.text(); // rendered and escaped by the server
  } catch {
    // the server is away; the next time will tell
  }
}

function every(milliseconds, job) {
  setInterval(() => document.visibilityState === "visible" && job(), milliseconds);
}

const overview = document.getElementById("overview");
load(overview);
every(STRIP_MS, () => load(document.getElementById("strip")));
if (live) {
  pause.hidden = false;
  pause.addEventListener("click", togglePause);
  connect();
  every(OVERVIEW_MS, () => {
    if (changed && !paused && !overview.contains(document.activeElement)) load(overview);
    changed = false;
  });
  addEventListener("pagehide", () => source.close());
}

// On a phone the filters would hide the news; one that is in use stays in sight.
const box = document.getElementById("filter-box");
if (matchMedia("(max-width: 45rem)").matches && !("used" in box.dataset)) box.open = false;

// Empty fields stay out of the address, so that a view's link is short.
document.querySelector(".filters").addEventListener("submit", (event) => {
  for (const field of event.target.elements) if (field.name && field.value === "") field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelector(".filters").elements) field.disabled = false;
});
