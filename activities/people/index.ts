export { actingPosts, type ActingPost, type Authority, authorityOf, type AuthorityQuestion, postsOf, useDecision } from './authority';
export { recordAudit } from './audit';
export { divisionTree } from './divisions';
export { operations } from './operations';
