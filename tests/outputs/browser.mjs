// Opens pages in Chromium as their readers do, and prints what is wrong with them, a line each.
// Arguments: the folder for pictures, then the pages. It runs where the packages are installed.

import { createRequire } from "node:module";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const FLAGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const SCREENS = {
  "360": { width: 360, height: 740 },
  "1280": { width: 1280, height: 900 },
};
// Of 1280 pixels at 200 and at 400 %.
const ENLARGED = [640, 320];
// Of bytes: of larger pages only the structure is looked at, and once; their looks are not their own.
const LARGE = 1e6;
const PAPER = 1032; // pixels between the margins of A4 as it lies

const [pictures, ...pages] = process.argv.slice(2);

/** Open a page with whatever options, and tell `wrong` what it asks for and complains about. */
async function opened(browser, file, options, wrong) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address) wrong(`asks for ${request.url()}`);
  });
  page.on("console", (message) => wrong(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto(address);
  return page;
}

async function expectNoSideways(page, width, wrong) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) wrong(`at ${width} pixels the page is ${wide} wide`);
}

async function expectAccessible(page, isLarge, wrong) {
  const options = {
    resultTypes: ["violations"],
    rules: isLarge ? { "color-contrast": { enabled: false } } : {},
  };
  const { violations } = await page.evaluate(`${AXE}; axe.run(${JSON.stringify(options)})`);
  for (const { id, nodes } of violations) {
    wrong(`axe: ${id}, ${nodes.length} times: ${nodes[0].html.slice(0, 160)}`);
  }
}

/** Return how many rows of actions are shown, and whether all rows of all tables are whole. */
function rowsShown() {
  const tables = [...document.querySelectorAll("table")];
  const seen = (row) => row.getClientRects().length > 0;
  const areWhole = tables.every((table) =>
    [table.tHead, ...table.tBodies].filter(Boolean).every((group) => {
      const lengths = [];
      const rows = [...group.rows].filter(seen);
      rows.forEach((row, place) => {
        for (const cell of row.cells) {
          for (let down = place; down < place + cell.rowSpan; down += 1) {
            lengths[down] = (lengths[down] || 0) + cell.colSpan;
          }
        }
      });
      return lengths.length === rows.length && new Set(lengths).size <= 1;
    }),
  );
  const actions = [...document.querySelectorAll("tr[data-status]")].filter(seen);
  const bands = [...document.querySelectorAll("tr.band")].filter(seen);
  return { actions: actions.length, bands: bands.length, areWhole };
}

const rendered = (element) => element.getClientRects().length > 0;

/** Expect that no line ends within 第3次, and that a table says if it goes on to the right. */
async function expectReadable(page, width, wrong) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const { broken, silent } = await page.evaluate(() => ({
    broken: [...document.querySelectorAll(".whole")].filter((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return new Set([...range.getClientRects()].map((line) => line.top)).size > 1;
    }).length,
    silent: [...document.querySelectorAll(".scroll")].filter(
      (each) =>
        each.scrollWidth > each.clientWidth !==
        getComputedStyle(each, "::before").content.includes("横に"),
    ).length,
  }));
  if (broken) wrong(`at ${width} pixels a number is broken`);
  if (silent) wrong(`at ${width} pixels ${silent} tables do not say whether they scroll`);
}

