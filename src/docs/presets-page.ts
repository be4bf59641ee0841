/** Writes docs/presets.md and docs/presets.ru.md from the presets themselves. */
import type { Preset } from '../convert/preset.ts';
import { PRESETS } from '../convert/presets.ts';
import type { PageLanguage } from './findings-page.ts';

interface PageWords {
  readonly intro: readonly string[];
  readonly source: string;
  readonly header: string;
  readonly noHeader: (columns: string) => string;
  readonly ownZone: string;
  readonly zone: (zone: string) => string;
  readonly makes: string;
}

const WORDS: Readonly<Record<PageLanguage, PageWords>> = {
  en: {
    intro: [
      '# Presets of convert',
      '',
      'Only systems whose export is documented in public have a preset; for others name the columns',
      'with `--map`. A PBX does not know which visitor called: `--join` takes the identifiers from a',
      'file with phone numbers, such as an export of a CRM, and `--set StaticCall=1` marks calls that',
      'have none.',
    ],
    source: 'Source',
    header: 'The export has a header.',
    noHeader: (columns) => `The export has no header; its columns are taken to be \`${columns}\`.`,
    ownZone:
      'Times are in the zone of the system: name it with `--timezone`, unless they carry it.',
    zone: (zone) => `Times are ${zone}.`,
    makes: 'Makes',
  },
  ru: {
    intro: [
      '# Шаблоны систем для convert',
      '',
      'Шаблон (preset) есть только у систем, чья выгрузка описана публично; для остальных укажите столбцы в',
      '`--map`. АТС не знает, какой посетитель звонил: `--join` берёт идентификаторы из файла с номерами',
      'телефонов, например из выгрузки CRM, а `--set StaticCall=1` отмечает звонки, у которых их нет.',
    ],
    source: 'Источник',
    header: 'В выгрузке есть заголовок.',
    noHeader: (columns) => `В выгрузке нет заголовка; её столбцы считаются такими: \`${columns}\`.`,
    ownZone:
      'Время указано в поясе самой системы: назовите его в `--timezone`, если смещения в нём нет.',
    zone: (zone) => `Часовой пояс времени: ${zone}.`,
    makes: 'Получаются столбцы',
  },
};

/** The page docs/presets.md, or docs/presets.ru.md. */
export function presetsPage(language: PageLanguage): string {
  const words = WORDS[language];
  return [...words.intro, '', ...PRESETS.flatMap((preset) => section(preset, words))].join('\n');
}

function section(
  { name, system, source, columns, timezone, fields }: Preset,
  words: PageWords,
): string[] {
  return [
    `## ${name}`,
    '',
    `${system}. ${words.source}: ${source}.`,
    '',
    columns === undefined ? words.header : words.noHeader(columns.join(',')),
    timezone === undefined ? words.ownZone : words.zone(timezone),
    '',
    `${words.makes}: ${Object.keys(fields).join(', ')}.`,
    '',
  ];
}
