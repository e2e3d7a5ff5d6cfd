"""Drawing: figures as data become accessible pictures with their numbers beside them.

Shared by the results page and by pages that are made without a server; so nothing here knows
Flask.  The markup is in ``macros/figures.html.j2``, the colours are in ``pb.css``.
"""

from web.figures.drawings import parts, rows_of_flow, sankey, told, told_rows

__all__ = ["parts", "rows_of_flow", "sankey", "told", "told_rows"]
