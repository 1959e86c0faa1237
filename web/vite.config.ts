// Builds the page into web/dist: no inline script or style, nothing from other sites. It also makes the service worker,
// so that the page opens without a network (docs/decisions/0011-offline-page.md).
import { preact } from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

interface Modules {
  readonly getModuleInfo: (id: string) => { readonly isEntry: boolean; readonly importers: readonly string[] } | null
}

/** What the first screen needs comes in one piece, not in a dozen: each costs a way to the server and back. */
const nameOfGroup = (id: string, modules: Modules): string | null =>
  isNeededAtOnce(id, modules, new Set()) ? 'base' : null

/** Whether a way of plain imports leads to it from the entry. */
function isNeededAtOnce(id: string, modules: Modules, seen: Set<string>): boolean {
  if (seen.has(id)) return false
  seen.add(id)
  const info = modules.getModuleInfo(id)
  return info !== null && (info.isEntry || info.importers.some((one) => isNeededAtOnce(one, modules, seen)))
}

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [
    preact(),
    VitePWA({
      // The page registers it itself (offline/new-version.ts) and decides when a new version takes over.
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'calmpace',
        short_name: 'calmpace',
        description: 'Rustig lopen, en zien hoe het ging.',
        lang: 'nl',
        id: '/',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        theme_color: '#1d6a86',
        background_color: '#f3f6f7',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{html,js,css,svg,png}'],
        navigateFallback: '/index.html',
        // What the server answers itself; none of it is ever kept.
        navigateFallbackDenylist: [/^\/(api|fhir)(\/|$)/, /^\/(healthz|readyz)$/],
        cleanupOutdatedCaches: true,
        inlineWorkboxRuntime: true,
        sourcemap: false,
      },
    }),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: nameOfGroup, debugName: 'base' }] } } },
  },
})
