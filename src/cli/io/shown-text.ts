/** The type of text that is safe to show. Only `src/cli/output/shown.ts` creates it. */
declare const destination: unique symbol;

/** A destination of text. */
export type Destination = 'terminal' | 'json' | 'runner' | 'spreadsheet' | 'markdown' | 'file';

/** Text that is safe to show in one destination. */
export type Shown<Where extends Destination> = string & { readonly [destination]: Where };
