// Makes random exports for scripts/fuzz-convert.js. Each has a recipe, and some have a joined file.
import googlePhones from 'google-libphonenumber';
import iconv from 'iconv-lite';
import { DateTime } from 'luxon';

const { PhoneNumberFormat, PhoneNumberUtil } = googlePhones;
const phones = PhoneNumberUtil.getInstance();

/** The current time of all conversions, in seconds since 1970. */
export const NOW = 1_795_000_000;

/**
 * A source of random numbers for one export. The seed and the number of the export decide which
 * numbers this source gives.
 */
export class Random {
  #state;

  constructor(seed, number) {
    this.#state = (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) + Math.imul(number, 0xc2b2_ae35)) | 0;
  }

  /** Returns a whole number below `limit`. */
  below(limit) {
    this.#state = (this.#state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  /** Returns true with a probability of 1 in `times`. */
  once(times) {
    return this.below(times) === 0;
  }

  oneOf(list) {
    return list[this.below(list.length)];
  }

  list(length, make) {
    return Array.from({ length }, make);
  }
}

const CYRILLIC = ['win1251', 'koi8-r', 'cp866', 'maccyrillic', 'iso-8859-5'];
const LATIN = ['windows-1250', 'windows-1252', 'windows-1254', 'iso-8859-15', 'macroman'];
/** The program's names for encodings that have other names in iconv-lite. */
const OWN_NAMES = {
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  win1251: 'windows-1251',
  cp866: 'ibm866',
  maccyrillic: 'x-mac-cyrillic',
  macroman: 'macintosh',
};
const UNICODE = new Set(['utf-8', 'utf16le', 'utf16be']);

const ZONES = [
  'Europe/Moscow',
  'Asia/Yekaterinburg',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'UTC',
];
/** Zones whose clocks do not change in the years of the random times. */
const STEADY_ZONES = ['Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Kathmandu', 'UTC'];
const REGIONS = ['RU', 'RU', 'RU', 'KZ', 'DE', 'US', 'GB', 'UA'];

/** Instants at which the clocks change in one of the `ZONES`. */
const CHANGES = [1_774_746_000, 1_792_890_000, 1_772_953_200, 1_793_512_800, 1_775_314_800];

const TIME_FORMS = [
  'dd.MM.yyyy HH:mm:ss',
  'd.M.yyyy H:mm:ss',
  'dd.MM.yyyy HH:mm',
  'yyyy-MM-dd HH:mm:ss',
  "yyyy-MM-dd'T'HH:mm:ss",
  'yyyy/MM/dd HH:mm:ss',
  'yyyyMMddHHmmss',
  "yyyy-MM-dd'T'HH:mm:ssZZ",
  'X',
];

/** For each column of a call, its name in a Russian export and in an English export. */
const MAPPED = {
  DateTime: ['Дата', 'Date of call'],
  PhoneNumber: ['Телефон', 'Caller'],
  ClientId: ['Ид', 'Visitor'],
  UserId: ['Код клиента', 'Customer'],
  TalkDuration: ['Длительность', 'Talk'],
  HoldDuration: ['Ожидание', 'Wait'],
  Price: ['Сумма', 'Amount'],
  CallMissed: ['Пропущен', 'Was missed'],
  Tag: ['Метка', 'Note'],
};

const FREEPBX =
  'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence,recordingfile'.split(
    ',',
  );

/**
 * Cells that are wrong or unclear. If an export may have such cells, its calls are not compared
 * with those of other libraries.
 */
const WILD = {
  DateTime: [
    '31.02.2026 09:12:33',
    '16.11.2026 24:00:00',
    '16.11.2036 09:12:33',
    '05/11/2026 09:12',
    '20/11/2026 09:12',
    '11/20/2026 09:12',
    '45976,5',
    '45976',
    '20261116',
    '29.03.2026 02:30:00',
    '25.10.2026 02:30:00',
    '05-11-26 09:12',
    '2026-11-05 09:12 Europe/Berlin',
    'Nov 5, 2026 9:12 AM',
    '5 ноября 2026 9:12',
    'вчера',
    '',
    '\u00a016.11.2026 09:12:33',
  ],
  PhoneNumber: [
    '+89161234567',
    '8123456789',
    '+266696687',
    '8 916 123-45-67 доб. 5',
    '"Анна" <79161234567>',
    'sip:79161234567@pbx',
    '101 79161234567',
    'аноним',
    '12',
    '',
    '="79161234567"',
    '79161234567.0',
  ],
  ClientId: [
    '12345678901234567890',
    '123456789012345678901',
    '000',
    '0123',
    '1633024800.0',
    '1.6330248001234E+18',
    '="1633024800"',
    "'1633024800",
    '1 633 024 800',
    'null',
    '-',
    '',
    '12345678.1633024800',
  ],
  UserId: ['', '-', 'null', 'crm-1', ' a', 'a,b', 'Итого', '«x»'],
  TalkDuration: ['0:99:03', '1:60:00', '041', '41.0', 'x', '999999999', '1:2:3', '', '1 136', '-1'],
  HoldDuration: ['0:99:03', '1:60:00', '41,0', 'x', '', '99999', '2:03'],
  Price: [
    '1,250',
    '1.250',
    '1.250,50',
    '-5',
    '1250,',
    ',5',
    '1250 ₽',
    '12,50 USD',
    'RUB 12',
    'NULL',
    'free',
    '',
  ],
  CallMissed: ['1.0', 'отвечен', 'может быть', '2', '', 'ДА', 'NO ANSWER', 'busy'],
  Tag: ['Итого', 'x\u00a0', '\u00a0x', 'null', '  ', 'a\tb', '', 'a"b', '\u2003', '=1+1', '#N/A'],
};

/**
 * Damaged records, and records that are not calls. Each semicolon is replaced by the delimiter of
 * the export.
 */
const WILD_LINES = [
  '',
  ';;;',
  'Итого;;12',
  'a"b;c',
  '"a"b;c',
  'a;b\rc;d',
  'a\0b;c',
  '"open;x',
  ';',
];

const TAG_PIECES = [
  'a',
  'Б',
  'é',
  '“',
  'отдел',
  ' ',
  '  ',
  ',',
  ';',
  '|',
  '\t',
  '"',
  '\n',
  '\r\n',
  "'",
  '-',
];

/** Valid phone numbers for each region. */
const numbersOf = new Map(
  [...new Set(REGIONS)].map((region) => [
    region,
    [0, 1].flatMap((type) => {
      const example = phones.getExampleNumberForType(region, type);
      const text = phones.format(example, PhoneNumberFormat.E164).slice(0, -2);
      return Array.from({ length: 60 }, (_, at) =>
        phones.parse(`${text}${String(at).padStart(2, '0')}`, region),
      ).filter((number) => phones.isValidNumber(number));
    }),
  ]),
);

const formatted = new Map();

function format(number, form) {
  const key = `${form} ${phones.format(number, PhoneNumberFormat.E164)}`;
  const known = formatted.get(key);
  if (known !== undefined) return known;
  const text = phones.format(number, form);
  formatted.set(key, text);
  return text;
}

/** Returns a random phone number in one of the forms that people and phone systems use. */
function phoneCell(random, region) {
  const { E164, INTERNATIONAL, NATIONAL, RFC3966 } = PhoneNumberFormat;
  if (random.once(30)) return 'anonymous';
  const isForeign = random.once(6);
  const number = random.oneOf(numbersOf.get(isForeign ? random.oneOf(REGIONS) : region));
  if (isForeign) return format(number, random.oneOf([E164, INTERNATIONAL, RFC3966]));
  const way = random.below(region === 'RU' ? 9 : 4);
  // The program reads a national number only if it has nine digits or more.
  const isShort = phones.getNationalSignificantNumber(number).length < 9;
  if (way < 4)
    return format(number, [E164, INTERNATIONAL, isShort ? E164 : NATIONAL, RFC3966][way]);
  const digits = format(number, E164).slice(2);
  const groups = `${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`;
  return [`7${digits}`, `8${digits}`, digits, `8 (${groups}`, `+7 (${groups}`][way - 4];
}

function timeCell(random, zone, form) {
  const isNearChange = random.once(12);
  const seconds = isNearChange
    ? Math.min(random.oneOf(CHANGES), NOW - 100_000) + random.below(14_400) - 7200
    : NOW - 100_000 - random.below(12_000_000);
  return DateTime.fromSeconds(seconds, { zone }).toFormat(form);
}

function clock(seconds) {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const texts = parts.map((part) => String(part).padStart(2, '0'));
  return `${Math.floor(seconds / 3600)}:${texts.join(':')}`;
}

/** For each column, a function that makes a cell. The meaning of the cell is certain. */
const CERTAIN = {
  DateTime: (random, { zone, timeForm }) => timeCell(random, zone, timeForm),
  PhoneNumber: (random, { region }) => phoneCell(random, region),
  ClientId: (random) =>
    random.once(8)
      ? random.oneOf(['', '', '0', 'NULL', '-'])
      : String(1 + random.below(9)) + '0123456789012345678'.slice(0, random.below(20)),
  UserId: (random) => random.oneOf(['', '', 'crm-1', 'a, b', '12', 'x "y"', 'none']),
  TalkDuration: (random) => {
    const seconds = random.once(3) ? 0 : random.below(random.oneOf([60, 3600, 80_000]));
    return random.oneOf([String(seconds), clock(seconds)]);
  },
  HoldDuration: (random) => random.oneOf(['', String(random.below(300)), clock(random.below(300))]),
  Price: (random) => {
    if (random.once(5)) return '';
    const whole = String(random.below(random.oneOf([10, 10_000, 10_000_000])));
    const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, random.oneOf(['', '', ' ']));
    const decimals = String(random.below(100)).padStart(2, '0');
    return random.oneOf([grouped, `${grouped},${decimals}`, `${grouped}.${decimals}`]);
  },
  CallMissed: (random) => random.oneOf(['1', '0', 'yes', 'No', 'TRUE', 'false', 'Answered']),
  Tag: (random) => random.list(random.below(6), () => random.oneOf(TAG_PIECES)).join(''),
};

