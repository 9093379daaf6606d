import type { Infno, TransactionMap } from '../../schemas/national/generated';
import type { Profile } from '../../schemas/national/profile';
import type { Institution } from './institutions';
import type { Db } from './store';

/** One message that passed the gateway and the checks of its header, on its way to a handler. */
export interface Call<N extends Infno = Infno> {
  readonly infno: Infno;
  /** The number as sent, which may be an A form. */
  readonly sentInfno: string;
  readonly msgid: string;
  readonly input: TransactionMap[N]['input'];
  readonly profile: Profile;
  readonly institution: Institution;
  readonly opter: string;
  readonly opterName: string;
  /** insuplc_admdvs of the header; empty where none was sent. */
  readonly insuplcAdmdvs: string;
  /** The books that writes go to. */
  readonly db: Db;
  /** The books as queries see them: the same, or an older state of them. */
  readonly view: Db;
  /** Epoch ms on the centre's clock. */
  readonly now: number;
  /** The same moment as `yyyy-MM-dd HH:mm:ss`. */
  readonly nowText: string;
  /** The msgid was seen before and the profile books it again. */
  readonly repeated: boolean;
  /** Fen that a fault moves from the pool to the patient's cash. */
  readonly driftFen: number;
}

/** What a handler answers. */
export interface Reply<N extends Infno> {
  readonly output: TransactionMap[N]['output'];
  /** warn_msg: accepted, with a remark. */
  readonly warning?: string;
}

/** Serves one transaction inside the database transaction of its message. Throws Refusal to say no. */
export type Handler<N extends Infno> = (call: Call<N>) => Reply<N>;
