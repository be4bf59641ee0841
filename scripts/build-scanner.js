// Compiles src/scanner/ to WebAssembly, and writes the result as a module of the program.
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
    `/** The compiled scanner, in Base64. */\nexport const SCANNER_PROGRAM: string =\n  '${encoded}';\n`,
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
      // The scanner needs no allocator: src/scanner/layout.ts defines all addresses that it uses.
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

/** Functions with at most this number of instructions are inlined. */
const SMALL = 30;

/**
 * Inlines all calls of small functions. Never inlines large functions, not even those with a single
 * call.
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
