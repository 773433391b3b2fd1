"""Former blogs: what other engines export becomes texts that an author could have written here.

A reader (``readers/``) turns an export into values (``model``), one at a time; ``html/`` makes Markdown of their bodies;
``habits/`` makes the text ours; ``home/`` decides where each comes to stand, writes it and keeps the accounts.
"""
