import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../../docs/pictures/chromium.ts';
import { DAY, HOUR, MINUTE } from '../../functions/core/model/time.ts';
import { decide, passing } from '../fakes/acts.ts';
import { NEWER, OLDER, USER_ID } from '../fakes/cases.ts';
import { Person, type Through } from './person.ts';
import { type Served, serve } from './serve.ts';

/** Both keys, as IAM has them. */
const UNTOUCHED = 'MPLE Active, 3QXK Active';
const DECIDED = 'MPLE Active, 3QXK Inactive';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  served = await serve();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** Tasks of every day, each begun with the wrong move. What is said is asserted, and what IAM then has. */
describe.each<Through>(['single', 'list'])('somebody careless, through a link: %s', (through) => {
  const person = () => Person.asked(browser, served, through);

  it('chooses the wrong key', async () => {
    const one = await person();
    await one.arrive();
    if (through === 'single') {
      await one.choose('3QXK');
      expect(await one.reads()).toContain('You are about to deactivate …MPLE');
      expect(await one.reads()).toContain('We proposed the opposite: keep …MPLE, deactivate …3QXK.');
      await one.follow('Go back');
    } else {
      expect(await one.offered()).toEqual(['MPLE']);
      expect(await one.reads()).toContain('The link to the list only carries out the proposal.');
    }
    expect(one.iam()).toBe(UNTOUCHED);
    await one.decides();
    expect(one.iam()).toBe(DECIDED);
  });

  it('types the key to keep in place of the one to deactivate', async () => {
    const one = await person();
    await one.arrive();
    await one.choose('MPLE');
    await one.answer('MPLE');
    expect(one.status).toBe(422);
    expect(await one.reads()).toContain(
      'You typed …MPLE, the key that you chose to keep. Type the others: the keys to deactivate.',
    );
    expect(one.iam()).toBe(UNTOUCHED);
    await one.answer('3qxk');
    expect(await one.reads()).toContain('You decided on');
    await one.settle();
    expect(one.iam()).toBe(DECIDED);
  });

  it('answers an old mail, whose case the owner has closed', async () => {
    const one = await person();
    await one.arrive();
    await one.choose('MPLE');
    one.ownerSets(OLDER, 'Inactive');
    await one.m.wake('ci-deploy');
    await passing(one.m, 2 * HOUR, 10 * MINUTE);
    expect(one.m.caseOf(USER_ID)?.phase).toBe('closed');
    await one.answer('3QXK');
    expect(one.status).toBe(409);
    expect(await one.reads()).toContain('this case is closed');
    expect(await one.reads()).toContain('It was not recorded. Nothing was changed.');
    await passing(one.m, 2 * DAY, 6 * HOUR);
    one.ownerSets(OLDER, 'Active');
    await one.m.wake('ci-deploy');
    await passing(one.m, 10 * MINUTE, MINUTE);
    expect(one.m.caseOf(USER_ID)?.number).toBe(2);
    await one.open(one.oldPath);
    expect(await one.reads()).toContain('This case is closed');
    expect(await one.reads()).toContain('There is nothing left to do.');
    expect(one.iam()).toBe(UNTOUCHED);
  });

  it('chooses to deactivate all, and sees what that stops', async () => {
    const one = await person();
    await one.arrive();
    if (through === 'single') {
      await one.choose('none');
      expect(await one.reads()).toContain('After that the user has no active key.');
      expect(await one.reads()).toContain('We proposed something else: keep …MPLE, deactivate …3QXK.');
      await one.answer('3QXK');
      expect(one.status).toBe(422);
      expect([one.stored(), one.iam()]).toEqual([[], UNTOUCHED]);
      await one.follow('Go back');
    } else {
      expect(await one.reads()).not.toContain('None: deactivate all');
    }
    expect(one.iam()).toBe(UNTOUCHED);
    await one.decides();
    expect(one.iam()).toBe(DECIDED);
  });

  it('answers in a second tab, too, and otherwise', async () => {
    const one = await person();
    await one.arrive();
    const second = await one.anotherTab();
    await second.arrive();
    await second.choose(through === 'single' ? '3QXK' : 'MPLE');
    await one.decides();
    await second.answer(through === 'single' ? 'MPLE' : '3QXK');
    if (through === 'single') {
      expect(second.status).toBe(409);
      expect(await second.reads()).toContain('Someone has answered already');
      expect(await second.reads()).toContain('You decided on');
    } else {
      expect(await second.reads()).toContain('You have answered this already');
    }
    await second.settle();
    expect(one.changes()).toEqual(['deactivate 3QXK']);
  });

  it('reloads the page to check, and the page after the answer', async () => {
    const one = await person();
    await one.arrive();
    await one.choose('MPLE');
    await one.reload();
    expect(await one.reads()).toContain('You are about to deactivate …3QXK');
    expect(one.stored()).toEqual([]);
    await one.answer('3QXK');
    await one.reload();
    expect(await one.reads()).toContain('You decided on');
    await one.settle();
    await one.reload();
    expect(one.stored()).toEqual(['keep']);
    expect(one.changes()).toEqual(['deactivate 3QXK']);
  });

  it('goes back after the answer', async () => {
    const one = await person();
    await one.arrive();
    await one.decides();
    // The page to check answered a form, so the browser asks before it sends that again.
    expect(await one.back()).toBe('ERR_CACHE_MISS');
    await one.reload();
    expect(one.status).toBe(409);
    expect(await one.reads()).toContain('It was not recorded. Nothing was changed.');
    expect(await one.back()).toBe('shown');
    expect(await one.reads()).toContain('Solekey deactivated …3QXK');
    expect(one.stored()).toEqual(['keep']);
    expect(one.changes()).toEqual(['deactivate 3QXK']);
  });

  it('clicks twice', async () => {
    const one = await person();
    await one.arrive();
    await one.choose('MPLE');
    await one.answer('3QXK', 2);
    expect(await one.reads()).toContain('You decided on');
    await one.settle();
    expect(one.stored()).toEqual(['keep']);
    expect(one.changes()).toEqual(['deactivate 3QXK']);
  });

  it('answers after the link has expired', async () => {
    const one = await person();
    await one.arrive();
    await one.choose('MPLE');
    one.m.clock.move(15 * DAY);
    await one.answer('3QXK');
    expect(one.status).toBe(410);
    expect(await one.reads()).toContain('This link has expired');
    expect(await one.reads()).toContain(
      'Your answer was: keep …MPLE, deactivate “3QXK”. It was not recorded.',
    );
    if (through === 'single') {
      await one.press('Mail me a new link');
      expect(await one.reads()).toContain('Your request is recorded');
    } else {
      expect(await one.reads()).toContain('Please use the link in your latest digest.');
    }
    await one.settle();
    expect([one.stored(), one.iam()]).toEqual([[], UNTOUCHED]);
  });

  it('answers after another approver', async () => {
    const one = await person();
    await one.arrive();
    await one.choose('MPLE');
    expect(await decide(one.m, 'platform-lead', through === 'single' ? OLDER : NEWER, { inUse: true })).toBe(
      'recorded',
    );
    await one.answer('3QXK');
    expect(one.status).toBe(409);
    expect(await one.reads()).toContain('Someone has answered already');
    expect(await one.reads()).toContain('Platform lead decided on');
    await one.settle();
    expect(one.changes()).toEqual([through === 'single' ? 'deactivate MPLE' : 'deactivate 3QXK']);
  });

  it('types four characters into the page of a deletion', async () => {
    const one = await Person.toConfirm(browser, served, through);
    await one.arrive();
    if (through === 'single') {
      await one.type('To delete, type', '3QXK');
      await one.press('Delete …3QXK permanently');
      expect(one.status).toBe(422);
      expect(await one.reads()).toContain('To delete …3QXK permanently, type “delete 3QXK”.');
      expect([one.stored(), one.iam()]).toEqual([[], DECIDED]);
      await one.type('To delete, type', 'delete 3QXK');
      await one.press('Delete …3QXK permanently');
      await one.settle();
      await passing(one.m, HOUR, MINUTE);
      expect(one.iam()).toBe('MPLE Active');
    } else {
      expect(await one.reads()).toContain('The link to the list confirms no deletion');
      await one.press('Reactivate …3QXK');
      await one.type('To reactivate, type', '3QXK');
      await one.press('Reactivate …3QXK');
      expect(one.status).toBe(422);
      expect(await one.reads()).toContain('To reactivate …3QXK, type “reactivate 3QXK”.');
      expect([one.stored(), one.iam()]).toEqual([[], DECIDED]);
      await one.type('To reactivate, type', 'delete 3QXK');
      await one.press('Reactivate …3QXK');
      expect([one.status, one.stored(), one.iam()]).toEqual([422, [], DECIDED]);
    }
  });
});
