"""Streamlit's own fonts, which the theme does not use: not asked for on a first visit."""

import re

#: The preload of Source Sans in index.html, and its faces in the style sheet: 171 KB.
PRELOAD = re.compile(rb'<link\s+rel="preload"\s+href="[^"]+\.woff2"[^>]*>')
FACE = re.compile(rb'@font-face\s*\{[^}]*font-family:\s*"?Source Sans[^}]*\}')

ARROW = (
    "url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
    "<path d='M6 9l6 6 6-6' fill='none' stroke='black' stroke-width='2.4'/></svg>\")"
)

#: The arrow of popovers and expanders as a picture: as a letter of Streamlit's icon font it brings
#: 376 KB. It stands in the head, before anything that would ask for the font.
ARROWS = f"""<style>
[data-testid=stPopoverButton] [data-testid=stIconMaterial],
[data-testid=stExpander] summary [data-testid=stIconMaterial] {{
  font-family: inherit !important; font-size: 0 !important; width: 1rem; height: 1rem;
  background: currentColor; mask: {ARROW} center / contain no-repeat; }}
[data-testid=stExpander] details:not([open]) summary [data-testid=stIconMaterial] {{
  transform: rotate(-90deg); }}
</style>""".encode()
