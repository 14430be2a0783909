import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const zip = promisify(gzip);
const brotli = promisify(brotliCompress);

/** From the fifth quality on brotli finds ids again; beyond it, it takes twice the time for a hundredth. */
const QUALITY = 5;

/** What a caller may take, the smaller first. */
const WAYS: Record<string, (body: Buffer) => Promise<Buffer>> = {
	br: (body) =>
		brotli(body, {
			params: {
				[constants.BROTLI_PARAM_QUALITY]: QUALITY,
				[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
				[constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength
			}
		}),
	gzip: (body) => zip(body, { level: 6 })
};

/**
 * The same response, compressed when it is worth it and the caller takes it: data is most of what a
 * phone pays for. A page of visits names households by their ids; gzip forgets those after 32 kB and
 * makes the page a quarter larger than brotli does.
 */
export async function compressed(request: Request, response: Response): Promise<Response> {
	const way = wayFor(request.headers.get('accept-encoding') ?? '');
	if (!way) return response;
	const body = Buffer.from(await response.arrayBuffer());
	const headers = new Headers(response.headers);
	headers.set('vary', 'accept-encoding');
	if (body.byteLength < 1000) return new Response(body, { status: response.status, headers });
	const [name, compress] = way;
	headers.set('content-encoding', name);
	return new Response(new Uint8Array(await compress(body)), { status: response.status, headers });
}

function wayFor(accepted: string) {
	const names = accepted.split(',').map((one) => one.trim());
	// A name with a weight of nothing is a refusal.
	const taken = names.filter((one) => !/;\s*q=0(\.0*)?$/.test(one)).map((one) => one.split(';')[0]);
	return Object.entries(WAYS).find(([name]) => taken.includes(name));
}
