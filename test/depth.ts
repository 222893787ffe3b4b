/** True in `npm run check:deep`, which plays in full what every run of the tests samples. */
export const DEEP = process.env.SOLEKEY_DEEP === 'yes';
