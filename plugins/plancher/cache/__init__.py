"""What may be forgotten at any time: texts that were read, what a site was made of, how it was seen last."""
