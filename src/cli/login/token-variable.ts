/** Finds the environment variable that a token comes from. It is stronger than the stored token. */
import { ownValue } from '../../words/own-value.ts';
import type { Environment } from '../io/io.ts';

/** @returns the name of the variable; `undefined` if no variable has a token */
export function tokenVariable(environment: Environment): string | undefined {
  return ['METRIKA_TOKEN', 'METRIKA_TOKEN_FILE'].find((name) => ownValue(environment, name));
}
