import type { Check } from '../../../functions/core/health/checks.ts';
import {
  KEY_EVENT_SABOTAGES,
  MAPPING_SABOTAGES,
  QUEUE_POLICY_SABOTAGES,
  TRAIL_SABOTAGES,
} from './arrival.ts';
import {
  CONFIG_RULE_SABOTAGES,
  DEAD_LETTER_SABOTAGES,
  RECORDER_SABOTAGES,
  RECORDS_SABOTAGES,
  SURVEY_SABOTAGES,
  SWEEP_SABOTAGES,
  UNANNOUNCED_SABOTAGES,
} from './later.ts';
import {
  APPROVER_SABOTAGES,
  CONTROL_SABOTAGES,
  OPERATOR_SABOTAGES,
  PAUSE_SABOTAGES,
  SUBSCRIPTION_SABOTAGES,
} from './people.ts';
import { EXPOSURE_RULE_SABOTAGES, RULE_SABOTAGES } from './rules.ts';
import type { Sabotages } from './sabotage.ts';
import { SIGN_OFF_SABOTAGES } from './signing.ts';

/**
 * One or more for each check. A check without a sabotage of the deployed account does not compile, and none is left out.
 * Time that nobody waits for passes by hand: events that wait for ten minutes (the memory of health and the stamp of
 * reconcile), a survey of 30 hours ago (its pointer), three days of watching. That a recorder leaves out users is set in
 * the emulated AWS Config.
 */
export const SABOTAGES: { readonly [C in Check]: Sabotages } = {
  trail: TRAIL_SABOTAGES,
  rule: RULE_SABOTAGES,
  'exposure-rule': EXPOSURE_RULE_SABOTAGES,
  'queue-policy': QUEUE_POLICY_SABOTAGES,
  mappings: MAPPING_SABOTAGES,
  'key-events': KEY_EVENT_SABOTAGES,
  sweep: SWEEP_SABOTAGES,
  survey: SURVEY_SABOTAGES,
  'dead-letters': DEAD_LETTER_SABOTAGES,
  subscriptions: SUBSCRIPTION_SABOTAGES,
  operators: OPERATOR_SABOTAGES,
  approvers: APPROVER_SABOTAGES,
  pause: PAUSE_SABOTAGES,
  control: CONTROL_SABOTAGES,
  recorder: RECORDER_SABOTAGES,
  'config-rule': CONFIG_RULE_SABOTAGES,
  unannounced: UNANNOUNCED_SABOTAGES,
  records: RECORDS_SABOTAGES,
  'sign-off': SIGN_OFF_SABOTAGES,
};
