import { build } from 'vite';

/** A client module with everything that it imports, as the build would minify it: one text per chunk. */
export async function bundle(entry: string[], whole = false): Promise<string[]> {
	const built = await build({
		configFile: false,
		logLevel: 'silent',
		build: {
			write: false,
			target: 'chrome107',
			minify: true,
			lib: { entry, formats: ['es'] },
			rolldownOptions: { output: whole ? { codeSplitting: false } : {} }
		}
	});
	const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
		'output' in one ? one.output : []
	);
	return outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : []));
}
