"""Lists of links that browsers, readers and bookmarking services export."""
