import type { OutcomeCode } from '../../domain/outcomes';

/** Why a file is not taken; the office's own codes. */
export const FILE_REASONS = {
  WJ0001: '文件名不符合约定', WJ0002: '文件名与文件头不一致', WJ0003: '不是约定的格式、编码或记录长度', WJ0004: '记录缺失或次序不正确', WJ0005: '行号不连续',
  WJ0006: '行数或金额与合计不符', WJ0007: '人员分摊与单位合计不符', WJ0008: '摘要不符', WJ0009: '版本不符', WJ0010: '本机关不接收该交换项目', WJ0011: '文件序号已用于另一内容',
  WJ0012: '批次号为空', WJ0013: '不属本机关征收', WJ0014: '密文不能解开或签名不成立', WJ0015: '.ok 与文件不符', WJ0016: '所答复的文件不存在', WJ0099: '系统维护，暂不受理',
} as const;
export type FileReason = keyof typeof FILE_REASONS;

/** Why a row is refused, or what became of it. */
export const ROW_REASONS = {
  '000000': '成功',
  ZJ0001: '字段不合法', ZJ0002: '操作标志应为A', ZJ0003: '征集流水号已使用，一号只用一次', ZJ0004: '社保费登记序号为空', ZJ0005: '社保费登记序号未登记',
  ZJ0006: '登记序号与单位的统一社会信用代码或单位编号不符', ZJ0007: '人员未登记', ZJ0008: '证件号码与登记不符', ZJ0009: '证件号码校验位不正确',
  ZJ0010: '同一缴费人同一险种同一所属期已有有效征集，重复', ZJ0011: '应缴金额应大于零，利息、滞纳金不得为负', ZJ0012: '所属期起止不正确', ZJ0013: '缴费主体与征缴线不符',
  ZJ0014: '行级与缴费主体不符', ZJ0015: '原征集流水号不存在', ZJ0016: '同户有误，整户退回', ZJ0017: '滞纳金方式与金额不符', ZJ0018: '征收项目或品目为空',
  ZJ0019: '缴费截止日早于送达日', ZJ0020: '登记已注销',
  CX0001: '征集流水号不存在', CX0002: '金额与征集不符', CX0003: '该征集已被拒收', CX0004: '撤销原因不正确', CX0005: '操作标志应为C', CX0006: '人员行应随其单位行撤销',
  CX0010: '已撤销', CX0011: '此前已撤销', CX0020: '已缴费，不能撤销', CX0030: '批扣中，不能撤销', CX0031: '已申报，不能撤销',
  DJ0001: '字段不合法', DJ0002: '证件号码校验位不正确', DJ0003: '编号已登记在他人名下', DJ0004: '统一社会信用代码为空', DJ0005: '未登记，不能变更或终止',
  TF0001: '退费申请不存在', TF0002: '该申请不在待审核或退库失败状态', TF0003: '同意金额与申请不符', TF0004: '原税票与申请不符',
  DZ0001: '笔数或金额不一致', DZ0002: '税务无此汇总',
} as const;
export type RowReason = keyof typeof ROW_REASONS;

const OF_FINDING: Readonly<Partial<Record<OutcomeCode, FileReason>>> = {
  FILE_NAME_INVALID: 'WJ0001', FILE_NAME_DIFFERS: 'WJ0002', FILE_HEADER_MISSING: 'WJ0004', FILE_TRAILER_MISSING: 'WJ0004',
  FILE_RECORDS_DISORDERED: 'WJ0004', FILE_ROW_NO_GAP: 'WJ0005', FILE_ROWS_DIFFER: 'WJ0006', FILE_SUMS_DIFFER: 'WJ0006', FILE_SPLIT_DIFFERS: 'WJ0007',
  FILE_DIGEST_DIFFERS: 'WJ0008', FILE_VERSION_UNKNOWN: 'WJ0009', FILE_ENVELOPE_INVALID: 'WJ0014', FILE_DECRYPT_FAILED: 'WJ0014', FILE_SIGNATURE_INVALID: 'WJ0014',
};

/** The office's code for what a scan found. */
export function reasonOfFinding(code: OutcomeCode): FileReason {
  return OF_FINDING[code] ?? 'WJ0003';
}
