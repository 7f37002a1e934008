import { defineConfig } from 'vitepress'
import { guides, pages } from '../pages.mjs'

const root = process.env.JTASK_ROOT
const version = process.env.JTASK_VERSION
const link = (page) => `/${page.replace(/\.md$/, '')}`

// headings are named as Git hosts name them, so that one link is right in both
const slugify = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')

export default defineConfig({
  title: 'jtask',
  description: 'A distributed task system for the JVM on RabbitMQ and Kubernetes',
  base: `/${version}/`,
  srcDir: 'pages',
  srcExclude: ['public/**'],
  outDir: `../${version}`,
  cacheDir: './cache',
  markdown: { html: false, anchor: { slugify } },
  themeConfig: {
    version,
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [{ text: 'Guides', link: '/guides' }, { component: 'Versions' }],
    sidebar: [
      { text: 'Guides', items: guides(root).map(({ title, page }) => ({ text: title, link: link(page) })) },
      {
        text: 'Examples',
        items: [...pages(root).values()].filter((page) => page.startsWith('examples/')).map((page) => ({ text: page.slice(9, -3), link: link(page) }))
      },
      {
        text: 'Project',
        items: [
          { text: 'Contributing', link: '/contributing' },
          { text: 'Changes', link: '/changelog' },
          { text: 'Reporting a hole', link: '/reporting' }
        ]
      }
    ]
  }
})
