/** Settings of V8 that suit some runs. */

interface EngineFlags {
  readonly wanted: readonly string[];
  /** What is so without them. */
  readonly usual: readonly string[];
}

/** Settings of V8 that suit some runs. */
const FLAGS = {
  /** Keeps the memory for short-lived values small: let grow, it takes tens of megabytes. */
  smallHeap: {
    wanted: ['--semi-space-growth-factor=1'],
    usual: ['--semi-space-growth-factor=2'],
  },
  /**
   * The parser of answers is WebAssembly. V8 would optimize it in the background for longer than most
   * runs take, and the end of the run would wait for that.
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
  // With large files there is WebAssembly that is worth it.
  if (name === 'plainWebAssembly' && set.has('smallHeap')) return;
  set.add(name);
  const { setFlagsFromString } = await import('node:v8');
  const { wanted, usual } = FLAGS[name];
  for (const flag of wanted) setFlagsFromString(flag);
  // Code that is kept for the next run must be that of an engine with its usual flags.
  process.prependOnceListener('exit', () => {
    for (const flag of usual) setFlagsFromString(flag);
  });
}
