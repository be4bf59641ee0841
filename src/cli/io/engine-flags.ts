/** Sets flags of V8 that help some runs. */

interface EngineFlags {
  readonly wanted: readonly string[];
  /** The default flags, which undo the wanted ones. */
  readonly usual: readonly string[];
}

/** The groups of flags by name. */
const FLAGS = {
  /** Keeps the memory for short-lived values small. Otherwise it grows by tens of megabytes. */
  smallHeap: {
    wanted: ['--semi-space-growth-factor=1'],
    usual: ['--semi-space-growth-factor=2'],
  },
  /**
   * Keeps V8 from optimizing WebAssembly. The parser of HTTP responses is WebAssembly, and V8 would
   * optimize it in the background for longer than most runs last. The run would wait for that at
   * its end.
   */
  plainWebAssembly: {
    wanted: ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up'],
    usual: ['--wasm-dynamic-tiering', '--wasm-tier-up'],
  },
} satisfies Record<string, EngineFlags>;

const set = new Set<string>();

/** Sets flags of V8 for the rest of the run. */
export async function setEngineFlags(name: keyof typeof FLAGS): Promise<void> {
  if (set.has(name)) return;
  // The check of a large file is WebAssembly that is worth optimizing.
  if (name === 'plainWebAssembly' && set.has('smallHeap')) return;
  set.add(name);
  const { setFlagsFromString } = await import('node:v8');
  const { wanted, usual } = FLAGS[name];
  for (const flag of wanted) setFlagsFromString(flag);
  // The code that is cached for the next run must be compiled under the default flags.
  process.prependOnceListener('exit', () => {
    for (const flag of usual) setFlagsFromString(flag);
  });
}
