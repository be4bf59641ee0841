/** Finds the meanings of the columns of an export, from their headings and a few values. */
import { type ColumnName, columnNamed, isCallColumn } from '../../calls/columns/columns.ts';
import {
  type Heading,
  headingKey,
  headingNamed,
  type Meaning,
  saysUtc,
} from '../../calls/columns/headings.ts';
import { unitInHeading, withoutUnit } from '../cells/duration.ts';
import {
  arePhones,
  areSame,
  asItsValues,
  byVariety,
  type Candidate,
  FEWEST_SAME,
  fits,
  HAS_CLOCK,
  HAS_DAY,
  hasYesAndNoOnly,
  isClockAlone,
  isDayAlone,
  isDuration,
  isEnding,
  isProved,
  mayBeMinutes,
  RIVALS,
  SHORT,
  type UnknownColumn,
} from './column-values.ts';
import { SourceColumns } from './source-column.ts';

/** The first records of an export. */
export interface Sample {
  readonly header: readonly string[];
  readonly records: readonly (readonly string[])[];
  /** Whether these are all records of the export. */
  readonly isWhole: boolean;
}

/** A column of a call that may come from several columns of the export. */
export interface Choice {
  readonly column: ColumnName;
  /** The columns of the export, with the names that options use. */
  readonly among: readonly string[];
}

/** The conclusions from the headings of an export. */
export interface HeadingColumns {
  /**
   * The certain sources: for each column of a call, its column in the export. `A+B` combines two
   * columns.
   */
  readonly certain: ReadonlyMap<ColumnName, string>;
  /** The heading that says that the times are in UTC. */
  readonly utc: string | undefined;
  /** The questions that a person must answer. */
  readonly choices: readonly Choice[];
  /**
   * The column with the total duration of a call, if the unit of this column is not known. Its
   * values may be minutes or seconds, and its heading has no unit.
   */
  readonly unitOpen: string | undefined;
  /**
   * The column of the export that says which calls were answered, if `CallMissed` comes from it. A
   * yes in this column becomes a no in `CallMissed`.
   */
  readonly answered: string | undefined;
  /** Columns of the export that may match an optional column of a call. They are not used. */
  readonly possible: readonly { readonly column: ColumnName; readonly source: string }[];
}

/** Columns of a call whose names have another meaning in other systems. */
const OF_OTHERS: ReadonlySet<ColumnName> = new Set(['UserId', 'Price']);

/**
 * If the headings for these columns are not certain, the user is asked. A call needs these columns,
 * or they identify the visitor.
 */
const ASKED: readonly ColumnName[] = ['DateTime', 'ClientId', 'PhoneNumber'];

/**
 * Finds the meanings of the columns of an export.
 *
 * @param named for each column of the export that the recipe names, the column of a call; `-` if
 *   the recipe leaves the column out
 * @param constants the columns of a call that have the same value in every call
 */
export function columnsByHeading(
  { header, records, isWhole }: Sample,
  named: ReadonlyMap<string, string>,
  constants: ReadonlySet<string | undefined>,
): HeadingColumns {
  const source = new SourceColumns(header);
  const answered = new Set<string>(
    [...named.values(), ...constants].map((target) => columnNamed(target ?? '')?.name ?? ''),
  );
  const usedPlaces = new Set(
    [...named.keys()].flatMap((name) => {
      const places = source.placesOf(name);
      return 'missing' in places ? [] : places;
    }),
  );
  const valuesAt = header.map((_, at) =>
    records
      .map((record) => (record[at] ?? '').trim())
      .filter((value) => value !== '' && value !== '-'),
  );
  const isOwnHeader = header.some((cell) => columnNamed(cell.trim())?.name === 'DateTime');
  const candidates: Candidate[] = [];
  const unknown: UnknownColumn[] = [];
  header.forEach((cell, at) => {
    if (usedPlaces.has(at)) return;
    const column = { name: source.optionName(at), values: valuesAt[at] ?? [] };
    const heading = meaningOf(cell.trim(), isOwnHeader);
    if (heading !== undefined) candidates.push(asItsValues({ ...column, ...heading }));
    else if (cell.trim() !== '') unknown.push(column);
  });
  const withPhones = valuesAt.filter((values, at) => !usedPlaces.has(at) && arePhones(values));
  const found = { candidates, unknown, answered, withPhones: withPhones.length, isWhole };
  return new Reading(found).result();
}

