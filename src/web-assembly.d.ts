/** What the program uses of WebAssembly, whose types come with browsers' and not with Node's. */
declare namespace WebAssembly {
  class Module {
    constructor(program: Uint8Array);
    readonly [Symbol.toStringTag]: string;
  }

  class Instance {
    constructor(module: Module);
    readonly exports: Readonly<Record<string, unknown>>;
  }

  interface Memory {
    readonly buffer: ArrayBuffer;
  }
}
