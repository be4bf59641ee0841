import type { Ora } from 'ora';
import type { Clock } from '../clock.ts';
import type { Output } from './output.ts';
import { withoutControls } from './terminal.ts';
import { byteSize, number, timeSpan } from './words.ts';

/** Redrawing more often than this shows nothing more to an eye, in milliseconds. */
const REDRAW_EVERY = 100;
/** Without a terminal a long transfer is heard of this often, in milliseconds. */
const LINE_EVERY = 10_000;

/**
 * Shows what is going on: a spinner that changes its text on a terminal, one plain line a step
 * elsewhere.
 */
export class Progress {
  readonly #output: Output;
  readonly #clock: Clock;
  #spinner: Ora | undefined;
  #prefix = '';
  #transferStarted = 0;
  #lastShown = 0;

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

  /** A new step: the spinner's text, or a line of its own. */
  step(text: string): void {
    const safe = this.#output.redact(withoutControls(text));
    // The same news again, as from a status that stays, is no news.
    if (safe === this.#prefix) return;
    this.#prefix = safe;
    this.#transferStarted = 0;
    if (this.#spinner === undefined) {
      this.#output.say(safe);
      return;
    }
    const spinner = this.#spinner;
    spinner.text = this.#fitting(safe);
    if (spinner.isSpinning) return;
    spinner.start();
    this.#output.draw({ clear: () => spinner.clear(), redraw: () => spinner.render() });
  }

  /**
   * How far the transfer of the present step has come.
   *
   * @param done bytes
   * @param total bytes
   */
  transferred(done: number, total: number): void {
    const now = this.#clock.now();
    if (this.#transferStarted === 0) {
      this.#transferStarted = now;
      this.#lastShown = now;
    }
    const pause = this.#spinner === undefined ? LINE_EVERY : REDRAW_EVERY;
    if (now - this.#lastShown < pause) return;
    this.#lastShown = now;
    const text = `${this.#prefix}: ${transferWords(done, total, now - this.#transferStarted)}`;
    if (this.#spinner === undefined) this.#output.say(text);
    else this.#spinner.text = this.#fitting(text);
  }

  /** Takes the spinner away and gives the cursor back. */
  stop(): void {
    this.#output.draw(undefined);
    this.#spinner?.stop();
  }

  #fitting(text: string): string {
    const room = this.#output.messages.abilities.columns - 4;
    const characters = [...text];
    return characters.length <= room
      ? text
      : `${characters.slice(0, Math.max(1, room - 1)).join('')}…`;
  }
}

/**
 * Bytes, share, rate and what is left of the time.
 *
 * @param elapsed milliseconds
 */
export function transferWords(done: number, total: number, elapsed: number): string {
  const share = total === 0 ? 100 : Math.floor((done / total) * 100);
  const amount = `${byteSize(done)} of ${byteSize(total)}, ${number(share)}%`;
  if (elapsed < 500 || done === 0) return amount;
  const rate = (done / elapsed) * 1000;
  const left = ((total - done) / rate) * 1000;
  return `${amount}, ${byteSize(rate)}/s, ${timeSpan(left)} left`;
}