/**
 * Finds the meaning of a heading.
 *
 * @param isOwnHeader whether the header has `DateTime`, the name that Metrica uses. If not, another
 *   system named the columns. Then `Price` may be the cost of the call, and `UserId` an employee.
 */
function meaningOf(cell: string, isOwnHeader: boolean): Heading | undefined {
  const own = columnNamed(cell);
  if (own === undefined) return headingNamed(cell) ?? headingNamed(withoutUnit(cell));
  return { means: own.name, isSure: isOwnHeader || !OF_OTHERS.has(own.name) };
}

/** Finds the meanings of the columns of one export. */
class Reading {
  readonly #candidates: readonly Candidate[];
  readonly #unknown: readonly UnknownColumn[];
  readonly #answered: ReadonlySet<string>;
  readonly #withPhones: number;
  readonly #isWhole: boolean;
  readonly #certain = new Map<ColumnName, string>();
  readonly #choices: Choice[] = [];
  readonly #possible: { column: ColumnName; source: string }[] = [];

  constructor(found: {
    readonly candidates: readonly Candidate[];
    readonly unknown: readonly UnknownColumn[];
    readonly answered: ReadonlySet<string>;
    /** The number of columns of the export that may have phone numbers. */
    readonly withPhones: number;
    /** Whether the columns have the values of all records, not only of the first ones. */
    readonly isWhole: boolean;
  }) {
    this.#withPhones = found.withPhones;
    this.#candidates = found.candidates;
    this.#unknown = found.unknown;
    this.#answered = found.answered;
    this.#isWhole = found.isWhole;
  }

  result(): HeadingColumns {
    this.#decideTime();
    this.#decideDurations();
    for (const column of [
      'ClientId',
      'Yclid',
      'UserId',
      'PhoneNumber',
      'StaticCall',
      'CallMissed',
      'Price',
      'Currency',
      'Tag',
      'FirstTimeCaller',
      'URL',
      'CallTrackerURL',
    ] as const) {
      this.#decide(column, column === 'CallMissed' ? this.#outcomes() : this.#of(column));
    }
    const time = this.#certain.get('DateTime');
    return {
      certain: this.#certain,
      utc: time !== undefined && saysUtc(time.replace(/#\d+$/, '')) ? time : undefined,
      choices: this.#choices,
      unitOpen: this.#unitOpen,
      answered: this.#of('Answered').find(({ name }) => name === this.#certain.get('CallMissed'))
        ?.name,
      possible: this.#possible,
    };
  }

  get #unitOpen(): string | undefined {
    const source = this.#certain.get('TalkDuration');
    const whole = this.#of('Duration').find(({ name }) => name === source);
    return whole !== undefined && unitInHeading(whole.name) === undefined && mayBeMinutes(whole)
      ? whole.name
      : undefined;
  }

  /** Finds the columns that say which calls were missed, or which were answered. */
  #outcomes(): Candidate[] {
    const missed = this.#of('CallMissed');
    if (missed.length > 0) return missed;
    const statuses = this.#statuses();
    return statuses.length > 0 ? statuses : this.#of('Answered').filter(hasYesAndNoOnly);
  }

