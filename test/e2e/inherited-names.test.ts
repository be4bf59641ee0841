import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownValue } from '../../src/words/own-value.ts';
import { recently, writeCalls } from '../support/calls.ts';
import { temporaryFolder } from '../support/run.ts';
import { said } from '../support/run-here.ts';
import { answerJson, errorBody, TestService } from '../support/test-service.ts';

const NAMES = Object.getOwnPropertyNames(Object.prototype);

/** A name that nothing has. */
const UNKNOWN = 'nothing';

/** What a run shows if it takes an inherited value for one of its own. */
const INHERITED = /native code|\[object |function |\bbug\b/;

describe('a name that every object inherits', () => {
  it('is in no table', () => {
    expect(NAMES).toContain('__proto__');
    for (const name of NAMES) expect(ownValue({ a: 1 }, name)).toBeUndefined();
    expect(ownValue({ constructor: 1 }, 'constructor')).toBe(1);
  });

  it('is not known to any option: each line ends as with an unknown word', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'c.csv', `ClientId,DateTime\n1,${String(recently())}\n`);
    const linesWith = (name: string): string[][] => [
      ...['encoding', 'delimiter', 'preset', 'sheet', 'records', 'timezone', 'lang', 'format'].map(
        (option) => ['validate', `--${option}`, name, path],
      ),
      ...['date-format', 'default-region', 'legs', 'direction', 'phones', 'unidentified'].map(
        (option) => ['convert', `--${option}`, name, path],
      ),
      ['convert', '--duration-unit', name, path],
      ['convert', '--map', `ClientId=${name}`, path],
      ['convert', '--map', `${name}=ClientId`, path],
      ['convert', '--map-value', `CallMissed: yes=${name}`, path],
      ['convert', '--map-value', `${name}: yes=in`, path],
      ['convert', '--set', `${name}=1`, path],
      ['convert', '--set', `Currency=${name}`, path],
      ['validate', `--${name}`, path],
      ['explain', name],
      [name, path],
      ['help', name],
    ];
    const unknown = await Promise.all(linesWith(UNKNOWN).map((words) => said(words)));
    for (const name of NAMES) {
      for (const [at, words] of linesWith(name).entries()) {
        const { code, text } = await said(words);
        expect(code, `${words.join(' ')}: ${text}`).toBe(unknown[at]?.code);
        expect(text, words.join(' ')).not.toMatch(INHERITED);
      }
    }
  });

  it.each(NAMES)('is read in files as any other text: %s', async (name) => {
    const folder = temporaryFolder();
    const now = String(recently());
    const csv = `ClientId,DateTime,Currency,CallMissed,${name}\n1,${now},${name},${name},${name}\n`;
    const path = writeCalls(folder, 'c.csv', csv);
    const json = writeCalls(
      folder,
      'c.json',
      `{"${name}":[{"ClientId":"1","DateTime":${now},"${name}":"${name}"}]}`,
    );
    for (const words of [
      ['validate', path],
      ['validate', '--html', '-', path],
      ['validate', '--lang', 'ru', path],
      ['inspect', '--json', path],
      ['convert', path],
      ['validate', '--records', name, json],
      ['convert', '--auto', json],
    ]) {
      const { code, text } = await said(words);
      expect(code, text).not.toBe(1);
      expect(text, words.join(' ')).not.toMatch(INHERITED);
    }
    expect((await said(['validate', path])).text).toContain(`Currency "${name}"`);

    const tag = [
      '--map',
      `${name}=Tag`,
      '--map',
      'ClientId=ClientId',
      '--map',
      'DateTime=DateTime',
    ];
    const recipe = join(folder, 'recipe.json');
    const converted = await said(['convert', json, ...tag, '--save-mapping', recipe]);
    expect(converted.stdout).toBe(`ClientId,DateTime,Tag\n1,${now},${name}\n`);
    // The saved recipe has the same columns.
    expect(readFileSync(recipe, 'utf8')).toContain(`"${name}": "Tag"`);
    const again = await said(['convert', json, '--mapping', recipe]);
    expect(again.stdout).toBe(converted.stdout);
  });

  it('is no key of a recipe, and is not left out of it', async () => {
    const folder = temporaryFolder();
    const path = writeCalls(folder, 'c.csv', `ClientId,DateTime\n1,${String(recently())}\n`);
    const recipesWith = (name: string): string[] => [
      `{"${name}": {"x": "y"}}`,
      `{"columns": {"${name}": "Tag"}}`,
      `{"columns": {"Tag": "${name}"}}`,
      `{"columns": {"${name}": 5}}`,
      `{"set": {"${name}": "1"}}`,
      `{"values": {"${name}": {"yes": "1"}}}`,
      `{"values": {"CallMissed": {"${name}": "${name}"}}}`,
      `{"joinColumns": {"${name}": "ClientId"}}`,
    ];
    const runWith = async (recipe: string): ReturnType<typeof said> =>
      await said(['convert', path, '--mapping', writeCalls(folder, 'recipe.json', recipe)]);
    for (const [at, recipe] of recipesWith(UNKNOWN).entries()) {
      const unknown = await runWith(recipe);
      for (const name of NAMES) {
        const { code, text } = await runWith(recipesWith(name)[at] ?? '');
        expect([code, text.replaceAll(name, UNKNOWN)]).toEqual([unknown.code, unknown.text]);
      }
    }
  });

  it('may be anything that the service says', async () => {
    for (const name of NAMES) {
      let isError = false;
      const service = await TestService.start((_, response) => {
        const uploading = `{"id":5,"status":"${name}","client_id_type":"${name}","${name}":"${name}"}`;
        if (isError) answerJson(response, 400, errorBody(name, name, 400, name));
        else answerJson(response, 200, `{"${name}":{"id":7},"uploading":${uploading}}`);
      });
      const words = ['status', '5', '-c', '1', '--retries', '0', '--api-url', service.url];
      for (const more of [[], ['--json'], ['--lang', 'ru']]) {
        isError = false;
        const shown = await said([...words, ...more]);
        expect([shown.code, shown.text.includes(name)], shown.text).toEqual([0, true]);
        isError = true;
        const refused = await said([...words, ...more]);
        expect(refused.code, refused.text).toBe(5);
        expect(shown.text + refused.text).not.toMatch(INHERITED);
      }
      await service.close();
    }
  });
});
