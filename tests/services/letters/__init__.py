"""Letters: texts, pages, files."""
