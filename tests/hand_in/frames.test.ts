import fc from 'fast-check';
import decode from 'qr/decode.js';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { fromBase45, toBase45 } from '../../src/lib/domain/bundle/base45';
import { crc32 } from '../../src/lib/domain/bundle/crc32';
import { FRAME_BYTES, Frames, framesOf } from '../../src/lib/domain/bundle/frames';
import { utf8, type Bytes } from '../../src/lib/domain/bundle/bytes';
import { QR, pixelsOf } from '../../src/lib/hand_in/qr';

const bundle = fc
	.uint8Array({ minLength: 1, maxLength: 12 * FRAME_BYTES })
	.map((some): Bytes => Uint8Array.from(some));

test('frames are whole again in any order, however often each is seen', () => {
	fc.assert(
		fc.property(bundle, fc.infiniteStream(fc.nat()), (bytes, chances) => {
			const sent = framesOf(bytes);
			const chance = (below: number) => (chances.next().value ?? 0) % below;
			const seen = [...sent, ...sent.map(() => sent[chance(sent.length)] ?? '')];
			for (let n = seen.length - 1; n > 0; n--) {
				const other = chance(n + 1);
				[seen[n], seen[other]] = [seen[other] ?? '', seen[n] ?? ''];
			}
			const frames = new Frames();
			for (const text of seen) expect(['new', 'seen']).toContain(frames.add(text));
			expect(frames.missing).toEqual([]);
			expect(frames.bundle()).toEqual(bytes);
		})
	);
});

test('a missing frame is named by its number', () => {
	const bytes = Uint8Array.from({ length: 4 * FRAME_BYTES + 1 }, (_, n) => n % 251);
	const sent = framesOf(bytes);
	const frames = new Frames();
	expect([frames.total, frames.missing, frames.bundle()]).toEqual([0, [], null]);
	for (const number of [5, 1, 4]) frames.add(sent[number - 1] ?? '');
	expect([frames.total, frames.read, frames.missing]).toEqual([5, 3, [2, 3]]);
	expect(frames.bundle()).toBeNull();
	for (const text of sent) frames.add(text);
	expect(frames.bundle()).toEqual(bytes);
});

test('a frame with any other letter in it is not taken for one', () => {
	const [sent = ''] = framesOf(utf8('một gói việc chưa gửi'));
	const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
	for (let at = 0; at < sent.length; at++)
		for (const letter of letters) {
			if (letter === sent[at]) continue;
			const misread = sent.slice(0, at) + letter + sent.slice(at + 1);
			expect([misread, new Frames().add(misread)]).toEqual([misread, 'not_ours']);
		}
});

test('a part of a frame is none, and neither is any other QR code', () => {
	const [sent = ''] = framesOf(utf8('một gói việc chưa gửi'));
	for (let length = 0; length < sent.length; length++)
		expect(new Frames().add(sent.slice(0, length))).toBe('not_ours');
	for (const other of ['', 'TNH:', 'TNH:000', 'https://example.org', '00020101021138'])
		expect(new Frames().add(other)).toBe('not_ours');
});

test('frames of another bundle are told apart, and do no harm', () => {
	const [ours, theirs] = [1, 2].map((seed) =>
		Uint8Array.from({ length: 700 }, (_, n) => (n * seed) % 256)
	) as [Bytes, Bytes];
	const frames = new Frames();
	const [first = '', ...rest] = framesOf(ours);
	frames.add(first);
	for (const text of framesOf(theirs)) expect(frames.add(text)).toBe('other_series');
	for (const text of rest) frames.add(text);
	expect(frames.bundle()).toEqual(ours);
});

test('every frame is a code that cheap cameras read, and what is drawn is read again', () => {
	fc.assert(
		fc.property(bundle, (bytes) => {
			const frames = new Frames();
			for (const text of framesOf(bytes)) {
				expect(encode(text, QR).version).toBeLessThanOrEqual(15);
				const image = pixelsOf(text, 3);
				expect(frames.add(decode(image))).toBe('new');
			}
			expect(frames.bundle()).toEqual(bytes);
		}),
		{ numRuns: 20 }
	);
});

test('the letters and the sum are those of the standards', () => {
	expect(toBase45(utf8('base-45'))).toBe('UJCLQE7W581');
	expect(new TextDecoder().decode(fromBase45('QED8WEX0') ?? undefined)).toBe('ietf!');
	for (const wrong of ['GGW0', 'ggw', ':::', '::']) expect(fromBase45(wrong)).toBeNull();
	expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
});
