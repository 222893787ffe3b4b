import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agentOf } from '../../../functions/core/usage/agent.ts';
import { AGENTS } from '../../../functions/core/usage/usage.ts';
import { anyText } from '../../fakes/texts.ts';
import { BOTO, CLI } from '../../fakes/usage.ts';

it.each([
  [CLI, 'aws-cli'],
  ['[aws-cli/1.11.10 Python/2.7.8 botocore/1.4.67]', 'aws-cli'],
  [
    'aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0 exec-env/CloudShell md/installer#exe Botocore/2.4.5',
    'cloudshell',
  ],
  [BOTO, 'boto3'],
  ['Boto/2.49.0 Python/2.7.18 Linux/4.14', 'boto3'],
  ['Botocore/1.31.17 Python/3.9 aiobotocore/2.5.4', 'boto3'],
  ['Boto3/1.34.1 md/Botocore#1.34.1 exec-env/AWS_Lambda_python3.12 Botocore/1.34.1', 'lambda'],
  ['Boto3/1.34.1 md/Botocore#1.34.1 exec-env/AWS_ECS_FARGATE Botocore/1.34.1', 'ecs'],
  ['aws-sdk-java/2.20.26 Linux/5.10 OpenJDK_64-Bit_Server_VM/17 Java/17 io/sync http/Apache', 'sdk-java'],
  ['aws-sdk-java/1.11.563 Linux/4.14 Hadoop 3.2.1, aws-sdk-java', 'hadoop'],
  ['aws-sdk-js/3.496.0 ua/2.0 os/linux#6.1 lang/js md/nodejs#20.11.0 api/s3#3.496.0', 'sdk-javascript'],
  ['aws-sdk-nodejs/2.1048.0 linux/v16.13.0 promise', 'sdk-javascript'],
  ['aws-sdk-go-v2/1.24.0 os/linux lang/go#1.21.5 md/GOARCH#amd64 api/sts#1.26.5', 'sdk-go'],
  ['aws-sdk-go/1.44.5 (go1.18; linux; amd64)', 'sdk-go'],
  ['aws-sdk-dotnet-coreclr/3.7.300.2 ua/2.0 os/windows lang/.NET_Core#8.0.0', 'sdk-dotnet'],
  ['AWSPowerShell.Common/4.1.9.0 .NET_Core/3.1', 'sdk-dotnet'],
  ['aws-sdk-php/3.293.3 OS/Linux#5.15 lang/php#8.2.13 GuzzleHttp/7', 'sdk-php'],
  ['aws-sdk-ruby3/3.190.0 ua/2.0 api/s3#1.141.0 os/linux lang/ruby#3.2.2', 'sdk-ruby'],
  ['aws-sdk-rust/1.1.1 os/linux lang/rust/1.74.0', 'sdk-rust'],
  ['aws-sdk-cpp/1.11.200 ua/2.0 md/aws-crt#0.24 os/Linux', 'sdk-cpp'],
  [
    'APN/1.0 HashiCorp/1.0 Terraform/1.6.6 (+https://www.terraform.io) terraform-provider-aws/5.31.0 aws-sdk-go-v2/1.24.0',
    'terraform',
  ],
  ['APN/1.0 HashiCorp/1.0 OpenTofu/1.6.0 (+https://opentofu.org) aws-sdk-go-v2/1.24.0', 'terraform'],
  ['APN/1.0 Pulumi/1.0 PulumiAws/6.17.0 (+https://www.pulumi.com) aws-sdk-go/1.49.0', 'pulumi'],
  ['APN/1.0 Ansible/2.16.2 amazon.aws/7.2.0 Boto3/1.34.1 Botocore/1.34.1', 'ansible'],
  ['aws-cdk/2.118.0 aws-sdk-nodejs/2.1530.0 linux/v20.10.0', 'cdk'],
  ['cloudformation.amazonaws.com', 'cloudformation'],
  ['configure-aws-credentials-for-github-actions', 'github-actions'],
  ['aws-sdk-js/3.496.0 configure-aws-credentials-for-github-actions', 'github-actions'],
  ['GitLab-Runner/16.7 aws-sdk-go/1.44.0', 'gitlab'],
  ['CloudBees-Jenkins/2.4, aws-sdk-java/1.12', 'jenkins'],
  ['circleci-orb aws-cli/2.15', 'circleci'],
  ['serverless-framework/3.38 aws-sdk-nodejs/2.1', 'serverless'],
  ['elbv2.k8s.aws/v2.6.2 aws-sdk-go/1.45.19', 'kubernetes'],
  ['aws-sdk-go/1.44 cluster-autoscaler/v1.28', 'kubernetes'],
  ['aws-sdk-go/1.44.260 amazon-ssm-agent/3.2', 'ec2'],
  ['rclone/v1.65.1', 'rclone'],
  ['S3 Browser/11.5.7 (https://s3browser.com)', 's3-browser'],
  ['Cyberduck/8.7.2 (Mac OS X/14.2)', 's3-browser'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36', 'console'],
  ['AWS Internal', 'console'],
  ['TruffleHog', 'scanner'],
  ['Boto3/1.26 Prowler/3.11.3 Botocore/1.29', 'scanner'],
  ['stratus-red-team_61e3765a-ab18-4da8-b5ac-4ec10986ed4b', 'scanner'],
  ['', 'other'],
  ['curl/8.4.0', 'other'],
])('%s is %s', (userAgent, agent) => {
  expect(agentOf(userAgent)).toBe(agent);
});

it('finds one of the list for any text', () => {
  fc.assert(fc.property(anyText(300), (text) => AGENTS.includes(agentOf(text))));
});

it('does not read past what CloudTrail keeps of a user agent', () => {
  expect(agentOf(`${'x'.repeat(2_000)} Terraform/1.6`)).toBe('other');
});
