"""House styles: from a municipality's design tokens to a folder that this site can wear."""
