import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CaseDefinition, SignStep } from '../../domain/office-case/definition';
import { EFFECT, FIELD_TYPES, MAKER } from '../../domain/office-case/definition';
import { ROLE_KEYS } from '../../domain/people/role-keys';

/** The case definitions (办件定义) that the program ships; a site may keep more in a folder of its own. */
const SHIPPED = join(__dirname, 'cases');

const key = z.string().regex(/^[a-z][a-z0-9-]{1,47}$/, 'lower case, digits and hyphens');
const name = z.string().regex(/^[a-z][A-Za-z0-9]{0,47}$/, 'camelCase');
const words = z.string().min(1).max(60);
const role = z.enum(ROLE_KEYS);
const choice = z.strictObject({ value: z.string().regex(/^[A-Za-z0-9._-]{1,48}$/), zh: words, en: words });
const scalarField = {
  name,
  zh: words,
  en: words,
  required: z.boolean().optional(),
  max: z.number().int().positive().optional(),
  min: z.number().int().optional(),
  choices: z.array(choice).min(1).optional(),
  personal: z.boolean().optional(),
};
const rowField = z.strictObject({ ...scalarField, type: z.enum(FIELD_TYPES).exclude(['list']) });
const field = z.strictObject({ ...scalarField, type: z.enum(FIELD_TYPES), fields: z.array(rowField).min(1).optional(), prefill: z.string().regex(/^\/v1(\/[a-z-]+)+$/, 'an address of the API').optional() });
const deadline = z.strictObject({
  hours: z.number().positive().max(2_000),
  remindAt: z.array(z.number().gt(0).lt(1)).max(5),
  escalateTo: role,
});
const signStep = z.strictObject({
  key,
  zh: words,
  en: words,
  kind: z.literal('sign'),
  role,
  where: z.union([z.enum(['own', 'parent', 'root', 'parties']), z.templateLiteral(['field:', z.string()])]),
  need: z.union([z.enum(['all', 'any']), z.number().int().min(1).max(20)]),
  different: z.boolean().optional(),
  when: z.strictObject({ field: name, atLeast: z.number().int() }).optional(),
  returnTo: z.string().optional(),
  objection: z.enum(['return', 'record']).optional(),
  keepUnchanged: z.boolean().optional(),
  deadline: deadline.optional(),
  concurrence: z.boolean().optional(),
});
const operation = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)+$/, 'such as people.change');
const automaticStep = z.strictObject({ key, zh: words, en: words, kind: z.literal('automatic'), operation, summary: words });
const definitionShape = z.strictObject({
  key,
  version: z.number().int().min(1),
  zh: words,
  en: words,
  functions: z.array(z.string().min(1)),
  startRoles: z.array(role).min(1),
  startLevel: z.array(z.enum(['province', 'city', 'county'])).min(1),
  form: z.array(field),
  businessKey: z.array(name),
  amount: name.optional(),
  period: name.optional(),
  chain: z.array(z.discriminatedUnion('kind', [signStep, automaticStep])).min(1).max(20),
  operation: operation.nullable(),
  undo: key.optional(),
  document: z.string().min(1).optional(),
  deadline: deadline.optional(),
});

export type CaseDefinitions = Readonly<Record<string, CaseDefinition>>;

/**
 * Reads all definitions of the shipped folder, and of a site's where one is given; a site's replaces a shipped one of the
 * same key. Throws Error that names file and place when one is not right.
 */
export function loadCaseDefinitions(siteFolder?: string): CaseDefinitions {
  const folders = [SHIPPED, ...(siteFolder === undefined ? [] : [siteFolder])];
  const definitions = Object.fromEntries(folders.flatMap(readFolder).map((each) => [each.key, each]));
  for (const { key: from, undo } of Object.values(definitions)) {
    if (undo !== undefined && !definitions[undo]) throw new Error(`case definition ${from}: undo names ${undo}, which does not exist`);
  }
  return definitions;
}

