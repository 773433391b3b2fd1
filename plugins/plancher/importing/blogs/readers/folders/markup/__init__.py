"""What other generators write in a text, turned into our Markdown: each step takes a text whose code is set aside."""
