/** Sets flags of V8 that reduce the memory or the time of some runs. */

interface EngineFlags {
  readonly wanted: readonly string[];
  /** The flags that restore the defaults of V8. */
  readonly usual: readonly string[];
}

/** The groups of flags by name. */
const FLAGS = {
  /**
   * Limits the memory for short-lived values. Without the limit, this memory would grow by
   * tens of megabytes.
   */
  smallHeap: {
    wanted: ['--semi-space-growth-factor=1'],
    usual: ['--semi-space-growth-factor=2'],
  },
  /**
   * Keeps V8 from optimizing WebAssembly, such as the parser of HTTP responses. V8 optimizes in the
   * background. This work takes longer than most runs, and up to 35 MB of memory. Without the
   * flags, a run would wait at its end until the work is done.
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
  set.add(name);
  const { setFlagsFromString } = await import('node:v8');
  const { wanted, usual } = FLAGS[name];
  for (const flag of wanted) setFlagsFromString(flag);
  // At exit, Node saves compiled code in a cache for later runs. V8 uses cached code only if the
  // flags are the same. Later runs start with the default flags, so these are restored first.
  process.prependOnceListener('exit', () => {
    for (const flag of usual) setFlagsFromString(flag);
  });
}
