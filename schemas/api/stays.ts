import { z } from 'zod';
import { stage } from './admissions';
import { admissionSummary, admissionView } from './answers';
import { pageShape, roundQuery, sheetQuery } from './queries';
import { iptNo, plainText } from './text';

/** Stays (住院) as people of the agency see them: across the institutions of their divisions, personal data masked. */

const institution = z.string().regex(/^[A-Z]\d{11}$/, { message: '机构编号为一位大写字母加十一位数字' });

export const staysQuery = z.strictObject({
  ...pageShape,
  institution: institution.optional().meta({ description: '只看某一机构' }),
  iptNo: iptNo.optional(),
  stage: stage.optional(),
});

export const stayRoundQuery = roundQuery;

/** The sheet names the patient in full, so that whoever opens it says why. */
export const staySheetQuery = sheetQuery.extend({ reason: plainText(200, '为何要看').min(4, { message: '理由至少 4 字' }) });

const where = { institution: z.string(), institutionName: z.string() };

const staySummary = admissionSummary.extend(where).meta({ id: 'StaySummary', description: '姓名已脱敏' });
export const stayPage = z.object({ items: z.array(staySummary), nextCursor: z.string().nullable() }).meta({ id: 'StayPage' });

/** Without the workflow's whole state, which speaks of the patient. */
export const stayView = admissionView.omit({ state: true }).extend(where).meta({ id: 'Stay', description: '姓名已脱敏' });
