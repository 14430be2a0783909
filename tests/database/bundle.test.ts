import { v7 } from 'uuid';
import { beforeAll, expect, test } from 'vitest';
import type { Bundle } from '../../src/lib/domain/bundle/bundle';
import type { Bytes } from '../../src/lib/domain/bundle/bytes';
import { seal, type PhoneKey, type ServerKey } from '../../src/lib/hand_in/seal';
import { openDoor, type Door } from '../../src/lib/server/door';
import type { HandInKeys } from '../../src/lib/server/hand_in/keys';
import { takeBundle } from '../../src/lib/server/hand_in/take';
import { bundleOf, phoneKey, serverKeys } from '../support/bundles';
import { household, training, visit, type Sent } from '../support/changes';
import { onEachGateway } from '../support/gateways';
import { cast, idOf, units, type CastName } from '../support/small_city';

onEachGateway((gateway) => {
	let keys: HandInKeys;
	let to: ServerKey;
	let door: Door;
	let volunteers: PhoneKey;
	let teammates: PhoneKey;

	beforeAll(async () => {
		({ keys, to } = await serverKeys());
		const config = {
			profile: 'embedded',
			dataDir: '',
			origin: '',
			logLevel: '',
			signing: {}
		} as const;
		door = openDoor(config, gateway().keys, gateway().gateway);
		volunteers = await register('volunteer');
		teammates = await register('teammate');
	});

	/** Makes a key as the phone of this person does while they are signed in. */
	async function register(who: CastName) {
		const key = await phoneKey();
		const { key_id, public_key } = key;
		const device_id = idOf(`phone of ${who}`);
		const answer = await gateway().rpc(who, 'add_hand_in_key', { key_id, device_id, public_key });
		expect(answer.status).toBe(200);
		return key;
	}

	const of = (who: CastName) => cast[who].person_id;
	const sealed = (key: PhoneKey, who: CastName, changes: unknown[], rest?: Partial<Bundle>) =>
		seal(bundleOf(of(who), changes, rest), key, to);
	const take = (bytes: Bytes, carrier: CastName | null = null) =>
		takeBundle(door, keys, bytes, carrier && of(carrier));
	const refused = (bytes: Bytes) =>
		take(bytes).then(
			() => 'taken',
			(error: { code?: string }) => error.code
		);

	/** What the leader's phone pulls of a household: its author, or that there is none. */
	async function authorOf({ record_id }: Sent) {
		const answer = await gateway().rpc('leader', 'pull', { protocol: 1, cursors: {} });
		const { groups } = (await answer.json()) as {
			groups: { households: { id: string[]; author_id: string[] } | null }[];
		};
		return groups
			.flatMap(({ households }) => households ?? [])
			.map(({ id, author_id }) => author_id[id.indexOf(record_id)])
			.find((author_id) => author_id !== undefined);
	}

	test('the carrier is told numbers and nothing else, and the work is its author’s', async () => {
		const home = household('Nhà đi nhờ');
		const bad = visit(home.record_id, { day: '2099-01-01' });
		const bytes = await sealed(volunteers, 'volunteer', [home, visit(home.record_id), bad]);
		expect(await take(bytes, 'teammate')).toEqual({ taken: 2, already: 0, refused: 1 });
		expect(await authorOf(home)).toBe(of('volunteer'));
		expect(await take(bytes, 'officer')).toEqual({ taken: 0, already: 2, refused: 1 });
	});

	test('the phone that it comes from is told of each change, and only it can ask for that', async () => {
		const home = household('Nhà tự nộp');
		const bytes = await sealed(volunteers, 'volunteer', [home], { answer: 'verdicts' });
		expect(await take(bytes)).toMatchObject({
			ended: false,
			verdicts: [{ change_id: home.change_id, verdict: 'applied' }]
		});
	});

	test('nobody hands in under another name', async () => {
		const home = household('Nhà mạo danh');
		expect(await refused(await sealed(teammates, 'volunteer', [home]))).toBe('not_proven');
		const borrowed = { ...teammates, key_id: volunteers.key_id };
		expect(await refused(await sealed(borrowed, 'volunteer', [home]))).toBe('not_proven');
		expect(await refused(await sealed(await phoneKey(), 'volunteer', [home]))).toBe('not_proven');
		expect(await authorOf(home)).toBeUndefined();
	});

	test('what somebody else replays stays its first author’s', async () => {
		const home = household('Nhà bị chép');
		await take(await sealed(volunteers, 'volunteer', [home]));
		// Whoever has read the record on a screen, and knows its ids from the pull.
		expect(await take(await sealed(teammates, 'teammate', [home]))).toEqual({
			taken: 0,
			already: 0,
			refused: 1
		});
		expect(await authorOf(home)).toBe(of('volunteer'));
	});

	test('a thousand records come in, in the order of writing, and no more than once', async () => {
		const home = household('Nhà nhiều lượt');
		const many = Array.from({ length: 999 }, () => visit(home.record_id));
		const bytes = await sealed(volunteers, 'volunteer', [home, ...many]);
		expect(await take(bytes)).toEqual({ taken: 1000, already: 0, refused: 0 });
		expect(await take(bytes)).toEqual({ taken: 0, already: 1000, refused: 0 });
	});

	test('strange changes are refused by themselves, their neighbours are taken', async () => {
		const good = training();
		const strange = [null, 7, 'x', {}, { change_id: v7() }, household('x'.repeat(50_000))];
		const foreign = household('Nhà tổ khác', { group_id: units.to4 });
		const bytes = await sealed(volunteers, 'volunteer', [...strange, foreign, good]);
		expect(await take(bytes)).toEqual({ taken: 1, already: 0, refused: 7 });
	});

	test('nothing that is handed in is written to the log', async () => {
		await take(await sealed(volunteers, 'volunteer', [household('Nhà không có trong nhật ký')]));
		expect(gateway().logged()).toContain('server_hand_in');
		for (const secret of ['Nhà không', of('volunteer'), volunteers.key_id])
			expect(gateway().logged()).not.toContain(secret);
	});
});
