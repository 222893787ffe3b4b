/** Faults that no test can catch, because nothing changes, each with the reason. */
export const NO_DIFFERENCE: Readonly<Record<string, string>> = {
  'functions/app/reconcile/stored-request.ts storedRequest: current === null || isUntouched(current), without the right':
    'nobody can have answered an untouched case, so this only saves a read',
  'functions/core/case/deletion.ts deletionStep: now < due || isPaused(control), without the right (2)':
    'during a pause no announcement counts, so this is only a second lock on a deletion',
};
