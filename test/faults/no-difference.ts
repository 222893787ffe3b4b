/** Faults that no test can catch, because nothing changes, each with the reason. */
export const NO_DIFFERENCE: Readonly<Record<string, string>> = {};