  /**
   * Finds columns with words for the outcome of a call. Columns with digits are ignored, because
   * the meaning of a digit is unknown.
   */
  #statuses(): Candidate[] {
    return this.#of('Status')
      .filter(({ values }) => values.length > 0 && values.every((value) => isEnding(value)))
      .map((one) => ({ ...one, isSure: true }));
  }

  #of(means: Meaning): Candidate[] {
    return this.#candidates.filter((one) => one.means === means);
  }

  /** Finds the time in one column, or the day in one column and the time of day in another. */
  #decideTime(): void {
    if (this.#answered.has('DateTime')) return;
    const [days, times] = [this.#of('Date'), this.#of('Time')];
    const named = this.#of('DateTime');
    const whole = [...days, ...times].filter(({ values }) =>
      values.some((value) => HAS_CLOCK.test(value) && HAS_DAY.test(value)),
    );
    const sure = named.filter(({ isSure }) => isSure);
    const all = sure.length > 0 ? sure : [...named, ...whole];
    const [day, ...otherDays] = [...sure, ...days].filter(isDayAlone);
    const [time, ...otherTimes] = [...sure, ...times].filter(isClockAlone);
    const isDivided = all.every((one) => one === day || one === time);
    if (isDivided && day !== undefined && time !== undefined) {
      if (otherDays.length + otherTimes.length === 0 || all.length === 0) {
        this.#certain.set('DateTime', `${day.name}+${time.name}`);
        return;
      }
    }
    const rivals = this.#rivals('DateTime');
    if (all.length > 0) this.#choose('DateTime', [...all, ...rivals]);
    else if (rivals.length > 0) this.#choose('DateTime', rivals, true);
    else if (days[0] !== undefined) {
      const beside = times[0] === undefined ? '' : `+${times[0].name}`;
      this.#certain.set('DateTime', `${days[0].name}${beside}`);
    }
  }

  /**
   * Returns the columns that have unknown headings, but values that fit a column of a call. If
   * there is such a column, a known heading is not enough to choose another column.
   */
  #rivals(column: ColumnName): Candidate[] {
    const mayBe = RIVALS[column];
    if (mayBe === undefined) return [];
    return this.#unknown
      .filter(({ name, values }) => values.length > 0 && mayBe(values, name))
      .map((one) => ({ ...one, means: column, isSure: true }))
      .filter((one) => column !== 'PhoneNumber' || !this.#isOwnLine(one));
  }

  /**
   * Finds the durations. If no column has the duration of the talk or of the hold, the total
   * duration becomes `TalkDuration`.
   */
  #decideDurations(): void {
    const [talk, hold, whole] = [
      this.#of('TalkDuration').filter(isDuration),
      this.#of('HoldDuration').filter(isDuration),
      this.#of('Duration').filter(isDuration),
    ];
    this.#decide('TalkDuration', talk.length + hold.length === 0 ? whole : talk);
    this.#decide('HoldDuration', hold);
  }

  #decide(column: ColumnName, candidates: readonly Candidate[]): void {
    if (this.#answered.has(column)) return;
    const fitting = candidates.filter(
      (one) => fits(column, one) && !(column === 'PhoneNumber' && this.#isOwnLine(one)),
    );
    // A conversion would use a column with the name `Price` because of this name. Possible columns
    // are not used. So a column whose values are no prices becomes a possible column.
    for (const one of column === 'Price' ? candidates : []) {
      if (!fitting.includes(one)) this.#possible.push({ column, source: one.name });
    }
    const sure = fitting.filter(({ isSure, ...one }) => isSure && !this.#isDoubtful(column, one));
    if (sure.length > 0) this.#choose(column, [...sure, ...this.#rivals(column)]);
    else if (ASKED.includes(column) && fitting.length > 0) {
      const among = [...fitting, ...this.#rivals(column)];
      this.#choose(column, among, among.length === 1);
    } else {
      for (const { name } of fitting) this.#possible.push({ column, source: name });
    }
  }

  /**
   * Says whether a column may have the company's own number. Then all its values are equal, and
   * another column may have the callers. If the heading is certain and no other column has phone
   * numbers, all calls may be from one caller.
   */
  #isOwnLine({ values, isSure }: Candidate): boolean {
    const isSame = values.length >= FEWEST_SAME && new Set(values).size === 1;
    return isSame && (this.#withPhones > 1 || !isSure);
  }

  /** Says whether a heading that seemed certain is doubtful, because of values or other columns. */
  #isDoubtful(column: ColumnName, { name, values }: Omit<Candidate, 'isSure'>): boolean {
    // These numbers are too short for a ClientId of Metrica. Probably they are ids of clients in a
    // CRM.
    if (column === 'ClientId') return values.length > 0 && values.every((one) => SHORT.test(one));
    if (column !== 'Price' || isCallColumn(name)) return false;
    // If the export also has billed seconds, the amount is the cost of the call, not a price.
    return this.#candidates.some((one) => headingKey(one.name).startsWith('bill'));
  }

  /**
   * Chooses the source of a column, or adds a question for the user.
   *
   * @param isDoubtful whether a single candidate needs values that prove its meaning
   */
  #choose(column: ColumnName, among: readonly Candidate[], isDoubtful = false): void {
    const [only] = among;
    if (only === undefined) return;
    // Some systems write the same identifier in two columns. To prove that, all records must be
    // compared.
    const isOne =
      this.#isWhole &&
      column === 'ClientId' &&
      among.every(({ values }) => areSame(values, only.values));
    if ((among.length > 1 && !isOne) || (isDoubtful && !isProved(column, only))) {
      this.#choices.push({ column, among: byVariety(column, among) });
    } else this.#certain.set(column, only.name);
  }
}
