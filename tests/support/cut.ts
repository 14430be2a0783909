import type { Page } from '@playwright/test';

/** What can be reached only by scrolling sideways, and words that leave what they are written on. */
export function cut(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const seen = (element: Element) =>
			element.checkVisibility() && !element.closest('.visually-hidden');
		/** A table may be wider than the screen, where the keyboard reaches it and its name is said. */
		const wide = (element: Element) => element.closest('[role="region"][tabindex="0"][aria-label]');
		const name = (element: Element) => `${element.tagName} “${element.textContent.trim()}”`;
		const found: string[] = [];

		for (const element of document.querySelectorAll('*')) {
			if (!seen(element) || wide(element)) continue;
			const scrolls = element === document.scrollingElement;
			const clips = scrolls || getComputedStyle(element).overflowX !== 'visible';
			// One pixel is how words for a screen reader are hidden; a field of text scrolls as one types.
			const shown = element.clientWidth > 1 && !(element instanceof HTMLInputElement);
			if (clips && shown && element.scrollWidth > element.clientWidth)
				found.push(`${element.tagName}.${element.className} scrolls sideways`);
		}

		for (const control of document.querySelectorAll('a, button, label, summary, select')) {
			if (!seen(control)) continue;
			const box = control.getBoundingClientRect();
			const inside = (rect: DOMRect) =>
				rect.left >= box.left - 1 &&
				rect.right <= box.right + 1 &&
				rect.top >= box.top - 1 &&
				rect.bottom <= box.bottom + 1;
			if (!wide(control) && (box.left < -1 || box.right > innerWidth + 1))
				found.push(`${name(control)} leaves the screen`);
			const words = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
			for (let text = words.nextNode(); text; text = words.nextNode()) {
				if (!text.textContent?.trim() || !text.parentElement || !seen(text.parentElement)) continue;
				const range = document.createRange();
				range.selectNodeContents(text);
				if (
					getComputedStyle(control).display !== 'inline' &&
					![...range.getClientRects()].every(inside)
				)
					found.push(`${name(control)} is cut`);
			}
		}
		return found;
	});
}
