// Shows the screens of the program in a real terminal, tmux, and saves their text in test/screens.
// A test makes the same screens without tmux, and compares them with the saved text.
// `--look FOLDER` also writes each screen as an HTML page.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ALIAS } from './bundle-sources.js';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'metrika-calls-tmux-'));
const player = join(folder, 'player.mjs');
const reader = join(folder, 'reader.mjs');
const lookAt = process.argv[process.argv.indexOf('--look') + 1];

const bundle = (contents, outfile) =>
  build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    alias: ALIAS,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as fromNode } from 'node:module'; const require = fromNode(import.meta.url);",
    },
  });

try {
  await bundle(
    `import { playScreens } from './test/support/screens.ts';
     const [language, hasColors] = process.argv.slice(2);
     await playScreens({ stream: process.stdout, language, hasColors: hasColors === 'true' });
     process.exit(0);`,
    player,
  );
  await bundle(
    `export { lasting, STAGES } from './test/support/screens.ts';
     export { terminalText } from './test/support/terminal-text.ts';`,
    reader,
  );
  const { lasting, STAGES, terminalText } = await import(reader);
  for (const { name, language, columns, hasColors } of STAGES) {
    // Each session has its own socket. On a shared socket, a tmux server that is shutting down
    // would also end the next session.
    const shown = played(join(folder, name), { language, columns, hasColors });
    const text = `${lasting(terminalText(shown, columns))}\n`;
    writeFileSync(join(root, 'test', 'screens', `${name}.txt`), text);
    if (process.argv.includes('--look'))
      writeFileSync(join(lookAt, `${name}.html`), page(text, columns));
    console.log(`${name}: ${text.split('\n').length} lines`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Returns the text of the terminal after all output, including lines above the visible screen. */
function played(socket, { language, columns, hasColors }) {
  const done = `done-${String(process.pid)}`;
  const command = `node ${player} ${language} ${String(hasColors)}; tmux -S ${socket} wait-for -S ${done}; sleep 100`;
  const tmux = (...words) =>
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...words], { encoding: 'utf8' });
  tmux('-u', 'new-session', '-d', '-x', String(columns), '-y', '50', 'cat');
  tmux('set-option', '-g', 'history-limit', '20000');
  try {
    tmux('new-window', '-t', ':', command);
    tmux('wait-for', done);
    return tmux('capture-pane', '-p', '-e', '-S', '-');
  } finally {
    spawnSync('tmux', ['-S', socket, 'kill-server']);
  }
}

/** Returns a screen as an HTML page. */
function page(text, columns) {
  const html = text
    .replace(/[&<>]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
    .replace(/\{((?:bold|dim|red|green|yellow|cyan)(?: \w+)*)\}/g, '<b class="$1">')
    .replaceAll('{/}', '</b>');
  return `<!doctype html><meta charset="utf-8"><style>
    body { background: #111; color: #ddd; font: 14px/1.25 monospace; } pre { width: ${String(columns)}ch; border-right: 1px solid #444; }
    b { font-weight: normal; } .bold { font-weight: bold; color: #fff; } .dim { color: #888; } .red { color: #f55; }
    .green { color: #5d5; } .yellow { color: #dd5; } .cyan { color: #5dd; }</style><pre>${html}</pre>`;
}
