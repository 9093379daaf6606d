export { balance, trialBalance, type BalanceQuery, type TrialBalanceRow } from './balance';
export { LedgerError, type LedgerProblem } from './errors';
export { contraEntry, postEntry, type ContraInput, type EntryInput } from './post';
export { verifyLedger, type LedgerFinding, type LedgerVerdict, type TamperedRow } from './verify';
