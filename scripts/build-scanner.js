// Compiles src/scanner/ to WebAssembly, and puts that into a module of the program.
import { writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';
import binaryen from 'assemblyscript/binaryen';

/**
 * Writes `src/scanner/program.ts`.
 *
 * @param {string} root the folder of the project
 */
export async function buildScanner(root) {
  const encoded = Buffer.from(optimized(await compiled(root))).toString('base64');
  writeFileSync(
    `${root}/src/scanner/program.ts`,
    `/** What the scanner is compiled to, in Base64. */\nexport const SCANNER_PROGRAM: string =\n  '${encoded}';\n`,
  );
}

async function compiled(root) {
  let program;
  const { error, stderr } = await asc.main(
    [
      'src/scanner/record-scanner.ts',
      ...['--baseDir', root],
      ...['--outFile', 'scanner.wasm'],
      ...['--enable', 'simd'],
      '-O0',
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
  return program;
}

/** Functions of so many instructions are put in the place of their calls. */
const SMALL = 30;

/**
 * Puts small functions in place, wherever they are called, and never large ones, not even those that
 * are called once: the engine translates a function when it is first called, optimizes it when it has
 * been busy, and at its end a run waits for that.
 */
function optimized(program) {
  const { SIMD128, BulkMemory, BulkMemoryOpt, SignExt } = binaryen.Features;
  const module = binaryen.readBinary(program);
  module.setFeatures(SIMD128 | BulkMemory | BulkMemoryOpt | SignExt);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(0);
  binaryen.setAlwaysInlineMaxSize(SMALL);
  binaryen.setFlexibleInlineMaxSize(SMALL);
  binaryen.setOneCallerInlineMaxSize(0);
  module.optimize();
  return module.emitBinary();
}
