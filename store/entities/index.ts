import { AbnormalItem } from './AbnormalItem';
import { Admission } from './Admission';
import { Command } from './Command';
import { Deposit } from './Deposit';
import { FeeLine } from './FeeLine';
import { FeeUpload } from './FeeUpload';
import { JournalEntry } from './JournalEntry';
import { JournalHead } from './JournalHead';
import { JournalLine } from './JournalLine';
import { KeyProof } from './KeyProof';
import { Message } from './Message';
import { MsgidCounter } from './MsgidCounter';
import { Reconciliation } from './Reconciliation';
import { ReconciliationDifference } from './ReconciliationDifference';
import { ReconciliationGroup } from './ReconciliationGroup';
import { Settlement } from './Settlement';
import { SettlementFund } from './SettlementFund';
import { SettlementList } from './SettlementList';
import { SheetPrint } from './SheetPrint';
import { SignSession } from './SignSession';
import { StepReceipt } from './StepReceipt';
import { TimelineEvent } from './TimelineEvent';

/** All entities, for the data source and for the test that compares them with the migrated schema. */
export const ENTITIES = [
  AbnormalItem,
  Admission,
  Command,
  Deposit,
  FeeLine,
  FeeUpload,
  JournalEntry,
  JournalHead,
  JournalLine,
  KeyProof,
  Message,
  MsgidCounter,
  Reconciliation,
  ReconciliationDifference,
  ReconciliationGroup,
  Settlement,
  SettlementFund,
  SettlementList,
  SheetPrint,
  SignSession,
  StepReceipt,
  TimelineEvent,
] as const;

export * from './AbnormalItem';
export * from './Admission';
export * from './Command';
export * from './Deposit';
export * from './FeeLine';
export * from './FeeUpload';
export * from './JournalEntry';
export * from './JournalHead';
export * from './JournalLine';
export * from './KeyProof';
export * from './Message';
export * from './MsgidCounter';
export * from './Reconciliation';
export * from './ReconciliationDifference';
export * from './ReconciliationGroup';
export * from './Settlement';
export * from './SettlementFund';
export * from './SettlementList';
export * from './SheetPrint';
export * from './SignSession';
export * from './StepReceipt';
export * from './TimelineEvent';
