/** Sets flags of V8 that reduce the memory or the time of some runs. */

interface EngineFlags {
  readonly wanted: readonly string[];
  /** The flags that restore the defaults of V8. */
  readonly usual: readonly string[];
}

/** The groups of flags by name. */
const FLAGS = {
  /**
   * Limits the memory for short-lived values. Without the limit, it would grow by tens of
   * megabytes.
   */
  smallHeap: {
    wanted: ['--semi-space-growth-factor=1'],
    usual: ['--semi-space-growth-factor=2'],
  },
  /**
   * Keeps V8 from optimizing WebAssembly, such as the parser of HTTP responses. V8 optimizes in the
   * background. That takes longer than most runs, and a run would have to wait for it at the end.
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
  // `smallHeap` is set for a large file. V8 should optimize its check, which is WebAssembly.
  if (name === 'plainWebAssembly' && set.has('smallHeap')) return;
  set.add(name);
  const { setFlagsFromString } = await import('node:v8');
  const { wanted, usual } = FLAGS[name];
  for (const flag of wanted) setFlagsFromString(flag);
  // At the end, Node caches compiled code for the next run, which starts with default flags.
  process.prependOnceListener('exit', () => {
    for (const flag of usual) setFlagsFromString(flag);
  });
}
