import { build } from 'vite';

/**
 * Client modules with what they import, as the build would minify them: one text per chunk.
 * @param libraries whether those come along
 */
export async function bundle(
	entry: string[],
	{ libraries = true, whole = false } = {}
): Promise<string[]> {
	const built = await build({
		configFile: false,
		logLevel: 'silent',
		build: {
			write: false,
			target: 'chrome107',
			minify: true,
			modulePreload: false,
			rolldownOptions: {
				input: entry,
				external: libraries ? [] : ['idb', 'uuid'],
				preserveEntrySignatures: 'strict',
				output: whole ? { codeSplitting: false } : {}
			}
		}
	});
	const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
		'output' in one ? one.output : []
	);
	return outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : []));
}