function cellOf(random, column, facts) {
  if (facts.isWild && random.once(facts.wildness)) return random.oneOf(WILD[column] ?? ['', 'x']);
  return CERTAIN[column](random, facts);
}

function mappedExport(random, facts) {
  const isCyrillic = facts.isCyrillic && random.once(2);
  const used = Object.keys(MAPPED).filter(
    (name) => ['DateTime', 'PhoneNumber', 'ClientId'].includes(name) || random.below(3) > 0,
  );
  const columns = used.map((name) => [MAPPED[name][isCyrillic ? 0 : 1], name]);
  const header = columns.map(([name]) => name);
  for (let more = random.below(4); more > 0; more -= 1) {
    header.splice(random.below(header.length + 1), 0, `Other ${more}`);
  }
  const targets = new Map(columns);
  const makeRecord = () =>
    header.map((name) =>
      targets.has(name)
        ? cellOf(random, targets.get(name), facts)
        : random.oneOf(['', 'x', '1', 'a, b', '"']),
    );
  const recipe = {
    columns: Object.fromEntries(columns),
    ...(used.includes('Price') ? { set: { Currency: 'RUB' } } : {}),
  };
  return { header, records: random.list(facts.size, makeRecord), recipe };
}

function freepbxExport(random, facts) {
  const header = FREEPBX.filter(
    (name) => !['did', 'userfield', 'amaflags', 'dst_cnam'].includes(name) || random.below(2) > 0,
  );
  const hasAllCalls = random.once(4);
  const spread = random.oneOf([2, 5, 50, 11_000]);
  const extension = () => random.oneOf(['101', '2002', '*97', 's', '600']);
  const makeRecord = (_, at) => {
    const went = random.below(10);
    const billsec = random.once(3) ? 0 : random.below(600);
    const call = Math.max(0, at - random.below(spread));
    const outer = () => cellOf(random, 'PhoneNumber', facts).replace(/^"?$/, 'anonymous');
    const isInternal = went > 8 && !hasAllCalls;
    const cells = {
      calldate: cellOf(random, 'DateTime', facts),
      clid: random.oneOf(['"Анна" <101>', '', 'x, y', 'Zoé']),
      src: went < 7 ? outer() : extension(),
      dst: isInternal || (went < 7 && random.once(2)) ? extension() : outer(),
      lastapp: random.oneOf(['Dial', 'Queue']),
      lastdata: random.oneOf(['SIP/101,30,tT', 'a;b|c', 'x\ny', '']),
      duration: String(billsec + random.below(60)),
      billsec: String(billsec),
      disposition: random.oneOf(['ANSWERED', 'NO ANSWER', 'BUSY', 'Answered']),
      uniqueid: `${String(1_794_000_000 + at)}.${String(at)}`,
      cnum: went < 7 || random.once(2) ? '' : '101',
      outbound_cnum: went === 7 ? '88001234567' : '',
      linkedid: random.once(9) ? '' : `1794000000.${String(call)}`,
      sequence: String(at),
    };
    const isWrong = facts.isWild && random.once(facts.wildness);
    if (isWrong)
      cells[random.oneOf(['duration', 'billsec'])] = random.oneOf(['', 'x', '1.5', '-3']);
    return header.map((name) => cells[name] ?? random.oneOf(['', '', 'from-pstn']));
  };
  const recipe = {
    preset: 'freepbx',
    direction: hasAllCalls ? 'all' : 'in',
    legs: random.once(3) ? 'keep' : 'join',
  };
  return { header, records: random.list(facts.size, makeRecord), recipe };
}

function joinedFile(random, facts) {
  const names = ['PhoneNumber', ...['UserId', 'ClientId', 'Yclid'].filter(() => random.once(2))];
  if (names.length === 1) names.push('ClientId');
  const column = (name) => (name === 'Yclid' ? 'ClientId' : name);
  const records = random.list(random.oneOf([0, 3, 40, 200]), () =>
    names.map((name) => cellOf(random, column(name), facts)),
  );
  return { header: names, records };
}

/** Writes a table as bytes. */
function written(random, { header, records }, { encoding, isWild, hasMark }) {
  const delimiter = random.oneOf([',', ';', ';', '\t', '|']);
  const end = random.oneOf(['\n', '\n', '\r\n']);
  const oftenQuoted = random.oneOf([1, 3, 1000, 1000]);
  const quoted = (cell) =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) || random.once(oftenQuoted)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  let text = `${header.map(quoted).join(delimiter)}${end}`;
  if (isWild && random.once(20)) text = `sep=${delimiter}${end}${text}`;
  const hasOtherEnds = isWild && random.once(5);
  for (const cells of records) {
    const line = cells.map(quoted).join(delimiter);
    text += line + (hasOtherEnds ? random.oneOf(['\n', '\r\n', '\r']) : end);
    if (random.once(40)) text += random.oneOf(['', delimiter.repeat(header.length - 1)]) + end;
    if (isWild && random.once(25)) {
      const wild = random.oneOf(WILD_LINES).replaceAll(';', delimiter);
      text += `${wild}${random.oneOf([delimiter.repeat(header.length - 2), ''])}${end}`;
    }
    if (isWild && random.once(15)) text += `${line}${end}`.repeat(1 + random.below(3));
  }
  if (random.once(6)) text = text.slice(0, -end.length);
  const bytes = iconv.encode(text, encoding, { addBOM: hasMark });
  const isDamaged = isWild && random.once(8) && bytes.length > 0;
  if (isDamaged) bytes[random.below(bytes.length)] = random.below(256);
  return { bytes, form: { encoding, delimiter } };
}

