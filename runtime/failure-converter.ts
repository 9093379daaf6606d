import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Puts the message and stack of every failure into a payload, so that the codec encrypts them too; otherwise they stand in
 * histories in clear. Loaded by path in workers and in the workflow bundle, so this module must stay free of Node built-ins.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
