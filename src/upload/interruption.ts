/** The abort reason of a run's signal when the user interrupts the run. */
export class Interruption extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interruption';
  }
}
