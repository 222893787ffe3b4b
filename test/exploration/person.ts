import type { PostedAnswer, PostedGrounds, TypedKeys } from '../../functions/app/approve/posted-answer.ts';
import { recordDecision } from '../../functions/app/approve/record-decision.ts';
import { type Found, showCase } from '../../functions/app/approve/show-case.ts';
import { LINK_PATHS } from '../../functions/contracts/fixed-names.ts';
import type { LinkPurpose } from '../../functions/core/case/requests.ts';
import { lastFour } from '../../functions/core/model/observation.ts';
import { DAY, MINUTE, plus } from '../../functions/core/model/time.ts';
import { UTC, zoneDay } from '../../functions/core/model/zone.ts';
import { keysBeside, keysToDeactivate } from '../../functions/core/page/choice.ts';
import { offering } from '../../functions/core/page/deactivate-all.ts';
import type { Stage } from './stage.ts';

interface Link {
  readonly token: string;
  readonly path: LinkPurpose;
}

/** The purposes of links that take answers. */
const TAKING = ['decide', 'restore', 'delete'] as const satisfies readonly LinkPurpose[];

/** An approver with a mailbox: opens the newest link that serves, reads the page, answers, and tries again after an error page. */
export function personOn({ m, ...stage }: Stage, recipient: string, userName?: () => string) {
  /** Links of this person's mails, the newest first. */
  const links = (paths: readonly LinkPurpose[]): Link[] =>
    m.mails
      .filter(
        (mail) =>
          mail.recipient === recipient && (userName === undefined || mail.subject.includes(userName())),
      )
      .flatMap(({ link }): Link[] => {
        const [, letter, token = ''] = /\/(\w)\/(\S+)$/.exec(link ?? '') ?? [];
        const path = TAKING.find((purpose) => LINK_PATHS[purpose] === letter);
        return path === undefined ? [] : [{ token, path }];
      })
      .filter(({ path }) => paths.includes(path))
      .reverse();

  /** Tries until a request was recorded: the person sees an error page, or no form yet, and comes back in ten minutes. */
  const answers = async (
    paths: readonly LinkPurpose[],
    post: (link: Link, page: Found) => Promise<unknown>,
  ) => {
    const end = plus(m.clock.now(), 45 * DAY);
    const before = m.table.requests.size;
    while (m.table.requests.size === before) {
      if (m.clock.now() > end) {
        throw new Error(`${recipient} found no page that takes an answer`);
      }
      const [link] = links(paths);
      const page =
        link === undefined ? null : await stage.approve((ports) => showCase(ports, link.token, link.path));
      if (link !== undefined && page?.kind === 'found') {
        await post(link, page);
      }
      if (m.table.requests.size === before) {
        await stage.pass(10 * MINUTE);
      }
    }
  };

  /** The day that a person chooses, and why. */
  const until = (days: number) => ({
    until: zoneDay(plus(m.clock.now(), days * DAY), UTC),
    grounds: { reason: null, comment: 'until the vendor is back' },
  });

  /** Posts an answer on a page that takes it, as those of the next release do. */
  const gives = ({ token, path }: Link, answer: PostedAnswer) =>
    stage.approve((ports) => recordDecision({ ...ports, offered: offering(true) }, token, path, answer));

  return {
    /** Chooses the key to keep on a page that asks, types the others, and may say why. */
    decides: (keep: string, inUse = false, grounds?: PostedGrounds) =>
      answers(['decide'], async ({ token, path }, { view }) => {
        if (view.state !== 'question' || !view.active.some(({ id }) => id === keep)) {
          return;
        }
        const answer = {
          kind: 'keep' as const,
          keep,
          off: typed(keysToDeactivate(view, keep)),
          inUse,
          shownInUse: view.inUse,
          ...(grounds === undefined ? {} : { grounds }),
          facts: view.digest,
        };
        await stage.approve((ports) => recordDecision(ports, token, path, answer));
      }),
    /** Keeps no key on a page that asks, and types them all. */
    deactivatesAll: () =>
      answers(['decide'], async ({ token, path }, { view }) => {
        if (view.state !== 'question') {
          return;
        }
        const answer = {
          kind: 'none' as const,
          off: typed([...view.active.map(({ id }) => id), ...view.pending]),
          inUse: true,
          shownInUse: view.inUse,
          facts: view.digest,
        };
        await stage.approve((ports) => recordDecision(ports, token, path, answer));
      }),
    /** Leaves these keys as they are for some days, and has the others deactivated, as pages of the next release offer it. */
    leaves: (spare: readonly string[], days: number) =>
      answers(['decide'], async (link, { view }) => {
        if (view.state !== 'question' || !spare.every((id) => view.active.some((key) => key.id === id))) {
          return;
        }
        const off = keysBeside(view, spare);
        await gives(link, {
          kind: 'not-now',
          spare,
          off: typed(off),
          stay: typed(off.length === 0 ? spare : []),
          inUse: true,
          shownInUse: view.inUse,
          facts: view.digest,
          ...until(days),
        });
      }),
    /** Keeps all deactivated keys inactive for some days, as pages of the next release offer it. */
    putsOff: (days: number) =>
      answers(['decide'], async (link, { view }) => {
        const { deletion } = view.later;
        if (deletion !== null) {
          const { keys } = deletion;
          const facts = view.digest;
          await gives(link, { kind: 'keep-inactive', keys, stay: typed(keys), facts, ...until(days) });
        }
      }),
    /** Confirms the deletion of all keys that a page asks about. */
    confirms: () =>
      answers(['delete'], async ({ token, path }, { view }) => {
        if (view.state !== 'confirm') {
          return;
        }
        const answer = { kind: 'confirm' as const, remove: typed(view.confirmable), facts: view.digest };
        await stage.approve((ports) => recordDecision(ports, token, path, answer));
      }),
    /** Brings back a key that is off. */
    restores: (keyId: string) =>
      answers(['decide', 'restore'], async ({ token, path }, { view }) => {
        if (!view.restorable.some(({ id }) => id === keyId)) {
          return;
        }
        const answer = { kind: 'restore' as const, back: typed([keyId]), facts: view.digest };
        await stage.approve((ports) => recordDecision(ports, token, path, answer));
      }),
  };
}

function typed(keys: readonly string[]): TypedKeys {
  const fours = keys.map(lastFour);
  return { text: fours.join(' '), fours };
}
