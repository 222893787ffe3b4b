/** The release before this one, over which this one is deployed and which is brought back. Each release is frozen at its end. */
export const PREDECESSOR = '0.11.0';
