import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Launched } from '../../launch/launch.ts';

interface Target {
  readonly Input?: string;
}

/**
 * Invokes the survey as its schedule in the template does. Only it reads which users are administrators, and nobody has them
 * decided together before that is known.
 */
export async function runSurvey({ assembly, clients, deployed }: Launched): Promise<void> {
  const { EvaluateFunctionName: FunctionName } = deployed.outputs;
  const inputs = Object.values(assembly.template.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::Events::Rule'
      ? ((Properties?.Targets ?? []) as readonly Target[]).flatMap(({ Input }) => Input ?? [])
      : [],
  );
  const [input, ...others] = inputs.filter((one) => one.includes('"solekey"'));
  if (input === undefined || others.length > 0) {
    throw new Error('the template should have one schedule of the survey');
  }
  const lambda = clients.make(LambdaClient);
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(input) }));
  lambda.destroy();
  if (answer.FunctionError !== undefined) {
    throw new Error(`the survey failed: ${Buffer.from(answer.Payload ?? []).toString('utf8')}`);
  }
}
