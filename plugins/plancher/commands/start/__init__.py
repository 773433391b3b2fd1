"""« invoke start »: a new blog, its engine with it."""
