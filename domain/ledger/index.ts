export * from './accounts';
export * from './agency-accounts';
export * from './vouchers';
