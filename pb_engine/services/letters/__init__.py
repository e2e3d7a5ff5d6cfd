"""Letters with voting codes: their texts, their pages, and the files for a print shop."""
