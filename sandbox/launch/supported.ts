/** What ministack creates from a template such that it does what AWS's would, as far as Solekey relies on it. */
export const SUPPORTED: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::Rule',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
]);

/** Created as they are, but without effect here: said aloud, so that nobody takes the sandbox for a proof of them. */
export const WITHOUT_EFFECT: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'only writes in IAM are checked, by the gateway; test/infra proves all other rights',
  'AWS::IAM::Policy': 'as above',
  'AWS::SQS::QueuePolicy': 'as above',
  'AWS::SNS::TopicPolicy': 'as above',
  'AWS::CloudWatch::Alarm': 'nobody is told when one goes off',
  'AWS::SNS::Subscription': 'no mail leaves this machine; each gets an HTTP twin to a local inbox',
};

/** Resource types that the emulator cannot create, with the reason; they are left out, and what refers to them must be given something else. */
export const DROPPED: Readonly<Record<string, string>> = {
  'AWS::Config::ConfigRule':
    'ministack has no AWS Config; the gateway plays it and runs the deployed function',
};

/** Sections of a template that are left out, with the reason. */
export const DROPPED_SECTIONS: Readonly<Record<string, string>> = {
  Parameters: 'BootstrapVersion: bundles go straight to the emulated bucket, so there is no bootstrap stack',
  Rules: 'CheckBootstrapVersion: as above',
};
