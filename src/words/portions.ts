/** Describes the portions of a file, in any language. */

/** The portion of a file that one upload contains. */
export interface PortionName {
  readonly identifier?: string;
  readonly part?: { readonly number: number; readonly of: number };
}

/** The words of one language about portions. */
interface PortionWords {
  /** Such as `3 parts`. */
  readonly parts: (count: number) => string;
  /** Such as `ClientId in 3 parts`. */
  readonly inParts: (identifier: string, count: number) => string;
  /** Such as `4 uploads`. */
  readonly uploads: (count: number) => string;
}

/** Describes portions: `3 parts`, or `4 uploads: ClientId in 3 parts, Yclid`. */
export function splitInto(
  { parts, inParts, uploads }: PortionWords,
  portions: readonly PortionName[],
): string {
  const counts = new Map(portions.map(({ identifier, part }) => [identifier, part?.of ?? 1]));
  const names = [...counts].map(([identifier, of]) => {
    if (identifier === undefined) return parts(of);
    return of === 1 ? identifier : inParts(identifier, of);
  });
  return counts.has(undefined)
    ? names.join(', ')
    : `${uploads(portions.length)}: ${names.join(', ')}`;
}
