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

/** Situations 61 to 90. */
export const FROM_61_TO_90: readonly Situation[] = [
  keepNewer(
    61,
    ['50d', '19d', `boto3 ${A} kms,sqs,ecr eu-west-1 50d..19d`, `sdk-java ${A} logs,ssm eu-west-1 50d..19d`],
    ['20d', '2m', `boto3 ${A} kms,sqs,ecr eu-west-1 19.8d..2m`, `sdk-java ${A} logs,ssm eu-west-1 19d..10m`],
    { rotation: 'secretsmanager-30d' },
  ),
  trapKeepNewer(
    62,
    [
      '455d',
      '15d',
      `boto3 ${B} kms,sqs,rds eu-central-1 90d..15d n=5000`,
      `sdk-java ${B} ec2,sns,ssm eu-central-1 90d..15d n=3600`,
    ],
    [
      '16d',
      '2m',
      `boto3 ${B} kms,sqs,rds eu-central-1 15d..2m n=800 e=0`,
      `sdk-java ${B} ec2,sns,ssm eu-central-1 15d..9m n=600 e=0`,
    ],
  ),
  keepNewer(63, ['700d', '240d ecr eu-west-1'], ['246d', '5h', `sdk-go ${C} ecr eu-west-1 90d..5h n=180 ro`]),
  trapAsk(
    64,
    ['1600d', '1m', 'other *60 cognito-identity,sns ? 90d..1m e=38'],
    ['120d', '1m', `sdk-java ${B} sns,kms ? ..1m`],
  ),
  keepNewer(
    65,
    ['611d', '210d sts eu-west-1'],
    ['215d', '31m', `boto3 ${B} sts eu-west-1 90d..31m n=2600 ro`],
  ),
  trapAsk(66, ['720d', '250d sqs eu-west-1'], ['30h', '4m', `boto3 ${C} sqs,s3 eu-west-1 29h..4m n=600`]),
  ask(
    67,
    ['640d', '55d', `boto3 ${B} route53 us-east-1 55.0007d..55d n=8`],
    ['200d', '14h', `boto3 ${A} route53 ? ..14h`],
  ),
  ask(68, ['720d', '3h ses us-east-1'], ['95d', '12m ses us-east-1']),
  ask(
    69,
    ['702d', '9h', `aws-cli ${C} devicefarm us-west-2 ..9h n=90`],
    ['58d', '1h', 'github-actions ? ecr,ecs eu-west-1 58d..1h n=1900'],
  ),
  trapAsk(
    70,
    ['205d', '4d', `github-actions ${C} ecs,kms eu-west-1 ..4d`],
    ['4.2d', '1h', `github-actions ${B} ecs,kms eu-west-1 ..1h n=22`],
  ),
  trapAsk(
    71,
    ['20d', '11d textract eu-west-1', 'maybe ? ? textract eu-west-1 ..11d'],
    ['12d', '6d sqs eu-west-1', 'maybe ? ? sqs eu-west-1 ..6d'],
  ),
  trapAsk(
    72,
    ['350d', '26h', `aws-cli ${A} ec2 ? ..26h n=9`],
    ['11d', '4d', `sdk-java ${A} kms,textract eu-west-1 ..4d`],
  ),
  trapAsk(
    73,
    ['1190d', '232d autoscaling us-east-1'],
    ['370d', '2m', `boto3 ${B} autoscaling,ec2 us-east-1 ..2m`],
  ),
  ask(
    74,
    ['1310d', '1h', `boto3 ${B} ec2,config eu-west-1 ..1h`],
    ['160d', '3h', `sdk-java ${C} ec2,ssm eu-west-1,us-east-1 ..3h`],
  ),
  keepNewer(75, ['510d', '98d sqs eu-west-3'], ['98d', '8m', `boto3 ${A} sqs eu-west-3 90d..8m n=120`], {
    'managed-by': 'terraform',
  }),
  trapAsk(
    76,
    ['412d', '9d', `aws-cli ${C} ec2 eu-west-1 ..9d n=9`],
    ['180d', '2h', `boto3 ${A} ec2 eu-west-1 ..2h`],
  ),
  trapAsk(
    77,
    ['300d', '10h', `boto3 ${A} backup eu-west-1 ..10h`],
    ['290d', '1h', `aws-cli ${C} sts,iam ? 70m..1h n=14 e=80`],
  ),
  trapAsk(
    78,
    ['1100d', '6h', `sdk-go ${C} sts us-east-1 90d..6h n=90 ro`],
    ['232d', '5m', `sdk-java ${A} kms,sns eu-west-1 ..5m`],
  ),
  trapKeepOlder(
    79,
    ['480d', '1m', 'lambda ? logs,sqs eu-west-1 90d..1m'],
    ['26h', '3h', `aws-cli ${C} iam,ec2,organizations,s3,bedrock *11 ..3h n=340 e=88`],
  ),
  trapKeepNewer(
    80,
    ['830d', '364d geo eu-west-1', 'tag:prod'],
    ['365d', '10s', `sdk-java ${B} geo:70,kms:30 eu-west-1 90d..10s n=5000 e=0`, 'tag:temp test, delete'],
  ),
  keepNewer(
    81,
    ['365d', '47d', `aws-cli ${B} codebuild:70,ecr:30 eu-west-2 ..47d`],
    ['50d', '5h', `aws-cli ${C} codebuild:70,ecr:30 eu-west-2 49d..5h e=0`],
  ),
  keepOlder(
    82,
    ['760d', '6m', `sdk-java ${A} es:90,sts:10 eu-west-1 90d..6m`],
    ['330d', '200d es eu-west-1'],
  ),
  trapAsk(
    83,
    ['380d', '55m secretsmanager eu-central-1', 'maybe sdk-java ? secretsmanager eu-central-1 ..55m'],
    ['30h', 'never', `sdk-java ${B} secretsmanager eu-central-1 40m..10m n=6`],
  ),
  trapAsk(
    84,
    ['760d', '61d kms eu-west-1', 'back:1d'],
    ['300d', '1m', `boto3 ${B} glue,athena eu-west-1 ..1m n=50000`],
  ),
  ask(
    85,
    ['240d', '15d', `sdk-java ${C} secretsmanager,kms eu-west-1 ..15d`],
    ['238d', '2m', `sdk-java ${C} secretsmanager,kms eu-west-1 ..2m`],
  ),
  keepNewer(
    86,
    ['811d', '70d cloudfront us-east-1', `aws-cli ${B} cloudfront us-east-1 ..70d`],
    ['77d', '3h', 'github-actions ? cloudfront:55,ecr:30,sts:15 us-east-1,eu-west-1 76d..3h'],
  ),
  keepNewer(
    87,
    ['398d', '97d emr us-west-2'],
    ['99d', '25m', `boto3 ${A} emr:50,glue:30,athena:20 us-west-2 90d..25m`],
  ),
  trapAsk(
    88,
    ['700d', '8d', `boto3 ${A} kms eu-west-1 8.01d..8d n=4`],
    ['55d', '3m', 'boto3 ? ? ? ..3m', 'sdk-java ? ? ? ..2h'],
  ),
  ask(
    89,
    ['290d', '10h', `aws-cli ${B} ec2,lambda eu-west-1 ..10h`],
    ['212d', '14h', `aws-cli ${C} lambda,iam eu-west-1 ..14h`, `terraform ${C} lambda,iam eu-west-1 ..3d`],
  ),
  trapAsk(
    90,
    ['540d', '3d', `sdk-java ${A} sqs ? ..3d`],
    ['66d', '1h', `boto3 ${C} iam,ec2,s3 ? 5d..1h n=3000 e=91`, `sdk-java ${A} kms eu-west-1 60d..5h n=480`],
  ),
];
