/** An error answer of AWS Config. `code` is the error's name in the API. */
export class ConfigRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A request that violates the API model: a length, a count, or a missing field. */
export const invalid = (message: string): ConfigRefusal =>
  new ConfigRefusal('ValidationException', `1 validation error detected: ${message}`);
