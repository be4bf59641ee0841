/** Asks the user questions on a terminal. */
import type { Readable, Writable } from 'node:stream';
import { Interruption } from '../../upload/interruption.ts';
import type { Io } from '../io/io.ts';

/** One of the answers to choose from. */
export interface Answer {
  readonly value: string;
  readonly label: string;
  /** A few words next to the label. */
  readonly hint?: string | undefined;
}

/** Asks the user one question at a time. */
export interface Interviewer {
  /**
   * Asks the user to choose an answer. Returns the value of that answer.
   *
   * @param first the value of the answer that is selected at first
   */
  choose(message: string, answers: readonly Answer[], first?: string): Promise<string>;
  /**
   * Asks the user to type an answer.
   *
   * @param check returns the problem of an answer; `undefined` if the answer is valid
   */
  write(
    message: string,
    initial: string,
    check: (text: string) => string | undefined,
  ): Promise<string>;
  /**
   * Asks the user to type or paste a secret. The terminal does not show it.
   *
   * @param check returns the problem of an answer; `undefined` if the answer is valid
   */
  hidden(message: string, check: (text: string) => string | undefined): Promise<string>;
  /** @param isYes whether yes is selected at first; `true` by default */
  confirm(message: string, isYes?: boolean): Promise<boolean>;
}

/**
 * Returns an interviewer for the terminal of the run. The user chooses answers with the arrow keys.
 * Ctrl-C interrupts the run, as in other commands.
 *
 * @param io the streams of the run; standard input and standard error must be a terminal
 */
export async function terminalInterviewer(io: Io): Promise<Interviewer> {
  const prompts = await import('@clack/prompts');
  // On a terminal, the streams of the run are the streams of the process, so the types fit.
  const input = io.stdin as unknown as Readable;
  const output = io.stderr as unknown as Writable;
  const common = { input, output, withGuide: false };
  const yes = io.words.screens.init.yes;
  const no = io.words.screens.init.no;

  function answered<Value>(value: Value | typeof prompts.CANCEL_SYMBOL): Value {
    if (prompts.isCancel(value)) throw new Interruption();
    return value;
  }

  return {
    choose: async (message, answers, first) =>
      answered(
        await prompts.select<string>({
          ...common,
          message,
          options: answers.map(({ value, label, hint }) => ({
            value,
            label,
            ...(hint === undefined ? {} : { hint }),
          })),
          ...(first === undefined ? {} : { initialValue: first }),
          maxItems: 12,
          showInstructions: false,
        }),
      ),
    write: async (message, initial, check) =>
      answered(
        await prompts.text({
          ...common,
          message,
          initialValue: initial,
          validate: (text) => check(text ?? ''),
        }),
      ),
    hidden: async (message, check) =>
      answered(
        await prompts.password({
          ...common,
          message,
          validate: (text) => check(text ?? ''),
        }),
      ),
    confirm: async (message, isYes = true) =>
      answered(
        await prompts.confirm({
          ...common,
          message,
          active: yes,
          inactive: no,
          initialValue: isYes,
        }),
      ),
  };
}
