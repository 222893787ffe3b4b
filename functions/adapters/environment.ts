/** The value of an environment variable. Throws if it is missing or empty, because then the deployment is broken. */
export function named(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') {
    throw new Error(`The environment variable ${variable} is not set.`);
  }
  return value;
}

/** The value of an environment variable that a deployment does not have to set. */
export function optional(variable: string): string | undefined {
  return process.env[variable];
}
