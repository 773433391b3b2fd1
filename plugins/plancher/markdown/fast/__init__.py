"""Python-Markdown, with its slowest steps done another way and the same result."""
