export function GET({ url }) {
	const rules = ['User-agent: *', 'Disallow: /*?', '', `Sitemap: ${url.origin}/sitemap.xml`, ''];
	return new Response(rules.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
