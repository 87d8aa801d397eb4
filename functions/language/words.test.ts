import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cliticsWith, fillersWith, oneSlip, rootsOf, tokensOf, voicesOf } from './words.ts';

describe('tokens', () => {
  it.each([
    ['Jalan2 PARAHHHH, pak!!! Gas 3kg?', ['jalan', 'parah', 'pak', '.', 'gas', '3', 'kg', '.']],
    ["Jum'at ke kafé", ['jumat', 'ke', 'kafe']],
    ['RT 05/02\nterima kasih', ['rt', '05', '02', '.']],
    ['minta uang terima kasih', ['minta', 'uang', 'terima', 'kasih']],
    ['', []],
  ])('of %j', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });

  it('are small letters, numbers and stops of the first 5,000 characters, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const token of tokensOf(text)) expect(token).toMatch(/^([a-z]+|\d+|\.)$/);
      }),
    );
    expect(tokensOf('a b '.repeat(5000))).toHaveLength(2500);
  });
});

describe('voices and roots', () => {
  it.each([
    ['diangkut', 'angkut'],
    ['mengangkut', 'angkut'],
    ['ngangkut', 'angkut'],
    ['menyapu', 'sapu'],
    ['nyapu', 'sapu'],
    ['memotong', 'potong'],
    ['menutupi', 'tutup'],
    ['dibersihkan', 'bersih'],
    ['lampunya', 'lampu'],
    ['merusak', 'rusak'],
  ])('%s is a voice of %s', (word, root) => {
    expect(voicesOf(word)).toContain(root);
  });

  it.each([
    ['berlubang', 'lubang'],
    ['pembuangan', 'buang'],
    ['penebangan', 'tebang'],
    ['penyapuan', 'sapu'],
    ['terendam', 'rendam'],
    ['kebisingan', 'bising'],
    ['pengaspalannya', 'aspal'],
  ])('%s is derived from %s', (word, root) => {
    expect(rootsOf(word)).toContain(root);
  });

  it('never give the word itself, nor a scrap of it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,14}$/), (word) => {
        for (const form of [...voicesOf(word), ...rootsOf(word)]) {
          expect(form).not.toBe(word);
          expect(form.length).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });
});

describe('the region’s speech', () => {
  it('has endings of its own only where its pack names them', () => {
    expect(voicesOf('lampunyo', cliticsWith(['nyo']))).toContain('lampu');
    expect(rootsOf('jalannyo', cliticsWith(['nyo']))).toContain('jalan');
    expect([...voicesOf('lampunyo'), ...rootsOf('lampunyo')]).not.toContain('lampu');
  });

  it('adds words that say nothing to the Indonesian ones', () => {
    const isFiller = fillersWith(['nan']);
    expect(['yang', 'nan', 'uda'].map(isFiller)).toEqual([true, true, false]);
  });
});

describe('a slip', () => {
  it.each([
    ['sampah', 'smpah', true],
    ['sampah', 'sampaj', true],
    ['sampah', 'sapmah', true],
    ['sampah', 'sampahh', true],
    ['sampah', 'sampah', true],
    ['sampah', 'sawah', false],
    ['jalan', 'malam', false],
  ])('%s ~ %s: %s', (a, b, alike) => {
    expect(oneSlip(a, b)).toBe(alike);
    expect(oneSlip(b, a)).toBe(alike);
  });
});
