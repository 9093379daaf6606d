/**
 * What the centre says no with. `infcode` and text go into the ordinary envelope with an inf_refmsgid, so that a client
 * can tell an answer of the centre from an error of the gateway in front of it.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly text: string,
    readonly infcode = -1,
    options?: ErrorOptions,
  ) {
    super(text, options);
  }
}

/** An error of the gateway: the request never reached the centre. Answered as `{type:'error', infcode:-1, err_msg}`. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';

  constructor(readonly text: string) {
    super(text);
  }
}

/** Throws a Refusal with `text` unless `held`. */
export function must(held: unknown, text: string): asserts held {
  if (!held) throw new Refusal(text);
}
