import type { DataConverter } from '@temporalio/common';
import type { KeyRing } from './keys';
import type { Logger } from './logger';
import { plainPayloads } from './metrics';
import { createPayloadCodec } from './payload-codec';

/** Path of the module with the failure converter; also `failureConverterPath` of a workflow bundle. */
export const FAILURE_CONVERTER_PATH = require.resolve('./failure-converter');

/**
 * The data converter that every worker and client must use.
 * @param side a worker marks an unencrypted payload as refused, a client throws PlainPayloadError on one.
 */
export function createDataConverter(keyRing: KeyRing, side: 'worker' | 'client', logger: Logger): DataConverter {
  const onPlain = (encoding: string): void => {
    plainPayloads.inc({ side });
    logger.error({ encoding, side }, '收到未加密的载荷, 已拒收; 命令行须带 --codec-endpoint 与 --codec-auth');
  };
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [createPayloadCodec({ keyRing, plain: side === 'worker' ? 'mark' : 'throw', onPlain })],
  };
}
