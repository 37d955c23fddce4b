// Builds the explorer into dist/: the same program as modules that are loaded when used (site/), as one script (one/),
// the workers with the engine and with the search, the messages that the program says, and the licences of what it is made of. `stdgraph site` puts these together with the data.
import { readdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { build } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = join(here, 'dist')

/** The engine looks for its bytes beside its own address, which a worker from a blob has not: it is given them. */
const givenBytes = {
  name: 'given-bytes',
  transform: (code, id) =>
    id.includes('oxigraph') ? code.replaceAll("new URL('web_bg.wasm', import.meta.url)", 'undefined') : null,
}

const common = {
  configFile: false,
  root: here,
  base: './',
  logLevel: 'warn',
  plugins: [givenBytes],
  publicDir: false,
}
const output = { emptyOutDir: false, target: 'es2022', sourcemap: false, modulePreload: false, reportCompressedSize: false, chunkSizeWarningLimit: 1000 }

/** In the one page, parts of the program are texts that stand in it. */
const inThePage = {
  name: 'in-the-page',
  enforce: 'pre',
  resolveId: source => (source.endsWith('/bundle/parts') ? join(here, 'src/bundle/parts.one.ts') : null),
}

async function script(entry, name, folder, global) {
  await build({
    ...common,
    plugins: [...common.plugins, inThePage],
    build: {
      ...output,
      outDir: join(dist, folder),
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(here, entry),
        preserveEntrySignatures: global ? 'strict' : false,
        transform: { define: { 'import.meta': '{}' } }, // a single script has no address of its own
        output: { format: 'iife', ...(global ? { name: global, exports: 'named' } : {}), entryFileNames: name, assetFileNames: '[name][extname]', codeSplitting: false },
      },
    },
  })
}

async function modules() {
  await build({
    ...common,
    build: {
      ...output,
      outDir: join(dist, 'site'),
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(here, 'src/main.tsx'),
        output: { format: 'es', entryFileNames: 'app.js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name][extname]' },
      },
    },
  })
}

/** Returns all texts in the sources that stand as `phrase('…')` or `marked('…')`; `stdgraph site` brings their Chinese. */
function messages(folder) {
  const found = new Set()
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!/\.tsx?$/.test(entry)) continue
    const text = readFileSync(join(folder, entry), 'utf8')
    for (const match of text.matchAll(/\b(?:phrase|marked)\(\s*(['"])((?:\\.|(?!\1)[^\\\n])*)\1/g)) {
      found.add(match[2].replace(/\\(.)/g, '$1'))
    }
  }
  return [...found].sort()
}

/** Returns what comes with the page that others wrote, each with its licence. */
function licences() {
  const { packages } = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8'))
  const brought = Object.entries(packages).filter(([path, about]) => path && !about.dev && !about.devOptional).map(([path]) => path)
  const told = brought.sort().map(path => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const folder = join(here, path)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const own = readdirSync(folder).find(file => /^licen[cs]e/i.test(file))
    if (!own && !license.includes('Apache-2.0')) throw new Error(`${name} brings no licence`)
    const text = own ? readFileSync(join(folder, own), 'utf8').trim() : 'It is used under the Apache License 2.0, which stands below.'
    return `${name} ${version} (${license})\n\n${text}\n`
  })
  const apache = readFileSync(join(here, '../LICENSE'), 'utf8').trim()
  return [...told, `stdgraph, whose explorer this is (Apache-2.0)\n\n${apache}\n`].join('\n\n')
}

rmSync(dist, { recursive: true, force: true })
await script('src/engine/worker.ts', 'worker.js', '.')
await script('src/services/words/worker.ts', 'seeker.js', '.')
await script('src/main.tsx', 'app.js', 'one')
for (const entry of readdirSync(join(here, 'src/parts'))) {
  const name = entry.replace(/\.tsx?$/, '')
  await script(`src/parts/${entry}`, `${name}.js`, 'one/parts', `stdgraph_${name}`)
}
await modules()
const wasm = readFileSync(join(here, 'node_modules/oxigraph/web_bg.wasm'))
writeFileSync(join(dist, 'engine.wasm.gz'), gzipSync(wasm, { level: 9 }))
writeFileSync(join(dist, 'messages.json'), JSON.stringify(messages(join(here, 'src')), null, 1) + '\n')
copyFileSync(join(here, 'index.html'), join(dist, 'index.html'))
copyFileSync(join(here, 'loader.js'), join(dist, 'one/loader.js'))
writeFileSync(join(dist, 'licences.txt'), licences())
