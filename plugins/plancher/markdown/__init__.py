"""From a document to clean HTML, and to what the rules want to know of it."""
