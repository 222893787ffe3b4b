import { announcementLead } from '../core/case/dates.ts';
import { durationSeconds } from './settings-fields.ts';

type Times = Record<'grace' | 'deletionNotice' | 'remindEvery' | 'linkValidity', string>;
type Contradiction = {
  readonly path: (string | number)[];
  readonly message: string;
  readonly example: string;
};

/** Problems of settings that are valid by themselves but contradict each other. */
export function contradictionsIn(
  settings: Times & {
    readonly approvers: readonly { readonly id: string }[];
    readonly escalation: readonly string[];
  },
): Contradiction[] {
  const found: Contradiction[] = [];
  const { deletionNotice, grace, remindEvery, linkValidity } = settings;
  const notice = durationSeconds(deletionNotice);
  const graceTime = durationSeconds(grace);
  const noticeTogether = { path: ['deletionNotice'], example: '"PT12H" with grace "P1D"' };
  if (notice >= graceTime) {
    found.push({
      ...noticeTogether,
      message: `must be shorter than grace ("${grace}"), not "${deletionNotice}"`,
    });
  } else if (notice < announcementLead(graceTime)) {
    // Safety rule S13 would delay every deletion beyond the date announced to people.
    const message = `must be at least a day or half of grace ("${grace}"), whichever is shorter, not "${deletionNotice}"`;
    found.push({ ...noticeTogether, message });
  }
  if (durationSeconds(remindEvery) > durationSeconds(linkValidity)) {
    const message = `must be at most linkValidity ("${linkValidity}"), not "${remindEvery}": links would expire before the next mail`;
    found.push({ path: ['remindEvery'], message, example: '"P3D" with linkValidity "P14D"' });
  }
  for (const [index, { id }] of settings.approvers.entries()) {
    if (settings.approvers.findIndex((other) => other.id === id) < index) {
      const message = `"${id}" is already used by another approver`;
      found.push({ path: ['approvers', index, 'id'], message, example: `"${id.slice(0, 38)}-2"` });
    }
  }
  for (const [index, id] of settings.escalation.entries()) {
    if (!settings.approvers.some((approver) => approver.id === id)) {
      const message = `no approver has the id ${JSON.stringify(id)}`;
      found.push({ path: ['escalation', index], message, example: `"${settings.approvers[0]?.id ?? ''}"` });
    }
  }
  return found;
}
