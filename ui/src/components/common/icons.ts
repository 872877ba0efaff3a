import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import BookA from '@lucide/svelte/icons/book-a';
import BookOpen from '@lucide/svelte/icons/book-open';
import Calendar from '@lucide/svelte/icons/calendar';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import ChartNoAxesGantt from '@lucide/svelte/icons/chart-no-axes-gantt';
import Columns2 from '@lucide/svelte/icons/columns-2';
import FileCheck from '@lucide/svelte/icons/file-check';
import GripVertical from '@lucide/svelte/icons/grip-vertical';
import Heading from '@lucide/svelte/icons/heading';
import Layers from '@lucide/svelte/icons/layers';
import List from '@lucide/svelte/icons/list';
import Pilcrow from '@lucide/svelte/icons/pilcrow';
import Quote from '@lucide/svelte/icons/quote';
import Scale from '@lucide/svelte/icons/scale';
import Signpost from '@lucide/svelte/icons/signpost';
import Stamp from '@lucide/svelte/icons/stamp';
import Table from '@lucide/svelte/icons/table';
import Target from '@lucide/svelte/icons/target';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Component } from 'svelte';

/** Icons by name: kinds, views, and what the slash menu offers. */
export const SPRITE: Record<string, Component> = {
  event: Calendar, agreement: Stamp, figure: ChartColumn, deal: ArrowLeftRight, assessment: Scale, comparison: Columns2,
  recommendation: Signpost, programme: Layers, area: Target, actor: UserRound, quote: Quote, term: BookA, text: Pilcrow,
  'view-timeline': ChartNoAxesGantt, 'view-comparison': Columns2, 'view-figures': ChartColumn, 'view-deals': ArrowLeftRight,
  'view-recommendations': Signpost, 'view-priorities': Target, 'view-acronyms': BookA, 'view-sources': BookOpen,
  'view-evidence': FileCheck, source: BookOpen, heading: Heading, list: List, table: Table, grip: GripVertical,
};