function readFolder(folder: string): CaseDefinition[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => {
    const definition = parseDefinition(JSON.parse(readFileSync(join(folder, file), 'utf8')), file);
    if (`${definition.key}.json` !== file) throw new Error(`case definition ${file}: its key is ${definition.key}; the file bears the name of the key`);
    return definition;
  });
}

/** Checks one definition. Throws Error that names the place. */
export function parseDefinition(value: unknown, file: string): CaseDefinition {
  const parsed = definitionShape.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'not right' };
    throw new Error(`case definition ${file}: ${path.join('.')}: ${message}`);
  }
  const definition = parsed.data as CaseDefinition;
  const problem = problemOf(definition);
  if (problem !== null) throw new Error(`case definition ${file}: ${problem}`);
  return definition;
}

/** What does not fit together, or null. */
function problemOf(definition: CaseDefinition): string | null {
  const steps = definition.chain.map((step) => step.key);
  if (new Set(steps).size < steps.length) return 'two steps have one key';
  if (steps.includes(MAKER) || steps.includes(EFFECT)) return `no step may be called ${MAKER} or ${EFFECT}`;
  if (!definition.chain.some((step) => step.kind === 'sign')) return 'nobody signs: the chain has no sign step';
  return fieldProblem(definition) ?? definition.chain.map((step, index) => (step.kind === 'sign' ? stepProblem(definition, step, index) : null)).find((each) => each !== null) ?? null;
}

function fieldProblem({ form, businessKey, amount, period }: CaseDefinition): string | null {
  const all = [form, ...form.flatMap((each) => (each.fields ? [each.fields] : []))];
  for (const fields of all) {
    if (new Set(fields.map((each) => each.name)).size < fields.length) return 'two fields have one name';
    const bare = fields.find((each) => (each.type === 'choice') !== (each.choices !== undefined) || (each.type === 'list') !== (each.fields !== undefined));
    if (bare) return `field ${bare.name}: a choice has choices, a list has fields, and nothing else has`;
  }
  const filled = form.find((each) => each.prefill !== undefined && each.type !== 'list');
  if (filled) return `field ${filled.name}: only a list has prefill`;
  for (const of of businessKey) {
    const asked = form.find((each) => each.name === of);
    if (!asked?.required || asked.personal || ['list', 'account', 'longText'].includes(asked.type)) {
      return `businessKey: ${of} must be a required field that is neither personal nor an account, a list or a long text`;
    }
  }
  if (amount !== undefined && form.find((each) => each.name === amount)?.type !== 'fen') return `amount: ${amount} is no field of type fen`;
  if (period !== undefined && form.find((each) => each.name === period)?.type !== 'period') return `period: ${period} is no field of type period`;
  return null;
}

function stepProblem(definition: CaseDefinition, step: SignStep, index: number): string | null {
  const { form, chain } = definition;
  const earlier = chain.slice(0, index).filter((each) => each.kind === 'sign').map((each) => each.key);
  if (step.returnTo !== undefined && step.returnTo !== MAKER && !earlier.includes(step.returnTo)) return `${step.key}: returnTo must be ${MAKER} or an earlier sign step`;
  if (step.when && !form.some((each) => each.name === step.when?.field && (each.type === 'fen' || each.type === 'integer'))) {
    return `${step.key}: when asks for a field of type fen or integer`;
  }
  if (step.where.startsWith('field:')) {
    const asked = form.find((each) => each.name === step.where.slice('field:'.length));
    if (asked?.type !== 'division' || !asked.required) return `${step.key}: where names a required field of type division`;
  }
  if (step.where === 'parties') {
    const fields = form.find((each) => each.name === 'parties' && each.type === 'list')?.fields ?? [];
    const types = { slot: 'text', division: 'division', zh: 'text' };
    const lacks = Object.entries(types).find(([of, type]) => !fields.some((each) => each.name === of && each.type === type && each.required));
    if (lacks) return `${step.key}: the form needs a list \`parties\` with the required fields slot (text), division (division) and zh (text)`;
  }
  return null;
}
