// Compiles src/scanner/ to WebAssembly, and puts that into a module of the program.
import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

/**
 * Writes `src/scanner/program.ts`.
 *
 * @param {string} root the folder of the project
 */
export async function buildScanner(root) {
  let program;
  const { error, stderr } = await asc.main(
    [
      'src/scanner/record-scanner.ts',
      ...['--baseDir', root],
      ...['--outFile', 'scanner.wasm'],
      ...['--enable', 'simd'],
      // Functions stay in pieces, which V8 optimizes as fast as one and one by one.
      '-O2',
      '--noAssert',
      // Nothing is allocated: all memory is laid out in src/scanner/layout.ts.
      ...['--runtime', 'stub'],
      ...['--use', 'abort='],
    ],
    {
      writeFile: (_, contents) => {
        program = contents;
      },
    },
  );
  if (error !== null || program === undefined) {
    throw new Error(`src/scanner does not compile:\n${stderr.toString()}`);
  }
  const encoded = Buffer.from(program).toString('base64');
  writeFileSync(
    `${root}/src/scanner/program.ts`,
    `/** What the scanner is compiled to, in Base64. */\nexport const SCANNER_PROGRAM =\n  '${encoded}';\n`,
  );
}
