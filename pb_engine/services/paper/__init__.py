"""Paper ballots: printed from the frozen paper, read by two people, sealed into the same box.

``docs/how-to/count-paper.md`` tells the procedure.  Nobody here knows a voter: a sheet bears no
name and no code.
"""
