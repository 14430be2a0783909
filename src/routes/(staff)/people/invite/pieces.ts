/** Invitations that one call makes. */
export const AT_ONCE = 200;

/** A list in pieces that one call takes. */
export function inPieces(ids: string[]): string[][] {
	return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) =>
		ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE)
	);
}
