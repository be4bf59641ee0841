/**
 * What the process says to its caller. The numbers are a promise: one changes only with a major
 * version of the program.
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

/** One of the codes that the process can end with. */
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** The meaning of each code, as help and README print it. */
export const EXIT_CODE_MEANINGS: readonly (readonly [code: ExitCode, meaning: string])[] = [
  [0, 'done'],
  [1, 'a defect of this program'],
  [2, 'wrong usage or settings (unknown option, bad counter, no token)'],
  [3, 'the file does not pass validation, or cannot be read'],
  [4, 'not authorised (401, 403)'],
  [5, 'the service refused the request (other 4xx)'],
  [
    6,
    'the service or the network could not be used in time (5xx, timeouts, quotas), after the retries',
  ],
  [
    7,
    'sent, but not all of it counts: the service took fewer lines than the file has, or its ' +
      'processing ended in LINKAGE_FAILURE with dynamic calls in it, or did not end within ' +
      '--wait-timeout',
  ],
  [8, 'sent, but it is not known whether it arrived'],
  [130, 'interrupted'],
];

const WORST_FIRST: readonly ExitCode[] = [1, 130, 2, 4, 8, 6, 5, 3, 7, 0];

/**
 * The code that a run over several files ends with.
 *
 * @param codes the outcome of each file, in any order
 * @returns the worst of them; 0 when there are none
 */
export function worstExitCode(codes: Iterable<ExitCode>): ExitCode {
  const met = new Set(codes);
  return WORST_FIRST.find((code) => met.has(code)) ?? EXIT_CODES.done;
}
