export type Theme = 'system' | 'light' | 'dark';
export type TextSize = '100' | '115' | '130';

/**
 * Theme and text size, kept on the device. `static/first.js` reads the same two keys before the
 * first paint.
 */
class Appearance {
	#theme = $state<Theme>('system');
	#size = $state<TextSize>('100');

	get theme() {
		return this.#theme;
	}

	get size() {
		return this.#size;
	}

	/** Takes over what `first.js` has put on the root element. */
	read() {
		const { theme, size } = document.documentElement.dataset;
		this.#theme = theme === 'light' || theme === 'dark' ? theme : 'system';
		this.#size = size === '115' || size === '130' ? size : '100';
	}

	setTheme(theme: Theme) {
		this.#theme = theme;
		keep('theme', theme === 'system' ? undefined : theme);
	}

	setSize(size: TextSize) {
		this.#size = size;
		keep('size', size === '100' ? undefined : size);
	}
}

function keep(name: 'theme' | 'size', value: string | undefined) {
	const root = document.documentElement;
	if (value) root.dataset[name] = value;
	else delete root.dataset[name];
	try {
		if (value) localStorage.setItem(`tung-nha.${name}`, value);
		else localStorage.removeItem(`tung-nha.${name}`);
	} catch {
		// Storage switched off: the choice holds until the page is closed.
	}
}

export const appearance = new Appearance();
