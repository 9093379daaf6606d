import type { OrderState, PaymentState } from '../domain/disbursement/payment';

/** Colour of a state of an order or a payment; the chip says it in words too. */
export const STATE_CLASSES: Readonly<Record<OrderState | PaymentState, string>> = {
  open: '', partPaid: 'soon', paid: 'accent', received: 'ok', stopped: 'over', void: '', undone: '', bounced: 'over',
};
