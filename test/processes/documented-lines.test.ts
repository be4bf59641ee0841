import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, COMMANDS } from '../../src/cli/commands/index.ts';
import { goodCalls, writeCalls } from '../support/calls.ts';
import { commandLines } from '../support/command-lines.ts';
import { file, FileSite } from '../support/file-site.ts';
import { BIN } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const readme = readFileSync('README.md', 'utf8');

const russianReadme = readFileSync('README.ru.md', 'utf8');

const contributing = readFileSync('CONTRIBUTING.md', 'utf8');

async function everyService(): Promise<TestService> {
  return await TestService.start((request, response) => {
    const uploading = '{"id":1000001,"status":"PROCESSED","line_quantity":3,"source_quantity":3}';
    const empty = request.query.get('offset') !== '0';
    answerJson(
      response,
      200,
      request.path.endsWith('calls_uploadings')
        ? `{"uploadings":[${empty ? '' : uploading}]}`
        : request.path === '/info'
          ? '{"login":"anna"}'
          : request.path.endsWith('/counters')
            ? '{"rows":1,"counters":[{"id":2215573,"name":"Shop","permission":"own"}]}'
            : `{"uploading":${uploading}}`,
    );
  });
}

const goodCall = `{"ClientId": "1481718166", "DateTime": ${String(Math.floor(Date.now() / 1000) - 86_400)}}`;

/** Runs a documented line in a shell, in a folder with the files that the line names. */
async function runLine(line: string): Promise<{ status: number | null; output: string }> {
  const folder = temporaryFolder();
  mkdirSync(`${folder}/bin`);
  mkdirSync(`${folder}/.config/fish/completions`, { recursive: true });
  for (const [name, script] of Object.entries({
    'metrika-calls': `exec '${process.execPath}' '${BIN}' "$@"`,
    'some-export': 'cat calls.csv',
    'uis-export': 'cat uis.csv',
    curl: 'cat uis.json',
  })) {
    writeCalls(folder, `bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(`${folder}/bin/${name}`, 0o755);
  }
  writeCalls(folder, 'calls.csv', goodCalls(2));
  writeCalls(
    folder,
    'uis.csv',
    'start_time,direction,contact_phone_number,ym_client_id\n2026-11-18T10:00:00+03:00,in,79161234567,1481718166\n',
  );
  writeCalls(folder, 'uis.json', readFileSync('fixtures/exports/uis.json'));
  writeCalls(folder, 'calls.json', `{"result": {"data": [${goodCall}]}, "other": [{}]}`);
  writeCalls(folder, 'cdr.csv', readFileSync('fixtures/exports/freepbx.csv'));
  writeCalls(folder, 'crm.csv', readFileSync('fixtures/exports/crm.csv'));
  writeCalls(folder, 'calls.xlsx', readFileSync('fixtures/calls.xlsx'));
  writeCalls(folder, 'export.csv', 'Дата звонка;ClientId\r\n18.11.2026 10:00;1481718166\r\n');
  writeCalls(folder, 'pbx.csv', 'Дата;ClientId\r\n18.11.2026 10:00;1481718166\r\n');
  writeCalls(
    folder,
    'recipe.json',
    '{ "preset": "freepbx", "timezone": "Europe/Moscow", "defaultRegion": "RU", "join": "crm.csv" }',
  );
  writeCalls(folder, 'звонки.xlsx', readFileSync('fixtures/exports/звонки.xlsx'));
  writeCalls(
    folder,
    'звонки.json',
    '{ "columns": { "Дата звонка": "DateTime", "Телефон": "PhoneNumber", "ClientID Метрики": "ClientId" }, "timezone": "Europe/Moscow", "defaultRegion": "RU" }',
  );
  chmodSync(writeCalls(folder, 'token.txt', 'y0_documented_token\n'), 0o600);
  const service = await everyService();
  const site = await FileSite.start({
    'docs.google.com/spreadsheets/d/1AbCdEf/export?format=csv&gid=0': file(goodCalls(2)),
  });
  const api = line.includes('--api-url')
    ? line.replace(/--api-url \S+/, `--api-url ${service.url}`)
    : line;
  const { spawn } = await import('node:child_process');
  return await new Promise((resolve) => {
    const child = spawn('sh', ['-c', api], {
      cwd: folder,
      env: {
        HOME: folder,
        PATH: `${folder}/bin${delimiter}${process.env['PATH'] ?? ''}`,
        METRIKA_API_URL: service.url,
        // While the variable is set, a sign-in is refused.
        ...(line.includes(' login ') ? {} : { METRIKA_TOKEN: 'y0_documented_token' }),
        NODE_EXTRA_CA_CERTS: site.trust[1] ?? '',
        ...site.env,
      },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('close', (status) => {
      resolve({ status, output });
    });
    if (line.includes('metrika-calls sandbox')) {
      child.stdout.once('data', () => spawnSync('pkill', ['-INT', '-P', String(child.pid)]));
    }
  });
}

// The documented lines are for a Unix shell.
const onUnix = it.runIf(process.platform !== 'win32');

describe('the documents', () => {
  const russian = commandLines(russianReadme);
  const lines = [...new Set([...commandLines(readme), ...russian, ...commandLines(contributing)])];
  const ours = lines.filter(
    (line) => /metrika-calls (?!.*--global)/.test(line) && !line.startsWith('npm'),
  );

  onUnix.each(ours)('have a command line that works: %s', async (line) => {
    const { status, output } = await runLine(line);
    expect(status, output).toBe(0);
  });

  it('have a demo that sends calls to a sandbox', () => {
    const ended = spawnSync(process.execPath, ['scripts/demo.js'], { encoding: 'utf8' });
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/uploaded as \d+, processed/);
  });
});

describe('help', () => {
  // The line that installs completion in PowerShell is not for a Unix shell.
  const examples = COMMAND_NAMES.flatMap((name) => COMMANDS[name].examples).filter(
    (line) => !line.includes('$PROFILE'),
  );
  onUnix.each(examples)('has an example that works: %s', async (line) => {
    const { status, output } = await runLine(line.replace('--port 8080', '--port 0'));
    expect(status, output).toBe(0);
  });
});
