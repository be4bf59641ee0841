import { Chalk, type ChalkInstance } from 'chalk';
import { redactSecrets } from '../metrika/token.ts';
import {
  type Environment,
  type OutputStream,
  type TerminalAbilities,
  terminalAbilities,
  type TerminalWishes,
} from './terminal.ts';

/** How results are written. */
export type OutputFormat = 'text' | 'json' | 'github';

/** The output wishes of one run. */
export interface OutputSettings extends TerminalWishes {
  readonly format: OutputFormat;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Paints text for one stream, and knows its symbols. */
export interface Style {
  readonly paint: ChalkInstance;
  readonly abilities: TerminalAbilities;
  readonly tick: string;
  readonly cross: string;
  readonly arrow: string;
}

/** Something that is drawn on standard error and must give way to a line that stays. */
export interface Drawing {
  clear(): void;
  redraw(): void;
}

/**
 * The two streams of a run. Results go to one, all else to the other, and a secret that was given
 * to the program leaves by neither.
 */
export class Output {
  readonly settings: OutputSettings;
  /** For what goes to standard output. */
  readonly results: Style;
  /** For what goes to standard error. */
  readonly messages: Style;
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  readonly #secrets: ReadonlySet<string>;
  #drawing: Drawing | undefined;

  constructor(
    streams: { readonly stdout: OutputStream; readonly stderr: OutputStream },
    environment: Environment,
    settings: OutputSettings,
    secrets: ReadonlySet<string>,
  ) {
    this.settings = settings;
    this.#stdout = streams.stdout;
    this.#stderr = streams.stderr;
    this.#secrets = secrets;
    this.results = styleOf(terminalAbilities(streams.stdout, environment, settings));
    this.messages = styleOf(terminalAbilities(streams.stderr, environment, settings));
  }

  get json(): boolean {
    return this.settings.format === 'json';
  }

  /** Whether findings are wanted as annotations of GitHub Actions. */
  get github(): boolean {
    return this.settings.format === 'github';
  }

  /** Whether results go to a terminal. */
  get onTerminal(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** The stream for spinners; what is written there must have passed {@link Output.redact}. */
  get stderr(): OutputStream {
    return this.#stderr;
  }

  /** A result: to standard output, also when little is to be said. */
  result(text: string): void {
    this.#around(() => this.#stdout.write(`${this.redact(ascii(text, this.results))}\n`));
  }

  /** A piece of a result that is too long to be held; waits until it has left. */
  async resultChunk(text: string): Promise<void> {
    if (text === '' || this.#stdout.write(text) !== false) return;
    await new Promise<void>((resolve) => {
      this.#stdout.once?.('drain', resolve);
      this.#stdout.once?.('error', resolve);
    });
  }

  /** From now on lines are written around this drawing. */
  draw(drawing: Drawing | undefined): void {
    this.#drawing = drawing;
  }

  /** A line about what goes on: to standard error, unless quiet. */
  say(text: string): void {
    if (!this.settings.quiet) this.#toStderr(text);
  }

  /** Something wrong: to standard error, always. */
  complain(text: string): void {
    this.#toStderr(text);
  }

  /** A line for those who asked to see more. */
  trace(text: string): void {
    if (this.settings.verbose) this.#toStderr(this.messages.paint.dim(text));
  }

  redact(text: string): string {
    return redactSecrets(text, this.#secrets);
  }

  #toStderr(text: string): void {
    this.#around(() => this.#stderr.write(`${this.redact(ascii(text, this.messages))}\n`));
  }

  #around(write: () => void): void {
    this.#drawing?.clear();
    write();
    this.#drawing?.redraw();
  }
}

function styleOf(abilities: TerminalAbilities): Style {
  const { unicode } = abilities;
  return {
    paint: new Chalk({ level: abilities.color ? 1 : 0 }),
    abilities,
    tick: unicode ? '✓' : 'ok',
    cross: unicode ? '✗' : 'x',
    arrow: unicode ? '→' : '->',
  };
}

/** The few decorations of our own that are not ASCII, in their ASCII form. */
function ascii(text: string, { abilities }: Style): string {
  return abilities.unicode ? text : text.replaceAll('•', '*').replaceAll('…', '...');
}
