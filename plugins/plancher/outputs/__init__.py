"""What is written for machines: feeds, style sheets, the site map, headers and redirections."""
