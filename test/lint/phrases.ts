/** A phrase that no text for users may contain. */
export interface Phrase {
  /** Matched against a text on one line. */
  readonly phrase: RegExp;
  /** The words to use instead. */
  readonly instead: string;
  /** A line that the phrase must match, which proves that the pattern works. */
  readonly catches: string;
}

/** Not in mails, pages, AWS Config, settings errors, commands, outputs, alarms, README and docs. */
export const PHRASES: readonly Phrase[] = [
  {
    phrase: /\bleads? nowhere\b/i,
    instead: 'is not valid',
    catches: 'This link leads nowhere',
  },
  {
    phrase: /\blinks? (?:has|have) ended\b|\blinks? ends?\b(?! in)/i,
    instead: 'expires, has expired',
    catches: 'This link has ended',
  },
  {
    phrase: /\bno longer counts?\b|\bcounts? (?:no|any) more\b|\bcounts? again\b/i,
    instead: 'is revoked, is not valid',
    catches: 'This link does not count any more',
  },
  {
    phrase: /\bcounts? (?:at once|from)\b|\bdecide at once\b|\bin force from the next\b/i,
    instead: 'takes effect immediately, takes effect from the next evaluation',
    catches: 'The setting counts at once.',
  },
  {
    phrase: /\bfor good\b/i,
    instead: 'permanently',
    catches: 'Delete …3QXK for good',
  },
  {
    phrase: /\bmay (?:\S+ ){0,3}go\b(?! (?:un|back|on))|\blet \S+ go\b|\bwhichever goes\b/i,
    instead: 'deactivate, delete permanently',
    catches: 'may key ...3QXK go?',
  },
  {
    phrase:
      /\b(?:bring|brings|bringing|brought)\b[^.]{0,40}\bback\b|\b(?:key|keys|it|they|one) (?:comes?|came) back\b/i,
    instead: 'reactivate',
    catches: 'Something broke? Bring it back:',
  },
  {
    phrase: /\bswitch(?:es|ed|ing)? (?:\S+ ){0,3}(?:off|on)\b/i,
    instead: 'deactivate, reactivate',
    catches: 'keep ...MPLE, switch off ...3QXK',
  },
  {
    phrase:
      /\bkeys? (?:that )?(?:is|are|goes?|stays?) off\b|[.…]\w{4} (?:is|are|goes?) off\b|\bstays? off\b|\boff (?:already|because)\b/i,
    instead: 'is inactive, stays inactive',
    catches: 'Key ...3QXK is off because of us',
  },
  {
    phrase: /\bhave (?:\S+ ){1,4}looked at\b|\bis being looked at\b/i,
    instead: 're-evaluate, check again',
    catches: 'Send a wake here to have a user looked at',
  },
  {
    phrase: /\b(?:a|the|each|every|next|second|two|regular|first) looks?\b(?! at the)/i,
    instead: 'evaluation, check',
    catches: 'In force from the next look and the next page on.',
  },
  {
    phrase: /\blook(?:s|ed|ing)? (?:at \S+ )?(?:again|once more)\b|\bplease look\b|\bmust look\b/i,
    instead: 'check again, please check',
    catches: 'Solekey looks again by itself.',
  },
  {
    phrase: /\bput(?:s|ting)? (?:down|anew)\b|\bquestions? (?:\S+ ){0,3}put\b/i,
    instead: 'record a request, ask again',
    catches: 'Nobody can put down a request.',
  },
  {
    phrase: /\b(?:asked|put) anew\b/i,
    instead: 'asked again',
    catches: 'After that you are asked anew.',
  },
  {
    phrase: /\bput (?:\S+ ){1,2}right\b|\bmend(?:s|ed)?\b/i,
    instead: 'fix',
    catches: 'Read its log and put the cause right.',
  },
  {
    phrase: /\bid of no\b/i,
    instead: 'no approver has the id "boss"',
    catches: '"boss" is the id of no approver',
  },
  {
    phrase: /\bis not on or off\b|\bis neither true\b|\bis no time\b/i,
    instead: 'must be "on" or "off"',
    catches: 'config.rule: "maybe" is not on or off',
  },
  {
    phrase:
      /\bone (?:of them )?may stay\b|\b(?:key|one) that (?:was to stay|stays)\b|\bwhich (?:key|one) stays\b/i,
    instead: 'only one is allowed, the key to keep',
    catches: 'has two active access keys; one may stay',
  },
  {
    phrase: /\bnobody expects\b|\bstrangers?\b/i,
    instead: 'someone not on the list of expected creators',
    catches: 'made by somebody whom nobody expects to make keys',
  },
  {
    phrase: /\bkeys? (?:was|were|is|are) made\b|[.…]\w{4} was made\b|\bkeys? made by\b|\bhow it came\b/i,
    instead: 'created by',
    catches: 'How it came: ...MPLE was made by role/deployer.',
  },
  {
    phrase: /\bwith (?:low|medium|high) confidence\b/i,
    instead: 'Confidence: low',
    catches: 'We say so with low confidence.',
  },
  {
    phrase: /\b(?:anything|anybody|nobody|nothing) else (?:than|but)\b|\ball the same\b/i,
    instead: 'anything other than, anyway',
    catches: 'Tick the box if you want that all the same.',
  },
  {
    phrase: /\b(?:a|no|the) rights? (?:is|to|in)\b|\bwith rights\b|\brights? in IAM\b/i,
    instead: 'permission',
    catches: 'Most often a right is missing',
  },
  {
    phrase: /\bout of our hands\b|\bbecause of us\b|\b(?:off|settled|again|active) (?:in IAM )?without us\b/i,
    instead: 'by Solekey, outside Solekey',
    catches: 'off and out of our hands',
  },
  {
    phrase: /\bthrows? (?:\S+ )?away\b|\btells? nobody\b/i,
    instead: 'silently drops',
    catches: 'SNS throws it away and tells nobody.',
  },
  {
    phrase: /\bstays? owed\b|\bgives? up on\b|\b(?:has|had) no room for\b/i,
    instead: 'is retried; dead-letter queue; concurrency limit',
    catches: 'the account has no room for one more function',
  },
  {
    phrase: /\bmoves? nearer\b/i,
    instead: 'announced dates are never brought forward',
    catches: 'Dates that people were told never move nearer.',
  },
  {
    phrase: /\b(?:is|are) wanted\b|\bwants (?:a|an|the) (?:value|id|decision)\b/i,
    instead: 'is needed, needs',
    catches: 'A decision is wanted',
  },
  {
    phrase: /(?:^|[.!?:] )(?:Whoever|Whatever)\b/,
    instead: 'a sentence that begins with its subject',
    catches: 'Whoever decided is no longer an approver.',
  },
];

/** Words for those who build Solekey: not in mails, pages, AWS Config, settings errors, commands, outputs and README. */
export const INTERNAL: readonly Phrase[] = [
  {
    phrase: /\bwak(?:e|es|ing|en|ed)\b(?! queue)/i,
    instead: 're-evaluate a user',
    catches: 'Wakes what is due',
  },
  {
    phrase: /\b(?:is|are|becomes?|was|were) due\b/i,
    instead: 'is late, is planned for',
    catches: 'looks for cases that are due',
  },
  {
    phrase: /\bobservations?\b|\bleases?\b|\bfacts digest\b/i,
    instead: 'what was read from IAM',
    catches: 'The observation is older than the lease.',
  },
  {
    phrase: /\bow(?:e|es|ed|ing)\b/i,
    instead: 'not sent yet',
    catches: 'The notices that a case owes.',
  },
];

/** Not where an approver reads: there it is no function's name. */
export const FUNCTIONS: readonly Phrase[] = [
  {
    phrase: /\breconcil(?:e|er|es|ed|ing)\b/i,
    instead: 'Solekey',
    catches: 'Reconcile could not use this answer.',
  },
];
