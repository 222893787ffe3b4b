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

/** Situations 91 to 115. */
export const FROM_91_TO_115: readonly Situation[] = [
  ask(91, ['420d', '2d sqs eu-west-1', 'lookup:denied'], ['39d', '1h sqs eu-west-1', 'lookup:denied']),
  ask(
    92,
    ['455d', '3m', `boto3 ${A} autoscaling:70,ec2:30 us-east-1 ..3m`],
    ['450d', '5m', `boto3 ${C} autoscaling:70,ec2:30 ap-southeast-2 ..5m`],
  ),
  trapKeepOlder(
    93,
    ['715d', '18m', `boto3 ${A} sqs,ecs eu-west-1 90d..18m n=3600`],
    ['39d', '35d', `boto3 ${C} sqs,ecs us-east-1 38d..35d n=2000000`],
  ),
  ask(
    94,
    ['1020d', '88d', `boto3 ${B} athena us-east-1 88.08d..88d n=41`],
    ['265d', '1h', `boto3 ${B} glue:60,athena:40 ? ..1h`],
  ),
  keepNewer(
    95,
    ['533d', '140d ec2 eu-north-1'],
    [
      '143d',
      '26h',
      `aws-cli ${A} ec2,logs,iam eu-north-1 ..26h n=800`,
      `aws-cli ${B} ec2,logs,iam eu-north-1 ..3d n=100`,
      `aws-cli ${C} ec2,logs,iam eu-north-1 ..6d n=100`,
    ],
  ),
  trapAsk(
    96,
    ['800d', '26h', `aws-cli ${A} iam,organizations us-east-1 ..26h`],
    ['795d', 'never', 'tag:break glass, envelope 7'],
  ),
  trapKeepNewer(
    97,
    [
      '840d',
      '7m',
      'other *31 sts,iam ? 12d..7m e=94 ro',
      `sdk-java ${A} sqs,kms eu-west-1 ..41d`,
      `boto3 ${A} sqs,kms eu-west-1 ..41d`,
    ],
    [
      '44d',
      '25m',
      `sdk-java ${A} sqs,kms eu-west-1 41d..25m e=0`,
      `boto3 ${A} sqs,kms eu-west-1 41d..50m e=0`,
    ],
  ),
  ask(
    98,
    ['390d', '7m', `boto3 ${A} ecs,secretsmanager eu-west-1 ..7m`],
    ['45d', '2m', `boto3 ${A} sts ? 45d..2m n=12960 ro`],
  ),
  keepOlder(
    99,
    ['777d', '30s', `sdk-java ${C} servicediscovery,ec2 eu-west-1 90d..30s`],
    ['131d', '130d logs eu-west-1', 'tag:debug INC-2204'],
  ),
  keepNewer(
    100,
    ['1290d', '447d codeartifact eu-west-3'],
    ['455d', '14m', 'aws-cli 2001:db8:91::/64 codeartifact:75,ecr:25 eu-west-3 ..14m'],
  ),
  keepOlder(
    101,
    ['226.17d', '2m', `sdk-dotnet ${A} ssm:64,kms:36 me-central-1 90d..2m e=0`],
    ['226d', 'never'],
  ),
  keepNewer(
    102,
    ['780d', '204d rds ap-northeast-1'],
    ['219d', '3m', `sdk-php ${B} sqs:60,rds:25,kms:15 ap-northeast-3 90d..3m e=0`],
  ),
  keepOlder(
    103,
    ['523d', '50s', `sdk-ruby ${C} kms:66,secretsmanager:34 eu-central-2 90d..50s`],
    ['158d', 'never'],
    { rotation: 'secretsmanager-365d' },
  ),
  keepNewer(
    104,
    ['990d', '268d transfer ca-central-1'],
    ['301d', '8m', `sdk-dotnet ${A} transfer:68,sqs:32 ca-central-1 90d..8m`],
    { vendor: 'ended, record 118' },
  ),
  keepOlder(
    105,
    [
      '865d',
      '11m',
      `sdk-java ${C} ec2:58,fsx:42 eu-central-1 90d..11m`,
      `aws-cli ${C} ec2:58,fsx:42 eu-central-1 90d..5h`,
    ],
    ['322d', '303d ec2 ap-south-1'],
  ),
  keepNewer(
    106,
    ['960d', '286d route53 us-east-1'],
    ['288d', '40s', `sdk-go ${C} route53 us-east-1 90d..40s`],
  ),
  keepOlder(
    107,
    ['1410d', '1m', `sdk-rust ${B} iotsitewise:83,kms:17 eu-north-1 90d..1m`],
    ['195d', '186d iotsitewise eu-north-1'],
    { standby: 'none' },
  ),
  keepNewer(
    108,
    ['690d', '332d sqs ap-south-2'],
    [
      '333d',
      '20s',
      `sdk-ruby ${B} sqs:52,kms:33,ssm:15 ap-south-2 90d..20s e=1`,
      `aws-cli ${A} sqs:52,kms:33,ssm:15 ap-south-2 90d..5h e=1`,
    ],
  ),
  keepOlder(
    109,
    ['1120d', '17m', 'sdk-dotnet 2001:db8:5c::/64 ec2:81,license-manager:19 us-east-2 90d..17m'],
    ['447d', '388d mgn us-east-2'],
  ),
  keepNewer(
    110,
    ['1365d', '221d redshift eu-south-2'],
    ['236d', '9h', `boto3 ${C} redshift:74,glue:26 eu-south-2 90d..9h e=0`],
  ),
  keepOlder(
    111,
    ['744d', '4m', `sdk-javascript ${A} connect:55,lambda:45 us-west-2 90d..4m`],
    ['262d', '233d lex us-west-2', 'tag:bot pilot'],
  ),
  keepNewer(
    112,
    ['1702d', '644d translate ap-southeast-1'],
    ['661d', '25m', `sdk-javascript ${B} translate:88,polly:12 ap-southeast-1 90d..25m`],
  ),
  keepOlder(
    113,
    ['1015d', '10h', `sdk-go ${A} storagegateway:77,backup:23 sa-east-1 90d..10h`],
    ['152d', '147d storagegateway sa-east-1', 'tag:loan unit, return by Friday'],
  ),
  keepNewer(
    114,
    ['1240d', '166d timestream eu-central-1'],
    ['164d', '12m', `sdk-cpp ${C} timestream eu-central-1 90d..12m ro`],
  ),
  keepNewer(
    115,
    ['541d', '176d iam us-east-1'],
    ['176d', '30s', `sdk-go ${A} iam:91,sts:9 us-east-1 90d..30s e=1`],
  ),
];
