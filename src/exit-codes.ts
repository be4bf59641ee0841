/**
 * The exit codes of the process. The numbers change only with a major version. `src/words` has the
 * meaning of each code.
 */
export const EXIT_CODES = {
  done: 0,
  defect: 1,
  usage: 2,
  invalidFile: 3,
  unauthorised: 4,
  refused: 5,
  unavailable: 6,
  incomplete: 7,
  unknownFate: 8,
  interrupted: 130,
} as const;

/** One of the exit codes of the process. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

const WORST_FIRST: readonly ExitCode[] = [
  EXIT_CODES.defect,
  EXIT_CODES.interrupted,
  EXIT_CODES.usage,
  EXIT_CODES.unauthorised,
  EXIT_CODES.unknownFate,
  EXIT_CODES.unavailable,
  EXIT_CODES.refused,
  EXIT_CODES.invalidFile,
  EXIT_CODES.incomplete,
  EXIT_CODES.done,
];

/**
 * Chooses the exit code of a run over several files.
 *
 * @param codes the exit code of each file, in any order
 * @returns the worst exit code; 0 if there are no files
 */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  const all = new Set(codes);
  return WORST_FIRST.find((code) => all.has(code)) ?? EXIT_CODES.done;
}
