import { describe, expect, it } from 'vitest';
import { composeBibtex, emptySource, escapeBibtex, sourceKey } from './bibtex';

describe('composeBibtex', () => {
  it('writes what the form holds, and nothing of what it does not', () => {
    const fields = {
      ...emptySource(), authors: 'Ballbach, Eric J.\nMinistry of Trade and Industry\n', title: 'Ties {and} 50% more', date: '2025-01',
      place: 'Stiftung Wissenschaft und Politik', series: 'SWP Comment', number: '4', url: 'https://example.org/a_b%20c', doi: 'https://doi.org/10.18449/2025C04',
    };
    expect(composeBibtex(fields)).toBe(`@report{ballbach-2025,
  author = {Ballbach, Eric J. and {Ministry of Trade and Industry}},
  title = {Ties \\{and\\} 50\\% more},
  date = {2025-01},
  institution = {{Stiftung Wissenschaft und Politik}},
  series = {SWP Comment},
  number = {4},
  url = {https://example.org/a_b%20c},
  doi = {10.18449/2025C04},
}
`);
    expect(composeBibtex({ ...emptySource(), type: 'article', title: '한국', place: '국방연구', series: '66' })).toBe(
      '@article{국방연구,\n  title = {한국},\n  journaltitle = {국방연구},\n  volume = {66},\n}\n');
  });

  it('lets no brace out of a field', () => {
    expect(escapeBibtex('a } b \\ c\n d')).toBe('a \\} b \\\\ c d');
    expect(composeBibtex({ ...emptySource(), title: 'x', url: 'https://a/}' })).toContain('url = {https://a/\\}}');
  });

  it('names a source by its first author and year', () => {
    expect(sourceKey({ ...emptySource(), authors: 'Müller-Armack, Alfred', date: '2023-07' })).toBe('muller-armack-2023');
    expect(sourceKey({ ...emptySource(), authors: '김민수', date: '2024' })).toBe('김민수-2024');
    expect(sourceKey(emptySource())).toBe('source');
  });
});
