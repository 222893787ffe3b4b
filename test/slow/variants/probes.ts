/** For each union: where something has to be said about every one of its variants. */

export interface Probe {
  /** The places that must not compile with one variant more: `path/to/file.ts declaration`. */
  readonly says: readonly string[];
  /** The variant that is added, where it is no text. */
  readonly variant?: string;
  /** Why nothing has to be said anywhere. */
  readonly because?: string;
}

const BY = "{ readonly by: 'added' }";
const CODE = "{ readonly code: 'added' }";
const FIELD = "{ readonly field: 'added' }";
const FITS = "{ readonly fits: 'added' }";
const FOUND = "{ readonly found: 'added' }";
const GO = "{ readonly go: 'added' }";
const KIND = "{ readonly kind: 'added' }";
const OTHER = "{ readonly other: 'added' }";
const STEP = "{ readonly step: 'added' }";
const TERM = "{ readonly term: 'added' }";
const TURN = "{ readonly turn: 'added' }";

/** By file and name of the union. A union without a line fails the check, and so does a line without a union. */
export const PROBES: Readonly<Record<string, Probe>> = {
  'functions/app/approve/ask-for-link.ts LinkAsked': {
    says: ['functions/web/renewal.ts renewalReply', 'functions/web/wished.ts wishedReply'],
  },
  'functions/app/approve/check-choice.ts Checked': {
    variant: KIND,
    says: ['functions/web/answers.ts postedReply'],
  },
  'functions/app/approve/check-choice.ts ToCheck': {
    variant: KIND,
    says: ['functions/web/answers.ts secondPage'],
  },
  'functions/app/approve/posted-answer.ts PostedChoice': {
    variant: KIND,
    says: [
      'functions/app/approve/check-choice.ts checkChoice',
      'functions/app/approve/posted-answer.ts LEADS_TO',
      'functions/app/approve/posted-answer.ts says',
      'functions/app/approve/open-question.ts readyFor',
      'functions/web/answers.ts putInOf',
      'functions/web/unchanged.ts chosen',
    ],
  },
  'functions/app/approve/record-review.ts RecordedReview': {
    variant: KIND,
    says: ['functions/web/review/reply.ts reviewReply'],
  },
  'functions/app/approve/show-report.ts ShownReport': {
    variant: KIND,
    says: ['functions/web/report/reply.ts reportReply'],
  },
  'functions/app/approve/review.ts CheckedReview': {
    variant: KIND,
    says: ['functions/web/review/reply.ts reviewReply'],
  },
  'functions/core/page/review.ts RowOutcome': {
    says: ['functions/web/review/result.ts reviewResultPage'],
  },
  'functions/core/case/exposure.ts ExposedHow': {
    says: ['functions/core/words/advice.ts EXPOSED'],
  },
  'functions/core/case/exposure.ts NewExposure': {
    variant: KIND,
    says: ['functions/core/case/exposure.ts exposureOf'],
  },
  'functions/core/case/own-key.ts OwnKey': {
    says: ['functions/web/sentences.ts ownKeyWords'],
  },
  'functions/core/model/setbacks.ts SetbackKind': {
    says: [
      'functions/contracts/setbacks-item.ts setbackSchema',
      'functions/core/model/setbacks.ts causeToPause',
      'functions/core/words/self-pause.ts REASON',
    ],
  },
  'functions/core/case/alarmed-key.ts TypedBecause': {
    says: ['functions/web/restore-check-page.ts WHY_TYPED'],
  },
  'functions/core/judge/moved-work.ts MovedWork': {
    variant: KIND,
    says: ['functions/core/judge/carry-on.ts ready'],
  },
  'functions/core/proposal/unproved.ts NotMoved': {
    variant: KIND,
    says: [
      'functions/core/judge/moved-work.ts isFinal',
      'functions/core/words/take-over-short.ts SAYS',
      'functions/core/words/take-over.ts takeOverWords',
    ],
  },
  'functions/app/approve/posted-answer.ts PostedAnswer': {
    variant: KIND,
    says: [
      'functions/app/approve/posted-answer.ts judgeAnswer',
      'functions/app/approve/record-decision.ts recordReady',
      'functions/app/approve/posted-answer.ts says',
      'functions/app/approve/posted-answer.ts takes',
      'functions/web/answers.ts putInOf',
      'functions/web/unchanged.ts chosen',
    ],
  },
  'functions/app/approve/open-question.ts Recorded': {
    variant: KIND,
    says: ['functions/web/answers.ts postedReply'],
  },
  'functions/app/approve/request-link.ts Wished': {
    variant: KIND,
    says: ['functions/web/wished.ts wishedReply'],
  },
  'functions/app/approve/show-case.ts CasePath': {
    variant: '{ readonly added: true }',
    says: ['functions/app/approve/show-case.ts askedFor'],
  },
  'functions/app/approve/show-case.ts Shown': {
    variant: KIND,
    says: [
      'functions/app/approve/open-question.ts readyFor',
      'functions/app/approve/request-link.ts requestLink',
      'functions/web/answers.ts shownReply',
    ],
  },
  'functions/app/approve/show-list.ts ListEntry': {
    variant: KIND,
    says: ['functions/web/list/list-page.ts listPage'],
  },
  'functions/app/approve/show-list.ts ShownList': {
    variant: KIND,
    says: ['functions/web/answers.ts listReply'],
  },
  'functions/app/metrics.ts Metric': {
    says: [],
    because: 'A metric is only counted; a test holds docs/operate.md to have a line for each.',
  },
  'functions/app/ports.ts WriteOutcome': {
    says: ['functions/app/reconcile/attempt.ts attempt'],
  },
  'functions/app/reconcile/mail-link.ts LinkMailed': {
    says: [],
    because: 'Only a mail that was sent ends a request; after anything else it may be made again.',
  },
  'functions/app/reconcile/pass.ts PassEnd': {
    says: ['functions/app/reconcile/reconcile.ts reconcile'],
  },
  'functions/app/reconcile/receive.ts Message': {
    variant: KIND,
    says: ['functions/app/reconcile/receive.ts handle'],
  },
  'functions/app/reconcile/wait.ts Reconciled': {
    says: [],
    because: 'It says what became of a wake, and nobody acts on it.',
  },
  'functions/contracts/link-path.ts LinkedPage': {
    variant: "{ readonly scope: 'added' }",
    says: [],
    because: 'Made from a path in one place, and a path without a page leads to none.',
  },
  'functions/contracts/link.ts LinkVersion': {
    says: ['functions/contracts/link.ts FORMS', 'functions/web/app.ts MAILS_LINKS'],
  },
  'functions/contracts/message.ts Door': {
    says: [],
    because: 'Only the event queue admits evidence; any other door is like the wake queue.',
  },
  'functions/core/case/dropped.ts DropReason': {
    says: ['functions/contracts/case-item.ts caseSchema', 'functions/core/words/dropped.ts REASON'],
  },
  'functions/core/case/list-rank.ts Want': {
    says: [
      'functions/core/case/list-rank.ts RANKS',
      'functions/core/words/list.ts COUNTED',
      'functions/core/words/list.ts WANT',
      'functions/web/list/row-card.ts MARKED',
    ],
  },
  'functions/core/case/record-check.ts Finding': {
    variant: FOUND,
    says: ['functions/core/words/history.ts findingSentence'],
  },
  'functions/core/case/terms.ts TermChange': {
    variant: TERM,
    says: ['functions/core/words/terms.ts termSentence'],
  },
  'functions/core/proposal/wait.ts WaitReason': {
    variant: CODE,
    says: ['functions/core/words/advice.ts waitReason'],
  },
  'functions/app/survey/read-user.ts UserReading': {
    variant: FOUND,
    says: ['functions/app/survey/read-live.ts judgedLook'],
  },
  'functions/contracts/cloudtrail.ts ParsedEvent': {
    variant: KIND,
    says: ['functions/handlers/reconcile.ts handler'],
  },
  'functions/contracts/config-invocation.ts ConfigInvocation': {
    variant: KIND,
    says: ['functions/handlers/evaluate.ts handler'],
  },
  'functions/contracts/decision-form.ts PostedForm': {
    variant: KIND,
    says: ['functions/web/app.ts buildApp'],
  },
  'functions/contracts/until-form.ts PostedUntil': {
    variant: KIND,
    says: ['functions/web/app.ts buildApp'],
  },
  'functions/contracts/read-case.ts CaseRead': {
    variant: OTHER,
    says: [
      'functions/adapters/case-reader.ts caseReader',
      'functions/adapters/case-store.ts knownFrom',
      'functions/adapters/request-store.ts requestStore',
    ],
  },
  'functions/core/case/case.ts AskedAgain': {
    variant: CODE,
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/core/case/brought-back.ts HOW',
      'functions/core/judge/ask.ts TOLD_AS',
      'functions/core/words/asked-again.ts VOIDS',
      'functions/core/words/asked-again.ts whyAskedAgain',
    ],
  },
  'functions/core/case/case.ts ClosedAs': {
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/contracts/for-machines.ts dataMessageSchema',
      'functions/core/messages/subject.ts ENDED',
      'functions/core/words/endings.ts endingSentences',
    ],
  },
  'functions/core/case/case.ts HeldReason': {
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/contracts/for-machines.ts dataMessageSchema',
      'functions/core/case/notices.ts WHEN_HELD',
      'functions/core/case/overdue.ts IS_QUESTION',
      'functions/core/messages/subject.ts STOPPED',
      'functions/core/words/holds.ts HELD',
      'functions/core/words/holds.ts holdSentences',
    ],
  },
  'functions/core/case/case.ts NoticeKind': {
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/contracts/for-machines.ts dataMessageSchema',
      'functions/core/case/notices.ts OFFERS',
      'functions/core/channel/digest.ts TELLS',
      'functions/core/judge/judge.ts STILL_APPLIES',
      'functions/core/messages/alarm.ts ASKS_WHICH_KEY',
      'functions/core/messages/mail.ts main',
      'functions/core/messages/subject.ts eventWords',
    ],
  },
  'functions/core/case/case.ts Phase': {
    says: [
      'docs/pictures/lifecycle.ts MEANING',
      'functions/contracts/case-item.ts caseSchema',
      'functions/contracts/for-machines.ts caseEventDetailSchema',
      'functions/contracts/for-machines.ts dataMessageSchema',
      'functions/core/case/transitions.ts TRANSITIONS',
      'functions/core/case/overdue.ts WAITS_FOR_PERSON',
      'functions/core/config/state.ts STATE',
      'functions/core/judge/carry-on.ts ON_THE_WAY',
      'functions/core/judge/due.ts nextStep',
      'functions/core/page/case-view.ts AT_REST',
    ],
  },
  'functions/core/case/deletion.ts DeletionStep': {
    variant: STEP,
    says: ['functions/core/case/deletion.ts STEP_ORDER', 'functions/core/judge/carry-on.ts advance'],
  },
  'functions/core/case/decision.ts Decision': {
    variant: KIND,
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/core/config/state.ts chosenWords',
      'functions/core/case/decision.ts keptBy',
      'functions/core/case/decision.ts keptKeys',
      'functions/core/case/deletion.ts WORK_CAN_MOVE',
      'functions/core/case/requests.ts askOf',
      'functions/core/judge/adopt.ts LEAST_ACTIVE',
      'functions/core/judge/choice.ts decidedEvent',
      'functions/core/words/advice.ts decisionWords',
    ],
  },
  'functions/core/case/history.ts EventCode': {
    says: ['functions/core/messages/case-events.ts TELLS'],
  },
  'functions/core/case/history.ts NotDone': {
    says: ['functions/core/messages/case-events.ts TELLS'],
  },
  'functions/core/case/history.ts RuleName': {
    says: [],
    because: 'Stored and logged; nothing depends on it.',
  },
  'functions/core/case/requests.ts AnyPurpose': {
    variant: "'added'",
    says: ['functions/contracts/fixed-names.ts LINK_PATHS', 'functions/core/case/requests.ts NOTHING'],
  },
  'functions/core/case/requests.ts Ask': {
    variant: KIND,
    says: [
      'functions/contracts/request-item.ts readRequest',
      'functions/contracts/request-item.ts requestItemSchema',
      'functions/core/case/requests.ts ALLOWED',
      'functions/core/case/requests.ts CHOOSES',
      'functions/core/judge/order.ts TAKEN_UP_BY',
      'functions/core/judge/proof.ts names',
      'functions/web/key-table.ts asAsked',
      'functions/web/next.ts nextLines',
      'functions/web/sentences.ts whatWasDecided',
    ],
  },
  'functions/core/case/requests.ts LinkClaim': {
    variant: "(Signed & MailedTo & { readonly scope: 'added'; readonly purpose: ListPurpose })",
    says: [
      'functions/core/case/mailed-to.ts isAbout',
      'functions/web/no-open-case.ts USE_LATEST',
      'functions/web/reader.ts SHOWS',
    ],
  },
  'functions/core/case/requests.ts LinkPurpose': {
    says: [
      'functions/contracts/fixed-names.ts LINK_KINDS',
      'functions/contracts/fixed-names.ts LINK_LETTERS',
      'functions/contracts/fixed-names.ts LINK_PATHS',
      'functions/core/case/requests.ts NOTHING',
      'functions/core/channel/link-request.ts ADMITTED',
      'functions/core/messages/chat.ts NEXT_STEP',
      'functions/web/answers.ts NOT_PERMITTED',
      'functions/web/states.ts ELSEWHERE',
    ],
  },
  'functions/core/messages/case-events.ts CaseEventKind': {
    says: [
      'functions/contracts/for-machines.ts caseEventDetailSchema',
      'functions/core/messages/case-events.ts ABOUT_A_KEY',
      'functions/core/messages/case-events.ts DETAIL_TYPE',
    ],
  },
  'functions/core/case/requests.ts ListPurpose': {
    says: [
      'functions/contracts/fixed-names.ts LINK_PATHS',
      'functions/contracts/fixed-names.ts LIST_KINDS',
      'functions/core/case/requests.ts NOTHING',
      'functions/core/channel/link-request.ts ADMITTED',
      'functions/web/answers.ts NOT_PERMITTED',
      'functions/web/list/list-page.ts WHAT_TO_DO',
      'functions/web/states.ts ELSEWHERE',
    ],
  },
  'functions/core/case/requests.ts MailedTo': {
    variant: OTHER,
    says: ['functions/core/case/mailed-to.ts isFor'],
  },
  'functions/core/case/requests.ts NewClaim': {
    variant: "(Signed & Addressee & { readonly scope: 'added'; readonly purpose: ListPurpose })",
    says: ['functions/contracts/link-v2.ts bytesOfV2'],
  },
  'functions/core/validation/facts.ts Count': {
    says: [
      'functions/contracts/report.ts reportSchema',
      'functions/contracts/validation.ts validationSchema',
      'functions/core/validation/validation.ts NO_COUNTS',
      'functions/core/validation/words.ts COUNT',
    ],
  },
  'functions/core/validation/remaining.ts RemainingVerdict': {
    says: [
      'functions/contracts/report.ts reportSchema',
      'functions/contracts/validation.ts validationSchema',
      'functions/core/validation/next.ts DIFFERS',
      'functions/core/validation/validation.ts NO_VERDICTS',
      'functions/core/validation/words.ts REMAINING',
    ],
  },
  'functions/core/words/doubts.ts Doubt': {
    says: [
      'functions/contracts/report.ts reportSchema',
      'functions/contracts/validation.ts validationSchema',
      'functions/core/words/doubts.ts DOUBT',
    ],
  },
  'functions/core/words/pending.ts PendingWhy': {
    says: [
      'functions/contracts/report.ts reportSchema',
      'functions/contracts/validation.ts validationSchema',
      'functions/core/words/pending.ts PENDING',
    ],
  },
  'functions/core/channel/link-request.ts LinkWhy': {
    says: [
      'functions/contracts/link-request-item.ts linkRequestItemSchema',
      'functions/core/channel/link-request.ts ADMITTED',
    ],
  },
  'functions/core/channel/pace-terms.ts MailClass': {
    says: ['functions/core/channel/pace-terms.ts PACE_TERMS'],
  },
  'functions/core/channel/pace.ts DigestEnd': {
    says: ['functions/core/channel/pace.ts WAS_SENT'],
  },
  'functions/core/channel/pace.ts Turn': {
    variant: KIND,
    says: ['functions/app/reconcile/publish.ts publish'],
  },
  'functions/core/config/refresh.ts RefreshTurn': {
    variant: TURN,
    says: ['functions/app/reconcile/refresh.ts refresh'],
  },
  'functions/core/config/survey.ts Evaluation': {
    variant: 'Verdict & { readonly added: string; readonly factsAt: Instant }',
    says: ['functions/adapters/config-rule.ts resourceOf'],
  },
  'functions/core/config/verdict.ts Compliance': {
    says: ['functions/adapters/config-rule.ts IS_SHOWN'],
  },
  'functions/core/inventory/about.ts AboutPrivilege': {
    variant: KIND,
    says: ['functions/contracts/about-item.ts aboutSchema', 'functions/core/words/about.ts privilegeOnPage'],
  },
  'functions/core/inventory/automation.ts Automation': {
    variant: KIND,
    says: [
      'functions/contracts/about-item.ts aboutSchema',
      'functions/core/inventory/row.ts inventoryRow',
      'functions/core/words/about.ts automationOnPage',
    ],
  },
  'functions/core/inventory/automation.ts AutomationSign': {
    says: ['functions/contracts/about-item.ts aboutSchema', 'functions/core/words/about.ts SIGN'],
  },
  'functions/core/inventory/documents.ts Effect': {
    says: [],
    because: 'A statement with another effect than these is not understood, and its policy is unread.',
  },
  'functions/core/inventory/grants.ts PolicyKind': {
    says: [
      'functions/contracts/about-item.ts aboutSchema',
      'functions/core/inventory/privilege-words.ts POLICY_KIND',
    ],
  },
  'functions/core/inventory/grants.ts Scope': {
    says: ['functions/core/inventory/privilege-words.ts SCOPE'],
  },
  'functions/core/inventory/powers.ts Target': {
    says: ['functions/core/inventory/powers.ts targetsOf'],
  },
  'functions/core/inventory/privilege.ts Privilege': {
    variant: KIND,
    says: [
      'functions/core/inventory/privilege-words.ts MARK',
      'functions/core/inventory/privilege-words.ts privilegeSentence',
      'functions/core/inventory/privilege.ts PRIVILEGED',
    ],
  },
  'functions/core/inventory/privilege.ts PrivilegeUnknown': {
    says: ['functions/core/inventory/privilege-words.ts UNKNOWN'],
  },
  'functions/core/inventory/surveyed.ts ReadHow': {
    says: ['functions/core/inventory/surveyed.ts KNOWN'],
  },
  'functions/app/records-ports.ts FoundAnchor': {
    variant: FOUND,
    says: [
      'functions/adapters/health/records.ts newSample',
      'functions/app/records/make-records.ts makeRecords',
    ],
  },
  'functions/app/records/make-records.ts Made': {
    variant: "{ readonly made: 'added' }",
    says: [],
    because: 'The answer of a run, which is logged; nobody acts on it.',
  },
  'functions/core/records/pack/cases.ts Standing': {
    says: ['functions/core/records/pack/cases.ts STANDING'],
  },
  'functions/core/verify/files.ts FileFault': {
    variant: FOUND,
    says: ['functions/core/verify/words.ts fileWords'],
  },
  'functions/core/verify/findings.ts AnchorFault': {
    variant: FOUND,
    says: ['functions/core/verify/words.ts anchorWords'],
  },
  'functions/core/verify/findings.ts LedgerFault': {
    variant: FOUND,
    says: ['functions/core/verify/words.ts ledgerWords'],
  },
  'functions/core/verify/findings.ts UserFault': {
    variant: FOUND,
    says: ['functions/core/verify/words.ts userWords'],
  },
  'functions/core/verify/findings.ts VerifyFinding': {
    variant: "{ readonly since: null; readonly about: 'added' }",
    says: ['functions/core/verify/words.ts findingWords'],
  },
  'functions/core/records/deletion-row.ts Fate': {
    variant: "{ readonly state: 'added' }",
    says: ['functions/contracts/record-rows.ts recordRowsSchema'],
  },
  'functions/core/records/failures.ts FailedAction': {
    says: ['functions/contracts/record-rows.ts recordRowsSchema', 'functions/core/records/failures.ts MADE'],
  },
  'functions/core/records/failures.ts FailedHow': {
    says: ['functions/contracts/record-rows.ts recordRowsSchema'],
  },
  'functions/core/judge/refusals.ts Refusal': {
    says: ['functions/core/judge/refusals.ts DROPPED_AS'],
  },
  'functions/core/judge/clearance.ts Clearance': {
    variant: GO,
    says: ['functions/app/reconcile/attempt.ts attempt'],
  },
  'functions/core/judge/situation.ts ActionKind': {
    says: [
      'functions/app/reconcile/attempt.ts write',
      'functions/app/reconcile/write-case.ts COUNTS',
      'functions/core/judge/clearance.ts NEEDS',
    ],
  },
  'functions/core/judge/situation.ts Early': {
    variant: GO,
    says: ['functions/core/judge/judge.ts judge'],
  },
  'functions/core/judge/situation.ts Step': {
    variant: GO,
    says: ['functions/core/judge/judge.ts judge'],
  },
  'functions/core/model/observation.ts KeyStatus': {
    says: [
      'functions/adapters/iam.ts KNOWN',
      'functions/contracts/case-item.ts caseSchema',
      'functions/contracts/for-machines.ts caseEventDetailSchema',
      'functions/contracts/for-machines.ts dataMessageSchema',
      'functions/core/judge/sightings.ts sighting',
      'functions/core/words/status.ts STATUS',
    ],
  },
  'functions/core/model/observation.ts LastUsed': {
    variant: KIND,
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/core/proposal/compare.ts aboutKept',
      'functions/core/proposal/compare.ts compare',
      'functions/core/proposal/sorting.ts signOf',
      'functions/core/words/words.ts lastUse',
    ],
  },
  'functions/core/model/observation.ts Observation': {
    variant: KIND,
    says: ['functions/app/reconcile/attempt.ts attempt', 'functions/core/judge/order.ts NOT_SEEN'],
  },
  'functions/core/model/observation.ts UnknownWhy': {
    says: [],
    because: 'Stored as the detail of an event; unknown is unknown, whatever the reason.',
  },
  'functions/core/model/exclusion.ts ExcludedBy': {
    variant: BY,
    says: ['functions/core/config/state.ts ruleWords'],
  },
  'functions/core/model/policy.ts Deletion': {
    says: [
      'functions/contracts/case-item.ts caseSchema',
      'functions/core/case/deletion.ts HAS_DATE',
      'functions/core/case/deletion.ts mayDelete',
      'functions/core/case/terms.ts STRICTNESS',
      'functions/core/judge/carry-on.ts ON_THE_WAY',
      'functions/core/messages/consequences.ts onceDecided',
      'functions/core/words/terms.ts DELETED',
      'functions/web/next.ts AFTER_GRACE',
      'functions/web/states.ts whatWillHappen',
    ],
  },
  'functions/core/model/policy.ts AccountMode': {
    variant: "{ readonly added: 'added' }",
    says: ['functions/core/model/only.ts scopeOf'],
  },
  'functions/core/model/policy.ts Mode': {
    says: ['functions/core/model/only.ts CHANGES_KEYS'],
  },
  'functions/core/page/case-state.ts CaseState': {
    says: [
      'functions/core/page/later.ts PUTS_OFF',
      'functions/web/alarm.ts WAY',
      'functions/web/case-page.ts DECIDED_BEFORE',
      'functions/web/case-page.ts MORE_WITH_ANOTHER_LINK',
      'functions/core/page/advice.ts TO_CHOOSE',
      'functions/web/states.ts stateWords',
    ],
  },
  'functions/core/page/deactivate-all.ts OfferedKind': {
    variant: KIND,
    says: [],
    because: 'A list of it says which answers pages take, and one that is not in the list is not taken.',
  },
  'functions/core/page/choice.ts CheckedChoice': {
    variant: FITS,
    says: ['functions/app/approve/record-decision.ts recordReady'],
  },
  'functions/core/page/choice.ts Mistake': {
    variant: FIELD,
    says: ['functions/web/sentences.ts howToMend'],
  },
  'functions/core/proposal/advice.ts Advice': {
    variant: KIND,
    says: [
      'functions/core/messages/key-lines.ts labelFor',
      'functions/core/proposal/advice.ts advised',
      'functions/core/words/advice.ts LAST_COLUMN_FOR',
      'functions/web/proposal.ts proposalSection',
    ],
  },
  'functions/core/proposal/advice.ts Advised': {
    says: ['functions/core/words/advice.ts ADVISED'],
  },
  'functions/core/proposal/reason.ts Confidence': {
    says: ['functions/core/proposal/reason.ts SURENESS', 'functions/core/words/advice.ts CONFIDENCE'],
  },
  'functions/core/proposal/reason.ts Reason': {
    variant: CODE,
    says: ['functions/core/words/advice.ts sentence', 'functions/core/words/confidence.ts DOUBT'],
  },
  'functions/core/proposal/reason.ts UsageReason': {
    variant: "{ readonly code: 'added'; readonly keyId: string }",
    says: [
      'functions/core/words/advice.ts sentence',
      'functions/core/words/confidence.ts DOUBT',
      'functions/core/words/usage-reasons.ts DEPENDS_ON_UNSEEN',
      'functions/core/words/usage-reasons.ts usageSentence',
    ],
  },
  'functions/core/usage/kind.ts Workload': {
    says: [
      'functions/core/usage/kind.ts WEIGHT',
      'functions/core/words/consumers.ts INSTEAD',
      'functions/core/words/consumers.ts KIND',
    ],
  },
  'functions/core/usage/take-over.ts TakeOver': {
    variant: KIND,
    says: ['functions/core/words/take-over-short.ts SAYS', 'functions/core/words/take-over.ts takeOverWords'],
  },
  'functions/core/usage/usage.ts Lookup': {
    variant: KIND,
    says: ['functions/core/words/usage.ts coverageSentence', 'functions/core/words/usage.ts usageInShort'],
  },
  'functions/core/usage/usage.ts NotLookedUp': {
    says: [
      'functions/core/assess/usage.ts NOT_ASKED',
      'functions/core/words/usage-reasons.ts NOT_LOOKED_UP',
      'functions/core/words/usage.ts WHY',
    ],
  },
  'functions/core/usage/usage.ts Source': {
    variant: KIND,
    says: [
      'functions/core/proposal/usage-families.ts place',
      'functions/core/usage/source.ts sourceText',
      'functions/core/words/usage.ts sourceWords',
    ],
  },
  'functions/core/words/advice.ts LastColumn': {
    says: ['functions/web/key-table.ts LAST_COLUMN'],
  },
  'functions/core/words/alarm.ts WayToAct': {
    says: ['functions/core/words/alarm.ts ACT'],
  },
  'functions/core/health/checks.ts NotReadWhy': { says: ['functions/core/health/state.ts WHY'] },
  'functions/core/health/checks.ts Result': {
    variant: "{ readonly result: 'added' }",
    says: ['functions/core/health/state.ts openAfter'],
  },
  'functions/core/health/subscription-filter.ts FilterState': {
    says: ['functions/core/health/subscriptions.ts FILTER_PROBLEMS'],
  },
  'functions/core/health/subscriptions.ts SubscriptionState': {
    says: [
      'functions/contracts/health-item.ts statesSchema',
      'functions/core/health/subscriptions.ts REACHES',
      'functions/core/health/subscriptions.ts PROBLEMS',
    ],
  },
  'functions/core/model/ledger.ts ControlFinding': {
    says: ['functions/core/words/control-finding.ts CONTROL_FINDING'],
  },
  'functions/core/model/ledger.ts ControlCommand': {
    says: [],
    because: 'ops/control/change.ts speaks of each, and types are checked there, but not in this copy',
  },
  'functions/core/model/ledger.ts LedgerCommand': {
    says: [],
    because: 'entries are read with any command, of any release; whoever writes one names it',
  },
  'functions/app/approve/record-statement.ts StatementRecorded': {
    variant: "{ readonly outcome: 'added'; readonly digest: string }",
    says: ['functions/web/report/outcome.ts recordedReply'],
  },
  'functions/app/approve/state-on-report.ts About': {
    variant: "{ readonly of: 'added' }",
    says: ['functions/web/report/stating.ts wrongPage'],
  },
  'functions/app/approve/state-on-report.ts PostedOnReport': {
    variant: KIND,
    says: ['functions/app/approve/state-on-report.ts stateOnReport'],
  },
  'functions/app/approve/state-on-report.ts StatedOnReport': {
    variant: KIND,
    says: ['functions/web/report/stating.ts statedReply'],
  },
  'functions/app/reconcile/statement.ts StatementResult': {
    says: [],
    because: 'It is for tests and logs: whatever it is, the message is done with.',
  },
  'functions/contracts/statement-form.ts ReportAsked': {
    variant: KIND,
    says: ['functions/web/report/stating.ts reportGet'],
  },
  'functions/core/signoff/judge.ts JudgedStatement': {
    variant: OTHER,
    says: ['functions/app/reconcile/statement.ts judgeBy'],
  },
  'functions/core/signoff/key-advice.ts KeyAdvice': {
    variant: KIND,
    says: ['functions/core/signoff/key-advice.ts adviceWords'],
  },
  'functions/core/signoff/noted.ts Noted': {
    variant: OTHER,
    says: ['functions/contracts/noted-item.ts notedSchema', 'functions/web/report/outcome.ts outcomeReply'],
  },
  'functions/core/signoff/statement.ts Said': {
    variant: KIND,
    says: ['functions/contracts/statement-item.ts saidSchema', 'functions/core/signoff/entry.ts codeOf'],
  },
};
