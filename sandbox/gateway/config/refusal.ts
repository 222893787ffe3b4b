/** AWS Config says no, with the name of the error on the wire. */
export class ConfigRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What Config's model does not allow: a length, a count, something that is missing. */
export const invalid = (message: string): ConfigRefusal =>
  new ConfigRefusal('ValidationException', `1 validation error detected: ${message}`);