async function expectFilter(page, wrong) {
  const before = await page.evaluate(rowsShown);
  if (!before.areWhole) wrong("a table has rows of different lengths");
  for (const form of await page.$$("form.filter")) {
    if (!(await form.isVisible())) wrong("a filter is not shown");
    for (const select of await form.$$("select")) {
      const name = await select.getAttribute("name");
      const last = await select.$$eval("option", (options) => options.length - 1);
      await select.selectOption({ index: last });
      const { rows, shown } = await form.evaluate(
        (each, [key, value]) => {
          const found = [...each.parentElement.querySelectorAll("tr[data-status]")];
          return {
            rows: found.filter((row) => row.dataset[key].split(" ").includes(value)).length,
            shown: found.filter((row) => row.getClientRects().length > 0).length,
          };
        },
        [name, await select.inputValue()],
      );
      if (rows !== shown || rows === 0) wrong(`${name}: ${rows} rows, ${shown} shown`);
      const said = await form.$eval("[role=status]", (each) => each.textContent);
      if (!said.includes(`${shown}件`)) wrong(`${name}: ${shown} shown, but says ${said}`);
      const after = await page.evaluate(rowsShown);
      if (!after.areWhole) wrong(`${name}: rows of different lengths are left`);
      await select.selectOption("");
    }
    await form.$eval("[name=search]", (each) => each.focus());
    await page.keyboard.type("zzz zzz");
    await page.keyboard.press("Enter");
    const none = await form.evaluate(
      (each) =>
        [...each.parentElement.querySelectorAll("tr[data-status], tr.band")].filter(
          (row) => row.getClientRects().length > 0,
        ).length,
    );
    if (none > 0) wrong(`${none} rows are shown of what nobody wrote`);
    if (!(await form.$eval(".none", rendered))) wrong("nothing is shown, and no way out");
    await page.emulateMedia({ media: "print" });
    const printed = await form.$eval(".count", (each) => each.innerText);
    if (!/^\d+件中0件（.*語句：zzz zzz）$/.test(printed.trim())) wrong(`printed: ${printed}`);
    if (await form.$eval("button", rendered)) wrong("a button is printed");
    await page.emulateMedia({ media: "screen" });
    await (await form.$("[type=reset]")).click();
    await page.waitForFunction((row) => row.getClientRects().length > 0, await page.$("tbody tr"));
  }
  await page.emulateMedia({ media: "print" });
  const left = await page.$$eval("form.filter", (all) => all.filter((each) => each.getClientRects().length));
  if (left.length) wrong("a filter that narrows nothing is printed");
  await page.emulateMedia({ media: "screen" });
  const after = await page.evaluate(rowsShown);
  if (JSON.stringify(after) !== JSON.stringify(before)) wrong("a filter does not let go");
}

async function expectKeyboard(page, wrong) {
  await page.keyboard.press("Tab");
  const first = await page.evaluate(() => {
    const { left, top, width } = document.activeElement.getBoundingClientRect();
    return { address: document.activeElement.getAttribute("href"), seen: left >= 0 && top >= 0 && width > 20 };
  });
  if (first.address !== "#main" || !first.seen) wrong("the first stop is not the skip link");
}

// On paper heads stand again on each page and not alone at its end, and no row is cut.
async function expectPrintable(page, wrong) {
  const rules = { thead: "display", "tbody tr": "breakInside", "thead + tbody": "breakBefore" };
  const found = await page.evaluate(
    (asked) =>
      Object.entries(asked).map(([name, rule]) => {
        const element = document.querySelector(name);
        return element ? getComputedStyle(element)[rule] : "none there";
      }),
    rules,
  );
  if (String(found) !== "table-header-group,avoid,avoid") wrong(`in print: ${found}`);
}

async function check(browser, file) {
  const name = path.basename(file, ".html");
  const isLarge = statSync(file).size > LARGE;
  const found = new Set();
  const wrong = (what) => found.add(`${name}: ${what}`);
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    const page = await opened(browser, file, { viewport }, wrong);
    await page.screenshot({ path: path.join(pictures, `${name}-${screen}.png`) });
    await expectNoSideways(page, viewport.width, wrong);
    await expectReadable(page, viewport.width, wrong);
    if (screen === "1280" || !isLarge) {
      await expectAccessible(page, isLarge, (what) => wrong(`at ${screen}: ${what}`));
      await expectKeyboard(page, wrong);
      await expectFilter(page, wrong);
    }
    if (screen === "1280") {
      for (const width of ENLARGED) {
        await page.setViewportSize({ width, height: 512 });
        await expectNoSideways(page, width, wrong);
        await expectReadable(page, width, wrong);
      }
      await page.setViewportSize({ width: PAPER, height: 1000 });
      await page.emulateMedia({ media: "print" });
      await expectNoSideways(page, PAPER, wrong);
      await expectPrintable(page, wrong);
      await page.pdf({ path: path.join(pictures, `${name}.pdf`), preferCSSPageSize: true });
    }
    await page.context().close();
  }
  const plain = { viewport: SCREENS["1280"], javaScriptEnabled: false };
  const page = await opened(browser, file, plain, wrong);
  await page.screenshot({ path: path.join(pictures, `${name}-plain.png`) });
  const shown = await page.locator("tbody tr").count();
  const seen = await page.locator("tbody tr:visible").count();
  if (seen !== shown) wrong(`without scripts ${seen} of ${shown} rows are shown`);
  if (await page.locator("form:visible").count()) wrong("without scripts a filter is shown");
  await page.context().close();
  for (const each of found) console.log(each);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: FLAGS,
});
try {
  for (const file of pages) await check(browser, file);
} finally {
  await browser.close();
}
