// Checks the pages of --html in Chromium with axe: `npm run pages`. Takes screenshots at two
// widths, each in light and dark. By default, the screenshots are in a new temporary folder.
// `npm run pages -- /tmp/pages` writes them to /tmp/pages. The script needs chromium (Debian:
// chromium).
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ROOT } from './bundle-sources.js';

const [folder = mkdtempSync(join(tmpdir(), 'metrika-calls-pages-'))] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Returns a CSV file with a year of calls, mostly in the daytime. The file is the same for all runs
 * on one day.
 */
function yearOfCalls() {
  const now = Math.floor(Date.now() / 86_400_000) * 86_400;
  let state = 42;
  const random = (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const lines = [
    'ClientId,DateTime,Price,Currency,PhoneNumber,TalkDuration,HoldDuration,CallMissed,Tag',
  ];
  for (let at = 0; at < 9000; at += 1) {
    const hour = 6 + Math.min(random(13), random(16));
    const time = now - random(365) * 86_400 + (hour - 3) * 3600 + random(3600) - 86_400;
    const isMissed = random(7) === 0;
    const talk = isMissed ? 0 : 20 + random(200) + random(8) * random(60);
    const price = isMissed ? ',' : `${500 + random(4500)},RUB`;
    const tag = ['отдел продаж', 'north office', '<b>bold</b>'][random(3)];
    lines.push(
      `16330248001${String(10_000_000 + at)},${time},${price},+7916${1_000_000 + at},${talk},${random(40)},${isMissed ? 1 : 0},${tag}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function made(name, words) {
  const path = join(folder, `${name}.html`);
  try {
    execFileSync(process.execPath, [
      `${ROOT}/bin/metrika-calls.js`,
      ...words,
      '--html',
      path,
      '-q',
    ]);
  } catch (error) {
    // Exit code 3 is expected: the checked file has errors.
    if (error.status !== 3) throw error;
  }
  return path;
}

const year = join(folder, 'year.csv');
writeFileSync(year, yearOfCalls());
const spreadsheet = `${ROOT}/fixtures/spreadsheet.csv`;
const pages = [
  made('inspect-en', ['inspect', '--timezone', 'Europe/Moscow', year]),
  made('inspect-ru', ['inspect', '--timezone', 'Asia/Vladivostok', '--lang', 'ru', year]),
  made('validate-en', ['validate', spreadsheet]),
  made('validate-ru', ['validate', '--lang', 'ru', spreadsheet, year]),
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
let faults = 0;
for (const path of pages) {
  for (const width of [390, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        bypassCSP: false,
      });
      const page = await context.newPage();
      const said = [];
      page.on('console', (message) => said.push(message.text()));
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) said.push(`a request to ${request.url()}`);
      });
      await page.goto(pathToFileURL(path).href);
      const picture = path.replace(/\.html$/, `-${width}-${colorScheme}.png`);
      await page.screenshot({ path: picture, fullPage: true });
      const isWide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = globalThis.document.documentElement;
        return scrollWidth > clientWidth;
      });
      if (isWide) said.push('the page is wider than its window');
      // The page forbids all scripts, so axe examines the page in a browser context that ignores
      // this policy.
      const checked = await browser.newContext({
        colorScheme,
        viewport: { width, height: 900 },
        bypassCSP: true,
      });
      const copy = await checked.newPage();
      await copy.goto(pathToFileURL(path).href);
      await copy.evaluate(axe);
      const { violations } = await copy.evaluate(() => globalThis.axe.run());
      for (const { id, help, nodes } of violations)
        said.push(`axe ${id}: ${help} (${nodes.length}) ${nodes[0].html.slice(0, 120)}`);
      console.log(`${said.length === 0 ? 'ok  ' : 'FAIL'} ${picture}`);
      for (const one of said) console.log(`     ${one}`);
      faults += said.length;
      await context.close();
      await checked.close();
    }
  }
}
await browser.close();
console.log(`${pages.length} pages, ${faults} faults; pictures are in ${folder}`);
process.exitCode = faults === 0 ? 0 : 1;
