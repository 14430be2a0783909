import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const zip = promisify(gzip);

/** The same response, gzipped when it is worth it and the caller takes it: data is most of what a phone pays for. */
export async function compressed(request: Request, response: Response): Promise<Response> {
	if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return response;
	const body = Buffer.from(await response.arrayBuffer());
	const headers = new Headers(response.headers);
	headers.set('vary', 'accept-encoding');
	if (body.byteLength < 1000) return new Response(body, { status: response.status, headers });
	headers.set('content-encoding', 'gzip');
	return new Response(new Uint8Array(await zip(body, { level: 6 })), {
		status: response.status,
		headers
	});
}
