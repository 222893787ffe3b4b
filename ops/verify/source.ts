/** The stack whose records are checked, as it is in AWS. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe } from '../control/aws/stack.ts';
import { Refused } from '../control/trouble.ts';

/** The table and the bucket of a stack. */
export interface Source {
  readonly account: string;
  readonly documents: DynamoDBDocumentClient;
  readonly table: string;
  readonly s3: S3Client;
  readonly bucket: string;
}

/** Finds table and bucket by the outputs of the stack. Throws Refused if it has none. */
export async function openSource(stack: string, region: string): Promise<Source> {
  const { account, outputs } = await describe(new CloudFormationClient({ region }), stack, region);
  const { TableName: table = '', RecordsBucketName: bucket } = outputs;
  if (bucket === undefined) {
    throw new Refused(
      `The stack "${stack}" in ${region} has no output RecordsBucketName: deploy release 0.11.0 or a newer one first.`,
    );
  }
  // A number that somebody made too large for JavaScript must not stop the reading.
  const unmarshallOptions = { wrapNumbers: Number };
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ region }), { unmarshallOptions });
  return { account, documents, table, s3: new S3Client({ region }), bucket };
}
