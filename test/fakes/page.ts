import type { DecisionPorts } from '../../functions/app/approve/open-question.ts';
import type { ListPorts } from '../../functions/app/approve/show-list.ts';
import type { StatingPorts } from '../../functions/app/approve/state-on-report.ts';
import type { Case } from '../../functions/core/case/case.ts';
import { questionDigest } from '../../functions/core/case/facts.ts';
import type { NewCaseClaim, NewListClaim, NewReportClaim } from '../../functions/core/case/requests.ts';
import type { Policy } from '../../functions/core/model/policy.ts';
import { aCase, aClaim, aListClaim, aReportClaim, NOW, POLICY } from './cases.ts';
import { memoryList } from './list.ts';
import { memoryLog, memoryMailLinks, memoryWakes, standingClock } from './ports.ts';
import { memoryReports } from './report.ts';
import { memoryRequestStore } from './request-store.ts';
import { signing } from './signing.ts';
import { memoryStatementSender, memoryStatements } from './statement-store.ts';

/** Everything the page needs, in memory, around one case. */
export function page(current: Case | null = aCase()) {
  const store = memoryRequestStore(current);
  const statements = memoryStatements(store);
  const parts = {
    links: signing(),
    store,
    list: memoryList(() => {
      const { current: one, usage, about, control, subscriptions } = store;
      return { cases: one === null ? [] : [{ current: one, usage, about }], control, subscriptions };
    }),
    clock: standingClock(NOW),
    log: memoryLog(),
    wakes: memoryWakes(),
    mailLinks: memoryMailLinks(),
    reports: memoryReports(),
    statements: statements.store,
    statementWakes: memoryStatementSender(),
    policy: POLICY as Policy,
  };
  store.others = () => parts.list.more;
  const ports: DecisionPorts & ListPorts & StatingPorts = parts;
  const world = {
    ...parts,
    stated: statements,
    ports,
    link: (more: Partial<NewCaseClaim> = {}) => parts.links.mint(aClaim(more)),
    listLink: (more: Partial<NewListClaim> = {}) => parts.links.mint(aListClaim(more)),
    reportLink: (more: Partial<NewReportClaim> = {}) => parts.links.mint(aReportClaim(more)),
    /** Digest of the case as it is now, under the settings of now. */
    facts: (): string =>
      parts.store.current === null ? '' : questionDigest(parts.store.current, world.policy),
  };
  return world;
}

/** A page's markup without the marks that keep names and keys in one line. */
export function breakable(html: string): string {
  return html.replace(/<span class="whole">([^<]*)<\/span>/g, '$1');
}

export type Page = ReturnType<typeof page>;
