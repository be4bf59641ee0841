import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PATIENCE } from './patience.ts';
import { BIN } from './process.ts';
import { temporaryFolder } from './run.ts';
import { HAS_TERMINAL } from './terminal.ts';

/** The shells that the tests start. PowerShell is not one of them. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/** Whether the tests fail, instead of being skipped, if a program is missing. */
const MUST_RUN = Boolean(process.env['CI'] || process.env['METRIKA_CALLS_SHELLS'] === '1');

/** Whether the tests of a program are skipped: it is missing, and no CI system runs them. */
export function isSkipped(program: string): boolean {
  if (HAS_TERMINAL && MUST_RUN) return false;
  return !HAS_TERMINAL || spawnSync('which', [program]).status !== 0;
}

/** The folder of completions that fish would write in the background if it were not there. */
const GENERATED = '.local/share/fish/generated_completions';

const PROMPT = 'ready> ';

/** The lines that a shell reads before its first prompt. They make its answers easy to read. */
const SETTINGS: Readonly<Record<Shell, string>> = {
  bash: `unset HISTFILE
PS1='${PROMPT}'
bind 'set enable-bracketed-paste off'
bind 'set show-all-if-ambiguous on'
bind 'set completion-query-items 0'
bind 'set page-completions off'
bind 'set bell-style none'
`,
  zsh: `unset HISTFILE
PS1='${PROMPT}'
unsetopt zle_bracketed_paste prompt_cr prompt_sp auto_menu list_ambiguous list_beep
LISTMAX=100000
`,
  fish: `function fish_prompt
    echo -n '${PROMPT}'
end
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
`,
};

interface SessionOptions {
  /** More lines for the settings of the shell, after those that read the completion script. */
  readonly settings?: string;
  /** The language of the completion script. */
  readonly lang?: 'en' | 'ru';
  /** Whether zsh has no completion system of its own. */
  readonly isBare?: boolean;
  /** Whether zsh finds the script in `$fpath` instead of reading it. */
  readonly inPath?: boolean;
}

/**
 * A shell on its own terminal, with the completion script. In this shell, `metrika-calls` is a program
 * that prints its arguments, so a test sees what the shell would start. Only `completion` is passed on
 * to the built command.
 */
export class ShellSession {
  /** The working folder of the shell. It is empty at first. */
  readonly folder: string;
  readonly #child: ChildProcess;
  readonly #starts: string;
  #seen = '';
  #ended = false;
  #markers = 0;

