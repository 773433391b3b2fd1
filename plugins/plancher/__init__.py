"""Le plancher des vaches: the plugins that make Pelican a French blog publisher.

``core`` knows nothing of Pelican; every other folder is one Pelican plugin.
See ``plugins/README.md`` for the build on one page.
"""
