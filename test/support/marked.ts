import Papa from 'papaparse';

/** A token that is easy to find in any output. */
export const TOKEN = 'y0_MaRkEdToKeN7qZ1xW8vB2nM5kL9pR4tY6uI3oP0aS';

/** Phone numbers as people write them. Their digits must not be readable in any output. */
export const PHONES = [
  '+79161234567',
  '8 (926) 765-43-21',
  '8 903 111 22 33',
  '８９１６７７７８８９９',
  '+49 30 9018 2045',
  '8----915----444----55----66',
] as const;

export const EMAIL = 'Ivan.Marked@secret-mail.example';

/** Text that a terminal, a runner, a page or a spreadsheet would treat as a command. */
export const HOSTILE = [
  '\u001b[31mred',
  '\u001b]0;title\u0007',
  '\u001b[2J\u001b[H',
  '\u001bP+q544e\u001b\\',
  '\u009b31m',
  '\u0085next',
  '\u0007bell',
  '\b\b\bback',
  '\rover',
  '\u0000nul',
  '\u007fdel',
  '\u202etxt.exe',
  '\u2066left\u2069',
  '\u200fmark',
  '\u061cmark',
  '\u200bzero',
  '\u2028line',
  '\u2029paragraph',
  '\ufeffbom',
  '\ud800half',
  '::error::no',
  '::set-output name=a::b',
  '::stop-commands::x',
  '::add-mask::x',
  ' ::debug::x',
  '##[error]no',
  '##[set-output name=deploy;]yes',
  '###[group]x',
  '##[add-path]/tmp',
  '%0A::error::x',
  '%25%0D',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '| cell | cell |',
  '`code`',
  '=HYPERLINK("http://e")',
  '+1+cmd|x',
  '@SUM(A1)',
  'x;=1+1',
] as const;

/** The output of a run, with the options of this run. */
export interface Looked {
  /** Whether the output may contain the program's own colours. */
  readonly colored: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly format: 'text' | 'json' | 'github';
}

/** Returns the personal data and secrets in an output. Also finds changed forms, such as Base64. */
export function leaksIn(text: string): string[] {
  const plain = text.normalize('NFKC');
  const dense = plain.toLowerCase().replace(/[^a-z0-9]/g, '');
  const token = TOKEN.toLowerCase().replace(/[^a-z0-9]/g, '');
  const forms = [
    token,
    [...token].reverse().join(''),
    Buffer.from(TOKEN)
      .toString('base64')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
    Buffer.from(TOKEN).toString('hex'),
  ];
  const leaks = forms.filter((form) => dense.includes(form.slice(4, 24)));
  for (const phone of PHONES) {
    const digits = [...phone.normalize('NFKC').replace(/\D/g, '')].slice(-10);
    if (new RegExp(digits.join('[^\\p{L}\\p{N}]{0,8}'), 'u').test(plain)) leaks.push(phone);
  }
  if (plain.toLowerCase().includes(EMAIL.toLowerCase())) leaks.push(EMAIL);
  return leaks;
}

/** Returns the parts of an output that a terminal or a runner would treat as commands. */
export function commandsIn({ stdout, stderr, format, colored }: Looked): string[] {
  const found: string[] = [];
  for (const text of [stdout, stderr]) {
    const uncoloured = colored ? text.replace(/\u001b\[(?:1|2|22|3[1236]|39)m/g, '') : text;
    const control =
      /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u;
    if (control.test(uncoloured)) found.push(`control ${JSON.stringify(control.exec(uncoloured))}`);
    for (const line of uncoloured.split(/\r\n|[\n\r]/)) {
      if (line.includes('##[')) found.push(line);
      const isOwn =
        format === 'github' &&
        text === stdout &&
        /^::(?:error|warning|notice)(?: (?:file|line|col|title)=[^:,]*(?:,(?:file|line|col|title)=[^:,]*)*)?::[^\r\n]*$/.test(
          line,
        );
      if (/^\s*::/.test(line) && !isOwn) found.push(line);
    }
  }
  if (format === 'json') JSON.parse(stdout);
  return found;
}

/**
 * Splits a report into cells by each delimiter in turn. Returns the cells that a spreadsheet would
 * treat as formulas.
 */
export function formulasIn(report: string): string[] {
  return [',', ';', '\t', '|'].flatMap((delimiter) => {
    const { data } = Papa.parse<string[]>(report, { delimiter, newline: '\n' });
    return data.flat().filter((cell) => /^[\s\p{Z}\p{Cf}]*[=+@＝＋＠]/u.test(cell));
  });
}
