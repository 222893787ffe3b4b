/**
 * Usual names of the services that IAM names by their endpoints, including abbreviations of more than three letters.
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['apigateway', 'API Gateway'],
  ['athena', 'Athena'],
  ['autoscaling', 'Auto Scaling'],
  ['bedrock', 'Bedrock'],
  ['cloudformation', 'CloudFormation'],
  ['cloudfront', 'CloudFront'],
  ['cloudtrail', 'CloudTrail'],
  ['cloudwatch', 'CloudWatch'],
  ['codeartifact', 'CodeArtifact'],
  ['codebuild', 'CodeBuild'],
  ['codecommit', 'CodeCommit'],
  ['codedeploy', 'CodeDeploy'],
  ['codepipeline', 'CodePipeline'],
  ['cognito-idp', 'Cognito'],
  ['config', 'AWS Config'],
  ['dynamodb', 'DynamoDB'],
  ['elasticache', 'ElastiCache'],
  ['elasticbeanstalk', 'Elastic Beanstalk'],
  ['elasticfilesystem', 'EFS'],
  ['elasticloadbalancing', 'Elastic Load Balancing'],
  ['elasticmapreduce', 'EMR'],
  ['es', 'OpenSearch'],
  ['events', 'EventBridge'],
  ['execute-api', 'API Gateway'],
  ['firehose', 'Data Firehose'],
  ['glacier', 'S3 Glacier'],
  ['glue', 'Glue'],
  ['iot', 'IoT'],
  ['kinesis', 'Kinesis'],
  ['lambda', 'Lambda'],
  ['logs', 'CloudWatch Logs'],
  ['monitoring', 'CloudWatch'],
  ['organizations', 'Organizations'],
  ['redshift', 'Redshift'],
  ['route53', 'Route 53'],
  ['sagemaker', 'SageMaker'],
  ['secretsmanager', 'Secrets Manager'],
  ['ssm', 'Systems Manager'],
  ['states', 'Step Functions'],
]);

/**
 * The usual name of a service: `DynamoDB` for `dynamodb`. Unknown names of up to three letters are taken for
 * abbreviations; longer ones stay as IAM gives them.
 */
export function serviceName(service: string): string {
  const current = NAMES.get(service.toLowerCase());
  return current ?? (service.length <= 3 ? service.toUpperCase() : service);
}
