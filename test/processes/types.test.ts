import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/run.ts';
import { isLong } from '../support/runs.ts';

/** A user's program that needs no types of Node. */
const PROGRAM = `
import * as everything from 'metrika-calls';
import {
  type CallsSource, convertCalls, type ConvertedCalls, Failure, inspectCalls, type InspectedCalls,
  type StopSignal, uploadCalls, type UploadedFile, type UploadProgress, validateCalls, type ValidatedCalls,
} from 'metrika-calls';

declare const source: CallsSource;
declare const signal: StopSignal;
export async function use(): Promise<readonly unknown[]> {
  const checked: ValidatedCalls = await validateCalls('calls.csv', { strict: true, signal });
  const first = checked.validation.findings[0];
  const code: string | undefined = first?.code;
  const converted: ConvertedCalls = await convertCalls(source, {
    preset: 'freepbx', columns: { When: 'DateTime' }, output: (text: string) => void text.length,
  });
  const inside: InspectedCalls = await inspectCalls(source, { timezone: 'Europe/Moscow' });
  const sent: UploadedFile = await uploadCalls('calls.csv', {
    counter: 2215573, token: 'y0_token', signal,
    onProgress: ({ step, sent, total }: UploadProgress) => void [step, sent, total],
  });
  const outcome: 'uploaded' | 'existing' | 'dry-run' | 'empty' | 'failed' = sent.outcome;
  // @ts-expect-error an option that is misspelt
  await uploadCalls('calls.csv', { conter: 1 });
  // @ts-expect-error bytes are no stream of blocks
  await validateCalls(new Uint8Array());
  if (new Date() instanceof Failure) return [];
  return [code, converted.left_out_columns, inside.twins, outcome, everything.EXIT_CODES];
}
`;

/** A user's program that uses the signal and the streams of Node. */
const WITH_PLATFORM = `
import { Readable } from 'node:stream';
import { uploadCalls, validateCalls } from 'metrika-calls';
await validateCalls(Readable.from([]), { signal: AbortSignal.timeout(1000) });
await validateCalls(new Response().body ?? [], { signal: new AbortController().signal });
await uploadCalls(process.stdin, { sandbox: true });
`;

function compile(folder: string, options: Readonly<Record<string, unknown>>): string {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        skipLibCheck: false,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        target: 'es2022',
        ...options,
      },
      include: ['*.ts', '*.js'],
    }),
  );
  const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout;
}

function project(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(process.cwd(), join(folder, 'node_modules/metrika-calls'));
  for (const name of ['node', 'undici-types']) {
    const at = name === 'node' ? '@types/node' : name;
    symlinkSync(join(process.cwd(), 'node_modules', at), join(folder, 'node_modules', at));
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('the types of the package', () => {
  const resolutions = [
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ] as const;

  it.each(resolutions.filter((_, at) => isLong || at === 0))(
    'compile without the types of Node, module %s, resolution %s',
    (module, moduleResolution) => {
      const folder = project({ 'program.ts': PROGRAM });
      expect(compile(folder, { module, moduleResolution, lib: ['es2022'], types: [] })).toBe('');
    },
  );

  it('accept the types of the platform, also in the examples of the documentation', () => {
    const examples = Object.fromEntries(
      readdirSync('docs/examples').map((name) => [
        name,
        readFileSync(`docs/examples/${name}`, 'utf8'),
      ]),
    );
    const folder = project({ 'platform.ts': WITH_PLATFORM, ...examples });
    const options = { module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] };
    expect(compile(folder, { ...options, lib: ['es2022'], allowJs: true, checkJs: true })).toBe('');
  });
});
