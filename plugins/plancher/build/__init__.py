"""What to make again, and who makes it: plan, workers, templates, and the exchange of a whole site."""
