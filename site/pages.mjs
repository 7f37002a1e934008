// Which page of the site is which file of the repository, and what the guides' own table says of each.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const TABLE_ROW = /^\| \[([^\]]+)\]\(([a-z-]+)\.md\) \| (.+) \|$/gm

/** File → page, both relative: the guides at the top, examples below `examples/`. */
export function pages(root) {
  const found = new Map([
    ['README.md', 'index.md'],
    ['docs/README.md', 'guides.md'],
    ['CHANGELOG.md', 'changelog.md'],
    ['CONTRIBUTING.md', 'contributing.md'],
    ['SECURITY.md', 'reporting.md'] // security.md is a guide, and some file systems know no capitals
  ])
  for (const file of readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
    found.set(`docs/${file}`, file)
  }
  for (const name of readdirSync(join(root, 'examples'))) {
    const file = `examples/${name}/README.md`
    if (existsSync(join(root, file)) && statSync(join(root, file)).isFile()) found.set(file, `examples/${name}.md`)
  }
  return found
}

/** The guides in the order of their table: title, page, and whom it is for. */
export function guides(root) {
  const table = readFileSync(join(root, 'docs/README.md'), 'utf8')
  return [...table.matchAll(TABLE_ROW)].map(([, title, page, audience]) => ({ title, page, audience }))
}
