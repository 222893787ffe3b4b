/** The files that faults are made from, and the tests that must catch them. */
import type { Wanted } from './generate.ts';

export interface Source extends Wanted {
  readonly file: string;
  /** Beginnings of the names of test files. The narrowest come first; the next are run only if those saw nothing. */
  readonly tests: readonly (readonly string[])[];
}

/** What runs use cases over ports in memory. */
const USE_CASES = [
  'test/app/reconcile/attempt',
  'test/app/reconcile/deletion-modes',
  'test/app/reconcile/leave-alone',
  'test/app/reconcile/observe',
  'test/app/reconcile/pass',
  'test/app/reconcile/publish',
  'test/app/reconcile/receive',
  'test/app/reconcile/reconcile.test',
  'test/app/reconcile/write-case',
  'test/app/approve',
  'test/app/mishaps/interruptions',
  'test/app/sweep',
];

/** What runs the adapters named below. The others need modules of their own, and here all share one worker. */
const ADAPTERS = [
  'test/adapters/case-store',
  'test/adapters/due-index',
  'test/adapters/link-key',
  'test/adapters/refresh-store',
  'test/adapters/request-store',
];

function inFolder(folder: string, tests: Source['tests'], files: Readonly<Record<string, Wanted>>): Source[] {
  return Object.entries(files).map(([name, wanted]) => ({ file: `${folder}/${name}.ts`, tests, ...wanted }));
}

