"""Every figure a second time: the definitions in plain Python, dicts and loops, no Polars.

Written from `docs/definitions.md` row by row and deliberately slow; it shares no code with `queries`.
A registry is `table name -> list of row dicts`, money as Decimal yuan; an absent table is absent.
"""
