import type { ChalkInstance } from 'chalk';
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

/** What text may be painted with. */
export type Paint = Pick<ChalkInstance, 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow'>;

/** Paints text for one stream, and knows its symbols. */
export interface Style {
  readonly paint: Record<keyof Paint, (text: string) => string>;
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

  private constructor(
    streams: { readonly stdout: OutputStream; readonly stderr: OutputStream },
    environment: Environment,
    settings: OutputSettings,
    secrets: ReadonlySet<string>,
    paint: (color: boolean) => Style['paint'],
  ) {
    this.settings = settings;
    this.#stdout = streams.stdout;
    this.#stderr = streams.stderr;
    this.#secrets = secrets;
    const styled = (stream: OutputStream): Style => {
      const abilities = terminalAbilities(stream, environment, settings);
      return styleOf(abilities, paint(abilities.color));
    };
    this.results = styled(streams.stdout);
    this.messages = styled(streams.stderr);
  }

  /** Loads the colours only where they can be shown. */
  static async open(
    streams: { readonly stdout: OutputStream; readonly stderr: OutputStream },
    environment: Environment,
    settings: OutputSettings,
    secrets: ReadonlySet<string>,
  ): Promise<Output> {
    const colored = [streams.stdout, streams.stderr].some(
      (stream) => terminalAbilities(stream, environment, settings).color,
    );
    if (!colored) return new Output(streams, environment, settings, secrets, () => UNPAINTED);
    const { Chalk } = await import('chalk');
    const colors = new Chalk({ level: 1 });
    return new Output(streams, environment, settings, secrets, (color) =>
      color ? colors : UNPAINTED,
    );
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
    const stream = this.#stdout;
    if (text === '' || stream.write(text) !== false) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        stream.off?.('drain', go);
        stream.off?.('error', go);
        resolve();
      };
      stream.once?.('drain', go);
      stream.once?.('error', go);
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

const asItIs = (text: string): string => text;
const UNPAINTED: Style['paint'] = {
  bold: asItIs,
  cyan: asItIs,
  dim: asItIs,
  green: asItIs,
  red: asItIs,
  yellow: asItIs,
};

function styleOf(abilities: TerminalAbilities, paint: Style['paint']): Style {
  const { unicode } = abilities;
  return {
    paint,
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
