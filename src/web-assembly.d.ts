/** The part of WebAssembly that the program uses. Node's types do not include it. */
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
