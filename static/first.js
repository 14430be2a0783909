// Runs before the first paint: the page appears in the chosen theme, text size and language.
// A file of its own, because the content security policy allows no inline script.
(function () {
	var root = document.documentElement;
	try {
		var theme = localStorage.getItem('tung-nha.theme');
		var size = localStorage.getItem('tung-nha.size');
		if (theme) root.dataset.theme = theme;
		if (size) root.dataset.size = size;
	} catch (error) {
		// Storage may be switched off; the defaults are fine then.
	}
	var lang = /(?:^|; )lang=(vi|en)/.exec(document.cookie);
	root.lang = lang ? lang[1] : 'vi';
})();
