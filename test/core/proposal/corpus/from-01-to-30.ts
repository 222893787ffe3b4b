import {
  A,
  ask,
  B,
  C,
  keepNewer,
  keepOlder,
  type Situation,
  trapAsk,
  trapKeepNewer,
  trapKeepOlder,
} from './spec.ts';

/** Situations 1 to 30. */
export const FROM_01_TO_30: readonly Situation[] = [
  ask(
    1,
    ['870d', '6d', `boto3 ${A} ce,athena us-east-1 83d..6d n=24`],
    ['310d', '12m', `boto3 ${B} athena us-east-1 90d..12m`],
  ),
  ask(
    2,
    ['560d', '20d', `boto3 ${C} sqs eu-west-1 51d..20d`],
    ['130d', '2m', `boto3 ${C} sqs,ecs eu-west-1 ..2m`],
  ),
  ask(3, ['333d', '30h ec2 eu-west-1', 'lookup:throttled'], ['120d', '9m', `boto3 ${A} ec2 eu-west-1 ..9m`]),
  ask(
    4,
    ['480d', '4d', 'lambda ? secretsmanager us-east-1 ..4d n=26'],
    ['101d', '1m', 'lambda ? sqs,kms,secretsmanager us-east-1 ..1m n=5000'],
  ),
  trapAsk(
    5,
    ['1250d', '2d', `boto3 ${A} kms,sqs eu-west-1 ..2d n=150`],
    ['400d', '20s', `sdk-java ${C} sqs eu-west-1 90d..20s n=20000 ro`],
  ),
  trapKeepOlder(
    6,
    ['610d', '1m', `sdk-java ${B} dax,kms eu-west-1 48d..1m n=60000 e=0`],
    ['90d', '48d dax eu-west-1', `sdk-java ${B} dax,kms eu-west-1 89d..49d n=81000`],
  ),
  ask(7, ['512d', 'never'], ['498d', 'never']),
  trapAsk(
    8,
    ['560d', '35d', `sdk-java ${A} iot eu-south-1 ..35d`],
    ['37d', '26h', `aws-cli ${C} iot,logs eu-south-1 ..26h n=80`],
  ),
  trapAsk(
    9,
    ['510d', '3h', `boto3 ${C} sqs,iot ? 5d..3h`, `boto3 ${B} sqs,iot ? ..5d`],
    ['5d', '2h', `boto3 ${B} sqs,iam ? 4.9d..2h`],
  ),
  ask(10, ['371d', '4m', `sdk-java ${A} rds eu-central-1 90d..4m`], ['2h', 'never']),
  keepNewer(11, ['1833d', '530d sns us-east-1'], ['540d', '40m', `sdk-java ${C} sns us-east-1 90d..40m`]),
  keepNewer(
    12,
    ['402d', '34d', `boto3 ${B} ec2:71,rds:29 eu-west-1 90d..34d`],
    ['36d', '10m', `boto3 ${B} ec2:71,rds:29 eu-west-1 35d..10m e=0`],
  ),
  trapAsk(
    13,
    ['930d', '5h', `aws-cli ${A} codebuild eu-west-1 ..5h`, `boto3 ${C} iam,sts ? 2d..6h`],
    ['2d', '40m', `boto3 ${C} ec2 us-east-1 1.9d..40m e=70`],
  ),
  trapAsk(
    14,
    ['860d', '6d', `boto3 ${A} ec2,glacier eu-west-1 90d..6d`],
    ['52d', '30m', `boto3 ${A} ec2,glacier eu-west-1 51d..30m`],
  ),
  keepOlder(15, ['301d', '3h', `sdk-go ${C} ec2 us-east-2 90d..3h n=385`], ['262d', 'never']),
  keepNewer(16, ['181.0076d', 'never'], ['181d', '15m', `boto3 ${B} geo:85,logs:15 eu-west-1 90d..15m`]),
  trapAsk(
    17,
    ['670d', '5d', 'cloudformation cloudformation.amazonaws.com ec2,iam,lambda eu-west-1 ..5d'],
    ['90d', '20m', `aws-cli ${A} ec2,logs eu-west-1 ..20m`],
  ),
  trapAsk(
    18,
    ['890d', '8d kms us-east-1', 'maybe ? ? kms us-east-1 ..8d', 'tag:old, safe to remove'],
    ['28d', '30m', `boto3 ${B} connect,kms us-east-1 ..30m`],
  ),
  trapAsk(
    19,
    ['420d', '14d', `boto3 ${B} kms,secretsmanager eu-west-1 90d..14d`],
    [
      '15d',
      '20m',
      `boto3 ${B} kms,secretsmanager eu-west-1 14d..20m n=910`,
      `boto3 ${B} iam eu-west-1 ..5h n=90 ro`,
    ],
  ),
  trapAsk(
    20,
    ['710d', '2h ses eu-west-1'],
    ['6d', '1m', `boto3 ${C} bedrock,ec2 us-east-1,us-west-2 ..1m n=14000`],
  ),
  trapAsk(
    21,
    ['630d', '2d', `aws-cli ${A} ? ? ..2d`],
    ['340d', '14h', `boto3 ${C} kms,ses eu-west-1 90d..14h e=0`],
  ),
  trapKeepOlder(
    22,
    ['620d', '2m', `boto3 ${A} sqs,kms eu-west-1 ..2m`],
    ['19h', '1h', 'other *22 sts,iam,bedrock,ec2 ? 18.9h..1h e=96'],
  ),
  trapAsk(
    23,
    ['1300d', '91d kms eu-central-1', `sdk-java ${A} kms eu-central-1 50m..3m n=16`],
    ['350d', '20m', `boto3 ${B} ecs ? 90d..20m`],
  ),
  keepNewer(
    24,
    ['425d', '62d', `sdk-java ${C} ec2:88,rds:12 ca-central-1 90d..62d`],
    ['64d', '11h', `sdk-java ${C} ec2:88,rds:12 ca-central-1 63d..11h`],
  ),
  trapAsk(
    25,
    ['366d', '9d', `terraform ${B} ec2:80,iam:20 eu-west-1 90d..9d`],
    ['9.1d', '5h', `terraform ${C} ec2:80,iam:20 eu-west-1 9d..5h`],
  ),
  ask(26, ['1480d', '301d ec2 us-west-2'], ['610d', '2d', `aws-cli ${A} backup us-east-1 90d..2d n=40`], {
    purpose: 'dr',
  }),
  keepNewer(
    27,
    ['1150d', '400d s3 eu-central-1'],
    ['405d', '2h s3 eu-central-1', `? ${B} s3 ? ..20d n=1 ro`],
  ),
  keepOlder(28, ['1204d', '10m ses eu-west-1'], ['602d', 'never']),
  trapKeepNewer(
    29,
    ['900d', '44d', `boto3 ${C} *71 *15 90d..44d ro`],
    ['220d', '1m', `sdk-java ${A} kms,sqs eu-west-1 90d..1m e=0`],
  ),
  trapKeepNewer(
    30,
    ['1010d', '160d sts eu-west-1'],
    [
      '160d',
      '2h',
      'aws-cli 2001:db8:12::/64 sts eu-west-1 ..2h n=30 ro',
      'aws-cli 2001:db8:12::/64 ? eu-west-1 ..2h n=970 e=100',
    ],
  ),
];
