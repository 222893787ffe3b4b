import type { Origin } from '../proposal/reason.ts';
import type { Agent } from '../usage/usage.ts';
import { serviceName } from './service-names.ts';
import { list } from './words.ts';

/** The names of programs as their makers write them. */
export const AGENT_NAMES: Readonly<Record<Agent, string>> = {
  'aws-cli': 'AWS CLI',
  boto3: 'boto3',
  'sdk-java': 'SDK for Java',
  'sdk-javascript': 'SDK for JavaScript',
  'sdk-go': 'SDK for Go',
  'sdk-dotnet': 'SDK for .NET',
  'sdk-php': 'SDK for PHP',
  'sdk-ruby': 'SDK for Ruby',
  'sdk-rust': 'SDK for Rust',
  'sdk-cpp': 'SDK for C++',
  terraform: 'Terraform',
  cloudformation: 'CloudFormation',
  cdk: 'AWS CDK',
  pulumi: 'Pulumi',
  ansible: 'Ansible',
  'github-actions': 'GitHub Actions',
  gitlab: 'GitLab',
  jenkins: 'Jenkins',
  circleci: 'CircleCI',
  serverless: 'Serverless Framework',
  kubernetes: 'Kubernetes',
  lambda: 'Lambda',
  ecs: 'ECS',
  ec2: 'EC2',
  cloudshell: 'CloudShell',
  console: 'a browser',
  hadoop: 'Hadoop',
  rclone: 'rclone',
  's3-browser': 'an S3 browser',
  scanner: 'a security scanner',
  other: 'an unknown program',
};

/** Programs that run in one known place, so that the network adds nothing. */
const SAYS_WHERE: ReadonlySet<Agent> = new Set<Agent>([
  'github-actions',
  'circleci',
  'lambda',
  'ecs',
  'cloudshell',
]);

/** The origin of calls: `GitHub Actions`, `203.0.113.0/24 (boto3)`, `CloudFormation`. */
export function originWords({ source, agent }: Origin): string {
  switch (source.kind) {
    case 'network':
      return SAYS_WHERE.has(agent) ? AGENT_NAMES[agent] : `${source.network} (${AGENT_NAMES[agent]})`;
    case 'service':
      return serviceSource(source.service);
  }
}

/** A service that called. It is text of an event, and a host name would become a link in a mail. */
function serviceSource(source: string): string {
  const short = source.replace(/\.amazonaws\.com$/, '');
  return /^[a-z0-9-]{1,40}$/.test(short) ? serviceName(short) : 'a service of AWS';
}

/** Maximum number of origins that are named. */
const NAMED = 3;

/** Origins, the first ones by name: `GitHub Actions and 203.0.113.0/24 (boto3)`. */
export function originsWords(origins: readonly Origin[]): string {
  const words = [...new Set(origins.map(originWords))];
  const named = words.slice(0, NAMED);
  return list(words.length > NAMED ? [...named, `${words.length - NAMED} more`] : named);
}
