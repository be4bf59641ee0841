/** Refuses options of `login` that exclude each other. */
import { Failure } from '../../failure.ts';
import { option } from '../../words/said.ts';

/** The options that choose a way to sign in. */
interface Ways {
  readonly sandbox: boolean;
  readonly withToken: boolean;
  readonly code: string | undefined;
  readonly clientId: string | undefined;
}

/** @throws Failure `sign-in-options` (exit 2) */
export function refuseContradictions({ sandbox, withToken, code, clientId }: Ways): void {
  const given = [
    ...(sandbox ? ['sandbox'] : []),
    ...(withToken ? ['withToken'] : []),
    ...(code === undefined ? [] : ['code']),
  ];
  const [one, other] = given;
  if (one !== undefined && other !== undefined) throw excluded(one, other);
  // A given token belongs to an application already, and so does a sign-in that waits for a code.
  if (clientId !== undefined && (withToken || code !== undefined)) {
    throw excluded('clientId', withToken ? 'withToken' : 'code');
  }
}

function excluded(one: string, other: string): Failure {
  return new Failure('sign-in-options', { one: option(one), other: option(other) });
}
