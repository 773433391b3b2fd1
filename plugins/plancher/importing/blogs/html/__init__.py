"""From the HTML of a former blog to Markdown, without losing a word."""
