"""« invoke serve »: shows the site while it is written, and reloads pages after each save.

One process serves, watches and informs the browsers (``__main__``); another one
builds (``builder``), and is replaced when code or settings change. So no page
waits for a build, nothing is forked while threads hold locks, and broken code
can stop the builder, but never the server.
"""
