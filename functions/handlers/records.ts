import { IdempotencyAlreadyInProgressError } from '@aws-lambda-powertools/idempotency';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { caseReader } from '../adapters/case-reader.ts';
import { documentClient, dynamoClient, kmsClient, s3Client } from '../adapters/clients.ts';
import { accountOf, lambdaClock } from '../adapters/clock.ts';
import { csvText } from '../adapters/csv.ts';
import { named } from '../adapters/environment.ts';
import { powertoolsLog } from '../adapters/log.ts';
import { onceIn } from '../adapters/once.ts';
import { zipped } from '../adapters/pack-zip.ts';
import { anchorStore } from '../adapters/records/anchor-store.ts';
import { historyStore } from '../adapters/records/history-store.ts';
import { inventoryReader } from '../adapters/records/inventory-reader.ts';
import { publicKeyOf, recordSigner } from '../adapters/records/signer.ts';
import { loadPolicy, loadRecordedSettings, loadRelease } from '../adapters/settings.ts';
import { type Made, makeRecords } from '../app/records/make-records.ts';
import { readPackOrder } from '../contracts/pack-order.ts';
import { statedIn } from '../contracts/stated.ts';
import { wordsIn } from '../contracts/statement-item.ts';
import { tableRestores } from '../contracts/table-restored.ts';
import { jsonText } from '../core/inventory/lines.ts';
import { sha256 } from '../core/model/digest.ts';

const logger = new Logger({ serviceName: 'records' });
const metrics = new Metrics({ namespace: 'Solekey', serviceName: 'records' });
const dynamo = dynamoClient();
const documents = documentClient(dynamo);
const s3 = s3Client();
const kms = kmsClient();
const keyId = named('RECORDS_KEY_ID');
const settings = `${jsonText(loadRecordedSettings(), 2)}\n`;
const lasting = {
  history: historyStore(documents, named('TABLE_NAME')),
  anchors: anchorStore(s3, named('RECORDS_BUCKET'), publicKeyOf(kms, keyId)),
  signer: recordSigner(kms, keyId),
  inventories: inventoryReader(s3, named('INVENTORY_BUCKET')),
  cases: caseReader(documents, named('TABLE_NAME')),
  policy: loadPolicy(),
  csv: csvText,
  zip: zipped,
  orderIn: readPackOrder,
  restoresIn: tableRestores,
  statedIn,
  wordsIn,
  log: powertoolsLog(logger, metrics),
  release: loadRelease(),
  settings: { name: 'settings.json', type: 'application/json', content: settings },
  settingsHash: sha256(settings),
};

/** Records what is new and signs it. The event's content is ignored. */
export const handler = async (_event: unknown, context: Context): Promise<Made> => {
  logger.addContext(context);
  const account = accountOf(context);
  const once = onceIn(dynamo, named('ONCE_TABLE_NAME'), context);
  try {
    return await makeRecords(
      {
        ...lasting,
        clock: lambdaClock(context),
        once: async (number, work) => {
          await once(`anchor ${account} ${number}`, work).catch((error: unknown) => {
            if (!(error instanceof IdempotencyAlreadyInProgressError)) {
              throw error;
            }
          });
        },
      },
      account,
    );
  } finally {
    if (metrics.hasStoredMetrics()) {
      metrics.publishStoredMetrics();
    }
  }
};
