/** The list of output formats. A format is a file with a reporter, and a line here. */
import type { ReporterModule } from './reporter.ts';

/** The formats by name. Each loads its reporter on demand. */
export const FORMATS = {
  text: (): Promise<ReporterModule> => import('./text.ts'),
  json: (): Promise<ReporterModule> => import('./json.ts'),
  github: (): Promise<ReporterModule> => import('./github.ts'),
} as const;

/** The name of an output format. */
export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
