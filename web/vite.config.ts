// Builds the page into web/dist: no inline script or style, nothing from elsewhere; and the service worker by which it opens
// without a network (docs/decisions/0011-offline-page.md).
import { preact } from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

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
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
