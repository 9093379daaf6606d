import type { Messages } from './zh-CN';

const en: Messages = {
  app: { name: 'Anjie', title: 'Anjie workbench' },
  nav: { label: 'Main', skip: 'Skip to content', inbox: 'Cases', new: 'New', stays: 'Stays', clearing: 'Clearing', prepayment: 'Prepayment', payments: 'Payments', documents: 'Documents', statistics: 'Statistics', ops: 'Operations', people: 'People', account: 'Account and delegation', leave: 'Log out' },
  page: { inbox: 'Cases', case: 'Case', newCase: 'New case', stays: 'Stays', stay: 'Stay', clearing: 'Cross-region clearing', clearingBatch: 'Clearing', prepayment: 'Cross-region prepayment', pool: 'Pool of prepayment', payments: 'Disbursement and payments', paymentOrder: 'Payment order', documents: 'Documents', statistics: 'Cross-region statistics', ops: 'Operations', people: 'People and rights', account: 'Account and delegation', logIn: 'Log in', unknown: 'No such page' },
  state: { loading: 'Loading…', empty: 'Nothing here', failed: 'That did not work; try again', noAnswer: 'The service does not answer; check the network and try again', retry: 'Try again', unknownPage: 'The address is wrong, or the content has moved.' },
  time: { minutes: '{n} min', hours: '{n} h', days: '{n} days' },
  due: { left: '{span} left', over: '{span} overdue', at: 'Due {at}' },
  logIn: { login: 'Log-in name', password: 'Password', code: 'One-time code', codeHint: 'Type the six digits that your authenticator shows.', enter: 'Log in', confirm: 'Confirm', again: 'Start over', provider: 'Log in with the identity provider', lost: 'Your session has ended. Log in to return to the page.' },
  inbox: {
    todo: 'To do', done: 'Done', mine: 'Started by me', delegated: 'Delegated', overdue: 'Overdue',
    find: 'Number or key begins with', definition: 'Kind', division: 'Division', period: 'Period', amount: 'Amount (yuan)', amountFrom: 'Amount from (yuan)', amountTo: 'Amount to (yuan)', filter: 'Filter', clear: 'Clear filters',
    case: 'Case', step: 'Step', maker: 'Maker', opened: 'Arrived', doneAt: 'Done at', due: 'Due', round: 'Round {n}',
    live: 'Live', notLive: 'Not connected', updated: 'The inbox has changed; {n} to do', picked: '{n} selected', pickAll: 'Select this page', pick: 'Select {title}', bulk: 'Approve selected', unpick: 'Clear selection', mayNot: 'You cannot approve this case now',
    previous: 'Previous', next: 'Next', page: 'Page {n}', keys: 'Keyboard ?', noneFound: 'No case matches the filters',
    none: { todo: 'Nothing to do', done: 'Nothing done yet', mine: 'No case started yet', delegated: 'Nothing is delegated to you', overdue: 'Nothing is overdue' },
  },
  keys: { title: 'Keyboard', j: 'Next', k: 'Previous', Enter: 'Open', x: 'Select', a: 'Approve', search: 'Find', help: 'This list' },
  bulk: { title: 'Approve {n} cases', able: '{able} of {all} can be approved', signed: '{n} of {all} approved', outcome: 'Outcome', ok: 'Approved', will: 'Can be approved', not: 'Cannot', accepted: 'Accepted, under way', changed: 'changed since the list was opened', sign: 'Approve {n}', close: 'Close' },
  acts: {
    submit: 'Submit', accept: 'Accept', approve: 'Approve', return: 'Return', reject: 'Reject', object: 'Object', withdraw: 'Withdraw', transfer: 'Transfer', addSigner: 'Add signer', urge: 'Urge', suspend: 'Suspend', resume: 'Resume', void: 'Void', copy: 'Copy to', amend: 'Amend',
  },
  explain: {
    submit: 'The case goes to its first step.', accept: 'The case becomes yours to handle.', return: 'The maker corrects it; a new round begins.', reject: 'The case ends here without effect.', object: 'Records an objection for this slot.', withdraw: 'Possible until the review begins.', transfer: 'Another person of the same role handles it.',
    addSigner: 'Adds a slot that must sign.', urge: 'Reminds whoever the case waits for.', suspend: 'The clock stops while material is awaited.', resume: 'The clock runs again.', void: 'Cannot be taken back; the number stays.', copy: 'They can read it and take no part.', amend: '',
  },
  act: { opinion: 'Opinion', reason: 'Reason', phrases: 'Phrases', cancel: 'Cancel', confirm: '{act}', done: 'Done: {act}', toUser: 'Person', toRole: 'Role', toDivision: 'Division', findUser: 'Find by name or log-in name', userId: 'User number' },
  phrases: {
    default: '同意。', approve: ['同意。', '经审核，材料齐全，同意。', '金额核对无误，同意。'], return: ['材料不齐，请补充。', '金额与附件不符，请核对。', '所属期填写有误，请更正。'], reject: ['不符合规定，不予通过。', '重复申请，不予通过。'],
    object: ['金额与本地数据不符。', '本地查无此笔结算。'], withdraw: ['填写有误，撤回重办。'], transfer: ['本人外出，请代为办理。'], addSigner: ['请会签。'], urge: ['期限将至，请尽快办理。'], suspend: ['等待补充材料。'], resume: ['材料已到，恢复办理。'], void: ['办理有误，作废。'], copy: [], submit: [], accept: [], amend: [],
  },
  chain: {
    title: 'Approval chain', automatic: 'Automatic', state: { done: 'done', current: 'current', todo: 'to come', skipped: 'skipped' }, slot: { done: 'signed', objected: 'objected', returned: 'returned', rejected: 'rejected', void: 'void', open: 'waiting' }, kept: 'kept from round {n}',
  },
  timeline: { title: 'Timeline', system: 'System', forWhom: 'for {name}', round: 'round {n}' },
  case: {
    form: 'Form', changes: '{n} changes since the last round', acts: 'Acts', more: 'More', print: 'Print', waits: 'Waits for', failure: 'Not registered', document: 'Document', results: 'Result', related: 'Related', temporal: 'See the workflow in Temporal', resubmit: 'Amend and submit', keep: 'Save without submitting', updated: 'The case has changed: {status}', decided: '{name} decided at {at}. This is the case as it stands now.',
  },
  form: {
    malformed: 'Not a number; amounts have at most two decimals', changed: 'changed', before: 'Before', addRow: 'Add a row', rows: '{n} rows', paste: 'rows copied from a spreadsheet can be pasted into a cell', remove: 'Remove', submit: 'Submit', save: 'Save as draft', discard: 'Clear', kept: 'What is not submitted is kept in this tab only.', faulty: 'Correct the marked fields first.', submitted: 'Submitted: {caseNo}', saved: 'Saved as draft: {caseNo}', division: 'Division', findDefinition: 'Find a kind of case', noneToStart: 'Your roles cannot start any case',
  },
  attachment: { title: 'Attachments', add: 'Upload', none: 'Drop files here, or press Upload.', empty: 'The file is empty', tooLarge: 'Larger than {size}', type: 'This kind of file is not taken; PDF, pictures, sheets, documents and text are', dismiss: 'Dismiss', withdrawn: 'withdrawn' },
  unmask: { show: 'Show', hide: 'Hide', title: 'Show what is masked', explain: 'This is recorded in the audit. Say why you need it.', reason: 'Reason' },
  stay: {
    iptNo: 'Stay no.', patient: 'Patient', institution: 'Institution', institutionCode: 'Institution code', stage: 'Stage', admitted: 'Admitted', discharged: 'Discharged', medfee: 'Total', fund: 'Fund pays', waits: 'Waits for', round: 'registration {n}', number: 'Stay {n}', certno: 'ID number', mdtrtId: 'Visit number', money: 'Money (yuan)', settledFee: 'Settled', unsettled: 'Not settled', deposit: 'Deposit balance',
    final: 'Settlement', interim: 'Mid-stay settlement', status: { live: 'live', cancelled: 'cancelled', held: 'held' }, sheet: 'Sheet', applied: 'Deposit applied', refund: 'Deposit refunded', topUp: 'Paid in addition', more: 'More',
  },
  stages: { opened: 'opened', admitted: 'in hospital', discharged: 'discharged', settled: 'settled', selfPay: 'self-paid', cancelled: 'cancelled', refused: 'refused' },
  amounts: {
    medfee_sumamt: 'Total charges', fund_pay_sumamt: 'Funds pay', hifp_pay: 'Pooled fund', cvlserv_pay: 'Civil servant subsidy', hifmi_pay: 'Serious illness', hifob_pay: 'Large amounts', maf_pay: 'Medical aid', oth_pay: 'Other', psn_part_amt: 'Patient bears', acct_pay: 'Personal account', psn_cash_pay: 'Cash', hosp_part_amt: 'Hospital bears',
  },
  money: { city: 'City', fund: 'Fund', insutype: 'Insurance', period: 'Month', state: 'State', kind: 'Kind', sum: 'Total', case: 'Case', links: 'Related', csv: 'Download CSV', at: 'Time', day: 'Date' },
  insutypes: { 310: 'Employees', 390: 'Residents', 510: 'Maternity' },
  clearing: {
    batch: 'Batch', titleOf: '{office}: clearing of {period}', none: 'No clearing yet', items: 'Settlements', movedOut: 'Moved out', total: 'Payable (yuan)', generatedAt: 'Generated', approvedAt: 'Approved', side: 'Payable or receivable', allCities: 'All cities', kind: 'Kind', count: 'Count', difference: 'Difference (yuan)', whole: 'Province', balanced: 'Balanced', unbalanced: 'Not balanced', confirmations: 'Confirmations',
    thisMonth: 'This month (yuan)', lastMonth: 'Last month (yuan)', monthOnMonth: 'Change', lastYear: 'Last year (yuan)', yearOnYear: 'Change', setlId: 'Settlement', funds: 'Funds (yuan)', reason: 'Reason', by: 'Raised by', movedTo: 'Moved to', drawn: 'Ordered (yuan)', noPayables: 'Payables appear once the clearing is approved',
    lines: 'Clearing table', cities: 'Cities', comparison: 'Comparison', decided: 'Objected and moved out', payables: 'Payables',
    states: { generating: 'Generating', draft: 'Under review', approved: 'Approved', undone: 'Approval undone', withdrawn: 'Withdrawn' }, sides: { payable: 'Payable by insured place', receivable: 'Receivable by care place' }, cityOf: { payable: 'Insured place', receivable: 'Care place' }, otherOf: { payable: 'Care place', receivable: 'Insured place' }, amountOf: { payable: 'Payable (yuan)', receivable: 'Receivable (yuan)' },
    kinds: { current: 'This month', late: 'Late', contra: 'Reversal', deduction: 'Deduction' }, confirmed: { confirmed: 'Confirmed', objected: 'Objected', tacit: 'Confirmed by deadline' }, decisions: { movedOut: 'Moved out', objected: 'Objected', kept: 'Objection refused' }, reasons: { amount: 'Amount', identity: 'Person', duplicate: 'Duplicate', scope: 'Scope', other: 'Other' }, payableStates: { open: 'Valid', void: 'Void' },
  },
  prepay: {
    pools: 'Quotas and balances', warnings: 'Warnings', none: 'No prepayment', noWarnings: 'No warning this month', noMovements: 'No movements', quota: 'Quota (yuan)', paidIn: 'Paid in (yuan)', drawn: 'Drawn (yuan)', closing: 'At month end (yuan)', balance: 'Balance now (yuan)', underway: 'Underway (yuan)', difference: 'To pay in or return (yuan)', rate: 'Use rate', clearing: 'Clearing (yuan)', held: 'Held (yuan)',
    titleOf: '{city}: prepayment, {fund}', movements: 'Movements', memo: 'Memo', change: 'Change (yuan)', entry: 'Entry', postedAt: 'Posted', quotas: 'Versions of the quota', year: 'Year', version: 'Version', quotaKind: 'Kind', before: 'Before (yuan)', quotaKinds: { annual: 'Annual', emergency: 'Emergency', restored: 'Restored' }, levels: { normal: 'Normal', yellow: 'Yellow warning', red: 'Red warning' },
  },
  pay: {
    orders: 'Orders', payments: 'Payments', orderNo: 'Order', noOrders: 'No orders', noPayments: 'No payments', payer: 'Payer', payee: 'Payee', sides: 'Payer, payee', payable: 'Payable (yuan)', deduction: 'Deducted (yuan)', reserve: 'Reserved (yuan)', drawn: 'From prepayment (yuan)', due: 'Due (yuan)', paid: 'Paid (yuan)', received: 'Received (yuan)', outstanding: 'Outstanding (yuan)', dueDate: 'Due by', account: 'Account', issuedAt: 'Issued', planNo: 'Fund plan', lines: 'Lines', line: 'Line',
    paymentNo: 'Payment', amount: 'Amount (yuan)', receiptNo: 'Bank receipt', paidOn: 'Paid on', receivedOn: 'Received on', traced: 'Being traced', paidCase: 'Payment case', receivedCase: 'Receipt case',
    kinds: { clearing: 'Disbursement', forward: 'Forwarding', payIn: 'Pay-in of prepayment', return: 'Return of prepayment' }, states: { open: 'To be paid', partPaid: 'Partly paid', paid: 'Paid, not received', received: 'Received', stopped: 'Stopped', void: 'Void', undone: 'Undone', bounced: 'Bounced' },
  },
  doc: { number: 'Number', issuer: 'Issuer', issued: 'Issued', prints: 'Prints', look: 'View', preview: 'Preview', print: 'Print', printAgain: 'Print again', printed: 'Print recorded: {number}', none: 'No documents', replaces: 'Replaces {number}', states: { live: 'Valid', void: 'Void' } },
  statistics: { bar: 'Bars', to: 'Until', none: 'Nothing in this month', kinds: { settlements: 'Settlements', diseases: 'Diseases', institutions: 'Institutions', 'hospital-funds': 'Hospitals by fund', 'hospital-structure': 'Hospitals by structure of costs', 'by-period': 'By month', 'by-city': 'By city' } },
  columns: {
    period: 'Month', city: 'City', receivingCity: 'Care place', fixmedins_code: 'Institution', insutype: 'Insurance', fund: 'Fund', med_type: 'Kind of care', med_typeName: 'Name of kind', dise_codg: 'Disease', settlements: 'Visits', medfeeFen: 'Total (yuan)', cashFen: 'Cash (yuan)', payableFen: 'Payable (yuan)', receivableFen: 'Receivable (yuan)', inscpFen: 'Within policy (yuan)', preselfpayFen: 'Own part first (yuan)', overlmtFen: 'Above limit (yuan)', ownpayFen: 'Own payment (yuan)',
    employeePoolFen: 'Employee pool (yuan)', accountFen: 'Personal account (yuan)', civilServantFen: 'Civil servant subsidy (yuan)', largeAmountFen: 'Large amounts (yuan)', residentPoolFen: 'Resident pool (yuan)', seriousIllnessFen: 'Serious illness (yuan)', aidFen: 'Medical aid (yuan)', maternityFen: 'Maternity (yuan)', otherFen: 'Other funds (yuan)',
  },
  ops: {
    abnormal: 'Abnormal items', unknown: 'Unknown outcomes', stuck: 'Stuck work', batches: 'Batches', refresh: 'Refresh', state: 'State', open: 'Open', closed: 'Closed', title: 'Item', subject: 'Subject', since: 'Time', resolution: 'Resolution', open_: 'Open', message: 'Message', infno: 'Transaction', sent: 'Sent', attempts: 'Tries', resolved: 'How resolved', command: 'Command', workflow: 'Workflow', batch: 'Batch', progress: 'Progress', failed: 'Failed',
    none: { open: 'No open abnormal items', closed: 'No closed abnormal items', unknown: 'No unknown outcomes', stuck: 'Nothing is stuck', batches: 'No batches' },
  },
  resolutions: { open: 'open', abandoning: 'being reversed', abandoned: 'reversed', adopting: 'being adopted', adopted: 'adopted', absent: 'platform has none', manual: 'by hand' },
  commandStates: { accepted: 'accepted, not delivered', delivered: 'delivered, not done', done: 'done' },
  batchStates: { running: 'running', received: 'received', uploading: 'uploading', done: 'done', failed: 'failed', balanced: 'balanced', differs: 'differs', closed: 'closed', loading: 'loading', generating: 'generating', draft: 'under review', approved: 'approved', undone: 'undone', withdrawn: 'withdrawn' },
  people: {
    users: 'Users', assignments: 'Assignments', posts: 'Posts', divisions: 'Divisions', roles: 'Roles', delegations: 'Delegations', audit: 'Audit', propose: 'Propose a change', activate: 'Hand out activation code', activation: 'Activation code', activationExplain: 'Activation code of {name}, shown only once, valid until {at}. Hand it over in person.', find: 'Name or log-in name', name: 'Name', loginName: 'Log-in name', state: 'State', role: 'Role', valid: 'Valid', rights: 'Rights', incompatible: 'Not together with', at: 'Time', act: 'Event', subject: 'Subject', origin: 'Origin',
    tampered: 'tampered with', states: { active: 'active', disabled: 'disabled' },
  },
  rights: { case_act: 'act on cases', case_read: 'read cases', people_propose: 'propose changes of people', people_approve: 'approve changes of people', admission_read: 'read stays', ops_read: 'read operation', unmask: 'see what is masked', parameters_propose: 'propose parameters', statistics_read: 'read statistics' },
  account: {
    password: 'Change password', old: 'Present password', fresh: 'New password (at least 12 characters)', again: 'Once more', differ: 'The two differ', change: 'Change', passwordChanged: 'The password has been changed', totp: 'One-time code', totpExplain: 'A one-time code is asked for besides the password. Setting it up anew ends the old one at once.', totpBegin: 'Set up', totpQr: 'QR code of the secret', totpSecret: 'Scan the code with your authenticator, or add this secret to it, then type the six digits it shows:', totpLink: 'Open in an authenticator on this machine', totpDone: 'One-time codes are on',
    setUp: 'Finish the set-up below before anything else.', present: 'Present code', role: 'Role', allRoles: 'All roles', reason: 'Reason', delegation: 'Delegation', from: 'From', to: 'To', days: 'Days', first: 'First', last: 'Last', delegate: 'Delegate', delegated: 'Delegated', revoke: 'Revoke', revoked: 'revoked',
  },
};

export default en;
