/** Where a paper's code and its project page are, as its abstract or its comment says. */
export interface PaperLinks {
	code: string | null;
	project: string | null;
}

interface Link {
	address: URL;
	/** What stands directly before it, in lower case. */
	said: string;
}

/** Hosts of code, the likelier first: a forge before an anonymous copy, models and data sets, an archive. */
const CODE_HOSTS: RegExp[] = [
	/^(www\.)?((gist\.)?github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|sourceforge\.net|git\.sr\.ht)$|^(gitlab|git|forge)\.[a-z0-9.-]+$/,
	/^anonymous\.4open\.science$/,
	/^(www\.)?(huggingface\.co|hf\.co|modelscope\.cn|kaggle\.com)$/,
	/^(www\.)?zenodo\.org$|^doi\.org$/
];
const BARE =
	'(?:www\\.)?(?:github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org|huggingface\\.co|anonymous\\.4open\\.science|zenodo\\.org)/|[a-z0-9-]{1,63}\\.github\\.io(?![a-z0-9.-]*@)|www\\.[a-z0-9-]';
const ADDRESS = new RegExp(`(?:https?://|(?<![\\w@./:-])(?=${BARE}))[^\\s{}<>"\\\\^\`|[\\]]{1,400}`, 'gi');
const PROJECT_HOST = /\.(github|gitlab)\.io$|^sites\.google\.com$/;
const SAYS_PROJECT =
	/\b(project|home ?page|web ?(page|site)|demo (page|site)|project(-| )?(page|site|website))\b[^.;]{0,25}$/;
const SAYS_MEETING = /\b(conference|workshop|journal|competition|challenge|proceedings)\b/;
const SAYS_CODE =
	/\b(code|implementation|software|package)s?\b[^.;]{0,60}\b(at|here|via|on|in|from|available|link)$|\b(code|implementation)$/;
const NOT_A_PROJECT =
	/^(www\.|dx\.)?(doi\.org|arxiv\.org|youtu\.be|youtube\.com|openreview\.net|creativecommons\.org|orcid\.org|link\.springer\.com|twitter\.com|x\.com)$/;

/** The first address of code and the first project page of a paper. Only plain addresses of the web are taken. */
export function linksIn(abstract: string, comment = ''): PaperLinks {
	const links = [...addressesIn(abstract), ...addressesIn(comment)];
	const code = CODE_HOSTS.map((hosts) =>
		bestOf(links.filter((link) => hosts.test(link.address.hostname) && leadsToCode(link)))
	).find(Boolean);
	const project = links.find(isProject);
	const elsewhere = code ?? links.find((link) => link.address.href !== project?.address.href && saysCode(link));
	return { code: elsewhere ? shown(elsewhere) : null, project: project ? shown(project) : null };
}

function addressesIn(source: string): Link[] {
	const text = unwrapped(source);
	return [...text.matchAll(ADDRESS)].flatMap((found) => {
		const address = webAddress(found[0]);
		return address ? [{ address, said: text.slice(Math.max(0, found.index - 90), found.index).toLowerCase() }] : [];
	});
}

/** TeX undone where it touches addresses, and addresses that a line wrap broke put together again. */
function unwrapped(source: string) {
	return source
		.replace(/\\([_%#&~])(\{\})?/g, '$1')
		.replace(/\$\\sim\$|\\textasciitilde\s?(\{\})?/g, '~')
		.replace(/\{_\}/g, '_')
		.replace(/\b(https?):\s+\/\//gi, '$1://')
		.replace(/\b(github|gitlab)\.\s{1,2}(com\/|io\b)/gi, '$1.$2')
		.replace(/(https?:\/\/[a-z0-9]{1,60}-)\s{1,2}([a-z0-9-]{1,60}\.github\.io)/gi, '$1$2');
}

function webAddress(found: string): URL | null {
	const text = withoutTail(found);
	const address = URL.parse(/^https?:/i.test(text) ? text : `https://${text}`);
	if (!address || !/^https?:$/.test(address.protocol) || address.username || address.password || address.port)
		return null;
	if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/.test(address.hostname) || address.href.length > 300)
		return null;
	if (PROJECT_HOST.test(address.hostname) || CODE_HOSTS.some((hosts) => hosts.test(address.hostname)))
		address.protocol = 'https:';
	return address;
}

/** Without the stops, quotes and brackets of the sentence round it. */
function withoutTail(found: string) {
	let text = found;
	for (;;) {
		const next =
			/[.,;:!?'"*$~…”’]$/.test(text) || (text.endsWith(')') && !text.includes('('))
				? text.slice(0, -1)
				: text.replace(/\([^()]*$/, '');
		if (next === text) return text;
		text = next;
	}
}

/** Search pages, users' settings and the like are not code; a person's or a group's own page may be. */
function leadsToCode({ address }: Link) {
	const [first, second] = address.pathname.split('/').filter(Boolean);
	if (address.hostname === 'doi.org') return first === '10.5281' && /^zenodo\./i.test(second ?? '');
	return (
		first !== undefined &&
		!/^(settings|search|topics|login|features|about|orgs|papers|docs|blog|join)$/.test(first) &&
		!(second === undefined && /huggingface|zenodo|kaggle/.test(address.hostname))
	);
}

/** A repository goes before an account, and what is said to be the code before what is merely named. */
function bestOf(links: Link[]): Link | undefined {
	const repositories = links.filter(({ address }) => address.pathname.split('/').filter(Boolean).length > 1);
	return (
		repositories.find(({ said }) =>
			/\b(our|code|source|implementation|available|released|repo(sitory)?|github|open)\b/.test(said)
		) ??
		repositories[0] ??
		links[0]
	);
}

function isProject({ address, said }: Link) {
	if (PROJECT_HOST.test(address.hostname)) return true;
	if (NOT_A_PROJECT.test(address.hostname) || CODE_HOSTS.some((hosts) => hosts.test(address.hostname))) return false;
	const clause = clauseBefore(said);
	return SAYS_PROJECT.test(clause) && !SAYS_MEETING.test(clause);
}

function saysCode({ address, said }: Link) {
	return (
		!NOT_A_PROJECT.test(address.hostname) && !PROJECT_HOST.test(address.hostname) && SAYS_CODE.test(clauseBefore(said))
	);
}

/** The words that lead up to an address, from the last full stop or the last address on. */
function clauseBefore(said: string) {
	const clause = said.split(/\. |:\/\//).at(-1)!;
	return clause
		.replace(/[\\{($<:\s]+$/, '')
		.replace(/\\(?:href|url)$/, '')
		.trimEnd();
}

function shown({ address }: Link) {
	const href = address.href.replace(/\.git\/?$/, '');
	return address.pathname === '/' && !address.search && !address.hash ? href.replace(/\/$/, '') : href;
}
