import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

const MESSAGES = { project: './project.inlang', outdir: './src/paraglide', strategy: ['globalVariable', 'baseLocale'] as ('globalVariable' | 'baseLocale')[] };

/** Compiles the messages in a process of its own: within this one the compiler leaves files open that keep the tests from ending. */
function compileMessages(): void {
  const command = fileURLToPath(new URL('./node_modules/@inlang/paraglide-js/bin/run.js', import.meta.url));
  execFileSync(process.execPath, [command, 'compile', '--project', MESSAGES.project, '--outdir', MESSAGES.outdir, '--strategy', ...MESSAGES.strategy, '--silent']);
}
const testing = process.env['VITEST'] !== undefined;
if (testing) compileMessages();

export default defineConfig({
  base: './',
  plugins: [
    ...(testing ? [] : [paraglideVitePlugin(MESSAGES)]),
    svelte(),
    svelteTesting(),
  ],
  clearScreen: false,
  server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
  build: {
    outDir: 'dist',
    target: 'safari16',
    // The policy of the window allows fonts and pictures as files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/testing/setup.ts'],
    // The modules are loaded once: that is most of the time, and the tests leave nothing behind.
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    testTimeout: 20_000,
  },
});
