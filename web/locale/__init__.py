"""The sentences of all pages in all languages, and the programs that keep them complete."""