  private constructor(child: ChildProcess, folder: string, starts: string) {
    this.folder = folder;
    this.#child = child;
    this.#starts = starts;
    child.stdout?.setEncoding('utf8');
    child.stdout?.on('data', (text: string) => (this.#seen += text));
    child.on('close', () => (this.#ended = true));
  }

  /** Starts a shell, and waits for its first prompt. The shell ends with the test. */
  static async start(shell: Shell, options: SessionOptions = {}): Promise<ShellSession> {
    const home = temporaryFolder();
    const folder = join(home, 'work');
    const starts = join(home, 'starts');
    for (const made of [folder, join(home, 'bin')]) mkdirSync(made);
    for (const made of ['config/fish/completions', 'config/metrika-calls', 'functions', GENERATED])
      mkdirSync(join(home, made), { recursive: true });
    writeFileSync(starts, '');
    writeFileSync(
      join(home, 'bin/metrika-calls'),
      `#!/bin/sh
echo "$*" >> '${starts}'
if [ "$1" = completion ]; then exec '${process.execPath}' '${BIN}' "$@"; fi
for word; do printf '[%s]\\n' "$word"; done
echo 'end of words'
`,
    );
    chmodSync(join(home, 'bin/metrika-calls'), 0o755);
    const env = {
      PATH: `${join(home, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: home,
      ZDOTDIR: home,
      XDG_CONFIG_HOME: join(home, 'config'),
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
    };
    const language = ['--lang', options.lang ?? 'en'];
    const made = spawnSync(process.execPath, [BIN, 'completion', shell, ...language], { env });
    const script = join(home, placeOf(shell, options));
    writeFileSync(script, made.stdout);
    const line = startingLine(shell, home, script, options);
    const child = spawn('script', ['-qec', `stty cols 200 rows 60; ${line}`, '/dev/null'], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const session = new ShellSession(child, folder, starts);
    onTestFinished(async () => {
      await session.#end();
    });
    await session.#appears(PROMPT, 0);
    return session;
  }

  /** The command lines of `metrika-calls` that the shell has started. */
  get started(): string[] {
    return readFileSync(this.#starts, 'utf8').split('\n').filter(Boolean);
  }

  /** Writes the counters that an earlier run kept. */
  keep(counters: unknown, mode = 0o600): void {
    const path = join(this.folder, '../config/metrika-calls/counters.json');
    writeFileSync(path, typeof counters === 'string' ? counters : JSON.stringify({ counters }));
    chmodSync(path, mode);
  }

  /** Types a text, presses TAB and Enter, and returns the words of the command line. */
  async completed(typed: string): Promise<string[]> {
    const from = this.#seen.length;
    this.#child.stdin?.write(`${typed}\t\r`);
    await this.#appears('end of words', from);
    const words = withoutStyles(this.#seen.slice(from)).matchAll(/^\[(.*)\]\r*$/gm);
    await this.#appears(PROMPT, this.#seen.lastIndexOf('end of words'));
    return [...words].map(([, word = '']) => word);
  }

  /**
   * Types a text and presses TAB, waits until an expected text appears, and clears the line.
   *
   * @returns everything that appeared, without styles
   */
  async offered(typed: string, expected: string, tabs = 1): Promise<string> {
    const from = this.#seen.length;
    this.#child.stdin?.write(typed + '\t'.repeat(tabs));
    await this.#appears(expected, from);
    this.#markers += 1;
    const marker = `marker ${String(this.#markers)}`;
    // The quotes keep the echo of the line apart from its output.
    this.#child.stdin?.write(`\u0015echo "marker" ${String(this.#markers)}\r`);
    await this.#appears(marker, from);
    const to = this.#seen.lastIndexOf(marker);
    await this.#appears(PROMPT, to);
    return withoutStyles(this.#seen.slice(from, to));
  }

  /** Ends the shell, so that it writes nothing into its folder after the test. */
  async #end(): Promise<void> {
    const closed = new Promise((resolve) => this.#child.on('close', resolve));
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 2000 * PATIENCE);
    this.#child.stdin?.write('\u0015exit\r');
    if (!this.#ended) await closed;
    clearTimeout(late);
  }

  /** Waits until a text appears after a place in the output. */
  async #appears(text: string, from: number): Promise<void> {
    while (!withoutStyles(this.#seen.slice(from)).includes(text)) {
      if (this.#ended) throw new Error(`the shell ended, and never showed ${text}: ${this.#seen}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

function placeOf(shell: Shell, { inPath }: SessionOptions): string {
  if (shell === 'fish') return 'config/fish/completions/metrika-calls.fish';
  return inPath === true ? 'functions/_metrika-calls' : 'completion-script';
}

/** Writes the settings of a shell, and returns the line that starts it. */
function startingLine(
  shell: Shell,
  home: string,
  script: string,
  { settings = '', inPath = false, isBare = false }: SessionOptions,
): string {
  const reads = shell === 'fish' || inPath ? '' : `source '${script}'\n`;
  const first = inPath ? `fpath=('${home}/functions' $fpath)\n` : '';
  const system = shell === 'zsh' && !isBare ? 'autoload -Uz compinit\ncompinit -u -D\n' : '';
  const file = { bash: '.bashrc', zsh: '.zshrc', fish: 'config/fish/config.fish' }[shell];
  writeFileSync(join(home, file), first + SETTINGS[shell] + system + reads + settings);
  return { bash: 'exec bash -i', zsh: 'exec zsh -d -i', fish: 'exec fish --private -i' }[shell];
}

/** Removes the escape sequences of a terminal. */
function withoutStyles(text: string): string {
  return text.replace(
    /\u001b(?:\[[\d;?<>=]*[a-zA-Z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()].|[=>])/g,
    '',
  );
}

/** Whether a file exists in the working folder of a session, for tests of hostile names. */
export function isThere(session: ShellSession, name: string): boolean {
  return existsSync(join(session.folder, name));
}
