/**
 * Subscriptions that CloudFormation made and that do not exist any more: `resubscribe` replaced them, somebody unsubscribed
 * them, or nobody confirmed them in time. CloudFormation cannot change the filter of one, so that such a deployment fails
 * (fact cloudformation-subscription, ADR 028).
 */
import type { Subscriber, World } from './world.ts';

/** True if CloudFormation holds the ARN of a subscription that does not exist any more. */
export async function isForgotten({ subscriptions }: World, { made }: Subscriber): Promise<boolean> {
  return made !== null && !(await subscriptions.exists(made));
}

/** How to let CloudFormation adopt, or make, the subscription of an approver. */
export function toAdopt(approver: string): string {
  return `npx cdk deploy -c withoutSubscription=${approver}, then npx cdk deploy (docs/control.md, "resubscribe")`;
}
