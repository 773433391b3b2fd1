"""Ways in for what readers answered: mails, public replies, webmentions. Nothing that comes in is trusted, and nothing of it is executed."""
