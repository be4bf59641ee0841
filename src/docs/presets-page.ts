/** Writes docs/presets.md and docs/presets.ru.md from the presets in the code. */
import type { Preset } from '../convert/presets/preset.ts';
import { PRESETS } from '../convert/presets/presets.ts';
import { columnsRead } from '../convert/recipe/call-columns.ts';
import type { PageLanguage } from './findings-page.ts';

interface PageWords {
  readonly intro: readonly string[];
  readonly source: string;
  readonly header: string;
  readonly noHeader: (columns: string) => string;
  readonly ownZone: string;
  readonly zone: (zone: string) => string;
  readonly region: (region: string) => string;
  readonly order: (order: string) => string;
  readonly delimiter: (delimiter: string) => string;
  readonly direction: (columns: string) => string;
  readonly calls: (columns: string) => string;
  readonly records: (path: string) => string;
  readonly legs: (columns: string) => string;
  readonly needed: (columns: string) => string;
  readonly or: string;
  readonly table: string;
}

const WORDS: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    intro: [
      '# Presets of convert',
      '',
      'Only systems whose export is documented in public have a preset; for others name the columns',
      'with `--map`. A PBX does not know which visitor called: `--join` takes the identifiers from a',
      'file with phone numbers, such as an export of a CRM, and `--unidentified static` marks calls that',
      'have none. [convert.md](convert.md) says how values are read.',
    ],
    source: 'Source',
    header: 'The export has a header.',
    noHeader: (columns) =>
      `The export has no header; its columns are taken to be \`${columns}\`. The last ones may be missing.`,
    ownZone:
      'Times are in the zone of the system: name it with `--timezone`, unless they carry it.',
    zone: (zone) => `Times are ${zone}.`,
    region: (region) =>
      `National numbers are those of ${region}, unless \`--default-region\` names another country.`,
    order: (order) => `Dates are ${order}.`,
    delimiter: (delimiter) => `Fields are separated by \`${delimiter}\`.`,
    direction: (columns) =>
      `Outgoing and internal calls are left out, which ${columns} tell; \`--direction all\` keeps them.`,
    calls: (columns) => `Records that are no calls are left out, which ${columns} tells.`,
    records: (path) => `In JSON, the calls are in \`${path}\`.`,
    legs: (columns) =>
      `Records with the same ${columns} are legs of one call; \`--legs keep\` keeps them apart.`,
    needed: (columns) => `It needs the columns ${columns}.`,
    or: ' or ',
    table: '| column of a call | made of |',
  },
  ru: {
    intro: [
      '# Шаблоны систем для convert',
      '',
      'Шаблон (preset) есть только у систем, чья выгрузка описана публично; для остальных укажите столбцы в',
      '`--map`. АТС не знает, какой посетитель звонил: `--join` берёт идентификаторы из файла с номерами',
      'телефонов, например из выгрузки CRM, а `--unidentified static` отмечает звонки, у которых их нет.',
      'Как читаются значения, сказано в [convert.md](convert.md).',
    ],
    source: 'Источник',
    header: 'В выгрузке есть заголовок.',
    noHeader: (columns) =>
      `В выгрузке нет заголовка; её столбцы считаются такими: \`${columns}\`. Последних может не быть.`,
    ownZone:
      'Время указано в поясе самой системы: назовите его в `--timezone`, если смещения в нём нет.',
    zone: (zone) => `Часовой пояс времени: ${zone}.`,
    region: (region) =>
      `Номера без кода страны — из ${region}, если \`--default-region\` не называет другую страну.`,
    order: (order) => `Порядок в датах: ${order}.`,
    delimiter: (delimiter) => `Между полями \`${delimiter}\`.`,
    direction: (columns) =>
      `Исходящие и внутренние звонки не берутся, о них говорят ${columns}; \`--direction all\` их оставит.`,
    calls: (columns) => `Записи, которые не звонки, не берутся; это видно по ${columns}.`,
    records: (path) => `В JSON звонки лежат в \`${path}\`.`,
    legs: (columns) =>
      `Записи с одинаковым ${columns} — части одного звонка; \`--legs keep\` их не соединит.`,
    needed: (columns) => `Нужны столбцы ${columns}.`,
    or: ' или ',
    table: '| столбец звонка | из чего |',
  },
};

const ORDERS = { dmy: 'dd/mm/yyyy', mdy: 'mm/dd/yyyy', ymd: 'yyyy/mm/dd' } as const;

/** Returns the text of docs/presets.md or docs/presets.ru.md. */
export function presetsPage(language: PageLanguage): string {
  const words = WORDS[language];
  return [...words.intro, '', ...PRESETS.flatMap((preset) => section(preset, words))].join('\n');
}

function section(preset: Preset, words: PageWords): string[] {
  const { name, system, source, columns, timezone, fields, needed, direction, legOf } = preset;
  const code = (names: readonly string[]): string => names.map((one) => `\`${one}\``).join(', ');
  const facts = [
    columns === undefined ? words.header : words.noHeader(columns.join(',')),
    words.needed(needed.map((names) => names.map((one) => `\`${one}\``).join(words.or)).join(', ')),
    timezone === undefined ? words.ownZone : words.zone(timezone),
    ...(preset.region === undefined ? [] : [words.region(preset.region)]),
    ...(preset.dateOrder === undefined ? [] : [words.order(ORDERS[preset.dateOrder])]),
    ...(preset.delimiter === undefined ? [] : [words.delimiter(preset.delimiter)]),
    ...(preset.records === undefined ? [] : [words.records(preset.records)]),
    ...(preset.isCall === undefined ? [] : [words.calls(code(columnsRead(preset.isCall)))]),
    ...(direction === undefined ? [] : [words.direction(code(columnsRead(direction)))]),
    ...(legOf === undefined
      ? []
      : [
          words.legs(
            columnsRead(legOf)
              .map((one) => `\`${one}\``)
              .join(words.or),
          ),
        ]),
  ];
  return [
    `## ${name}`,
    '',
    `${system}. ${words.source}: ${source}.`,
    '',
    ...facts,
    '',
    words.table,
    '| --- | --- |',
    ...Object.entries(fields).map(([field, read]) => `| ${field} | ${code(columnsRead(read))} |`),
    '',
  ];
}
