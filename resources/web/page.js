"use strict";
(() => {
  const ENTRIES = "tr[data-status]";

  /** Return words in which width, case, kana and dashes make no difference. */
  const plain = (words) =>
    words
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
      .replace(/[‐‑‒–—―−ー]/g, "-");

  /** Return the grid column of each cell of a table, and the cells over several rows. */
  const readGrid = (rows) => {
    const columns = new Map();
    const tall = [];
    const taken = rows.map(() => new Set());
    rows.forEach((row, place) => {
      let column = 0;
      for (const cell of row.cells) {
        while (taken[place].has(column)) column += 1;
        columns.set(cell, column);
        const over = rows.slice(place, place + cell.rowSpan);
        for (let down = 0; down < over.length; down += 1) {
          for (let across = 0; across < cell.colSpan; across += 1) {
            taken[place + down].add(column + across);
          }
        }
        if (over.length > 1) tall.push({ cell, over });
        column += cell.colSpan;
      }
    });
    return { columns, tall };
  };

  /** Put each cell over several rows beside those of them that are shown. */
  const settle = ({ columns, tall }) => {
    for (const { cell, over } of tall) {
      const shown = over.filter((row) => !row.hidden);
      const home = shown[0] || over[0];
      const after = [...home.cells].find(
        (each) => each !== cell && columns.get(each) > columns.get(cell),
      );
      home.insertBefore(cell, after || null);
      cell.rowSpan = Math.max(1, shown.length);
    }
  };

  /** Show the bands of which a row is shown, and what is about no action while all are. */
  const settleBands = (rows, isNarrowed) => {
    let below = [];
    for (const row of [...rows].reverse()) {
      if (row.dataset.level) {
        const level = Number(row.dataset.level);
        row.hidden = isNarrowed && !below.some((each) => each >= level);
        if (!row.hidden) below = [level];
      } else if (!row.hidden) {
        below.push(Infinity);
      }
    }
  };

  const startFilter = (form) => {
    const tables = [...form.parentElement.querySelectorAll("table")]
      .filter((table) => table.querySelector(ENTRIES))
      .map((table) => {
        const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
        const box = table.closest(".group") || table.closest(".scroll") || table;
        return { box, rows, ...readGrid(rows) };
      });
    const words = new Map();
    for (const { rows, tall } of tables) {
      for (const row of rows) words.set(row, row.textContent);
      for (const { cell, over } of tall) {
        for (const row of over.slice(1)) words.set(row, words.get(row) + cell.textContent);
      }
    }
    for (const [row, text] of words) words.set(row, plain(text));
    const choices = [...form.querySelectorAll("select")];
    const found = form.querySelector(".found");
    const none = form.querySelector(".none");

    /** Return what was chosen, as it is read on paper too. */
    const told = () =>
      [...choices, form.elements.search]
        .filter((each) => each.value.trim())
        .map((each) => {
          const [chosen] = each.selectedOptions || [];
          return `${each.labels[0].textContent}：${chosen ? chosen.textContent : each.value.trim()}`;
        })
        .join("、");

    const show = () => {
      const wanted = plain(form.elements.search.value).split(/\s+/).filter(Boolean);
      const isNarrowed = wanted.length > 0 || choices.some((each) => each.value);
      let all = 0;
      let shown = 0;
      for (const table of tables) {
        for (const row of table.rows) {
          if (!row.matches(ENTRIES)) {
            row.hidden = isNarrowed;
            continue;
          }
          row.hidden =
            !wanted.every((each) => words.get(row).includes(each)) ||
            !choices.every(
              ({ name, value }) => !value || row.dataset[name].split(" ").includes(value),
            );
          all += 1;
          if (!row.hidden) shown += 1;
        }
        settleBands(table.rows, isNarrowed);
        settle(table);
        table.box.hidden = !table.rows.some((row) => !row.hidden);
      }
      form.classList.toggle("narrowed", isNarrowed);
      found.textContent = `${all}件中${shown}件${isNarrowed ? `（${told()}）` : "を表示しています。"}`;
      none.hidden = shown > 0;
    };

    form.addEventListener("input", show);
    form.addEventListener("reset", () => setTimeout(show));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    show();
  };

  /** Say of the tables that can be scrolled that they can; the keyboard stops only at these. */
  const settleBoxes = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      const isWide = box.scrollWidth > box.clientWidth;
      box.classList.toggle("wide", isWide);
      if (isWide) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  document.querySelectorAll("form.filter").forEach(startFilter);
  settleBoxes();
  addEventListener("resize", settleBoxes);
})();
