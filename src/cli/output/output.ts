/** Writes to the two output streams of a run: adds colours and symbols, and removes secrets. */
import type { ChalkInstance } from 'chalk';
import { redactSecrets } from '../../metrika/token.ts';
import type { Words } from '../../words/en.ts';
import type { Environment, OutputStream } from '../io/io.ts';
import type { Destination, Shown } from '../io/shown-text.ts';
import { hangingIndent, type Line, partsOf, type Tone } from './layout.ts';
import { SaidFailures } from './said-failures.ts';
import {
  changed,
  changedTexts,
  forFile,
  forTerminal,
  joinedLines,
  paintedLine,
  type Painter,
  writtenForms,
} from './shown.ts';
import { type TerminalAbilities, terminalAbilities, type TerminalOptions } from './terminal.ts';

/** The output options of one run. */
export interface OutputOptions extends TerminalOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /**
   * Whether the output shows all findings that the check returns, instead of a few of each kind.
   */
  readonly allListed?: boolean;
}

/** Without `--max-errors`, the output shows at most this many findings of each kind. */
const FEW = 3;

/** The style of one stream: language, symbols and abilities. */
export interface Style {
  readonly words: Words;
  /** Numbers that need no mask, such as the number of the counter. */
  readonly knownNumbers: ReadonlySet<string>;
  readonly abilities: TerminalAbilities;
  readonly tick: string;
  readonly cross: string;
  readonly arrow: string;
  /** The maximum number of findings to show of each kind; `undefined` for all. */
  readonly examples: number | undefined;
}

/** A drawing on standard error, such as a spinner. It is hidden while a line is written. */
export interface Drawing {
  clear(): void;
  redraw(): void;
}

/** The parts of a run's context that the output uses. */
export interface OutputSurface {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Environment;
  /** The secrets that no output may show. */
  readonly secrets: ReadonlySet<string>;
  readonly words: Words;
  /** Numbers that are shown without a mask. The run adds numbers later. */
  readonly knownNumbers: ReadonlySet<string>;
}

/**
 * The two output streams of a run. Results go to standard output, and all other text to standard
 * error. No stream shows a secret of the run.
 */
export class Output {
  readonly settings: OutputOptions;
  /** The sentences in the language of the run. */
  readonly words: Words;
  /** The style of standard output. */
  readonly results: Style;
  /** The style of standard error. */
  readonly messages: Style;
  /** The sentences about failures that standard error has shown. */
  readonly failures: SaidFailures;
  readonly #stdout: OutputStream;
  readonly #stderr: OutputStream;
  readonly #secrets: ReadonlySet<string>;
  /** All forms in which the output could show each secret. */
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
    this.failures = new SaidFailures(surface.words, settings.quiet);
    const { words, knownNumbers } = surface;
    const examples = settings.allListed === true ? undefined : FEW;
    const styled = (stream: OutputStream): Style =>
      styleOf(terminalAbilities(stream, environment, settings), {
        words,
        knownNumbers,
        examples,
      });
    this.results = styled(surface.stdout);
    this.messages = styled(surface.stderr);
  }

  /** Opens an output. Loads the package for colours only if a stream can show them. */
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

  /** Standard error, for spinners. The text of a spinner must come from {@link Output.line}. */
  get stderr(): OutputStream {
    return this.#stderr;
  }

  /** Writes lines of a result to standard output, even with `--quiet`. */
  result(...lines: readonly Line[]): void {
    this.#write(this.#stdout, this.#lines(lines, this.results));
  }

  /** Writes a result that is already safe for its destination. */
  resultAs(text: Shown<Destination>): void {
    this.#write(this.#stdout, text);
  }

  /**
   * Writes a JSON document that is already safe for its destination. Secrets are removed from the
   * values. The keys are names of this program, and other programs need them.
   */
  resultJson(text: Shown<'json'>): void {
    const forms = this.#secretForms();
    const redacted = changed(text, (plain) =>
      changedTexts(plain, (value) => redactSecrets(value, forms)),
    );
    this.#writeSafe(this.#stdout, redacted);
  }

  /** Writes a piece of a file to standard output. Waits while the stream is full. */
  async resultChunk(text: string): Promise<void> {
    const stream = this.#stdout;
    // Cells may contain control characters, which must not reach a terminal.
    const piece = this.onTerminal
      ? joinedLines(text.split(/\r?\n/).map(forTerminal))
      : forFile(text);
    if (text === '' || stream.write(piece) !== false) return;
    await new Promise<void>((resolve) => {
      const resume = (): void => {
        stream.off?.('drain', resume);
        stream.off?.('error', resume);
        resolve();
      };
      stream.once?.('drain', resume);
      stream.once?.('error', resume);
    });
  }

  /** Sets the drawing that is cleared before each line and redrawn after it. */
  draw(drawing: Drawing | undefined): void {
    this.#drawing = drawing;
  }

  /** Writes messages to standard error, unless `--quiet` is set. */
  say(...lines: readonly Line[]): void {
    if (!this.settings.quiet) this.complain(...lines);
  }

  /**
   * Writes a sentence to standard error, unless `--quiet` is set. Wraps the sentence on a terminal.
   */
  remark(text: string): void {
    if (!this.settings.quiet) this.warn(text);
  }

  /** Writes a sentence to standard error, even with `--quiet`. Wraps the sentence on a terminal. */
  warn(text: string): void {
    this.complain(...hangingIndent('', text, this.messages.abilities.room));
  }

  /** Writes lines to standard error, even with `--quiet`. */
  complain(...lines: readonly Line[]): void {
    this.#write(this.#stderr, this.#lines(lines, this.messages));
  }

  /** Writes a line to standard error with `--verbose`. */
  trace(text: string): void {
    if (this.settings.verbose) this.complain({ text, tone: 'quiet' });
  }

  /** Returns one line in a form that is safe for standard error. */
  line(line: Line): Shown<'terminal'> {
    return this.redact(this.#lines([line], this.messages));
  }

  /** Removes the secrets of the run from a text. */
  redact<Where extends Destination>(text: Shown<Where>): Shown<Where> {
    const forms = this.#secretForms();
    return changed(text, (plain) => redactSecrets(plain, forms));
  }

  #secretForms(): readonly string[] {
    // The run may have read more secrets since this method was used last.
    for (const secret of this.#secrets) {
      if (!this.#forms.has(secret)) this.#forms.set(secret, writtenForms(secret));
    }
    return [...this.#forms.values()].flatMap((forms) => [...forms]);
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
    this.#writeSafe(stream, this.redact(text));
  }

  #writeSafe(stream: OutputStream, text: Shown<Destination>): void {
    this.#drawing?.clear();
    stream.write(changed(text, (plain) => `${plain}\n`));
    this.#drawing?.redraw();
  }
}

/** The functions of chalk that are used. */
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
  { words, knownNumbers, examples }: Pick<Style, 'words' | 'knownNumbers' | 'examples'>,
): Style {
  const { unicode } = abilities;
  return {
    words,
    knownNumbers,
    examples,
    abilities,
    tick: unicode ? '✓' : 'ok',
    cross: unicode ? '✗' : 'x',
    arrow: unicode ? '→' : '->',
  };
}

/** Replaces bullets and ellipses with ASCII text. */
function ascii(text: string): string {
  return text.replaceAll('•', '*').replaceAll('…', '...');
}
