"""WordPress: its export (WXR), its blocks, its shortcodes, and the paragraphs of its former editor."""
