"""« invoke import »: a former blog comes home."""
