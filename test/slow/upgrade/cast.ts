import { setTimeout } from 'node:timers/promises';
import type { Page } from '../../../sandbox/story/page.ts';
import type { Stack } from '../../e2e/stack.ts';
import { Subject } from './subject.ts';

/** A user with a page that an approver opened a while ago. */
export interface Asked {
  readonly subject: Subject;
  readonly page: Page;
}

/** Users for one moment of a rollout. */
export interface Extras {
  /** Answered before the change, carried out after it. */
  readonly across: Asked;
  /** Answered and carried out after the change. */
  readonly within: Asked;
}

/** Users in every phase that can be reached within seconds. */
export interface Cast {
  readonly extras: readonly Extras[];
  /** Deactivated, and reactivated at the first moment. */
  readonly undone: Asked;
  /** Nobody answers. */
  readonly open: Subject;
  readonly rotating: Subject;
  readonly excluded: Subject;
  /** Closed, because the owner deactivated a key. */
  readonly closed: Subject;
  /** Held, because the kept key was deleted. */
  readonly held: Subject;
  /** In the grace period, or waiting for somebody to confirm the deletion. */
  readonly leaving: Subject;
  /** As `leaving`, or further. */
  readonly deleting: Subject;
}

/** All users of a cast. */
export const everybody = ({ extras, undone, ...others }: Cast): readonly Subject[] => [
  ...extras.flatMap(({ across, within }) => [across.subject, within.subject]),
  undone.subject,
  ...Object.values(others),
];

/** Time between two users' second keys: the pace lets through one mail a second, and each user here waits for theirs. */
const APART_MS = 250;

/** Makes a cast, and waits until each user is in their phase. */
export async function bringOn(stack: Stack, name: string, moments: number): Promise<Cast> {
  const { owners } = stack;
  let made = 0;
  const make = async (role: string) => {
    made += 1;
    await setTimeout(made * APART_MS);
    return new Subject(stack, await stack.violator(`${name}-${role}`, 'heard'));
  };
  const asked = async (role: string): Promise<Asked> => {
    const subject = await make(role);
    return { subject, page: await subject.page('d') };
  };
  const switchedOff = async (role: string): Promise<Asked> => {
    const { subject, page } = await asked(role);
    await subject.answers(page);
    await subject.has('Inactive', 'Active');
    return { subject, page: await subject.page('r') };
  };
  const extras = async (moment: number): Promise<Extras> => {
    const [across, within] = await Promise.all([asked(`across-${moment}`), asked(`within-${moment}`)]);
    return { across, within };
  };
  const settled = async () => {
    const { subject } = await asked('closed');
    await owners.switchOff(subject.userName, subject.older);
    await subject.reaches('by-owner');
    return subject;
  };
  const held = async () => {
    const { subject } = await switchedOff('held');
    await owners.deleteKey(subject.userName, subject.newer);
    await subject.reaches('held');
    await subject.isMailed('r');
    return subject;
  };
  const excluded = async () => {
    const subject = new Subject(stack, await stack.violator(`break-glass-${name}`, 'heard'));
    await subject.reaches('excluded');
    return subject;
  };
  const rotating = async () => {
    const subject = new Subject(stack, await stack.violator(`${name}-rotating`, 'heard', {}));
    await subject.isMailed('d');
    await subject.reaches('rotating');
    return subject;
  };
  const [every, undone, open, leaving, deleting, ...others] = await Promise.all([
    Promise.all(Array.from({ length: moments }, (_, moment) => extras(moment))),
    switchedOff('undone'),
    asked('open'),
    switchedOff('leaving'),
    switchedOff('deleting'),
    rotating(),
    excluded(),
    settled(),
    held(),
  ]);
  const [turning, never, over, stopped] = others;
  return {
    extras: every,
    undone,
    open: open.subject,
    rotating: turning,
    excluded: never,
    closed: over,
    held: stopped,
    leaving: leaving.subject,
    deleting: deleting.subject,
  };
}
