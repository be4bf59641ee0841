/** Renders a sign-in, and the account of a token. */
import { type Line, padded, toned, wrapped } from '../layout.ts';
import type { Style } from '../output.ts';
import type { KnownToken, SignedIn, SignedOut, ToldAccount } from '../reporter.ts';

type Facts = readonly (readonly [name: string, value: string])[];

/** Renders the end of a sign-in: whose token it is, and what is known about it. */
export function renderSignedIn({ login, file, ...known }: SignedIn, style: Style): Line[] {
  const said = style.words.screens.signIn;
  return [
    [toned.good(style.tick), ` ${said.signedIn(login)}`],
    ...laidOut([
      ...(login === undefined ? [[said.account, said.unknown] as const] : []),
      ...factsOf({ login, ...known }, style),
      ...(file === undefined ? [] : [[said.keptIn, file] as const]),
    ]),
  ];
}

/** Renders the end of `logout`. */
export function renderSignedOut({ deleted, file }: SignedOut, style: Style): Line[] {
  const said = style.words.screens.signIn;
  return deleted ? [[toned.good(style.tick), ` ${said.deleted(file)}`]] : [said.nothingStored];
}

/** Renders the account of the token in use. */
export function renderAccountOf(account: ToldAccount, style: Style): Line[] {
  const said = style.words.screens.signIn;
  const { login, origin, isGiven } = account;
  return [
    ...laidOut([
      [said.account, login ?? said.unknown],
      [said.origin, origin],
      ...factsOf(account, style),
    ]),
    ...(isGiven ? ['', ...wrapped('', said.leftAlone, style.abilities.room)] : []),
  ];
}

function factsOf({ expires, scopes }: KnownToken, { words }: Style): Facts {
  const said = words.screens.signIn;
  return [
    [said.rights, scopes?.join(', ') ?? said.unknown],
    [said.validUntil, expires === undefined ? said.unknown : said.time(expires)],
  ];
}

function laidOut(facts: Facts): Line[] {
  const widest = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => [toned.quiet(`  ${padded(name, widest)}  `), value]);
}
