"""The style sheet of the pages; colours from the palette."""

from exhibits import palette

STYLE = f"""
<style>
.stMainBlockContainer {{ padding: 3.6rem 2rem 2rem; }}
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
.board-table a {{ color: {palette.PRIMARY}; text-decoration: none; }}
.board-table a:hover {{ text-decoration: underline; }}
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
.county-table {{ border-collapse: separate; border-spacing: 2px; width: 100%; color: {palette.INK};
  font-variant-numeric: tabular-nums; font-size: .82rem; }}
.county-table th, .county-table td {{ padding: .3rem .35rem; text-align: right;
  white-space: nowrap; border: 0; }}
.county-table thead th {{ vertical-align: bottom; font-weight: 400; }}
.county-table th[scope=row], .county-table th:first-child {{ text-align: left; font-weight: 600;
  position: sticky; left: 0; background: {palette.GROUND}; }}
.county-table thead tr:nth-child(2) {{ font-weight: 600; }}
.county-table .end th, .county-table .end td {{ font-size: .76rem; color: {palette.MUTED};
  font-weight: 400; }}
.county-table button {{ font: inherit; font-weight: 600; color: {palette.PRIMARY}; border: 0;
  background: none; padding: 0; cursor: pointer; text-align: right; white-space: normal;
  min-width: 3.6em; max-width: 5.6em; line-height: 1.3; }}
.county-table button small {{ display: block; color: {palette.MUTED}; font-weight: 400; }}
.county-table [aria-sort=descending] button::after {{ content: "▾"; }}
.county-table [aria-sort=ascending] button::after {{ content: "▴"; }}
.county-table a {{ color: {palette.PRIMARY}; text-decoration: none; }}
.key {{ font-size: .78rem; color: {palette.MUTED}; margin: .3rem 0 0; }}
.key span {{ margin-right: .9rem; white-space: nowrap; }}
.key i {{ display: inline-block; width: .9em; height: .9em; margin-right: .3em;
  border: 1px solid {palette.MUTED}; vertical-align: -.1em; }}
.task {{ border: 1px solid {palette.LINE}; border-left: 4px solid {palette.PRIMARY};
  padding: .7rem 1rem; }}
.task h2 {{ font-size: 1.1rem; margin: 0 0 .3rem; padding: 0; color: {palette.PRIMARY}; }}
.task h2 a {{ font-size: .85rem; font-weight: 400; color: {palette.PRIMARY}; }}
.task p {{ margin: .25rem 0; line-height: 1.65; font-size: .92rem; color: {palette.INK}; }}
.task .differs {{ color: {palette.CONCERN}; font-weight: 600; }}
.board-table td.concern {{ color: {palette.CONCERN}; font-weight: 600; }}
.board-table td.improvement {{ color: {palette.IMPROVEMENT}; font-weight: 600; }}
.numbers {{ display: grid; grid-template-columns: repeat(6, 1fr); gap: .7rem; }}
div:has(> .st-key-user-bar) {{ position: absolute; top: 4.2rem; right: 2rem; width: auto;
  z-index: 2; }}
.st-key-user-bar {{ font-size: .85rem; color: {palette.MUTED}; gap: .8rem; }}
.st-key-user-bar span, .st-key-user-bar a {{ white-space: nowrap; }}
.st-key-user-bar [data-testid="stSelectbox"] {{ display: flex; align-items: center; gap: .5rem;
  min-width: 13rem; }}
.st-key-user-bar [data-testid="stWidgetLabel"] {{ white-space: nowrap; margin: 0; }}
.st-key-user-bar button {{ min-height: 1.9rem; padding: .1rem .8rem; }}
@media (max-width: 1100px) {{
  div:has(> .st-key-user-bar) {{ position: static; margin-top: .8rem; }} }}
@media (max-width: 1100px) {{ .cards, .numbers {{
    grid-template-columns: repeat(3, minmax(0, 1fr)); }}
  }}
@media (max-width: 600px) {{
  .cards, .numbers {{ grid-template-columns: repeat(2, minmax(0, 1fr)); }}
  .board-table th, .board-table td {{ padding: .34rem .25rem; overflow-wrap: anywhere; }} }}
</style>
"""
