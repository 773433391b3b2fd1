"""« invoke serve »: the site as it is written, which shows by itself what was just saved.

One process serves, watches and tells the browsers (``__main__``); another one
builds (``builder``), and is replaced when code or settings change. So a build
never makes a page wait, nothing is forked while threads hold locks, and what an
author breaks can stop the builder, never the server.
"""
