"""Documents of a round: the end report and what else a commission hands in after the result.

A document is a value of headings, paragraphs, lists and tables (``parts``); a page, a PDF and a
file for a word processor are made from the same value, so that they cannot differ.
"""
