/** The two output streams of a run, with colours, symbols, secrets and the language of the run. */
import type { ChalkInstance } from 'chalk';
import { redactSecrets } from '../../metrika/token.ts';
import type { Words } from '../../words/en.ts';
import type { Environment, OutputStream } from '../io/io.ts';
import type { Destination, Shown } from '../io/shown-text.ts';
import { hangingIndent, type Line, partsOf, type Tone } from './layout.ts';
import {
  changed,
  forFile,
  forTerminal,
  joinedLines,
  paintedLine,
  type Painter,
  writtenForms,
} from './shown.ts';
import { type TerminalAbilities, terminalAbilities, type TerminalOptions } from './terminal.ts';

/** How the output of one run is written. */
export interface OutputOptions extends TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether every listed finding is shown, and not only a few of each kind. */
  readonly allListed?: boolean;
}

/** A few examples tell what is wrong; who asks for more by `--max-errors` gets them. */
const FEW = 3;

/** How text looks on one stream: its symbols and language, and the numbers that are not masked. */
export interface Style {
  readonly words: Words;
  /** The numbers that are the run's own: its counter and the ids of uploads. */
  readonly knownNumbers: ReadonlySet<string>;
  readonly abilities: TerminalAbilities;
  readonly tick: string;
  readonly cross: string;
  readonly arrow: string;
  /** How many findings of a kind are shown at most; `undefined` for all that are listed. */
  readonly examples: number | undefined;
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
  /** The numbers that are the run's own, which grow as they are read. */
  readonly knownNumbers: ReadonlySet<string>;
}

/**
 * The two streams of a run. Results go to one, all else to the other, and a secret that was given
 * to the program leaves by neither.
 */
export class Output {
  readonly settings: OutputOptions;
  /** The language of the run. */
  readonly words: Words;
  /** For what goes to standard output. */
  readonly results: Style;
  /** For what goes to standard error. */
  readonly messages: Style;
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  readonly #secrets: ReadonlySet<string>;
  /** The forms of each secret. */
  readonly #forms = new Map<string, ReadonlySet<string>>();
  readonly #colors: Colors | undefined;
  #drawing: Drawing | undefined;

  private constructor(surface: OutputSurface, settings: OutputOptions, colors: Colors | undefined) {
    const { environment } = surface;
    this.#colors = colors;
    this.settings = settings;
    this.words = surface.words;
    this.#stdout = surface.stdout;
    this.#stderr = surface.stderr;
    this.#secrets = surface.secrets;
    const { words, knownNumbers: knownNumbers } = surface;
    const examples = settings.allListed === true ? undefined : FEW;
    const styled = (stream: OutputStream): Style =>
      styleOf(terminalAbilities(stream, environment, settings), {
        words,
        knownNumbers: knownNumbers,
        examples,
      });
    this.results = styled(surface.stdout);
    this.messages = styled(surface.stderr);
  }

  /** Loads the colours only where they can be shown. */
  static async open(surface: OutputSurface, settings: OutputOptions): Promise<Output> {
    const isColored = [surface.stdout, surface.stderr].some(
      (stream) => terminalAbilities(stream, surface.environment, settings).color,
    );
    if (!isColored) return new Output(surface, settings, undefined);
    const { Chalk } = await import('chalk');
    return new Output(surface, settings, new Chalk({ level: 1 }));
  }

  /** Whether results go to a terminal. */
  get onTerminal(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** The stream for spinners; what is written there must have passed {@link Output.line}. */
  get stderr(): OutputStream {
    return this.#stderr;
  }

  /** Lines of a result: to standard output, also when quiet. */
  result(...lines: readonly Line[]): void {
    this.#write(this.#stdout, this.#lines(lines, this.results));
  }

  /** A result in the form of its destination. */
  resultAs(text: Shown<Destination>): void {
    this.#write(this.#stdout, text);
  }

  /** A piece of a result that is a file, and too long to be held; waits until it has left. */
  async resultChunk(text: string): Promise<void> {
    const stream = this.#stdout;
    // A terminal gets the cells of a file as well, and they may be from anybody.
    const piece = this.onTerminal
      ? joinedLines(text.split(/\r?\n/).map(forTerminal))
      : forFile(text);
    if (text === '' || stream.write(piece) !== false) return;
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

  /** Lines about what is going on: to standard error, unless quiet. */
  say(...lines: readonly Line[]): void {
    if (!this.settings.quiet) this.complain(...lines);
  }

  /** A sentence about what is going on: to standard error, unless quiet; between words on a terminal, in one line elsewhere. */
  remark(text: string): void {
    if (!this.settings.quiet) this.warn(text);
  }

  /** A sentence that is said also when quiet. */
  warn(text: string): void {
    this.complain(...hangingIndent('', text, this.messages.abilities.room));
  }

  /** Something wrong: to standard error, always. */
  complain(...lines: readonly Line[]): void {
    this.#write(this.#stderr, this.#lines(lines, this.messages));
  }

  /** A line for those who asked to see more. */
  trace(text: string): void {
    if (this.settings.verbose) this.complain({ text, tone: 'quiet' });
  }

  /** One line as it may be shown on standard error. */
  line(line: Line): Shown<'terminal'> {
    return this.redact(this.#lines([line], this.messages));
  }

  redact<Where extends Destination>(text: Shown<Where>): Shown<Where> {
    // Secrets grow as they are read.
    for (const secret of this.#secrets) {
      if (!this.#forms.has(secret)) this.#forms.set(secret, writtenForms(secret));
    }
    const forms = [...this.#forms.values()].flatMap((knownNumbers) => [...knownNumbers]);
    return changed(text, (plain) => redactSecrets(plain, forms));
  }

  #lines(lines: readonly Line[], { abilities }: Style): Shown<'terminal'> {
    const painter = (tone: Tone): Painter => {
      const colors = abilities.color ? this.#colors : undefined;
      return colors === undefined ? asItIs : colors[COLOR_OF[tone]];
    };
    const joined = joinedLines(
      lines.map((line) =>
        paintedLine(
          partsOf(line).map((part) =>
            typeof part === 'string'
              ? { text: part, paint: asItIs }
              : { text: part.text, paint: painter(part.tone) },
          ),
        ),
      ),
    );
    return abilities.unicode ? joined : changed(joined, ascii);
  }

  #write(stream: OutputStream, text: Shown<Destination>): void {
    this.#drawing?.clear();
    stream.write(changed(this.redact(text), (plain) => `${plain}\n`));
    this.#drawing?.redraw();
  }
}

/** What paints in the colours that are used. */
type Colors = Pick<ChalkInstance, (typeof COLOR_OF)[Tone]>;

const COLOR_OF = {
  strong: 'bold',
  quiet: 'dim',
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  info: 'cyan',
} as const satisfies Readonly<Record<Tone, string>>;

const asItIs: Painter = (text) => text;

function styleOf(
  abilities: TerminalAbilities,
  {
    words,
    knownNumbers: knownNumbers,
    examples,
  }: Pick<Style, 'words' | 'knownNumbers' | 'examples'>,
): Style {
  const { unicode } = abilities;
  return {
    words,
    knownNumbers: knownNumbers,
    examples,
    abilities,
    tick: unicode ? '✓' : 'ok',
    cross: unicode ? '✗' : 'x',
    arrow: unicode ? '→' : '->',
  };
}

/** The few decorations of our own that are not ASCII, in their ASCII form. */
function ascii(text: string): string {
  return text.replaceAll('•', '*').replaceAll('…', '...');
}
