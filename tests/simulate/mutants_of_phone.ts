import type { Mutant } from './mutant';

const DEVICE = 'src/lib/device';
const SYNC = 'src/lib/sync';

/** Ways in which the client would lose or double what people wrote. */
export const MUTANTS_OF_PHONE: Mutant[] = [
	{
		name: 'settle all pending instead of by id',
		file: `${DEVICE}/settle.ts`,
		from: 'rebase(now, created);\n\treturn',
		to: `rebase(now, created);\n\tnow.outbox = [];\n\treturn`
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
		from: `await this.#write('strict', () =>
			answers.settleAll(`,
		to: `const bad = verdicts.filter(({ verdict }) => ['refused', 'invalid'].includes(verdict));
		const back = this.#logbook.outbox.flatMap((written) => {
			const verdict = bad.find((one) => one.change_id === written.change.change_id);
			return verdict ? [{ ...written, verdict }] : [];
		});
		await this.#write('strict', () => ({
			outbox: this.#logbook.outbox.filter(
				({ place }) => !back.some((returned) => returned.place === place)
			)
		}));
		await this.#write('strict', () => ({ returned: [...this.#logbook.returned, ...back] }));
		await this.#write('strict', () =>
			answers.settleAll(`
	},
	{
		name: 'a tombstone is not taken in',
		file: `${DEVICE}/ingest.ts`,
		from: 'const rows = pulledRows(group);',
		to: 'const rows = pulledRows(group).filter((row) => !row.discarded);'
	},
	{
		name: 'pull before push, with purge',
		file: `${SYNC}/line.ts`,
		from: 'const all_sent = await push(ports, maxBytes);\n\tawait pull(ports);',
		to: 'await pull(ports);\n\tconst all_sent = await push(ports, maxBytes);',
		also: {
			file: `${DEVICE}/ingest.ts`,
			from: '...(again.length === 0 ? {} :',
			to: `...(left.some((id) => !(id in cursors))
			? { outbox: here.outbox.filter(({ change }) => change.group_id in cursors) }
			: {}),
		...(again.length === 0 ? {} :`
		}
	},
	{
		name: 'a lost group is purged with what waits',
		file: `${DEVICE}/ingest.ts`,
		from: '...(again.length === 0 ? {} :',
		to: `...(left.some((id) => !(id in cursors)) ? { outbox: [] } : {}),
		...(again.length === 0 ? {} :`
	},
	{
		name: 'fields of a newer app are dropped',
		file: `${DEVICE}/device.ts`,
		from: 'return { ...edit, change_id: ids[n]',
		to: `for (const field of Object.keys(fields)) if (field.startsWith('from_')) delete fields[field];
				return { ...edit, change_id: ids[n]`
	},
	{
		name: 'the cursor is kept before the rows',
		file: `${DEVICE}/device.ts`,
		from: 'let all = true;',
		to: `let all = true;
		const before = this.#logbook.cursors;
		if (answer.groups.every((group) => !group.reset && before[group.group_id]))
			await this.#write('relaxed', async () => {
				const after = answer.groups.map((group) => [group.group_id, group.cursor]);
				const { told } = await import('./told');
				return { told: told({ cursors: { ...before, ...Object.fromEntries(after) } }) };
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
		from: 'let ids: string[] = [];',
		to: `let ids: string[] = [];
		const old = edits.flatMap((edit) => this.#sentBack(edit.record_id));
		const gone = new Set([...old.map(({ change_id }) => change_id), ...mended]);
		await this.#write('strict', () => ({ returned: this.#returnedWithout(gone) }));`
	},
	{
		name: 'nothing is sent again after a reset',
		file: `${DEVICE}/ingest.ts`,
		from: 'await sendAgain(now, sent, group_id);',
		to: ';'
	},
	{
		name: 'what the server lost after a push is not noticed',
		file: `${DEVICE}/unproven.ts`,
		from: 'lost: !group.more && left.some(',
		to: `lost: group.group_id === '' && left.some(`
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
		file: `${SYNC}/line.ts`,
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
		from: `now.left.push(group_id);
			if (sent_from`,
		to: 'if (sent_from'
	},
	{
		name: 'signing out drops what waits',
		file: `${DEVICE}/device.ts`,
		from: `const had = ['pages', 'sent', 'cursors', 'meta'] as const;`,
		to: `const had = ['pages', 'sent', 'cursors', 'meta', 'outbox'] as const;`
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
	},
	{
		name: 'what another tab wrote meanwhile is not looked at',
		file: `${DEVICE}/difference.ts`,
		from: '!== write - 1) return false;',
		to: '< 0) return false;'
	},
	{
		name: 'packing counts as done on what was written while it was sealed',
		file: `${DEVICE}/logbook.ts`,
		from: 'const write = this.#writes + 1;',
		to: `await new Promise((later) => setTimeout(later));
		const write = this.#writes + 1;`
	},
	{
		name: 'packing forgets a record',
		file: `${DEVICE}/compact.ts`,
		from: 'filter((row) => groups.has(row.group_id));',
		to: 'filter((row) => groups.has(row.group_id)).slice(1);'
	},
	{
		name: 'an earlier page lies over a later one',
		file: `${DEVICE}/pages.ts`,
		from: 'a - b || m - n',
		to: 'b - a || n - m'
	},
	{
		name: 'a group that left the phone stays on its pages',
		file: `${DEVICE}/told.ts`,
		from: 'void ask(pages.delete(place));',
		to: 'void place;'
	},
	{
		name: 'the second copy is not written',
		file: `${DEVICE}/second_copy.ts`,
		from: 'if (changes.length === 0 || this.#broken) return;',
		to: 'if (changes.length >= 0 || this.#broken) return;'
	},
	{
		name: 'changes leave the second copy before their verdict is stored',
		file: `${SYNC}/push.ts`,
		from: 'const report = reportOf(ports, changes.length);',
		to: `await (device as unknown as { letGo(): Promise<void> }).letGo();
		const report = reportOf(ports, changes.length);`,
		also: {
			file: `${DEVICE}/device.ts`,
			from: 'async isCopied()',
			to: `async letGo() {
		const all = this.#logbook.outbox.map(({ change }) => change.change_id);
		await (await this.#database.copy())?.letGo(all);
	}
	async isCopied()`
		}
	},
	{
		name: 'one second copy for all who use the phone',
		file: `${DEVICE}/second_copy.ts`,
		from: 'new SecondCopy(factory, name)',
		to: `new SecondCopy(factory, name && 'tung-nha')`
	},
	{
		name: 'a lost database is laid out without what its copy has',
		file: `${DEVICE}/layout.ts`,
		from: 'if (left) putBack(',
		to: 'if (left && generation < 0) putBack('
	},
	{
		name: 'what was sent back is not in the second copy',
		file: `${DEVICE}/difference.ts`,
		from: 'const copied = [...waiting, ...added, ...sent_back];',
		to: 'const copied: UnsentChange[] = [...waiting, ...added];'
	},
	{
		name: 'a contact that was taken back stays on the phone',
		file: `${DEVICE}/memory.ts`,
		from: 'this.#confirmed.set(row.id, row);',
		to: `const before = this.#confirmed.get(row.id);
			if (row.kind === 'household' && before?.kind === 'household') row.contact ??= before.contact;
			this.#confirmed.set(row.id, row);`
	},
	{
		name: 'a merged household is shown by itself, too',
		file: `${DEVICE}/memory.ts`,
		from: '.filter(({ id }) => this.homeOf(id) === id)',
		to: ''
	},
	{
		name: 'a household that was parted is shown where it was',
		file: `${DEVICE}/memory.ts`,
		from: `if (household?.kind !== 'household' || !household.merged_into) return id;`,
		to: `if (household?.kind !== 'household') return id;
		if (!household.merged_into) return this.#parted.get(id) ?? id;
		this.#parted.set(id, household.merged_into);`,
		also: {
			file: `${DEVICE}/memory.ts`,
			from: '#byHousehold: Map<string, OfHousehold> | null = null;',
			to: '#byHousehold: Map<string, OfHousehold> | null = null;\n\t#parted = new Map<string, string>();'
		}
	}
];
