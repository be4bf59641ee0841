/** The list of output formats. Each format is a module with a reporter. */
import type { ReporterModule } from './reporter.ts';

/** The formats by name, each with a function that loads its reporter. */
export const FORMATS = {
  text: (): Promise<ReporterModule> => import('./text.ts'),
  json: (): Promise<ReporterModule> => import('./json.ts'),
  github: (): Promise<ReporterModule> => import('./github.ts'),
} as const;

/** The name of an output format. */
export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];
