/** One spinner for all that is under way on a terminal, one plain line a step elsewhere. */
import type { Ora } from 'ora';
import type { Clock } from '../../clock.ts';
import type { Words } from '../../words/en.ts';
import { cutTo } from './layout.ts';
import type { Output } from './output.ts';

/** Redrawing more often than this shows nothing more to an eye, in milliseconds. */
const REDRAW_EVERY = 100;
/** Without a terminal a long transfer writes a line this often, in milliseconds. */
const LINE_EVERY = 10_000;

/**
 * Shows what is going on: one spinner for all that is under way on a terminal, one plain line a step
 * elsewhere.
 */
export class Progress {
  readonly #output: Output;
  readonly #clock: Clock;
  readonly #spinner: Ora | undefined;
  readonly #texts = new Map<Track, string>();

  private constructor(output: Output, clock: Clock, spinner: Ora | undefined) {
    this.#output = output;
    this.#clock = clock;
    this.#spinner = spinner;
  }

  /** Loads the spinner only where it can be shown. */
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
      // Raw mode would swallow the interrupt key of whoever reads standard input.
      discardStdin: false,
    });
    return new Progress(output, clock, spinner);
  }

  /** Something that goes on beside others, such as the upload of one file. */
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

  /** Takes the spinner away and gives the cursor back. */
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
    if (spinner.isSpinning) return;
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

/** What one {@link Track} is shown by. */
interface TrackDisplay {
  readonly clock: Clock;
  readonly words: Words;
  /** Milliseconds between two showings of a transfer. */
  readonly pause: number;
  /** Whether what is shown can be drawn again. */
  readonly canRedraw: boolean;
  readonly unicode: boolean;
  readonly show: (text: string) => void;
  end(): void;
}

/** One of the things that are under way. */
export class Track {
  readonly #display: TrackDisplay;
  #prefix = '';
  /** Shows the seconds that are left. */
  #ticking: NodeJS.Timeout | undefined;
  #transferStarted = 0;
  #lastShown = 0;

  constructor(display: TrackDisplay) {
    this.#display = display;
  }

  /** A new step: the spinner's text, or a line of its own. */
  step(text: string): void {
    // The same news again, as from a status that stays, is no news.
    if (text === this.#prefix) return;
    this.#begin(text);
    this.#display.show(text);
  }

  /**
   * A new step that ends after a time at the latest; a terminal shows how much of it is left.
   *
   * @param text says it with the milliseconds that are left
   * @param time milliseconds
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
   * How far the transfer of the present step has come.
   *
   * @param done bytes
   * @param total bytes
   * @param name what is transferred, for a line that is drawn over
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

  /** It is over, and the display is left to others. */
  end(): void {
    clearInterval(this.#ticking);
    this.#display.end();
  }
}

const BAR_LENGTH = 12;

/** A share as a picture. */
function barOf(done: number, total: number, unicode: boolean): string {
  const full = total === 0 ? BAR_LENGTH : Math.floor((done / total) * BAR_LENGTH);
  const [filled, empty] = unicode ? ['█', '░'] : ['#', '.'];
  return filled.repeat(full) + empty.repeat(BAR_LENGTH - full);
}

/** How often a countdown is drawn, in milliseconds. */
const TICK = 1000;

/** A rate says something after so many milliseconds. */
const EARLIEST_RATE = 500;

/**
 * @param elapsed milliseconds
 * @returns bytes a second, and how many milliseconds are left; `undefined` when it is too early to tell
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
