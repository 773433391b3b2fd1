"""An author's file, parsed once into a document whose every part knows its line."""
