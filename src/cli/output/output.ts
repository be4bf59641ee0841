/** The two output streams of a run, with colours, symbols, secrets and the language of the run. */
import type { ChalkInstance } from 'chalk';
import { redactSecrets } from '../../metrika/token.ts';
import type { Words } from '../../words/en.ts';
import {
  type Environment,
  type OutputStream,
  type TerminalAbilities,
  terminalAbilities,
  type TerminalSwitches,
} from './terminal.ts';

/** How the output of one run is written. */
export interface OutputSettings extends TerminalSwitches {
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** What text may be painted with. */
type Paint = Pick<ChalkInstance, 'bold' | 'cyan' | 'dim' | 'green' | 'red' | 'yellow'>;

/** How text looks on one stream: its colours, symbols and language. */
export interface Style {
  readonly words: Words;
  readonly paint: Record<keyof Paint, (text: string) => string>;
  readonly abilities: TerminalAbilities;
  readonly tick: string;
  readonly cross: string;
  readonly arrow: string;
}

/** Something that is drawn on standard error and cleared while a line is written. */
export interface Drawing {
  clear(): void;
  redraw(): void;
}

/** What an output is opened on. */
export interface OutputSurface {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Environment;
  /** What no output may show. */
  readonly secrets: ReadonlySet<string>;
  readonly words: Words;
}

/**
 * The two streams of a run. Results go to one, all else to the other, and a secret that was given
 * to the program leaves by neither.
 */
export class Output {
  readonly settings: OutputSettings;
  /** The language of the run. */
  readonly words: Words;
  /** For what goes to standard output. */
  readonly results: Style;
  /** For what goes to standard error. */
  readonly messages: Style;
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  readonly #secrets: ReadonlySet<string>;
  #drawing: Drawing | undefined;

  private constructor(
    surface: OutputSurface,
    settings: OutputSettings,
    paint: (color: boolean) => Style['paint'],
  ) {
    const { environment, words } = surface;
    this.settings = settings;
    this.words = words;
    this.#stdout = surface.stdout;
    this.#stderr = surface.stderr;
    this.#secrets = surface.secrets;
    const styled = (stream: OutputStream): Style => {
      const abilities = terminalAbilities(stream, environment, settings);
      return styleOf(abilities, paint(abilities.color), words);
    };
    this.results = styled(surface.stdout);
    this.messages = styled(surface.stderr);
  }

  /** Loads the colours only where they can be shown. */
  static async open(surface: OutputSurface, settings: OutputSettings): Promise<Output> {
    const isColored = [surface.stdout, surface.stderr].some(
      (stream) => terminalAbilities(stream, surface.environment, settings).color,
    );
    if (!isColored) return new Output(surface, settings, () => UNPAINTED);
    const { Chalk } = await import('chalk');
    const colors = new Chalk({ level: 1 });
    return new Output(surface, settings, (color) => (color ? colors : UNPAINTED));
  }

  /** Whether results go to a terminal. */
  get onTerminal(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** The stream for spinners; what is written there must have passed {@link Output.redact}. */
  get stderr(): OutputStream {
    return this.#stderr;
  }

  /** A result: to standard output, also when quiet. */
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

  /** A line about what is going on: to standard error, unless quiet. */
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

function styleOf(abilities: TerminalAbilities, paint: Style['paint'], words: Words): Style {
  const { unicode } = abilities;
  return {
    words,
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
