import { outcomeOf } from '../outcomes';
import { EFFECT, stepName, type CaseDefinition } from './definition';
import { ACT_NAMES, type CaseEvent, type CaseState } from './types';

/** One Chinese sentence an event, for the timeline and the Temporal UI; without names and opinions. */
export function eventText(definition: CaseDefinition, state: Pick<CaseState, 'round'>, event: CaseEvent): string {
  switch (event.type) {
    case 'acted':
      return `${ACT_NAMES[event.act]}（第 ${event.round} 轮）`;
    case 'refused':
      return `未受理：${outcomeOf(event.refusal.code).title}`;
    case 'operated':
      return event.step === EFFECT ? '登记生效' : `${stepName(definition, event.step)}已完成`;
    case 'operationFailed':
      return `${stepName(definition, event.step)}未能完成：${event.refusal.message}`;
    case 'undone':
      return `${stepName(definition, event.step)}已回退`;
    case 'reminded':
      return `${stepName(definition, event.step)}期限已过 ${Math.round(event.part * 100)}%，已提醒`;
    case 'escalated':
      return `${stepName(definition, event.step)}已超期，已报上级（第 ${state.round} 轮）`;
    case 'tacit':
      return `${stepName(definition, event.step)}期限已到，${event.slots.length} 个席位未答复，视为确认（第 ${event.round} 轮）`;
  }
}
