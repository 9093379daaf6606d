import { AbnormalItem } from './AbnormalItem';
import { Admission } from './Admission';
import { Agency } from './Agency';
import { AuditEvent } from './AuditEvent';
import { BankAccount } from './BankAccount';
import { Batch } from './Batch';
import { BatchChunk } from './BatchChunk';
import { BatchReject } from './BatchReject';
import { CaseAct } from './CaseAct';
import { CaseAttachment } from './CaseAttachment';
import { CaseCopy } from './CaseCopy';
import { CaseCounter } from './CaseCounter';
import { CaseDefinitionVersion } from './CaseDefinitionVersion';
import { CaseOperation } from './CaseOperation';
import { CaseReading } from './CaseReading';
import { CaseRound } from './CaseRound';
import { CaseTask } from './CaseTask';
import { Command } from './Command';
import { ContributionFile } from './ContributionFile';
import { ContributionPerson } from './ContributionPerson';
import { ContributionRegister } from './ContributionRegister';
import { ContributionUnit } from './ContributionUnit';
import { CoordinationIssue } from './CoordinationIssue';
import { Delegation } from './Delegation';
import { Deposit } from './Deposit';
import { Division } from './Division';
import { DocumentCounter } from './DocumentCounter';
import { DocumentPrint } from './DocumentPrint';
import { FeeLine } from './FeeLine';
import { FeeUpload } from './FeeUpload';
import { FundRequest } from './FundRequest';
import { JournalEntry } from './JournalEntry';
import { JournalHead } from './JournalHead';
import { JournalLine } from './JournalLine';
import { KeyProof } from './KeyProof';
import { Levy } from './Levy';
import { LoginGuard } from './LoginGuard';
import { MatchingChunk } from './MatchingChunk';
import { MatchingDifference } from './MatchingDifference';
import { MatchingEvent } from './MatchingEvent';
import { MatchingFinding } from './MatchingFinding';
import { MatchingRun } from './MatchingRun';
import { MatchingTotal } from './MatchingTotal';
import { Message } from './Message';
import { MsgidCounter } from './MsgidCounter';
import { OfficeCase } from './OfficeCase';
import { OfficeUser } from './OfficeUser';
import { OpinionPhrase } from './OpinionPhrase';
import { OrderCounter } from './OrderCounter';
import { Payment } from './Payment';
import { PaymentOrder } from './PaymentOrder';
import { PaymentOrderLine } from './PaymentOrderLine';
import { PaymentSplit } from './PaymentSplit';
import { PaymentTrace } from './PaymentTrace';
import { PrepayPool } from './PrepayPool';
import { PrepayQuota } from './PrepayQuota';
import { PrepayWarning } from './PrepayWarning';
import { PrintedDocument } from './PrintedDocument';
import { Reconciliation } from './Reconciliation';
import { ReconciliationDifference } from './ReconciliationDifference';
import { ReconciliationGroup } from './ReconciliationGroup';
import { RoleAssignment } from './RoleAssignment';
import { Settlement } from './Settlement';
import { SettlementFund } from './SettlementFund';
import { SettlementList } from './SettlementList';
import { SheetPrint } from './SheetPrint';
import { SignSession } from './SignSession';
import { SignedDecision } from './SignedDecision';
import { StepReceipt } from './StepReceipt';
import { TaxAnswer } from './TaxAnswer';
import { TaxAside } from './TaxAside';
import { TaxFile } from './TaxFile';
import { TaxPayment } from './TaxPayment';
import { TimelineEvent } from './TimelineEvent';
import { UserSession } from './UserSession';
import { XrClearingBatch } from './XrClearingBatch';
import { XrClearingChunk } from './XrClearingChunk';
import { XrClearingConfirmation } from './XrClearingConfirmation';
import { XrClearingItem } from './XrClearingItem';
import { XrClearingLine } from './XrClearingLine';
import { XrClearingOffice } from './XrClearingOffice';
import { XrClearingPair } from './XrClearingPair';
import { XrClearingParameters } from './XrClearingParameters';
import { XrInstitutionDue, XrInstitutionDuePart } from './XrInstitutionDue';
import { XrIntakeFile } from './XrIntakeFile';
import { XrIntakeReject } from './XrIntakeReject';
import { XrMonthClaim } from './XrMonthClaim';
import { XrPayable } from './XrPayable';
import { XrSettlement } from './XrSettlement';
import { XrSettlementCorrection } from './XrSettlementCorrection';
import { XrSettlementFund } from './XrSettlementFund';

