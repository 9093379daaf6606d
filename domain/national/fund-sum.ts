/**
 * fund_pay_sumamt (基金支付总额) contains the personal account in some provinces and not in others. Inside the program it
 * never does; settlements, 3201 totals and 3202 rows are converted where they meet the wire.
 */
import { add, type Fen } from '../money';
import type { Profile } from '../../schemas/national/profile';

type Reading = Pick<Profile, 'accountInFundSum'>;

/** The sum as this province writes it, from the one without the personal account. Both amounts in fen. */
export function fundSumOnWire(profile: Reading, withoutAccount: Fen, acctPay: Fen): Fen {
  return profile.accountInFundSum ? add(withoutAccount, acctPay) : withoutAccount;
}
