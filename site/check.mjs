// check.mjs SITE VERSION: every link and every file that a page of this version names is there, and none is fetched from elsewhere.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

const [site, version] = process.argv.slice(2)
const NAMED = /<(a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g
const ID = /\sid="([^"]+)"/g
const faults = []
let links = 0

const html = readdirSync(join(site, version), { recursive: true }).filter((name) => name.endsWith('.html'))
const ids = new Map()
for (const page of html) {
  const text = readFileSync(join(site, version, page), 'utf8')
  for (const [, element, url] of text.matchAll(NAMED)) {
    links++
    const fault = judge(page, element, url.replaceAll('&amp;', '&'))
    if (fault) faults.push(`${page}: ${url} ${fault}`)
  }
}
if (!readdirSync(join(site, version, 'assets/chunks')).some((name) => name.includes('localSearchIndex'))) {
  faults.push('the index for the search is missing')
}
if (faults.length > 0) {
  console.error([...new Set(faults)].join('\n'))
  process.exit(1)
}
console.log(`site: ${html.length} pages, ${links} links and files, none dead, none fetched from elsewhere`)

function judge(page, element, url) {
  if (/^(https?:)?\/\//.test(url)) return element === 'a' ? null : 'is fetched from elsewhere'
  if (/^(mailto|data|javascript):/.test(url)) return null
  const [path, heading] = url.split('#')
  const target = path === '' ? `/${version}/${page}` : posix.resolve(`/${version}/${posix.dirname(page)}`, decodeURI(path.split('?')[0]))
  const file = [target, `${target}/index.html`, `${target}.html`].map((name) => join(site, name)).find((name) => existsSync(name) && statSync(name).isFile())
  if (!file) return 'leads nowhere'
  if (!heading || !file.endsWith('.html')) return null
  if (!ids.has(file)) ids.set(file, new Set([...readFileSync(file, 'utf8').matchAll(ID)].map(([, id]) => id)))
  return ids.get(file).has(decodeURIComponent(heading)) ? null : 'names a heading that is not there'
}
