/** The type of text that may be shown. Only `src/cli/output/shown.ts` makes it of other text. */
declare const destination: unique symbol;

/** Where text is shown. */
export type Destination = 'terminal' | 'json' | 'runner' | 'spreadsheet' | 'markdown' | 'file';

/** Text that is safe in one destination. */
export type Shown<Where extends Destination> = string & { readonly [destination]: Where };
