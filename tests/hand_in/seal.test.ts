import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKED_LIMIT } from '../../src/lib/domain/bundle/bundle';
import { utf8, type Bytes } from '../../src/lib/domain/bundle/bytes';
import { bundleIn, fileOf } from '../../src/lib/domain/bundle/file';
import { seal, type PhoneKey, type ServerKey } from '../../src/lib/hand_in/seal';
import { makeHandInKey, openHandInKeys, type HandInKeys } from '../../src/lib/server/hand_in/keys';
import { openLimit } from '../../src/lib/server/hand_in/limit';
import { openSealed, unpack } from '../../src/lib/server/hand_in/open';
import { bundleOf, phoneKey, serverKey, serverKeys } from '../support/bundles';
import { household, training } from '../support/changes';
import { cast } from '../support/small_city';

const AUTHOR = cast.volunteer.person_id;
const LABEL = 'Nhà bà Ngoan xóm Đình';

let keys: HandInKeys;
let to: ServerKey;
let phone: PhoneKey;
let sealed: Bytes;

beforeAll(async () => {
	({ keys, to } = await serverKeys());
	phone = await phoneKey();
	sealed = await seal(bundleOf(AUTHOR, [household(LABEL)]), phone, to);
});

const read = async (bytes: Bytes) => unpack(await openSealed(keys, bytes));
const refused = (bytes: Bytes) =>
	read(bytes).then(
		() => 'taken',
		(error: { code?: string }) => error.code
	);

test('what was sealed on a phone is read on the server, word for word', async () => {
	const bundle = bundleOf(AUTHOR, [household(LABEL), training()]);
	expect(await read(await seal(bundle, phone, to))).toEqual(bundle);
});

test('a carrier reads nothing of it', async () => {
	const text = Buffer.from(sealed).toString('latin1');
	for (const secret of [LABEL, AUTHOR, phone.key_id, 'household', 'changes'])
		for (const written of [secret, Buffer.from(secret).toString('latin1')])
			expect(text).not.toContain(written);
	const again = await seal(bundleOf(AUTHOR, [household(LABEL)]), phone, to);
	expect(Buffer.from(again).subarray(12, 77)).not.toEqual(Buffer.from(sealed).subarray(12, 77));
});

test('a carrier alters nothing of it: any other bit, anywhere, and it is not taken', async () => {
	for (let at = 0; at < sealed.length; at++) {
		const altered = sealed.slice();
		altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
		expect([at, await refused(altered)]).toEqual([
			at,
			at >= 4 && at < 12 ? 'other_server' : 'bad_bundle'
		]);
	}
});

test('a part of it is not taken, nor more than it', async () => {
	for (let length = 0; length < sealed.length; length++)
		expect([length, await refused(sealed.slice(0, length))]).toEqual([length, 'bad_bundle']);
	expect(await refused(new Uint8Array([...sealed, 0]))).toBe('bad_bundle');
});

test('what was sealed to another server is said to be so', async () => {
	const other = await serverKeys();
	const foreign = await seal(bundleOf(AUTHOR, []), phone, other.to);
	expect(await refused(foreign)).toBe('other_server');
	const renamed = await seal(bundleOf(AUTHOR, []), phone, { ...other.to, kid: to.kid });
	expect(await refused(renamed)).toBe('bad_bundle');
});

test('what is small when it is packed and huge when it is not is stopped on the way', async () => {
	const bomb = deflateRawSync(Buffer.alloc(PACKED_LIMIT + 1, ' '));
	expect(bomb.length).toBeLessThan(20_000);
	const inside = {
		key_id: phone.key_id,
		signature: new Uint8Array(64),
		packing: 'deflate'
	} as const;
	await expect(unpack({ ...inside, body: new Uint8Array(bomb) })).rejects.toMatchObject({
		code: 'too_large'
	});
});

