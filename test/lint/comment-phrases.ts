/** A phrase that comments in the code must not contain. */
export interface Phrase {
  /** Matched against a comment's text on one line, without regard to case. */
  readonly phrase: RegExp;
  /** The words to use instead. */
  readonly instead: string;
  /** A comment that the phrase must match, which proves that the pattern works. */
  readonly catches: string;
}

/** Doc comments begin with what a thing is or does, not with a relative clause about it. */
export const RELATIVE_CLAUSE = /^(?:Who|Whoever|Whom|Whose|What|Whatever|Whether|Which|Whichever)\b/;

const OF_ANYTHING = '(?:it |them |this |a key |the key |the keys |keys |one )?';

export const PHRASES: readonly Phrase[] = [
  {
    phrase: /\blook(?:s|ed|ing)? (?:at )?again\b|\bis looked at\b|\bare looked at\b/i,
    instead: 'evaluate again, observe again',
    catches: 'A case that nobody has looked at again stays as it is.',
  },
  {
    phrase: /\b(?:a|each|every|first|fresh|last|live|next|one|present|regular|second) look\b/i,
    instead: 'an observation, an evaluation, a reading',
    catches: 'Nothing happens until the next look.',
  },
  {
    phrase: new RegExp(
      String.raw`\b(?:bring|brings|bringing|brought|come|comes|came) ${OF_ANYTHING}back\b`,
      'i',
    ),
    instead: 'restore, reactivate',
    catches: 'A person asks us to bring the key back.',
  },
  {
    phrase: new RegExp(String.raw`\bswitch(?:|es|ed|ing) ${OF_ANYTHING}(?:off|on)\b`, 'i'),
    instead: 'deactivate, reactivate; turn a feature on or off',
    catches: 'Keys that this case switched off.',
  },
  {
    phrase: /\bfor good\b/i,
    instead: 'permanently',
    catches: 'The key goes for good.',
  },
  {
    phrase: /\bow(?:e|es|ed|ing)\b/i,
    instead: 'unsent, not yet sent',
    catches: 'The notices that a case owes.',
  },
  {
    phrase: /\b(?:asks?|asked|begins?|begun|made|puts?|tells?|told) anew\b/i,
    instead: 'again',
    catches: 'People are asked anew.',
  },
  {
    phrase: /\bput(?:s|ting)? (?:it |one |each )?(?:difference )?(?:right|down)\b|\bmend(?:s|ed)?\b/i,
    instead: 'fix, correct; record',
    catches: 'A message that no retry can mend.',
  },
  {
    phrase: /\bcounts? (?:at once|no (?:more|longer))\b|\b(?:do|does) not count any ?more\b/i,
    instead: 'is not valid any more, takes effect immediately',
    catches: 'An announcement from before that counts no more.',
  },
  {
    phrase: /\b(?:whom nobody expects|nobody expects (?:that|them|to)|strangers?)\b/i,
    instead: 'an unexpected creator',
    catches: 'A key that somebody made whom nobody expects to.',
  },
  {
    phrase: /\bnobody hears\b|\btells? nobody\b|\bwithout a word\b|\bsaid aloud\b/i,
    instead: 'silently; explicitly',
    catches: 'It is left out without a word.',
  },
  {
    phrase: /\banything else than\b|\bany(?:body|one) else but\b|\ball the same\b/i,
    instead: 'anything other than, anybody other than, anyway',
    catches: 'It is a reason to ask all the same.',
  },
  {
    phrase:
      /\bwhat (?:becomes|became|came|comes) of\b|\bwhose turn\b|\bno business of\b|\bword of a person\b/i,
    instead: 'the result of; the thing itself',
    catches: 'What became of one wake.',
  },
  {
    phrase: /\b(?:holds?|held) (?:it |them |this )?against\b/i,
    instead: 'compare with, check against',
    catches: 'A choice held against the keys on the page.',
  },
  {
    phrase: /\bthe right to\b|\brights\b/i,
    instead: 'permission',
    catches: 'No role has the right to change a key.',
  },
  {
    phrase: /[.:;] (?:Who|Whoever|Whom|Whose|What|Whatever|Whether) \w/,
    instead: 'a sentence that begins with its subject',
    catches: 'It is sparse. Whoever reads it learns little.',
  },
];
