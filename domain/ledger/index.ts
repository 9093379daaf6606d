export * from './accounts';
export * from './vouchers';