describe('what is inside may be anything, and is then no bundle', () => {
	test.each([
		'',
		'null',
		'[]',
		'{"v":1}',
		JSON.stringify({ ...bundleOf(AUTHOR, []), v: 2 }),
		JSON.stringify({ ...bundleOf(AUTHOR, []), changes: {} }),
		JSON.stringify({ ...bundleOf(AUTHOR, []), answer: 'everything' }),
		JSON.stringify({ ...bundleOf(AUTHOR, []), bundle_id: "' or true" })
	])('%s', async (text) => {
		const inside = {
			key_id: phone.key_id,
			signature: new Uint8Array(64),
			packing: 'plain'
		} as const;
		await expect(unpack({ ...inside, body: utf8(text) })).rejects.toMatchObject({
			code: 'bad_bundle'
		});
	});
});

test('ten thousand records go into one bundle', async () => {
	const many = Array.from({ length: 10_000 }, (_, n) => household(`Nhà số ${n}`));
	const large = await seal(bundleOf(AUTHOR, many), phone, to);
	expect((await read(large)).changes).toHaveLength(10_000);
	expect(large.length).toBeLessThan(2_000_000);
});

describe('the file that is passed on', () => {
	test('holds the bundle, and says in words what it is', () => {
		const file = fileOf(sealed, 'Việc chưa gửi của Từng Nhà');
		expect(file).toContain('Việc chưa gửi');
		expect(bundleIn(file)).toEqual(sealed);
		expect(bundleIn(`﻿${file.replaceAll('\r\n', '\n')}\n\n`)).toEqual(sealed);
	});

	test('is not read when a part is missing, and any other file is none', () => {
		const file = fileOf(sealed, '');
		for (let length = 0; length < file.length - 25; length += 7)
			expect(bundleIn(file.slice(0, length))).toBeNull();
		for (const other of ['', 'BEGIN', '-----BEGIN TUNG NHA----------END TUNG NHA-----', '%PDF-1.7'])
			expect(bundleIn(other)).toBeNull();
	});
});

describe('the keys of the server', () => {
	test('follow from its signing key when none is configured, always the same', async () => {
		const secret = Uint8Array.from({ length: 32 }, (_, n) => n);
		const first = await openHandInKeys(undefined, secret);
		const again = await openHandInKeys(undefined, secret);
		expect(again.current).toEqual(first.current);
		const bytes = await seal(bundleOf(AUTHOR, []), phone, serverKey(first));
		expect(await unpack(await openSealed(again, bytes))).toMatchObject({ author_id: AUTHOR });
		const other = await openHandInKeys(
			undefined,
			Uint8Array.from({ length: 32 }, () => 7)
		);
		expect(other.current).not.toEqual(first.current);
	});

	test('of before still open what was sealed to them', async () => {
		const [before, now] = [makeHandInKey(), makeHandInKey()];
		const old = await seal(bundleOf(AUTHOR, []), phone, (await serverKeys(before)).to);
		const both = await openHandInKeys(JSON.stringify([now, before]), new Uint8Array());
		expect(both.current).toEqual((await serverKeys(now)).keys.current);
		expect(await unpack(await openSealed(both, old))).toMatchObject({ author_id: AUTHOR });
	});

	test.each(['', '[]', '{}', 'secret', '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}'])(
		'that cannot be read (%s) stop the start, and are not quoted',
		async (text) => {
			const opening = openHandInKeys(text || ' ', new Uint8Array());
			await expect(opening).rejects.toThrow('HAND_IN_KEY does not hold');
			await expect(opening).rejects.not.toThrow('secret');
		}
	);
});

test('whoever comes too often is asked to wait, and let in again after that', () => {
	let now = 0;
	const limit = openLimit(3, 10, () => now);
	expect([1, 2, 3].map(() => limit('a'))).toEqual([null, null, null]);
	expect(limit('a')).toBe(10);
	expect(limit('b')).toBeNull();
	now = 9_000;
	expect(limit('a')).toBe(1);
	now = 10_000;
	expect([limit('a'), limit('a')]).toEqual([null, 10]);
});
