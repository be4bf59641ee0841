import { usageFailure } from '../failure.ts';

/** The options of a command line as they were written, before anything is made of them. */
export class RawOptions {
  readonly #values: ReadonlyMap<string, unknown>;

  /** @param values the values by long option name without dashes; a flag has a boolean */
  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  /** The value of an option that takes one; `undefined` when it was not given. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The values of an option that may be given several times. */
  list(name: string): readonly string[] {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  }

  /** Whether a flag was given. */
  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /** Whether a flag that can be switched off with `--no-…` is still on. */
  notRefused(name: string): boolean {
    return this.#values.get(name) !== false;
  }

  /**
   * @returns the whole number that an option was given, or `otherwise`
   * @throws Failure `setting-invalid` (exit 2) when it is no such number
   */
  wholeNumber(name: string, otherwise: number, from: number, to: number): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (value >= from && value <= to) return value;
    throw usageFailure(
      'setting-invalid',
      `--${name} must be a whole number from ${String(from)} to ${String(to)}, not ${quoted(text)}.`,
      'Correct it and run the command again.',
    );
  }
}

const LONGEST_QUOTED = 20;

/**
 * A wrong value as a message may quote it. What is long is not repeated: it may be a token that was
 * given to the wrong option.
 */
export function quoted(text: string): string {
  return text.length > LONGEST_QUOTED
    ? `a text of ${String(text.length)} characters`
    : JSON.stringify(text);
}