/** All entities, for the data source and for the test that compares them with the migrated schema. */
export const ENTITIES = [
  AbnormalItem,
  Admission,
  Agency,
  AuditEvent,
  BankAccount,
  Batch,
  BatchChunk,
  BatchReject,
  CaseAct,
  CaseAttachment,
  CaseCopy,
  CaseCounter,
  CaseDefinitionVersion,
  CaseOperation,
  CaseReading,
  CaseRound,
  CaseTask,
  Command,
  ContributionFile,
  ContributionPerson,
  ContributionRegister,
  ContributionUnit,
  CoordinationIssue,
  Delegation,
  Deposit,
  Division,
  DocumentCounter,
  DocumentPrint,
  FeeLine,
  FeeUpload,
  FundRequest,
  JournalEntry,
  JournalHead,
  JournalLine,
  KeyProof,
  Levy,
  LoginGuard,
  MatchingChunk,
  MatchingDifference,
  MatchingEvent,
  MatchingFinding,
  MatchingRun,
  MatchingTotal,
  Message,
  MsgidCounter,
  OfficeCase,
  OfficeUser,
  OpinionPhrase,
  OrderCounter,
  Payment,
  PaymentOrder,
  PaymentOrderLine,
  PaymentSplit,
  PaymentTrace,
  PrepayPool,
  PrepayQuota,
  PrepayWarning,
  PrintedDocument,
  Reconciliation,
  ReconciliationDifference,
  ReconciliationGroup,
  RoleAssignment,
  Settlement,
  SettlementFund,
  SettlementList,
  SheetPrint,
  SignSession,
  SignedDecision,
  StepReceipt,
  TaxAnswer,
  TaxAside,
  TaxFile,
  TaxPayment,
  TimelineEvent,
  UserSession,
  XrClearingBatch,
  XrClearingChunk,
  XrClearingConfirmation,
  XrClearingItem,
  XrClearingLine,
  XrClearingOffice,
  XrClearingPair,
  XrClearingParameters,
  XrInstitutionDue,
  XrInstitutionDuePart,
  XrIntakeFile,
  XrIntakeReject,
  XrMonthClaim,
  XrPayable,
  XrSettlement,
  XrSettlementCorrection,
  XrSettlementFund,
] as const;

export * from './AbnormalItem';
export * from './Admission';
export * from './Agency';
export * from './AuditEvent';
export * from './BankAccount';
export * from './Batch';
export * from './BatchChunk';
export * from './BatchReject';
export * from './CaseAct';
export * from './CaseAttachment';
export * from './CaseCopy';
export * from './CaseCounter';
export * from './CaseDefinitionVersion';
export * from './CaseOperation';
export * from './CaseReading';
export * from './CaseRound';
export * from './CaseTask';
export * from './Command';
export * from './ContributionFile';
export * from './ContributionPerson';
export * from './ContributionRegister';
export * from './ContributionUnit';
export * from './CoordinationIssue';
export * from './Delegation';
export * from './Deposit';
export * from './Division';
export * from './DocumentCounter';
export * from './DocumentPrint';
export * from './FeeLine';
export * from './FeeUpload';
export * from './FundRequest';
export * from './JournalEntry';
export * from './JournalHead';
export * from './JournalLine';
export * from './KeyProof';
export * from './Levy';
export * from './LoginGuard';
export * from './MatchingChunk';
export * from './MatchingDifference';
export * from './MatchingEvent';
export * from './MatchingFinding';
export * from './MatchingRun';
export * from './MatchingTotal';
export * from './Message';
export * from './MsgidCounter';
export * from './OfficeCase';
export * from './OfficeUser';
export * from './OpinionPhrase';
export * from './OrderCounter';
export * from './Payment';
export * from './PaymentOrder';
export * from './PaymentOrderLine';
export * from './PaymentSplit';
export * from './PaymentTrace';
export * from './PrepayPool';
export * from './PrepayQuota';
export * from './PrepayWarning';
export * from './PrintedDocument';
export * from './Reconciliation';
export * from './ReconciliationDifference';
export * from './ReconciliationGroup';
export * from './RoleAssignment';
export * from './Settlement';
export * from './SettlementFund';
export * from './SettlementList';
export * from './SheetPrint';
export * from './SignSession';
export * from './SignedDecision';
export * from './StepReceipt';
export * from './TaxAnswer';
export * from './TaxAside';
export * from './TaxFile';
export * from './TaxPayment';
export * from './TimelineEvent';
export * from './UserSession';
export * from './XrClearingBatch';
export * from './XrClearingChunk';
export * from './XrClearingConfirmation';
export * from './XrClearingItem';
export * from './XrClearingLine';
export * from './XrClearingOffice';
export * from './XrClearingPair';
export * from './XrClearingParameters';
export * from './XrInstitutionDue';
export * from './XrIntakeFile';
export * from './XrIntakeReject';
export * from './XrMonthClaim';
export * from './XrPayable';
export * from './XrSettlement';
export * from './XrSettlementCorrection';
export * from './XrSettlementFund';
