import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { recently } from '../support/calls.ts';
import { run } from '../support/process.ts';
import { temporaryFolder } from '../support/run.ts';
import { answerJson, TestService } from '../support/test-service.ts';

const TOKEN = 'y0_AgAAAAD-very-secret-0123456789';

const MEGABYTES = 120;

/**
 * An expression for the highest resident memory of a process, in kilobytes. `maxRSS` would be wrong:
 * on Linux, a new process inherits the value of the process that started it, and a worker of the
 * tests is larger than the command.
 */
const HIGHEST =
  process.platform === 'linux'
    ? "/VmHWM:\\s+(\\d+)/.exec(process.getBuiltinModule('node:fs').readFileSync('/proc/self/status','utf8'))[1]"
    : 'process.resourceUsage().maxRSS';

describe('a large file', () => {
  it(`of 300 MB needs less than ${String(MEGABYTES)} MB of memory`, async () => {
    const folder = temporaryFolder();
    const path = `${folder}/large.csv`;
    const rows = 2_100_000;
    const first = recently();
    await pipeline(function* () {
      yield 'ClientId,DateTime,StaticCall,Price,Currency,PhoneNumber,TalkDuration,Tag,URL\n';
      for (let row = 0; row < rows; row += 1000) {
        const lines = Array.from({ length: 1000 }, (_, at) => {
          const number = row + at;
          return `${String(1_481_718_166_000_000 + number)},${String(first - (number % 1_000_000))},0,${String(number % 5000)}.50,RUB,+7012${String(1_000_000 + number)},136,"north, office ${String(number)}",https://shop.example/catalogue/page?visit=${String(number)}&source=phone\n`;
        });
        yield lines.join('');
      }
    }, createWriteStream(path));
    expect(statSync(path).size).toBeGreaterThan(300_000_000);

    const service = await TestService.start(() => undefined);
    const received = createHash('sha256');
    let length = 0;
    service.onHead = (raw, response) => {
      raw.on('data', (chunk: Buffer) => {
        received.update(chunk);
        length += chunk.length;
      });
      raw.on('end', () => {
        answerJson(response, 200, '{"uploading":{"id":1,"status":"UPLOADED"}}');
      });
      return true;
    };
    const report = `${folder}/memory`;
    const hook = `import{writeFileSync}from'node:fs';process.on('exit',()=>writeFileSync(${JSON.stringify(report)},String(${HIGHEST})))`;
    const ended = await run(['upload', '--json', ...service.target, path], {
      env: {
        METRIKA_TOKEN: TOKEN,
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(hook)}`,
      },
    });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`"rows": ${String(rows)}`);
    expect(length).toBeGreaterThan(300_000_000);
    expect(Number(readFileSync(report, 'utf8')) / 1024).toBeLessThan(MEGABYTES);
  });
});
