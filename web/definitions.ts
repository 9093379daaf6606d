import { type Ref, ref } from 'vue';
import { cases } from './api';
import { named } from './i18n';
import type { CaseDefinition } from './types';

const known = ref<readonly CaseDefinition[]>([]);
const failed = ref<unknown>(null);
let asked: Promise<void> | null = null;

/** The case definitions, asked for once for the whole workbench. */
export function useDefinitions(): {
  definitions: Ref<readonly CaseDefinition[]>;
  failed: Ref<unknown>;
  /** In the language of the page; `otherwise` until they are there. */
  definitionName(key: string, otherwise?: string): string;
  /** The title of a case, which begins with the name of its definition, in the language of the page. */
  titleOf(officeCase: { readonly definition: string; readonly title: string }): string;
  /** The name of a step of a definition in the language of the page; `otherwise` where the chain has none. */
  stepName(key: string, step: string | null, otherwise: string): string;
  again(): void;
} {
  function load(): void {
    asked = cases.definitions().then(
      (found) => {
        known.value = found;
        failed.value = null;
      },
      (error: unknown) => {
        asked = null;
        failed.value = error;
      },
    );
  }
  if (asked === null) load();
  return {
    definitions: known,
    failed,
    definitionName: (key, otherwise = key) => {
      const definition = known.value.find((each) => each.key === key);
      return definition ? named(definition) : otherwise;
    },
    titleOf: ({ definition: key, title }) => {
      const definition = known.value.find((each) => each.key === key);
      return definition && title.startsWith(definition.zh) ? `${named(definition)}${title.slice(definition.zh.length)}` : title;
    },
    stepName: (key, step, otherwise) => {
      const found = known.value.find((each) => each.key === key)?.chain.find((each) => each.key === step);
      return found ? named(found) : otherwise;
    },
    again: load,
  };
}

/** Forgets them with the session: another person may start others. */
export function forgetDefinitions(): void {
  asked = null;
  known.value = [];
}
