import { expect, it } from 'vitest';
import { readCase } from '../../functions/contracts/read-case.ts';
import type { UnreadCase } from '../../functions/core/case/unread.ts';
import { askPage } from '../fakes/browse.ts';
import { ACCOUNT, inGrace, NEWER, OLDER, USER_ID } from '../fakes/cases.ts';
import { page } from '../fakes/page.ts';

const pk = `USER#${ACCOUNT}#${USER_ID}`;

/** What is read of a case whose content is this. */
function unreadOf(content: unknown): UnreadCase {
  const read = readCase({ pk, sk: 'CASE', case: content, version: 7 });
  if (!('unread' in read)) {
    throw new Error('this case can be read');
  }
  return read.unread;
}

async function open(unread: UnreadCase, fields?: Record<string, string>) {
  const world = page();
  const control = { pauses: [], revoked: [] };
  world.ports.store.case = async () => ({ current: unread, control, usage: null, about: null });
  const { status, text } = await askPage(world, {}, fields);
  return {
    status,
    text,
    writes: world.store.writes,
    sent: world.wakes.sent,
  };
}

it('says why, and gives the exact command that reactivates each key that may be off', async () => {
  const { status, text } = await open(unreadOf({ ...inGrace(), phase: 'quarantined' }));
  expect(status).toBe(200);
  expect(text).toContain('ci-deploy: this case cannot be read now');
  expect(text).toContain('A newer release of Solekey wrote this case');
  expect(text).toContain('phase is &quot;quarantined&quot;');
  const command = `aws iam update-access-key --user-name ci-deploy --access-key-id ${OLDER} --status Active`;
  expect(text).toContain(`<code>${command}</code>`);
  expect(text).not.toContain(`--access-key-id ${NEWER}`);
  expect(text).toContain('aws iam list-access-keys --user-name ci-deploy');
  expect(text).not.toContain('<form');
});

it('says of a damaged case as much as can be read of it', async () => {
  const { status, text } = await open(unreadOf('gone'));
  expect(status).toBe(200);
  expect(text).toContain(`${USER_ID}: this case cannot be read now`);
  expect(text).toContain('is damaged');
  expect(text).not.toContain('update-access-key');
});

it('takes no answer, says that nothing was recorded, and has reconcile look', async () => {
  const fields = { keep: NEWER, off: '3qxk', facts: 'a'.repeat(64) };
  const { status, text, writes, sent } = await open(unreadOf({ ...inGrace(), phase: 'quarantined' }), fields);
  expect([status, writes, sent.map(({ userId }) => userId)]).toEqual([409, 0, [USER_ID]]);
  expect(text).toContain('It was not recorded');
});
