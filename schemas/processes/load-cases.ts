import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CaseDefinition, SignStep } from '../../domain/office-case/definition';
import { deadlineOf, EFFECT, FIELD_TYPES, listOf, MAKER, operationOf } from '../../domain/office-case/definition';
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
  where: z.union([z.enum(['own', 'parent', 'root', 'parties']), z.templateLiteral(['list:', z.string()]), z.templateLiteral(['field:', z.string()])]),
  need: z.union([z.enum(['all', 'any']), z.number().int().min(1).max(20)]),
  different: z.boolean().optional(),
  when: z.strictObject({ field: name, atLeast: z.number().int() }).optional(),
  returnTo: z.string().optional(),
  objection: z.enum(['return', 'record']).optional(),
  keepUnchanged: z.boolean().optional(),
  deadline: deadline.optional(),
  onOverdue: z.strictObject({ act: z.literal('confirm'), when: z.strictObject({ step: key, result: name }).optional() }).optional(),
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

/** A definition that is not right; the message names file and place. */
export class CaseDefinitionError extends Error {
  override readonly name = 'CaseDefinitionError';
  readonly code = 'CASE_DEFINITION_INVALID';

  constructor(file: string, problem: string) {
    super(`CASE_DEFINITION_INVALID 办件定义有误 case definition ${file}: ${problem}`);
  }
}

/**
 * Reads all definitions of the shipped folder, and of a site's where one is given. A site's takes the place of a shipped one
 * of the same key only with a higher version, so that neither an update of the program nor a file that was copied once changes
 * a function unnoticed. Throws CaseDefinitionError.
 */
export function loadCaseDefinitions(siteFolder?: string): CaseDefinitions {
  const definitions = Object.fromEntries(readFolder(SHIPPED).map((each) => [each.key, each]));
  for (const own of siteFolder === undefined ? [] : readFolder(siteFolder)) {
    const shipped = definitions[own.key];
    if (shipped && own.version <= shipped.version) {
      throw new CaseDefinitionError(`${own.key}.json`, `version ${own.version} of the site does not replace version ${shipped.version} that is shipped; give it version ${shipped.version + 1} or a key of its own`);
    }
    definitions[own.key] = own;
  }
  for (const { key: from, undo } of Object.values(definitions)) {
    if (undo !== undefined && !definitions[undo]) throw new CaseDefinitionError(`${from}.json`, `undo names ${undo}, which does not exist`);
  }
  return definitions;
}

let current: CaseDefinitions | undefined;

/** The definitions under which this process opens cases: what `openCaseDefinitions` opened, else the shipped ones. */
export function currentCaseDefinitions(): CaseDefinitions {
  return (current ??= loadCaseDefinitions());
}

/**
 * Opens the definitions of this process at its start, a site's included. `operations` are the register operations that the
 * program has, by name. Throws CaseDefinitionError.
 */
export function openCaseDefinitions(siteFolder: string | null, operations: Readonly<Record<string, unknown>>): CaseDefinitions {
  const definitions = loadCaseDefinitions(siteFolder ?? undefined);
  for (const definition of Object.values(definitions)) {
    const names = [...definition.chain.map(({ key: step }) => step), EFFECT].map((step) => operationOf(definition, step));
    const unknown = names.find((each) => each !== null && !Object.hasOwn(operations, each));
    if (unknown) throw new CaseDefinitionError(`${definition.key}.json`, `the program has no register operation ${unknown}`);
  }
  current = definitions;
  return definitions;
}

function readFolder(folder: string): CaseDefinition[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort();
  return files.map((file) => {
    const definition = parseDefinition(readJson(join(folder, file), file), file);
    if (`${definition.key}.json` !== file) throw new CaseDefinitionError(file, `its key is ${definition.key}; the file bears the name of the key`);
    return definition;
  });
}

function readJson(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CaseDefinitionError(file, error instanceof SyntaxError ? `no JSON: ${error.message}` : 'cannot be read');
  }
}

/** Checks one definition. Throws CaseDefinitionError. */
export function parseDefinition(value: unknown, file: string): CaseDefinition {
  const parsed = definitionShape.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'not right' };
    throw new CaseDefinitionError(file, `${path.join('.')}: ${message}`);
  }
  const definition = parsed.data as CaseDefinition;
  const problem = problemOf(definition);
  if (problem !== null) throw new CaseDefinitionError(file, problem);
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
  const list = listOf(step);
  if (list !== null) {
    const fields = form.find((each) => each.name === list && each.type === 'list')?.fields ?? [];
    const types = { slot: 'text', division: 'division', zh: 'text' };
    const lacks = Object.entries(types).find(([of, type]) => !fields.some((each) => each.name === of && each.type === type && each.required));
    if (lacks) return `${step.key}: the form needs a list \`${list}\` with the required fields slot (text), division (division) and zh (text)`;
  }
  return overdueProblem(definition, step, index);
}

/** Roles (复核、审查、审批) whose signature is a judgement of its own: silence never stands for it. */
const NEVER_TACIT: readonly string[] = ['rechecker', 'inspector', 'approver'];

function overdueProblem(definition: CaseDefinition, step: SignStep, index: number): string | null {
  if (!step.onOverdue) return null;
  const { when } = step.onOverdue;
  if (listOf(step) === null || NEVER_TACIT.includes(step.role)) return `${step.key}: onOverdue is for parties that confirm, never for a review or an approval`;
  if (deadlineOf(definition, step) === null) return `${step.key}: onOverdue needs a deadline`;
  const earlier = definition.chain.slice(0, index).some((each) => each.kind === 'automatic' && each.key === when?.step);
  return when && !earlier ? `${step.key}: onOverdue.when asks for the result of an earlier automatic step` : null;
}
