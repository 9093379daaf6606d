import { isGrpcServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import type { OutcomeCode } from '../domain/outcomes';
import { StoreError } from '../store/errors';

/** gRPC codes after which the same call may be sent again: the server was not reached, is busy or did not answer in time. */
const TRANSIENT_GRPC: ReadonlySet<number> = new Set([
  1, // CANCELLED
  4, // DEADLINE_EXCEEDED
  8, // RESOURCE_EXHAUSTED
  10, // ABORTED
  13, // INTERNAL
  14, // UNAVAILABLE
]);

/** Whether a Temporal call failed for want of the server, not for what was asked. */
export function isTemporalOutage(error: unknown): boolean {
  for (let layer = error, depth = 0; layer instanceof Error && depth < 6; layer = layer.cause, depth += 1) {
    if (layer instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
    if (isGrpcServiceError(layer)) return TRANSIENT_GRPC.has(layer.code);
  }
  return false;
}

/** The 503 outcome of an error that means "a service behind us is away", or null. */
export function classifyServiceFailure(error: unknown): Extract<OutcomeCode, 'STORE_UNAVAILABLE' | 'TEMPORAL_UNAVAILABLE'> | null {
  if (error instanceof StoreError) return 'STORE_UNAVAILABLE';
  return isTemporalOutage(error) ? 'TEMPORAL_UNAVAILABLE' : null;
}
