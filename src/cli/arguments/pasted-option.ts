/** Options in commands to paste. */
import { shellWord } from '../../words/format.ts';
import { longFlag } from './option.ts';
import { type OptionName, OPTIONS } from './options.ts';

/** An option with its value, as a shell takes it. */
export function pastedOption(name: OptionName, value: string): string {
  return `${longFlag(OPTIONS[name].flags)} ${shellWord(value)}`;
}