export const SOURCES: readonly Source[] = [
  ...inFolder('functions/core/judge', [['test/core/judge'], USE_CASES], {
    adopt: { fieldsOf: ['decision'] },
    ask: {},
    'carry-on': {},
    deleting: {},
    'carry-out': {},
    choice: {},
    clearance: { fieldsOf: ['NEEDS'] },
    'deletion-confirmation': {},
    draft: {},
    drop: {},
    due: {},
    early: {},
    evidence: {},
    exception: {},
    endings: {},
    hold: {},
    'inactive-use': {},
    judge: {},
    'keep-inactive': {},
    lag: {},
    'moved-work': {},
    proof: {},
    recorded: {},
    refusals: {},
    returns: {},
    safety: {},
    sightings: {},
    situation: {},
    until: {},
  }),
  ...inFolder('functions/core/case', [['test/core/case', 'test/core/judge'], ['test/core/page'], USE_CASES], {
    'alarmed-key': {},
    'brought-back': {},
    'by-key': {},
    case: {},
    'change-window': {},
    dates: {},
    decision: {},
    deletion: {},
    dropped: {},
    exception: {},
    exposure: {},
    facts: { fieldsOf: ['factsOf', 'shown', 'factsDigest', 'factsDigests'] },
    'for-everybody': {},
    'held-up': {},
    history: { fieldsOf: ['historyEntry'] },
    'later-uses': {},
    'list-rank': {},
    'mailed-to': { fieldsOf: ['personMark'] },
    notices: {},
    owners: {},
    origins: {},
    overdue: {},
    'own-key': {},
    progress: {},
    recipients: {},
    'record-check': {},
    renewal: {},
    requests: {},
    returned: {},
    terms: {},
    'unexpected-creators': {},
    unread: {},
    waiting: {},
  }),
  ...inFolder(
    'functions/core/model',
    [['test/core/model'], ['test/core/judge', 'test/core/case'], USE_CASES],
    {
      compliance: {},
      control: {},
      digest: {},
      exclusion: {},
      policy: {},
      setbacks: {},
      window: {},
      zone: {},
    },
  ),
  ...inFolder(
    'functions/core/channel',
    [
      ['test/core/channel'],
      ['test/core/messages/digest'],
      ['test/app/channel/digests', 'test/app/channel/reached-anew', 'test/app/reconcile/mail-link'],
    ],
    {
      arrival: {},
      digest: {},
      'link-request': {},
      pace: {},
      urgency: {},
    },
  ),
  ...inFolder(
    'functions/core/signoff',
    [
      ['test/core/signoff'],
      ['test/app/reconcile/statement', 'test/app/reconcile/ask-sign-off', 'test/web/report/sign-off'],
      ['test/app/records/sign-off', 'test/app/survey/sign-off', 'test/web/report'],
    ],
    {
      ask: {},
      due: {},
      form: {},
      judge: {},
      'key-advice': {},
      later: {},
      'next-file': {},
      state: {},
      statement: {},
    },
  ),
  ...inFolder(
    'functions/app/reconcile',
    [['test/app/channel/digests', 'test/app/channel/reach', 'test/app/channel/not-carried-out']],
    {
      'ask-digests': {},
      digest: {},
      'send-mail': {},
      'strike-off': {},
    },
  ),
  ...inFolder('functions/core/page', [['test/core/page'], ['test/app/approve'], ['test/web']], {
    advice: {},
    'case-state': {},
    choice: {},
    days: {},
    'deactivate-all': {},
    later: {},
    list: {},
    'list-filter': {},
    'not-now': {},
    review: {},
    stale: {},
  }),
  ...inFolder('functions/app/reconcile', [['test/app/mishaps/self-pause']], { setbacks: {} }),
  ...inFolder('functions/app/reconcile', [USE_CASES], {
    attempt: {},
    pass: {},
    publish: {},
    'write-case': {},
  }),
  ...inFolder(
    'functions/app/reconcile',
    [['test/app/reconcile/stored-request'], USE_CASES, ['test/app/mishaps/dropped-answers']],
    {
      'stored-request': {},
    },
  ),
  ...inFolder('functions/core/usage', [['test/core/usage'], ['test/core/proposal']], {
    families: {},
    'take-over': {},
    windows: {},
  }),
  ...inFolder('functions/core/proposal', [['test/core/proposal'], ['test/app/reconcile/ask-usage']], {
    'needed-lookup': {},
    unproved: {},
    'usage-doubts': {},
    'usage-families': {},
  }),
  ...inFolder('functions/core/proposal', [['test/core/proposal/harmless', 'test/core/judge/by-list']], {
    harmless: {},
  }),
  ...inFolder(
    'functions/core/proposal',
    [['test/core/proposal'], ['test/core/page', 'test/core/judge'], ['test/app/approve', 'test/web/review']],
    { privileged: {}, together: {} },
  ),
  ...inFolder('functions/core/config', [['test/core/config']], {
    'account-verdict': {},
    alarms: {},
    excepted: {},
    since: {},
  }),
  ...inFolder('functions/core/words', [['test/core/words/missing-work', 'test/core/words/checked']], {
    checked: {},
    'missing-work': {},
  }),
  ...inFolder('functions/core/words', [['test/core/messages', 'test/core/words'], ['test/web']], {
    'key-use': {},
    'take-over': {},
    'take-over-short': {},
  }),
  ...inFolder('functions/app', [['test/app/witness']], { witness: {} }),
  ...inFolder('functions/app/survey', [['test/app/survey/about'], ['test/app/survey']], { 'keep-about': {} }),
  ...inFolder('functions/app/approve', [['test/app/approve'], ['test/web']], {
    'check-choice': {},
    'open-question': {},
    'posted-answer': {},
    review: {},
    'record-review': {},
    'show-review': {},
    'record-decision': { fieldsOf: ['request'] },
  }),
  ...inFolder('functions/adapters', [ADAPTERS], {
    'case-store': { fieldsOf: ['unlessMovedOn'] },
    'case-transaction': { fieldsOf: ['writes', 'spending'] },
    'link-key': { fieldsOf: ['asked', 'macOf'] },
    'request-store': { fieldsOf: ['record'] },
    'due-index': { fieldsOf: ['push'] },
    'refresh-store': { fieldsOf: ['record'] },
    update: { fieldsOf: ['IS_NEW', 'setting'] },
  }),
  ...inFolder('functions/contracts', [['test/contracts'], [...ADAPTERS, 'test/web']], {
    base32: {},
    link: {},
    'link-path': {},
    'link-v1': { fieldsOf: ['payload', 'claimInV1', 'payloadSchema'] },
    'link-v2': {},
    proof: { fieldsOf: ['sealed', 'proofOf', 'said'] },
    'request-item': { fieldsOf: ['sealed', 'answer'] },
    message: {},
    cloudtrail: {},
    'health-event': {},
    'list-query': {},
    'review-form': {},
  }),
];

/** Rooms in which every file that can have a fault must be named above. */
export const WHOLE_ROOMS: readonly string[] = [
  'functions/core/judge',
  'functions/core/case',
  'functions/core/channel',
];
