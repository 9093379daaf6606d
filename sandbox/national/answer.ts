import type { ServerResponse } from 'node:http';
import iconv from 'iconv-lite';
import { fen, formatYuan, parseYuan, subtract } from '../../domain/money';
import { hang, jsonAnswer, send, sendPart, type Answer } from '../kit/answer';
import type { Fault } from './faults';

/** Sends what a broken line, gateway or intermediary makes of `answer` (null: the centre was not reached). */
export async function sendBroken(response: ServerResponse, fault: Fault, answer: Answer | null): Promise<void> {
  switch (fault.kind) {
    case 'reset':
      if (fault.phase === 'in-answer' && answer) await sendPart(response, answer);
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      if (fault.phase === 'in-answer' && answer) await sendPart(response, answer);
      return hang(response);
    case 'garble':
      return send(response, garbled(answer));
    case 'html':
      return send(response, { status: 200, contentType: 'text/html', body: Buffer.from(GATEWAY_PAGE, 'utf8') });
    case 'empty':
      return send(response, { status: 200, contentType: 'application/json', body: Buffer.alloc(0) });
    case 'http503':
      return send(response, { status: 503, contentType: 'text/plain', body: Buffer.from('upstream unavailable', 'utf8') });
    case 'http429':
      return send(response, jsonAnswer({ type: 'error', infcode: -1, err_msg: '请求过于频繁，请稍后再试' }, 429));
    case 'busy':
      return send(response, jsonAnswer(failure('系统繁忙，请稍后再试')));
    case 'disguisedTimeout':
      return send(response, jsonAnswer(failure('请求超时')));
    case 'businessError':
    case 'delay':
    case 'staleRead':
    case 'amountDrift':
    case 'brokenSum':
    case 'expireSign':
      throw new Error(`${fault.kind} does not break an answer`);
  }
}

/** The fault `brokenSum`: the cash of a settlement is told so many fen too low, so that its parts miss the total. Nothing else changes. */
export function withBrokenSum(answer: Answer, missingFen: number): Answer {
  const text = answer.body.toString('utf8').replace(/("psn_cash_pay":"?)(-?\d+(?:\.\d+)?)/, (_all, name: string, yuan: string) => {
    return `${name}${formatYuan(subtract(parseYuan(yuan), fen(missingFen)))}`;
  });
  return { ...answer, body: Buffer.from(text, 'utf8') };
}

function failure(text: string): object {
  return { infcode: -1, inf_refmsgid: null, refmsg_time: null, respond_time: null, err_msg: text, output: null };
}

/** The first part of the answer in GBK bytes, as an intermediary with the wrong encoding and a short buffer leaves it. */
function garbled(answer: Answer | null): Answer {
  const text = answer ? answer.body.toString('utf8') : JSON.stringify(failure('交易处理失败'));
  const bytes = iconv.encode(text, 'gbk');
  return {
    status: 200,
    contentType: 'application/json;charset=UTF-8',
    body: bytes.subarray(0, Math.floor((bytes.length * 2) / 3)),
  };
}

const GATEWAY_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';
