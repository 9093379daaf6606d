/** All texts of the workbench; the English ones have the same shape. */
const zh = {
  app: { name: '安结', title: '安结工作台' },
  nav: { label: '主导航', skip: '跳到正文', inbox: '办件', new: '新办', stays: '住院', clearing: '清算', prepayment: '预付金', payments: '收付款', batches: '批次', contribution: '缴费', issues: '问题协同', documents: '单据', statistics: '统计', ops: '运行', people: '人员', account: '账号与委托', leave: '退出' },
  page: { inbox: '办件', case: '办件', newCase: '新办', stays: '住院', stay: '住院', clearing: '异地清算', clearingBatch: '清算批次', batches: '批次', batch: '批次', contribution: '缴费名册与应收', prepayment: '异地预付金', pool: '预付金流水', payments: '拨付与收付款', paymentOrder: '付款单', payment: '付款', moneyTrail: '资金去向', issues: '异地就医问题协同', documents: '单据', statistics: '异地就医统计', ops: '运行', people: '人员与权限', account: '账号与委托', logIn: '登录', unknown: '没有此页' },
  state: { loading: '正在读取…', empty: '没有内容', failed: '没有成功，请重试', noAnswer: '服务没有应答，请检查网络后重试', retry: '重试', unknownPage: '地址有误，或者内容已经移走。' },
  time: { minutes: '{n} 分钟', hours: '{n} 小时', days: '{n} 天' },
  due: { left: '剩 {span}', over: '逾期 {span}', at: '期限 {at}' },
  logIn: { login: '登录名', password: '密码', code: '动态码', codeHint: '输入身份验证器上显示的六位数字。', enter: '登录', confirm: '确认', again: '重新登录', provider: '用统一身份认证登录', lost: '登录已失效，登录后回到刚才的页面。' },
  inbox: {
    todo: '待办', done: '已办', mine: '我发起', delegated: '委托', overdue: '逾期', copies: '抄送我的', unread: '未读', read: '已阅', copiedAt: '抄送时间',
    find: '编号或业务号的开头', definition: '业务', division: '辖区', period: '所属期', amount: '金额（元）', amountFrom: '金额自（元）', amountTo: '金额至（元）', filter: '筛选', clear: '清除条件',
    case: '办件', step: '环节', maker: '经办', opened: '到达时间', doneAt: '办理时间', due: '期限', round: '第 {n} 轮',
    live: '实时', notLive: '未连接', updated: '办件有变化，待办 {n} 件', picked: '已选 {n} 件', pickAll: '全选本页', pick: '选择 {title}', bulk: '批量同意', unpick: '取消选择', mayNot: '这件办件现在不能由您同意',
    previous: '上一页', next: '下一页', page: '第 {n} 页', keys: '键盘快捷键 ?', noneFound: '没有符合条件的办件',
    none: { todo: '没有待办', done: '还没有办过的', mine: '还没有发起过办件', delegated: '没有委托给您的办件', overdue: '没有逾期', copies: '没有抄送给您的办件' },
  },
  keys: { title: '键盘快捷键', j: '下一件', k: '上一件', Enter: '打开', x: '选择', a: '同意', search: '查找', help: '本说明' },
  bulk: { title: '批量同意 {n} 件', able: '可同意 {able} 件，共 {all} 件', signed: '已同意 {n} 件，共 {all} 件', outcome: '结果', ok: '已同意', will: '可同意', not: '不可', accepted: '已受理，办理中', changed: '打开列表后有变化', sign: '同意 {n} 件', close: '关闭' },
  acts: {
    submit: '提交', accept: '受理', approve: '同意', return: '退回补正', reject: '不同意', object: '提出异议', withdraw: '撤回', transfer: '转办', addSigner: '加签', urge: '催办', suspend: '挂起', resume: '恢复', void: '作废', copy: '抄送', amend: '补正',
  },
  explain: {
    submit: '提交后进入第一个环节。', accept: '受理后由您办理。', return: '退回经办补正，补正后进入新一轮。', reject: '办件到此结束，不发生效力。', object: '在本席位记录异议。', withdraw: '审核开始之前可以撤回。', transfer: '由同岗位的另一人办理。',
    addSigner: '增加一个必须签署的席位。', urge: '提醒现在的办理人。', suspend: '等待材料期间，期限停止计算。', resume: '期限继续计算。', void: '作废后不能恢复，编号保留。', copy: '对方可以查看，不参与办理。', amend: '',
  },
  act: { opinion: '意见', reason: '理由', phrases: '常用意见', cancel: '取消', confirm: '确认{act}', done: '已{act}', toUser: '办理人', toRole: '岗位', toDivision: '辖区', findUser: '按姓名或登录名查找', userId: '用户编号', remember: '存为常用意见', forget: '删去常用意见：{text}', returnTo: '退回到', returnsTo: '将退回到：{step}', returnStep: '退回到{step}，由该环节重新办理，进入新一轮。' },
  objection: { title: '有异议的结算', paste: '粘贴结算号，每行一个', choose: '从明细中选', tooMany: '一次至多 {n} 笔', missing: '{n} 个结算号不在本席位的明细中：{some}', none: '没有指明结算：照此提出，各方表态后本件退回经办。', moves: '{n} 笔移至 {month}，共', why: { before: '先前已指明', correction: '随之移出' } },
  copies: { title: '抄送', by: '{by} 抄送于 {at}', read: '{at} 已阅', unread: '未读' },
  phrases: {
    default: '同意。', approve: ['同意。', '经审核，材料齐全，同意。', '金额核对无误，同意。'], return: ['材料不齐，请补充。', '金额与附件不符，请核对。', '所属期填写有误，请更正。'], reject: ['不符合规定，不予通过。', '重复申请，不予通过。'],
    object: ['金额与本地数据不符。', '本地查无此笔结算。'], withdraw: ['填写有误，撤回重办。'], transfer: ['本人外出，请代为办理。'], addSigner: ['请会签。'], urge: ['期限将至，请尽快办理。'], suspend: ['等待补充材料。'], resume: ['材料已到，恢复办理。'], void: ['办理有误，作废。'], copy: [], submit: [], accept: [], amend: [],
  },
  chain: {
    title: '审批链', automatic: '自动办理', state: { done: '已完成', current: '正在办理', todo: '未到', skipped: '不经过' }, slot: { done: '已签', objected: '有异议', returned: '已退回', rejected: '不同意', void: '已取消', open: '待签', tacit: '逾期视为确认（系统）' }, kept: '沿用第 {n} 轮',
  },
  timeline: { title: '办理经过', system: '系统', forWhom: '代 {name}', round: '第 {n} 轮' },
  case: {
    form: '表单', changes: '较上一轮有 {n} 处变化', acts: '办理', more: '更多', print: '打印', waits: '等待', failure: '登记未完成', document: '打印件', results: '登记结果', related: '相关', temporal: '在 Temporal 中查看流程', resubmit: '补正并提交', keep: '只保存，暂不提交', updated: '办件有变化：{status}', decided: '{name} 已于 {at} 办理，以下是现在的内容。',
  },
  form: {
    malformed: '不是有效的数字；金额至多两位小数', changed: '有变化', before: '上一轮', addRow: '增加一行', rows: '{n} 行', paste: '可从表格软件复制多行，在格中粘贴', remove: '删除', submit: '提交', save: '存为草稿', discard: '清空', kept: '未提交的内容只保留在本标签页。', faulty: '请先改正标出的各项。', submitted: '已提交：{caseNo}', saved: '已存为草稿：{caseNo}', division: '办理辖区', findDefinition: '查找业务', noneToStart: '您的岗位没有可以发起的业务',
  },
  attachment: { title: '附件', add: '上传', none: '把文件拖到这里，或点击上传。', empty: '文件是空的', tooLarge: '超过 {size}', type: '不收这种文件；可用 PDF、OFD、图片、表格、文档、压缩包、文本', dismiss: '知道了', withdrawn: '已撤下', withdraw: '撤下', withdrawTitle: '撤下 {name}', withdrawExplain: '内容仍在，标为已撤下；原因记入办件。', withdrawnNow: '已撤下：{name}', withdrawnBy: '{by} 于 {at} 撤下：{reason}' },
  unmask: { show: '查看原文', hide: '隐藏', title: '查看脱敏内容', explain: '查看会记入审计，请写明理由。', reason: '理由' },
  stay: {
    iptNo: '住院号', patient: '患者', institution: '机构', institutionCode: '机构编号', stage: '阶段', admitted: '入院', discharged: '出院', medfee: '费用总额', fund: '基金支付', waits: '等待', round: '第 {n} 次登记', number: '住院号 {n}', certno: '证件号码', mdtrtId: '就诊编号', money: '费用（元）', settledFee: '已结算', unsettled: '未结算', deposit: '预交金余额',
    final: '出院结算', interim: '中途结算', status: { live: '有效', cancelled: '已撤销', held: '暂挂' }, sheet: '结算单', applied: '预交金抵扣', refund: '退预交金', topUp: '补交', more: '更多',
  },
  stages: { opened: '已建', admitted: '在院', discharged: '已出院', settled: '已结算', selfPay: '自费', cancelled: '已撤销', refused: '未受理' },
  amounts: {
    medfee_sumamt: '医疗费总额', fund_pay_sumamt: '基金支付总额', hifp_pay: '统筹基金', cvlserv_pay: '公务员补助', hifmi_pay: '居民大病', hifob_pay: '职工大额', maf_pay: '医疗救助', oth_pay: '其他支付', psn_part_amt: '个人负担', acct_pay: '个人账户', psn_cash_pay: '个人现金', hosp_part_amt: '医院负担',
  },
  money: { city: '市（州）', fund: '基金', insutype: '险种', period: '月份', state: '状态', kind: '种类', sum: '合计', case: '办件', links: '相关', csv: '下载 CSV', excel: '下载 Excel', at: '时间', day: '日期' },
  insutypes: { 310: '职工医保', 390: '居民医保', 510: '生育保险' },
  clearing: {
    batch: '批次', titleOf: '{office} {period} 月度清算', none: '没有清算批次', items: '结算笔数', movedOut: '移出笔数', total: '应付合计（元）', generatedAt: '生成时间', approvedAt: '审批时间', side: '应付或应收', allCities: '全部市（州）', kind: '类别', count: '笔数', difference: '差额（元）', whole: '全省', balanced: '平衡', unbalanced: '不平衡', confirmations: '各方确认',
    thisMonth: '本月（元）', lastMonth: '上月（元）', monthOnMonth: '环比', lastYear: '上年同月（元）', yearOnYear: '同比', setlId: '结算号', funds: '基金支付（元）', reason: '原因', by: '提出方', movedTo: '移至', drawn: '已制单（元）', noPayables: '审批后才有应付款',
    lines: '清算表', cities: '各市汇总', comparison: '比较', decided: '异议与移出', payables: '应付款', check: '收付款核对', institutions: '拨付定点机构', crossProvince: '跨省就医', crossExplain: '本省作为参保地与就医地的跨省结算，由国家级清算，不在本省批次之内。',
    states: { generating: '生成中', draft: '审核中', approved: '已审批', undone: '已撤销审批', withdrawn: '已收回' }, sides: { payable: '参保地应付', receivable: '就医地应收' }, cityOf: { payable: '参保地', receivable: '就医地' }, otherOf: { payable: '就医地', receivable: '参保地' }, amountOf: { payable: '应付（元）', receivable: '应收（元）' },
    kinds: { current: '本月', late: '迟报补入', contra: '冲减', deduction: '扣款' }, confirmed: { confirmed: '已确认', objected: '有异议', tacit: '逾期视同确认' }, decisions: { movedOut: '已移出', objected: '有异议', kept: '异议未采纳' }, reasons: { amount: '金额', identity: '人员', duplicate: '重复', scope: '范围', other: '其他' }, payableStates: { open: '有效', void: '已作废' },
  },
  prepay: {
    pools: '额度与余额', warnings: '使用率预警', none: '没有预付金', noWarnings: '本月没有预警', noMovements: '没有流水', quota: '额度（元）', paidIn: '本月缴入（元）', drawn: '本月抵扣（元）', closing: '月末余额（元）', balance: '现余额（元）', underway: '在途（元）', difference: '应补缴或退还（元）', rate: '使用率', clearing: '清算额（元）', held: '池内资金（元）',
    titleOf: '{city} {fund} 预付金', movements: '流水', memo: '摘要', change: '增减（元）', entry: '分录', postedAt: '入账时间', quotas: '额度的历次版本', year: '年度', version: '版本', quotaKind: '类型', before: '原额度（元）', quotaKinds: { annual: '年度核定', emergency: '紧急调增', restored: '恢复' }, levels: { normal: '正常', yellow: '黄色预警', red: '红色预警' },
  },
  pay: {
    orders: '付款单', payments: '收付款', orderNo: '付款单号', noOrders: '没有付款单', noPayments: '没有付款', payer: '付款方', payee: '收款方', sides: '付款与收款', payable: '应付（元）', deduction: '扣款（元）', reserve: '预留（元）', drawn: '预付金抵扣（元）', due: '实拨（元）', paid: '已付（元）', received: '已收（元）', outstanding: '未付（元）', dueDate: '付款期限', account: '收款账户', issuedAt: '开具时间', planNo: '用款计划', lines: '各行', line: '行',
    paymentNo: '付款编号', amount: '金额（元）', receiptNo: '回单号', paidOn: '付款日', receivedOn: '到账日', traced: '追查中', paidCase: '付款办件', receivedCase: '收款办件', institution: '定点机构', noAccount: '没有经审核的结算账户', begin: '发起拨付', chooseFund: '请选择就医地与基金', draftSums: '可拨付 {due} 元；应收未到账、暂不能拨付 {waiting} 元。',
    confirmed: '省级已收（元）', arrived: '就医地已收（元）', checkEqual: '收付款与清算一致', checkDiffers: '收付款与清算不一致', checkCount: '{n} 处不一致', checkSides: { payer: '付款方', care: '就医地' }, residual: '清算 {clearing} 元，已确认 {confirmed} 元，相差 {residual} 元',
    kinds: { clearing: '拨付', forward: '转付', inst: '拨付定点机构', payIn: '预付金上缴', return: '预付金退还' }, states: { open: '待付款', partPaid: '部分付款', paid: '已付款待收款', received: '已收款', stopped: '停付', void: '已作废', undone: '已撤销', bounced: '已退票' },
  },
  issue: {
    number: '问题编号', urgency: '紧急程度', sides: '发起与协办', rounds: '答复次数', acceptedAt: '受理时间', notAccepted: '未受理', none: '没有问题', raise: '发起{urgency}问题', rule: '上级裁定', reopen: '重开', reopens: '重开自 {of}',
    states: { handling: '处理中', answered: '待确认', closed: '已关闭', withdrawn: '已撤回' }, urgencies: { critical: '特急', urgent: '紧急', normal: '一般' }, endings: { accepted: '已确认关闭', silent: '自动关闭', ruled: '上级裁定' },
  },
  why: { ask: '为什么停在这里', again: '再看一次', attempt: '第 {n} 次', next: '下次 {at}' },
  briefing: { title: '签批参考', comparison: '与上月、上年同月比较（元）', group: '分组', lastMonth: '上月', lastYear: '上年同月', more: '展开其余 {n} 行', less: '只看合计', moved: '移入与移出', batch: '查看批次', in: '移入', out: '移出或有异议', pools: '预付金余额', pool: '市（州）与基金', needed: '本件应付（元）', left: '抵扣后余额（元）', own: '须另付（元）', duties: '谁可以签：四眼与不相容岗位', morePeople: '另有 {n} 人没有列出', cells: { signed: '已办', may: '可办', barred: '不得办', incompatible: '不相容' } },
  trail: { title: '资金去向', kinds: { case: '办件', settlement: '结算', batch: '清算批次', line: '清算行', payable: '应付款', due: '机构应付', order: '付款单', payment: '付款', receipt: '收款', entry: '记账凭证' }, way: '查看的路径', start: '从头看起', none: '这件办件不涉及资金，或者还没有生成。', overview: '各层合计', count: '{n} 项', right: '{n} 项合计核对相符', wrong: '{n} 项合计不符', sums: '合计核对', equal: '相符', unequal: '不符', open: '打开', key: '编号，如 DEMO000192 或 990200/DEMO000192', look: '查看' },
  doc: { number: '编号', issuer: '开具', issued: '开具时间', prints: '打印次数', look: '查看', preview: '预览', print: '打印', printAgain: '补打', printed: '已登记打印：{number}', none: '没有单据', replaces: '代替 {number}', states: { live: '有效', void: '已作废' },
    issue: '开具', issueExplain: '其余单据随审批生效自动开具。', issuedNow: '已开具：{number}', orderNo: '付款单号', institution: '医药机构编码', caseNo: '办件编号',
    void: '作废', voidTitle: '作废 {number}', voidExplain: '作废后保留编号，不能恢复。只能由开具机构的审批岗办理。', voided: '已作废：{number}', reissue: '同时以新编号重开同样内容', reissued: '已作废，重开为 {number}',
    verify: '核验', verifyExplain: '输入单据上的编号与摘要，或粘贴二维码所含的地址。', verifyInput: '编号或地址', hash: '摘要', verdicts: { genuine: '真实有效', void: '真实，但已作废', unknown: '不是本系统开具的内容' }, qr: '二维码', qrOf: '{number} 的核验二维码',
    list: '单据', serials: '编号与缺号', year: '年度', last: '已用到', issuedCount: '开具', voidedCount: '其中作废', missing: '缺号', noMissing: '无缺号', noSerials: '还没有开具过单据' },
  statistics: {
    to: '止于', none: '该月没有数据', measure: '指标', by: '分列', shape: '图形', rest: '其他', unnamed: '（未填）', truncated: '图与表只含前 {n} 行，导出文件中是全部。', shapes: { bar: '柱状', line: '趋势', share: '占比' }, units: { yuan: '元', wan: '万元', count: '数量' },
    kinds: { settlements: '就医结算情况', diseases: '病种', institutions: '定点医疗机构', 'hospital-funds': '医院（基金类别）', 'hospital-structure': '医院（费用结构）', 'by-period': '按期', 'by-city': '按市（州）', 'cross-province': '跨省就医', details: '费用明细', 'in-hospital': '在院信息' },
  },
  columns: {
    period: '月份', side: '作为', city: '市（州）', otherCity: '对方', receivingCity: '就医地', payingCity: '参保地', businessDate: '业务日期', setl_id: '结算号', recordTypeName: '记录', entryName: '类别', institutionName: '机构名称', opening: '期初在院', admitted: '本期入院', discharged: '本期出院', inHospital: '期末在院', inHospitalFen: '期末在院累计费用（元）', fixmedins_code: '医药机构', insutype: '险种', fund: '基金', med_type: '医疗类别', med_typeName: '医疗类别名称', dise_codg: '病种编码', settlements: '人次', medfeeFen: '医疗费总额（元）', cashFen: '个人现金（元）', payableFen: '应付（元）', receivableFen: '应收（元）', inscpFen: '符合政策范围（元）', preselfpayFen: '先行自付（元）', overlmtFen: '超限价自费（元）', ownpayFen: '全自费（元）',
    employeePoolFen: '职工统筹（元）', accountFen: '个人账户（元）', civilServantFen: '公务员补助（元）', largeAmountFen: '职工大额（元）', residentPoolFen: '居民统筹（元）', seriousIllnessFen: '居民大病（元）', aidFen: '医疗救助（元）', maternityFen: '生育（元）', otherFen: '其他基金（元）',
  },
  ops: {
    abnormal: '异常事项', unknown: '结果不明', stuck: '停滞', batches: '批次', refresh: '刷新', state: '状态', open: '未关闭', closed: '已关闭', title: '事项', subject: '对象', since: '时间', resolution: '处理结果', open_: '查看', message: '报文', infno: '交易', sent: '发出', attempts: '次数', resolved: '怎样确定', command: '业务', workflow: '流程', batch: '批次', progress: '进度', failed: '失败',
    none: { open: '没有未关闭的异常事项', closed: '没有已关闭的异常事项', unknown: '没有结果不明的交易', stuck: '没有停滞的业务', batches: '没有批次' },
  },
  batch: {
    kind: '种类', state: '状态', division: '辖区', progress: '进度', rows: '行数', rejected: '未通过', started: '开始', finished: '办结', start: '开始批次', none: '没有批次', begun: '已开始：{id}', variant: '核定方式', units: '单位编号（每行一个）', persons: '人员编号（每行一个）', from: '自', through: '至', file: '名册文件（CSV 或 NDJSON）', charset: '编码', begin: '开始', mayNotStart: '您的岗位不能开始批次',
    id: '批次编号', pace: '{n} 行/秒，约剩 {span}', maker: '参数', confirmCase: '确认办件', undoCase: '撤销办件', undo: '整批撤销', sums: '合计', item: '项目', now: '本批次', before: '上一批次', jump: '变化', noBefore: '没有可比较的批次', rejects: '未通过行', noRejects: '没有未通过的行', line: '行', subject: '编号', reason: '原因', code: '代码', pause: '暂停', resume: '恢复', cancel: '取消批次', cancelExplain: '已处理的行逐块收回，不留下任何内容。', pauseExplain: '正在处理的块办完后停下，随时可以恢复。', ordered: '已{order}', big: '变化超过 10%', total: '合计', part: '{insutype} {part}', parts: { '1': '单位部分', '2': '个人部分', '3': '财政补助', '4': '救助资助' }, counts: { added: '新增行', changed: '变更行', same: '无变化行' },
    holds: { paused: '已暂停', failed: '因故停下' }, states: { accepted: '已受理', refused: '未受理', working: '处理中', previewed: '待确认', posting: '入账中', done: '已生效', discarding: '取消中', cancelled: '已取消', undoing: '撤销中', undone: '已撤销' },
    variants: { unit: '单位应收核定', allUnits: '用人单位统一应收核定', unitBackpay: '单位补收核定', flexible: '灵活就业人员代扣核定', personDetail: '人员缴费明细录入', retireLump: '退休不足年限一次性缴纳', retireBackpay: '人员退休补收', specialPersons: '特殊身份人员缴费核定', specialUnits: '特殊单位缴费核定', resident: '居民缴费核定', allResidents: '批量居民缴费核定' },
  },
  contribution: {
    units: '单位', persons: '人员', levies: '应收', unitNo: '单位编号', psnNo: '人员编号', name: '名称', personName: '姓名', uscc: '统一社会信用代码', taxRegNo: '社保费登记序号', taxdept: '税务机关', special: '特殊单位', agreement: '三方协议', insutype: '险种', payer: '缴费主体', category: '身份', base: '缴费基数（元）', months: '参保期', edition: '版次', certno: '证件号码', levyNo: '征集流水号', batch: '批次', part: '部分', amount: '应缴（元）', paid: '已缴（元）', due: '截止日', exchange: '交换状态', money: '缴费状态', split: '分摊', persons_: '{n} 人', noUnits: '名册中没有单位', noPersons: '名册中没有人员', noLevies: '没有应收', send: '报送名册',
    payers: { '1': '单位', '2': '灵活就业', '3': '居民' }, categories: { active: '在职', retired: '退休', resident: '居民', aided: '资助' }, exchanges: { '0': '核定已撤销', '10': '已核定', '20': '待发送审核', '30': '已报盘' }, moneys: { '0': '未缴', '60': '部分缴费', '61': '已缴' },
  },
  caseStates: { draft: '草稿', submitted: '已提交', accepted: '已受理', inReview: '审批中', returned: '退回补正', suspended: '挂起', approved: '已批准，正在登记', effective: '已生效', rejected: '不予通过', withdrawn: '已撤回', voided: '已作废', failed: '登记失败，已回退' },
  documentKinds: { clearingPayable: '月度清算表（参保地应付）', clearingReceivable: '月度清算表（就医地应收）', clearingSummary: '清算汇总表', paymentNotice: '付款通知书', receiptNotice: '收款通知书', disbursementOrder: '拨付单', disbursementDetail: '拨付明细', prepayVoucher: '预付金凭单', prepayBalance: '预付金余额表', movedOut: '差异与移出明细', approvalSheet: '审批表' },
  resolutions: { open: '待确定', abandoning: '正在冲正', abandoned: '已冲正', adopting: '正在采纳', adopted: '已采纳', absent: '平台没有此笔', manual: '人工处理' },
  commandStates: { accepted: '已受理，未送达', delivered: '已送达，未办完', done: '已办完' },
  batchStates: { accepted: '已受理', refused: '未受理', working: '处理中', previewed: '待确认', posting: '入账中', discarding: '取消中', cancelled: '已取消', undoing: '撤销中', paused: '已暂停', running: '进行中', received: '已收到', uploading: '上传中', done: '完成', failed: '失败', balanced: '相符', differs: '有差异', closed: '已结', loading: '接收中', generating: '生成中', draft: '待审', approved: '已审批', undone: '已撤销', withdrawn: '已撤回' },
  people: {
    users: '用户', assignments: '任岗', posts: '岗位表', divisions: '辖区', roles: '岗位', delegations: '委托', audit: '审计', propose: '提出变更', activate: '发放激活码', activation: '激活码', activationExplain: '{name} 的激活码，只显示这一次，有效至 {at}。请当面交给本人。', find: '姓名或登录名', name: '姓名', loginName: '登录名', state: '状态', role: '岗位', valid: '有效期', rights: '权限', incompatible: '不得兼任', at: '时间', act: '事项', subject: '对象', origin: '来源',
    and: '、', tampered: '此行被改动过', states: { active: '在用', disabled: '停用' }, matrix: '不相容岗位（✕ 不得由一人兼任）', not: '不得兼任',
  },
  rights: { case_act: '办理办件', case_read: '查看办件', people_propose: '提出人员变更', people_approve: '审批人员变更', admission_read: '查看住院', ops_read: '查看运行情况', unmask: '查看脱敏内容', parameters_propose: '提出参数变更', statistics_read: '查看统计' },
  account: {
    password: '修改密码', old: '现在的密码', fresh: '新密码（至少 12 位）', again: '再输入一次', differ: '两次输入不同', change: '修改', passwordChanged: '密码已修改', totp: '动态码', totpExplain: '登录时除密码外再输入动态码。重新设置后，原来的立即失效。', totpBegin: '设置动态码', totpQr: '密钥的二维码', totpSecret: '用身份验证器扫描二维码，或添加此密钥，再输入显示的六位数字：', totpLink: '在本机的身份验证器中打开', totpDone: '动态码已启用',
    setUp: '请先完成下面的设置，再办理业务。', present: '现在的动态码', role: '岗位', allRoles: '全部岗位', reason: '原因', delegation: '委托', from: '委托人', to: '受托人', days: '起止日期', first: '开始', last: '结束', delegate: '委托', delegated: '已委托', revoke: '撤销', revoked: '已撤销',
  },
};

export type Messages = typeof zh;
export default zh;
