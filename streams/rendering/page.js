// Draws an event's arrows over the text: from the words that name it to its participants, date, place, content.
// Everything shown is in the page already; here it is only selected and joined.
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const tip = document.createElement("p");
  tip.id = "tip";
  tip.setAttribute("role", "tooltip");
  tip.lang = "en";
  tip.hidden = true;
  document.body.append(tip);

  const shape = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };

  // "2.0.trigger" → event, slot in the event, style class
  const partsOf = (piece) => piece.dataset.parts.split(" ").map((part) => {
    const [event, slot, style] = part.split(".");
    return {piece, event, slot, style};
  });

  // An arrow's ends on the box of the text: where words begin on their first line.
  const placeOf = (piece, box) => {
    const line = piece.getClientRects()[0];
    return {left: line.left - box.left, top: line.top - box.top, bottom: line.bottom - box.top, width: line.width};
  };

  const curve = (from, to) => {
    const x1 = from.left + from.width / 2;
    const x2 = to.left + Math.min(to.width / 2, 40);
    if (Math.abs(from.top - to.top) < 8) {
      const rise = Math.min(16, 8 + Math.abs(x2 - x1) / 40);
      return {x2, y2: to.top, down: 1, path: `M${x1} ${from.top}C${x1} ${from.top - rise} ${x2} ${to.top - rise} ${x2} ${to.top - 4}`};
    }
    const down = to.top > from.top ? 1 : -1;
    const y1 = down > 0 ? from.bottom : from.top;
    const y2 = down > 0 ? to.top : to.bottom;
    const bend = Math.max(12, Math.min(90, Math.abs(y2 - y1) / 2)) * down;
    return {x2, y2, down, path: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2 - 4 * down}`};
  };

  const start = (article) => {
    const text = article.querySelector(".text");
    const pieces = [...text.querySelectorAll("mark")];
    const plain = new Map(pieces.map((piece) => [piece, piece.className]));
    const parts = pieces.flatMap(partsOf);
    const cards = [...article.querySelectorAll(".event")];
    const canvas = shape("svg", {class: "arrows", "aria-hidden": "true"});
    let selected = "";
    text.append(canvas);

    const draw = () => {
      canvas.replaceChildren();
      const box = text.getBoundingClientRect();
      const own = parts.filter((part) => part.event === selected);
      const trigger = own.find((part) => part.style === "trigger");
      if (!trigger) return;
      const origin = placeOf(trigger.piece, box);
      const goesOn = (part) => own.some((other) =>
        other.slot === part.slot && other.style === part.style && other.piece.nextSibling === part.piece);
      for (const part of own) {
        if (part.piece === trigger.piece || goesOn(part)) continue;
        const at = placeOf(part.piece, box);
        // a name given elsewhere hangs on the words that stand for it, else on the trigger
        const words = part.style === "named" && own.find((other) => other.slot === part.slot && other.style !== "named");
        const arrow = curve(words ? placeOf(words.piece, box) : origin, at);
        canvas.append(shape("path", {class: `line ${part.style}`, d: arrow.path}));
        canvas.append(shape("path", {class: `head ${part.style}`,
          d: `M${arrow.x2 - 4} ${arrow.y2 - 7 * arrow.down}L${arrow.x2} ${arrow.y2}L${arrow.x2 + 4} ${arrow.y2 - 7 * arrow.down}Z`}));
      }
    };

    const select = (event, {into = false} = {}) => {
      selected = event;
      for (const piece of pieces) {
        const own = partsOf(piece).filter((part) => part.event === event);
        const others = plain.get(piece).includes("trigger") ? "off starts" : "off";
        piece.className = !event ? plain.get(piece) : own.length ? ["on", ...own.map((part) => part.style)].join(" ") : others;
        if (event ? own.length : plain.get(piece).includes("trigger")) piece.tabIndex = 0;
        else piece.removeAttribute("tabindex");
      }
      for (const card of cards) {
        const link = card.querySelector("h3 a");
        card.classList.toggle("on", card.dataset.event === event);
        if (card.dataset.event === event) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
        if (into && card.dataset.event === event) card.scrollIntoView({block: "nearest"});
      }
      draw();
    };

    const show = (piece) => {
      tip.textContent = piece.dataset.tells;
      tip.hidden = false;
      piece.setAttribute("aria-describedby", "tip");
      const line = piece.getClientRects()[0];
      const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
      tip.style.left = `${left + scrollX}px`;
      tip.style.top = `${line.bottom + 6 + scrollY}px`;
    };
    const hide = (piece) => {
      tip.hidden = true;
      piece.removeAttribute("aria-describedby");
    };
    // Of a piece that several events share, each choice takes the next; after the last, all are shown.
    const next = (piece) => {
      const events = [...new Set(partsOf(piece).map((part) => part.event))];
      select(events[events.indexOf(selected) + 1] ?? "", {into: innerWidth >= 960});
    };

    for (const piece of pieces) {
      piece.dataset.tells = piece.title;
      piece.removeAttribute("title");
      piece.addEventListener("mouseenter", () => show(piece));
      piece.addEventListener("mouseleave", () => hide(piece));
      piece.addEventListener("focus", () => show(piece));
      piece.addEventListener("blur", () => hide(piece));
      piece.addEventListener("click", () => next(piece));
      piece.addEventListener("keydown", (key) => {
        if (key.key === "Enter") next(piece);
      });
    }
    for (const card of cards) {
      card.addEventListener("focusin", () => selected !== card.dataset.event && select(card.dataset.event));
      card.addEventListener("click", () => selected !== card.dataset.event && select(card.dataset.event));
    }
    article.addEventListener("keydown", (key) => {
      if (key.key === "Escape") {
        tip.hidden = true;
        select("");
      }
    });
    new ResizeObserver(draw).observe(text);
    select(cards.length ? cards[0].dataset.event : "");
  };

  document.querySelectorAll("article").forEach(start);
})();
