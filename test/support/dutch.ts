// The page's words in Dutch, for tests of what it says: the page itself loads those of its reader before it shows anything.

/** After a test stubbed what a browser keeps: the language is read there when the words are first asked for. */
export async function speakDutch(): Promise<void> {
  const { loadTexts, locale } = await import('../../web/messages/translate.ts')
  await loadTexts('nl')
  locale.value = 'nl'
}
