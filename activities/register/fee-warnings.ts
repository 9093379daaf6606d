import type { StepInput } from '../../domain/admission/steps';
import { formatYuan, parseDecimal, roundToFen } from '../../domain/money';
import { MessageError } from '../../domain/national/codec';
import type { Input3101, Output3101 } from '../../schemas/national/generated';
import { Admission, type FeeLine } from '../../store/entities';
import { admissionId, admitted, callRepeating, workflowIdOf, type RegisterDeps } from './context';

/** 触发场景: charging of an inpatient [practice]. */
const AT_INPATIENT_CHARGING = '5';
/** 严重程度: a plain violation [practice]; the others are suspicions, for the hospital to weigh. */
const PLAIN_VIOLATION = '1';
const SYSTEM_CODE = 'HIS';

export interface Warnings {
  /** One Chinese sentence each, in the platform's words. */
  readonly texts: readonly string[];
  /** The platform calls one of them a plain violation. */
  readonly blocking: boolean;
}

export interface Check {
  /** 3101 (事前) and 3102 (事中) ask and answer alike. */
  readonly infno: '3101' | '3102';
  /** Step of the upload that it belongs to. */
  readonly step: string;
  readonly lines: readonly FeeLine[];
}

/** 明细审核 before lines are charged. It is advice: where it gives none, the upload goes on. */
export async function askForWarnings(deps: RegisterDeps, input: StepInput, { infno, step, lines }: Check): Promise<Warnings> {
  const row = await deps.store.read((manager) => manager.findOneByOrFail(Admission, { id: admissionId(input.state) }));
  try {
    const outcome = await callRepeating(deps, input, workflowIdOf(input.state), {
      step: `warn/${step}`,
      infno,
      input: buildAnalysis(deps, input, row, lines),
    });
    if (outcome.kind === 'settled') return warningsOf(outcome.output);
    return noAdvice(outcome.kind === 'refused' ? outcome.text : '医保平台无应答');
  } catch (error) {
    // Its form is narrower than that of 2301 (quantities, lengths).
    if (error instanceof MessageError) return noAdvice(error.text);
    throw error;
  }
}

function noAdvice(reason: string): Warnings {
  return { texts: [`费用预警未取得：${reason}`], blocking: false };
}

function warningsOf(output: Output3101): Warnings {
  return {
    texts: output.result.map((found) => [found.rule_name, found.vola_cont].filter(Boolean).join('：')),
    blocking: output.result.some((found) => found.sev_deg === PLAIN_VIOLATION),
  };
}

function buildAnalysis(deps: RegisterDeps, input: StepInput, row: Admission, lines: readonly FeeLine[]): Input3101 {
  const { state } = input;
  const { personNo, mdtrtId } = admitted(state);
  const { name, admdvs } = deps.institution(state.institution);
  const { diagnoses } = row.form as { diagnoses: readonly Record<string, unknown>[] };
  return {
    data: {
      syscode: SYSTEM_CODE,
      trig_scen: AT_INPATIENT_CHARGING,
      patient_dtos: [
        {
          patn_id: personNo,
          poolarea: state.insuplcAdmdvs ?? undefined,
          curr_mdtrt_id: mdtrtId,
          fsi_encounter_dtos: [
            {
              mdtrt_id: mdtrtId,
              medins_id: state.institution,
              medins_name: name,
              medins_admdvs: admdvs,
              adm_date: state.begntime.slice(0, 10),
              med_type: state.medType,
              insutype: state.insutype,
              fsi_diagnose_dtos: diagnoses.map((diagnosis) => ({
                inout_dise_type: '1',
                maindise_flag: textOf(diagnosis['maindiag_flag']),
                dias_srt_no: textOf(diagnosis['diag_srt_no']),
                dise_codg: textOf(diagnosis['diag_code']),
                dise_name: textOf(diagnosis['diag_name']),
              })),
              fsi_order_dtos: lines.map((line) => ({
                rx_id: line.feedetl_sn,
                hilist_code: upTo(20, line.med_list_codg),
                hosplist_code: upTo(20, line.medins_list_codg),
                hosplist_name: line.medins_list_name?.slice(0, 50),
                cnt: twoDecimals(line.cnt),
                pric: twoDecimals(line.pric),
                sumamt: line.det_item_fee_sumamt,
                drord_begn_date: line.fee_ocur_time.slice(0, 10),
              })),
            },
          ],
        },
      ],
    },
  };
}

/** 3101 takes two decimals of what 2301 takes four and six. */
function twoDecimals(text: string): string {
  return formatYuan(roundToFen(parseDecimal(text)));
}

/** A code that has no room is left out; a part of it would be another code. */
function upTo(longest: number, code: string): string | undefined {
  return code.length <= longest ? code : undefined;
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
