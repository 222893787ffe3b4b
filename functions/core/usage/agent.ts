import { AGENTS, type Agent } from './usage.ts';

/**
 * How each kind of program can be told, in the order in which they are tried: the place where a program runs says more than
 * the library that it calls with, and a tool more than the SDK that it is built on.
 */
const PATTERNS: Readonly<Record<Exclude<Agent, 'other'>, RegExp>> = {
  'github-actions': /github-?actions/i,
  gitlab: /\bgitlab/i,
  jenkins: /jenkins/i,
  circleci: /circle-?ci/i,
  scanner:
    /prowler|scout-?suite|trufflehog|steampipe|cloudsploit|cloudmapper|cartography|\bpacu\b|stratus-red-team/i,
  terraform: /\b(?:terraform|opentofu|terragrunt)\b|terraform-provider/i,
  pulumi: /pulumi/i,
  ansible: /\bansible\b/i,
  serverless: /\bserverless(?:-framework)?\//i,
  cdk: /\baws-cdk\b|\bcdk-(?:cli|toolkit)\b|aws-cdk-toolkit/i,
  cloudformation: /cloudformation\.amazonaws\.com|\baws-sam-cli\b/i,
  cloudshell: /exec-env\/cloudshell/i,
  lambda: /exec-env\/aws_lambda_|^lambda\.amazonaws\.com$/i,
  ecs: /exec-env\/aws_ecs_|^ecs(?:-tasks)?\.amazonaws\.com$|amazon-ecs-agent/i,
  kubernetes:
    /kubernetes|\bk8s\b|karpenter|cluster-autoscaler|external-dns|cert-manager|\be[bf]s[.-]csi|\bkops\b/i,
  ec2: /amazon-ssm-agent|cloudwatch-?agent|exec-env\/ec2\b|^ec2\.amazonaws\.com$/i,
  hadoop: /\bhadoop\b|\bs3a\b|elasticmapreduce|\bemrfs\b/i,
  rclone: /\brclone\//i,
  's3-browser': /s3 ?browser|cyberduck|cloudberry|mountain ?duck/i,
  console: /^mozilla\/|^aws internal$|s3console\/|(?:console|signin)\.amazonaws\.com/i,
  'aws-cli': /\baws-cli\//i,
  boto3: /\bboto3?\/|botocore\//i,
  'sdk-java': /aws-sdk-(?:java|kotlin|scala)/i,
  'sdk-javascript': /aws-sdk-(?:js|nodejs|react-native)/i,
  'sdk-go': /aws-sdk-go/i,
  'sdk-dotnet': /aws-sdk-(?:dotnet|net)|awspowershell/i,
  'sdk-php': /aws-sdk-php/i,
  'sdk-ruby': /aws-sdk-ruby/i,
  'sdk-rust': /aws-sdk-rust/i,
  'sdk-cpp': /aws-sdk-(?:cpp|swift)/i,
};

/** CloudTrail cuts user agents at 1 KB. No more than that is searched, whatever is stored. */
const LONGEST = 1024;

/**
 * The kind of program that calls itself by this user agent. A caller chooses that text, so the answer is a hint for people
 * and proves nothing (S15).
 */
export function agentOf(userAgent: string): Agent {
  const text = userAgent.slice(0, LONGEST).trim();
  const known = Object.entries(PATTERNS).find(([, pattern]) => pattern.test(text));
  return AGENTS.find((agent) => agent === known?.[0]) ?? 'other';
}
