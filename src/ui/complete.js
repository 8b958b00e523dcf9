/**
 * Completes what is typed on /papers, as a combobox with a list (WAI-ARIA 1.2). Foreign text is only ever set as text. Without
 * this script the form asks just as well.
 *
 * @typedef {{ label: string, kind: string, path: string }} Choice
 * @typedef {{
 *   words: string[],
 *   titles: { key: string, title: string }[],
 *   authors: { name: string, path: string }[],
 *   categories: { code: string, name: string }[]
 * }} Completions
 */

/** Milliseconds after the last letter, so that a fast typist asks once a word. */
const PAUSE = 120;
const MOST = 10;

const input = /** @type {HTMLInputElement} */ (document.getElementById('q'));
const list = made('ul', { id: 'completions', role: 'listbox', 'aria-label': 'Completions' });
const said = made('p', { class: 'vh', role: 'status' });

/** @type {Choice[]} */
let choices = [];
/** Of the choice that Enter takes; -1 is what is typed. */
let active = -1;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let asking = new AbortController();

close();
input.after(list, said);
for (const [name, value] of Object.entries({
	role: 'combobox',
	'aria-autocomplete': 'list',
	'aria-controls': list.id,
	'aria-haspopup': 'listbox'
}))
	input.setAttribute(name, value);
input.addEventListener('input', () => {
	clearTimeout(timer);
	timer = setTimeout(ask, PAUSE);
});
input.addEventListener('keydown', press);
input.addEventListener('blur', close);
addEventListener('pagehide', close);

async function ask() {
	asking.abort();
	asking = new AbortController();
	const typed = input.value;
	if (typed.trim().length < 2) return close();
	try {
		const answer = await fetch(`/papers/complete?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
		// Nobody waits for a list that is late.
		if (!answer.ok || document.activeElement !== input) return close();
		show(choicesOf(await answer.json(), typed));
	} catch {
		// Aborted by the next letter, or the site is away: the form says that, if it is sent.
	}
}

/**
 * @param {Completions} completions
 * @param {string} typed
 * @returns {Choice[]}
 */
function choicesOf({ words, titles, authors, categories }, typed) {
	const search = (/** @type {string} */ word) => typed.replace(/[\p{L}\p{M}\p{N}'’]*$/u, () => word);
	return [
		...words.map((word) => ({ label: search(word), kind: 'Search', path: searchPath(search(word)) })),
		...categories.map(({ code, name }) => ({
			label: `${code} ${name}`,
			kind: 'Category',
			path: `/categories/${code}`
		})),
		...authors.map(({ name, path }) => ({ label: name, kind: 'Author', path })),
		...titles.map(({ key, title }) => ({ label: title, kind: 'Paper', path: `/papers/${key}` }))
	].slice(0, MOST);
}

/** @param {string} q */
function searchPath(q) {
	return `/papers?${new URLSearchParams({ q })}`;
}

/** @param {Choice[]} found */
function show(found) {
	choices = found;
	list.replaceChildren(...found.map(optionOf));
	list.hidden = found.length === 0;
	input.setAttribute('aria-expanded', String(found.length > 0));
	said.textContent = found.length === 0 ? '' : `${found.length} completions`;
	activate(-1);
}

/**
 * @param {Choice} choice
 * @param {number} place
 */
function optionOf(choice, place) {
	const option = made('li', { id: `completion-${place}`, role: 'option', 'aria-selected': 'false' });
	const [label, kind] = [made('span', { dir: 'auto' }), made('span', { class: 'quiet' })];
	label.textContent = choice.label;
	kind.textContent = choice.kind;
	option.append(label, ' ', kind);
	// The field keeps the focus, so that it does not close before the click.
	option.addEventListener('mousedown', (event) => event.preventDefault());
	option.addEventListener('click', () => goTo(choice));
	return option;
}

/** @param {KeyboardEvent} event */
function press(event) {
	if (event.isComposing || list.hidden) return;
	const count = choices.length;
	const choice = choices[active];
	if (event.key === 'ArrowDown') activate(active + 1 < count ? active + 1 : -1);
	else if (event.key === 'ArrowUp') activate(active >= 0 ? active - 1 : count - 1);
	else if (event.key === 'Escape') close();
	else if (event.key === 'Enter' && choice) goTo(choice);
	else return;
	event.preventDefault();
}

/** @param {number} place */
function activate(place) {
	list.children[active]?.setAttribute('aria-selected', 'false');
	active = place;
	const option = list.children[place];
	if (!option) return input.removeAttribute('aria-activedescendant');
	option.setAttribute('aria-selected', 'true');
	input.setAttribute('aria-activedescendant', option.id);
	option.scrollIntoView({ block: 'nearest' });
}

/** @param {Choice} choice */
function goTo({ path }) {
	const address = new URL(path, location.origin);
	if (address.origin === location.origin) location.assign(address);
}

function close() {
	clearTimeout(timer);
	asking.abort();
	show([]);
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 */
function made(name, attributes) {
	const element = document.createElement(name);
	for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
	return element;
}
