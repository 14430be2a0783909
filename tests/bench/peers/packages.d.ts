// The peers' packages are installed only when the bench asks for them, so that nothing else of the
// project waits for them or breaks by them. What is named here is known by its name alone.
declare module 'dexie';
declare module 'express-pouchdb';
declare module 'pouchdb-adapter-http';
declare module 'pouchdb-adapter-memory';
declare module 'pouchdb-browser';
declare module 'pouchdb-core';
declare module 'pouchdb-mapreduce';
declare module 'pouchdb-replication';
declare module 'rxdb/plugins/core';
declare module 'rxdb/plugins/replication';
declare module 'rxdb/plugins/storage-dexie';
