import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import test from 'node:test';

const LANGUAGES = ['en', 'zh', 'ja'];
const here = new URL('.', import.meta.url);

/** @param {string} language @param {string} file @returns {Promise<Record<string, any>>} */
const load = async (language, file) => (await import(new URL(`${language}/${file}`, here).href)).default;

/** Every form of a text. @param {any} text @returns {string[]} */
const forms = (text) => (typeof text === 'string' ? [text] : Object.values(text));

/** @param {any} text what a text has in it besides words, which no translation may lose */
const holes = (text) => [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}|<\w+\/?>/g) ?? []))].filter((hole) => !/wbr|br/.test(hole)).sort();

test('every language has the same files', async () => {
  const [en, ...others] = await Promise.all(LANGUAGES.map((language) => readdir(new URL(`${language}/`, here))));
  for (const files of others) assert.deepEqual(files.sort(), en.sort());
});

test('every language has the same keys and the same holes', async () => {
  for (const file of await readdir(new URL('en/', here))) {
    if (file === 'index.js' || file === 'admin.js') continue;
    const en = await load('en', file);
    for (const language of LANGUAGES.slice(1)) {
      const other = await load(language, file);
      assert.deepEqual(Object.keys(other).sort(), Object.keys(en).sort(), `${language}/${file}`);
      for (const key of Object.keys(en)) assert.deepEqual(holes(other[key]), holes(en[key]), `${language}/${file}: ${key}`);
    }
  }
});

test('plural texts have the form that their language asks for', async () => {
  for (const language of LANGUAGES) {
    for (const file of await readdir(new URL(`${language}/`, here))) {
      if (file === 'index.js' || file === 'admin.js') continue;
      for (const [key, text] of Object.entries(await load(language, file))) {
        if (typeof text === 'string') continue;
        assert.ok(text.other, `${language}/${file}: ${key}`);
        assert.equal('one' in text, language === 'en', `${language}/${file}: ${key}`);
      }
    }
  }
});

test('English and Chinese punctuation stay apart', async () => {
  for (const file of await readdir(new URL('en/', here))) {
    if (file === 'index.js' || file === 'admin.js') continue;
    for (const [key, text] of Object.entries(await load('en', file))) {
      for (const form of forms(text)) assert.doesNotMatch(form, /[，。：]|!/, `en/${file}: ${key}`);
    }
  }
});
