"""What every plugin may use: problems, documents, blocks, dates, French, HTML.

Nothing here imports Pelican or another plugin; import-linter enforces it.
"""
