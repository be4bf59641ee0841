/** Shows progress: a spinner on a terminal, lines elsewhere. */
import type { Ora } from 'ora';
import type { Clock } from '../../clock.ts';
import type { Words } from '../../words/en.ts';
import { cutTo } from './layout.ts';
import type { Output } from './output.ts';

/** The shortest time between two redraws of a transfer, in milliseconds. */
const REDRAW_EVERY = 100;
/** The minimum time between two progress lines if the output is not a terminal, in milliseconds. */
const LINE_EVERY = 10_000;

/**
 * The progress of a run. On a terminal one spinner shows all tracks. Elsewhere each step is a plain
 * line.
 */
export class Progress {
  readonly #output: Output;
  readonly #clock: Clock;
  readonly #spinner: Ora | undefined;
  readonly #texts = new Map<Track, string>();
  #isAsking = false;

  private constructor(output: Output, clock: Clock, spinner: Ora | undefined) {
    this.#output = output;
    this.#clock = clock;
    this.#spinner = spinner;
  }

  /** Starts showing progress. Loads the package for the spinner only if a spinner can be shown. */
  static async start(output: Output, clock: Clock): Promise<Progress> {
    const { quiet } = output.settings;
    const { abilities } = output.messages;
    if (quiet || !abilities.animation) return new Progress(output, clock, undefined);
    const { default: ora } = await import('ora');
    const spinner = ora({
      stream: output.stderr as NodeJS.WritableStream,
      isEnabled: true,
      color: 'cyan',
      spinner: abilities.unicode ? 'dots' : 'line',
      // `true` would set raw mode. Raw mode disables Ctrl-C for programs that read standard input.
      discardStdin: false,
    });
    return new Progress(output, clock, spinner);
  }

  /** Adds a track: one of several parallel tasks, such as the upload of one file. */
  track(): Track {
    const track: Track = new Track({
      clock: this.#clock,
      words: this.#output.words,
      pause: this.#spinner === undefined ? LINE_EVERY : REDRAW_EVERY,
      canRedraw: this.#spinner !== undefined,
      unicode: this.#output.messages.abilities.unicode,
      show: (text) => {
        this.#show(track, text);
      },
      end: () => {
        this.#texts.delete(track);
        if (this.#texts.size === 0) this.stop();
        else this.#redraw();
      },
    });
    return track;
  }

  /** Hides the spinner while a question is on the screen. */
  async whileAsking<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    this.stop();
    this.#isAsking = true;
    try {
      return await ask();
    } finally {
      this.#isAsking = false;
    }
  }

  /** Removes the spinner, and shows the cursor again. */
  stop(): void {
    this.#output.draw(undefined);
    this.#spinner?.stop();
  }

  #show(track: Track, text: string): void {
    if (this.#spinner === undefined) {
      this.#output.remark(text);
      return;
    }
    this.#texts.set(track, text);
    this.#redraw();
    const spinner = this.#spinner;
    if (spinner.isSpinning || this.#isAsking) return;
    spinner.start();
    this.#output.draw({ clear: () => spinner.clear(), redraw: () => spinner.render() });
  }

  #redraw(): void {
    if (this.#spinner === undefined) return;
    const room = this.#output.messages.abilities.columns - 4;
    const shown = this.#output.line([...this.#texts.values()].join('; '));
    this.#spinner.text = cutTo(shown, Math.max(2, room));
  }
}

/** The display of one {@link Track}. */
interface TrackDisplay {
  readonly clock: Clock;
  readonly words: Words;
  /** The shortest time between two updates of a transfer, in milliseconds. */
  readonly pause: number;
  /** Whether the text can be redrawn in place. */
  readonly canRedraw: boolean;
  readonly unicode: boolean;
  readonly show: (text: string) => void;
  end(): void;
}

/** The progress of one task, such as the upload of one file. */
export class Track {
  readonly #display: TrackDisplay;
  #prefix = '';
  /** The timer that redraws a countdown. */
  #ticking: NodeJS.Timeout | undefined;
  #transferStarted = 0;
  #lastShown = 0;

  constructor(display: TrackDisplay) {
    this.#display = display;
  }

  /** Begins a step. Its text appears next to the spinner, or as a line. */
  step(text: string): void {
    // If the text has not changed, it is not shown again.
    if (text === this.#prefix) return;
    this.#begin(text);
    this.#display.show(text);
  }

  /**
   * Begins a step with a time limit. A terminal shows the remaining time.
   *
   * @param text returns the text of the step; the argument is the remaining milliseconds
   * @param time the time limit, in milliseconds
   */
  countdown(text: (left: number) => string, time: number): void {
    this.#begin(text(time));
    const { clock, canRedraw, show } = this.#display;
    show(text(time));
    if (!canRedraw) return;
    const until = clock.now() + time;
    this.#ticking = setInterval(() => {
      show(text(Math.max(0, until - clock.now())));
    }, TICK).unref();
  }

  /**
   * Shows the progress of the transfer in the current step.
   *
   * @param done the number of transferred bytes
   * @param total the total number of bytes
   * @param name the name of the transfer, for a terminal
   */
  transferred(done: number, total: number, name: string): void {
    clearInterval(this.#ticking);
    const { clock, pause, words, canRedraw, unicode } = this.#display;
    const now = clock.now();
    if (this.#transferStarted === 0) {
      this.#transferStarted = now;
      this.#lastShown = now;
    }
    if (now - this.#lastShown < pause) return;
    this.#lastShown = now;
    const pace = paceOf(done, total, now - this.#transferStarted);
    const said = words.screens.progress;
    const text = canRedraw
      ? said.bar(name, barOf(done, total, unicode), { done, total, pace })
      : `${this.#prefix}: ${said.transfer(done, total, pace)}`;
    this.#display.show(text);
  }

  #begin(text: string): void {
    clearInterval(this.#ticking);
    this.#prefix = text;
    this.#transferStarted = 0;
  }

  /** Ends the track, and stops showing it. */
  end(): void {
    clearInterval(this.#ticking);
    this.#display.end();
  }
}

const BAR_LENGTH = 12;

/** Draws a progress bar. */
function barOf(done: number, total: number, unicode: boolean): string {
  const full = total === 0 ? BAR_LENGTH : Math.floor((done / total) * BAR_LENGTH);
  const [filled, empty] = unicode ? ['█', '░'] : ['#', '.'];
  return filled.repeat(full) + empty.repeat(BAR_LENGTH - full);
}

/** The time between two redraws of a countdown, in milliseconds. */
const TICK = 1000;

/** The shortest time after which a rate is meaningful, in milliseconds. */
const EARLIEST_RATE = 500;

/**
 * Estimates the pace of a transfer.
 *
 * @param elapsed the time since the transfer started, in milliseconds
 * @returns bytes per second and the remaining milliseconds; `undefined` soon after the start, or
 *   while no byte has been transferred
 */
function paceOf(
  done: number,
  total: number,
  elapsed: number,
): { readonly rate: number; readonly left: number } | undefined {
  if (elapsed < EARLIEST_RATE || done === 0) return undefined;
  const rate = (done / elapsed) * 1000;
  return { rate, left: ((total - done) / rate) * 1000 };
}
