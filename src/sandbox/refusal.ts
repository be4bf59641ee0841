/** Refusals of the sandbox, in the service's error form. */
/**
 * An answer in the service's error form.
 *
 * @see https://yandex.com/dev/metrika/en/management/errors
 */
export class SandboxRefusal extends Error {
  readonly status: number;
  readonly errorType: string;
  readonly location: string | undefined;

  constructor(status: number, errorType: string, message: string, location?: string) {
    super(message);
    this.name = 'SandboxRefusal';
    this.status = status;
    this.errorType = errorType;
    this.location = location;
  }

  /** The body of the answer. */
  body(): unknown {
    const error = {
      error_type: this.errorType,
      message: this.message,
      ...(this.location === undefined ? {} : { location: this.location }),
    };
    return { errors: [error], code: this.status, message: this.message };
  }
}
