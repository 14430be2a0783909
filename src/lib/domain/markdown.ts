/** A run of words, bold or not. */
export type Span = { text: string; bold: boolean };

/** A part of a card: what a screen draws, and a voice reads, one after the other. */
export type Block =
	| { kind: 'heading' | 'paragraph' | 'warning'; spans: Span[] }
	| { kind: 'steps'; items: Span[][] }
	| { kind: 'points'; items: Span[][] };

/**
 * The few marks of Markdown that a card needs: `## heading`, `1. step`, `- point`, `> warning` and
 * `**bold**`; a blank line ends a paragraph. Anything else, HTML and links too, stays the text that it
 * is: a card is drawn by our own components and never as HTML, which the pages' policy forbids. Whole
 * libraries for Markdown make HTML first and clean it afterwards.
 */
export function blocksOf(markdown: string): Block[] {
	const blocks: Block[] = [];
	let open = false;
	for (const line of markdown.split('\n').map((one) => one.trim())) {
		const last = blocks.at(-1);
		const [kind, text] = kindOf(line);
		if (kind === null) {
			open = false;
			continue;
		}
		if (kind === 'steps' || kind === 'points') {
			if (open && last?.kind === kind) last.items.push(spansOf(text));
			else blocks.push({ kind, items: [spansOf(text)] });
		} else if (open && last && kind === 'paragraph' && last.kind !== 'heading') goOn(last, text);
		else if (open && kind === 'warning' && last?.kind === 'warning') goOn(last, text);
		else blocks.push({ kind, spans: spansOf(text) });
		open = true;
	}
	return blocks;
}

/** The words of a card as a voice says them: no marks, a full stop after each part. */
export function spokenOf(markdown: string): string {
	const said = (spans: Span[]) => {
		const text = spans.map((span) => span.text).join('');
		return /[.!?:…]$/.test(text) ? text : `${text}.`;
	};
	return blocksOf(markdown)
		.map((block) => ('items' in block ? block.items.map(said).join('\n') : said(block.spans)))
		.join('\n');
}

function kindOf(line: string): [Block['kind'] | null, string] {
	if (!line) return [null, ''];
	const marked = (
		[
			['heading', /^#{1,6}\s+(.*)$/],
			['steps', /^\d{1,2}[.)]\s+(.*)$/],
			['points', /^[-*•]\s+(.*)$/],
			['warning', /^>\s?(.*)$/]
		] as const
	).flatMap(([kind, mark]): [Block['kind'], string][] => {
		const found = mark.exec(line);
		return found ? [[kind, found[1] ?? '']] : [];
	})[0];
	return marked ?? ['paragraph', line];
}

/** A line that begins with no mark goes on with what stands above it. */
function goOn(block: Block, text: string): void {
	const spans = 'items' in block ? block.items.at(-1) : block.spans;
	spans?.push({ text: ' ', bold: false }, ...spansOf(text));
}

function spansOf(text: string): Span[] {
	return text
		.split(/\*\*(.+?)\*\*/)
		.map((part, n) => ({ text: part, bold: n % 2 === 1 }))
		.filter((span) => span.text !== '');
}
