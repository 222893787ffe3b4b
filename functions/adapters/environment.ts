/** Environment variables hold names only; a missing one is a broken deployment and says so at once. */
export function named(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') {
    throw new Error(`The environment variable ${variable} is not set.`);
  }
  return value;
}
