import { expect, it } from 'vitest';
import { chooseToKeep, openPage, sendChecked, sendDecision } from '../../../sandbox/story/page.ts';
import { PATIENCE_MS, type Stack } from '../stack.ts';

/** The pages through API and function, where the framework's adapter could do things of its own. */
export function pages(stack: () => Stack): void {
  it('answers strange requests as it should, and none of them decides', async () => {
    const violator = await stack().violator('strange-requests', 'heard');
    const { link } = await stack().launched.inbox.waitFor({ userName: violator.userName }, PATIENCE_MS);
    const url = link ?? '';
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);

    const form = 'application/x-www-form-urlencoded';
    const post = (body: string, type: string) =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': type } }).then(({ status }) => status);
    expect(await post('a=b', 'text/plain')).toBe(415);
    expect(await post('broken', 'multipart/form-data; boundary=x')).toBe(415);
    expect(await post(`off=${'A'.repeat(9_000)}`, form)).toBe(413);
    expect(await post('keep=a&keep=b', form)).toBe(400);
    expect((await fetch(url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(404);

    const [older, newer] = violator.keys;
    expect(await stack().statusOf(violator)).toEqual({ [older]: 'Active', [newer]: 'Active' });
    const opened = await openPage(url);
    const kept = { keep: newer, off: [older] };
    const swapped = { keep: older, off: [newer] };
    const [checked, other] = [await chooseToKeep(opened, kept), await chooseToKeep(opened, swapped)];
    expect((await sendChecked(checked, { ...kept, off: [newer] })).status).toBe(422);
    expect((await sendChecked(checked, kept)).status).toBe(200);
    expect((await sendChecked(checked, kept)).status).toBe(200);
    expect((await sendChecked(other, swapped)).status).toBe(409);
    expect((await sendDecision(opened, kept)).status).toBe(409);
  });
}
