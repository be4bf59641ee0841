/** Creates the failures for command lines that cannot be parsed. */
import type { CommanderError } from 'commander';
import { Failure } from '../../failure.ts';
import { quotedWord } from '../../safe-text/quoted.ts';
import type { UsageProblem } from '../../words/failure-parameters.ts';
import { longFlag } from '../arguments/option.ts';
import { type CommandName, COMMANDS } from '../commands/index.ts';

/**
 * Creates the failure for a command line that cannot be parsed.
 *
 * @param command the command on the command line; the failure shows an example of that command
 */
export function usageFailure(problem: UsageProblem, command: CommandName | undefined): Failure {
  const example = command === undefined ? undefined : COMMANDS[command].examples[0];
  return new Failure('usage', { problem, command, example });
}

/** Reads the problem from commander's error code and English message. */
export function usageProblem({ code, message }: CommanderError): UsageProblem {
  const [, word = ''] = /'([^']*)'/.exec(message) ?? [];
  const near = /Did you mean (?:one of )?([\w-]+)/.exec(message)?.[1];
  switch (code) {
    case 'commander.unknownCommand':
      return { kind: 'unknown-command', word: quotedWord(word), near };
    case 'commander.optionMissingArgument':
      return { kind: 'no-value', option: longFlag(word) };
    case 'commander.missingArgument':
      return { kind: 'no-operand', operand: word };
    case 'commander.excessArguments': {
      const [, expected = '0', got = '0'] = /Expected (\d+)\D+(\d+)/i.exec(message) ?? [];
      return { kind: 'too-many-operands', expected: Number(expected), got: Number(got) };
    }
    default:
      return { kind: 'unknown-option', word: quotedWord(word), near };
  }
}
