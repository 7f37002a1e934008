// stage.mjs ROOT INTO VERSION: the repository's pages as VitePress wants them, and for machines that read llms.txt.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { guides, pages } from './pages.mjs'

const [root, into, version] = process.argv.slice(2)
const LINK = /\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]+)?\)/g
const PICTURE = /\.(svg|png)$/
const dead = []

rmSync(into, { recursive: true, force: true })
const published = pages(root)
for (const [file, page] of published) {
  const text = readFileSync(join(root, file), 'utf8')
  put(join(into, page), outsideCode(text, (part) => part.replace(LINK, (_, target, heading = '') => link(file, page, target, heading))))
  put(join(into, 'public', page), text) // as it was written, for who reads no HTML
}
if (dead.length > 0) {
  console.error(dead.join('\n'))
  process.exit(1)
}
put(join(into, 'public/llms.txt'), llms())
put(join(into, 'public/llms-full.txt'), guides(root).map(({ page }) => readFileSync(join(root, 'docs', `${page}.md`), 'utf8')).join('\n\n'))

function link(file, page, target, heading) {
  const found = normalize(join(dirname(file), target)).replace(/\/$/, '')
  const readme = `${found}/README.md`
  const other = published.get(found) ?? published.get(readme)
  if (other) return `](/${other}${heading})`
  if (!existsSync(join(root, found)) || statSync(join(root, found)).isDirectory()) {
    dead.push(`${file}: ${target} is neither a page nor a file`)
    return ''
  }
  // a file to look at comes along, under its own path; a picture beside its page, where VitePress looks for it
  const name = found.replace(/^docs\//, '')
  if (PICTURE.test(name)) {
    put(join(into, dirname(page), basename(name)), readFileSync(join(root, found)))
    return `](./${basename(name)})`
  }
  put(join(into, 'public', name), readFileSync(join(root, found)))
  return `](${'../'.repeat(page.split('/').length - 1)}${name})`
}

function outsideCode(text, change) {
  return text.split(/(^```.*?^```$)/ms).map((part) => (part.startsWith('```') ? part : change(part))).join('')
}

function llms() {
  const summary = readFileSync(join(root, 'README.md'), 'utf8').split('\n\n')[1].replaceAll('\n', ' ')
  const lines = guides(root).map(({ title, page, audience }) => `- [${title}](${page}.md): ${audience}`)
  const examples = [...published.values()].filter((page) => page.startsWith('examples/')).map((page) => `- [${page.slice(9, -3)}](${page})`)
  const whole = 'All guides in one file: [llms-full.txt](llms-full.txt).'
  return [`# jtask ${version}`, `> ${summary}`, whole, '## Guides', lines.join('\n'), '## Examples', examples.join('\n'), ''].join('\n\n')
}

function put(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
