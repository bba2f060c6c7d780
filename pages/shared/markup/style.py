"""The style sheet of the pages; colours from the palette."""

from exhibits import palette

STYLE = f"""
<style>
.stMainBlockContainer {{ padding: 0 2rem 2rem; }}
[data-testid=stHeader] {{ display: none; }}
.st-key-top-bar {{ position: sticky; top: 0; z-index: 100; background: {palette.GROUND};
  border-bottom: 2px solid {palette.PRIMARY}; padding: .15rem 0; gap: .6rem; flex-wrap: nowrap; }}
.st-key-top-bar > div:first-child {{ flex: 1 1 auto; min-width: 0; }}
.st-key-top-bar > div:has(> .st-key-user-bar) {{ flex: 0 0 auto; width: auto; }}
div:has(> .st-key-watermark) {{ position: absolute; }}
.st-key-menu, .st-key-menu-wide {{ gap: .1rem; }}
[data-testid=stPageLink-NavLink] {{ padding: .25rem .6rem; }}
[data-testid=stPageLink-NavLink][aria-current] {{ background: {palette.BAND}; }}
.st-key-menu-narrow {{ display: none; }}
.st-key-page-head {{ gap: .2rem 1.2rem; }}
.st-key-scope-line, .st-key-crumbs {{ gap: .1rem .5rem; width: auto; flex: 0 1 auto; }}
.st-key-scope-line button {{ min-height: 1.6rem; padding: 0; }}
.st-key-scope-line > div, .st-key-scope-line .stHtml {{ max-width: 100%; }}
.scope-line {{ margin: 0; display: flex; flex-wrap: wrap; column-gap: .4rem;
  font-size: .88rem; color: {palette.MUTED}; }}
.scope-line span {{ white-space: nowrap; }}
.scope-line span + span::before {{ content: "· "; }}
.board-title {{ display: flex; align-items: baseline; gap: .9rem; margin: 0; flex-wrap: wrap; }}
.board-title h1 {{ font-size: 1.75rem; padding: 0; margin: 0; color: {palette.PRIMARY}; }}
.board-title span {{ font-size: .95rem; color: {palette.MUTED}; }}
.board-title .tag {{ color: {palette.CONCERN}; background: {palette.CONCERN_PALE};
  border-radius: 3px; padding: .1rem .5rem; font-weight: 600; font-size: .85rem; }}
.refused {{ color: {palette.CONCERN}; background: {palette.CONCERN_PALE}; border-radius: 3px;
  padding: .6rem .9rem; margin: .4rem 0 0; }}
.board-table {{ width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }}
.board-table th {{ text-align: right; font-weight: 600; color: {palette.MUTED};
  border-bottom: 2px solid {palette.PRIMARY}; padding: .4rem .6rem; vertical-align: bottom;
  font-size: .82rem; line-height: 1.3; }}
.board-table td {{ text-align: right; padding: .34rem .6rem; color: {palette.INK};
  border-bottom: 1px solid {palette.LINE}; font-size: .88rem; }}
.board-table th.text, .board-table td.text {{ text-align: left; min-width: 4.2em; }}
.board-scroll .board-table td:not(.text) {{ white-space: nowrap; }}
.board-table a {{ color: {palette.PRIMARY}; text-decoration: none; }}
.board-table a:hover {{ text-decoration: underline; }}
.entries {{ overflow-y: auto; max-height: 75vh; }}
.entry {{ display: grid; gap: .1rem .8rem; padding: .4rem .6rem; font-size: .9rem; line-height: 1.5;
  grid-template-columns: 5.2rem minmax(0, 1.4fr) repeat(var(--more), minmax(0, 1fr));
  color: {palette.INK}; border-bottom: 1px solid {palette.LINE}; }}
p.entry {{ position: sticky; top: 0; margin: 0; font-size: .82rem; font-weight: 600;
  color: {palette.MUTED}; background: {palette.GROUND};
  border-bottom: 2px solid {palette.PRIMARY}; }}
summary.entry {{ cursor: pointer; }}
summary.entry span:nth-child(2) {{ font-weight: 600; }}
summary.entry span:first-child::before {{ content: "▸ "; color: {palette.PRIMARY}; }}
details[open] > summary.entry {{ background: {palette.BAND}; border-bottom: 0; }}
details[open] > summary.entry span:first-child::before {{ content: "▾ "; }}
.entries dl {{ display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .25rem .8rem;
  margin: 0; padding: .2rem .6rem .6rem 1.4rem; background: {palette.BAND}; font-size: .88rem;
  line-height: 1.6; color: {palette.INK}; }}
details:not([open]) > dl {{ display: none !important; }}
.entries dt {{ color: {palette.MUTED}; font-weight: 400; }}
.entries dd {{ margin: 0; overflow-wrap: anywhere; }}
.board-scroll {{ overflow-x: auto; max-height: 30rem; }}
.board-heading {{ display: flex; align-items: baseline; gap: 0 .8rem; margin-top: .2rem;
  flex-wrap: wrap; }}
.board-heading h2 {{ font-size: 1.15rem; padding: 0; margin: 0; color: {palette.INK}; }}
.board-heading span {{ font-size: .85rem; color: {palette.MUTED}; }}
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {{
  color: {palette.MUTED} !important; opacity: 1 !important; }}
.board-finding {{ margin: .3rem 0 0; line-height: 1.6; color: {palette.INK}; font-size: 1rem; }}
/* Streamlit's own download of a list would bypass the mark and the audit log. */
[data-testid=stElementToolbarButton]:has(
  [aria-label^="下载CSV"], [aria-label^="Download as CSV"]) {{ display: none; }}
[class*="st-key-card-"] {{ position: relative; }}
[class*="st-key-files-"] {{ position: absolute; top: .7rem; right: .8rem;
  width: auto; z-index: 2; }}
.board-head .board-heading {{ padding-right: 6.5rem; }}
label[data-testid="stWidgetLabel"], label[data-testid="stWidgetLabel"] p {{
  color: {palette.MUTED} !important; opacity: 1 !important; }}
.case-cards, [class*="st-key-more-cards-"] {{ display: none; }}
.case-cards ul {{ list-style: none; margin: 0 !important; padding: 0 !important; }}
.case-cards li {{ border: 1px solid {palette.LINE}; border-left: 4px solid {palette.LINE};
  border-radius: 4px; padding: .4rem .7rem; margin: 0 0 .4rem !important; color: {palette.INK}; }}
.case-cards li.concern {{ border-left-color: {palette.CONCERN}; }}
.case-cards li.concern b {{ color: {palette.CONCERN}; }}
.case-cards span {{ float: right; font-size: .88rem; }}
.case-cards p {{ margin: .1rem 0 0; font-size: .88rem; color: {palette.MUTED}; }}
.board-below {{ font-size: .85rem; color: {palette.MUTED}; margin: .2rem 0; line-height: 1.6; }}
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
.agenda b {{ font-size: 1.05rem; color: {palette.INK}; }}
.agenda span {{ margin-left: .6rem; font-size: .82rem; color: {palette.PRIMARY};
  border: 1px solid {palette.LINE}; border-radius: 3px; padding: .05rem .4rem; }}
.agenda p {{ margin: .1rem 0 0; font-size: .92rem; color: {palette.MUTED}; }}
.agenda.struck b {{ text-decoration: line-through; font-weight: 400; color: {palette.MUTED}; }}
/* Streamlit writes it in English. */
[data-testid=InputInstructions] {{ display: none; }}
.bulletin {{ background: {palette.BAND}; border-left: 4px solid {palette.PRIMARY};
  padding: .4rem .9rem; }}
.bulletin p {{ margin: 0; line-height: 1.6; color: {palette.INK}; font-size: .92rem; }}
.bulletin b {{ color: {palette.PRIMARY}; margin-right: .8rem; }}
.cards {{ display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .7rem; }}
.card {{ border: 1px solid {palette.LINE}; border-radius: 4px; padding: .55rem .75rem;
  background: {palette.GROUND}; }}
.card.concern {{ border-left: 4px solid {palette.CONCERN}; }}
.card.improvement {{ border-left: 4px solid {palette.IMPROVEMENT}; }}
.card h3 {{ font-size: .88rem; font-weight: 600; color: {palette.MUTED}; margin: 0; padding: 0; }}
.card .figure {{ font-size: 1.55rem; font-weight: 700; color: {palette.INK}; line-height: 1.35; }}
.card .change {{ font-size: .85rem; color: {palette.INK}; }}
.card .marks {{ font-size: .78rem; color: {palette.MUTED}; display: flex; gap: .5rem;
  flex-wrap: wrap; }}
.card .concern, .finding-list .concern {{ color: {palette.CONCERN}; font-weight: 600; }}
.card .improvement {{ color: {palette.IMPROVEMENT}; font-weight: 600; }}
.card .spark {{ width: 100%; height: 46px; display: block; margin: 0; font-size: .8rem;
  color: {palette.MUTED}; }}
.leading {{ margin: .2rem 0 !important; padding-left: 1.5rem !important; }}
.leading li {{ border-left: 4px solid {palette.CONCERN}; background: {palette.BAND};
  padding: .35rem .8rem; margin: 0 0 .35rem !important; line-height: 1.55; color: {palette.INK}; }}
.leading p {{ margin: 0; font-size: .98rem; }}
.leading b {{ font-size: 1.1rem; color: {palette.CONCERN}; }}
.leading .before {{ font-size: .92rem; color: {palette.MUTED}; }}
.leading .act {{ font-size: .92rem; font-weight: 600; }}
.leading a {{ color: {palette.PRIMARY}; white-space: nowrap; }}
.finding-list {{ margin: 0 !important; padding-left: 1.5rem !important; }}
.finding-list li {{ border-bottom: 1px solid {palette.LINE}; padding: .38rem 0;
  margin: 0 !important;  line-height: 1.55; font-size: .93rem; color: {palette.INK}; }}
.finding-list a {{ color: {palette.PRIMARY}; white-space: nowrap; }}
.board-scroll.wide {{ max-height: none; }}
[class*="st-key-unlabelled-"] [data-testid=stWidgetLabel] {{ display: none; }}
[class*="st-key-matrix-"] {{ position: absolute; height: 0; }}
.matrix {{ border-collapse: separate; border-spacing: 2px; width: 100%; color: {palette.INK};
  font-variant-numeric: tabular-nums; font-size: .82rem; }}
.matrix th, .matrix td {{ padding: .3rem .35rem; text-align: right;
  white-space: nowrap; border: 0; }}
.matrix td {{ background: var(--class); color: var(--ink); }}
.matrix td.named {{ font-weight: 700; outline: 2px solid {palette.INK}; }}
.matrix thead th {{ vertical-align: bottom; font-weight: 400; }}
.matrix th[scope=row] {{ text-align: left; font-weight: 600; white-space: normal;
  min-width: 4.2em; word-break: keep-all;
  position: sticky; left: 0; background: {palette.GROUND}; }}
.matrix thead tr:nth-child(2) {{ font-weight: 600; }}
.matrix .end th, .matrix .end td {{ font-size: .76rem; color: {palette.MUTED};
  font-weight: 400; }}
.matrix button {{ font: inherit; font-weight: 600; color: {palette.PRIMARY}; border: 0;
  background: none; padding: 0; cursor: pointer; text-align: right; white-space: normal;
  min-width: 1.2em; max-width: 5.6em; line-height: 1.3; }}
.matrix button small {{ display: block; color: {palette.MUTED}; font-weight: 400; }}
.matrix [aria-sort=descending] button::after {{ content: "▾"; }}
.matrix [aria-sort=ascending] button::after {{ content: "▴"; }}
.matrix a {{ color: {palette.PRIMARY}; text-decoration: none; font-weight: 600; }}
.small-maps {{ display: grid; gap: .6rem .8rem; margin: .6rem 0;
  grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }}
.small-maps figure {{ margin: 0; }}
.small-maps img {{ width: 100%; display: block; }}
.small-maps figcaption {{ font-size: .82rem; text-align: center; color: {palette.INK}; }}
.key {{ font-size: .78rem; color: {palette.MUTED}; margin: .3rem 0 0; }}
.key span {{ margin-right: .9rem; white-space: nowrap; }}
.key i {{ display: inline-block; width: .9em; height: .9em; margin-right: .3em;
  border: 1px solid {palette.MUTED}; vertical-align: -.1em; }}
.task-list td {{ vertical-align: top; }} .task-list td:first-child {{ width: 26%; }}
.task-list td:nth-child(3), .task-list td:nth-child(4) {{ width: 27%; }}
.task {{ border: 1px solid {palette.LINE}; border-left: 4px solid {palette.PRIMARY};
  padding: .7rem 1rem; }}
.task h2 {{ font-size: 1.1rem; margin: 0 0 .3rem; padding: 0; color: {palette.PRIMARY}; }}
.task h2 a {{ font-size: .85rem; font-weight: 400; color: {palette.PRIMARY}; }}
.task p {{ margin: .25rem 0; line-height: 1.65; font-size: .92rem; color: {palette.INK}; }}
.task .differs {{ color: {palette.CONCERN}; font-weight: 600; }}
.board-table td.concern {{ color: {palette.CONCERN}; font-weight: 600; }}
.board-table td.improvement {{ color: {palette.IMPROVEMENT}; font-weight: 600; }}
.numbers {{ display: grid; grid-template-columns: repeat(6, 1fr); gap: .7rem; }}
.st-key-user-bar {{ font-size: .85rem; color: {palette.MUTED}; gap: .8rem; width: auto; }}
.st-key-user-bar span, .st-key-user-bar a {{ white-space: nowrap; }}
.st-key-user-bar .stElementContainer:has(.stSelectbox) {{ width: 15rem; }}
.st-key-user-bar [data-testid="stSelectbox"] {{ display: flex; align-items: center; gap: .5rem;
  width: 100%; }}
.st-key-user-bar [data-testid="stWidgetLabel"] {{ white-space: nowrap; margin: 0; }}
.st-key-user-bar [data-testid="stSelectbox"] > div {{ flex: 1; min-width: 0; }}
.st-key-user-bar button {{ min-height: 1.9rem; padding: .1rem .8rem; }}
@media (max-width: 1100px) {{
  .st-key-menu > div:has(> .st-key-menu-wide) {{ display: none; }}
  .st-key-menu-narrow {{ display: block; }} }}
@media (max-width: 1100px) {{ .cards, .numbers {{
    grid-template-columns: repeat(3, minmax(0, 1fr)); }}
  }}
@media (max-width: 600px) {{
  .stMainBlockContainer {{ padding: 0 .8rem 2rem; }}
  .stMainBlockContainer .stHorizontalBlock {{ gap: .4rem; }}
  .stMainBlockContainer > .stVerticalBlock, .stColumn > .stVerticalBlock {{ gap: .35rem; }}
  .st-key-unlabelled-choices .stColumn {{ min-width: 0; flex: 1 1 45%; }}
  .st-key-unlabelled-choices .stColumn:first-child {{ min-width: 100%; }}
  .board-heading:has(+ .cards) span {{ display: none; }}
  .finding-list li {{ font-size: .88rem; padding: .3rem 0; }}
  .st-key-scope-line > div:has(.scope-line) {{ order: 9; }}
  .board-title h1 {{ font-size: 1.35rem; }}
  .board-title span:not(.tag) {{ display: none; }}
  .st-key-page-head > div {{ flex: 1 1 100% !important; }}
  .case-cards, [class*="st-key-more-cards-"] {{ display: block; }}
  [class*="st-key-list-"] {{ display: none; }}
  [class*="st-key-filters-"] {{ gap: .4rem; }}
  [class*="st-key-filters-"] > div {{ flex: 1 1 45% !important; min-width: 0; width: auto; }}
  [class*="st-key-filters-"] [data-testid=stWidgetLabel] {{ min-height: 1rem; margin: 0; }}
  .st-key-user-bar .stElementContainer:has(.stSelectbox) {{ width: 11rem; }}
  .st-key-user-bar [data-testid="stWidgetLabel"] {{ display: none; }}
  /* One row that scrolls; the part that is cut off says that there is more. */
  [data-testid=stButtonGroup] > div {{ flex-wrap: nowrap; overflow-x: auto; }}
  [data-testid=stButtonGroup] button {{ flex: 0 0 auto; }}
  .stMainBlockContainer button[kind=primary] {{ min-height: 1.8rem; padding: 0 .6rem; }}
  [data-testid=stButtonGroup] button {{ padding: .1rem .5rem; min-height: 1.9rem; }}
  .cards, .numbers {{ grid-template-columns: repeat(2, minmax(0, 1fr)); }}
  .board-table th, .board-table td {{ padding: .34rem .25rem; overflow-wrap: anywhere; }}
  .board-table.many, .board-table.many tbody, .board-table.many tr {{ display: block; }}
  .board-table.many thead {{ display: none; }}
  .board-table.many tr {{ border-bottom: 1px solid {palette.MUTED}; padding: .35rem 0; }}
  .board-table.many td {{ display: flex; gap: .6rem; border: 0; padding: .1rem .25rem;
    text-align: left; white-space: normal !important; }}
  .board-table.many td::before {{ content: attr(data-name); flex: 0 0 7.5em;
    color: {palette.MUTED}; }}
  .board-table.many td:first-child {{ font-weight: 600; }}
  .task-list td.none, .many td.none, .many td:not([data-name])::before {{
    display: none !important; }}
  body:has(.leading) .finding-list {{ counter-reset: list-item 3; }}
  body:has(.leading) .finding-list li:nth-child(-n+3) {{ display: none; }}
  p.entry {{ display: none; }}
  summary.entry {{ display: flex; flex-wrap: wrap; padding: .4rem 0; }}
  summary.entry span:nth-child(n+3) {{ flex-basis: 100%; font-size: .85rem;
    color: {palette.MUTED}; }}
  summary.entry span:empty {{ display: none; }}
  summary.entry span:nth-child(n+3)::before {{ content: attr(data-name) "："; }}
  .entries dl {{ grid-template-columns: 5.5rem minmax(0, 1fr); padding-left: .4rem; }}
  .task-list thead {{ display: none; }} .task-list td {{ display: block; width: auto !important; }}
  .task-list td:not(:first-child)::before {{ content: attr(data-name) "："; font-weight: 600; }}
  .task-list tr {{ display: block; padding: .3rem 0; border-bottom: 1px solid {palette.LINE}; }}
  .matrix, .matrix thead, .matrix tbody, .matrix tr {{ display: block; }}
  .matrix tbody {{ display: flex; flex-direction: column; }}
  .matrix:not([data-sorted]) tbody tr {{ order: var(--place); }}
  .matrix tr {{ display: flex; align-items: center; }}
  .matrix thead tr:first-child {{ flex-wrap: wrap; gap: .3rem; margin-bottom: .4rem; }}
  .matrix thead th[scope=col] {{ border: 1px solid {palette.LINE}; border-radius: 1rem;
    padding: .2rem .6rem; }}
  .matrix thead th[scope=col] button {{ max-width: none; min-height: 1.6rem; }}
  .matrix thead small {{ display: none; }}
  .matrix:not([data-sorted]) th[scope=col]:nth-child(2), .matrix th.chosen[scope=col] {{
    background: {palette.BAND}; border-color: {palette.PRIMARY}; }}
  .matrix .end, .matrix td {{ display: none; }}
  .matrix th[scope=row] {{ flex: 0 0 8.5em; word-break: normal; }}
  .matrix:not([data-sorted]) td:nth-child(2), .matrix td.chosen {{ display: block; flex: 1;
    text-align: left; color: {palette.INK}; min-height: 1.2rem;
    background: linear-gradient(to right, var(--bar) var(--share), transparent 0); }} }}
</style>
"""
