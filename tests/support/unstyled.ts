import type { Page } from '@playwright/test';

/**
 * What stands on a page without the style that was written for it: a page without a script has only what
 * the server's answer names.
 */
export function unstyled(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const styles = [...document.styleSheets]
			.flatMap(({ cssRules }) => [...cssRules])
			.map(({ cssText }) => cssText)
			.join();
		const scoped = [...document.querySelectorAll('[class*="svelte-"]')];
		const bare = scoped.filter((element) =>
			[...element.classList].some((name) => name.startsWith('svelte-') && !styles.includes(name))
		);
		return [...new Set(bare.map(({ tagName, className }) => `${tagName} ${String(className)}`))];
	});
}
