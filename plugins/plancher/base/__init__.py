"""What every room may use: French words, dates, digests, addresses, problems, settings. Knows nothing of blogs."""
