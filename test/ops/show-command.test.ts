/** `npm run control -- show` from the command line to the table: where it looks, what it prints, and its exit code. */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it, vi } from 'vitest';
import { caseKey, historyKey, nameKey } from '../../functions/contracts/items.ts';
import { entryHash, historyEntry } from '../../functions/core/case/history.ts';
import { main } from '../../ops/control.ts';
import { ACCOUNT, aCase, NOW, USER_ID } from '../fakes/cases.ts';

const stacks = mockClient(CloudFormationClient);
const dynamo = mockClient(DynamoDBDocumentClient);

const current = aCase({ version: 1 });
const entry = historyEntry(null, current, { at: NOW, rule: 'awaiting', events: [{ code: 'opened' }] }, null);
const stored = { case: current, version: 1, hash: entryHash(entry), failures: 0 };

beforeEach(() => {
  stacks.reset();
  dynamo.reset();
  stacks.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackName: 'Solekey',
        StackId: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/Solekey/1`,
        CreationTime: new Date(0),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'TableName', OutputValue: 'T' }],
      },
    ],
  });
  const name = { ...nameKey(ACCOUNT, 'ci-deploy') };
  dynamo.on(GetCommand).resolves({});
  dynamo.on(GetCommand, { TableName: 'T', Key: name }).resolves({ Item: { userId: USER_ID } });
  dynamo.on(GetCommand, { TableName: 'T', Key: { ...caseKey(ACCOUNT, USER_ID) } }).resolves({ Item: stored });
  dynamo.on(QueryCommand).resolves({ Items: [{ ...historyKey(ACCOUNT, USER_ID, 1), entry }] });
});

/** Runs the command line; returns its exit code with all that it printed. */
async function run(...args: readonly string[]) {
  const said: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  const code = await main(args);
  for (const spy of spies) {
    spy.mockRestore();
  }
  return { code, text: said.join('') };
}

it('finds the user by name in the account of the stack, and writes nothing', async () => {
  const { code, text } = await run('show', 'ci-deploy');
  expect(code).toBe(0);
  expect(text).toContain(`IAM user ci-deploy (${USER_ID}), account ${ACCOUNT}`);
  expect(text).toContain('   1  23 Nov 2026, 16:10 UTC  the case was opened');
  expect(text).toMatch(/The record is as Solekey wrote it: 1 entry leads/);
  const commands = dynamo.commandCalls(GetCommand).length + dynamo.commandCalls(QueryCommand).length;
  expect(dynamo.calls()).toHaveLength(commands);
});

it('ends with another exit code if the record was changed', async () => {
  dynamo.on(QueryCommand).resolves({ Items: [] });
  const { code, text } = await run('show', 'ci-deploy');
  expect(code).toBe(3);
  expect(text).toContain('- Entry 1 is missing or cannot be read.');
});

it('says that nothing is stored about a user', async () => {
  const { code, text } = await run('show', 'nobody');
  expect(code).toBe(1);
  expect(text).toMatch(/^Nothing was changed. Solekey has no case about a user "nobody" in account/);
});
