import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compressed } from '../../src/lib/server/compressed';
import { idOf } from '../support/small_city';

/** A page as phones pull it: visits that name their households by ids far above. */
const page = JSON.stringify(
	Array.from({ length: 1000 }, (_, n) => ({
		id: idOf(`visit ${n}`),
		household_id: idOf(`household ${n % 300}`),
		note: 'Hẹn quay lại buổi tối'
	}))
);

describe('an answer to a phone', () => {
	it('comes by brotli to a browser, a tenth smaller than by gzip', async () => {
		const { encoding, body } = await answered('gzip, deflate, br, zstd');
		expect(encoding).toBe('br');
		expect(brotliDecompressSync(body).toString()).toBe(page);
		expect(body.length).toBeLessThan(0.9 * gzipSync(page, { level: 6 }).length);
	});

	it('comes by gzip to a caller that knows no brotli, or refuses it', async () => {
		for (const accepted of ['gzip', 'gzip, deflate', 'br;q=0, gzip;q=1.0']) {
			const { encoding, body } = await answered(accepted);
			expect(encoding).toBe('gzip');
			expect(gunzipSync(body).toString()).toBe(page);
		}
	});

	it('comes as it is to a caller that takes nothing else', async () => {
		for (const accepted of ['', 'identity', 'gzip;q=0', 'zebra']) {
			const { encoding, body } = await answered(accepted);
			expect(encoding).toBe(null);
			expect(body.toString()).toBe(page);
		}
	});

	it('is left alone when it is small, and tells caches of the choice', async () => {
		const small = await compressed(asking('br'), new Response('{}', { status: 201 }));
		expect(small.status).toBe(201);
		expect(small.headers.get('content-encoding')).toBe(null);
		expect(small.headers.get('vary')).toBe('accept-encoding');
	});
});

async function answered(accepted: string) {
	const answer = await compressed(asking(accepted), new Response(page));
	const body = Buffer.from(await answer.arrayBuffer());
	return { encoding: answer.headers.get('content-encoding'), body };
}

function asking(accepted: string): Request {
	return new Request('http://test/', { headers: { 'accept-encoding': accepted } });
}
