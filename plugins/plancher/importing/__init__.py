"""Doors in: files of other programs become what an author could have written."""
