/** The reason that a run's signal is aborted with when the user interrupts the run. */
export class Interruption extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interruption';
  }
}
