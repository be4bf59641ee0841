/** Builds error responses of the sandbox in the service's form. */
/**
 * An error response in the service's form.
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

  /** Returns the body of the response. */
  body(): unknown {
    const error = {
      error_type: this.errorType,
      message: this.message,
      ...(this.location === undefined ? {} : { location: this.location }),
    };
    return { errors: [error], code: this.status, message: this.message };
  }
}
