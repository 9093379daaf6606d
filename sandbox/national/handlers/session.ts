import { formatCompact } from '../../../domain/calendar';
import type { Handler } from '../call';
import { must } from '../refusal';
import { nextSerial } from '../store';

/** 9001: every call opens a session of its own; older ones of the same operator live on until they expire. */
export const signIn: Handler<'9001'> = ({ input, db, institution, opter, profile, now, nowText }) => {
  must(input.signIn.opter_no === opter, '[签到]操作员编号与报文经办人不一致');
  const signNo = `${institution.admdvs}${formatCompact(now)}${String(nextSerial(db, 'sign_no')).padStart(10, '0')}`;
  db.prepare('DELETE FROM session WHERE expires_at <= ?').run(now);
  db.prepare('INSERT INTO session (sign_no, fixmedins_code, opter, signed_at, expires_at) VALUES (?, ?, ?, ?, ?)').run(
    signNo,
    institution.fixmedins_code,
    opter,
    now,
    now + profile.signNoLifeMinutes * 60_000,
  );
  return { output: { signinoutb: { sign_time: nowText, sign_no: signNo } } };
};

/** 9002. */
export const signOut: Handler<'9002'> = ({ input, db, institution, nowText }) => {
  const gone = db
    .prepare('DELETE FROM session WHERE sign_no = ? AND fixmedins_code = ? AND opter = ?')
    .run(input.signOut.sign_no, institution.fixmedins_code, input.signOut.opter_no);
  must(gone.changes === 1, '[签退]未查询到签到信息');
  return { output: { signoutoutb: { sign_time: nowText } } };
};
