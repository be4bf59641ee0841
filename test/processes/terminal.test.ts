import { describe, expect, it } from 'vitest';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';
import { endedOnTerminal, HAS_TERMINAL, onTerminal } from '../support/terminal.ts';
import { TestService } from '../support/test-service.ts';

const onLinux = it.runIf(process.platform === 'linux');

const ESCAPE = '\u001b';

describe('output on a terminal', () => {
  onLinux('has a spinner, and shows the cursor again at the end', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const seen = onTerminal(['upload', '--sandbox', '--wait', path], {});
    expect(seen).toContain('\u001b[?25l');
    expect(seen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(seen.lastIndexOf('\u001b[?25l'));
    expect(seen).toContain('PROCESSED');
  });

  onLinux('shows the cursor again if a signal ends the run', async () => {
    const service = await TestService.start(() => undefined);
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const words = ['upload', ...service.target, path];
    const stdout = await endedOnTerminal(words, { METRIKA_TOKEN: 'some-token-123' }, '\u001b[?25l');
    expect(stdout).toContain('\u001b[?25l');
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('\u001b[?25l'));
    expect(stdout).toContain('Interrupted');
  });

  onLinux('has no escape sequences if the terminal or the user wants none', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    const args = ['upload', '--sandbox', '--wait', path];
    expect(onTerminal(args, { TERM: 'dumb' })).not.toContain('\u001b');
    expect(onTerminal(['--no-color', ...args], {})).not.toContain('\u001b');
    const inCi = onTerminal(args, { CI: '1', NO_COLOR: '1' });
    expect(inCi.replaceAll('\r\n', '\n')).not.toMatch(/[\r\u001b]/);
    expect(onTerminal(args, { NO_COLOR: '' })).toContain('\u001b');
  });

  onLinux('is short on a terminal with a width of 0', () => {
    const path = writeCalls(temporaryFolder(), 'calls.csv', goodCalls(2));
    expect(
      onTerminal(['upload', '--sandbox', '--wait', path], {}, { columns: 0 }).length,
    ).toBeLessThan(20_000);
  });
});

describe('a terminal of 80 columns', () => {
  onLinux('gets no longer line', () => {
    const path = writeCalls(
      temporaryFolder(),
      'calls.csv',
      'ClientId;DateTime;PhoneNumber;Odd\n1.6E+18;18.11.2026 10:00;8 (912) 345-67-01;x\n\n2;1;;\n',
    );
    for (const words of [['validate'], ['upload', '--sandbox'], ['upload']]) {
      const seen = onTerminal([...words, '--no-color', path], { NO_COLOR: '1' });
      for (const line of seen.replaceAll(path, 'calls.csv').split(/\r?\n/))
        expect(line.length).toBeLessThanOrEqual(80);
    }
  });
});

describe.each(['en', 'ru'])('the two streams in %s', (METRIKA_LANG) => {
  const env = { METRIKA_LANG };

  onLinux('have colours only if they are visible and wanted', () => {
    const good = writeCalls(temporaryFolder(), 'good.csv', goodCalls(3));
    const shown = (more: Record<string, string>, ...words: string[]): string =>
      onTerminal([...words, 'upload', '--sandbox', good], { ...env, ...more });
    expect(shown({})).toContain(`${ESCAPE}[`);
    expect(shown({ NO_COLOR: '' })).toContain(`${ESCAPE}[`);
    for (const text of [
      shown({ NO_COLOR: '1' }),
      shown({ TERM: 'dumb' }),
      shown({}, '--no-color'),
    ]) {
      expect(text).not.toContain(ESCAPE);
    }
  });

  onLinux('are short on a terminal with a width of 0', () => {
    const good = writeCalls(temporaryFolder(), 'good.csv', goodCalls(3));
    const words = ['upload', '--sandbox', '--wait', good];
    expect(onTerminal(words, env, { columns: 0 }).length).toBeLessThan(20_000);
  });

  onLinux('are never redrawn with CI=1', () => {
    const good = writeCalls(temporaryFolder(), 'good.csv', goodCalls(3));
    const words = ['upload', '--sandbox', '--wait', good];
    const shown = onTerminal(words, { ...env, CI: '1', NO_COLOR: '1' });
    expect(shown.replaceAll('\r\n', '\n')).not.toMatch(/[\r\u001b]/);
  });
});

describe('a terminal', () => {
  onLinux('shows its cursor again after a signal', async () => {
    const good = writeCalls(temporaryFolder(), 'good.csv', goodCalls(3));
    const service = await TestService.start(() => undefined);
    const words = ['upload', ...service.target, good];
    const token = { METRIKA_TOKEN: 'some-token-123' };
    const shown = await endedOnTerminal(words, token, `${ESCAPE}[?25l`);
    expect(shown).toContain(`${ESCAPE}[?25l`);
    expect(shown.lastIndexOf(`${ESCAPE}[?25h`)).toBeGreaterThan(
      shown.lastIndexOf(`${ESCAPE}[?25l`),
    );
  });
});

describe.each(['en', 'ru'])('input in %s', (METRIKA_LANG) => {
  (HAS_TERMINAL ? it : it.skip)('is refused from a terminal, so the run does not wait', () => {
    const shown = onTerminal(['validate', '-'], { METRIKA_LANG });
    expect(shown).toContain('metrika-calls');
  });
});
