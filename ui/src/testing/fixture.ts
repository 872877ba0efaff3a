/** A small workspace, for tests. */
export const FIXTURE: Record<string, string> = {
  'brief.md': `---
title: Priority areas
subtitle: What survives a change of government
template: policy-brief@1.0.0
author: Asia desk
date: 2025-02-03
lang: en
marking: TLP:GREEN
fit: 4 pages
desk-ref: AD-2025-014
---

# Where things stand

The programme covers ![[itpp-areas#value]] areas [@ballbach-2025, p. 4].

![[itpp-2023|short]]

\`\`\`{timeline}
topics: [frameworks]
from: 2005
to: 2024
\`\`\`

# What both kept

Two governments built this [@ballbach-2024].
`,
  'sources.bib': `@report{ballbach-2025,
  author = {Ballbach, Eric J.},
  title = {Ever-closer relations},
  date = {2025-01},
}
@article{rekha-2024,
  author = {Rekha, Chandra},
  title = {South Korea and NATO},
  date = {2024},
}
`,
  'snippets/itpp-2023.md': `---
kind: agreement
title: Individually Tailored Partnership Programme signed
date: 2023-07
actors: [ROK, NATO]
topics: [frameworks, itpp]
sources: ["ballbach-2025, p. 4"]
marking: TLP:CLEAR
short: ROK and NATO signed the four-year ITPP in July 2023.
---
Seoul and NATO replaced the programme of 2012.
`,
  'snippets/itpp-areas.md': `---
kind: figure
title: Areas of the ITPP
date: 2023-07
topics: [itpp]
sources: [ballbach-2025]
value: 11
unit: areas
---
The programme has eleven areas.
`,
  'snippets/ccdcoe.md': `---
kind: agreement
title: 사이버방위센터 가입
date: 2022-05
lang: ko
topics: [cyber]
sources: [rekha-2024]
---
한국은 2022년 5월 가입했다.
`,
};
