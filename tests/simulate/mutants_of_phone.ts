import type { Mutant } from './mutant';

const DEVICE = 'src/lib/device';
const SYNC = 'src/lib/sync';

/** Ways in which the client would lose or double what people wrote. */
export const MUTANTS_OF_PHONE: Mutant[] = [
	{
		name: 'settle all pending instead of by id',
		file: `${DEVICE}/settle.ts`,
		from: 'await rebase(transaction, created);',
		to: `await rebase(transaction, created);\n\tawait transaction.objectStore('outbox').clear();`
	},
	{
		name: 'a resend has a new id',
		file: `${SYNC}/push.ts`,
		from: `report, changes });`,
		to: `report, changes: changes.map((change) => ({ ...change, change_id: crypto.randomUUID() })) });
		for (const [n, one] of answer.verdicts.entries()) one.change_id = changes[n]?.change_id ?? '';`
	},
	{
		name: 'the verdict is kept outside the transaction of the outbox',
		file: `${DEVICE}/device.ts`,
		from: `await this.#write([...SETTLED], 'strict'`,
		to: `const back = this.waitingFor(verdicts);
		await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			for (const { written } of back) await transaction.objectStore('outbox').delete(written.place);
			return {};
		});
		await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			for (const { written, verdict } of back)
				await transaction.objectStore('returned').put({ ...written, verdict });
			return {};
		});
		await this.#write([...SETTLED], 'strict'`,
		also: {
			file: `${DEVICE}/memory.ts`,
			from: '/** What was sent back and needs a look, oldest first. */',
			to: `waitingFor(verdicts: { change_id: string; verdict: string }[]) {
		return this.#outbox.flatMap((written) => {
			const verdict = verdicts.find((one) => one.change_id === written.change.change_id);
			const bad = verdict && ['refused', 'invalid'].includes(verdict.verdict);
			return bad ? [{ written, verdict: verdict as never }] : [];
		});
	}

	/** What was sent back and needs a look, oldest first. */`
		}
	},
	{
		name: 'a tombstone is not taken in',
		file: `${DEVICE}/ingest.ts`,
		from: 'const rows = pulledRows(group);',
		to: 'const rows = pulledRows(group).filter((row) => !row.discarded);'
	},
	{
		name: 'pull before push, with purge',
		file: `${SYNC}/sync.ts`,
		from: 'const all_sent = await push(this.#ports, this.#bytes);\n\t\tawait pull(this.#ports);',
		to: 'await pull(this.#ports);\n\t\tconst all_sent = await push(this.#ports, this.#bytes);',
		also: {
			file: `${DEVICE}/ingest.ts`,
			from: 'await cursors.delete(group_id);',
			to: `await cursors.delete(group_id);
		for (const { place, change } of await transaction.objectStore('outbox').getAll())
			if (change.group_id === group_id) await transaction.objectStore('outbox').delete(place);`
		}
	},
	{
		name: 'a lost group is purged with what waits',
		file: `${DEVICE}/ingest.ts`,
		from: 'const dropped = await leaveGroups(transaction, answer);',
		to: `const dropped = await leaveGroups(transaction, answer);
	const told = new Set(answer.groups.map((group) => group.group_id));
	for (const { change } of await transaction.objectStore('outbox').getAll())
		if (!told.has(change.group_id)) await transaction.objectStore('outbox').clear();
	for (const { change } of await transaction.objectStore('sent').getAll())
		if (!told.has(change.group_id)) await transaction.objectStore('outbox').clear();`
	},
	{
		name: 'fields of a newer app are dropped',
		file: `${DEVICE}/device.ts`,
		from: 'const change: Change = {',
		to: `for (const field of Object.keys(fields)) if (field.startsWith('from_')) delete fields[field];
				const change: Change = {`
	},
	{
		name: 'the cursor is kept before the rows',
		file: `${DEVICE}/device.ts`,
		from: 'let cursors = this.#cursors;',
		to: `let cursors = this.#cursors;
		if (answer.groups.every((group) => !group.reset && this.#cursors[group.group_id]))
			await this.#write(['cursors', 'outbox', 'returned'], 'relaxed', async (transaction) => {
				for (const group of answer.groups)
					await transaction.objectStore('cursors').put(group.cursor, group.group_id);
				return {};
			});`
	},
	{
		name: 'each change is kept in a transaction of its own',
		file: `${DEVICE}/device.ts`,
		from: 'const at = new Date().toISOString();',
		to: `const at = new Date().toISOString();
		if (edits.length > 1) {
			for (const edit of edits) await this.save([edit]);
			return;
		}`
	},
	{
		name: 'what was sent back is taken out before it is written again',
		file: `${DEVICE}/device.ts`,
		from: `await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			const whole`,
		to: `const old = edits.flatMap((edit) => this.#sentBack(edit.record_id));
		await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			await takeOut(transaction, [...old.map(idOf), ...mended]);
			return {};
		});
		await this.#write(['outbox', 'returned'], 'strict', async (transaction) => {
			const whole`
	},
	{
		name: 'nothing is sent again after a reset',
		file: `${DEVICE}/ingest.ts`,
		from: 'await sendAgain(transaction, group.group_id);',
		to: 'await dropRecords(transaction, group.group_id);'
	},
	{
		name: 'what the server lost after a push is not noticed',
		file: `${DEVICE}/unproven.ts`,
		from: 'return !group.more && left.some(',
		to: `return group.group_id === '' && left.some(`
	},
	{
		name: 'an overlap is not shown',
		file: `${DEVICE}/settle.ts`,
		from: 'return (fields?.length ?? 0) > 0;',
		to: 'return (fields?.length ?? 0) > 99;'
	},
	{
		name: 'what was sent back after a discard is not shown',
		file: `${DEVICE}/settle.ts`,
		from: `return change.fields.discarded !== true;`,
		to: `return change.fields.discarded === 'never';`
	},
	{
		name: 'the base is not moved to the number of the creation',
		file: `${DEVICE}/settle.ts`,
		from: 'if (created.size === 0) return;',
		to: 'if (created.size >= 0) return;'
	},
	{
		name: 'a batch that was cut counts as sent',
		file: `${SYNC}/push.ts`,
		from: 'if (verdicts.length === 0) return false;',
		to: `for (const { change_id } of changes)
			if (!verdicts.some((one) => one.change_id === change_id))
				verdicts.push({ change_id, verdict: 'applied', seq: null });
		if (verdicts.length === 0) return false;`
	},
	{
		name: 'a poisoned change blocks the rest',
		file: `${SYNC}/push.ts`,
		from: 'if (verdicts.length === 0) return false;',
		to: `if (verdicts.some((one) => one.verdict === 'invalid')) return false;
		if (verdicts.length === 0) return false;`
	},
	{
		name: 'sent in the name of whoever is signed in',
		file: `${SYNC}/sync.ts`,
		from: 'if (api.person_id !== device.person_id)',
		to: `if (api.person_id === 'nobody')`
	},
	{
		name: 'no next try after a failure',
		file: `${SYNC}/sync.ts`,
		from: `if (state !== 'signed_out') this.#retry(retryAfter);`,
		to: `if (state === 'idle') this.#retry(retryAfter);`
	},
	{
		name: 'a run that was asked for during a run is forgotten',
		file: `${SYNC}/sync.ts`,
		from: 'this.#once_more = true;',
		to: 'this.#once_more = false;'
	},
	{
		name: 'the records of before a reset stay',
		file: `${DEVICE}/ingest.ts`,
		from: `dropped.push(...(await dropRecords(transaction, group.group_id)));
			await sendAgain`,
		to: 'await sendAgain'
	},
	{
		name: 'signing out drops what waits',
		file: `${DEVICE}/device.ts`,
		from: `const had = ['records', 'sent', 'cursors', 'meta'] as const;`,
		to: `const had = ['records', 'sent', 'cursors', 'meta', 'outbox'] as const;`
	},
	{
		name: 'a lost group stays on the phone',
		file: `${DEVICE}/ingest.ts`,
		from: 'if (in_scope.has(group_id)) continue;',
		to: `if (in_scope.has(group_id) || group_id !== '') continue;`
	},
	{
		name: 'the rest of a long pull is left for another day, and the cursor is not',
		file: `${DEVICE}/ingest.ts`,
		from: 'const rows = pulledRows(group);',
		to: 'const rows = pulledRows(group).slice(0, 2);'
	},
	{
		name: 'what was sent is forgotten at once',
		file: `${DEVICE}/settle.ts`,
		from: '!taken_at || Date.parse(taken_at) < before',
		to: 'true',
		also: {
			file: 'src/lib/device/settle.ts',
			from: 'const SENT_KEPT = 1000;',
			to: 'const SENT_KEPT = 0;'
		}
	}
];
