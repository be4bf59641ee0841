/** The abort reason of a signal after the user interrupts the program. */
export class Interruption extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interruption';
  }
}
