import { A, ask, B, C, keepNewer, keepOlder, type Situation, trapAsk, trapKeepOlder } from './spec.ts';

/** Situations 31 to 60. */
export const FROM_31_TO_60: readonly Situation[] = [
  ask(
    31,
    [
      '188d',
      '50m',
      `terraform ${C} ec2,iam us-east-1 ..50m`,
      `boto3 ${B} ecs us-east-1 ..3d`,
      `aws-cli ${B} ? us-east-1 ..3d`,
    ],
    ['3d', '10m', `boto3 ${B} ecs us-east-1 2.9d..10m n=640`, `aws-cli ${B} ? us-east-1 2.9d..20m n=360`],
  ),
  keepOlder(
    32,
    ['690d', '3m', `sdk-java ${B} iot eu-central-1 90d..3m`],
    ['61d', '60d', `sdk-java ${B} iot eu-central-1 60.014d..60d`],
  ),
  trapKeepOlder(
    33,
    ['590d', '3m', `boto3 ${A} sqs,ecr eu-west-1 90d..3m n=18900 e=0`],
    ['63d', '1m', `sdk-java ${C} ec2 us-east-1 62d..1m n=100000 e=100 ro`],
  ),
  trapAsk(34, ['450d', '1m ? ?', 'lookup:throttled'], ['70d', '5h rds eu-west-1', 'lookup:throttled']),
  // An SCP denies reading the last use, so IAM gives Solekey no answer. The `never` of the prose is the import's.
  trapAsk(35, ['1020d', 'unread'], ['150d', '4m', `boto3 ${A} kinesis us-east-1 ..4m`]),
  trapAsk(
    36,
    ['505d', '2h', `boto3 ${B} batch us-east-1 ..2h`],
    ['210d', '1h', `sdk-java ${A} ec2 us-east-1 ..1h`],
  ),
  ask(
    37,
    ['500d', '22d', `sdk-java ${C} ce,organizations us-east-1 84d..22d n=30`],
    ['150d', '8h', `boto3 ${A} ce us-east-1 ..8h`],
  ),
  trapAsk(
    38,
    [
      '480d',
      '2m',
      `boto3 ${C} iot,kms ? 3d..2m n=8000`,
      `sdk-java ${C} iot,kms ? 3d..3m n=4000`,
      `boto3 ${B} iot,kms ? ..16d`,
      `sdk-java ${B} iot,kms ? ..16d`,
    ],
    ['17d', '30m', `boto3 ${B} iot,kms ? 16d..30m`, `sdk-java ${B} iot,kms ? 16d..40m`],
  ),
  ask(
    39,
    [
      '820d',
      '3h',
      `aws-cli ${A} athena,glue ? ..3h`,
      `aws-cli ${B} athena,glue ? ..4d`,
      `aws-cli ${C} athena,glue ? ..5d`,
      'aws-cli 2001:db8:a::/48 athena,glue ? ..9d',
    ],
    [
      '415d',
      '2h',
      `aws-cli ${A} ? ? ..2h`,
      'other 2001:db8:b::/48 ? ? ..3d',
      'aws-cli 2001:db8:c::/48 ? ? ..6d',
    ],
  ),
  keepNewer(
    40,
    [
      '905d',
      '75d glacier eu-central-1',
      `boto3 ${B} glacier,sqs,sns,rds,iam eu-central-1 90d..75d`,
      `aws-cli ${B} ec2,route53,logs,kms eu-central-1 90d..75d`,
    ],
    [
      '78d',
      '30m',
      `boto3 ${B} glacier,sqs,sns,rds,iam eu-central-1 75d..30m`,
      `aws-cli ${B} ec2,route53,logs,kms eu-central-1 78d..1h`,
    ],
  ),
  trapAsk(
    41,
    ['620d', '30m', `boto3 ${A} ec2,ssm us-west-2 90d..30m e=6`],
    ['140d', '1h', `aws-cli ${B} ec2 eu-west-1 ..1h e=0`],
  ),
  keepNewer(42, ['640d', '214d sqs eu-west-1'], ['83d', '5m', `boto3 ${C} sqs,kms eu-west-1 83d..5m`]),
  keepNewer(
    43,
    ['276d', '33d', `boto3 ${A} route53,monitoring us-east-1 90d..33d`],
    ['34d', '6m', 'boto3 2001:db8:40::/64 route53,monitoring us-east-1 33d..6m'],
  ),
  keepNewer(
    44,
    ['930d', '119d monitoring eu-west-1'],
    ['120d', '1m', `sdk-go ${B} monitoring:62,ec2:20,tag:18 *4 90d..1m e=2`],
  ),
  keepOlder(
    45,
    ['940d', '1m', `sdk-java ${B} mediaconvert:95,iam:5 eu-west-1 90d..1m`],
    ['173d', '170d s3 us-east-1', 'tag:training'],
  ),
  keepOlder(46, ['640d', '20m', `boto3 ${A} ec2 us-west-2 90d..20m`], ['412d', 'never']),
  trapAsk(
    47,
    ['214d', '33d', `sdk-java ${C} kms,sqs eu-west-1 ..33d`],
    ['210d', '5m', `sdk-java ${C} kms,sqs eu-west-1 33d..5m e=0`],
    { deploy: 'blue-green' },
  ),
  trapAsk(48, ['395d', '3d rds eu-central-1', 'lookup:denied'], ['2d', '1m ec2 us-east-1', 'lookup:denied']),
  keepNewer(
    49,
    ['650d', '86d', `aws-cli ${B} cloudfront us-east-1 ..86d`],
    ['87d', '45m', 'aws-cli 2001:db8:7::/64 cloudfront us-east-1 87d..45m n=500'],
  ),
  trapAsk(
    50,
    ['317d', '20m', `boto3 ${B} iot eu-west-1 ..20m`],
    ['317d', '27d', `boto3 ${B} iot eu-west-1 27d..27d n=1`],
  ),
  trapAsk(
    51,
    ['640d', '7h', `boto3 ${A} sts eu-central-1 90d..7h n=180 ro`],
    ['410d', '1m', `aws-cli ${C} monitoring ? 90d..1m n=800000`],
  ),
  keepNewer(52, ['903d', 'never'], ['870d', '2h', `aws-cli ${A} iam,ec2,organizations us-east-1 90d..2h`]),
  trapAsk(
    53,
    [
      '388d',
      '13d glacier eu-north-1',
      `sdk-java ? glacier eu-north-1 ..13d n=11`,
      `boto3 ${B} ec2,sqs,kms,rds ? ..39d`,
    ],
    ['40d', '10m', `boto3 ${B} ec2,sqs,kms,rds ? 39d..10m e=0`],
  ),
  keepOlder(
    54,
    ['580d', '4h', `boto3 ${A} ce:80,pricing:20 us-east-1 90d..4h`],
    ['274d', '260d ce us-east-1'],
  ),
  trapAsk(
    55,
    ['530d', '2d ssm ap-southeast-2', 'lookup:denied'],
    ['260d', '6m', `sdk-go ${B} ec2,ssm eu-west-1 ..6m`],
  ),
  trapAsk(
    56,
    ['870d', '31h s3 eu-west-1', `sdk-java ${A} cloudfront,s3 eu-west-1 ..32d`],
    ['33d', '5m', `sdk-java ${A} cloudfront,s3 eu-west-1 32d..5m`],
  ),
  trapAsk(57, ['1400d', '9d ses ?'], ['190d', '5m ses ?']),
  trapAsk(
    58,
    ['470d', '4h', `aws-cli ${A} *12 ? ..4h`],
    ['160d', '1m dynamodb eu-west-1', `sdk-java ${B} sts eu-west-1 ..8h n=270 ro`],
  ),
  keepNewer(
    59,
    ['455d', '115d ec2 eu-west-1'],
    ['116d', '9h', `boto3 ${A} ec2:65,route53:20,elasticloadbalancing:15 eu-west-1,us-east-1 90d..9h`],
  ),
  trapAsk(
    60,
    ['980d', '4m s3 eu-west-1'],
    ['205d', '10m', `boto3 ${A} ec2,iam ? ..10m`, `aws-cli ${A} logs,s3 ? ..2h`],
  ),
];
