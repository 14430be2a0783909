/** What is needed only once a server has answered, in one piece. */
export { compact } from './compact';
export { ingestAll } from './ingest';
export { SentLately } from './sent';
export { settleAll } from './settle';
