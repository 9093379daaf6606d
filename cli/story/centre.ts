/** A settlement as the centre keeps it; amounts in fen by their national names, the account outside fund_pay_sumamt. */
export interface CentreSettlement {
  readonly setl_id: string;
  readonly mdtrt_id: string;
  readonly fixmedins_code: string;
  readonly setl_time: string;
  readonly msgid: string;
  /** '0' live, '1' refunded or reversed. */
  readonly refd_setl_flag: string;
  readonly amounts: Readonly<Record<string, number>>;
  readonly setldetail: readonly { readonly fund_pay_type: string; readonly fund_payamt: number }[];
}

export interface CentreMessage {
  readonly infno: string;
  readonly msgid: string;
  readonly infcode: string | number | null;
}

interface Firing {
  readonly infno: string;
  readonly msgid: string;
}

/** The other side, asked past the product: what really happened there. */
export interface Centre {
  settlements(mdtrtId: string): Promise<readonly CentreSettlement[]>;
  /** All settlements of all institutions. */
  booked(): Promise<readonly CentreSettlement[]>;
  messages(): Promise<readonly CentreMessage[]>;
  /** The next answer to this transaction is lost after the centre committed: the connection is reset. */
  loseNextAnswer(infno: string): Promise<void>;
  /** Faults that fired since the last one was set. */
  firings(): Promise<readonly Firing[]>;
}

export function openCentre(base: string): Centre {
  async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
    const answer = await fetch(`${base}${path}`, { ...init, headers: { 'content-type': 'application/json' } });
    if (!answer.ok) throw new Error(`沙箱 ${path} 答复 ${answer.status}：${(await answer.text()).slice(0, 300)}`);
    return (await answer.json()) as T;
  }
  const booked = async (): Promise<CentreSettlement[]> =>
    (await ask<{ settlements: CentreSettlement[] }>('/_records?kind=settlements')).settlements;
  return {
    settlements: async (mdtrtId) => (await booked()).filter((settlement) => settlement.mdtrt_id === mdtrtId),
    booked,
    messages: async () => (await ask<{ messages: CentreMessage[] }>('/_records?kind=messages')).messages,
    async loseNextAnswer(infno) {
      const faults = [{ infno, nth: 1, times: 1, phase: 'after-commit', kind: 'reset' }];
      await ask('/_faults', { method: 'PUT', body: JSON.stringify({ faults }) });
    },
    firings: async () => (await ask<{ firings: Firing[] }>('/_faults')).firings,
  };
}
