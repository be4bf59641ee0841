import type { CommandName } from './options.ts';

/** The words of one command. */
export interface CommandDescription {
  readonly summary: string;
  readonly operands: string;
  readonly operandHelp: string;
  readonly examples: readonly string[];
}

/** The words of each command; the examples are run by a test. */
export const COMMANDS: Readonly<Record<CommandName, CommandDescription>> = {
  upload: {
    summary: "check files of calls, send them, print each uploading's id and status",
    operands: '<file...>',
    operandHelp: 'CSV files of calls, or patterns in quotes; - is standard input',
    examples: [
      'metrika-calls upload --counter 2215573 calls.csv',
      'metrika-calls upload --sandbox --wait calls.csv',
      'metrika-calls upload -c 2215573 -m "November" --json calls.csv',
      'some-export | metrika-calls upload -c 2215573 -',
    ],
  },
  validate: {
    summary: 'check files of calls as upload does; needs no token and no network',
    operands: '<file...>',
    operandHelp: 'CSV files of calls, or patterns in quotes; - is standard input',
    examples: [
      'metrika-calls validate calls.csv',
      'metrika-calls validate --strict --json calls.csv',
    ],
  },
  convert: {
    summary: "make a clean file of calls out of another system's export",
    operands: '<file>',
    operandHelp: 'the export; - is standard input',
    examples: [
      'metrika-calls convert cdr.csv --preset freepbx --timezone Europe/Moscow --default-region RU --join crm.csv',
      'metrika-calls convert export.csv --map "Дата звонка=DateTime" --timezone Europe/Moscow --set Currency=RUB -o calls.csv',
      'metrika-calls convert export.csv --map "Дата звонка=DateTime" --timezone Europe/Moscow | metrika-calls upload -c 2215573 -',
    ],
  },
  inspect: {
    summary: 'show what is in a file of calls',
    operands: '<file>',
    operandHelp: 'a CSV file of calls; - is standard input',
    examples: [
      'metrika-calls inspect calls.csv',
      'metrika-calls inspect --timezone Europe/Moscow calls.csv',
    ],
  },
  explain: {
    summary: 'say what a finding means and how to mend it',
    operands: '[code]',
    operandHelp: 'the code in brackets behind a finding; without one, all are listed',
    examples: ['metrika-calls explain identifier-scientific', 'metrika-calls explain'],
  },
  status: {
    summary: 'show one uploading',
    operands: '<id>',
    operandHelp: 'the id that upload printed',
    examples: [
      'metrika-calls status --counter 2215573 1000001',
      'metrika-calls status -c 2215573 --wait --wait-timeout 3h 1000001',
    ],
  },
  list: {
    summary: "show the counter's uploadings, newest first",
    operands: '',
    operandHelp: '',
    examples: [
      'metrika-calls list --counter 2215573',
      'metrika-calls list -c 2215573 --limit 100 --json',
    ],
  },
  sandbox: {
    summary: 'run a local server that behaves as the service does',
    operands: '',
    operandHelp: '',
    examples: [
      'metrika-calls sandbox --port 8080',
      'metrika-calls upload -c 2215573 --token any-text --api-url http://127.0.0.1:8080 calls.csv',
    ],
  },
};
