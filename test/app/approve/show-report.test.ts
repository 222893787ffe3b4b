import { describe, expect, it } from 'vitest';
import { SignOffUnreadable } from '../../../functions/app/report-ports.ts';
import { linkPath } from '../../../functions/contracts/link.ts';
import { buildApp } from '../../../functions/web/app.ts';
import { page } from '../../fakes/page.ts';
import { aReport } from '../../fakes/report.ts';

describe('a report without a state of sign-offs', () => {
  async function shown(error: Error) {
    const w = page();
    w.reports.current = aReport({ anchor: 7 });
    w.reports.signOff = async () => {
      throw error;
    };
    const answer = await buildApp(w.ports).request(linkPath('report', await w.reportLink()));
    return { status: answer.status, text: await answer.text() };
  }

  it('is shown, and the page says that it cannot be signed off', async () => {
    const { status, text } = await shown(new SignOffUnreadable('broken'));
    expect(status).toBe(200);
    expect(text).toContain('This report cannot be signed off');
    expect(text).not.toContain('<form');
  });

  it('is not shown if S3 does not answer', async () => {
    expect((await shown(new Error('timeout'))).status).toBe(500);
  });
});
