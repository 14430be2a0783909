/** What opening does not wait for, in one piece: how to write, and what the server's answers change. */
export { compact } from './compact';
export { prepare } from './difference';
export { ingestAll } from './ingest';
export { copyOf, eraseCopies } from './second_copy';
export { newId } from '../domain/id';
export { SentLately } from './sent';
export { settleAll } from './settle';
export { undo } from './undo';