function sizeOf(random) {
  if (random.once(400)) return 11_000 + random.below(12_000);
  return random.once(20) ? 300 + random.below(2000) : random.below(random.oneOf([4, 40, 120]));
}

function wildRecipe(random, recipe, header) {
  const rule = () =>
    `${random.oneOf(header)}=${random.oneOf(['', 'x', '1', 'да', 'ANSWERED', '0'])}`;
  const more = {
    dateFormat: random.oneOf([undefined, undefined, 'dmy', 'mdy', 'ymd']),
    timezone: random.once(8) ? undefined : recipe.timezone,
    defaultRegion: random.once(6) ? undefined : recipe.defaultRegion,
    only: random.once(8) ? [rule()] : undefined,
    skip: random.once(8) ? [rule()] : undefined,
    set: random.once(5) ? { Currency: 'rub', Tag: 'с "кавычкой",\nи строкой' } : recipe.set,
    values:
      recipe.preset === undefined && random.once(8)
        ? { CallMissed: { да: '1', нет: '0', yes: '1', No: '0' } }
        : undefined,
  };
  if (random.once(10)) more.set = { ...more.set, StaticCall: random.oneOf(['0', '1']) };
  return { ...recipe, ...more };
}

/** Makes an export, its recipe, sometimes a joined file, and the options of a conversion. */
export function randomExport(seed, number) {
  const random = new Random(seed, number);
  const isWild = random.once(2);
  const isFreepbx = random.once(2);
  const encoding = random.oneOf([
    ...['utf-8', 'utf-8', 'utf-8', 'utf16le', 'utf16be'],
    random.oneOf(CYRILLIC),
    random.oneOf(LATIN),
  ]);
  const facts = {
    isWild,
    wildness: random.oneOf([3, 20, 200]),
    isCyrillic: !LATIN.includes(encoding),
    zone: random.oneOf(isFreepbx ? STEADY_ZONES : ZONES),
    region: random.oneOf(REGIONS),
    timeForm: random.oneOf(TIME_FORMS),
    size: sizeOf(random),
  };
  const table = (isFreepbx ? freepbxExport : mappedExport)(random, facts);
  const hasMark = UNICODE.has(encoding) && (encoding !== 'utf-8' || random.once(4));
  const isTold = !UNICODE.has(encoding) && !(isWild && random.once(3));
  const isJoined = random.once(2) || isFreepbx;
  const recipe = {
    ...table.recipe,
    timezone: facts.zone,
    defaultRegion: facts.region,
    unidentified: random.oneOf(['error', 'static', 'skip']),
  };
  const joinFacts = { ...facts, isWild: isWild && random.once(3) };
  const joinForm = { encoding: 'utf-8', isWild: joinFacts.isWild, hasMark: random.once(3) };
  return {
    ...written(random, table, { encoding, isWild, hasMark }),
    isWild,
    recipe: isWild ? wildRecipe(random, recipe, table.header) : recipe,
    joined: isJoined ? written(random, joinedFile(random, joinFacts), joinForm) : undefined,
    options: {
      now: NOW,
      maxFindings: random.oneOf([1, 20, 1000]),
      showValues: random.once(2),
      previewed: random.oneOf([0, 0, 3]),
      encoding: isTold ? (OWN_NAMES[encoding] ?? encoding) : undefined,
    },
    takesRejects: random.once(2),
    steps: [1 + random.below(9), 10 + random.below(1000), 65_536 + random.below(400_000)],
  };
}
