/** A lock that many may share, or one may have alone, in the order of asking. */
export class ReadWriteLock {
  readonly #queue: { readonly isExclusive: boolean; readonly enter: () => void }[] = [];
  #sharedBy = 0;
  #isExclusive = false;

  /** Runs a task beside others that share the lock. */
  async shared<Result>(task: () => Promise<Result>): Promise<Result> {
    await this.#turn(false);
    try {
      return await task();
    } finally {
      this.#sharedBy -= 1;
      this.#admit();
    }
  }

  /** Runs a task while no other has the lock. */
  async exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    await this.#turn(true);
    try {
      return await task();
    } finally {
      this.#isExclusive = false;
      this.#admit();
    }
  }

  async #turn(isExclusive: boolean): Promise<void> {
    await new Promise<void>((enter) => {
      this.#queue.push({ isExclusive, enter });
      this.#admit();
    });
  }

  /** Lets in whoever is next, in the order of asking, so that nobody is put off without end. */
  #admit(): void {
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.#isExclusive || (next.isExclusive && this.#sharedBy > 0)) return;
      this.#queue.shift();
      if (next.isExclusive) this.#isExclusive = true;
      else this.#sharedBy += 1;
      next.enter();
    }
  }
}
